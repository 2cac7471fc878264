package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/people/shift"
)

// inside is a shift in a closed zone that a helper stands until a time.
func inside(w *apitest.World, incident, helper string, until time.Time) {
	w.T.Helper()
	at := w.Place(apitest.Flats)
	x := shift.Shift{ID: "inside-" + helper, Incident: incident, Item: "site-watch", PlaceID: at.ID, Path: at.Path, Zone: "lockdown", Closed: at.Path, N: 1, HelperID: helper,
		From: until.Add(-6 * time.Hour), Until: until, State: shift.Planned}
	x.Key = x.KeyOf() + helper
	w.Commit(journal.Change{Row: &x})
}

// Whoever served inside a closed zone serves nowhere else before the gap of its playbook
// is over: not by a plan, by a choice by hand, as a lead, or on a shift of another
// playbook; whoever may, makes an exception with a reason, which stays on the record.
func TestNobodyCrossesABorderByAnyPath(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		crowd(w, 12)
		patrolled(w)
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building3)
		var p api.Plan
		w.Post("commander", "/incidents/"+i+"/plan", j{}).OK(&p)
		slot := strings.Join([]string{i, "lead", w.ID(apitest.Second), "lockdown", "1"}, "|")
		who := ""
		body := j{"slot": slot, "reason": "熟悉这一栋"}
		for _, h := range w.Helpers {
			body["helper_id"] = h.ID
			if a := w.Post("commander", "/plans/"+p.Plan+"/pin", body); a.Status < 300 {
				who = h.ID
				a.OK(&p)
				break
			}
		}
		if who == "" {
			t.Fatal("nobody may be chosen for the post")
		}
		lately := w.Clock().Add(-2 * time.Hour)
		inside(w, i, who, lately)
		last := w.Store.Last()
		said := w.Post("commander", "/plans/"+p.Plan+"/pin", body).Refused("SW-1730")
		if !strings.Contains(string(said.Body), "24") {
			t.Fatalf("the gap is not said: %s", said.Body)
		}
		if w.Store.Last() != last {
			t.Fatal("a refused choice left something")
		}
		w.Post("commander", "/plans/"+p.Plan+"/override", body).OK(&p)
		if es := w.Entries(last); es[0].Verb != "post.overridden" || !strings.Contains(string(es[0].Payload), `"lacks":"apart"`) {
			t.Fatalf("%s %s", es[0].Verb, es[0].Payload)
		}

		// As a lead.
		var from api.LeadChoice
		seat := all[api.LeadSeat](w, "community", "/leads").Items[0]
		w.Get("community", "/leads/"+seat.PlaceID).OK(&from)
		lead := ""
		for _, x := range from.Candidates {
			if x.Busy == "" && x.Lacks == "" {
				lead = x.HelperID
			}
		}
		inside(w, i, lead, lately)
		w.Post("community", "/leads/"+seat.PlaceID, j{"lead": lead, "reason": "信得过"}).Refused("SW-1730")
		w.Get("community", "/leads/"+seat.PlaceID).OK(&from)
		for _, x := range from.Candidates {
			if x.HelperID == lead && x.Lacks == "" {
				t.Fatal("the list of candidates does not say it")
			}
		}

		// On a shift of the everyday playbook, which declares no gap itself.
		xs := board(w).Shifts
		free := ""
		var fits list[api.ShiftFit]
		w.Get("community", "/shifts/"+xs[0].ID+"/fits").OK(&fits)
		for _, f := range fits.Items {
			if f.OK {
				free = f.HelperID
			}
		}
		from0, err := time.Parse(time.RFC3339, xs[0].From)
		w.Must(err)
		inside(w, i, free, from0.Add(-12*time.Hour)) // rested, but not long enough apart
		last = w.Store.Last()
		if said := w.Post("community", "/shifts/"+xs[0].ID+"/assign", j{"helper_id": free}).Refused("SW-1783"); !strings.Contains(string(said.Body), "24") {
			t.Fatalf("the gap is not said: %s", said.Body)
		}
		w.Get("community", "/shifts/"+xs[0].ID+"/fits").OK(&fits)
		for _, f := range fits.Items {
			if f.HelperID == free && f.OK {
				t.Fatal("somebody from inside would be asked to step in")
			}
		}
		if w.Store.Last() != last {
			t.Fatal("a refusal left something")
		}
		w.Post("community", "/shifts/"+xs[0].ID+"/assign", j{"helper_id": free, "reason": "人手紧"}).OK()
	})
}
