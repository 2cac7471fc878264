package drill

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/playbooks"
)

func shipped(t *testing.T) *Script {
	t.Helper()
	s, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// team is a ground of n micro-grids with a lead and a volunteer each and ten doors.
func team(n int) (slots []Slot, doors []Door) {
	for g := range n {
		path := fmt.Sprintf("a.g%d.", g)
		for _, item := range []string{"lead", "volunteer"} {
			slots = append(slots, Slot{Key: item + "|" + path, Item: item, Path: path, Zone: "z", Holder: fmt.Sprint(item, g), Asked: 5})
		}
		for d := range 10 {
			id := fmt.Sprintf("d%d-%d", g, d)
			doors = append(doors, Door{Round: "r", Item: "sweep", Place: id, Path: path + id + ".", Zone: "z", By: "lead"})
		}
	}
	return slots, doors
}

// The same seed gives the same events in whatever order slots and doors are handed
// in; another seed gives others.
func TestScheduleIsDeterministic(t *testing.T) {
	s := shipped(t)
	slots, doors := team(20)
	first := Schedule(s, 7, slots, doors)
	a, b := slices.Clone(slots), slices.Clone(doors)
	slices.Reverse(a)
	slices.Reverse(b)
	if again := Schedule(s, 7, a, b); !reflect.DeepEqual(first, again) {
		t.Fatal("another order of slots and doors gave another drill")
	}
	for i := range b {
		b[i].Round = "another"
	}
	for i, e := range Schedule(s, 7, a, b) {
		if e.Do == Knocked && (e.At != first[i].At || e.Tone != first[i].Tone) {
			t.Fatal("ids that are others in every run made another drill")
		}
	}
	if other := Schedule(s, 8, slots, doors); reflect.DeepEqual(first, other) {
		t.Fatal("another seed gave the same drill")
	}
}

// Events keep the script: nobody knocks before the sweep or before they are there,
// nothing lies after the end, the silent never come, and every door of a lead who is
// there is knocked at by that lead alone.
func TestScheduleKeepsTheScript(t *testing.T) {
	s := shipped(t)
	slots, doors := team(40)
	came, silent, asked := map[string]float64{}, map[string]bool{}, map[string]int{}
	last := 0.0
	for _, e := range Schedule(s, 3, slots, doors) {
		if e.At < last || e.At > float64(s.Minutes) {
			t.Fatalf("out of order or after the end: %+v", e)
		}
		switch last = e.At; e.Do {
		case Arrives:
			came[e.Slot.Key] = e.At
			if wait := e.At - 5; wait < s.People.Arrive.Least || wait > s.People.Arrive.Most {
				t.Fatalf("came after %.1f minutes", wait)
			}
		case Silent:
			silent[e.Slot.Key] = true
		case Knocked:
			at, there := came[e.Slot.Key]
			if !there || e.At < at || e.At < float64(s.Minute(Sweep)) || !strings.HasPrefix(e.Door.Path, e.Slot.Path) || e.Slot.Item != "lead" {
				t.Fatalf("%+v, there since %v", e, at)
			}
			asked[e.Door.Place]++
		}
	}
	if len(silent) == 0 || len(silent) > 20 || len(came)+len(silent) != 80 {
		t.Fatalf("%d came, %d silent", len(came), len(silent))
	}
	for _, d := range doors {
		lead := "lead|" + d.Path[:strings.Index(d.Path, "d")]
		if silent[lead] != (asked[d.Place] == 0) || asked[d.Place] > 2 {
			t.Fatalf("%s: lead silent %v, knocked at %d times", d.Place, silent[lead], asked[d.Place])
		}
	}
}

// Doors belong to the nearest lead of their zone; what is left is free for others.
func TestFree(t *testing.T) {
	slots, doors := team(3)
	if left := Free(slots[:2], doors); len(left) != 20 || left[0].Place != "d1-0" {
		t.Fatalf("%d %v", len(left), left)
	}
	slots[0].Zone = "other"
	if left := Free(slots[:2], doors); len(left) != 30 {
		t.Fatalf("a lead of another zone has %d doors", 30-len(left))
	}
	slots[0].Zone, slots[0].Holder = "z", ""
	if left := Free(slots[:2], doors); len(left) != 30 {
		t.Fatal("an empty post has doors")
	}
}

func TestReckon(t *testing.T) {
	s := shipped(t)
	there := func(at ...float64) (out []Post) {
		for _, x := range at {
			out = append(out, Post{Item: "lead", Filled: true, Arrived: x})
		}
		return out
	}
	got := Reckon(s, Facts{Started: 5, Posts: there(8, 29.96, 12), Doors: 100, Reached: 70, Knocked: 80, First: 10.44})
	want := Score{Teams: Mark{30, 30, true}, Answer: Mark{10.4, 15, true}, Unreached: Mark{0.3, 0.3, true}, Posts: 3, Present: 3, Doors: 100, Reached: 70, Unknocked: 20, NoAnswer: 10}
	if got != want {
		t.Errorf("%+v\nexpected %+v", got, want)
	}
	got = Reckon(s, Facts{Started: 5, Posts: append(there(8, Never), Post{Item: "lead", Arrived: Never}), Doors: 100, Reached: 69, Knocked: 69, First: 15.1})
	want = Score{Teams: Mark{Never, 30, false}, Answer: Mark{15.1, 15, false}, Unreached: Mark{0.31, 0.3, false}, Posts: 3, Present: 1, Empty: 1, Doors: 100, Reached: 69, Unknocked: 31}
	if got != want {
		t.Errorf("%+v\nexpected %+v", got, want)
	}
	got = Reckon(s, Facts{Started: Never, First: Never})
	if got.Teams.Met || got.Answer.Met || got.Unreached.Met || got.Unreached.Value != 1 {
		t.Errorf("what never started met a goal: %+v", got)
	}
}

// Every kind of weak spot, from facts made by hand; nobody's name among them.
func TestWeakSpots(t *testing.T) {
	s := shipped(t)
	now := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	book := &mode.Playbook{
		Zones:  []mode.Zone{{ID: "red", Title: mode.Text{ZH: "红区", EN: "Red"}}, {ID: "blue", Title: mode.Text{ZH: "蓝区", EN: "Blue"}}},
		Posts:  []mode.PostItem{{ID: "lead", Title: mode.Text{ZH: "带队", EN: "Lead"}, Zones: []string{"red"}, Require: mode.Require{Kind: []string{"volunteer"}, Trained: []string{"basic"}, MaxAge: 60}}},
		Rounds: []mode.RoundItem{{ID: "sweep", By: "lead"}},
	}
	h := func(kind string, birth int, trained ...string) people.Helper {
		return people.Helper{Name: "张三", Kind: kind, Birth: birth, Trained: trained}
	}
	x := Seen{Book: book, Zones: []string{"red", "blue"}, Now: now,
		Facts:   Facts{Posts: []Post{{Item: "lead", Filled: true, Arrived: 31, Place: "一格"}, {Item: "lead", Filled: true, Arrived: Never, Place: "二格"}, {Item: "lead", Arrived: Never, Place: "三格"}, {Item: "lead", Filled: true, Arrived: 12, Place: "四格"}}},
		Rounds:  []RoundSeen{{Item: "sweep", Title: mode.Text{ZH: "扫楼", EN: "Sweep"}, Targets: 300, Done: 100, Due: 120}},
		Reasons: map[string]mode.Text{"lead": {ZH: "够格的没有了", EN: "nobody qualifies"}},
		Checks:  []mode.Text{{ZH: "注意", EN: "Mind"}},
		Short:   []mode.Text{{ZH: "1 个岗位还没有人", EN: "1 post has nobody yet"}}, // "empty" says it already
		Helpers: []people.Helper{h("volunteer", 1990), h("volunteer", 1950), h("volunteer", 1990, "basic"), h("police", 1980)}}
	got := map[string]Weak{}
	for _, w := range WeakSpots(s, x) {
		if _, twice := got[w.Kind+" "+w.Item]; twice {
			t.Errorf("said twice: %+v", w)
		}
		got[w.Kind+" "+w.Item] = w
		if strings.Contains(w.Text.ZH+w.Text.EN, "张三") || w.Text.ZH == "" || w.Text.EN == "" {
			t.Errorf("%+v", w)
		}
	}
	for key, figures := range map[string][2]int{"empty posts.lead": {1, 4}, "require posts.lead.require.trained": {2, 3}, "late posts.lead": {2, 4}, "due rounds.sweep": {200, 300}, "check ": {0, 0}, "watch zones.blue": {0, 0}} {
		w, ok := got[key]
		if !ok || w.Count != figures[0] || w.Of != figures[1] {
			t.Errorf("%s: %+v", key, w)
		}
	}
	if len(got) != 6 { // the age limit rules out one of three only; red has its post
		t.Errorf("%d weak spots: %+v", len(got), got)
	}
	if w := got["due rounds.sweep"]; !strings.Contains(w.Text.ZH, "第 160 分钟") { // 100 doors in 50 minutes, 200 left
		t.Errorf("%+v", w)
	}
	if w := got["late posts.lead"]; !strings.Contains(w.Text.ZH, "一格、二格") {
		t.Errorf("%+v", w)
	}
	x.Rounds[0].Due = 161
	x.Facts.Posts = x.Facts.Posts[3:]
	x.Checks, x.Zones = nil, []string{"red"}
	if left := WeakSpots(s, x); len(left) != 1 || left[0].Text != x.Short[0] {
		t.Errorf("only the plan counts an empty post, but: %+v", left)
	}
	x.Short = nil
	if left := WeakSpots(s, x); len(left) != 0 {
		t.Errorf("nothing is weak, but: %+v", left)
	}
}

func TestScriptIsChecked(t *testing.T) {
	good := string(playbooks.FirstHour)
	for what, x := range map[string][2]string{
		"an unknown word":        {"minutes: 60", "minutes: 60\nhours: 1"},
		"shares beyond one":      {"ok: 0.82", "ok: 0.92"},
		"a step before its time": {"at: 40", "at: 4"},
		"a step that is none":    {"do: sweep", "do: dance"},
		"no end":                 {"do: end", "do: replace"},
		"a door in no time":      {"least: 0.4", "least: 0"},
		"a title in one tongue":  {`"And once more"`, `""`},
		"beyond the end":         {"minutes: 60", "minutes: 50"},
	} {
		text := strings.Replace(good, x[0], x[1], 1)
		if text == good {
			t.Fatalf("%s: nothing replaced", what)
		}
		if _, err := Load([]byte(text)); !errors.Is(err, ErrScript) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
