package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// trip opens a trip to hospital at the community's desk and returns its custody.
func trip(w *apitest.World) (kase string, one api.Custody) {
	w.T.Helper()
	id, _, err := w.API.OpenFor(w.T.Context(), w.Doors(apitest.Building)[0].ID, "see-doctor", "trip")
	w.Must(err)
	return id, custodyOf(w, id)
}

func custodyOf(w *apitest.World, kase string) api.Custody {
	w.T.Helper()
	var list api.Items[api.Custody]
	w.Get("community", "/cases/"+kase+"/custodies").OK(&list)
	if len(list.Items) == 0 {
		w.T.Fatal("nobody has the subject of", kase)
	}
	return list.Items[0]
}

// The giver's phone shows four digits; whoever reads them takes. A wrong code changes
// nothing, too many of them have to wait, and no digit lies open anywhere.
func TestTheCodeOnTheGiversPhoneMakesTheHandOver(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		kase, k := trip(w)
		at := "/custodies/" + k.ID
		w.Post("community", at+"/name", j{"leg": "wait", "to": "acc-community"}).OK(&k)
		w.Post("community", at+"/give", j{"leg": "ride"}).Refused("SW-2312")
		w.Post("community", at+"/give", j{"leg": "ride", "code": "47a1"}).Refused("SW-2314")
		w.Post("community", at+"/give", j{"leg": "ride", "code": "4711"}).OK(&k)
		if k.Offer == nil || k.Offer.Code != "4711" || !k.Offer.Coded || k.Offer.Until == "" {
			t.Fatalf("%+v", k.Offer)
		}
		var seen api.Items[api.Custody]
		w.Get("commander", "/cases/"+kase+"/custodies").OK(&seen)
		if seen.Items[0].Offer.Code != "" || !seen.Items[0].Offer.Coded {
			t.Fatalf("others read the code: %+v", seen.Items[0].Offer)
		}
		w.Post("gridworker", at+"/take", j{"leg": "ride", "code": "1234"}).Refused("SW-2307")
		if got := custodyOf(w, kase); got.Keeper.Who != "acc-community" || len(got.Said) != 2 {
			t.Fatalf("a forged receipt changed something: %+v", got)
		}
		for _, c := range []string{"1111", "2222", "3333", "4444"} {
			w.Post("gridworker", at+"/take", j{"leg": "ride", "code": c}).Refused("SW-2307")
		}
		w.Post("gridworker", at+"/take", j{"leg": "ride", "code": "4711"}).Refused("SW-1015")
		w.Pass(2 * time.Minute)
		w.Post("gridworker", at+"/take", j{"leg": "ride", "code": "4711"}).OK(&k)
		w.Post("gridworker", at+"/take", j{"leg": "ride", "code": "4711"}).OK(&k) // the same tap again
		if got := custodyOf(w, kase); got.Keeper.Who != "acc-gridworker" || len(got.Gaps) != 0 || len(got.Said) != 3 || !got.Said[2].Whole || !got.Said[2].Coded {
			t.Fatalf("%+v", got)
		}
		for _, e := range w.Entries(0) {
			if strings.HasPrefix(e.Verb, "custody.") && strings.Contains(string(e.Payload), "4711") {
				t.Fatalf("the journal knows the code: %s", e.Payload)
			}
		}
	})
}

// A code grows old; a hand-over without one is possible, and it shows.
func TestAHandOverWithoutACodeIsMarked(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		kase, k := trip(w)
		at := "/custodies/" + k.ID
		w.Post("community", at+"/name", j{"leg": "wait", "to": "acc-community"}).OK()
		w.Post("community", at+"/give", j{"leg": "ride", "to": "acc-gridworker", "code": "4711"}).OK()
		var mine api.Items[api.Custody]
		if w.Get("gridworker", "/custodies?mine=true").OK(&mine); len(mine.Items) != 1 || !mine.Items[0].Offer.Mine || mine.Items[0].Offer.Code != "" {
			t.Fatalf("what is offered is not seen: %+v", mine)
		}
		w.Pass(16 * time.Minute)
		w.Post("gridworker", at+"/take", j{"leg": "ride", "code": "4711"}).Refused("SW-2313")
		w.Post("gridworker", at+"/take", j{"leg": "ride"}).OK()
		if got := custodyOf(w, kase); len(got.Gaps) != 0 || !got.Said[2].Whole || got.Said[2].Coded {
			t.Fatalf("%+v", got)
		}
	})
}

// Said without a signal, the halves arrive in any order and late: the time they were
// said decides, and the code still makes them one.
func TestHalvesSaidOfflineArriveInAnyOrder(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		kase, k := trip(w)
		at := "/custodies/" + k.ID
		w.Post("community", at+"/name", j{"leg": "wait", "to": "acc-community"}).OK()
		said := func(d time.Duration) string { return w.Clock().Add(d).Format(time.RFC3339Nano) }
		w.Pass(time.Hour)
		took, gave := said(-20*time.Minute), said(-21*time.Minute)
		w.Post("gridworker", at+"/take", j{"leg": "ride", "code": "4711", "at": took}).OK()
		if got := custodyOf(w, kase); got.Keeper.Who != "acc-gridworker" || len(got.Gaps) != 1 {
			t.Fatalf("%+v", got)
		}
		w.Post("community", at+"/give", j{"leg": "ride", "code": "4711", "at": gave}).OK()
		got := custodyOf(w, kase)
		if got.Keeper.Who != "acc-gridworker" || len(got.Gaps) != 0 || !got.Said[2].Coded {
			t.Fatalf("%+v", got)
		}
		w.Post("gridworker", at+"/give", j{"leg": "hospital", "out": "reception", "at": said(time.Hour)}).Refused("SW-2304")
	})
}
