package store

import (
	"bytes"
	"reflect"
	"slices"
	"testing"
	"time"

	"shouwang/internal/custody"
	"shouwang/internal/journal"
	"shouwang/internal/need"
)

var needRule = need.Rule{Item: "medicine", Role: "community", Take: 30 * time.Minute, Within: 24 * time.Hour, Silence: 36 * time.Hour, Consent: 72 * time.Hour, Calendar: need.Always{}}

var _ = promised("a case moved by somebody who may not read it keeps its words, and a confidential one is in no list", func(t *testing.T, w *world) {
	at := w.clock()
	start := func(id, only string) need.Case {
		r := needRule
		r.Only = only
		c, err := need.Start(r, need.Case{ID: id, Number: need.Number(2026, uint64(len(id))+uint64(id[1])), PlaceID: "d", Path: "0.a.d.", Origin: "door", Words: "胰岛素", Contact: "13800001111",
			Desk: need.Desk{PlaceID: "a", Path: "0.a.", Role: "community"}}, at)
		if err != nil {
			t.Fatal(err)
		}
		must(t, w, journal.Change{Row: &c})
		return c
	}
	start("c1", "")
	start("c2", "counsellor")
	list, err := w.Cases(w.ctx, "0.a.", CaseFilter{}, "x", nil)
	if err != nil || len(list) != 1 || list[0].ID != "c1" || list[0].Words != "" {
		t.Fatalf("%+v %v", list, err)
	}
	if list, err = w.Cases(w.ctx, "0.a.", CaseFilter{}, "x", []string{"counsellor"}); err != nil || len(list) != 2 {
		t.Fatalf("the qualified see %d: %v", len(list), err)
	}
	if list, err = w.CasesAt(w.ctx, "d", "0.a.d."); err != nil || len(list) != 1 {
		t.Fatalf("%d at the door: %v", len(list), err)
	}
	due, err := w.CasesDue(w.ctx, at.Add(time.Hour), 10)
	if err != nil || len(due) != 2 {
		t.Fatalf("%d due: %v", len(due), err)
	}
	act := need.Act{Verb: need.Climb, At: at.Add(time.Hour), To: need.Desk{PlaceID: "0", Path: "0.", Role: "commander"}}
	next, err := need.Do(needRule, due[0], act)
	if err != nil {
		t.Fatal(err)
	}
	step := need.StepOf(&next, act, 2)
	step.Words = "没人接"
	must(t, w, journal.Change{Row: &next, Base: due[0].Version}, journal.Change{Row: &step})
	got, ok, err := w.Case(w.ctx, due[0].ID)
	if err != nil || !ok || got.Words != "胰岛素" || got.Contact != "13800001111" || got.Level != 1 || got.Above.PlaceID != "0" || got.Offer != nil {
		t.Fatalf("%+v %v", got, err)
	}
	next, err = need.Do(needRule, got, need.Act{Verb: need.Transfer, By: "x", Words: "转走", To: need.Desk{PlaceID: "b", Path: "0.b.", Role: "department"}, At: at.Add(2 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	must(t, w, journal.Change{Row: &next, Base: got.Version})
	if again, _, err := w.Case(w.ctx, got.ID); err != nil || again.Offer == nil || !reflect.DeepEqual(*again.Offer, *next.Offer) || again.Stage() != need.Offered {
		t.Fatalf("%+v %v", again, err)
	}
	if list, err = w.Cases(w.ctx, "0.b.", CaseFilter{}, "x", nil); err != nil || len(list) != 1 {
		t.Fatalf("who is offered it sees %d: %v", len(list), err)
	}
	steps, err := w.CaseSteps(w.ctx, got.ID, true)
	if err != nil || len(steps) != 1 || steps[0].Words != "没人接" || steps[0].Verb != need.Climb || steps[0].To.Role != "commander" {
		t.Fatalf("%+v %v", steps, err)
	}
	if err := w.opt.Sealer.DestroySubject(w.ctx, NeedsPurpose, got.ID); err != nil {
		t.Fatal(err)
	}
	if got, ok, err = w.Case(w.ctx, got.ID); err != nil || !ok || got.Words != "" {
		t.Fatalf("forgotten and yet read: %+v %v", got, err)
	}
})

var _ = promised("open cases are found by the telephone left with them, by its keyed hash alone, and never confidential, closed or forgotten ones", func(t *testing.T, w *world) {
	at := w.clock()
	put := func(id, contact string, change func(*need.Case)) need.Case {
		c, err := need.Start(needRule, need.Case{ID: id, Number: need.Number(2026, uint64(id[1])), PlaceID: "d", Path: "0.a.d.", Origin: "phone", Words: "胰岛素", Contact: contact,
			Desk: need.Desk{PlaceID: "a", Path: "0.a.", Role: "community"}}, at)
		if err != nil {
			t.Fatal(err)
		}
		if change != nil {
			change(&c)
		}
		must(t, w, journal.Change{Row: &c})
		return c
	}
	found := func() (ids string) {
		ks, err := w.CasesOfPhone(w.ctx, "12900001111")
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range ks {
			ids += k.ID
			if k.Words+k.Contact != "" {
				t.Fatal("words came along")
			}
		}
		return ids
	}
	c1 := put("c1", "陈某 129-0000-1111", nil)
	put("c2", "12900002222", nil)
	put("c3", "12900001111", func(c *need.Case) { c.Only = "counsellor" })
	put("c4", "12900001111", func(c *need.Case) { c.Closed = at })
	put("c5", "", nil)
	if got := found(); got != "c1" {
		t.Fatal(got)
	}
	if ks, err := w.CasesOfPhone(w.ctx, ""); err != nil || len(ks) > 0 {
		t.Fatal("no telephone finds what left none", ks, err)
	}
	rows, err := w.query(w.ctx, "SELECT id, asked, phone_index FROM cases ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var asked, index []byte
		if err := rows.Scan(&id, &asked, &index); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(asked, []byte("0001111")) || bytes.Contains(index, []byte("0001111")) || id == "c3" && index != nil || id == "c1" && len(index) == 0 {
			t.Fatal("the telephone lies in clear, or is hashed where nobody may find it: ", id)
		}
	}
	moved, err := w.CasesAt(w.ctx, "d", "0.a.d.") // by somebody who does not read it
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(moved, func(k need.Case) bool { return k.ID == c1.ID })
	next := moved[i]
	next.Level = 1
	must(t, w, journal.Change{Row: &next, Base: c1.Version})
	if got := found(); got != "c1" {
		t.Fatal("a move lost the telephone:", got)
	}
	next.Forgotten = at
	must(t, w, journal.Change{Row: &next, Base: next.Version})
	if got := found(); got != "" {
		t.Fatal("forgotten, and found:", got)
	}
})

var _ = promised("what was said about a custody is kept once, in the order of its times", func(t *testing.T, w *world) {
	at := w.clock()
	chain := custody.Chain{ID: "trip", Take: time.Minute, Again: time.Minute, Top: 2, Legs: []custody.Leg{{ID: "wait", Within: time.Hour}, {ID: "ride", Within: time.Hour, Ends: []string{"home"}}}}
	k := need.Custody{ID: "k1", CaseID: "c1", Chain: "trip", Subject: "patient", PlaceID: "d", Path: "0.a.d.", First: custody.Party{Who: "a1", Post: "lead"}, Opened: at}
	k.Reckon(&chain, nil)
	must(t, w, journal.Change{Row: &k})
	late := need.Said{Half: custody.Half{ID: "h2", Verb: custody.Take, By: custody.Party{Who: "a2", Post: "driver"}, Leg: "ride", At: at.Add(2 * time.Minute)}, CustodyID: "k1", Recorded: at, Proof: "证明 7"}
	early := need.Said{Half: custody.Half{ID: "h1", Verb: custody.Give, By: k.First, To: late.By, Leg: "ride", Code: "12", At: at.Add(time.Minute)}, CustodyID: "k1", Recorded: at}
	must(t, w, journal.Change{Row: &late}, journal.Change{Row: &early})
	twin := early
	if _, err := w.Commit(w.ctx, nil, nil, journal.Change{Row: &twin}); err == nil {
		t.Fatal("one half twice")
	}
	said, err := w.Halves(w.ctx, "k1", true)
	if err != nil || len(said) != 2 || said[0].ID != "h1" || said[1].Proof != "证明 7" {
		t.Fatalf("%+v %v", said, err)
	}
	k, ok, err := w.Custody(w.ctx, "k1")
	if s := k.Reckon(&chain, said); err != nil || !ok || s.Keeper.Who != "a2" || len(s.Gaps) != 0 {
		t.Fatalf("%+v %v", s, err)
	}
	must(t, w, journal.Change{Row: &k, Base: k.Version})
	for path, n := range map[string]int{"0.a.": 1, "0.b.": 0} {
		if ks, err := w.Custodies(w.ctx, path, ""); err != nil || len(ks) != n {
			t.Fatalf("%s: %d %v", path, len(ks), err)
		}
	}
	if ks, err := w.Custodies(w.ctx, "", "a2"); err != nil || len(ks) != 1 || ks[0].Leg != 1 {
		t.Fatalf("%+v %v", ks, err)
	}
	if ks, err := w.CustodiesDue(w.ctx, at.Add(2*time.Hour), 5); err != nil || len(ks) != 1 {
		t.Fatalf("%d %v", len(ks), err)
	}
})
