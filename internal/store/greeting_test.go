package store

import (
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/round"
)

var _ = promised("greetings come back as they were written, and the clock finds those that are due", func(t *testing.T, w *world) {
	at := w.clock().UTC().Truncate(time.Millisecond)
	g := round.Greeting{PersonID: "p1", PlaceID: "d", Path: "0.d.", First: "h1", Second: "h2", By: "a", Since: at, Day: "2026-03-01", Level: 1, Outcome: "well", How: "door",
		At: at.Add(time.Minute), GreetedBy: "a", CaseID: "c1", Next: at.Add(time.Hour)}
	over := round.Greeting{PersonID: "p2", PlaceID: "d", Path: "0.d.", First: "h1", Second: "h3", Since: at, Ended: at, Why: "objects"}
	must(t, w, journal.Change{Row: &g}, journal.Change{Row: &over})
	for name, read := range map[string]func() ([]round.Greeting, error){
		"under":  func() ([]round.Greeting, error) { return w.GreetingsUnder(w.ctx, "0.") },
		"at":     func() ([]round.Greeting, error) { return w.GreetingsAt(w.ctx, "d") },
		"first":  func() ([]round.Greeting, error) { return w.GreetingsOf(w.ctx, "h1") },
		"second": func() ([]round.Greeting, error) { return w.GreetingsOf(w.ctx, "h2") },
		"due":    func() ([]round.Greeting, error) { return w.GreetingsDue(w.ctx, at.Add(time.Hour), 9) },
	} {
		if got, err := read(); err != nil || len(got) != 1 || got[0] != g {
			t.Fatalf("%s: %+v %v", name, got, err)
		}
	}
	if got, err := w.GreetingsDue(w.ctx, at.Add(time.Hour-time.Millisecond), 9); err != nil || len(got) != 0 {
		t.Fatal("due too early", got, err)
	}
	if got, err := w.GreetingsOf(w.ctx, ""); err != nil || len(got) != 0 {
		t.Fatal(got, err)
	}
	if got, ok, err := w.Greeting(w.ctx, "p2"); err != nil || !ok || got != over {
		t.Fatalf("%+v %v %v", got, ok, err)
	}
})
