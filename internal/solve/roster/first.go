package roster

import (
	"context"
	"math/rand/v2"
)

// source is the randomness of one strand of the search.
func source(seed, strand uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, strand)) }

// dear is how much more unfairness counts while the first lines are made: whoever
// comes first would otherwise take every duty there is.
const dear = 50

// begin gives each member a line, one after the other, each the best against the
// lines there are. It returns the member who has none, or -1.
func (b *board) begin(w *walker, order []int) int {
	w.fair = dear
	defer func() { w.fair = 1 }()
	for _, i := range order {
		if b.lines[i] != nil {
			continue
		}
		if b.rewalk(w, i) >= far {
			return i
		}
		b.put(i, append([]int32(nil), w.line...))
	}
	return -1
}

// descend re-rosters one member after the other until nobody's best line is better
// than the one they have, or the context ends. Members are visited in the order
// given, and again only where a demand they may serve has changed.
func (b *board) descend(ctx context.Context, w *walker, order []int) {
	still := 0
	for at := 0; still < len(order); at++ {
		if at%16 == 0 && ctx.Err() != nil {
			return
		}
		i := order[at%len(order)]
		before, old := b.cost, b.lines[i]
		b.put(i, nil)
		b.rewalk(w, i)
		b.put(i, append([]int32(nil), w.line...))
		if b.cost >= before {
			b.put(i, old)
			still++
		} else {
			still = 0
		}
	}
}
