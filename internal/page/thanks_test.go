package page_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/people/shift"
)

// A resident thanks whoever stood the watch: by the code at their door, without an
// account, without learning who it was. Nobody reads it before the community looked.
func TestAResidentThanksWithoutAName(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		var list struct{ Items []api.Helper }
		s.Get("community", "/helpers?limit=2").OK(&list)
		me, other := list.Items[0], list.Items[1]
		s.HelperAccount(me.ID)
		s.HelperAccount(other.ID)
		house := s.Place(apitest.Building)
		from := s.Clock().Add(-5 * time.Hour)
		x := shift.Shift{ID: journal.NewID(s.Clock()), Item: "day-patrol", PlaceID: house.ID, Path: house.Path, N: 1, HelperID: me.ID, From: from, Until: from.Add(3 * time.Hour), State: shift.Done}
		x.Key = x.KeyOf()
		far := s.Place(apitest.Building3)
		y := shift.Shift{ID: journal.NewID(s.Clock()), Item: "day-patrol", PlaceID: far.ID, Path: far.Path, N: 1, HelperID: other.ID, From: from, Until: from.Add(3 * time.Hour), State: shift.Done}
		y.Key = y.KeyOf()
		s.Commit(journal.Change{Row: &x}, journal.Change{Row: &y})
		at := s.code(apitest.Door) + "/thanks"

		body := s.open(at).Body.String()
		aims := regexp.MustCompile(`value="(w[0-9a-f]+)"`).FindAllStringSubmatch(body, -1)
		mustHave(t, "thanks", body, "日间巡逻员", "在这里服务的所有人", "最近帮过我家")
		mustNot(t, "thanks", body, me.Name, other.Name, me.ID)
		if len(aims) != 1 {
			t.Fatalf("a watch elsewhere is offered, or none: %v", aims)
		}
		send := func(to, said, slip string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodPost, at, strings.NewReader(url.Values{"to": {to}, "words": {said}, "from": {"三楼住户"}, "slip": {slip}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			s.pages.ServeHTTP(w, r)
			return w
		}
		for i, bad := range [][2]string{{aims[0][1], " "}, {aims[0][1], "打我电话 12955550001"}, {aims[0][1], "来 www.example.com 看看"}, {"w000000000000", "谢谢"}, {aims[0][1], strings.Repeat("谢", 301)}} {
			if w := send(bad[0], bad[1], fmt.Sprint("bad", i)); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `role="alert"`) {
				t.Fatal(bad, w.Code)
			}
		}
		last := s.Store.Last()
		for range 2 { // the same slip is one
			if w := send(aims[0][1], "夜里守楼辛苦了", "slip-1"); w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "said=1") {
				t.Fatal(w.Code, w.Body.String())
			}
		}
		if es := s.Entries(last); len(es) != 1 || es[0].Verb != "thanks.written" || strings.Contains(string(es[0].Payload), "守楼") || es[0].Actor != "resident:" {
			t.Fatalf("%+v", es)
		}
		read := func(as string) []api.Thanks {
			var own api.OwnCare
			s.Get(as, "/me/care").OK(&own)
			return own.Thanks
		}
		if got := read(me.ID); len(got) != 0 {
			t.Fatalf("read before anybody looked: %+v", got)
		}
		var desk struct{ Items []api.Thanks }
		s.Get("community", "/places/"+s.ID(apitest.Community)+"/thanks").OK(&desk)
		if len(desk.Items) != 1 || desk.Items[0].To != me.Name || desk.Items[0].For.EN == "" || !desk.Items[0].Resident || strings.Contains(desk.Items[0].Place, "101") {
			t.Fatalf("%+v", desk.Items)
		}
		s.Post("community", "/thanks/"+desk.Items[0].ID+"/decide", apitest.J{"show": true}).OK()
		if got := read(me.ID); len(got) != 1 || !strings.Contains(got[0].For.ZH, "日间巡逻员") || got[0].From != "三楼住户" || got[0].To != "" {
			t.Fatalf("%+v", got)
		}
		if got := read(other.ID); len(got) != 0 {
			t.Fatalf("somebody else reads them: %+v", got)
		}
		for i := range 4 {
			w := send("all", "谢谢大家", fmt.Sprint("many", i))
			if want := map[bool]int{true: http.StatusSeeOther, false: http.StatusUnprocessableEntity}[i < 3]; w.Code != want {
				t.Fatal(i, w.Code)
			}
		}
		if en := s.open(at + "?lang=en").Body.String(); !strings.Contains(en, "Day patrol") || !strings.Contains(en, "Say thank you") {
			t.Fatal("not in English")
		}
		if s.open("/r/nonsense/thanks").Code != http.StatusNotFound {
			t.Fatal("an unknown code opens")
		}
	})
}
