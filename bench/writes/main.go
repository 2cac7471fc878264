// Command writes measures single writes and batches over HTTP, ours beside
// PocketBase, in turn: A B A B. Each is served by a process of its own, on loopback,
// with sign-in; both end here:
//
//	writes -httpload HL [-pocketbase PB] [-runs 5] [-time 5s] [-rows 0] [-data DIR] [-their-data DIR] [-pg | -db postgres://…]
//	       [-server-cores 0,1 -load-cores 2,3] [-size full] [-their-port 18090] [-pprof ADDRESS]
//
// -rows fills the tables of both before. With cores named, the server under load and
// the load generator run on cores of their own (taskset). PocketBase absent: its
// lines say so and ours stand alone.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"

	"shouwang/bench/stage"
)

type options struct {
	stage.Service
	theirs, theirData, load, time, loadCores string
	runs, theirPort                          int
}

func main() {
	stage.Child()
	var o options
	o.Flags()
	flag.StringVar(&o.theirs, "pocketbase", "", "the PocketBase program of bench/pocketbase; empty: absent")
	flag.StringVar(&o.theirData, "their-data", "", "folder that keeps PocketBase's data for further runs; empty: a temporary one")
	flag.StringVar(&o.load, "httpload", "", "the load generator of bench/httpload")
	flag.StringVar(&o.time, "time", "5s", "how long one run measures")
	flag.IntVar(&o.runs, "runs", 5, "pairs of runs")
	flag.StringVar(&o.loadCores, "load-cores", "", "cores of the load generator; empty: any")
	flag.IntVar(&o.theirPort, "their-port", 18090, "port of PocketBase")
	flag.Parse()
	stage.End(o.Run(o.compare))
}

// compare measures both in turn, first single records, then batches.
func (o options) compare(at *stage.Served) error {
	dir, err := os.MkdirTemp("", "writes")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	us, err := ours(o, at, dir)
	if err != nil {
		return err
	}
	var them *server
	if o.theirs != "" {
		if them, err = startTheirs(o); them != nil {
			defer them.stop()
		}
		if err != nil {
			return err
		}
	}
	stage.Show("before", map[string]any{"engine": at.Engine, "doors": len(at.Doors), "entries": at.Rows, "their_rows": o.Rows, "load": stage.Load()})
	for _, kind := range []string{"single", "batch of 50"} {
		var a, b []result
		for range o.runs {
			r, err := us.load(o, kind)
			if err != nil {
				return err
			}
			a = append(a, r)
			if them != nil {
				if r, err = them.load(o, kind); err != nil {
					return err
				}
				b = append(b, r)
			}
		}
		show("shouwang", kind, a)
		if them == nil {
			stage.Show(kind, map[string]any{"server": "pocketbase", "anchor": "absent"})
			continue
		}
		show("pocketbase", kind, b)
		stage.Show(kind, map[string]any{"rate_ratio": middle(a).Rate / middle(b).Rate, "p99_ratio": middle(a).P99 / middle(b).P99, "load": stage.Load()})
	}
	return nil
}

type result struct {
	Records int     `json:"records"`
	Bad     int     `json:"bad"`
	Refused int     `json:"refused"`
	First   string  `json:"first_bad"`
	Rate    float64 `json:"records_per_second"`
	P50     float64 `json:"p50_ms"`
	P99     float64 `json:"p99_ms"`
}

func middle(rs []result) result {
	s := append([]result{}, rs...)
	sort.Slice(s, func(i, j int) bool { return s[i].Rate < s[j].Rate })
	return s[len(s)/2]
}

func show(server, kind string, rs []result) {
	s := append([]result{}, rs...)
	sort.Slice(s, func(i, j int) bool { return s[i].Rate < s[j].Rate })
	bad, refused := 0, 0
	for _, r := range s {
		bad += r.Bad
		refused += r.Refused
	}
	m := s[len(s)/2]
	stage.Show(kind, map[string]any{"server": server, "runs": len(s), "records_per_second": int(m.Rate), "min": int(s[0].Rate), "max": int(s[len(s)-1].Rate),
		"p50_ms": m.P50, "p99_ms": m.P99, "bad": bad, "refused": refused, "first_bad": m.First})
}

// server is one program under load and how it is written to.
type server struct {
	cmd    *exec.Cmd
	single []string // arguments of the load generator
	batch  []string
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan struct{})
	go func() { _ = s.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		_ = s.cmd.Process.Kill()
	}
}

func (s *server) load(o options, kind string) (result, error) {
	args := s.single
	if kind != "single" {
		args = s.batch
	}
	out, err := stage.Command(o.loadCores, o.load, append([]string{"-clients", "64", "-time", o.time}, args...)...).Output()
	if err != nil {
		return result{}, fmt.Errorf("httpload: %w: %s", err, out)
	}
	var r result
	return r, json.Unmarshal(out, &r)
}

// ours says how the doors of the served sweep are recorded.
func ours(o options, at *stage.Served, dir string) (*server, error) {
	places := filepath.Join(dir, "doors.txt")
	if err := os.WriteFile(places, []byte(strings.Join(at.Doors, "\n")), 0o600); err != nil {
		return nil, err
	}
	auth := "Authorization: Bearer " + at.Everywhere
	record := "/rounds/" + at.Round + "/targets/{place}/record"
	return &server{
		single: []string{"-url", at.URL + record, "-places", places, "-header", auth,
			"-header", "Operation-Id: {id}", "-header", "Device-Id: load-{device}", "-header", "Device-Sequence: {seq}", "-body", `{"outcome":"at-home"}`},
		batch: []string{"-url", at.URL + "/batch", "-places", places, "-header", auth, "-batch", "50", "-count", `"status":200`, "-body", `{"device":"load-{device}","operations":[{items}]}`,
			"-item", `{"id":"{id}","sequence":0,"verb":"POST","path":"/api/v1` + record + `","body":{"outcome":"at-home"}}`},
	}, nil
}

func startTheirs(o options) (*server, error) {
	s := &server{cmd: stage.Command(o.Cores, o.theirs, "-addr", fmt.Sprintf("127.0.0.1:%d", o.theirPort), "-rows", fmt.Sprint(o.Rows), "-data", o.theirData)}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return s, err
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	var at struct{ URL, Batch, Token string }
	if err := json.Unmarshal([]byte(line), &at); err != nil {
		return s, fmt.Errorf("pocketbase said %q: %w", line, err)
	}
	s.single = []string{"-url", at.URL, "-token", at.Token, "-body", `{"operation":"{id}","round":"sweep","place":"{place}","outcome":"at-home"}`}
	s.batch = []string{"-url", at.Batch, "-token", at.Token, "-batch", "50", "-count", `"status":200`, "-body", `{"requests":[{items}]}`,
		"-item", `{"method":"POST","url":"/api/collections/outcomes/records","body":{"operation":"{id}","round":"sweep","place":"{place}","outcome":"at-home"}}`}
	return s, nil
}
