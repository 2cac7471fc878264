package territory

import (
	"slices"
	"strings"
	"time"
)

// Tree is a part of the ground in the hand: places that exist, by id, and those
// that ended, for taking back. It is changed by steps and never by hand.
type Tree struct {
	at       map[string]*Place
	gone     map[string]*Place
	children map[string][]string
	first    map[string]Place // as they were at the start
}

// NewTree takes places that exist and places that ended. A parent that is not
// among them counts as a root's.
func NewTree(places, ended []Place) *Tree {
	t := &Tree{at: make(map[string]*Place, len(places)), gone: map[string]*Place{}, children: map[string][]string{}, first: make(map[string]Place, len(places))}
	for i := range places {
		p := places[i]
		t.at[p.ID], t.first[p.ID] = &p, p
		t.children[p.ParentID] = append(t.children[p.ParentID], p.ID)
	}
	for i := range ended {
		p := ended[i]
		t.gone[p.ID] = &p
	}
	return t
}

// Place returns a place as it now is in the tree.
func (t *Tree) Place(id string) (Place, bool) {
	p, ok := t.at[id]
	if !ok {
		return Place{}, false
	}
	return *p, true
}

// Children returns the ids directly below a place in their order.
func (t *Tree) Children(id string) []string {
	out := slices.Clone(t.children[id])
	slices.SortStableFunc(out, func(a, b string) int {
		x, y := t.at[a], t.at[b]
		if x.Sort != y.Sort {
			return x.Sort - y.Sort
		}
		return strings.Compare(x.ID, y.ID)
	})
	return out
}

// Below returns the ids at and below a place, parents first.
func (t *Tree) Below(id string) []string {
	out := []string{id}
	for i := 0; i < len(out); i++ {
		out = append(out, t.Children(out[i])...)
	}
	return out
}

// Doors counts the doors at or below a place.
func (t *Tree) Doors(id string) (n int) {
	for _, x := range t.Below(id) {
		if t.at[x].Kind == Door {
			n++
		}
	}
	return n
}

// Up returns the nearest place of a kind at or above a place, or "".
func (t *Tree) Up(id string, kind Kind) string {
	for p := t.at[id]; p != nil; p = t.at[p.ParentID] {
		if p.Kind == kind {
			return p.ID
		}
	}
	return ""
}

// above says whether top is id itself or stands above it.
func (t *Tree) above(top, id string) bool {
	for p := t.at[id]; p != nil; p = t.at[p.ParentID] {
		if p.ID == top {
			return true
		}
	}
	return false
}

// fits says whether a place of a kind may stand under a parent.
func (t *Tree) fits(kind Kind, parent, code string) error {
	up := t.at[parent]
	if up == nil {
		return ErrNoParent.With(code)
	}
	if !up.Kind.MayHold(kind) {
		a, _ := up.Kind.Info()
		b, _ := kind.Info()
		return ErrStand.With(code, b.ZH, up.Code, a.ZH, b.EN, a.EN)
	}
	return nil
}

// step does one step.
func (t *Tree) step(s Step, now time.Time) error {
	switch s.Do {
	case Make:
		p := *s.Place
		if err := t.fits(p.Kind, s.To, p.Name); err != nil {
			return err
		}
		p.ID, p.ParentID, p.From, p.Until, p.Version = s.ID, s.To, now, time.Time{}, 0
		t.at[p.ID] = &p
		t.link(p.ID, s.To, s.Sort)
	case Move:
		p := t.at[s.ID]
		if p == nil {
			return ErrOutdated.With()
		}
		if t.above(s.ID, s.To) {
			return ErrCycle.With(p.Code)
		}
		if err := t.fits(p.Kind, s.To, p.Code); err != nil {
			return err
		}
		t.unlink(p.ID, p.ParentID)
		p.ParentID = s.To
		t.link(p.ID, s.To, s.Sort)
	case End:
		p := t.at[s.ID]
		if p == nil {
			return ErrOutdated.With()
		}
		if len(t.children[s.ID]) > 0 {
			return ErrNotEmpty.With(p.Code)
		}
		t.unlink(p.ID, p.ParentID)
		delete(t.at, p.ID)
		p.Until = now
		t.gone[p.ID] = p
	case Revive:
		p := t.gone[s.ID]
		if p == nil {
			return ErrOutdated.With()
		}
		if _, known := t.first[p.ID]; !known {
			t.first[p.ID] = *p
		}
		if err := t.fits(p.Kind, s.To, p.Code); err != nil {
			return err
		}
		delete(t.gone, p.ID)
		p.Until, p.ParentID = time.Time{}, s.To
		t.at[p.ID] = p
		t.link(p.ID, s.To, s.Sort)
	}
	return nil
}

func (t *Tree) link(id, parent string, sort int) {
	if sort == 0 {
		for _, c := range t.children[parent] {
			sort = max(sort, t.at[c].Sort)
		}
		sort++
	}
	t.at[id].Sort = sort
	t.children[parent] = append(t.children[parent], id)
}

func (t *Tree) unlink(id, parent string) {
	t.children[parent] = slices.DeleteFunc(slices.Clone(t.children[parent]), func(c string) bool { return c == id })
}
