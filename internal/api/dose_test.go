package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/need"
)

// ticks does what the clock does to doses by now, as the worker does, and returns how many
// of its acts were written: each is an operation named by the row it saw.
func ticks(w *apitest.World) (n int) {
	w.T.Helper()
	ds, err := w.Store.DosesDue(w.T.Context(), w.Clock(), 100)
	w.Must(err)
	for range 2 { // a clock that runs double, or again after a crash
		for _, d := range ds {
			changes, err := w.API.DoseByClock(w.T.Context(), d, w.Clock(), "system")
			w.Must(err)
			if len(changes) == 0 {
				continue
			}
			id := "dose|" + d.ID + "|" + time.Duration(d.Version).String()
			r, err := w.Store.Commit(w.T.Context(), &journal.Op{ID: id, Hash: id}, nil, changes...)
			w.Must(err)
			if !r.Repeat {
				n++
			}
		}
	}
	return n
}

// The day on which a medicine runs out opens its errand in time and once; another day
// opens none for the old one; whoever is not qualified reads no medicine anywhere.
func TestAMedicineThatRunsOutRaisesItsErrandInTime(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ctx, who := t.Context(), w.People[0]
		at := "/residents/" + who.ID + "/dose"
		day := func(n int) string { return w.Clock().AddDate(0, 0, n).Format(time.DateOnly) }
		const what = "胰岛素 每日两次"
		w.Post("community", at, j{"medicine": what, "until": day(-1), "reviewer": "acc-community"}).Refused("SW-2330")
		w.Post("community", at, j{"medicine": what, "until": day(400), "reviewer": "acc-community"}).Refused("SW-2330")
		w.Post("community", at, j{"medicine": "药", "until": day(20), "reviewer": "acc-community"}).Refused("SW-2331")
		w.Post("community", at, j{"medicine": what, "until": day(20), "reviewer": "acc-inspector"}).Refused("SW-2332")
		w.Post("community", at+"/end", nil).Refused("SW-2333")
		for _, other := range []string{"commander", "lead", "gridworker", "inspector"} {
			if a := w.Post(other, at, j{"medicine": what, "until": day(20), "reviewer": "acc-community"}); a.Status < 400 {
				t.Fatal(other, "entered a health fact")
			}
		}
		last := w.Store.Last()
		w.Post("community", at, j{"medicine": what, "until": day(10), "reviewer": "acc-community"}).OK()
		w.Post("community", at, j{"medicine": what, "until": day(20), "reviewer": "acc-community"}).OK() // the day changed
		board := "/places/" + w.ID(apitest.Community) + "/doses"
		var b api.DoseBoard
		w.Get("community", board).OK(&b)
		if len(b.Items) != 1 || b.Items[0].Medicine != what || b.Items[0].Until != day(20) || b.Items[0].CaseID != "" || b.LeadDays != 5 || len(b.Reviewers) == 0 {
			t.Fatalf("%+v", b)
		}
		w.Pass(6 * 24 * time.Hour) // five days before the first day: it lapsed with the change
		if n := ticks(w); n != 0 {
			t.Fatal("the old day opened", n)
		}
		w.Pass(10 * 24 * time.Hour)
		if n := ticks(w); n != 1 {
			t.Fatalf("%d acts of the clock, want one", n)
		}
		if n := ticks(w); n != 0 {
			t.Fatal("opened once more:", n)
		}
		w.Get("community", board).OK(&b)
		errand := b.Items[0].CaseID
		if errand == "" || b.Items[0].Link == "" {
			t.Fatalf("%+v", b.Items)
		}
		if held := custodyOf(w, errand); held.Keeper.Who != "acc-community" || held.Leg != "review" {
			t.Fatalf("%+v", held)
		}
		var c api.Case
		w.Get("commander", "/cases/"+errand).OK(&c)
		if c.Item != "medicine" || strings.Contains(c.Words, "胰岛素") || c.Words == "" {
			t.Fatalf("who is not qualified reads %q", c.Words)
		}
		for _, e := range w.Entries(last) {
			if strings.Contains(string(e.Payload), "胰岛素") {
				t.Fatalf("the journal knows the medicine: %s", e.Verb)
			}
		}
		// Nobody enters the next day: the plan ends, and later is forgotten.
		w.Pass(40 * 24 * time.Hour)
		if n := ticks(w); n != 1 {
			t.Fatal(n, "acts at the end")
		}
		w.Get("community", board).OK(&b)
		if len(b.Items) != 0 {
			t.Fatalf("%+v", b.Items)
		}
		w.Pass(91 * 24 * time.Hour)
		ticks(w)
		d, ok, err := w.Store.DoseOf(ctx, errand)
		w.Must(err)
		if !ok || d.Forgotten.IsZero() || len(d.Sealed) != 0 {
			t.Fatalf("not forgotten: %+v", d)
		}
		var _ need.Dose = d
	})
}
