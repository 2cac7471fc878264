package api_test

import (
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// A micro-grid without a lead is found, its candidates are explained line by line,
// one is chosen with a reason, and the elder lead keeps a paper role.
func TestChoosingALead(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		all1 := all[api.LeadSeat](w, "community", "/leads").Items
		missing := all[api.LeadSeat](w, "community", "/leads?missing=true").Items
		if len(all1) == 0 || len(missing) != len(all1) { // nobody has a deputy yet
			t.Fatalf("%d of %d", len(missing), len(all1))
		}
		var seat api.LeadSeat
		for _, x := range all1 {
			if x.Lead != nil {
				seat = x
			}
		}
		var from api.LeadChoice
		w.Get("gridworker", "/leads/"+seat.PlaceID).Refused("SW-1010")
		w.Get("community", "/leads/"+seat.PlaceID).OK(&from)
		if len(from.Candidates) < 3 || from.Candidates[0].Score < from.Candidates[1].Score || len(from.Candidates[0].Lines) != 7 {
			t.Fatalf("%+v", from.Candidates)
		}
		var young []string
		for _, x := range from.Candidates {
			if x.Busy == "" && x.Lacks == "" && x.HelperID != seat.Lead.HelperID {
				young = append(young, x.HelperID)
			}
		}
		path := "/leads/" + seat.PlaceID
		last := w.Store.Last()
		w.Post("community", path, j{"lead": young[0], "deputy": young[1], "reason": " "}).Refused("SW-1746")
		w.Post("community", path, j{"lead": young[0], "deputy": young[0], "reason": "x"}).Refused("SW-1745")
		w.Post("community", path, j{"lead": "nobody", "reason": "x"}).Refused("SW-1747")
		w.Post("community", "/leads/"+w.ID(apitest.Building), j{"lead": young[0], "reason": "x"}).Refused("SW-1732")
		w.Post("gridworker", path, j{"lead": young[0], "reason": "x"}).Refused("SW-1010")
		if w.Store.Last() != last {
			t.Fatal("a refused choice left a line")
		}
		why := "门户清、人情熟，楼里都信得过"
		w.Post("community", path, j{"lead": young[0], "deputy": young[1], "adviser": seat.Lead.HelperID, "reason": why}).OK(&seat)
		if seat.Lead.HelperID != young[0] || seat.Deputy.HelperID != young[1] || seat.Adviser == nil || seat.Reason != why || len(seat.Missing) != 0 {
			t.Fatalf("%+v", seat)
		}
		es := w.Entries(last)
		if len(es) != 1 || es[0].Verb != "lead.chosen" || strings.Contains(string(es[0].Payload), "门户") {
			t.Fatalf("%+v", es)
		}
		if got := all[api.LeadSeat](w, "community", "/leads?missing=true").Items; len(got) != len(missing)-1 {
			t.Fatalf("%d of %d are still without", len(got), len(missing))
		}
		// Whoever is away or a minor is chosen by an exception alone.
		w.Post("community", "/helpers/"+young[1]+"/away", j{"away": "isolated"}).OK()
		w.Post("community", path, j{"lead": young[1], "deputy": young[0], "reason": "换一换"}).Refused("SW-1730")
		w.Post("community", path, j{"lead": young[1], "deputy": young[0], "reason": "换一换", "override": true}).OK(&seat)
		if es := w.Entries(last); es[len(es)-1].Verb != "post.overridden" || seat.Lead.HelperID != young[1] || seat.Adviser == nil {
			t.Fatalf("%s %+v", es[len(es)-1].Verb, seat)
		}
	})
}
