package shift_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

// estate is eight buildings with the two posts of 1+53 as the playbook ships them, and
// so many people who live there.
func estate(t *testing.T, people53 int, days int) *shift.Ask {
	book, err := mode.Shipped("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	a := &shift.Ask{Midnight: midnight, Days: days, Seed: 1, Steps: 12, Threads: 2, At: at, Now: midnight.Add(-time.Hour)}
	for b := range 8 {
		for _, id := range []string{"door-keeper", "site-keeper"} {
			it, ok := book.Post(id)
			if !ok || it.Shifts == nil || it.Shifts.LongestFor("volunteer") > 6*time.Hour {
				t.Fatalf("%s: %+v", id, it.Shifts)
			}
			path := fmt.Sprintf("0.c.b%d.", b)
			a.Stands = append(a.Stands, shift.Stand{Item: id, Title: it.Title, PlaceID: path, Path: path, Name: path, Rule: &shift.Rule{Require: it.Require, Shifts: it.Shifts}})
		}
	}
	for i := range people53 {
		a.Helpers = append(a.Helpers, people.Helper{ID: fmt.Sprintf("v%02d", i), Kind: "volunteer", Birth: 1985, Path: fmt.Sprintf("0.c.b%d.u.d.", i%8)})
	}
	return a
}

// Fifty-three people keep eight buildings, two at the door and three on site, for two
// weeks without a gap and within the rules; with forty some days stay open and it is
// said which.
func TestFiftyThreeKeepEightBuildings(t *testing.T) {
	a := estate(t, 53, 14)
	d, err := a.Plan(context.Background(), context.Background())
	if err != nil {
		t.Fatal(err)
	}
	holds(t, a, d)
	if len(d.Shifts) != 8*(2+3)*14 || d.Short != 0 || len(d.Reasons) != 0 {
		t.Fatalf("%d shifts, %d open: %v", len(d.Shifts), d.Short, d.Reasons)
	}
	load, low, high := map[string]int{}, 99, 0
	for _, s := range d.Shifts {
		load[s.HelperID]++
	}
	for _, h := range a.Helpers {
		low, high = min(low, load[h.ID]), max(high, load[h.ID])
	}
	if high-low > 2 {
		t.Errorf("from %d to %d shifts", low, high)
	}
	a = estate(t, 40, 14)
	brief, end := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer end()
	say, quiet := context.WithTimeout(context.Background(), time.Second)
	defer quiet()
	if d, err = a.Plan(brief, say); err != nil {
		t.Fatal(err)
	}
	holds(t, a, d)
	// Forty people for six of seven days: on 14 days at most 480 of 560 are stood.
	if d.Short < 80 || len(d.Reasons) == 0 {
		t.Fatalf("%d open: %v", d.Short, d.Reasons)
	}
}
