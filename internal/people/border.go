package people

import "time"

// Stay is one stretch for which a helper served inside a closed zone. Apart is the gap
// that the playbook of that service declares before they serve anywhere else.
type Stay struct {
	Closed      string // path of the closed zone
	From, Until time.Time
	Apart       time.Duration
}

// Way is what the borders of closed zones put between a helper and a post. Where
// both are is for the caller to know; what follows from it is decided here. The
// zero Way is open.
type Way struct {
	Confined bool          // lives in a closed zone, the post is out of it, and their kind is not let across
	Outside  bool          // the post is in a closed zone, they live out of it, and their kind is not let across
	Closed   string        // path of the closed zone that the post lies in, or empty
	Until    time.Time     // when the post or shift ends; zero: nobody knows
	Apart    time.Duration // gap that the post itself declares
	Stays    []Stay
}

// Lacks says which borders stand in the way at a time, in the order of LackCodes.
func (w *Way) Lacks(at time.Time) (out []Lack) {
	if w.Outside {
		out = append(out, Lack{Code: LackOutside})
	}
	if w.Confined {
		out = append(out, Lack{Code: LackConfined})
	}
	if gap := w.short(at); gap > 0 {
		out = append(out, Lack{LackApart, number(int(gap.Hours()))})
	}
	return out
}

// short is the gap that somebody would not keep: after a stay before the post, and,
// when the post lies in a closed zone itself, after it before a later stay elsewhere.
func (w *Way) short(at time.Time) time.Duration {
	for _, x := range w.Stays {
		switch {
		case x.Closed == w.Closed:
		case x.Closed != "" && !x.From.After(at):
			if gap := max(x.Apart, w.Apart); at.Sub(x.Until) < gap {
				return gap
			}
		case w.Closed != "" && x.From.After(at) && !w.Until.IsZero():
			if x.From.Sub(w.Until) < w.Apart {
				return w.Apart
			}
		}
	}
	return 0
}

// LacksThere is Lacks with the borders on the way to the post: the whole of the gate.
func LacksThere(h *Helper, require Require, way Way, at time.Time) []Lack {
	return append(Lacks(h, require, at), way.Lacks(at)...)
}
