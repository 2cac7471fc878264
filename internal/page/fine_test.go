package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"shouwang/internal/api/apitest"
)

// Every door has the one button, whoever lives there, and its answer is the same; a
// house has none.
func TestEveryDoorMaySayFine(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		at := s.code(apitest.Door)
		mustHave(t, "door", s.open(at).Body.String(), "/fine?", "报平安")
		mustNot(t, "house", s.open(s.code(apitest.Building)).Body.String(), "报平安")
		mustHave(t, "button", s.open(at+"/fine").Body.String(), `<button class="main">我挺好</button>`)
		last := s.Store.Last()
		r := httptest.NewRequest(http.MethodPost, at+"/fine", strings.NewReader(url.Values{"slip": {"one"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.pages.ServeHTTP(w, r)
		if w.Code != http.StatusSeeOther || !strings.HasSuffix(w.Header().Get("Location"), "said=1") {
			t.Fatal(w.Code, w.Header())
		}
		if s.Store.Last() != last {
			t.Fatal("something was written of a door where nobody is greeted")
		}
		mustHave(t, "said", s.open(at+"/fine?said=1").Body.String(), "今天的平安记下了")
	})
}
