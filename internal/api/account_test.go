package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

const secret = "三更灯火五更鸡-2026"

func create(w *apitest.World, as, login string, more j) *apitest.Answer {
	body := j{"login": login, "name": "陆文静", "role": "commander", "place_code": apitest.Subdistrict}
	for k, v := range more {
		body[k] = v
	}
	return w.Post(as, "/accounts", body)
}

// signIn signs in like a browser and returns the cookie, or the refusal.
func signIn(w *apitest.World, login, password string) (cookie string, a *apitest.Answer) {
	a = w.Send(apitest.Call{Method: "POST", Path: "/sessions", Body: j{"login": login, "password": password}})
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
			w.T.Errorf("cookie %v", c)
		}
		cookie = c.Name + "=" + c.Value
	}
	return cookie, a
}

func withCookie(w *apitest.World, cookie, method, path string, body any) *apitest.Answer {
	return w.Send(apitest.Call{Method: method, Path: path, Body: body, Header: map[string]string{"Cookie": cookie}})
}

// An account is made by the system keeper, and its owner signs in with a browser.
func TestAccountSignsIn(t *testing.T) {
	w := world(t)
	var made api.AccountReply
	create(w, "admin", " Lu.Wenjing ", j{"password": secret}).OK(&made)
	if made.Login != "lu.wenjing" || made.Password != "" || made.Account == "" {
		t.Fatalf("%+v", made)
	}
	cookie, a := signIn(w, "LU.wenjing", secret)
	a.OK()
	var me api.Me
	withCookie(w, cookie, "GET", "/me", nil).OK(&me)
	if me.Account != made.Account || me.Name != "陆文静" || len(me.Grants) != 1 || me.Grants[0].Code != apitest.Subdistrict || me.Home.Face != "console" {
		t.Fatalf("%+v", me)
	}
	_, wrong := signIn(w, "lu.wenjing", secret+"x")
	_, nobody := signIn(w, "no.one", secret)
	if wrong.Refused("SW-1014"); face(wrong) != face(nobody) {
		t.Errorf("a wrong password and an unknown login differ: %s %s", wrong.Body, nobody.Body)
	}
	// what the journal tells of it holds neither password nor hash
	es, err := w.Store.Entries(t.Context(), 0, 10000)
	w.Must(err)
	for _, e := range es {
		if bytes.Contains(e.Payload, []byte("三更")) || bytes.Contains(e.Payload, []byte("argon2")) {
			t.Errorf("%s: %s", e.Verb, e.Payload)
		}
	}
}

// What may not be made is refused, and nothing is made.
func TestAccountRefused(t *testing.T) {
	w := world(t)
	for name, x := range map[string]struct {
		as, login string
		more      j
		code      string
	}{
		"weak":            {"admin", "a", j{"password": "short"}, "SW-1016"},
		"holds the login": {"admin", "wenjing", j{"password": "wenjing-2026-x"}, "SW-1016"},
		"taken":           {"admin", "Commander", j{"password": secret}, "SW-1023"},
		"no such role":    {"admin", "a", j{"role": "king"}, "SW-1020"},
		"no such place":   {"admin", "a", j{"place_code": "nowhere"}, "SW-1010"},
		"out of scope":    {"admin", "a", j{"place_code": apitest.OtherCity}, "SW-1010"},
		"no login":        {"admin", " ", nil, "SW-1001"},
		"a login of two":  {"admin", "lu wen", nil, "SW-1001"},
		"no name":         {"admin", "a", j{"name": " "}, "SW-1001"},
		"no such helper":  {"admin", "a", j{"helper_number": "nobody"}, "SW-1010"},
		"commander":       {"commander", "a", j{"password": secret}, "SW-1011"},
		"out of sight":    {"community", "a", j{"place_code": apitest.Community2}, "SW-1010"},
	} {
		last := w.Store.Last()
		if a := create(w, x.as, x.login, x.more); a.Problem().Code != x.code {
			t.Errorf("%s: expected %s, got %d %s", name, x.code, a.Status, a.Body)
		}
		if w.Store.Last() != last {
			t.Errorf("%s: something was written", name)
		}
	}
}

// A password that the server made is shown once and kept nowhere.
func TestAccountGeneratedPassword(t *testing.T) {
	w := world(t)
	send := func() api.AccountReply {
		var r api.AccountReply
		w.Send(apitest.Call{As: "admin", Method: "POST", Path: "/accounts", Header: map[string]string{"Operation-Id": "op-1"},
			Body: j{"login": "desk", "name": "值班室", "role": "commander", "place_code": apitest.Subdistrict}}).OK(&r)
		return r
	}
	first, again := send(), send()
	if len(first.Password) != 23 || again.Password != "" || again.Account != first.Account {
		t.Fatalf("%+v then %+v", first, again)
	}
	_, a := signIn(w, "desk", first.Password)
	a.OK()
	x, _, err := w.Store.Account(t.Context(), first.Account)
	w.Must(err)
	if !strings.HasPrefix(string(x.PasswordHash), "$argon2id$") {
		t.Error("not argon2id")
	}
}

// Two operations that differ in the password alone have one hash: a fast hash of a
// password never lies beside the slow one.
func TestPasswordStaysOutOfOperations(t *testing.T) {
	w := world(t)
	for _, p := range []string{secret, secret + "-other"} {
		w.Send(apitest.Call{As: "admin", Method: "POST", Path: "/accounts", Header: map[string]string{"Operation-Id": "op-2"},
			Body: j{"login": "desk", "name": "值班室", "role": "commander", "place_code": apitest.Subdistrict, "password": p}}).OK()
	}
	w.Send(apitest.Call{As: "admin", Method: "POST", Path: "/accounts", Header: map[string]string{"Operation-Id": "op-2"},
		Body: j{"login": "desk2", "name": "值班室", "role": "commander", "place_code": apitest.Subdistrict, "password": secret}}).Refused("SW-1802")
}

// One's own password needs the old one; anybody's, their keeper. Browsers that were
// signed in are signed out, but for the one that asked.
func TestNewPassword(t *testing.T) {
	w := world(t)
	var made api.AccountReply
	create(w, "admin", "desk", j{"password": secret}).OK(&made)
	path := "/accounts/" + made.Account + "/password"
	here, a := signIn(w, "desk", secret)
	a.OK()
	there, a := signIn(w, "desk", secret)
	a.OK()
	next := secret + "-next"
	withCookie(w, here, "POST", path, j{"password": next}).Refused("SW-1024")
	withCookie(w, here, "POST", path, j{"old_password": "wrong", "password": next}).Refused("SW-1024")
	withCookie(w, here, "POST", path, j{"old_password": secret, "password": "short"}).Refused("SW-1016")
	withCookie(w, here, "GET", "/me", nil).OK()
	withCookie(w, here, "POST", path, j{"old_password": secret, "password": next}).OK()
	withCookie(w, here, "GET", "/me", nil).OK()
	withCookie(w, there, "GET", "/me", nil).Refused("SW-1013")
	_, a = signIn(w, "desk", secret)
	a.Refused("SW-1014")
	_, a = signIn(w, "desk", next)
	a.OK()
	// somebody else may not; the keeper may, and finds the account by its login
	for _, as := range []string{"commander", "community"} {
		if a := w.Post(as, path, j{}).Refused("SW-1010"); face(a) != face(w.Post(as, "/accounts/zzzz/password", j{})) {
			t.Errorf("%s learns that the account is there: %s", as, a.Body)
		}
		w.Get(as, "/accounts?login=desk").Refused("SW-1011")
	}
	var found api.Items[api.AccountLine]
	w.Get("admin", "/accounts?login=Desk").OK(&found)
	if len(found.Items) != 1 || found.Items[0].ID != made.Account || found.Items[0].Grants[0].Role != "commander" {
		t.Fatalf("%+v", found)
	}
	var reset api.AccountReply
	w.Post("admin", path, j{}).OK(&reset)
	withCookie(w, here, "GET", "/me", nil).Refused("SW-1013")
	_, a = signIn(w, "desk", reset.Password)
	a.OK()
	// an account with a right elsewhere too is not this keeper's
	w.Grant("both", access.Inspector, apitest.Subdistrict, access.Static)
	w.Grant("both", access.Inspector, apitest.OtherCity, access.Static)
	w.Post("admin", "/accounts/acc-both/password", j{}).Refused("SW-1010")
	w.Get("admin", "/accounts?login=both").OK(&found)
	if len(found.Items) != 0 {
		t.Errorf("%+v", found)
	}
}

// An account of a helper gets the rights of the helper's posts; nobody has two.
func TestHelperAccount(t *testing.T) {
	w := world(t)
	h := w.Helpers[0]
	var made api.AccountReply
	create(w, "admin", "vol", j{"role": "helper", "place_code": apitest.Microgrid, "helper_number": h.Number, "password": secret}).OK(&made)
	a, _, err := w.Store.Account(t.Context(), made.Account)
	w.Must(err)
	x, _, err := w.Store.Helper(t.Context(), h.ID)
	w.Must(err)
	if a.HelperID != h.ID || x.AccountID != a.ID {
		t.Fatalf("%+v %+v", a, x)
	}
	create(w, "admin", "vol2", j{"helper_number": h.Number}).Refused("SW-1025")
}
