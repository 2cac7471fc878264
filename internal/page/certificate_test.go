package page_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// The paper and the page behind its code say the same; a withdrawn one says so; a
// wrong address shows nothing, and guessing has to wait.
func TestCertificateIsPrintedAndVerified(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		var list struct{ Items []api.Helper }
		s.Get("community", "/helpers?limit=1").OK(&list)
		h := list.Items[0]
		at := func(d time.Duration) string { return s.Clock().Add(d).Format(time.RFC3339) }
		s.Post("community", "/helpers/"+h.ID+"/services", apitest.J{"title": apitest.J{"zh": "守楼门", "en": "Door"}, "from": at(-5 * time.Hour), "until": at(-90 * time.Minute), "reason": "纸面"}).OK()
		var paper api.Certificate
		s.Post("community", "/helpers/"+h.ID+"/certificates", apitest.J{"from": at(-48 * time.Hour), "until": at(0)}).OK(&paper)
		as := []string{"Authorization", "Bearer " + s.Token("community")}
		printed := s.open("/print/certificate/"+paper.ID, as...)
		if b := printed.Body.String(); printed.Code != 200 || !strings.Contains(b, "<svg") || !strings.Contains(b, paper.Number) || !strings.Contains(b, "<b>3.5</b>") || !strings.Contains(b, h.Name) {
			t.Fatal(printed.Code, b)
		}
		if x := s.open("/print/certificate/"+paper.ID, "Authorization", "Bearer "+s.Token("lead")); x.Code != 404 {
			t.Fatal("another prints it:", x.Code)
		}
		shown := s.open(paper.Path)
		if b := shown.Body.String(); shown.Code != 200 || !strings.Contains(b, paper.Number) || !strings.Contains(b, "3.5 小时") || strings.Contains(b, h.WorkPhone) && h.WorkPhone != "" {
			t.Fatal(shown.Code, b)
		}
		if b := s.open(paper.Path + "?lang=en").Body.String(); !strings.Contains(b, "3.5 h") || !strings.Contains(b, "was made here") {
			t.Fatal("not in English")
		}
		s.Post("community", "/certificates/"+paper.ID+"/withdraw", apitest.J{"reason": "姓名写错"}).OK()
		if b := s.open(paper.Path).Body.String(); !strings.Contains(b, "撤回") || strings.Contains(b, "姓名写错") || strings.Contains(b, "由本系统开具") {
			t.Fatal("a withdrawn one is still good", b)
		}
		wrong := paper.Path[:len(paper.Path)-2] + "AA"
		if wrong == paper.Path {
			wrong = paper.Path[:len(paper.Path)-2] + "QQ"
		}
		if x := s.open(wrong); x.Code != 404 || strings.Contains(x.Body.String(), h.Name) {
			t.Fatal(x.Code)
		}
		for try := 1; s.open(wrong).Code != http.StatusTooManyRequests; try++ {
			if try > 90 {
				t.Fatal("one may guess for ever")
			}
		}
	})
}
