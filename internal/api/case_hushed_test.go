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
		const said, contact = "夜里总是惊醒", "13877776666"
		w.Must(w.API.SayCase(t.Context(), id, token, need.Note, said, contact, 0))
		k, _, err := w.Store.Case(t.Context(), id)
		w.Must(err)
		for a, b := range read() {
			if was, ok := before[a]; ok && was != b {
				t.Errorf("%v changed:\n%.300s\n%.300s", a, was, b)
			}
			for _, secret := range []string{id, k.Number, token, said, contact} {
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
		if steady < 2000 {
			t.Fatalf("only %d readings hold still", steady)
		}
	})
}
