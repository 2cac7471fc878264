package app

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/demo"
	"shouwang/internal/dispatch/drill"
	"shouwang/internal/journal"
)

const hamlet = "990203008001" // the one community of the small demonstration

// hamletOf opens a world with the small demonstration in it.
func hamletOf(t *testing.T, cfg Config) (*App, *Client) {
	t.Helper()
	dir := t.TempDir()
	m, err := demo.Generate(dir, demo.Community, DemoSeed, nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Kind = Demo
	a := open(t, cfg)
	c, err := a.Client("operator", "zh")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"places", "residents", "helpers"} {
		for _, f := range m.Files {
			if f.Kind == kind && strings.HasSuffix(f.Name, ".xlsx") {
				if _, err := c.Import(context.Background(), kind, filepath.Join(dir, f.Name), false); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return a, c
}

func startDrill(t *testing.T, c *Client, playbook string, speed int) api.Drill {
	t.Helper()
	var d api.Drill
	r, err := c.Do(context.Background(), Request{Method: "POST", Path: "/drills", Body: map[string]any{"playbook": playbook, "place_code": hamlet, "speed": speed, "seed": 5}})
	if err == nil {
		err = r.Decode(&d)
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func readDrill(t *testing.T, c *Client, id string) api.Drill {
	t.Helper()
	var d api.Drill
	r, err := c.Do(context.Background(), Request{Method: "GET", Path: "/drills/" + id})
	if err == nil {
		err = r.Decode(&d)
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func endOf(t *testing.T, c *Client, id string) api.Drill {
	t.Helper()
	for range 1200 {
		if d := readDrill(t, c, id); d.State != drill.Running {
			return d
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the drill does not end")
	return api.Drill{}
}

// parentRows are what a drill must leave alone.
func parentRows(t *testing.T, a *App) (out []any) {
	t.Helper()
	ctx := context.Background()
	keep := func(v any, err error) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	places, err := a.Store.PlacesUnder(ctx, "", "")
	keep(places, err)
	helpers, err := a.Store.HelpersUnder(ctx, "")
	keep(helpers, err)
	posts, err := a.Store.Posts(ctx, "", "")
	keep(posts, err)
	homes, err := a.Store.Households(ctx, "")
	keep(homes, err)
	people, err := a.Store.PeopleByDoor(ctx, "")
	keep(people, err)
	incidents, err := a.Store.Incidents(ctx, false)
	keep(incidents, err)
	rounds, err := a.Store.Rounds(ctx, "")
	keep(rounds, err)
	return out
}

func code(err error) string {
	_, c := Explain(err, "zh")
	return c
}

// A whole drill leaves a score, and nothing in the world it was started from but its
// own row and two lines; the same seed gives the same score; deleting it deletes its
// world and keys.
func TestDrillLeavesTheRealWorldAlone(t *testing.T) {
	onEngines(t, func(t *testing.T, cfg Config) {
		ctx := context.Background()
		a, c := hamletOf(t, cfg)
		before, last := parentRows(t, a), a.Store.Last()
		d := endOf(t, c, startDrill(t, c, "epidemic", 0).ID)
		s := d.Report.Score
		if d.State != drill.Ended || s == nil || s.Doors == 0 || s.Posts == 0 {
			t.Fatalf("%+v", d)
		}
		if s.Doors != s.Reached+s.Unknocked+s.NoAnswer || s.Present+s.Empty > s.Posts || s.Reached == 0 || len(d.Report.Weak) == 0 {
			t.Fatalf("%+v", s)
		}
		for _, x := range d.Report.Steps {
			if !x.Done || x.Found.ZH == "" || x.Found.EN == "" {
				t.Errorf("step %+v", x)
			}
		}
		if !reflect.DeepEqual(before, parentRows(t, a)) {
			t.Error("the drill changed the world it was started from")
		}
		es, err := a.Store.Entries(ctx, last, 100)
		if err != nil || len(es) != 2 || es[0].Verb != "drill.started" || es[1].Verb != "drill.ended" {
			t.Fatalf("%+v %v", es, err)
		}
		w, err := a.drills.look(ctx, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		inner(t, a, w, d)
		again := endOf(t, c, startDrill(t, c, "epidemic", 0).ID)
		if !reflect.DeepEqual(again.Report, d.Report) {
			t.Errorf("the same seed gave another drill:\n%+v\n%+v", *again.Report.Score, *s)
		}
		data, keys := a.drills.dirs(d.ID)
		if _, err := c.Do(ctx, Request{Method: "DELETE", Path: "/drills/" + d.ID}); err != nil {
			t.Fatal(err)
		}
		for _, dir := range []string{data, keys} {
			if _, err := os.Stat(dir); !os.IsNotExist(err) {
				t.Errorf("%s is still there", dir)
			}
		}
		if _, err := c.Do(ctx, Request{Method: "GET", Path: "/drills/" + d.ID}); code(err) != "SW-1010" {
			t.Errorf("a deleted drill answers %v", err)
		}
	})
}

// inner looks at the world of a drill: its journal tells the hour, nobody in it has a
// name or a phone, and it verifies by keys of its own.
func inner(t *testing.T, a, w *App, d api.Drill) {
	t.Helper()
	ctx := context.Background()
	verbs := map[string]int{}
	var played []journal.Entry
	for at := int64(0); ; {
		es, err := w.Store.Entries(ctx, at, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(es) == 0 {
			break
		}
		for _, e := range es {
			verbs[e.Verb]++
			played = append(played, e)
		}
		at = es[len(es)-1].Seq
	}
	s := d.Report.Score
	if verbs["drill.copied"] != 1 || verbs["incident.declared"] != 1 || verbs["incident.applied"] == 0 || verbs["target.recorded"] < s.Doors-s.Unknocked || verbs["post.arrived"] < s.Present {
		t.Errorf("%v %+v", verbs, s)
	}
	hs, err := w.Store.HelpersUnder(ctx, "")
	if err != nil || len(hs) == 0 {
		t.Fatal(err)
	}
	real, err := a.Store.HelpersUnder(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, h := range real {
		names[h.Name], names[h.Number] = true, true
	}
	for _, h := range hs {
		if h.WorkPhone != "" || names[h.Name] || names[h.Number] {
			t.Fatalf("a drill knows %+v", h)
		}
	}
	if w.keys.verifier == a.keys.verifier || w.Kind != Drill || w.API.Drills != nil {
		t.Error("the drill shares what is its parent's")
	}
	for _, e := range played { // everybody acts by an account of their own, nobody as the machine
		if (e.Verb == "post.arrived" || e.Verb == "target.recorded") && !strings.HasPrefix(e.Actor, "drill-") || e.Actor == drillCommand && e.Verb != "post.arrived" && strings.HasPrefix(e.Verb, "target.") {
			t.Fatalf("%s by %s", e.Verb, e.Actor)
		}
	}
	run, _, err := a.Store.Drill(ctx, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	token, err := w.guest(ctx, access.Commander, run)
	if err != nil {
		t.Fatal(err)
	}
	guest := w.bearer(token, "zh")
	_, err = guest.Do(ctx, Request{Method: "POST", Path: "/drills", Body: map[string]any{"playbook": "epidemic", "place_code": hamlet}})
	if code(err) != "SW-2202" {
		t.Errorf("a drill in a drill: %v", err)
	}
}

// What is wrong is refused before anything is begun; a drill that runs is stopped,
// not deleted; no more run than there is room for.
func TestDrillRefusals(t *testing.T) {
	ctx := context.Background()
	a, c := hamletOf(t, Config{Data: filepath.Join(t.TempDir(), "d")})
	last := a.Store.Last()
	for _, x := range []struct {
		body map[string]any
		want string
	}{
		{map[string]any{"playbook": "plague", "place_code": hamlet}, "SW-1499"},
		{map[string]any{"playbook": "normal", "place_code": hamlet}, "SW-1499"},
		{map[string]any{"playbook": "epidemic", "place_code": "990299999999"}, "SW-1010"},
		{map[string]any{"playbook": "epidemic", "place_code": hamlet, "speed": 601}, "SW-2203"},
		{map[string]any{"playbook": "epidemic", "place_code": hamlet, "speed": -1}, "SW-2203"},
	} {
		if _, err := c.Do(ctx, Request{Method: "POST", Path: "/drills", Body: x.body}); code(err) != x.want {
			t.Errorf("%v: %v, expected %s", x.body, err, x.want)
		}
	}
	if a.Store.Last() != last {
		t.Error("a refused drill left an entry")
	}
	one, two := startDrill(t, c, "epidemic", 1), startDrill(t, c, "fire", 1)
	if _, err := c.Do(ctx, Request{Method: "POST", Path: "/drills", Body: map[string]any{"playbook": "fire", "place_code": hamlet}}); code(err) != "SW-2206" {
		t.Errorf("a third drill: %v", err)
	}
	if _, err := c.Do(ctx, Request{Method: "DELETE", Path: "/drills/" + one.ID}); code(err) != "SW-2204" {
		t.Errorf("a running drill was deleted: %v", err)
	}
	for _, id := range []string{one.ID, two.ID} {
		if _, err := c.Do(ctx, Request{Method: "POST", Path: "/drills/" + id + "/stop"}); err != nil {
			t.Fatal(err)
		}
		if d := readDrill(t, c, id); d.State != drill.Stopped || d.Report.Score != nil || d.Report.Why.ZH == "" {
			t.Errorf("%+v", d)
		}
	}
}

// A server that ends in the middle leaves a drill that says so; its data open as
// nothing but a drill.
func TestDrillAndRestart(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: filepath.Join(t.TempDir(), "d")}
	a, c := hamletOf(t, cfg)
	d := startDrill(t, c, "epidemic", 1)
	if _, err := a.drills.look(ctx, d.ID); err != nil {
		t.Fatal(err)
	}
	a.Close()
	b := open(t, cfg)
	run, ok, err := b.Store.Drill(ctx, d.ID)
	if err != nil || !ok || run.State != drill.Stopped {
		t.Fatalf("%+v %v", run, err)
	}
	run.State = drill.Running // as after a crash, when nobody could write it down
	if _, err := b.Store.Commit(ctx, nil, nil, journal.Change{Row: &run, Base: run.Version}); err != nil {
		t.Fatal(err)
	}
	data, keys := b.drills.dirs(d.ID)
	b.Close()
	refused(t, Config{Data: data, Keys: keys, Kind: Real}, ErrIsDrill)
	refused(t, Config{Data: data, Keys: keys}, ErrIsDrill)
	b = open(t, cfg)
	if run, _, err = b.Store.Drill(ctx, d.ID); err != nil || run.State != drill.Stopped || !strings.Contains(run.Report.Why.ZH, "服务中途停止") {
		t.Fatalf("%+v %v", run, err)
	}
	w, err := b.drills.look(ctx, d.ID) // what it came to can still be looked at
	if err != nil {
		t.Fatal(err)
	}
	if now := w.Config.Clock(); now.Before(run.Started) || now.After(run.Started.Add(time.Hour)) {
		t.Errorf("the clock of an old drill shows %s, begun %s", now, run.Started)
	}
	if _, err := b.drills.look(ctx, "nothing"); !errors.Is(err, ErrDrillGone) {
		t.Error(err)
	}
}

// Whoever may run drills at the place is led into a drill's world by a cookie of its
// own; nobody else is, and neither session opens the other world.
func TestDrillDoor(t *testing.T) {
	a, c := hamletOf(t, Config{Data: filepath.Join(t.TempDir(), "d")})
	d := endOf(t, c, startDrill(t, c, "fire", 0).ID)
	token := func(role, place string) string {
		var out struct{ Token string }
		r, err := c.Do(context.Background(), Request{Method: "POST", Path: "/tokens", Body: map[string]any{"role": role, "place_code": place}})
		if err == nil {
			err = r.Decode(&out)
		}
		if err != nil {
			t.Fatal(err)
		}
		return out.Token
	}
	ask := func(method, path string, cookies ...string) *http.Response {
		r := httptest.NewRequest(method, path, nil)
		for _, v := range cookies {
			r.AddCookie(&http.Cookie{Name: api.CookieName, Value: v})
		}
		w := httptest.NewRecorder()
		a.handler.ServeHTTP(w, r)
		return w.Result()
	}
	door := "/drill/" + d.ID
	if r := ask("GET", door); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/login" || len(r.Cookies()) != 0 {
		t.Errorf("a stranger: %d %v", r.StatusCode, r.Header)
	}
	for _, role := range []string{"lead", "inspector", "admin"} {
		if r := ask("GET", door, token(role, hamlet)); r.StatusCode != http.StatusNotFound || len(r.Cookies()) != 0 {
			t.Errorf("%s: %d %v", role, r.StatusCode, r.Header)
		}
	}
	real := token("community", hamlet)
	r := ask("GET", door, real)
	if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != door+"/console" || len(r.Cookies()) != 1 || r.Cookies()[0].Path != door || !r.Cookies()[0].HttpOnly {
		t.Fatalf("%d %v", r.StatusCode, r.Header)
	}
	inner := r.Cookies()[0].Value
	for _, x := range []struct {
		path    string
		cookies []string
		want    int
	}{
		{door + "/api/v1/me", []string{inner}, 200},
		{door + "/api/v1/me", []string{inner, real}, 200},
		{door + "/api/v1/me", []string{real}, 401},
		{door + "/api/v1/me", nil, 401},
		{"/api/v1/me", []string{inner}, 401},
		{"/api/v1/me", []string{real}, 200},
		{door + "/console", []string{inner}, 200},
		{door + "/drill/" + d.ID, []string{inner}, 200}, // a page of the application, no drill in the drill
		{door, []string{inner, real}, 303},
		{"/drill/nothing", []string{real}, 404},
		{"/drill/nothing/api/v1/me", []string{inner}, 404},
		{"/drill/../console", []string{real}, 404},
	} {
		if r := ask("GET", x.path, x.cookies...); r.StatusCode != x.want && !(x.path == "/drill/../console" && r.StatusCode/100 == 3) {
			t.Errorf("%s with %d cookies: %d, expected %d", x.path, len(x.cookies), r.StatusCode, x.want)
		}
	}
	var me api.Me
	if err := json.NewDecoder(ask("GET", door+"/api/v1/me", inner).Body).Decode(&me); err != nil || me.Drill == nil || me.Drill.ID != d.ID || me.Drill.State != drill.Ended || me.Demo {
		t.Errorf("%+v %v", me, err)
	}
	if len(me.Grants) != 1 || me.Grants[0].Role != "community" {
		t.Errorf("a community's person is %+v in the drill", me.Grants)
	}
	r = ask("GET", door, token("commander", hamlet))
	if len(r.Cookies()) != 1 {
		t.Fatalf("%d %v", r.StatusCode, r.Header)
	}
	if err := json.NewDecoder(ask("GET", door+"/api/v1/me", r.Cookies()[0].Value).Body).Decode(&me); err != nil || len(me.Grants) != 1 || me.Grants[0].Role != "commander" {
		t.Errorf("an officer is %+v in the drill: %v", me.Grants, err)
	}
	out := ask("DELETE", door+"/api/v1/sessions/current", inner)
	if len(out.Cookies()) != 1 || out.Cookies()[0].Path != door {
		t.Errorf("leaving a drill: %d %v", out.StatusCode, out.Header)
	}
	if r := ask("GET", "/api/v1/me", real); r.StatusCode != 200 {
		t.Error("leaving a drill signed somebody out of the real world")
	}
}
