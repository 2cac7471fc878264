package people_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/mode"
	"shouwang/internal/people"
)

var leadPost = mode.PostItem{ID: "lead", Require: people.Require{MinAge: 18}, Prefer: mode.Prefer{Home: 1, Near: 1, AgeIdeal: 40, AgeWeight: 0.5, Hours: 2, HoursW: 0.5,
	Has: []mode.Weight{{Trait: "standing", Weight: 1}, {Trait: "phone-skilled", Weight: 1}, {Trait: "party-member", Weight: 0.5}}}}

// Each line is between nothing and what it could bring, the score is their sum, and
// whoever lacks something never stands before whoever does not.
func TestScoresAreTheSumOfTheirLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var hs []*people.Helper
		for i := range rapid.IntRange(1, 8).Draw(t, "how many") {
			h := anyHelper(t)
			h.ID, h.Number = fmt.Sprint(i), fmt.Sprint("V", i)
			h.Path = rapid.SampledFrom([]string{"1.2.3.4.", "1.2.3.4.9.", "1.2.3.5.", "1.2.6.", "1.7."}).Draw(t, "home")
			h.Party, h.Standing = rapid.Bool().Draw(t, "party"), rapid.Bool().Draw(t, "standing")
			hs = append(hs, &h)
		}
		lacked := false
		last := math.Inf(1)
		for _, r := range people.Rank(hs, leadPost, "1.2.3.4.", noon) {
			sum, of := 0.0, 0.0
			for _, l := range r.Lines {
				if l.Points < 0 || l.Points > l.Of || l.Text.ZH == "" || l.Text.EN == "" {
					t.Fatalf("%+v", l)
				}
				sum, of = sum+l.Points, of+l.Of
			}
			if math.Abs(r.Score-sum/of) > 0.001 || r.Score < 0 || r.Score > 1 {
				t.Fatalf("%v is not %v of %v", r.Score, sum, of)
			}
			if lacks := len(r.Lacks) > 0; lacks != lacked {
				if !lacks {
					t.Fatal("somebody who lacks something stands before somebody who does not")
				}
				lacked, last = true, math.Inf(1)
			}
			if r.Score > last {
				t.Fatal("a lower score stands first")
			}
			last = r.Score
		}
	})
}

// Their own building first, then the grid, then the community; more of what is asked
// for is never worse.
func TestOwnBuildingFirst(t *testing.T) {
	score := func(change func(*people.Helper)) float64 {
		h := able()
		h.Path = "1.2.3.5."
		change(&h)
		return people.Rank([]*people.Helper{&h}, leadPost, "1.2.3.4.", noon)[0].Score
	}
	base := score(func(*people.Helper) {})
	for name, more := range map[string]func(*people.Helper){
		"lives there": func(h *people.Helper) { h.Path = "1.2.3.4.8." }, "standing": func(h *people.Helper) { h.Standing = true },
		"party": func(h *people.Helper) { h.Party = true }, "nearer forty": func(h *people.Helper) { h.Birth = 1986 },
	} {
		if score(more) <= base {
			t.Errorf("%s is not better: %v, %v", name, score(more), base)
		}
	}
	if far := score(func(h *people.Helper) { h.Path = "1.9." }); far >= base {
		t.Errorf("another community is as good: %v, %v", far, base)
	}
}

func TestAppointing(t *testing.T) {
	items := people.Everyday{Lead: "lead", LeadRole: "lead", Adviser: "adviser"}
	n := 0
	id := func() string { n++; return fmt.Sprint("new", n) }
	posts := []people.Post{{ID: "p", Key: "k", Item: "lead", PlaceID: "a", N: 1, HelperID: "elder", Version: 3}, {ID: "q", Item: "lead", PlaceID: "b", N: 1, HelperID: "busy", DeputyID: "second"},
		{ID: "r", Item: "lead", PlaceID: "c", N: 1, HelperID: "free", Until: noon}, {ID: "s", Incident: "i", Item: "lead", PlaceID: "b", HelperID: "free"}}
	at := func(a people.Appointment) ([]people.Post, error) {
		return people.Appoint(a, items, "a", "1.", posts, id, noon)
	}
	for name, x := range map[string]struct {
		a    people.Appointment
		code string
	}{
		"no reason":             {people.Appointment{Lead: "free"}, "SW-1746"},
		"nobody":                {people.Appointment{Reason: "x"}, "SW-1747"},
		"own deputy":            {people.Appointment{Lead: "free", Deputy: "free", Reason: "x"}, "SW-1745"},
		"own adviser":           {people.Appointment{Lead: "free", Adviser: "free", Reason: "x"}, "SW-1745"},
		"leads elsewhere":       {people.Appointment{Lead: "busy", Reason: "x"}, "SW-1745"},
		"deputy elsewhere":      {people.Appointment{Lead: "free", Deputy: "second", Reason: "x"}, "SW-1745"},
		"adviser and deputy":    {people.Appointment{Lead: "free", Deputy: "elder", Adviser: "elder", Reason: "x"}, "SW-1745"},
		"led elsewhere, before": {people.Appointment{Lead: "free", Deputy: "d", Adviser: "elder", Reason: "邻居都认得"}, ""},
	} {
		got, err := at(x.a)
		if x.code != "" {
			if err == nil || err.Error()[:7] != x.code {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || len(got) != 2 || got[0].ID != "p" || got[0].HelperID != "free" || got[0].DeputyID != "d" || !got[0].Pinned || got[0].Reason == "" ||
			got[1].Item != "adviser" || got[1].HelperID != "elder" || got[1].Key != "normal|adviser|a|1" || got[1].Version != 0 {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	empty, err := people.Appoint(people.Appointment{Lead: "free", Reason: "x"}, items, "z", "1.", posts, id, noon.Add(time.Hour))
	if err != nil || len(empty) != 1 || empty[0].Key != "normal|lead|z|1" || empty[0].Role != "lead" {
		t.Errorf("%+v %v", empty, err)
	}
}
