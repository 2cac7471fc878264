package partition

import (
	"math"
	"slices"
)

// bounds says what no division of the piece can beat.
//
// A node is hopeless when no connected set with it weighs what a part inside the
// tolerance weighs: the part it goes to is outside wherever the borders run.
// Hopeless nodes too far apart for one part each cost a part of their own. The
// worst part is at least as far off as the most hopeless node's best set, and as
// the mean of the piece's own parts is from the mean of all.
func (p *piece) bounds() {
	total := int64(0)
	for _, w := range p.weight {
		total += w
	}
	mean := float64(total) / float64(p.parts)
	off := mean/p.scale.mean - 1
	p.bound.Worst = max(off, -off)
	s := scale{mean: p.scale.mean, tolerance: p.tolerance}
	low, high := s.window(1)
	if mean > float64(high) || mean < float64(low) {
		p.bound.Outside = 1
	}
	if p.parts == 1 {
		return
	}
	_, far := s.window(2)
	var lost []int32
	for v := range p.nodes {
		r := reach{p: p, low: low, high: high, mean: s.mean, best: math.Inf(1), in: map[int32]bool{}}
		r.from(int32(v))
		if r.found {
			continue
		}
		lost = append(lost, int32(v))
		p.bound.Worst = max(p.bound.Worst, r.best)
	}
	p.bound.Outside = min(max(p.bound.Outside, p.apart(lost, far)), p.parts)
}

// reach looks for a connected set with one node whose weight is inside.
type reach struct {
	p         *piece
	low, high int64
	mean      float64
	found     bool
	best      float64 // least distance from the mean seen, as a share
	visits    int
	in        map[int32]bool // nodes of the set or given up
}

// searched is how many sets are looked at before a node is given the benefit of
// the doubt.
const searched = 5000

func (r *reach) from(v int32) {
	r.in[v] = true
	r.grow(r.p.weight[v], slices.Clone(r.p.beside(v)))
}

// grow looks at the set of the weight and at all that grow from it by the nodes
// of open.
func (r *reach) grow(weight int64, open []int32) {
	off := float64(weight)/r.mean - 1
	r.best = min(r.best, max(off, -off))
	if r.visits++; r.visits > searched || weight >= r.low && weight <= r.high {
		r.found = true
	}
	if r.found || weight > r.high {
		return
	}
	var given []int32
	for i, u := range open {
		if r.in[u] {
			continue
		}
		r.in[u] = true
		given = append(given, u)
		r.grow(weight+r.p.weight[u], append(slices.Clone(open[i+1:]), r.p.beside(u)...))
		if r.found {
			return
		}
	}
	for _, u := range given {
		delete(r.in, u)
	}
}

// apart counts hopeless nodes no two of which fit into one part that is no
// heavier than far: the least weight of a way between them is more. Each of them
// costs one part outside, or there is one outside by twice the tolerance.
func (p *piece) apart(lost []int32, far int64) int {
	count, near := 0, map[int32]bool{}
	for _, v := range lost {
		if near[v] {
			continue
		}
		count++
		dist := map[int32]int64{v: p.weight[v]}
		queue := []int32{v}
		for i := 0; i < len(queue); i++ {
			u := queue[i]
			for _, w := range p.beside(u) {
				d := dist[u] + p.weight[w]
				if old, seen := dist[w]; d <= far && (!seen || d < old) {
					dist[w] = d
					queue = append(queue, w)
				}
			}
		}
		for u := range dist {
			near[u] = true
		}
	}
	return count
}
