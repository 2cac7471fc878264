// Command bulk measures what a bulk change of existing rows does to those who work
// meanwhile: 100,000 residents are verified anew in one act, while others write one
// record at a time and look residents up. One JSON line for each part.
//
// With -move it is one of the demonstration's communities that moves to another
// subdistrict and back, by the public operations.
//
//	go run ./bench/bulk [-rows 100000] [-engine sqlite|postgres|both]
//	go run ./bench/bulk -move [-size full] [-rounds 1] [-engine sqlite|postgres|both]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"runtime"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/journal"
	"shouwang/internal/register"
	"shouwang/internal/store"
)

func main() {
	stage.Child()
	rows := flag.Int("rows", 100000, "residents that the act changes")
	engine := flag.String("engine", "sqlite", "sqlite, postgres (a throw-away one) or both")
	throwaway := flag.Bool("pg", false, "the same as -engine postgres")
	move := flag.Bool("move", false, "move one community of the demonstration instead")
	size := flag.String("size", "full", "of the demonstration: full or community")
	rounds := flag.Int("rounds", 1, "how often the community moves there and back")
	flag.Parse()
	engines := []string{*engine}
	if *engine == "both" {
		engines = []string{"sqlite", "postgres"}
	} else if *throwaway {
		engines = []string{"postgres"}
	}
	for _, e := range engines {
		db, end, err := stage.Throwaway(e == "postgres", "")
		stage.End(err)
		if *move {
			err = moves(db, *size, *rounds)
		} else {
			err = run(*rows, db)
		}
		end()
		stage.End(err)
	}
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
	w := &watch{took: map[string][]time.Duration{}, end: make(chan struct{})}
	for k := range 4 {
		w.hand("write", func(i int) error {
			p, ok, err := s.Person(ctx, fmt.Sprintf("p%07d", (i*4+k)%1000), store.Clear{})
			if err != nil || !ok {
				return fmt.Errorf("%v %w", ok, err)
			}
			p.Verified = time.Unix(int64(i), 0)
			_, err = s.Commit(ctx, nil, nil, journal.Change{Row: &p, Base: p.Version, Entry: journal.Entry{Actor: "bench", Verb: "person.verified", Thing: "persons", ThingID: p.ID, Audience: "work"}})
			return err
		})
		w.hand("read", func(i int) error {
			b := (i*7919 + k) % (rows / 108)
			_, err := s.PersonsUnder(ctx, fmt.Sprintf("s.c.b%d.", b), "", [2]string{}, 0, store.Clear{})
			return err
		})
	}
	err := do()
	return errors.Join(err, w.close(s.Engine(), what))
}
