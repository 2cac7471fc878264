package territory

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// The four things a step may do. Move, split, merge, divide and taking back are
// all made of them.
const (
	Make   = "make"
	Move   = "move"
	End    = "end"
	Revive = "revive"
)

// Step is one change of the tree.
type Step struct {
	Do    string   `json:"do"`
	ID    string   `json:"id"` // of a place to make, a provisional name that begins with "+"
	To    string   `json:"to,omitempty"`
	Into  []string `json:"into,omitempty"` // who takes over from an ending place
	Sort  int      `json:"sort,omitempty"` // order among the siblings; at their end when 0
	Place *Place   `json:"place,omitempty"`
}

// Outcome is what steps come to: rows to write, paths that follow and the pages of
// history that close.
type Outcome struct {
	New     []Place
	Changed []Place           // as they will be; Version is the one they were read at
	Paths   map[string]string // old path → new path of every place that lies elsewhere now
	Stays   []Stay
	Codes   []CodeChange
}

// CodeChange is a code that a place gives up or gets; one of both may be empty.
type CodeChange struct{ PlaceID, Old, New string }

// Do runs the steps and reckons the outcome. wish names codes by place where the
// rule shall not decide; owner returns whose a code is or was, or "". The tree is
// changed even when an error comes back.
func (t *Tree) Do(steps []Step, wish map[string]string, owner func(code string) string, now time.Time) (*Outcome, error) {
	into := map[string][]string{}
	for _, s := range steps {
		if err := t.step(s, now); err != nil {
			return nil, err
		}
		if s.Do == End {
			into[s.ID] = s.Into
		}
	}
	touched := t.touched()
	t.paths(touched)
	if err := t.recode(touched, wish, owner); err != nil {
		return nil, err
	}
	return t.outcome(touched, into), nil
}

// touched lists what the steps may have changed: every place whose way to the root
// is another than before, parents first, then what ended.
func (t *Tree) touched() []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range t.order() {
		p := t.at[id]
		if old, had := t.first[id]; !had || old.ParentID != p.ParentID || !old.Until.IsZero() || seen[p.ParentID] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// order lists the tree's places, parents first, in a fixed order.
func (t *Tree) order() []string {
	var roots []string
	for id, p := range t.at {
		if t.at[p.ParentID] == nil {
			roots = append(roots, id)
		}
	}
	slices.Sort(roots)
	var out []string
	for _, r := range roots {
		out = append(out, t.Below(r)...)
	}
	return out
}

func (t *Tree) paths(ids []string) {
	for _, id := range ids {
		p := t.at[id]
		up := ""
		if q := t.at[p.ParentID]; q != nil {
			up = q.Path
		}
		p.Path = Join(up, id)
	}
}

func (t *Tree) outcome(touched []string, into map[string][]string) *Outcome {
	o := &Outcome{Paths: map[string]string{}}
	for _, id := range touched {
		p := *t.at[id]
		old, had := t.first[id]
		if !had {
			o.New = append(o.New, p)
			o.Codes = append(o.Codes, CodeChange{id, "", p.Code})
			continue
		}
		if old.Path != p.Path {
			o.Paths[old.Path] = p.Path
		}
		back := !old.Until.IsZero()
		if old.Path == p.Path && old.Code == p.Code && old.ParentID == p.ParentID && !back {
			continue
		}
		o.Changed = append(o.Changed, p)
		switch {
		case back:
			o.Codes = append(o.Codes, CodeChange{id, "", p.Code})
		case old.Code != p.Code:
			o.Codes = append(o.Codes, CodeChange{id, old.Code, p.Code})
		}
		if old.ParentID != p.ParentID || old.Code != p.Code || back {
			o.Stays = append(o.Stays, Stay{PlaceID: id, ParentID: old.ParentID, Was: old.Path, Code: old.Code, Name: old.Name, Until: p.Until})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(into)) {
		p := t.gone[id]
		old, had := t.first[id]
		if p == nil || !had {
			continue
		}
		o.Changed = append(o.Changed, *p)
		o.Codes = append(o.Codes, CodeChange{id, old.Code, ""})
		o.Stays = append(o.Stays, Stay{PlaceID: id, ParentID: old.ParentID, Was: old.Path, Code: old.Code, Name: old.Name, Gone: true, Into: into[id]})
	}
	return o
}

// Repath returns where something at an old path lies now: the nearest place on it
// that lies elsewhere takes it along.
func (o *Outcome) Repath(path string) string {
	for end := len(path); end > 0; end = strings.LastIndexByte(path[:end-1], '.') + 1 {
		if to, ok := o.Paths[path[:end]]; ok {
			return to + path[end:]
		}
	}
	return path
}

// Tops lists the old paths under which something lies elsewhere now, none below
// another.
func (o *Outcome) Tops() []string {
	var out []string
	for _, p := range slices.SortedFunc(maps.Keys(o.Paths), func(a, b string) int { return cmp.Compare(a, b) }) {
		if len(out) == 0 || !Inside(p, out[len(out)-1]) {
			out = append(out, p)
		}
	}
	return out
}

// Rename puts ids in the place of provisional names, in the steps of a plan.
func Rename(steps []Step, ids map[string]string) []Step {
	name := func(id string) string {
		if to, ok := ids[id]; ok {
			return to
		}
		return id
	}
	out := slices.Clone(steps)
	for i := range out {
		out[i].ID, out[i].To = name(out[i].ID), name(out[i].To)
		out[i].Into = slices.Clone(out[i].Into)
		for j := range out[i].Into {
			out[i].Into[j] = name(out[i].Into[j])
		}
	}
	return out
}

// Makes lists the provisional names that steps make.
func Makes(steps []Step) []string {
	var out []string
	for _, s := range steps {
		if s.Do == Make {
			out = append(out, s.ID)
		}
	}
	return out
}

// Reverse returns the steps that take an applied plan back. The tree is the one
// before the steps; they name places by their real ids.
func (t *Tree) Reverse(steps []Step) []Step {
	var out []Step
	at := map[string]string{} // where things stand as the steps go
	for _, s := range steps {
		was, ok := t.at[s.ID]
		back := Step{ID: s.ID, To: at[s.ID]}
		if ok && back.To == "" {
			back.To, back.Sort = was.ParentID, was.Sort
		}
		switch s.Do {
		case Make, Revive:
			back = Step{Do: End, ID: s.ID, Into: []string{s.To}}
		case Move:
			back.Do = Move
		case End:
			back.Do = Revive
		}
		out = append(out, back)
		at[s.ID] = s.To
	}
	slices.Reverse(out)
	return out
}
