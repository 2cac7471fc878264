package page_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api/apitest"
)

// Neighbours ask and offer on the board of their house, and say more to each other on
// secret pages of their own: no number, no door and no name passes between them; what is
// urgent or in confidence never stands there; a line lapses by itself.
func TestNeighboursHelpEachOtherWithoutAnAccount(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		door, house, other := s.code(apitest.Door), s.code(apitest.Building), s.code(apitest.Building2)
		ask := func(item string) string {
			w := s.send(door+"/need", url.Values{"item": {item}, "slip": {item}})
			if w.Code != 303 {
				t.Fatalf("%s: %d %s", item, w.Code, text(w.Body.String()))
			}
			at := w.Header().Get("Location")
			if w := s.send(at, url.Values{"verb": {"note"}, "words": {"周六想请人抬个柜子，打 13800002222"}, "contact": {"13800002222"}}); w.Code != 303 {
				t.Fatal(w.Code, text(w.Body.String()))
			}
			return at
		}
		mine := ask("neighbour-help")
		ask("ask")
		ask("counselling")
		board := s.open(house + "/neighbours").Body.String()
		mustHave(t, "board", text(board), "想请邻居搭把手", "周六想请人抬个柜子", "●●●", "我能帮邻居做点事")
		mustNot(t, "board", board, "13800002222", "聊聊", "要人帮忙", s.Place(apitest.Door).Name+"室")
		if strings.Count(board, `name="line"`) != 2 { // one to answer, one to report
			t.Error("lines:", strings.Count(board, `name="line"`))
		}
		mustNot(t, "another house", s.open(other+"/neighbours").Body.String(), "柜子")
		line := caseAt.FindStringSubmatch(mine)[1]
		if w := s.send(house+"/neighbours", url.Values{"line": {line}, "words": {" "}, "slip": {"e"}}); w.Code != 422 {
			t.Error("an empty answer:", w.Code)
		}
		if w := s.send(other+"/neighbours", url.Values{"line": {line}, "words": {"我从别的楼来"}, "slip": {"o"}}); w.Code != 422 || !strings.Contains(w.Body.String(), "SW-2464") && !strings.Contains(w.Body.String(), "互助板") {
			t.Error("another house answers:", w.Code)
		}
		w := s.send(house+"/neighbours", url.Values{"line": {line}, "words": {"我有空，13911112222 找我"}, "slip": {"one"}})
		if w.Code != 303 {
			t.Fatal(w.Code, text(w.Body.String()))
		}
		theirs := w.Header().Get("Location")
		asker := s.open(mine).Body.String()
		mustHave(t, "asker", text(asker), "我有空", "邻居的回话")
		mustNot(t, "asker", asker, "13911112222")
		reply := caseAt.FindStringSubmatch(theirs)[1]
		if w := s.send(mine, url.Values{"verb": {"say"}, "reply": {reply}, "words": {"太好了，周六九点"}}); w.Code != 303 {
			t.Fatal(w.Code, text(w.Body.String()))
		}
		reached := text(s.open(theirs).Body.String())
		mustHave(t, "how far it went", reached, "已转给邻居", "邻居回话")
		mustNot(t, "how far it went", reached, "有人接手了", "您说办好了", "前答复您")
		mustHave(t, "helper", text(s.open(theirs).Body.String()), "太好了，周六九点", "我有空")
		mustNot(t, "helper", s.open(theirs).Body.String(), "13800002222", "柜子")
		if w := s.send(theirs, url.Values{"verb": {"say"}, "reply": {line}, "words": {"越界"}}); w.Code != 422 {
			t.Error("a thread of somebody else:", w.Code)
		}
		for range 3 {
			s.send(house+"/neighbours", url.Values{"verb": {"report"}, "line": {line}})
		}
		mustNot(t, "reported", s.open(house+"/neighbours").Body.String(), "柜子")
		if w := s.send(mine, url.Values{"verb": {"met"}}); w.Code != 303 {
			t.Fatal(w.Code, text(w.Body.String()))
		}
		mustHave(t, "met", text(s.open(mine).Body.String()), "邻居帮上了", "您说办好了")
		s.send(door+"/need", url.Values{"item": {"neighbour-offer"}, "slip": {"offer"}})
		mustHave(t, "offer", s.open(house+"/neighbours").Body.String(), `name="line"`)
		s.Pass(15 * 24 * time.Hour)
		mustNot(t, "lapsed", s.open(house+"/neighbours").Body.String(), `name="line"`)
	})
}

// The desk takes a line off the board with a reason that its author reads, and puts it
// back; taken by the desk it is off the board and its author is told; who opened it
// stands on the author's page by role, purpose and hour, and nobody's name.
func TestTheDeskAndALineOfTheBoard(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		door, house := s.code(apitest.Door), s.code(apitest.Building)
		w := s.send(door+"/need", url.Values{"item": {"neighbour-help"}, "slip": {"a"}})
		mine := w.Header().Get("Location")
		line := caseAt.FindStringSubmatch(mine)[1]
		on := func() bool { return strings.Contains(s.open(house+"/neighbours").Body.String(), line) }
		if !on() {
			t.Fatal("not on the board")
		}
		mustHave(t, "nobody looked", text(s.open(mine).Body.String()), "还没有工作人员打开看过")
		at := "/cases/" + line
		s.Post("inspector", at+"/hide", apitest.J{"words": "不合适"}).Refused("SW-1010")
		s.Post("community", at+"/hide", apitest.J{"words": " "}).Refused("SW-2339")
		s.Post("community", at+"/show", apitest.J{"words": "没收起过"}).Refused("SW-2338")
		var k struct{ May []string }
		s.Post("community", at+"/hide", apitest.J{"words": "写了别人家的事"}).OK(&k)
		if on() {
			t.Fatal("still on the board")
		}
		mustHave(t, "author", text(s.open(mine).Body.String()), "写了别人家的事", "没有撤销")
		s.Post("community", at+"/hide", apitest.J{"words": "再收一次"}).Refused("SW-2338")
		s.Get("community", at).OK(&k)
		s.Get("community", at).OK(&k)
		if got := strings.Join(k.May, " "); !strings.Contains(got, "show") || strings.Contains(got, "hide") {
			t.Fatal(got)
		}
		page := text(s.open(mine).Body.String())
		mustHave(t, "who opened it", page, "社区", "为办这件事", "2 次")
		mustNot(t, "who opened it", page, "账号", "acc-")
		mustHave(t, "in English", text(s.open(mine+"&lang=en").Body.String())+text(s.open(strings.Split(mine, "?")[0]+"?lang=en").Body.String()), "Who opened this", "to deal with it")
		s.Post("community", at+"/show", apitest.J{"words": "改好了"}).OK()
		if !on() {
			t.Fatal("not put back")
		}
		mustNot(t, "author", text(s.open(mine).Body.String()), "没有撤销")
		s.Post("community", at+"/take", apitest.J{}).OK()
		if on() {
			t.Fatal("on the board after the desk took it")
		}
		mustHave(t, "taken", text(s.open(mine).Body.String()), "由社区社工来办")
		s.Post("community", at+"/release", apitest.J{}).OK()
		if !on() {
			t.Fatal("not back on the board")
		}
		s.Post("buildinglead", at+"/take", apitest.J{}).OK()
		if on() {
			t.Fatal("on the board after the lead of the house took it")
		}
		mustHave(t, "taken", text(s.open(mine).Body.String()), "由楼组长来办")
		mustHave(t, "in English", text(s.open(strings.Split(mine, "?")[0]+"?lang=en").Body.String()), "taken by: Building lead")
	})
}
