// Command writes measures single writes and batches over HTTP, ours beside
// PocketBase, in turn: A B A B. Both are started here, as processes of their own,
// on loopback, with sign-in; both end here. Programs are given by path:
//
//	writes -shouwang bin/shouwang -pocketbase PB -httpload HL [-runs 5] [-time 5s] [-rows 0] [-db postgres://…]
//	       [-server-cores 0,1 -load-cores 2,3] [-port 18080] [-their-port 18090]
//
// With cores named, the server under load and the load generator run on cores of
// their own (taskset). PocketBase absent: its lines say so and ours stand alone.
package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"
)

type options struct {
	ours, theirs, load, db, time string
	serverCores, loadCores, size string
	runs, rows, port, theirPort  int
}

// command is a program, bound to cores when some are named.
func command(cores, program string, args ...string) *exec.Cmd {
	if cores == "" {
		return exec.Command(program, args...)
	}
	return exec.Command("taskset", append([]string{"-c", cores, program}, args...)...)
}

func main() {
	var o options
	flag.StringVar(&o.ours, "shouwang", "bin/shouwang", "our program")
	flag.StringVar(&o.theirs, "pocketbase", "", "the PocketBase program of bench/pocketbase; empty: absent")
	flag.StringVar(&o.load, "httpload", "", "the load generator of bench/httpload")
	flag.StringVar(&o.db, "db", "", "PostgreSQL address for ours; empty: SQLite")
	flag.StringVar(&o.time, "time", "5s", "how long one run measures")
	flag.IntVar(&o.runs, "runs", 5, "pairs of runs")
	flag.IntVar(&o.rows, "rows", 0, "records PocketBase is loaded with before")
	flag.StringVar(&o.serverCores, "server-cores", "", "cores of the servers, as taskset names them; empty: any")
	flag.StringVar(&o.loadCores, "load-cores", "", "cores of the load generator; empty: any")
	flag.StringVar(&o.size, "size", "full", "demonstration that ours serves, community or full")
	flag.IntVar(&o.port, "port", 18080, "port of our server")
	flag.IntVar(&o.theirPort, "their-port", 18090, "port of PocketBase")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(o options) error {
	dir, err := os.MkdirTemp("", "writes")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	us, err := startOurs(o, dir)
	if us != nil {
		defer us.stop() // also when it could not be made ready
	}
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
			fmt.Printf("{\"what\":%q,\"server\":\"pocketbase\",\"anchor\":\"absent\"}\n", kind)
			continue
		}
		show("pocketbase", kind, b)
		fmt.Printf("{\"what\":%q,\"rate_ratio\":%.2f,\"p99_ratio\":%.2f}\n", kind, middle(a).Rate/middle(b).Rate, middle(a).P99/middle(b).P99)
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
	fmt.Printf("{\"what\":%q,\"server\":%q,\"runs\":%d,\"records_per_second\":%.0f,\"min\":%.0f,\"max\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"bad\":%d,\"refused\":%d,\"first_bad\":%q}\n",
		kind, server, len(s), m.Rate, s[0].Rate, s[len(s)-1].Rate, m.P50, m.P99, bad, refused, m.First)
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
	out, err := command(o.loadCores, o.load, append([]string{"-clients", "64", "-time", o.time}, args...)...).Output()
	if err != nil {
		return result{}, fmt.Errorf("httpload: %w: %s", err, out)
	}
	var r result
	return r, json.Unmarshal(out, &r)
}

// startOurs serves the small demonstration, applies its zones and returns how the
// doors of its sweep are recorded.
func startOurs(o options, dir string) (*server, error) {
	data := filepath.Join(dir, "data")
	args := []string{"serve", "--demo", "--demo-size", o.size, "--data", data, "--addr", fmt.Sprintf("127.0.0.1:%d", o.port)}
	if o.db != "" {
		args = append(args, "--db", o.db)
	}
	s := &server{cmd: command(o.serverCores, o.ours, args...)}
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	base := fmt.Sprintf("http://127.0.0.1:%d", o.port)
	c := client{base: base + "/api/v1"}
	if err := c.wait(base + "/readyz"); err != nil {
		return s, err
	}
	enter := func(id string) error { return c.enter(id) }
	if err := enter("commander"); err != nil {
		return s, err
	}
	var inc struct{ Incident string }
	var tops struct{ Items []struct{ Code string } }
	if err := c.call("GET", "/places?kind=subdistrict", nil, &tops); err != nil {
		return s, err
	}
	if err := c.call("POST", "/incidents", map[string]any{"title": "bench", "playbook": "epidemic", "place_code": tops.Items[0].Code}, &inc); err != nil {
		return s, err
	}
	f, err := os.Open(filepath.Join(data, "demo-files", "zones.csv"))
	if err != nil {
		return s, err
	}
	rows, err := csv.NewReader(f).ReadAll()
	f.Close()
	if err != nil {
		return s, err
	}
	// A closed building needs posts of its own; what is measured needs only doors.
	names := map[string]string{"封控区": "precaution", "管控区": "precaution", "防范区": "precaution"}
	codes := map[string][]string{}
	for _, r := range rows[1:] {
		codes[names[r[0]]] = append(codes[names[r[0]]], r[1])
	}
	for z, list := range codes {
		body := map[string]any{"zone": z, "place_codes": list, "basis": "bench", "until": time.Now().AddDate(0, 0, 7).Format("2006-01-02")}
		if err := c.call("POST", "/incidents/"+inc.Incident+"/zones", body, nil); err != nil {
			return s, err
		}
	}
	var plan struct{ Plan string }
	if err := c.call("POST", "/incidents/"+inc.Incident+"/plan", nil, &plan); err != nil {
		return s, err
	}
	if err := enter("deputy"); err != nil {
		return s, err
	}
	if err := c.call("POST", "/incidents/"+inc.Incident+"/apply", map[string]any{"plan": plan.Plan}, nil); err != nil {
		return s, err
	}
	if err := enter("community"); err != nil {
		return s, err
	}
	var rounds struct{ Items []struct{ ID string } }
	if err := c.call("GET", "/rounds?incident_id="+inc.Incident, nil, &rounds); err != nil {
		return s, err
	}
	round := rounds.Items[0].ID
	var doors []string
	next := ""
	for {
		var page struct {
			Items []struct {
				PlaceID string `json:"place_id"`
			}
			Next string
		}
		if err := c.call("GET", "/rounds/"+round+"/targets?state=all&limit=1000&cursor="+next, nil, &page); err != nil {
			return s, err
		}
		for _, d := range page.Items {
			doors = append(doors, d.PlaceID)
		}
		if next = page.Next; next == "" {
			break
		}
	}
	fmt.Fprintf(os.Stderr, "%d doors\n", len(doors))
	places := filepath.Join(dir, "doors.txt")
	if err := os.WriteFile(places, []byte(strings.Join(doors, "\n")), 0o600); err != nil {
		return s, err
	}
	auth := "Cookie: " + c.cookie
	s.single = []string{"-url", c.base + "/rounds/" + round + "/targets/{place}/record", "-places", places, "-header", auth,
		"-header", "Operation-Id: {id}", "-header", "Device-Id: load-{device}", "-header", "Device-Sequence: {seq}", "-body", `{"outcome":"at-home"}`}
	s.batch = []string{"-url", c.base + "/batch", "-places", places, "-header", auth, "-batch", "50", "-count", `"status":200`, "-body", `{"device":"load-{device}","operations":[{items}]}`,
		"-item", `{"id":"{id}","sequence":0,"verb":"POST","path":"/api/v1/rounds/` + round + `/targets/{place}/record","body":{"outcome":"at-home"}}`}
	return s, nil
}

func startTheirs(o options) (*server, error) {
	s := &server{cmd: command(o.serverCores, o.theirs, "-addr", fmt.Sprintf("127.0.0.1:%d", o.theirPort), "-rows", fmt.Sprint(o.rows))}
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

// client is a small browser: it keeps its cookie.
type client struct{ base, cookie string }

func (c *client) wait(url string) error {
	ctx, stop := context.WithTimeout(context.Background(), 90*time.Second)
	defer stop()
	for ctx.Err() == nil {
		if r, err := http.Get(url); err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(200 * time.Millisecond)
	}
	return fmt.Errorf("%s did not answer", url)
}

func (c *client) enter(id string) error {
	c.cookie = ""
	return c.call("POST", "/demo/enter", map[string]string{"id": id}, nil)
}

func (c *client) call(method, path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	if body == nil {
		raw = nil
	}
	r, err := http.NewRequest(method, c.base+path, strings.NewReader(string(raw)))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", c.cookie)
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	out, err := io.ReadAll(a.Body)
	if err != nil {
		return err
	}
	if a.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %d %s", method, path, a.StatusCode, out)
	}
	for _, k := range a.Cookies() {
		c.cookie = k.Name + "=" + k.Value
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(out, into)
}
