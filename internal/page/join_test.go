package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"shouwang/internal/api/apitest"
)

// fill sends a form as a browser without script does.
func (s *scene) fill(path string, form url.Values, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	return w
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([a-z_]+)" value="([^"]*)">`)

// From the notice's code to being a helper, seeing the own file and leaving, without
// any script.
func TestSigningUpWithoutScript(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		at := strings.Replace(s.code(apitest.Community), "/r/", "/join/", 1)
		for _, lang := range []string{"zh", "en"} {
			a := s.open(at + "?lang=" + lang)
			if a.Code != http.StatusOK || a.Body.Len() > 30<<10 || strings.Contains(a.Body.String(), "<script") || !strings.Contains(a.Header().Get("Content-Security-Policy"), "form-action 'self'") {
				t.Fatalf("%s: %d, %d bytes", lang, a.Code, a.Body.Len())
			}
		}
		form := url.Values{"name": {"方小莲"}, "phone": {"129 8765 4321"}, "mail": {"fang@example.cn"}, "birth": {"1992"}, "skills": {"cook", "sign"}, "hours": {"2"}, "when": {"we"}, "limits": {"night"}, "do": {"send"}}
		if a := s.fill(at, form); a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.Body.String(), `value="方小莲"`) || len(s.Outbox.Last()) > 0 {
			t.Fatalf("without consent: %d", a.Code)
		}
		form.Set("consent", "2")
		a := s.fill(at, form)
		if a.Code != http.StatusOK || len(s.Outbox.Last()) != 1 {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		next := url.Values{"do": {"finish"}, "code": {"12"}}
		for _, m := range hidden.FindAllStringSubmatch(a.Body.String(), -1) {
			next.Add(m[1], m[2])
		}
		if a = s.fill(at, next); a.Code == http.StatusOK || !strings.Contains(a.Body.String(), `role="alert"`) || !strings.Contains(a.Body.String(), `name="ticket"`) {
			t.Fatalf("a wrong code: %d %s", a.Code, a.Body)
		}
		next.Set("code", regexp.MustCompile(`\d{6}`).FindString(s.Outbox.Last()[0].Text.ZH))
		a = s.fill(at, next)
		cookies := a.Result().Cookies()
		if a.Code != http.StatusOK || len(cookies) == 0 || !regexp.MustCompile(`V26\d{8}`).MatchString(a.Body.String()) {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		own := s.open("/join/mine", "Cookie", cookies[0].Name+"="+cookies[0].Value)
		for _, want := range []string{"方小莲", "12987654321", `value="fang@example.cn"`, `value="cook" checked`, `value="we" checked`, `value="night" checked`, `value="2" checked`} {
			if !strings.Contains(own.Body.String(), want) {
				t.Errorf("the own file does not say %s", want)
			}
		}
		if a = s.fill("/join/mine", url.Values{"do": {"save"}, "name": {"方小莲"}, "skills": {"drive"}, "hours": {"4"}}, cookies[0]); a.Code != http.StatusOK || !strings.Contains(a.Body.String(), `value="drive" checked`) || strings.Contains(a.Body.String(), `value="cook" checked`) || strings.Contains(a.Body.String(), "fang@") {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		if a = s.fill("/join/mine", url.Values{"do": {"leave"}, "sure": {"1"}}, cookies[0]); a.Code != http.StatusOK {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		if a := s.open("/join/mine", "Cookie", cookies[0].Name+"="+cookies[0].Value); a.Code != http.StatusSeeOther {
			t.Fatalf("after leaving: %d", a.Code)
		}
	})
}

// A form from another site is refused, as is an address that nobody printed, and a
// form that is too long.
func TestSigningUpIsRefused(t *testing.T) {
	s := newScene(t, "sqlite")
	at := strings.Replace(s.code(apitest.Community), "/r/", "/join/", 1)
	r := httptest.NewRequest(http.MethodPost, at, strings.NewReader("do=send&consent=1&name=x&phone=12900000000"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	if w.Code == http.StatusOK || len(s.Outbox.Last()) > 0 {
		t.Fatalf("from another site: %d", w.Code)
	}
	if a := s.open("/join/AAAAAAAAAAAAAAAAAAAAAA"); a.Code != http.StatusNotFound {
		t.Fatalf("an unknown address: %d", a.Code)
	}
	if a := s.fill(at, url.Values{"note": {strings.Repeat("长", 20000)}}); a.Code != http.StatusBadRequest {
		t.Fatalf("too long: %d", a.Code)
	}
	if a := s.open("/join/mine"); a.Code != http.StatusSeeOther {
		t.Fatalf("nobody's file: %d", a.Code)
	}
}

// The recruiting notice carries the code of signing up, for whoever may print codes.
func TestTheRecruitingNotice(t *testing.T) {
	s := newScene(t, "sqlite")
	s.code(apitest.Community)
	id := s.ID(apitest.Community)
	head := []string{"Authorization", "Bearer " + s.Token("community")}
	for _, lang := range []string{"zh", "en"} {
		if a := s.open("/print/recruit/"+id+"?lang="+lang, head...); a.Code != http.StatusOK || !strings.Contains(a.Body.String(), "<svg") {
			t.Fatalf("%s: %d %s", lang, a.Code, a.Body)
		}
	}
	if a := s.open("/print/recruit/"+id, "Authorization", "Bearer "+s.Token("gridworker")); a.Code == http.StatusOK {
		t.Fatal("printed by somebody who may not print codes")
	}
}

// The household card is printed with its digits and the code of signing up for whoever
// may make one, and is refused to others and where there is none.
func TestTheHouseholdCard(t *testing.T) {
	s := newScene(t, "sqlite")
	s.code(apitest.Community)
	door := s.Doors(apitest.Building)[0]
	head := []string{"Authorization", "Bearer " + s.Token("community")}
	if a := s.open("/print/household-card/"+door.ID, head...); a.Code == http.StatusOK || !strings.Contains(a.Body.String(), "SW-1791") {
		t.Fatalf("no card: %d %s", a.Code, a.Body)
	}
	var x struct{ Code string }
	s.Post("community", "/places/"+door.ID+"/card", nil).OK(&x)
	for _, lang := range []string{"zh", "en"} {
		a := s.open("/print/household-card/"+door.ID+"?lang="+lang, head...)
		if body := a.Body.String(); a.Code != http.StatusOK || !strings.Contains(body, x.Code[:4]+" "+x.Code[4:]) || !strings.Contains(body, door.Code) || !strings.Contains(body, "<svg") {
			t.Fatalf("%s: %d %s", lang, a.Code, body)
		}
	}
	if a := s.open("/print/household-card/"+door.ID, "Authorization", "Bearer "+s.Token("gridworker")); a.Code == http.StatusOK {
		t.Fatal("printed by somebody who may not make cards")
	}
}
