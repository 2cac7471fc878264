package api_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// bad is a request that must be refused, with its code.
type bad struct {
	name string
	call apitest.Call
	code string
}

var codeRe = regexp.MustCompile(`^SW-\d{4}$`)

// sentence checks what a refused person reads: a code, a status that fits, and a
// sentence in the language that was asked for.
func sentence(t *testing.T, name, lang string, a *apitest.Answer) apitest.Problem {
	t.Helper()
	p := a.Problem()
	han := strings.ContainsFunc(p.Detail, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	switch {
	case !strings.HasPrefix(a.Header.Get("Content-Type"), "application/problem+json"):
		t.Errorf("%s: content type %q", name, a.Header.Get("Content-Type"))
	case !codeRe.MatchString(p.Code) || p.Status != a.Status || p.Title == "":
		t.Errorf("%s: %d %+v", name, a.Status, p)
	case len([]rune(p.Detail)) < 12 || len(p.Detail) > 2000 || strings.Contains(p.Detail, "{0}"):
		t.Errorf("%s (%s): sentence %.300q", name, lang, p.Detail)
	case lang == "zh" && !han || lang == "en" && han:
		t.Errorf("%s: not %s: %q", name, lang, p.Detail)
	}
	return p
}

// refuse sends every bad request in both languages and checks that nothing changed.
func refuse(t *testing.T, w *apitest.World, list []bad) {
	t.Helper()
	last, before := w.Store.Last(), picture(w)
	for _, b := range list {
		for _, lang := range []string{"zh", "en"} {
			c := b.call
			c.Header = map[string]string{"Accept-Language": map[string]string{"zh": "zh-CN,zh;q=0.9", "en": "en-GB,en;q=0.8"}[lang]}
			for k, v := range b.call.Header {
				c.Header[k] = v
			}
			a := w.Send(c)
			if a.Status < 400 || a.Status == 500 {
				t.Errorf("%s: %d %.300s", b.name, a.Status, a.Body)
				continue
			}
			if p := sentence(t, b.name, lang, a); p.Code != b.code {
				t.Errorf("%s: %s, expected %s: %.300s", b.name, p.Code, b.code, p.Detail)
			}
			if es := w.Entries(last); len(es) > 0 {
				t.Fatalf("%s: left %+v", b.name, es)
			}
		}
	}
	if after := picture(w); after != before {
		t.Errorf("something changed:\n%s\nwas\n%s", after, before)
	}
	quiet(t, w, canaries(w))
}

// Whatever is wrong with a request is said in a sentence with a code, and changes nothing.
func TestBadInput(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident, lead, round := running(w)
		draft := declare(w, apitest.Community2)
		var own api.Plan
		w.Post("commander", "/incidents/"+draft+"/plan", j{}).OK(&own)
		door := w.Doors(apitest.Building3)[0]
		post := func(as, path string, body any) apitest.Call {
			return apitest.Call{As: as, Method: "POST", Path: path, Body: body}
		}
		get := func(as, path string) apitest.Call { return apitest.Call{As: as, Method: "GET", Path: path} }
		zone := func(change j) apitest.Call {
			body := j{"zone": "control", "place_codes": []string{apitest.Building}, "basis": basis, "until": "2026-11-30"}
			for k, v := range change {
				body[k] = v
			}
			return post("commander", "/incidents/"+incident+"/zones", body)
		}
		with := func(c apitest.Call, header, value string) apitest.Call {
			c.Header = map[string]string{header: value}
			return c
		}
		record := func(body any) apitest.Call { return post(lead, rec{round, door.ID}.path(), body) }
		sequence := record(j{"outcome": "at-home"})
		sequence.Header = map[string]string{"Operation-Id": "x", "Device-Sequence": "first"}
		long := strings.Repeat("长", 500_000)
		refuse(t, w, []bad{
			{"unknown role", post("admin", "/tokens", j{"role": "emperor", "place_code": apitest.City}), "SW-1020"},
			{"unknown code", post("admin", "/tokens", j{"role": "lead", "place_code": "990299999999"}), "SW-1010"},
			{"incident on an unknown code", post("commander", "/incidents", j{"title": "x", "playbook": "epidemic", "place_code": "1"}), "SW-1010"},
			{"incident on no place", post("commander", "/incidents", j{"title": "x", "playbook": "epidemic"}), "SW-1010"},
			{"incident without title", post("commander", "/incidents", j{"title": " ", "playbook": "epidemic", "place_code": apitest.Subdistrict}), "SW-1510"},
			{"unknown playbook", post("commander", "/incidents", j{"title": "x", "playbook": "zombies", "place_code": apitest.Subdistrict}), "SW-1499"},
			{"everyday playbook", post("commander", "/incidents", j{"title": "x", "playbook": "normal", "place_code": apitest.Subdistrict}), "SW-1499"},
			{"negative stated figure", post("commander", "/incidents", j{"title": "x", "playbook": "epidemic", "place_code": apitest.Subdistrict, "stated": j{"people": -1, "source": "报"}}), "SW-1001"},
			{"stated figure beyond the world", post("commander", "/incidents", j{"title": "x", "playbook": "epidemic", "place_code": apitest.Subdistrict, "stated": j{"people": 1e15}}), "SW-1001"},
			{"zone that ends before it starts", zone(j{"until": "2026-11-01"}), "SW-1406"},
			{"zone that ends now", zone(j{"until": w.Clock().Format("2006-01-02T15:04:05Z")}), "SW-1406"},
			{"zone without a readable end", zone(j{"until": "soon"}), "SW-1406"},
			{"zone longer than the longest", zone(j{"until": "2027-02-01"}), "SW-1407"},
			{"measure without basis", zone(j{"basis": "  "}), "SW-1405"},
			{"unknown zone", zone(j{"zone": "purple"}), "SW-1408"},
			{"zone on no place", zone(j{"place_codes": []string{}}), "SW-1509"},
			{"zone on an unknown code", zone(j{"place_codes": []string{"nowhere"}}), "SW-1509"},
			{"zone out of the officer's scope", zone(j{"place_codes": []string{apitest.OtherCity}}), "SW-1509"},
			{"zone on an unknown id", zone(j{"place_codes": nil, "place_ids": []string{"zzzz"}}), "SW-1509"},
			{"zone out of the incident", post("commander", "/incidents/"+draft+"/zones", j{"zone": "control", "place_codes": []string{apitest.Building}, "basis": basis, "until": "2026-11-30"}), "SW-1509"},
			{"lifting what is not there", post("commander", "/incidents/"+incident+"/zones/lift", j{"place_codes": []string{apitest.Flats}}), "SW-1511"},
			{"plan with nothing drawn", post("deputy", "/incidents/"+draft+"/apply", j{"plan": own.Plan}), "SW-1504"},
			{"apply by the author", post("commander", "/incidents/"+draft+"/apply", j{"plan": own.Plan}), "SW-1502"},
			{"apply of another incident's plan", post("deputy", "/incidents/"+incident+"/apply", j{"plan": own.Plan}), "SW-1501"},
			{"apply of no plan", post("deputy", "/incidents/"+draft+"/apply", j{"plan": "nothing"}), "SW-1010"},
			{"ending a draft", post("commander", "/incidents/"+draft+"/demobilize", j{"confirm": true}), "SW-1512"},
			{"a choice without reason", post("commander", "/plans/"+own.Plan+"/pin", j{"slot": "x", "helper_id": "v0001", "reason": ""}), "SW-1513"},
			{"a choice for no post", post("commander", "/plans/"+own.Plan+"/pin", j{"slot": "x", "helper_id": "v0001", "reason": "熟"}), "SW-1507"},
			{"unknown outcome", record(j{"outcome": "gone-fishing"}), "SW-1601"},
			{"unknown choice", record(j{"outcome": "needs-help", "choice": "a-pony"}), "SW-1602"},
			{"help without a choice", record(j{"outcome": "needs-help"}), "SW-1602"},
			{"choice where there is none", record(j{"outcome": "at-home", "choice": "food"}), "SW-1602"},
			{"negative version", record(j{"outcome": "at-home", "base_version": -1}), "SW-1001"},
			{"not a target", post(lead, rec{"nothing", door.ID}.path(), j{"outcome": "at-home"}), "SW-1010"},
			{"unknown field to reveal", post("community", "/residents/"+patient(w).ID+"/reveal", j{"field": "isolation", "purpose": "care"}), "SW-1019"},
			{"broken JSON", post("commander", "/incidents", `{"title": "x", `), "SW-1001"},
			{"JSON of another shape", post("commander", "/incidents", `[1, 2]`), "SW-1001"},
			{"numbers for words", post("commander", "/incidents", j{"title": 7, "playbook": true}), "SW-1001"},
			{"unknown fields", post("commander", "/incidents", j{"title": "x", "playbook": "epidemic", "place_code": apitest.Subdistrict, "state": "running"}), "SW-1001"},
			{"no body", apitest.Call{As: "commander", Method: "POST", Path: "/incidents"}, "SW-1001"},
			{"nested too deeply", post("commander", "/incidents", strings.Repeat("[", 100_000)), "SW-1001"},
			{"wrong content type", with(post("commander", "/incidents", "title=x"), "Content-Type", "application/x-www-form-urlencoded"), "SW-1001"},
			{"endless title", post("commander", "/incidents", j{"title": long[:3000], "playbook": "epidemic", "place_code": apitest.Subdistrict}), "SW-1001"},
			{"more than a megabyte", post("commander", "/incidents", j{"title": long}), "SW-1002"},
			{"NUL in a title", post("commander", "/incidents", `{"title":"a\u0000b","playbook":"epidemic","place_code":"`+apitest.Subdistrict+`"}`), "SW-1001"},
			{"NUL in an address", get("commander", "/residents/%00"), "SW-1001"},
			{"no UTF-8 in an address", get("commander", "/residents/%ff%fe"), "SW-1001"},
			{"NUL in a query", get("commander", "/residents?q=%00"), "SW-1001"},
			{"no UTF-8 in a query", get("commander", "/places?q=%c3%28"), "SW-1001"},
			{"a broken query", get("commander", "/places?q=%zz"), "SW-1001"},
			{"a cursor of another kind", get("commander", "/residents?cursor=zzz"), "SW-1001"},
			{"a cursor with NUL in it", get("commander", "/residents?cursor=AHwA"), "SW-1001"},
			{"a cursor before the beginning", get("commander", "/posts?cursor=LTE"), "SW-1001"},
			{"an unknown state", get("commander", "/posts?state=bored"), "SW-1001"},
			{"too long a page", get("commander", "/posts?limit=1000000"), "SW-1001"},
			{"an operation id that is a novel", with(record(j{"outcome": "at-home"}), "Operation-Id", strings.Repeat("x", 65)), "SW-1001"},
			{"a sequence that is no number", sequence, "SW-1001"},
			{"from another site", with(record(j{"outcome": "at-home"}), "Sec-Fetch-Site", "cross-site"), "SW-1004"},
			{"no such address", get("commander", "/nothing/here"), "SW-1003"},
			{"no such method", apitest.Call{As: "commander", Method: "PUT", Path: "/places/1", Body: j{}}, "SW-1003"},
			{"nobody", get("", "/places/1"), "SW-1012"},
			{"a token that never was", apitest.Call{Token: "swt_" + strings.Repeat("A", 43), Method: "GET", Path: "/me"}, "SW-1013"},
			{"a wrong password", post("", "/sessions", j{"login": "commander", "password": "open sesame"}), "SW-1014"},
			{"a batch without a device", post(lead, "/batch", j{"device": "", "operations": []any{}}), "SW-1001"},
		})
	})
}

// A round that is over takes nothing more; what was noted stays on the phone.
func TestClosedRound(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		incident, _, round := running(w)
		w.Post("commander", "/incidents/"+incident+"/demobilize", j{"confirm": true}).OK()
		door := w.Doors(apitest.Building3)[0]
		refuse(t, w, []bad{{"closed round", apitest.Call{As: "community", Method: "POST", Path: rec{round, door.ID}.path(), Body: j{"outcome": "at-home"}}, "SW-1603"}})
	})
}

// Hostile text is kept as it is and comes back as data, never as something else.
func TestHostileText(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		for n, title := range []string{`<script>alert(1)</script>`, `'; DROP TABLE incidents; --`, `{0} {1}`, "😀\u202eevil", `=HYPERLINK("x")`, "a\\u0000b"} {
			body, err := json.Marshal(j{"title": title, "playbook": "epidemic", "place_code": apitest.Subdistrict})
			w.Must(err)
			a := w.Post("commander", "/incidents", body)
			if n == 5 && a.Status == 422 { // an escaped escape is refused rather than guessed at
				continue
			}
			var i, again api.Incident
			a.OK(&i)
			w.Get("commander", "/incidents/"+i.ID).OK(&again)
			if again.Title != title || a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Content-Type") != "application/json" {
				t.Fatalf("%q came back as %q in %s", title, again.Title, a.Body)
			}
		}
		for _, q := range []string{"%25", "_", "%27%20OR%201%3D1"} {
			if got := all[api.Resident](w, "community", "/residents?limit=500&q="+q); got.Total != 0 {
				t.Errorf("q=%s finds %d residents", q, got.Total)
			}
		}
		if fmt.Sprint(w.Log) != "" && strings.Contains(w.Log.String(), "request failed") {
			t.Errorf("failures nobody foresaw:\n%s", w.Log)
		}
	})
}
