package roster

import (
	"errors"
	"fmt"
)

// ErrNoLine is the error for a person whose own rules (fixed days off, decisions by
// hand, least minutes and the rest) leave no line at all.
var ErrNoLine = errors.New("roster: no line keeps this person's rules")

// noLine names the person.
func noLine(i int) error { return fmt.Errorf("%w: person %d", ErrNoLine, i) }

// none is an empty window.
var none = window{1 << 30, -1}

func (w window) empty() bool { return w.lo > w.hi }

// join is the smallest window around both.
func (w window) join(v window) window {
	return window{min(w.lo, v.lo), max(w.hi, v.hi)}
}

// reach finds for each day and state the windows from which the end can still be
// reached within the limits, and says whether there is any line at all as far as
// rules and the inner count can tell.
func (m *member) reach(days int) bool {
	states := len(m.rules.next)
	m.from, m.alive = make([][]window, days+1), make([][]int32, days+1)
	for d := range m.from {
		m.from[d] = make([]window, states)
		for q := range m.from[d] {
			m.from[d][q] = none
		}
	}
	m.from[0][m.rules.start] = window{0, 0}
	for d := range days {
		for q, w := range m.from[d] {
			if w.empty() {
				continue
			}
			m.moves(d, int32(q), func(t, step int32) {
				m.from[d+1][t] = m.from[d+1][t].join(window{w.lo + step, min(w.hi+step, m.inner.most)})
			})
		}
	}
	rest := make([]window, states) // what can still be added
	later := make([]window, states)
	for q := range rest {
		rest[q] = window{0, 0}
	}
	for d := days; d >= 0; d-- {
		if d < days {
			for q := range later {
				later[q] = none
				if m.from[d][q].empty() {
					continue
				}
				m.moves(d, int32(q), func(t, step int32) {
					if !rest[t].empty() {
						later[q] = later[q].join(window{rest[t].lo + step, rest[t].hi + step})
					}
				})
			}
			rest, later = later, rest
		}
		for q, w := range m.from[d] {
			if !w.empty() && !rest[q].empty() {
				w = window{max(w.lo, m.inner.least-rest[q].hi), min(w.hi, m.inner.most-rest[q].lo)}
			} else {
				w = none
			}
			m.from[d][q] = w
			if !w.empty() {
				m.alive[d] = append(m.alive[d], int32(q))
			}
		}
	}
	return len(m.alive[0]) > 0
}

// moves calls back for each way on from a state on a day: the state after it and
// what it adds to the inner count.
func (m *member) moves(day int, q int32, each func(t, step int32)) {
	row := m.next[q]
	last := int16(-1)
	for k := m.dayAt[day]; k < m.dayAt[day+1]; k++ {
		if c := m.options[k].class; c != last {
			last = c
			if row[c] >= 0 {
				each(row[c], m.inner.step[c])
			}
		}
	}
	if t := row[len(m.classes)]; t >= 0 && !m.fixed[day] {
		each(t, 0)
	}
}
