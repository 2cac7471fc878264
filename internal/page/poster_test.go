package page_test

import (
	"net/url"
	"strings"
	"testing"

	"shouwang/internal/api/apitest"
)

// The sheet of a notice board says what its code is for in both languages; who reads it
// says which door, is put down for that door where there is one such, and where there is
// not their words go along.
func TestTheSheetOfANoticeBoard(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		path := "/print/poster/" + s.ID(apitest.Building)
		if status, body := s.as("community", path); status == 200 || !strings.Contains(body, "SW-") {
			t.Error("a sheet without a code:", status)
		}
		house := s.code(apitest.Building)
		if status, _ := s.as("lead", path); status == 200 {
			t.Error("a lead prints codes:", status)
		}
		status, body := s.as("community", path)
		if status != 200 {
			t.Fatal(status, text(body))
		}
		mustHave(t, "sheet", text(body), "要帮忙，扫一下", "Need help? Scan", "急病 120", "Very ill 120", "不用说门牌")
		mustHave(t, "code", body, "<svg")
		mustHave(t, "need", s.open(house+"/need").Body.String(), `name="door"`)
		mustNot(t, "need at a door", s.open(s.code(apitest.Door)+"/need").Body.String(), `name="door"`)
		door := s.Place(apitest.Door)
		for typed, want := range map[string]string{"": s.ID(apitest.Building), "1单元 " + door.Name: door.ID, "1-" + door.Name: door.ID, "9单元 999": s.ID(apitest.Building), "门卫室": s.ID(apitest.Building)} {
			w := s.send(house+"/need", url.Values{"item": {"ask"}, "door": {typed}, "slip": {"slip" + typed}})
			if w.Code != 303 {
				t.Fatal(typed, w.Code, text(w.Body.String()))
			}
			k, _, err := s.Store.Case(t.Context(), caseAt.FindStringSubmatch(w.Header().Get("Location"))[1])
			s.Must(err)
			if k.PlaceID != want || typed != "" && want != door.ID && !strings.Contains(k.Words, typed) || want == door.ID && k.Words != "" {
				t.Errorf("%q: recorded at %s (%q), expected %s", typed, k.PlaceID, k.Words, want)
			}
		}
	})
}
