package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// What a helper gives at a post is known from coming and handing over, put right with
// a reason, objected to by themselves alone, and certified; a certificate that was
// withdrawn says so. In ordinary times nothing checks in.
func TestHoursAreServedAndCertified(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building)
		activate(w, i)
		id, me := "", ""
		for _, p := range all[api.Post](w, "commander", "/posts?limit=1000&incident_id="+i).Items {
			if p.Holder != nil && p.Item == "lead" {
				id, me = p.ID, p.Holder.HelperID
			}
		}
		w.HelperAccount(me)
		w.Post(me, "/posts/"+id+"/arrive", nil).OK()
		came := w.Clock()
		w.Pass(4 * time.Hour)
		w.Post(me, "/posts/"+id+"/hand-over", nil).OK()
		w.Post(me, "/posts/"+id+"/hand-over", nil).OK() // tapped twice
		var got, own api.ServiceRecord
		w.Get("community", "/helpers/"+me+"/services").OK(&got)
		w.Get(me, "/me/services").OK(&own)
		if len(got.Items) != 1 || got.Minutes != 240 || got.Items[0].Title.EN != "Micro-grid lead" || !got.MayWrite || own.MayWrite || own.Minutes != 240 {
			t.Fatalf("%+v %+v", got, own)
		}
		w.Get("lead", "/helpers/"+me+"/services").Refused("SW-1010")
		w.Post("community", "/helpers/"+me+"/certificates", j{"from": "2020-01-01", "until": "2020-01-02"}).Refused("SW-1753")
		w.Post("community", "/helpers/"+me+"/certificates", j{"from": "x", "until": "2020-01-02"}).Refused("SW-1750")

		x := got.Items[0].ID
		rfc := func(h time.Duration) string { return came.Add(h * time.Hour).Format(time.RFC3339) }
		w.Post("community", "/services/"+x+"/correct", j{"from": rfc(0), "until": rfc(3), "reason": ""}).Refused("SW-1751")
		w.Post("community", "/services/"+x+"/correct", j{"from": rfc(0), "until": rfc(9), "reason": "晚"}).Refused("SW-1750")
		w.Post(me, "/services/"+x+"/correct", j{"from": rfc(0), "until": rfc(3), "reason": "我"}).Refused("SW-1010")
		w.Post("commander", "/me/services/"+x+"/object", j{"text": "不对"}).Refused("SW-1737")
		w.Post(me, "/me/services/"+x+"/object", j{"text": "我早走了一小时"}).OK()
		last := w.Store.Last()
		var mended api.Stretch
		w.Post("community", "/services/"+x+"/correct", j{"from": rfc(0), "until": rfc(3), "reason": "早走"}).OK(&mended)
		if mended.Minutes != 180 || mended.WasUntil == "" || mended.Objection == "" {
			t.Fatalf("%+v", mended)
		}
		for _, e := range w.Entries(last) {
			if e.Verb != "service.corrected" || strings.Contains(string(e.Payload), "早走") {
				t.Fatalf("%+v", e)
			}
		}
		w.Post("community", "/helpers/"+me+"/services", j{"title": j{"zh": "送菜", "en": "Delivery"}, "from": rfc(-30), "until": rfc(-28), "reason": "纸面签到"}).OK()
		var paper api.Certificate
		w.Post("community", "/helpers/"+me+"/certificates", j{"from": rfc(-40), "until": rfc(5)}).OK(&paper)
		if paper.Minutes != 300 || len(paper.Lines) != 2 || paper.Number == "" || paper.Issuer == "" || len(paper.Path) < 20 {
			t.Fatalf("%+v", paper)
		}
		w.Get(me, "/certificates/"+paper.ID).OK()
		w.Get("lead", "/certificates/"+paper.ID).Refused("SW-1010")
		w.Post(me, "/certificates/"+paper.ID+"/withdraw", j{"reason": "x"}).Refused("SW-1010")
		w.Post("community", "/certificates/"+paper.ID+"/withdraw", j{"reason": " "}).Refused("SW-1751")
		w.Post("community", "/certificates/"+paper.ID+"/withdraw", j{"reason": "姓名写错"}).OK(&paper)
		if paper.Withdrawn == "" {
			t.Fatalf("%+v", paper)
		}
		w.Post("community", "/certificates/"+paper.ID+"/withdraw", j{"reason": "再撤"}).Refused("SW-1754")
		w.Post("community", "/services/"+x+"/correct", j{"strike": true, "reason": "记错人"}).OK()
		w.Post("community", "/services/"+x+"/correct", j{"from": rfc(0), "until": rfc(3), "reason": "又改"}).Refused("SW-1752")

		// With the emergency the checking in is gone; the record stays.
		w.Post("commander", "/incidents/"+i+"/demobilize", j{"confirm": true}).OK()
		w.Post(me, "/posts/"+id+"/arrive", nil).Refused("SW-1720")
		for _, p := range all[api.Post](w, "commander", "/posts?incident_id=normal").Items {
			if p.ID != "" && p.Holder != nil {
				w.Post("commander", "/posts/"+p.ID+"/arrive", nil).Refused("SW-1720")
			}
		}
		if f := all[api.FieldPost](w, me, "/field/posts").Items; len(f) != 0 {
			t.Fatal("a button in ordinary times:", f)
		}
		w.Get(me, "/me/services").OK(&own)
		if own.Minutes != 120 || len(own.Certificates) != 1 || own.Certificates[0].Why == "" {
			t.Fatalf("%+v", own)
		}
	})
}
