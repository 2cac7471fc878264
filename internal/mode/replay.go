package mode

import (
	"slices"
	"strings"
	"time"
)

// RoundStep is how far a round had come in a measure's area from a moment on.
type RoundStep struct {
	At      time.Time
	Measure string // id
	Round   string // item
	Done    int
	Total   int
}

// History is a kept case: what was drawn, what was recorded, how the rounds went.
type History struct {
	Measures []Measure
	Facts    []Fact
	Rounds   []RoundStep
}

// Release is what a replay finds for one measure: when its rule first let it go
// under each set of rules, zero when it did not before the declared end.
type Release struct {
	Measure Measure
	Present time.Time
	Changed time.Time
	Ended   time.Time // when it really ended: lifted, or its declared end
}

// Replay goes through a kept case and says when each measure might have been
// released under the present rules and under changed ones, had nobody lifted
// anything by hand. Nothing is known in it before it was recorded. changed may be
// nil.
func Replay(h History, present, changed *Playbook) []Release {
	p := newPast(h, present, changed)
	out := make([]Release, 0, len(h.Measures))
	for i, m := range p.measures {
		if !m.From.Before(m.Until) {
			continue // never held
		}
		r := Release{Measure: h.Measures[i], Ended: m.Until}
		if l := h.Measures[i].Lifted; !l.IsZero() && l.Before(m.Until) {
			r.Ended = l
		}
		at := p.moments(m)
		r.Present = p.first(m, at, present)
		if changed != nil {
			r.Changed = p.first(m, at, changed)
		}
		out = append(out, r)
	}
	return out
}

// past is a history being gone through.
type past struct {
	History
	measures []Measure // as if nobody had lifted any
	edges    []time.Time
	fields   map[int]*Field // by how many edges have passed
	step     time.Duration
	book     *Playbook
}

func newPast(h History, books ...*Playbook) *past {
	p := &past{History: h, fields: map[int]*Field{}, step: 24 * time.Hour, book: books[0]}
	for _, b := range books {
		if b == nil {
			continue
		}
		for _, z := range b.Zones {
			for _, m := range z.Measures {
				if strings.Contains(m.Release, "hours") {
					p.step = time.Hour
				}
			}
		}
	}
	for _, m := range h.Measures {
		m.Lifted = time.Time{}
		p.measures = append(p.measures, m)
		p.edges = append(p.edges, m.From, m.Until)
	}
	slices.SortFunc(p.edges, time.Time.Compare)
	return p
}

// field is which measures held at t; it changes only where one begins or ends.
func (p *past) field(t time.Time) *Field {
	n, _ := slices.BinarySearchFunc(p.edges, t.Add(1), time.Time.Compare)
	if p.fields[n] == nil {
		p.fields[n] = NewField(p.measures, t, func(string) *Playbook { return p.book })
	}
	return p.fields[n]
}

// moments are the times at which the answer for a measure may change: its start,
// what was recorded, and each day (or hour) that is full after a fact.
func (p *past) moments(m Measure) []time.Time {
	at := []time.Time{m.From}
	add := func(t time.Time) {
		if t.After(m.From) && t.Before(m.Until) {
			at = append(at, t)
		}
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Incident != m.Incident {
			continue
		}
		add(f.Recorded)
		add(f.At)
		add(f.Withdrawn)
		for t := f.At.Add(p.step); t.Before(m.Until); t = t.Add(p.step) {
			add(t)
		}
	}
	for _, r := range p.Rounds {
		if r.Measure == m.ID {
			add(r.At)
		}
	}
	slices.SortFunc(at, time.Time.Compare)
	return slices.CompactFunc(at, time.Time.Equal)
}

func (p *past) first(m Measure, at []time.Time, book *Playbook) time.Time {
	z, ok := book.Zone(m.Zone)
	if !ok {
		return time.Time{}
	}
	for _, x := range z.Measures {
		if x.release == nil {
			return time.Time{}
		}
	}
	if len(z.Measures) == 0 {
		return time.Time{}
	}
	c := Clock{Hold: Hold{Measure: m, Zone: z, Playbook: book}}
	for _, t := range at {
		rounds := Reach{}
		for _, r := range p.Rounds { // in order of time
			if r.Measure == m.ID && !r.At.After(t) {
				rounds[r.Round] = RoundFacts{Total: r.Total, Done: r.Done, Complete: r.Total > 0 && r.Done >= r.Total}
			}
		}
		if c.holdsAt(gathered(p.Facts, &m, p.field(t), t), rounds, t) {
			return t
		}
	}
	return time.Time{}
}
