package api_test

import (
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/playbooks"
)

// invented is a chore nobody wrote a line of Go for: a post, a round of it and a
// notice, as an author adds them to a file.
var invented = strings.NewReplacer(
	"version: 2\n", "version: 3\n",
	"rounds:\n", `  - id: pigeon-keeper
    title: {zh: 信鸽员, en: Pigeon keeper}
    duty: {zh: 停电断网时放信鸽, en: Sends pigeons when the net is down}
    per: microgrid
    zones: [control]
    count: 1
    role: lead
    require: {kind: [volunteer, cadre, gridworker, property, community], min_age: 18}

rounds:
  - id: pigeon
    title: {zh: 放信鸽问平安, en: Pigeon post}
    per: household
    zones: [control]
    by: pigeon-keeper
    due: PT5H
    outcomes:
      answered: {title: {zh: 有回信, en: Answered}, tone: ok}
      lost: {title: {zh: 鸽子没回来, en: Pigeon lost}, tone: again, again: PT2H}
`,
	"notices:\n", `notices:
  - id: pigeon-letter
    when: activate
    zones: [control]
    title: {zh: 信鸽通知, en: Pigeon notice}
    body: {zh: "{place}停电时放信鸽。", en: "Pigeons fly in {place} when the power is out."}
    promised: PT1H
`)

// A new chore is a new item of a file: it is planned, applied, carried to the right
// phone, recorded, counted, listed and printed without a line of Go.
func TestAnInventedItemWalksThrough(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		src, err := playbooks.Source("epidemic")
		w.Must(err)
		text := invented.Replace(string(src))
		var u api.UpgradePlan
		w.Post("commander", "/playbooks/epidemic/upgrade", j{"text": text}).OK(&u)
		if u.Counts["taken"] != 3 {
			t.Fatalf("%+v", u.Counts)
		}
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "control", apitest.Building)
		p := activate(w, i)
		var kinds []string
		for _, x := range p.ByItem {
			kinds = append(kinds, x.Item)
		}
		if !strings.Contains(strings.Join(kinds, " "), "pigeon-keeper") || p.Posts.Needed != 7 {
			t.Fatalf("the plan: %v %+v", kinds, p.Posts)
		}
		notice := false
		for _, n := range p.Notices {
			notice = notice || n.Title.EN == "Pigeon notice"
		}
		if !notice {
			t.Fatal("the notice is not drafted")
		}
		var r api.Round
		for _, x := range all[api.Round](w, "commander", "/rounds?under="+w.ID(apitest.Subdistrict)).Items {
			if x.Item == "pigeon" {
				r = x
			}
		}
		if r.Total != 40 || r.Missing != 40 || r.Title.ZH != "放信鸽问平安" {
			t.Fatalf("the round: %+v", r)
		}
		// the holder's phone: pack, door, record; the figures follow
		keeper := ""
		for _, o := range all[api.Post](w, "commander", "/posts?under="+w.ID(apitest.Subdistrict)).Items {
			if o.Item == "pigeon-keeper" && o.Holder != nil {
				keeper = w.HelperAccount(o.Holder.HelperID)
				if o.Title.ZH != "信鸽员" {
					t.Errorf("the post is called %+v", o.Title)
				}
			}
		}
		if keeper == "" {
			t.Fatal("nobody keeps the pigeons")
		}
		var pack api.Pack
		w.Get(keeper, "/field/pack").OK(&pack)
		if len(pack.Microgrids) == 0 {
			t.Fatal("the phone has no doors")
		}
		door := w.ID(apitest.Door)
		var page api.DoorPage
		w.Get(keeper, "/field/doors/"+door).OK(&page)
		due := false
		for _, d := range page.Due {
			due = due || d.RoundID == r.ID && d.Title.EN == "Pigeon post" && len(d.Outcomes) >= 2
		}
		if !due {
			t.Fatalf("the phone does not say it is due: %+v", page.Due)
		}
		w.Post(keeper, "/rounds/"+r.ID+"/targets/"+door+"/record", j{"outcome": "answered"}).OK()
		for _, x := range all[api.Round](w, "commander", "/rounds?under="+w.ID(apitest.Subdistrict)).Items {
			if x.Item == "pigeon" && x.Missing != 39 {
				t.Errorf("after one answer %d are missing", x.Missing)
			}
		}
		if n := all[api.Target](w, "community", "/rounds/"+r.ID+"/targets?state=missing").Total; n != 39 {
			t.Errorf("the list says %d", n)
		}
	})
}
