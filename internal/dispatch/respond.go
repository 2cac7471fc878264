package dispatch

import (
	"slices"
	"time"

	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// Rescue says who may be asked when there is an alarm: one of the skills, or a pass in
// one of the qualifications.
type Rescue struct {
	Skills  []string
	Trained []string
}

// Able says by which skill or qualification somebody may be asked, empty when not at
// all: who has left, is isolated or locked out, is not grown up, or wants to be asked no
// more is not.
func (f Rescue) Able(h *people.Helper, at time.Time) string {
	switch {
	case h.Away == "left" || h.Away == "isolated" || h.Away == "locked-out" || !h.Left.IsZero():
		return ""
	case h.OfAge.After(at) || h.OfAge.IsZero() && h.Birth > at.Year()-18:
		return ""
	}
	for _, q := range f.Trained {
		if held, _ := h.Holds(q, at); held {
			return q
		}
	}
	for _, k := range f.Skills {
		if slices.Contains(h.Skills, k) {
			return k
		}
	}
	return ""
}

// Nearest are those who may be asked to a path, the nearest by the tree first: of the
// same stair before the same house, the same house before the same grid. Of equally near
// ones it is who was asked least lately. within leaves out who cannot get there: a closed
// zone lies between.
func (f Rescue) Nearest(path string, hs []people.Helper, within func(*people.Helper) bool, at time.Time) []*people.Helper {
	var out []*people.Helper
	for i := range hs {
		if h := &hs[i]; f.Able(h, at) != "" && within(h) {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b *people.Helper) int {
		if d := Shared(b.Path, path) - Shared(a.Path, path); d != 0 {
			return d
		}
		if d := a.LastAsked.Compare(b.LastAsked); d != 0 {
			return d
		}
		return compare(a.ID, b.ID)
	})
	return out
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Shared is how many steps of the tree two paths have in common from the top.
func Shared(a, b string) int {
	n := 0
	up := territory.Ancestors(b)
	for _, p := range territory.Ancestors(a) {
		if slices.Contains(up, p) {
			n++
		}
	}
	return n
}
