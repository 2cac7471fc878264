package roster

import (
	"context"
	"math"
	"math/rand/v2"
)

// hand is one member's line while it is annealed: what the rules and counts say of
// it after each day, so that a changed day is weighed without walking the rest.
type hand struct {
	i       int
	m       *member
	line    []int32 // on the board, and changed in place
	at      []int32 // state of the rules before each day
	load    int
	nights  int
	minutes int

	next  []int32 // the line that is weighed, its states and counts
	going []int32
	plus  [3]int // load, nights, minutes of it against the line
	touch []int  // its changed days
}

// annealer exchanges days between the members of a team and gives single days to
// others, at a falling temperature.
type annealer struct {
	b     *board
	hands []hand
	near  [][]int32 // by post: the hands that may serve there
	owns  []bool    // posts that may be changed; nil for all
	days  int
	caps  []int32
}

// newAnnealer takes copies of the lines of some members, who all have one.
func newAnnealer(b *board, of []int32, owns []bool) *annealer {
	a := &annealer{b: b, days: b.p.Days, hands: make([]hand, len(of)), near: make([][]int32, len(b.p.Posts)), owns: owns}
	for k, i := range of {
		h := &a.hands[k]
		h.i, h.m = int(i), b.members[i]
		h.line = append([]int32(nil), b.lines[i]...)
		b.lines[i] = h.line
		h.at, h.going = make([]int32, a.days+1), make([]int32, a.days+1)
		h.next, h.touch = make([]int32, a.days), make([]int, 0, 4)
		h.at[0] = h.m.rules.start
		for o := range h.m.options {
			q := h.m.options[o].duty.Post
			if list := a.near[q]; len(list) == 0 || list[len(list)-1] != int32(k) {
				a.near[q] = append(list, int32(k))
			}
		}
		for day, o := range h.line {
			h.at[day+1] = h.m.next[h.at[day]][h.m.letter(o)]
			if o >= 0 {
				c := &h.m.classes[h.m.options[o].class]
				h.load, h.minutes = h.load+1, h.minutes+int(c.minutes)
				if c.night {
					h.nights++
				}
			}
		}
	}
	return a
}

// letter is the class of an option, for -1 that of a day off.
func (m *member) letter(o int32) int {
	if o < 0 {
		return len(m.classes)
	}
	return int(m.options[o].class)
}

// like finds a member's own option for a duty that another has on a day, -1 for
// off. ok is false where they may not serve it.
func (m *member) like(day int, d Duty) (o int32, ok bool) {
	if d == Off {
		return -1, !m.fixed[day]
	}
	for k := m.dayAt[day]; k < m.dayAt[day+1]; k++ {
		if m.options[k].duty == d {
			return k, true
		}
	}
	return -1, false
}

// begin starts to weigh a hand's line with some days changed.
func (h *hand) begin() {
	copy(h.next, h.line)
	h.touch, h.plus = h.touch[:0], [3]int{}
}

// set changes a day of the line that is weighed.
func (h *hand) set(day int, o int32) {
	h.touch = append(h.touch, day)
	h.count(h.next[day], -1)
	h.count(o, 1)
	h.next[day] = o
}

func (h *hand) count(o int32, by int) {
	if o < 0 {
		return
	}
	c := &h.m.classes[h.m.options[o].class]
	h.plus[0] += by
	h.plus[2] += by * int(c.minutes)
	if c.night {
		h.plus[1] += by
	}
}

// keeps says whether the line that is weighed breaks no rule.
func (a *annealer) keeps(h *hand) bool {
	m, who := h.m, h.m.who
	if minutes := h.minutes + h.plus[2]; minutes > who.MostMinutes && h.plus[2] > 0 || minutes < who.LeastMinutes {
		return false
	}
	first, last := h.touch[0], h.touch[0]
	for _, day := range h.touch {
		first, last = min(first, day), max(last, day)
	}
	copy(h.going[:first+1], h.at)
	q := h.at[first]
	same := false
	for day := first; day < a.days; day++ {
		if q = m.next[q][m.letter(h.next[day])]; q < 0 {
			return false
		}
		if h.going[day+1] = q; day >= last && q == h.at[day+1] {
			copy(h.going[day+1:], h.at[day+1:])
			same = true
			break
		}
	}
	if !same && !hasNumber(m.alive[a.days], q) {
		return false
	}
	return a.within(h)
}

// within says whether the counts beside the minutes are kept: shifts of one kind and
// weekends.
func (a *annealer) within(h *hand) bool {
	m := h.m
	if len(m.caps) > 0 {
		if cap(a.caps) < len(m.caps) {
			a.caps = make([]int32, len(m.caps))
		}
		of := a.caps[:len(m.caps)]
		clear(of)
		for _, o := range h.next {
			if o < 0 {
				continue
			}
			if c := m.classes[m.options[o].class].cap; c >= 0 {
				if of[c]++; of[c] > m.caps[c].most {
					return false
				}
			}
		}
	}
	if m.who.MostWeekends >= (a.days+8)/7 {
		return true
	}
	n := 0
	for day, o := range h.next {
		if o >= 0 && m.weekend[day] && (!m.sunday[day] || day == 0 || h.next[day-1] < 0) {
			n++
		}
	}
	return n <= m.who.MostWeekends
}

// swap makes the line that is weighed the hand's, and the line it was the one that is
// weighed, so that doing it twice changes nothing. The board's cost follows.
func (a *annealer) swap(h *hand) {
	b, m := a.b, h.m
	cost := m.who.Load.cost(h.load+h.plus[0]) + m.who.Nights.cost(h.nights+h.plus[1]) -
		m.who.Load.cost(h.load) - m.who.Nights.cost(h.nights)
	for _, day := range h.touch {
		was, is := h.line[day], h.next[day]
		cost -= a.apart(h, day)
		if was >= 0 {
			o := &m.options[was]
			cost -= o.base
			for _, r := range o.rows {
				b.there[r]--
				cost -= b.extra(r)
			}
		}
		h.line[day], h.next[day] = is, was
		if is >= 0 {
			o := &m.options[is]
			cost += o.base
			for _, r := range o.rows {
				cost += b.extra(r)
				b.there[r]++
			}
		}
		cost += a.apart(h, day)
	}
	h.at, h.going = h.going, h.at
	h.load, h.nights, h.minutes = h.load+h.plus[0], h.nights+h.plus[1], h.minutes+h.plus[2]
	h.plus = [3]int{-h.plus[0], -h.plus[1], -h.plus[2]}
	b.cost += cost
}

// apart is what a member's pairs cost on a day.
func (a *annealer) apart(h *hand, day int) (sum int64) {
	for _, q := range a.b.partner[h.i] {
		if a.b.lines[q.other] != nil && a.b.duty(h.i, day) != a.b.duty(int(q.other), day) {
			sum += q.weight
		}
	}
	return sum
}

// other draws somebody who may serve where a hand does on a day, or might; nil where
// there is nobody else.
func (a *annealer) other(random *rand.Rand, x *hand, day int) *hand {
	o := x.line[day]
	if o < 0 {
		from, until := x.m.dayAt[day], x.m.dayAt[day+1]
		if from == until {
			return nil
		}
		o = from + int32(random.IntN(int(until-from)))
	}
	near := a.near[x.m.options[o].duty.Post]
	if y := &a.hands[near[random.IntN(len(near))]]; y != x {
		return y
	}
	return nil
}

// trade weighs the exchange of one or two days of two hands. It says whether the
// exchange is one and breaks nothing.
func (a *annealer) trade(random *rand.Rand, x, y *hand, day int) bool {
	x.begin()
	y.begin()
	if !a.cross(x, y, day) {
		return false
	}
	switch other := random.IntN(2 * a.days); {
	case other < a.days && other != day:
		if !a.cross(x, y, other) {
			return false
		}
	case other >= a.days && other < a.days+a.days/2 && day+1 < a.days:
		if !a.cross(x, y, day+1) {
			return false
		}
	}
	return a.keeps(x) && a.keeps(y)
}

// cross exchanges one day of the lines that are weighed.
func (a *annealer) cross(x, y *hand, day int) bool {
	dx, dy := x.duty(day), y.duty(day)
	if dx == dy || !a.mine(dx) || !a.mine(dy) {
		return false
	}
	ox, ok := x.m.like(day, dy)
	if !ok {
		return false
	}
	oy, ok := y.m.like(day, dx)
	if !ok {
		return false
	}
	x.set(day, ox)
	y.set(day, oy)
	return true
}

// mine says whether a duty may be given and taken here.
func (a *annealer) mine(d Duty) bool { return a.owns == nil || d == Off || a.owns[d.Post] }

func (h *hand) duty(day int) Duty {
	if o := h.line[day]; o >= 0 {
		return h.m.options[o].duty
	}
	return Off
}

// alone weighs another duty, or none, on one day of a hand.
func (a *annealer) alone(random *rand.Rand, x *hand, day int) bool {
	from, until := x.m.dayAt[day], x.m.dayAt[day+1]
	o := from + int32(random.IntN(int(until-from)+1))
	if o == until {
		o = -1
	}
	if o == x.line[day] || o < 0 && x.m.fixed[day] {
		return false
	}
	if a.owns != nil && (!a.mine(x.duty(day)) || o >= 0 && !a.mine(x.m.options[o].duty)) {
		return false
	}
	x.begin()
	x.set(day, o)
	return a.keeps(x)
}

// beat is how many changes are tried around one post before another is drawn: what
// lies close together in memory is weighed together.
const beat = 256

// run tries so many changes from a temperature down to another and leaves the best
// lines it saw on the board.
func (a *annealer) run(ctx context.Context, random *rand.Rand, moves int, hot, cold float64) {
	best, saved := a.b.cost, true
	kept := make([][]int32, len(a.hands))
	for k := range a.hands {
		kept[k] = append([]int32(nil), a.hands[k].line...)
	}
	save := func() {
		for k := range a.hands {
			copy(kept[k], a.hands[k].line)
		}
		saved = true
	}
	var around []int32 // whom the changes of one beat begin with: those of one post
	heat, fall := hot, math.Pow(cold/hot, float64(beat)/float64(max(moves, beat)))
	for n := range moves {
		if n%beat == 0 {
			if heat *= fall; ctx.Err() != nil {
				break
			}
			m := a.hands[random.IntN(len(a.hands))].m
			if len(m.options) == 0 {
				continue
			}
			around = a.near[m.options[random.IntN(len(m.options))].duty.Post]
		}
		var y *hand
		if around == nil {
			continue
		}
		x, day := &a.hands[around[random.IntN(len(around))]], random.IntN(a.days)
		if len(a.hands) > 1 && random.IntN(5) > 0 {
			if y = a.other(random, x, day); y == nil || !a.trade(random, x, y, day) {
				continue
			}
		} else if !a.alone(random, x, day) {
			continue
		}
		before := a.b.cost
		if a.swap(x); y != nil {
			a.swap(y)
		}
		switch rise := a.b.cost - before; {
		case rise > 0 && float64(rise) > heat*random.ExpFloat64():
			if y != nil {
				a.swap(y)
			}
			a.swap(x)
			continue
		case rise > 0 && !saved: // the best is left behind
			if y != nil {
				a.swap(y)
			}
			a.swap(x)
			save()
			if a.swap(x); y != nil {
				a.swap(y)
			}
		}
		if a.b.cost < best {
			best, saved = a.b.cost, false
		}
	}
	if !saved {
		if a.b.cost != best {
			panic("roster: the best line was lost")
		}
		save()
	}
	for k := range a.hands {
		h := &a.hands[k]
		if !sameLine(h.line, kept[k]) {
			a.b.put(h.i, kept[k])
		}
	}
}
