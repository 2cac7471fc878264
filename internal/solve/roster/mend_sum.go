package roster

// own is what one option costs a person beside the demands' rest: ways, wishes,
// demands and partners as they are.
func (m *mender) own(i int, o *option) int64 {
	cost := o.base
	for _, k := range o.rows {
		cost += m.extra(k)
	}
	for _, q := range m.p.Pairs {
		other := -1
		if q.A == i {
			other = q.B
		} else if q.B == i {
			other = q.A
		}
		if other < 0 {
			continue
		}
		switch m.out.Roster[other][o.day] {
		case o.duty:
			cost -= int64(q.Weight)
		case Off:
			cost += int64(q.Weight)
		}
	}
	return cost
}

// extra is what one more person on demand k costs.
func (m *mender) extra(k int32) int64 {
	d := &m.p.Demands[k]
	if int(m.there[k]) < d.Need {
		return -int64(d.Under)
	}
	return int64(d.Over)
}

// sum is what the roster costs, as far as one person's line can change it.
func (m *mender) sum(i int) int64 {
	sum := int64(0)
	for k, d := range m.p.Demands {
		n := int(m.there[k])
		sum += int64(max(d.Need-n, 0))*int64(d.Under) + int64(max(n-d.Need, 0))*int64(d.Over)
	}
	who, load, nights := &m.p.People[i], 0, 0
	for _, d := range m.out.Roster[i] {
		if d != Off {
			load++
			sum += who.offer(d.Post)
			if m.p.Shifts[d.Shift].Night {
				nights++
			}
		}
	}
	for _, w := range m.smith.wishes[i] {
		if (m.out.Roster[i][w.Day].Shift == int32(w.Shift)) != w.On {
			sum += int64(w.Weight)
		}
	}
	for _, q := range m.p.Pairs {
		if q.A != i && q.B != i {
			continue
		}
		for day := range m.p.Days {
			if m.out.Roster[q.A][day] != m.out.Roster[q.B][day] {
				sum += int64(q.Weight)
			}
		}
	}
	return sum + who.Load.cost(load) + who.Nights.cost(nights)
}

// short counts the people whom demands lack.
func (m *mender) short() int {
	sum := 0
	for k, d := range m.p.Demands {
		sum += max(d.Need-int(m.there[k]), 0)
	}
	return sum
}

// apply makes changes.
func (m *mender) apply(changes []Change) {
	for _, c := range changes {
		m.count(c.Person, c.Day, c.Was, -1)
		m.count(c.Person, c.Day, c.Is, 1)
		m.out.Roster[c.Person][c.Day] = c.Is
	}
}

// undo takes them back.
func (m *mender) undo(changes []Change) {
	for _, c := range changes {
		m.count(c.Person, c.Day, c.Is, -1)
		m.count(c.Person, c.Day, c.Was, 1)
		m.out.Roster[c.Person][c.Day] = c.Was
	}
}

// fill puts the first candidate in, where nobody can, whoever leaves a hole that
// another can fill.
func (m *mender) fill(v *Vacancy) {
	first := v.Candidates
	m.propose(v) // others may have been filled in between
	if len(v.Candidates) > 0 {
		m.apply(v.Candidates[0].Changes)
		v.By = v.Candidates[0].Person
	} else if m.wanted(v) {
		m.chain(v)
	}
	if len(v.Candidates) == 0 {
		v.Candidates = first
	}
}

// chain fills a vacancy by somebody who serves elsewhere then, and their duty by
// another: two people change instead of one.
func (m *mender) chain(v *Vacancy) {
	for i := range m.p.People {
		was := m.out.Roster[i][v.Day]
		if was == Off || was == v.Duty || m.away[[2]int{i, v.Day}] || v.Day < m.o.From || m.pinned(i, v.Day) ||
			m.p.fits(&m.p.People[i], v.Day, v.Duty) != "" {
			continue
		}
		move := []Change{{i, v.Day, was, v.Duty}}
		m.apply(move)
		if len(m.p.breaches(nil, i, m.out.Roster[i])) == 0 {
			hole := Vacancy{Day: v.Day, Duty: was, Was: i, By: -1}
			m.propose(&hole)
			for _, c := range hole.Candidates {
				if c.Person != i {
					m.apply(c.Changes)
					v.By = i
					return
				}
			}
		}
		m.undo(move)
	}
}

// pinned says whether a day was decided by hand.
func (m *mender) pinned(i, day int) bool {
	for _, pin := range m.p.People[i].Pins {
		if pin.Day == day {
			return true
		}
	}
	return false
}

// finish lists what is not as before.
func (m *mender) finish(before Roster) {
	for i, line := range before {
		for day, was := range line {
			if is := m.out.Roster[i][day]; is != was {
				m.out.Changes = append(m.out.Changes, Change{i, day, was, is})
			}
		}
	}
}
