package api_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/people"
)

// A need told by one tap goes over the desk to its answer, and is closed by the
// resident's own word alone; two taps of one slip are one case.
func TestANeedGoesFromATapToTheResidentsYes(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door := w.Doors(apitest.Building)[0]
		ctx := t.Context()
		id, token, err := w.API.OpenFor(ctx, door.ID, "medicine", "slip-1")
		if err != nil {
			t.Fatal(err)
		}
		if again, same, err := w.API.OpenFor(ctx, door.ID, "medicine", "slip-1"); err != nil || again != id || same != token {
			t.Fatal("the second tap opened another:", again, err)
		}
		if _, _, err := w.API.OpenFor(ctx, door.ID, "pony", "slip-2"); err == nil {
			t.Fatal("an item nobody knows was opened")
		}
		if _, err := w.API.TrackCase(ctx, id, "wrong"); err == nil {
			t.Fatal("a wrong token opens the case")
		}
		w.Must(w.API.SayCase(ctx, id, token, need.Note, "胰岛素两支", "13800002222", 0))

		var list api.Items[api.Case]
		w.Get("community", "/cases").OK(&list)
		if len(list.Items) != 1 || list.Items[0].Words != "" || list.Items[0].Contact != "" {
			t.Fatalf("%+v", list)
		}
		var c api.Case
		w.Get("community", "/cases/"+id).OK(&c)
		if c.Words != "胰岛素两支" || c.Contact != "13800002222" || c.Stage != "waiting" || c.Origin != "door" || len(c.Steps) != 2 {
			t.Fatalf("%+v", c)
		}
		w.Get("inspector", "/cases/"+id).Refused("SW-1010")
		w.Post("lead", "/cases/"+id+"/take", j{}).Refused("SW-1011")
		w.Post("community", "/cases/"+id+"/take", j{}).OK(&c)
		w.Post("community", "/cases/"+id+"/take", j{}).Refused("SW-2401")
		w.Post("community", "/cases/"+id+"/answer", j{"words": "好", "met_by": "volunteer"}).Refused("SW-2404")
		w.Post("community", "/cases/"+id+"/answer", j{"words": "药已送到门口"}).Refused("SW-2405")
		w.Post("community", "/cases/"+id+"/pause", j{"why": "lunch", "until": "2027-01-01"}).Refused("SW-2407")
		w.Post("community", "/cases/"+id+"/transfer", j{"role": "king", "words": "转走"}).Refused("SW-2408")
		w.Post("community", "/cases/"+id+"/answer", j{"words": "药已送到门口", "met_by": "volunteer"}).OK(&c)
		w.Post("community", "/cases/"+id+"/confirm", j{"rating": 3}).Refused("SW-2412")
		w.Must(w.API.SayCase(ctx, id, token, need.Reopen, "剂量不对", "", 0))
		w.Get("community", "/cases/"+id).OK(&c)
		if c.Stage != "taken" || !c.Mine || c.Reopened != 1 {
			t.Fatalf("reopened: %+v", c)
		}
		w.Post("community", "/cases/"+id+"/answer", j{"words": "换对了", "met_by": "volunteer", "proof": "小票 7"}).OK()
		w.Must(w.API.SayCase(ctx, id, token, need.Confirm, "", "", 3))
		w.Get("community", "/cases/"+id).OK(&c)
		if c.Stage != "closed" || c.How != "confirmed" || c.Rating != 3 || c.MetBy != "volunteer" {
			t.Fatalf("%+v", c)
		}
		for _, e := range w.Entries(0) {
			if strings.HasPrefix(e.Verb, "case.") && (strings.Contains(string(e.Payload), "胰岛素") || strings.Contains(string(e.Payload), "13800002222")) {
				t.Fatalf("the journal says what was asked: %+v", e)
			}
		}
	})
}

// Nobody answers: the desk above is told, a transfer is granted, and the clock's acts
// done twice are done once.
func TestSilenceMovesACaseOn(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door := w.Doors(apitest.Building)[0]
		var c api.Case
		w.Post("community", "/cases", j{"item": "medicine", "place_id": door.ID, "words": "降压药", "origin": "phone"}).OK(&c)
		if c.Number == "" || c.Link == "" || c.NotedBy == "" {
			t.Fatalf("%+v", c)
		}
		tick := func() {
			for _, k := range due(w) {
				changes, err := w.API.MoveByClock(t.Context(), k, w.Clock(), "system")
				w.Must(err)
				w.Commit(changes...)
			}
		}
		w.Pass(48 * time.Hour)
		tick()
		w.Get("commander", "/cases/"+c.ID).OK(&c)
		if c.Level != 1 || c.Above == nil || c.Above.Role != "commander" || !c.Late {
			t.Fatalf("%+v", c)
		}
		if n := len(due(w)); n != 0 {
			t.Fatal(n, "cases are due at once again")
		}
		w.Post("commander", "/cases/"+c.ID+"/transfer", j{"role": "health", "words": "要医护判断"}).OK(&c)
		if c.Offer == nil || c.Stage != "offered" {
			t.Fatalf("%+v", c)
		}
		w.Pass(100 * time.Hour)
		tick()
		w.Get("health", "/cases/"+c.ID).OK(&c)
		if c.Desk.Role != "health" || c.Offer != nil || c.Stage != "waiting" {
			t.Fatalf("not granted: %+v", c)
		}
		w.Post("health", "/cases/"+c.ID+"/take", j{}).OK()
	})
}

func due(w *apitest.World) []need.Case {
	ks, err := w.Store.CasesDue(w.T.Context(), w.Clock(), 100)
	w.Must(err)
	return ks
}

// counsellor is an account of somebody who counsels, with a place at the health desk.
func counsellor(w *apitest.World) string {
	w.T.Helper()
	h, at := w.Helpers[0], w.Place(apitest.Community)
	name := w.HelperAccount(h.ID)
	w.Commit(journal.Change{Row: &people.Pass{ID: "pass-c", HelperID: h.ID, Qualification: "counsellor", Source: "import", From: w.Clock().AddDate(-1, 0, 0)},
		Entry: journal.Entry{At: w.Clock(), Actor: "system", Verb: "pass.given", Thing: "passes", ThingID: "pass-c", Audience: "audit"}},
		journal.Change{Row: &access.Grant{ID: "g-c", Account: "acc-" + name, Role: access.Health, PlaceID: at.ID, Path: at.Path, From: w.Clock().Add(-time.Hour), Why: access.Static}})
	return name
}

// What is told in confidence is not there for command and community: in no list, no
// reading, no log, no error that differs from that of a case which never was.
func TestACaseToldInConfidenceIsNotThereForOthers(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door := w.Doors(apitest.Building)[0]
		last := w.Store.Last()
		id, token, err := w.API.OpenFor(t.Context(), door.ID, "counselling", "slip")
		w.Must(err)
		w.Must(w.API.SayCase(t.Context(), id, token, need.Note, "夜里睡不着", "", 0))
		for _, who := range []string{"commander", "community", "gridworker", "lead", "auditor", "inspector", "police"} {
			var list api.Items[api.Case]
			if a := w.Get(who, "/cases"); a.Status == 200 {
				a.OK(&list)
			}
			if len(list.Items) != 0 {
				t.Errorf("%s lists it", who)
			}
			there, never := w.Get(who, "/cases/"+id), w.Get(who, "/cases/none")
			if there.Status != 404 || string(there.Body) != string(never.Body) {
				t.Errorf("%s: %s\n%s", who, there.Body, never.Body)
			}
			w.Post(who, "/cases/"+id+"/take", j{}).Refused("SW-1010")
			if a := w.Get(who, "/log?limit=50"); a.Status == 200 && (strings.Contains(string(a.Body), "case.") || strings.Contains(string(a.Body), id)) {
				t.Errorf("%s reads of it in the log: %s", who, a.Body)
			}
		}
		for _, e := range w.Entries(last) {
			if e.Verb == "case.opened" || e.Verb == "case.noted" {
				if e.Path != "" || e.PlaceID != "" || string(e.Payload) != "{}" || e.Audience != "hushed" {
					t.Fatalf("%+v", e)
				}
			}
		}
		k, _, err := w.Store.Case(t.Context(), id)
		w.Must(err)
		if seen, err := w.API.CaseSeen(t.Context(), &k); err != nil || len(seen) != 0 { // those who were refused saw nothing
			t.Fatal(seen, err)
		}
		own := counsellor(w)
		w.Get(own, "/cases/"+id).OK()
		w.Get(own, "/cases/"+id).OK()
		w.Pass(2 * time.Hour)
		w.Get(own, "/cases/"+id).OK()
		seen, err := w.API.CaseSeen(t.Context(), &k)
		if err != nil || len(seen) != 2 || seen[0].Role != "health" || seen[0].N != 1 || seen[1].N != 2 || seen[1].Purpose != "case" {
			t.Fatalf("its own people: %+v %v", seen, err)
		}
		if tr, err := w.API.TrackCase(t.Context(), id, token); err != nil || tr.Case.Words != "夜里睡不着" {
			t.Fatal("the resident cannot follow it", err)
		}
	})
}

// Who waits with another is answered with it, goes with it to the one it joins, and goes
// on for itself when the other is not needed any more.
func TestACaseThatWaitsWithAnotherIsNotForgotten(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var ids, tokens []string
		for i, door := range w.Doors(apitest.Building)[:4] {
			id, token, err := w.API.OpenFor(t.Context(), door.ID, "medicine", strconv.Itoa(i))
			w.Must(err)
			ids, tokens = append(ids, id), append(tokens, token)
		}
		stage := func(i int) api.Case {
			var c api.Case
			w.Get("community", "/cases/"+ids[i]).OK(&c)
			return c
		}
		join := func(i, head int) *apitest.Answer {
			return w.Post("community", "/cases/"+ids[i]+"/join", j{"same": ids[head]})
		}
		join(1, 0).OK()
		join(0, 0).Refused("SW-2409")
		join(0, 1).Refused("SW-2409") // one that waits cannot be waited for
		join(0, 2).OK()
		if a, b := stage(0), stage(1); a.Stage != "joined" || b.Stage != "joined" {
			t.Fatal(a.Stage, b.Stage)
		}
		w.Must(w.API.SayCase(t.Context(), ids[2], tokens[2], need.Withdraw, "", "", 0))
		for i := range 2 {
			if c := stage(i); c.Stage != "waiting" {
				t.Fatalf("%d: %s, though nobody is to answer", i, c.Stage)
			}
		}
		join(1, 0).OK()
		w.Post("community", "/cases/"+ids[0]+"/answer", j{"words": "药一起送到了", "met_by": "volunteer"}).OK()
		if c := stage(1); c.Stage != "answered" || c.Reply != "药一起送到了" {
			t.Fatalf("%+v", c)
		}
		w.Must(w.API.SayCase(t.Context(), ids[1], tokens[1], need.Confirm, "", "", 0))
		if stage(0).Stage != "answered" || stage(1).Stage != "closed" {
			t.Fatal("one resident's yes closed another's case")
		}
	})
}

// A case is assigned to those whom the list names and to nobody else, and the list says
// who is told when its desk is silent; a part that was split off holds the answer of
// its parent back, and its own answer is read there.
func TestACaseIsAssignedByNameAndWaitsForItsParts(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		door := w.Doors(apitest.Building)[0]
		var c, part api.Case
		w.Post("commander", "/cases", j{"item": "medicine", "place_id": door.ID, "words": "降压药", "origin": "phone"}).OK(&c)
		w.Get("inspector", "/cases/"+c.ID+"/staff").Refused("SW-1010")
		w.Get("gridworker", "/cases/"+c.ID+"/staff").Refused("SW-1011")
		var staff api.CaseStaff
		w.Get("community", "/cases/"+c.ID+"/staff").OK(&staff)
		if !staff.Held || len(staff.Items) == 0 || staff.Above == nil || staff.Above.Role != "commander" || staff.Items[0].RoleTitle.ZH != c.Desk.RoleTitle.ZH {
			t.Fatalf("%+v", staff)
		}
		listed := map[string]bool{}
		for _, p := range staff.Items {
			listed[p.ID] = true
		}
		all, err := w.Store.AllAccounts(t.Context())
		w.Must(err)
		for _, p := range all {
			if !listed[p.ID] {
				w.Post("community", "/cases/"+c.ID+"/assign", j{"who": p.ID}).Refused("SW-2420")
			}
		}
		for id := range listed {
			w.Post("community", "/cases/"+c.ID+"/assign", j{"who": id}).OK(&c)
		}
		me := staff.Items[0].ID
		w.Post("community", "/cases/"+c.ID+"/assign", j{"who": me}).OK(&c)

		w.Post("community", "/cases", j{"item": "medicine", "place_id": door.ID, "words": "另一种药", "parent": c.ID}).OK(&part)
		if part.Parent != c.ID {
			t.Fatalf("%+v", part)
		}
		w.Post("community", "/cases/"+c.ID+"/answer", j{"words": "都送到了", "met_by": "volunteer"}).Refused("SW-2410")
		w.Post("community", "/cases/"+part.ID+"/answer", j{"words": "这一种已送到", "met_by": "volunteer"}).OK()
		w.Get("community", "/cases/"+c.ID).OK(&c)
		if len(c.Parts) != 1 || c.Parts[0].Reply != "这一种已送到" {
			t.Fatalf("%+v", c.Parts)
		}
		w.Post("community", "/cases/"+c.ID+"/answer", j{"words": "都送到了", "met_by": "volunteer"}).OK()
	})
}
