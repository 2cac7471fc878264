package partition

import (
	"context"
	"math"
	"slices"
)

const (
	// How many re-divisions are tried for each part when the caller does not say,
	// where parts have up to fewNodes nodes; fewer where a re-division takes longer.
	usualSteps = 400
	fewNodes   = 12
	// One re-division in so many joins three parts.
	three = 5
	// The heat at the start and at the end, in prices of a part outside.
	hot, cold = 1.0, 0.02
	// Then regions are reheated: so many for each part, of so many parts up to
	// twice as many, with this share of the steps, from this heat.
	reheats     = 2
	regionParts = 8
	regionSteps = 8
	regionHeat  = 2.0
	// All that from the start again where the bound is not near, so often in all.
	rounds = 3
	// The share of nodes that a small change of the graph may move.
	stable = 0.02
)

// solve divides the piece.
func (p *piece) solve(ctx context.Context) {
	p.mark = make([]int32, len(p.nodes))
	for v := range p.mark {
		p.mark[v] = -1
	}
	p.bounds()
	p.begin()
	if p.parts == 1 {
		return
	}
	p.everywhere()
	p.allow()
	if p.before == nil {
		steps := p.steps
		if steps == 0 {
			slow := max(float64(len(p.nodes))/float64(p.parts)/fewNodes, 1)
			steps = max(int(usualSteps/slow/slow), 4)
		}
		best, least := []int32(nil), math.Inf(1)
		for round := range rounds {
			if round > 0 {
				p.begin()
			}
			p.everywhere()
			p.anneal(ctx, steps*p.parts, hot)
			p.descend(ctx)
			p.reheat(ctx, steps)
			if now := p.price(); now < least {
				best, least = slices.Clone(p.part), now
			}
			if p.outside() <= p.bound.Outside+1 {
				break
			}
		}
		p.restore(best)
		p.everywhere()
	}
	p.descend(ctx)
}

// outside counts the parts outside the tolerance.
func (p *piece) outside() int {
	count := 0
	for _, w := range p.load {
		if p.scale.of(w) > 0 {
			count++
		}
	}
	return count
}

// allow says how many nodes may leave their previous part: as many as the price
// of moving lets, but where that price is the usual one and the number of parts
// is what it was, a small share of all and no more.
func (p *piece) allow() {
	p.spare = len(p.nodes)
	if p.before == nil || p.stay != p.scale.stay {
		return
	}
	names := map[int32]bool{}
	for v, was := range p.before {
		if was >= 0 {
			names[was] = true
		}
		if p.moved(int32(v), p.part[v]) {
			p.spare--
		}
	}
	if len(names) == p.parts {
		forced := len(p.nodes) - p.spare
		p.spare = max(max(int(stable*float64(len(p.nodes))), 1)-forced, 0)
	}
}

// everywhere makes the whole piece the region that is worked on.
func (p *piece) everywhere() {
	p.active, p.pool = make([]bool, p.parts), p.pool[:0]
	for a := range p.active {
		p.active[a] = true
	}
	for v := range p.nodes {
		p.pool = append(p.pool, int32(v))
	}
}

// anneal re-divides patches of the region drawn by chance, freely at first and
// ever more thriftily, and keeps the best partition it saw.
func (p *piece) anneal(ctx context.Context, steps int, hot float64) {
	best, least := slices.Clone(p.part), p.price()
	every := max(len(p.pool)/4, 8)
	for i := range steps {
		if i%64 == 0 && ctx.Err() != nil {
			return
		}
		done := float64(i) / float64(steps)
		p.step(p.scale.price * hot * math.Pow(cold/hot, done))
		if done > 0.3 && i%every == 0 || i == steps-1 {
			if now := p.price(); now < least-small {
				least = now
				copy(best, p.part)
			}
		}
	}
	p.restore(best)
}

// reheat takes a region, likelier round a part that is outside, anneals it alone,
// and keeps what came of it when that is no worse; again and again.
func (p *piece) reheat(ctx context.Context, steps int) {
	before, least := slices.Clone(p.part), p.price()
	for range reheats * p.parts {
		if ctx.Err() != nil {
			return
		}
		size := regionParts + p.rng.IntN(regionParts)
		p.region(p.culprit(), size)
		p.anneal(ctx, max(steps*size/regionSteps, 1), regionHeat*(0.5+p.rng.Float64()))
		if now := p.price(); now <= least+small {
			least = now
			copy(before, p.part)
		} else {
			p.restore(before)
		}
	}
}

// culprit draws a part to work on: the farther from the mean, the likelier.
func (p *piece) culprit() int32 {
	sum, chosen := 0.0, int32(0)
	for a, w := range p.load {
		odds := p.scale.of(w) + p.scale.price/float64(p.parts)
		if sum += odds; p.rng.Float64()*sum < odds {
			chosen = int32(a)
		}
	}
	return chosen
}

// region makes the parts round one part, so many at most, the region.
func (p *piece) region(centre int32, size int) {
	p.active, p.pool = make([]bool, p.parts), p.pool[:0]
	edge, found := []int32{centre}, 0
	for len(edge) > 0 && found < size {
		i := p.rng.IntN(len(edge))
		a := edge[i]
		edge = slices.Delete(edge, i, i+1)
		if p.active[a] {
			continue
		}
		p.active[a] = true
		found++
		for _, v := range p.members[a] {
			p.pool = append(p.pool, v)
			for _, u := range p.beside(v) {
				if b := p.part[u]; !p.active[b] {
					edge = append(edge, b)
				}
			}
		}
	}
}

// small is less than any difference of prices that matters.
const small = 1e-6

// restore goes back to a partition seen before.
func (p *piece) restore(part []int32) {
	copy(p.part, part)
	for a := range p.members {
		p.members[a], p.load[a] = p.members[a][:0], 0
	}
	for v, a := range part {
		p.members[a] = append(p.members[a], int32(v))
		p.load[a] += p.weight[v]
	}
}

// step re-divides two neighbouring parts, or three, drawn by chance.
func (p *piece) step(heat float64) {
	a, b := p.neighbours(-1)
	if a < 0 {
		return
	}
	j := &p.patch
	if p.parts > 2 && p.rng.IntN(three) == 0 {
		middle := a
		if p.rng.IntN(2) == 0 {
			middle = b
		}
		if _, c := p.neighbours(middle); c >= 0 && c != a && c != b && j.join(p, heat, a, b, c) {
			j.redivide(heat)
			return
		}
	}
	if j.join(p, heat, a, b) {
		j.redivide(heat)
		return
	}
	p.cutTree(a, b, heat)
	for range len(j.nodes) / 4 {
		p.shift(a, b, heat)
	}
}

// neighbours draws two parts of the region that touch; the first is a if that is not -1.
func (p *piece) neighbours(a int32) (int32, int32) {
	for range 100 {
		v := int32(0)
		if a >= 0 {
			v = p.members[a][p.rng.IntN(len(p.members[a]))]
		} else {
			v = p.pool[p.rng.IntN(len(p.pool))]
		}
		near := p.beside(v)
		if b := p.part[near[p.rng.IntN(len(near))]]; b != p.part[v] && p.active[b] {
			return p.part[v], b
		}
	}
	return -1, -1
}

// descend goes through all neighbouring pairs and threes of parts and re-divides
// each in the best way, until nothing gets better.
func (p *piece) descend(ctx context.Context) {
	for range p.parts {
		better := false
		around := p.adjacency()
		for a := range around {
			if ctx.Err() != nil {
				return
			}
			for i, b := range around[a] {
				if int(b) > a && p.mend(int32(a), b) {
					better = true
				}
				for _, c := range around[a][:i] {
					if p.mend(int32(a), b, c) {
						better = true
					}
				}
			}
		}
		if !better {
			return
		}
	}
}

// mend re-divides the parts in the best way if that is better than what is, and
// says whether it was.
func (p *piece) mend(ids ...int32) bool {
	j := &p.patch
	if j.join(p, 0, ids...) {
		return j.redivide(0)
	}
	if len(ids) > 2 {
		return false
	}
	better := p.cutTree(ids[0], ids[1], 0)
	for range 2 * len(j.nodes) {
		if p.shift(ids[0], ids[1], 0) {
			better = true
		}
	}
	return better
}

// adjacency lists the parts beside each part, in order.
func (p *piece) adjacency() [][]int32 {
	around := make([][]int32, p.parts)
	for v, a := range p.part {
		for _, u := range p.beside(int32(v)) {
			if b := p.part[u]; b != a {
				if i, there := slices.BinarySearch(around[a], b); !there {
					around[a] = slices.Insert(around[a], i, b)
				}
			}
		}
	}
	return around
}

// price is what the partition costs in all: cut, balance and moves.
func (p *piece) price() float64 {
	sum := 0.0
	for _, w := range p.load {
		sum += p.scale.of(w)
	}
	cut, moved := int64(0), 0
	for v, a := range p.part {
		for e := p.start[v]; e < p.start[v+1]; e++ {
			if p.part[p.to[e]] != a {
				cut += p.cost[e]
			}
		}
		if p.moved(int32(v), a) {
			moved++
		}
	}
	return sum + float64(cut/2) + float64(p.stay)*float64(moved)
}

// moved says whether being in the part is a move for the node.
func (p *piece) moved(v, part int32) bool {
	return p.before != nil && p.before[v] >= 0 && p.before[v] != p.label[part]
}
