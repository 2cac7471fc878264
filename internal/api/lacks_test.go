package api_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/people"
)

// Nobody unqualified is put on a post by hand, unless somebody who may says so with
// a reason; the exception is one line of its own, and later plans leave it alone.
func TestAChoiceByHandAsksTheGate(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building3)
		var p api.Plan
		w.Post("commander", "/incidents/"+i+"/plan", j{}).OK(&p)
		slot := strings.Join([]string{i, "lead", w.ID(apitest.Second), "lockdown", "1"}, "|")
		var who *people.Helper
		for _, h := range w.Helpers {
			if h.Kind == "volunteer" && len(h.Trained) == 0 && w.Place(apitest.Second).Path != "" && strings.HasPrefix(h.Path, w.Place(apitest.Subdistrict).Path) {
				who = h
			}
		}
		plan := p.Plan
		last := w.Store.Last()
		body := j{"slot": slot, "helper_id": who.ID, "reason": "学得快，今晚补训"}
		w.Post("commander", "/plans/"+plan+"/pin", body).Refused("SW-1730")
		if got := w.Store.Last(); got != last {
			t.Fatalf("a refused choice left %d entries", got-last)
		}
		body["reason"] = ""
		w.Post("commander", "/plans/"+plan+"/override", body).Refused("SW-1513")
		body["reason"] = "学得快，今晚补训"
		w.Post("gridworker", "/plans/"+plan+"/override", body).Refused("SW-1010")
		w.Post("commander", "/plans/"+plan+"/override", body).OK(&p)
		es := w.Entries(last)
		if es[0].Verb != "post.overridden" || !strings.Contains(string(es[0].Payload), `"lacks":"trained outside"`) || strings.Contains(string(es[0].Payload), "学得快") {
			t.Fatalf("%s %s", es[0].Verb, es[0].Payload)
		}
		if len(p.Pins) != 1 || p.Pins[0].HelperID != who.ID {
			t.Fatalf("%+v", p.Pins)
		}
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": p.Plan}).OK()
		held := func() bool {
			for _, x := range all[api.Post](w, "commander", "/posts?incident_id="+i).Items {
				if x.Item == "lead" && x.Holder != nil && x.Holder.HelperID == who.ID {
					return true
				}
			}
			return false
		}
		if !held() {
			t.Fatal("the exception does not hold")
		}
	})
}

// What somebody cannot bear keeps them off a post that asks for it, in a plan and by
// hand; the gate's look at sealed fields is one line with the number, and nobody is
// told whose or what.
func TestLimitsKeepPeopleOffAPostUnseen(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var limited []string
		for _, h := range w.Helpers {
			row, ok, err := w.Store.Helper(context.Background(), h.ID)
			if err != nil || !ok {
				t.Fatal(err)
			}
			if row.Kind != "volunteer" {
				continue
			}
			w.Must(w.Store.SealHelper(context.Background(), &row, people.Private{Limits: []string{"contact"}, Note: "家有早产婴儿"}))
			limited = append(limited, row.ID)
			w.Change("helper.changed", &row, row.Version)
		}
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building3)
		last := w.Store.Last()
		var p api.Plan
		w.Post("commander", "/incidents/"+i+"/plan", j{}).OK(&p)
		es := w.Entries(last)
		if es[0].Verb != "helpers.weighed" || es[0].Purpose != "people" || es[0].Audience != "audit" {
			t.Fatalf("%+v", es[0])
		}
		seen := false
		for _, g := range p.Gaps {
			if strings.Contains(g.Slot, "|emergency|") {
				seen = true
				if !strings.Contains(g.Reason, "本人说明不适合") {
					t.Fatalf("%+v", g)
				}
				for _, c := range g.Candidates {
					if slices.Contains(limited, c.HelperID) {
						t.Fatalf("%+v is to be asked", c)
					}
				}
			}
		}
		if !seen {
			t.Fatal("every emergency post is filled by those who cannot bear it")
		}
		slot := strings.Join([]string{i, "emergency", w.ID(apitest.Second), "lockdown", "1"}, "|")
		said := w.Post("commander", "/plans/"+p.Plan+"/pin", j{"slot": slot, "helper_id": limited[1], "reason": "缺人"}).Refused("SW-1730")
		for _, secret := range []string{"contact", "婴儿"} {
			if strings.Contains(string(said.Body), secret) {
				t.Fatalf("%s tells what somebody cannot bear", said.Body)
			}
		}
	})
}
