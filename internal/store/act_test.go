package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

type ctx = context.Context

func withCancel(c ctx) (ctx, func()) { return context.WithCancel(c) }

func many(from, to int) []any {
	var rows []any
	for i := from; i < to; i++ {
		rows = append(rows, place(fmt.Sprint(i), "0", fmt.Sprintf("0.%d.", i), territory.Door))
	}
	return rows
}

func count(t *testing.T, w *world) int {
	t.Helper()
	ps, err := w.PlacesUnder(w.ctx, "0.", "")
	if err != nil {
		t.Fatal(err)
	}
	return len(ps)
}

var actEntry = journal.Entry{Actor: "a", Verb: "places.imported", Thing: "places", Audience: "work"}

var _ = promised("a bulk act is unseen until it is finished, then all there", func(t *testing.T, w *world) {
	must(t, w, made(place("0", "", "0.", territory.City)))
	a, err := w.Begin(w.ctx, "places.imported")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Insert(w.ctx, many(1, 2001)...); err != nil {
		t.Fatal(err)
	}
	if n := count(t, w); n != 1 {
		t.Fatal("seen before the end:", n)
	}
	if w.Last() != 1 {
		t.Fatal("the journal spoke too early")
	}
	r, err := a.Finish(w.ctx, &journal.Op{ID: "o", Hash: "h"}, nil, actEntry)
	if err != nil || r.Seq != 2 {
		t.Fatal(r, err)
	}
	if n := count(t, w); n != 2001 {
		t.Fatal("seen after the end:", n)
	}
	if err := w.Checkpoint(w.ctx); err != nil {
		t.Fatal(err)
	}
	rep, err := w.Verify(w.ctx, w.verifier)
	if err != nil || !rep.OK() || rep.Items != 2000 {
		t.Fatal(rep, err)
	}
})

var _ = promised("an act left by a crash is taken back when the store opens", func(t *testing.T, w *world) {
	must(t, w, made(place("0", "", "0.", territory.City)))
	a, _ := w.Begin(w.ctx, "places.imported")
	if err := a.Insert(w.ctx, many(1, 1500)...); err != nil {
		t.Fatal(err)
	}
	w.advance(2 * time.Hour)
	w.reopen(t)
	if n := count(t, w); n != 1 {
		t.Fatal("left over:", n)
	}
	must(t, w, made(place("1", "0", "0.1.", territory.Door))) // the keys are free again
})

var _ = promised("a dropped act leaves nothing and a doubled key drops all of it", func(t *testing.T, w *world) {
	must(t, w, made(place("0", "", "0.", territory.City)), made(place("700", "0", "0.700.", territory.Door)))
	a, _ := w.Begin(w.ctx, "places.imported")
	err := a.Insert(w.ctx, many(1, 1001)...)
	if err == nil {
		_, err = a.Finish(w.ctx, nil, nil, actEntry)
	}
	if err == nil {
		t.Fatal("a doubled key was accepted")
	}
	if err := a.Drop(w.ctx); err != nil {
		t.Fatal(err)
	}
	if n := count(t, w); n != 2 {
		t.Fatal("left over:", n)
	}
})

var _ = promised("a single write during a bulk act waits little", func(t *testing.T, w *world) {
	must(t, w, made(place("0", "", "0.", territory.City)))
	a, _ := w.Begin(w.ctx, "places.imported")
	done := make(chan error, 1)
	go func() { done <- a.Insert(w.ctx, many(1, 20001)...) }()
	var worst time.Duration
	for i := 0; ; i++ {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d single writes beside 20,000 staged rows, slowest %v", i, worst)
			if i == 0 {
				t.Fatal("no write got through")
			}
			return
		default:
			start := time.Now()
			id := fmt.Sprint("s", i)
			must(t, w, made(place(id, "0", "0."+id+".", territory.Door)))
			worst = max(worst, time.Since(start))
		}
	}
})

// attacks are changes behind the journal's back and what verify must say of each.
var attacks = []struct{ name, sql, find string }{
	{"header edited", "UPDATE entries SET actor = 'm' WHERE seq = 14", "entry 14"},
	{"header and leaf edited", "UPDATE entries SET actor = 'm', leaf = (SELECT leaf FROM entries WHERE seq = 3) WHERE seq = 15", "entries 11 to 20"},
	{"payload edited", "UPDATE entries SET payload = NULL WHERE seq = 4", "entry 4"},
	{"entry deleted", "DELETE FROM entries WHERE seq = 12", "entry 13"},
	{"tail cut", "DELETE FROM entries WHERE seq > 25", "entries 26 to 30"},
	{"tail and its checkpoint cut", "DELETE FROM entries WHERE seq > 20; DELETE FROM checkpoints WHERE size > 20", "entries 21 to 30"},
	{"checkpoint forged", "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE size = 10) WHERE size = 20", "checkpoint 20"},
}

var _ = func() bool {
	for _, a := range attacks {
		promised("behind the journal's back: "+a.name, func(t *testing.T, w *world) {
			for i := range 30 {
				must(t, w, made(place(fmt.Sprint(i), "", fmt.Sprint(i, "."), territory.City)))
				if i%10 == 9 {
					if err := w.Checkpoint(w.ctx); err != nil {
						t.Fatal(err)
					}
				}
			}
			witness, err := w.LastCheckpoint(w.ctx)
			if err != nil || witness == "" {
				t.Fatal(witness, err)
			}
			if rep, err := w.Verify(w.ctx, w.verifier, witness); err != nil || !rep.OK() || rep.Entries != 30 {
				t.Fatal(rep, err)
			}
			tamper(t, w, a.sql)
			rep, err := w.Verify(w.ctx, w.verifier, witness)
			if err != nil || rep.OK() || !strings.Contains(fmt.Sprint(rep.Problems), a.find) {
				t.Fatalf("not found: %+v %v", rep, err)
			}
		})
	}
	return true
}()

// tamper changes the data with the store closed, as someone with the file would.
func tamper(t *testing.T, w *world, sql string) {
	t.Helper()
	w.Store.Close()
	bare := &Store{opt: Options{Clock: w.clock}}
	if err := bare.connect(w.dsn); err != nil {
		t.Fatal(err)
	}
	for _, q := range strings.Split(sql, ";") {
		if _, err := bare.write.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	bare.closeDBs()
	secret := w.secret
	w.secret = "" // no new checkpoint may be signed over the damage
	w.open(t)
	w.secret = secret
}
