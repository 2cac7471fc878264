package mode

import (
	"slices"
	"strings"
	"time"
)

// Condition is one term of a release rule as it stands at a moment. Name, Need,
// Have and Total are filled as its Code says:
//
//	days, hours   Have of Need since Name (Have is -1 while nobody recorded it)
//	state         Name holds, or is asked not to when Not is set
//	round         Have of Total doors of round Name are done
//	other         Source is the term itself
type Condition struct {
	Code   string
	Name   string
	Title  Text
	Op     string
	Have   int
	Need   int
	Total  int
	Not    bool
	Met    bool
	Source string
	At     time.Time // when it will be met if nothing new happens; zero when that is not a matter of time
	Fact   *Fact     // the fact it hangs on, nil when there is none
}

// Clock is the release clock of one measure, reckoned at a moment: why it holds,
// until when at the latest, and when it may end earlier. A clock proposes; a
// person releases. Only the declared end comes by itself.
type Clock struct {
	Hold
	Rule       string // the rule as written; empty when only a person may end it early
	Conditions []Condition
	May        bool      // all conditions are met now
	Earliest   time.Time // when they will be, if nothing new happens; zero: cannot be said yet
	AfterRound bool      // Earliest counts on the rounds being finished by then
	Fault      string    // why the rule could not be answered, empty when it could
}

// Reach is what bears on a measure's clock from the rounds of its incident: how
// many of the doors in its area have their outcome.
type Reach map[string]RoundFacts // by round item

// ClockOf reckons the clock of what holds by a measure. facts are those of all
// incidents; field tells which of them concern the measure.
func ClockOf(h Hold, facts []Fact, rounds Reach, field *Field, now time.Time) Clock {
	c := Clock{Hold: h}
	if h.Playbook == nil || len(h.Zone.Measures) == 0 {
		return c
	}
	newest := gathered(facts, &h.Measure, field, now)
	ruled := 0
	for i := range h.Zone.Measures {
		if m := &h.Zone.Measures[i]; m.release != nil {
			ruled++
			if c.Rule != "" {
				c.Rule += " && "
			}
			c.Rule += m.Release
		}
	}
	if ruled < len(h.Zone.Measures) { // one that no rule ends keeps the whole
		c.Rule = ""
		return c
	}
	done := finished(rounds)
	given := factsOf(newest, rounds, h.Playbook, now)
	c.May = true
	for i := range h.Zone.Measures {
		for j := range h.Zone.Measures[i].terms {
			x := c.condition(h.Zone.Measures[i], j, newest, given)
			c.Conditions = append(c.Conditions, x)
			c.May = c.May && x.Met
		}
	}
	if c.May {
		c.Earliest = now
		return c
	}
	c.project(newest, rounds, done, now)
	return c
}

// finished is the rounds as they will be when every door has its outcome.
func finished(rounds Reach) Reach {
	out := Reach{}
	for k, r := range rounds {
		out[k] = RoundFacts{Total: r.Total, Done: r.Total, Complete: r.Total > 0}
	}
	return out
}

// project looks for the first moment at which the rule will hold if nothing new
// is recorded: first with the rounds as they are, then as if they were finished.
// Days and hours since a fact are all that time alone can change, so only the
// moments at which one of them ticks are tried.
func (c *Clock) project(newest map[string]*Fact, rounds, done Reach, now time.Time) {
	step, most := 24*time.Hour, 60
	if strings.Contains(c.Rule, "hours") {
		step, most = time.Hour, 24*60
	}
	at := []time.Time{now}
	for name, f := range newest {
		if !strings.Contains(c.Rule, name) {
			continue
		}
		for k := 1; k <= most; k++ {
			if x := f.At.Add(time.Duration(k) * step); x.After(now) && x.Before(c.Measure.Until) {
				at = append(at, x)
			}
		}
	}
	slices.SortFunc(at, time.Time.Compare)
	at = slices.CompactFunc(at, time.Time.Equal)
	for pass, r := range []Reach{rounds, done} {
		for _, t := range at {
			if c.holdsAt(newest, r, t) {
				c.Earliest, c.AfterRound = t, pass == 1
				return
			}
		}
	}
}

func (c *Clock) holdsAt(newest map[string]*Fact, rounds Reach, t time.Time) bool {
	f := factsOf(newest, rounds, c.Playbook, t)
	for i := range c.Zone.Measures {
		if yes, err := c.Zone.Measures[i].MayRelease(f); err != nil || !yes {
			return false
		}
	}
	return true
}

// condition says how one term stands.
func (c *Clock) condition(m ZoneMeasure, j int, newest map[string]*Fact, given Facts) Condition {
	t := &m.terms[j]
	x := Condition{Code: "other", Name: t.Arg, Op: t.Op, Need: int(t.Number), Not: t.Not, Source: t.Source}
	met, err := t.Bool(map[string]any{"facts": given})
	if err != nil {
		c.Fault = err.Error()
	}
	x.Met = met && err == nil
	item, declared := c.Playbook.Fact(t.Arg)
	switch {
	case (t.Method == "days_since" || t.Method == "hours_since") && declared && t.Field == "" && (t.Op == ">=" || t.Op == ">") && !t.Not:
		x.Code, x.Title, x.Fact, x.Have = "days", item.Title, newest[t.Arg], int(since(given.Days, t.Arg))
		unit := 24 * time.Hour
		if t.Method == "hours_since" {
			x.Code, x.Have, unit = "hours", int(since(given.Hours, t.Arg)), time.Hour
		}
		if t.Op == ">" {
			x.Need++
		}
		if x.Fact != nil && x.Have >= 0 && !x.Met {
			x.At = x.Fact.At.Add(time.Duration(x.Need) * unit)
		}
	case t.Method == "holds" && declared && t.Op == "":
		x.Code, x.Title, x.Fact = "state", item.Title, newest[t.Arg]
	case t.Method == "round" && t.Field == "complete" && t.Op == "":
		if r, ok := c.Playbook.Round(t.Arg); ok {
			done := given.Rounds[t.Arg]
			x.Code, x.Title, x.Have, x.Total = "round", r.Title, done.Done, done.Total
		}
	}
	return x
}
