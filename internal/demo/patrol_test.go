package demo

import (
	"testing"
	"unicode/utf8"
)

// The patrol of the demonstration shows every face of the board: a point still to do, some
// done, one missed in its last turn, and two findings of the turn that runs.
func TestThePatrolOfTheDemonstrationHasEveryFace(t *testing.T) {
	names, last := map[string]bool{}, map[int]int{}
	findings := 0
	for _, x := range Spots {
		if names[x.Name] || utf8.RuneCountInString(x.Name) > 40 || x.Kind == "door" || len(x.Been) == 0 || 1440%x.Minutes != 0 {
			t.Errorf("%+v", x)
		}
		names[x.Name] = true
		for i, b := range x.Been {
			if i > 0 && b.Back >= x.Been[i-1].Back {
				t.Errorf("%s: the earlier turn first", x.Name)
			}
			if b.Outcome != "in-order" {
				findings++
			}
			if b.Outcome != "in-order" && (b.Words == "" || b.Back > 0) {
				t.Errorf("%s: a finding of this turn, in words: %+v", x.Name, b)
			}
		}
		last[x.Been[len(x.Been)-1].Back]++
	}
	if last[0] < 3 || last[1] < 1 || last[2] != 1 || findings != 2 {
		t.Errorf("last visited turns ago: %v, findings %d", last, findings)
	}
}
