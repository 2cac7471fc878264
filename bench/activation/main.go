// Command activation measures what the switch costs: the whole demonstration is
// generated and imported by the public operations, the seeds' own zones are drawn,
// then planning, applying (durable) and demobilizing are timed, each line as JSON.
//
//	go run ./bench/activation [-db postgres://… | -pg] [-size full] [-rounds 5]
package main

import (
	"context"
	"flag"
	"runtime"
	"sort"
	"time"

	"shouwang/bench/stage"
)

func main() {
	stage.Child()
	var o stage.Options
	flag.StringVar(&o.DB, "db", "", "PostgreSQL address; empty: SQLite")
	flag.StringVar(&o.Size, "size", "full", "community or full")
	throwaway := flag.Bool("pg", false, "start a throw-away PostgreSQL and use it")
	rounds := flag.Int("rounds", 5, "how often the switch is thrown and handed back")
	flag.Parse()
	db, end, err := stage.Throwaway(*throwaway, o.DB)
	stage.End(err)
	defer end()
	o.DB = db
	stage.End(run(o, *rounds))
}

func run(o stage.Options, rounds int) error {
	start := time.Now()
	w, err := stage.Open(context.Background(), o)
	if err != nil {
		return err
	}
	defer w.Close()
	engine := w.Store.Engine()
	stage.Show("import", map[string]any{"engine": engine, "size": o.Size, "seconds": time.Since(start).Seconds(), "cores": runtime.GOMAXPROCS(0)})
	zones, err := w.Zones()
	if err != nil {
		return err
	}
	times := map[string][]float64{}
	for range rounds {
		if err := round(w, zones, times); err != nil {
			return err
		}
	}
	for _, k := range []string{"zones", "plan", "apply", "plan+apply", "overview", "demobilize"} {
		t := times[k]
		sort.Float64s(t)
		stage.Show(k, map[string]any{"engine": engine, "median": t[len(t)/2], "min": t[0], "max": t[len(t)-1], "rounds": len(t), "load": stage.Load()})
	}
	return nil
}

// round declares, draws, plans, applies by a second person and hands back.
func round(w *stage.World, zones map[string][]string, times map[string][]float64) error {
	_, code, err := w.Subdistrict()
	if err != nil {
		return err
	}
	took := func(what string, start time.Time) float64 {
		s := time.Since(start).Seconds()
		times[what] = append(times[what], s)
		return s
	}
	start := time.Now()
	incident, err := w.Draft(code, zones)
	if err != nil {
		return err
	}
	took("zones", start)
	start = time.Now()
	plan, err := w.Plan(incident)
	if err != nil {
		return err
	}
	p := took("plan", start)
	start = time.Now()
	if err := w.Apply(incident, plan); err != nil {
		return err
	}
	times["plan+apply"] = append(times["plan+apply"], p+took("apply", start))
	stage.Show("round", map[string]any{"posts": plan.Posts, "microgrids": plan.Microgrids, "households": plan.Households, "people": plan.People})
	start = time.Now()
	if err := w.Call(w.Author, "GET", "/overview", nil, nil); err != nil {
		return err
	}
	took("overview", start)
	start = time.Now()
	if err := w.Call(w.Second, "POST", "/incidents/"+incident+"/demobilize", map[string]any{"confirm": true}, nil); err != nil {
		return err
	}
	took("demobilize", start)
	return nil
}
