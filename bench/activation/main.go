// Command activation measures what the switch costs: the whole demonstration is
// generated and imported by the public operations, the seeds' own zones are drawn,
// then planning, applying (durable) and demobilizing are timed, each line as JSON.
//
//	go run ./bench/activation [-db postgres://… | -pg] [-size full] [-rounds 5]
package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"time"

	"shouwang/internal/app"
	"shouwang/internal/exchange"
	"shouwang/internal/store/pgtest"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "sheet-read" {
		if err := exchange.ReadChild(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	db := flag.String("db", "", "PostgreSQL address; empty: SQLite")
	size := flag.String("size", "full", "community or full")
	throwaway := flag.Bool("pg", false, "start a throw-away PostgreSQL and use it")
	rounds := flag.Int("rounds", 5, "how often the switch is thrown and handed back")
	flag.Parse()
	if *throwaway {
		cluster, err := pgtest.Start()
		if err == nil {
			defer cluster.Stop()
			*db, err = cluster.Database()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if err := run(*db, *size, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type bench struct {
	author, second *app.Client
	ctx            context.Context
}

func run(db, size string, rounds int) error {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "activation")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	defer os.RemoveAll(app.KeysDir(filepath.Join(dir, "data")))
	a, err := app.Open(ctx, app.Config{Data: filepath.Join(dir, "data"), DB: db, Kind: app.Demo})
	if err != nil {
		return err
	}
	defer a.Close()
	start := time.Now()
	if err := a.Demonstrate(ctx, size, nil); err != nil {
		return err
	}
	show("import", map[string]any{"engine": a.Store.Engine(), "size": size, "seconds": time.Since(start).Seconds(), "cores": runtime.GOMAXPROCS(0)})
	b := bench{ctx: ctx}
	if b.author, err = a.Client("bench-author", "en"); err != nil {
		return err
	}
	if b.second, err = a.Client("bench-second", "en"); err != nil {
		return err
	}
	zones, err := readZones(filepath.Join(dir, "data", "demo-files", "zones.csv"))
	if err != nil {
		return err
	}
	times := map[string][]float64{}
	for range rounds {
		if err := b.round(zones, times); err != nil {
			return err
		}
	}
	for _, k := range []string{"zones", "plan", "apply", "plan+apply", "overview", "demobilize"} {
		t := times[k]
		sort.Float64s(t)
		show(k, map[string]any{"engine": a.Store.Engine(), "median": t[len(t)/2], "min": t[0], "max": t[len(t)-1], "rounds": len(t)})
	}
	return nil
}

// round declares, draws, plans, applies by a second person and hands back.
func (b *bench) round(zones map[string][]string, times map[string][]float64) error {
	var inc struct{ Incident string }
	var top struct {
		Items []struct{ Code string } `json:"items"`
	}
	if err := b.call(b.author, "GET", "/places?kind=subdistrict", nil, &top); err != nil {
		return err
	}
	if err := b.call(b.author, "POST", "/incidents", map[string]any{"title": "bench", "playbook": "epidemic", "place_code": top.Items[0].Code}, &inc); err != nil {
		return err
	}
	until := time.Now().AddDate(0, 0, 7).Format("2006-01-02")
	took := func(what string, start time.Time) float64 {
		s := time.Since(start).Seconds()
		times[what] = append(times[what], s)
		return s
	}
	start := time.Now()
	for _, z := range []string{"precaution", "control", "lockdown"} {
		if err := b.call(b.author, "POST", "/incidents/"+inc.Incident+"/zones", map[string]any{"zone": z, "place_codes": zones[z], "basis": "bench", "until": until}, nil); err != nil {
			return err
		}
	}
	took("zones", start)
	var plan struct {
		Plan       string
		Posts      json.RawMessage
		Microgrids int
		Households int
		People     int
	}
	start = time.Now()
	if err := b.call(b.author, "POST", "/incidents/"+inc.Incident+"/plan", nil, &plan); err != nil {
		return err
	}
	p := took("plan", start)
	start = time.Now()
	if err := b.call(b.second, "POST", "/incidents/"+inc.Incident+"/apply", map[string]any{"plan": plan.Plan}, nil); err != nil {
		return err
	}
	times["plan+apply"] = append(times["plan+apply"], p+took("apply", start))
	show("round", map[string]any{"posts": plan.Posts, "microgrids": plan.Microgrids, "households": plan.Households, "people": plan.People})
	start = time.Now()
	if err := b.call(b.author, "GET", "/overview", nil, nil); err != nil {
		return err
	}
	took("overview", start)
	start = time.Now()
	if err := b.call(b.second, "POST", "/incidents/"+inc.Incident+"/demobilize", map[string]any{"confirm": true}, nil); err != nil {
		return err
	}
	took("demobilize", start)
	return nil
}

func (b *bench) call(c *app.Client, method, path string, body, into any) error {
	r, err := c.Do(b.ctx, app.Request{Method: method, Path: path, Body: body})
	if err != nil || into == nil {
		return err
	}
	return r.Decode(into)
}

// readZones reads the demonstration's own zones: zone → place codes.
func readZones(file string) (map[string][]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	name := map[string]string{"封控区": "lockdown", "管控区": "control", "防范区": "precaution"}
	out := map[string][]string{}
	for _, r := range rows[1:] {
		out[name[r[0]]] = append(out[name[r[0]]], r[1])
	}
	return out, nil
}

func show(what string, facts map[string]any) {
	facts["what"] = what
	b, _ := json.Marshal(facts)
	fmt.Println(string(b))
}
