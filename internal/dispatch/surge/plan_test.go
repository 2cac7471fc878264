package surge

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/plan"
)

var spots = map[string]Spot{
	"a": {"a", "1.a.", "甲", 121.50, 29.80}, "b": {"b", "1.b.", "乙", 121.52, 29.80}, "c": {"c", "1.c.", "丙", 121.60, 29.80},
	"1": {"1", "1.", "街道", 121.55, 29.80},
}

func spot(id string) (Spot, bool) { s, ok := spots[id]; return s, ok }

func ask(needs []Need, squads ...Squad) *Ask {
	return &Ask{PlaceID: "1", Path: "1.", Now: now, Needs: needs, Squads: squads, Spot: spot}
}

func squad(id, at, kind string, people int) Squad {
	return Squad{ID: id, Name: id, Organisation: "o" + id, Number: id, Kind: kind, Size: people, PlaceID: at, Path: spots[at].Path, From: now.Add(-time.Hour), Version: 1}
}

func need(at, kind string, seats, own int) Need {
	return Need{Spot: spots[at], Kind: kind, Seats: seats, Own: own}
}

// stand applies a draft to what stood before.
func stand(t interface{ Fatal(...any) }, a *Ask, d *Draft, planID string) {
	changes, err := Apply(d, planID, "author", "second", a)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]int{}
	for i, x := range a.Stations {
		by[x.ID] = i
	}
	for _, c := range changes {
		x := *c.Row.(*Station)
		x.Version = c.Base + 1
		if i, ok := by[x.ID]; ok {
			a.Stations[i] = x
		} else {
			a.Stations = append(a.Stations, x)
		}
	}
	var live []Station
	for _, x := range a.Stations {
		if x.InForce(a.Now) {
			live = append(live, x)
		}
	}
	a.Stations = live
}

// Squads go to the own community, to the nearest, in their own kind; a special need
// that nobody can fill says so.
func TestAPlanSendsSquads(t *testing.T) {
	a := ask([]Need{need("a", General, 40, 10), need("b", Medical, 8, 0), need("c", Sampling, 5, 0), need("c", Own, 2, 1)},
		squad("s1", "a", General, 20), squad("s2", "b", Medical, 10), squad("s3", "c", General, 20))
	d, err := a.Plan()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, it := range d.Items {
		got[it.SquadID+it.PlaceID] = fmt.Sprint(it.Kind, it.People, it.Act, it.Why.OwnHome, it.Why.Same, it.Why.Behind)
	}
	want := map[string]string{"s1a": "general20createtrue true 0", "s2b": "medical8createtrue true 2", "s3a": "general10createfalse true 10"}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s: %s, expected %s", k, got[k], v)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
	if len(d.Gaps) != 2 || d.Gaps[0].Kind != Sampling || d.Gaps[0].Fit != 0 || d.Gaps[1].Kind != Own {
		t.Errorf("%+v", d.Gaps)
	}
	if _, err := Apply(d, "p", "author", "author", a); !errors.Is(err, ErrOwnPlan) {
		t.Errorf("the author applied the plan: %v", err)
	}
	a.Squads[0].Version++
	if _, err := Apply(d, "p", "author", "second", a); !errors.Is(err, ErrOutdated) {
		t.Errorf("an outdated plan was applied: %v", err)
	}
}

// Own people take over: squads from afar are proposed to go home, whole ones first,
// and the next plan moves nobody else.
func TestOwnPeopleTakeOver(t *testing.T) {
	a := ask([]Need{need("a", General, 50, 10)}, squad("s1", "a", General, 20), squad("s2", "b", General, 10), squad("s3", "c", General, 10))
	d, err := a.Plan()
	if err != nil {
		t.Fatal(err)
	}
	stand(t, a, d, "p")
	if s := Shares(a.Needs, a.Stations, now); len(s) != 1 || s[0] != (Share{PlaceID: "a", Path: "1.a.", Need: 50, Own: 10, Surge: 40, People: 40, Squads: 3}) {
		t.Fatalf("%+v", s)
	}
	a.Needs[0].Own = 25
	out := Proposals(a.Needs, a.Stations, now)
	who := map[string]int{}
	for _, p := range out {
		for _, x := range a.Stations {
			if x.ID == p.StationID {
				who[x.SquadID] = p.People
			}
		}
	}
	if len(out) != 2 || who["s3"] != 10 || who["s2"] != 5 {
		t.Fatalf("%v", who)
	}
	d, err = a.Plan()
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range d.Items {
		if it.Act == plan.Create {
			t.Errorf("somebody is moved: %+v", it)
		}
	}
	for _, x := range a.Stations {
		if x.SquadID == "s3" {
			for _, bad := range [][2]int{{0, 0}, {11, 0}, {5, -1}, {5, 5*24 + 1}} {
				if _, err := Release(x, bad[0], bad[1], "", "me", now); !errors.Is(err, ErrRelease) {
					t.Errorf("%v: %v", bad, err)
				}
			}
			changes, err := Release(x, 4, 32, "谢谢", "me", now.Add(time.Minute))
			if err != nil || len(changes) != 2 || changes[1].Row.(*Station).People != 6 || changes[0].Row.(*Station).Hours != 32 {
				t.Errorf("%v %+v", err, changes)
			}
		}
	}
}

// A squad sent by hand stays where it was sent, whatever later plans would rather do.
func TestByHandHolds(t *testing.T) {
	a := ask([]Need{need("a", General, 20, 0), need("c", General, 20, 0)}, squad("s1", "a", General, 20), squad("s2", "c", General, 20))
	a.Pins = []Hand{{"s1", "c"}}
	d, err := a.Plan()
	if err != nil {
		t.Fatal(err)
	}
	stand(t, a, d, "p")
	a.Pins = nil
	d, err = a.Plan()
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range d.Items {
		if it.Act != plan.Keep {
			t.Errorf("%+v", it)
		}
		if it.SquadID == "s1" && it.PlaceID != "c" {
			t.Errorf("the choice by hand was undone: %+v", it)
		}
	}
	for _, bad := range []Hand{{"nobody", "a"}, {"s1", "elsewhere"}} {
		a.Pins = []Hand{bad}
		if _, err := a.Plan(); !errors.Is(err, ErrPin) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

// Over random needs, squads and histories: nobody stands twice, the parts of a share
// add up, a second plan over the same changes nothing, and taken back all is as before.
func TestPlansAreSoundOverHistories(t *testing.T) {
	places, kinds := []string{"a", "b", "c"}, []string{General, Medical, Own}
	rapid.Check(t, func(t *rapid.T) {
		a := ask(nil)
		for _, p := range places {
			for _, k := range kinds {
				if n := rapid.IntRange(0, 30).Draw(t, "seats"); n > 0 {
					a.Needs = append(a.Needs, need(p, k, n, rapid.IntRange(0, n).Draw(t, "own")))
				}
			}
		}
		for i := range rapid.IntRange(1, 6).Draw(t, "squads") {
			a.Squads = append(a.Squads, squad(fmt.Sprint("s", i), rapid.SampledFrom(places).Draw(t, "home"), rapid.SampledFrom(kinds[:2]).Draw(t, "kind"), rapid.IntRange(1, 25).Draw(t, "size")))
		}
		for range rapid.IntRange(1, 3).Draw(t, "plans") {
			for i := range a.Needs {
				a.Needs[i].Own = rapid.IntRange(0, a.Needs[i].Seats).Draw(t, "own")
			}
			before := append([]Station(nil), a.Stations...)
			d, err := a.Plan()
			if errors.Is(err, ErrNothing) {
				return
			} else if err != nil {
				t.Fatal(err)
			}
			a.Now = a.Now.Add(time.Hour)
			stand(t, a, d, "p")
			sound(t, a)
			again, err := a.Plan()
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range again.Items {
				if it.Act != plan.Keep {
					t.Fatalf("a second plan changes something: %+v after %+v", it, d.Items)
				}
			}
			if rapid.Bool().Draw(t, "back") {
				now := append([]Station(nil), a.Stations...)
				for _, x := range d.Undo { // as they lie in the store: ended
					x.Until, x.Version = a.Now, x.Version+1
					now = append(now, x)
				}
				if _, err := TakeBack(d, now, a.Now); err != nil {
					t.Fatal(err)
				}
				a.Stations = before
				for i := range a.Stations {
					a.Stations[i].Version += 2
				}
			}
		}
	})
}

func sound(t *rapid.T, a *Ask) {
	out := map[string]int{}
	for _, x := range a.Stations {
		out[x.SquadID] += x.People
	}
	for _, s := range a.Squads {
		if out[s.ID] > s.Size {
			t.Fatalf("%d of %d people of %s stand", out[s.ID], s.Size, s.ID)
		}
	}
	for _, s := range Shares(a.Needs, a.Stations, a.Now) {
		if s.Own+s.Surge+s.Open != s.Need || s.Surge+s.Extra != s.People || s.Extra != 0 {
			t.Fatalf("%+v", s)
		}
	}
}
