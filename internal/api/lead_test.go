package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// leadOf returns the account of whoever holds the lead's post of an incident at a
// place, opening one.
func leadOf(w *apitest.World, incident, code string) string {
	w.T.Helper()
	for _, p := range all[api.Post](w, "commander", "/posts?incident_id="+incident).Items {
		if p.Item == "lead" && p.PlaceID == w.ID(code) && p.Holder != nil {
			return w.HelperAccount(p.Holder.HelperID)
		}
	}
	w.T.Fatalf("nobody leads %s", code)
	return ""
}

func cells(p api.Pack) map[string]api.Cell {
	out := map[string]api.Cell{}
	for _, g := range p.Microgrids {
		for _, u := range g.Units {
			for _, f := range u.Floors {
				for _, c := range f.Cells {
					out[c.DoorID] = c
				}
			}
		}
	}
	return out
}

// running is a world in which building 3's micro-grid is swept, and its lead.
func running(w *apitest.World) (incident, lead, round string) {
	incident = declare(w, apitest.Subdistrict)
	draw(w, incident, "lockdown", apitest.Building3)
	activate(w, incident)
	lead = leadOf(w, incident, apitest.Second)
	var rs list[api.Round]
	w.Get("commander", "/rounds?incident_id="+incident).OK(&rs)
	if len(rs.Items) != 1 || rs.Items[0].Total != 12 || rs.Items[0].Missing != 12 {
		w.T.Fatalf("rounds: %+v", rs)
	}
	return incident, lead, rs.Items[0].ID
}

func (r rec) path() string { return "/rounds/" + r.round + "/targets/" + r.door + "/record" }

type rec struct{ round, door string }

// A lead gets the doors of the own micro-grid while the incident lasts, not before
// and not after, records them, and everybody sees the figures move.
func TestLeadsSweep(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident := declare(w, apitest.Subdistrict)
		draw(w, incident, "lockdown", apitest.Building3)
		p := propose(w, "commander", incident)
		nobody := w.Helpers[len(w.Helpers)-1] // an officer without a post
		w.Get(w.HelperAccount(nobody.ID), "/field/pack").Refused("SW-1011")
		w.Post("deputy", "/incidents/"+incident+"/apply", j{"plan": p.Plan}).OK()
		lead := leadOf(w, incident, apitest.Second)
		var pack api.Pack
		w.Get(lead, "/field/pack").OK(&pack)
		doors := w.Doors(apitest.Building3)
		got := cells(pack)
		for _, d := range doors {
			if c, ok := got[d.ID]; !ok || c.State != "todo" || c.Version == 0 {
				t.Fatalf("door %s: %+v", d.Code, c)
			}
		}
		emergency := 0
		for _, g := range pack.Microgrids {
			if g.Zone == "lockdown" {
				emergency++
				if g.ID != w.ID(apitest.Second) || g.Round == nil || g.Round.Missing != 12 || g.Rule.ZH == "" || g.Until == "" {
					t.Fatalf("%+v", g)
				}
			}
		}
		if emergency != 1 {
			t.Fatalf("%d micro-grids in lockdown", emergency)
		}
		w.Get(lead, "/field/doors/"+w.ID(apitest.Door)).Refused("SW-1010")
		r := rec{pack.Microgrids[0].Round.ID, doors[0].ID}
		var page api.DoorPage
		w.Get(lead, "/field/doors/"+r.door).OK(&page)
		if len(page.Residents) == 0 || page.Zone != "lockdown" || page.Basis != basis || len(page.Due) != 1 || !page.Due[0].Missing {
			t.Fatalf("%+v", page)
		}
		var done api.Recorded
		w.Post(lead, r.path(), j{"outcome": "at-home", "base_version": got[r.door].Version}).OK(&done)
		if done.Version != got[r.door].Version+1 {
			t.Fatalf("%+v", done)
		}
		w.Post(lead, rec{r.round, doors[1].ID}.path(), j{"outcome": "needs-help", "choice": "medicine"}).OK()
		w.Post(lead, rec{r.round, doors[2].ID}.path(), j{"outcome": "absent"}).OK()
		w.Post(lead, rec{r.round, doors[3].ID}.path(), j{"outcome": "refused"}).OK()
		if f := figure(w, "commander", apitest.Subdistrict, "missing"); f.Value != 9 || f.Of != 12 {
			t.Fatalf("%+v", f)
		}
		equal(t, w, incident, "commander", apitest.Subdistrict)
		equal(t, w, incident, "community", apitest.Community)
		for _, x := range all[api.Target](w, "commander", "/rounds/"+r.round+"/targets?state=help").Items {
			if x.Choice != "" {
				t.Fatalf("command learns what was asked for at a door: %+v", x)
			}
			if x.PlaceID == doors[1].ID || !strings.HasSuffix(x.Door, "**") {
				t.Fatalf("command sees the door: %+v", x)
			}
		}
		for _, x := range all[api.Target](w, "community", "/rounds/"+r.round+"/targets?state=help").Items {
			if x.Choice != "medicine" || x.PlaceID != doors[1].ID {
				t.Fatalf("who must send it does not see what: %+v", x)
			}
		}
		w.Post("commander", "/incidents/"+incident+"/demobilize", j{"confirm": true}).OK()
		w.Post(lead, r.path(), j{"outcome": "at-home"}).Refused("SW-1010")
		w.Get(lead, "/places/"+doors[0].ID).Refused("SW-1010")
	})
}

// The same operation sent again has the same receipt and one entry; another body
// under the same id, or another person, is a conflict.
func TestRepeat(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		_, lead, round := running(w)
		door := w.Doors(apitest.Building3)[0].ID
		send := func(as, id string, body any) *apitest.Answer {
			return w.Send(apitest.Call{As: as, Method: "POST", Path: rec{round, door}.path(), Body: body, Header: map[string]string{"Operation-Id": id, "Device-Id": "phone", "Device-Sequence": "1"}})
		}
		last := w.Store.Last()
		first := send(lead, "op-1", j{"outcome": "at-home"}).OK()
		again := send(lead, "op-1", j{"outcome": "at-home"}).OK()
		if string(first.Body) != string(again.Body) || again.Header.Get("Repeat") != "true" || first.Header.Get("Entry-Seq") != again.Header.Get("Entry-Seq") {
			t.Fatalf("%s %v\n%s %v", first.Body, first.Header, again.Body, again.Header)
		}
		send(lead, "op-1", j{"outcome": "absent"}).Refused("SW-1802")
		send("community", "op-1", j{"outcome": "at-home"}).Refused("SW-1802")
		if es := w.Entries(last); len(es) != 1 || es[0].Op != "op-1" || es[0].Device != "phone" {
			t.Fatalf("%+v", es)
		}
	})
}

// Of two people who record one door without knowing of each other the more
// cautious finding holds; who has seen the other's may overrule it.
func TestTwoRecorders(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		_, lead, round := running(w)
		doors := w.Doors(apitest.Building3)
		a, b := rec{round, doors[0].ID}, rec{round, doors[1].ID}
		var x api.Recorded
		w.Post(lead, a.path(), j{"outcome": "needs-help", "choice": "doctor", "base_version": 1}).OK(&x)
		w.Post("community", a.path(), j{"outcome": "at-home", "base_version": 1}).OK(&x)
		if x.Outcome != "needs-help" || x.Kept != "needs-help" {
			t.Fatalf("a milder finding overruled a cry for help: %+v", x)
		}
		var y api.Recorded
		w.Post(lead, b.path(), j{"outcome": "at-home", "base_version": 1}).OK(&y)
		w.Post("community", b.path(), j{"outcome": "needs-help", "choice": "food", "base_version": 1}).OK(&y)
		if y.Outcome != "needs-help" || y.Kept != "" {
			t.Fatalf("%+v", y)
		}
		w.Post("community", a.path(), j{"outcome": "at-home", "base_version": x.Version}).OK(&x)
		if x.Outcome != "at-home" {
			t.Fatalf("who has seen it may overrule: %+v", x)
		}
	})
}

type batchAnswer struct {
	Results []struct {
		ID      string
		Status  int
		Held    bool
		Receipt *api.Recorded
		Problem *apitest.Problem
	}
}

// A phone's outbox: done in order, a hole holds back what comes after it, what was
// held is released by the missing one, and nothing is done twice.
func TestBatch(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		_, lead, round := running(w)
		doors := w.Doors(apitest.Building3)
		op := func(n int) j {
			return j{"id": fmt.Sprintf("op-%d", n), "sequence": n, "verb": "round.record", "path": "/api/v1" + rec{round, doors[n].ID}.path(), "base_version": 1, "body": j{"outcome": "at-home"}}
		}
		send := func(as string, ops ...j) (out batchAnswer) {
			w.T.Helper()
			w.Post(as, "/batch", j{"device": "phone", "operations": ops}).OK(&out)
			return out
		}
		missing := func() int { return figure(w, "commander", apitest.Subdistrict, "missing").Value }
		out := send(lead, op(1), op(2), op(4))
		for k, want := range []int{200, 200, 202} {
			if out.Results[k].Status != want || out.Results[k].Held != (want == 202) || want == 200 && (out.Results[k].Receipt == nil || out.Results[k].Receipt.Version != 2) {
				t.Fatalf("%+v", out.Results[k])
			}
		}
		if missing() != 10 {
			t.Fatal("the hole did not hold back the fourth")
		}
		out = send(lead, op(3))
		if len(out.Results) != 2 || out.Results[1].ID != "op-4" || out.Results[1].Status != 200 || missing() != 8 {
			t.Fatalf("not released: %+v", out)
		}
		last := w.Store.Last()
		out = send(lead, op(1), op(2), op(3), op(4))
		for _, r := range out.Results {
			if r.Status != 200 {
				t.Fatalf("%+v", r)
			}
		}
		if w.Store.Last() != last {
			t.Fatal("a repeated batch wrote something")
		}
		void := op(5)
		void["verb"] = "void"
		bad := op(6)
		bad["body"] = j{"outcome": "gone-fishing"}
		out = send(lead, void, bad, op(7))
		if out.Results[0].Status != 200 || out.Results[1].Problem == nil || out.Results[1].Problem.Code != "SW-1601" || out.Results[2].Status != 200 || missing() != 7 {
			t.Fatalf("%+v", out)
		}
		far := op(8)
		far["path"] = "/api/v1" + rec{round, w.ID(apitest.Door)}.path()
		out = send(lead, far)
		if out.Results[0].Problem == nil || out.Results[0].Problem.Code != "SW-1010" {
			t.Fatalf("out of scope in a batch: %+v", out)
		}
		for n, path := range []string{"/api/v1/batch", "/api/v1/%62atch", "/api/v1/imports/places", "/api/v1/tokens", "/api/v1/x/../batch", "//batch", "/healthz", "/api/v1/rounds?x=1"} {
			nasty := op(9)
			nasty["id"], nasty["sequence"], nasty["path"] = fmt.Sprintf("nasty-%d", n), 9+n, path
			if out := send(lead, nasty); out.Results[0].Problem == nil || out.Results[0].Problem.Code != "SW-1006" {
				t.Fatalf("%s: %+v", path, out.Results[0])
			}
		}
		if out := send("community", op(3)); out.Results[0].Status != 202 {
			t.Fatalf("another person's phone goes on with this one's sequence: %+v", out)
		}
	})
}

// In force is what the clock says, even when nothing runs and nothing is written.
func TestTimeAlone(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident, lead, _ := running(w)
		door := w.Doors(apitest.Building3)[0]
		var p api.PlaceDetail
		w.Get("commander", "/places/"+door.ID).OK(&p)
		if p.Zone != "lockdown" || !p.Emergency || p.Until != "2026-11-30T16:00:00Z" {
			t.Fatalf("%+v", p.Place)
		}
		helper := ""
		for _, o := range all[api.Post](w, "commander", "/posts?incident_id="+incident).Items {
			if o.Item == "volunteer" && o.Holder != nil {
				helper = w.HelperAccount(o.Holder.HelperID)
			}
		}
		w.Get(helper, "/places/"+door.ID).OK()
		last := w.Store.Last()
		w.Pass(time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC).Sub(w.Clock()) - time.Millisecond)
		if w.Get("commander", "/places/"+door.ID).OK(&p); p.Zone != "lockdown" {
			t.Fatal("ended a moment too early")
		}
		w.Pass(time.Millisecond)
		if w.Get("commander", "/places/"+door.ID).OK(&p); p.Zone != "" || p.Emergency || p.Until != "" {
			t.Fatalf("a measure past its end still holds: %+v", p.Place)
		}
		w.Get(helper, "/places/"+door.ID).Refused("SW-1010") // rights of an emergency go with it
		w.Get(lead, "/places/"+door.ID).OK()                 // the post itself lasts as long as the incident
		var other api.PlaceDetail
		if w.Get("commander", "/places/"+w.ID(apitest.Community2)).OK(&other); other.Emergency {
			t.Fatal("an incident without zones left covers everything")
		}
		for _, e := range w.Entries(last) {
			t.Fatalf("something ran: %+v", e)
		}
		var i api.Incident
		if w.Get("commander", "/incidents/"+incident).OK(&i); i.State != "running" || i.Totals.Doors != 0 {
			t.Fatalf("%+v", i)
		}
	})
}

// A start by one person holds for two hours at most, and gives nobody anything after.
func TestStartAlone(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident := declare(w, apitest.Subdistrict)
		draw(w, incident, "lockdown", apitest.Building3)
		p := propose(w, "commander", incident)
		w.Post("commander", "/incidents/"+incident+"/apply", j{"plan": p.Plan, "alone": true}).Refused("SW-1514")
		w.Pass(11 * time.Minute)
		var a api.ApplyReply
		w.Post("commander", "/incidents/"+incident+"/apply", j{"plan": p.Plan, "alone": true}).OK(&a)
		if a.Until != w.Clock().Add(2*time.Hour).Format(time.RFC3339) {
			t.Fatalf("%+v", a)
		}
		door := w.Doors(apitest.Building3)[0].ID
		var d api.PlaceDetail
		if w.Get("commander", "/places/"+door).OK(&d); d.Zone != "lockdown" {
			t.Fatalf("a start by one person does not hold: %+v", d.Place)
		}
		lead := leadOf(w, incident, apitest.Second)
		w.Get(lead, "/places/"+door).OK()
		overview(w, "commander", apitest.Subdistrict)
		time.Sleep(100 * time.Millisecond) // the server has read the journal to its end
		w.Get(lead, "/places/"+door).OK()  // and keeps in mind who this is
		w.Pass(2 * time.Hour)
		if w.Get("commander", "/places/"+door).OK(&d); d.Zone != "" || d.Emergency {
			t.Fatalf("it did not lapse: %+v", d.Place)
		}
		w.Get(lead, "/places/"+door).Refused("SW-1010")
		o := overview(w, "commander", apitest.Subdistrict)
		if o.Mode.Kind != "normal" {
			t.Fatalf("%+v", o.Mode)
		}
		for _, r := range o.Communities { // the everyday roster shows again, and nothing else
			posts := all[api.Post](w, "commander", "/posts?incident_id=normal&under="+r.PlaceID)
			if r.Posts != posts.Total || r.Targets > 0 {
				t.Fatalf("posts of an incident that lapsed are still counted: %+v, everyday posts %d", r, posts.Total)
			}
		}
	})
}

// Somebody else makes a start by one person hold; who started it cannot.
func TestConfirmAStartByOnePerson(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident := declare(w, apitest.Subdistrict)
		draw(w, incident, "lockdown", apitest.Building3)
		p := propose(w, "commander", incident)
		confirm := "/incidents/" + incident + "/confirm"
		w.Post("deputy", confirm, nil).Refused("SW-1515")
		w.Pass(11 * time.Minute)
		w.Post("commander", "/incidents/"+incident+"/apply", j{"plan": p.Plan, "alone": true}).OK()
		w.Post("commander", confirm, nil).Refused("SW-1515")
		w.Post("community", confirm, nil).Refused("SW-1011")
		w.Pass(time.Hour)
		w.Post("deputy", confirm, nil).OK()
		w.Pass(2 * time.Hour)
		var i api.Incident
		if w.Get("commander", "/incidents/"+incident).OK(&i); i.State != "running" {
			t.Fatalf("it lapsed although it was confirmed: %+v", i)
		}
		w.Post("deputy", confirm, nil).Refused("SW-1515")
	})
}
