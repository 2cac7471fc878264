package page_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

// The roster of a building is printed for whoever may see its board, in both languages,
// with who stands where and a box where nobody does; the look is recorded.
func TestARosterIsPrintedPerBuilding(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		day := s.Clock().In(time.FixedZone("Asia/Shanghai", 8*3600)).AddDate(0, 0, 1)
		at := time.Date(day.Year(), day.Month(), day.Day(), 8, 0, 0, 0, day.Location())
		h := people.Helper{ID: "keeper", Number: "keeper", Name: "欧阳守门", Birth: 1980, Kind: "volunteer", PlaceID: s.ID(apitest.Building), Path: s.Place(apitest.Building).Path}
		changes := []journal.Change{{Row: &h, Entry: journal.Entry{At: s.Clock(), Actor: "system", Verb: "helper.added", Thing: "helpers", ThingID: h.ID, Path: h.Path, Audience: "work"}}}
		for b, code := range []string{apitest.Building, apitest.Building2} {
			p := s.Place(code)
			for n := range 3 {
				x := shift.Shift{ID: fmt.Sprint("s", b, n), Item: "day-patrol", PlaceID: p.ID, Path: p.Path, N: n + 1, From: at.UTC(), Until: at.Add(6 * time.Hour).UTC(), State: shift.Open}
				if n == 0 && b == 0 {
					x.HelperID, x.State = h.ID, shift.Planned
				}
				x.Key = x.KeyOf()
				changes = append(changes, journal.Change{Row: &x})
			}
		}
		s.Commit(changes...)
		from := "?from=" + day.Format(time.DateOnly) + "&days=7"
		path := "/print/roster/" + s.ID(apitest.Building) + from
		for lang, words := range map[string][]string{"zh": {"值班表", "欧阳守门", "08:00–14:00", "空缺 2 处", "第 1 页 / 共 1 页"}, "en": {"Roster", "欧阳守门", "2 open", "page 1 of 1"}} {
			before := s.Store.Last()
			status, body := s.as("community", path+"&lang="+lang)
			for _, w := range words {
				if status != 200 || !strings.Contains(text(body), w) {
					t.Fatalf("%s: %d, no %q in %s", lang, status, w, strings.Join(strings.Fields(text(body)), " "))
				}
			}
			if strings.Count(body, "p gap") != 2 || len(s.Entries(before)) != 1 {
				t.Fatalf("%d boxes, %d entries", strings.Count(body, "p gap"), len(s.Entries(before)))
			}
		}
		if status, body := s.as("community", "/print/roster/"+s.ID(apitest.Community)+from); status != 200 || strings.Count(body, "<main") != 2 {
			t.Fatalf("%d, %d sheets", status, strings.Count(body, "<main"))
		}
		for _, who := range []string{"resident", "police"} {
			if status, body := s.as(who, path); status == 200 || strings.Contains(body, "欧阳守门") {
				t.Errorf("%s: %d", who, status)
			}
		}
		if status, body := s.as("community", "/print/roster/"+s.ID(apitest.Community)+"?from=2030-01-01&days=7"); status == 200 || !strings.Contains(body, "SW-2103") {
			t.Errorf("nothing to print: %d", status)
		}
	})
}
