package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// Both sides see what a member did: the community all of it at its places, the member's
// organisation only what they agreed to share, for as long as they agree; its contact
// alone reads that, each look is recorded, and nothing says how often or how long.
func TestBothSidesSeeWhatWasShared(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var list struct{ Items []api.Helper }
		w.Get("community", "/helpers?limit=3").OK(&list)
		me, contact, third := list.Items[0], list.Items[1].ID, list.Items[2].ID
		for _, id := range []string{me.ID, contact, third} {
			w.HelperAccount(id)
		}
		place := "/places/" + w.ID(apitest.Community)
		w.Post("community", place+"/units", j{"name": "", "kind": "party"}).Refused("SW-1796")
		w.Post("community", place+"/units", j{"name": "学校", "kind": "club"}).Refused("SW-1796")
		w.Post("community", place+"/units", j{"name": "学校", "kind": "party", "contact": "nobody"}).Refused("SW-1796")
		w.Post(me.ID, place+"/units", j{"name": "学校", "kind": "party"}).Refused("SW-1010")
		var u api.Organisation
		w.Post("community", place+"/units", j{"name": "第三中学党支部", "kind": "party", "contact": contact, "offers": "操场停车"}).OK(&u)
		join := "/me/units/" + u.ID
		w.Post(me.ID, join, j{"how": "visits", "shares": false}).Refused("SW-1797")
		w.Post(me.ID, join, j{"how": "lives", "shares": true, "wording": "2020"}).Refused("SW-1798")
		w.Post("commander", join, j{"how": "lives", "shares": false}).Refused("SW-1010")
		w.Post(me.ID, join+"/leave", nil).Refused("SW-1799")
		w.Post(me.ID, join, j{"how": "lives", "shares": false}).OK()
		from := w.Clock().Add(time.Minute).Truncate(time.Minute).Add(time.Minute)
		w.Pass(30 * time.Hour)
		for n := range 2 { // twice the same
			at := from.Add(time.Duration(n) * 8 * time.Hour)
			w.Post("community", "/helpers/"+me.ID+"/services", j{"title": j{"zh": "守楼门", "en": "Door"}, "from": at.Format(time.RFC3339), "until": at.Add(3 * time.Hour).Format(time.RFC3339), "reason": "纸面"}).OK()
		}
		own := func(as string) (out api.Organisation) {
			for _, x := range all[api.Organisation](w, as, "/me/units").Items {
				if x.ID == u.ID {
					return x
				}
			}
			return out
		}
		here := func() api.Organisation {
			for _, x := range all[api.Organisation](w, "community", place+"/units").Items {
				if x.ID == u.ID {
					return x
				}
			}
			t.Fatal("the organisation is not here")
			return api.Organisation{}
		}
		if x := here(); len(x.Members) != 1 || x.Members[0].Shares || len(x.Members[0].Deeds) != 1 || x.Members[0].Deeds[0].Title.EN != "Door" || x.Contact == "" {
			t.Fatalf("%+v", x)
		}
		if x := own(contact); len(x.Members) != 0 {
			t.Fatalf("shared without a yes: %+v", x)
		}
		wording := own(me.ID).Wording
		w.Post(me.ID, join, j{"how": "lives", "shares": true, "wording": wording}).OK()
		last := w.Store.Last()
		if x := own(contact); len(x.Members) != 1 || x.Members[0].Name != me.Name || len(x.Members[0].Deeds) != 1 {
			t.Fatalf("%+v", x)
		}
		if es := w.Entries(last); len(es) != 1 || es[0].Verb != "unit.read" {
			t.Fatalf("a look is not recorded: %+v", es)
		}
		if x := own(third); len(x.Members) != 0 || x.Contact != "" {
			t.Fatalf("another reads it: %+v", x)
		}
		if b := string(w.Get(contact, "/me/units").Body); strings.Contains(b, "minutes") || strings.Contains(b, "times") {
			t.Fatal("it counts:", b)
		}
		w.Post(contact, "/units/"+u.ID, j{"name": "改名", "kind": "party"}).Refused("SW-1010")
		w.Post(me.ID, join+"/leave", nil).OK()
		if x := own(contact); len(x.Members) != 0 || len(here().Members) != 0 {
			t.Fatalf("still shared after leaving: %+v", x)
		}
		w.Post("community", "/units/"+u.ID+"/end", nil).OK()
		w.Post("community", "/units/"+u.ID+"/end", nil).Refused("SW-1799")
		w.Post(me.ID, join, j{"how": "lives", "shares": false}).Refused("SW-1799")
	})
}
