package stage

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"shouwang/internal/app"
	"shouwang/internal/exchange"
	"shouwang/internal/store/pgtest"
)

// Options say which world is wanted.
type Options struct {
	DB   string // PostgreSQL address; empty: SQLite
	Size string // of the demonstration, community or full; empty: an empty world
	Data string // where to keep the data; empty: a temporary folder, removed at the end
}

// World is a world opened in this process, with two people who may throw the switch.
type World struct {
	*app.App
	Author, Second *app.Client
	ctx            context.Context
	end            []func()
}

// Open opens a world and fills it with the demonstration unless it is filled.
func Open(ctx context.Context, o Options) (w *World, err error) {
	w = &World{ctx: ctx}
	defer func() {
		if err != nil {
			w.Close()
		}
	}()
	data := o.Data
	if data == "" {
		dir, err := os.MkdirTemp("", "bench")
		if err != nil {
			return w, err
		}
		data = filepath.Join(dir, "data")
		w.end = append(w.end, func() { _ = os.RemoveAll(dir) })
	}
	if w.App, err = app.Open(ctx, app.Config{Data: data, DB: o.DB, Kind: app.Demo}); err != nil {
		return w, err
	}
	w.end = append(w.end, func() { w.App.Close() })
	if w.Author, err = w.Client("bench-author", "en"); err != nil {
		return w, err
	}
	if w.Second, err = w.Client("bench-second", "en"); err != nil || o.Size == "" {
		return w, err
	}
	return w, w.Demonstrate(ctx, o.Size, nil)
}

// Close ends the world and removes it when it was a temporary one.
func (w *World) Close() {
	for i := len(w.end) - 1; i >= 0; i-- {
		w.end[i]()
	}
	w.end = nil
}

// Call does one operation as somebody and reads its answer into out, unless nil.
func (w *World) Call(c *app.Client, method, path string, body, out any) error {
	r, err := c.Do(w.ctx, app.Request{Method: method, Path: path, Body: body})
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if out == nil {
		return nil
	}
	return r.Decode(out)
}

// Zones reads the zones that the demonstration itself draws: codes of places by zone.
func (w *World) Zones() (map[string][]string, error) {
	f, err := os.Open(filepath.Join(w.Config.Data, "demo-files", "zones.csv"))
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
		z := name[r[0]]
		if z == "" {
			z = r[0]
		}
		out[z] = append(out[z], r[1])
	}
	return out, nil
}

// Draft declares an epidemic at a place, draws zones of it and returns its id.
func (w *World) Draft(code string, zones map[string][]string) (string, error) {
	var inc struct{ Incident string }
	if err := w.Call(w.Author, "POST", "/incidents", map[string]any{"title": "bench", "playbook": "epidemic", "place_code": code}, &inc); err != nil {
		return "", err
	}
	until := time.Now().AddDate(0, 0, 7).Format("2006-01-02")
	for _, z := range []string{"precaution", "control", "lockdown"} {
		if len(zones[z]) == 0 {
			continue
		}
		if err := w.Call(w.Author, "POST", "/incidents/"+inc.Incident+"/zones", map[string]any{"zone": z, "place_codes": zones[z], "basis": "bench", "until": until}, nil); err != nil {
			return "", err
		}
	}
	return inc.Incident, nil
}

// Plan is what a plan says of itself.
type Plan struct {
	Plan                           string
	Posts                          json.RawMessage
	Microgrids, Households, People int
}

// Plan plans the incident.
func (w *World) Plan(incident string) (p Plan, err error) {
	return p, w.Call(w.Author, "POST", "/incidents/"+incident+"/plan", nil, &p)
}

// Apply applies a plan as the second person.
func (w *World) Apply(incident string, p Plan) error {
	return w.Call(w.Second, "POST", "/incidents/"+incident+"/apply", map[string]any{"plan": p.Plan}, nil)
}

// Subdistrict returns id and code of the first subdistrict.
func (w *World) Subdistrict() (id, code string, err error) {
	var tops struct{ Items []struct{ ID, Code string } }
	if err = w.Call(w.Author, "GET", "/places?kind=subdistrict", nil, &tops); err == nil && len(tops.Items) == 0 {
		err = fmt.Errorf("there is no subdistrict")
	}
	if err != nil {
		return "", "", err
	}
	return tops.Items[0].ID, tops.Items[0].Code, nil
}

// Targets returns the place ids of a round's targets at or below a place.
func (w *World) Targets(round, under string) (ids []string, err error) {
	for next := ""; ; {
		var page struct {
			Items []struct {
				PlaceID string `json:"place_id"`
			}
			Next string
		}
		if err := w.Call(w.Author, "GET", "/rounds/"+round+"/targets?state=all&limit=1000&under="+under+"&cursor="+next, nil, &page); err != nil {
			return nil, err
		}
		for _, d := range page.Items {
			ids = append(ids, d.PlaceID)
		}
		if next = page.Next; next == "" {
			return ids, nil
		}
	}
}

// Child answers when this process was started to read a spreadsheet, as the
// product starts itself, and does not return then.
func Child() {
	if len(os.Args) > 1 && os.Args[1] == "sheet-read" {
		End(exchange.ReadChild(os.Stdin, os.Stdout))
		os.Exit(0)
	}
}

// Throwaway starts a PostgreSQL of its own when it is wanted, and returns the
// address to use and how to end it.
func Throwaway(wanted bool, db string) (address string, end func(), err error) {
	if !wanted {
		return db, func() {}, nil
	}
	cluster, err := pgtest.Start()
	if err != nil {
		return "", nil, err
	}
	address, err = cluster.Database()
	return address, cluster.Stop, err
}

// Show prints one figure as a line of JSON.
func Show(what string, facts map[string]any) {
	facts["what"] = what
	b, err := json.Marshal(facts)
	End(err)
	fmt.Println(string(b))
}

// Load is the load of the machine over the last minute, for a figure's line.
func Load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	load, _, _ := strings.Cut(string(text), " ")
	return load
}

// End ends the program with the error, if there is one.
func End(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
