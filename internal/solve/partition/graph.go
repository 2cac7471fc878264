package partition

import (
	"fmt"
	"math"
	"slices"

	"shouwang/internal/fault"
)

// The faults of this room.
var (
	// ErrGraph is a graph or an option that cannot be.
	ErrGraph = fault.Define(fault.Invalid, "SW-1450",
		"分格用的图不成立：{0}。没有改动任何数据；请核对单元和相邻关系后再试。",
		"The graph to divide cannot be: {0}. Nothing was changed; check the units and their neighbours and try again.")
	// ErrFewParts is a number of parts below the number of separate pieces.
	ErrFewParts = fault.Define(fault.Invalid, "SW-1451",
		"这里有 {0} 片互不相连的地方，分成 {1} 格就会有一格不连通。没有改动任何数据；请至少分成 {0} 格，或补上相邻关系。",
		"There are {0} pieces here that do not touch; with {1} parts one part would not be connected. Nothing was changed; ask for at least {0} parts or add what is adjacent.")
	// ErrManyParts is a number of parts above the number of nodes.
	ErrManyParts = fault.Define(fault.Invalid, "SW-1452",
		"只有 {0} 个不可再分的单元，分不成 {1} 格。没有改动任何数据；请减少格数，或允许拆分单元。",
		"There are only {0} units that may not be split; they do not make {1} parts. Nothing was changed; ask for fewer parts or allow units to be split.")
)

// Graph is an undirected graph with weights on nodes and costs on edges, in
// compressed rows: the neighbours of node v are To[Start[v]:Start[v+1]], and
// each edge stands in the rows of both its ends with the same cost. A loop or
// a repeated edge does no harm.
type Graph struct {
	Weight []int64 // of each node, not negative
	Start  []int32 // one more than there are nodes
	To     []int32
	Cost   []int64 // of each entry of To, not negative
}

// most is the largest sum of weights or costs, far below where sums overflow.
const most = math.MaxInt64 / 16

// check says what is wrong with the graph, if anything.
func (g *Graph) check() error {
	n := len(g.Weight)
	switch {
	case n == 0:
		return ErrGraph.With("it has no node")
	case len(g.Start) != n+1 || g.Start[0] != 0 || int(g.Start[n]) != len(g.To) || len(g.Cost) != len(g.To):
		return ErrGraph.With("its rows do not fit its nodes")
	}
	total := int64(0)
	for v, w := range g.Weight {
		if w < 0 || w > most-total {
			return ErrGraph.With(fmt.Sprintf("the weight of node %d is negative or the sum is too large", v))
		}
		total += w
		if g.Start[v+1] < g.Start[v] {
			return ErrGraph.With("its rows do not fit its nodes")
		}
	}
	if total == 0 {
		return ErrGraph.With("all its weights are zero")
	}
	return g.mirrored()
}

// mirrored says whether each edge stands in both its rows.
func (g *Graph) mirrored() error {
	type end struct {
		to   int32
		cost int64
	}
	n, cost := len(g.Weight), int64(0)
	there, back := make([][]end, n), make([][]end, n)
	for v := range n {
		for e := g.Start[v]; e < g.Start[v+1]; e++ {
			to, c := g.To[e], g.Cost[e]
			if to < 0 || int(to) >= n {
				return ErrGraph.With(fmt.Sprintf("node %d has a neighbour that does not exist", v))
			}
			if c < 0 || c > most-cost {
				return ErrGraph.With(fmt.Sprintf("a cost at node %d is negative or the sum is too large", v))
			}
			cost += c
			there[v] = append(there[v], end{to, c})
			back[to] = append(back[to], end{int32(v), c})
		}
	}
	order := func(a, b end) int {
		if a.to != b.to {
			return int(a.to) - int(b.to)
		}
		return int(max(min(a.cost-b.cost, 1), -1))
	}
	for v := range n {
		slices.SortFunc(there[v], order)
		slices.SortFunc(back[v], order)
		if !slices.Equal(there[v], back[v]) {
			return ErrGraph.With(fmt.Sprintf("an edge at node %d stands in one of its two rows only", v))
		}
	}
	return nil
}

// components gives each node the number of its connected component, in the
// order of their first nodes, and says how many there are.
func (g *Graph) components() ([]int32, int) {
	of := make([]int32, len(g.Weight))
	for v := range of {
		of[v] = -1
	}
	count := int32(0)
	var stack []int32
	for s := range of {
		if of[s] >= 0 {
			continue
		}
		of[s], stack = count, append(stack[:0], int32(s))
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, u := range g.To[g.Start[v]:g.Start[v+1]] {
				if of[u] < 0 {
					of[u], stack = count, append(stack, u)
				}
			}
		}
		count++
	}
	return of, int(count)
}
