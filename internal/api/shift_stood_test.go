package api_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/people/shift"
)

// helperOf gives whoever has a shift an account of their own.
func helperOf(w *apitest.World, id string) string {
	w.HelperAccount(id)
	w.Grant(id, access.Helper, apitest.Community, access.Static)
	return id
}

// A shift is stood when its helper or the desk says so at its end; then its hours count,
// the note is read by the next, and whoever stood it is practised. In ordinary times
// nobody comes; whoever did not come is replaced while it runs and missed after it.
func TestAShiftIsStoodOrMissed(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		crowd(w, 12)
		patrolled(w)
		xs := board(w).Shifts
		x := xs[0]
		who := helperOf(w, x.HelperID)
		stranger := ""
		for _, y := range xs {
			if y.HelperID != x.HelperID && y.From == x.From {
				stranger = helperOf(w, y.HelperID)
			}
		}
		from, err := time.Parse(time.RFC3339, x.From)
		w.Must(err)
		until, err := time.Parse(time.RFC3339, x.Until)
		w.Must(err)
		w.Pass(from.Sub(w.Clock()) + time.Minute)
		w.Post(who, "/shifts/"+x.ID+"/come", nil).Refused("SW-1775")
		w.Post(who, "/shifts/"+x.ID+"/stood", nil).Refused("SW-1776")
		w.Post("lead", "/shifts/"+x.ID+"/stood", nil).Refused("SW-1010")
		w.Post(who, "/shifts/"+x.ID+"/note", j{"note": "东门钥匙在门卫室"}).OK()
		w.Post(stranger, "/shifts/"+x.ID+"/note", j{"note": "x"}).Refused("SW-1010")
		w.Pass(until.Sub(w.Clock()) + time.Minute)
		var mine api.MyShifts
		w.Get(who, "/me/shifts").OK(&mine)
		if len(mine.Over) != 1 || !mine.Over[0].MaySay || mine.Over[0].MayCome {
			t.Fatalf("%+v", mine.Over)
		}
		w.Post(stranger, "/shifts/"+x.ID+"/stood", nil).Refused("SW-1010")
		w.Post(who, "/shifts/"+x.ID+"/stood", nil).OK()
		w.Post(who, "/shifts/"+x.ID+"/stood", nil).Refused("SW-1776")
		var given api.ServiceRecord
		w.Get("community", "/helpers/"+who+"/services").OK(&given)
		if given.Minutes != int(until.Sub(from)/time.Minute) || given.Items[0].Source != "shift" || given.Items[0].Title.EN != "Day patrol" {
			t.Fatalf("%+v", given)
		}
		w.Get(who, "/me/shifts").OK(&mine)
		if len(mine.Over) != 0 {
			t.Fatal("asked again")
		}
		for _, y := range xs { // who stands there next reads it
			if y.From == x.Until && y.HelperID != who {
				w.Get(helperOf(w, y.HelperID), "/me/shifts").OK(&mine)
				if i := slices.IndexFunc(mine.Mine, func(m api.MyShift) bool { return m.ID == y.ID }); i >= 0 && mine.Mine[i].Before != "东门钥匙在门卫室" {
					t.Fatalf("the next reads %q", mine.Mine[i].Before)
				}
			}
		}
		var mend api.Stretch
		w.Post("community", "/services/"+given.Items[0].ID+"/correct", j{"from": x.From, "until": from.Add(time.Hour).Format(time.RFC3339), "reason": "先走了"}).OK(&mend)
		w.Get("community", "/helpers/"+who+"/services").OK(&given)
		if given.Minutes != 60 || len(given.Items) != 1 {
			t.Fatalf("put right: %+v", given)
		}
		other := xs[slices.IndexFunc(xs, func(y api.ShiftInfo) bool { return y.HelperID == stranger && y.From == x.From })]
		var hand api.ShiftHand
		w.Post("community", "/shifts/"+other.ID+"/free", j{"how": "absent"}).OK(&hand)
		if hand.Shift.State != shift.Missed || len(hand.Asked) != 0 {
			t.Fatalf("%+v", hand)
		}
		w.Post("lead", "/shifts/"+other.ID+"/settle", j{"how": "stood"}).Refused("SW-1010")
		w.Post("community", "/shifts/"+other.ID+"/settle", j{"how": "came"}).Refused("SW-1775")
		w.Post("community", "/shifts/"+other.ID+"/settle", j{"how": "stood"}).OK() // they had been there after all
		got, _, err := w.Store.Shift(context.Background(), other.ID)
		w.Must(err)
		if got.State != shift.Done || got.HelperID != stranger {
			t.Fatalf("%+v", got)
		}
	})
}

// In an emergency whoever has a shift says that they came; it counts from then on.
func TestAShiftIsComeToInAnEmergency(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		flood(w, map[string][]string{"evacuate": {apitest.Building, apitest.Building2}})
		crowd(w, 12)
		patrolled(w)
		x := board(w).Shifts[0]
		who := helperOf(w, x.HelperID)
		from, err := time.Parse(time.RFC3339, x.From)
		w.Must(err)
		w.Pass(from.Sub(w.Clock()) + time.Hour)
		var mine api.MyShifts
		w.Get(who, "/me/shifts").OK(&mine)
		if len(mine.Mine) == 0 || !mine.Mine[0].MayCome {
			t.Fatalf("%+v", mine.Mine)
		}
		w.Post(who, "/shifts/"+x.ID+"/come", nil).OK()
		w.Post(who, "/shifts/"+x.ID+"/leave", nil).Refused("SW-1785")
		var given api.ServiceRecord
		w.Get("community", "/helpers/"+who+"/services").OK(&given)
		if given.Minutes != 0 {
			t.Fatal("hours that lie ahead count")
		}
		w.Pass(3 * time.Hour)
		w.Get("community", "/helpers/"+who+"/services").OK(&given)
		if given.Minutes != 120 {
			t.Fatalf("%d minutes", given.Minutes)
		}
	})
}
