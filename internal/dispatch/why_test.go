package dispatch

import (
	"regexp"
	"testing"
)

// A reason that is kept in figures is said in both languages; each miss has a name of
// its own, and what earlier versions wrote stays as it is.
func TestReasonsAreKeptInFigures(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	names := map[string]bool{}
	w := Why{Fit: 4, Seats: 9}
	for m := fit + 1; m < misses; m++ {
		code := missCodes[m]
		if code == "" || names[code] {
			t.Errorf("miss %d is called %q", m, code)
		}
		names[code] = true
		w.Missed = append(w.Missed, Missed{code, int(m)})
	}
	kept := w.Kept()
	got := SayReason(kept)
	if got != w.Text() || han.MatchString(kept) || han.MatchString(got.EN) || !han.MatchString(got.ZH) {
		t.Errorf("%s: %+v", kept, got)
	}
	if got := SayReason(Why{}.Kept()); got.EN != "Nobody qualifies" || got.ZH != "没有够格的人" {
		t.Errorf("%+v", got)
	}
	for _, old := range []string{"没有够格的人；未受训 3 人", "why:", "why:x/2", ""} {
		if got := SayReason(old); got.ZH != old || got.EN != old {
			t.Errorf("%q: %+v", old, got)
		}
	}
}
