package territory

import (
	"slices"
	"testing"
	"time"
)

func TestWhereSomethingLayBefore(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }
	// The community c went from street r to s on the 1st, its house b on the 5th from c
	// to d, and on the 9th the stairwell u from b to the house e beside it.
	stays := map[string][]Stay{
		"c": {{PlaceID: "c", Was: "r.c.", Until: day(1)}},
		"b": {{PlaceID: "b", Was: "s.c.b.", Until: day(5)}},
		"u": {{PlaceID: "u", Was: "s.d.b.u.", Until: day(9)}},
	}
	cases := []struct {
		path string
		want []Former
	}{
		{"s.d.", nil},
		{"s.c.", []Former{{"r.c.", day(1)}}},
		{"s.d.b.", []Former{{"s.c.b.", day(5)}, {"r.c.b.", day(1)}}},
		{"s.d.e.u.x.", []Former{{"s.d.b.u.x.", day(9)}, {"s.c.b.u.x.", day(5)}, {"r.c.b.u.x.", day(1)}}},
	}
	for _, c := range cases {
		if got := Formerly(c.path, stays); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.path, got)
		}
	}
	// Something that went and came back lay where it lies now; that is no other path.
	back := map[string][]Stay{"b": {{Was: "s.c.b.", Until: day(1)}, {Was: "s.d.b.", Until: day(2)}}}
	if got := Formerly("s.c.b.", back); !slices.Equal(got, []Former{{"s.d.b.", day(2)}}) {
		t.Error(got)
	}
	if got := Widest([]string{"s.c.b.", "r.", "s.c.", "s.cc."}); !slices.Equal(got, []string{"r.", "s.c.", "s.cc."}) {
		t.Error(got)
	}
}
