package store

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

func place(id, parent, path string, kind territory.Kind) *territory.Place {
	return &territory.Place{ID: id, ParentID: parent, Path: path, Kind: kind, Code: "c" + id, Name: "n" + id}
}

func made(p *territory.Place) journal.Change {
	return journal.Change{Row: p, Entry: journal.Entry{Actor: "a", Verb: "place.added", Thing: "places", ThingID: p.ID, PlaceID: p.ID, Path: p.Path, Audience: "work", Payload: []byte(`{}`)}}
}

var _ = promised("a row and its entry are written together and read back", func(t *testing.T, w *world) {
	p := place("1", "", "1.", territory.City)
	p.Tags = []string{"旧小区"}
	r, err := w.Commit(w.ctx, nil, nil, made(p))
	if err != nil || r.Seq != 1 {
		t.Fatal(r, err)
	}
	got, ok, err := w.Place(w.ctx, "1")
	if err != nil || !ok || got.Name != "n1" || got.Version != 1 || len(got.Tags) != 1 {
		t.Fatalf("%+v %v %v", got, ok, err)
	}
	es, err := w.Entries(w.ctx, 0, 10)
	if err != nil || len(es) != 1 || es[0].Verb != "place.added" || !es[0].At.Equal(w.clock()) {
		t.Fatal(es, err)
	}
})

var _ = promised("a change at an old version is a conflict and leaves no entry", func(t *testing.T, w *world) {
	p := place("1", "", "1.", territory.City)
	must(t, w, made(p))
	c := made(p)
	c.Base = 1
	p.Name = "new"
	must(t, w, c)
	c.Base = 1
	if _, err := w.Commit(w.ctx, nil, nil, c); !errors.Is(err, ErrConflict) {
		t.Fatal(err)
	}
	if w.Last() != 2 {
		t.Fatal("an entry was left:", w.Last())
	}
})

var _ = promised("one failing change undoes the whole command and not its neighbours", func(t *testing.T, w *world) {
	var wg sync.WaitGroup
	errs := make([]error, 60)
	for i := range errs {
		wg.Go(func() {
			id := fmt.Sprint(i)
			cs := []journal.Change{made(place(id, "", id+".", territory.City))}
			if i%3 == 0 {
				bad := made(place("x"+id, "", "x.", territory.City))
				bad.Base = 9
				cs = append(cs, bad)
			}
			_, errs[i] = w.Commit(w.ctx, nil, nil, cs...)
		})
	}
	wg.Wait()
	for i, err := range errs {
		_, ok, _ := w.Place(w.ctx, fmt.Sprint(i))
		if (i%3 == 0) == (err == nil) || ok != (err == nil) {
			t.Fatalf("%d: there %v, error %v", i, ok, err)
		}
	}
	if w.Last() != 40 {
		t.Fatal("entries:", w.Last())
	}
})

var _ = promised("a repeated operation gives the same receipt and writes nothing", func(t *testing.T, w *world) {
	op := &journal.Op{ID: "op1", Device: "d", Sequence: 1, Hash: "h"}
	r1, err := w.Commit(w.ctx, op, []byte(`{"x":1}`), made(place("1", "", "1.", territory.City)))
	if err != nil {
		t.Fatal(err)
	}
	r2, err := w.Commit(w.ctx, op, []byte(`{"x":2}`), made(place("2", "", "2.", territory.City)))
	if err != nil || r2.Seq != r1.Seq || string(r2.Body) != `{"x":1}` || !r2.Repeat {
		t.Fatal(r2, err)
	}
	if _, ok, _ := w.Place(w.ctx, "2"); ok || w.Last() != 1 {
		t.Fatal("the repeat wrote something")
	}
	other := *op
	other.Hash = "k"
	if _, err := w.Commit(w.ctx, &other, nil, made(place("3", "", "3.", territory.City))); !errors.Is(err, ErrOpReused) {
		t.Fatal(err)
	}
	if r, ok, err := w.Receipt(w.ctx, "a", *op); err != nil || !ok || r.Seq != 1 {
		t.Fatal(r, ok, err)
	}
	if _, _, err := w.Receipt(w.ctx, "someone else", *op); !errors.Is(err, ErrOpReused) {
		t.Fatal("another account read the receipt:", err)
	}
})

var _ = promised("sequences have no gap under many writers and the feed skips none", func(t *testing.T, w *world) {
	const n = 300
	seen := make(chan int64, n+1)
	stop := make(chan struct{})
	var feed sync.WaitGroup
	feed.Go(func() {
		bell, end := w.Bell()
		defer end()
		var at int64
		for at < n {
			es, err := w.Entries(w.ctx, at, 50)
			if err != nil {
				t.Error(err)
				return
			}
			for _, e := range es {
				seen <- e.Seq
				at = e.Seq
			}
			if len(es) == 0 {
				select {
				case <-bell:
				case <-stop:
					return
				}
			}
		}
	})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			id := fmt.Sprint(i)
			must(t, w, made(place(id, "", id+".", territory.City)))
		})
	}
	wg.Wait()
	feed.Wait()
	close(stop)
	close(seen)
	want := int64(1)
	for s := range seen {
		if s != want {
			t.Fatalf("feed gave %d, expected %d", s, want)
		}
		want++
	}
	if want != n+1 {
		t.Fatal("feed ended at", want)
	}
})

var _ = promised("a lost version race is decided again on the new state", func(t *testing.T, w *world) {
	must(t, w, made(place("1", "", "1.", territory.City)))
	tries := 0
	_, err := w.Decide(w.ctx, nil, func(ctx ctx) ([]byte, []journal.Change, error) {
		p, _, err := w.Place(ctx, "1")
		if err != nil {
			return nil, nil, err
		}
		if tries++; tries == 1 { // another writer is faster
			q := p
			c := made(&q)
			c.Base = p.Version
			must(t, w, c)
		}
		p.Name += "!"
		c := made(&p)
		c.Base = p.Version - 0
		return nil, []journal.Change{c}, nil
	})
	if err != nil || tries != 2 {
		t.Fatal(tries, err)
	}
	if p, _, _ := w.Place(w.ctx, "1"); !strings.HasSuffix(p.Name, "!") || p.Version != 3 {
		t.Fatalf("%+v", p)
	}
})

var _ = promised("a cancelled request loses neither its group nor its own taken write", func(t *testing.T, w *world) {
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			id := fmt.Sprint(i)
			c, cancel := withCancel(w.ctx)
			if i%2 == 0 {
				cancel()
			}
			defer cancel()
			_, err := w.Commit(c, nil, nil, made(place(id, "", id+".", territory.City)))
			_, ok, _ := w.Place(w.ctx, id)
			if ok != (err == nil) {
				t.Errorf("%s: there %v, answered %v", id, ok, err)
			}
			if i%2 == 1 && err != nil {
				t.Errorf("%s: an innocent write failed: %v", id, err)
			}
		})
	}
	wg.Wait()
})

var _ = promised("a newer schema is refused and left alone", func(t *testing.T, w *world) {
	w.Store.Close()
	bare := &Store{}
	if err := bare.connect(w.dsn); err != nil {
		t.Fatal(err)
	}
	if _, err := bare.write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, TRUE)"); err != nil {
		t.Fatal(err)
	}
	bare.closeDBs()
	_, err := Open(w.ctx, w.dsn, Options{Clock: w.clock})
	if !errors.Is(err, ErrNewer) || fault.KindOf(err) != fault.Unavailable {
		t.Fatal(err)
	}
	w.Store = &Store{quit: make(chan struct{}), ended: make(chan struct{})} // for the clean-up to close
})

func must(t testing.TB, w *world, cs ...journal.Change) {
	t.Helper()
	if _, err := w.Commit(w.ctx, nil, nil, cs...); err != nil {
		t.Error(err)
	}
}
