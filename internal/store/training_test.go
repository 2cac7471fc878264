package store

import (
	"slices"
	"testing"

	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/training"
)

var _ = promised("a helper is read with every pass and every card, by whichever way", func(t *testing.T, w *world) {
	h := people.Helper{ID: "trn1", Number: "TRN1", Name: "学员", PlaceID: "d", Path: "0.d.", Kind: "volunteer"}
	p := people.Pass{ID: "pass1", HelperID: h.ID, Qualification: "sampling", From: w.clock(), Until: w.clock().AddDate(0, 0, 9), Trainer: "tr", Source: "trainer", Course: "sampling", By: "acc", Given: w.clock()}
	old := people.Pass{ID: "pass0", HelperID: h.ID, Qualification: "first-aid", Source: "import", Revoked: w.clock(), RevokedBy: "acc", RevokedWhy: "停训"}
	r := training.Reading{HelperID: h.ID, Card: "ppe-on", Wording: "w", At: w.clock(), By: "acc"}
	for _, row := range []any{&h, &p, &old, &r} {
		must(t, w, journal.Change{Row: row})
	}
	check := func(got people.Helper) {
		t.Helper()
		if !slices.Equal(got.Trained, []string{"first-aid", "sampling"}) || len(got.Passes) != 2 || got.Passes[1].Trainer != "tr" || !slices.Equal(got.Cards, []string{"ppe-on"}) {
			t.Fatalf("%+v", got)
		}
		if held, _ := got.Holds("first-aid", w.clock()); held {
			t.Fatal("a pass that was taken back holds")
		}
	}
	one, ok, err := w.Helper(w.ctx, h.ID)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	check(one)
	many, err := w.Helpers(w.ctx, []string{"nobody", h.ID})
	if err != nil || len(many) != 1 {
		t.Fatal(many, err)
	}
	check(many[0])
	under, err := w.HelpersUnder(w.ctx, "0.d.")
	if err != nil {
		t.Fatal(err)
	}
	check(under[slices.IndexFunc(under, func(x people.Helper) bool { return x.ID == h.ID })])
	byNumber, err := w.HelpersByNumber(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	check(byNumber["TRN1"])

	x := training.Training{ID: "trn", Course: "sampling", Step: "practice", PlaceID: "d", Path: "0.d.", Trainer: "tr", From: w.clock(), Until: w.clock().AddDate(0, 0, 1), Places: 3, Author: "acc"}
	a := training.Attendance{TrainingID: x.ID, HelperID: h.ID, Invited: w.clock()}
	must(t, w, journal.Change{Row: &x})
	must(t, w, journal.Change{Row: &a})
	if got, err := w.TrainingsOf(w.ctx, h.ID); err != nil || len(got) != 1 || got[0].Places != 3 {
		t.Fatal(got, err)
	}
	if got, err := w.TrainingsUnder(w.ctx, "0.", x.Until); err != nil || len(got) != 0 {
		t.Fatal("over, and still listed:", got, err)
	}
	if got, err := w.Attendances(w.ctx, x.ID); err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
})
