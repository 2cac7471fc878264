package store

import (
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/oversight"
	"shouwang/internal/register"
	"shouwang/internal/round"
)

var _ = promised("warnings come back as they were written, and what they lean on is read without opening anything", func(t *testing.T, w *world) {
	at := w.clock().UTC().Truncate(time.Millisecond)
	open := oversight.Warning{ID: "n1", Rule: "silent", Print: "p1", About: "household", Subject: "d1", PlaceID: "d1", Path: "0.d1.", Since: at}
	over := oversight.Warning{ID: "n2", Rule: "overdue", Print: "p2", About: "case", Subject: "k", PlaceID: "d1", Path: "0.d1.", Since: at, Answered: at.Add(time.Hour), By: "a", Answer: "not-so", Why: "known", Opened: "k2"}
	gone := oversight.Warning{ID: "n3", Rule: "stale", Print: "p3", About: "household", Subject: "d2", PlaceID: "d2", Path: "0.d2.", Since: at, Lapsed: at.Add(time.Minute)}
	one := register.Person{ID: "a", PlaceID: "d1", Path: "0.d1.", Name: "甲", Care: []register.Care{{Group: "alone"}}, Verified: at.Add(-time.Hour)}
	two := register.Person{ID: "b", PlaceID: "d1", Path: "0.d1.", Name: "乙", Verified: at.Add(-2 * time.Hour)}
	left := register.Person{ID: "c", PlaceID: "d2", Path: "0.d2.", Name: "丙", Until: at}
	visit := round.Target{RoundID: "r", PlaceID: "d1", Path: "0.d1.", Outcome: "well", At: at.Add(-time.Minute)}
	plain := need.Case{ID: "k", Number: "1", PlaceID: "d1", Path: "0.d1.", Opened: at}
	secret := need.Case{ID: "s", Number: "2", PlaceID: "d1", Path: "0.d1.", Only: "counsellor", Opened: at}
	old := need.Case{ID: "o", Number: "3", PlaceID: "d1", Path: "0.d1.", Opened: at.AddDate(0, 0, -9), Closed: at}
	must(t, w, journal.Change{Row: &open}, journal.Change{Row: &over}, journal.Change{Row: &gone}, journal.Change{Row: &one}, journal.Change{Row: &two}, journal.Change{Row: &left},
		journal.Change{Row: &visit}, journal.Change{Row: &plain}, journal.Change{Row: &secret}, journal.Change{Row: &old})
	for since, want := range map[time.Duration]int{0: 3, 30 * time.Minute: 2, 2 * time.Hour: 1} {
		if got, err := w.WarningsUnder(w.ctx, "0.", at.Add(since)); err != nil || len(got) != want || got[0] != open {
			t.Fatalf("since %v: %+v %v", since, got, err)
		}
	}
	if got, ok, err := w.Warning(w.ctx, "n2"); err != nil || !ok || got != over {
		t.Fatalf("%+v %v", got, err)
	}
	doors, err := w.DoorStates(w.ctx, "0.")
	if err != nil || len(doors) != 1 || doors["d1"] != (DoorState{2, true, at.Add(-time.Hour), at.Add(-time.Minute)}) {
		t.Fatalf("%+v %v", doors, err)
	}
	cases, err := w.CasesEnded(w.ctx, "0.", at.AddDate(0, 0, -10))
	if err != nil || len(cases) != 1 || cases[0].ID != "o" {
		t.Fatalf("%+v %v", cases, err)
	}
})
