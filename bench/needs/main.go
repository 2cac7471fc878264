// Command needs measures cases: how long a list with its counts takes while so many are
// open, and what mixed traffic (taps at doors, takings, answers, residents' words) costs
// while consoles spread over the communities look again after each frame, at most once
// in two seconds. Cases are invented straight into the tables; everything measured goes
// over HTTP on loopback. One JSON line an engine.
//
//	go run ./bench/needs [-engine sqlite|postgres|both] [-size full] [-open 100000] [-writes 200] [-consoles 1000] [-time 20s]
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/app"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

type options struct {
	stage.Options
	open, writes, consoles int
	time                   time.Duration
}

func main() {
	stage.Child()
	var o options
	engine := flag.String("engine", "sqlite", "sqlite, postgres (a throw-away one) or both")
	flag.StringVar(&o.Size, "size", "full", "of the demonstration: community or full")
	flag.IntVar(&o.open, "open", 100_000, "open cases beside those of the demonstration")
	flag.IntVar(&o.writes, "writes", 200, "acts a second")
	flag.IntVar(&o.consoles, "consoles", 1000, "open consoles")
	flag.DurationVar(&o.time, "time", 20*time.Second, "how long to measure")
	flag.Parse()
	for _, e := range []string{"sqlite", "postgres"} {
		if *engine == e || *engine == "both" {
			stage.End(o.on(e))
		}
	}
}

// run is one measurement while it runs.
type run struct {
	options
	*stage.World
	url   string
	comms []territory.Place
	desks []*app.Client
	token []string
	doors [][]territory.Place

	mu          sync.Mutex
	wrote, look []time.Duration
	frames, bad atomic.Int64
	first       atomic.Pointer[string]
}

func (o options) on(engine string) error {
	db, end, err := stage.Throwaway(engine == "postgres", "")
	if err != nil {
		return err
	}
	defer end()
	o.DB = db
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	w, err := stage.Open(ctx, o.Options)
	if err != nil {
		return err
	}
	defer w.Close()
	srv, err := w.Listen("127.0.0.1:0")
	if err != nil {
		return err
	}
	srv.Ready()
	r := &run{options: o, World: w, url: "http://" + srv.Addr()}
	if err := r.ground(ctx); err != nil {
		return err
	}
	began := time.Now()
	if err := r.invent(ctx); err != nil {
		return err
	}
	facts := map[string]any{"engine": engine, "open": o.open, "communities": len(r.comms), "invented_seconds": time.Since(began).Seconds()}
	top, code, err := w.Subdistrict()
	if err != nil {
		return err
	}
	var t struct{ Token string }
	if err := w.Call(w.Author, "POST", "/tokens", map[string]any{"role": "commander", "place_code": code}, &t); err != nil {
		return err
	}
	command := app.Remote(r.url, t.Token, "en")
	for name, path := range map[string]string{"list": "/cases?under=" + top, "late": "/cases?show=late&under=" + top, "item": "/cases?item=medicine&under=" + top, "community": "/cases?under=" + r.comms[0].ID, "figures": "/places/" + top + "/case-figures"} {
		ds, err := r.timed(command, path, 30)
		if err != nil {
			return err
		}
		facts[name+"_p50_ms"], facts[name+"_p99_ms"] = ms(ds, 0.5), ms(ds, 0.99)
	}
	if err := r.fuses(ctx); err != nil {
		return err
	}
	w.Work()
	r.traffic(ctx, facts)
	if err := r.alarms(ctx, facts); err != nil {
		return err
	}
	if m := r.first.Load(); m != nil {
		facts["first_bad"] = *m
	}
	facts["load"] = stage.Load()
	stage.Show("needs", facts)
	return nil
}

// ground reads communities and doors, and gives each community a desk.
func (r *run) ground(ctx context.Context) error {
	ps, err := r.Store.PlacesUnder(ctx, "", "")
	if err != nil {
		return err
	}
	for _, p := range ps {
		if p.Kind == territory.Community {
			r.comms = append(r.comms, p)
		}
	}
	r.doors = make([][]territory.Place, len(r.comms))
	for _, p := range ps {
		for i := range r.comms {
			if p.Kind == territory.Door && territory.Inside(p.Path, r.comms[i].Path) {
				r.doors[i] = append(r.doors[i], p)
			}
		}
	}
	for i := range r.comms {
		var t struct{ Token string }
		if err := r.Call(r.Author, "POST", "/tokens", map[string]any{"role": "community", "place_id": r.comms[i].ID}, &t); err != nil {
			return err
		}
		r.token = append(r.token, t.Token)
		r.desks = append(r.desks, app.Remote(r.url, t.Token, "en"))
	}
	return nil
}

// invent writes open cases like one that a resident told at a door.
func (r *run) invent(ctx context.Context) error {
	id, _, err := r.API.OpenFor(ctx, r.doors[0][0].ID, "medicine", "bench-like")
	if err != nil {
		return err
	}
	like, _, err := r.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	now := time.Now()
	for done := 0; done < r.open; {
		var changes []journal.Change
		for ; done < r.open && len(changes) < 1000; done++ {
			c := done % len(r.comms)
			if len(r.doors[c]) == 0 {
				continue
			}
			p := r.doors[c][done/len(r.comms)%len(r.doors[c])]
			k := like
			k.ID, k.Number, k.PlaceID, k.Path, k.Version = fmt.Sprintf("bench%07d", done), fmt.Sprintf("9%08d", done), p.ID, p.Path, 0
			k.Desk = need.Desk{PlaceID: r.comms[c].ID, Path: r.comms[c].Path, Role: "community"}
			k.Opened = now.Add(-time.Duration(done%600) * time.Minute)
			k.Due = now.Add(time.Duration(done%4000-200) * time.Minute)
			k.Next = now.Add(48 * time.Hour)
			changes = append(changes, journal.Change{Row: &k})
		}
		changes[0].Entry = journal.Entry{At: now, Actor: "bench", Verb: "case.opened", Thing: "cases", ThingID: "bench", Path: r.comms[0].Path, Audience: "work", Payload: []byte("{}")}
		if _, err := r.Store.Commit(ctx, nil, nil, changes...); err != nil {
			return err
		}
	}
	return nil
}

// fuses are cases that come due one after the other while the traffic runs.
const fuses = 500

func (r *run) fuses(ctx context.Context) error {
	like, _, err := r.Store.Case(ctx, "bench0000000")
	if err != nil {
		return err
	}
	now := time.Now()
	var changes []journal.Change
	for i := range fuses {
		k := like
		k.ID, k.Number, k.Version, k.Opened, k.Since = fmt.Sprintf("fuse%03d", i), fmt.Sprintf("8%08d", i), 0, now, now
		k.Due = now.Add(5*time.Second + time.Duration(i)*(r.time-5*time.Second)/fuses)
		k.Next = k.Due
		changes = append(changes, journal.Change{Row: &k})
	}
	changes[0].Entry = journal.Entry{At: now, Actor: "bench", Verb: "case.opened", Thing: "cases", ThingID: "fuse", Path: r.comms[0].Path, Audience: "work", Payload: []byte("{}")}
	_, err = r.Store.Commit(ctx, nil, nil, changes...)
	return err
}

// alarms says how long after their time the fuses' alarms came.
func (r *run) alarms(ctx context.Context, facts map[string]any) error {
	time.Sleep(6 * time.Second)
	var late []time.Duration
	for i := range fuses {
		k, _, err := r.Store.Case(ctx, fmt.Sprintf("fuse%03d", i))
		if err != nil {
			return err
		}
		if k.Climbed.IsZero() {
			facts["alarms_missing"] = true
			continue
		}
		late = append(late, k.Climbed.Sub(k.Due))
	}
	facts["alarms"], facts["alarm_p50_ms"], facts["alarm_worst_ms"] = len(late), ms(late, 0.5), ms(late, 1)
	return nil
}

func (r *run) timed(c *app.Client, path string, n int) (ds []time.Duration, err error) {
	for range n {
		began := time.Now()
		if err = r.Call(c, "GET", path, nil, nil); err != nil {
			return nil, err
		}
		ds = append(ds, time.Since(began))
	}
	return ds, nil
}

// traffic is the mixed traffic with its consoles.
func (r *run) traffic(parent context.Context, facts map[string]any) {
	ctx, stop := context.WithCancel(parent)
	var all sync.WaitGroup
	var open atomic.Int64
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4000}}
	for i := range r.consoles {
		all.Go(func() { r.console(ctx, client, i%len(r.comms), &open) })
	}
	for began := time.Now(); open.Load() < int64(r.consoles) && time.Since(began) < time.Minute; time.Sleep(20 * time.Millisecond) {
	}
	pace := make(chan int)
	for range 48 {
		all.Go(func() {
			for n := range pace {
				r.act(ctx, n)
			}
		})
	}
	tick := time.NewTicker(2 * time.Millisecond)
	given, warm, began := 0, false, time.Now()
	total := r.time + 3*time.Second
	for time.Since(began) < total {
		<-tick.C
		for want := int(time.Since(began).Seconds() * float64(r.writes)); given < want; given++ {
			select {
			case pace <- given:
			case <-time.After(time.Second):
			}
		}
		if !warm && time.Since(began) > 3*time.Second {
			warm = true
			r.mu.Lock()
			r.wrote, r.look = nil, nil
			r.mu.Unlock()
			r.frames.Store(0)
		}
	}
	close(pace)
	stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	facts["acts_per_second"], facts["act_p50_ms"], facts["act_p99_ms"] = float64(len(r.wrote))/r.time.Seconds(), ms(r.wrote, 0.5), ms(r.wrote, 0.99)
	facts["consoles"], facts["streams"], facts["frames"] = r.consoles, open.Load(), r.frames.Load()
	facts["refetches_per_second"], facts["refetch_p50_ms"], facts["refetch_p99_ms"] = float64(len(r.look))/r.time.Seconds(), ms(r.look, 0.5), ms(r.look, 0.99)
	facts["bad"] = r.bad.Load()
	all.Wait()
}

// act tells one need and walks it: a tap, what is needed, taken, answered, agreed; each
// turn is one of these, every part measured for itself.
func (r *run) act(ctx context.Context, n int) {
	c := n % len(r.comms)
	door := r.doors[c][n%len(r.doors[c])]
	step := func(f func() error) bool {
		began := time.Now()
		err := f()
		if ctx.Err() != nil {
			return false
		}
		if err != nil {
			r.fail(err.Error())
			return false
		}
		r.mu.Lock()
		r.wrote = append(r.wrote, time.Since(began))
		r.mu.Unlock()
		return true
	}
	post := func(path string, body, out any) func() error {
		return func() error { return r.Call(r.desks[c], "POST", path, body, out) }
	}
	var k struct{ ID string }
	switch n % 4 {
	case 0, 1:
		step(post("/cases", map[string]any{"item": "medicine", "place_id": door.ID, "words": "降压药两盒", "origin": "phone"}, &k))
	case 2:
		step(post("/cases/"+fmt.Sprintf("bench%07d", n%r.open/len(r.comms)*len(r.comms)+c)+"/take", map[string]any{}, nil))
	case 3:
		step(post("/cases/"+fmt.Sprintf("bench%07d", (r.open/2+n)%r.open/len(r.comms)*len(r.comms)+c)+"/note", map[string]any{"words": "问过了，药房明天到货"}, nil))
	}
}

func (r *run) fail(what string) {
	r.bad.Add(1)
	r.first.CompareAndSwap(nil, &what)
}

// console is one open window of a community's cases.
func (r *run) console(ctx context.Context, client *http.Client, c int, open *atomic.Int64) {
	q, _ := http.NewRequestWithContext(ctx, "GET", r.url+"/api/v1/live?place_id="+r.comms[c].ID, nil)
	q.Header.Set("Authorization", "Bearer "+r.token[c])
	a, err := client.Do(q)
	if err != nil || a.StatusCode != http.StatusOK {
		r.fail(fmt.Sprint("live: ", err, a))
		return
	}
	defer a.Body.Close()
	open.Add(1)
	var mu sync.Mutex
	var last time.Time
	waiting := false
	lines := bufio.NewScanner(a.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "data:") {
			continue
		}
		r.frames.Add(1)
		mu.Lock()
		if !waiting {
			waiting = true
			time.AfterFunc(max(400*time.Millisecond, 2*time.Second-time.Since(last)+time.Duration(c*29)*time.Millisecond), func() {
				defer func() { // as the console does: never a second look before the first is answered
					mu.Lock()
					waiting, last = false, time.Now()
					mu.Unlock()
				}()
				if ctx.Err() != nil {
					return
				}
				began := time.Now()
				if err := r.Call(r.desks[c], "GET", "/cases?limit=50&under="+r.comms[c].ID, nil, nil); err != nil && ctx.Err() == nil {
					r.fail(err.Error())
					return
				}
				r.mu.Lock()
				r.look = append(r.look, time.Since(began))
				r.mu.Unlock()
			})
		}
		mu.Unlock()
	}
}

// ms is a quantile in milliseconds.
func ms(ds []time.Duration, q float64) float64 {
	if len(ds) == 0 {
		return 0
	}
	s := append([]time.Duration{}, ds...)
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
	x, _ := strconv.ParseFloat(strconv.FormatFloat(float64(s[int(float64(len(s)-1)*q)].Microseconds())/1000, 'f', 1, 64), 64)
	return x
}
