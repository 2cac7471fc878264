package assign

import "math"

// The place of an arc that is not in the tree: at its lower bound or its
// capacity; the value is the sign its reduced cost is priced with.
const (
	atLow  = int8(1)
	inTree = int8(0)
	atCap  = int8(-1)
)

// route is what pricing reads of an arc.
type route struct {
	from, to int32
	cost     int64
}

// twig is a node's place in the spanning tree. up says that the arc to the
// parent runs from this node to the parent.
type twig struct {
	parent, arc       int32
	child, next, prev int32
	size              int32
	up                bool
}

// simplex is a primal network simplex on a strongly feasible spanning tree:
// every arc of the tree that carries nothing points to the root, every full one
// away, so that degenerate pivots cannot run in a circle.
type simplex struct {
	routes []route
	state  []int8
	room   []int64 // capacity above the lower bound
	flow   []int64 // above the lower bound
	tree   []twig
	pi     []int64
	root   int32
	real   int // routes before the artificial ones
	at     int // where block search goes on
	block  int
}

// minimizeBySimplex solves n, whose excesses are given.
func minimizeBySimplex(n *Network, left []int64) (*Flow, error) {
	penalty, err := n.penalty()
	if err != nil {
		return nil, err
	}
	ceiling, err := n.ceiling(left)
	if err != nil {
		return nil, err
	}
	s, place := plant(n, left, penalty, ceiling)
	s.warm()
	for {
		e := s.price()
		if e < 0 {
			break
		}
		s.pivot(int32(e))
	}
	for e := s.real; e < len(s.routes); e++ {
		if s.routes[e].cost != 0 && s.flow[e] != 0 {
			return nil, ErrInfeasible
		}
	}
	out := &Flow{On: make([]int64, len(n.From)), Potential: s.pi[:len(n.Supply)]}
	for e := range n.From {
		on := n.low(e)
		if at := place[e]; at >= 0 {
			on += s.flow[at]
		} else if n.From[e] == n.To[e] && n.Cost[e] < 0 {
			on = n.Cap[e]
		}
		out.On[e] = on
	}
	out.Cost, err = n.total(out.On)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// plant builds the starting tree, a star of artificial arcs, and stores the real
// arcs mixed, so that a block never holds the arcs of one neighbourhood. place
// tells for each arc of n where it went, -1 for those that cannot matter.
func plant(n *Network, left []int64, penalty, ceiling int64) (*simplex, []int32) {
	size, m := len(left), len(n.From)
	place := make([]int32, m)
	real := 0
	for e := range m {
		if place[e] = -1; n.From[e] != n.To[e] && n.Cap[e] > n.low(e) {
			real++
		}
	}
	s := &simplex{
		routes: make([]route, 0, real+size), state: make([]int8, real+size), room: make([]int64, 0, real+size),
		flow: make([]int64, real+size), tree: make([]twig, size+1), pi: make([]int64, size+1), root: int32(size), real: real,
	}
	stride := max(int(math.Sqrt(float64(m))), 10)
	for first := range min(stride, m) {
		for e := first; e < m; e += stride {
			if n.From[e] == n.To[e] || n.Cap[e] == n.low(e) {
				continue
			}
			place[e] = int32(len(s.routes))
			s.state[len(s.routes)] = atLow
			s.routes = append(s.routes, route{n.From[e], n.To[e], n.Cost[e]})
			s.room = append(s.room, min(n.Cap[e]-n.low(e), ceiling))
		}
	}
	s.block = max(int(math.Sqrt(float64(real))), 10)
	s.tree[size] = twig{parent: -1, arc: -1, child: -1, next: -1, prev: -1, size: int32(size) + 1}
	for v := int32(size) - 1; v >= 0; v-- {
		e := int32(len(s.routes))
		t := twig{parent: s.root, arc: e, child: -1, prev: -1, next: s.tree[size].child, size: 1, up: left[v] >= 0}
		if t.next >= 0 {
			s.tree[t.next].prev = v
		}
		s.tree[size].child = v
		s.tree[v] = t
		if t.up {
			s.routes = append(s.routes, route{v, s.root, 0})
			s.flow[e] = left[v]
		} else {
			s.routes = append(s.routes, route{s.root, v, penalty})
			s.flow[e] = -left[v]
			s.pi[v] = penalty
		}
		s.room = append(s.room, math.MaxInt64)
	}
	return s, place
}

// warm pivots in, for each node that lacks units, its cheapest arc: most of the
// penalties are gone before pricing starts.
func (s *simplex) warm() {
	best := make([]int32, len(s.tree))
	for v := range best {
		best[v] = -1
	}
	for e := range s.real {
		r := s.routes[e]
		if s.pi[r.to] == 0 {
			continue
		}
		if b := best[r.to]; b < 0 || r.cost < s.routes[b].cost {
			best[r.to] = int32(e)
		}
	}
	for _, e := range best {
		if e < 0 || s.state[e] == inTree {
			continue
		}
		r := s.routes[e]
		if int64(s.state[e])*(r.cost+s.pi[r.from]-s.pi[r.to]) < 0 {
			s.pivot(e)
		}
	}
}

// price searches block by block for the arc whose reduced cost promises most,
// and returns -1 when none promises anything.
func (s *simplex) price() int {
	routes, pi := s.routes[:s.real], s.pi
	state := s.state[:len(routes)]
	best, found := int64(0), -1
	left := s.block
	scan := func(from, to int) bool {
		for e := from; e < to; e++ {
			r := &routes[e]
			if c := int64(state[e]) * (r.cost + pi[r.from] - pi[r.to]); c < best {
				best, found = c, e
			}
			if left--; left == 0 {
				if best < 0 {
					s.at = e + 1
					return true
				}
				left = s.block
			}
		}
		return false
	}
	if scan(s.at, len(routes)) || scan(0, s.at) {
		return found
	}
	return found
}
