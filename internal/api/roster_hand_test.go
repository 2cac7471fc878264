package api_test

import (
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/people"
)

// drafted is a draft of patrols at the community over three days that nobody stands in yet.
func drafted(w *apitest.World) (r api.RosterInfo) {
	w.T.Helper()
	w.Post("community", "/places/"+w.ID(apitest.Community)+"/rosters", j{"from": tomorrow(w), "days": 3, "items": []string{"day-patrol"}, "seed": 1, "empty": true}).OK(&r)
	return r
}

func held(r *api.RosterInfo) map[string]string {
	out := map[string]string{}
	for _, x := range r.Draft {
		out[x.Key] = x.HelperID
	}
	return out
}

// What a hand puts into a draft goes through the gate as if the draft held: an unfit
// person is refused with the reasons, an exception needs a reason and is kept; what is
// open is filled beside it, published and taken back.
func TestADraftIsChangedByHand(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ids := crowd(w, 12)
		p := w.Place(apitest.Community)
		police := people.Helper{ID: "officer", Number: "officer", Name: "民警", Birth: 1985, Kind: "police", PlaceID: p.ID, Path: p.Path}
		w.Change("helper.added", &police, 0)
		r := drafted(w)
		if r.Shifts != 24 || r.Short != 24 || !r.Hand {
			t.Fatalf("%d shifts, %d open", r.Shifts, r.Short)
		}
		at, x, y := "/rosters/"+r.ID, r.Draft[0], r.Draft[1]
		if x.From != y.From {
			t.Fatalf("%s and %s", x.Key, y.Key)
		}
		move := func(as, key, who, why string) *apitest.Answer {
			return w.Post(as, at+"/move", j{"key": key, "helper_id": who, "reason": why})
		}
		move("community", x.Key, ids[0], "").OK(&r)
		if held(&r)[x.Key] != ids[0] || r.Short != 23 || len(board(w).Shifts) != 0 {
			t.Fatalf("%+v", r.Draft[0])
		}
		var fits list[api.ShiftFit]
		w.Get("community", at+"/fits?key="+y.Key).OK(&fits)
		of := map[string]api.ShiftFit{}
		for _, f := range fits.Items {
			of[f.HelperID] = f
		}
		if f := of[ids[0]]; f.OK || !f.Never || f.Why.ZH == "" {
			t.Fatalf("who stands beside it in the draft: %+v", f)
		}
		if f := of["officer"]; f.OK || f.Never || f.Why.EN == "" {
			t.Fatalf("who lacks something: %+v", f)
		}
		if !of[ids[1]].OK {
			t.Fatalf("%+v", of[ids[1]])
		}
		last := w.Store.Last()
		move("community", y.Key, ids[0], "人手紧").Refused("SW-1783")
		move("community", y.Key, "officer", " ").Refused("SW-1783")
		move("community", y.Key, "nobody", "").Refused("SW-1784")
		move("community", "none", ids[1], "").Refused("SW-1010")
		move("gridworker", y.Key, ids[1], "").Refused("SW-1010")
		w.Get("gridworker", at+"/fits?key="+y.Key).Refused("SW-1010")
		if w.Store.Last() != last {
			t.Fatal("a refusal left something")
		}
		move("community", y.Key, "officer", "人手紧").OK(&r)
		if z := r.Draft[1]; z.HelperID != "officer" || z.Why != "人手紧" || !z.Pinned {
			t.Fatalf("%+v", z)
		}
		third := r.Draft[2].Key
		move("community", third, ids[2], "").OK(&r)
		move("community", third, "", "").OK(&r)
		if held(&r)[third] != "" || r.Short != 22 {
			t.Fatalf("%+v", r.Draft[2])
		}
		move("community", third, ids[2], "").OK(&r)
		w.Post("community", at+"/improve", j{"hold": true}).OK(&r)
		now := held(&r)
		if r.Short != 0 || r.Hand || now[x.Key] != ids[0] || now[y.Key] != "officer" || now[third] != ids[2] {
			t.Fatalf("%d open, %+v", r.Short, now)
		}
		w.Post("community", at+"/improve", j{"steps": 2}).OK(&r)
		if got := held(&r); got[x.Key] != ids[0] || got[y.Key] != "officer" || got[third] != ids[2] || r.Short != 0 {
			t.Fatalf("the search moved what a hand fixed: %+v", got)
		}
		w.Post("community", at+"/publish", nil).OK(&r)
		move("community", x.Key, ids[1], "").Refused("SW-1786")
		b := board(w)
		byHand := 0
		for _, z := range b.Shifts {
			if z.Pinned {
				byHand++
			}
			if z.Key == y.Key && (z.HelperID != "officer" || z.Why != "人手紧") {
				t.Fatalf("%+v", z)
			}
		}
		if byHand != 3 || b.Open != 0 {
			t.Fatalf("%d by hand, %d open", byHand, b.Open)
		}
		w.Post("community", at+"/back", nil).OK(&r)
		if b := board(w); len(b.Shifts) != 0 {
			t.Fatalf("%d shifts stand", len(b.Shifts))
		}
	})
}

// What a hand put into a draft is looked at again when it is published, and what was
// fixed in the roster that holds is not moved in a draft.
func TestADraftChangedByHandIsWeighedAgain(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ids := crowd(w, 12)
		r := drafted(w)
		at, x := "/rosters/"+r.ID, r.Draft[0]
		w.Post("community", at+"/move", j{"key": x.Key, "helper_id": ids[0]}).OK(&r)
		h, ok, err := w.Store.Helper(t.Context(), ids[0])
		if w.Must(err); !ok {
			t.Fatal("nobody")
		}
		h.Kind = "police"
		w.Change("helper.changed", &h, h.Version)
		last := w.Store.Last()
		w.Post("community", at+"/publish", nil).Refused("SW-1787")
		if w.Store.Last() != last || len(board(w).Shifts) != 0 {
			t.Fatal("a refusal left something")
		}
		w.Post("community", at+"/move", j{"key": x.Key, "helper_id": ids[1]}).OK(&r)
		w.Post("community", at+"/publish", nil).OK(&r)
		r = drafted(w)
		if z := r.Draft[0]; z.HelperID != ids[1] || z.ID == "" {
			t.Fatalf("%+v", z)
		}
		w.Post("community", "/rosters/"+r.ID+"/move", j{"key": x.Key, "helper_id": ids[2]}).Refused("SW-2600")
	})
}
