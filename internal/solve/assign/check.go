package assign

import "fmt"

// Check proves that f is a flow of least cost for n: it keeps every bound,
// every node gives and takes what its supply says, the cost is the sum of its
// parts, and complementary slackness holds for the potentials: an arc u→v with
// cost + π(u) − π(v) above zero carries its lower bound, below zero its capacity.
// It shares nothing with the solvers and returns the first thing that fails.
func Check(n *Network, f *Flow) error {
	if len(f.On) != len(n.From) || len(f.Potential) != len(n.Supply) {
		return fmt.Errorf("assign: certificate has the wrong size")
	}
	balance := make([]wide, len(n.Supply))
	var cost wide
	for e, on := range f.On {
		low, u, v := n.low(e), n.From[e], n.To[e]
		if on < low || on > n.Cap[e] {
			return fmt.Errorf("assign: arc %d carries %d, outside %d…%d", e, on, low, n.Cap[e])
		}
		balance[u].add(on)
		balance[v].addProduct(on, -1)
		cost.addProduct(on, n.Cost[e])
		var reduced wide
		reduced.add(n.Cost[e])
		reduced.add(f.Potential[u])
		reduced.addProduct(f.Potential[v], -1)
		negative := int64(reduced.hi) < 0
		positive := !negative && reduced != (wide{})
		if positive && on != low || negative && on != n.Cap[e] {
			return fmt.Errorf("assign: arc %d breaks complementary slackness", e)
		}
	}
	for v, s := range n.Supply {
		var want wide
		want.add(s)
		if balance[v] != want {
			return fmt.Errorf("assign: node %d does not balance", v)
		}
	}
	if got, err := cost.narrow(); err != nil || got != f.Cost {
		return fmt.Errorf("assign: the cost %d is not the sum of its parts", f.Cost)
	}
	return nil
}
