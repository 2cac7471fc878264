package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// finishMove moves the house to the other community.
func finishMove(t *testing.T, w *world) {
	t.Helper()
	a, _ := stageMove(t, w, toD)
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
}

// straight fails when any row lies elsewhere than its place.
func straight(t *testing.T, w *world) {
	t.Helper()
	if bad, err := w.Astray(w.ctx); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
}

var _ = promised("a write decided on the old path and landing after the move is refused, and decided again on the new one", func(t *testing.T, w *world) {
	moving(t, w)
	old := []any{
		&people.Post{ID: "late", Key: "|lead|x||1", Item: "lead", PlaceID: "x", Path: "s.c.b.u.x.", N: 1},
		&register.Household{ID: "late", PlaceID: "x", Path: "s.c.b.u.x.", From: w.clock()},
	}
	finishMove(t, w)
	for _, row := range old {
		if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: row, Entry: actEntry}); !errors.Is(err, ErrConflict) {
			t.Fatalf("%T: %v", row, err)
		}
	}
	// Changes of rows that did not move with the act, such as a reshape of a sister
	// server leaves to a decision that had read the row anew but not the place.
	p, _, _ := w.Post(w.ctx, "n")
	p.Path, p.PlaceID = "s.c.b.u.", "u"
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &p, Base: p.Version, Entry: actEntry}); !errors.Is(err, ErrConflict) {
		t.Fatal("a change at the old path:", err)
	}
	straight(t, w)
	tries := 0
	_, err := w.Decide(w.ctx, nil, func(_ context.Context) ([]byte, []journal.Change, error) {
		path := "s.c.b.u.x."
		if tries++; tries > 1 {
			x, _, err := w.Place(w.ctx, "x")
			if path = x.Path; err != nil {
				return nil, nil, err
			}
		}
		return nil, []journal.Change{{Row: &register.Household{ID: "again", PlaceID: "x", Path: path, From: w.clock()}, Entry: actEntry}}, nil
	})
	if err != nil || tries != 2 {
		t.Fatal(tries, err)
	}
	straight(t, w)
})

var _ = promised("what a single write adds beside a staged move follows when the move ends", func(t *testing.T, w *world) {
	moving(t, w)
	a, _ := stageMove(t, w, toD)
	must(t, w, journal.Change{Row: &register.Household{ID: "beside", PlaceID: "x", Path: "s.c.b.u.x.", From: w.clock()}, Entry: actEntry},
		journal.Change{Row: &people.Helper{ID: "beside", Number: "V2", PlaceID: "u", Path: "s.c.b.u."}, Entry: actEntry})
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
	straight(t, w)
	h, err := load[register.Household](w.ctx, w.Store, "WHERE id = 'beside'")
	if err != nil || len(h) != 1 || h[0].Path != "s.d.b.u.x." {
		t.Fatal(h, err)
	}
	es, err := w.Entries(w.ctx, w.Last()-1, 1)
	if err != nil || len(es) != 1 || es[0].Verb != "ground.mended" {
		t.Fatal(es, err)
	}
	if err := w.Checkpoint(w.ctx); err != nil {
		t.Fatal(err)
	}
	if rep, err := w.Verify(w.ctx, w.verifier); err != nil || !rep.OK() {
		t.Fatal(rep, err)
	}
})

var _ = promised("an act staged before a move and ending after it lies where its places are", func(t *testing.T, w *world) {
	moving(t, w)
	a, err := w.Begin(w.ctx, "incident.started")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.seal.Ensure(w.ctx, IncidentPurpose("i"), []string{"x"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Insert(w.ctx, &round.Target{RoundID: "r2", Incident: "i", PlaceID: "x", Path: "s.c.b.u.x.", Choice: "药"},
		&people.Post{ID: "n2", Key: "i|lead|b||1", Item: "lead", PlaceID: "b", Path: "s.c.b.", N: 1}); err != nil {
		t.Fatal(err)
	}
	finishMove(t, w)
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
	straight(t, w)
	ts, err := w.TargetsAt(w.ctx, "x")
	if err != nil || len(ts) != 2 || ts[0].Path != "s.d.b.u.x." || ts[1].Path != "s.d.b.u.x." {
		t.Fatal(ts, err)
	}
})

var _ = promised("rows found astray are mended by one journaled act, and nothing is written when none are", func(t *testing.T, w *world) {
	moving(t, w)
	before := w.Last()
	if n, err := w.Mend(w.ctx); n != 0 || err != nil || w.Last() != before {
		t.Fatal(n, err, w.Last()-before)
	}
	for _, q := range []string{"UPDATE persons SET path = 's.d.b.u.x.' WHERE id = 'p'", "UPDATE posts SET path = 's.d.b.' WHERE id = 'n'"} {
		if o := w.bulky(&command{done: make(chan outcome, 1), stmts: []stmt{{sql: q, want: 1}}}); o.err != nil {
			t.Fatal(o.err)
		}
	}
	if bad, err := w.Astray(w.ctx); err != nil || bad["persons"] != 1 || bad["posts"] != 1 {
		t.Fatal(bad, err)
	}
	if n, err := w.Mend(w.ctx); n != 2 || err != nil || w.Last() != before+1 {
		t.Fatal(n, err, w.Last()-before)
	}
	straight(t, w)
	ps, err := w.PersonsUnder(w.ctx, "s.c.", "", [2]string{}, 0, Clear{Phone: true})
	if err != nil || len(ps) != 1 || ps[0].Phone != "12900000001" {
		t.Fatal(ps, err)
	}
})

var _ = promised("who lies somewhere now has the log of before, who held it then has not", func(t *testing.T, w *world) {
	moving(t, w)
	say := func(verb, thing, place, path string) {
		t.Helper()
		e := actEntry
		e.Verb, e.Thing, e.PlaceID, e.Path, e.Audience = verb, thing, place, path, "work"
		w.advance(time.Second)
		must(t, w, journal.Change{Entry: e})
	}
	say("round.recorded", "targets", "x", "s.c.b.u.x.")
	say("looked", "looks", "x", "s.c.b.u.x.")
	say("looked", "looks", "c", "s.c.") // at a list of the community in which the door lay
	w.advance(time.Second)
	a, _ := stageMove(t, w, toD)
	if err := a.Insert(w.ctx, &territory.Stay{ID: "b@1", PlaceID: "b", ParentID: "c", Was: "s.c.b.", Until: w.clock(), Verb: "move"}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
	say("looked", "looks", "c", "s.c.") // when it lay there no more
	for _, top := range []string{"s.d.", "s.d.b.", "s.d.b.u.x."} {
		former, err := w.Formerly(w.ctx, top)
		if err != nil || len(former) != 1 {
			t.Fatal(top, former, err)
		}
		es, err := w.EntriesOver(w.ctx, top, former, 0, 100)
		if err != nil || len(es) < 2 || es[len(es)-2].Verb != "round.recorded" && es[len(es)-1].Verb != "round.recorded" {
			t.Fatal(top, es, err)
		}
	}
	if former, err := w.Formerly(w.ctx, "s."); err != nil || len(former) > 0 {
		t.Fatal(former, err)
	}
	looks, err := w.LooksAt(w.ctx, "s.d.b.u.x.", []string{"s.d."}, 10)
	if err != nil || len(looks) != 2 || looks[0].PlaceID != "c" || looks[1].PlaceID != "x" {
		t.Fatal(looks, err)
	}
})
