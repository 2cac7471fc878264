package oversight

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var day0 = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

// apply puts changed warnings over those kept.
func apply(have, changed []Warning) []Warning {
	for _, w := range changed {
		if i := slices.IndexFunc(have, func(x Warning) bool { return x.ID == w.ID }); i >= 0 {
			have[i] = w
		} else {
			have = append(have, w)
		}
	}
	return have
}

// Whatever is true when, whoever answers what in between: at most one warning of a rule
// stands about a subject, none stands whose rule is no longer true, none comes back while
// it is to rest, an answer is never lost, and folding twice changes nothing more.
func TestTheFoldHoldsUnderAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var have []Warning
		now := day0
		quiet := time.Duration(rapid.IntRange(1, 72).Draw(t, "quiet")) * time.Hour
		answers := 0
		last := map[string]time.Time{}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "minutes")) * time.Minute)
			if rapid.Bool().Draw(t, "answer") && len(have) > 0 {
				i := rapid.IntRange(0, len(have)-1).Draw(t, "which")
				answer, why := Done, ""
				if rapid.Bool().Draw(t, "not so") {
					answer, why = NotSo, Whys[0]
				}
				w, err := Respond(have[i], answer, why, "a", now)
				if (err == nil) != have[i].Open() {
					t.Fatalf("answer to %+v: %v", have[i], err)
				}
				if err == nil {
					have[i] = w
					answers++
					last[w.Rule+w.Subject] = now
				}
				continue
			}
			var hits []Hit
			now_ := map[string]bool{}
			for r := range 2 {
				for s := range 3 {
					if rapid.Bool().Draw(t, "true") {
						h := Hit{Rule: fmt.Sprint("r", r), Print: rapid.SampledFrom([]string{"1", "2"}).Draw(t, "print"), About: "case", Subject: fmt.Sprint("s", s), PlaceID: "p", Path: "0.p.", Quiet: quiet}
						hits = append(hits, h)
						now_[h.Rule+h.Subject] = true
					}
				}
			}
			before := map[string]bool{}
			for _, w := range have {
				before[w.ID] = true
			}
			have = apply(have, Fold(have, hits, now))
			if again := Fold(have, hits, now); len(again) != 0 {
				t.Fatalf("folding twice: %+v", again)
			}
			open := map[string]bool{}
			kept := 0
			for _, w := range have {
				k := w.Rule + w.Subject
				if !w.Answered.IsZero() {
					kept++
				}
				if !w.Open() {
					continue
				}
				at, was := last[k]
				if open[k] || !now_[k] || !before[w.ID] && was && now.Before(at.Add(quiet)) {
					t.Fatalf("at %v %+v", now, w)
				}
				open[k] = true
			}
			for k := range now_ {
				if at, was := last[k]; !open[k] && (!was || !now.Before(at.Add(quiet))) {
					t.Fatalf("%s is true and nobody is told", k)
				}
			}
			if kept != answers {
				t.Fatalf("%d answers kept of %d", kept, answers)
			}
		}
	})
}

// A rule that would raise without bound raises so many and no more; when one of them is
// answered the next is told.
func TestARuleRaisesSoManyAndNoMore(t *testing.T) {
	var hits []Hit
	for i := range MaxStanding + 5 {
		hits = append(hits, Hit{Rule: "r", Subject: fmt.Sprintf("%04d", i), Path: fmt.Sprintf("0.%04d.", i), Quiet: time.Hour})
	}
	have := apply(nil, Fold(nil, hits, day0))
	if len(have) != MaxStanding {
		t.Fatal(len(have))
	}
	have[0], _ = Respond(have[0], Done, "", "a", day0)
	if first := Fold(nil, []Hit{{Rule: "r", Subject: "a"}, {Rule: "r", Subject: "b", Long: 9}}, day0); first[0].Subject != "b" {
		t.Fatalf("not the longest first: %+v", first)
	}
	if more := Fold(have, hits, day0.Add(time.Minute)); len(more) != 1 || more[0].Subject != fmt.Sprintf("%04d", MaxStanding) {
		t.Fatalf("%+v", more)
	}
}

// An answer is one of the list; what it says of a rule can be read.
func TestAnswersSayHowUsefulARuleIs(t *testing.T) {
	w := Warning{ID: "n", Rule: "r", Since: day0}
	for _, bad := range [][2]string{{"maybe", ""}, {NotSo, ""}, {NotSo, "她不在家"}, {Done, "known"}} {
		if _, err := Respond(w, bad[0], bad[1], "a", day0); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
	var all []Warning
	for i := range 6 {
		x := w
		x, err := Respond(x, []string{Done, NotSo}[i%2], []string{"", "known"}[i%2], "a", day0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	u := Tally(append(all, w, Warning{Rule: "r", Lapsed: day0}))["r"]
	if u.Done != 3 || u.NotSo != 3 || u.Open != 1 || u.Lapsed != 1 || u.Why["known"] != 3 || !u.Wolf() {
		t.Fatalf("%+v", u)
	}
	if (Use{Done: 2, NotSo: 2}).Wolf() || (Use{Done: 4, NotSo: 3}).Wolf() {
		t.Fatal("it cries wolf too early")
	}
}
