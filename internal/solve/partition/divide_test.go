package partition

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

// edge is one edge of a graph under construction.
type edge struct {
	a, b int32
	cost int64
}

// build makes a graph of weights and edges.
func build(weight []int64, edges []edge) *Graph {
	rows := make([][]edge, len(weight))
	for _, e := range edges {
		rows[e.a] = append(rows[e.a], e)
		rows[e.b] = append(rows[e.b], edge{e.b, e.a, e.cost})
	}
	g := &Graph{Weight: weight, Start: []int32{0}}
	for _, row := range rows {
		for _, e := range row {
			g.To, g.Cost = append(g.To, e.b), append(g.Cost, e.cost)
		}
		g.Start = append(g.Start, int32(len(g.To)))
	}
	return g
}

// estate invents a community as the bench's town does: buildings of two to five
// stairwells in rows, towers among them, neighbours joined.
func estate(seed uint64, buildings int) *Graph {
	r := rand.New(rand.NewPCG(seed, 7))
	var weight []int64
	var edges []edge
	ends := make([][2]int32, buildings)
	cols := 10 + r.IntN(6)
	for b := range buildings {
		floors := 5 + r.IntN(3)
		if r.IntN(4) == 0 {
			floors = 11 + r.IntN(8)
		}
		first := int32(len(weight))
		for u := range 2 + r.IntN(4) {
			if u > 0 {
				edges = append(edges, edge{int32(len(weight)) - 1, int32(len(weight)), 6})
			}
			weight = append(weight, int64(2*floors))
		}
		ends[b] = [2]int32{first, int32(len(weight)) - 1}
		if b%cols > 0 {
			edges = append(edges, edge{ends[b-1][1], first, 1})
		}
		for _, up := range []int{b - cols, b - cols + 1} {
			if up >= 0 && up < b {
				edges = append(edges, edge{ends[up][r.IntN(2)], ends[b][r.IntN(2)], 1})
			}
		}
	}
	return build(weight, edges)
}

// mustDivide divides and holds the answer against Check.
func mustDivide(t *testing.T, g *Graph, o Options) *Result {
	t.Helper()
	r, err := Divide(context.Background(), g, o)
	if err != nil {
		t.Fatal(err)
	}
	tolerance := o.Tolerance
	if tolerance == 0 {
		tolerance = 0.1
	}
	c := Check(g, r.Part, o.Parts, tolerance)
	if c.Wrong != nil || !c.Contiguous || !r.Contiguous {
		t.Fatalf("not connected: %+v", c)
	}
	if c.Cut != r.Cut || !slices.Equal(c.Weights, r.Weights) || o.Mean == 0 && c.Outside != r.Outside {
		t.Fatalf("figures differ: %+v %+v", c, r)
	}
	return r
}

func TestDivideAnEstate(t *testing.T) {
	g := estate(1, 50)
	parts := int(total(g)+40) / 80
	r := mustDivide(t, g, Options{Parts: parts, Seed: 1})
	t.Log(parts, r.Outside, r.Cut, r.Worst, r.Bound)
	if r.Outside*5 > parts {
		t.Errorf("%d of %d parts are outside", r.Outside, parts)
	}
}

func TestRefusals(t *testing.T) {
	two := build([]int64{1, 1, 1}, []edge{{0, 1, 1}})
	for _, c := range []struct {
		g     *Graph
		parts int
		want  error
	}{
		{two, 1, ErrFewParts}, {two, 4, ErrManyParts}, {two, 0, ErrGraph}, {&Graph{}, 1, ErrGraph},
		{build([]int64{0}, nil), 1, ErrGraph}, {build([]int64{-1, 2}, nil), 2, ErrGraph},
		{&Graph{Weight: []int64{1, 1}, Start: []int32{0, 1, 1}, To: []int32{1}, Cost: []int64{1}}, 1, ErrGraph},
	} {
		if _, err := Divide(context.Background(), c.g, Options{Parts: c.parts}); !errors.Is(err, c.want) {
			t.Errorf("%d parts: %v, want %v", c.parts, err, c.want)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Divide(ended, two, Options{Parts: 2}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// BenchmarkEstate divides a community of about two hundred stairwells.
func BenchmarkEstate(b *testing.B) {
	g := estate(1, 55)
	parts := int(total(g)+40) / 80
	for i := range b.N {
		r, err := Divide(context.Background(), g, Options{Parts: parts, Seed: uint64(i)})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Outside), "outside")
		b.ReportMetric(float64(r.Cut), "cut")
	}
}
