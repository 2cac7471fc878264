package dispatch

import (
	"slices"
	"sort"
	"time"

	"shouwang/internal/notice"
	"shouwang/internal/people"
)

// Summons says whom a mobilisation call is for. An empty list asks nothing.
type Summons struct {
	Kinds   []string `json:"kinds,omitempty"`
	Skills  []string `json:"skills,omitempty"`  // any of them
	Trained []string `json:"trained,omitempty"` // all of them
}

// Fits says whether a call is for a helper. Who has left or is isolated is called
// neither now nor later; who is locked in or out may still be of use where they are.
func (f Summons) Fits(h *people.Helper, at time.Time) bool {
	if h.Away == "left" || h.Away == "isolated" {
		return false
	}
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, h.Kind) {
		return false
	}
	if len(f.Skills) > 0 && !slices.ContainsFunc(f.Skills, func(k string) bool { return slices.Contains(h.Skills, k) }) {
		return false
	}
	return !slices.ContainsFunc(f.Trained, func(k string) bool { held, _ := h.Holds(k, at); return !held })
}

// Summon makes the receivers of a call out of the helpers it is for, in the order of
// their places: everybody is asked at once, so the order says nothing.
func Summon(n *notice.Notice, hs []people.Helper, f Summons) []notice.Receiver {
	out := make([]notice.Receiver, 0, len(hs))
	for i := range hs {
		if h := &hs[i]; f.Fits(h, n.Sent) {
			out = append(out, notice.Turn(n, notice.Receiver{NoticeID: n.ID, HelperID: h.ID, PlaceID: h.PlaceID, Path: h.Path}, n.Sent))
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		return out[i].Path < out[j].Path || out[i].Path == out[j].Path && out[i].HelperID < out[j].HelperID
	})
	for i := range out {
		out[i].N = i + 1
	}
	return out
}
