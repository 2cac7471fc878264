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

// send fills in the form of a page, as a browser without script does.
func (s *scene) send(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	return w
}

var caseAt = regexp.MustCompile(`^/c/([^/]+)/`)

// Each measure at a door says why, on what basis, until when and who decided, and takes
// an objection; what is refused loses no word; what was decided is said.
func TestAResidentObjectsToWhatHoldsAtTheirDoor(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		at := s.code(apitest.Door)
		mustNot(t, "calm", s.open(at).Body.String(), "object")
		mustNot(t, "calm", text(s.open(at+"/need").Body.String()), "对措施有异议")
		mustHave(t, "calm", text(s.open(at+"/object").Body.String()), "不用申诉")
		s.zone("one", "小区有一份初筛阳性", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
		s.zone("two", "七号楼有人确诊", "lockdown", apitest.Building, s.Clock().AddDate(0, 0, 4))
		page := s.open(at).Body.String()
		mustHave(t, "door", page, at+"/object?lang=zh&amp;m=m-one", at+"/object?lang=zh&amp;m=m-two")
		form := s.open(at + "/object?m=m-two").Body.String()
		mustHave(t, "form", form, `value="m-two" required checked`)
		if tapped := s.send(at+"/need", url.Values{"item": {"appeal"}, "slip": {"x"}}); tapped.Code != 303 || !strings.HasPrefix(tapped.Header().Get("Location"), at+"/object") {
			t.Fatalf("%d %v", tapped.Code, tapped.Header())
		}
		const said = "家里没有密接，<b>复核</b>已转阴"
		for name, f := range map[string]url.Values{
			"empty":   {"m": {"m-two"}, "words": {" "}, "contact": {"13900001111"}},
			"long":    {"m": {"m-two"}, "words": {strings.Repeat("长", 1001)}, "contact": {"13900001111"}},
			"elsewho": {"m": {"m-nine"}, "words": {said}, "contact": {"13900001111"}},
		} {
			w := s.send(at+"/object", f)
			if w.Code != 422 || !strings.Contains(w.Body.String(), `role="alert"`) || !strings.Contains(w.Body.String(), "13900001111") || strings.Contains(w.Body.String(), "<b>复核") {
				t.Errorf("%s: %d", name, w.Code)
			}
			if name == "long" && !strings.Contains(w.Body.String(), strings.Repeat("长", 1001)) {
				t.Error("what was typed is lost")
			}
		}
		w := s.send(at+"/object", url.Values{"m": {"m-two"}, "words": {said}, "slip": {"one"}})
		if w.Code != 303 {
			t.Fatalf("%d %s", w.Code, text(w.Body.String()))
		}
		mine := w.Header().Get("Location")
		followed := text(s.open(mine).Body.String())
		mustHave(t, "followed", followed, "封控区", "指挥", "《传染病防治法》第四十二条", "已登记", "前答复您")
		mustNot(t, "followed", followed, "acc-", "账号commander")
		id := caseAt.FindStringSubmatch(mine)[1]
		s.Post("deputy", "/cases/"+id+"/decide", apitest.J{"verdict": "eased", "words": "核实无误"}).OK()
		mustHave(t, "decided", text(s.open(mine).Body.String()), "对您家放宽", "不受这项措施限制", "核实无误", "办好了吗")
		mustHave(t, "decided", text(s.open(mine+"&lang=en").Body.String()), "办好了吗") // the address says its tongue itself
		en := text(s.open(strings.Replace(mine, "lang=zh", "lang=en", 1)).Body.String())
		mustHave(t, "english", en, "your household is let off", "does not bind your household")
		if lost := s.send("/r/nobodys/object", url.Values{"m": {"m-two"}, "words": {said}}); lost.Code != 404 {
			t.Errorf("a code nobody issued: %d", lost.Code)
		}
	})
}
