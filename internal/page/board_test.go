package page_test

import (
	"encoding/json"
	"strings"
	"testing"

	"shouwang/internal/api/apitest"
)

// A board on paper has every door of the house once, says what the round found by
// shape and word, tells no name, no illness and not what help is asked for, and is
// one look.
func TestABoardIsPrintedAsTheScreenHasIt(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		path := "/print/board/" + s.ID(apitest.Building)
		doors := s.Doors(apitest.Building)
		ill, _ := careAt(s, doors)
		status, calm := s.as("lead", path)
		if status != 200 {
			t.Fatalf("%d %s", status, text(calm))
		}
		mustHave(t, "without a round", text(calm), "楼栋板", "现在没有打开的排查", "敲门久等")
		mustNot(t, "without a round", text(calm), "图例", "没敲", "还差")
		s.zone("one", "小区有一份初筛阳性", "control", apitest.Community, s.Clock().AddDate(0, 0, 6))
		s.round(apitest.Building)
		before := s.Store.Last()
		status, body := s.as("lead", path)
		if status != 200 {
			t.Fatalf("%d %s", status, text(body))
		}
		said := text(body)
		mustHave(t, "board", said, "扫楼清底", "还差", "◆ 管控区", "要帮忙", "没敲", "要什么帮助，看屏幕")
		mustHave(t, "board", body, `class="qr"`, `<td class="help edge">`, `<td class="todo`)
		mustNot(t, "board", said, append(ill, "缺药", "看病", "慢性病", "独居")...)
		want := map[string]int{} // two stairwells have a 301 each
		for _, d := range doors {
			want[d.Number]++
		}
		for number, n := range want {
			if got := strings.Count(body, "<b>"+number+"</b>"); got != n {
				t.Errorf("%s stands %d times, not %d", number, got, n)
			}
		}
		for _, r := range s.People {
			mustNot(t, "board", body, r.Phone, r.IDNumber)
		}
		looks := 0
		for _, e := range s.Entries(before) {
			if e.Verb == "sheet.printed" {
				looks++
				var f struct {
					Rule  string
					Count int
				}
				if err := json.Unmarshal(e.Payload, &f); err != nil || f.Rule != "print.board" || f.Count != len(doors) || e.Actor != "acc-lead" || e.PlaceID != s.ID(apitest.Building) {
					t.Errorf("the look: %+v %s", e, e.Payload)
				}
			}
		}
		if looks != 1 {
			t.Errorf("%d looks were recorded", looks)
		}
		en := second(s.as("lead", path+"?lang=en"))
		mustHave(t, "english", text(en), "Building board", "Sweep", "Help", "To do", "Control zone", "doors left", "see the screen")
	})
}

// Only a house or a stairwell has a board, a door or a whole community has none; and
// who may not see the place is told nothing of it.
func TestABoardIsOfOneHouse(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		for at, code := range map[string]string{apitest.Community: "SW-2104", apitest.Grid: "SW-2104", apitest.Door: "SW-2104"} {
			before := s.Store.Last()
			if status, body := s.as("commander", "/print/board/"+s.ID(at)); status != 422 || !strings.Contains(body, code) {
				t.Errorf("%s: %d %s", at, status, text(body))
			}
			for _, e := range s.Entries(before) {
				if e.Verb == "sheet.printed" {
					t.Errorf("%s: a refusal is recorded as a print", at)
				}
			}
		}
		if status, body := s.as("commander", "/print/board/nothing"); status != 404 {
			t.Errorf("nothing: %d %s", status, text(body))
		}
		if status, body := s.as("lead", "/print/board/"+s.ID(apitest.Building3)); status != 404 && status != 403 {
			t.Errorf("another's house: %d %s", status, text(body))
		}
	})
}
