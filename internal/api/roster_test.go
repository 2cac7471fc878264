package api_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/people"
)

// crowd adds n volunteers of one community who may stand on patrol.
func crowd(w *apitest.World, n int) (ids []string) {
	w.T.Helper()
	p := w.Place(apitest.Community)
	var changes []journal.Change
	for i := range n {
		h := people.Helper{ID: fmt.Sprintf("crowd%02d", i), Number: fmt.Sprintf("crowd%02d", i), Name: fmt.Sprintf("邻居%02d", i), Birth: 1985, Kind: "volunteer", PlaceID: p.ID, Path: p.Path}
		changes = append(changes, journal.Change{Row: &h, Entry: journal.Entry{At: w.Clock(), Actor: "system", Verb: "helper.added", Thing: "helpers", ThingID: h.ID, PlaceID: p.ID, Path: p.Path, Audience: "work"}})
		ids = append(ids, h.ID)
	}
	w.Commit(changes...)
	return ids
}

func tomorrow(w *apitest.World) string { return w.Clock().AddDate(0, 0, 1).Format(time.DateOnly) }

// patrolled is a published roster of patrols at the community over three days.
func patrolled(w *apitest.World) api.RosterInfo {
	w.T.Helper()
	at := "/places/" + w.ID(apitest.Community)
	var r api.RosterInfo
	w.Post("community", at+"/rosters", j{"from": tomorrow(w), "days": 3, "items": []string{"day-patrol"}, "seed": 1}).OK(&r)
	w.Post("community", "/rosters/"+r.ID+"/publish", nil).OK(&r)
	return r
}

func board(w *apitest.World) (b api.RosterBoard) {
	w.T.Helper()
	w.Get("community", "/places/"+w.ID(apitest.Community)+"/roster?from="+tomorrow(w)+"&days=3").OK(&b)
	return b
}

// A draft changes nothing; published, everybody who stands somewhere is told; taken
// back, nothing stands.
func TestARosterIsPlannedPublishedAndTakenBack(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		crowd(w, 12)
		at := "/places/" + w.ID(apitest.Community)
		for _, bad := range []j{{"from": "soon", "days": 3, "items": []string{"day-patrol"}}, {"from": tomorrow(w), "days": -1, "items": []string{"day-patrol"}}, {"from": tomorrow(w), "days": 29, "items": []string{"day-patrol"}}} {
			w.Post("community", at+"/rosters", bad).Refused("SW-1781")
		}
		w.Post("community", at+"/rosters", j{"from": tomorrow(w), "days": 3, "items": []string{"juggler"}}).Refused("SW-1782")
		w.Post("community", at+"/rosters", j{"from": tomorrow(w), "days": 3}).Refused("SW-1782")
		w.Post("gridworker", at+"/rosters", j{"from": tomorrow(w), "days": 3, "items": []string{"day-patrol"}}).Refused("SW-1010")
		var r api.RosterInfo
		w.Post("community", at+"/rosters", j{"from": tomorrow(w), "days": 3, "items": []string{"day-patrol"}, "seed": 1}).OK(&r)
		if r.Shifts != 24 || r.Short != 0 || len(r.Changes) < 8 {
			t.Fatalf("%d shifts, %d open, %d people: %+v", r.Shifts, r.Short, len(r.Changes), r.Reasons)
		}
		if b := board(w); len(b.Shifts) != 0 || b.Draft == nil || len(b.Draft.Draft) != 24 {
			t.Fatalf("a draft stands: %+v", b)
		}
		first := r
		w.Post("gridworker", "/rosters/"+r.ID+"/improve", j{}).Refused("SW-1010")
		w.Post("community", "/rosters/"+r.ID+"/improve", j{"steps": 2}).OK(&r)
		if r.ID != first.ID || r.Short != 0 || r.Steps != first.Steps+2 || len(r.Draft) != 24 {
			t.Fatalf("%d open after %d rounds, before after %d", r.Short, r.Steps, first.Steps)
		}
		w.Post("community", "/rosters/"+r.ID+"/publish", nil).OK(&r)
		w.Post("community", "/rosters/"+r.ID+"/publish", nil).Refused("SW-1786")
		w.Post("community", "/rosters/"+r.ID+"/improve", j{}).Refused("SW-1786")
		b := board(w)
		if len(b.Shifts) != 24 || b.Open != 0 || b.Last == nil {
			t.Fatalf("%d shifts, %d open", len(b.Shifts), b.Open)
		}
		asks, err := w.Store.AsksOf(context.Background(), b.Shifts[0].HelperID, w.Clock().Add(-time.Hour))
		w.Must(err)
		if len(asks) != 1 {
			t.Fatalf("told %d times", len(asks))
		}
		w.Post("community", "/rosters/"+r.ID+"/back", nil).OK(&r)
		if b := board(w); len(b.Shifts) != 0 {
			t.Fatalf("%d shifts stand", len(b.Shifts))
		}
	})
}

// Who cannot come opens the shift; the right ones are asked one after another, a yes
// fills it in the same commit, and whoever left may think again for ten minutes.
func TestADropOutIsMended(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		crowd(w, 12)
		patrolled(w)
		for _, p := range board(w).People {
			w.HelperAccount(p.HelperID)
			w.Grant(p.HelperID, access.Helper, apitest.Community, access.Static)
		}
		x := board(w).Shifts[0]
		stranger := ""
		for _, p := range board(w).People {
			if p.HelperID != x.HelperID {
				stranger = p.HelperID
			}
		}
		w.Post(stranger, "/shifts/"+x.ID+"/leave", nil).Refused("SW-1010")
		var hand api.ShiftHand
		w.Post(x.HelperID, "/shifts/"+x.ID+"/leave", nil).OK(&hand)
		if hand.Shift.State != "open" || len(hand.Asked) != 0 {
			t.Fatalf("%+v", hand)
		}
		var mine api.MyShifts
		w.Get(x.HelperID, "/me/shifts").OK(&mine)
		if len(mine.Undo) != 1 {
			t.Fatalf("nothing to undo: %+v", mine)
		}
		w.Post(x.HelperID, "/shifts/"+x.ID+"/undo", nil).OK(&hand)
		if hand.Shift.HelperID != x.HelperID {
			t.Fatalf("%+v", hand)
		}
		w.Post("community", "/shifts/"+x.ID+"/free", j{"how": "phone"}).OK(&hand)
		if len(hand.Asked) == 0 || len(hand.Asked) > 5 || hand.Asked[0].HelperID == x.HelperID {
			t.Fatalf("%+v", hand.Asked)
		}
		var asks list[api.Ask]
		first := hand.Asked[0].HelperID
		for _, f := range hand.Asked {
			if !slices.ContainsFunc(board(w).People, func(p api.RosterPerson) bool { return p.HelperID == f.HelperID }) && f.HelperID != x.HelperID {
				w.HelperAccount(f.HelperID)
				w.Grant(f.HelperID, access.Helper, apitest.Community, access.Static)
			}
		}
		w.Get(first, "/asks").OK(&asks)
		n := ""
		for _, k := range asks.Items {
			if k.Kind == "replace" && k.Open {
				n = k.ID
			}
		}
		if len(hand.Asked) > 1 {
			w.Post(hand.Asked[1].HelperID, "/asks/"+n+"/answer", j{"answer": "yes"}).Refused("SW-1767")
		}
		w.Post(first, "/asks/"+n+"/answer", j{"answer": "yes"}).OK()
		for _, y := range board(w).Shifts {
			if y.ID == x.ID && (y.HelperID != first || y.State != "planned") {
				t.Fatalf("not filled: %+v", y)
			}
		}
		w.Post(x.HelperID, "/shifts/"+x.ID+"/undo", nil).Refused("SW-1788")
		// Who takes an open shift may give it back for ten minutes: it is open again and
		// nobody is asked.
		free := board(w).Shifts[20]
		w.Post("community", "/shifts/"+free.ID+"/free", j{"how": "desk"}).OK()
		who := ""
		for _, p := range board(w).People {
			if p.HelperID != free.HelperID && w.Post(p.HelperID, "/shifts/"+free.ID+"/pick", nil).Status == 200 {
				who = p.HelperID
				break
			}
		}
		w.Post(who, "/shifts/"+free.ID+"/undo", nil).OK(&hand)
		if hand.Shift.State != "open" || len(hand.Asked) != 0 {
			t.Fatalf("%+v", hand)
		}
		w.Post(who, "/shifts/"+free.ID+"/pick", nil).OK()
		w.Pass(11 * time.Minute)
		w.Post(who, "/shifts/"+free.ID+"/undo", nil).Refused("SW-1788")
	})
}

// Nobody gets a shift by hand against the gate: not who has another at that time, not
// who lacks what the post asks; an exception needs the right and a reason, and being
// in two places is never one.
func TestAHandAsksTheGateOfShifts(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		crowd(w, 12)
		patrolled(w)
		b := board(w)
		x := b.Shifts[0]
		var fits list[api.ShiftFit]
		w.Get("community", "/shifts/"+x.ID+"/fits").OK(&fits)
		never, fit := "", ""
		for _, f := range fits.Items {
			switch {
			case f.Never:
				never = f.HelperID
			case f.OK && fit == "":
				fit = f.HelperID
			case !f.OK && f.Why.ZH == "":
				t.Fatalf("no reason: %+v", f)
			}
		}
		last := w.Store.Last()
		w.Post("community", "/shifts/"+x.ID+"/assign", j{"helper_id": never}).Refused("SW-1783")
		w.Post("community", "/shifts/"+x.ID+"/assign", j{"helper_id": never, "reason": "人手紧"}).Refused("SW-1783")
		if w.Store.Last() != last {
			t.Fatal("a refusal left something")
		}
		p := w.Place(apitest.Community)
		police := people.Helper{ID: "officer", Number: "officer", Name: "民警", Birth: 1985, Kind: "police", PlaceID: p.ID, Path: p.Path}
		w.Change("helper.added", &police, 0)
		w.Post("gridworker", "/shifts/"+x.ID+"/assign", j{"helper_id": "officer", "reason": "人手紧"}).Refused("SW-1010")
		w.Post("community", "/shifts/"+x.ID+"/assign", j{"helper_id": "officer"}).Refused("SW-1783")
		var hand api.ShiftHand
		w.Post("community", "/shifts/"+x.ID+"/assign", j{"helper_id": "officer", "reason": "人手紧"}).OK(&hand)
		if hand.Shift.HelperID != "officer" || hand.Shift.Why != "人手紧" {
			t.Fatalf("%+v", hand)
		}
		w.Post("community", "/shifts/"+b.Shifts[1].ID+"/assign", j{"helper_id": fit}).OK(&hand)
	})
}

// Two swap when both say so, in one commit; nothing has changed before.
func TestTwoSwap(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		crowd(w, 12)
		patrolled(w)
		for _, p := range board(w).People {
			w.HelperAccount(p.HelperID)
			w.Grant(p.HelperID, access.Helper, apitest.Community, access.Static)
		}
		xs := board(w).Shifts
		x := xs[0]
		var could list[api.ShiftInfo]
		w.Get(x.HelperID, "/shifts/"+x.ID+"/swaps").OK(&could)
		w.Get(xs[1].HelperID, "/shifts/"+x.ID+"/swaps").Refused("SW-1010")
		if len(could.Items) == 0 || slices.ContainsFunc(could.Items, func(y api.ShiftInfo) bool { return y.HelperID == x.HelperID || y.From == x.From }) {
			t.Fatalf("%+v", could.Items)
		}
		for _, y := range xs[1:] {
			if y.HelperID == x.HelperID {
				w.Post(x.HelperID, "/shifts/"+x.ID+"/swap", j{"with": y.ID}).Refused("SW-1790")
				continue
			}
			var a api.Ask
			if r := w.Post(x.HelperID, "/shifts/"+x.ID+"/swap", j{"with": y.ID}); r.Status != 200 {
				r.Refused("SW-1783")
				continue
			} else {
				r.OK(&a)
			}
			if y.From == x.From {
				continue
			}
			w.Post(x.HelperID, "/asks/"+a.ID+"/answer", j{"answer": "yes"}).Refused("SW-1010")
			w.Post(y.HelperID, "/asks/"+a.ID+"/answer", j{"answer": "yes"}).OK()
			held := map[string]string{}
			for _, z := range board(w).Shifts {
				held[z.ID] = z.HelperID
			}
			if held[x.ID] != y.HelperID || held[y.ID] != x.HelperID {
				t.Fatalf("%v", held)
			}
			return
		}
		t.Fatal("nobody could swap")
	})
}
