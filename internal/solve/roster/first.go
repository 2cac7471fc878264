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

// resume gives members the lines they have in a roster, where those break no rule.
func (b *board) resume(r Roster) {
	if len(r) != len(b.members) {
		return
	}
	for i, m := range b.members {
		known := len(r[i]) == b.p.Days
		for _, d := range r[i] {
			known = known && b.p.names(d)
		}
		if !known || len(b.p.breaches(nil, i, r[i])) > 0 {
			continue
		}
		if line := m.lineOf(r[i]); line != nil {
			b.put(i, line)
		}
	}
}

// lineOf is a line of duties as options, nil where one of them is none.
func (m *member) lineOf(duties []Duty) []int32 {
	line := make([]int32, len(duties))
	for day, d := range duties {
		line[day] = -1
		for k := m.dayAt[day]; d != Off && k < m.dayAt[day+1]; k++ {
			if m.options[k].duty == d {
				line[day] = k
			}
		}
		if d != Off && line[day] < 0 {
			return nil
		}
	}
	return line
}

// wanted are those who may serve a demand that lacks people.
func (b *board) wanted(order []int) (out []int) {
	for _, i := range order {
		m := b.members[i]
	options:
		for k := range m.options {
			for _, r := range m.options[k].rows {
				if int(b.there[r]) < b.p.Demands[r].Need {
					out = append(out, i)
					break options
				}
			}
		}
	}
	return out
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
