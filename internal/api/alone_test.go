package api_test

import (
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// The author alone is offered the start by one person, and only somebody else its
// confirmation; both faces say until when, and no more once it holds.
func TestAloneIsOffered(t *testing.T) {
	w := world(t)
	incident := declare(w, apitest.Subdistrict)
	draw(w, incident, "lockdown", apitest.Building3)
	plan := "/plans/" + propose(w, "commander", incident).Plan
	var p api.Plan
	w.Get("commander", plan).OK(&p)
	if p.Alone == nil || p.Alone.From != w.Clock().Add(10*time.Minute).Format(time.RFC3339) || p.Alone.Minutes != 120 {
		t.Fatalf("%+v", p.Alone)
	}
	p = api.Plan{}
	if w.Get("deputy", plan).OK(&p); p.Alone != nil {
		t.Fatalf("offered to who may apply it as the second: %+v", p.Alone)
	}
	w.Pass(11 * time.Minute)
	w.Post("commander", "/incidents/"+incident+"/apply", j{"plan": p.Plan, "alone": true}).OK()
	until := w.Clock().Add(2 * time.Hour).Format(time.RFC3339)
	for as, may := range map[string]bool{"commander": false, "deputy": true, "community": false} {
		var i api.Incident
		w.Get(as, "/incidents/"+incident).OK(&i)
		m := overview(w, as, apitest.Community).Mode.Incidents[0]
		if i.LapsesAt != until || m.LapsesAt != until || i.MayConfirm != may || m.MayConfirm != may {
			t.Errorf("%s: %q %v, %+v", as, i.LapsesAt, i.MayConfirm, m)
		}
	}
	p = api.Plan{}
	if w.Get("commander", plan).OK(&p); p.Alone != nil {
		t.Errorf("offered after it was done: %+v", p.Alone)
	}
	w.Post("deputy", "/incidents/"+incident+"/confirm", nil).OK()
	var i api.Incident
	if w.Get("deputy", "/incidents/"+incident).OK(&i); i.LapsesAt != "" || i.MayConfirm || i.EndedAt != "" {
		t.Errorf("%+v", i)
	}
}
