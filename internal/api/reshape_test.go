package api_test

import (
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/territory"
)

// planned previews a change of the ground and returns it.
func planned(w *apitest.World, as, path string, body any) api.Reshape {
	w.T.Helper()
	var r api.Reshape
	w.Post(as, path, body).OK(&r)
	return r
}

func applied(w *apitest.World, as, plan string) api.Reshape {
	w.T.Helper()
	var r api.Reshape
	w.Post(as, "/reshapes/"+plan+"/apply", nil).OK(&r)
	if r.AppliedAt == "" || r.ApplierName == "" || r.AuthorName == "" {
		w.T.Fatalf("%+v", r)
	}
	sound(w)
	return r
}

// sound holds that every row lies where its place lies.
func sound(w *apitest.World) {
	w.T.Helper()
	bad, err := w.Store.Astray(w.T.Context())
	if err != nil || len(bad) > 0 {
		w.T.Fatal(bad, err)
	}
	if err := w.API.GroundIsTrue(w.T.Context()); err != nil {
		w.T.Fatal(err)
	}
}

func detail(w *apitest.World, as, key string) api.PlaceDetail {
	w.T.Helper()
	var p api.PlaceDetail
	w.Get(as, "/places/"+key).OK(&p)
	return p
}

// A house moves to the other micro-grid and back; everybody who lives there, their
// papers and their helpers go along, old codes keep leading to it.
func TestMoveAndBack(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		before := detail(w, "commander", w.ID(apitest.Second))
		house := w.ID(apitest.Building2)
		r := planned(w, "community", "/places/"+apitest.Building2+"/move", j{"to": apitest.Second})
		if r.Totals.Doors != 40 || r.Totals.People == 0 || len(r.Moves) != 1 || r.MayApply {
			t.Fatalf("%+v", r)
		}
		if got := detail(w, "commander", house); got.ParentID != w.ID(apitest.Microgrid) {
			t.Fatal("a preview moved the house")
		}
		w.Post("community", "/reshapes/"+r.Plan+"/apply", nil).Refused("SW-1011")
		if again := planned(w, "community", "/places/"+house+"/move", j{"to": w.ID(apitest.Second)}); again.Plan != r.Plan {
			t.Fatal("the same ground gave another plan")
		}
		reads := w.API.GroundReads()
		done := applied(w, "commander", r.Plan)
		if done.AuthorName == done.ApplierName {
			t.Fatal("both names are kept", done.AuthorName)
		}
		if repeat := applied(w, "commander", r.Plan); repeat.AppliedAt != done.AppliedAt {
			t.Fatal("applied twice")
		}
		after := detail(w, "commander", w.ID(apitest.Second))
		if after.Doors != before.Doors+40 || after.Residents <= before.Residents {
			t.Fatalf("%d doors, %d residents; were %d, %d", after.Doors, after.Residents, before.Doors, before.Residents)
		}
		if n := w.API.GroundReads(); n != reads {
			t.Fatal("the whole tree was read", n-reads, "times for one house")
		}
		var h api.PlaceHistory
		w.Get("commander", "/places/"+house+"/history").OK(&h)
		if len(h.Chapters) != 2 || h.Chapters[0].Under != "1号微网格" || h.Chapters[1].Under != "2号微网格" || h.Chapters[0].Applier == "" {
			t.Fatalf("%+v", h)
		}
		back := planned(w, "commander", "/reshapes/"+r.Plan+"/undo", nil)
		w.Pass(1e9)
		applied(w, "commander", back.Plan)
		if got := detail(w, "commander", w.ID(apitest.Second)); got.Doors != before.Doors || got.Residents != before.Residents {
			t.Fatalf("%+v", got)
		}
	})
}

// Moving to another community gives new codes by rule; the old ones lead on, and are
// never another's.
func TestOldCodesLeadOn(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		r := planned(w, "commander", "/places/"+apitest.Building3+"/move", j{"to": apitest.Community2 + "-001"})
		done := applied(w, "commander", r.Plan)
		if len(done.Codes) == 0 || done.Codes[0].Old != apitest.Building3 || !strings.HasPrefix(done.Codes[0].New, apitest.Community2+"-B") {
			t.Fatalf("%+v", done.Codes)
		}
		got := detail(w, "commander", apitest.Building3)
		if got.ID != w.ID(apitest.Building3) || got.Code != done.Codes[0].New || got.Was == nil || got.Was.Asked != apitest.Building3 {
			t.Fatalf("%+v", got)
		}
		door := detail(w, "commander", apitest.Building3+"-1-101")
		if door.ID != w.ID(apitest.Building3+"-1-101") || !strings.HasPrefix(door.Code, got.Code) {
			t.Fatalf("%+v", door)
		}
		w.Get("lead", "/places/"+apitest.Building3).Refused("SW-1010") // out of scope stays out of scope
		w.Get("commander", "/places/990299-B1").Refused("SW-1010")
	})
}

// Micro-grids merge: the ended one's lead steps down, its id and code lead to the
// heir; taking it back opens all of it again.
func TestMergeAndBack(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		r := planned(w, "commander", "/places/"+apitest.Second+"/merge", j{"others": []string{apitest.Third}})
		if len(r.Ended) != 1 || len(r.Posts) == 0 || !r.MayApply {
			t.Fatalf("%+v", r)
		}
		third := w.ID(apitest.Third)
		applied(w, "commander", r.Plan)
		if got := detail(w, "commander", third); got.ID != w.ID(apitest.Second) || got.Was == nil {
			t.Fatalf("%+v", got)
		}
		var h api.PlaceHistory
		w.Get("commander", "/places/"+apitest.Third+"/history").OK(&h)
		if len(h.Chapters) != 1 || !h.Chapters[0].Gone || len(h.Now) != 1 || h.Now[0].ID != w.ID(apitest.Second) {
			t.Fatalf("%+v", h)
		}
		posts, err := w.Store.Posts(t.Context(), "", w.Place(apitest.Third).Path)
		if err != nil || len(posts) != 1 || posts[0].Until.IsZero() {
			t.Fatal(posts, err)
		}
		w.Pass(1e9)
		back := planned(w, "commander", "/reshapes/"+r.Plan+"/undo", nil)
		applied(w, "commander", back.Plan)
		if got := detail(w, "commander", apitest.Third); got.ID != third || got.Doors != 18 || got.Was != nil {
			t.Fatalf("%+v", got)
		}
		if posts, err = w.Store.Posts(t.Context(), "", w.Place(apitest.Third).Path); err != nil || len(posts) != 1 || !posts[0].Until.IsZero() {
			t.Fatal(posts, err)
		}
	})
}

// A community is divided: what the preview says is what comes.
func TestDivideACommunity(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		r := planned(w, "community", "/places/"+apitest.Community+"/divide", j{"households": 20})
		d := r.Division
		if d == nil || !d.Contiguous || d.Doors != 80+12+18+16 || len(d.Parts) < 5 {
			t.Fatalf("%+v", d)
		}
		if d.Steps != territory.DivideSteps || d.Bound.Worst > d.Then.Worst+1e-9 || d.Bound.Parts != len(d.Parts) {
			t.Fatalf("%+v, bound %+v", d.DivideWish, d.Bound)
		}
		done := applied(w, "commander", r.Plan)
		for _, p := range done.Division.Parts {
			if got := detail(w, "commander", p.ID); got.Doors != p.Doors || got.Kind != string(territory.Microgrid) || got.Name == "" {
				t.Fatalf("%+v is %+v", p, got)
			}
		}
		if got := detail(w, "commander", apitest.Community); got.Doors != d.Doors+6 { // the apartment house is a site of its own
			t.Fatal(got.Doors)
		}
		w.Post("community", "/places/"+apitest.Community+"/divide", j{"households": 20}).Refused("SW-1125")
		w.Pass(1e9)
		back := planned(w, "commander", "/reshapes/"+r.Plan+"/undo", nil)
		applied(w, "commander", back.Plan)
		for _, code := range []string{apitest.Microgrid, apitest.Second, apitest.Third, apitest.Building, apitest.Cut + "a", apitest.Cut + "b"} {
			if got := detail(w, "commander", code); got.ID != w.ID(code) || got.Doors != len(w.Doors(code)) {
				t.Fatalf("%s is %+v", code, got)
			}
		}
	})
}

// Somebody who knows the ground puts one stairwell elsewhere before it is applied.
func TestDivideByHand(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		r := byHand(w, planned(w, "community", "/places/"+apitest.Community+"/divide", j{"households": 20}))
		again := j{"households": 20, "from": r.Plan, "put": r.Division.Hand}
		w.Post("police", "/places/"+apitest.Community+"/divide", again).Refused("SW-1011")
		w.Post("commander", "/places/"+apitest.Community2+"/divide", again).Refused("SW-1122")
		done := applied(w, "commander", r.Plan)
		for _, p := range done.Division.Parts {
			if got := detail(w, "commander", p.ID); got.Doors != p.Doors {
				t.Fatalf("%+v is %+v", p, got)
			}
		}
		w.Post("community", "/places/"+apitest.Community+"/divide", again).Refused("SW-1122")
	})
}

// byHand puts the first stairwell that can go elsewhere into another part.
func byHand(w *apitest.World, r api.Reshape) api.Reshape {
	w.T.Helper()
	for _, from := range r.Division.Parts {
		for _, unit := range from.Units {
			for _, to := range r.Division.Parts {
				if to.ID == from.ID || len(from.Units) < 2 {
					continue
				}
				var by api.Reshape
				got := w.Post("community", "/places/"+apitest.Community+"/divide", j{"households": 20, "from": r.Plan, "put": []territory.Put{{Unit: unit, Part: to.ID}}})
				if got.Status != 200 {
					got.Refused("SW-1127")
					continue
				}
				got.OK(&by)
				if by.Plan == r.Plan || len(by.Division.Hand) != 1 {
					w.T.Fatalf("%+v", by)
				}
				return by
			}
		}
	}
	w.T.Fatal("nothing can be put elsewhere by hand")
	return r
}

// What cannot be is refused and changes nothing.
func TestReshapeIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		post := func(as, path string, body any, code string) {
			t.Helper()
			last := w.Store.Last()
			w.Post(as, path, body).Refused(code)
			if w.Store.Last() != last {
				t.Errorf("%s left an entry", path)
			}
		}
		post("commander", "/places/"+apitest.Community+"/move", j{"to": apitest.Grid}, "SW-1120")
		post("commander", "/places/"+apitest.Microgrid+"/move", j{"to": apitest.Building3}, "SW-1121")
		post("commander", "/places/"+apitest.Building+"/move", j{"to": apitest.Microgrid}, "SW-1125")
		post("commander", "/places/"+apitest.Building+"/move", j{"to": apitest.Subdistrict2}, "SW-1010")
		post("community", "/places/"+apitest.Building+"/move", j{"to": apitest.Community2 + "-001"}, "SW-1010")
		post("lead", "/places/"+apitest.Building+"/move", j{"to": apitest.Second}, "SW-1011")
		post("commander", "/places/"+apitest.Building+"/move", j{"to": apitest.Second, "code": apitest.Building2}, "SW-1128")
		post("commander", "/places/"+apitest.Second+"/merge", j{"others": []string{apitest.Building}}, "SW-1126")
		post("commander", "/places/"+apitest.Second+"/split", j{"parts": []any{j{"places": []string{apitest.Building3}}}}, "SW-1126")
		post("commander", "/places/"+apitest.Building+"/divide", j{"households": 20}, "SW-1127")
		post("commander", "/reshapes/nothing/apply", nil, "SW-1010")

		r := planned(w, "commander", "/places/"+apitest.Building2+"/move", j{"to": apitest.Second})
		post("commander", "/reshapes/"+r.Plan+"/undo", nil, "SW-1131")
		first := planned(w, "commander", "/places/"+apitest.Building2+"-1/move", j{"to": apitest.Building})
		applied(w, "commander", first.Plan)
		post("commander", "/reshapes/"+r.Plan+"/apply", nil, "SW-1122")
		var now api.Reshape
		if w.Get("commander", "/reshapes/"+r.Plan).OK(&now); !now.Expired {
			t.Error("an outdated plan does not say so")
		}
	})
}

// Borders never lift or extend a restriction: what would is shown and refused until
// the zones are settled.
func TestZonesAreNeverMovedSilently(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident := declare(w, apitest.Community)
		draw(w, incident, "lockdown", apitest.Microgrid)
		activate(w, incident)
		r := planned(w, "commander", "/places/"+apitest.Building2+"/move", j{"to": apitest.Second})
		if r.MayApply || len(r.Checks) == 0 || r.Checks[0].Level != "stop" {
			t.Fatalf("%+v", r.Checks)
		}
		w.Post("commander", "/reshapes/"+r.Plan+"/apply", nil).Refused("SW-1129")
		r = planned(w, "commander", "/places/"+apitest.Building3+"/move", j{"to": apitest.Microgrid})
		w.Post("commander", "/reshapes/"+r.Plan+"/apply", nil).Refused("SW-1129")
		r = planned(w, "commander", "/places/"+apitest.Second+"/merge", j{"others": []string{apitest.Microgrid}})
		w.Post("commander", "/reshapes/"+r.Plan+"/apply", nil).Refused("SW-1130")
		// A micro-grid goes with its own zone: nothing changes for those who live there.
		r = planned(w, "commander", "/places/"+apitest.Microgrid+"/move", j{"to": apitest.Community + "-02"})
		if !r.MayApply {
			t.Fatalf("%+v", r.Checks)
		}
		applied(w, "commander", r.Plan)
		if got := detail(w, "commander", w.ID(apitest.Building2)); got.Zone != "lockdown" {
			t.Fatalf("%+v", got)
		}
		var ts struct{ Total int }
		w.Get("commander", "/places?zone=lockdown&kind=door&under="+w.ID(apitest.Community+"-02")).OK(&ts)
		if ts.Total != 80 {
			t.Fatal(ts)
		}
	})
}

// What happened at a house is told to those who hold it now, also from before it came,
// and no longer to those who held it then.
func TestTheLogGoesWithTheHouse(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		house := w.ID(apitest.Building3)
		w.Grant("here", "community", apitest.Community, "static")
		w.Grant("there", "community", apitest.Community2, "static")
		w.Send(apitest.Call{As: "here", Method: "PUT", Path: "/places/" + house + "/contact", Body: j{"phone": "025-00000001"}}).OK()
		told := func(as string) int {
			n := 0
			for _, l := range all[api.LogLine](w, as, "/log?limit=200").Items {
				if l.PlaceID == house && l.Verb != "place.moved" {
					n++
				}
			}
			return n
		}
		if told("here") == 0 || told("there") != 0 {
			t.Fatal("before:", told("here"), told("there"))
		}
		before := told("here")
		r := planned(w, "commander", "/places/"+apitest.Building3+"/move", j{"to": apitest.Community2 + "-001"})
		applied(w, "commander", r.Plan)
		if told("here") != 0 || told("there") < before {
			t.Fatal("after:", told("here"), told("there"))
		}
		w.Pass(1e9)
		applied(w, "commander", planned(w, "commander", "/reshapes/"+r.Plan+"/undo", nil).Plan)
		if told("here") < before || told("there") != 0 {
			t.Fatal("taken back:", told("here"), told("there"))
		}
	})
}
