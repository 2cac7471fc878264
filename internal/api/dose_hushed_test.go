package api_test

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/access/accesstest"
	"shouwang/internal/api/apitest"
	"shouwang/internal/api/canarytest"
	"shouwang/internal/worker"
)

// Whose medicine ends when is known to who keeps it and to nobody else: every reading of
// the API, asked by every role without the right, is the same with and without it, and so
// is every refusal; no entry and no line of the log names the medicine or the person.
func TestADoseChangesNoAnswerOfOthers(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		stage(w)
		emergency(w)
		who, what := w.People[0], canarytest.Text(42)
		home := who.PlaceID
		day := func(n int) string { return w.Clock().AddDate(0, 0, n).Format(time.DateOnly) }
		plan := j{"medicine": what, "until": day(20), "reviewer": "acc-community"}
		type asked struct{ role, op string }
		read := func() map[asked]string {
			out := map[asked]string{}
			for _, r := range access.Roles {
				if accesstest.Table()[access.DoseKeep][r.Role] != accesstest.Nowhere {
					continue
				}
				x := at(w, apitest.Community) // what stands on lists there, and the home itself below
				x.person = who.ID
				calls := requests(x)
				calls["the dose of a person"] = apitest.Call{Method: "POST", Path: "/residents/" + who.ID + "/dose", Body: plan}
				calls["the end of it"] = apitest.Call{Method: "POST", Path: "/residents/" + who.ID + "/dose/end"}
				calls["the doses of a home"] = apitest.Call{Method: "GET", Path: "/places/" + home + "/doses"}
				calls["the need at a home"] = apitest.Call{Method: "POST", Path: "/cases/like", Body: j{"place_id": home, "item": "medicine"}}
				calls["a search for it"] = apitest.Call{Method: "GET", Path: "/residents?q=" + "%E9%80%8F%E6%9E%90"}
				for _, op := range slices.Sorted(maps.Keys(calls)) {
					c := calls[op]
					if c.Method != "GET" && !strings.HasPrefix(op, "the ") || op == "journal-checkpoint" {
						continue
					}
					c.As = string(r.Role)
					out[asked{string(r.Role), op}] = moving.ReplaceAllString(string(w.Send(c).Body), "")
				}
			}
			return out
		}
		before := read()
		for k, b := range read() { // what differs by itself says nothing
			if before[k] != b || k.op == "log-list" {
				delete(before, k)
			}
		}
		steady, last := len(before), w.Store.Last()
		w.Post("community", "/residents/"+who.ID+"/dose", plan).OK()
		for a, b := range read() {
			if was, ok := before[a]; ok && was != b {
				t.Errorf("%v changed:\n%.300s\n%.300s", a, was, b)
			}
			if strings.Contains(b, what) || strings.Contains(b, "dose.") {
				t.Errorf("%v says it: %.300s", a, b)
			}
		}
		for _, e := range w.Entries(last) {
			if !strings.HasPrefix(e.Verb, "dose.") {
				continue
			}
			if e.Audience != "audit" || e.Subject != "" || strings.Contains(string(e.Payload), who.ID) || strings.Contains(string(e.Payload), "密植") {
				t.Errorf("%+v", e)
			}
		}
		if strings.Contains(w.Log.String(), what) {
			t.Error("the log names it")
		}
		t.Logf("%d readings steady", steady)
		if steady < 1300 {
			t.Fatalf("only %d readings hold still", steady)
		}
	})
}

// A plan that is over is forgotten by the clock: its key is destroyed, so that what an old
// copy of the row holds can be read by nobody either.
func TestTheKeyOfADoseGoesWithIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx, who := t.Context(), w.People[0]
		w.Post("community", "/residents/"+who.ID+"/dose", j{"medicine": "降压药 每日一次", "until": w.Clock().AddDate(0, 0, 20).Format(time.DateOnly), "reviewer": "acc-community"}).OK()
		d, ok, err := w.Store.Dose(ctx, who.ID)
		w.Must(err)
		copied := d
		read := func() string {
			copied.Medicine = ""
			w.Must(w.Store.OpenDose(ctx, &copied))
			return copied.Medicine
		}
		if !ok || read() == "" {
			t.Fatalf("%+v", d)
		}
		w.Post("community", "/residents/"+who.ID+"/dose/end", nil).OK()
		work := &worker.Worker{Store: w.Store, Keys: w.Seal, Needs: clockwork{w.Store, w.API}, Clock: w.Clock, Log: slog.New(slog.DiscardHandler)}
		move := func(d time.Duration) {
			w.Pass(d)
			for range 2 { // twice does no harm
				if _, err := work.Move(context.Background(), w.Clock()); err != nil {
					t.Fatal(err)
				}
			}
		}
		move(89 * 24 * time.Hour)
		if read() == "" {
			t.Fatal("forgotten before its time")
		}
		move(2 * 24 * time.Hour)
		if got := read(); got != "" {
			t.Fatal("still readable:", got)
		}
	})
}
