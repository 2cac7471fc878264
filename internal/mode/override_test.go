package mode

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"shouwang/playbooks"
)

const page = `overrides: epidemic
because: 高层无电梯
set:
  posts.lead.count: 2
  posts.police.duty: {to: {zh: 调解, en: Mediates}, because: 说清楚}
  rounds.sweep.due: {to: PT36H, because: 六栋没有电梯}
  zones.lockdown.stay-at-home.longest: P7D
  cases.mediate.within: PT6H
off:
  goods.protection: 社区自备
  zones.precaution.no-gathering: {because: 露天菜场照开}
add:
  posts:
    - {id: stair-light, title: {zh: 楼道灯, en: Stair lights}, per: building, zones: [lockdown], count: 1, role: helper}
  rounds:
    - id: lamp
      title: {zh: 查楼道灯, en: Stair lights}
      per: building
      zones: [lockdown]
      by: stair-light
      due: PT12H
      outcomes: {lit: {title: {zh: 亮, en: Lit}}}
`

func epidemic(t testing.TB) *Playbook {
	t.Helper()
	p, err := Shipped("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// held makes drafts hold: everything that waits is consented to.
func held(ds []Draft) []Override {
	var out []Override
	for i, d := range ds {
		o := d.Override
		o.ID, o.Author, o.At, o.PlaceID = fmt.Sprint("o", i), "a", at0, "c"
		o.Approver, o.Approved = "b", at0
		out = append(out, o)
	}
	return out
}

func TestOverridesAreReadAndGraded(t *testing.T) {
	pb := epidemic(t)
	ds, wrong := ReadOverrides(pb, "s.c1.", PlaceFacts{}, []byte(page))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	want := map[string]string{"posts.lead.count": "free 1 2", "posts.police.duty": "free", "rounds.sweep.due": `may-ease "PT24H" "PT36H"`,
		"zones.lockdown.stay-at-home.longest": `may-ease "P14D" "P7D"`, "cases.mediate.within": `free "PT12H" "PT6H"`, "goods.protection": "free",
		"zones.precaution.no-gathering": "may-ease", "posts.stair-light": "free", "rounds.lamp": "free"}
	for _, d := range ds {
		got := fmt.Sprint(d.Grade, " ", d.Was, " ", d.Value)
		if w, ok := want[d.Key]; !ok || !strings.HasPrefix(got, w) || d.Reason == "" || d.Line == 0 {
			t.Errorf("%s: %s (%s)", d.Key, got, d.Reason)
		}
		delete(want, d.Key)
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
	g := town(t)
	use := pb.With(held(ds))
	z := append(drawn("lockdown", "s.c1."), Measure{ID: "x", Incident: "i", Zone: "lockdown", PlaceID: "c2", Path: "s.c2.", Basis: "b", From: at0, Until: at0.Add(time.Hour)})
	d := DesiredAt(use, g, z, Scope{Incident: "i", Path: "s."}, at0)
	count := map[string]int{}
	for _, s := range d.Slots {
		count[g.Spots[s.Spot].Path[:5]+use.Posts[s.Item].ID]++
	}
	if count["s.c1.lead"] != 4 || count["s.c2.lead"] != 2 || count["s.c1.stair-light"] != 2 || count["s.c2.stair-light"] != 0 {
		t.Errorf("posts: %v", count)
	}
	for _, r := range d.Rounds {
		switch use.Rounds[r.Item].ID {
		case "sweep":
			if dueAt(r, "s.c1.m0.") != "PT36H" || dueAt(r, "s.c2.m0.") != "PT30H" { // c1: mixed commercial asks for PT36H already
				t.Errorf("dues: %+v", r.Dues)
			}
		case "lamp":
			if len(r.Aims) != 2 {
				t.Errorf("lamps: %d", len(r.Aims))
			}
		}
	}
	if l, ok := use.LatestAt("lockdown", "s.c1.m0.", at0, nil); !ok || l.Sub(at0) != 7*24*time.Hour {
		t.Errorf("latest there: %v", l)
	}
	if l, _ := use.LatestAt("lockdown", "s.c2.", at0, nil); l.Sub(at0) != 14*24*time.Hour {
		t.Errorf("latest beside it: %v", l)
	}
	if l, _ := use.LatestAt("lockdown", "s.", at0, nil); l.Sub(at0) != 7*24*time.Hour {
		t.Errorf("latest above it: %v", l)
	}
	if zn, _ := use.ZoneAt("precaution", "s.c1."); len(zn.Measures) != 0 {
		t.Error("a measure switched off still shows")
	}
	if pb.Print != "" || len(pb.Posts) == len(use.Posts) || use.Hash != pb.Hash || use.Print == "" {
		t.Error("the version itself was changed")
	}
}

// What waits for the level above does not hold.
func TestAnOverrideHoldsByConsent(t *testing.T) {
	pb := epidemic(t)
	ds, _ := ReadOverrides(pb, "s.c5.", PlaceFacts{}, []byte("overrides: epidemic\nbecause: x\nset: {rounds.sweep.due: PT36H, posts.lead.count: 3}\n"))
	os := held(ds)
	for i := range os {
		os[i].Approved, os[i].Approver = time.Time{}, ""
	}
	at := pb.With(os).At("s.c5.", PlaceFacts{})
	if at.Rounds[0].Due.Text != "PT24H" || at.Posts[0].Count != 3 {
		t.Errorf("%s %d", at.Rounds[0].Due.Text, at.Posts[0].Count)
	}
	for i := range os {
		os[i].Approved, os[i].Approver = at0, "b"
	}
	if at = pb.With(os).At("s.c5.", PlaceFacts{}); at.Rounds[0].Due.Text != "PT36H" {
		t.Error("consent changes nothing")
	}
	os[0].Ended, os[1].Ended = at0, at0
	if pb.With(os) != pb {
		t.Error("ended overrides hold")
	}
}

// Each row is refused with its code at its line and column.
func TestOverridesThatCannotHold(t *testing.T) {
	pb := epidemic(t)
	for _, c := range []struct{ text, code, mark string }{
		{"set: {zones.lockdown.stay-at-home.longest: P21D}", "SW-1424", "P21D"},
		{"set: {zones.lockdown.stay-at-home.longest: {to: P21D}}", "SW-1424", "P21D"},
		{"set: {rounds.sweep.due: PT12H}", "SW-1424", "PT12H"},
		{"set: {rounds.sweep.due: PT49H}", "SW-1426", "PT49H"},
		{"set: {zones.lockdown.stay-at-home.basis: x}", "SW-1425", "zones.lockdown"},
		{"set: {posts.lead.role: commander}", "SW-1425", "posts.lead"},
		{"set: {posts.lead.colour: red}", "SW-1427", "posts.lead"},
		{"set: {posts.nobody.count: 1}", "SW-1420", "posts.nobody"},
		{"set: {posts.lead.count: 1000}", "SW-1410", "1000"},
		{"set: {posts.lead.count: many}", "SW-1410", "many"},
		{"set: {rounds.sweep.due: soon}", "SW-1418", "soon"},
		{"off: [cases.mediate]", "SW-1425", "cases.mediate"},
		{"off: [posts.lead]", "SW-1430", "posts.lead"},
		{"off: [zones.lockdown]", "SW-1427", "zones.lockdown"},
		{"add: {zones: {x: {title: {zh: 一, en: x}}}}", "SW-1429", "zones"},
		{"add: {measures: []}", "SW-1429", "measures"},
		{"add: {posts: [{id: king, title: {zh: 王, en: King}, per: building, role: police}]}", "SW-1419", "police"},
		{"add: {posts: [{id: lead, title: {zh: 王, en: King}, per: building}]}", "SW-1412", "{id: lead"},
		{"add: {posts: [{id: king, title: {zh: 王}, per: building}]}", "SW-1409", "{zh: 王}"},
		{"add: {rounds: [{id: x, title: {zh: 一, en: x}, per: building, by: nobody, due: PT1H, outcomes: {a: {title: {zh: 一, en: x}}}}]}", "SW-1420", "nobody"},
		{"colour: red", "SW-1404", "colour"},
		{"set: {posts.lead.count: [", "SW-1401", ""},
	} {
		text := "overrides: epidemic\nbecause: 试\n" + c.text + "\n"
		ds, wrong := ReadOverrides(pb, "s.c5.", PlaceFacts{}, []byte(text))
		if ds != nil || len(wrong) == 0 || wrong[0].Code != c.code {
			t.Errorf("%s: %v %v", c.text, ds, wrong)
			continue
		}
		if col := 1 + len([]rune(c.text[:max(0, strings.Index(c.text, c.mark))])); c.mark != "" && (wrong[0].Line != 3 || wrong[0].Column != col) {
			t.Errorf("%s: at %d:%d, want 3:%d", c.text, wrong[0].Line, wrong[0].Column, col)
		}
	}
	if _, wrong := ReadOverrides(pb, "s.", PlaceFacts{}, []byte("overrides: epidemic\nset: {posts.lead.count: 3}\n")); len(wrong) != 1 || wrong[0].Code != "SW-1428" {
		t.Errorf("no reason: %v", wrong)
	}
	if _, wrong := ReadOverrides(pb, "s.", PlaceFacts{}, []byte("overrides: fire\nbecause: x\n")); len(wrong) != 1 || wrong[0].Code != "SW-1420" {
		t.Errorf("another playbook: %v", wrong)
	}
	// With a basis of its own it is for the level above to decide, and holds only then.
	ds, wrong := ReadOverrides(pb, "s.c5.", PlaceFacts{}, []byte("overrides: epidemic\nbecause: x\nset:\n  zones.lockdown.stay-at-home.longest: {to: P21D, basis: 区指挥部第9号令}\n"))
	if len(wrong) > 0 || len(ds) != 1 || ds[0].Grade != Tightened || ds[0].Holds() {
		t.Fatalf("%+v %v", ds, wrong)
	}
	if z, _ := pb.With(held(ds)).ZoneAt("lockdown", "s.c5."); z.Measures[0].Longest.Text != "P21D" {
		t.Error("decided above, it does not hold")
	}
}

// tighter names what is stricter at a place with overrides than without.
func tighter(a, b *Playbook) string {
	if len(a.Zones) != len(b.Zones) {
		return "zones"
	}
	for i, z := range a.Zones {
		w := b.Zones[i]
		if w.ID != z.ID || w.Rule != z.Rule || w.Closed != z.Closed || w.Evacuate != z.Evacuate || w.Level != z.Level || len(w.Measures) > len(z.Measures) {
			return "zone " + z.ID
		}
		for _, m := range w.Measures {
			old, ok := own(z.Measures, m.ID, func(x ZoneMeasure) string { return x.ID })
			if !ok || m.Longest.Length() > old.Longest.Length() || m.Basis != old.Basis || m.Release != old.Release {
				return "measure " + m.ID
			}
		}
	}
	for _, r := range b.Rounds {
		if old, ok := own(a.Rounds, r.ID, func(x RoundItem) string { return x.ID }); ok && r.Due.Length() < old.Due.Length() {
			return "round " + r.ID
		}
	}
	for _, p := range b.Posts {
		if old, ok := own(a.Posts, p.ID, func(x PostItem) string { return x.ID }); ok && (p.Role != old.Role || p.Require.MinAge != old.Require.MinAge) {
			return "post " + p.ID
		} else if !ok && !in(LocalRoles, p.Role) && p.Role != "" {
			return "post " + p.ID
		}
	}
	return ""
}

// Random pages over random playbooks, and rows written past the reader: whatever
// is consented to, nothing is ever tighter than its author wrote it.
func TestAnOverrideNeverTightens(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	spans := []string{"PT1H", "PT12H", "PT24H", "PT36H", "PT48H", "P1D", "P7D", "P14D", "P21D", "P60D"}
	taken, refused := 0, 0
	for n := range 240 {
		src, err := playbooks.Source(playbooks.Names[1+r.IntN(len(playbooks.Names)-1)])
		if err != nil {
			t.Fatal(err)
		}
		text, catalogue, _ := strings.Cut(string(src), "\ncases:") // whose times must agree with one another
		for _, s := range []string{"P14D", "PT24H", "P3D", "P5D", "PT3H", "P7D"} {
			text = strings.Replace(text, s, spans[r.IntN(len(spans))], 1)
		}
		text += "\ncases:" + catalogue
		pb, wrong := Load([]byte(text))
		if pb == nil {
			t.Fatal(wrong)
		}
		var rows []Override
		doc := "overrides: " + pb.ID + "\nbecause: x\nset:\n"
		put := func(key string, v any) {
			b, _ := json.Marshal(v)
			doc += fmt.Sprintf("  %s: %s\n", key, b)
			rows = append(rows, Override{ID: fmt.Sprint(n, key), Playbook: pb.ID, Path: "s.c1.", Kind: "set", Key: key, Value: string(b), Grade: MayEase, Author: "a", Approver: "b", At: at0, Approved: at0})
		}
		for _, z := range pb.Zones {
			for _, m := range z.Measures {
				if r.IntN(2) == 0 {
					put("zones."+z.ID+"."+m.ID+".longest", spans[r.IntN(len(spans))])
				}
			}
		}
		for _, x := range pb.Rounds {
			if r.IntN(2) == 0 {
				put("rounds."+x.ID+".due", spans[r.IntN(len(spans))])
			}
		}
		for _, x := range pb.Posts {
			if r.IntN(3) == 0 {
				put("posts."+x.ID+".count", r.IntN(9))
			}
		}
		f := PlaceFacts{Tags: []string{Types[r.IntN(len(Types))].ID}}
		plain := pb.At("s.c1.", f)
		if bad := tighter(plain, pb.With(rows).At("s.c1.", f)); bad != "" {
			t.Fatalf("rows of\n%s\ntighten %s", doc, bad)
		}
		ds, wrong := ReadOverrides(pb, "s.c1.", f, []byte(doc))
		if len(wrong) > 0 {
			refused++
			continue
		}
		taken++
		if bad := tighter(plain, pb.With(held(ds)).At("s.c1.", f)); bad != "" {
			t.Fatalf("\n%s\ntightens %s", doc, bad)
		}
	}
	if taken < 10 || refused < 10 {
		t.Fatalf("%d taken, %d refused: the test says nothing", taken, refused)
	}
}
