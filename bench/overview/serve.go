package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	_ "net/http/pprof" // -pprof shows where the time goes
	"os"
	"path/filepath"
	"time"

	"shouwang/internal/app"
)

// stage is what the measuring process needs to know of the served world.
type stage struct {
	Engine      string
	URL, Round  string
	Commander   string   // token
	Workers     []string // tokens of one community worker a community
	Communities []string // place ids, in the same order
	Top         string   // place id of the subdistrict
	Doors       []string // place ids of the sweep's targets
	Of          []int    // the community each of them stands in
}

// serve fills a world, throws the switch, says where it is and serves it until
// its standard input ends.
func serve(db, size, profile string) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	dir, err := os.MkdirTemp("", "overview")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	data := filepath.Join(dir, "data")
	defer os.RemoveAll(app.KeysDir(data))
	a, err := app.Open(ctx, app.Config{Data: data, DB: db, Kind: app.Demo})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Demonstrate(ctx, size, nil); err != nil {
		return err
	}
	s := stage{Engine: a.Store.Engine()}
	if err := s.fill(ctx, a, filepath.Join(data, "demo-files", "zones.csv")); err != nil {
		return err
	}
	srv, err := a.Listen("127.0.0.1:0")
	if err != nil {
		return err
	}
	srv.Ready()
	s.URL = "http://" + srv.Addr() + "/api/v1"
	if profile != "" {
		go func() { fmt.Fprintln(os.Stderr, http.ListenAndServe(profile, nil)) }()
	}
	if err := json.NewEncoder(os.Stdout).Encode(s); err != nil {
		return err
	}
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); stop() }()
	return srv.Run(ctx)
}

// fill draws the demonstration's own zones, applies the plan by a second person
// and makes the tokens.
func (s *stage) fill(ctx context.Context, a *app.App, zones string) error {
	first, err := a.Client("bench-author", "en")
	if err != nil {
		return err
	}
	second, err := a.Client("bench-second", "en")
	if err != nil {
		return err
	}
	call := func(c *app.Client, method, path string, body, into any) error {
		r, err := c.Do(ctx, app.Request{Method: method, Path: path, Body: body})
		if err != nil || into == nil {
			return err
		}
		return r.Decode(into)
	}
	type listed struct {
		Items []struct{ ID, Code string }
	}
	var tops, coms listed
	if err := call(first, "GET", "/places?kind=subdistrict", nil, &tops); err != nil {
		return err
	}
	if err := call(first, "GET", "/places?kind=community&limit=100", nil, &coms); err != nil {
		return err
	}
	s.Top = tops.Items[0].ID
	token := func(role, code string) (string, error) {
		var t struct{ Token string }
		return t.Token, call(first, "POST", "/tokens", map[string]any{"role": role, "place_code": code}, &t)
	}
	if s.Commander, err = token("commander", tops.Items[0].Code); err != nil {
		return err
	}
	for _, c := range coms.Items {
		t, err := token("community", c.Code)
		if err != nil {
			return err
		}
		s.Workers, s.Communities = append(s.Workers, t), append(s.Communities, c.ID)
	}
	var inc struct{ Incident string }
	if err := call(first, "POST", "/incidents", map[string]any{"title": "bench", "playbook": "epidemic", "place_code": tops.Items[0].Code}, &inc); err != nil {
		return err
	}
	f, err := os.Open(zones)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	name := map[string]string{"封控区": "lockdown", "管控区": "control", "防范区": "precaution"}
	codes := map[string][]string{}
	for _, r := range rows[1:] {
		codes[name[r[0]]] = append(codes[name[r[0]]], r[1])
	}
	until := time.Now().AddDate(0, 0, 7).Format("2006-01-02")
	for z, list := range codes {
		if err := call(first, "POST", "/incidents/"+inc.Incident+"/zones", map[string]any{"zone": z, "place_codes": list, "basis": "bench", "until": until}, nil); err != nil {
			return err
		}
	}
	var plan struct{ Plan string }
	if err := call(first, "POST", "/incidents/"+inc.Incident+"/plan", nil, &plan); err != nil {
		return err
	}
	if err := call(second, "POST", "/incidents/"+inc.Incident+"/apply", map[string]any{"plan": plan.Plan}, nil); err != nil {
		return err
	}
	var rounds struct{ Items []struct{ ID string } }
	if err := call(first, "GET", "/rounds?incident_id="+inc.Incident, nil, &rounds); err != nil {
		return err
	}
	s.Round = rounds.Items[0].ID
	for i, c := range s.Communities {
		for next := ""; ; {
			var page struct {
				Items []struct {
					PlaceID string `json:"place_id"`
				}
				Next string
			}
			if err := call(first, "GET", "/rounds/"+s.Round+"/targets?state=all&limit=1000&under="+c+"&cursor="+next, nil, &page); err != nil {
				return err
			}
			for _, d := range page.Items {
				s.Doors, s.Of = append(s.Doors, d.PlaceID), append(s.Of, i)
			}
			if next = page.Next; next == "" {
				break
			}
		}
	}
	return nil
}
