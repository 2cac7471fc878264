package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

func clocksAt(w *apitest.World, as, code string) []api.Clock {
	w.T.Helper()
	return all[api.Clock](w, as, "/places/"+w.ID(code)+"/clocks").Items
}

func codes(c api.Clock) string {
	out := ""
	for _, r := range c.Reasons {
		out += " " + r.Code
	}
	return strings.TrimSpace(out)
}

// flood declares, draws and starts a typhoon beside whatever there is.
func flood(w *apitest.World, zones map[string][]string) string {
	w.T.Helper()
	var i api.Incident
	w.Post("commander", "/incidents", j{"title": "台风“银杏”", "playbook": "flood-typhoon", "place_code": apitest.Subdistrict}).OK(&i)
	for zone, places := range zones {
		w.Post("commander", "/incidents/"+i.ID+"/zones", j{"zone": zone, "place_codes": places, "basis": "市防指第3号令", "until": "2026-11-22"}).OK()
	}
	activate(w, i.ID)
	return i.ID
}

// A typhoon in an epidemic: both hold and both show, evacuation comes first, nobody
// is posted twice, each door counts once; ending one leaves the other untouched.
func TestTyphoonInAnEpidemic(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		draw(w, e, "lockdown", apitest.Building)
		draw(w, e, "precaution", apitest.Building3)
		activate(w, e)
		before := all[api.Post](w, "commander", "/posts?incident_id="+e).Items
		alone := clocksAt(w, "commander", apitest.Door)
		f := flood(w, map[string][]string{"evacuate": {apitest.Building, apitest.Building2}})

		both := clocksAt(w, "resident", apitest.Door)
		if len(both) != 2 || !both[0].First || both[0].Incident != f || !both[0].Evacuate || both[1].First || both[1].Incident != e || both[0].Basis == both[1].Basis {
			t.Fatalf("at the door: %+v", both)
		}
		if !strings.Contains(codes(both[1]), "evacuation-first") || both[0].Until == "" || both[1].Until == "" {
			t.Fatalf("why one comes first: %s", codes(both[1]))
		}
		var place api.PlaceDetail
		if w.Get("resident", "/places/"+w.ID(apitest.Door)).OK(&place); place.Zone != "evacuate" {
			t.Fatalf("the place says %q", place.Zone)
		}
		if one := clocksAt(w, "commander", apitest.Building3); len(one) != 1 || one[0].Incident != e {
			t.Fatalf("outside the flood: %+v", one)
		}
		o := overview(w, "commander", apitest.Subdistrict)
		if len(o.Mode.Incidents) != 2 || o.Totals.Doors != 92 {
			t.Fatalf("the band shows %+v, each door once: %+v", o.Mode.Incidents, o.Totals)
		}
		if listed := all[api.Place](w, "commander", "/places?kind=door&zone=any&limit=2000&under="+w.ID(apitest.Subdistrict)); listed.Total != o.Totals.Doors {
			t.Fatalf("the number says %d doors, its list %d", o.Totals.Doors, listed.Total)
		}
		held := map[string]string{}
		for _, p := range all[api.Post](w, "commander", "/posts?incident_id=emergency").Items {
			for _, h := range []*api.Holder{p.Holder, p.Deputy} {
				if h == nil {
					continue
				}
				if held[h.HelperID] != "" {
					t.Fatalf("%s is on %s and %s", h.HelperID, held[h.HelperID], p.ID)
				}
				held[h.HelperID] = p.ID
			}
		}
		w.Post("commander", "/incidents/"+f+"/demobilize", j{"confirm": true}).OK()
		if after := all[api.Post](w, "commander", "/posts?incident_id="+e).Items; fmt.Sprint(deref(after)) != fmt.Sprint(deref(before)) {
			t.Fatal("ending the typhoon changed posts of the epidemic")
		}
		if after := clocksAt(w, "commander", apitest.Door); fmt.Sprint(after) != fmt.Sprint(alone) {
			t.Fatalf("after: %+v\nalone: %+v", after, alone)
		}
	})
}

func deref(ps []api.Post) []string {
	var out []string
	for _, p := range ps {
		holder, deputy := "", ""
		if p.Holder != nil {
			holder = p.Holder.HelperID
		}
		if p.Deputy != nil {
			deputy = p.Deputy.HelperID
		}
		out = append(out, strings.Join([]string{p.ID, p.Item, p.PlaceID, p.Zone, holder, deputy}, "|"))
	}
	return out
}

// Facts move the clocks and nothing else: a clock that has run out proposes, a
// person releases, and only the declared end comes by itself.
func TestClocksProposeAndTheEndComesByItself(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		draw(w, e, "control", apitest.Building)
		draw(w, e, "lockdown", apitest.Building3)
		activate(w, e)
		if c := clocksAt(w, "lead", apitest.Door)[0]; c.May || c.Earliest != "" || codes(c) != "zone basis until term-days unknown" {
			t.Fatalf("nobody recorded anything: %+v", c)
		}
		for _, as := range []string{"lead", "police", "inspector"} {
			w.Post(as, "/incidents/"+e+"/facts", j{"name": "last-positive", "place_code": apitest.Building, "source": "通报"}).Refused("SW-1011")
		}
		w.Post("community", "/incidents/"+e+"/facts", j{"name": "last-positive", "place_code": apitest.Community2, "source": "通报"}).Refused("SW-1010")
		w.Post("health", "/incidents/"+e+"/facts", j{"name": "rain", "place_code": apitest.Building, "source": "通报"}).Refused("SW-1477")
		w.Post("health", "/incidents/"+e+"/facts", j{"name": "last-positive", "place_code": apitest.Building, "source": " "}).Refused("SW-1479")
		w.Post("health", "/incidents/"+e+"/facts", j{"name": "last-positive", "place_code": apitest.Building, "source": "通报", "at": w.Clock().Add(time.Hour).Format(time.RFC3339)}).Refused("SW-1478")
		var f api.Fact
		at := w.Clock().AddDate(0, 0, -2)
		w.Post("health", "/incidents/"+e+"/facts", j{"name": "last-positive", "place_code": apitest.Building, "source": "区疾控第12号通报", "at": at.Format(time.RFC3339)}).OK(&f)
		want := at.AddDate(0, 0, 7).Format(time.RFC3339)
		if c := clocksAt(w, "lead", apitest.Door)[0]; c.May || c.Earliest != want || codes(c) != "zone basis until term-days earliest" {
			t.Fatalf("two days of seven: %+v", c)
		}
		if c := clocksAt(w, "commander", apitest.Building3)[0]; c.Earliest != "" {
			t.Fatalf("a fact of one house moved the clock of another: %+v", c)
		}
		for _, x := range w.Entries(0) {
			if strings.HasPrefix(x.Verb, "fact.") && strings.Contains(string(x.Payload), "疾控") {
				t.Fatalf("the source lies open in the journal: %s", x.Payload)
			}
		}
		w.Pass(5 * 24 * time.Hour)
		list := all[api.Clock](w, "commander", "/incidents/"+e+"/clocks").Items
		if len(list) != 2 || !list[0].May || list[1].May || list[0].Doors != 40 {
			t.Fatalf("who may be released comes first: %+v", list)
		}
		if c := clocksAt(w, "lead", apitest.Door); len(c) != 1 {
			t.Fatal("a clock ended a measure by itself")
		}
		if flags := all[api.Flag](w, "commander", "/incidents/"+e+"/flags").Items; len(flags) != 1 || flags[0].Code != "may-release" || flags[0].Kind != "excess" {
			t.Fatalf("flags: %+v", flags)
		}
		var what api.Replayed
		w.Post("commander", "/incidents/"+e+"/replay", j{"rules": j{"control/stay-in-area": `facts.days_since("last-positive") >= 3`}}).OK(&what)
		got := map[string]api.WhenRelease{}
		for _, r := range what.Releases {
			got[r.Zone] = r
		}
		if r := got["control"]; r.Changed != at.AddDate(0, 0, 3).Format(time.RFC3339) || r.Present != want {
			t.Fatalf("what if: %+v", got)
		}
		w.Post("commander", "/incidents/"+e+"/replay", j{"rules": j{"control/stay-in-area": `facts.nonsense`}}).Refused("SW-1413")
		w.Post("community", "/incidents/"+e+"/facts/"+f.ID+"/withdraw", nil).OK(&f)
		w.Post("community", "/incidents/"+e+"/facts/"+f.ID+"/withdraw", nil).Refused("SW-1480")
		if c := clocksAt(w, "lead", apitest.Door)[0]; c.May || c.Earliest != "" {
			t.Fatalf("a withdrawn fact still counts: %+v", c)
		}
		w.Pass(7 * 24 * time.Hour)
		if c := clocksAt(w, "lead", apitest.Door); len(c) != 0 {
			t.Fatalf("past its end a measure still holds: %+v", c)
		}
		if l := all[api.Lapsed](w, "commander", "/incidents/"+e+"/lapsed").Items; len(l) != 2 || l[0].Ended == "" || l[0].ToldAt != "" {
			t.Fatalf("lapsed: %+v", l)
		}
	})
}

// One household let off a measure: asked for by one person, decided by another
// within the time, shown at the gate without why; silence goes to the level above.
func TestExemption(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		door := "/places/" + w.ID(apitest.Door)
		ask := j{"purpose": "treatment", "need": "每周二四六透析", "until": "2026-12-25"}
		w.Post("resident", door+"/exemptions", ask).Refused("SW-1472")
		draw(w, e, "lockdown", apitest.Building)
		activate(w, e)
		w.Post("resident", door+"/exemptions", j{"purpose": "fun", "need": "x", "until": "2026-11-25"}).Refused("SW-1470")
		w.Post("resident", door+"/exemptions", j{"purpose": "work", "need": "值班", "until": "2026-11-01"}).Refused("SW-1471")
		w.Post("police", door+"/exemptions", ask).Refused("SW-1011")
		var x api.Exemption
		w.Post("resident", door+"/exemptions", ask).OK(&x)
		if x.State != "waiting" || x.Decider != "账号community" || x.Until != "2026-11-30T16:00:00Z" || x.Need != "" {
			t.Fatalf("asked: %+v", x)
		}
		path := "/exemptions/" + x.ID
		knows := func(as string) bool {
			var y api.Exemption
			w.Get(as, path).OK(&y)
			return y.Need != "" && y.Purpose == "treatment"
		}
		if !knows("resident") || !knows("community") || knows("lead") || knows("health") || knows("commander") {
			t.Fatal("why is for the decider and who asked alone")
		}
		w.Get("police", path).Refused("SW-1010")
		w.Post("resident", path+"/decide", j{"grant": true, "reason": "我同意"}).Refused("SW-1010")
		w.Post("commander", path+"/decide", j{"grant": true, "reason": "可以"}).Refused("SW-1475")
		w.Post("community", path+"/decide", j{"grant": true, "reason": " "}).Refused("SW-1476")
		if l := all[api.Exemption](w, "commander", "/exemptions?state=overdue"); l.Total != 0 {
			t.Fatalf("overdue before its time: %+v", l)
		}
		w.Pass(5 * time.Hour)
		over := all[api.Exemption](w, "commander", "/exemptions?state=overdue").Items
		if len(over) != 1 || !over[0].MayDecide || over[0].Need != "" || !knows("commander") {
			t.Fatalf("silence is shown to the level above: %+v", over)
		}
		w.Post("commander", path+"/decide", j{"grant": true, "reason": "凭医院排班，专车接送"}).OK(&x)
		w.Post("community", path+"/decide", j{"grant": false, "reason": "晚了"}).Refused("SW-1474")
		w.Get("property", "/places/"+apitest.Door+"/exempt").OK() // as the label on the door says it
		gate := w.Get("property", door+"/exempt").OK()
		if body := string(gate.Body); strings.Contains(body, "透析") || strings.Contains(body, "treatment") || !strings.Contains(body, `"valid":true`) {
			t.Fatalf("at the gate: %s", body)
		}
		w.Get("department", door+"/exempt").Refused("SW-1011")
		w.Post("community", path+"/revoke", j{"reason": "出院了"}).OK(&x)
		if p := all[api.Pass](w, "property", door+"/exempt").Items; len(p) != 1 || p[0].Valid {
			t.Fatalf("revoked: %+v", p)
		}
		for _, en := range w.Entries(0) {
			if strings.HasPrefix(en.Verb, "exemption.") && strings.ContainsAny(string(en.Payload), "透院") {
				t.Fatalf("why lies open in the journal: %s", en.Payload)
			}
		}
		// the community worker asks for another door: somebody else decides
		w.Post("community", "/places/"+w.ID(apitest.Building+"-1-102")+"/exemptions", j{"purpose": "care", "need": "照看老人", "until": "2026-11-25"}).OK(&x)
		if x.Decider != "" {
			t.Fatalf("a requester decides their own: %+v", x)
		}
		w.Post("community", "/exemptions/"+x.ID+"/decide", j{"grant": true, "reason": "好"}).Refused("SW-1473")
		w.Post("deputy", "/exemptions/"+x.ID+"/decide", j{"grant": false, "reason": "可请邻居"}).OK(&x)
		if x.State != "refused" {
			t.Fatalf("%+v", x)
		}
	})
}

// Who asked is for the decider and for the asker's own lead; others see in which
// role. That a gate asked is a look like any other.
func TestWhoAskedForAnExemption(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		door := "/places/" + w.ID(apitest.Door)
		draw(w, e, "lockdown", apitest.Building)
		activate(w, e)
		w.Post("resident", door+"/exemptions", j{"purpose": "treatment", "need": "透析", "until": "2026-12-25"}).OK()
		asked := func(as string) string {
			items := all[api.Exemption](w, as, "/exemptions").Items
			if len(items) != 1 || items[0].AskedAs != "resident" {
				t.Fatalf("%s: %+v", as, items)
			}
			return items[0].Requester
		}
		for as, name := range map[string]string{"resident": "账号resident", "community": "账号resident", "lead": "账号resident", "health": "", "commander": "", "gridworker": ""} {
			if got := asked(as); got != name {
				t.Errorf("%s sees %q, not %q", as, got, name)
			}
		}
		w.Pass(5 * time.Hour) // silence is the level above's to answer
		if got := asked("commander"); got != "账号resident" {
			t.Errorf("who is to decide now sees %q", got)
		}
		last := w.Store.Last()
		w.Get("property", door+"/exempt").OK()
		w.Get("department", door+"/exempt").Refused("SW-1011")
		es := w.Entries(last)
		if len(es) != 1 || es[0].Verb != "exemption.checked" || es[0].Actor != "acc-property" || es[0].Audience != "audit" || es[0].PlaceID != w.ID(apitest.Door) {
			t.Errorf("the look of the gate: %+v", es)
		}
		w.Broken.Store(true)
		if a := w.Get("property", door+"/exempt"); a.Status != 503 {
			t.Errorf("told without an entry: %d %s", a.Status, a.Body)
		}
	})
}

// A fact beyond one's places and one that never was are answered alike.
func TestWithdrawingAFactElsewhere(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		draw(w, e, "lockdown", apitest.Building)
		activate(w, e)
		var f api.Fact
		w.Post("health", "/incidents/"+e+"/facts", j{"name": "last-positive", "place_code": apitest.Building, "source": "报告"}).OK(&f)
		w.Grant("far", "gridworker", apitest.Community2, "static")
		there := w.Post("far", "/incidents/"+e+"/facts/"+f.ID+"/withdraw", nil).Refused("SW-1481")
		nowhere := w.Post("far", "/incidents/"+e+"/facts/never/withdraw", nil).Refused("SW-1481")
		if there.Status != nowhere.Status {
			t.Errorf("%d, %d", there.Status, nowhere.Status)
		}
		w.Post("health", "/incidents/"+e+"/facts/"+f.ID+"/withdraw", nil).OK()
	})
}

// How long the decider has is the playbook's word: one hour in a flood.
func TestExemptionInAFlood(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		flood(w, map[string][]string{"evacuate": {apitest.Building}})
		var x api.Exemption
		w.Post("resident", "/places/"+w.ID(apitest.Door)+"/exemptions", j{"purpose": "care", "need": "照看老人", "until": "2026-11-21"}).OK(&x)
		asked, _ := time.Parse(time.RFC3339, x.Asked)
		if due, err := time.Parse(time.RFC3339, x.Due); err != nil || due.Sub(asked) != time.Hour {
			t.Fatalf("asked %s, due %s", x.Asked, x.Due)
		}
	})
}

// The three doors: who stands at the entrance, who watches the house, which homes
// have no outcome; each number opens its list.
func TestThreeDoors(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		e := declare(w, apitest.Subdistrict)
		draw(w, e, "lockdown", apitest.Building, apitest.Building3)
		activate(w, e)
		gaps := func(as string) (g api.Gaps) { w.Get(as, "/incidents/"+e+"/gaps").OK(&g); return g }
		g := gaps("commander")
		by := map[string]int{}
		for _, x := range g.Items {
			by[x.Door+" "+x.Code] += x.Count
		}
		if fmt.Sprint(by) != "map[entrance no-entrance:1 home no-outcome:52]" {
			t.Fatalf("gaps: %v", by)
		}
		sum := 0
		for _, s := range g.Sums {
			sum += s.Gaps
		}
		if sum != 53 {
			t.Fatalf("sums: %+v", g.Sums)
		}
		var counts api.Gaps
		w.Get("commander", "/incidents/"+e+"/gaps?counts=true").OK(&counts)
		if len(counts.Items) != 0 || counts.Total != len(g.Items) || fmt.Sprint(counts.Sums) != fmt.Sprint(g.Sums) {
			t.Fatalf("counts alone: %+v", counts)
		}
		for _, x := range g.Items {
			if x.Door != "home" {
				continue
			}
			n := 0
			for _, r := range all[api.Round](w, "commander", "/rounds?incident_id="+e).Items {
				n += all[api.Target](w, "commander", "/rounds/"+r.ID+"/targets?state=missing&under="+x.PlaceID).Total
			}
			if n != x.Count {
				t.Fatalf("%s says %d, its list has %d", x.PlaceName, x.Count, n)
			}
		}
		w.Grant("other", access.Community, apitest.Community2, access.Static)
		if g := gaps("other"); g.Total != 0 {
			t.Fatalf("another community sees %+v", g)
		}
		// nothing is locked without a watch: flats stand under no micro-grid's team
		f := declare(w, apitest.Flats)
		draw(w, f, "lockdown", apitest.Flats)
		p := propose(w, "commander", f)
		w.Post("deputy", "/incidents/"+f+"/apply", j{"plan": p.Plan}).OK()
		watch := all[api.Post](w, "commander", "/posts?incident_id="+f).Items
		if len(watch) != 2 || watch[0].Item != "site-watch" || watch[0].PlaceID != w.ID(apitest.Flats) {
			t.Fatalf("the flats are watched by %+v", watch)
		}
	})
}

const kept = `
title: 2022年春·某小区
playbook: epidemic
measures:
  - {id: a, zone: lockdown, place: 长塘/6号楼, doors: 40, basis: 指令, from: "2022-04-01T12:00:00+08:00", until: "2022-04-15T00:00:00+08:00"}
facts:
  - {name: last-positive, place: 长塘/6号楼, at: "2022-04-01T08:00:00+08:00"}
rounds:
  - {measure: a, round: sweep, at: "2022-04-02T09:00:00+08:00", done: 40, total: 40}
`

func TestReplayOfAKeptCase(t *testing.T) {
	w := world(t)
	var r api.Replayed
	w.Post("commander", "/clocks/replay", j{"history": kept, "rules": j{"lockdown/stay-at-home": `facts.days_since("last-positive") >= 3`}}).OK(&r)
	if len(r.Releases) != 1 || r.Releases[0].Present != "2022-04-08T00:00:00Z" || r.Releases[0].Changed != "2022-04-04T00:00:00Z" || len(r.Days) != 14 {
		t.Fatalf("%+v", r)
	}
	for _, d := range r.Days {
		want := map[string][2]int{"2022-04-04": {0, 40}, "2022-04-08": {40, 0}}[d.Date]
		if d.Present != want[0] || d.Changed != want[1] {
			t.Fatalf("%+v", d)
		}
	}
	w.Post("commander", "/clocks/replay", j{"history": strings.Replace(kept, "at: \"2022-04-01T08", "at: \"gestern", 1)}).Refused("SW-1483")
	w.Post("commander", "/clocks/replay", j{"history": "a: &x 1"}).Refused("SW-1483")
	w.Post("commander", "/clocks/replay", j{"history": kept, "playbook": "nothing"}).Refused("SW-1499")
	w.Post("lead", "/clocks/replay", j{"history": kept}).Refused("SW-1011")
}
