package roster

import (
	"context"
	"math/rand/v2"
)

const (
	loosen  = 5    // members taken off at once, at most
	grain   = 8    // parts of a cost, for noise smaller than one
	patient = 0.02 // how much dearer than the best a shaken board may stay, as a part of it
)

// shake takes a few members off the board and lets them come back one after the
// other, each with the best line there is at slightly false prices, and then with
// the best at the true ones; worse boards are kept for a while. It leaves the best
// board it saw.
func (b *board) shake(ctx context.Context, w *walker, random *rand.Rand, times int) {
	best, least := append([][]int32(nil), b.lines...), b.cost
	heat := 20.0
	for n := range times {
		if ctx.Err() != nil {
			break
		}
		heat = 20 * (1 - float64(n)/float64(times))
		before := b.cost
		group := b.loose(random)
		old := make([][]int32, len(group))
		for k, i := range group {
			old[k] = b.lines[i]
		}
		b.relay(w, random, group)
		if float64(b.cost) > float64(before)+heat*random.ExpFloat64() {
			for k, i := range group {
				b.put(i, old[k])
			}
			continue
		}
		if b.cost < least {
			least = b.cost
			copy(best, b.lines)
		}
	}
	for i, line := range best {
		if !sameLine(line, b.lines[i]) {
			b.put(i, line)
		}
	}
}

// relay gives a group new lines: noisy ones first, then each the best.
func (b *board) relay(w *walker, random *rand.Rand, group []int) {
	for _, i := range group {
		b.put(i, nil)
	}
	group = append([]int(nil), group...)
	random.Shuffle(len(group), func(i, j int) { group[i], group[j] = group[j], group[i] })
	for _, i := range group {
		b.noisy(w, random, i)
		b.put(i, append([]int32(nil), w.line...))
	}
	for still, at := 0, 0; still < len(group); at++ {
		i, before, old := group[at%len(group)], b.cost, b.lines[group[at%len(group)]]
		b.put(i, nil)
		b.rewalk(w, i)
		b.put(i, append([]int32(nil), w.line...))
		if still++; b.cost < before {
			still = 1
		} else if b.cost > before {
			b.put(i, old)
		}
	}
}

// noisy is rewalk at slightly false prices.
func (b *board) noisy(w *walker, random *rand.Rand, i int) {
	m := b.members[i]
	w.scale = grain
	w.offer(m, func(k int32) int64 {
		o := &m.options[k]
		cost := o.base + b.together(i, o)
		for _, r := range o.rows {
			cost += b.extra(r)
		}
		return cost*grain + int64(random.Uint32()%(4*grain))
	})
	w.walk(m)
}

// loose draws members who may serve where the roster costs something.
func (b *board) loose(random *rand.Rand) []int {
	size := 2 + random.IntN(loosen-1)
	var group []int
	taken := map[int]bool{}
	for try := 0; len(group) < min(size, len(b.members)) && try < 10*size; try++ {
		i := random.IntN(len(b.members))
		if !taken[i] {
			taken[i] = true
			group = append(group, i)
		}
	}
	return group
}
