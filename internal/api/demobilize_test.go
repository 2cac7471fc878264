package api_test

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// picture is what people see of a world when nothing is wrong with it: who holds
// what, which rounds are open, which zones hold, what each building shows.
func picture(w *apitest.World) string {
	w.T.Helper()
	var out []string
	for _, p := range all[api.Post](w, "commander", "/posts").Items {
		holder := ""
		if p.Holder != nil {
			holder = p.Holder.HelperID
		}
		out = append(out, fmt.Sprint("post ", p.Item, p.PlaceID, p.Zone, p.Incident, holder))
	}
	for _, r := range all[api.Round](w, "commander", "/rounds").Items {
		if r.Closed == "" {
			out = append(out, "round "+r.Item+r.Incident)
		}
	}
	for _, code := range []string{apitest.Subdistrict, apitest.Community, apitest.Building, apitest.Building3} {
		var p api.PlaceDetail
		w.Get("commander", "/places/"+w.ID(code)).OK(&p)
		out = append(out, fmt.Sprintf("place %s %+v", code, p.Place))
	}
	for _, role := range []string{"commander", "community", "lead", "police"} {
		var me api.Me
		w.Get(role, "/me").OK(&me)
		out = append(out, fmt.Sprint(role, me.Grants))
	}
	o := overview(w, "commander", apitest.Subdistrict)
	out = append(out, fmt.Sprintf("mode %+v %+v %+v", o.Mode, o.Totals, o.Communities))
	sort.Strings(out)
	return strings.Join(out, "\n")
}

// Ending an incident hands back by name; a look beforehand changes nothing; the
// world is then as it was, but for what was handed over.
func TestDemobilize(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		before := picture(w)
		incident, lead, round := running(w)
		w.Post("commander", "/incidents/"+declare(w, apitest.Community2)+"/demobilize", j{"confirm": true}).Refused("SW-1512")
		doors := w.Doors(apitest.Building3)
		for n, d := range doors {
			body := j{"outcome": "at-home"}
			switch n {
			case 0:
				body = j{"outcome": "needs-help", "choice": "medicine"}
			case 1:
				body = j{"outcome": "absent"}
			case 2:
				continue // nobody came
			}
			w.Post(lead, rec{round, d.ID}.path(), body).OK()
		}
		last := w.Store.Last()
		var look, done api.DemobilizeReply
		w.Post("commander", "/incidents/"+incident+"/demobilize", j{"confirm": false}).OK(&look)
		if w.Store.Last() != last || look.Done || len(look.HandedOver) != 3 || look.Closed.Posts != 6 || look.Closed.Rounds != 1 || look.Closed.Measures != 1 {
			t.Fatalf("%+v", look)
		}
		w.Post("commander", "/incidents/"+incident+"/demobilize", j{"confirm": true}).OK(&done)
		if es := w.Entries(last); len(es) != 1 || es[0].Verb != "incident.demobilized" {
			t.Fatalf("one act, one entry: %+v", es)
		}
		if !done.Done || fmt.Sprint(done.HandedOver) != fmt.Sprint(look.HandedOver) || done.DeleteAfter == "" || done.Unclaimed != 0 {
			t.Fatalf("%+v", done)
		}
		for _, h := range done.HandedOver {
			if h.To == "" || h.Title == "" {
				t.Fatalf("nobody takes it over: %+v", h)
			}
			if !strings.HasSuffix(h.Title, "**") || strings.Contains(h.Title, "药") {
				t.Fatalf("command learns the door or what was asked for there: %+v", h)
			}
		}
		w.Post("commander", "/incidents/"+incident+"/demobilize", j{"confirm": true}).Refused("SW-1505")
		w.Post("commander", "/incidents/"+incident+"/plan", j{}).Refused("SW-1505")
		w.Post("commander", "/incidents/"+incident+"/zones", j{"zone": "control", "place_codes": []string{apitest.Building}, "basis": basis, "until": "2026-11-30"}).Refused("SW-1505")
		var after []string
		carried := ""
		for _, line := range strings.Split(picture(w), "\n") {
			if strings.HasPrefix(line, "round follow-up") {
				carried = line
				continue
			}
			after = append(after, line)
		}
		if got := strings.Join(after, "\n"); carried == "" || got != before {
			t.Fatalf("not as before (carried %q):\n%s\nwas\n%s", carried, got, before)
		}
		// what goes on is in the everyday lead's hands, with what was found
		var everyday api.Pack
		post := all[api.Post](w, "commander", "/posts?incident_id=normal&under="+w.ID(apitest.Second)).Items[0]
		who := post.Holder.HelperID
		if who != lead {
			w.HelperAccount(who)
		}
		// and outlives the incident's key
		w.Must(w.Seal.DestroyPurpose(context.Background(), "incident:"+incident))
		w.Get(who, "/field/pack").OK(&everyday)
		got := cells(everyday)
		if got[doors[0].ID].State != "help" || got[doors[0].ID].Choice != "medicine" || got[doors[1].ID].State != "again" || got[doors[2].ID].State != "todo" || got[doors[3].ID].State != "none" {
			t.Fatalf("%+v %+v %+v %+v", got[doors[0].ID], got[doors[1].ID], got[doors[2].ID], got[doors[3].ID])
		}
		w.Post(who, rec{everyday.Microgrids[0].Round.ID, doors[2].ID}.path(), j{"outcome": "at-home"}).OK()
		var again api.Incident
		if w.Get("commander", "/incidents/"+incident).OK(&again); again.State != "ended" || again.Totals.Doors != 12 || again.DeleteAt == "" {
			t.Fatalf("%+v", again)
		}
	})
}
