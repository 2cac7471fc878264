package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/people"
)

// shiftSheet is a roster as a spreadsheet keeps it.
func shiftSheet(w *apitest.World, as string, rows ...string) *apitest.Answer {
	w.T.Helper()
	text := "日期,开始,结束,岗位,地点编码,志愿者编号,姓名\n" + strings.Join(rows, "\n") + "\n"
	return w.Send(apitest.Call{As: as, Method: "POST", Path: "/imports/rosters", Body: text, Header: map[string]string{"Content-Type": "application/octet-stream", "File-Name": "rosters.csv"}})
}

// A sheet of shifts becomes a draft that is published by hand; with one row refused,
// each refused row says why and nothing is made.
func TestASheetOfShiftsBecomesADraft(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		ids := crowd(w, 6)
		p := w.Place(apitest.Community)
		police := people.Helper{ID: "officer", Number: "officer", Name: "民警", Birth: 1985, Kind: "police", PlaceID: p.ID, Path: p.Path}
		w.Change("helper.added", &police, 0)
		day, code := tomorrow(w), p.Code
		row := func(day, from, until, post, number string) string {
			return strings.Join([]string{day, from, until, post, code, number, ""}, ",")
		}
		good := row(day, "08:00", "11:00", "日间巡逻员", ids[0])
		for _, c := range []struct{ row, code, word string }{
			{row(day, "11:00", "08:00", "日间巡逻员", ids[1]), "SW-2601", "08:00"},
			{row(day, "25:00", "08:00", "日间巡逻员", ids[1]), "SW-2610", "25:00"},
			{row(w.Clock().AddDate(0, 0, 90).Format(time.DateOnly), "08:00", "11:00", "日间巡逻员", ids[1]), "SW-2602", ""},
			{row("2020-01-01", "08:00", "11:00", "日间巡逻员", ids[1]), "SW-2602", "2020-01-01"},
			{row(day, "08:00", "11:00", "杂耍员", ids[1]), "SW-2604", "日间巡逻员"},
			{row(day, "08:00", "12:00", "日间巡逻员", ids[1]), "SW-2605", "08:00–11:00"},
			{row(day, "08:00", "11:00", "日间巡逻员", "nobody"), "SW-2606", "NOBODY"},
			{good, "SW-2608", "2"},
			{row(day, "08:00", "11:00", "日间巡逻员", "officer"), "SW-2609", "民警"},
			{strings.Replace(row(day, "08:00", "11:00", "日间巡逻员", ids[1]), code, "999999999999", 1), "SW-2603", "999999999999"},
		} {
			last := w.Store.Last()
			var r api.ImportReply
			shiftSheet(w, "community", good, c.row).OK(&r)
			if r.Rejected != 1 || r.Inserted != 0 || r.Rows != 2 || len(r.Rejects) != 1 || r.Rejects[0].Code != c.code || r.Rejects[0].Row != 3 || !strings.Contains(r.Rejects[0].Reason, c.word) {
				t.Fatalf("%s: %+v", c.row, r)
			}
			if b := board(w); w.Store.Last() != last || b.Draft != nil || len(b.Shifts) > 0 {
				t.Fatalf("%s left something", c.row)
			}
		}
		var r api.ImportReply
		shiftSheet(w, "community", good, row(day, "08:00", "11:00", "日间巡逻员", ids[1]), row(day, "08:00", "11:00", "日间巡逻员", ids[2])).OK(&r)
		if r.Rejected != 1 || r.Rejects[0].Code != "SW-2607" {
			t.Fatalf("%+v", r)
		}
		shiftSheet(w, "gridworker", good).Refused("SW-1011")
		shiftSheet(w, "community", good, row(day, "08:00", "11:00", "日间巡逻员", ids[1]), row(day, "11:00", "14:00", "日间巡逻员", ids[2])).OK(&r)
		b := board(w)
		if r.Inserted != 3 || r.Rejected != 0 || b.Draft == nil || len(b.Shifts) != 0 || b.Draft.Short != 8-3 {
			t.Fatalf("%+v, %+v", r, b.Draft)
		}
		var made api.RosterInfo
		w.Post("community", "/rosters/"+b.Draft.ID+"/publish", nil).OK(&made)
		stood := 0
		for _, x := range board(w).Shifts {
			if x.HelperID != "" {
				stood++
			}
		}
		if stood != 3 {
			t.Fatalf("%d stand", stood)
		}
		w.Pass(time.Minute)
		// A second sheet leaves what it does not name as it stands.
		shiftSheet(w, "community", row(day, "17:00", "20:00", "日间巡逻员", ids[3])).OK(&r)
		if d := board(w).Draft; d == nil || d.Short != 8-4 || d.Moved != 1 {
			t.Fatalf("%+v", d)
		}
	})
}
