package api_test

import (
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/mode"
	"shouwang/playbooks"
)

func needs(w *apitest.World, as, query string) api.Catalogue {
	w.T.Helper()
	var c api.Catalogue
	w.Get(as, "/catalogue?"+query).OK(&c)
	return c
}

func itemOf(c api.Catalogue, id string) (api.CatalogueItem, string) {
	for _, l := range c.Lines {
		for _, x := range l.Items {
			if x.ID == id {
				return x, l.ID
			}
		}
	}
	return api.CatalogueItem{}, ""
}

const casesPage = `overrides: normal
because: 志愿者够用
set:
  cases.repair.take: PT2H
  cases.certificate.within: P5D
add:
  cases:
    - {id: wheelchair, line: vulnerable, title: {zh: 借轮椅, en: Borrow a wheelchair}, icon: heart, ask: true, urgency: today, role: community, within: PT8H, proof: words, consent: P1D}
`

// What is in force at a place is read item by item, with its desk, times and who changed
// what; an incident brings its lines, and takes nothing everyday away.
func TestTheCatalogueOfAPlace(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		calm := needs(w, "community", "place_code="+apitest.Community)
		x, line := itemOf(calm, "repair")
		if line != "living" || x.Desk.ZH != "物业" || x.Take.ISO != "PT8H" || x.Clock != "working" || x.ProofWords.EN == "" || x.Playbook != "normal" {
			t.Fatalf("%s %+v", line, x)
		}
		if len(calm.InForce) != 1 || calm.Calendar == nil || len(calm.Calendar.Workdays) != 6 || !calm.MayEdit || len(calm.Places) == 0 || calm.Confident != 3 {
			t.Fatalf("%+v %+v %d", calm.InForce, calm.Calendar, calm.Confident)
		}
		if secret, _ := itemOf(calm, "counselling"); secret.Only != "counsellor" || secret.OnlyWords.EN != "Counselling" || len(secret.Sees) != 0 {
			t.Fatalf("%+v", secret)
		}
		if g, _ := itemOf(calm, "greeting"); g.Served.EN != "Daily greeting" || !g.Off || g.As != "round.greeting" {
			t.Fatalf("%+v", g)
		}
		if m, _ := itemOf(calm, "medicine"); m.ChainWords.EN != "Medicine errand" || len(calm.Chains) != 3 {
			t.Fatalf("%+v %d", m, len(calm.Chains))
		}
		if look := needs(w, "community", "playbook=epidemic&place_code="+apitest.Community); len(look.Lines) < 12 || look.Lines[0].ID != "perimeter" || len(look.InForce) != 1 {
			t.Fatalf("%+v", look.InForce)
		}

		// the community changes and adds; the level above consents to what eases its duty
		w.Post("community", "/playbooks/normal/overrides", j{"place_code": apitest.Community, "text": casesPage}).OK()
		w.Post("lead", "/playbooks/normal/overrides", j{"place_code": apitest.Community, "text": casesPage}).Refused("SW-1010")
		mine := needs(w, "community", "place_code="+apitest.Community)
		if x, _ := itemOf(mine, "repair"); x.Take.ISO != "PT2H" || len(x.Changes) != 1 || x.Changes[0].State != "holds" || x.Changes[0].Old != `"PT8H"` {
			t.Fatalf("%+v", x)
		}
		late, _ := itemOf(mine, "certificate")
		if late.Within.ISO != "P3D" || len(late.Changes) != 1 || late.Changes[0].State != "waits" || mine.Waiting != 1 {
			t.Fatalf("before consent: %+v", late)
		}
		if x, _ := itemOf(mine, "wheelchair"); x.Added == "" || x.Hold.ISO != "PT8H" || !x.Ask {
			t.Fatalf("added: %+v", x)
		}
		if _, line := itemOf(needs(w, "commander", "place_code="+apitest.Community2), "wheelchair"); line != "" {
			t.Fatal("an item of one community stands in another")
		}
		w.Post("community", "/overrides/"+late.Changes[0].ID+"/decide", j{"approve": true}).Refused("SW-1011")
		w.Post("commander", "/overrides/"+late.Changes[0].ID+"/decide", j{"approve": true}).OK()
		if x, _ := itemOf(needs(w, "community", "place_code="+apitest.Community), "certificate"); x.Within.ISO != "P5D" {
			t.Fatalf("with consent: %+v", x)
		}

		// a resident reads the rules as they are written, and no other place's
		if x, _ := itemOf(needs(w, "resident", ""), "repair"); x.Take.ISO != "PT8H" || len(x.Changes) != 0 {
			t.Fatalf("%+v", x)
		}
		w.Get("resident", "/catalogue?place_code="+apitest.Community).Refused("SW-1010")
		w.Get("community", "/catalogue?place_code="+apitest.Community2).Refused("SW-1010")
		w.Get("community", "/catalogue?playbook=nothing").Refused("SW-1499")
	})
}

// An incident that covers the place brings its catalogue in; beside it nothing changes.
func TestAnIncidentBringsItsCatalogue(t *testing.T) {
	w := apitest.New(t, "sqlite")
	i := declare(w, apitest.Subdistrict)
	draw(w, i, "lockdown", apitest.Building)
	activate(w, i)
	at := needs(w, "commander", "place_code="+apitest.Community)
	if len(at.InForce) != 2 || at.InForce[1].Incident != i || at.Lines[0].ID != "perimeter" {
		t.Fatalf("%+v", at.InForce)
	}
	if x, _ := itemOf(at, "medicine"); x.Playbook != "epidemic" || x.ChainWords.EN != "Medicine errand" {
		t.Fatalf("%+v", x)
	}
	if _, line := itemOf(at, "appeal"); line != "rights" {
		t.Fatal("an everyday right is lost in an emergency")
	}
	if calm := needs(w, "commander", "place_code="+apitest.Community2); len(calm.InForce) != 1 {
		t.Fatalf("%+v", calm.InForce)
	}
}

// Whoever the catalogue sends a need to may work at that desk: an item whose role may
// take nothing would let every such need lie and climb.
func TestEveryDeskOfTheCatalogueMayWork(t *testing.T) {
	w := world(t)
	p := w.Place(apitest.Building)
	asked := 0
	for _, id := range playbooks.Names {
		book, err := mode.Shipped(id)
		w.Must(err)
		for _, x := range book.Cases {
			if x.As != "" {
				continue
			}
			asked++
			v := access.NewViewer("somebody", []access.Grant{{Account: "somebody", Role: access.Role(x.Role), PlaceID: p.ID, Path: p.Path, Why: access.PostWhy("x")}}, w.Clock())
			if d := w.API.Guard.Decide(v, access.CaseDesk, p.Path, access.Context{Emergency: []string{p.Path}}); !d.Allowed {
				t.Errorf("%s: %s goes to %s, who may take nothing", id, x.ID, x.Role)
			}
		}
	}
	if asked < 50 {
		t.Fatalf("only %d items", asked)
	}
}
