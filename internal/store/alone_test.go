package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/register"
)

func (w *world) line(t *testing.T, s *Store) {
	t.Helper()
	if _, err := s.Commit(w.ctx, nil, nil, journal.Change{Entry: journal.Entry{Actor: "a", Verb: "v", Thing: "t", Audience: "work"}}); err != nil {
		t.Fatal(err)
	}
}

// A group of one server begins only when that of another has ended: while somebody
// holds the append lock nothing is appended, nor anything decided on.
func TestAppendsGoOneAtATime(t *testing.T) {
	w := newWorld(t, "postgres")
	w.line(t, w.Store)
	other, err := openPostgres(w.dsn, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(w.ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(w.ctx, Postgres.appendLock()); err != nil {
		t.Fatal(err)
	}
	written := make(chan struct{})
	go func() { defer close(written); w.line(t, w.Store) }()
	select {
	case <-written:
		t.Fatal("an entry was appended while another server's group was open")
	case <-time.After(500 * time.Millisecond):
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-written:
	case <-time.After(20 * time.Second):
		t.Fatal("the lock was free and nothing was appended")
	}
}

// Two servers that touch the same two rows in opposite order do not lock each other
// out: the database sees no deadlock, and no group has to be given up for one.
func TestServersNeverWaitInARing(t *testing.T) {
	w := newWorld(t, "postgres")
	other := w.also(t, w.dsn)
	must(t, w, journal.Change{Row: &register.Household{ID: "x", PlaceID: "d", Path: "0.d."}, Entry: journal.Entry{Actor: "a", Verb: "v", Thing: "t", Audience: "work"}},
		journal.Change{Row: &register.Household{ID: "y", PlaceID: "d", Path: "0.d."}})
	touch := func(s *Store, first, second string) error {
		up := "UPDATE households SET version = version + 1 WHERE id = ?1"
		c := &command{done: make(chan outcome, 1), stmts: []stmt{{up, []any{first}, 1}, {"SELECT pg_sleep(0.2)", nil, -1}, {up, []any{second}, 1}}}
		_, err := s.send(w.ctx, s.fast, c)
		return err
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := touch(w.Store, "x", "y"); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			if err := touch(other, "y", "x"); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
	}
	var version, rings int64
	if err := w.queryRow(w.ctx, "SELECT SUM(version) FROM households").Scan(&version); err != nil || version != 2+12 {
		t.Errorf("%d touches: %v", version, err)
	}
	if err := w.queryRow(w.ctx, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").Scan(&rings); err != nil || rings != 0 {
		t.Errorf("%d deadlocks: %v", rings, err)
	}
}

// One server signs the journal at a time: the other adds no checkpoint until the
// right has passed to it, and whoever had it before adds none after, though it does
// not know yet.
func TestOneServerSigns(t *testing.T) {
	w := newWorld(t, "postgres")
	other := w.also(t, w.dsn)
	w.line(t, w.Store)
	signs := func(s *Store) (size int64) {
		t.Helper()
		if err := s.Checkpoint(w.ctx); err != nil {
			t.Fatal(err)
		}
		if err := w.queryRow(context.Background(), "SELECT COALESCE(MAX(size), 0) FROM checkpoints").Scan(&size); err != nil {
			t.Fatal(err)
		}
		return size
	}
	_, _ = signs(w.Store), signs(other)
	has := func(s *Store) bool { s.treeMu.Lock(); defer s.treeMu.Unlock(); return s.signer.Token > 0 }
	first, second := w.Store, other
	if has(other) {
		first, second = other, w.Store
	}
	if !has(first) || has(second) {
		t.Fatal("not one of two has the right to sign")
	}
	w.line(t, second)
	if n := signs(second); n != 1 {
		t.Fatalf("a server signed at %d without the right to", n)
	}
	if n := signs(first); n != 2 {
		t.Fatalf("the signer signed at %d of 2", n)
	}
	first.treeMu.Lock() // it was stopped for a while and believes that its lease still holds
	first.signUntil = w.clock().Add(24 * time.Hour)
	first.treeMu.Unlock()
	w.advance(2 * signFor)
	w.line(t, first)
	if n := signs(second); n != 3 {
		t.Fatalf("nobody took the right over: signed at %d of 3", n)
	}
	w.line(t, second)
	if n := signs(first); n != 3 {
		t.Fatalf("a former signer signed at %d", n)
	}
	if n := signs(second); n != 4 {
		t.Fatal(n)
	}
	if r, err := w.Verify(w.ctx, w.verifier); err != nil || !r.OK() {
		t.Fatal(fmt.Sprint(r), err)
	}
}
