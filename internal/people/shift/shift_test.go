package shift_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

var at = time.FixedZone("CST", 8*3600)
var midnight = time.Date(2026, 3, 2, 0, 0, 0, 0, at)

// rule is building watch: day and night, six hours, two together.
func rule() *shift.Rule {
	return &shift.Rule{Require: mode.Require{Kind: []string{"volunteer", "property"}, MinAge: 18},
		Shifts: &mode.Shifts{From: 0, Until: 24 * time.Hour, Length: 6 * time.Hour, Crew: 2, Rest: 11 * time.Hour, InARow: 5, Apart: 24 * time.Hour}}
}

func volunteers(n int) (out []people.Helper) {
	for i := range n {
		out = append(out, people.Helper{ID: fmt.Sprintf("h%02d", i), Name: fmt.Sprintf("志愿者%d", i), Kind: "volunteer", Birth: 1980, Path: "0.c.1."})
	}
	return out
}

func ask(n, stands, days int) *shift.Ask {
	a := &shift.Ask{Midnight: midnight, Days: days, Helpers: volunteers(n), Seed: 1, Steps: 3, At: at, Now: midnight.Add(-time.Hour)}
	for i := range stands {
		a.Stands = append(a.Stands, shift.Stand{Item: "watch", Title: mode.Text{ZH: "守楼", EN: "House watch"}, PlaceID: fmt.Sprintf("b%d", i), Path: fmt.Sprintf("0.c.1.%d.", i), Name: fmt.Sprintf("%d号楼", i+1), Rule: rule()})
	}
	return a
}

// holds says whether a draft keeps every hard rule and puts nobody anywhere twice.
func holds(t *testing.T, a *shift.Ask, d *shift.Draft) {
	t.Helper()
	line := map[string][]shift.Shift{}
	keys := map[string]bool{}
	for _, s := range d.Shifts {
		if keys[s.Key] {
			t.Fatalf("%s is filled twice", s.Key)
		}
		keys[s.Key] = true
		line[s.HelperID] = append(line[s.HelperID], s)
	}
	for _, s := range d.Shifts {
		if s.HelperID == "" {
			continue
		}
		i := slices.IndexFunc(a.Helpers, func(h people.Helper) bool { return h.ID == s.HelperID })
		j := slices.IndexFunc(a.Stands, func(x shift.Stand) bool { return x.PlaceID == s.PlaceID && x.Item == s.Item })
		if l, b := shift.Fits(&s, &a.Helpers[i], line[s.HelperID], *a.Stands[j].Rule, at, a.Now); len(l)+len(b) > 0 {
			t.Fatalf("%s on %s: %v %v", s.HelperID, s.Key, l, b)
		}
	}
}

// Enough people: everything is filled, no rule is broken, and the load is even.
func TestARosterFillsItself(t *testing.T) {
	a := ask(14, 1, 7)
	d, err := a.Plan(context.Background(), context.Background())
	if err != nil {
		t.Fatal(err)
	}
	holds(t, a, d)
	if len(d.Shifts) != 7*4*2 || d.Short != 0 || len(d.Reasons) != 0 {
		t.Fatalf("%d shifts, %d open: %v", len(d.Shifts), d.Short, d.Reasons)
	}
	load := map[string]int{}
	for _, s := range d.Shifts {
		load[s.HelperID]++
	}
	low, high := 99, 0
	for _, h := range a.Helpers {
		low, high = min(low, load[h.ID]), max(high, load[h.ID])
	}
	if high-low > 1 {
		t.Fatalf("from %d to %d shifts", low, high)
	}
	again, err := ask(14, 1, 7).Plan(context.Background(), context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Shifts {
		if d.Shifts[i] != again.Shifts[i] {
			t.Fatal("the same seed gives another roster")
		}
	}
}

// Too few people: what stays open has its reason with the place, the time and both numbers.
func TestWhatCannotBeFilledHasAReason(t *testing.T) {
	a := ask(4, 1, 2)
	d, err := a.Plan(context.Background(), context.Background())
	if err != nil {
		t.Fatal(err)
	}
	holds(t, a, d)
	if d.Short != 8 || len(d.Reasons) == 0 || !strings.Contains(d.Reasons[0].ZH, "1号楼") || !strings.Contains(d.Reasons[0].EN, "House watch") {
		t.Fatalf("%d open: %+v", d.Short, d.Reasons)
	}
	a = ask(3, 1, 1)
	for i := range a.Helpers {
		a.Helpers[i].Birth = 2012
	}
	if d, err = a.Plan(context.Background(), context.Background()); err != nil {
		t.Fatal(err)
	}
	if d.Short != 8 || len(d.Reasons) != 1 || !strings.Contains(d.Reasons[0].ZH, "3 人都不合要求") {
		t.Fatalf("%d open: %+v", d.Short, d.Reasons)
	}
}

func TestEachHardRuleIsSaid(t *testing.T) {
	h := volunteers(1)[0]
	young := h
	young.Birth = 2011
	mk := func(id string, from, until int) shift.Shift {
		return shift.Shift{ID: id, Key: id, HelperID: h.ID, State: shift.Planned, From: midnight.Add(time.Duration(from) * time.Hour), Until: midnight.Add(time.Duration(until) * time.Hour)}
	}
	inside := mk("in", -12, -6)
	inside.Closed = "/c/9"
	longer := inside
	longer.Apart = 24 * time.Hour
	within := mk("s", 6, 12)
	within.Closed = "/c/9"
	everyday := rule()
	everyday.Shifts.Apart = 0
	var run []shift.Shift
	for d := 1; d <= 5; d++ {
		run = append(run, mk(fmt.Sprint("d", d), -24*d+6, -24*d+12))
	}
	strict := rule()
	strict.Shifts.MinAge = 50
	for _, c := range []struct {
		name string
		s    shift.Shift
		h    people.Helper
		line []shift.Shift
		r    *shift.Rule
		want string
	}{
		{"fits", mk("s", 6, 12), h, nil, rule(), ""},
		{"ends before it starts", mk("s", 12, 6), h, nil, rule(), shift.BreakTime},
		{"over", mk("s", -12, -6), h, nil, rule(), shift.BreakTime},
		{"twice", mk("s", 6, 12), h, []shift.Shift{mk("o", 11, 15)}, rule(), shift.BreakTwice},
		{"next to another", mk("s", 6, 12), h, []shift.Shift{mk("o", 12, 15)}, rule(), shift.BreakRest},
		{"too long", mk("s", 6, 13), h, nil, rule(), shift.BreakLong},
		{"too young", mk("s", 6, 12), h, nil, strict, shift.BreakYoung},
		{"a minor at night", mk("s", 18, 24), young, nil, rule(), shift.BreakMinor},
		{"six in a row", mk("s", 6, 12), h, run, rule(), shift.BreakInARow},
		{"out of a closed zone", mk("s", 6, 12), h, []shift.Shift{inside}, rule(), string(people.LackApart)},
		{"out of a closed zone whose playbook declares more than this one's", mk("s", 6, 12), h, []shift.Shift{longer}, everyday, string(people.LackApart)},
		{"out of a closed zone long enough ago", mk("s", 24, 30), h, []shift.Shift{inside}, rule(), ""},
		{"on in the same closed zone", within, h, []shift.Shift{inside}, rule(), ""},
		{"into a closed zone before a shift elsewhere", within, h, []shift.Shift{mk("o", 24, 30)}, rule(), string(people.LackApart)},
	} {
		got := ""
		lacks, breaks := shift.Fits(&c.s, &c.h, c.line, *c.r, at, midnight)
		for _, l := range lacks {
			if l.Code == people.LackApart {
				got += string(l.Code)
			}
		}
		for _, b := range breaks {
			got += b.Code
		}
		if got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}
