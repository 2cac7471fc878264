package store

import (
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/round"
)

var _ = promised("points come back as they were written, in walking order, and the clock finds those that are due", func(t *testing.T, w *world) {
	at := w.clock().UTC().Truncate(time.Millisecond)
	p := round.Point{ID: "p1", PlaceID: "d", Path: "0.d.", Item: "patrol", Name: "东门", Look: "门锁", Order: 2, Every: 2 * time.Hour, From: 8 * time.Hour, Until: 20 * time.Hour,
		By: "a", Since: at, Outcome: "in-order", At: at.Add(time.Minute), CaseID: "c1", Missed: at.Add(2 * time.Minute), Next: at.Add(time.Hour)}
	before := round.Point{ID: "p2", PlaceID: "d", Path: "0.d.", Item: "patrol", Name: "西门", Order: 1, Every: time.Hour, Until: time.Hour, Since: at}
	over := round.Point{ID: "p3", PlaceID: "d", Path: "0.d.", Item: "patrol", Name: "北门", Since: at, Ended: at, Next: time.Time{}}
	must(t, w, journal.Change{Row: &p}, journal.Change{Row: &before}, journal.Change{Row: &over})
	if got, err := w.PointsUnder(w.ctx, "0."); err != nil || len(got) != 2 || got[0] != before || got[1] != p {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := w.PointsUnder(w.ctx, "1."); err != nil || len(got) != 0 {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := w.PointsDue(w.ctx, at.Add(time.Hour), 9); err != nil || len(got) != 1 || got[0] != p {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := w.PointsDue(w.ctx, at.Add(time.Hour-time.Millisecond), 9); err != nil || len(got) != 0 {
		t.Fatal("due too early", got, err)
	}
	if got, ok, err := w.Point(w.ctx, "p3"); err != nil || !ok || got != over {
		t.Fatalf("%+v %v %v", got, ok, err)
	}
})
