package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// caseSheet is a list of needs as a spreadsheet keeps it.
func caseSheet(w *apitest.World, as, query string, rows ...string) *apitest.Answer {
	w.T.Helper()
	text := "原编号,收到时间,地点编码,门户地址,事项,内容,姓名,联系电话,办理时限\n" + strings.Join(rows, "\n") + "\n"
	return w.Send(apitest.Call{As: as, Method: "POST", Path: "/imports/cases" + query, Body: text, Header: map[string]string{"Content-Type": "application/octet-stream", "File-Name": "cases.csv"}})
}

// A list of needs is checked row by row; what is refused says why, a sheet of refused
// rows leaves nothing behind, and each good row lies at its desk with its deadline, once
// however often it is sent.
func TestAListOfNeedsBecomesCases(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		now := w.Clock().In(time.FixedZone("", 8*3600))
		day := func(d int) string { return now.AddDate(0, 0, d).Format("2006-01-02 15:04") }
		row := func(ref, received, place, item, words, due string) string {
			return strings.Join([]string{ref, received, place, "", item, words, "陈某", "12900002222", due}, ",")
		}
		first := row("HT-1", day(-1), apitest.Door, "medicine", "降压药一盒", "")
		last := w.Store.Last()
		bad := []struct{ row, code, word string }{
			{row("HT-2", "", apitest.Door, "pony", "", ""), "SW-2415", "pony"},
			{row("HT-2", "", "990203008009", "medicine", "", ""), "SW-2467", "990203008009"},
			{row("HT-2", day(1), apitest.Door, "medicine", "", ""), "SW-2469", ""},
			{row("HT-2", "去年", apitest.Door, "medicine", "", ""), "SW-2465", "去年"},
			{row("HT-2", "", apitest.Door, "medicine", "", day(-1)), "SW-2470", ""},
			{row("HT-2", "", apitest.Door, "counselling", "睡不着", ""), "SW-2468", "保密"},
			{row("HT-2", "", apitest.Door, "appeal", "不服", ""), "SW-2468", "异议"},
			{row("HT-2", "", apitest.Door, "alarm-fire", "楼上冒烟", ""), "SW-2473", "110"},
			{row("HT-2", "", apitest.Door, "alarm", "", ""), "SW-2473", "险情"},
			{row("HT-2", "", apitest.Door, "medicine", "药", ""), "SW-2414", ""},
			{row("HT-2", "", apitest.Door, "", "", ""), "SW-1320", "事项"},
			{row("HT-2", "", "", "medicine", "", ""), "SW-1320", ""},
			{row(strings.Repeat("9", 81), "", apitest.Door, "medicine", "", ""), "SW-2466", ""},
			{row("HT-2", "", apitest.Community2, "medicine", "", ""), "SW-2467", ""},
		}
		var rows []string
		for _, c := range bad {
			rows = append(rows, c.row)
		}
		var r api.ImportReply
		caseSheet(w, "community", "", rows...).OK(&r)
		if r.Rejected != len(bad) || r.Inserted != 0 || len(r.Rejects) != len(bad) {
			t.Fatalf("%+v", r)
		}
		for i, c := range bad {
			if x := r.Rejects[i]; x.Code != c.code || x.Row != i+2 || !strings.Contains(x.Reason, c.word) {
				t.Errorf("row %d: %+v, want %s", i+2, x, c.code)
			}
		}
		caseSheet(w, "community", "?dry_run=true", first).OK(&r)
		caseSheet(w, "inspector", "", first).Refused("SW-1011")
		var list api.CaseList
		w.Get("community", "/cases").OK(&list)
		if r.Inserted != 1 || w.Store.Last() != last || list.All != 0 {
			t.Fatalf("a dry run or a bad sheet left something: %+v, %+v", r, list)
		}

		other := row("HT-1", "", apitest.Building, "medicine", "别的楼", "")
		due := now.Add(2 * time.Hour).Format("2006-01-02 15:04")
		rows = []string{first, first, other, row("", day(-3), apitest.Building, "家里和楼道报修", "三楼路灯不亮", due), row("HT-9", "", apitest.Door, "counselling", "", "")}
		caseSheet(w, "community", "", rows...).OK(&r)
		if r.Rows != 5 || r.Inserted != 2 || r.Unchanged != 1 || r.Rejected != 2 || r.Rejects[0].Code != "SW-2471" || r.Rejects[1].Code != "SW-2468" {
			t.Fatalf("%+v", r)
		}
		w.Get("community", "/cases").OK(&list)
		if list.All != 2 {
			t.Fatalf("%+v", list)
		}
		for _, k := range list.Items {
			var c api.Case
			w.Get("community", "/cases/"+k.ID).OK(&c)
			if c.Origin != "import" || c.Stage != "waiting" || c.Next == "" || c.NotedBy == "" || len(c.Steps) != 1 || c.Contact != "陈某 12900002222" || c.Opened != w.Clock().UTC().Format(time.RFC3339) {
				t.Errorf("%+v", c)
			}
			switch c.Item {
			case "medicine":
				if c.Words != "降压药一盒" || c.Steps[0].Words != day(-1)+" 收到，原编号 HT-1" || c.Due == "" || c.Desk.Role != "community" {
					t.Errorf("%+v", c)
				}
			case "repair":
				if at, _ := time.ParseInLocation("2006-01-02 15:04", due, now.Location()); c.Due != at.UTC().Format(time.RFC3339) || c.Desk.Role != "property" {
					t.Errorf("due %s, want %s: %+v", c.Due, due, c)
				}
			}
		}
		last = w.Store.Last()
		caseSheet(w, "community", "", rows...).OK(&r)
		if r.Inserted != 0 || r.Unchanged != 3 || r.Rejected != 2 || w.Store.Last() != last {
			t.Fatalf("the second time: %+v", r)
		}
		for _, e := range w.Entries(0) {
			if s := string(e.Payload); strings.Contains(s, "12900002222") || strings.Contains(s, "降压药") || strings.Contains(s, "HT-1") {
				t.Errorf("the journal says what was asked: %+v", e)
			}
		}
		caseSheet(w, "community", "", strings.Split(strings.Repeat(first+"\n", 501), "\n")[:501]...).Refused("SW-2472")
		for _, k := range list.Items { // a case like any other
			w.Post(map[string]string{"medicine": "community", "repair": "property"}[k.Item], "/cases/"+k.ID+"/take", j{}).OK()
		}
	})
}
