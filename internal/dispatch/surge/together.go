package surge

import (
	"slices"

	"shouwang/internal/solve/assign"
)

// bond is people of a unit at a need who may change places with others at no cost.
type bond struct {
	unit, need int32
	people     int32
}

// together removes every circle of units and needs that share people: in the best
// sending a circle costs nothing whichever way it is turned, so it is turned until
// one of its bonds is gone. What is left has no circle: fewer units are split than
// there are needs.
func together(parts [][]assign.Part) {
	units := int32(len(parts))
	by := map[int32][]*bond{}
	for u := range parts {
		for _, p := range parts[u] {
			by[int32(u)] = append(by[int32(u)], &bond{int32(u), p.Post, p.People})
		}
	}
	f := forest{units: units, edge: map[int32][]*bond{}}
	for u := range parts {
		for _, b := range by[int32(u)] {
			f.add(b)
		}
	}
	for u := range parts {
		parts[u] = parts[u][:0]
		for _, b := range by[int32(u)] {
			if b.people > 0 {
				parts[u] = append(parts[u], assign.Part{Post: b.need, People: b.people})
			}
		}
	}
}

// forest grows bond by bond; one that closes a circle is turned out at once.
type forest struct {
	units int32
	edge  map[int32][]*bond
}

func (f *forest) add(b *bond) {
	way := f.way(b.unit, f.units+b.need)
	if way == nil {
		f.join(b)
		return
	}
	// b, then the way back from its need to its unit: every other bond gives.
	circle := append([]*bond{b}, way...)
	least := [2]int32{1 << 30, 1 << 30}
	for i, x := range circle {
		least[i%2] = min(least[i%2], x.people)
	}
	side := 0 // the side that gives is the one that is done first
	if least[1] < least[0] {
		side = 1
	}
	for i, x := range circle {
		if i%2 == side {
			x.people -= least[side]
		} else {
			x.people += least[side]
		}
	}
	for _, x := range way {
		if x.people == 0 {
			f.cut(x)
		}
	}
	if b.people > 0 {
		f.add(b) // another circle may be left
	}
}

func (f *forest) join(b *bond) {
	f.edge[b.unit] = append(f.edge[b.unit], b)
	f.edge[f.units+b.need] = append(f.edge[f.units+b.need], b)
}

func (f *forest) cut(b *bond) {
	for _, at := range []int32{b.unit, f.units + b.need} {
		f.edge[at] = slices.DeleteFunc(f.edge[at], func(x *bond) bool { return x == b })
	}
}

// way returns the bonds from a need back to a unit, nil when there are none.
func (f *forest) way(unit, need int32) []*bond {
	from := map[int32]*bond{need: nil}
	todo := []int32{need}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if at == unit {
			var out []*bond
			for at != need {
				b := from[at]
				out = append(out, b)
				if at == b.unit {
					at = f.units + b.need
				} else {
					at = b.unit
				}
			}
			slices.Reverse(out)
			return out
		}
		for _, b := range f.edge[at] {
			next := b.unit
			if at == b.unit {
				next = f.units + b.need
			}
			if _, seen := from[next]; !seen {
				from[next] = b
				todo = append(todo, next)
			}
		}
	}
	return nil
}
