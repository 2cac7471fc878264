package people_test

import (
	"testing"
	"time"

	"shouwang/internal/people"
)

// The borders of closed zones are the gate's: who served inside does not serve
// elsewhere before the gap is over, in whichever order the two are given.
func TestBordersAreTheGates(t *testing.T) {
	was := func(closed string, from, until int, gap time.Duration) people.Stay {
		return people.Stay{Closed: closed, From: noon.Add(time.Duration(from) * time.Hour), Until: noon.Add(time.Duration(until) * time.Hour), Apart: gap}
	}
	const d = 24 * time.Hour
	for name, x := range map[string]struct {
		way  people.Way
		want string
	}{
		"no border":                  {people.Way{}, ""},
		"confined":                   {people.Way{Confined: true}, "confined"},
		"outside":                    {people.Way{Outside: true}, "outside"},
		"served inside too lately":   {people.Way{Stays: []people.Stay{was("a", -20, -14, d)}}, "apart:24"},
		"serves inside still":        {people.Way{Stays: []people.Stay{was("a", -2, 4, d)}}, "apart:24"},
		"the gap is over":            {people.Way{Stays: []people.Stay{was("a", -30, -24, d)}}, ""},
		"the same zone":              {people.Way{Closed: "a", Stays: []people.Stay{was("a", -8, -2, d)}}, ""},
		"another closed zone":        {people.Way{Closed: "b", Stays: []people.Stay{was("a", -8, -2, d)}}, "apart:24"},
		"no gap is declared there":   {people.Way{Stays: []people.Stay{was("a", -8, -2, 0)}}, ""},
		"the post declares one":      {people.Way{Apart: d, Stays: []people.Stay{was("a", -8, -2, 0)}}, "apart:24"},
		"served outside":             {people.Way{Closed: "a", Apart: d, Stays: []people.Stay{was("", -8, -2, d)}}, ""},
		"inside, then soon outside":  {people.Way{Closed: "a", Apart: d, Until: noon.Add(6 * time.Hour), Stays: []people.Stay{was("", 20, 26, 0)}}, "apart:24"},
		"inside, then later outside": {people.Way{Closed: "a", Apart: d, Until: noon.Add(6 * time.Hour), Stays: []people.Stay{was("", 30, 36, 0)}}, ""},
	} {
		h := able()
		lacks := people.LacksThere(&h, people.Require{}, x.way, noon)
		if got := spell(lacks); got != x.want {
			t.Errorf("%s: lacks %q, want %q", name, got, x.want)
		}
		for _, l := range lacks {
			if l.Code.One().ZH == "" || l.Code.One().EN == "" || l.Code.Many().ZH == "" || l.Code.Many().EN == "" {
				t.Errorf("%s has no words", l.Code)
			}
		}
	}
}
