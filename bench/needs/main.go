// Command needs measures cases: how long a list with its counts takes while so many are
// open, what mixed traffic (needs written down, taken, noted) costs while consoles spread
// over the communities look again after each frame, and how late the alarms come.
//
// The world is served by a process of its own, bound to as many cores as the goal names;
// the client has the others. Each console has an account of its own and asks what the page
// of cases asks (the overview and the list). Consoles open over -ramp, measuring begins when
// the last one's first look was answered. -restart then kills the server in the middle of
// it: all consoles come back at once, and what comes due is looked at again. Cases are
// invented straight into the tables; everything measured goes over HTTP on loopback. One
// JSON line a run, and one of the median, least and most of all runs.
//
//	go run ./bench/needs [-engine sqlite|postgres|both] [-size full] [-open 100000] [-writes 200] [-consoles 1000] [-ramp 30s] [-time 20s] [-runs 3] [-restart] [-data DIR]
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"shouwang/bench/stage"
)

type options struct {
	engine, size, data, db, pprof string
	serverCores, clientCores      string
	open, writes, consoles, limit int
	ramp, time                    time.Duration
	runs, cores                   int
	restart, lists, overview      bool
	serve, cluster                bool
}

func main() {
	stage.Child()
	var o options
	flag.StringVar(&o.engine, "engine", "sqlite", "sqlite, postgres (a throw-away one) or both")
	flag.StringVar(&o.size, "size", "full", "of the demonstration: community or full")
	flag.StringVar(&o.data, "data", "", "folder that keeps the served data for further runs (SQLite); empty: a temporary one")
	flag.IntVar(&o.open, "open", 100_000, "open cases beside those of the demonstration")
	flag.IntVar(&o.writes, "writes", 200, "acts a second")
	flag.IntVar(&o.consoles, "consoles", 1000, "open consoles")
	flag.IntVar(&o.limit, "limit", 0, "cases a console asks for; 0: what the page of cases asks for")
	flag.BoolVar(&o.overview, "overview", true, "a console asks for the overview too, as every page does")
	flag.DurationVar(&o.ramp, "ramp", 30*time.Second, "over how long the consoles open")
	flag.DurationVar(&o.time, "time", 20*time.Second, "how long to measure")
	flag.IntVar(&o.runs, "runs", 3, "how often, each with a server started anew")
	flag.IntVar(&o.cores, "cores", 2, "how many threads of Go the server may run at once")
	flag.StringVar(&o.serverCores, "server-cores", "0,1", "cores of the server, and of its PostgreSQL, as taskset names them; empty: any")
	flag.StringVar(&o.clientCores, "client-cores", "2,3", "cores of the client; empty: any")
	flag.BoolVar(&o.restart, "restart", false, "kill the server after each run and look at what follows")
	flag.BoolVar(&o.lists, "lists", true, "measure single lists first")
	flag.StringVar(&o.pprof, "pprof", "", "address at which the server shows its profiles")
	flag.StringVar(&o.db, "db", "", "of the server (used by the program itself)")
	flag.BoolVar(&o.cluster, "cluster", false, "serve PostgreSQL (used by the program itself)")
	flag.BoolVar(&o.serve, "serve", false, "serve the world (used by the program itself)")
	flag.Parse()
	if o.serve || o.cluster {
		stage.End(map[bool]func() error{true: o.host, false: o.postgres}[o.serve]())
		return
	}
	if _, err := exec.LookPath("taskset"); err != nil {
		o.serverCores, o.clientCores = "", ""
	} else if o.clientCores != "" && os.Getenv(bound) == "" {
		stage.End(o.again())
		return
	}
	for _, e := range []string{"sqlite", "postgres"} {
		if o.engine == e || o.engine == "both" {
			stage.End(o.on(e))
		}
	}
}

// bound says to this program that it has its cores already.
const bound = "NEEDS_BOUND"

// again starts this program once more on the client's cores.
func (o options) again() error {
	me, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := stage.Command(o.clientCores, me, os.Args[1:]...)
	cmd.Env = append(os.Environ(), bound+"=1")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd.Run()
}

func (o options) on(engine string) error {
	if o.engine = engine; o.data == "" || engine == "postgres" {
		dir, err := os.MkdirTemp("", "bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.data = filepath.Join(dir, "data")
	}
	// the database has the server's cores: it is started from them
	db, end, err := o.database()
	if err != nil {
		return err
	}
	defer end()
	o.db = db
	var all []map[string]any
	for run := range o.runs {
		facts, err := o.once(run)
		if err != nil {
			return err
		}
		all = append(all, facts)
		stage.Show("needs", facts)
	}
	if len(all) > 1 {
		stage.Show("needs, all runs: least / median / most", spread(all))
	}
	return nil
}

// once is one run with a server started anew.
func (o options) once(n int) (map[string]any, error) {
	facts := map[string]any{"engine": o.engine, "run": n, "open": o.open, "writes_wanted": o.writes, "consoles": o.consoles, "ramp_seconds": o.ramp.Seconds(), "load_before": stage.Load()}
	c, err := o.start()
	if err != nil {
		return nil, err
	}
	defer func() { c.end() }()
	r := &run{options: o, child: c, at: c.at}
	turns := filepath.Join(o.data, "needs-turn") // a case is taken once, whoever measures
	if raw, err := os.ReadFile(turns); err == nil {
		r.turn, _ = strconv.Atoi(string(raw))
	}
	all := int((o.ramp + o.time + 2*time.Minute).Seconds()) * o.writes
	if err := os.WriteFile(turns, []byte(strconv.Itoa(r.turn+all)), 0o600); err != nil { // before it: it may be broken off
		return nil, err
	}
	if o.lists && n == 0 {
		if err := r.lists(facts); err != nil {
			return nil, err
		}
	}
	if err := r.traffic(facts); err != nil {
		return nil, err
	}
	if m := r.first.Load(); m != nil {
		facts["first_bad"] = *m
	}
	facts["load"] = stage.Load()
	return facts, nil
}

// spread is the least, median and most of each figure of several runs.
func spread(all []map[string]any) map[string]any {
	out := map[string]any{}
	for k := range all[0] {
		var xs []float64
		for _, f := range all {
			if x, err := strconv.ParseFloat(fmt.Sprint(f[k]), 64); err == nil {
				xs = append(xs, x)
			}
		}
		if len(xs) == len(all) {
			slices.Sort(xs)
			out[k] = fmt.Sprint(xs[0], " / ", xs[len(xs)/2], " / ", xs[len(xs)-1])
		}
	}
	return out
}
