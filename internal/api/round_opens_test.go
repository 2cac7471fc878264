package api_test

import (
	"slices"
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// What a sweep finds becomes the case that its outcome names: once for a door, with
// what else is found there noted in it; one corrected at once is taken back, unless
// somebody has it already.
func TestAFindingOpensItsCase(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		_, lead, round := running(w)
		doors := w.Doors(apitest.Building3)
		say := func(door int, body j) (out api.Recorded) {
			t.Helper()
			w.Post(lead, rec{round, doors[door].ID}.path(), body).OK(&out)
			return out
		}
		at := func(as string) []api.Case {
			t.Helper()
			var l api.Items[api.Case]
			w.Get(as, "/cases").OK(&l)
			return l.Items
		}
		if r := say(0, j{"outcome": "at-home"}); r.Opened != "" || len(at("community")) != 0 {
			t.Fatalf("somebody at home is no case: %+v", r)
		}
		first := say(1, j{"outcome": "needs-help", "choice": "medicine"})
		if l := at("community"); first.Opened == "" || len(l) != 1 || l[0].Number != first.Opened || l[0].Item != "ask" || l[0].Origin != "round" {
			t.Fatalf("%+v %+v", first, l)
		}
		id := at("community")[0].ID
		if r := say(1, j{"outcome": "needs-help", "choice": "medicine"}); r.Opened != "" {
			t.Fatalf("the same finding opened another: %+v", r)
		}
		if r := say(1, j{"outcome": "needs-help", "choice": "food"}); r.Opened != "" || len(at("community")) != 1 {
			t.Fatalf("a second case for one door: %+v", r)
		}
		var c api.Case
		w.Get("community", "/cases/"+id).OK(&c)
		if !strings.Contains(c.Words, "缺药") || len(c.Steps) != 2 || !strings.Contains(c.Steps[1].Words, "吃的") {
			t.Fatalf("%+v", c)
		}
		say(2, j{"outcome": "needs-help", "choice": "repair"})
		say(2, j{"outcome": "at-home"})
		if l := at("community"); len(l) != 1 {
			t.Fatalf("a slip of the finger stayed: %+v", l)
		}
		w.Post("community", "/cases/"+id+"/take", j{}).OK()
		say(1, j{"outcome": "at-home"})
		if l := at("community"); len(l) != 1 || l[0].Stage != "taken" {
			t.Fatalf("what somebody has taken was taken away: %+v", l)
		}
		if r := say(3, j{"outcome": "refused"}); r.Opened == "" {
			t.Fatal("a refusal asks for somebody who talks")
		}
		w.Post(lead, rec{round, doors[4].ID}.path(), j{"outcome": "needs-help", "choice": "pony"}).Refused("SW-1602")
		if l := at("community"); len(l) != 2 {
			t.Fatalf("a refused recording left something: %+v", l)
		}
	})
}

// After one knock the lead's page names the open cases of that door that the lead may
// know of, without a word of what was said; what was told in confidence is not there.
func TestADoorNamesItsOpenCases(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		_, lead, round := running(w)
		door := w.Doors(apitest.Building3)[1].ID
		var page api.DoorPage
		w.Get(lead, "/field/doors/"+door).OK(&page)
		if page.Cases == nil || len(page.Cases) != 0 {
			t.Fatalf("%+v", page.Cases)
		}
		w.Post(lead, rec{round, door}.path(), j{"outcome": "needs-help", "choice": "medicine"}).OK()
		for slip, item := range []string{"medicine", "counselling"} {
			if _, _, err := w.API.OpenFor(t.Context(), door, item, string(rune('a'+slip))); err != nil {
				t.Fatal(item, err)
			}
		}
		w.Get(lead, "/field/doors/"+door).OK(&page)
		var titles []string
		for _, c := range page.Cases {
			titles = append(titles, c.Title.ZH)
		}
		if slices.Sort(titles); !slices.Equal(titles, []string{"要人帮忙", "请人代配药"}) || page.Cases[0].Stage != "waiting" || page.Cases[0].Due == "" {
			t.Fatalf("%+v", page.Cases)
		}
	})
}
