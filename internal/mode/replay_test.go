package mode

import (
	"testing"
	"time"
)

// A kept case gone through again: the rule lets go exactly when the seventh day is
// full and the sweep done, and a changed rule when its own days are.
func TestReplay(t *testing.T) {
	book, err := Shipped("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	day := func(n, h int) time.Time { return time.Date(2022, 4, 1+n, h, 0, 0, 0, time.UTC) }
	held := func(id, zone, path string) Measure {
		return Measure{ID: id, Incident: "i", Zone: zone, PlaceID: path, Path: path, Basis: "b", From: day(0, 12), Until: day(14, 16)}
	}
	fact := func(path string, at time.Time) Fact {
		return Fact{Incident: "i", Path: path, Name: "last-positive", Holds: true, At: at, Recorded: at.Add(2 * time.Hour)}
	}
	lifted := held("lifted", "control", "s.b.")
	lifted.Lifted = day(3, 0)
	h := History{
		Measures: []Measure{held("swept", "lockdown", "s.a."), lifted, held("late", "control", "s.c."), held("never", "precaution", "s.d.")},
		Facts:    []Fact{fact("s.a.", day(0, 10)), fact("s.b.", day(1, 6)), fact("s.c.", day(0, 8)), fact("s.c.", day(5, 8))},
		Rounds:   []RoundStep{{day(1, 0), "swept", "sweep", 10, 40}, {day(9, 3), "swept", "sweep", 40, 40}},
	}
	changed, err := book.WithRelease(map[string]string{"lockdown/stay-at-home": `facts.days_since("last-positive") >= 5`,
		"control/stay-in-area": `facts.days_since("last-positive") >= 4`, "precaution/no-gathering": `true`})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][3]time.Time{ // present, changed, ended
		"swept":  {day(9, 3), day(5, 10), day(14, 16)},
		"lifted": {day(8, 6), day(5, 6), day(3, 0)},
		"late":   {day(12, 8), day(4, 8), day(14, 16)},
		"never":  {{}, day(0, 12), day(14, 16)},
	}
	for _, r := range Replay(h, book, changed) {
		w := want[r.Measure.ID]
		if !r.Present.Equal(w[0]) || !r.Changed.Equal(w[1]) || !r.Ended.Equal(w[2]) {
			t.Errorf("%s: %v %v %v, want %v", r.Measure.ID, r.Present, r.Changed, r.Ended, w)
		}
		delete(want, r.Measure.ID)
	}
	if len(want) > 0 {
		t.Errorf("nothing is said of %v", want)
	}
}
