package api_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// token is the code of a place as it stands in the address of its notice.
func token(w *apitest.World, code string) string {
	w.T.Helper()
	w.Post("community", "/places/"+w.ID(code)+"/qr", j{"kinds": []string{"community", "building", "door"}}).OK()
	for _, q := range all[api.QRLabel](w, "community", "/places/"+w.ID(code)+"/qr").Items {
		if q.PlaceID == w.ID(code) {
			return strings.TrimPrefix(q.Path, "/r/")
		}
	}
	w.T.Fatal("no code")
	return ""
}

var sixDigits = regexp.MustCompile(`\d{6,}`)

// sent is the code of the newest text and to whom it went.
func sent(w *apitest.World) (code, to string) {
	if l := w.Outbox.Last(); len(l) > 0 {
		return sixDigits.FindString(l[0].Text.ZH), l[0].To
	}
	return "", ""
}

func nobody(w *apitest.World, path string, body j) *apitest.Answer {
	return w.Send(apitest.Call{Method: "POST", Path: path, Body: body})
}

// From the notice's code to being a helper, without an account: the phone is one's
// own, the code opens once, and the file is one's own to see, correct and withdraw.
func TestJoiningByOnesOwnPhone(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := token(w, apitest.Community)
		var info api.JoinInfo
		w.Send(apitest.Call{Method: "GET", Path: "/joins/" + place}).OK(&info)
		if info.Place == "" || len(info.Skills) < 10 || !info.Phone {
			t.Fatalf("%+v", info)
		}
		var ticket api.CodeTicket
		nobody(w, "/codes", j{"phone": "129 8765 4321", "purpose": "join", "token": place}).OK(&ticket)
		code, to := sent(w)
		if to != "12987654321" || len(code) != 6 {
			t.Fatalf("%s to %s", code, to)
		}
		form := j{"name": "方小莲", "phone": "12987654321", "birth": "1992", "skills": []string{"cook"}, "hours": 3, "limits": []string{"night"}, "consent": "2", "ticket": ticket.Ticket, "code": code,
			"kind": "police", "standing": true}
		last := w.Store.Last()
		for name, x := range map[string]struct{ field, value, code string }{
			"a wrong code":       {"code", "000000" + code[:0], "SW-1740"},
			"another's phone":    {"phone", "12911112222", "SW-1740"},
			"no consent":         {"consent", "", "SW-1734"},
			"born in the future": {"birth", "2041", "SW-1732"},
			"no ticket":          {"ticket", "x", "SW-1740"},
		} {
			bad := j{}
			for k, v := range form {
				bad[k] = v
			}
			if bad[x.field] = x.value; name == "a wrong code" && code == "000000" {
				bad["code"] = "111111"
			}
			nobody(w, "/joins/"+place, bad).Refused(x.code)
		}
		for _, e := range w.Entries(last) {
			if e.Verb != "code.refused" {
				t.Fatalf("a refused sign-up left %s", e.Verb)
			}
		}
		last = w.Store.Last()
		var in api.Joined
		a := nobody(w, "/joins/"+place, form).OK(&in)
		h, _, err := w.Store.Helper(context.Background(), in.HelperID)
		if err != nil || h.Kind != "volunteer" || h.Standing || h.Recruited != "notice" || h.Consent.IsZero() || h.PlaceID != w.ID(apitest.Community) || in.Known {
			t.Fatalf("%+v %v", h, err)
		}
		for _, e := range w.Entries(last) {
			if strings.Contains(string(e.Payload), "方小莲") || strings.Contains(string(e.Payload), "12987654321") {
				t.Fatalf("%s tells who it was: %s", e.Verb, e.Payload)
			}
		}
		nobody(w, "/joins/"+place, form).Refused("SW-1740") // the code opened once

		as := cookie(a)
		var own api.OwnFile
		w.Send(apitest.Call{Method: "GET", Path: "/me/helper", Header: as}).OK(&own)
		if own.Phone != "12987654321" || strings.Join(own.Limits, "") != "night" || own.Number != in.Number {
			t.Fatalf("%+v", own)
		}
		w.Send(apitest.Call{Method: "POST", Path: "/me/helper", Header: as, Body: j{"hours": 1, "kind": "cadre", "phone": "12900000000"}}).OK()
		if h, _, _ = w.Store.Helper(context.Background(), in.HelperID); h.Hours != 1 || h.Kind != "volunteer" {
			t.Fatalf("%+v", h)
		}

		// Once more with the same phone: the same helper, nothing changed.
		nobody(w, "/codes", j{"phone": "12987654321", "purpose": "join", "token": place}).OK(&ticket)
		code, _ = sent(w)
		form["ticket"], form["code"], form["name"] = ticket.Ticket, code, "别人"
		var again api.Joined
		nobody(w, "/joins/"+place, form).OK(&again)
		if !again.Known || again.HelperID != in.HelperID || again.Name != "方小莲" {
			t.Fatalf("%+v", again)
		}

		// Signing in by a code, then leaving.
		nobody(w, "/codes", j{"phone": "12987654321", "purpose": "enter"}).OK(&ticket)
		code, _ = sent(w)
		a = nobody(w, "/sessions/code", j{"ticket": ticket.Ticket, "code": code, "phone": "12987654321"}).OK()
		nobody(w, "/sessions/code", j{"ticket": ticket.Ticket, "code": code, "phone": "12987654321"}).Refused("SW-1740")
		var left api.HelperLeft
		w.Send(apitest.Call{Method: "POST", Path: "/me/helper/leave", Header: cookie(a)}).OK(&left)
		w.Send(apitest.Call{Method: "GET", Path: "/me/helper", Header: cookie(a)}).Refused("SW-1013")
		n := len(w.Outbox.Last())
		nobody(w, "/codes", j{"phone": "12987654321", "purpose": "enter"}).OK(&ticket)
		if len(w.Outbox.Last()) != n {
			t.Fatal("a phone that nobody signs in with got a text")
		}
	})
}

func cookie(a *apitest.Answer) map[string]string {
	r := http.Response{Header: a.Header}
	for _, c := range r.Cookies() {
		if c.Value != "" {
			return map[string]string{"Cookie": c.Name + "=" + c.Value}
		}
	}
	return nil
}

// Known and unknown phones are answered alike, codes end by themselves, and neither
// asking nor guessing goes on for long.
func TestCodesTellNothingAndEnd(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := token(w, apitest.Community)
		ask := func(phone string) *apitest.Answer {
			return nobody(w, "/codes", j{"phone": phone, "purpose": "enter"})
		}
		w.Post("community", "/helpers", j{"name": "周阿林", "place_code": apitest.Community, "phone": "12910000001"}).OK()
		known, unknown := ask("12910000001").OK(), ask("12910000002").OK()
		shape := regexp.MustCompile(`"ticket":"[^"]*"`)
		if shape.ReplaceAllString(string(known.Body), "") != shape.ReplaceAllString(string(unknown.Body), "") || len(w.Outbox.Last()) != 1 {
			t.Fatalf("%s %s", known.Body, unknown.Body)
		}
		nobody(w, "/codes", j{"phone": "call me", "purpose": "enter"}).Refused("SW-1732")
		nobody(w, "/codes", j{"phone": "12910000003", "purpose": "join", "token": "AAAAAAAAAAAAAAAAAAAAAA"}).Refused("SW-1744")

		var ticket api.CodeTicket
		nobody(w, "/codes", j{"phone": "12910000004", "purpose": "join", "token": place}).OK(&ticket)
		code, _ := sent(w)
		form := j{"name": "方小莲", "phone": "12910000004", "consent": "2", "ticket": ticket.Ticket, "code": code}
		w.Pass(10 * time.Minute)
		nobody(w, "/joins/"+place, form).Refused("SW-1740")

		nobody(w, "/codes", j{"phone": "12910000004", "purpose": "join", "token": place}).OK(&ticket)
		code, _ = sent(w)
		wrong := "000000"
		if code == wrong {
			wrong = "111111"
		}
		form["ticket"] = ticket.Ticket
		for range 5 {
			form["code"] = wrong
			nobody(w, "/joins/"+place, form).Refused("SW-1740")
		}
		form["code"] = code
		nobody(w, "/joins/"+place, form).Refused("SW-1740") // five wrong tries use it up

		slow := 0
		for range 12 {
			if a := ask("12910000005"); a.Status == http.StatusTooManyRequests {
				slow++
			}
			w.Pass(30 * time.Second)
		}
		if slow < 5 {
			t.Fatalf("only %d of 12 asks were slowed down", slow)
		}
	})
}

// Without a phone: the door's code and the household card, typed by oneself. Each
// card opens once, at its own door.
func TestJoiningByDoorAndCard(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := token(w, apitest.Community)
		doors := w.Doors(apitest.Building)
		var card api.HouseholdCard
		w.Post("gridworker", "/places/"+doors[0].ID+"/card", nil).Refused("SW-1011")
		w.Post("community", "/places/"+w.ID(apitest.Building)+"/card", nil).Refused("SW-1732")
		w.Post("community", "/places/"+doors[0].ID+"/card", nil).OK(&card)
		form := j{"name": "方小莲", "consent": "2", "door_code": card.Door, "card": card.Code, "skills": []string{"cook"}}
		elsewhere := j{"name": "方小莲", "consent": "2", "door_code": doors[1].Code, "card": card.Code}
		nobody(w, "/joins/"+place, elsewhere).Refused("SW-1741")
		var in api.Joined
		nobody(w, "/joins/"+place, form).OK(&in)
		if h, _, _ := w.Store.Helper(context.Background(), in.HelperID); h.PlaceID != doors[0].ID {
			t.Fatalf("%+v", h)
		}
		nobody(w, "/joins/"+place, form).Refused("SW-1741")
	})
}
