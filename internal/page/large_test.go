package page_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"shouwang/internal/api/apitest"
)

// The page with three large keys dials, takes the day's word and leads to a few pictures;
// it says honestly what was noted, and opens first where the household asked for it.
func TestThreeLargeKeys(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		door, house := s.code(apitest.Door), s.code(apitest.Building)
		mustHave(t, "door", s.open(door).Body.String(), door+"/large?lang=zh", "大字三个键")
		mustNot(t, "house", s.open(house).Body.String(), "/large?")
		keys := s.open(door + "/large")
		mustHave(t, "keys", keys.Body.String(), `<html lang="zh-CN" class="big">`, `class="call" href="tel:`, `name="tap" value="fine"`, door+"/need?lang=zh&amp;big=1&amp;few=1", `href="tel:120"`)
		if n := strings.Count(keys.Body.String(), "<b>"); n != 3 {
			t.Errorf("%d keys", n)
		}
		if csp := keys.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "form-action 'self'") {
			t.Error("its keys may not be sent:", csp)
		}
		mustHave(t, "english", text(s.open(door+"/large?lang=en").Body.String()), "I am fine", "I need help", "Call", "Very ill: call 120")
		few, all := s.open(door+"/need?few=1&big=1").Body.String(), s.open(door+"/need").Body.String()
		if a, b := strings.Count(few, `name="item"`), strings.Count(all, `name="item"`); a < 4 || a > 8 || b <= a {
			t.Errorf("%d few, %d in all", a, b)
		}
		mustHave(t, "few", text(few), "要人帮忙", "请人代配药", "别的事")
		mustNot(t, "few", text(few), "保密")

		last := s.Store.Last()
		w := s.send(door+"/large", url.Values{"tap": {"fine"}, "slip": {"one"}})
		if w.Code != 303 || s.Store.Last() != last {
			t.Fatal("a door where nobody is greeted:", w.Code, s.Store.Last()-last)
		}
		mustHave(t, "said", text(s.open(w.Header().Get("Location")).Body.String()), "知道了，谢谢您", "不会有人收到", "我要帮忙", "打电话")

		if w := s.send(door+"/large", url.Values{"tap": {"first"}}); w.Code != 303 {
			t.Fatal(w.Code)
		}
		mustHave(t, "first", s.open(door).Body.String(), `name="tap" value="fine"`, "以后扫码先看普通页")
		mustNot(t, "usual", s.open(door+"?usual=1").Body.String(), `name="tap"`)
		if es := s.Entries(last); len(es) != 1 || es[0].Verb != "qr.large" || es[0].Actor != "resident:" {
			t.Errorf("%+v", es)
		}
		s.Post("commander", "/places/"+s.ID(apitest.Door)+"/qr/replace", apitest.J{}).OK()
		fresh := s.code(apitest.Door)
		if fresh == door {
			t.Fatal("the code was not replaced")
		}
		mustHave(t, "after a new label", s.open(fresh).Body.String(), `name="tap" value="fine"`)
		s.send(fresh+"/large", url.Values{"tap": {"usual"}})
		mustNot(t, "usual again", s.open(fresh).Body.String(), `name="tap" value="fine"`)

		if w := s.send("/r/nobodys/large", url.Values{"tap": {"first"}}); w.Code != 404 {
			t.Error("a code nobody issued:", w.Code)
		}
		for n := 0; ; n++ {
			if w := s.send(fresh+"/large", url.Values{"tap": {"usual"}}); w.Code == 429 {
				break
			} else if n > 60 {
				t.Fatal("nothing holds back who presses without end")
			}
		}
	})
}

var formTag = regexp.MustCompile(`<form[^>]*method="post"`)

// Whatever page of a resident has a form may send it: the policy of the page says so.
func TestEveryFormMayBeSent(t *testing.T) {
	s := newScene(t, apitest.Engines[0])
	door := s.code(apitest.Door)
	for _, page := range []string{"", "/large", "/need", "/fine", "/object", "/neighbours", "/thanks"} {
		w := s.open(door + page)
		if formTag.MatchString(w.Body.String()) && !strings.Contains(w.Header().Get("Content-Security-Policy"), "form-action 'self'") {
			t.Errorf("%q has a form that a browser refuses to send", page)
		}
	}
}
