package api_test

import (
	"fmt"
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/playbooks"
)

func check(w *apitest.World, as, code, text string) api.PageReply {
	w.T.Helper()
	var r api.PageReply
	w.Post(as, "/playbooks/epidemic/overrides/check", j{"place_code": code, "text": text}).OK(&r)
	return r
}

func publish(w *apitest.World, as, code, text string) *apitest.Answer {
	w.T.Helper()
	return w.Post(as, "/playbooks/epidemic/overrides", j{"place_code": code, "text": text})
}

const communityPage = `overrides: epidemic
because: 高层六栋没有电梯
set:
  posts.volunteer.count: {to: 3, because: 两处出口}
  rounds.sweep.due: PT36H
off: {goods.protection: 社区自备}
`

// A community changes its own page: what is free holds at once, what may be eased
// waits for the level above, what would tighten is refused at its line and column.
func TestOverridesOfACommunity(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		bad := check(w, "community", apitest.Community, "overrides: epidemic\nbecause: x\nset:\n  zones.lockdown.stay-at-home.longest: P21D\n")
		if len(bad.Errors) != 1 || bad.Errors[0].Code != "SW-1424" || bad.Errors[0].Line != 4 || bad.Errors[0].Column != 40 || !strings.Contains(bad.Errors[0].Message, "P14D") {
			t.Fatalf("%+v", bad)
		}
		last := w.Store.Last()
		publish(w, "community", apitest.Community, "overrides: epidemic\nbecause: x\nset:\n  zones.lockdown.stay-at-home.longest: P21D\n").Refused("SW-1431")
		publish(w, "lead", apitest.Community, communityPage).Refused("SW-1010")
		publish(w, "community", apitest.Community2, communityPage).Refused("SW-1010")
		if w.Store.Last() != last {
			t.Fatal("a refusal left an entry")
		}
		if good := check(w, "community", apitest.Community, communityPage); len(good.Errors) != 0 || len(good.Changes) != 3 {
			t.Fatalf("%+v", good)
		}
		publish(w, "community", apitest.Community, communityPage).OK()
		verbs := map[string]int{}
		for _, e := range w.Entries(last) {
			verbs[e.Verb]++
			if e.Actor != "acc-community" {
				t.Errorf("%s by %s", e.Verb, e.Actor)
			}
		}
		if verbs["override.made"] != 3 {
			t.Fatalf("journal: %v", verbs)
		}
		last = w.Store.Last()
		publish(w, "community", apitest.Community, communityPage).OK()
		if w.Store.Last() != last {
			t.Fatal("the same page again wrote something")
		}
		var d api.PlaybookDoc
		w.Get("community", "/playbooks/epidemic?place_id="+w.ID(apitest.Community)).OK(&d)
		state := map[string]string{}
		id := map[string]string{}
		for _, x := range d.Changes {
			state[x.Key], id[x.Key] = x.State, x.ID
			if x.Author == "" || x.At == "" || x.Reason == "" || x.Title.ZH == "" || x.Title.EN == "" || x.Old == x.New {
				t.Errorf("half a difference: %+v", x)
			}
		}
		var seen list[api.OverrideInfo]
		w.Get("resident", "/overrides").OK(&seen)
		if len(seen.Items) == 0 || strings.Contains(fmt.Sprint(seen.Items), d.Changes[0].Reason) {
			t.Fatalf("a resident reads why and by whom: %+v", seen.Items)
		}
		for _, x := range seen.Items {
			if x.Reason != "" || x.Author != "" || x.Approver != "" || x.Title.ZH == "" {
				t.Errorf("a resident reads %+v", x)
			}
		}
		if state["posts.volunteer.count"] != "holds" || state["rounds.sweep.due"] != "waits" || state["goods.protection"] != "holds" || !d.MayEdit {
			t.Fatalf("%v", state)
		}
		if again := check(w, "community", apitest.Community, d.Page); len(again.Errors) != 0 || len(again.Changes) != 3 {
			t.Fatalf("the page as written does not read:\n%s\n%+v", d.Page, again.Errors)
		}
		w.Post("community", "/playbooks/epidemic/overrides", j{"place_code": apitest.Community, "text": d.Page, "saw": "older"}).Refused("SW-1436")

		// the level above decides, never the author, never the own level
		w.Post("community", "/overrides/"+id["rounds.sweep.due"]+"/decide", j{"approve": true}).Refused("SW-1011")
		w.Post("commander", "/overrides/"+id["goods.protection"]+"/decide", j{"approve": true}).Refused("SW-1434")
		w.Post("commander", "/overrides/nothing/decide", j{"approve": true}).Refused("SW-1010")
		var done api.OverrideInfo
		w.Post("commander", "/overrides/"+id["rounds.sweep.due"]+"/decide", j{"approve": true}).OK(&done)
		if done.State != "holds" || done.Approver == "" {
			t.Fatalf("%+v", done)
		}
		w.Post("commander", "/overrides/"+id["rounds.sweep.due"]+"/decide", j{"approve": true}).Refused("SW-1434")

		// and it is what the plan asks for there, and says why
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building)
		p := propose(w, "commander", i)
		if p.Posts.Needed != 7 || len(p.Local) != 3 {
			t.Fatalf("%+v %+v", p.Posts, p.Local)
		}
		for _, l := range p.Local {
			if l.Reason == "" || l.Author == "" || l.Place == "" || l.Title.EN == "Post \"Volunteer\": number" && l.Posts != 3 {
				t.Errorf("%+v", l)
			}
		}
		// switched back, the old plan is out of date and the new one is the plain one
		publish(w, "community", apitest.Community, "overrides: epidemic\n").OK()
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": p.Plan}).Refused("SW-1503")
		if p = propose(w, "commander", i); p.Posts.Needed != 6 || len(p.Local) != 0 {
			t.Fatalf("%+v %+v", p.Posts, p.Local)
		}
	})
}

// An override of the subdistrict is inherited; what the subdistrict would ease for
// itself is decided above it; a shorter longest term binds who draws a zone.
func TestOverridesAreInheritedAndDecidedAbove(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var r api.PageReply
		publish(w, "commander", apitest.Subdistrict, "overrides: epidemic\nbecause: 试\nset:\n  posts.volunteer.count: 4\n  zones.control.stay-in-area.longest: P7D\n").OK(&r)
		for _, x := range r.Changes {
			if x.State == "waits" {
				w.Post("deputy", "/overrides/"+x.ID+"/decide", j{"approve": true}).Refused("SW-1432")
			}
		}
		var d api.PlaybookDoc
		w.Get("community", "/playbooks/epidemic?place_id="+w.ID(apitest.Community)).OK(&d)
		if len(d.Changes) != 2 || d.Changes[0].PlaceID != w.ID(apitest.Subdistrict) {
			t.Fatalf("%+v", d.Changes)
		}
		if c := check(w, "community", apitest.Community, "overrides: epidemic\nbecause: x\nset: {posts.volunteer.count: 4}\n"); len(c.Changes) != 1 || !c.Changes[0].Same {
			t.Fatalf("%+v", c)
		}
		publish(w, "community", apitest.Community, "overrides: epidemic\nbecause: x\nset: {zones.control.stay-in-area.longest: P5D}\n").OK(&r)
		w.Post("commander", "/overrides/"+r.Changes[0].ID+"/decide", j{"approve": true}).OK()
		i := declare(w, apitest.Subdistrict)
		late := j{"zone": "control", "place_codes": []string{apitest.Building}, "basis": basis, "until": "2026-11-28"}
		w.Post("commander", "/incidents/"+i+"/zones", late).Refused("SW-1407")
		late["until"] = "2026-11-24"
		w.Post("commander", "/incidents/"+i+"/zones", late).OK()
		activate(w, i)
		var door api.DoorPage
		w.Get("community", "/field/doors/"+w.ID(apitest.Door)).OK(&door)
		if len(door.Local) != 1 || !strings.Contains(door.Local[0].ZH, "14 天 → 5 天") {
			t.Fatalf("the door does not say what was eased: %+v", door.Local)
		}
	})
}

// A new upstream version comes as a three-way plan; incidents in force go onto it
// by a plan of their own, and every post it touches is told and acknowledges.
func TestUpgradeOfAPlaybook(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		src, err := playbooks.Source("epidemic")
		w.Must(err)
		publish(w, "community", apitest.Community, "overrides: epidemic\nbecause: 试\nset: {posts.volunteer.count: 3, posts.lead.count: 2}\n").OK()
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "control", apitest.Building)
		first := activate(w, i)
		next := strings.NewReplacer("version: 2\n", "version: 3\n", "due: PT24H", "due: PT20H",
			"count: 2\n    role: helper\n    require: {kind: [volunteer, cadre]", "count: 4\n    role: helper\n    require: {kind: [volunteer, cadre]").Replace(string(src))
		const path = "/playbooks/epidemic/upgrade"
		w.Post("community", path+"/plan", j{"text": next}).Refused("SW-1011")
		w.Post("community", path, j{"text": next}).Refused("SW-1011")
		var u api.UpgradePlan
		w.Post("commander", path+"/plan", j{"text": next}).OK(&u)
		if !u.Newer || u.Counts["conflict"] != 1 || u.Counts["taken"] != 1 || u.Counts["kept"] != 1 || u.Unchanged < 100 || len(u.Incidents) != 1 {
			t.Fatalf("%+v", u)
		}
		w.Post("commander", path, j{"text": next}).Refused("SW-1435")
		w.Post("commander", path, j{"text": strings.Replace(next, "version: 3", "version: 2", 1)}).Refused("SW-1437")
		w.Post("commander", path, j{}).Refused("SW-1438")
		w.Post("commander", path, j{"text": "playbook: ["}).Refused("SW-1431")
		decisions := j{}
		for _, x := range u.Ways {
			if x.State == "conflict" {
				decisions[x.Override.ID] = "theirs"
			}
		}
		last := w.Store.Last()
		w.Post("commander", path, j{"text": next, "decisions": decisions, "from": u.From}).OK(&u)
		if !u.Done || len(w.Entries(last)) != 3 { // adopted, kept, one override ended
			t.Fatalf("%+v", w.Entries(last))
		}
		var inc api.Incident
		w.Get("commander", "/incidents/"+i).OK(&inc)
		if inc.Version != 2 {
			t.Fatal("an incident in force was moved by itself")
		}
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": first.Plan}).OK()
		var p api.Plan
		w.Post("commander", "/incidents/"+i+"/upgrade", j{}).OK(&p)
		if p.Upgrade == nil || p.Upgrade.To != u.To || len(p.Upgrade.Lines) != 2 || p.Upgrade.Posts == 0 || p.Posts.Needed != first.Posts.Needed+1 || p.CountsBy.Posts.Close != 0 {
			t.Fatalf("%+v %+v", p.Upgrade, p.CountsBy)
		}
		w.Post("commander", "/incidents/"+i+"/apply", j{"plan": p.Plan}).Refused("SW-1502")
		w.Post("deputy", "/incidents/"+i+"/apply", j{"plan": p.Plan}).OK()
		if w.Get("commander", "/incidents/"+i).OK(&inc); inc.Version != 3 || inc.Hash != u.To {
			t.Fatalf("%d %s", inc.Version, inc.Hash)
		}
		w.Post("commander", "/incidents/"+i+"/upgrade", j{}).Refused("SW-1438")
		var told api.PostChanges
		w.Get("commander", "/incidents/"+i+"/changes").OK(&told)
		if told.Total == 0 || told.Seen != 0 || told.Total != p.Upgrade.Posts {
			t.Fatalf("%d told, the plan said %d", told.Total, p.Upgrade.Posts)
		}
		for _, x := range told.Items {
			if len(x.Lines) == 0 || x.Post.ZH == "" || x.Place == "" {
				t.Fatalf("%+v", x)
			}
		}
		post, _, err := w.Store.Post(t.Context(), told.Items[0].PostID)
		w.Must(err)
		holder := w.HelperAccount(post.HelperID)
		var mine api.PostChanges
		w.Get(holder, "/field/changes").OK(&mine)
		if len(mine.Items) != 1 {
			t.Fatalf("the holder sees %+v", mine)
		}
		w.Post("lead", "/field/changes/"+mine.Items[0].ID+"/seen", j{}).Refused("SW-1010")
		last = w.Store.Last()
		w.Post(holder, "/field/changes/"+mine.Items[0].ID+"/seen", j{}).OK()
		w.Post(holder, "/field/changes/"+mine.Items[0].ID+"/seen", j{}).OK()
		if es := w.Entries(last); len(es) != 1 || es[0].Verb != "post.acknowledged" {
			t.Fatalf("%+v", es)
		}
		w.Get("commander", "/incidents/"+i+"/changes").OK(&told)
		w.Get(holder, "/field/changes").OK(&mine)
		if told.Seen != 1 || len(mine.Items) != 0 {
			t.Fatalf("%d seen, %d left", told.Seen, len(mine.Items))
		}
	})
}
