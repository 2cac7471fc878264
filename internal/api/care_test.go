package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/people/care"
	"shouwang/internal/people/shift"
)

// stands puts a planned shift of the day patrol on somebody's line.
func stands(w *apitest.World, helper string, from time.Time, hours int) {
	p := w.Place(apitest.Community)
	x := shift.Shift{ID: journal.NewID(w.Clock()), Item: "day-patrol", PlaceID: p.ID, Path: p.Path, N: 1, HelperID: helper, From: from, Until: from.Add(time.Duration(hours) * time.Hour), State: shift.Planned}
	x.Key = x.KeyOf() + helper
	w.Commit(journal.Change{Row: &x})
}

// Whoever makes the roster sees what those on duty need: gear with what the stock does
// not hold, meals with diets as numbers, who is not insured; the helper sees their own.
// Bad input changes nothing, and nobody below sees any of it.
func TestCareOfHelpers(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var list struct{ Items []api.Helper }
		w.Get("community", "/helpers?limit=2").OK(&list)
		me, other := list.Items[0], list.Items[1]
		w.HelperAccount(me.ID)
		place := "/places/" + w.ID(apitest.Community)
		midnight, _ := time.ParseInLocation(time.DateOnly, w.Clock().Add(24*time.Hour).In(civilZone).Format(time.DateOnly), civilZone)
		stands(w, me.ID, midnight.Add(11*time.Hour), 3)
		stands(w, other.ID, midnight.Add(14*time.Hour), 3)
		board := func() (out api.CareBoard) {
			w.Get("community", place+"/care?days=3").OK(&out)
			return out
		}
		b := board()
		if len(b.Wants) != 4 || b.Wants[0].HelperID != me.ID || b.Wants[0].Short || len(b.Uninsured) != 2 || len(b.Meals) != 1 || b.Meals[0].Count != 1 || b.Meals[0].Meal != "lunch" || len(b.Diets) != 0 || !b.MayWrite {
			t.Fatalf("%+v", b)
		}
		for _, as := range []string{"lead", "gridworker", "helper"} {
			if a := w.Get(as, place+"/care"); a.Status == 200 {
				t.Fatal(as, "sees the care of others")
			}
		}
		// The diet is the helper's own word, sealed; it comes out as a number, and one
		// entry says that it was counted.
		w.Post("community", "/helpers/"+me.ID, j{"limits": []string{"halal"}}).OK()
		last := w.Store.Last()
		if b = board(); len(b.Diets) != 1 || b.Diets[0].Count != 1 || b.Diets[0].Title.EN != "Halal food" {
			t.Fatalf("%+v", b.Diets)
		}
		if es := w.Entries(last); len(es) != 1 || es[0].Verb != "diet.counted" || strings.Contains(string(es[0].Payload), "halal") {
			t.Fatalf("%+v", es)
		}
		// Gear: taken in, handed out, brought back or lost; the rest is short.
		w.Post("community", place+"/gear", j{"kind": "boat", "count": 1}).Refused("SW-1759")
		w.Post("community", place+"/gear", j{"kind": "vest", "count": 0}).Refused("SW-1759")
		w.Post("community", place+"/gear", j{"kind": "vest", "count": 1, "helper_id": "nobody"}).Refused("SW-1010")
		w.Post("community", place+"/gear", j{"kind": "vest", "count": 1}).OK()
		if b = board(); len(b.Wants) != 4 || b.Wants[0].Short || !shortOf(b, "vest") || shortOf(b, "torch") {
			t.Fatalf("%+v", b.Wants)
		}
		var given api.GearIssue
		w.Post("community", place+"/gear", j{"kind": "vest", "count": 1, "helper_id": me.ID}).OK(&given)
		var own api.OwnCare
		w.Get(me.ID, "/me/care").OK(&own)
		if b = board(); len(b.Wants) != 3 || len(b.Out) != 1 || len(own.Gear) != 1 || own.Gear[0].Title.EN != "Vest" {
			t.Fatalf("%+v %+v", b, own)
		}
		w.Post(me.ID, "/gear/"+given.ID+"/back", j{}).Refused("SW-1010")
		w.Post("community", "/gear/"+given.ID+"/back", j{"lost": true, "why": "撕破"}).OK()
		w.Post("community", "/gear/"+given.ID+"/back", j{}).Refused("SW-1729")
		for _, g := range board().Gear {
			if g.ID == "vest" && (g.In != 0 || g.Out != 0 || g.Gone != 1) {
				t.Fatalf("%+v", g)
			}
		}
		// Insurance and lodging.
		day := midnight.AddDate(0, 0, 30).Format(time.DateOnly)
		w.Post("community", "/helpers/"+me.ID+"/care", j{"insured_until": "soon", "insured_by": "街道", "lodging": "", "lodged_until": ""}).Refused("SW-1778")
		w.Post("community", "/helpers/"+me.ID+"/care", j{"insured_until": day, "insured_by": "", "lodging": "", "lodged_until": ""}).Refused("SW-1778")
		w.Post("community", "/helpers/"+me.ID+"/care", j{"insured_until": day, "insured_by": "街道", "lodging": "活动室二楼", "lodged_until": day}).OK()
		w.Get(me.ID, "/me/care").OK(&own)
		if b = board(); len(b.Uninsured) != 1 || b.Uninsured[0].HelperID != other.ID || len(b.Lodged) != 1 || own.InsuredBy != "街道" || own.Lodging == "" {
			t.Fatalf("%+v %+v", b, own)
		}
		// The phone says what a shift hands out, and which meals.
		var mine api.MyShifts
		w.Get(me.ID, "/me/shifts").OK(&mine)
		if len(mine.Mine) != 1 || len(mine.Mine[0].Gear) != 2 || len(mine.Mine[0].Meals) != 1 {
			t.Fatalf("%+v", mine.Mine)
		}
	})
}

func shortOf(b api.CareBoard, kind string) bool {
	for _, x := range b.Wants {
		if x.Kind == kind && x.Short {
			return true
		}
	}
	return false
}

var civilZone = time.FixedZone("Asia/Shanghai", 8*3600)

// Thanks reach whom they are for; a resident's only after somebody looked at them.
func TestThanksAreLookedAt(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var list struct{ Items []api.Helper }
		w.Get("community", "/helpers?limit=2").OK(&list)
		me, other := list.Items[0].ID, list.Items[1].ID
		w.HelperAccount(me)
		w.HelperAccount(other)
		place := "/places/" + w.ID(apitest.Community)
		read := func(as string) []api.Thanks {
			var own api.OwnCare
			w.Get(as, "/me/care").OK(&own)
			return own.Thanks
		}
		w.Post("community", place+"/thanks", j{"words": " ", "from": ""}).Refused("SW-1779")
		w.Post("lead", place+"/thanks", j{"words": "辛苦", "from": ""}).Refused("SW-1010")
		last := w.Store.Last()
		w.Post("community", place+"/thanks", j{"helper_id": me, "words": "夜里守门辛苦了", "from": "长塘社区"}).OK()
		for _, e := range w.Entries(last) {
			if strings.Contains(string(e.Payload), "夜里") || e.Verb != "thanks.written" {
				t.Fatalf("%+v", e)
			}
		}
		if got := read(me); len(got) != 1 || got[0].Words == "" || got[0].Resident {
			t.Fatalf("%+v", got)
		}
		if got := read(other); len(got) != 0 {
			t.Fatalf("another reads them: %+v", got)
		}
		door := w.Place(apitest.Door)
		written, err := care.Thank(care.Thanks{ID: journal.NewID(w.Clock()), PlaceID: door.ID, Path: door.Path, Words: "谢谢守楼的各位", From: "三楼住户"}, w.Clock())
		w.Must(err)
		w.Commit(journal.Change{Row: &written})
		if got := read(other); len(got) != 0 {
			t.Fatalf("shown unseen: %+v", got)
		}
		var id string
		for _, x := range all[api.Thanks](w, "community", place+"/thanks").Items {
			if !x.Decided {
				if !x.Resident || strings.Contains(x.Place, "101") {
					t.Fatalf("it names the door: %+v", x)
				}
				id = x.ID
			}
		}
		w.Post(me, "/thanks/"+id+"/decide", j{"show": true}).Refused("SW-1010")
		w.Post("community", "/thanks/"+id+"/decide", j{"show": true}).OK()
		w.Post("community", "/thanks/"+id+"/decide", j{"show": false}).Refused("SW-1795")
		if got := read(other); len(got) != 1 || got[0].To != "" {
			t.Fatalf("%+v", got)
		}
	})
}

// The burden view says who is busy and who needs rest, by name and with the reason; the
// rested are only counted, and the parts add up to the whole.
func TestBurdenOrdersNobody(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var list struct{ Items []api.Helper }
		w.Get("community", "/helpers?limit=3").OK(&list)
		w.Pass(72 * time.Hour)
		for k, h := range list.Items {
			from := w.Clock().Add(time.Duration(-13+k) * time.Hour)
			for n := range 2 - k { // the first gave two long ones, the second one
				at := from.Add(time.Duration(n) * 6 * time.Hour)
				w.Post("community", "/helpers/"+h.ID+"/services", j{"title": j{"zh": "守门", "en": "Gate"}, "from": at.Format(time.RFC3339), "until": at.Add(6 * time.Hour).Format(time.RFC3339), "reason": "纸面"}).OK()
			}
		}
		var b api.Burden
		w.Get("community", "/places/"+w.ID(apitest.Community)+"/burden").OK(&b)
		if b.Tired != 1 || b.Busy != 1 || len(b.People) != 2 || b.Rested == 0 {
			t.Fatalf("%+v", b)
		}
		for i, p := range b.People {
			if i > 0 && b.People[i-1].Name > p.Name || len(p.Why) == 0 || (p.Band == "tired") != (p.HelperID == list.Items[0].ID) {
				t.Fatalf("%+v", b.People)
			}
		}
		sum := 0
		for _, p := range b.Parts {
			sum += p.Rested + p.Busy + p.Tired
		}
		if sum > b.Rested+b.Busy+b.Tired || sum == 0 {
			t.Fatalf("%+v", b)
		}
		if body := string(w.Get("community", "/places/"+w.ID(apitest.Community)+"/burden").Body); strings.Contains(body, "minutes") || strings.Contains(body, "hours\":") {
			t.Fatal("it counts somebody:", body)
		}
		w.Get("lead", "/places/"+w.ID(apitest.Community)+"/burden").Refused("SW-1010")
	})
}
