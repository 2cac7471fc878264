package api_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/journal"
)

// A list's lines are written once for all who hold the same. Whoever looks, in whatever
// order, sees each case in the list as that case alone is answered to them; alone, nothing
// is kept.
func TestLinesOfAListAreTheViewersOwn(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		w.Grant("colleague", access.Community, apitest.Community, access.Static)
		w.Grant("neighbouring", access.Community, apitest.Subdistrict, access.Static)
		viewers := []string{"community", "colleague", "neighbouring", "commander", "gridworker", "lead", "health", "deputy"}
		var ids []string
		for _, door := range w.Doors(apitest.Building)[:6] {
			var k api.Case
			w.Post("community", "/cases", j{"item": "medicine", "place_id": door.ID, "words": "降压药", "origin": "phone"}).OK(&k)
			ids = append(ids, k.ID)
		}
		seen := 0
		same := func(when string) {
			t.Helper()
			for range 2 { // the second time out of what is kept
				for _, as := range viewers {
					var list api.CaseList
					w.Get(as, "/cases?under="+w.ID(apitest.Community)).OK(&list)
					for _, x := range list.Items {
						var one api.Case
						w.Get(as, "/cases/"+x.ID).OK(&one)
						one.Words, one.Contact, one.Reply, one.Proven, one.Link, one.Kin, one.Against, one.Steps, one.Parts = "", "", "", "", "", nil, nil, x.Steps, x.Parts
						if seen++; !reflect.DeepEqual(x, one) {
							a, _ := json.Marshal(x)
							b, _ := json.Marshal(one)
							t.Fatalf("%s, to %s:\nin the list %s\nalone       %s", when, as, a, b)
						}
					}
				}
			}
		}
		same("untouched")
		w.Post("community", "/cases/"+ids[0]+"/take", j{}).OK()
		w.Post("colleague", "/cases/"+ids[1]+"/take", j{}).OK()
		w.Post("neighbouring", "/cases/"+ids[2]+"/take", j{}).OK()
		same("taken")
		w.Post("community", "/cases/"+ids[0]+"/answer", j{"words": "送到了", "met_by": "community"}).OK()
		w.Post("colleague", "/cases/"+ids[3]+"/transfer", j{"role": "health", "place_id": w.ID(apitest.Community), "words": "请看看"}).OK()
		same("answered and offered")
		w.Pass(60 * 24 * time.Hour)
		w.SignIn(viewers...)
		same("late")
		acc, _, err := w.Store.Account(t.Context(), "acc-colleague")
		w.Must(err)
		base := acc.Version
		acc.Name = "改了名字"
		w.Commit(journal.Change{Row: &acc, Base: base, Entry: journal.Entry{At: w.Clock(), Actor: "system", Verb: "account.renamed", Thing: "accounts", ThingID: acc.ID, Audience: "audit"}})
		for until := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			var list api.CaseList
			w.Get("community", "/cases?under="+w.ID(apitest.Community)).OK(&list)
			for _, x := range list.Items {
				if x.ID == ids[1] && x.Holder == "改了名字" {
					same("renamed")
					if seen < 200 {
						t.Fatalf("only %d lines were compared", seen)
					}
					return
				}
			}
			if time.Now().After(until) {
				t.Fatal("the new name never came")
			}
		}
	})
}

// Whoever may know of what was told in confidence sees it in the list as soon as it is
// told, however long their list stood open without any; nobody else ever does.
func TestTheFirstConfidenceComesToAnOpenList(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		who := counsellor(w)
		all := func(as string) (ids []string) {
			var list api.CaseList
			w.Get(as, "/cases").OK(&list)
			for _, x := range list.Items {
				ids = append(ids, x.ID)
			}
			return ids
		}
		door := w.Doors(apitest.Building)[0]
		_, _, err := w.API.OpenFor(t.Context(), door.ID, "medicine", "common")
		w.Must(err)
		for range 2 {
			all(who)
			all("health")
		}
		id, _, err := w.API.OpenFor(t.Context(), door.ID, "counselling", "slip")
		w.Must(err)
		if !slices.Contains(all(who), id) {
			t.Fatal("whoever is qualified does not see it")
		}
		w.Post(who, "/cases/"+id+"/take", j{}).OK()
		if !slices.Contains(all(who), id) {
			t.Fatal("its holder does not see it")
		}
		for _, as := range []string{"health", "community", "commander"} {
			if slices.Contains(all(as), id) {
				t.Fatal(as, "sees it")
			}
		}
	})
}
