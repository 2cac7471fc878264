package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/people"
)

// A call reaches everybody who fits, answers come by the account, by the address in
// the message and by whoever spoke with them, and one list says who was not reached.
func TestCallIsSentAnsweredAndCounted(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := w.Place(apitest.Community)
		var before api.Reach
		w.Get("community", "/places/"+place.ID+"/reach?kinds=volunteer").OK(&before)
		if before.Helpers < 3 || len(before.Places) != 1 || before.Places[0].Counts.Total != before.Helpers {
			t.Fatalf("%+v", before)
		}
		send := j{"title": j{"zh": "请来帮忙", "en": "Come and help"}, "text": j{"zh": "今晚八点社区门口集合。", "en": "At eight, at the gate."}, "kinds": []string{"volunteer"},
			"until": w.Clock().Add(2 * time.Hour).Format(time.RFC3339)}
		for code, bad := range map[string]j{
			"SW-1760": {"title": j{"zh": "", "en": ""}}, "SW-1761": {"until": "2020-01-01"}, "SW-1762": {"wanted": -1}, "SW-1763": {"skills": []string{"nobody-has-it"}}, "SW-1402": {"incident": "nothing"},
		} {
			x := j{}
			for k, v := range send {
				x[k] = v
			}
			for k, v := range bad {
				x[k] = v
			}
			if code == "SW-1402" {
				if a := w.Post("community", "/places/"+place.ID+"/calls", x); a.Status != 404 {
					t.Fatal(a.Status)
				}
				continue
			}
			w.Post("community", "/places/"+place.ID+"/calls", x).Refused(code)
		}
		if ns := all[api.Call](w, "community", "/calls").Items; len(ns) != 0 {
			t.Fatal("a refused call was sent:", ns)
		}
		last := w.Store.Last()
		var sent api.Call
		w.Post("community", "/places/"+place.ID+"/calls", send).OK(&sent)
		if sent.Counts.Total != before.Helpers || !sent.Open || sent.Author == "" {
			t.Fatalf("%+v", sent)
		}
		for _, e := range w.Entries(last) {
			if strings.Contains(string(e.Payload), "八点") {
				t.Fatal("the words of a call stand in the journal")
			}
		}
		var board api.CallBoard
		w.Get("community", "/calls/"+sent.ID+"?limit=2").OK(&board)
		if len(board.Items) != 2 || board.Next != 2 || board.Counts.Asked != before.Helpers {
			t.Fatalf("%+v", board)
		}
		one, two := board.Items[0], board.Items[1]
		w.Get("community", "/calls/"+sent.ID+"?after=2&limit=500").OK(&board)
		if len(board.Items) != before.Helpers-2 || board.Items[0].N != 3 {
			t.Fatalf("%d items", len(board.Items))
		}
		three := board.Items[0]

		// By the account.
		me := w.HelperAccount(one.HelperID)
		if asks := all[api.Ask](w, me, "/asks").Items; len(asks) != 1 || asks[0].State != "asked" || asks[0].Title.EN != "Come and help" {
			t.Fatalf("%+v", asks)
		}
		w.Post(me, "/asks/"+sent.ID+"/answer", j{"answer": "perhaps"}).Refused("SW-1764")
		w.Post(me, "/asks/"+sent.ID+"/read", nil).OK()
		var ask api.Ask
		w.Post(me, "/asks/"+sent.ID+"/answer", j{"answer": "later"}).OK(&ask)
		w.Post(me, "/asks/"+sent.ID+"/answer", j{"answer": "yes"}).OK(&ask) // one may think again
		if ask.State != "yes" || ask.Answered == "" {
			t.Fatalf("%+v", ask)
		}
		w.Post("lead", "/asks/"+sent.ID+"/answer", j{"answer": "yes"}).Refused("SW-1010") // nobody asked them

		// By the address in the message, and not by whoever it was passed on to.
		token := w.Store.AskToken(sent.ID, two.N)
		if _, _, err := w.API.AnswerByLink(t.Context(), sent.ID, two.N, token, "no", "0000"); err == nil || !strings.Contains(err.Error(), "SW-1771") {
			t.Fatal(err)
		}
		if _, _, err := w.API.AnswerByLink(t.Context(), sent.ID, three.N, token, "no", two.WorkPhone[len(two.WorkPhone)-4:]); err == nil || !strings.Contains(err.Error(), "SW-1768") {
			t.Fatal("one's token answers for another:", err)
		}
		if _, r, err := w.API.AnswerByLink(t.Context(), sent.ID, two.N, token, "no", two.WorkPhone[len(two.WorkPhone)-4:]); err != nil || r.Answer != "no" {
			t.Fatal(r, err)
		}

		// By whoever spoke with them.
		w.Post("lead", "/calls/"+sent.ID+"/receivers/3", j{"answer": "yes"}).Refused("SW-1010")
		var noted api.Called
		w.Post("community", "/calls/"+sent.ID+"/receivers/3", j{"answer": "yes"}).OK(&noted)
		if noted.State != "yes" || noted.By == "" || noted.Name != three.Name {
			t.Fatalf("%+v", noted)
		}
		w.Get("commander", "/calls/"+sent.ID).OK(&board)
		if k := board.Counts; k.Yes != 2 || k.No != 1 || k.Total != k.Yes+k.No+k.Later+k.Read+k.Asked+k.Unreached+k.Silent+k.Spared {
			t.Fatalf("%+v", k)
		}
		if len(board.Items) > 50 {
			t.Fatal("more than a page")
		}

		// A grid worker sees the part of their own grid alone.
		w.Get("gridworker", "/calls/"+sent.ID).OK(&board)
		if board.Counts.Total == 0 || board.Counts.Total >= before.Helpers || board.MayEnd {
			t.Fatalf("%+v of %d", board.Counts, before.Helpers)
		}

		w.Post("community", "/calls/"+sent.ID+"/withdraw", j{"reason": " "}).Refused("SW-1770")
		w.Post("community", "/calls/"+sent.ID+"/withdraw", j{"reason": "人够了"}).OK(&sent)
		w.Post(me, "/asks/"+sent.ID+"/answer", j{"answer": "no"}).Refused("SW-1765")
		if asks := all[api.Ask](w, me, "/asks").Items; asks[0].Open || asks[0].Reason != "人够了" {
			t.Fatalf("%+v", asks)
		}
	})
}

// Where a number is wanted, one more than that is never taken, and who comes too late
// is told so kindly.
func TestCallTakesNoMoreThanWanted(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := w.Place(apitest.Building)
		for _, id := range []string{"hx1", "hx2"} {
			h := people.Helper{ID: id, Number: id, Name: "候补", WorkPhone: "1290000" + id, PlaceID: place.ID, Path: place.Path, Kind: "volunteer", Skills: []string{"sign"}}
			w.Commit(journal.Change{Row: &h, Entry: journal.Entry{Actor: "system", Verb: "helper.added", Thing: "helpers", ThingID: id, Path: place.Path, PlaceID: place.ID, Audience: "work"}})
		}
		var sent api.Call
		w.Post("community", "/places/"+place.ID+"/calls", j{"title": j{"zh": "要一位手语翻译", "en": ""}, "text": j{"zh": "今天下午", "en": ""}, "skills": []string{"sign"}, "wanted": 1,
			"until": w.Clock().Add(time.Hour).Format(time.RFC3339)}).OK(&sent)
		a, b := w.HelperAccount("hx1"), w.HelperAccount("hx2")
		w.Post(a, "/asks/"+sent.ID+"/answer", j{"answer": "yes"}).OK()
		w.Post(b, "/asks/"+sent.ID+"/answer", j{"answer": "yes"}).Refused("SW-1766")
		var board api.CallBoard
		w.Get("community", "/calls/"+sent.ID).OK(&board)
		if board.Counts.Yes != 1 || board.Why != "enough" || board.Open {
			t.Fatalf("%+v", board)
		}
	})
}

// A helper's own device is asked for by themselves alone, and their own phone is
// reached though nobody reads it.
func TestDevicesAreTheirHoldersAlone(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := w.Place(apitest.Building)
		for _, id := range []string{"hx1", "hx2"} {
			h := people.Helper{ID: id, Number: id, Name: "候补", PlaceID: place.ID, Path: place.Path, Kind: "volunteer"}
			w.Must(w.Store.SealHelper(t.Context(), &h, people.Private{Phone: "1290000888" + id[2:]}))
			w.Commit(journal.Change{Row: &h, Entry: journal.Entry{Actor: "system", Verb: "helper.added", Thing: "helpers", ThingID: id, Path: place.Path, PlaceID: place.ID, Audience: "work"}})
		}
		a, b := w.HelperAccount("hx1"), w.HelperAccount("hx2")
		good := `{"endpoint":"https://push.example/d/1","keys":{"auth":"AAECAwQFBgcICQoLDA0ODw","p256dh":"BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}}`
		var made api.Device
		w.Post(a, "/push", j{"subscription": `{"endpoint":"http://inside/"}`}).Refused("SW-1773")
		w.Post("lead", "/push", j{"subscription": good}).Refused("SW-1773") // no helper behind this account
		w.Post(a, "/push", j{"subscription": good}).OK(&made)
		hs, err := w.Store.Helpers(t.Context(), []string{"hx1", "hx2"})
		w.Must(err)
		on, err := w.Store.Reached(t.Context(), hs)
		w.Must(err)
		if !on["hx1"]["push"] || on["hx2"]["push"] || !on["hx2"]["sms"] {
			t.Fatal(on)
		}
		sms, err := w.Store.Addresses(t.Context(), "sms", hs)
		w.Must(err)
		push, err := w.Store.Addresses(t.Context(), "push", hs)
		w.Must(err)
		if sms["hx2"] != "12900008882" || push["hx1"] != good || push["hx2"] != "" {
			t.Fatal(sms, push)
		}
		w.Send(apitest.Call{As: b, Method: "DELETE", Path: "/push/" + made.ID}).Refused("SW-1010")
		w.Send(apitest.Call{As: a, Method: "DELETE", Path: "/push/" + made.ID}).OK()
		if on, err = w.Store.Reached(t.Context(), hs); err != nil || on["hx1"]["push"] {
			t.Fatal(on, err)
		}
	})
}
