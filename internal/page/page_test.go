package page_test

import (
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"shouwang/internal/access"
	"shouwang/internal/api/apitest"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/page"
	"shouwang/internal/territory"
)

// scene is a world with the pages beside its API.
type scene struct {
	*apitest.World
	pages *page.Pages
}

func newScene(t *testing.T, engine string) *scene {
	w := apitest.New(t, engine)
	return &scene{w, page.New(page.Deps{Store: w.Store, Clock: w.Clock, Log: slog.New(slog.NewTextHandler(w.Log, nil)), Holding: w.API.Holding, Book: w.API.Book, Clocks: w.API.Clocks, Viewer: w.API.Viewer, Shown: w.API.Shown, Asks: w.API, Needs: w.API, Thankings: w.API, Fines: w.API, Doors: w.API, Families: w.API, Calendars: w.API, API: w.API.Handler(), Public: "https://sw.example"})}
}

func onEach(t *testing.T, run func(t *testing.T, s *scene)) {
	for _, engine := range apitest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			run(t, newScene(t, engine))
		})
	}
}

// open reads a page as anybody, or as somebody signed in.
func (s *scene) open(path string, head ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	return w
}

// code issues the code of a place and returns the address of its page.
func (s *scene) code(at string) string {
	s.T.Helper()
	s.Post("commander", "/places/"+s.ID(at)+"/qr", apitest.J{}).OK()
	var list struct{ Items []struct{ Path string } }
	s.Get("commander", "/places/"+s.ID(at)+"/qr?limit=1").OK(&list)
	return list.Items[0].Path
}

// zone puts an incident in force with one zone over a place.
func (s *scene) zone(id, title, zone, at string, until time.Time) {
	s.T.Helper()
	book, err := mode.Shipped("epidemic")
	s.Must(err)
	p, top := s.Place(at), s.Place(apitest.Subdistrict)
	i := dispatch.Incident{ID: id, Title: title, Playbook: book.ID, Version: book.Hash, PlaceID: top.ID, Path: top.Path, Author: "acc-commander", StartBy: "acc-deputy",
		Declared: s.Clock(), Started: s.Clock(), Keep: time.Hour}
	m := mode.Measure{ID: "m-" + id, Incident: id, Zone: zone, PlaceID: p.ID, Path: p.Path, Basis: "《传染病防治法》第四十二条", Author: "acc-commander", From: s.Clock(), Until: until}
	e := journal.Entry{Actor: "system", Verb: "incident.applied", Thing: "incidents", ThingID: id, PlaceID: p.ID, Path: p.Path, Audience: "work"}
	s.Commit(journal.Change{Row: &i, Entry: e}, journal.Change{Row: &m})
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) { // the API hears of it by its own cursor
		_, ms, err := s.API.Holding(s.T.Context(), s.Clock())
		s.Must(err)
		for _, x := range ms {
			if x.ID == m.ID {
				return
			}
		}
		if time.Since(began) > 10*time.Second {
			s.T.Fatal("the measure never came into force")
		}
	}
}

var tags = regexp.MustCompile(`(?s)<style.*?</style>|<title>.*?</title>|<[^>]*>`)

// text is what a page says, one line for each block.
func text(body string) string {
	return html.UnescapeString(tags.ReplaceAllString(body, "\n"))
}

func mustHave(t *testing.T, name, body string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(body, w) {
			t.Errorf("%s: does not say %q", name, w)
		}
	}
}

func mustNot(t *testing.T, name, body string, bad ...string) {
	t.Helper()
	for _, b := range bad {
		if strings.Contains(body, b) {
			t.Errorf("%s: says %q", name, b)
		}
	}
}

func TestThePageOfACodeSaysWhatHolds(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		at := s.code(apitest.Building)
		calm := s.open(at)
		if calm.Code != 200 || calm.Header().Get("Set-Cookie") != "" || !strings.Contains(calm.Header().Get("Content-Security-Policy"), "default-src 'none'; style-src 'sha256-") ||
			calm.Header().Get("Cache-Control") != "private, no-cache" || calm.Header().Get("Referrer-Policy") != "no-referrer" {
			t.Fatalf("%d %v", calm.Code, calm.Header())
		}
		mustHave(t, "calm", text(calm.Body.String()), "○ 正常", "没有限制", "12345")
		same := s.open(at, "If-None-Match", calm.Header().Get("ETag"))
		if same.Code != http.StatusNotModified || same.Body.Len() != 0 {
			t.Errorf("asked again: %d", same.Code)
		}
		s.Send(apitest.Call{As: "community", Method: "PUT", Path: "/places/" + s.ID(apitest.Community) + "/contact", Body: apitest.J{
			"phone": "8800 6100", "hours": apitest.J{"zh": "昼夜有人接", "en": "day and night"}, "appeal_to": apitest.J{"zh": "区申诉受理室", "en": "District appeals office"},
			"appeal_days": 3, "appeal_phone": "8800 6120", "updates": []string{"09:00", "20:00"}, "workers": true, "complaints": "8800 6199"}}).OK()
		s.zone("one", "小区有一份初筛阳性", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
		s.zone("two", "七号楼有人确诊", "lockdown", apitest.Building, s.Clock().AddDate(0, 0, 4))
		both := s.open(at).Body.String()
		mustHave(t, "two incidents", text(both), "两件事同时有效", "■ 封控区", "◆ 管控区", "足不出户", "小区有一份初筛阳性", "七号楼有人确诊", "急病随时出门，先打 120",
			"《传染病防治法》第四十二条", "另一人复核后才生效", "区申诉受理室", "3 天内", "8800 6120", "不由作出决定的人处理", "8800 6100", "8800 6199", "到点自动解除", "11:00")
		if strings.Index(both, "封控区") > strings.Index(both, "管控区") {
			t.Error("the stricter zone does not come first")
		}
		if strings.Index(both, "我可以") > strings.Index(both, "先不要") || strings.Index(both, "我可以") > strings.Index(both, "凭什么") {
			t.Error("what one may do does not come first")
		}
		mustHave(t, "release", text(both), "最早解除", "还说不准")
		mustHave(t, "english", text(s.open(at+"?lang=en").Body.String()), "Lockdown zone", "You may", "District appeals office", "3 days", "Two orders hold")
		s.Pass(4*24*time.Hour + time.Minute)
		mustNot(t, "after its end", s.open(at).Body.String(), "封控区")
	})
}

func TestAReplacedCodeOpensNothingAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		at := s.code(apitest.Building)
		s.Post("community", "/places/"+s.ID(apitest.Building)+"/qr/replace", nil).OK()
		gone := s.open(at)
		if gone.Code != 404 || gone.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %v", gone.Code, gone.Header())
		}
		mustHave(t, "replaced", text(gone.Body.String()), "这个码打不开", "120")
		mustNot(t, "replaced", gone.Body.String(), s.Place(apitest.Building).Name)
		for range 60 {
			s.open("/r/" + access.QRToken(make([]byte, 16)))
		}
		if slow := s.open("/r/" + access.QRToken(make([]byte, 16))); slow.Code != 429 || slow.Header().Get("Retry-After") == "" {
			t.Errorf("the sixty-second guess: %d", slow.Code)
		}
		if good := s.open(s.code(apitest.Building)); good.Code != 200 {
			t.Errorf("a right code from the same network: %d", good.Code)
		}
		if demo := s.open("/r/demo"); demo.Code == 200 {
			t.Error("the demonstration's page opens in a real world")
		}
	})
}

func TestADoorShowsWhoLookedButNobodysName(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		at := s.code(apitest.Door)
		before := s.Store.Last()
		page := s.open(at).Body.String()
		if s.Store.Last() != before {
			t.Error("looking at a public page was recorded")
		}
		mustHave(t, "nobody", text(page), "近 30 天没有人看过")
		s.Get("community", "/residents?under="+s.ID(apitest.Door)).OK()
		s.Get("police", "/residents?under="+s.ID(apitest.Door)).OK()
		s.Get("community", "/residents?under="+s.ID(apitest.Building)).OK()
		page = s.open(at).Body.String()
		said := strings.Join(strings.Fields(text(page)), " ")
		mustHave(t, "looked", said, "近 30 天 3 次", "社区社工 2 次", "民警 1 次")
		for _, r := range s.People {
			if territory.Inside(r.Path, s.Place(apitest.Door).Path) {
				mustNot(t, "door", page, r.Name, r.Phone, r.IDNumber)
			}
		}
		mustNot(t, "door", page, "账号community", "acc-")
		s.Pass(31 * 24 * time.Hour)
		mustHave(t, "a month later", text(s.open(at).Body.String()), "近 30 天没有人看过")
	})
}

// variants are all forms of a page.
var variants = []string{"", "?big=1", "?lang=en", "?lang=en&big=1"}

func TestEveryPageIsSmallAndBringsNoScript(t *testing.T) {
	s := newScene(t, "sqlite")
	at := map[string]string{"building": s.code(apitest.Building), "door": s.code(apitest.Door), "community": s.code(apitest.Community), "lost": "/r/x"}
	largest := 0
	measure := func(when string) {
		for name, path := range at {
			for _, v := range variants {
				body := s.open(path + v).Body.String()
				largest = max(largest, len(body))
				if len(body) > 30*1024 {
					t.Errorf("%s %s %s: %d bytes of HTML and CSS", when, name, v, len(body))
				}
				for _, bad := range []string{"<script", "javascript:", " onclick", "<img", "<link", "@import", "url(http", "<form", "<iframe"} {
					if strings.Contains(body, bad) {
						t.Errorf("%s %s %s: holds %s", when, name, v, bad)
					}
				}
			}
		}
	}
	measure("calm")
	s.zone("one", "小区有一份初筛阳性，正在复核", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
	measure("control")
	s.zone("two", "七号楼有人确诊", "lockdown", apitest.Building, s.Clock().AddDate(0, 0, 4))
	measure("two incidents")
	t.Logf("the largest of all is %d bytes", largest)
}

// lawNames are said in full, however long.
var lawNames = regexp.MustCompile(`《[^》]*》[^\n，。；]*`)

func TestLargeTypeSpeaksInShortSentences(t *testing.T) {
	s := newScene(t, "sqlite")
	at := s.code(apitest.Door)
	s.Send(apitest.Call{As: "community", Method: "PUT", Path: "/places/" + s.ID(apitest.Community) + "/contact", Body: apitest.J{"phone": "8800 6100", "appeal_days": 3, "workers": true}}).OK()
	for n, zone := range []string{"precaution", "control", "lockdown"} {
		s.zone(zone, "小区有一份初筛阳性", zone, []string{apitest.Community, apitest.Microgrid, apitest.Building}[n], s.Clock().AddDate(0, 0, 4))
		body := s.open(at + "?big=1").Body.String()
		body = regexp.MustCompile(`(?s)<details>.*?</summary>`).ReplaceAllString(body, "") // a notice's text is the author's
		body = regexp.MustCompile(`(?s)</summary>.*?</details>|<p>[^<]*自[^<]*起[^<]*</p></details>`).ReplaceAllString(body, "")
		for _, sentence := range regexp.MustCompile(`[\n。！？；]`).Split(lawNames.ReplaceAllString(text(body), ""), -1) {
			sentence = strings.TrimSpace(sentence)
			if n := utf8.RuneCountInString(sentence); n > 25 {
				t.Errorf("%s: %d characters: %s", zone, n, sentence)
			}
		}
	}
}

func TestTypeOfTheLargePage(t *testing.T) {
	s := newScene(t, "sqlite")
	body := s.open(s.code(apitest.Door) + "?big=1").Body.String()
	mustHave(t, "large", body, `class="big"`, "html.big{font-size:150%}", ".big nav a{min-height:76px")
}

// The house of a code may be merged into another. What hangs at its door then shows
// what holds at the heir; it is not broken.
func TestTheCodeOfAHouseThatWasMergedShowsItsHeir(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		s.Post("commander", "/places/"+s.ID(apitest.Building2)+"/qr", apitest.J{"kinds": []string{"building"}}).OK()
		var list struct{ Items []struct{ Path string } }
		s.Get("commander", "/places/"+s.ID(apitest.Building2)+"/qr?kinds=building").OK(&list)
		var plan struct{ Plan string }
		s.Post("community", "/places/"+s.ID(apitest.Building)+"/merge", apitest.J{"others": []string{s.ID(apitest.Building2)}}).OK(&plan)
		s.Post("commander", "/reshapes/"+plan.Plan+"/apply", apitest.J{}).OK()
		if w := s.open(list.Items[0].Path); w.Code != 200 || !strings.Contains(text(w.Body.String()), s.Place(apitest.Building).Name) {
			t.Errorf("%d %s", w.Code, text(w.Body.String()))
		}
	})
}
