package training_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/training"
)

var (
	noon = time.Date(2026, 3, 12, 4, 0, 0, 0, time.UTC)
	zone = time.FixedZone("CST", 8*3600)
)

func hour(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }

func span(s string) mode.Span { x, _ := mode.ParseSpan(s); return x }

var course = mode.Course{ID: "protective", Title: mode.Text{ZH: "防护", EN: "Protection"}, Gives: "protective-basic", Valid: span("P30D"), Refresh: span("P7D"), Again: []string{"practice"}, Steps: []mode.CourseStep{
	{ID: "cards", Kind: mode.StepRead, Cards: []string{"on"}, Title: mode.Text{ZH: "看卡", EN: "cards"}}, {ID: "lesson", Kind: mode.StepSession, Places: 2}, {ID: "shadow", Kind: mode.StepShadow, Times: 2, Places: 1},
	{ID: "practice", Kind: mode.StepPractice, Places: 2, Title: mode.Text{ZH: "当面做", EN: "practice"}}, {ID: "pass", Kind: mode.StepPass}}}

func master() *people.Helper {
	return &people.Helper{ID: "t", Name: "周师傅", Passes: []people.Pass{{Qualification: "protective-basic", From: hour(-99), Source: "import 名册.xlsx"}}}
}

// What cannot be is refused and said, and nothing comes of it.
func TestPlanning(t *testing.T) {
	lapsed, gone := master(), master()
	lapsed.Passes[0].Until, gone.Left = hour(-1), hour(-1)
	for name, x := range map[string]struct {
		step      string
		from, to  int
		places    int
		trainer   *people.Helper
		busy      []training.Training
		err       error
		wantPlace int
	}{
		"as declared":         {"lesson", 1, 3, 0, master(), nil, nil, 2},
		"more places":         {"lesson", 1, 3, 30, master(), nil, nil, 30},
		"ends before":         {"lesson", 3, 1, 0, master(), nil, training.ErrTime, 0},
		"in the past":         {"lesson", -3, -1, 0, master(), nil, training.ErrTime, 0},
		"longer than a day":   {"lesson", 1, 26, 0, master(), nil, training.ErrTime, 0},
		"fewer than none":     {"lesson", 1, 3, -1, master(), nil, training.ErrPlaces, 0},
		"a step of no course": {"dance", 1, 3, 0, master(), nil, training.ErrCourse, 0},
		"cards are not held":  {"cards", 1, 3, 0, master(), nil, training.ErrCourse, 0},
		"a lapsed trainer":    {"lesson", 1, 3, 0, lapsed, nil, training.ErrTrainer, 0},
		"a trainer who left":  {"lesson", 1, 3, 0, gone, nil, training.ErrTrainer, 0},
		"booked":              {"lesson", 1, 3, 0, master(), []training.Training{{ID: "y", From: hour(2), Until: hour(4)}}, training.ErrBooked, 0},
		"booked but off":      {"lesson", 1, 3, 0, master(), []training.Training{{ID: "y", From: hour(2), Until: hour(4), Cancelled: noon}}, nil, 2},
		"right after another": {"lesson", 1, 3, 0, master(), []training.Training{{ID: "y", From: hour(-1), Until: hour(1)}}, nil, 2},
	} {
		got, err := training.Plan(&course, training.Training{ID: "x", Step: x.step, From: hour(x.from), Until: hour(x.to), Places: x.places}, x.trainer, x.busy, noon)
		if !errors.Is(err, x.err) || err == nil && (x.err != nil || got.Places != x.wantPlace || got.Trainer != "t" || got.Course != "protective") {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

func TestInvitingAndMarking(t *testing.T) {
	x := training.Training{ID: "x", Trainer: "t", From: hour(1), Until: hour(3), Places: 2}
	a, b, c := people.Helper{ID: "a", Name: "甲"}, people.Helper{ID: "b"}, people.Helper{ID: "c"}
	at, err := training.Invite(x, nil, []people.Helper{a, b, a}, nil, noon)
	if err != nil || len(at) != 2 {
		t.Fatal(at, err)
	}
	if again, err := training.Invite(x, at, []people.Helper{a}, nil, noon); err != nil || len(again) != 0 {
		t.Fatal(again, err)
	}
	for want, f := range map[error]func() error{
		training.ErrPlaces:  func() error { _, err := training.Invite(x, at, []people.Helper{c}, nil, noon); return err },
		training.ErrOneself: func() error { _, err := training.Invite(x, nil, []people.Helper{{ID: "t"}}, nil, noon); return err },
		training.ErrBooked: func() error {
			_, err := training.Invite(x, nil, []people.Helper{a}, map[string][]training.Training{"a": {{ID: "y", From: hour(2), Until: hour(4)}}}, noon)
			return err
		},
		people.ErrLeft: func() error {
			_, err := training.Invite(x, nil, []people.Helper{{ID: "l", Left: noon}}, nil, noon)
			return err
		},
		training.ErrOver: func() error { _, err := training.Invite(x, nil, []people.Helper{c}, nil, hour(4)); return err },
	} {
		if err := f(); !errors.Is(err, want) {
			t.Error(err, "for", want)
		}
	}
	for _, m := range []struct {
		outcome, own string
		at           int
		err          error
	}{{"came", "", 2, nil}, {"perhaps", "", 2, training.ErrOutcome}, {"came", "", 0, training.ErrOutcome}, {"passed", "a", 2, training.ErrOneself}} {
		if next, _, err := training.Mark(x, at[0], m.outcome, "acc", m.own, hour(m.at)); !errors.Is(err, m.err) || err == nil && (m.err != nil || next.Outcome != m.outcome) {
			t.Errorf("%+v: %+v %v", m, next, err)
		}
	}
	if _, err := training.Cancel(x, " ", noon); !errors.Is(err, training.ErrWhy) {
		t.Error(err)
	}
	off, err := training.Cancel(x, "下雨", noon)
	if err != nil || off.Open() {
		t.Error(off, err)
	}
	if _, _, err := training.Mark(off, at[0], "came", "acc", "", hour(2)); !errors.Is(err, training.ErrOver) {
		t.Error(err)
	}
}

// The first pass wants every step, a refresher only those named, and after a pass is
// taken back all of them anew.
func TestPassing(t *testing.T) {
	r := &training.Record{Held: map[string]training.Training{}}
	h := &people.Helper{ID: "h"}
	do := func(step, outcome string, at int) {
		id := step + outcome + hour(at).String()
		r.Held[id] = training.Training{ID: id, Course: "protective", Step: step, From: hour(at), Until: hour(at + 1)}
		r.Came = append(r.Came, training.Attendance{TrainingID: id, HelperID: "h", Outcome: outcome})
	}
	give := func(at int) error {
		p, err := training.Give("p"+hour(at).String(), &course, h, master(), "", "acc", r, hour(at), zone)
		if err == nil {
			r.Passes = append(r.Passes, p)
		}
		return err
	}
	missing := func(at int, what string) {
		t.Helper()
		if err := give(at); !errors.Is(err, training.ErrSteps) || !strings.Contains(err.Error(), what) {
			t.Fatal(err, "should miss", what)
		}
	}
	missing(1, "cards")
	r.Readings = []training.Reading{{HelperID: "h", Card: "on", At: hour(1)}}
	do("lesson", "came", 2)
	do("shadow", "came", 3)
	missing(9, "practice")
	do("practice", "came", 4) // being there is not doing it right
	do("shadow", "absent", 5)
	missing(9, "practice")
	do("practice", "passed", 6)
	if err := give(9); !errors.Is(err, training.ErrSteps) { // one shadow turn of two
		t.Fatal(err)
	}
	do("shadow", "came", 7)
	if err := give(9); err != nil {
		t.Fatal(err)
	}
	p := r.Passes[0]
	if want := time.Date(2026, 4, 12, 0, 0, 0, 0, zone); !p.Until.Equal(want) || p.Trainer != "t" || p.By != "acc" {
		t.Fatalf("%+v, not until %s", p, want)
	}
	if training.Due(&course, p, hour(24*10)) || !training.Due(&course, p, hour(24*25)) {
		t.Error("due at the wrong time")
	}
	missing(24*25, "practice")
	do("practice", "passed", 24*25)
	if err := give(24*25 + 2); err != nil {
		t.Fatal(err)
	}
	off, err := training.Revoke(r.Passes[1], "acc", "没按规程脱", hour(24*26))
	if err != nil || off.InForce(hour(24*26)) || !off.InForce(hour(24*25+3)) {
		t.Fatal(off, err)
	}
	if _, err := training.Revoke(off, "acc", "又", hour(24*27)); !errors.Is(err, training.ErrRevoked) {
		t.Error(err)
	}
	r.Passes[1] = off
	if got := r.Steps(&course); got[len(got)-1].Whole() {
		t.Errorf("what was done before a pass was taken back still counts: %+v", got)
	}
	if _, err := training.Give("x", &course, master(), master(), "", "acc", r, noon, zone); !errors.Is(err, training.ErrOneself) {
		t.Error(err)
	}
	if _, err := training.Give("x", &course, h, master(), "h", "acc", r, noon, zone); !errors.Is(err, training.ErrOneself) {
		t.Error(err)
	}
	if _, err := training.Give("x", &course, h, &people.Helper{ID: "z"}, "", "acc", r, noon, zone); !errors.Is(err, training.ErrTrainer) {
		t.Error(err)
	}
}

// A fast track has to be passed within the days that it declares: what was done before
// them is done again.
func TestAFastTrackIsPassedInItsDays(t *testing.T) {
	fast := course
	fast.Fast, fast.Within = true, span("P2D")
	fast.Steps = []mode.CourseStep{course.Steps[1], course.Steps[3], course.Steps[4]}
	r := &training.Record{Held: map[string]training.Training{}}
	do := func(id, step string, at int) {
		r.Held[id] = training.Training{ID: id, Course: "protective", Step: step, From: hour(at), Until: hour(at + 1)}
		r.Came = append(r.Came, training.Attendance{TrainingID: id, HelperID: "h", Outcome: "passed"})
	}
	give := func(at int) error {
		_, err := training.Give("p", &fast, &people.Helper{ID: "h"}, master(), "", "acc", r, hour(at), zone)
		return err
	}
	do("a", "lesson", 1)
	do("b", "practice", 24*5)
	if err := give(24*5 + 2); !errors.Is(err, training.ErrSteps) {
		t.Fatal("five days after the lesson:", err)
	}
	do("c", "lesson", 24*4)
	if err := give(24*5 + 2); err != nil {
		t.Fatal(err)
	}
	if err := give(24 * 8); !errors.Is(err, training.ErrSteps) {
		t.Fatal("days after both:", err)
	}
}

// Over any history nobody holds a pass that no named, qualified trainer gave, first
// ones excepted; and a pass that ended or was taken back never satisfies the gate.
func TestAPassComesFromAQualifiedTrainer(t *testing.T) {
	quick := course
	quick.Steps = course.Steps[4:]
	quick.Again = nil
	rapid.Check(t, func(rt *rapid.T) {
		ids := []string{"a", "b", "c", "d"}
		hs := map[string]*people.Helper{}
		for _, id := range ids {
			hs[id] = &people.Helper{ID: id, Name: id}
		}
		hs["a"].Passes = []people.Pass{{ID: "0", HelperID: "a", Qualification: "protective-basic", From: noon, Until: hour(24 * 50), Source: "import 名册.xlsx"}}
		now := noon
		for n := range rapid.IntRange(1, 25).Draw(rt, "acts") {
			now = now.Add(time.Duration(rapid.IntRange(1, 300).Draw(rt, "hours")) * time.Hour)
			who, by := hs[rapid.SampledFrom(ids).Draw(rt, "who")], hs[rapid.SampledFrom(ids).Draw(rt, "by")]
			own := rapid.SampledFrom(append(ids, "")).Draw(rt, "own")
			switch rapid.IntRange(0, 4).Draw(rt, "act") {
			case 0, 1, 2:
				if p, err := training.Give(string(rune('A'+n)), &quick, who, by, own, "acc", &training.Record{Passes: who.Passes}, now, zone); err == nil {
					who.Passes = append(who.Passes, p)
				}
			case 3:
				if len(who.Passes) > 0 {
					if p, err := training.Revoke(who.Passes[0], "acc", "理由", now); err == nil {
						who.Passes[0] = p
					}
				}
			case 4:
				if p, err := training.Name(string(rune('A'+n)), "protective-basic", who, own, "acc", rapid.SampledFrom([]string{"", "老师傅"}).Draw(rt, "why"), now.AddDate(0, 0, 20), now); err == nil {
					if p.Why == "" || own == who.ID {
						rt.Fatalf("named without a reason or by oneself: %+v", p)
					}
					who.Passes = append(who.Passes, p)
				}
			}
		}
		at := now.Add(time.Duration(rapid.IntRange(-500, 500).Draw(rt, "later")) * time.Hour)
		for _, h := range hs {
			holds := false
			for _, p := range h.Passes {
				if p.Source == "trainer" {
					from := hs[p.Trainer]
					if from == nil || from.ID == h.ID {
						rt.Fatalf("no trainer: %+v", p)
					}
					if held, _ := from.Holds("protective-basic", p.Given); !held {
						rt.Fatalf("the trainer did not hold it: %+v %+v", p, from.Passes)
					}
				}
				if !p.From.After(at) && (p.Until.IsZero() || at.Before(p.Until)) && (p.Revoked.IsZero() || at.Before(p.Revoked)) {
					holds = true
				}
			}
			if lacks := people.Lacks(h, people.Require{Trained: []string{"protective-basic"}}, at); (len(lacks) == 0) != holds {
				rt.Fatalf("%+v at %s: %v", h.Passes, at, lacks)
			}
		}
	})
}
