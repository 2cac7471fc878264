package mode

import (
	"math/rand/v2"
	"strings"
	"testing"

	"shouwang/playbooks"
)

func load(t testing.TB, text string) *Playbook {
	t.Helper()
	p, wrong := Load([]byte(text))
	if p == nil {
		t.Fatal(wrong)
	}
	return p
}

func ourRows(t testing.TB, pb *Playbook, text string) []Override {
	t.Helper()
	ds, wrong := ReadOverrides(pb, "s.c5.", PlaceFacts{}, []byte("overrides: "+pb.ID+"\nbecause: x\n"+text))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return held(ds)
}

func TestThreeWayPlan(t *testing.T) {
	src, err := playbooks.Source("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	old := load(t, string(src))
	ours := ourRows(t, old, `set:
  posts.lead.count: 2
  posts.volunteer.count: 4
  rounds.sweep.due: PT40H
  zones.lockdown.stay-at-home.longest: P10D
  zones.control.stay-in-area.longest: P10D
off: {goods.protection: x, notices.letter-control: y}
`)
	next := load(t, strings.NewReplacer(
		"version: 2\n", "version: 3\n",
		"count: 2\n    role: helper\n    require: {kind: [volunteer, cadre]", "count: 4\n    role: helper\n    require: {kind: [volunteer, cadre]", // volunteer: as ours
		"due: PT24H", "due: PT12H", // sweep: ours would be beyond twice
		"longest: P14D\n        release: facts.days_since(\"last-positive\") >= 7 &&", "longest: P7D\n        release: facts.days_since(\"last-positive\") >= 7 &&", // lockdown: ours would be longer
		"  - {id: protection, ", "  - {id: masks, ", // taken away, another added
		"足不出户，上门服务", "非必要不出户，上门服务",
		"duty: {zh: 送物到户", "duty: {zh: 送菜到户",
	).Replace(string(src)))
	got := map[string]string{}
	ways := Merge(old, next, ours)
	for _, w := range ways {
		got[w.Key] += w.State + w.Only + " "
	}
	want := map[string]string{"posts.lead.count": "kept ", "posts.volunteer.count": "alike ", "rounds.sweep.due": "conflicttheirs ",
		"zones.lockdown.stay-at-home.longest": "conflicttheirs ", "zones.control.stay-in-area.longest": "kept ", "goods.protection": "alike ", "goods.masks": "taken ",
		"notices.letter-control": "kept ", "zones.lockdown.rule": "taken ", "posts.volunteer.duty": "taken "}
	for k, w := range want {
		if got[k] != w {
			t.Errorf("%s: %q, want %q", k, got[k], w)
		}
		delete(got, k)
	}
	if len(got) > 0 {
		t.Errorf("more: %v", got)
	}
	end, open := Decide(ways, nil)
	if len(open) != 2 || len(end) != 2 {
		t.Fatalf("undecided: %d open, %d end", len(open), len(end))
	}
	all := map[string]string{}
	for _, w := range open {
		all[w.Override.ID] = "ours"
	}
	if _, still := Decide(ways, all); len(still) != 2 {
		t.Error("ours was let stand where it would tighten")
	}
	for id := range all {
		all[id] = "theirs"
	}
	end, open = Decide(ways, all)
	if len(open) != 0 || len(end) != 4 {
		t.Errorf("decided: %d open, %d end", len(open), len(end))
	}
	for _, w := range ways {
		if s := next.Say(w.Key); s.ZH == "" || s.EN == "" || s.ZH == w.Key && w.Key != "goods.protection" {
			t.Errorf("%s has no name: %v", w.Key, s)
		}
	}
}

// The laws: where one side changed nothing the other is taken; nothing differs from
// itself; what both did alike is no conflict.
func TestThreeWayLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	spans := []string{"PT12H", "PT24H", "PT36H", "P7D", "P10D", "P14D"}
	vary := func(src string) string {
		src, catalogue, _ := strings.Cut(src, "\ncases:") // whose times must agree with one another
		for _, s := range []string{"P14D", "PT24H", "P5D", "PT3H", "PT1H"} {
			if r.IntN(2) == 0 {
				src = strings.Replace(src, s, spans[r.IntN(len(spans))], 1+r.IntN(2))
			}
		}
		for _, s := range []string{"count: 1", "count: 2", "count: 3"} {
			if r.IntN(2) == 0 {
				src = strings.Replace(src, s, []string{"count: 4", "count: 5"}[r.IntN(2)], 1)
			}
		}
		return src + "\ncases:" + catalogue
	}
	conflicts := 0
	for range 60 {
		name := playbooks.Names[1+r.IntN(4)]
		src, err := playbooks.Source(name)
		if err != nil {
			t.Fatal(err)
		}
		a, b := load(t, string(src)), load(t, vary(string(src)))
		var ours []Override
		for i, x := range a.Posts {
			if r.IntN(2) == 0 {
				ours = append(ours, Override{ID: x.ID, Playbook: name, Path: "s.c1.", Kind: "set", Key: "posts." + x.ID + ".count", Value: string('3' + rune(i%4)), Grade: Free})
			}
		}
		for _, w := range Merge(a, a, ours) {
			if w.State != Kept {
				t.Fatalf("upstream changed nothing: %+v", w)
			}
		}
		edits := Edits(a, b)
		for i, w := range Merge(a, b, nil) {
			if w.State != Taken || w.Key != edits[i].Key || w.New != edits[i].New {
				t.Fatalf("nobody here changed anything: %+v", w)
			}
		}
		if len(Edits(b, b)) != 0 || (len(edits) == 0) != (a.Hash == b.Hash) {
			t.Fatalf("%d edits between %s and %s", len(edits), a.Hash, b.Hash)
		}
		seen := map[string]int{}
		for _, w := range Merge(a, b, ours) {
			seen[w.Key]++
			switch w.State {
			case Conflict:
				conflicts++
				if w.Ours == "" || same(w.New, w.Ours) || w.Old == w.New {
					t.Fatalf("no conflict: %+v", w)
				}
			case Alike:
				if !same(w.New, w.Ours) {
					t.Fatalf("not alike: %+v", w)
				}
			case Kept:
				if w.Old != w.New {
					t.Fatalf("kept over a change: %+v", w)
				}
			}
		}
		for _, o := range ours {
			if seen[o.Key] != 1 {
				t.Fatalf("%s is told %d times", o.Key, seen[o.Key])
			}
		}
	}
	if conflicts < 5 {
		t.Fatalf("%d conflicts: the test says nothing", conflicts)
	}
}
