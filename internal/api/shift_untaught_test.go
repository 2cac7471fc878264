package api_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

// Whoever lacks what a post asks gets on no shift of it by any way: not by the solver,
// by hand or drag, out of a sheet, by picking, by undoing, by swapping, or by being asked;
// and a wish that is asked wrongly changes nothing.
func TestNobodyUntaughtIsRosteredByAnyPath(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		crowd(w, 12)
		p := w.Place(apitest.Community)
		h := people.Helper{ID: "untaught", Number: "untaught", Name: "无资格", Birth: 1985, Kind: "police", PlaceID: p.ID, Path: p.Path}
		w.Change("helper.added", &h, 0)
		who := helperOf(w, h.ID)
		patrolled(w)
		xs := board(w).Shifts
		for _, x := range xs {
			if x.HelperID == who {
				t.Fatal("the solver put them there")
			}
		}
		x := xs[0]
		holder := helperOf(w, x.HelperID)
		w.Post("community", "/shifts/"+x.ID+"/assign", j{"helper_id": who}).Refused("SW-1783")
		w.Post(who, "/shifts/"+x.ID+"/undo", nil).Refused("SW-1010")
		w.Post(who, "/shifts/"+x.ID+"/leave", nil).Refused("SW-1010")
		w.Post(who, "/shifts/"+x.ID+"/swap", j{"with": xs[1].ID}).Refused("SW-1010")
		var hand api.ShiftHand
		w.Post("community", "/shifts/"+x.ID+"/free", j{"how": "phone"}).OK(&hand)
		for _, f := range hand.Asked {
			if f.HelperID == who {
				t.Fatal("they are asked to step in")
			}
		}
		w.Post(who, "/shifts/"+x.ID+"/pick", nil).Refused("SW-1783")
		// A shift of theirs on another post does not swap for one of this.
		from := w.Clock().AddDate(0, 0, 5).Truncate(time.Hour)
		theirs := shift.Shift{ID: "theirs", Item: "day-patrol", PlaceID: p.ID, Path: p.Path, N: 9, HelperID: who, From: from, Until: from.Add(3 * time.Hour), State: shift.Planned, Pinned: true}
		theirs.Key = theirs.KeyOf()
		w.Commit(journal.Change{Row: &theirs})
		y := xs[len(xs)-1]
		w.Post(who, "/shifts/theirs/swap", j{"with": y.ID}).Refused("SW-1783")
		w.Post(helperOf(w, y.HelperID), "/shifts/"+y.ID+"/swap", j{"with": "theirs"}).Refused("SW-1783")
		last := w.Store.Last()
		for _, bad := range []j{{"day": "2020-01-01", "on": true}, {"day": w.Clock().AddDate(0, 0, 90).Format(time.DateOnly), "on": true}, {"day": tomorrow(w), "on": true, "from": 600, "until": 540}, {"day": "soon", "on": true}} {
			w.Post(holder, "/me/wishes", bad).Refused("SW-1789")
		}
		if w.Store.Last() != last {
			t.Fatal("a wish outside the horizon left something")
		}
		// Not into a draft by drag, nor out of a sheet.
		r := drafted(w)
		w.Post("community", "/rosters/"+r.ID+"/move", j{"key": r.Draft[0].Key, "helper_id": who}).Refused("SW-1783")
		var file api.ImportReply
		shiftSheet(w, "community", strings.Join([]string{tomorrow(w), "08:00", "11:00", "日间巡逻员", p.Code, h.Number, ""}, ",")).OK(&file)
		if file.Inserted != 0 || file.Rejected != 1 || file.Rejects[0].Code != "SW-2609" {
			t.Fatalf("%+v", file)
		}
		// Nor by taking over: who answers a search for a replacement yes is asked the gate then.
		var again api.ShiftHand
		w.Post("community", "/shifts/"+y.ID+"/free", j{"how": "phone"}).OK(&again)
		if len(again.Asked) == 0 {
			t.Fatal("nobody is asked")
		}
		first := again.Asked[0].HelperID
		if first != holder && first != y.HelperID {
			helperOf(w, first)
		}
		taught, _, err := w.Store.Helper(context.Background(), first)
		w.Must(err)
		taught.Kind = "police"
		w.Change("helper.changed", &taught, taught.Version)
		var asks list[api.Ask]
		w.Get(first, "/asks").OK(&asks)
		for _, k := range asks.Items {
			if k.Kind == "replace" && k.Open {
				w.Post(first, "/asks/"+k.ID+"/answer", j{"answer": "yes"}).Refused("SW-1783")
			}
		}
		for _, z := range board(w).Shifts {
			if z.ID == y.ID && z.HelperID != "" {
				t.Fatalf("taken over: %+v", z)
			}
		}
		got, err := w.Store.ShiftsOf(context.Background(), []string{who}, w.Clock(), w.Clock().AddDate(0, 0, 30))
		w.Must(err)
		if len(got) != 1 || got[0].ID != "theirs" {
			t.Fatalf("%+v", got)
		}
	})
}
