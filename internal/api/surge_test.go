package api_test

import (
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// brought is a subdistrict with an incident in force and three squads.
func brought(w *apitest.World) (board string) {
	w.T.Helper()
	running(w)
	importSquads(w, "commander", sheetOf("JB-01,区财政局,财政先锋队,综合,60,"+apitest.Subdistrict+",办公室,2020-01-01,",
		"JB-02,区公安分局,公安一队,秩序,20,"+apitest.Community+",指挥中心,2020-01-01,", "JB-03,区教育局,教育队,综合,5,"+apitest.Community+",办公室,2020-01-01,")).OK()
	return "/places/" + w.ID(apitest.Subdistrict)
}

func surgeBoard(w *apitest.World, at string) (b api.SurgeBoard) {
	w.T.Helper()
	w.Get("commander", at+"/surge").OK(&b)
	if b.Total.Own+b.Total.Surge+b.Total.Open != b.Total.Need || b.Total.Surge+b.Total.Extra != b.Total.People {
		w.T.Fatalf("the shares do not add up: %+v", b.Total)
	}
	return b
}

// Squads are planned over what posts and officers ask for, applied by a second
// officer, taken back, sent by hand, and let go with their hours and thanks.
func TestSquadsArePlannedAppliedAndReleased(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		at := brought(w)
		before := surgeBoard(w, at)
		if before.Total.Need == 0 || before.Total.Surge != 0 || before.Draft != nil {
			t.Fatalf("%+v", before.Total)
		}
		for code, bad := range map[string]j{
			"SW-1534": {"needs": []j{{"place_id": "nowhere", "kind": "general", "people": 1}}},
			"SW-1537": {"needs": []j{{"place_id": w.ID(apitest.Community), "kind": "general", "people": -1}}},
			"SW-1542": {"pins": []j{{"squad_id": "nobody", "place_id": w.ID(apitest.Community)}}},
		} {
			w.Post("commander", at+"/surges", bad).Refused(code)
		}
		w.Post("community", "/places/"+w.ID(apitest.Community)+"/surges", j{}).Refused("SW-1011")
		ask := j{"needs": []j{{"place_id": apitest.Community, "kind": "general", "people": 30}, {"place_id": apitest.Community, "kind": "medical", "people": 4}}}
		var p api.SurgePlan
		w.Post("commander", at+"/surges", ask).OK(&p)
		if p.Needed-p.Filled < 4 || p.Called < 30 || len(p.Items) == 0 || !p.Mine || p.Branches == 0 {
			t.Fatalf("%+v", p)
		}
		medical := false
		for _, g := range p.Gaps {
			medical = medical || g.Kind == "medical" && g.People == 4 && g.Fit == 0
		}
		if !medical {
			t.Fatalf("nobody is a doctor, and no gap says so: %+v", p.Gaps)
		}
		if b := surgeBoard(w, at); b.Total.People != 0 || b.Draft == nil {
			t.Fatalf("a draft stands: %+v", b.Total)
		}
		w.Post("commander", "/surges/"+p.ID+"/apply", nil).Refused("SW-1548")
		w.Post("deputy", "/surges/"+p.ID+"/apply", nil).OK(&p)
		w.Post("deputy", "/surges/"+p.ID+"/apply", nil).Refused("SW-1539")
		b := surgeBoard(w, at)
		if b.Total.People != p.Called || b.Total.Surge == 0 || len(b.History) != 2 || b.History[0].Surge != b.Total.Surge || len(b.Branches) != p.Branches {
			t.Fatalf("%+v %+v", b.Total, b.History)
		}
		w.Post("commander", "/surges/"+p.ID+"/back", nil).OK(&p)
		if b := surgeBoard(w, at); b.Total.People != 0 || p.TakenBack == "" {
			t.Fatalf("not taken back: %+v", b.Total)
		}
		w.Post("commander", at+"/surges", ask).OK(&p)
		w.Pass(time.Hour)
		w.Post("deputy", "/surges/"+p.ID+"/apply", nil).OK(&p)
		x := surgeBoard(w, at).Stations[0]
		w.Pass(26 * time.Hour)
		w.Post("commander", "/stations/"+x.ID+"/release", j{"people": x.People + 1, "hours": 0}).Refused("SW-1541")
		w.Post("commander", "/stations/"+x.ID+"/release", j{"people": 1, "hours": -1}).Refused("SW-1541")
		w.Post("community", "/stations/"+x.ID+"/release", j{"people": 1, "hours": 8}).Refused("SW-1010")
		w.Post("commander", "/stations/"+x.ID+"/release", j{"people": 1, "hours": 16}).OK(&x)
		if x.Hours != 16 || x.Thanks == "" || !x.Released {
			t.Fatalf("%+v", x)
		}
		w.Post("commander", "/stations/"+x.ID+"/release", j{"people": 1, "hours": 16}).Refused("SW-1540")
		if b := surgeBoard(w, at); b.Total.People != p.Called-1 {
			t.Fatalf("%+v", b.Total)
		}
		w.Post("commander", "/surges/"+p.ID+"/back", nil).Refused("SW-1544")
	})
}

// A plan that saw other squads than there are is not applied; a squad stays what it is
// while it stands; a choice made by hand holds in the next plan.
func TestAnOutdatedPlanOfSquadsIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		at := brought(w)
		var page api.SquadPage
		w.Get("commander", at+"/squads").OK(&page)
		first := page.Items[0]
		var p api.SurgePlan
		w.Post("commander", at+"/surges", j{}).OK(&p)
		w.Post("commander", "/squads/"+first.ID, j{"size": 50}).OK()
		if b := surgeBoard(w, at); !b.Draft.Expired {
			t.Fatal("the draft looks as if it could be applied")
		}
		w.Post("deputy", "/surges/"+p.ID+"/apply", nil).Refused("SW-1538")
		w.Post("commander", at+"/surges", j{"pins": []j{{"squad_id": first.ID, "place_id": w.ID(apitest.Community2)}}}).OK(&p)
		w.Post("deputy", "/surges/"+p.ID+"/apply", nil).OK(&p)
		w.Post("commander", "/squads/"+first.ID, j{"size": 10}).Refused("SW-1536")
		importSquads(w, "commander", sheetOf(first.Number+",区财政局,财政先锋队,综合,10,"+apitest.Subdistrict+",办公室,,")).OK()
		w.Post("commander", at+"/surges", j{}).OK(&p)
		for _, it := range p.Items {
			if it.SquadID == first.ID && (it.PlaceID != w.ID(apitest.Community2) || it.People != 50) {
				t.Fatalf("the choice by hand was undone: %+v", it)
			}
		}
	})
}
