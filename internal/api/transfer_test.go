package api_test

import (
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
)

// A transfer is refused until everything that stays behind has an answer; then each
// person and each thing left is a custody with somebody by name. At the site each is
// received by name; who is missing at the count raises an alarm within its limit, and
// nobody else does. They come home by the same custody.
func TestATransferLeavesNobodyBetweenTwoHands(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		emergency(w)
		var people []string
		var asked api.TransferAsk
		for _, d := range w.Doors(apitest.Building) {
			var there api.Items[api.Resident]
			if w.Get("community", "/residents?under="+d.ID).OK(&there); len(there.Items) == 1 && len(people) < 3 {
				if people = append(people, there.Items[0].ID); len(people) == 1 {
					w.Get("community", "/places/"+d.ID+"/transfer").OK(&asked)
				}
			}
		}
		if len(people) < 2 {
			t.Fatalf("%d homes with somebody", len(people))
		}
		at := w.ID(apitest.Community)
		if len(asked.Asked) < 4 {
			t.Fatalf("asked: %+v", asked)
		}
		var stays []j
		for _, q := range asked.Asked {
			stays = append(stays, j{"chain": q.Chain, "nobody": true})
		}
		body := func(stays []j, seats int, until string) j {
			homes := []j{{"persons": people[:1], "stays": stays}}
			for _, p := range people[1:] {
				none := []j{}
				for _, q := range asked.Asked {
					none = append(none, j{"chain": q.Chain, "nobody": true})
				}
				homes = append(homes, j{"persons": []string{p}, "stays": none})
			}
			return j{"place_id": at, "vehicle": "转运 2 号车", "seats": seats, "site": "城东隔离点", "basis": "传染病防治法第三十九条", "until": until, "homes": homes}
		}
		until := w.Clock().Add(240 * time.Hour).Format(time.DateOnly)
		w.Post("community", "/transfers", body(stays[:2], 8, until)).Refused("SW-2317")
		w.Post("community", "/transfers", body(stays, 1, until)).Refused("SW-2316")
		w.Post("community", "/transfers", body(stays, 8, "")).Refused("SW-2315")
		w.Post("inspector", "/transfers", body(stays, 8, until)).Refused("SW-1011")
		wrong := append([]j{{"chain": asked.Asked[0].Chain, "who": "acc-inspector"}}, stays[1:]...)
		w.Post("community", "/transfers", body(wrong, 8, until)).Refused("SW-2319")
		named := append([]j{{"chain": asked.Asked[0].Chain, "nobody": true}, {"chain": asked.Asked[1].Chain, "who": asked.Asked[1].Who[0].Who}}, stays[2:]...)
		var tr api.Transfer
		w.Post("community", "/transfers", body(named, 8, until)).OK(&tr)
		w.Get("community", "/transfers/"+tr.ID).OK(&tr)
		if len(tr.People) != len(people) || len(tr.Stays) != 1 || tr.Stays[0].Keeper.Who == "" || tr.People[0].Name == "" || tr.Until == "" || tr.Basis == "" {
			t.Fatalf("%+v", tr)
		}
		w.Post("community", "/transfers", body(named, 8, until)).Refused("SW-2320")
		var ids []string
		for _, p := range tr.People {
			ids = append(ids, p.ID)
		}
		say := func(verb, leg, out string, who []string, more j) *apitest.Answer {
			b := j{"custodies": who, "leg": leg, "out": out}
			for k, v := range more {
				b[k] = v
			}
			return w.Post("community", "/transfers/"+tr.ID+"/"+verb, b)
		}
		say("give", "ride", "ambulance", ids, nil).OK()
		say("take", "ride", "ambulance", ids, nil).OK()
		w.Pass(30 * time.Minute)
		say("give", "site", "isolation-site", ids, nil).OK()
		say("take", "site", "isolation-site", ids[1:], nil).Refused("SW-2308")
		say("take", "site", "isolation-site", ids[1:], j{"proof": "收据 7"}).OK()
		w.Pass(14 * time.Minute)
		alarms(w)
		if w.Get("community", "/transfers/"+tr.ID).OK(&tr); tr.Missing != 0 {
			t.Fatalf("an alarm before its time: %+v", tr)
		}
		w.Pass(2 * time.Minute)
		alarms(w)
		if w.Get("community", "/transfers/"+tr.ID).OK(&tr); tr.Missing != 1 {
			t.Fatalf("one is missing at the count: %+v", tr)
		}
		for _, p := range tr.People {
			if (p.ID == ids[0]) != (p.Level > 0) {
				t.Fatalf("the alarm is about the wrong one: %+v", p)
			}
		}
		say("take", "site", "isolation-site", ids[:1], j{"proof": "收据 8"}).OK()
		w.Pass(7 * 24 * time.Hour)
		alarms(w)
		if w.Get("community", "/transfers/"+tr.ID).OK(&tr); tr.Missing != 0 {
			t.Fatalf("received, and yet missing: %+v", tr)
		}
		say("give", "back", "ambulance", ids, nil).OK()
		w.Post("community", "/transfers/"+tr.ID+"/take", j{"custodies": ids, "leg": "escort"}).OK()
		w.Post("community", "/transfers/"+tr.ID+"/end", j{"custodies": ids, "how": "home"}).OK()
		w.Get("community", "/transfers/"+tr.ID).OK(&tr)
		for _, p := range tr.People {
			if p.Ended == "" {
				t.Fatalf("not home: %+v", p)
			}
		}
		w.Post("community", "/transfers/"+tr.ID+"/give", j{}).Refused("SW-2315")
		w.Get("resident", "/transfers/"+tr.ID).Refused("SW-1010")
	})
}

// All of a transfer taken on one phone without a signal: the taps leave it later, in one
// batch, and count from when they were said; sent again they change nothing.
func TestATransferIsTakenOnAPhoneWithoutASignal(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		emergency(w)
		var homes []j
		for _, d := range w.Doors(apitest.Building) {
			var there api.Items[api.Resident]
			if w.Get("community", "/residents?under="+d.ID).OK(&there); len(there.Items) == 1 && len(homes) < 2 {
				var asked api.TransferAsk
				w.Get("community", "/places/"+d.ID+"/transfer").OK(&asked)
				none := []j{}
				for _, q := range asked.Asked {
					none = append(none, j{"chain": q.Chain, "nobody": true})
				}
				homes = append(homes, j{"persons": []string{there.Items[0].ID}, "stays": none})
			}
		}
		var tr api.Transfer
		w.Post("community", "/transfers", j{"place_id": w.ID(apitest.Community), "vehicle": "转运 2 号车", "seats": 8, "site": "城东隔离点", "basis": "传染病防治法第三十九条",
			"until": w.Clock().Add(240 * time.Hour).Format(time.DateOnly), "homes": homes}).OK(&tr)
		w.Get("community", "/transfers/"+tr.ID).OK(&tr)
		ids := []string{}
		for _, p := range tr.People {
			ids = append(ids, p.ID)
		}
		w.Post("community", "/transfers/"+tr.ID+"/give", j{"custodies": ids, "leg": "escort", "to": "acc-lead"}).OK()
		w.Pass(2 * time.Minute)
		said := w.Clock()
		w.Pass(3 * time.Minute)
		var ops []any
		for n, id := range ids {
			ops = append(ops, j{"id": "01m7vax680take" + id[len(id)-12:], "sequence": n + 1, "verb": "POST", "path": "/api/v1/custodies/" + id + "/take", "body": j{"at": said.Format(time.RFC3339)}})
		}
		for range 2 {
			var out batchAnswer
			w.Post("lead", "/batch", j{"device": "phone", "operations": ops}).OK(&out)
			for _, r := range out.Results {
				if len(out.Results) != len(ids) || r.Status != 200 || r.Problem != nil {
					t.Fatalf("%+v", r)
				}
			}
		}
		var mine api.Items[api.Custody]
		if w.Get("lead", "/custodies?mine=true").OK(&mine); len(ids) < 2 || len(mine.Items) != len(ids) {
			t.Fatalf("%d of %d taken", len(mine.Items), len(ids))
		}
		for _, k := range mine.Items {
			if since, err := time.Parse(time.RFC3339, k.Since); err != nil || !since.Equal(said.Truncate(time.Second)) || k.Leg != "escort" || len(k.Gaps) != 0 || k.Level != 0 {
				t.Fatalf("%+v", k)
			}
		}
	})
}

// alarms raises what is due, as the worker does.
func alarms(w *apitest.World) {
	w.T.Helper()
	cs, err := w.Store.CustodiesDue(w.T.Context(), w.Clock(), 100)
	w.Must(err)
	for _, k := range cs {
		var changes []journal.Change
		changes, err = w.API.AlarmByClock(w.T.Context(), k, w.Clock(), "system")
		w.Must(err)
		w.Commit(changes...)
	}
}
