package shift

import (
	"context"
	"errors"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/solve/roster"
)

// Draft is what a roster says before and after it is published.
type Draft struct {
	Seed    uint64      `json:"seed"`
	Steps   int         `json:"steps"`
	Stands  []Stand     `json:"stands"`
	Shifts  []Shift     `json:"shifts"`
	Reasons []mode.Text `json:"reasons"`
	Short   int         `json:"short"`
	Cost    int64       `json:"cost"`           // of the roster as the solver weighs it; smaller is better
	Hand    bool        `json:"hand,omitempty"` // changed by hand since it was last sought
	Undo    []Shift     `json:"undo,omitempty"` // the rows as they were before it was published
}

// Ask is what a roster is made of.
type Ask struct {
	Incident string
	Midnight time.Time // first day
	Days     int
	Stands   []Stand
	Helpers  []people.Helper
	Line     []Shift // what anybody stands on already, outside and inside of it
	Wishes   []Wish
	Seed     uint64
	Steps    int
	Threads  int
	At       *time.Location
	Now      time.Time
	Start    *Draft // a draft to go on from, nil for none
	Hold     bool   // going on, only what is open is filled
}

const (
	missing = 1000 // what each person fewer costs, beside which wishes are small
	novice  = 60
	uneven  = 20
	wished  = 5
)

// Plan makes a draft. What no rule allows stays open, with the smallest reason that
// the solver finds; each filled shift was looked at by Fits. The first roster stands
// at once; the context ctx ends the search for a better one, and say that for the
// smallest reasons.
func (a *Ask) Plan(ctx, say context.Context) (*Draft, error) {
	d := a.slots()
	w := a.work(d, a.wide(d))
	if len(w.who) == 0 || len(w.p.Demands) == 0 {
		for i := range d.Stands {
			if t, short := a.nobody(d, i); short {
				d.Reasons = append(d.Reasons, t)
			}
		}
		d.count()
		return d, nil
	}
	w, plan, report, err := a.seek(ctx, d, w)
	if err != nil {
		return nil, err
	}
	d.Steps, d.Cost = report.Steps, report.Objective
	a.fill(d, w, plan)
	d.count()
	return d, w.explain(say, a, d, plan)
}

// Better says whether a draft is better than another: fewer open shifts, then less
// that anybody wished otherwise or is given unevenly. What a draft weighs is not known
// once a hand changed it.
func (d *Draft) Better(than *Draft) bool {
	return d.Short < than.Short || d.Short == than.Short && (than.Hand || d.Cost < than.Cost)
}

// Slots counts the shifts that are to be filled, those of one day times the days.
func (a *Ask) Slots() int {
	n := 0
	for i := range a.Stands {
		n += len(a.Stands[i].Slots(a.Incident, a.Midnight, 1))
	}
	return n * a.Days
}

// slots are the shifts that the draft is to fill, with those that stay as they are.
func (a *Ask) slots() *Draft {
	d := &Draft{Seed: a.Seed, Stands: a.Stands, Reasons: []mode.Text{}}
	kept, fixed := map[string]Shift{}, a.keeps()
	for _, s := range a.Line {
		kept[s.Key] = s
	}
	for i := range a.Stands {
		for _, s := range a.Stands[i].Slots(a.Incident, a.Midnight, a.Days) {
			if old, ok := kept[s.Key]; ok && (old.Pinned && old.Stands() || !old.From.After(a.Now) || old.State == Done || old.State == Missed) {
				s = old
			} else if by, ok := fixed[s.Key]; ok {
				s = by
			}
			if s.Until.After(a.Now) {
				d.Shifts = append(d.Shifts, s)
			}
		}
	}
	return d
}

func (d *Draft) count() {
	d.Short = 0
	for i := range d.Shifts {
		if d.Shifts[i].State == Open {
			d.Short++
		}
	}
}

// seek looks for a roster. Where people are offered the nearest stands alone, whoever
// lives farther away is offered those that still lack people after a first round.
func (a *Ask) seek(ctx context.Context, d *Draft, w *work) (*work, roster.Roster, roster.Report, error) {
	done, lines := 0, a.lines(w)
	if a.Start != nil {
		done = a.Start.Steps
	}
	if !w.whole && a.Start == nil {
		plan, report, err := w.solve(ctx, a, lines, 0, 1)
		if err != nil {
			return w, nil, report, err
		}
		lines = w.carry(plan)
		if more, short := w.short(d, plan); short {
			w = a.work(d, more)
		}
		done = report.Steps
	}
	plan, report, err := w.solve(ctx, a, lines, done, done+max(a.Steps, 1))
	return w, plan, report, err
}

// solve asks the solver, from given lines of helpers on.
func (w *work) solve(ctx context.Context, a *Ask, lines map[int][]roster.Duty, done, steps int) (roster.Roster, roster.Report, error) {
	o := roster.Options{Seed: a.Seed, Steps: steps, Done: done, Threads: a.Threads, Brief: true}
	if len(lines) > 0 {
		o.Start = make(roster.Roster, len(w.who))
		for i, h := range w.who {
			o.Start[i] = lines[h]
		}
	}
	plan, report, err := roster.Solve(ctx, &w.p, o)
	if errors.Is(err, roster.ErrNoLine) || errors.Is(err, roster.ErrShape) {
		err = ErrRules.With(err.Error(), err.Error())
	}
	return plan, report, err
}

// carry are the lines of a roster by helper.
func (w *work) carry(plan roster.Roster) map[int][]roster.Duty {
	out := make(map[int][]roster.Duty, len(plan))
	for i, line := range plan {
		out[w.who[i]] = line
	}
	return out
}

// lines are the lines of the draft that the search goes on from.
func (a *Ask) lines(w *work) map[int][]roster.Duty {
	if a.Start == nil {
		return nil
	}
	of := make(map[string]int, len(w.who))
	out := make(map[int][]roster.Duty, len(w.who))
	for _, h := range w.who {
		of[a.Helpers[h].ID] = h
		out[h] = make([]roster.Duty, a.Days)
		for n := range out[h] {
			out[h][n] = roster.Off
		}
	}
	for i := range a.Start.Shifts {
		s := &a.Start.Shifts[i]
		h, ok := of[s.HelperID]
		if !ok || s.ID != "" || s.Pinned || a.Hold {
			continue
		}
		n, t := a.day(s)
		k, known := w.of[t]
		post, there := w.stand[s.at()]
		if known && there && n >= 0 && n < a.Days {
			out[h][n] = roster.Duty{Shift: int32(k), Post: int32(post)}
		}
	}
	return out
}

// wide says, for going on from a draft, which stands lack people and are offered to
// more of them.
func (a *Ask) wide(d *Draft) []int {
	more := make([]int, len(d.Stands))
	open := map[string]bool{}
	if a.Start != nil {
		for i := range a.Start.Shifts {
			if s := &a.Start.Shifts[i]; s.State == Open {
				open[s.at()] = true
			}
		}
	}
	for j := range more {
		if more[j] = 1; open[d.Stands[j].at()] {
			more[j] = farther
		}
	}
	return more
}
