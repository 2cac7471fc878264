package page_test

import (
	"strings"
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/api/apitest"
)

// A zone may be one household. Whoever may not see its door, or works elsewhere,
// learns of it neither by the list of notices nor by a notice without a place.
func TestNoticesNameNoDoorThatIsNotTheReadersToSee(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		s.Grant("elsewhere", access.Community, apitest.Community2, access.Static)
		s.zone("one", "小区有一份初筛阳性", "control", apitest.Door, s.Clock().AddDate(0, 0, 6))
		door := s.ID(apitest.Door)
		for who, may := range map[string]bool{"commander": true, "community": true, "inspector": false, "elsewhere": false} {
			status, body := s.as(who, "/print/notices/one")
			if told := strings.Contains(body, "place="+door) || strings.Contains(text(body), "101"); told != may {
				t.Errorf("%s, list: told %v (%d)", who, told, status)
			}
			status, body = s.as(who, "/print/notice/one/letter-control")
			if told := strings.Contains(text(body), "101"); told != may {
				t.Errorf("%s, notice: told %v (%d)", who, told, status)
			}
			status, body = s.as(who, "/print/notice/one/letter-control?place="+door)
			if told := status == 200 || strings.Contains(text(body), "管控区"); told != may {
				t.Errorf("%s, notice for the door: told %v (%d)", who, told, status)
			}
		}
	})
}

// A notice is put up where everybody passes. The code of a door opens who looked
// at that household, so it never stands on one.
func TestANoticeForADoorCarriesNoCode(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		s.code(apitest.Building)
		s.zone("one", "小区有一份初筛阳性", "control", apitest.Building, s.Clock().AddDate(0, 0, 6))
		for at, want := range map[string]bool{apitest.Building: true, apitest.Door: false} {
			status, body := s.as("commander", "/print/notice/one/letter-control?place="+s.ID(at))
			if status != 200 || strings.Contains(body, `class="qr"`) != want {
				t.Errorf("%s: %d, a code %v", at, status, !want)
			}
		}
	})
}
