package roster

import (
	"context"
	"math/rand/v2"
)

const (
	loosen  = 5    // members taken off at once, at most
	grain   = 8    // parts of a cost, for noise smaller than one
	hottest = 20.0 // how much dearer a shaken board may become at first, as a mean
)

// shake takes a few of some members off the board and lets them come back one
// after the other, each with the best line there is at slightly false prices, and
// then with the best at the true ones; worse boards are kept for a while. It leaves
// the best board it saw.
func (b *board) shake(ctx context.Context, w *walker, random *rand.Rand, of []int32, times int) {
	best, least := make([][]int32, len(of)), b.cost
	keep := func() {
		for k, i := range of {
			best[k] = b.lines[i]
		}
	}
	keep()
	for n := range times {
		if ctx.Err() != nil {
			break
		}
		heat := hottest * (1 - float64(n)/float64(times))
		before := b.cost
		group := b.uneven(random, of)
		if group == nil {
			group = loose(random, of)
		}
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
			keep()
		}
	}
	for k, i := range of {
		if !sameLine(best[k], b.lines[i]) {
			b.put(int(i), best[k])
		}
	}
}

// uneven draws somebody who serves less than is fair and a few who serve more, every
// other time; nil when there is nobody. One of them alone would change nothing: what
// one gives away the other has to take.
func (b *board) uneven(random *rand.Rand, of []int32) []int {
	if !b.brief || random.IntN(2) == 0 {
		return nil
	}
	var less, more []int
	for _, i := range of {
		n := 0
		for _, k := range b.lines[i] {
			if k >= 0 {
				n++
			}
		}
		switch share := b.members[i].who.Load; {
		case n < share.Low:
			less = append(less, int(i))
		case n > share.Low:
			more = append(more, int(i))
		}
	}
	if len(less) == 0 || len(more) == 0 {
		return nil
	}
	group := []int{less[random.IntN(len(less))]}
	for range 1 + random.IntN(loosen-1) {
		if i := more[random.IntN(len(more))]; !has(group, i) {
			group = append(group, i)
		}
	}
	return group
}

// relay gives a group new lines: noisy ones first, then each the best.
func (b *board) relay(w *walker, random *rand.Rand, group []int) {
	for _, i := range group {
		b.put(i, nil)
	}
	group = append([]int(nil), group...)
	random.Shuffle(len(group), func(i, j int) { group[i], group[j] = group[j], group[i] })
	strict := int64(1 + random.IntN(2)*(dear-1)) // every other time fairness comes first
	for _, i := range group {
		w.fair = strict
		b.noisy(w, random, i)
		w.fair = 1
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

// loose draws a few members.
func loose(random *rand.Rand, of []int32) []int {
	size := min(2+random.IntN(loosen-1), len(of))
	var group []int
	for len(group) < size {
		if i := int(of[random.IntN(len(of))]); !has(group, i) {
			group = append(group, i)
		}
	}
	return group
}
