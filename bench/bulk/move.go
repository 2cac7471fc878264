package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"slices"
	"sync"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/app"
)

// mover moves one of the demonstration's communities to a second subdistrict and
// back, by the public operations, while others work in the other communities.
type mover struct {
	*stage.World
	ctx    context.Context
	houses []string // of other communities
}

// item is what the bench needs of a place in a list.
type item struct {
	ID, Code string
	Doors    int
	ParentID string `json:"parent_id"`
}

// moves measures a whole community's move on one engine.
func moves(db, size string, rounds int) error {
	ctx := context.Background()
	w, err := stage.Open(ctx, stage.Options{DB: db, Size: size})
	if err != nil {
		return err
	}
	defer w.Close()
	m := &mover{World: w, ctx: ctx}
	community, other, home, err := m.ground()
	if err != nil {
		return err
	}
	if err := m.beside("before", func() error { time.Sleep(3 * time.Second); return nil }); err != nil {
		return err
	}
	for range rounds {
		for _, to := range []string{other, home} {
			if err := m.move(community, to); err != nil {
				return err
			}
		}
	}
	return nil
}

// ground makes the second subdistrict and finds who moves and where the others work.
func (m *mover) ground() (community item, other, home string, err error) {
	subs, err := m.list("kind=subdistrict")
	if err != nil || len(subs) == 0 {
		return item{}, "", "", errors.Join(err, fmt.Errorf("%d subdistricts", len(subs)))
	}
	home = subs[0].ID
	rows := "地点编码,类型,名称,上级编码\n" + subs[0].Code + "X,街道,另一街道," + m.codeOf(subs[0].ParentID) + "\n"
	if _, err = m.Author.Do(m.ctx, app.Request{Method: "POST", Path: "/imports/places", Body: []byte(rows), Header: map[string]string{"File-Name": url.PathEscape("second.csv")}}); err != nil {
		return item{}, "", "", err
	}
	if subs, err = m.list("kind=subdistrict"); err != nil || len(subs) != 2 {
		return item{}, "", "", errors.Join(err, fmt.Errorf("%d subdistricts", len(subs)))
	}
	for _, s := range subs {
		if s.ID != home {
			other = s.ID
		}
	}
	cs, err := m.list("kind=community")
	if err != nil || len(cs) == 0 {
		return item{}, "", "", errors.Join(err, errors.New("no community"))
	}
	slices.SortFunc(cs, func(a, b item) int { return b.Doors - a.Doors })
	for _, c := range cs[min(1, len(cs)-1):] {
		hs, err := m.list("kind=building&under=" + c.ID)
		if err != nil {
			return item{}, "", "", err
		}
		for _, h := range hs {
			m.houses = append(m.houses, h.ID)
		}
	}
	return cs[0], other, home, nil
}

func (m *mover) codeOf(id string) string {
	var p item
	_ = m.call("GET", "/places/"+id, nil, &p)
	return p.Code
}

func (m *mover) list(q string) ([]item, error) {
	var out struct{ Items []item }
	err := m.call("GET", "/places?limit=200&"+q, nil, &out)
	return out.Items, err
}

func (m *mover) call(method, path string, body, out any) error {
	return m.Call(m.Author, method, path, body, out)
}

func (m *mover) move(community item, to string) error {
	var plan struct{ Plan string }
	start := time.Now()
	err := m.beside("beside the plan of a move", func() error {
		return m.call("POST", "/places/"+community.ID+"/move", map[string]any{"to": to}, &plan)
	})
	if err != nil {
		return err
	}
	planned := time.Since(start)
	var took time.Duration
	if err := m.beside("beside the move", func() error {
		start := time.Now()
		err := m.call("POST", "/reshapes/"+plan.Plan+"/apply", nil, nil)
		took = time.Since(start)
		time.Sleep(500 * time.Millisecond) // what the end of the act makes others do
		return err
	}); err != nil {
		return err
	}
	if err := m.beside("while it is cleared away", func() error { time.Sleep(2 * time.Second); return nil }); err != nil {
		return err
	}
	stage.Show("the move", map[string]any{"engine": m.Store.Engine(), "doors": community.Doors, "planned_s": planned.Seconds(), "applied_s": took.Seconds(), "cores": runtime.GOMAXPROCS(0), "load": stage.Load()})
	return nil
}

// beside lets four people change cards of houses and four look at places, each some
// fifty times a second, while something is done.
func (m *mover) beside(what string, do func() error) error {
	w := &watch{took: map[string][]time.Duration{}, end: make(chan struct{})}
	for k := range 4 {
		w.hand("write", func(i int) error {
			house := m.houses[(i*4+k)%len(m.houses)]
			var was struct{ Version int64 }
			if err := m.call("GET", "/places/"+house+"/contact", nil, &was); err != nil {
				return err
			}
			return m.call("PUT", "/places/"+house+"/contact", map[string]any{"phone": fmt.Sprintf("025-0%07d", i), "base_version": was.Version}, nil)
		})
		w.hand("read", func(i int) error {
			return m.call("GET", "/places/"+m.houses[(i*97+k)%len(m.houses)], nil, nil)
		})
	}
	err := do()
	return errors.Join(err, w.close(m.Store.Engine(), what))
}

// watch times hands that do one thing after the other until they are told to stop.
type watch struct {
	mu    sync.Mutex
	group sync.WaitGroup
	end   chan struct{}
	took  map[string][]time.Duration
	first error
}

// hand lets one more person work, some fifty times a second.
func (w *watch) hand(kind string, one func(i int) error) {
	w.group.Go(func() {
		var own []time.Duration
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for i := 0; ; i++ {
			select {
			case <-w.end:
				w.mu.Lock()
				w.took[kind] = append(w.took[kind], own...)
				w.mu.Unlock()
				return
			case <-tick.C:
			}
			start := time.Now()
			if err := one(i); err != nil {
				w.mu.Lock()
				w.first = err
				w.mu.Unlock()
			}
			own = append(own, time.Since(start))
		}
	})
}

// close ends the hands and shows how long each kind took.
func (w *watch) close(engine, what string) error {
	close(w.end)
	w.group.Wait()
	for _, kind := range []string{"read", "write"} {
		d := w.took[kind]
		slices.Sort(d)
		at := func(q float64) float64 { return float64(d[int(q*float64(len(d)-1))].Microseconds()) / 1000 }
		if len(d) > 0 {
			stage.Show(what, map[string]any{"engine": engine, "kind": kind, "n": len(d), "p50_ms": at(.5), "p99_ms": at(.99), "max_ms": at(1), "load": stage.Load()})
		}
	}
	return w.first
}
