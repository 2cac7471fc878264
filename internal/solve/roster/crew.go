package roster

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// scale is how many parts of a cost the prices of a walk are whole numbers of.
const scale = 1024

// crew is a set of members who are rostered anew together while everybody else
// stays: a linear program over their lines, and the prices that come of it.
type crew struct {
	b       *board // without the crew's lines
	free    []int32
	demands []int32 // by row of the program, less the members
	rowOf   []int32 // by demand: the row, or -1
	t       *master
	fixed   []bool
	left    int   // members not fixed
	base    int64 // what the board costs apart from the crew and its demands

	pi, center []int64 // by demand of the crew: the price of one person more
	bound      int64   // proven, in whole costs, of everything together
	alpha      float64
	walkers    []*walker
	finds      [][]find
	least      []int64
}

// find is a line that a walk found.
type find struct {
	line    []int32
	reduced float64 // at the program's prices, filled in later
}

// newCrew takes the lines of some members off a board and sets up their program
// with those lines in it.
func newCrew(b *board, free []int32, walkers []*walker) *crew {
	c := &crew{b: b, free: free, walkers: walkers, left: len(free), fixed: make([]bool, len(free)), bound: math.MinInt64}
	old := make([][]int32, len(free))
	for i, f := range free {
		old[i] = b.lines[f]
		b.put(int(f), nil)
	}
	c.rowOf = noRows(len(b.there))
	var need, short, over []float64
	c.base = b.cost
	for _, f := range free {
		for k := range b.members[f].options {
			for _, r := range b.members[f].options[k].rows {
				if c.rowOf[r] >= 0 {
					continue
				}
				c.rowOf[r] = int32(len(free) + len(need))
				c.demands = append(c.demands, r)
				d := &b.p.Demands[r]
				c.base -= b.demand(r, b.there[r])
				need = append(need, float64(d.Need)-float64(b.there[r]))
				short, over = append(short, float64(d.Under)), append(over, float64(d.Over))
			}
		}
	}
	c.t = newMaster(len(free), need, short, over)
	for i := range free {
		c.add(i, old[i])
	}
	c.t.start()
	c.pi, c.center = make([]int64, len(need)), nil
	c.finds, c.least = make([][]find, len(free)), make([]int64, len(free))
	return c
}

// noRows is a map of demands to rows that knows none.
func noRows(n int) []int32 {
	out := make([]int32, n)
	for k := range out {
		out[k] = -1
	}
	return out
}

// add puts a line of the crew's i-th member into the program.
func (c *crew) add(i int, line []int32) int32 {
	f := int(c.free[i])
	m := c.b.members[f]
	var rows []int32
	for _, k := range line {
		if k >= 0 {
			for _, r := range m.options[k].rows {
				rows = append(rows, c.rowOf[r])
			}
		}
	}
	return c.t.add(int32(i), float64(m.own(line)+c.b.apartWith(f, line)), rows, line)
}

// seek prices every member who is not fixed at c.pi and keeps the lines found. It
// returns the Lagrangian bound in parts of a cost: what nobody can undercut while
// the fixed ones stay fixed.
func (c *crew) seek() int64 {
	var next atomic.Int32
	work := func(w *walker) {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(c.free) {
				return
			}
			if !c.fixed[i] {
				c.least[i] = c.walk(w, i)
			}
		}
	}
	if len(c.walkers) == 1 {
		work(c.walkers[0])
	} else {
		var wait sync.WaitGroup
		for _, w := range c.walkers {
			wait.Go(func() { work(w) })
		}
		wait.Wait()
	}
	sum := c.base * scale
	for k, r := range c.demands {
		d := &c.b.p.Demands[r]
		sum += c.pi[k] * (int64(d.Need) - int64(c.b.there[r]))
	}
	for i := range c.free {
		if !c.fixed[i] {
			sum += c.least[i]
		}
	}
	return sum
}

// walk finds the best lines of one member at c.pi: the best of all and the best
// for each total of the inner count.
func (c *crew) walk(w *walker, i int) int64 {
	f := int(c.free[i])
	m := c.b.members[f]
	w.scale = scale
	w.offer(m, func(k int32) int64 {
		o := &m.options[k]
		cost := (o.base + c.b.together(f, o)) * scale
		for _, r := range o.rows {
			cost -= c.pi[int(c.rowOf[r])-len(c.free)]
		}
		return cost
	})
	least := w.walk(m)
	c.finds[i] = append(c.finds[i][:0], find{line: append([]int32(nil), w.line...)})
	for _, cell := range w.others(m) {
		w.trace(m, cell)
		if len(w.broken(m, w.caps)) == len(w.caps) {
			c.finds[i] = append(c.finds[i], find{line: append([]int32(nil), w.line...)})
		}
	}
	return least + (m.constant+c.b.away(f))*scale
}

// round solves the program, sets prices from it, seeks lines, and takes in those
// that are cheap at the program's prices. It says whether any was.
func (c *crew) round(pivots int) bool {
	c.t.solve(pivots)
	found := c.take(c.alpha)
	if !found && c.alpha > 0 && c.center != nil {
		found = c.take(0)
	}
	return found
}

// take seeks at prices between the best ones so far and the program's.
func (c *crew) take(alpha float64) bool {
	if c.center == nil {
		alpha = 0
	}
	for k, r := range c.demands {
		d := &c.b.p.Demands[r]
		at := int64(math.Round(c.t.y[c.t.free+k] * scale))
		at = min(max(at, -int64(d.Over)*scale), int64(d.Under)*scale)
		if alpha > 0 {
			at = int64(math.Round(alpha*float64(c.center[k]) + (1-alpha)*float64(at)))
		}
		c.pi[k] = at
	}
	bound := c.seek()
	if whole := ceilDiv(bound, scale); c.left == len(c.free) && whole > c.bound || c.center == nil {
		c.bound = max(c.bound, whole)
		c.center = append(c.center[:0], c.pi...)
	}
	found := false
	for i := range c.free {
		if c.fixed[i] {
			continue
		}
		for _, x := range c.finds[i] {
			if c.cheap(i, x.line) {
				c.add(i, x.line)
				found = true
			}
		}
	}
	return found
}

// cheap says whether a line is worth taking in at the program's prices.
func (c *crew) cheap(i int, line []int32) bool {
	f := int(c.free[i])
	m := c.b.members[f]
	sum := float64(m.own(line)+c.b.apartWith(f, line)) - c.t.y[i]
	for _, k := range line {
		if k >= 0 {
			for _, r := range m.options[k].rows {
				sum -= c.t.y[c.rowOf[r]]
			}
		}
	}
	return sum < -1e-4
}

// generate takes in lines until none is cheap, the bound has reached what the
// caller could use, or the rounds are done.
func (c *crew) generate(ctx context.Context, rounds, pivots int, enough int64) {
	for range rounds {
		if ctx.Err() != nil || c.bound >= enough || !c.round(pivots) {
			return
		}
		if float64(c.bound) >= c.t.objective()+float64(c.base)-0.01 {
			return
		}
		c.t.purge(80*len(c.free) + 2*c.t.m)
	}
	c.t.solve(pivots)
}

// ceilDiv divides and rounds up.
func ceilDiv(a, b int64) int64 {
	q := a / b
	if a%b > 0 {
		q++
	}
	return q
}

// remember starts from prices by demand, in parts of a cost, nil for none.
func (c *crew) remember(prices []int64) {
	if prices == nil {
		return
	}
	c.center = make([]int64, len(c.demands))
	for k, r := range c.demands {
		c.center[k] = prices[r]
	}
}

// recall gives the best prices by demand.
func (c *crew) recall(prices []int64) []int64 {
	if c.center == nil {
		return prices
	}
	if prices == nil {
		prices = make([]int64, len(c.rowOf))
	}
	for k, r := range c.demands {
		prices[r] = c.center[k]
	}
	return prices
}

// gather lists the best lines of each member at the program's prices.
func (c *crew) gather(most int) [][][]int32 {
	var order []int32
	worth := make([]float64, len(c.t.cols))
	for k := range c.t.cols {
		worth[k] = c.t.reduced(&c.t.cols[k])
		order = append(order, int32(k))
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(worth[a], worth[b]), cmp.Compare(a, b)) })
	out := make([][][]int32, len(c.b.members))
	for _, k := range order {
		col := &c.t.cols[k]
		if f := c.free[col.row]; len(out[f]) < most {
			out[f] = append(out[f], col.line)
		}
	}
	return out
}

// clone is a crew of its own at the same point, for one goroutine.
func (c *crew) clone(w *walker) *crew {
	out := *c
	out.b = c.b.clone()
	out.t = c.t.clone()
	out.fixed = append([]bool(nil), c.fixed...)
	out.pi = append([]int64(nil), c.pi...)
	out.center = append([]int64(nil), c.center...)
	out.walkers = []*walker{w}
	out.finds, out.least = make([][]find, len(c.free)), make([]int64, len(c.free))
	return &out
}
