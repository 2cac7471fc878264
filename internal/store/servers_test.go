package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/store/pgtest"
)

// sister opens another server on the data of a world: on PostgreSQL a second one
// beside it; a file has one server at a time, so there the same one answers.
func (w *world) sister(t *testing.T) *Store {
	if w.engine == "sqlite" {
		return w.Store
	}
	return w.also(t, w.dsn)
}

func (w *world) also(t *testing.T, dsn string) *Store {
	t.Helper()
	s, err := Open(w.ctx, dsn, Options{Clock: w.clock, Watch: watch, Sealer: w.seal, Signer: w.secret, Verifier: w.verifier})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

var _ = promised("a lease passes on when its time is up, and its former holder writes nothing more", func(t *testing.T, w *world) {
	first, ok, err := w.Take(w.ctx, "job", 10*time.Second)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	write := func(ctx context.Context, s *Store, op string) error {
		_, err := s.Commit(ctx, &journal.Op{ID: op, Hash: op}, nil, journal.Change{Entry: journal.Entry{Actor: "system", Verb: "job.done", Thing: "jobs", Audience: "work"}})
		return err
	}
	if err := write(Under(w.ctx, first), w.Store, "o1"); err != nil {
		t.Fatal(err)
	}
	again, ok, err := w.Take(w.ctx, "job", 10*time.Second)
	if err != nil || !ok || again != first {
		t.Fatal("prolonged into another lease:", again, first, ok, err)
	}
	other := w.sister(t)
	mine := w.server
	as := func(server string) { // on SQLite one process stands for both servers
		if w.engine == "sqlite" {
			w.server = server
		}
	}
	as("other")
	if _, ok, err := other.Take(w.ctx, "job", 10*time.Second); ok || err != nil {
		t.Fatal("two hold one lease", err)
	}
	w.advance(11 * time.Second)
	second, ok, err := other.Take(w.ctx, "job", 10*time.Second)
	if err != nil || !ok || second.Token <= first.Token {
		t.Fatal(second, ok, err)
	}
	if err := write(Under(w.ctx, first), w.Store, "o2"); !errors.Is(err, ErrFenced) {
		t.Fatal("a zombie wrote:", err)
	}
	if err := write(Under(w.ctx, second), other, "o3"); err != nil {
		t.Fatal(err)
	}
	if err := other.Release(w.ctx, second); err != nil {
		t.Fatal(err)
	}
	if err := write(Under(w.ctx, second), other, "o4"); !errors.Is(err, ErrFenced) {
		t.Fatal("wrote after letting go:", err)
	}
	as(mine)
	if third, ok, err := w.Take(w.ctx, "job", 10*time.Second); err != nil || !ok || third.Token <= second.Token {
		t.Fatal(third, ok, err)
	}
	es, err := w.Entries(w.ctx, 0, 10)
	if err != nil || len(es) != 2 || es[0].Op != "o1" || es[1].Op != "o3" {
		t.Fatal(es, err)
	}
})

// Three servers write at one time; whoever reads "after my cursor" on any of them
// sees every entry once, in order and without a hole; each operation is done once
// though it is given to all three.
func TestServersShareOneJournal(t *testing.T) {
	w := newWorld(t, "postgres")
	nodes := []*Store{w.Store, w.also(t, w.dsn), w.also(t, w.dsn)}
	const each = 150
	var writers, readers sync.WaitGroup
	var done atomic.Bool
	for n, s := range nodes {
		readers.Go(func() {
			at := int64(0)
			for last := false; ; {
				es, err := s.Entries(w.ctx, at, 50)
				if err != nil {
					t.Error(err)
					return
				}
				for _, e := range es {
					if e.Seq != at+1 {
						t.Errorf("server %d: %d follows %d", n, e.Seq, at)
					}
					at = e.Seq
				}
				if len(es) == 0 && last {
					return
				}
				last = done.Load()
			}
		})
		for k := range 4 {
			writers.Go(func() {
				for i := range each {
					id := fmt.Sprintf("op-%d-%d", k, i) // the same ones on each server
					_, err := s.Commit(w.ctx, &journal.Op{ID: id, Hash: id}, nil, journal.Change{Entry: journal.Entry{Actor: "a", Verb: "v", Thing: "t", Op: id, Audience: "work"}})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	writers.Wait()
	done.Store(true)
	readers.Wait()
	seen := map[string]int{}
	es, err := w.Entries(w.ctx, 0, 100000)
	if err != nil || len(es) != 4*each {
		t.Fatal(len(es), err)
	}
	for _, e := range es {
		if seen[e.Op]++; seen[e.Op] > 1 {
			t.Fatal("done twice:", e.Op)
		}
	}
	for _, s := range nodes {
		if err := s.Checkpoint(w.ctx); err != nil {
			t.Fatal(err)
		}
	}
	var notes int
	if err := w.queryRow(w.ctx, "SELECT COUNT(*) FROM checkpoints WHERE size = ?1", len(es)).Scan(&notes); err != nil || notes != 1 {
		t.Fatal("signed", notes, "times", err)
	}
	if r, err := w.Verify(w.ctx, w.verifier); err != nil || !r.OK() || r.Checkpoints == 0 {
		t.Fatal(r, err)
	}
	known, err := w.Servers(w.ctx)
	if err != nil || len(known) != 3 {
		t.Fatal(known, err)
	}
}

// Servers that start together on an empty database bring its tables up once.
func TestServersStartTogether(t *testing.T) {
	w := &world{ctx: t.Context(), engine: "postgres", dsn: pgtest.DSN(t)}
	w.now.Store(time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC).UnixMilli())
	w.seal = testSealer(t)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			s, err := Open(w.ctx, w.dsn, Options{Clock: w.clock, Watch: watch, Sealer: w.seal})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.NextPlaces(w.ctx, 5); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// A server whose keyring is its own file is alone on its data.
func TestAFileKeyringIsAlone(t *testing.T) {
	dsn := pgtest.DSN(t)
	opt := Options{Clock: time.Now, Watch: watch, Sealer: testSealer(t)}
	shared, err := Open(t.Context(), dsn, opt)
	if err != nil {
		t.Fatal(err)
	}
	alone := opt
	alone.Alone = true
	if _, err := Open(t.Context(), dsn, alone); !errors.Is(err, ErrAlone) {
		t.Fatal("opened beside another server:", err)
	}
	shared.Close()
	one, err := Open(t.Context(), dsn, alone)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	for _, o := range []Options{opt, alone} {
		if _, err := Open(t.Context(), dsn, o); !errors.Is(err, ErrAlone) {
			t.Fatal("opened beside a file keyring:", err)
		}
	}
	look, err := Open(t.Context(), dsn, Options{Clock: time.Now}) // whoever only verifies may
	if err != nil {
		t.Fatal(err)
	}
	look.Close()
}

// However the wire breaks at COMMIT, everything is done exactly once, also what
// bears no operation id, and the caller is told that it is done.
func TestAWireCutAtCommit(t *testing.T) {
	w := newWorld(t, "postgres")
	relay, dsn, err := pgtest.NewRelay(w.dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(relay.Close)
	s := w.also(t, dsn)
	want := 0
	for i := range 18 {
		if i%3 > 0 {
			relay.CutAt([]pgtest.Cut{pgtest.Never, pgtest.Blind, pgtest.Silent}[i/3%3])
		}
		e := journal.Entry{Actor: "a", Verb: "v", Thing: "t", ThingID: fmt.Sprint(i), Audience: "work"}
		var op *journal.Op
		if i%2 == 0 {
			op = &journal.Op{ID: fmt.Sprint("o", i), Hash: "h"}
		}
		if _, err := s.Commit(w.ctx, op, nil, journal.Change{Entry: e}); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		want++
	}
	if relay.Cuts() != 12 {
		t.Fatalf("%d COMMITs were cut, 12 wanted: the test proves nothing", relay.Cuts())
	}
	es, err := w.Entries(w.ctx, 0, 1000)
	if err != nil || len(es) != want {
		t.Fatalf("%d entries, %d wanted: %v", len(es), want, err)
	}
	for i, e := range es {
		if e.Seq != int64(i+1) || e.ThingID != fmt.Sprint(i) {
			t.Fatalf("entry %d is %d of %s", i+1, e.Seq, e.ThingID)
		}
	}
}

// The act of a server that died is taken back by another; should the server turn
// out to live, its act is refused and leaves nothing.
func TestActsOfDeadServersAreTakenBack(t *testing.T) {
	w := newWorld(t, "postgres")
	zombie := w.also(t, w.dsn)
	a, err := zombie.Begin(w.ctx, "residents.imported")
	if err != nil {
		t.Fatal(err)
	}
	rows := func(from, n int) (out []any) {
		for i := range n {
			out = append(out, &register.Household{ID: fmt.Sprint("h", from+i), PlaceID: "d", Path: "0.d."})
		}
		return out
	}
	if err := a.Insert(w.ctx, rows(0, 900)...); err != nil {
		t.Fatal(err)
	}
	w.advance(50 * time.Second)
	if err := w.TakeBack(w.ctx); err != nil {
		t.Fatal(err)
	}
	if err := a.Insert(w.ctx, rows(900, 900)...); err != nil {
		t.Fatal("the act of a living server was taken back:", err)
	}
	w.advance(70 * time.Second)
	if err := w.TakeBack(w.ctx); err != nil {
		t.Fatal(err)
	}
	if err := a.Insert(w.ctx, rows(1800, 900)...); !errors.Is(err, ErrConflict) {
		t.Fatal("a zombie went on with its act:", err)
	}
	if _, err := a.Finish(w.ctx, nil, nil, journal.Entry{Actor: "a", Verb: "residents.imported", Thing: "persons", Audience: "register"}); err == nil {
		t.Fatal("a zombie finished its act")
	}
	var n int
	if err := w.queryRow(w.ctx, "SELECT COUNT(*) FROM households").Scan(&n); err != nil || n != 0 {
		t.Fatal(n, "rows are left", err)
	}
}

// A row that another server changed meanwhile is decided about anew.
func TestDecidedAnewAfterAnotherServer(t *testing.T) {
	w := newWorld(t, "postgres")
	other := w.also(t, w.dsn)
	x := round.Target{RoundID: "r", PlaceID: "d", Path: "0.d."}
	must(t, w, journal.Change{Row: &x, Entry: journal.Entry{Actor: "a", Verb: "v", Thing: "targets", Audience: "work"}})
	decide := func(s *Store, op string) error {
		_, err := s.Decide(w.ctx, &journal.Op{ID: op, Hash: op}, func(ctx context.Context) ([]byte, []journal.Change, error) {
			t, _, err := s.TargetLast(ctx, "r", "d")
			base := t.Version
			t.Outcome += "x"
			return nil, []journal.Change{{Row: &t, Base: base, Entry: journal.Entry{Actor: "a", Verb: "v", Thing: "targets", Audience: "work"}}}, err
		})
		return err
	}
	for i := range 20 {
		for n, s := range []*Store{w.Store, other} {
			if err := decide(s, fmt.Sprint(i, "-", n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, _, err := other.Target(w.ctx, "r", "d")
	if err != nil || len(got.Outcome) != 40 {
		t.Fatal(len(got.Outcome), err)
	}
}
