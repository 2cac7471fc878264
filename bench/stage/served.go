package stage

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	_ "net/http/pprof" // -pprof shows where the time goes
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// Served is what a measuring process needs to know of a world that another serves.
type Served struct {
	Engine      string
	URL, Round  string
	Commander   string   // token
	Everywhere  string   // token of one who may record at every door
	Workers     []string // tokens of one community worker a community
	Communities []string // place ids, in the same order
	Top         string   // place id of the subdistrict
	Doors       []string // place ids of the sweep's targets
	Of          []int    // the community each of them stands in
	Rows        int64    // entries in the journal when it began to serve
}

// Service says how a world is served by a process of its own.
type Service struct {
	Options
	Rows    int    // recordings written before, so that the tables are full
	Cores   string // of the process, as taskset names them; empty: any
	Profile string // address of its profiles; empty: none
	serve   bool
	pg      bool
}

// Flags defines the flags by which a bench is told, and tells its child, what to serve.
func (s *Service) Flags() {
	flag.BoolVar(&s.pg, "pg", false, "start a throw-away PostgreSQL and use it")
	flag.StringVar(&s.DB, "db", "", "PostgreSQL address; empty: SQLite")
	flag.StringVar(&s.Size, "size", "full", "community or full")
	flag.StringVar(&s.Data, "data", "", "folder that keeps the served data for further runs; empty: a temporary one")
	flag.IntVar(&s.Rows, "rows", 0, "recordings written before the measuring")
	flag.StringVar(&s.Cores, "server-cores", "", "cores of the servers, as taskset names them; empty: any")
	flag.StringVar(&s.Profile, "pprof", "", "address at which the served world shows its profiles")
	flag.BoolVar(&s.serve, "serve", false, "serve the world (used by the program itself)")
}

// Run starts this program once more as the process that serves the world, and
// hands to measure where it is; in that process itself it serves.
func (s Service) Run(measure func(*Served) error) error {
	if s.serve {
		return s.host()
	}
	db, end, err := Throwaway(s.pg, s.DB)
	if err != nil {
		return err
	}
	defer end()
	me, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := Command(s.Cores, me, "-serve", "-db", db, "-size", s.Size, "-data", s.Data, "-rows", strconv.Itoa(s.Rows), "-pprof", s.Profile)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { _ = in.Close(); _ = cmd.Wait() }()
	line, err := bufio.NewReaderSize(out, 1<<20).ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("the served world did not come up: %w", err)
	}
	var at Served
	if err := json.Unmarshal(line, &at); err != nil {
		return err
	}
	return measure(&at)
}

// Command is a program, bound to cores when some are named.
func Command(cores, program string, args ...string) *exec.Cmd {
	if cores == "" {
		return exec.Command(program, args...)
	}
	return exec.Command("taskset", append([]string{"-c", cores, program}, args...)...)
}

// host fills a world, throws the switch, says where it is and serves it until its
// standard input ends. What a kept world was told before is read from beside it.
func (s Service) host() error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	w, err := Open(ctx, s.Options)
	if err != nil {
		return err
	}
	defer w.Close()
	var at Served
	note := filepath.Join(w.Config.Data, "stage.json")
	if raw, err := os.ReadFile(note); err == nil {
		if err := json.Unmarshal(raw, &at); err != nil {
			return err
		}
	} else {
		at.Engine = w.Store.Engine()
		if err := at.throw(w); err != nil {
			return err
		}
		if err := at.record(w, s.Rows); err != nil {
			return err
		}
		raw, err := json.Marshal(at)
		if err != nil {
			return err
		}
		if err := os.WriteFile(note, raw, 0o600); err != nil { // tokens of an invented world
			return err
		}
	}
	if at.Rows, err = w.Store.Newest(ctx); err != nil {
		return err
	}
	if err := w.Call(w.Author, "GET", "/overview", nil, nil); err != nil { // what is read once is read before
		return err
	}
	srv, err := w.Listen("127.0.0.1:0")
	if err != nil {
		return err
	}
	srv.Ready()
	at.URL = "http://" + srv.Addr() + "/api/v1"
	if s.Profile != "" {
		go func() { fmt.Fprintln(os.Stderr, http.ListenAndServe(s.Profile, nil)) }()
	}
	if err := json.NewEncoder(os.Stdout).Encode(at); err != nil {
		return err
	}
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); stop() }()
	return srv.Run(ctx)
}

// throw draws the demonstration's own zones, applies the plan by a second person
// and makes the tokens.
func (at *Served) throw(w *World) error {
	top, code, err := w.Subdistrict()
	if err != nil {
		return err
	}
	at.Top = top
	token := func(role, code string) (string, error) {
		var t struct{ Token string }
		return t.Token, w.Call(w.Author, "POST", "/tokens", map[string]any{"role": role, "place_code": code}, &t)
	}
	if at.Commander, err = token("commander", code); err != nil {
		return err
	}
	if at.Everywhere, err = token("community", code); err != nil {
		return err
	}
	var coms struct{ Items []struct{ ID, Code string } }
	if err := w.Call(w.Author, "GET", "/places?kind=community&limit=100", nil, &coms); err != nil {
		return err
	}
	for _, c := range coms.Items {
		t, err := token("community", c.Code)
		if err != nil {
			return err
		}
		at.Workers, at.Communities = append(at.Workers, t), append(at.Communities, c.ID)
	}
	zones, err := w.Zones()
	if err != nil {
		return err
	}
	incident, err := w.Draft(code, zones)
	if err != nil {
		return err
	}
	plan, err := w.Plan(incident)
	if err != nil {
		return err
	}
	if err := w.Apply(incident, plan); err != nil {
		return err
	}
	var rounds struct{ Items []struct{ ID string } }
	if err := w.Call(w.Author, "GET", "/rounds?incident_id="+incident, nil, &rounds); err != nil {
		return err
	}
	at.Round = rounds.Items[0].ID
	for i, c := range at.Communities {
		doors, err := w.Targets(at.Round, c)
		if err != nil {
			return err
		}
		for _, d := range doors {
			at.Doors, at.Of = append(at.Doors, d), append(at.Of, i)
		}
	}
	return nil
}

// record writes so many recordings by the batch end point, so that the tables of
// entries and operations are as full as those of a running incident.
func (at *Served) record(w *World, rows int) error {
	if rows == 0 {
		return nil
	}
	start := time.Now()
	if err := at.preload(w, rows); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d recordings written before, %.0f s\n", rows, time.Since(start).Seconds())
	return nil
}
