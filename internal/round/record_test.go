package round

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var opened = time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)

var sweep = Round{ID: "r", Outcomes: []Outcome{
	{ID: "at-home", Tone: "ok", Final: true},
	{ID: "needs-help", Tone: "help", Final: true, Choose: []Choice{{ID: "medicine"}, {ID: "food"}}},
	{ID: "absent", Tone: "again", Again: 4 * time.Hour},
	{ID: "refused", Tone: "refused", Final: true},
	{ID: "moved", Tone: "gone", Final: true},
	{ID: "lifted", Tone: "gone", Final: true, System: true},
}}

func TestRecordDecides(t *testing.T) {
	closed := sweep
	closed.Closed = opened
	for name, c := range map[string]struct {
		round Round
		in    Input
		want  error
	}{
		"an outcome of the round":         {sweep, Input{Outcome: "at-home"}, nil},
		"an outcome nobody declared":      {sweep, Input{Outcome: "asleep"}, ErrOutcome},
		"no outcome":                      {sweep, Input{}, ErrOutcome},
		"what the system alone may say":   {sweep, Input{Outcome: "lifted"}, ErrOutcome},
		"help with a thing to bring":      {sweep, Input{Outcome: "needs-help", Choice: "medicine"}, nil},
		"help without saying which":       {sweep, Input{Outcome: "needs-help"}, ErrChoice},
		"help nobody offers":              {sweep, Input{Outcome: "needs-help", Choice: "pony"}, ErrChoice},
		"a choice where there is none":    {sweep, Input{Outcome: "at-home", Choice: "food"}, ErrChoice},
		"anything once the round is over": {closed, Input{Outcome: "at-home"}, ErrClosed},
	} {
		before := Target{RoundID: "r", PlaceID: "d", Outcome: "refused", Version: 3}
		in := c.in
		in.Base, in.At, in.By = 3, opened, "a"
		next, _, err := Record(c.round, before, in)
		if !errors.Is(err, c.want) && err != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if c.want != nil && next != before {
			t.Errorf("%s: refused and yet changed: %+v", name, next)
		}
	}
}

func TestAbsentIsTriedAgain(t *testing.T) {
	next, _, err := Record(sweep, Target{}, Input{Outcome: "absent", At: opened, By: "a"})
	if err != nil || next.Final || !next.Again.Equal(opened.Add(4*time.Hour)) {
		t.Fatalf("%+v %v", next, err)
	}
	if next, _, err = Record(sweep, next, Input{Outcome: "at-home", At: opened, By: "a"}); err != nil || !next.Final || !next.Again.IsZero() {
		t.Fatalf("%+v %v", next, err)
	}
}

// Two people record a door without knowing of each other: whoever comes second,
// the more cautious finding holds.
func TestOfTwoFindingsTheCautiousHoldsInEitherOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := func(label string) Input {
			in := Input{Outcome: rapid.SampledFrom([]string{"at-home", "needs-help", "absent", "refused", "moved"}).Draw(t, label), At: opened, Base: 1}
			if in.Outcome == "needs-help" {
				in.Choice = "food"
			}
			return in
		}
		a, b := pick("a"), pick("b")
		a.By, b.By = "a", "b"
		run := func(x, y Input) Target {
			at := Target{RoundID: "r", PlaceID: "d", Version: 1}
			for _, in := range []Input{x, y} {
				next, _, err := Record(sweep, at, in)
				if err != nil {
					t.Fatal(err)
				}
				next.Version = at.Version + 1
				at = next
			}
			return at
		}
		ab, ba := run(a, b), run(b, a)
		if ab.Outcome != ba.Outcome {
			t.Fatalf("the order decided: %s then %s gives %s, else %s", a.Outcome, b.Outcome, ab.Outcome, ba.Outcome)
		}
		if want := max(caution[sweep.ToneOf(a.Outcome)], caution[sweep.ToneOf(b.Outcome)]); caution[sweep.Tone(ab)] != want {
			t.Fatalf("of %s and %s the less cautious holds: %s", a.Outcome, b.Outcome, ab.Outcome)
		}
	})
}
