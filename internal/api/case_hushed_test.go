package api_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/api/apitest"
	"shouwang/internal/need"
)

// moving are the parts of an answer that move whenever anything is written anywhere, by
// whoever: where a reader stands in the journal, and when a figure was counted.
var moving = regexp.MustCompile(`"(seq|cursor|as_of|at|next|last|version|lag_ms|generated|now)":("[^"]*"|\d+)`)

// A case told in confidence changes nothing that anybody else can read: every reading of
// the API, asked by every role before and after it was told, taken, written about and
// answered, gives the same answer to the byte, and no answer, entry or line of the log
// holds a word of it.
func TestAConfidentialCaseChangesNoAnswer(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		stage(w)
		emergency(w)
		everyReading(t, w)
		const said, contact = "夜里总是惊醒", "13877776666"
		type asked struct{ role, op, place string }
		read := func() map[asked]string {
			out := map[asked]string{}
			for _, r := range access.Roles {
				for _, code := range []string{apitest.Community, apitest.Door} {
					x := at(w, code)
					calls := requests(x)
					for _, op := range slices.Sorted(maps.Keys(calls)) {
						c := calls[op]
						if c.Method != "GET" || op == "journal-checkpoint" { // the journal's length is what it attests
							continue
						}
						c.As = string(r.Role)
						out[asked{string(r.Role), op, code}] = moving.ReplaceAllString(string(w.Send(c).Body), "")
					}
					for more, c := range map[string]apitest.Call{
						"closed too":  {Method: "GET", Path: "/cases?limit=1000&closed=2020-01-01T00:00:00Z&under=" + x.place},
						"waiting":     {Method: "GET", Path: "/cases?show=waiting&under=" + x.place},
						"of the item": {Method: "GET", Path: "/cases?item=counselling&under=" + x.place},
						"like cases":  {Method: "POST", Path: "/cases/like", Body: j{"place_id": x.place, "item": "counselling", "contact": contact}},
						"its line":    {Method: "GET", Path: "/places/" + x.place + "/case-figures?weeks=104"},
						"residents":   {Method: "GET", Path: "/residents?q=" + contact},
					} {
						c.As = string(r.Role)
						out[asked{string(r.Role), more, code}] = moving.ReplaceAllString(string(w.Send(c).Body), "")
					}
				}
			}
			return out
		}
		before := read()
		for k, b := range read() { // what differs by itself, as a list of who looked does, says nothing
			if before[k] != b || k.op == "log-list" {
				delete(before, k)
			}
		}
		steady := len(before)
		door := w.Doors(apitest.Building)[0]
		id, token, err := w.API.OpenFor(t.Context(), door.ID, "counselling", "slip")
		w.Must(err)
		w.Must(w.API.SayCase(t.Context(), id, token, need.Note, said, contact, 0))
		k, _, err := w.Store.Case(t.Context(), id)
		w.Must(err)
		over, key, err := w.API.OpenFor(t.Context(), door.ID, "counselling", "another") // and one that has ended
		w.Must(err)
		w.Must(w.API.SayCase(t.Context(), over, key, need.Note, said, contact, 0))
		w.Must(w.API.SayCase(t.Context(), over, key, need.Withdraw, said, "", 0))
		ended, _, err := w.Store.Case(t.Context(), over)
		w.Must(err)
		for a, b := range read() {
			if was, ok := before[a]; ok && was != b {
				t.Errorf("%v changed:\n%.300s\n%.300s", a, was, b)
			}
			for _, secret := range []string{id, k.Number, token, over, ended.Number, key, said} {
				if strings.Contains(b, secret) {
					t.Errorf("%v says %s", a, secret)
				}
			}
		}
		for _, secret := range []string{said, contact, token, k.Number} {
			if strings.Contains(w.Log.String(), secret) {
				t.Errorf("the log holds %s", secret)
			}
			for _, e := range w.Entries(0) {
				if strings.Contains(string(e.Payload), secret) {
					t.Errorf("%s holds %s", e.Verb, secret)
				}
			}
		}
		t.Logf("%d readings steady", steady)
		if steady < 3300 {
			t.Fatalf("only %d readings hold still", steady)
		}
	})
}

// everyReading fails when the API can be read in a way that no request asks.
func everyReading(t *testing.T, w *apitest.World) {
	t.Helper()
	calls, n := requests(at(w, apitest.Door)), 0
	for _, op := range operations(w.API) {
		if op.method != "GET" {
			continue
		}
		if c, ok := calls[op.id]; !ok || c.Method != "GET" {
			t.Errorf("nobody asks %s", op.id)
		}
		n++
	}
	if n < 100 {
		t.Errorf("only %d readings", n)
	}
}
