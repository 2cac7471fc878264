package api_test

import (
	"context"
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/store"
)

// joinBy signs somebody up by a code to a phone and returns their session.
func joinBy(w *apitest.World, place, name, phone string) (header map[string]string, id string) {
	w.T.Helper()
	var ticket api.CodeTicket
	nobody(w, "/codes", j{"phone": phone, "purpose": "join", "token": place}).OK(&ticket)
	code, _ := sent(w)
	var in api.Joined
	a := nobody(w, "/joins/"+place, j{"name": name, "phone": phone, "birth": "1992", "skills": []string{"cook"}, "hours": 3, "consent": "2", "ticket": ticket.Ticket, "code": code}).OK(&in)
	return cookie(a), in.HelperID
}

// Somebody changes their own number: only by the code that the new one received, never
// to somebody else's, and the old one is told.
func TestChangingOnesOwnPhone(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := token(w, apitest.Community)
		as, id := joinBy(w, place, "方小莲", "12987654321")
		_, _ = joinBy(w, place, "别人", "12911112222")
		my := func(path string, body j) *apitest.Answer {
			return w.Send(apitest.Call{Method: "POST", Path: path, Header: as, Body: body})
		}
		my("/me/phone/code", j{"phone": "129"}).Refused("SW-1732")
		my("/me/phone/code", j{"phone": "12987654321"}).Refused("SW-1732")
		w.Post("commander", "/me/phone/code", j{"phone": "12987650000"}).Refused("SW-1737")

		var ticket api.CodeTicket
		my("/me/phone/code", j{"phone": "12911112222"}).OK(&ticket)
		code, to := sent(w)
		if to != "12911112222" {
			t.Fatalf("the code went to %s", to)
		}
		my("/me/phone", j{"phone": "12911112222", "ticket": ticket.Ticket, "code": code}).Refused("SW-1794")

		my("/me/phone/code", j{"phone": "12987650000"}).OK(&ticket)
		code, _ = sent(w)
		wrong := "000000"
		if code == wrong {
			wrong = "111111"
		}
		my("/me/phone", j{"phone": "12987650000", "ticket": ticket.Ticket, "code": wrong}).Refused("SW-1740")
		my("/me/phone", j{"phone": "12987650001", "ticket": ticket.Ticket, "code": code}).Refused("SW-1740")
		var out api.OwnPhone
		my("/me/phone", j{"phone": "12987650000", "ticket": ticket.Ticket, "code": code}).OK(&out)
		if last := w.Outbox.Last()[0]; out.Phone != "0000" || !out.Told || last.To != "12987654321" || !strings.Contains(last.Text.ZH, "尾号 0000") || strings.Contains(last.Text.ZH, "12987650000") {
			t.Fatalf("%+v, last told %+v", out, w.Outbox.Last()[0])
		}
		h, _, err := w.Store.Helper(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := w.Store.OpenHelper(context.Background(), &h, store.HelperPhone); err != nil || p.Phone != "12987650000" {
			t.Fatalf("%+v %v", p, err)
		}
		my("/me/phone", j{"phone": "12987650000", "ticket": ticket.Ticket, "code": code}).Refused("SW-1732")
		nobody(w, "/codes", j{"phone": "12987650000", "purpose": "enter"}).OK(&ticket)
		if _, to := sent(w); to != "12987650000" {
			t.Fatalf("the code to sign in went to %s", to)
		}
		for _, e := range w.Entries(0) {
			if strings.Contains(string(e.Payload), "1298765") {
				t.Fatalf("%s tells the number: %s", e.Verb, e.Payload)
			}
		}
	})
}
