package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shouwang/internal/journal"
	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/seal"
)

// testSealer is a real sealer over a real keyring file.
func testSealer(t testing.TB) Sealer {
	root, err := seal.NewRoot()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := OpenKeyring(t.Context(), filepath.Join(t.TempDir(), "keyring.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ring.Close() })
	return seal.New(root, ring)
}

const canary = "9902031988010112"

var resident = register.Person{ID: "p1", PlaceID: "d", Path: "0.d.", Name: "王小明", IDNumber: canary + "3X", Phone: "12900000001",
	Care: []register.Care{{Group: "chronic", Need: "daily-medicine"}}, Won: map[string]register.Won{"name": {Source: "s1", Date: "2026-02-20"}}}

var _ = promised("what is sealed opens for those asked for, and lies nowhere in clear", func(t *testing.T, w *world) {
	p := resident
	e := journal.Entry{Actor: "a", Verb: "person.added", Thing: "persons", ThingID: p.ID, Path: p.Path, Audience: "register",
		Purpose: RegisterPurpose, Subject: p.ID, Payload: []byte(`{"id_number":"` + p.IDNumber + `"}`)}
	must(t, w, journal.Change{Row: &p, Entry: e})
	got, ok, err := w.Person(w.ctx, "p1", Clear{Number: true})
	if err != nil || !ok || got.IDNumber != resident.IDNumber || got.Phone != "" || got.Care != nil || got.Won["name"].Source != "s1" {
		t.Fatalf("%+v %v %v", got, ok, err)
	}
	if got, _, err = w.Person(w.ctx, "p1", Clear{Phone: true, Care: true}); err != nil || got.Phone != resident.Phone || got.IDNumber != "" || got.Care[0].Group != "chronic" {
		t.Fatalf("%+v %v", got, err)
	}
	if ps, err := w.PersonsByNumber(w.ctx, strings.ToLower(resident.IDNumber), Clear{}); err != nil || len(ps) != 1 {
		t.Fatal("not found by its number:", ps, err)
	}
	if file, ok := strings.CutPrefix(w.dsn, "sqlite:"); ok {
		for _, f := range []string{file, file + "-wal"} {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, clear := range []string{canary, resident.Phone, "chronic"} {
				if bytes.Contains(raw, []byte(clear)) {
					t.Fatalf("%s lies in clear in %s", clear, filepath.Base(f))
				}
			}
		}
	}
})

var _ = promised("destroying one incident's key forgets its facts alone, and verify still passes", func(t *testing.T, w *world) {
	for _, inc := range []string{"i1", "i2"} {
		x := round.Target{RoundID: "r" + inc, Incident: inc, PlaceID: "d", Path: "0.d.", Outcome: "needs-help", Choice: "medicine"}
		e := journal.Entry{Actor: "a", Verb: "target.recorded", Thing: "targets", ThingID: "d", Path: "0.d.", Incident: inc, Audience: "work",
			Purpose: IncidentPurpose(inc), Subject: "d", Payload: []byte(`{"choice":"medicine"}`)}
		must(t, w, journal.Change{Row: &x, Entry: e})
	}
	if err := w.Checkpoint(w.ctx); err != nil {
		t.Fatal(err)
	}
	if err := w.seal.(*seal.Sealer).DestroyPurpose(w.ctx, IncidentPurpose("i1")); err != nil {
		t.Fatal(err)
	}
	for inc, want := range map[string]string{"i1": "", "i2": "medicine"} {
		x, ok, err := w.Target(w.ctx, "r"+inc, "d")
		if err != nil || !ok || x.Choice != want || x.Outcome != "needs-help" {
			t.Fatalf("%s: %+v %v %v", inc, x, ok, err)
		}
	}
	es, err := w.Entries(w.ctx, 0, 10)
	if err != nil || len(es) != 2 {
		t.Fatal(es, err)
	}
	for i, e := range es {
		_, err := w.seal.Open(w.ctx, e.Purpose, e.Subject, "entries|payload|"+e.ThingID, e.Payload)
		if (err == nil) != (i == 1) {
			t.Fatalf("entry %d: %v", i+1, err)
		}
	}
	rep, err := w.Verify(w.ctx, w.verifier)
	if err != nil || !rep.OK() || rep.Entries != 2 {
		t.Fatal(rep, err)
	}
	x := round.Target{RoundID: "ri1", Incident: "i1", PlaceID: "e", Path: "0.e.", Choice: "medicine"}
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &x}); err == nil {
		t.Fatal("a new fact was sealed under a destroyed key")
	}
})
