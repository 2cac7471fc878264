package partition

import (
	"context"
	"math"
	"slices"
)

// How many re-divisions are tried for each part when the caller does not say.
const usualSteps = 600

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
	steps := p.steps
	if steps == 0 {
		steps = usualSteps
	}
	steps *= p.parts
	hot, cold := p.scale.price/2, p.scale.price/60
	if p.before != nil {
		hot, cold = 0, 0
	}
	best, least := slices.Clone(p.part), p.price()
	for i := range steps {
		if i%64 == 0 && ctx.Err() != nil {
			return
		}
		heat := 0.0
		if hot > 0 {
			heat = hot * math.Pow(cold/hot, float64(i)/float64(steps))
		}
		p.step(heat)
		if (i+1)%p.parts == 0 {
			if now := p.price(); now < least {
				least = now
				copy(best, p.part)
			}
		}
	}
	copy(p.part, best)
}

// step re-divides two neighbouring parts, drawn by chance.
func (p *piece) step(heat float64) {
	for range 100 {
		v := int32(p.rng.IntN(len(p.nodes)))
		near := p.beside(v)
		a, b := p.part[v], p.part[near[p.rng.IntN(len(near))]]
		if a == b {
			continue
		}
		j := &p.pair
		j.join(p, a, b)
		if len(j.nodes) > listed {
			return
		}
		j.list()
		if len(j.ways) > 0 {
			j.take(j.ways[j.draw(heat)])
		}
		return
	}
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
		if p.before != nil && p.before[v] >= 0 && p.before[v] != p.label[a] {
			moved++
		}
	}
	return sum + float64(cut/2) + float64(p.stay)*float64(moved)
}
