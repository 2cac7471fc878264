package surge

import (
	"slices"

	"shouwang/internal/solve/assign"
)

// Load is what is to be sent: units of people who belong together, needs of people,
// and what sending one person of a unit to a need costs. Cost answers false where
// that may not be; Most is the largest cost, either sign. Near lists, for a unit, the
// needs to begin with; the others are looked at by their prices, so that the answer
// is the best over all pairs.
type Load struct {
	Sizes []int32
	Needs []int32
	Near  func(unit int32) []int32
	Cost  func(unit, need int32) (int64, bool)
	Most  int64
}

// Sent is where units go. Parts are by unit, largest first; what of a unit is not
// listed is not called on. Rounds is how often the prices asked for further pairs.
type Sent struct {
	Parts  [][]assign.Part
	Muster *assign.Muster
	Rounds int
	Pairs  int // pairs of unit and need that were offered

	offered map[int64]bool
}

// Send fills as many needs as can be filled and, among those, costs least over all
// pairs that Cost allows. It begins with the near pairs and adds those that the
// prices show to be worth it, until there are none.
func Send(l *Load) (*Sent, error) {
	s := &Sent{offered: map[int64]bool{}}
	b := &assign.Bands{Sizes: l.Sizes, Need: l.Needs, Most: l.Most}
	for u := range l.Sizes {
		for _, n := range l.Near(int32(u)) {
			if c, ok := l.Cost(int32(u), n); ok && !s.offered[pair(int32(u), n)] {
				s.offered[pair(int32(u), n)] = true
				b.Offers = append(b.Offers, assign.Offer{Person: int32(u), Post: n, Cost: c})
			}
		}
	}
	var err error
	if s.Muster, err = assign.Send(b); err != nil {
		return nil, err
	}
	return s, s.settle(l, nil)
}

// Mend takes so many people of a unit out and gives back how the others stand then:
// as good as sending anew, over all pairs.
func (s *Sent) Mend(l *Load, unit, people int32) (*Sent, error) {
	m, err := s.Muster.Leave(unit, people)
	if err != nil {
		return nil, err
	}
	r := &Sent{Muster: m, offered: s.offered}
	return r, r.settle(l, s.Muster.Prices())
}

func pair(u, n int32) int64 { return int64(u)<<32 | int64(n) }

// worthwhile is how many further pairs a unit is offered in one round.
const worthwhile = 4

// settle widens until no pair is worth more than what its unit does. were are the
// prices at which that held before, nil for none: only what became dearer to leave
// empty since can draw anybody.
func (s *Sent) settle(l *Load, were []int64) error {
	for s.Rounds = 1; ; s.Rounds++ {
		more := s.worth(l, were)
		if len(more) == 0 {
			break
		}
		for _, o := range more {
			s.offered[pair(o.Person, o.Post)] = true
		}
		if err := s.Muster.Widen(more, l.Most); err != nil {
			return err
		}
	}
	s.Pairs = len(s.offered)
	s.Parts = make([][]assign.Part, len(s.Muster.Parts))
	for u, list := range s.Muster.Parts {
		s.Parts[u] = slices.Clone(list)
	}
	together(s.Parts)
	for u := range s.Parts {
		slices.SortFunc(s.Parts[u], func(a, b assign.Part) int {
			if a.People != b.People {
				return int(b.People - a.People)
			}
			return int(a.Post - b.Post)
		})
	}
	return nil
}

// worth lists the pairs that were not offered and are worth more than what their unit
// does now, the best few of each unit.
func (s *Sent) worth(l *Load, were []int64) (out []assign.Offer) {
	prices := s.Muster.Prices()
	var look []int32
	for n := range l.Needs {
		if were == nil || prices[n] < were[n] {
			look = append(look, int32(n))
		}
	}
	var best []assign.Offer
	for u := range l.Sizes {
		now, ok := s.Muster.Worth(int32(u))
		if !ok {
			continue
		}
		best = best[:0]
		for _, n := range look {
			c, may := l.Cost(int32(u), n)
			if may && c+prices[n] < now && !s.offered[pair(int32(u), n)] {
				best = append(best, assign.Offer{Person: int32(u), Post: n, Cost: c})
			}
		}
		slices.SortFunc(best, func(a, b assign.Offer) int {
			if x, y := a.Cost+prices[a.Post], b.Cost+prices[b.Post]; x != y {
				if x < y {
					return -1
				}
				return 1
			}
			return int(a.Post - b.Post)
		})
		out = append(out, best[:min(len(best), worthwhile)]...)
	}
	return out
}
