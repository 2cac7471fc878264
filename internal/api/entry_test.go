package api_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/live"
)

// Every write leaves its entry: who, what, at which place, under which operation,
// with the audience that may hear it; and a repeat leaves none.
func TestEveryWriteLeavesItsEntry(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		n := 0
		write := func(as, path string, body any, verbs ...string) *apitest.Answer {
			w.T.Helper()
			n++
			c := apitest.Call{As: as, Method: "POST", Path: path, Body: body, Header: map[string]string{"Operation-Id": fmt.Sprint("op", n)}}
			last := w.Store.Last()
			a := w.Send(c).OK()
			es := w.Entries(last)
			var got []string
			for _, e := range es {
				got = append(got, e.Verb)
				if e.Actor != "acc-"+as || !e.At.Equal(w.Clock()) || e.Audience == "" || e.Thing == "" || path != "/tokens" && e.Op != c.Header["Operation-Id"] || e.PlaceID == "" || e.Path == "" {
					t.Errorf("%s: %+v", path, e)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(verbs) {
				t.Fatalf("%s left %v, expected %v", path, got, verbs)
			}
			if a.Header.Get("Entry-Seq") != fmt.Sprint(last+int64(len(verbs))) {
				t.Errorf("%s: Entry-Seq %s after %d", path, a.Header.Get("Entry-Seq"), last)
			}
			if path == "/tokens" {
				return a
			}
			if again := w.Send(c).OK(); string(again.Body) != string(a.Body) || again.Header.Get("Repeat") != "true" || w.Store.Last() != last+int64(len(verbs)) {
				t.Errorf("%s sent again: %v %s", path, again.Header, again.Body)
			}
			return a
		}
		var i api.Incident
		write("commander", "/incidents", j{"title": "一", "playbook": "epidemic", "place_code": apitest.Subdistrict}, "incident.declared", "playbook.kept").OK(&i)
		write("commander", "/incidents", j{"title": "二", "playbook": "epidemic", "place_code": apitest.Subdistrict}, "incident.declared")
		at := "/incidents/" + i.ID
		zone := func(name string, codes ...string) j {
			return j{"zone": name, "place_codes": codes, "basis": basis, "until": "2026-11-30"}
		}
		write("commander", at+"/zones", zone("lockdown", apitest.Building, apitest.Building3), "measure.drawn", "measure.drawn")
		write("commander", at+"/zones", zone("control", apitest.Building), "measure.lifted", "measure.drawn")
		write("commander", at+"/zones/lift", j{"place_codes": []string{apitest.Building}}, "measure.lifted")
		var p api.Plan
		write("commander", at+"/plan", j{}, "plan.made").OK(&p)
		slot := ""
		for _, g := range all[api.Post](w, "commander", "/posts?incident_id=normal&under="+w.ID(apitest.Second)).Items {
			slot = strings.Join([]string{i.ID, "lead", w.ID(apitest.Second), "lockdown", "1"}, "|")
			write("commander", "/plans/"+p.Plan+"/override", j{"slot": slot, "helper_id": g.Holder.HelperID, "reason": "最熟悉这栋楼"}, "post.overridden", "plan.made").OK(&p)
			if len(p.Pins) != 1 || p.Pins[0].HelperID != g.Holder.HelperID {
				t.Fatalf("%+v", p.Pins)
			}
		}
		write("deputy", at+"/apply", j{"plan": p.Plan}, "incident.applied")
		var rs list[api.Round]
		w.Get("commander", "/rounds?incident_id="+i.ID).OK(&rs)
		write("community", rec{rs.Items[0].ID, w.Doors(apitest.Building3)[0].ID}.path(), j{"outcome": "at-home"}, "target.recorded")
		write("admin", "/tokens", j{"role": "inspector", "place_code": apitest.Subdistrict}, "account.opened")
		write("commander", at+"/demobilize", j{"confirm": true}, "incident.demobilized")
		for _, e := range w.Entries(0) {
			if strings.Contains(string(e.Payload), "最熟悉") {
				t.Errorf("free text in an entry: %s", e.Payload)
			}
		}
		quiet(t, w, canaries(w))
	})
}

// The live stream says that something changed and where, to those who may hear it,
// and carries nothing about anybody.
func TestLiveCarriesNobody(t *testing.T) {
	w := world(t)
	hub := live.New(live.Deps{Journal: w.Store, Guard: w.Guard, Viewer: w.API.Viewer, Refuse: api.Refuse, Clock: w.Clock, Window: time.Millisecond, Paths: func(ctx context.Context, ids []string) (map[string]string, error) {
		ps, err := w.Store.Places(ctx, ids)
		out := map[string]string{}
		for _, p := range ps {
			out[p.ID] = p.Path
		}
		return out, err
	}})
	srv := httptest.NewServer(hub)
	defer srv.Close()
	defer hub.Close() // ends the streams that the server waits for
	listen := func(as string) (heard func() string) {
		r, err := http.NewRequestWithContext(t.Context(), "GET", srv.URL+"/api/v1/live", nil)
		w.Must(err)
		r.Header.Set("Authorization", "Bearer "+w.Throwaway(as))
		a, err := srv.Client().Do(r)
		w.Must(err)
		if a.StatusCode != 200 {
			t.Fatalf("%s: %d", as, a.StatusCode)
		}
		lines := make(chan string, 10000)
		go func() {
			defer a.Body.Close()
			for s := bufio.NewScanner(a.Body); s.Scan(); {
				lines <- s.Text()
			}
		}()
		return func() string {
			text := ""
			for {
				select {
				case l := <-lines:
					text += l + "\n"
				case <-time.After(700 * time.Millisecond):
					return text
				}
			}
		}
	}
	officer, far, door := listen("commander"), listen("resident"), listen("lead")
	incident, lead, round := running(w)
	w.Post(lead, rec{round, w.Doors(apitest.Building3)[0].ID}.path(), j{"outcome": "needs-help", "choice": "doctor"}).OK()
	w.Post("community", "/residents/"+patient(w).ID+"/reveal", j{"field": "phone", "purpose": "contact"}).OK()
	o, f, d := officer(), far(), door()
	if strings.Count(o, "event: changed") < 2 || !strings.Contains(o, "targets") || strings.Contains(o, "looks") {
		t.Errorf("the officer heard %s", o)
	}
	if strings.Contains(f, "event: changed") || strings.Contains(d, w.Doors(apitest.Building3)[0].ID+`"`) {
		t.Errorf("heard out of scope: %s %s", f, d)
	}
	for _, c := range canaries(w) {
		if strings.Contains(o+f+d, c.text) {
			t.Errorf("%s in the stream", c.field)
		}
	}
	for _, word := range []string{"doctor", "needs-help", "热心", incident} {
		if strings.Contains(o+f+d, word) {
			t.Errorf("%q in the stream: %s", word, o)
		}
	}
}

// The event log is cut to what its reader may hear and names no resident.
func TestLog(t *testing.T) {
	w := world(t)
	_, lead, round := running(w)
	w.Post(lead, rec{round, w.Doors(apitest.Building3)[0].ID}.path(), j{"outcome": "needs-help", "choice": "doctor"}).OK()
	p := patient(w)
	w.Post("community", "/residents/"+p.ID+"/reveal", j{"field": "phone", "purpose": "contact"}).OK()
	lines := func(as string) (out []api.LogLine) {
		var l list[api.LogLine]
		w.Get(as, "/log?limit=200").OK(&l)
		return l.Items
	}
	verbs := func(as string) string {
		var out []string
		for _, l := range lines(as) {
			out = append(out, l.Verb)
		}
		return strings.Join(out, " ")
	}
	if v := verbs("commander"); !strings.HasPrefix(v, "case.opened target.recorded incident.applied") || strings.Contains(v, "resident.") {
		t.Errorf("command reads %s", v)
	}
	if v := verbs("auditor"); !strings.Contains(v, "resident.revealed") || strings.Contains(v, "target.recorded") {
		t.Errorf("audit reads %s", v)
	}
	for _, as := range []string{"commander", "inspector", "auditor"} {
		for _, l := range lines(as) {
			if strings.Contains(l.PlaceName, "单元") || strings.Contains(fmt.Sprint(l.Facts), "doctor") {
				t.Errorf("%s reads the door: %+v", as, l)
			}
		}
	}
	if v := verbs("community"); !strings.Contains(v, "target.recorded") {
		t.Errorf("community reads %s", v)
	}
	// somebody with two places reads both, newest first, and goes on where they stopped
	w.Grant("two", access.Gridworker, apitest.Grid, access.Static)
	w.Grant("two", access.Gridworker, apitest.Community2+"-01", access.Static)
	for n, code := range []string{apitest.Building, apitest.Community2 + "-B001", apitest.Building2, apitest.Community2 + "-B002"} {
		d := w.Doors(code)[0]
		w.Commit(journal.Change{Entry: journal.Entry{At: w.Clock(), Actor: "system", Verb: fmt.Sprint("test.n", n), Thing: "tests", PlaceID: d.ID, Path: d.Path, Audience: "work"}})
	}
	var first, second list[api.LogLine]
	w.Get("two", "/log?limit=2").OK(&first)
	w.Get("two", fmt.Sprintf("/log?limit=2&before=%d", first.Items[1].Seq)).OK(&second)
	if got := first.Items[0].Verb + first.Items[1].Verb + second.Items[0].Verb + second.Items[1].Verb; got != "test.n3test.n2test.n1test.n0" {
		t.Errorf("read %s", got)
	}
}
