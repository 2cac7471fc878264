package roster

import (
	"fmt"
	"sort"
)

// option is one duty that a person may be given on one day. rows are the demands
// it counts for; base is what it costs this person beyond the person's constant.
type option struct {
	day, class int16
	duty       Duty
	base       int64
	rows       []int32
}

// class is a set of letters that rules and counts cannot tell apart. cap is an
// index into member.caps or -1.
type class struct {
	minutes int32
	cap     int32
	night   bool
}

// limit is a shift of which a person may serve no more than most.
type limit struct{ shift, most int32 }

// member is one person, compiled: what they may do each day and by which rules.
type member struct {
	rules    *rules
	next     [][]int32 // rules.next by class, then off
	classes  []class
	options  []option // by day, then class
	dayAt    []int32  // by day: the first option; one more at the end
	caps     []limit
	constant int64 // wishes that stay unmet when nothing is served
	fixed    []bool
	who      *Person

	inner   inner
	outer   []axis // counts beside the inner one that always matter
	from    [][]window
	alive   [][]int32 // by day: the states from which the horizon can be ended
	weekend []bool    // by day: a day of a weekend; a Sunday counts if Saturday was off
	sunday  []bool
}

// window is the range of the inner count that a state can be in on a day, so that
// the rest of the horizon can still be served within the limits.
type window struct{ lo, hi int32 }

// inner is the one count that lies close together in memory: minutes in units,
// or shifts. step is by class; least..most are the allowed totals; end is what a
// total costs.
type inner struct {
	step        []int32
	least, most int32
	end         []int64
}

// axis is a further count: how far it may go, which classes move it, what its end
// costs. Where it may go on at a price it stays at the most, and each step beyond
// costs toll; 0 means that it may not.
type axis struct {
	most    int32
	toll    int64
	weekend bool
	moves   []bool
	end     []int64
}

// compile makes the members of a problem, or says who cannot keep their own rules.
func compile(p *Problem) ([]*member, error) {
	s := newSmith(p)
	out := make([]*member, len(p.People))
	for i := range p.People {
		if out[i] = s.forge(i, &p.People[i]); out[i] == nil {
			return nil, noLine(i)
		}
	}
	return out, nil
}

// smith makes members of people, one by one.
type smith struct {
	author *author
	rowAt  map[[3]int32][]int32
	wishes [][]Wish
}

// newSmith looks through demands and wishes once for all people.
func newSmith(p *Problem) *smith {
	s := &smith{author: &author{p: p, known: map[string]*rules{}, gaps: map[[2]letter]int8{}}}
	s.rowAt = make(map[[3]int32][]int32, len(p.Demands))
	for k, d := range p.Demands {
		at := [3]int32{int32(d.Day), int32(d.Shift), int32(d.Post)}
		s.rowAt[at] = append(s.rowAt[at], int32(k))
	}
	s.wishes = make([][]Wish, len(p.People))
	for _, w := range p.Wishes {
		s.wishes[w.Person] = append(s.wishes[w.Person], w)
	}
	return s
}

// forge makes a member of person i as they are described by who, or nil where
// their own rules leave no line.
func (s *smith) forge(i int, who *Person) *member {
	m := &member{who: who}
	m.choose(s.author.p, s.rowAt, s.wishes[i])
	m.learn(s.author)
	m.count(s.author.p)
	if !m.reach(s.author.p.Days) {
		return nil
	}
	return m
}

// choose lists the options. A duty that counts for no demand is left out unless
// it was decided by hand or the person owes minutes.
func (m *member) choose(p *Problem, rowAt map[[3]int32][]int32, wishes []Wish) {
	who := m.who
	posts := make([]int32, 0, len(who.Offers))
	for _, o := range who.Offers {
		posts = append(posts, int32(o.Post))
	}
	if who.Offers == nil {
		for q := range p.Posts {
			posts = append(posts, int32(q))
		}
	}
	posts = sorted(posts)
	pins := map[int]Duty{}
	for _, pin := range who.Pins {
		pins[pin.Day] = pin.Duty
	}
	m.fixed = make([]bool, p.Days)
	m.dayAt = append(m.dayAt, 0)
	for day := range p.Days {
		pin, pinned := pins[day]
		m.fixed[day] = pinned && pin != Off
		for s := int32(0); int(s) < len(p.Shifts); s++ {
			for _, q := range posts {
				duty := Duty{s, q}
				rows := rowAt[[3]int32{int32(day), s, q}]
				if pinned && pin != duty || !pinned && len(rows) == 0 && !who.owes() ||
					p.fits(who, day, duty) != "" {
					continue
				}
				o := option{day: int16(day), duty: duty, base: who.offer(q)}
				for _, k := range rows {
					if skill := p.Demands[k].Skill; skill < 0 || has(who.Skills, skill) {
						o.rows = append(o.rows, k)
					}
				}
				m.options = append(m.options, o)
			}
		}
		m.dayAt = append(m.dayAt, int32(len(m.options)))
	}
	for _, w := range wishes {
		if w.On {
			m.constant += int64(w.Weight)
		}
		for k := m.dayAt[w.Day]; k < m.dayAt[w.Day+1]; k++ {
			o := &m.options[k]
			switch {
			case o.duty.Shift != int32(w.Shift):
			case w.On:
				o.base -= int64(w.Weight)
			default:
				o.base += int64(w.Weight)
			}
		}
	}
}

// learn takes the person's automaton and merges letters into classes.
func (m *member) learn(a *author) {
	p, who := a.p, m.who
	index := map[letter]int{}
	var letters []letter
	of := make([]int, len(m.options))
	for k, o := range m.options {
		l := letter{o.duty.Shift, int32(p.Posts[o.duty.Post].Zone)}
		if _, ok := index[l]; !ok {
			index[l] = len(letters)
			letters = append(letters, l)
		}
		of[k] = index[l]
	}
	m.rules = a.write(who, letters)
	capOf := map[int32]int32{}
	for s, most := range who.MostOf {
		if most < p.Days && most > 0 {
			capOf[int32(s)] = int32(len(m.caps))
			m.caps = append(m.caps, limit{int32(s), int32(most)})
		}
	}
	classOf, known := make([]int16, len(letters)), map[string]int16{}
	var column []int
	for k, l := range letters {
		c := class{minutes: int32(p.Shifts[l.shift].Minutes), cap: -1, night: p.Shifts[l.shift].Night && who.Nights.Weight > 0}
		if at, ok := capOf[l.shift]; ok {
			c.cap = at
		}
		sign := make([]int32, 0, len(m.rules.next))
		for _, row := range m.rules.next {
			sign = append(sign, row[k])
		}
		name := fmt.Sprint(c, sign)
		at, ok := known[name]
		if !ok {
			at = int16(len(m.classes))
			known[name] = at
			m.classes = append(m.classes, c)
			column = append(column, k)
		}
		classOf[k] = at
	}
	for k := range m.options {
		m.options[k].class = classOf[of[k]]
	}
	for _, row := range m.rules.next {
		short := make([]int32, 0, len(column)+1)
		for _, k := range column {
			short = append(short, row[k])
		}
		m.next = append(m.next, append(short, row[len(letters)]))
	}
}

// count lays out what is counted over the horizon.
func (m *member) count(p *Problem) {
	who := m.who
	m.weekend, m.sunday = make([]bool, p.Days), make([]bool, p.Days)
	weekends := 0
	for day := range p.Days {
		m.weekend[day] = p.weekend(day) >= 0
		m.sunday[day] = (day+p.Weekday)%7 == 6
		if m.weekend[day] && (!m.sunday[day] || day == 0) {
			weekends++
		}
	}
	unit, equal := int32(0), true
	for _, c := range m.classes {
		unit = gcd(unit, c.minutes)
		equal = equal && c.minutes == m.classes[0].minutes
	}
	unit = max(unit, 1)
	bounded := who.LeastMinutes > 0 || who.MostMinutes/int(unit) < p.Days*m.longest()/int(unit)
	load := who.Load.Weight > 0
	in := &m.inner
	in.step = make([]int32, len(m.classes))
	in.most = int32(p.Days)
	switch {
	case bounded:
		in.most = int32(min(who.MostMinutes, p.Days*m.longest()) / int(unit))
		in.least = int32((who.LeastMinutes + int(unit) - 1) / int(unit))
	case !load:
		in.most, unit = 0, Unlimited
	}
	for c := range m.classes {
		in.step[c] = m.classes[c].minutes / unit
		if !bounded && load {
			in.step[c] = 1
		}
	}
	in.end = make([]int64, in.most+1)
	if load && (equal || !bounded) {
		for n := range in.end {
			in.end[n] = who.Load.cost(n)
		}
	} else if load {
		m.outer = append(m.outer, m.tally(p.Days, who.Load, func(class) bool { return true }))
	}
	if who.MostWeekends < weekends {
		m.outer = append(m.outer, axis{most: int32(who.MostWeekends), weekend: true, moves: make([]bool, len(m.classes))})
	}
	if who.Nights.Weight > 0 {
		m.outer = append(m.outer, m.tally(p.Days, who.Nights, func(c class) bool { return c.night }))
	}
}

// tally is an axis that counts days of some classes at a price for the total.
func (m *member) tally(days int, share Share, counts func(class) bool) axis {
	most := min(days, share.High)
	x := axis{most: int32(most), end: make([]int64, most+1), toll: int64(share.Weight)}
	for n := range x.end {
		x.end[n] = share.cost(n)
	}
	for _, c := range m.classes {
		x.moves = append(x.moves, counts(c))
	}
	return x
}

// longest is the length of the longest shift the person may get.
func (m *member) longest() int {
	most := 0
	for _, c := range m.classes {
		most = max(most, int(c.minutes))
	}
	return most
}

func gcd(a, b int32) int32 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// sorted sorts and drops repetitions.
func sorted(list []int32) []int32 {
	sort.Slice(list, func(i, j int) bool { return list[i] < list[j] })
	out := list[:0]
	for i, x := range list {
		if i == 0 || x != list[i-1] {
			out = append(out, x)
		}
	}
	return out
}

// owes says whether the person may have to serve where nobody is asked for.
func (who *Person) owes() bool {
	return who.LeastMinutes > 0 || who.Load.Low > 0 || who.LeastInRow > 1
}
