package roster

import (
	"math"
	"slices"
)

// The tolerances of the linear program; costs are whole numbers.
const (
	tiny     = 1e-9
	dust     = 1e-12
	slack    = 1e-7 // by how much a value may fall below zero for the sake of a sounder pivot
	cheaper  = 1e-6 // a reduced cost that is worth a pivot
	wobble   = 2e-2 // the demands are shifted by up to this much, against ties
	banCost  = 1e6  // what a member without a line costs
	renew    = 64   // pivots after which values are computed anew
	shortest = 24   // candidates that one scan of all columns may name
)

// column is one line of one member in the linear program: from..to are its rows.
type column struct {
	row      int32 // the member's row
	from, to int32
	cost     float64
	extra    float64 // while lines are driven out, see drive
	line     []int32
	basic    bool
	banned   bool
}

// master is the linear program over lines: each free member has one line in all,
// and each demand is met, or fallen short of or exceeded at its weights. It is
// solved by the revised primal simplex with an explicit inverse, kept by columns.
//
// Variables are numbered 2·row and 2·row+1 for short and over of a demand's row
// and 2·m+k for column k.
type master struct {
	m, free     int
	rhs, need   []float64 // what is asked for, with and without the shift
	short, over []float64
	cols        []column
	rows        []int32 // of all columns, one after the other
	basis       []int32
	inv         []float64
	x, y, d     []float64
	rho         []float64
	plain       [2][]float64 // short and over as they were given, for tilt
	ratios      []ratio
	nonzero     []int32
	pivots      int
	queue       []int32
}

// newMaster is a program of free members and demands with what each still needs.
func newMaster(free int, need, short, over []float64) *master {
	m := free + len(need)
	t := &master{m: m, free: free, rhs: make([]float64, m), need: make([]float64, m), short: make([]float64, m), over: make([]float64, m),
		x: make([]float64, m), y: make([]float64, m), d: make([]float64, m)}
	for i := range free {
		t.need[i] = 1
		t.rhs[i], t.short[i], t.over[i] = 1, banCost, banCost // artificial, should a basis ever turn out singular
	}
	for k := range need {
		t.need[free+k] = need[k]
		t.short[free+k], t.over[free+k] = short[k], over[k]
	}
	t.shift(wobble)
	t.plain = [2][]float64{slices.Clone(t.short), slices.Clone(t.over)}
	return t
}

// shift asks of every demand a little more than there is, each by another amount
// (any fixed spread will do, this one never repeats), against ties.
func (t *master) shift(by float64) {
	for r := t.free; r < t.m; r++ {
		t.rhs[r] = t.need[r] + by*(0.1+math.Mod(float64(r-t.free+1)*math.Phi, 1))
	}
}

// add puts a line into the program.
func (t *master) add(row int32, cost float64, rows []int32, line []int32) int32 {
	from := int32(len(t.rows))
	t.rows = append(append(t.rows, row), rows...)
	t.cols = append(t.cols, column{row: row, from: from, to: int32(len(t.rows)), cost: cost, line: line})
	return int32(len(t.cols) - 1)
}

// start makes the basis of the first column of each member.
func (t *master) start() {
	t.basis = make([]int32, t.m)
	have := make([]float64, t.m)
	for i := range t.basis {
		t.basis[i] = -1
	}
	for k := range t.cols {
		c := &t.cols[k]
		if c.banned || t.basis[c.row] >= 0 {
			continue
		}
		t.basis[c.row] = int32(2*t.m + k)
		c.basic = true
		for _, r := range t.rows[c.from:c.to] {
			have[r]++
		}
	}
	for r := t.free; r < t.m; r++ {
		t.basis[r] = int32(2 * r)
		if have[r] > t.rhs[r] {
			t.basis[r]++
		}
	}
	t.refactor()
}

// price is the cost of a variable.
func (t *master) price(v int32) float64 {
	if v >= int32(2*t.m) {
		c := &t.cols[v-int32(2*t.m)]
		return c.cost + c.extra
	}
	if v&1 == 0 {
		return t.short[v/2]
	}
	return t.over[v/2]
}

// reduced is the reduced cost of a column.
func (t *master) reduced(c *column) float64 {
	sum := c.cost + c.extra
	for _, r := range t.rows[c.from:c.to] {
		sum -= t.y[r]
	}
	return sum
}

// solve pivots until no column and no slack is cheaper, or the given pivots are done.
func (t *master) solve(most int) {
	t.values()
	for range most {
		v, gain := t.enter()
		if gain >= -cheaper {
			return
		}
		t.pivot(v, gain)
	}
}

// enter names the variable to come in, from a short list that is filled by a
// scan of everything when it runs dry.
func (t *master) enter() (int32, float64) {
	for range 2 {
		best, least, keep := int32(-1), -cheaper, t.queue[:0]
		for _, v := range t.queue {
			if g := t.gain(v); g < -cheaper {
				keep = append(keep, v)
				if g < least {
					best, least = v, g
				}
			}
		}
		t.queue = keep
		if best >= 0 {
			return best, least
		}
		t.scan()
	}
	return -1, 0
}

// gain is the reduced cost of any variable that is not basic.
func (t *master) gain(v int32) float64 {
	if v >= int32(2*t.m) {
		c := &t.cols[v-int32(2*t.m)]
		if c.basic || c.banned {
			return 0
		}
		return t.reduced(c)
	}
	if v&1 == 0 {
		return t.short[v/2] - t.y[v/2]
	}
	return t.over[v/2] + t.y[v/2]
}

// scan fills the short list with the variables of the least reduced costs.
func (t *master) scan() {
	t.queue = t.queue[:0]
	bar := -cheaper
	push := func(v int32, g float64) {
		if g >= bar {
			return
		}
		t.queue = append(t.queue, v)
		if len(t.queue) >= 2*shortest {
			bar = t.halve()
		}
	}
	for r := t.free; r < t.m; r++ {
		push(int32(2*r), t.short[r]-t.y[r])
		push(int32(2*r+1), t.over[r]+t.y[r])
	}
	for k := range t.cols {
		if c := &t.cols[k]; !c.basic && !c.banned {
			push(int32(2*t.m+k), t.reduced(c))
		}
	}
}

// halve keeps the better half of the short list and returns the bar to pass.
func (t *master) halve() float64 {
	worth := make([]float64, len(t.queue))
	for i, v := range t.queue {
		worth[i] = t.gain(v)
	}
	for i := range shortest { // a short list: selection is quick enough
		least := i
		for k := i + 1; k < len(worth); k++ {
			if worth[k] < worth[least] {
				least = k
			}
		}
		worth[i], worth[least] = worth[least], worth[i]
		t.queue[i], t.queue[least] = t.queue[least], t.queue[i]
	}
	t.queue = t.queue[:shortest]
	return worth[shortest-1]
}

// ftran computes inverse times the column of a variable, into t.d.
func (t *master) ftran(v int32) {
	m := t.m
	clear(t.d)
	if v < int32(2*m) {
		sign := 1.0
		if v&1 == 1 {
			sign = -1
		}
		for i, a := range t.inv[int(v/2)*m : (int(v/2)+1)*m] {
			t.d[i] = sign * a
		}
	} else {
		c := &t.cols[v-int32(2*m)]
		d := t.d
		for _, r := range t.rows[c.from:c.to] {
			for i, a := range t.inv[int(r)*m : (int(r)+1)*m] {
				d[i] += a
			}
		}
	}
	t.nonzero = t.nonzero[:0]
	for i, a := range t.d {
		if a > tiny || a < -tiny {
			t.nonzero = append(t.nonzero, int32(i))
		} else {
			t.d[i] = 0
		}
	}
}

// pivot brings a variable in and takes the first one out that would turn negative.
func (t *master) pivot(v int32, gain float64) {
	t.ftran(v)
	limit := math.Inf(1)
	for _, i := range t.nonzero {
		if a := t.d[i]; a > 1e-6 {
			limit = min(limit, (max(t.x[i], 0)+slack)/a)
		}
	}
	out, size := int32(-1), 0.0
	for _, i := range t.nonzero {
		if a := t.d[i]; a > 1e-6 && max(t.x[i], 0)/a <= limit && a > size {
			out, size = i, a
		}
	}
	if out < 0 { // cannot be: every line is bounded by its member's row
		t.queue = t.queue[:0]
		return
	}
	theta := max(t.x[out], 0) / size
	for _, i := range t.nonzero {
		t.x[i] -= theta * t.d[i]
	}
	t.x[out] = theta
	t.swap(out, v)
	t.change(out, gain)
	t.pivots++
	if t.pivots%renew == 0 {
		t.values()
	}
}

// swap puts a variable in the place of the one that leaves.
func (t *master) swap(out, v int32) {
	if old := t.basis[out] - int32(2*t.m); old >= 0 {
		t.cols[old].basic = false
	}
	t.basis[out] = v
	if k := v - int32(2*t.m); k >= 0 {
		t.cols[k].basic = true
	}
}

// change updates the inverse for a pivot in row out with t.d, and the duals by
// the reduced cost of what came in.
func (t *master) change(out int32, gain float64) {
	m, size := t.m, t.d[out]
	for k := range m {
		col := t.inv[k*m : (k+1)*m]
		p := col[out]
		if p < dust && p > -dust {
			continue
		}
		f := p / size
		for _, i := range t.nonzero {
			col[i] -= f * t.d[i]
		}
		col[out] = f
		t.y[k] += gain * f
	}
}

// values computes x and y anew from the inverse, and the inverse from the basis
// where it has drifted.
func (t *master) values() {
	if t.fill() > 1e-6 {
		t.refactor()
	}
}

// fill computes x and y from the inverse and returns how far the basis times x is
// from the right-hand side.
func (t *master) fill() float64 {
	m := t.m
	clear(t.x)
	cost := t.d
	for i, v := range t.basis {
		cost[i] = t.price(v)
	}
	for k := range m {
		col, b, sum := t.inv[k*m:(k+1)*m], t.rhs[k], 0.0
		for i, a := range col {
			t.x[i] += a * b
			sum += a * cost[i]
		}
		t.y[k] = sum
	}
	have := make([]float64, m)
	for i, v := range t.basis {
		switch {
		case v >= int32(2*m):
			c := &t.cols[v-int32(2*m)]
			for _, r := range t.rows[c.from:c.to] {
				have[r] += t.x[i]
			}
		case v&1 == 0:
			have[v/2] += t.x[i]
		default:
			have[v/2] -= t.x[i]
		}
	}
	worst := 0.0
	for k := range have {
		worst = max(worst, math.Abs(have[k]-t.rhs[k]))
	}
	return worst
}

// refactor computes the inverse from the basis: slacks first, then one column
// after the other where its pivot is largest.
func (t *master) refactor() {
	m := t.m
	if t.inv == nil {
		t.inv = make([]float64, m*m)
	}
	clear(t.inv)
	taken := make([]bool, m)
	fresh := make([]int32, m)
	var lines []int32
	for _, v := range t.basis {
		if v >= int32(2*m) {
			lines = append(lines, v)
			continue
		}
		taken[v/2] = true
		fresh[v/2] = v
		t.inv[int(v/2)*m+int(v/2)] = 1 - 2*float64(v&1)
	}
	for r := range m {
		if !taken[r] {
			t.inv[r*m+r] = 1
		}
	}
	for _, v := range lines {
		t.ftran(v)
		at := int32(-1)
		for _, i := range t.nonzero {
			if !taken[i] && (at < 0 || math.Abs(t.d[i]) > math.Abs(t.d[at])) {
				at = i
			}
		}
		if at < 0 {
			t.cols[v-int32(2*m)].basic = false
			continue
		}
		taken[at], fresh[at] = true, v
		t.change(at, 0)
	}
	for r := range m {
		if !taken[r] {
			fresh[r] = int32(2 * r)
		}
	}
	copy(t.basis, fresh)
	t.fill()
}

// objective is the cost of the present point, without the shift of the demands.
func (t *master) objective() float64 {
	sum := 0.0
	for k := range t.m {
		sum += t.y[k] * t.need[k]
	}
	return sum
}

// fix leaves a member one line.
func (t *master) fix(k int32) {
	row := t.cols[k].row
	for i := range t.cols {
		if c := &t.cols[i]; c.row == row {
			c.banned = int32(i) != k
		}
	}
	t.queue = t.queue[:0]
}

// clone is a program of its own at the same point.
func (t *master) clone() *master {
	c := *t
	c.cols = append([]column(nil), t.cols...)
	c.rows = append([]int32(nil), t.rows...)
	c.basis = append([]int32(nil), t.basis...)
	c.inv = append([]float64(nil), t.inv...)
	c.rhs = append([]float64(nil), t.rhs...) // a dive shifts it
	c.x = append([]float64(nil), t.x...)
	c.y = append([]float64(nil), t.y...)
	c.d = make([]float64, t.m)
	c.short = append([]float64(nil), t.short...)
	c.over = append([]float64(nil), t.over...)
	c.nonzero, c.queue, c.rho, c.ratios = nil, nil, nil, nil
	return &c
}

// purge forgets lines that are dear at the present prices, down to so many.
func (t *master) purge(keep int) {
	if len(t.cols) <= keep {
		return
	}
	worth := make([]float64, len(t.cols))
	for k := range t.cols {
		if c := &t.cols[k]; c.basic {
			worth[k] = math.Inf(-1)
		} else if c.banned {
			worth[k] = math.Inf(1)
		} else {
			worth[k] = t.reduced(c)
		}
	}
	sorted := append([]float64(nil), worth...)
	slices.Sort(sorted)
	bar := sorted[keep]
	fresh := make([]int32, len(t.cols))
	cols, rows := t.cols[:0], make([]int32, 0, len(t.rows))
	for k, c := range t.cols {
		fresh[k] = -1
		if worth[k] >= bar && !c.basic {
			continue
		}
		fresh[k] = int32(len(cols))
		from := int32(len(rows))
		rows = append(rows, t.rows[c.from:c.to]...)
		c.from, c.to = from, int32(len(rows))
		cols = append(cols, c)
	}
	for i, v := range t.basis {
		if v >= int32(2*t.m) {
			t.basis[i] = int32(2*t.m) + fresh[v-int32(2*t.m)]
		}
	}
	t.cols, t.rows, t.queue = cols, rows, t.queue[:0]
}
