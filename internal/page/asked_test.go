package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// The same phone that taps the same thing at the same door a second time within the day
// is shown its number and chooses; another phone at that door learns nothing, and what is
// told in confidence leaves nothing on the phone.
func TestASecondTapAsksWhetherItIsTheSame(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		door, other := s.code(apitest.Door), s.code(apitest.Building)
		tap := func(at string, jar []*http.Cookie, form url.Values) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodPost, at+"/need", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for _, c := range jar {
				r.AddCookie(c)
			}
			w := httptest.NewRecorder()
			s.pages.ServeHTTP(w, r)
			return w
		}
		open := func() int {
			var list api.CaseList
			s.Get("community", "/cases").OK(&list)
			return list.All
		}
		if x := s.open(door + "/need"); x.Header().Get("Set-Cookie") != "" {
			t.Error("reading sets a cookie")
		}
		first := tap(door, nil, url.Values{"item": {"medicine"}, "slip": {"a"}})
		jar, where := first.Result().Cookies(), first.Header().Get("Location")
		if first.Code != 303 || len(jar) != 1 || !jar[0].HttpOnly || jar[0].SameSite != http.SameSiteStrictMode || jar[0].MaxAge != 86400 {
			t.Fatal(first.Code, jar)
		}
		again := tap(door, jar, url.Values{"item": {"medicine"}, "slip": {"b"}})
		page := again.Body.String()
		link, _, _ := strings.Cut(where, "?")
		mustHave(t, "again", text(page), "您已经登记过了", "请人代配药", "已登记", "是同一件", "是另一件")
		if again.Code != 200 || !strings.Contains(page, `action="`+link+`"`) || open() != 1 {
			t.Fatal(again.Code, open(), "cases")
		}
		if en := tap(door, jar, url.Values{"item": {"medicine"}, "slip": {"b"}, "lang": {"en"}}); en.Code != 200 {
			t.Fatal(en.Code)
		}
		// Somebody else who holds the door's code opens a case and is told of none.
		stranger := tap(door, nil, url.Values{"item": {"medicine"}, "slip": {"c"}})
		if stranger.Code != 303 || open() != 2 || strings.HasPrefix(stranger.Header().Get("Location"), link) {
			t.Fatal("a stranger is told of a case:", stranger.Code, open())
		}
		for _, c := range []struct {
			what string
			at   string
			form url.Values
			add  int
		}{
			{"another, said so", door, url.Values{"item": {"medicine"}, "slip": {"d"}, "another": {"1"}}, 1},
			{"another thing", door, url.Values{"item": {"ask"}, "slip": {"e"}}, 1},
			{"another place", other, url.Values{"item": {"medicine"}, "slip": {"f"}}, 1},
		} {
			before := open()
			if w := tap(c.at, jar, c.form); w.Code != 303 || open() != before+c.add {
				t.Errorf("%s: %d, %d cases more", c.what, w.Code, open()-before)
			}
		}
		if w := tap(door, nil, url.Values{"item": {"counselling"}, "slip": {"g"}}); w.Code != 303 || w.Header().Get("Set-Cookie") != "" {
			t.Error("what is told in confidence stays on the phone:", w.Code)
		}
		forged := []*http.Cookie{{Name: jar[0].Name, Value: strings.Replace(jar[0].Value, "_", "_x", 1)}}
		if w := tap(door, forged, url.Values{"item": {"medicine"}, "slip": {"h"}}); w.Code != 303 {
			t.Error("a made up address is told of a case:", w.Code)
		}
		s.Pass(25 * time.Hour)
		if w := tap(door, jar, url.Values{"item": {"medicine"}, "slip": {"i"}}); w.Code != 303 {
			t.Error("the day is over, and still:", w.Code)
		}
	})
}
