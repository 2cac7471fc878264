package partition

import (
	"math/rand/v2"
	"slices"
	"sort"
)

// piece is one connected component on its way to being divided. Its nodes are
// numbered from 0; its graph has neither loops nor repeated edges.
type piece struct {
	nodes     []int32 // their numbers in the whole graph
	weight    []int64
	start     []int32
	to        []int32
	cost      []int64
	parts     int
	steps     int
	scale     scale
	tolerance float64
	before    []int32 // previous part of each node or -1; nil when there is none
	stay      int64
	rng       *rand.Rand

	part    []int32   // of each node
	members [][]int32 // of each part
	load    []int64   // weight of each part
	spare   int       // nodes that may still leave their previous part
	label   []int32   // the previous part that each part goes on from, or -1
	mark    []int32   // of each node, -1 between uses
	active  []bool    // the parts worked on
	pool    []int32   // their nodes
	queue   []int32
	patch   patch
	bound   Bound
}

// split makes a piece of each component and shares the parts among them.
func split(g *Graph, o *Options) ([]*piece, error) {
	of, count := g.components()
	if o.Parts < count {
		return nil, ErrFewParts.With(count, o.Parts)
	}
	pieces := make([]*piece, count)
	local := make([]int32, len(g.Weight))
	for c := range pieces {
		pieces[c] = &piece{start: []int32{0}}
	}
	for v, c := range of {
		p := pieces[c]
		local[v] = int32(len(p.nodes))
		p.nodes = append(p.nodes, int32(v))
		p.weight = append(p.weight, g.Weight[v])
	}
	sum, edges := int64(0), int64(0)
	for _, p := range pieces {
		for i, v := range p.nodes {
			p.row(g, v, int32(i), local)
		}
		for _, c := range p.cost {
			sum, edges = sum+c, edges+1
		}
	}
	share(pieces, o.Parts)
	for c, p := range pieces {
		p.scale = newScale(o, sum, edges)
		p.scale.widen(slices.Max(p.weight))
		p.steps, p.tolerance = o.Steps, o.Tolerance
		p.rng = rand.New(rand.NewPCG(o.Seed, uint64(c)+1))
		if o.Previous == nil {
			continue
		}
		p.before, p.stay = make([]int32, len(p.nodes)), o.Stay
		for i, v := range p.nodes {
			p.before[i] = o.Previous[v]
		}
		if p.stay == 0 {
			p.stay = p.scale.stay
		}
	}
	return pieces, nil
}

// row appends the neighbours of one node, each once, loops left out.
func (p *piece) row(g *Graph, v, i int32, local []int32) {
	from := len(p.to)
	for e := g.Start[v]; e < g.Start[v+1]; e++ {
		u := local[g.To[e]]
		if u == i {
			continue
		}
		if k := slices.Index(p.to[from:], u); k >= 0 {
			p.cost[from+k] += g.Cost[e]
			continue
		}
		p.to, p.cost = append(p.to, u), append(p.cost, g.Cost[e])
	}
	p.start = append(p.start, int32(len(p.to)))
}

// share gives each piece its parts: by weight, largest remainder first, one at
// least and no more than it has nodes.
func share(pieces []*piece, parts int) {
	total := 0.0
	weight := make([]float64, len(pieces))
	for c, p := range pieces {
		for _, w := range p.weight {
			weight[c] += float64(w)
		}
		total += weight[c]
	}
	rest := make([]float64, len(pieces))
	left := parts
	for c, p := range pieces {
		exact := float64(parts) * weight[c] / total
		p.parts = min(max(int(exact), 1), len(p.nodes))
		rest[c] = exact - float64(p.parts)
		left -= p.parts
	}
	order := make([]int, len(pieces))
	for c := range order {
		order[c] = c
	}
	for ; left != 0; left += sign(-left) {
		give := left > 0
		sort.SliceStable(order, func(i, j int) bool {
			if give {
				return rest[order[i]] > rest[order[j]]
			}
			return rest[order[i]] < rest[order[j]]
		})
		for _, c := range order {
			p := pieces[c]
			if give && p.parts < len(p.nodes) || !give && p.parts > 1 {
				p.parts += sign(left)
				rest[c] -= float64(sign(left))
				break
			}
		}
	}
}

func sign(x int) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
