package assign

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// The ways in which a flow problem has no answer. Infeasible means that the
// problem is well formed and nothing satisfies it; the others that it was refused
// before solving.
var (
	ErrInfeasible = errors.New("assign: infeasible, no flow satisfies the supplies within the bounds")
	ErrUnbalanced = errors.New("assign: the supplies do not sum to zero")
	ErrOverflow   = errors.New("assign: the numbers are too large, a sum would leave 64 bits")
	ErrShape      = errors.New("assign: malformed network")
)

// Network is a directed graph with integer bounds and costs. Nodes are numbered
// from 0; Supply is positive at a source, negative at a sink. Arc e runs From[e]
// to To[e] and carries between Low[e] and Cap[e] units at Cost[e] each. Low may
// be nil when every lower bound is zero. Parallel arcs and self-loops are allowed.
type Network struct {
	Supply    []int64
	From, To  []int32
	Low       []int64
	Cap, Cost []int64
}

// Flow is an optimal answer with its proof: the units on each arc, the node
// potentials (dual values), and the total cost.
type Flow struct {
	On        []int64
	Potential []int64
	Cost      int64
}

// Arc appends an arc with lower bound zero and returns its number.
func (n *Network) Arc(from, to int32, capacity, cost int64) int {
	return n.Bounded(from, to, 0, capacity, cost)
}

// Bounded appends an arc that must carry at least low units and returns its
// number.
func (n *Network) Bounded(from, to int32, low, capacity, cost int64) int {
	if low != 0 && n.Low == nil {
		n.Low = make([]int64, len(n.From), cap(n.From))
	}
	if n.Low != nil {
		n.Low = append(n.Low, low)
	}
	n.From, n.To = append(n.From, from), append(n.To, to)
	n.Cap, n.Cost = append(n.Cap, capacity), append(n.Cost, cost)
	return len(n.From) - 1
}

// low returns the lower bound of arc e.
func (n *Network) low(e int) int64 {
	if n.Low == nil {
		return 0
	}
	return n.Low[e]
}

// excess checks the network's shape and returns, per node, the supply that is
// left once every arc carries its lower bound. Every sum is checked for overflow.
func (n *Network) excess() ([]int64, error) {
	m, size := len(n.From), len(n.Supply)
	if len(n.To) != m || len(n.Cap) != m || len(n.Cost) != m || n.Low != nil && len(n.Low) != m {
		return nil, fmt.Errorf("%w: the arc columns differ in length", ErrShape)
	}
	if size > math.MaxInt32-2 || m > math.MaxInt32-size-2 {
		return nil, fmt.Errorf("%w: more than 2^31 nodes and arcs", ErrShape)
	}
	var sum wide
	for _, s := range n.Supply {
		sum.add(s)
	}
	if sum != (wide{}) {
		return nil, ErrUnbalanced
	}
	left := append(make([]int64, 0, size+1), n.Supply...)
	ok := true
	for e := range m {
		u, v := n.From[e], n.To[e]
		if u < 0 || v < 0 || int(u) >= size || int(v) >= size {
			return nil, fmt.Errorf("%w: arc %d names a node that is not there", ErrShape, e)
		}
		low := n.low(e)
		if low > n.Cap[e] {
			return nil, fmt.Errorf("%w: arc %d has a lower bound above its capacity", ErrShape, e)
		}
		if _, over := subtract(n.Cap[e], low); over {
			return nil, ErrOverflow
		}
		if low != 0 && u != v {
			var a, b bool
			left[u], a = subtract(left[u], low)
			left[v], b = add(left[v], low)
			ok = ok && !a && !b
		}
	}
	var total int64
	for _, s := range left {
		if s > 0 {
			var over bool
			if total, over = add(total, s); over {
				ok = false
			}
		}
	}
	if !ok || total > math.MaxInt64/4 {
		return nil, ErrOverflow
	}
	return left, nil
}

// penalty returns a cost no path of real arcs can reach, or ErrOverflow when
// potentials built from it might not fit.
func (n *Network) penalty() (int64, error) {
	var top, sum uint64
	for e, c := range n.Cost {
		if n.Cap[e] == n.low(e) {
			continue
		}
		a := uint64(c)
		if c < 0 {
			a = -a
		}
		top = max(top, a)
		if sum+a < sum {
			sum = math.MaxUint64
		} else {
			sum += a
		}
	}
	hi, lo := bits.Mul64(top, uint64(len(n.Supply)))
	if hi != 0 || lo > sum {
		lo = sum
	}
	if lo >= math.MaxInt64/8-1 {
		return 0, ErrOverflow
	}
	return int64(lo) + 1, nil
}

// ceiling returns a number of units that no arc needs to exceed: some optimal
// flow is made of paths that carry the supplies and of cycles that each use an
// arc of negative cost. One unit is added, so that no arc's capacity binds only
// because of the ceiling. ErrOverflow says that sums of such rooms might not fit.
func (n *Network) ceiling(left []int64) (int64, error) {
	top, full := int64(1), false
	raise := func(by int64) {
		var over bool
		if top, over = add(top, by); over {
			full = true
		}
	}
	for _, s := range left {
		raise(max(s, 0))
	}
	for e, c := range n.Cost {
		if c < 0 && n.From[e] != n.To[e] && !full {
			raise(n.Cap[e] - n.low(e))
		}
	}
	if full {
		top = math.MaxInt64
	}
	sum := top
	for e := range n.Cap {
		var over bool
		if sum, over = add(sum, min(n.Cap[e]-n.low(e), top)); over {
			return 0, ErrOverflow
		}
	}
	return top, nil
}

// total returns the cost of the flow, or ErrOverflow when it leaves 64 bits.
func (n *Network) total(on []int64) (int64, error) {
	var sum wide
	for e, f := range on {
		if f != 0 {
			sum.addProduct(f, n.Cost[e])
		}
	}
	return sum.narrow()
}

// Minimize returns a flow of least cost, or ErrInfeasible, ErrUnbalanced,
// ErrOverflow or ErrShape. The network is not changed. Where people with one
// unit each make up most of the nodes the pool solves it, else the network
// simplex.
func Minimize(n *Network) (*Flow, error) {
	left, err := n.excess()
	if err != nil {
		return nil, err
	}
	if flow, err := minimizeByPool(n, left, false); flow != nil || err != nil {
		return flow, err
	}
	return minimizeBySimplex(n, left)
}

// MinimizeBySimplex is Minimize by the network simplex whatever the shape; for
// comparison and tests.
func MinimizeBySimplex(n *Network) (*Flow, error) {
	left, err := n.excess()
	if err != nil {
		return nil, err
	}
	return minimizeBySimplex(n, left)
}

// MinimizeByPool is Minimize by the pool alone; ErrShape when the network is not
// made of people and posts, or when the pool gave up.
func MinimizeByPool(n *Network) (*Flow, error) {
	left, err := n.excess()
	if err != nil {
		return nil, err
	}
	flow, err := minimizeByPool(n, left, false)
	if flow == nil && err == nil {
		return nil, fmt.Errorf("%w: no pool of people", ErrShape)
	}
	return flow, err
}
