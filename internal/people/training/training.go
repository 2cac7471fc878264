package training

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/round"
)

// Training is one held meeting of a course: a lesson, a practice, or a shadow turn
// beside somebody qualified, who is its trainer.
type Training struct {
	ID           string
	Course, Step string
	PlaceID      string
	Path         string
	Trainer      string // helper
	From, Until  time.Time
	Places       int
	Author       string // account
	Held         time.Time
	Cancelled    time.Time
	Why          string // why it was called off
	Version      int64
	Act          string
}

// Attendance is one helper invited to a training, and what came of it.
type Attendance struct {
	TrainingID, HelperID string
	Invited              time.Time
	Outcome              string // empty until noted
	By                   string // account that noted it
	Noted                time.Time
	Version              int64
	Act                  string
}

// Reading says that a helper read and acknowledged a card in a wording.
type Reading struct {
	HelperID, Card, Wording string
	At                      time.Time
	By                      string // account
	Version                 int64
}

// Outcomes are what may come of a training for one person: it is a round whose
// targets are helpers.
var Outcomes = []round.Outcome{
	{ID: "came", ZH: "来了", EN: "Came", Final: true, Tone: "ok"},
	{ID: "passed", ZH: "做得对", EN: "Did it right", Final: true, Tone: "ok"},
	{ID: "again", ZH: "再来一次", EN: "Once more", Tone: "again"},
	{ID: "absent", ZH: "没来", EN: "Absent", Tone: "again"},
}

// longest is how long one meeting may at most last.
const longest = 24 * time.Hour

// overlaps says whether two trainings that were not called off share time.
func (x Training) overlaps(y Training) bool {
	return x.ID != y.ID && x.Cancelled.IsZero() && y.Cancelled.IsZero() && x.From.Before(y.Until) && y.From.Before(x.Until)
}

// Open says whether people may still be invited and outcomes noted.
func (x Training) Open() bool { return x.Cancelled.IsZero() && x.Held.IsZero() }

// Plan decides that a meeting of a course will be held. busy is what the trainer is
// in already.
func Plan(c *mode.Course, x Training, trainer *people.Helper, busy []Training, now time.Time) (Training, error) {
	step, ok := c.Step(x.Step)
	if !ok || !step.Meets() {
		return x, ErrCourse.With(x.Step)
	}
	if !x.Until.After(x.From) || x.Until.Sub(x.From) > longest || !x.Until.After(now) {
		return x, ErrTime.With()
	}
	if x.Places == 0 {
		x.Places = step.Places
	}
	if x.Places < 1 || x.Places > 500 {
		return x, ErrPlaces.With(step.Places, x.Places)
	}
	if err := able(c, trainer, x.From); err != nil {
		return x, err
	}
	if slices.ContainsFunc(busy, x.overlaps) {
		return x, ErrBooked.With(trainer.Name)
	}
	x.Course, x.Trainer = c.ID, trainer.ID
	return x, nil
}

// able refuses a trainer who has left or does not hold what a course gives.
func able(c *mode.Course, trainer *people.Helper, at time.Time) error {
	held, _ := trainer.Holds(c.Gives, at)
	if !held || !trainer.Left.IsZero() {
		return ErrTrainer.With(trainer.Name, c.Title.ZH, c.Title.EN)
	}
	return nil
}

// Invite decides who is asked to a training, all or nobody; who is invited already
// stays so. busy is what each of them is in already.
func Invite(x Training, have []Attendance, hs []people.Helper, busy map[string][]Training, now time.Time) ([]Attendance, error) {
	if !x.Open() || !x.Until.After(now) {
		return nil, ErrOver.With()
	}
	var out []Attendance
	for i := range hs {
		h := &hs[i]
		known := func(a Attendance) bool { return a.HelperID == h.ID }
		switch {
		case slices.ContainsFunc(have, known) || slices.ContainsFunc(out, known):
			continue
		case h.ID == x.Trainer:
			return nil, ErrOneself.With()
		case !h.Left.IsZero():
			return nil, people.ErrLeft.With()
		case slices.ContainsFunc(busy[h.ID], x.overlaps):
			return nil, ErrBooked.With(h.Name)
		}
		out = append(out, Attendance{TrainingID: x.ID, HelperID: h.ID, Invited: now})
	}
	if n := len(have) + len(out); n > x.Places {
		return nil, ErrPlaces.With(x.Places, n)
	}
	return out, nil
}

// Mark decides what came of a training for one person. by is the account that notes
// it and own the helper behind it: nobody notes their own outcome.
func Mark(x Training, a Attendance, outcome, by, own string, now time.Time) (next Attendance, changed bool, err error) {
	if !x.Cancelled.IsZero() {
		return a, false, ErrOver.With()
	}
	if own != "" && own == a.HelperID {
		return a, false, ErrOneself.With()
	}
	if a.Invited.IsZero() || now.Before(x.From) || !slices.ContainsFunc(Outcomes, func(o round.Outcome) bool { return o.ID == outcome }) {
		return a, false, ErrOutcome.With(outcome)
	}
	if a.Outcome == outcome {
		return a, false, nil
	}
	a.Outcome, a.By, a.Noted = outcome, by, now
	return a, true, nil
}

// Hold notes that a training took place.
func Hold(x Training, now time.Time) Training {
	if x.Held.IsZero() {
		x.Held = now
	}
	return x
}

// Cancel decides that a training is called off; what was noted of it no longer
// counts.
func Cancel(x Training, why string, now time.Time) (Training, error) {
	if !x.Open() {
		return x, ErrOver.With()
	}
	if why = strings.TrimSpace(why); !reason(why) {
		return x, ErrWhy.With()
	}
	x.Cancelled, x.Why = now, why
	return x, nil
}

func reason(why string) bool { return why != "" && len([]rune(why)) <= 500 }
