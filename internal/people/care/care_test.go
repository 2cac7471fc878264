package care

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people/service"
)

var (
	t0    = time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC)
	kinds = []mode.GearKind{{ID: "vest"}, {ID: "mask", Used: true}}
	meals = []mode.Meal{{ID: "lunch", From: 11 * time.Hour, Until: 13 * time.Hour}, {ID: "dinner", From: 17 * time.Hour, Until: 19 * time.Hour}}
)

func hour(h float64) time.Time { return t0.Add(time.Duration(h * float64(time.Hour))) }

func duty(helper string, a, b float64) Duty {
	return Duty{HelperID: helper, Place: "p.", From: hour(a), Until: hour(b), Gear: []mode.GearOf{{ID: "vest", N: 1}, {ID: "mask", N: 2}}, Meals: []string{"lunch"}}
}

// Over random histories nothing is made or lost: what was taken in is there, out, or
// used up.
func TestGearConserves(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var all []Issue
	in := map[string]int{}
	for step := range 500 {
		k := kinds[r.IntN(2)].ID
		x := Issue{ID: string(rune(step)), Kind: k, Count: 1 + r.IntN(5), Given: hour(float64(step))}
		switch r.IntN(3) {
		case 0:
			in[k] += x.Count
		case 1:
			x.HelperID = "h"
		default:
			if len(all) > 0 {
				i := r.IntN(len(all))
				if y, err := Return(kinds, all[i], r.IntN(2) == 0, "", "a", x.Given); err == nil {
					all[i] = y
				}
			}
			continue
		}
		all = append(all, x)
		for k, s := range Stock(kinds, all) {
			if s.In+s.Out+s.Use != in[k] {
				t.Fatalf("step %d: %s: %+v of %d", step, k, s, in[k])
			}
		}
	}
}

// Who has it is not handed it again; what is used up is wanted for each duty; what the
// stock does not hold is short, from the duty on at which it runs out.
func TestWants(t *testing.T) {
	duties := []Duty{duty("b", 20, 24), duty("a", 8, 12), duty("a", 44, 48)}
	got := Wants(kinds, duties, nil)
	if len(got) != 5 || got[0].HelperID != "a" || got[0].Kind != "vest" || got[0].Short {
		t.Fatalf("%+v", got)
	}
	all := []Issue{{ID: "1", Kind: "vest", Count: 2}, {ID: "2", Kind: "mask", Count: 4}, {ID: "3", HelperID: "a", Kind: "vest", Count: 1}, {ID: "4", HelperID: "a", Kind: "mask", Count: 2, Given: hour(7)}}
	got = Wants(kinds, duties, all)
	// a has a vest, and masks for the morning; b wants a vest (one is left) and masks
	// (two are left); a wants masks again two days later (none is left).
	if len(got) != 3 || got[0].HelperID != "b" || got[0].Short || got[1].Short || got[2].HelperID != "a" || got[2].Kind != "mask" || !got[2].Short {
		t.Fatalf("%+v", got)
	}
	if _, err := Give(kinds, Issue{Kind: "boat", Count: 1}); err == nil {
		t.Fatal("gear nobody declared")
	}
	if _, err := Give(kinds, Issue{Kind: "vest", Count: 0}); err == nil {
		t.Fatal("none of it")
	}
	x, err := Return(kinds, all[2], false, "", "a", hour(9))
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range []Issue{x, all[0], all[3]} { // brought back, taken in, used up
		if _, err := Return(kinds, y, false, "", "a", hour(9)); err == nil {
			t.Fatalf("%+v comes back", y)
		}
	}
}

// One meal a person, meal and day, where they stand first; nobody who does not stand
// while it is eaten, or whose post does not feed; diets over all places.
func TestPortions(t *testing.T) {
	twice := duty("a", 12.5, 14)
	twice.Place = "q."
	hungry := duty("c", 11, 13)
	hungry.Meals = nil
	list := []Duty{duty("a", 8, 12), twice, duty("b", 13, 17), hungry, duty("d", 12.9, 20), duty("a", 35, 40)}
	got, other := Portions(meals, list, t0, 2, map[string][]string{"a": {"halal"}, "b": {"halal"}})
	want := []Portion{{"2026-03-07", "lunch", "p.", 2}, {"2026-03-08", "lunch", "p.", 1}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Fatalf("%+v", got)
	}
	if len(other) != 2 || other[0] != (Diet{"2026-03-07", "lunch", "halal", 1}) {
		t.Fatalf("%+v", other)
	}
}

// Thanks want words, no numbers of telephones, and a look where a resident wrote them.
func TestThanks(t *testing.T) {
	for _, bad := range []string{" ", strings.Repeat("谢", 301), "打 12900001111 找我"} {
		if _, err := Thank(Thanks{Words: bad, By: "a"}, t0); err == nil {
			t.Errorf("%q", bad)
		}
	}
	own, err := Thank(Thanks{Words: "辛苦了", By: "a"}, t0)
	if err != nil || !own.Shown {
		t.Fatal(own, err)
	}
	res, err := Thank(Thanks{Words: "辛苦了"}, t0)
	if err != nil || res.Shown || !res.Decided.IsZero() {
		t.Fatal("a resident's words are shown unseen", res, err)
	}
	if res, err = Decide(res, true, "a", t0); err != nil || !res.Shown {
		t.Fatal(res, err)
	}
	if _, err := Decide(res, false, "a", t0); err == nil {
		t.Fatal("decided twice")
	}
}

// Bands say who needs rest, by what was given and by what is planned, and why.
func TestBand(t *testing.T) {
	st := func(a, b float64) service.Stretch {
		return service.Stood("x", "h", "p", "p.", "", "q", mode.Text{}, hour(a), hour(b))
	}
	for name, x := range map[string]struct {
		given, coming []service.Stretch
		at            float64
		band, why     string
	}{
		"nothing":          {nil, nil, 48, Rested, ""},
		"served":           {[]service.Stretch{st(40, 44)}, nil, 48, Busy, "served"},
		"two days ago":     {[]service.Stretch{st(0, 4)}, nil, 48, Rested, ""},
		"ten hours":        {[]service.Stretch{st(30, 35), st(40, 46)}, nil, 48, Tired, service.RestHours},
		"coming":           {nil, []service.Stretch{st(60, 64)}, 48, Busy, "coming"},
		"would be tired":   {nil, []service.Stretch{st(50, 56), st(60, 66)}, 48, Tired, "coming-hours"},
		"coming next week": {nil, []service.Stretch{st(200, 204)}, 48, Rested, ""},
	} {
		band, why := Band(x.given, x.coming, hour(x.at), time.UTC)
		if band != x.band || strings.Join(why, " ") != x.why {
			t.Errorf("%s: %s %v", name, band, why)
		}
	}
}

// Insurance names who insures; lodging has an end.
func TestKept(t *testing.T) {
	for _, bad := range []Kept{{InsuredUntil: t0}, {Lodging: "活动室"}, {InsuredBy: strings.Repeat("x", 61)}} {
		if bad.Check() == nil {
			t.Errorf("%+v", bad)
		}
	}
	k := Kept{InsuredUntil: t0, InsuredBy: "街道"}
	if k.Check() != nil || k.Covered(t0) || !k.Covered(t0.Add(-time.Second)) {
		t.Fatal(k)
	}
}
