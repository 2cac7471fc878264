package store

import (
	"testing"
	"time"

	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/round"
)

// What places change, which version is in use and what was told to posts is kept
// as written, and read as asked.
var _ = promised("playbook rows are kept", func(t *testing.T, w *world) {
	at := time.UnixMilli(1_700_000_000_000).UTC()
	e := journal.Entry{Actor: "a", Verb: "override.made", Thing: "overrides", Audience: "work"}
	held := mode.Override{ID: "o1", PlaceID: "p", Path: "s.", Playbook: "epidemic", Kind: "set", Key: "posts.lead.count", Value: "3", Was: "1", Reason: "两处出口", Grade: mode.Free, Author: "a", At: at}
	past := held
	past.ID, past.Ended, past.EndedBy = "o0", at, "b"
	other := held
	other.ID, other.Playbook = "o2", "fire"
	b := dispatch.Briefing{ID: "b1", Incident: "i", PostID: "p1", PlaceID: "p", Path: "s.", Playbook: "epidemic", From: "x", To: "y", Lines: []dispatch.Line{{Key: "posts.lead.count", Title: mode.Text{ZH: "一", EN: "one"}, Old: "1", New: "2"}}, At: at}
	seen := b
	seen.ID, seen.Seen, seen.SeenBy = "b2", at, "a"
	r := round.Round{ID: "r", Key: "i|x", Incident: "i", Book: "y", Dues: []round.PlaceDue{{Path: "s.c.", Due: at}}, Due: at.Add(time.Hour)}
	ad := Adoption{Playbook: "epidemic", Hash: "y", Prior: "x", Author: "a", At: at}
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &held, Entry: e}, journal.Change{Row: &past}, journal.Change{Row: &other}, journal.Change{Row: &b}, journal.Change{Row: &seen}, journal.Change{Row: &r}, journal.Change{Row: &ad}); err != nil {
		t.Fatal(err)
	}
	if os, err := w.Overrides(w.ctx, "epidemic", false); err != nil || len(os) != 1 || os[0].ID != "o1" || os[0].Value != "3" || !os[0].Holds() || !os[0].At.Equal(at) {
		t.Fatalf("%+v %v", os, err)
	}
	if os, err := w.Overrides(w.ctx, "epidemic", true); err != nil || len(os) != 2 {
		t.Fatalf("with history: %d %v", len(os), err)
	}
	if got, ok, err := w.Adoption(w.ctx, "epidemic"); err != nil || !ok || got.Hash != "y" || got.Prior != "x" {
		t.Fatalf("%+v %v %v", got, ok, err)
	}
	if _, ok, err := w.Adoption(w.ctx, "fire"); err != nil || ok {
		t.Fatalf("adopted by nobody: %v %v", ok, err)
	}
	if bs, err := w.BriefingsOf(w.ctx, []string{"p1"}); err != nil || len(bs) != 1 || bs[0].ID != "b1" || bs[0].Lines[0].Title.EN != "one" {
		t.Fatalf("%+v %v", bs, err)
	}
	if bs, err := w.Briefings(w.ctx, "i"); err != nil || len(bs) != 2 {
		t.Fatalf("%d %v", len(bs), err)
	}
	if got, ok, err := w.Round(w.ctx, "r"); err != nil || !ok || got.Book != "y" || !got.DueAt("s.c.d.").Equal(at) || !got.DueAt("s.d.").Equal(at.Add(time.Hour)) {
		t.Fatalf("%+v %v", got, err)
	}
	// A tightening without a basis of its own, and a change without a reason, cannot be written.
	for _, bad := range []mode.Override{{ID: "x1", Playbook: "epidemic", Reason: "r", Grade: mode.Tightened}, {ID: "x2", Playbook: "epidemic", Grade: mode.Free}} {
		if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &bad}); err == nil {
			t.Errorf("%s was written", bad.ID)
		}
	}
})
