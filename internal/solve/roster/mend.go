package roster

import (
	"cmp"
	"slices"
)

// Absence is somebody who does not come: on every day from From to before Until.
type Absence struct{ Person, From, Until int }

// MendOptions say how to mend. Days before From are over and stay as they are.
// Asked is by person: a number that is larger the later they were last asked to
// step in, nil when nobody ever was. Few is how many candidates a vacancy names, 5
// when it is 0. Change is what each changed day of anybody else costs beside the
// objective; 0 stands for the largest weight of a demand, so that nothing is
// changed for the sake of a wish.
type MendOptions struct {
	From   int
	Asked  []int64
	Few    int
	Change int64
}

// Change is one day of one person that is not as it was.
type Change struct {
	Person, Day int
	Was, Is     Duty
}

// Candidate is somebody who could take a vacant duty without breaking a rule.
// Changes lists what that means for their line, the duty itself included; Cost is
// what the objective rises by against the roster with the vacancy (less than 0
// where filling it is worth more than it costs).
type Candidate struct {
	Person  int
	Changes []Change
	Cost    int64
}

// Vacancy is a duty that somebody left. The candidates are the few who fit best,
// by changed days and cost; among them those with the fewest changes come first
// and then who was asked longest ago. By is the one the mended roster uses, -1 when
// nobody can.
type Vacancy struct {
	Day        int
	Duty       Duty
	Was, By    int
	Candidates []Candidate
}

// Mending is what is proposed: the vacancies, the roster with each filled by its
// best candidate, and everything in it that is not as before.
type Mending struct {
	Vacancies []Vacancy
	Roster    Roster
	Changes   []Change
}

// Mend proposes who steps in for people who drop out. The roster must keep the
// rules. Whoever is absent is excused: what they still do may be less than their
// least minutes, days in a row or days off ask for. Everybody else keeps every
// hard rule, and as few of their days change as can be. The duty of an absent
// person that no demand is short of is not filled.
func Mend(p *Problem, r Roster, gone []Absence, o MendOptions) (*Mending, error) {
	if err := p.Valid(); err != nil {
		return nil, err
	}
	if _, broken := Check(p, r); len(broken) > 0 && broken[0].Code == Misshapen {
		return nil, ErrShape
	}
	for _, a := range gone {
		if a.Person < 0 || a.Person >= len(p.People) || a.From < 0 || a.Until > p.Days || a.From > a.Until {
			return nil, ErrShape
		}
	}
	m := newMender(p, r, gone, o)
	for k := range m.out.Vacancies {
		m.propose(&m.out.Vacancies[k])
	}
	// Whoever has the fewest ways to be filled is filled first.
	order := make([]int, len(m.out.Vacancies))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(len(m.out.Vacancies[a].Candidates), len(m.out.Vacancies[b].Candidates))
	})
	for _, k := range order {
		m.fill(&m.out.Vacancies[k])
	}
	m.finish(r)
	return m.out, nil
}

// mender is one call of Mend.
type mender struct {
	p     *Problem
	o     MendOptions
	out   *Mending
	there []int32
	away  map[[2]int]bool // person and day
	known map[int]*member
	smith *smith
	w     walker
}

// newMender takes the absent off the roster and lists what they leave.
func newMender(p *Problem, r Roster, gone []Absence, o MendOptions) *mender {
	m := &mender{p: p, o: o, out: &Mending{Roster: r.Clone()}, away: map[[2]int]bool{}, known: map[int]*member{}, smith: newSmith(p)}
	if m.o.Few == 0 {
		m.o.Few = 5
	}
	for _, d := range p.Demands {
		if o.Change == 0 {
			m.o.Change = max(m.o.Change, int64(d.Under), 1)
		}
	}
	for _, a := range gone {
		for day := max(a.From, o.From); day < a.Until; day++ {
			m.away[[2]int{a.Person, day}] = true
			if d := r[a.Person][day]; d != Off && m.out.Roster[a.Person][day] != Off {
				m.out.Roster[a.Person][day] = Off
				m.out.Vacancies = append(m.out.Vacancies, Vacancy{Day: day, Duty: d, Was: a.Person, By: -1})
			}
		}
	}
	m.there = make([]int32, len(p.Demands))
	for i, line := range m.out.Roster {
		for day, d := range line {
			m.count(i, day, d, 1)
		}
	}
	return m
}

// count adds a duty to the demands it counts for.
func (m *mender) count(i, day int, d Duty, by int32) {
	if d == Off {
		return
	}
	for _, k := range m.smith.rowAt[[3]int32{int32(day), d.Shift, d.Post}] {
		if skill := m.p.Demands[k].Skill; skill < 0 || has(m.p.People[i].Skills, skill) {
			m.there[k] += by
		}
	}
}

// wanted says whether a demand is short of the duty.
func (m *mender) wanted(v *Vacancy) bool {
	for _, k := range m.smith.rowAt[[3]int32{int32(v.Day), v.Duty.Shift, v.Duty.Post}] {
		if int(m.there[k]) < m.p.Demands[k].Need {
			return true
		}
	}
	return false
}

// propose finds the candidates of a vacancy against the roster as it is now.
func (m *mender) propose(v *Vacancy) {
	v.Candidates = nil
	if !m.wanted(v) {
		return
	}
	for i := range m.p.People {
		if m.out.Roster[i][v.Day] == v.Duty || m.away[[2]int{i, v.Day}] || m.p.fits(&m.p.People[i], v.Day, v.Duty) != "" {
			continue
		}
		if c, ok := m.candidate(i, v); ok {
			v.Candidates = append(v.Candidates, c)
		}
	}
	slices.SortStableFunc(v.Candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(len(a.Changes), len(b.Changes)), cmp.Compare(a.Cost, b.Cost))
	})
	v.Candidates = v.Candidates[:min(len(v.Candidates), m.o.Few)]
	slices.SortStableFunc(v.Candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(len(a.Changes), len(b.Changes)), cmp.Compare(m.asked(a.Person), m.asked(b.Person)))
	})
}

// asked is when somebody was last asked.
func (m *mender) asked(i int) int64 {
	if i < len(m.o.Asked) {
		return m.o.Asked[i]
	}
	return 0
}

// member is a person with the days that are over, and those away, decided.
func (m *mender) member(i int) *member {
	if known, ok := m.known[i]; ok {
		return known
	}
	who := m.p.People[i]
	pins := map[int]Duty{}
	for _, pin := range who.Pins {
		pins[pin.Day] = pin.Duty
	}
	excused := false
	for day := range m.p.Days {
		if m.away[[2]int{i, day}] {
			pins[day], excused = Off, true
		} else if day < m.o.From {
			pins[day] = m.out.Roster[i][day]
		}
	}
	if excused {
		who.LeastMinutes, who.LeastInRow, who.LeastOff = 0, 0, 0
	}
	who.Pins = nil
	for day := range m.p.Days {
		if d, ok := pins[day]; ok {
			who.Pins = append(who.Pins, Pin{day, d})
		}
	}
	made := m.smith.forge(i, &who)
	m.known[i] = made
	return made
}

// candidate finds the line of a person that serves the vacancy and changes least.
func (m *mender) candidate(i int, v *Vacancy) (Candidate, bool) {
	who, now := m.member(i), m.out.Roster[i]
	if who == nil {
		return Candidate{}, false
	}
	for day, d := range now {
		m.count(i, day, d, -1)
	}
	fixed := who.fixed[v.Day]
	who.fixed[v.Day] = true
	m.w.scale = 1
	m.w.offer(who, func(k int32) int64 {
		o := &who.options[k]
		if int(o.day) == v.Day && o.duty != v.Duty {
			return far
		}
		cost := m.own(i, o)
		switch was := now[o.day]; {
		case was == o.duty:
			cost -= m.o.Change
		case was == Off:
			cost += m.o.Change
		}
		return cost
	})
	found := m.w.walk(who) < far
	who.fixed[v.Day] = fixed
	for day, d := range now {
		m.count(i, day, d, 1)
	}
	if !found {
		return Candidate{}, false
	}
	c := Candidate{Person: i}
	for day, k := range m.w.line {
		d := Off
		if k >= 0 {
			d = who.options[k].duty
		}
		if d != now[day] {
			c.Changes = append(c.Changes, Change{i, day, now[day], d})
		}
	}
	before := m.sum(i)
	m.apply(c.Changes)
	c.Cost = m.sum(i) - before
	m.undo(c.Changes)
	return c, c.helps(v, m)
}

// helps says whether a candidate leaves no other hole in place of this one: what
// the demands cost must fall.
func (c *Candidate) helps(v *Vacancy, m *mender) bool {
	if len(c.Changes) == 1 && c.Changes[0].Was == Off {
		return true
	}
	before := m.short()
	m.apply(c.Changes)
	after := m.short()
	m.undo(c.Changes)
	return after < before
}
