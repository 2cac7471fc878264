package territory

import (
	"encoding/json"
	"math"

	"shouwang/internal/solve/partition"
)

// What it costs to draw a border between two nodes: hardly ever between the floors
// of a stairwell, seldom through a house, the less the farther two houses stand
// apart, least between two estates.
const (
	costFloor  = 400
	costHouse  = 60
	costNear   = 24
	costAway   = 30.0 // metres at which the cost is half
	costEstate = 3    // between two estates it is a third
)

// edge joins two nodes.
type edge struct {
	a, b int
	cost int64
}

// graph is the frame as the solver takes it.
func (f *frame) graph() *partition.Graph {
	edges := f.edges()
	g := &partition.Graph{Weight: make([]int64, len(f.nodes)), Start: make([]int32, len(f.nodes)+1)}
	rows := make([][]edge, len(f.nodes))
	for _, e := range edges {
		rows[e.a] = append(rows[e.a], edge{e.a, e.b, e.cost})
		rows[e.b] = append(rows[e.b], edge{e.b, e.a, e.cost})
	}
	for i, n := range f.nodes {
		g.Weight[i] = int64(n.doors)
		for _, e := range rows[i] {
			g.To = append(g.To, int32(e.b))
			g.Cost = append(g.Cost, e.cost)
		}
		g.Start[i+1] = int32(len(g.To))
	}
	return g
}

func (f *frame) edges() []edge {
	var out []edge
	for _, h := range f.houses {
		for i := 1; i < len(h.nodes); i++ {
			a, b := f.nodes[h.nodes[i-1]], f.nodes[h.nodes[i]]
			cost := int64(costHouse)
			if a.id == b.id {
				cost = costFloor
			}
			out = append(out, edge{h.nodes[i-1], h.nodes[i], cost})
		}
	}
	for i := range f.houses {
		for j := range i {
			if f.neighbours(i, j) {
				out = append(out, f.between(i, j)...)
			}
		}
	}
	return out
}

// neighbours says whether no third house lies in the circle between two: the graph
// of such pairs holds together and crosses nothing.
func (f *frame) neighbours(i, j int) bool {
	a, b := &f.houses[i], &f.houses[j]
	x, y := (a.x+b.x)/2, (a.y+b.y)/2
	r := sq(a.x-x) + sq(a.y-y)
	for k := range f.houses {
		if k != i && k != j && sq(f.houses[k].x-x)+sq(f.houses[k].y-y) < r-1e-9 {
			return false
		}
	}
	return true
}

// between joins each stairwell of two neighbouring houses with the nearest one of
// the other.
func (f *frame) between(i, j int) []edge {
	var out []edge
	seen := map[[2]int]bool{}
	near := func(from, to []int) {
		for _, a := range from {
			best, e := math.Inf(1), edge{a: a}
			for _, b := range to {
				d := sq(f.nodes[a].x-f.nodes[b].x) + sq(f.nodes[a].y-f.nodes[b].y)
				if d < best-1e-9 {
					best, e.b = d, b
				}
			}
			k := [2]int{min(e.a, e.b), max(e.a, e.b)}
			if seen[k] {
				continue
			}
			seen[k] = true
			e.cost = int64(math.Round(costNear * costAway / (costAway + math.Sqrt(best))))
			if f.houses[i].estate != f.houses[j].estate {
				e.cost /= costEstate
			}
			e.cost = max(e.cost, 1)
			out = append(out, e)
		}
	}
	near(f.houses[i].nodes, f.houses[j].nodes)
	near(f.houses[j].nodes, f.houses[i].nodes)
	return out
}

func sq(x float64) float64 { return x * x }

// longSide is the longest side of a drawn outline as a vector in metres: along it
// the stairwells of a house stand. It is nothing where no outline is drawn.
func longSide(shape string, flat Flat) (x, y float64) {
	var g struct {
		Type        string
		Coordinates json.RawMessage
	}
	if shape == "" || json.Unmarshal([]byte(shape), &g) != nil || g.Type != "Polygon" {
		return 0, 0
	}
	var rings [][][2]float64
	if json.Unmarshal(g.Coordinates, &rings) != nil || len(rings) == 0 {
		return 0, 0
	}
	best := 0.0
	for i := 1; i < len(rings[0]); i++ {
		ax, ay := flat.Metres(rings[0][i-1][0], rings[0][i-1][1])
		bx, by := flat.Metres(rings[0][i][0], rings[0][i][1])
		if d := sq(bx-ax) + sq(by-ay); d > best {
			best, x, y = d, bx-ax, by-ay
		}
	}
	if x < 0 || x == 0 && y < 0 { // always from west to east, so that the order does not depend on the drawing
		x, y = -x, -y
	}
	return x, y
}
