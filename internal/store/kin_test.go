package store

import (
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
)

var _ = promised("relatives come back as they were let in, the newest first, under their own door alone", func(t *testing.T, w *world) {
	at := w.clock().UTC().Truncate(time.Millisecond)
	a := access.Kin{ID: "k1", PlaceID: "d1", Name: "陈小芳", Relation: "daughter", Purpose: "替家里求助", Confirm: true, Given: at, Until: at.Add(time.Hour)}
	b := access.Kin{ID: "k2", PlaceID: "d1", Name: "陈小明", Relation: "son", Purpose: "看进展", Follow: true, Given: at.Add(time.Minute), GivenBy: "acc", Until: at.Add(time.Hour), Revoked: at.Add(2 * time.Minute), RevokedBy: "acc"}
	c := access.Kin{ID: "k3", PlaceID: "d2", Name: "别人", Relation: "other", Purpose: "看进展", Given: at, Until: at.Add(time.Hour)}
	must(t, w, journal.Change{Row: &a}, journal.Change{Row: &b}, journal.Change{Row: &c})
	got, err := w.KinOf(w.ctx, "d1")
	if err != nil || len(got) != 2 || got[0] != b || got[1] != a {
		t.Fatalf("%+v %v", got, err)
	}
	if over, err := w.KinOver(w.ctx, at.Add(2*time.Minute), 9); err != nil || len(over) != 1 || over[0] != b {
		t.Fatalf("%+v %v", over, err)
	}
	gone := c.Forgotten()
	must(t, w, journal.Change{Row: &gone, Base: c.Version})
	if over, err := w.KinOver(w.ctx, at.Add(time.Hour), 9); err != nil || len(over) != 2 || over[0] != a || over[1] != b {
		t.Fatalf("%+v %v", over, err)
	}
	c = gone
	if x, ok, err := w.Kin(w.ctx, "k3"); err != nil || !ok || x != c {
		t.Fatalf("%+v %v %v", x, ok, err)
	}
	if w.KinToken("k1") == w.KinToken("k2") || w.KinToken("k1") == w.CaseToken("k1") || w.KinToken("k1") != w.KinToken("k1") {
		t.Fatal("tokens are not each their own")
	}
})
