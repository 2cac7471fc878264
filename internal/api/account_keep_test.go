package api_test

import (
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// lines lists the accounts that somebody keeps, by login.
func lines(w *apitest.World, as, query string) map[string]api.AccountLine {
	w.T.Helper()
	var page api.Items[api.AccountLine]
	w.Get(as, "/accounts?limit=200"+query).OK(&page)
	out := map[string]api.AccountLine{}
	for _, a := range page.Items {
		out[a.Login] = a
	}
	if len(out) != page.Total {
		w.T.Errorf("%d accounts, total %d", len(out), page.Total)
	}
	return out
}

// A keeper finds every account within reach and none beyond; half a keeper of
// somebody is none.
func TestAccountsListed(t *testing.T) {
	w := world(t)
	w.Grant("far", access.Commander, apitest.OtherCity, access.Static)
	w.Grant("both", access.Inspector, apitest.Subdistrict, access.Static)
	w.Grant("both", access.Inspector, apitest.OtherCity, access.Static)
	all := lines(w, "admin", "")
	for _, login := range []string{"commander", "deputy", "lead", "resident", "auditor", "admin"} {
		if len(all[login].Grants) != 1 || all[login].Own != (login == "admin") {
			t.Errorf("%s: %+v", login, all[login])
		}
	}
	for _, login := range []string{"far", "both"} {
		if _, seen := all[login]; seen {
			t.Errorf("%s is listed", login)
		}
	}
	if len(all["commander"].Tokens) != 1 || all["commander"].SignsIn {
		t.Errorf("%+v", all["commander"])
	}
	if found := lines(w, "admin", "&q=DEPU"); len(found) != 1 || found["deputy"].ID == "" {
		t.Errorf("%+v", found)
	}
	// page by page is the whole
	seen, next := 0, ""
	for range len(all) + 1 {
		var page api.Items[api.AccountLine]
		w.Get("admin", "/accounts?limit=3&cursor="+next).OK(&page)
		seen += len(page.Items)
		if next = page.Next; next == "" {
			break
		}
	}
	if seen != len(all) {
		t.Errorf("%d of %d by pages", seen, len(all))
	}
	w.Get("commander", "/accounts").Refused("SW-1011")
}

// A disabled account is signed out everywhere at once, tokens included, and the
// same password opens it again when it is enabled.
func TestAccountDisabled(t *testing.T) {
	w := world(t)
	var made api.AccountReply
	create(w, "admin", "desk", j{"password": secret}).OK(&made)
	cookie, a := signIn(w, "desk", secret)
	a.OK()
	off := "/accounts/" + made.Account + "/disable"
	w.Post("admin", off, j{"disabled": true}).OK()
	withCookie(w, cookie, "GET", "/me", nil).Refused("SW-1013")
	_, a = signIn(w, "desk", secret)
	a.Refused("SW-1014")
	if !lines(w, "admin", "&q=desk")["desk"].Disabled {
		t.Error("not shown as disabled")
	}
	w.Post("admin", "/accounts/acc-commander/disable", j{"disabled": true}).OK()
	w.Get("commander", "/me").Refused("SW-1013")
	w.Post("admin", off, j{"disabled": false}).OK()
	withCookie(w, cookie, "GET", "/me", nil).Refused("SW-1013")
	_, a = signIn(w, "desk", secret)
	a.OK()
	w.Post("admin", "/accounts/acc-admin/disable", j{"disabled": true}).Refused("SW-1027")
	w.Post("community", off, j{"disabled": true}).Refused("SW-1010")
}

// A right is given for a time and taken back; nobody does so for himself, and who
// keeps accounts or audits does nothing else.
func TestGrants(t *testing.T) {
	w := world(t)
	var g api.GrantLine
	given := func(x api.AccountLine) (found api.GrantLine) {
		for _, y := range x.Grants {
			if y.ID == g.ID {
				found = y
			}
		}
		return found
	}
	to := "/accounts/acc-inspector/grants"
	w.Post("admin", to, j{"role": "community", "place_code": apitest.Community, "until": w.Clock().Format("2006-01-02")}).OK(&g)
	w.Get("inspector", "/residents?limit=1&under="+w.ID(apitest.Community)).OK()
	if x := lines(w, "admin", "&login=inspector")["inspector"]; len(x.Grants) != 2 || given(x).Until == "" {
		t.Errorf("%+v", x)
	}
	w.Post("admin", to+"/"+g.ID+"/end", nil).OK(&g)
	w.Get("inspector", "/residents?limit=1&under="+w.ID(apitest.Community)).Refused("SW-1011")
	if x := lines(w, "admin", "&login=inspector")["inspector"]; len(x.Grants) != 2 || !given(x).Ended {
		t.Errorf("%+v", x)
	}
	last := w.Store.Last()
	w.Post("admin", to+"/"+g.ID+"/end", nil).OK() // once more does nothing
	for name, x := range map[string]struct {
		as, account string
		body        j
		code        string
	}{
		"own":                  {"admin", "admin", j{"role": "commander", "place_code": apitest.Subdistrict}, "SW-1027"},
		"audits and commands":  {"admin", "auditor", j{"role": "commander", "place_code": apitest.Subdistrict}, "SW-1026"},
		"commands and keeps":   {"admin", "commander", j{"role": "admin", "place_code": apitest.Subdistrict}, "SW-1026"},
		"ends before it holds": {"admin", "inspector", j{"role": "lead", "place_code": apitest.Microgrid, "from": "2039-01-02", "until": "2039-01-01"}, "SW-1028"},
		"ended already":        {"admin", "inspector", j{"role": "lead", "place_code": apitest.Microgrid, "until": "2001-01-01"}, "SW-1028"},
		"no day":               {"admin", "inspector", j{"role": "lead", "place_code": apitest.Microgrid, "from": "soon"}, "SW-1001"},
		"beyond the keeper":    {"admin", "inspector", j{"role": "lead", "place_code": apitest.OtherCity}, "SW-1010"},
		"no keeper":            {"commander", "inspector", j{"role": "lead", "place_code": apitest.Microgrid}, "SW-1010"},
	} {
		if a := w.Post(x.as, "/accounts/acc-"+x.account+"/grants", x.body); a.Problem().Code != x.code {
			t.Errorf("%s: expected %s, got %d %s", name, x.code, a.Status, a.Body)
		}
	}
	w.Post("admin", to+"/none/end", nil).Refused("SW-1010")
	if w.Store.Last() != last {
		t.Error("something was written")
	}
}
