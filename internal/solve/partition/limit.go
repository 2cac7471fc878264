package partition

import (
	"math"
	"slices"
)

// Limit returns what no division of the graph into the parts can beat, looked into
// harder than Divide does on its way: for people who ask why a part is so far from
// the mean. Previous, Steps and Stay have no say in it.
func Limit(g *Graph, o Options) (Bound, error) {
	var out Bound
	if err := g.check(); err != nil {
		return out, err
	}
	o.Previous = nil
	if err := o.fill(g); err != nil {
		return out, err
	}
	pieces, err := split(g, &o)
	if err != nil {
		return out, err
	}
	for _, p := range pieces {
		p.bounds()
		out.Outside += p.bound.Outside
		out.Worst = max(out.Worst, p.bound.Worst, p.crowded())
	}
	for _, p := range pieces {
		out.Worst = max(out.Worst, p.lonely(out.Worst))
	}
	return out, nil
}

// crowded is how far off the mean some part must be because there are more heavy
// nodes than parts: of the m·k+1 heaviest some part has m+1 at least, and of all
// nodes with a weight some part has no more than their number over k.
func (p *piece) crowded() float64 {
	w := slices.Clone(p.weight)
	slices.SortFunc(w, func(a, b int64) int { return int(b - a) })
	worst := 0.0
	for m := 1; m*p.parts < len(w); m++ {
		least := int64(0)
		for _, x := range w[m*p.parts-m : m*p.parts+1] {
			least += x
		}
		worst = max(worst, float64(least)/p.scale.mean-1)
	}
	weighty := len(w)
	for weighty > 0 && w[weighty-1] == 0 {
		weighty--
	}
	most := int64(0)
	for _, x := range w[:weighty/p.parts] {
		most += x
	}
	return max(worst, 1-float64(most)/p.scale.mean)
}

// lonely is the distance from the mean of the node that fares worst when each may
// choose the connected set it would like best, others regardless. Only what is
// farther off than the given distance is of interest; a node with too many sets to
// look through says nothing.
func (p *piece) lonely(than float64) float64 {
	if p.parts == 1 {
		return than
	}
	for v := range p.nodes {
		low, high := int64(math.Ceil(p.scale.mean*(1-than))), int64(p.scale.mean*(1+than))
		r := reach{p: p, low: low, high: high, mean: p.scale.mean, best: math.Inf(1), in: map[int32]bool{}}
		if r.from(int32(v)); !r.found {
			than = max(than, r.best)
		}
	}
	return than
}
