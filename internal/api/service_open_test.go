package api_test

import (
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/service"
	"shouwang/internal/people/shift"
)

// led is a team of an emergency that somebody leads, with a member beside them.
func leadTeam(w *apitest.World, i string) (captain, member, post, otherPost, stranger string) {
	var b api.TeamBoard
	w.Get("community", "/places/"+w.ID(apitest.Community)+"/teams/six?incident_id="+i).OK(&b)
	for _, team := range b.List {
		if team.Captain == nil {
			continue
		}
		if captain != "" {
			for _, m := range team.Members {
				if m.Holder != nil && m.Holder.HelperID != captain && m.Holder.HelperID != member {
					return captain, member, post, m.PostID, m.Holder.HelperID
				}
			}
			continue
		}
		for _, m := range team.Members {
			if m.Holder != nil && m.Holder.HelperID != team.Captain.HelperID {
				captain, member, post = team.Captain.HelperID, m.Holder.HelperID, m.PostID
				break
			}
		}
	}
	w.T.Fatalf("no team with a captain, a member and another team beside it: %+v", b.List)
	return
}

// What nobody handed over is not lost with the emergency: it waits for a check. Its
// captain proposes what it was, for their own team alone; the desk decides.
func TestOpenArrivalsWaitForACheck(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building, apitest.Building3)
		activate(w, i)
		captain, me, post, foreign, stranger := leadTeam(w, i)
		for _, id := range []string{captain, me, stranger} {
			w.HelperAccount(id)
		}
		w.Post(me, "/posts/"+post+"/arrive", nil).OK()
		w.Post("commander", "/posts/"+foreign+"/arrive", nil).OK()
		came := w.Clock()
		w.Pass(5 * time.Hour)
		last := w.Store.Last()
		w.Post("commander", "/incidents/"+i+"/demobilize", j{"confirm": true}).OK()
		left := 0
		for _, e := range w.Entries(last) {
			if e.Verb == "post.unended" {
				left++
			}
		}
		var own api.ServiceRecord
		w.Get(me, "/me/services").OK(&own)
		if left != 2 || len(own.Items) != 1 || own.Minutes != 0 || own.Waiting != 1 || own.Items[0].Counts || own.Items[0].Source != "open" || own.Items[0].Minutes != 300 || own.Items[0].Title.EN == "" {
			t.Fatalf("%d %+v", left, own)
		}
		x := own.Items[0].ID
		waiting := func() []api.TeamStretch {
			return all[api.TeamStretch](w, "community", "/places/"+w.ID(apitest.Community)+"/services/waiting").Items
		}
		if got := waiting(); len(got) != 2 {
			t.Fatalf("%+v", got)
		}
		w.Get("lead", "/places/"+w.ID(apitest.Community)+"/services/waiting").Refused("SW-1010")

		rfc := func(h int) string { return came.Add(time.Duration(h) * time.Hour).Format(time.RFC3339) }
		body := j{"from": rfc(0), "until": rfc(4), "reason": "四点就换班了"}
		w.Post(stranger, "/services/"+x+"/propose", body).Refused("SW-1010") // who leads no team of theirs
		w.Post("community", "/services/"+x+"/propose", body).Refused("SW-1010")
		w.Post(me, "/services/"+x+"/propose", body).Refused("SW-1758")
		w.Post(captain, "/services/"+x+"/correct", body).Refused("SW-1010")
		w.Post(captain, "/services/"+x+"/propose", j{"from": rfc(0), "until": rfc(9), "reason": "晚"}).Refused("SW-1750")
		var theirs string
		for _, y := range waiting() {
			if y.HelperID == stranger {
				theirs = y.ID
			}
		}
		w.Post(captain, "/services/"+theirs+"/propose", body).Refused("SW-1010") // another's team
		team := all[api.TeamStretch](w, captain, "/me/team/services").Items
		if len(team) != 1 || team[0].ID != x || team[0].Name == "" {
			t.Fatalf("%+v", team)
		}
		if got := all[api.TeamStretch](w, me, "/me/team/services").Items; len(got) != 0 {
			t.Fatalf("who leads nobody sees %+v", got)
		}
		w.Post(captain, "/services/"+x+"/propose", body).OK()
		w.Get(me, "/me/services").OK(&own)
		if own.Minutes != 0 || own.Items[0].ProposedWhy != "四点就换班了" || own.Items[0].Minutes != 300 {
			t.Fatalf("a proposal changes something: %+v", own)
		}
		w.Post("community", "/services/"+x+"/correct", j{"from": own.Items[0].ProposedFrom, "until": own.Items[0].ProposedUntil, "reason": "按队长说的"}).OK()
		own = api.ServiceRecord{}
		w.Get(me, "/me/services").OK(&own)
		if own.Minutes != 240 || own.Waiting != 0 || own.Items[0].ProposedWhy != "" || len(waiting()) != 1 {
			t.Fatalf("%+v", own)
		}
	})
}

// A shift that was stood and an arrival within it are one service, counted once; put
// right, it is one row, not two; on the certificate the lines add up.
func TestShiftsAndArrivalsCountOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var list struct{ Items []api.Helper }
		w.Get("community", "/helpers?limit=1").OK(&list)
		me := list.Items[0].ID
		p := w.Place(apitest.Building)
		w.Pass(48 * time.Hour)
		from := w.Clock().Add(-10 * time.Hour).Truncate(time.Minute)
		x := shift.Shift{ID: journal.NewID(w.Clock()), Item: "day-patrol", PlaceID: p.ID, Path: p.Path, N: 1, HelperID: me, From: from, Until: from.Add(3 * time.Hour), State: shift.Planned}
		x.Key = x.KeyOf()
		row := x
		w.Commit(journal.Change{Row: &row})
		rfc := func(h float64) string {
			return from.Add(time.Duration(h * float64(time.Hour))).Format(time.RFC3339)
		}
		w.Post("community", "/helpers/"+me+"/services", j{"title": j{"zh": "守门", "en": "Gate"}, "from": rfc(2), "until": rfc(5), "reason": "纸面"}).OK()
		var got api.ServiceRecord
		read := func() api.ServiceRecord {
			got = api.ServiceRecord{}
			w.Get("community", "/helpers/"+me+"/services").OK(&got)
			return got
		}
		if r := read(); len(r.Items) != 1 || r.Minutes != 180 {
			t.Fatalf("a planned shift is counted: %+v", r)
		}
		now, _, _ := w.Store.Shift(t.Context(), x.ID)
		base := now.Version
		now.State = shift.Done
		w.Commit(journal.Change{Row: &now, Base: base})
		r := read()
		if len(r.Items) != 2 || r.Minutes != 300 || !r.Items[0].Twice || r.Items[1].Source != "shift" {
			t.Fatalf("%+v", r)
		}
		var paper api.Certificate
		w.Post("community", "/helpers/"+me+"/certificates", j{"from": rfc(-1), "until": rfc(6)}).OK(&paper)
		if sum := paper.Lines[0].Minutes + paper.Lines[1].Minutes; paper.Minutes != 300 || sum != 300 {
			t.Fatalf("%+v", paper)
		}
		w.Post("community", "/services/shift-"+x.ID+"/correct", j{"from": rfc(0), "until": rfc(1), "reason": "提前走"}).OK()
		if r := read(); len(r.Items) != 2 || r.Minutes != 240 || r.Items[1].WasUntil == "" {
			t.Fatalf("%+v", r)
		}
		w.Post("community", "/services/shift-"+x.ID+"/correct", j{"strike": true, "reason": "没来"}).OK()
		if r := read(); len(r.Items) != 2 || r.Minutes != 180 {
			t.Fatalf("a struck one comes back from its shift: %+v", r)
		}
	})
}

// An emergency that lapses by itself keeps the hours of whoever stood there, as one that
// is ended by hand does; saying it twice keeps them once.
func TestALapseKeepsHours(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building, apitest.Building3)
		activate(w, i)
		_, me, post, _, _ := leadTeam(w, i)
		w.HelperAccount(me)
		w.Post(me, "/posts/"+post+"/arrive", nil).OK()
		w.Pass(3 * time.Hour)
		end := w.Clock()
		w.Pass(time.Hour)
		last := w.Store.Last()
		for range 2 {
			w.Must(w.API.CloseArrivals(t.Context(), i, end))
		}
		var own api.ServiceRecord
		w.Get(me, "/me/services").OK(&own)
		if len(own.Items) != 1 || own.Waiting != 1 || own.Items[0].Minutes != 180 || own.Items[0].Title.ZH == "" {
			t.Fatalf("%+v", own)
		}
		if es := w.Entries(last); len(es) != 1 || es[0].Verb != "post.unended" || es[0].Actor != "system" {
			t.Fatalf("%+v", es)
		}
	})
}

// The captain of an emergency's team may hold an everyday post, as the community worker
// does who leads 1+53: they say what their people served and that a shift was stood.
func TestAnEverydayCaptainLeadsAnEmergencysTeam(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var list struct{ Items []api.Helper }
		w.Get("community", "/helpers?limit=3").OK(&list)
		worker, me, other := list.Items[0].ID, list.Items[1].ID, list.Items[2].ID
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building)
		activate(w, i)
		home, house := w.Place(apitest.Community), w.Place(apitest.Building)
		w.Pass(6 * time.Hour)
		head := people.Post{ID: "head", Key: "head", Item: "community", PlaceID: home.ID, Path: home.Path, N: 0, HelperID: worker, From: w.Clock().AddDate(0, 0, -30)}
		door := people.Post{ID: "door", Key: "door", Incident: i, Item: "door-keeper", PlaceID: house.ID, Path: house.Path, N: 1, HelperID: me, From: w.Clock().Add(-6 * time.Hour)}
		served := service.Stood("served", me, house.ID, house.Path, i, "door", mode.Text{ZH: "守门", EN: "Door"}, w.Clock().Add(-5*time.Hour), w.Clock().Add(-time.Hour))
		x := shift.Shift{ID: "stood", Incident: i, Item: "door-keeper", PlaceID: house.ID, Path: house.Path, N: 1, HelperID: me, From: w.Clock().Add(-3 * time.Hour), Until: w.Clock().Add(-time.Hour), State: shift.Planned}
		x.Key = x.KeyOf()
		w.Commit(journal.Change{Row: &head}, journal.Change{Row: &door}, journal.Change{Row: &served}, journal.Change{Row: &x})
		for _, id := range []string{worker, other} {
			w.HelperAccount(id)
		}
		if got := all[api.TeamStretch](w, other, "/me/team/services").Items; len(got) != 0 {
			t.Fatalf("who leads nobody sees %+v", got)
		}
		if got := all[api.TeamStretch](w, worker, "/me/team/services").Items; len(got) != 1 || got[0].ID != "served" {
			t.Fatalf("%+v", got)
		}
		body := j{"from": stampOf(served.From), "until": stampOf(served.Until.Add(-time.Hour)), "reason": "三点就换班了"}
		w.Post(other, "/services/served/propose", body).Refused("SW-1010")
		w.Post(worker, "/services/served/propose", body).OK()
		w.Post(other, "/shifts/stood/stood", nil).Refused("SW-1010")
		w.Post(worker, "/shifts/stood/stood", nil).OK()
	})
}

func stampOf(t time.Time) string { return t.Format(time.RFC3339) }
