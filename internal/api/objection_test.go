package api_test

import (
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// ordered puts an incident in force with one measure, ordered by an account.
func ordered(w *apitest.World, id, zone, at, by string) string {
	w.T.Helper()
	book, err := mode.Shipped("epidemic")
	w.Must(err)
	p, top := w.Place(at), w.Place(apitest.Subdistrict)
	i := dispatch.Incident{ID: id, Title: "复核一份阳性", Playbook: book.ID, Version: book.Hash, PlaceID: top.ID, Path: top.Path, Author: by, StartBy: "acc-deputy", Declared: w.Clock(), Started: w.Clock(), Keep: time.Hour}
	m := mode.Measure{ID: "m-" + id, Incident: id, Zone: zone, PlaceID: p.ID, Path: p.Path, Basis: basis, Author: by, From: w.Clock(), Until: w.Clock().AddDate(0, 0, 6)}
	e := journal.Entry{Actor: "system", Verb: "incident.applied", Thing: "incidents", ThingID: id, PlaceID: p.ID, Path: p.Path, Audience: "work"}
	w.Commit(journal.Change{Row: &i, Entry: e}, journal.Change{Row: &m})
	for began := time.Now(); !holds(w, m.ID); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > 10*time.Second {
			w.T.Fatal("the measure never came into force")
		}
	}
	return m.ID
}

func holds(w *apitest.World, measure string) bool {
	_, ms, err := w.API.Holding(w.T.Context(), w.Clock())
	w.Must(err)
	for _, m := range ms {
		if m.ID == measure && m.InForce(w.Clock()) {
			return true
		}
	}
	return false
}

// Whoever ordered a measure can neither take, decide nor close the objection to it;
// somebody else lets the household off, and the record of that stands at the gate.
func TestAnObjectionIsDecidedBySomebodyElse(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx, door := t.Context(), w.Doors(apitest.Building)[0]
		const said, reason = "家里没有密接，复核已转阴", "核实无误，同意放宽"
		m := ordered(w, "one", "lockdown", apitest.Building, "acc-commander")
		if _, _, err := w.API.ObjectFor(ctx, door.ID, m, " ", "", "s"); err == nil {
			t.Fatal("an objection without a word was taken")
		}
		if _, _, err := w.API.ObjectFor(ctx, w.Doors(apitest.Building2)[0].ID, m, said, "", "s"); err == nil {
			t.Fatal("somebody objects to what does not hold at their door")
		}
		id, token, err := w.API.ObjectFor(ctx, door.ID, m, said, "13855550000", "s")
		w.Must(err)
		if again, _, err := w.API.ObjectFor(ctx, door.ID, m, said, "", "s"); err != nil || again != id {
			t.Fatal("a second tap opened another:", again, err)
		}
		at := "/cases/" + id
		var c api.Case
		w.Get("commander", at).OK(&c)
		if c.Against == nil || c.Against.ID != m || c.Against.MayEase || c.Against.MayLift || c.Origin != "appeal" || c.Desk.Role != "commander" || c.Due == "" {
			t.Fatalf("%+v %+v", c, c.Against)
		}
		for _, v := range c.May {
			if v != "transfer" && v != "note" && v != "return" {
				t.Errorf("whoever ordered it may %s", v)
			}
		}
		w.Post("commander", at+"/take", j{}).Refused("SW-2403")
		w.Post("commander", at+"/withdraw", j{"words": "居民说算了"}).Refused("SW-2403")
		w.Post("commander", at+"/decide", j{"verdict": "upheld", "words": "维持原决定"}).Refused("SW-2403")
		w.Post("deputy", at+"/answer", j{"words": "不作决定，只回一句", "met_by": "government"}).Refused("SW-2460")
		w.Post("deputy", at+"/assign", j{"who": "acc-commander"}).Refused("SW-2403")
		w.Post("deputy", at+"/decide", j{"verdict": "eased", "words": ""}).Refused("SW-2404")
		w.Post("health", at+"/decide", j{"verdict": "eased", "words": reason}).Refused("SW-1010")
		w.Get("deputy", at).OK(&c)
		if !c.Against.MayEase || !c.Against.MayLift {
			t.Fatalf("%+v", c.Against)
		}
		w.Post("deputy", at+"/decide", j{"verdict": "eased", "words": reason}).OK(&c)
		if c.Stage != "answered" {
			t.Fatalf("%+v", c)
		}
		if !holds(w, m) {
			t.Error("letting one household off lifted the measure for all")
		}
		var gate api.Items[api.Exemption]
		w.Get("commander", "/exemptions?under="+door.ID).OK(&gate)
		if len(gate.Items) != 1 || gate.Items[0].State != "valid" || gate.Items[0].ID != id {
			t.Fatalf("%+v", gate)
		}
		x, err := w.API.TrackCase(ctx, id, token)
		w.Must(err)
		if need.Verdict(&x.Case, x.Steps) != need.Eased || x.Exempt.State(w.Clock()) != "valid" || x.Measure.ID != m || x.Case.Reply != reason {
			t.Fatalf("the resident is told %+v", x)
		}
		w.Must(w.API.SayCase(ctx, id, token, need.Confirm, "", "", 3))
		w.Post("deputy", at+"/decide", j{"verdict": "lifted", "words": "再来一次"}).Refused("SW-2401")
	})
}

// An objection that is right for everybody lifts the measure; one that is not says why;
// one decided after the end says that it is over.
func TestAnObjectionLiftsOrUpholdsAMeasure(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx, house := t.Context(), w.Place(apitest.Building)
		m := ordered(w, "one", "control", apitest.Building, "acc-commander")
		wide := ordered(w, "two", "control", apitest.Community, "acc-commander")
		object := func(p *territory.Place, m, slip string) string {
			id, _, err := w.API.ObjectFor(ctx, p.ID, m, "整栋楼早就转阴了", "", slip)
			w.Must(err)
			return "/cases/" + id
		}
		var c api.Case
		w.Post("deputy", object(house, wide, "a")+"/decide", j{"verdict": "eased", "words": "只这栋楼"}).Refused("SW-2463")
		upheld := object(house, m, "b")
		w.Post("deputy", upheld+"/decide", j{"verdict": "upheld", "words": "复核还没出结果，明早再看"}).OK(&c)
		if !holds(w, m) {
			t.Fatal("upholding lifted it")
		}
		w.Get("deputy", upheld).OK(&c)
		if c.Against.Verdict != "upheld" || c.Reply == "" {
			t.Fatalf("%+v", c)
		}
		late := object(house, m, "c")
		w.Post("deputy", object(w.Doors(apitest.Building)[0], m, "d")+"/decide", j{"verdict": "lifted", "words": "复核转阴，整栋解除"}).OK()
		for began := time.Now(); holds(w, m); time.Sleep(5 * time.Millisecond) {
			if time.Since(began) > 10*time.Second {
				t.Fatal("the measure still holds")
			}
		}
		lifted := 0
		for _, e := range w.Entries(0) {
			if e.Verb == "measure.lifted" && e.ThingID == m && e.Actor == "acc-deputy" {
				lifted++
			}
		}
		if lifted != 1 {
			t.Error("lifting left", lifted, "entries")
		}
		w.Post("deputy", late+"/decide", j{"verdict": "eased", "words": "已经解除"}).OK()
		w.Get("deputy", late).OK(&c)
		if c.Against.Verdict != "over" || c.Against.InForce {
			t.Fatalf("%+v", c.Against)
		}
		var plain api.Case
		w.Post("deputy", "/cases", j{"item": "ask", "place_id": house.ID, "words": "要一袋米"}).OK(&plain)
		w.Post("deputy", "/cases/"+plain.ID+"/decide", j{"verdict": "eased", "words": "不是异议"}).Refused("SW-1011")
	})
}

// Where nobody works at the desk but who ordered the measure, the desk above decides.
func TestAnObjectionGoesToTheDeskAboveWhereOnlyItsAuthorWorks(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		grants, err := w.Store.GrantsOf(t.Context(), access.Commander)
		w.Must(err)
		for _, g := range grants {
			if g.Account == "acc-deputy" {
				base := g.Version
				g.Until = w.Clock()
				w.Change("grant.ended", &g, base)
			}
		}
		w.Grant("mayor", access.Commander, apitest.City, access.Static)
		w.Pass(time.Second)
		m := ordered(w, "one", "lockdown", apitest.Building, "acc-commander")
		id, _, err := w.API.ObjectFor(t.Context(), w.Doors(apitest.Building)[0].ID, m, "请上级看看", "", "s")
		w.Must(err)
		var c api.Case
		w.Get("mayor", "/cases/"+id).OK(&c)
		w.Post("mayor", "/cases/"+id+"/decide", j{"verdict": "eased", "words": "同意放宽"}).OK(&c)
	})
}
