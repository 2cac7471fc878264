package store

import (
	"testing"
	"time"

	"shouwang/internal/journal"
)

// within waits for a signed checkpoint of a size, far less than the ten seconds
// between those that go by the clock.
func (w *world) within(t *testing.T, size int64) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		text, err := w.LastCheckpoint(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		if n, _, err := journal.ReadCheckpoint(w.verifier, text); err == nil && n >= size {
			return
		}
	}
	t.Fatalf("no checkpoint of %d entries", size)
}

var _ = promised("the first entry is signed at once, and what a crash left unsigned at the next start", func(t *testing.T, w *world) {
	e := journal.Entry{Actor: "a", Verb: "x.y", Thing: "places", Audience: "work"}
	if text, err := w.LastCheckpoint(w.ctx); err != nil || text != "" {
		t.Fatal("an empty journal was signed:", text, err)
	}
	must(t, w, journal.Change{Entry: e})
	w.within(t, 1)
	must(t, w, journal.Change{Entry: e})
	must(t, w, journal.Change{Entry: e})
	tamper(t, w, "DELETE FROM checkpoints") // as if a crash had left all unsigned
	w.reopen(t)
	w.within(t, 3)
})
