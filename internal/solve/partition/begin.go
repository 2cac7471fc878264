package partition

import (
	"math"
	"slices"
)

// begin finds connected parts, as many as there shall be: from the previous
// parts when they are given, else from the subtrees of a spanning tree.
func (p *piece) begin() {
	p.part = make([]int32, len(p.nodes))
	p.members, p.load, p.label = nil, nil, nil
	groups, labels := p.carve(), []int32(nil)
	if p.before != nil {
		groups, labels = p.resume()
	}
	for i, group := range groups {
		label := int32(-1)
		if labels != nil {
			label = labels[i]
		}
		p.add(group, label)
	}
	for len(p.members) > p.parts {
		p.joinLightest()
	}
	for len(p.members) < p.parts {
		p.halveHeaviest()
	}
}

// add opens one more part with these nodes.
func (p *piece) add(nodes []int32, label int32) {
	p.members, p.load, p.label = append(p.members, nil), append(p.load, 0), append(p.label, label)
	p.set(int32(len(p.members)-1), nodes)
}

// set gives a part its nodes.
func (p *piece) set(part int32, nodes []int32) {
	p.members[part] = append(p.members[part][:0], nodes...)
	p.load[part] = 0
	for _, v := range nodes {
		p.part[v] = part
		p.load[part] += p.weight[v]
	}
}

// tree draws a spanning tree of the nodes, edges that cost much rather than
// edges that cost little, and returns the nodes from the root outwards and the
// place in that order of each node's parent.
func (p *piece) tree(nodes []int32) (order []int32, parent []int32) {
	at := p.mark
	for _, v := range nodes {
		at[v] = -2 // wanted
	}
	heap := edgeHeap{{0, nodes[p.rng.IntN(len(nodes))], -1}}
	for len(heap) > 0 {
		e := heap.pop()
		if at[e.to] != -2 {
			continue
		}
		at[e.to] = int32(len(order))
		order, parent = append(order, e.to), append(parent, e.from)
		for i := p.start[e.to]; i < p.start[e.to+1]; i++ {
			if u := p.to[i]; at[u] == -2 {
				heap.push(treeEdge{p.rng.ExpFloat64() / (float64(p.cost[i]) + 1e-3), u, at[e.to]})
			}
		}
	}
	for _, v := range nodes {
		at[v] = -1
	}
	return order, parent
}

// carve cuts subtrees of about the mean off a spanning tree.
func (p *piece) carve() [][]int32 {
	all := make([]int32, len(p.nodes))
	for v := range all {
		all[v] = int32(v)
	}
	order, parent := p.tree(all)
	sum, group := make([]float64, len(order)), make([][]int32, len(order))
	var out [][]int32
	for i := len(order) - 1; i >= 0; i-- {
		sum[i] += float64(p.weight[order[i]])
		group[i] = append(group[i], order[i])
		if i == 0 || sum[i] >= p.scale.mean*(1-p.scale.tolerance) {
			out = append(out, group[i])
			continue
		}
		up := parent[i]
		sum[up] += sum[i]
		group[up] = append(group[up], group[i]...)
	}
	return out
}

// resume takes the previous parts, each connected run of them as a group of its
// own; new nodes join the lightest group beside them.
func (p *piece) resume() ([][]int32, []int32) {
	group := make([]int32, len(p.nodes))
	for v := range group {
		group[v] = -1
	}
	var groups [][]int32
	var labels []int32
	var load []int64
	for s := range group {
		if group[s] >= 0 || p.before[s] < 0 {
			continue
		}
		id, run := int32(len(groups)), []int32{int32(s)}
		group[s] = id
		weight := int64(0)
		for i := 0; i < len(run); i++ {
			weight += p.weight[run[i]]
			for _, u := range p.beside(run[i]) {
				if group[u] < 0 && p.before[u] == p.before[s] {
					group[u], run = id, append(run, u)
				}
			}
		}
		groups, labels, load = append(groups, run), append(labels, p.before[s]), append(load, weight)
	}
	if len(groups) == 0 {
		return p.carve(), nil
	}
	for more := true; more; {
		more = false
		for v := range group {
			if group[v] >= 0 {
				continue
			}
			best := int32(-1)
			for _, u := range p.beside(int32(v)) {
				if id := group[u]; id >= 0 && (best < 0 || load[id] < load[best]) {
					best = id
				}
			}
			if best >= 0 {
				group[v], more = best, true
				load[best] += p.weight[v]
				groups[best] = append(groups[best], int32(v))
			}
		}
	}
	return groups, labels
}

// beside returns the neighbours of a node.
func (p *piece) beside(v int32) []int32 { return p.to[p.start[v]:p.start[v+1]] }

// joinLightest joins the lightest part to the lightest part beside it; of the
// two labels the heavier part's stays.
func (p *piece) joinLightest() {
	a := int32(0)
	for q := range p.load {
		if p.load[q] < p.load[a] {
			a = int32(q)
		}
	}
	b, least := int32(-1), int64(math.MaxInt64)
	for _, v := range p.members[a] {
		for _, u := range p.beside(v) {
			if q := p.part[u]; q != a && (p.load[q] < least || p.load[q] == least && q < b) {
				b, least = q, p.load[q]
			}
		}
	}
	p.set(b, slices.Concat(p.members[b], p.members[a]))
	last := int32(len(p.members) - 1)
	if a != last {
		p.label[a] = p.label[last]
		p.set(a, p.members[last])
	}
	p.members, p.load, p.label = p.members[:last], p.load[:last], p.label[:last]
}

// halveHeaviest divides the heaviest part that has two nodes or more.
func (p *piece) halveHeaviest() {
	a := int32(-1)
	for q := range p.load {
		if len(p.members[q]) > 1 && (a < 0 || p.load[q] > p.load[a]) {
			a = int32(q)
		}
	}
	order, parent := p.tree(p.members[a])
	sum, best, least := make([]int64, len(order)), 0, int64(math.MaxInt64)
	for i := len(order) - 1; i > 0; i-- {
		sum[i] += p.weight[order[i]]
		sum[parent[i]] += sum[i]
		if off := max(2*sum[i]-p.load[a], p.load[a]-2*sum[i]); off < least {
			best, least = i, off
		}
	}
	in := make([]bool, len(order))
	var cutOff, rest []int32
	for i, v := range order {
		in[i] = i == best || i > 0 && in[parent[i]]
		if in[i] {
			cutOff = append(cutOff, v)
		} else {
			rest = append(rest, v)
		}
	}
	p.set(a, rest)
	p.add(cutOff, -1)
}

// treeEdge leads from a node of the tree (by its place in the order) to one outside.
type treeEdge struct {
	key      float64
	to, from int32
}

// edgeHeap is a binary heap, least key first.
type edgeHeap []treeEdge

func (h *edgeHeap) push(e treeEdge) {
	*h = append(*h, e)
	a := *h
	for i := len(a) - 1; i > 0 && a[i].key < a[(i-1)/2].key; i = (i - 1) / 2 {
		a[i], a[(i-1)/2] = a[(i-1)/2], a[i]
	}
}

func (h *edgeHeap) pop() treeEdge {
	a := *h
	top, last := a[0], len(a)-1
	a[0] = a[last]
	a = a[:last]
	for i := 0; ; {
		c := 2*i + 1
		if c >= last {
			break
		}
		if c+1 < last && a[c+1].key < a[c].key {
			c++
		}
		if a[i].key <= a[c].key {
			break
		}
		a[i], a[c] = a[c], a[i]
		i = c
	}
	*h = a
	return top
}
