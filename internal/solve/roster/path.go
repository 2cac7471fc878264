package roster

import "math"

// far is more than any line can cost.
const far = math.MaxInt64 / 4

// walker finds the cheapest line of a member: a shortest path over days in the
// space of (state of the rules, counts). It keeps its memory between walks; one
// walker serves one goroutine.
type walker struct {
	scale int64     // prices are offered in this many parts of a cost
	fair  int64     // unfairness costs so many times what it does; 0 counts as 1
	cost  [][]int64 // by day: state × outer × inner
	outer []axis
	caps  []int32 // limits among the axes, as indexes into member.caps
	from  []int32 // first axis of a limit
	size  int32   // of all axes together
	width int32   // of the inner count
	jump  [][]int32
	toll  [][]int64
	word  []int16 // the line found: by day the class, -1 for off
	line  []int32 // the same as options
	price []int64 // by day and class
	pick  []int32 // by day and class: the cheapest option
	cell  int32   // of the last day, where the line found ends
	found []int32
}

// lay prepares the walker for a member with some of their limits by shift.
func (w *walker) lay(m *member, caps []int32) {
	w.outer = append(w.outer[:0], m.outer...)
	w.caps = caps
	for _, c := range caps {
		x := axis{most: m.caps[c].most, moves: make([]bool, len(m.classes))}
		for k := range m.classes {
			x.moves[k] = m.classes[k].cap == c
		}
		w.outer = append(w.outer, x)
	}
	w.width, w.size = m.inner.most+1, 1
	for _, x := range w.outer {
		w.size *= x.most + 1
	}
	for len(w.jump) < 2*len(m.classes) {
		w.jump, w.toll = append(w.jump, nil), append(w.toll, nil)
	}
	for c := range m.classes {
		for k := range 2 {
			w.leap(2*c+k, c, k == 1)
		}
	}
	days := len(m.dayAt) - 1
	cells := int(w.size) * int(w.width) * len(m.next)
	for len(w.cost) <= days {
		w.cost = append(w.cost, nil)
	}
	for d := range days + 1 {
		if cap(w.cost[d]) < cells {
			w.cost[d] = make([]int64, cells)
		}
		w.cost[d] = w.cost[d][:cells]
	}
}

// leap works out for each cell of the outer axes where a duty of a class leads, as
// an offset in cells of the inner count, or -1, and what that costs beside its
// price; fresh says that it begins a weekend.
func (w *walker) leap(at, c int, fresh bool) {
	jump, toll := w.jump[at][:0], w.toll[at][:0]
	for cell := range w.size {
		rest, unit, to, dear := cell, int32(1), cell, int64(0)
		for _, x := range w.outer {
			n := rest % (x.most + 1)
			rest /= x.most + 1
			switch {
			case !x.moves[c] && !(x.weekend && fresh):
			case n < x.most:
				to += unit
			case x.toll > 0:
				dear += x.toll * w.weight()
			default:
				to = -1 << 30
			}
			unit *= x.most + 1
		}
		jump, toll = append(jump, max(to, -1)*w.width), append(toll, dear)
	}
	w.jump[at], w.toll[at] = jump, toll
}

// offer sets the prices of a walk from what each option costs.
func (w *walker) offer(m *member, cost func(option int32) int64) {
	n := (len(m.dayAt) - 1) * len(m.classes)
	if cap(w.price) < n {
		w.price, w.pick = make([]int64, n), make([]int32, n)
	}
	w.price, w.pick = w.price[:n], w.pick[:n]
	for i := range w.price {
		w.price[i] = far
	}
	for k := range m.options {
		o := &m.options[k]
		at := int(o.day)*len(m.classes) + int(o.class)
		if c := cost(int32(k)); c < w.price[at] {
			w.price[at], w.pick[at] = c, int32(k)
		}
	}
}

// walk finds the cheapest line at the offered prices and leaves it in w.line. It
// returns far when there is none. Limits by shift are counted only once a line has
// broken them.
func (w *walker) walk(m *member) int64 {
	var caps []int32
	for {
		w.lay(m, caps)
		w.forward(m)
		cell, cost := w.best(m)
		if cost >= far/2 {
			return far
		}
		w.trace(m, cell)
		w.cell = cell
		more := w.broken(m, caps)
		if len(more) == len(caps) {
			return cost
		}
		caps = more
	}
}

// broken adds to the limits those that the line breaks.
func (w *walker) broken(m *member, caps []int32) []int32 {
	out := caps
	for c, l := range m.caps {
		n := int32(0)
		for _, k := range w.word {
			if k >= 0 && m.classes[k].cap == int32(c) {
				n++
			}
		}
		if n > l.most && !hasNumber(caps, int32(c)) {
			out = append(out[:len(out):len(out)], int32(c))
		}
	}
	return out
}

// forward fills the costs of all cells, day by day.
func (w *walker) forward(m *member) {
	days := len(m.dayAt) - 1
	classes := len(m.classes)
	w.clear(m, 0)
	w.cost[0][m.rules.start*w.size*w.width] = 0
	for d := range days {
		w.clear(m, d+1)
		prices := w.price[d*classes : (d+1)*classes]
		for _, q := range m.alive[d] {
			row, in := m.next[q], m.from[d][q]
			fresh := w.fresh(m, d, q)
			for c, price := range prices {
				if t := row[c]; price < far && t >= 0 {
					w.relax(d, q, t, in, m.from[d+1][t], m.inner.step[c], price, 2*c+fresh)
				}
			}
			if t := row[classes]; t >= 0 && !m.fixed[d] {
				w.relax(d, q, t, in, m.from[d+1][t], 0, 0, -1)
			}
		}
	}
}

// fresh is 1 when a duty on this day would begin a weekend's count.
func (w *walker) fresh(m *member, d int, q int32) int {
	if m.weekend[d] && (!m.sunday[d] || d == 0 || !m.rules.onDuty[q]) {
		return 1
	}
	return 0
}

// clear sets the cells of a day to far, as far as they are ever looked at.
func (w *walker) clear(m *member, d int) {
	cost := w.cost[d]
	for _, q := range m.alive[d] {
		in := m.from[d][q]
		for o := range w.size {
			base := (q*w.size + o) * w.width
			cells := cost[base+in.lo : base+in.hi+1]
			for i := range cells {
				cells[i] = far
			}
		}
	}
}

// relax takes one step from state q to state t in all counts at once.
func (w *walker) relax(d int, q, t int32, in, to window, step int32, price int64, leap int) {
	lo, hi := max(in.lo, to.lo-step), min(in.hi, to.hi-step)
	if lo > hi {
		return
	}
	src, dst := w.cost[d], w.cost[d+1]
	for o := range w.size {
		at, price := o*w.width, price
		if leap >= 0 {
			if at = w.jump[leap][o]; at < 0 {
				continue
			}
			price += w.toll[leap][o]
		}
		a := (q*w.size+o)*w.width + lo
		b := t*w.size*w.width + at + lo + step
		from := src[a : a+hi-lo+1]
		into := dst[b : b+hi-lo+1]
		for i, v := range from {
			if v += price; v < into[i] {
				into[i] = v
			}
		}
	}
}

// best is the cheapest cell on the last day, ends of counts paid.
func (w *walker) best(m *member) (int32, int64) {
	days := len(m.dayAt) - 1
	cell, least := int32(-1), int64(far)
	for _, q := range m.alive[days] {
		in := m.from[days][q]
		for o := range w.size {
			end := w.end(o)
			base := (q*w.size + o) * w.width
			for n := max(in.lo, m.inner.least); n <= in.hi; n++ {
				if c := w.cost[days][base+n]; c < far/2 && c+w.weight()*(end+m.inner.end[n]) < least {
					cell, least = base+n, c+w.weight()*(end+m.inner.end[n])
				}
			}
		}
	}
	return cell, least
}

// weight is what a unit of unfairness costs, in parts of a cost.
func (w *walker) weight() int64 { return w.scale * max(w.fair, 1) }

// end is what the totals of the outer axes cost.
func (w *walker) end(cell int32) int64 {
	sum := int64(0)
	for _, x := range w.outer {
		if x.end != nil {
			sum += x.end[cell%(x.most+1)]
		}
		cell /= x.most + 1
	}
	return sum
}

// trace walks back from a cell of the last day and writes the line down.
func (w *walker) trace(m *member, cell int32) {
	days, classes := len(m.dayAt)-1, len(m.classes)
	if cap(w.word) < days {
		w.word, w.line = make([]int16, days), make([]int32, days)
	}
	w.word, w.line = w.word[:days], w.line[:days]
	for d := days - 1; d >= 0; d-- {
		cell = w.back(m, d, cell)
		if c := w.word[d]; c >= 0 {
			w.line[d] = w.pick[d*classes+int(c)]
		} else {
			w.line[d] = -1
		}
	}
}

// back finds a cell of day d from which the given cell of the day after was reached.
func (w *walker) back(m *member, d int, cell int32) int32 {
	classes := len(m.classes)
	value := w.cost[d+1][cell]
	t, o, n := cell/(w.size*w.width), cell/w.width%w.size, cell%w.width
	for _, q := range m.alive[d] {
		row, in := m.next[q], m.from[d][q]
		if row[classes] == t && !m.fixed[d] && n >= in.lo && n <= in.hi {
			if at := (q*w.size+o)*w.width + n; w.cost[d][at] == value {
				w.word[d] = -1
				return at
			}
		}
		fresh := w.fresh(m, d, q)
		for c := range classes {
			price, was := w.price[d*classes+c], n-m.inner.step[c]
			if row[c] != t || price >= far || was < in.lo || was > in.hi {
				continue
			}
			toll := w.toll[2*c+fresh]
			for from, to := range w.jump[2*c+fresh][:w.size] {
				at := (q*w.size+int32(from))*w.width + was
				if to == o*w.width && w.cost[d][at]+price+toll[from] == value {
					w.word[d] = int16(c)
					return at
				}
			}
		}
	}
	panic("roster: a path without a beginning")
}

// hasNumber says whether a short list holds a number.
func hasNumber(list []int32, x int32) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// others lists, for each total of the inner count but the best line's, the best
// cell of the last day.
func (w *walker) others(m *member) []int32 {
	days := len(m.dayAt) - 1
	w.found = w.found[:0]
	for n := m.inner.least; n <= m.inner.most; n++ {
		cell, least := int32(-1), int64(far/2)
		for _, q := range m.alive[days] {
			in := m.from[days][q]
			if n < in.lo || n > in.hi {
				continue
			}
			for o := range w.size {
				at := (q*w.size+o)*w.width + n
				if c := w.cost[days][at] + w.weight()*w.end(o); c < least {
					cell, least = at, c
				}
			}
		}
		if cell >= 0 && cell != w.cell {
			w.found = append(w.found, cell)
		}
	}
	return w.found
}
