package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	_ "net/http/pprof" // -pprof shows where the time goes
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strconv"
	"sync"
	"syscall"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// served is what the client needs to know of the world.
type served struct {
	URL, Commander, Top string
	Communities         []string
	Doors               [][]string // by community, some of them
	Tokens              []string   // one a console, console i stands in community i % len(Communities)
}

// order is what the client tells the server's process beside HTTP, and answer what it says.
type order struct {
	Do   string // fuses, work, late, use
	Tag  string
	From time.Time
	Span time.Duration
}

type answer struct {
	Late      []time.Duration // of each fuse whose alarm came
	CPU       time.Duration
	GC        time.Duration // of it, for collecting garbage
	Pause     time.Duration // the longest of the newest
	Heap      uint64
	Allocated uint64
	Error     string
}

// child is the server's process.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	at  served
}

// spawn starts this program on the server's cores and reads the first line it says.
func (o options) spawn(first any, args ...string) (*child, error) {
	me, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: stage.Command(o.serverCores, me, args...)}
	c.cmd.Stderr, c.cmd.Env = os.Stderr, append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(o.cores))
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewReaderSize(out, 1<<20)
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	return c, c.said(first)
}

func (o options) start() (*child, error) {
	var at served
	c, err := o.spawn(&at, "-serve", "-db", o.db, "-data", o.data, "-size", o.size, "-open", strconv.Itoa(o.open), "-consoles", strconv.Itoa(o.consoles), "-pprof", o.pprof)
	if err == nil {
		c.at = at
	}
	return c, err
}

// database starts a throw-away PostgreSQL on the server's cores where one is wanted.
func (o options) database() (address string, end func(), err error) {
	if o.engine != "postgres" {
		return "", func() {}, nil
	}
	c, err := o.spawn(&address, "-cluster")
	return address, c.end, err
}

// postgres is the process that keeps it.
func (o options) postgres() error {
	address, end, err := stage.Throwaway(true, "")
	if err != nil {
		return err
	}
	defer end()
	if err := json.NewEncoder(os.Stdout).Encode(address); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func (c *child) said(into any) error {
	line, err := c.out.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("the served world does not answer: %w", err)
	}
	return json.Unmarshal(line, into)
}

// ask tells the server's process something and waits for its answer.
func (c *child) ask(q order) (a answer, err error) {
	if err := json.NewEncoder(c.in).Encode(q); err != nil {
		return a, err
	}
	if err = c.said(&a); err == nil && a.Error != "" {
		err = fmt.Errorf("%s: %s", q.Do, a.Error)
	}
	return a, err
}

func (c *child) end() { _ = c.in.Close(); _ = c.cmd.Wait() }

// kill ends it as a power cut would.
func (c *child) kill() { _ = c.cmd.Process.Kill(); _ = c.cmd.Wait() }

// host fills a world unless it is filled, and serves it until its standard input ends.
func (o options) host() error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	w, err := stage.Open(ctx, stage.Options{DB: o.db, Size: o.size, Data: o.data})
	if err != nil {
		return err
	}
	defer w.Close()
	at, note := served{}, filepath.Join(w.Config.Data, "needs.json")
	if raw, err := os.ReadFile(note); err == nil {
		err = json.Unmarshal(raw, &at)
		stage.End(err)
	} else {
		if err := at.fill(ctx, w, o); err != nil {
			return err
		}
		raw, err := json.Marshal(at)
		if err == nil {
			err = os.WriteFile(note, raw, 0o600) // tokens of an invented world
		}
		if err != nil {
			return err
		}
	}
	w.Warm(ctx)
	srv, err := w.Listen("127.0.0.1:0")
	if err != nil {
		return err
	}
	srv.Ready()
	at.URL = "http://" + srv.Addr() + "/api/v1"
	if o.pprof != "" {
		go func() { fmt.Fprintln(os.Stderr, http.ListenAndServe(o.pprof, nil)) }()
	}
	say := json.NewEncoder(os.Stdout)
	if err := say.Encode(at); err != nil {
		return err
	}
	go func() {
		defer stop()
		for orders := json.NewDecoder(os.Stdin); ; {
			var q order
			if orders.Decode(&q) != nil {
				return
			}
			a, err := at.obey(ctx, w, q)
			if err != nil {
				a.Error = err.Error()
			}
			if say.Encode(a) != nil {
				return
			}
		}
	}()
	return srv.Run(ctx)
}

func (at *served) obey(ctx context.Context, w *stage.World, q order) (a answer, err error) {
	switch q.Do {
	case "fuses":
		return a, at.fuses(ctx, w, q)
	case "work":
		w.Work()
	case "late":
		for i := range fuses {
			k, _, err := w.Store.Case(ctx, fmt.Sprintf("fuse-%s-%03d", q.Tag, i))
			if err != nil {
				return a, err
			}
			if !k.Climbed.IsZero() {
				from := k.Due
				if q.From.After(from) {
					from = q.From
				}
				a.Late = append(a.Late, k.Climbed.Sub(from))
			}
		}
	case "use":
		var u syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		a.CPU = time.Duration(u.Utime.Nano() + u.Stime.Nano())
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		for _, p := range m.PauseNs {
			a.Pause = max(a.Pause, time.Duration(p))
		}
		a.Heap, a.Allocated = m.HeapAlloc, m.TotalAlloc
		gc := []metrics.Sample{{Name: "/cpu/classes/gc/total:cpu-seconds"}}
		metrics.Read(gc)
		a.GC = time.Duration(gc[0].Value.Float64() * float64(time.Second))
	}
	return a, nil
}

// fill reads communities and doors, gives each console an account and invents the cases.
func (at *served) fill(ctx context.Context, w *stage.World, o options) error {
	ps, err := w.Store.PlacesUnder(ctx, "", "")
	if err != nil {
		return err
	}
	var comms []territory.Place
	for _, p := range ps {
		if p.Kind == territory.Community {
			comms = append(comms, p)
			at.Communities = append(at.Communities, p.ID)
		}
	}
	doors := make([][]territory.Place, len(comms))
	at.Doors = make([][]string, len(comms))
	for _, p := range ps {
		for i := range comms {
			if p.Kind == territory.Door && territory.Inside(p.Path, comms[i].Path) {
				doors[i] = append(doors[i], p)
				at.Doors[i] = append(at.Doors[i], p.ID)
			}
		}
	}
	top, code, err := w.Subdistrict()
	if err != nil {
		return err
	}
	at.Top = top
	var t struct{ Token string }
	if err := w.Call(w.Author, "POST", "/tokens", map[string]any{"role": "commander", "place_code": code}, &t); err != nil {
		return err
	}
	at.Commander, at.Tokens = t.Token, make([]string, o.consoles)
	var all sync.WaitGroup
	for k := range 16 {
		all.Go(func() {
			for i := k; i < o.consoles; i += 16 {
				var t struct{ Token string }
				if did := w.Call(w.Author, "POST", "/tokens", map[string]any{"role": "community", "place_id": comms[i%len(comms)].ID, "name": fmt.Sprint("窗口", i)}, &t); did != nil {
					err = did
				}
				at.Tokens[i] = t.Token
			}
		})
	}
	all.Wait()
	if err != nil {
		return err
	}
	return invent(ctx, w, o.open, comms, doors)
}

// invent writes open cases like one that a resident told at a door.
func invent(ctx context.Context, w *stage.World, open int, comms []territory.Place, doors [][]territory.Place) error {
	id, _, err := w.API.OpenFor(ctx, doors[0][0].ID, "medicine", "bench-like")
	if err != nil {
		return err
	}
	like, _, err := w.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	now := time.Now()
	for done := 0; done < open; {
		var changes []journal.Change
		for ; done < open && len(changes) < 1000; done++ {
			c := done % len(comms)
			if len(doors[c]) == 0 {
				continue
			}
			p := doors[c][done/len(comms)%len(doors[c])]
			k := like
			k.ID, k.Number, k.PlaceID, k.Path, k.Version = invented(done), fmt.Sprintf("9%08d", done), p.ID, p.Path, 0
			k.Desk = need.Desk{PlaceID: comms[c].ID, Path: comms[c].Path, Role: "community"}
			k.Opened = now.Add(-time.Duration(done%600) * time.Minute)
			k.Due = now.Add(time.Duration(done%4000-200) * time.Minute)
			k.Next = now.Add(48 * time.Hour)
			changes = append(changes, journal.Change{Row: &k})
		}
		changes[0].Entry = journal.Entry{At: now, Actor: "bench", Verb: "case.opened", Thing: "cases", ThingID: "bench", Path: comms[0].Path, Audience: "work", Payload: []byte("{}")}
		if _, err := w.Store.Commit(ctx, nil, nil, changes...); err != nil {
			return err
		}
	}
	return nil
}

func invented(n int) string { return fmt.Sprintf("bench%07d", n) }

// fuses are cases that come due one after the other while the traffic runs.
const fuses = 500

func (at *served) fuses(ctx context.Context, w *stage.World, q order) error {
	now := time.Now()
	var changes []journal.Change
	for i := range fuses {
		k, _, err := w.Store.Case(ctx, invented(i%len(at.Communities)))
		if err != nil {
			return err
		}
		k.ID, k.Number, k.Version, k.Opened, k.Since = fmt.Sprintf("fuse-%s-%03d", q.Tag, i), fmt.Sprintf("8%s%05d", q.Tag, i), 0, now, now
		k.Holder, k.Level, k.Above, k.Climbed, k.Offer = "", 0, need.Desk{}, time.Time{}, nil // whatever the like of it went through
		k.Due = q.From.Add(time.Duration(i) * q.Span / fuses)
		k.Next = k.Due
		changes = append(changes, journal.Change{Row: &k})
	}
	changes[0].Entry = journal.Entry{At: now, Actor: "bench", Verb: "case.opened", Thing: "cases", ThingID: "fuse", PlaceID: at.Communities[0], Audience: "work", Payload: []byte("{}")}
	_, err := w.Store.Commit(ctx, nil, nil, changes...)
	return err
}
