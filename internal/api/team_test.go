package api_test

import (
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// Teams are reckoned from the posts in force: with an emergency each micro-grid has
// its 1221 with a captain, what is empty names who could fill it, and when it ends the
// teams are gone. Nobody sees more than the posts they may read.
func TestTeamsFollowThePosts(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		place := "/places/" + w.ID(apitest.Community) + "/teams"
		form := func(as, id, incident string) (out api.TeamForm) {
			for _, f := range all[api.TeamForm](w, as, place).Items {
				if f.ID == id && f.Incident == incident {
					return f
				}
			}
			return out
		}
		if f := form("community", "two-plus-n", ""); f.Teams == 0 || f.Items[1].ID != "officer" || !f.Items[1].Off || f.Items[1].Posts != 0 {
			t.Fatalf("%+v", f)
		}
		if f := form("community", "six", ""); f.ID != "" {
			t.Fatal("a team of an emergency in ordinary times")
		}
		i := declare(w, apitest.Subdistrict)
		draw(w, i, "lockdown", apitest.Building, apitest.Building3)
		activate(w, i)
		f := form("community", "six", i)
		if f.Teams != 2 || f.Posts != 12 {
			t.Fatalf("%+v", f)
		}
		var b api.TeamBoard
		w.Get("community", place+"/six?incident_id="+i).OK(&b)
		empty, named := 0, 0
		for _, team := range b.List {
			if len(team.Members) != 6 {
				t.Fatalf("%+v", team)
			}
			if team.Members[0].Holder != nil && (team.Captain == nil || team.Captain.HelperID != team.Members[0].Holder.HelperID) {
				t.Fatal("the lead is not the captain")
			}
			for _, m := range team.Members {
				if m.Holder == nil {
					empty++
					named += len(m.Able)
				}
			}
		}
		if empty != b.Empty || empty != f.Empty || len(b.List) != b.Teams {
			t.Fatalf("%d empty in the list, %d said", empty, b.Empty)
		}
		for _, team := range func() []api.Team {
			var x api.TeamBoard
			w.Get("community", place+"/six?lacking=true&incident_id="+i).OK(&x)
			return x.List
		}() {
			if team.Empty+team.Unfit == 0 {
				t.Fatal("a whole team among those that lack something")
			}
		}
		w.Get("lead", place).Refused("SW-1010") // holds no community
		w.Get("commander", "/places/nowhere/teams").Refused("SW-1010")
		w.Get("community", place+"/nothing?incident_id="+i).Refused("SW-1010")
		w.Get("community", place+"/six?incident_id=nothing").Refused("SW-1010")
		w.Post("commander", "/incidents/"+i+"/demobilize", j{"confirm": true}).OK()
		if f := form("community", "six", i); f.ID != "" {
			t.Fatal("the team outlived its emergency")
		}
	})
}
