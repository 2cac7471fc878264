// Command bulk measures what a bulk change of existing rows does to those who work
// meanwhile: 100,000 residents are verified anew in one act, while others write one
// record at a time and look residents up. One JSON line for each part.
//
//	go run ./bench/bulk [-rows 100000] [-pg]
package main

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/journal"
	"shouwang/internal/register"
	"shouwang/internal/store"
)

func main() {
	rows := flag.Int("rows", 100000, "residents that the act changes")
	throwaway := flag.Bool("pg", false, "start a throw-away PostgreSQL and use it")
	flag.Parse()
	db, end, err := stage.Throwaway(*throwaway, "")
	stage.End(err)
	defer end()
	stage.End(run(*rows, db))
}

func run(rows int, db string) error {
	ctx := context.Background()
	a, err := stage.Open(ctx, stage.Options{DB: db})
	if err != nil {
		return err
	}
	defer a.Close()
	s := a.Store
	people := make([]*register.Person, rows)
	fresh := make([]any, rows)
	for i := range people {
		people[i] = &register.Person{ID: fmt.Sprintf("p%07d", i), PlaceID: fmt.Sprint("d", i/3), Path: fmt.Sprintf("s.c.b%d.d%d.", i/108, i/3), Name: "某某", Origin: "社区", Verified: time.Unix(1, 0)}
		fresh[i] = people[i]
	}
	if err := act(ctx, s, func(a *store.Act) error { return a.Insert(ctx, fresh...) }); err != nil {
		return err
	}
	measure(ctx, s, rows, "before", func() error { time.Sleep(3 * time.Second); return nil })
	var staged, valid time.Duration
	err = measure(ctx, s, rows, "beside the act", func() error {
		start := time.Now()
		err := act(ctx, s, func(a *store.Act) error {
			for _, p := range people[1000:] { // others work on the first thousand
				p.Verified = time.Unix(2, 0)
				if err := a.Change(ctx, journal.Change{Row: p, Base: 1}); err != nil {
					return err
				}
			}
			staged = time.Since(start)
			return nil
		})
		valid = time.Since(start)
		return err
	})
	if err != nil {
		return err
	}
	if err := measure(ctx, s, rows, "while it is cleared away", func() error { time.Sleep(5 * time.Second); return nil }); err != nil {
		return err
	}
	stage.Show("the act", map[string]any{"engine": s.Engine(), "rows": rows - 1000, "encoded_s": staged.Seconds(), "valid_after_s": valid.Seconds(), "cores": runtime.GOMAXPROCS(0), "load": stage.Load()})
	return nil
}

func act(ctx context.Context, s *store.Store, stage func(*store.Act) error) error {
	a, err := s.Begin(ctx, "persons.imported")
	if err != nil {
		return err
	}
	if err := stage(a); err != nil {
		return err
	}
	_, err = a.Finish(ctx, nil, nil, journal.Entry{Actor: "bench", Verb: "persons.imported", Thing: "persons", Audience: "work"})
	return err
}

// measure lets four people write and four look residents up, each some fifty times
// a second, while something is done.
func measure(ctx context.Context, s *store.Store, rows int, what string, do func() error) error {
	end := make(chan struct{})
	var group sync.WaitGroup
	var mu sync.Mutex
	took := map[string][]time.Duration{}
	var first error
	work := func(kind string, one func(i int) error) {
		group.Go(func() {
			var own []time.Duration
			tick := time.NewTicker(20 * time.Millisecond)
			defer tick.Stop()
			for i := 0; ; i++ {
				select {
				case <-end:
					mu.Lock()
					took[kind] = append(took[kind], own...)
					mu.Unlock()
					return
				case <-tick.C:
				}
				start := time.Now()
				if err := one(i); err != nil {
					mu.Lock()
					first = err
					mu.Unlock()
				}
				own = append(own, time.Since(start))
			}
		})
	}
	for k := range 4 {
		work("write", func(i int) error {
			p, ok, err := s.Person(ctx, fmt.Sprintf("p%07d", (i*4+k)%1000), store.Clear{})
			if err != nil || !ok {
				return fmt.Errorf("%v %w", ok, err)
			}
			p.Verified = time.Unix(int64(i), 0)
			_, err = s.Commit(ctx, nil, nil, journal.Change{Row: &p, Base: p.Version, Entry: journal.Entry{Actor: "bench", Verb: "person.verified", Thing: "persons", ThingID: p.ID, Audience: "work"}})
			return err
		})
		work("read", func(i int) error {
			b := (i*7919 + k) % (rows / 108)
			_, err := s.PersonsUnder(ctx, fmt.Sprintf("s.c.b%d.", b), "", [2]string{}, 0, store.Clear{})
			return err
		})
	}
	err := do()
	close(end)
	group.Wait()
	for _, kind := range []string{"read", "write"} {
		d := took[kind]
		slices.Sort(d)
		at := func(q float64) float64 { return float64(d[int(q*float64(len(d)-1))].Microseconds()) / 1000 }
		if len(d) > 0 {
			stage.Show(what, map[string]any{"engine": s.Engine(), "kind": kind, "n": len(d), "p50_ms": at(.5), "p99_ms": at(.99), "max_ms": at(1)})
		}
	}
	if err == nil {
		err = first
	}
	return err
}
