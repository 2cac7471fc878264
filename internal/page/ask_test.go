package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api/apitest"
)

// A call is answered from the address in a message, without an account and without a
// script, by whoever it was sent to and by nobody else.
func TestCallIsAnsweredFromItsAddress(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		var sent struct{ ID string }
		s.Post("community", "/places/"+s.ID(apitest.Community)+"/calls", apitest.J{"title": apitest.J{"zh": "请来帮忙", "en": "Come and help"}, "text": apitest.J{"zh": "今晚八点社区门口集合。", "en": ""},
			"kinds": []string{"volunteer"}, "until": s.Clock().Add(2 * time.Hour).Format(time.RFC3339)}).OK(&sent)
		var board struct {
			Items []struct {
				N           int
				Name, State string
				Phone       string `json:"work_phone"`
			}
		}
		s.Get("community", "/calls/"+sent.ID+"?limit=1").OK(&board)
		n := board.Items[0].N
		tail := board.Items[0].Phone[len(board.Items[0].Phone)-4:]
		at := "/n/" + sent.ID + "/" + strconv.Itoa(n) + "/" + s.Store.AskToken(sent.ID, n)

		shown := s.open(at)
		body := shown.Body.String()
		if shown.Code != 200 || !strings.Contains(body, "今晚八点") || !strings.Contains(body, "form-action") && !strings.Contains(shown.Header().Get("Content-Security-Policy"), "form-action 'self'") {
			t.Fatal(shown.Code, shown.Header().Get("Content-Security-Policy"))
		}
		if board.Items[0].Name != "" && strings.Contains(body, board.Items[0].Name) {
			t.Fatal("the page names whom it was sent to")
		}
		if en := s.open(at + "?lang=en").Body.String(); !strings.Contains(en, "Come and help") || !strings.Contains(en, "I can come") {
			t.Fatal("not in English")
		}
		if x := s.open(strings.Replace(at, "/"+strconv.Itoa(n)+"/", "/"+strconv.Itoa(n+1)+"/", 1)); x.Code != 404 {
			t.Fatal("another's address opens:", x.Code)
		}
		send := func(answer, tail string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodPost, at, strings.NewReader(url.Values{"answer": {answer}, "tail": {tail}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			s.pages.ServeHTTP(w, r)
			return w
		}
		if x := send("yes", "0001"); x.Code != http.StatusConflict || !strings.Contains(x.Body.String(), "后四位不对") {
			t.Fatal("somebody else's digits answer:", x.Code)
		}
		if x := send("perhaps", tail); x.Code != http.StatusConflict {
			t.Fatal(x.Code)
		}
		if x := send("yes", tail); x.Code != 200 || !strings.Contains(x.Body.String(), "记下了：能来") {
			t.Fatal(x.Code, x.Body.String())
		}
		s.Get("community", "/calls/"+sent.ID+"?limit=1").OK(&board)
		if board.Items[0].State != "yes" {
			t.Fatalf("%+v", board)
		}
		for try := 1; send("no", "0001").Code != http.StatusTooManyRequests; try++ {
			if try > 6 {
				t.Fatal("the digits may be guessed for ever")
			}
		}
		if send("no", tail).Code != http.StatusTooManyRequests {
			t.Fatal("a right guess is looked at while one has to wait")
		}
	})
}
