package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// sheetOf is a file of squads.
func sheetOf(lines ...string) string {
	return "编号,派出单位,队名,类别,人数,驻地编码,联络岗位,可用起,可用止\n" + strings.Join(lines, "\n") + "\n"
}

func importSquads(w *apitest.World, who, text string) *apitest.Answer {
	return w.Send(apitest.Call{As: who, Method: "POST", Path: "/imports/squads", Body: text, Header: map[string]string{"Content-Type": "application/octet-stream", "File-Name": "squads.csv"}})
}

// A sheet of squads comes in twice and changes nothing the second time; what cannot
// be is refused line by line; nobody but the command brings squads.
func TestSquadsComeInFromASheet(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		sub, far := apitest.Subdistrict, apitest.OtherCity
		end := w.Clock().AddDate(0, 3, 0).Format(time.DateOnly)
		text := sheetOf("JB-01,区财政局,财政先锋队,综合,60,"+sub+",办公室,2020-01-01,", "JB-02,区卫健局,医疗一队,医疗,20,"+apitest.Community+",医政科,2020-01-01,"+end,
			"JB-03,区教育局,教育队,综合,-1,"+sub+",办公室,,", "JB-04,区住建局,住建队,综合,30,999999999999,办公室,,", "JB-05,市水利局,水利队,综合,30,"+far+",办公室,,", "JB-02,区卫健局,医疗一队,医疗,25,"+apitest.Community+",医政科,,")
		var r api.ImportReply
		importSquads(w, "commander", text).OK(&r)
		if r.Rows != 6 || r.Inserted != 2 || r.Rejected != 4 {
			t.Fatalf("%+v", r)
		}
		codes := []string{}
		for _, x := range r.Rejects {
			codes = append(codes, x.Code)
		}
		if strings.Join(codes, " ") != "SW-1327 SW-1534 SW-1534 SW-1535" {
			t.Fatalf("%v", codes)
		}
		importSquads(w, "commander", text).OK(&r)
		if r.Unchanged != 2 || r.Inserted+r.Updated != 0 {
			t.Fatalf("%+v", r)
		}
		var page api.SquadPage
		w.Get("commander", "/places/"+w.ID(sub)+"/squads").OK(&page)
		if len(page.Items) != 2 || page.People != 80 || page.Items[1].Until != end || page.Items[1].Kind != "medical" {
			t.Fatalf("%+v", page)
		}
		importSquads(w, "community", text).Refused("SW-1011")
		w.Get("community", "/places/"+w.ID(apitest.Community)+"/squads").OK(&page)
		if len(page.Items) != 1 {
			t.Fatalf("%+v", page)
		}
	})
}

// A squad is entered and changed by hand; -1 people, an unknown place and a number
// taken change nothing.
func TestASquadIsEnteredByHand(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		make := func(change j) j {
			b := j{"number": "JB-09", "organisation": "区审计局", "name": "审计先锋队", "size": 30, "place_id": w.ID(apitest.Subdistrict), "contact": "办公室"}
			for k, v := range change {
				b[k] = v
			}
			return b
		}
		w.Post("commander", "/squads", make(j{"size": -1})).Refused("SW-1532")
		w.Post("commander", "/squads", make(j{"kind": "jugglers"})).Refused("SW-1531")
		w.Post("commander", "/squads", make(j{"contact": " "})).Refused("SW-1530")
		w.Post("commander", "/squads", make(j{"from": "2026-05-02", "until": "2026-05-01"})).Refused("SW-1533")
		w.Post("commander", "/squads", make(j{"place_id": "nowhere"})).Refused("SW-1010")
		w.Post("community", "/squads", make(nil)).Refused("SW-1010")
		var x api.Squad
		w.Post("commander", "/squads", make(nil)).OK(&x)
		if x.Free != 30 || x.Kind != "general" {
			t.Fatalf("%+v", x)
		}
		w.Post("commander", "/squads", make(nil)).Refused("SW-1547")
		w.Post("commander", "/squads/"+x.ID, j{"size": 25, "version": x.Version}).OK(&x)
		w.Post("commander", "/squads/"+x.ID, j{"size": 26, "version": 1}).Refused("SW-1538")
		w.Post("commander", "/squads/"+x.ID, j{"size": 0}).Refused("SW-1532")
		var page api.SquadPage
		w.Get("commander", "/places/"+w.ID(apitest.Subdistrict)+"/squads").OK(&page)
		if len(page.Items) != 1 || page.Items[0].Size != 25 {
			t.Fatalf("%+v", page)
		}
	})
}
