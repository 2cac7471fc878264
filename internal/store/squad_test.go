package store

import (
	"reflect"
	"testing"
	"time"

	"shouwang/internal/dispatch/surge"
	"shouwang/internal/journal"
	"shouwang/internal/people"
)

var _ = promised("squads and stations come back as they were written, by number, place and squad", func(t *testing.T, w *world) {
	at := w.clock().UTC().Truncate(time.Millisecond)
	a := surge.Squad{ID: "q1", Number: "002", Organisation: "市财政局", Name: "二队", Kind: "general", Size: 12, PlaceID: "p", Path: "0.p.", Contact: "组长", From: at, Until: at.Add(time.Hour)}
	b := surge.Squad{ID: "q2", Number: "001", Organisation: "市医院", Kind: "medical", Size: 3, PlaceID: "q", Path: "0.q.", From: at}
	here := surge.Station{ID: "s1", SquadID: "q1", PlanID: "n1", PlaceID: "p", Path: "0.p.", Kind: "general", People: 8, From: at, Pinned: true}
	over := surge.Station{ID: "s2", SquadID: "q1", PlaceID: "q", Path: "0.q.", Kind: "general", People: 4, From: at.Add(-time.Hour), Until: at, Release: "r", Hours: 48, Thanks: "谢谢"}
	must(t, w, journal.Change{Row: &a}, journal.Change{Row: &b}, journal.Change{Row: &here}, journal.Change{Row: &over})
	numbers := func(all []surge.Squad, err error) (out []string) {
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range all {
			out = append(out, x.Number)
		}
		return out
	}
	for _, x := range []struct{ got, want []string }{
		{numbers(w.SquadsUnder(w.ctx, "0.")), []string{"001", "002"}},
		{numbers(w.SquadsUnder(w.ctx, "0.p.")), []string{"002"}},
		{numbers(w.Squads(w.ctx, []string{"q1", "nobody"})), []string{"002"}},
		{numbers(w.SquadsByNumber(w.ctx, []string{"001"})), []string{"001"}},
		{numbers(w.Squads(w.ctx, nil)), nil},
	} {
		if !reflect.DeepEqual(x.got, x.want) {
			t.Fatalf("%v, want %v", x.got, x.want)
		}
	}
	if got, ok, err := w.Squad(w.ctx, "q1"); err != nil || !ok || !reflect.DeepEqual(got, a) {
		t.Fatalf("%+v %v", got, err)
	}
	if got, ok, err := w.Station(w.ctx, "s2"); err != nil || !ok || !reflect.DeepEqual(got, over) {
		t.Fatalf("%+v, want %+v: %v", got, over, err)
	}
	for _, x := range []struct {
		all  []surge.Station
		want int
	}{{first(w.StationsUnder(w.ctx, "0.", at)), 1}, {first(w.StationsUnder(w.ctx, "0.", at.Add(-time.Minute))), 2}, {first(w.StationsUnder(w.ctx, "0.q.", at)), 0},
		{first(w.StationsOf(w.ctx, []string{"q1"}, at)), 1}, {first(w.StationsOf(w.ctx, []string{"q1"}, at.Add(-time.Minute))), 2}, {first(w.StationsOf(w.ctx, []string{"q2"}, at)), 0}} {
		if len(x.all) != x.want {
			t.Fatalf("%+v, want %d", x.all, x.want)
		}
	}
	next := a
	next.Size = 20
	must(t, w, journal.Change{Row: &next, Base: a.Version})
	stale := a
	stale.Size = 5
	stale.Version = 0
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &stale, Base: a.Version}); err == nil {
		t.Fatal("a stale version was written")
	}
})

var _ = promised("the helpers whom an organisation sent come with what they passed, and not who left", func(t *testing.T, w *world) {
	at := w.clock().UTC().Truncate(time.Millisecond)
	h := people.Helper{ID: "h1", Number: "V1", Name: "甲", PlaceID: "p", Path: "0.p.", Kind: "cadre", Organisation: "市财政局"}
	left := people.Helper{ID: "h2", Number: "V2", Name: "乙", PlaceID: "p", Path: "0.p.", Kind: "cadre", Organisation: "市财政局", Left: at}
	other := people.Helper{ID: "h3", Number: "V3", Name: "丙", PlaceID: "p", Path: "0.p.", Kind: "cadre", Organisation: "市医院"}
	pass := people.Pass{ID: "p1", HelperID: "h1", Qualification: "sampling", From: at, Given: at}
	must(t, w, journal.Change{Row: &h}, journal.Change{Row: &left}, journal.Change{Row: &other}, journal.Change{Row: &pass})
	got, err := w.HelpersSentBy(w.ctx, []string{"市财政局"})
	if err != nil || len(got) != 1 || got[0].ID != "h1" || len(got[0].Passes) != 1 {
		t.Fatalf("%+v %v", got, err)
	}
})

func first[T any](all []T, err error) []T {
	if err != nil {
		panic(err)
	}
	return all
}
