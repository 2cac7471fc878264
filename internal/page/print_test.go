package page_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// as opens a page signed in as somebody.
func (s *scene) as(name, path string) (int, string) {
	w := s.open(path, "Authorization", "Bearer "+s.Token(name))
	return w.Code, w.Body.String()
}

// round puts a sweep over a house, one door of it recorded already.
func (s *scene) round(at string) string {
	s.T.Helper()
	p := s.Place(at)
	r := round.Round{ID: "r1", Key: "one|sweep", Incident: "one", Item: "sweep", PlaceID: p.ID, Path: p.Path, TitleZH: "扫楼清底", TitleEN: "Sweep", Opened: s.Clock(), Due: s.Clock().Add(10 * time.Hour),
		Outcomes: []round.Outcome{{ID: "at-home", ZH: "在家", EN: "At home", Final: true, Tone: "ok"},
			{ID: "needs-help", ZH: "要帮忙", EN: "Help", Final: true, Tone: "help", Choose: []round.Choice{{ID: "medicine", ZH: "缺药", EN: "Medicine"}, {ID: "doctor", ZH: "看病", EN: "Doctor"}}},
			{ID: "absent", ZH: "没人应", EN: "No answer", Tone: "again"}, {ID: "refused", ZH: "不愿说", EN: "Refused", Final: true, Tone: "refused"},
			{ID: "lifted", ZH: "解除", EN: "Lifted", Final: true, Tone: "gone", System: true}}}
	changes := []journal.Change{{Row: &r, Entry: journal.Entry{Actor: "system", Verb: "round.opened", Thing: "rounds", ThingID: r.ID, PlaceID: p.ID, Path: p.Path, Audience: "work"}}}
	for n, d := range s.Doors(at) {
		t := round.Target{RoundID: r.ID, Incident: "one", PlaceID: d.ID, Path: d.Path, Zone: "control"}
		if n == 0 {
			t.Outcome, t.Choice, t.Final, t.At, t.By = "needs-help", "medicine", true, s.Clock(), "acc-lead"
		}
		changes = append(changes, journal.Change{Row: &t})
	}
	s.Commit(changes...)
	return r.ID
}

func TestASweepSheetShowsWhatTheScreenShowsAndIsOneLook(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		s.zone("one", "小区有一份初筛阳性", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
		id := s.round(apitest.Building)
		doors := s.Doors(apitest.Building)
		ill, cared := careAt(s, doors)
		path := "/print/sweep/" + id + "?place=" + s.ID(apitest.Building)
		before := s.Store.Last()
		status, body := s.as("lead", path)
		if status != 200 {
			t.Fatalf("%d %s", status, text(body))
		}
		said := text(body)
		mustHave(t, "sheet", said, "扫楼单", "扫楼清底", "◆ 管控区", "要帮忙", "没人应", "不愿说", "缺药", "看病", "名册上没有的人", "还没敲", "录好即销毁")
		mustHave(t, "sheet", body, `class="zone control"`, `class="qr"`)
		mustNot(t, "sheet", said, "解除", "慢性病", "独居")
		for _, d := range doors {
			mustHave(t, "sheet", body, "<b>"+d.Number+"</b>")
		}
		if n := strings.Count(body, `class="b done"`); n != 1 {
			t.Errorf("%d boxes are ticked, one door was recorded", n)
		}
		mustNot(t, "sheet", said, ill...)
		if cared > 0 {
			mustHave(t, "sheet", said, "敲门久等")
		}
		for _, r := range s.People {
			if territory.Inside(r.Path, s.Place(apitest.Building).Path) {
				mustNot(t, "sheet", body, r.Name+"<", r.Phone, r.IDNumber)
			}
		}
		looks := 0
		for _, e := range s.Entries(before) {
			if e.Verb == "sheet.printed" {
				looks++
				var f struct {
					Rule  string
					Count int
				}
				if err := json.Unmarshal(e.Payload, &f); err != nil || f.Rule != "print.sweep" || f.Count != len(doors) || e.Actor != "acc-lead" || e.PlaceID != s.ID(apitest.Building) || e.Audience != "audit" {
					t.Errorf("the look: %+v %s", e, e.Payload)
				}
			}
		}
		if looks != 1 {
			t.Errorf("%d looks were recorded", looks)
		}
		mustHave(t, "english", text(second(s.as("lead", path+"&lang=en"))), "Sweep sheet", "No answer", "Medicine", "Control zone")
	})
}

func second(_ int, s string) string { return s }

// careAt returns what must not stand on paper, and how many doors want a long knock.
func careAt(s *scene, doors []*territory.Place) (bad []string, cared int) {
	p := register.Person{ID: "p-cared", PlaceID: doors[1].ID, Path: doors[1].Path, Name: "欧阳不见", Phone: "12900000001", Care: []register.Care{{Group: "chronic", Need: "knock-long"}, {Group: "alone", Need: "company"}}}
	s.Commit(journal.Change{Row: &p, Entry: journal.Entry{Actor: "system", Verb: "resident.imported", Thing: "persons", ThingID: p.ID, Path: p.Path, Audience: "register"}})
	return []string{"chronic", "company", "需人陪", "欧阳不见", "12900000001"}, 1
}

func TestWhoMayNotSeeTheScreenGetsNoSheet(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		s.zone("one", "小区有一份初筛阳性", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
		id := s.round(apitest.Building)
		s.code(apitest.Building)
		at := s.ID(apitest.Building)
		sheets := map[string]string{"board": "/print/board/" + at, "sweep": "/print/sweep/" + id + "?place=" + at, "posts": "/print/posts/normal?place=" + s.ID(apitest.Grid), "places": "/print/places/" + at,
			"labels": "/print/qr/" + at, "notice": "/print/notice/one/letter-control?place=" + at, "notices": "/print/notices/one"}
		for who, may := range map[string][]string{"commander": {"board", "sweep", "posts", "places", "labels", "notice", "notices"}, "community": {"board", "sweep", "posts", "places", "labels", "notice", "notices"},
			"lead": {"board", "sweep", "posts", "places", "notice", "notices"}, "police": {"board", "sweep", "posts", "places", "notice", "notices"}, "inspector": {"places", "notice", "notices"}, "resident": {}, "admin": {"places"}} {
			for name, path := range sheets {
				want := false
				for _, m := range may {
					want = want || m == name
				}
				before := s.Store.Last()
				status, body := s.as(who, path)
				if (status == 200) != want {
					t.Errorf("%s %s: %d %s", who, name, status, strings.Join(strings.Fields(text(body)), " "))
				}
				printed := false
				for _, e := range s.Entries(before) {
					printed = printed || e.Verb == "sheet.printed"
				}
				if printed != want {
					t.Errorf("%s %s: recorded %v", who, name, printed)
				}
				if status != 200 && !regexp.MustCompile(`SW-\d{4}`).MatchString(body) {
					t.Errorf("%s %s: refused without a code: %s", who, name, text(body))
				}
			}
		}
		if w := s.open(sheets["sweep"]); w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/login?next=%2Fprint%2Fsweep") {
			t.Errorf("nobody: %d %s", w.Code, w.Header().Get("Location"))
		}
		for path, code := range map[string]string{"/print/sweep/" + id: "SW-2103", "/print/sweep/nothing?place=" + at: "SW-2103", "/print/notice/one/nothing": "SW-2103", "/print/notice/one/letter-lockdown?place=" + at: "SW-2103",
			"/print/qr/" + s.ID(apitest.Building2): "SW-2103", "/print/places/" + s.ID(apitest.Door): "SW-2103", "/print/notice/none/x": "SW-1010"} {
			if status, body := s.as("commander", path); status == 200 || !strings.Contains(body, code) {
				t.Errorf("%s: %d, want %s", path, status, code)
			}
		}
	})
}

func TestNothingIsShownThatCannotBeRecorded(t *testing.T) {
	s := newScene(t, "sqlite")
	s.zone("one", "小区有一份初筛阳性", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
	s.Broken.Store(true)
	if status, body := s.as("commander", "/print/places/"+s.ID(apitest.Building)); status == 200 {
		t.Errorf("a sheet was shown without its look: %s", text(body)[:200])
	}
}

func TestANoticeSaysTheRuleFirst(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		s.Send(apitest.Call{As: "community", Method: "PUT", Path: "/places/" + s.ID(apitest.Community) + "/contact", Body: apitest.J{"phone": "8800 6100", "appeal_to": apitest.J{"zh": "区申诉受理室", "en": "District appeals office"}, "appeal_days": 3}}).OK()
		s.code(apitest.Building)
		s.zone("one", "小区有一份初筛阳性", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
		status, body := s.as("commander", "/print/notice/one/letter-control?place="+s.ID(apitest.Building))
		if status != 200 {
			t.Fatal(status, text(body))
		}
		said := text(body)
		mustHave(t, "notice", said, "告居民书（管控区）", "的居民：", "盖章处", "居民委员会", "8800 6100", "区申诉受理室", "3 天内答复", "没有变化也会告诉您")
		for _, pair := range [][2]string{{"可以", "请不要"}, {"请不要", "为什么"}, {"◆ 管控区", "的居民"}} {
			if strings.Index(said, pair[0]) > strings.Index(said, pair[1]) {
				t.Errorf("%s comes after %s", pair[0], pair[1])
			}
		}
		if strings.Contains(body, "草稿") || strings.Contains(body, "{place}") {
			t.Error("the notice is not filled in")
		}
	})
}

var colour = regexp.MustCompile(`#[0-9A-Fa-f]{3,6}\b`)

// What is printed must be told apart where colour is gone: pattern, outline, shape
// and word differ for each zone.
func TestZonesDifferWithoutColour(t *testing.T) {
	s := newScene(t, "sqlite")
	at := []string{apitest.Building, apitest.Building2, apitest.Building3}
	seen := map[string]string{}
	swatch, chip := regexp.MustCompile(`(?s)<pattern.*?</pattern>`), regexp.MustCompile(`(?s)<div class="band ([a-z]+)">.*?<h2>(\S+)`)
	for n, zone := range []string{"lockdown", "control", "precaution"} {
		s.zone(zone, "初筛阳性", zone, at[n], s.Clock().AddDate(0, 0, 6))
		body := s.open(s.code(at[n])).Body.String()
		m := chip.FindStringSubmatch(body)
		if m == nil {
			t.Fatalf("%s: no band", zone)
		}
		style := regexp.MustCompile(`\.` + zone + `\{[^}]*border-(?:style|width):[^};]*`).FindString(body)
		look := fmt.Sprint(colour.ReplaceAllString(swatch.FindString(body), "grey"), "|", colour.ReplaceAllString(style[len(zone)+2:], "grey"), "|", m[2])
		for _, part := range strings.Split(look, "|") {
			if other, ok := seen[part]; ok {
				t.Errorf("%s and %s share %s", zone, other, part)
			}
			seen[part] = zone
		}
	}
}
