package partition

import (
	"math"
	"math/bits"
)

// way is one way to divide a patch: the nodes of each part as bits, and the price.
type way struct {
	sets  [3]uint64
	price float64
	moved int // nodes away from their previous part
}

// patch is two or three neighbouring parts joined, about to be divided anew.
type patch struct {
	p      *piece
	ids    []int32 // the parts joined
	nodes  []int32
	beside []uint64  // neighbours of each node as bits
	cost   [][]int64 // of the edge from node to node
	weight []int64
	all    uint64 // every node
	total  int64
	limit  int64     // no part may be heavier
	floor  int64     // or lighter
	of     [3]uint64 // nodes that were in each part before
	known  uint64    // nodes that were in some part before
	ways   []way
	visits int
	// ways dearer than this are not listed: their odds would be nothing
	ceiling float64
	sets    [3]uint64 // chosen so far, while listing
}

// Two parts of up to listed nodes, three of up to listedThree, are divided by
// listing all ways, or as many as visited sets give.
const (
	listed      = 40
	listedThree = 30
	visited     = 6000
	// A way dearer than the best by so many heats is never drawn.
	odd = 14
)

// join loads the parts and says whether they are small enough to be listed. With
// heat a part may stray farther from the mean than without.
func (j *patch) join(p *piece, heat float64, ids ...int32) bool {
	j.p, j.ids, j.nodes = p, append(j.ids[:0], ids...), j.nodes[:0]
	j.total, j.limit, j.floor = 0, p.scale.high, p.scale.low
	if heat > 0 {
		j.limit, j.floor = p.scale.most, p.scale.least
	}
	for _, id := range ids {
		j.nodes = append(j.nodes, p.members[id]...)
		j.total += p.load[id]
		j.limit, j.floor = max(j.limit, p.load[id]), min(j.floor, p.load[id])
	}
	j.visits, j.known = 0, 0
	n := len(j.nodes)
	if n > listed || len(ids) > 2 && n > listedThree {
		return false
	}
	for i, v := range j.nodes {
		p.mark[v] = int32(i)
	}
	j.beside, j.weight = j.beside[:0], j.weight[:0]
	j.all = uint64(1)<<n - 1
	for len(j.cost) < n {
		j.cost = append(j.cost, make([]int64, listed))
	}
	for i, v := range j.nodes {
		near := uint64(0)
		for e := p.start[v]; e < p.start[v+1]; e++ {
			if k := p.mark[p.to[e]]; k >= 0 {
				near |= 1 << k
				j.cost[i][k] = p.cost[e]
			}
		}
		j.beside, j.weight = append(j.beside, near), append(j.weight, p.weight[v])
	}
	if p.before != nil {
		j.recall()
	}
	for _, v := range j.nodes {
		p.mark[v] = -1
	}
	return true
}

// recall notes where the nodes were before.
func (j *patch) recall() {
	j.of = [3]uint64{}
	for i, v := range j.nodes {
		was := j.p.before[v]
		if was < 0 {
			continue
		}
		j.known |= 1 << i
		for k, id := range j.ids {
			if j.p.label[id] == was {
				j.of[k] |= 1 << i
			}
		}
	}
}

// redivide lists every way to divide the patch into as many connected parts as
// were joined, none too heavy or too light, draws one and takes it. Without heat
// it changes nothing unless the price falls. It says whether it changed anything.
func (j *patch) redivide(heat float64) bool {
	now := j.present()
	j.ceiling = now.price + odd*heat + small
	j.ways = append(j.ways[:0], now)
	j.part(0, j.all, j.total, 0)
	if j.visits <= visited && heat > 0 {
		j.ways = j.ways[1:] // it was listed again
	}
	w := &j.ways[j.draw(heat)]
	if heat == 0 && w.price > now.price-small {
		return false
	}
	j.p.spare -= w.moved - now.moved
	j.take(w)
	return true
}

// present is the way the patch is divided now.
func (j *patch) present() way {
	var w way
	left, at := j.all, 0
	for k, id := range j.ids {
		w.price += j.p.scale.of(j.p.load[id])
		for range j.p.members[id] {
			i := at
			at++
			w.price += float64(j.around(i, w.sets[k], left))
			w.sets[k] |= 1 << i
		}
		left &^= w.sets[k]
		w.moved += bits.OnesCount64(w.sets[k] & j.known &^ j.of[k])
	}
	w.price += float64(j.p.stay) * float64(w.moved)
	return w
}

// part divides the nodes that are left among the parts from the k-th on. The
// k-th takes the first node that is left.
func (j *patch) part(k int, left uint64, weight int64, price float64) {
	if k == len(j.ids)-1 {
		if weight <= j.limit && weight >= j.floor && j.connected(left) {
			j.sets[k] = left
			j.offer(price + j.p.scale.of(weight))
		}
		return
	}
	if left == 0 { // an earlier part took everything: where nothing is too light, that may weigh well
		return
	}
	first := bits.TrailingZeros64(left)
	g := grower{j: j, k: k, left: left, weight: weight, price: price, after: int64(len(j.ids) - 1 - k)}
	g.extend(1<<first, j.beside[first], 0, j.weight[first], j.around(first, 1<<first, left))
}

// around is what the border of a set grows by when the node joins it.
func (j *patch) around(i int, set, left uint64) int64 {
	sum := int64(0)
	for near := j.beside[i] & left; near != 0; near &= near - 1 {
		k := bits.TrailingZeros64(near)
		if set>>k&1 == 1 {
			sum -= j.cost[i][k]
		} else {
			sum += j.cost[i][k]
		}
	}
	return sum
}

// connected says whether the set is.
func (j *patch) connected(set uint64) bool {
	seen := set & -set
	for edge := seen; edge != 0; {
		near := j.beside[bits.TrailingZeros64(edge)] & set &^ seen
		seen |= near
		edge = edge&(edge-1) | near
	}
	return seen == set && set != 0
}

// grower lists the connected sets for the k-th part among the nodes left.
type grower struct {
	j      *patch
	k      int
	left   uint64
	weight int64 // of all nodes left
	price  float64
	after  int64 // parts that share what remains
}

// extend takes the connected set, whose neighbours are near and whose border
// costs cut, and all sets that grow from it without the nodes of banned.
func (g *grower) extend(set, near, banned uint64, weight, cut int64) {
	j := g.j
	if j.visits++; j.visits > visited {
		return
	}
	rest := g.weight - weight
	if rest < g.after*j.floor {
		return
	}
	if weight >= j.floor && rest <= g.after*j.limit {
		if price := g.price + float64(cut) + j.p.scale.of(weight); price <= j.ceiling {
			j.sets[g.k] = set
			j.part(g.k+1, g.left&^set, rest, price)
		}
	}
	for open := near & g.left &^ (set | banned); open != 0; open &= open - 1 {
		i := bits.TrailingZeros64(open)
		if weight+j.weight[i] <= j.limit {
			g.extend(set|1<<i, near|j.beside[i], banned, weight+j.weight[i], cut+j.around(i, set, g.left))
		}
		banned |= 1 << i
	}
}

// orders are the ways to hand out two or three sets.
var orders = map[int][][3]int{
	2: {{0, 1, 2}, {1, 0, 2}},
	3: {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}},
}

// offer notes the sets chosen, handed to the parts so that fewest nodes move.
func (j *patch) offer(price float64) {
	if j.p.before == nil {
		j.ways = append(j.ways, way{sets: j.sets, price: price})
		return
	}
	least, best := math.MaxInt, [3]int{}
	for _, order := range orders[len(j.ids)] {
		moved := 0
		for k := range j.ids {
			moved += bits.OnesCount64(j.sets[order[k]] & j.known &^ j.of[k])
		}
		if moved < least {
			least, best = moved, order
		}
	}
	if least > j.ways[0].moved+j.p.spare {
		return
	}
	w := way{price: price + float64(j.p.stay)*float64(least), moved: least}
	for k := range j.ids {
		w.sets[k] = j.sets[best[k]]
	}
	j.ways = append(j.ways, w)
}

// draw picks a way: the cheapest at heat 0, else each with the odds that its
// price has at the heat.
func (j *patch) draw(heat float64) int {
	least := math.Inf(1)
	for i := range j.ways {
		least = min(least, j.ways[i].price)
	}
	sum, chosen := 0.0, -1
	for i := range j.ways {
		odds := 0.0
		if price := j.ways[i].price; price == least {
			odds = 1
		} else if heat > 0 && price-least < odd*heat {
			odds = math.Exp((least - price) / heat)
		}
		if odds == 0 {
			continue
		}
		if sum += odds; sum == odds || j.p.rng.Float64()*sum < odds {
			chosen = i
		}
	}
	return chosen
}

// take gives the parts the nodes of the way.
func (j *patch) take(w *way) {
	for k, id := range j.ids {
		j.p.members[id], j.p.load[id] = j.p.members[id][:0], 0
		for set := w.sets[k]; set != 0; set &= set - 1 {
			i := bits.TrailingZeros64(set)
			j.p.members[id] = append(j.p.members[id], j.nodes[i])
			j.p.part[j.nodes[i]] = id
			j.p.load[id] += j.weight[i]
		}
	}
}
