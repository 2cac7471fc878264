package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// A community declares its points; whoever walks answers each once a turn, a finding opens
// its case at that place, and a point that nobody visited shows at the desk until somebody
// has been there. Nobody's name stands on the list, and bad input changes nothing.
func TestAPatrolOfPoints(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		local := w.Clock().Add(8 * time.Hour)
		w.Grant("elsewhere", access.Lead, apitest.Community2, access.Static)
		w.SignIn("elsewhere")
		w.Pass(time.Duration(24+7-local.Hour())*time.Hour - time.Duration(local.Minute())*time.Minute) // 07:00 of the next day
		board := func(as string) (b api.PatrolBoard) {
			t.Helper()
			w.Get(as, "/points").OK(&b)
			return b
		}
		tick := func() {
			t.Helper()
			ps, err := w.Store.PointsDue(t.Context(), w.Clock(), 9)
			w.Must(err)
			for _, p := range ps {
				w.Commit(w.API.LapseByClock(p, w.Clock(), "system")...)
			}
		}
		b := board("community")
		if !b.MayKeep || len(b.Points) != 0 || len(b.Rounds) != 1 || b.Rounds[0].Item != "patrol" || b.Rounds[0].Minutes != 240 {
			t.Fatalf("%+v", b)
		}
		want := func(more j) j {
			out := j{"place_id": w.ID(apitest.Building), "item": "patrol", "name": "地下室", "look": "电线、积水", "order": 2, "minutes": 120, "from": "08:00", "until": "20:00"}
			for k, v := range more {
				out[k] = v
			}
			return out
		}
		for code, more := range map[string]j{
			"SW-1607": {"name": " "}, "SW-1608": {"place_id": w.Doors(apitest.Building)[0].ID}, "SW-1611": {"item": "pony"},
		} {
			w.Post("community", "/points", want(more)).Refused(code)
		}
		for _, more := range []j{{"minutes": 1}, {"from": "8"}, {"until": "08:00"}} {
			w.Post("community", "/points", want(more)).Refused("SW-1607")
		}
		w.Post("lead", "/points", want(nil)).Refused("SW-1011")
		if b := board("community"); len(b.Points) != 0 {
			t.Fatalf("a refusal wrote something: %+v", b)
		}
		var cellar, gate api.PatrolPoint
		w.Post("community", "/points", want(nil)).OK(&cellar)
		w.Post("community", "/points", want(j{"name": "东门", "order": 1})).OK(&gate)
		if b := board("lead"); len(b.Points) != 2 || b.Points[0].Name != "东门" || b.Points[0].State != "rest" || b.MayKeep {
			t.Fatalf("%+v", b)
		}
		w.Pass(2 * time.Hour) // 09:00
		say := func(as string, p api.PatrolPoint, body j) *apitest.Answer {
			return w.Post(as, "/points/"+p.ID+"/record", body)
		}
		say("lead", gate, j{"outcome": "pony"}).Refused("SW-1601")
		say("lead", gate, j{"outcome": "in-order", "choice": "x"}).Refused("SW-1602")
		say("lead", gate, j{"outcome": "in-order", "at": w.Clock().Add(time.Hour).Format(time.RFC3339)}).Refused("SW-1609")
		say("lead", gate, j{"outcome": "in-order", "at": w.Clock().Add(-24 * time.Hour).Format(time.RFC3339)}).Refused("SW-1612")
		say("elsewhere", gate, j{"outcome": "in-order"}).Refused("SW-1010")
		w.Post("elsewhere", "/points/"+gate.ID, want(nil)).Refused("SW-1010")
		w.Post("elsewhere", "/points/"+gate.ID+"/end", nil).Refused("SW-1010")
		if b := board("lead"); b.Left != 2 || b.Missed != 0 {
			t.Fatalf("%+v", b)
		}
		went := func(p api.PatrolPoint, body j) (out api.PointRecorded) {
			t.Helper()
			say("lead", p, body).OK(&out)
			return out
		}
		done := went(gate, j{"outcome": "in-order", "base_version": 1, "at": w.Clock().Add(-10 * time.Minute).Format(time.RFC3339)})
		if b := board("lead"); done.Opened != "" || b.Left != 1 || b.Points[0].State != "ok" || b.Points[1].State != "todo" {
			t.Fatalf("%+v %+v", done, b)
		}
		done = went(cellar, j{"outcome": "danger", "note": "电线垂下来了"})
		found := board("community").Points[1]
		if done.Opened == "" || found.State != "help" || found.Number != done.Opened {
			t.Fatalf("%+v %+v", done, found)
		}
		var k api.Case
		w.Get("community", "/cases/"+found.CaseID).OK(&k)
		if k.Item != "hazard" || k.Origin != "round" || k.PlaceID != w.ID(apitest.Building) || !strings.Contains(k.Words, "地下室") || !strings.Contains(k.Words, "电线垂下来了") {
			t.Fatalf("%+v", k)
		}
		done = went(gate, j{"outcome": "danger"}) // the same item at the same place, another point: a case of its own
		if done.Opened == "" || done.Opened == k.Number {
			t.Fatalf("%+v", done)
		}
		w.Pass(90 * time.Minute)
		tick()
		done = went(cellar, j{"outcome": "danger", "note": "还在"}) // the next turn, the case still open: a note in it
		w.Get("community", "/cases/"+found.CaseID).OK(&k)
		if done.Opened != "" || len(k.Steps) != 2 || !strings.Contains(k.Steps[1].Words, "还在") {
			t.Fatalf("%+v %+v", done, k)
		}
		w.Pass(90 * time.Minute) // 12:00: nobody was at the gate since ten
		tick()
		b = board("community")
		if b.Missed != 1 || b.Points[0].Missed == "" || b.Points[1].Missed != "" || b.Left != 2 {
			t.Fatalf("%+v", b)
		}
		went(gate, j{"outcome": "in-order"})
		if b := board("community"); b.Missed != 0 || b.Left != 1 {
			t.Fatalf("%+v", b)
		}
		raw := w.Get("community", "/points").Body
		for _, who := range []string{"acc-lead", "actor", `"by"`} {
			if strings.Contains(string(raw), who) {
				t.Fatalf("%q on the list: %s", who, raw)
			}
		}
		now := board("community").Points[0]
		w.Post("community", "/points/"+gate.ID, want(j{"name": "东大门", "order": 3, "version": now.Version - 1})).Refused("SW-1801")
		w.Post("community", "/points/"+gate.ID, want(j{"name": "东大门", "order": 3, "version": now.Version})).OK(&gate)
		if b := board("community"); b.Points[1].Name != "东大门" {
			t.Fatalf("%+v", b)
		}
		w.Post("community", "/points/"+cellar.ID+"/end", nil).OK()
		w.Post("community", "/points/"+cellar.ID+"/end", nil).Refused("SW-1610")
		say("lead", cellar, j{"outcome": "in-order"}).Refused("SW-1610")
		if b := board("community"); len(b.Points) != 1 {
			t.Fatalf("%+v", b)
		}
	})
}
