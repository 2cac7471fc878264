package partition

import (
	"math"
	"math/bits"
)

// way is one way to divide two joined parts: the nodes of the first by their
// bits, and its price.
type way struct {
	first uint64
	price float64
}

// pair is two neighbouring parts joined, about to be divided anew.
type pair struct {
	p        *piece
	a, b     int32
	nodes    []int32
	beside   []uint64  // neighbours of each node as bits
	cost     [][]int64 // of the edge to each, rows of length len(nodes)
	degree   []int64   // cost of all edges of each node inside the pair
	weight   []int64
	total    int64
	limit    int64  // no part may be heavier
	ofA, ofB uint64 // nodes that were in a, in b before
	known    uint64 // nodes that were in some part before
	ways     []way
	visits   int
}

// Pairs up to listed nodes are divided by listing all ways, unless there are
// more than visited sets to look at.
const (
	listed  = 40
	visited = 4000
)

// join loads the two parts.
func (j *pair) join(p *piece, a, b int32) {
	j.p, j.a, j.b = p, a, b
	j.nodes = append(append(j.nodes[:0], p.members[a]...), p.members[b]...)
	j.total = p.load[a] + p.load[b]
	j.limit = max(p.load[a], p.load[b], p.scale.high)
	j.ways, j.visits = j.ways[:0], 0
	n := len(j.nodes)
	if n > listed {
		return
	}
	for i, v := range j.nodes {
		p.mark[v] = int32(i)
	}
	j.beside, j.weight, j.degree = j.beside[:0], j.weight[:0], j.degree[:0]
	j.ofA, j.ofB, j.known = 0, 0, 0
	for len(j.cost) < n {
		j.cost = append(j.cost, make([]int64, listed))
	}
	for i, v := range j.nodes {
		near, degree := uint64(0), int64(0)
		for e := p.start[v]; e < p.start[v+1]; e++ {
			if k := p.mark[p.to[e]]; k >= 0 {
				near |= 1 << k
				j.cost[i][k] = p.cost[e]
				degree += p.cost[e]
			}
		}
		j.beside, j.weight, j.degree = append(j.beside, near), append(j.weight, p.weight[v]), append(j.degree, degree)
		if p.before == nil {
			continue
		}
		if was := p.before[v]; was >= 0 {
			j.known |= 1 << i
			if was == p.label[a] {
				j.ofA |= 1 << i
			} else if was == p.label[b] {
				j.ofB |= 1 << i
			}
		}
	}
	for _, v := range j.nodes {
		p.mark[v] = -1
	}
}

// list collects every way to divide the pair into two connected halves of which
// none is too heavy. The half listed has the first node.
func (j *pair) list() {
	j.extend(1, 0, j.weight[0], j.degree[0])
}

// extend takes the connected set s, which costs cut on its border, and all sets
// that grow from it without the nodes of banned.
func (j *pair) extend(s, banned uint64, weight, cut int64) {
	if j.visits++; j.visits > visited {
		return
	}
	j.offer(s, weight, cut)
	near := uint64(0)
	for rest := s; rest != 0; rest &= rest - 1 {
		near |= j.beside[bits.TrailingZeros64(rest)]
	}
	for near &^= s | banned; near != 0; near &= near - 1 {
		i := bits.TrailingZeros64(near)
		if weight+j.weight[i] <= j.limit {
			grown := cut + j.degree[i]
			for both := j.beside[i] & s; both != 0; both &= both - 1 {
				grown -= 2 * j.cost[i][bits.TrailingZeros64(both)]
			}
			j.extend(s|1<<i, banned, weight+j.weight[i], grown)
		}
		banned |= 1 << i
	}
}

// offer notes the way if the rest is connected and not too heavy.
func (j *pair) offer(s uint64, weight, cut int64) {
	rest := (uint64(1)<<len(j.nodes) - 1) &^ s
	if rest == 0 || j.total-weight > j.limit {
		return
	}
	seen := rest & -rest
	for edge := seen; edge != 0; {
		near := j.beside[bits.TrailingZeros64(edge)] & rest &^ seen
		seen |= near
		edge = edge&(edge-1) | near
	}
	if seen != rest {
		return
	}
	price := float64(cut) + j.p.scale.of(weight) + j.p.scale.of(j.total-weight)
	if j.p.before == nil {
		j.ways = append(j.ways, way{s, price})
		return
	}
	stay := float64(j.p.stay)
	moved := bits.OnesCount64(s&j.known&^j.ofA) + bits.OnesCount64(rest&j.known&^j.ofB)
	other := bits.OnesCount64(s&j.known&^j.ofB) + bits.OnesCount64(rest&j.known&^j.ofA)
	j.ways = append(j.ways, way{s, price + stay*float64(moved)}, way{rest, price + stay*float64(other)})
}

// draw picks a way: the cheapest at heat 0, else each with the odds that its
// price has at the heat.
func (j *pair) draw(heat float64) int {
	least := math.Inf(1)
	for _, w := range j.ways {
		least = min(least, w.price)
	}
	sum, chosen := 0.0, -1
	for i, w := range j.ways {
		odds := 0.0
		if w.price == least {
			odds = 1
		} else if heat > 0 {
			odds = math.Exp((least - w.price) / heat)
		}
		if odds < 1e-6 {
			continue
		}
		if sum += odds; sum == odds || j.p.rng.Float64()*sum < odds {
			chosen = i
		}
	}
	return chosen
}

// take gives the two parts the nodes of the way.
func (j *pair) take(w way) {
	var first, second []int32
	for i, v := range j.nodes {
		if w.first>>i&1 == 1 {
			first = append(first, v)
		} else {
			second = append(second, v)
		}
	}
	j.p.set(j.a, first)
	j.p.set(j.b, second)
}
