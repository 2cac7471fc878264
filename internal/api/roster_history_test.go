package api_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

var histories = flag.Int("shift.histories", 25, "how many random histories of shifts are played on each engine")

var civil = time.FixedZone("Asia/Shanghai", 8*3600)

// shiftsSound says that no one stands in two places, that no rule is broken by anybody who
// was not put there by an exception, and that each thing to be filled has one row.
func shiftsSound(w *apitest.World, rule shift.Rule, seed int) {
	w.T.Helper()
	xs, err := w.Store.ShiftsUnder(context.Background(), w.Place(apitest.Community).Path, w.Clock(), w.Clock().AddDate(0, 0, 9))
	w.Must(err)
	line, keys, ids := map[string][]shift.Shift{}, map[string]bool{}, []string{}
	for _, x := range xs {
		if keys[x.Key] {
			w.T.Fatalf("seed %d: %s twice", seed, x.Key)
		}
		if keys[x.Key] = true; (x.State == shift.Planned) != (x.HelperID != "") {
			w.T.Fatalf("seed %d: %+v", seed, x)
		}
		if x.HelperID != "" {
			line[x.HelperID] = append(line[x.HelperID], x)
			ids = append(ids, x.HelperID)
		}
	}
	hs, err := w.Store.Helpers(context.Background(), ids)
	w.Must(err)
	for i := range hs {
		for _, x := range line[hs[i].ID] {
			if l, b := shift.Fits(&x, &hs[i], line[hs[i].ID], rule, civil, w.Clock()); len(l)+len(b) > 0 {
				w.T.Fatalf("seed %d: %s on %s: %v %v", seed, hs[i].Name, x.Key, l, b)
			}
		}
	}
}

// Random histories of people who drop out, take, swap, answer and are moved by the
// desk, two at a time, with the store failing now and then: nothing is ever filled
// twice and no rule is ever broken.
func TestShiftsStaySoundWhateverPeopleDo(t *testing.T) {
	book, err := mode.Shipped("normal")
	if err != nil {
		t.Fatal(err)
	}
	it, _ := book.Post("day-patrol")
	rule := shift.Rule{Require: it.Require, Shifts: it.Shifts}
	onEach(t, func(t *testing.T, w *apitest.World) {
		crowd(w, 10)
		patrolled(w)
		hs, err := w.Store.HelpersUnder(context.Background(), w.Place(apitest.Community).Path)
		w.Must(err)
		var fit []string
		for i := range hs {
			if len(people.Lacks(&hs[i], rule.Require, w.Clock())) == 0 && len(fit) < 14 {
				fit = append(fit, hs[i].ID)
				w.HelperAccount(hs[i].ID)
				w.Grant(hs[i].ID, access.Helper, apitest.Community, access.Static)
			}
		}
		police := people.Helper{ID: "untaught", Number: "untaught", Name: "无资格", Birth: 1985, Kind: "police", PlaceID: w.ID(apitest.Community), Path: w.Place(apitest.Community).Path}
		w.Change("helper.added", &police, 0)
		w.HelperAccount(police.ID)
		w.Grant(police.ID, access.Helper, apitest.Community, access.Static)
		for seed := 1; seed <= *histories; seed++ {
			r := rand.New(rand.NewPCG(uint64(seed), 7))
			xs, err := w.Store.ShiftsUnder(context.Background(), w.Place(apitest.Community).Path, w.Clock(), w.Clock().AddDate(0, 0, 9))
			w.Must(err)
			for range 3 {
				var both sync.WaitGroup
				who := fit[r.IntN(len(fit))]
				for range 2 { // two at once, half of the time for one person
					if r.IntN(2) == 0 {
						who = fit[r.IntN(len(fit))]
					}
					does := step(w, r, who, xs)
					both.Go(does)
				}
				switch r.IntN(8) {
				case 0: // it dies before anything is written
					w.Broken.Store(true)
				case 1: // or after, before anybody is told
					w.Lost.Store(true)
				}
				both.Wait()
				w.Broken.Store(false)
				w.Lost.Store(false)
			}
			shiftsSound(w, rule, seed)
		}
	})
}

// step is one thing that somebody does, decided before it is done.
func step(w *apitest.World, r *rand.Rand, who string, xs []shift.Shift) func() {
	x, y := xs[r.IntN(len(xs))], xs[r.IntN(len(xs))]
	switch r.IntN(9) {
	case 0:
		return func() { w.Post(who, "/shifts/"+x.ID+"/leave", nil) }
	case 1:
		return func() { w.Post(who, "/shifts/"+x.ID+"/undo", nil) }
	case 2, 3:
		return func() { w.Post(who, "/shifts/"+x.ID+"/pick", nil) }
	case 4:
		return func() { w.Post("community", "/shifts/"+x.ID+"/free", j{"how": "absent"}) }
	case 6: // a stranger to the post, put there by every way there is
		return func() {
			w.Post("community", "/shifts/"+x.ID+"/assign", j{"helper_id": "untaught"})
			w.Post("untaught", "/shifts/"+x.ID+"/pick", nil)
			w.Post("untaught", "/shifts/"+y.ID+"/undo", nil)
		}
	case 7: // the same once more, as a phone does that heard no answer
		return func() {
			w.Post(who, "/shifts/"+x.ID+"/leave", nil)
			w.Post(who, "/shifts/"+x.ID+"/leave", nil)
			w.Post(who, "/shifts/"+x.ID+"/undo", nil)
		}
	case 5:
		return func() { w.Post("community", "/shifts/"+x.ID+"/assign", j{"helper_id": who}) }
	}
	return func() {
		w.Post(who, fmt.Sprintf("/shifts/%s/swap", x.ID), j{"with": y.ID})
		a := w.Get(who, "/asks")
		if a.Status != 200 {
			return
		}
		var asks list[api.Ask]
		a.OK(&asks)
		for _, k := range asks.Items {
			if k.Open {
				w.Post(who, "/asks/"+k.ID+"/answer", j{"answer": "yes"})
				return
			}
		}
	}
}
