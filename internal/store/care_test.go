package store

import (
	"reflect"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people/care"
	"shouwang/internal/people/unit"
)

var _ = promised("gear, insurance, thanks, organisations and check-ins come back as they were written", func(t *testing.T, w *world) {
	at := w.clock().UTC().Truncate(time.Millisecond)
	x := care.Issue{ID: "g1", HelperID: "h1", PlaceID: "p", Path: "0.p.", Kind: "vest", Count: 2, Given: at, By: "a", Back: at.Add(time.Hour), BackBy: "b", Lost: true, Why: "破了"}
	in := care.Issue{ID: "g2", PlaceID: "p", Path: "0.p.", Kind: "vest", Count: 9, Given: at, By: "a"}
	k := care.Kept{HelperID: "h1", InsuredUntil: at, InsuredBy: "街道", Lodging: "二楼", LodgedUntil: at}
	words := care.Thanks{ID: "k1", PlaceID: "p", Path: "0.p.", Helpers: []string{"h1", "h2"}, For: mode.Text{ZH: "守楼", EN: "Watch"}, Words: "谢谢", From: "三楼", Made: at, Decided: at, DecidedBy: "a", Shown: true}
	u := unit.Unit{ID: "u1", Name: "第三中学党支部", Kind: "party", PlaceID: "p", Path: "0.p.", Contact: "h2", Offers: "操场", Since: at}
	m := unit.Presence{HelperID: "h1", UnitID: "u1", PlaceID: "q", Path: "0.q.", How: unit.Lives, Since: at, Shares: true, Consent: unit.Wording}
	must(t, w, journal.Change{Row: &x}, journal.Change{Row: &in}, journal.Change{Row: &k}, journal.Change{Row: &words}, journal.Change{Row: &u}, journal.Change{Row: &m})
	if got, err := w.GearUnder(w.ctx, "0.p."); err != nil || len(got) != 2 || got[0] != x || got[1] != in {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := w.GearOf(w.ctx, "h1"); err != nil || len(got) != 1 || got[0] != x {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := w.GearOf(w.ctx, ""); err != nil || len(got) != 0 {
		t.Fatalf("a place's stock is nobody's: %+v %v", got, err)
	}
	if got, err := w.Kept(w.ctx, []string{"h1", "h2"}); err != nil || len(got) != 1 || got["h1"] != k {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := w.ThanksUnder(w.ctx, "0.", at); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], words) {
		t.Fatalf("%+v %v", got, err)
	}
	waits := care.Thanks{ID: "k2", PlaceID: "q", Path: "0.q.", Words: "辛苦", Made: at}
	must(t, w, journal.Change{Row: &waits})
	if n, err := w.ThanksWaiting(w.ctx, "p"); err != nil || n != 0 {
		t.Fatal("what was looked at waits:", n, err)
	}
	if n, err := w.ThanksWaiting(w.ctx, "q"); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if got, err := w.ThanksUnder(w.ctx, "0.p.q.", at); err != nil || len(got) != 0 {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := w.UnitsOf(w.ctx, "h2"); err != nil || len(got) != 1 || got[0] != u {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := w.UnitsOf(w.ctx, ""); err != nil || len(got) != 0 {
		t.Fatalf("%+v %v", got, err)
	}
	for _, read := range []func() ([]unit.Presence, error){
		func() ([]unit.Presence, error) { return w.Members(w.ctx, "u1") },
		func() ([]unit.Presence, error) { return w.PresencesOf(w.ctx, "h1") },
		func() ([]unit.Presence, error) { return w.Presences(w.ctx, "0.q.") },
	} {
		if got, err := read(); err != nil || len(got) != 1 || got[0] != m {
			t.Fatalf("%+v %v", got, err)
		}
	}
	if got, err := w.Presences(w.ctx, "0.p."); err != nil || len(got) != 0 {
		t.Fatalf("%+v %v", got, err)
	}
})
