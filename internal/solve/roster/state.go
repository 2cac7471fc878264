package roster

import "slices"

// board is a roster while it is worked on: each member's line as options, and how
// many people each demand has. cost is kept up to date.
type board struct {
	p       *Problem
	members []*member
	partner [][]partner // by member
	lines   [][]int32   // by member and day: the option, -1 for off
	there   []int32     // by demand
	cost    int64
	brief   bool // see Options
}

// partner is one side of a pair.
type partner struct {
	other  int32
	weight int64
}

// newBoard is the board on which nobody serves; lines are nil.
func newBoard(p *Problem, members []*member) *board {
	b := &board{p: p, members: members, lines: make([][]int32, len(members)), there: make([]int32, len(p.Demands))}
	b.partner = make([][]partner, len(members))
	for _, q := range p.Pairs {
		b.partner[q.A] = append(b.partner[q.A], partner{int32(q.B), int64(q.Weight)})
		b.partner[q.B] = append(b.partner[q.B], partner{int32(q.A), int64(q.Weight)})
	}
	for k := range p.Demands {
		b.cost += b.demand(int32(k), 0)
	}
	return b
}

// demand is what demand k costs with n people.
func (b *board) demand(k, n int32) int64 {
	d := &b.p.Demands[k]
	if gap := int64(d.Need) - int64(n); gap > 0 {
		return gap * int64(d.Under)
	} else {
		return -gap * int64(d.Over)
	}
}

// extra is what one more person on demand k costs.
func (b *board) extra(k int32) int64 {
	d := &b.p.Demands[k]
	if int(b.there[k]) < d.Need {
		return -int64(d.Under)
	}
	return int64(d.Over)
}

// own is what a line costs by itself: ways, wishes and fairness.
func (m *member) own(line []int32) int64 {
	cost := m.constant
	load, nights := 0, 0
	for _, k := range line {
		if k < 0 {
			continue
		}
		o := &m.options[k]
		cost += o.base
		load++
		if m.classes[o.class].night {
			nights++
		}
	}
	return cost + m.who.Load.cost(load) + m.who.Nights.cost(nights)
}

// put gives a member a line (nil takes it away) and keeps the sums.
func (b *board) put(i int, line []int32) {
	m := b.members[i]
	if old := b.lines[i]; old != nil {
		b.cost -= m.own(old) + b.apart(i)
		for _, k := range old {
			if k >= 0 {
				for _, r := range m.options[k].rows {
					b.there[r]--
					b.cost -= b.extra(r)
				}
			}
		}
	}
	b.lines[i] = line
	if line == nil {
		return
	}
	b.cost += m.own(line) + b.apart(i)
	for _, k := range line {
		if k >= 0 {
			for _, r := range m.options[k].rows {
				b.cost += b.extra(r)
				b.there[r]++
			}
		}
	}
}

// apart is what a member's pairs cost with those partners who have a line.
func (b *board) apart(i int) int64 {
	sum := int64(0)
	for _, q := range b.partner[i] {
		if b.lines[q.other] == nil {
			continue
		}
		for day := range b.p.Days {
			if b.duty(i, day) != b.duty(int(q.other), day) {
				sum += q.weight
			}
		}
	}
	return sum
}

// apartWith is the same for a line that is not on the board.
func (b *board) apartWith(i int, line []int32) int64 {
	old := b.lines[i]
	b.lines[i] = line
	sum := b.apart(i)
	b.lines[i] = old
	return sum
}

// clone is a board of its own with the same lines.
func (b *board) clone() *board {
	c := *b
	c.lines = append([][]int32(nil), b.lines...)
	c.there = append([]int32(nil), b.there...)
	return &c
}

// duty is what a member does on a day.
func (b *board) duty(i, day int) Duty {
	if k := b.lines[i][day]; k >= 0 {
		return b.members[i].options[k].duty
	}
	return Off
}

// rewalk finds the best line of a member who has none just now against the rest
// of the board, and leaves it in the walker. The sum is relative to the board
// without the member; far when there is no line.
func (b *board) rewalk(w *walker, i int) int64 {
	m := b.members[i]
	w.scale = 1
	w.offer(m, func(k int32) int64 {
		o := &m.options[k]
		cost := o.base + b.together(i, o)
		for _, r := range o.rows {
			cost += b.extra(r)
		}
		return cost
	})
	return w.walk(m)
}

// together is what the member's partners make of an option, against being off.
func (b *board) together(i int, o *option) int64 {
	sum := int64(0)
	for _, q := range b.partner[i] {
		if b.lines[q.other] == nil {
			continue
		}
		switch b.duty(int(q.other), int(o.day)) {
		case o.duty:
			sum -= q.weight
		case Off:
			sum += q.weight
		}
	}
	return sum
}

// away is what a member's pairs cost while they are off all the time, with those
// partners who have a line.
func (b *board) away(i int) int64 {
	sum := int64(0)
	for _, q := range b.partner[i] {
		if b.lines[q.other] == nil {
			continue
		}
		for day := range b.p.Days {
			if b.duty(int(q.other), day) != Off {
				sum += q.weight
			}
		}
	}
	return sum
}

// roster is what the board says in the caller's terms.
func (b *board) roster() Roster {
	out := make(Roster, len(b.lines))
	for i := range b.lines {
		out[i] = make([]Duty, b.p.Days)
		for day := range out[i] {
			out[i][day] = b.duty(i, day)
		}
	}
	return out
}

// sameLine says whether two lines are the same days.
func sameLine(a, c []int32) bool {
	return (a == nil) == (c == nil) && slices.Equal(a, c)
}
