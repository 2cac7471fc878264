package store

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/round"
)

var errCrash = errors.New("the machine stopped")

// swept is a round of n doors none of which was visited.
func swept(t *testing.T, w *world, n int) {
	t.Helper()
	a, err := w.Begin(w.ctx, "incident.applied")
	if err != nil {
		t.Fatal(err)
	}
	var rows []any
	for i := range n {
		rows = append(rows, &round.Target{RoundID: "r", PlaceID: fmt.Sprintf("d%05d", i), Path: fmt.Sprintf("0.d%05d.", i)})
	}
	if err := a.Insert(w.ctx, rows...); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
}

// stageAll stages an outcome for every door.
func stageAll(w *world, outcome string) (*Act, error) {
	ts, err := w.Targets(w.ctx, "r", "0.")
	if err != nil {
		return nil, err
	}
	a, err := w.Begin(w.ctx, "incident.applied")
	if err != nil {
		return nil, err
	}
	for i := range ts {
		base := ts[i].Version
		ts[i].Outcome = outcome
		if err := a.Change(w.ctx, journal.Change{Row: &ts[i], Base: base}); err != nil {
			return a, err
		}
	}
	return a, nil
}

// one outcome is all a reader may ever see of the round.
func oneOutcome(w *world, n int) (string, error) {
	ts, err := w.TargetTally(w.ctx, "r", "0.")
	if err != nil {
		return "", err
	}
	if len(ts) != 1 || ts[0].Count != n {
		return "", fmt.Errorf("a reader saw %v", ts)
	}
	return ts[0].Key, nil
}

// folded waits until nothing replaced is left.
func folded(t *testing.T, w *world) {
	t.Helper()
	for range 500 {
		n := 0
		for _, table := range heirs {
			var k int
			if err := w.queryRow(w.ctx, "SELECT COUNT(*) FROM "+table+" WHERE heir <> ''").Scan(&k); err != nil {
				t.Fatal(err)
			}
			n += k
		}
		if n == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("what an act replaced was never cleared away")
}

var _ = promised("readers see all of an act's changes or none, and what it replaced goes", func(t *testing.T, w *world) {
	const n = 1500
	swept(t, w, n)
	var stop atomic.Bool
	var group sync.WaitGroup
	var seen sync.Map
	for range 3 {
		group.Go(func() {
			for !stop.Load() {
				key, err := oneOutcome(w, n)
				if err != nil {
					t.Error(err)
					return
				}
				seen.Store(key, true)
			}
		})
	}
	a, err := stageAll(w, "at-home")
	if err == nil {
		_, err = a.Finish(w.ctx, nil, nil, actEntry)
	}
	if err != nil {
		t.Fatal(err)
	}
	if key, err := oneOutcome(w, n); err != nil || key != "at-home||" {
		t.Fatal(key, err)
	}
	folded(t, w)
	stop.Store(true)
	group.Wait()
	for _, want := range []string{"||", "at-home||"} {
		if _, ok := seen.Load(want); !ok {
			t.Fatal("no reader looked while it was", want)
		}
	}
	one, _, err := w.Target(w.ctx, "r", "d00007")
	if err != nil || one.Version != 2 {
		t.Fatal(one, err)
	}
	one.Outcome = "absent"
	must(t, w, journal.Change{Row: &one, Base: 2, Entry: actEntry})
	if rep, err := w.Verify(w.ctx, w.verifier); err != nil || !rep.OK() {
		t.Fatal(rep, err)
	}
})

var _ = promised("wherever a crash stops an act's changes, all of them hold or none", func(t *testing.T, w *world) {
	const n = 900 // several chunks
	swept(t, w, n)
	before := map[string]bool{"||": true, "a||": true, "b||": true}
	for _, point := range []string{"before-commit", "after-commit"} {
		for k := int64(0); k < 7; k++ {
			var left atomic.Int64
			left.Store(k)
			w.fail = func(at string) error {
				if at == point && left.Add(-1) < 0 || at == "fold" && left.Load() < 0 {
					return errCrash
				}
				return nil
			}
			w.secret = "" // signing would be counted too
			w.reopen(t)
			was, err := oneOutcome(w, n)
			if err != nil || !before[was] {
				t.Fatal(was, err)
			}
			next := map[bool]string{true: "b", false: "a"}[was == "a||"]
			a, err := stageAll(w, next)
			if err == nil {
				_, err = a.Finish(w.ctx, nil, nil, actEntry)
			}
			w.fail = nil
			w.advance(2 * time.Hour)
			w.reopen(t)
			is, err2 := oneOutcome(w, n)
			if err2 != nil || is != was && is != next+"||" || err == nil && is == was {
				t.Fatalf("%s %d: was %s, is %s: %v %v", point, k, was, is, err, err2)
			}
			folded(t, w)
			if is2, err := oneOutcome(w, n); err != nil || is2 != is {
				t.Fatal(is2, err)
			}
		}
	}
	if rep, err := w.Verify(w.ctx, w.verifier); err != nil || !rep.OK() {
		t.Fatal(rep, err)
	}
})

var _ = promised("a single write beside a staged row holds, and the act finds out", func(t *testing.T, w *world) {
	swept(t, w, 500)
	a, err := stageAll(w, "at-home")
	if err != nil {
		t.Fatal(err)
	}
	for len(a.queue) > 0 {
		if err := a.flush(w.ctx, a.queue[:min(a.size, len(a.queue))]); err != nil {
			t.Fatal(err)
		}
	}
	one, _, err := w.Target(w.ctx, "r", "d00003")
	if err != nil || one.Outcome != "" {
		t.Fatal(one, err)
	}
	one.Outcome = "needs-help"
	must(t, w, journal.Change{Row: &one, Base: one.Version, Entry: actEntry})
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); !errors.Is(err, ErrConflict) {
		t.Fatal("a change was run over:", err)
	}
	if err := a.Drop(w.ctx); err != nil {
		t.Fatal(err)
	}
	folded(t, w)
	one, _, err = w.Target(w.ctx, "r", "d00003")
	if err != nil || one.Outcome != "needs-help" || one.Version != 2 {
		t.Fatal(one, err)
	}
	b, err := stageAll(w, "absent") // and again, over what was given back
	if err == nil {
		_, err = b.Finish(w.ctx, nil, nil, actEntry)
	}
	if err != nil {
		t.Fatal(err)
	}
	if key, err := oneOutcome(w, 500); err != nil || key != "absent||" {
		t.Fatal(key, err)
	}
})

var _ = promised("of two acts that change the same rows one holds and the other conflicts", func(t *testing.T, w *world) {
	swept(t, w, 500)
	a, err := stageAll(w, "a")
	if err != nil {
		t.Fatal(err)
	}
	b, err := stageAll(w, "b")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Finish(w.ctx, nil, nil, actEntry); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Finish(w.ctx, nil, nil, actEntry); !errors.Is(err, ErrConflict) {
		t.Fatal("both were accepted:", err)
	}
	if err := b.Drop(w.ctx); err != nil {
		t.Fatal(err)
	}
	folded(t, w)
	if key, err := oneOutcome(w, 500); err != nil || key != "a||" {
		t.Fatal(key, err)
	}
})

var _ = promised("an act that is being taken back takes no further chunk, and what it touched is as before", func(t *testing.T, w *world) {
	var stops atomic.Bool
	w.fail = func(at string) error {
		if at == "fold" && stops.Load() {
			return errCrash
		}
		return nil
	}
	w.reopen(t)
	swept(t, w, 900)
	a, err := stageAll(w, "at-home")
	if err != nil || len(a.queue) < 200 {
		t.Fatal(err, len(a.queue))
	}
	if err := a.flush(w.ctx, a.queue[:100]); err != nil {
		t.Fatal(err)
	}
	stops.Store(true)
	if err := a.Drop(w.ctx); !errors.Is(err, errCrash) { // another server takes it back and does not come to the end
		t.Fatal(err)
	}
	if err := a.flush(w.ctx, a.queue[:100]); !errors.Is(err, ErrConflict) {
		t.Fatal("a chunk of an act that is being taken back:", err)
	}
	stops.Store(false)
	if err := a.Drop(w.ctx); err != nil {
		t.Fatal(err)
	}
	folded(t, w)
	if key, err := oneOutcome(w, 900); err != nil || key != "||" {
		t.Fatal(key, err)
	}
	var left int
	if err := w.queryRow(w.ctx, "SELECT (SELECT COUNT(*) FROM act_items WHERE act = ?1) + (SELECT COUNT(*) FROM acts WHERE id = ?1)", a.ID).Scan(&left); err != nil || left != 0 {
		t.Fatal(left, err)
	}
})
