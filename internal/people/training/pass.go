package training

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
)

// Record is what is known of one helper's learning.
type Record struct {
	Passes   []people.Pass
	Readings []Reading
	Came     []Attendance
	Held     map[string]Training // by id: those that Came names
	At       time.Time           // as of when it is looked at; zero: without regard to how long a course may take
	Zone     *time.Location      // whose days a course's length is counted in
}

// late says whether something done at a time is too long ago for a course that has to
// be passed within some days of its first step.
func (r *Record) late(c *mode.Course, done time.Time) bool {
	return c.Within.Length() > 0 && !r.At.IsZero() && r.Zone != nil && !r.At.Before(c.Within.Latest(done, r.Zone))
}

// Step is one step of a course as it stands for a helper.
type Step struct {
	mode.CourseStep
	Done, Wanted int
}

// Whole says whether the step is done.
func (s Step) Whole() bool { return s.Done >= s.Wanted }

// last is the newest pass of a qualification that was not taken back.
func (r *Record) last(qualification string) (last people.Pass, ok bool) {
	for _, p := range r.Passes {
		if p.Qualification == qualification && p.Revoked.IsZero() && (!ok || !p.From.Before(last.From)) {
			last, ok = p, true
		}
	}
	return last, ok
}

// since is the time from which what was learned counts towards the next pass: the
// last one, or the one that was taken back.
func (r *Record) since(qualification string) (at time.Time) {
	for _, p := range r.Passes {
		if p.Qualification != qualification {
			continue
		}
		for _, t := range []time.Time{p.From, p.Revoked} {
			if t.After(at) {
				at = t
			}
		}
	}
	return at
}

// Refreshes says whether the next pass of a course is a refresher: the last one was
// not taken back, whether it still holds or not.
func (r *Record) Refreshes(c *mode.Course) bool {
	_, ok := r.last(c.Gives)
	return ok
}

// Steps says how the steps before the pass stand. What was done before the last pass
// does not count again.
func (r *Record) Steps(c *mode.Course) (out []Step) {
	since := r.since(c.Gives)
	for _, s := range c.Needs(r.Refreshes(c)) {
		x := Step{CourseStep: s, Wanted: 1}
		switch s.Kind {
		case mode.StepRead:
			x.Wanted = len(s.Cards)
			for _, card := range s.Cards {
				if slices.ContainsFunc(r.Readings, func(g Reading) bool { return g.Card == card && g.At.After(since) }) {
					x.Done++
				}
			}
		default:
			if s.Kind == mode.StepShadow {
				x.Wanted = s.Times
			}
			for _, a := range r.Came {
				if t, ok := r.Held[a.TrainingID]; ok && t.Course == c.ID && t.Step == s.ID && t.Cancelled.IsZero() && t.Until.After(since) && counts(s.Kind, a.Outcome) && !r.late(c, t.From) {
					x.Done++
				}
			}
		}
		out = append(out, x)
	}
	return out
}

// counts says whether an outcome does a step: practice has to be right, elsewhere it
// is enough to have been there.
func counts(kind, outcome string) bool {
	return outcome == "passed" || outcome == "came" && kind != mode.StepPractice
}

// Give decides that a named trainer passes somebody in a course. own is the helper
// behind the account that says so, empty for an account of none.
func Give(id string, c *mode.Course, trainee, trainer *people.Helper, own, by string, r *Record, now time.Time, zone *time.Location) (people.Pass, error) {
	if trainee.ID == trainer.ID || own == trainee.ID {
		return people.Pass{}, ErrOneself.With()
	}
	if !trainee.Left.IsZero() {
		return people.Pass{}, people.ErrLeft.With()
	}
	if err := able(c, trainer, now); err != nil {
		return people.Pass{}, err
	}
	asOf := *r
	asOf.At, asOf.Zone = now, zone
	var zh, en []string
	for _, s := range asOf.Steps(c) {
		if !s.Whole() {
			zh, en = append(zh, s.Title.ZH), append(en, s.Title.EN)
		}
	}
	if len(zh) > 0 {
		return people.Pass{}, ErrSteps.With(strings.Join(zh, "、"), strings.Join(en, "; "))
	}
	p := people.Pass{ID: id, HelperID: trainee.ID, Qualification: c.Gives, From: now, Trainer: trainer.ID, Source: "trainer", Course: c.ID, By: by, Given: now}
	if c.Valid.Length() > 0 {
		p.Until = c.Valid.Latest(now, zone)
	}
	return p, nil
}

// Name decides that somebody is a first trainer without having been passed by one:
// by command, with a reason and an end. own is the helper behind the account.
func Name(id, qualification string, who *people.Helper, own, by, why string, until, now time.Time) (people.Pass, error) {
	switch why = strings.TrimSpace(why); {
	case own == who.ID:
		return people.Pass{}, ErrOneself.With()
	case !who.Left.IsZero():
		return people.Pass{}, people.ErrLeft.With()
	case !reason(why):
		return people.Pass{}, ErrWhy.With()
	case !until.After(now):
		return people.Pass{}, ErrTime.With()
	}
	return people.Pass{ID: id, HelperID: who.ID, Qualification: qualification, From: now, Until: until, Source: "named", By: by, Given: now, Why: why}, nil
}

// Revoke decides that a pass is taken back, from now on. It stays with who gave it.
func Revoke(p people.Pass, by, why string, now time.Time) (people.Pass, error) {
	if !p.Revoked.IsZero() || !p.Until.IsZero() && !now.Before(p.Until) {
		return p, ErrRevoked.With()
	}
	if why = strings.TrimSpace(why); !reason(why) {
		return p, ErrWhy.With()
	}
	p.Revoked, p.RevokedBy, p.RevokedWhy = now, by, why
	return p, nil
}

// Read decides that somebody read a card in a wording, which must be today's.
func Read(card mode.Card, wording, helper, by string, last Reading, now time.Time) (Reading, error) {
	if wording != Wording(card) {
		return last, ErrCard.With()
	}
	return Reading{HelperID: helper, Card: card.ID, Wording: wording, At: now, By: by, Version: last.Version}, nil
}

// Due says whether a pass should be refreshed by now: within the time that its course
// names before its end, or after it.
func Due(c *mode.Course, p people.Pass, now time.Time) bool {
	return p.Revoked.IsZero() && !p.Until.IsZero() && !now.Before(p.Until.Add(-c.Refresh.Length()))
}
