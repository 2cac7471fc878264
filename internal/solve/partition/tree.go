package partition

import "math"

// cutTree joins two parts that are too large for listing, draws a spanning tree
// and re-divides them at one of its edges, with the odds that the prices have at
// the heat. It says whether anything changed.
func (p *piece) cutTree(a, b int32, heat float64) bool {
	nodes := append(append([]int32(nil), p.members[a]...), p.members[b]...)
	order, parent := p.tree(nodes)
	if len(order) < len(nodes) { // the two do not touch any more
		return false
	}
	for i, v := range order {
		p.mark[v] = int32(i)
	}
	weight, cut := make([]int64, len(order)), make([]int64, len(order))
	var moved [2][]int // nodes that moved when the subtree is a, or is b
	total, all := p.load[a]+p.load[b], [2]int{}
	moved[0], moved[1] = make([]int, len(order)), make([]int, len(order))
	gone := 0 // nodes that moved as it is
	present := p.scale.of(p.load[a]) + p.scale.of(p.load[b])
	for i, v := range order {
		weight[i] += p.weight[v]
		for k, part := range [2]int32{a, b} {
			if p.moved(v, part) {
				moved[k][i]++
				all[k]++
			}
		}
		if p.moved(v, p.part[v]) {
			gone++
		}
		for e := p.start[v]; e < p.start[v+1]; e++ {
			k := p.mark[p.to[e]]
			if k < 0 {
				continue
			}
			cut[i] += p.cost[e]
			if int32(i) < k { // each edge once: it is inside from where its ends meet
				cut[meet(parent, int32(i), k)] -= 2 * p.cost[e]
				if p.part[v] != p.part[p.to[e]] {
					present += float64(p.cost[e])
				}
			}
		}
	}
	for _, v := range order {
		p.mark[v] = -1
	}
	present += float64(p.stay) * float64(gone)
	root, asA, price, left := 0, true, present, 0
	sum := 1.0
	for i := len(order) - 1; i > 0; i-- {
		up := parent[i]
		weight[up] += weight[i]
		cut[up] += cut[i]
		for k := range moved {
			moved[k][up] += moved[k][i]
		}
		cost := float64(cut[i]) + p.scale.of(weight[i]) + p.scale.of(total-weight[i])
		for k := range moved {
			away := moved[k][i] + all[1-k] - moved[1-k][i]
			if p.before != nil && away > gone+p.spare {
				continue
			}
			now := cost + float64(p.stay)*float64(away)
			if heat == 0 {
				if now < price-small {
					root, asA, price, left = i, k == 0, now, gone+p.spare-away
				}
				continue
			}
			odds := math.Exp(min((present-now)/heat, 60))
			if sum += odds; p.rng.Float64()*sum < odds {
				root, asA = i, k == 0
			}
		}
	}
	if root == 0 {
		return false
	}
	if heat == 0 {
		p.spare = left
	}
	p.cutAt(order, parent, root, a, b, asA)
	return true
}

// meet is the lowest node of the tree above both.
func meet(parent []int32, i, k int32) int32 {
	for i != k {
		if i > k {
			i = parent[i]
		} else {
			k = parent[k]
		}
	}
	return i
}

// cutAt makes the subtree one of the two parts and the rest the other.
func (p *piece) cutAt(order, parent []int32, root int, a, b int32, asA bool) {
	if !asA {
		a, b = b, a
	}
	in := make([]bool, len(order))
	var sub, rest []int32
	for i, v := range order {
		in[i] = i == root || i > 0 && in[parent[i]]
		if in[i] {
			sub = append(sub, v)
		} else {
			rest = append(rest, v)
		}
	}
	p.set(a, sub)
	p.set(b, rest)
}

// shift tries to move one node across the border of two parts; a worse partition
// is taken with the odds that its price has at the heat.
func (p *piece) shift(a, b int32, heat float64) bool {
	if p.rng.IntN(2) == 0 {
		a, b = b, a
	}
	from := p.members[a]
	at := p.rng.IntN(len(from))
	v := from[at]
	toA, toB, beside := int64(0), int64(0), false
	for e := p.start[v]; e < p.start[v+1]; e++ {
		switch p.part[p.to[e]] {
		case a:
			toA += p.cost[e]
		case b:
			toB += p.cost[e]
			beside = true
		}
	}
	if !beside || len(from) == 1 {
		return false
	}
	w := p.weight[v]
	rise := float64(toA-toB) + p.scale.of(p.load[a]-w) + p.scale.of(p.load[b]+w) - p.scale.of(p.load[a]) - p.scale.of(p.load[b])
	away := 0
	if p.moved(v, b) {
		away++
	}
	if p.moved(v, a) {
		away--
	}
	rise += float64(p.stay) * float64(away)
	if away > p.spare {
		return false
	}
	if heat == 0 && rise > -small || heat > 0 && rise > 0 && p.rng.Float64() >= math.Exp(-rise/heat) {
		return false
	}
	if !p.holds(a, v) {
		return false
	}
	from[at] = from[len(from)-1]
	p.members[a] = from[:len(from)-1]
	p.members[b] = append(p.members[b], v)
	p.part[v] = b
	p.load[a] -= w
	p.load[b] += w
	p.spare -= away
	return true
}

// holds says whether the part stays connected without the node.
func (p *piece) holds(a, without int32) bool {
	first := p.members[a][0]
	if first == without {
		first = p.members[a][1]
	}
	queue := append(p.queue[:0], first)
	p.mark[first] = 0
	for i := 0; i < len(queue); i++ {
		for _, u := range p.beside(queue[i]) {
			if p.part[u] == a && u != without && p.mark[u] < 0 {
				p.mark[u] = 0
				queue = append(queue, u)
			}
		}
	}
	for _, v := range queue {
		p.mark[v] = -1
	}
	p.queue = queue
	return len(queue) == len(p.members[a])-1
}
