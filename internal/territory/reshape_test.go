package territory

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var day = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// town is a small random tree; ids are numbers from 1 on.
func town(t *rapid.T) []Place {
	var out []Place
	add := func(up *Place, kind Kind, code, number string) *Place {
		p := Place{ID: strconv.Itoa(len(out) + 1), Kind: kind, Code: code, Number: number, Name: code, Sort: len(out) + 1, From: day, Version: 1}
		if up != nil {
			p.ParentID, p.Path = up.ID, Join(up.Path, p.ID)
		} else {
			p.Path = Join("", p.ID)
		}
		out = append(out, p)
		return &p
	}
	sub := add(nil, Subdistrict, "990203008000", "")
	for c := range rapid.IntRange(1, 3).Draw(t, "communities") {
		com := add(sub, Community, fmt.Sprintf("99020300800%d", c+1), "")
		serial := 0
		for g := range rapid.IntRange(1, 2).Draw(t, "grids") {
			grid := add(com, Grid, fmt.Sprintf("%s-%02d", com.Code, g+1), "")
			for m := range rapid.IntRange(1, 3).Draw(t, "micros") {
				mg := add(grid, Microgrid, fmt.Sprintf("%s-%03d", grid.Code, m+1), "")
				for range rapid.IntRange(0, 2).Draw(t, "houses") {
					serial++
					b := add(mg, Building, fmt.Sprintf("%s-B%03d", com.Code, serial), strconv.Itoa(serial))
					for u := range rapid.IntRange(1, 3).Draw(t, "units") {
						unit := add(b, Unit, fmt.Sprintf("%s-%d", b.Code, u+1), strconv.Itoa(u+1))
						for d := range 2 {
							add(unit, Door, fmt.Sprintf("%s-10%d", unit.Code, d+1), "10"+strconv.Itoa(d+1))
						}
					}
				}
			}
		}
	}
	return out
}

// land is what has been written so far: places, ended ones, whose each code is.
type written struct {
	live, gone map[string]Place
	owner      map[string]string
	next       int
}

func newWritten(ps []Place) *written {
	w := &written{live: map[string]Place{}, gone: map[string]Place{}, owner: map[string]string{}, next: 1000}
	for _, p := range ps {
		w.live[p.ID], w.owner[p.Code] = p, p.ID
	}
	return w
}

func (w *written) tree() *Tree {
	var live, gone []Place
	for _, p := range w.live {
		live = append(live, p)
	}
	for _, p := range w.gone {
		gone = append(gone, p)
	}
	return NewTree(live, gone)
}

// apply does steps as the server does and returns how to take them back.
func (w *written) apply(steps []Step, wish map[string]string) (back []Step, codes map[string]string, out *Outcome, err error) {
	ids := map[string]string{}
	for _, name := range Makes(steps) {
		w.next++
		ids[name] = strconv.Itoa(w.next)
	}
	steps = Rename(steps, ids)
	back = w.tree().Reverse(steps)
	out, err = w.tree().Do(steps, wish, func(code string) string { return w.owner[code] }, day)
	if err != nil {
		return nil, nil, nil, err
	}
	codes = map[string]string{}
	for _, p := range append(slices.Clone(out.New), out.Changed...) {
		if p.Until.IsZero() {
			w.live[p.ID] = p
			delete(w.gone, p.ID)
		} else {
			w.gone[p.ID] = p
			delete(w.live, p.ID)
		}
	}
	for _, c := range out.Codes {
		if c.New != "" {
			if by := w.owner[c.New]; by != "" && by != c.PlaceID {
				return nil, nil, nil, fmt.Errorf("code %s of %s given to %s", c.New, by, c.PlaceID)
			}
			w.owner[c.New] = c.PlaceID
		}
		if c.Old != "" {
			codes[c.PlaceID] = c.Old
		}
	}
	return back, codes, out, nil
}

// sound holds what must be true of every tree that steps leave behind.
func (w *written) sound(t interface{ Fatalf(string, ...any) }, doors int) {
	n := 0
	codes := map[string]bool{}
	for id, p := range w.live {
		up, ok := w.live[p.ParentID]
		if p.ParentID != "" && !ok {
			t.Fatalf("%s stands under %s, which is not there", id, p.ParentID)
		}
		if p.Path != Join(up.Path, id) {
			t.Fatalf("path of %s is %s under %s", id, p.Path, up.Path)
		}
		if ok && !up.Kind.MayHold(p.Kind) {
			t.Fatalf("%s stands under %s", p.Kind, up.Kind)
		}
		if codes[p.Code] || p.Code == "" {
			t.Fatalf("code %q twice or empty", p.Code)
		}
		codes[p.Code] = true
		if p.Kind == Door {
			n++
		}
	}
	if n != doors {
		t.Fatalf("%d doors, were %d", n, doors)
	}
}

func (w *written) some(t *rapid.T, name string, ok func(Place) bool) (Place, bool) {
	var ids []string
	for id, p := range w.live {
		if ok(p) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return Place{}, false
	}
	slices.Sort(ids)
	return w.live[rapid.SampledFrom(ids).Draw(t, name)], true
}

// steps draws a move, a split or a merge.
func (w *written) steps(t *rapid.T) ([]Step, error) {
	tree := w.tree()
	any := func(Place) bool { return true }
	switch rapid.SampledFrom([]string{"move", "split", "merge"}).Draw(t, "verb") {
	case "move":
		p, _ := w.some(t, "moved", func(p Place) bool { return p.ParentID != "" })
		to, _ := w.some(t, "to", any)
		return PlanMove(tree, p.ID, to.ID)
	case "split":
		p, ok := w.some(t, "split", func(p Place) bool { return p.ParentID != "" && len(tree.Children(p.ID)) > 1 })
		if !ok {
			return nil, ErrSame.With()
		}
		kids := tree.Children(p.ID)
		return PlanSplit(tree, p.ID, []Part{{Places: kids[rapid.IntRange(1, len(kids)-1).Draw(t, "stay"):]}})
	}
	p, _ := w.some(t, "into", func(p Place) bool { return p.Kind == Microgrid || p.Kind == Building })
	q, ok := w.some(t, "other", func(q Place) bool { return q.Kind == p.Kind && q.ID != p.ID })
	if !ok {
		return nil, ErrSame.With()
	}
	return PlanMerge(tree, p.ID, []string{q.ID})
}

// Whatever is moved, split and merged, the paths are those of the tree, no door is
// lost, no code is ever another place's, old codes lead to what they meant, and
// taking all back gives the tree that was.
func TestReshapeAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ps := town(t)
		w, first := newWritten(ps), newWritten(ps)
		doors := 0
		for _, p := range ps {
			if p.Kind == Door {
				doors++
			}
		}
		type undo struct {
			steps []Step
			codes map[string]string
		}
		var undos []undo
		for range rapid.IntRange(1, 8).Draw(t, "acts") {
			steps, err := w.steps(t)
			if err != nil {
				continue
			}
			before := w.tree()
			back, codes, out, err := w.apply(steps, nil)
			if err != nil {
				t.Fatal(err)
			}
			w.sound(t, doors)
			for _, id := range before.order() {
				old, _ := before.Place(id)
				if now, there := w.live[id]; there && out.Repath(old.Path) != now.Path {
					t.Fatalf("%s is followed to %s, lies at %s", old.Path, out.Repath(old.Path), now.Path)
				}
			}
			undos = append(undos, undo{back, codes})
		}
		for _, u := range slices.Backward(undos) {
			if _, _, _, err := w.apply(u.steps, u.codes); err != nil {
				t.Fatal("taking back:", err)
			}
			w.sound(t, doors)
		}
		for id, p := range first.live {
			q := w.live[id]
			q.Sort, q.Version = p.Sort, p.Version
			if fmt.Sprint(p) != fmt.Sprint(q) {
				t.Fatalf("after taking all back:\n%v\n%v", p, q)
			}
		}
		if len(w.live) != len(first.live) {
			t.Fatalf("%d places, were %d", len(w.live), len(first.live))
		}
	})
}

func TestReshapeRefusals(t *testing.T) {
	ps := []Place{{ID: "s", Path: "s.", Kind: Subdistrict, Code: "S"}, {ID: "c", ParentID: "s", Path: "s.c.", Kind: Community, Code: "C"},
		{ID: "g", ParentID: "c", Path: "s.c.g.", Kind: Grid, Code: "C-01"}, {ID: "m", ParentID: "g", Path: "s.c.g.m.", Kind: Microgrid, Code: "C-01-001"},
		{ID: "b", ParentID: "m", Path: "s.c.g.m.b.", Kind: Building, Code: "C-B001"}}
	for _, x := range []struct {
		id, to string
		want   error
	}{{"g", "m", ErrCycle}, {"g", "g", ErrCycle}, {"m", "b", ErrCycle}, {"c", "g", ErrCycle}, {"b", "m", ErrSame}, {"b", "x", ErrNoParent}, {"m", "c", nil}, {"b", "s", nil}} {
		_, err := PlanMove(NewTree(ps, nil), x.id, x.to)
		if x.want == nil && err != nil || x.want != nil && !is(err, x.want) {
			t.Errorf("%s under %s: %v", x.id, x.to, err)
		}
	}
	ps = append(ps, Place{ID: "h", ParentID: "c", Path: "s.c.h.", Kind: Hospital, Code: "C-S01"})
	if _, err := PlanMove(NewTree(ps, nil), "b", "h"); !is(err, ErrStand) {
		t.Error(err)
	}
	if _, err := PlanSplit(NewTree(ps, nil), "m", []Part{{Places: []string{"b"}}}); !is(err, ErrParts) {
		t.Error("a place was emptied:", err)
	}
	tree := NewTree(ps, nil)
	if _, err := tree.Do([]Step{{Do: Move, ID: "b", To: "g"}}, map[string]string{"b": "X"}, func(string) string { return "other" }, day); !is(err, ErrCodeTaken) {
		t.Error("another place's code was given:", err)
	}
}

func is(err, want error) bool { return errors.Is(err, want) }
