package api_test

import (
	"fmt"
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

type j = apitest.J

const basis = "区指挥部第7号指令"

// declare opens an incident over a place and returns its id.
func declare(w *apitest.World, code string) string {
	w.T.Helper()
	var i api.Incident
	w.Post("commander", "/incidents", j{"title": "三月疫情", "playbook": "epidemic", "place_code": code}).OK(&i)
	if i.State != "draft" || i.ID == "" {
		w.T.Fatalf("declared: %+v", i)
	}
	return i.ID
}

// draw draws a zone on places.
func draw(w *apitest.World, incident, zone string, codes ...string) api.ZoneReply {
	w.T.Helper()
	var z api.ZoneReply
	w.Post("commander", "/incidents/"+incident+"/zones", j{"zone": zone, "place_codes": codes, "basis": basis, "until": "2026-11-30"}).OK(&z)
	return z
}

// propose makes a plan as somebody.
func propose(w *apitest.World, as, incident string) api.Plan {
	w.T.Helper()
	var p api.Plan
	w.Post(as, "/incidents/"+incident+"/plan", j{}).OK(&p)
	return p
}

// activate makes a plan and has the second officer apply it.
func activate(w *apitest.World, incident string) api.Plan {
	w.T.Helper()
	p := propose(w, "commander", incident)
	w.Post("deputy", "/incidents/"+incident+"/apply", j{"plan": p.Plan}).OK()
	return p
}

type list[T any] struct {
	Items []T
	Next  string
	Total int
}

// all reads a whole list by its cursors and checks that total says the truth.
func all[T any](w *apitest.World, as, path string) list[T] {
	w.T.Helper()
	var out list[T]
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	next := ""
	for range 200 {
		var page list[T]
		w.Get(as, path+sep+"cursor="+next).OK(&page)
		out.Items, out.Total = append(out.Items, page.Items...), page.Total
		if next = page.Next; next == "" {
			break
		}
	}
	if len(out.Items) != out.Total {
		w.T.Fatalf("%s %s: %d items, total %d", as, path, len(out.Items), out.Total)
	}
	return out
}

func figure(w *apitest.World, as, code, id string) api.Figure {
	w.T.Helper()
	o := overview(w, as, code)
	for _, f := range o.Figures {
		if f.ID == id {
			return f
		}
	}
	w.T.Fatalf("no figure %s in %+v", id, o.Figures)
	return api.Figure{}
}

func overview(w *apitest.World, as, code string) api.Overview {
	w.T.Helper()
	var o api.Overview
	w.Get(as, "/overview?place_id="+w.ID(code)).OK(&o)
	return o
}

// From a draft to a started incident: the author is refused, an outdated plan is
// refused, a second person starts it in one act.
func TestSwitch(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building)
		draw(w, i, "control", apitest.Building2)
		z := draw(w, i, "precaution", apitest.Building3, apitest.Mall)
		if z.Totals.Doors != 92 || z.Draft || len(z.Zones) != 3 || len(z.Zones[2].Flags) != 1 {
			t.Fatalf("zones: %+v", z)
		}
		if o := overview(w, "commander", apitest.Subdistrict); o.Mode.Kind != "normal" {
			t.Fatal("a draft holds somebody already")
		}
		p := propose(w, "commander", i)
		if p.Households != 92 || p.Microgrids != 3 || p.Posts.Needed != 18 || p.MayApply || p.WhyNot == "" || len(p.ApplyBy) != 1 || p.ApplyBy[0].Account != "acc-deputy" {
			t.Fatalf("plan: %+v", p)
		}
		if again := propose(w, "commander", i); again.Plan != p.Plan {
			t.Fatal("the same state gave another plan")
		}
		last := w.Store.Last()
		w.Post("commander", "/incidents/"+i+"/apply", j{"plan": p.Plan}).Refused("SW-1502")
		draw(w, i, "precaution", apitest.Cut+"a")
		var stale api.Plan
		if w.Get("deputy", "/plans/"+p.Plan).OK(&stale); !stale.Expired {
			t.Fatal("an outdated plan does not say so")
		}
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": p.Plan}).Refused("SW-1503")
		if n := len(w.Entries(last)); n != 1 {
			t.Fatalf("refusals left entries: %d", n)
		}
		p = propose(w, "commander", i)
		if p.Posts.Needed != 24 || p.Expired {
			t.Fatalf("new plan: %+v", p.Posts)
		}
		last = w.Store.Last()
		var done api.ApplyReply
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": p.Plan}).OK(&done)
		if es := w.Entries(last); len(es) != 1 || es[0].Verb != "incident.applied" || es[0].Actor != "acc-deputy" || es[0].Act == "" {
			t.Fatalf("one act, one head entry: %+v", es)
		}
		var again api.ApplyReply
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": p.Plan}).OK(&again)
		if !again.Repeat || w.Store.Last() != last+1 {
			t.Fatal("applying twice did something")
		}
		teams(t, w, i, 4)
		equal(t, w, i, "commander", apitest.Subdistrict)
		equal(t, w, i, "community", apitest.Community)
		o := overview(w, "commander", apitest.Subdistrict)
		if o.Mode.Kind != "emergency" || o.Totals.Doors != 100 {
			t.Fatalf("overview: %+v %+v", o.Mode, o.Totals)
		}
	})
}

// teams checks that every part of a micro-grid has its six posts.
func teams(t *testing.T, w *apitest.World, incident string, parts int) {
	t.Helper()
	by := map[string]map[string]int{}
	for _, p := range all[api.Post](w, "commander", "/posts?incident_id="+incident).Items {
		k := p.PlaceID + p.Zone
		if by[k] == nil {
			by[k] = map[string]int{}
		}
		by[k][p.Item]++
	}
	if len(by) != parts {
		t.Fatalf("%d parts, expected %d", len(by), parts)
	}
	for k, items := range by {
		if fmt.Sprint(items) != "map[emergency:2 lead:1 police:1 volunteer:2]" {
			t.Fatalf("%s has %v", k, items)
		}
	}
}

// equal checks that each number of the overview equals the list it opens.
func equal(t *testing.T, w *apitest.World, incident, as, code string) {
	t.Helper()
	under := "under=" + w.ID(code)
	// what the screen does: the figure's own link, as a query of the API
	for _, id := range []string{"empty_posts", "missing", "help", "refused"} {
		f := figure(w, as, code, id)
		_, q, _ := strings.Cut(f.Href, "?")
		got := 0
		if id == "empty_posts" {
			got = all[api.Post](w, as, "/posts?"+q).Total
			if n := all[api.Post](w, as, "/posts?incident_id="+incident+"&state=empty&"+under).Total; n != got {
				t.Fatalf("%s at %s: %d empty posts of the incident, %d by the figure's link", as, code, n, got)
			}
		} else {
			for _, r := range all[api.Round](w, as, "/rounds?incident_id="+incident+"&"+under).Items {
				got += all[api.Target](w, as, "/rounds/"+r.ID+"/targets?"+q).Total
			}
		}
		if got != f.Value {
			t.Fatalf("%s at %s: figure %s says %d, its list has %d", as, code, id, f.Value, got)
		}
	}
	o := overview(w, as, code)
	sum := 0
	for _, z := range o.Zones {
		sum += z.Doors
	}
	if listed := all[api.Place](w, as, "/places?kind=door&zone=any&limit=2000&under="+w.ID(code)); listed.Total != o.Totals.Doors {
		t.Fatalf("%s at %s: the figure says %d doors, its list %d", as, code, o.Totals.Doors, listed.Total)
	}
	if sum != o.Totals.Doors || figure(w, as, code, "covered").Value != sum {
		t.Fatalf("%s at %s: zones hold %d doors, totals %+v, figure %+v", as, code, sum, o.Totals, figure(w, as, code, "covered"))
	}
}

// The command's example: one micro-grid of eighty households needs six people.
func TestOneMicrogrid(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Microgrid)
		draw(w, i, "lockdown", apitest.Microgrid)
		p := propose(w, "commander", i)
		if p.Posts.Needed != 6 || p.Households != 80 || p.Microgrids != 1 || len(p.Rounds) != 1 || p.Rounds[0].Targets != 80 || p.People != 120 {
			t.Fatalf("%+v", p)
		}
		if p.Posts.Filled+p.Posts.Empty != 6 || len(p.Gaps) != p.Posts.Empty {
			t.Fatalf("%+v %+v", p.Posts, p.Gaps)
		}
	})
}

// A change of one building's zone gives a plan of differences; all totals move and
// still equal their lists.
func TestZoneChange(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building, apitest.Building2)
		draw(w, i, "precaution", apitest.Building3)
		activate(w, i)
		equal(t, w, i, "commander", apitest.Subdistrict)
		before := overview(w, "commander", apitest.Subdistrict)
		z := draw(w, i, "control", apitest.Building2)
		if !z.Draft || z.Totals.Doors != 92 {
			t.Fatalf("%+v", z)
		}
		if now := overview(w, "commander", apitest.Subdistrict); fmt.Sprint(now.Communities) != fmt.Sprint(before.Communities) {
			t.Fatal("a zone drawn for a running incident holds before a second person applied it")
		}
		p := propose(w, "commander", i)
		if p.CountsBy.Posts.Create != 6 || p.CountsBy.Posts.Close != 0 || p.CountsBy.Posts.Keep+p.CountsBy.Posts.Change != 12 || p.CountsBy.Measures.Create != 1 || p.CountsBy.Measures.Close != 1 {
			t.Fatalf("differences: %+v", p.CountsBy)
		}
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": p.Plan}).OK()
		teams(t, w, i, 3)
		equal(t, w, i, "commander", apitest.Subdistrict)
		var after api.Incident
		w.Get("commander", "/incidents/"+i).OK(&after)
		if len(after.Zones) != 3 || after.Zones[0].Doors != 40 || after.Zones[1].Doors != 40 || after.Zones[2].Doors != 12 {
			t.Fatalf("%+v", after.Zones)
		}
		// and out of the zones altogether: its targets need nobody any more
		w.Post("commander", "/incidents/"+i+"/zones/lift", j{"place_ids": []string{w.ID(apitest.Building2)}}).OK()
		activate(w, i)
		equal(t, w, i, "commander", apitest.Subdistrict)
		if f := figure(w, "commander", apitest.Subdistrict, "missing"); f.Value != 52 {
			t.Fatalf("%+v", f)
		}
	})
}

// The second officer finds a waiting plan on the overview; its author does not.
func TestWaitingPlanIsSeen(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building)
		p := propose(w, "commander", i)
		if o := overview(w, "deputy", apitest.Subdistrict); len(o.Waiting) != 1 || o.Waiting[0].PlanID != p.Plan {
			t.Fatalf("%+v", o.Waiting)
		}
		if o := overview(w, "commander", apitest.Subdistrict); len(o.Waiting) != 0 {
			t.Fatalf("the author is asked to apply: %+v", o.Waiting)
		}
		if o := overview(w, "community", apitest.Community); len(o.Waiting) != 0 {
			t.Fatalf("a community is asked to apply: %+v", o.Waiting)
		}
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": p.Plan}).OK()
		if o := overview(w, "deputy", apitest.Subdistrict); len(o.Waiting) != 0 {
			t.Fatalf("an applied plan still waits: %+v", o.Waiting)
		}
	})
}
