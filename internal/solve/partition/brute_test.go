package partition

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// small random connected graphs: a tree and some edges more.
func tiny(r *rand.Rand, n int) *Graph {
	weight := make([]int64, n)
	var edges []edge
	for v := range weight {
		weight[v] = int64(5 + r.IntN(20))
		if v > 0 {
			edges = append(edges, edge{int32(r.IntN(v)), int32(v), int64(1 + r.IntN(6))})
		}
	}
	for range r.IntN(n) {
		if a, b := r.IntN(n), r.IntN(n); a != b {
			edges = append(edges, edge{int32(a), int32(b), int64(1 + r.IntN(6))})
		}
	}
	return build(weight, edges)
}

// objective is what Divide makes small, added up here from its description.
func objective(g *Graph, o Options, part []int32) float64 {
	report := Check(g, part, o.Parts, o.Tolerance)
	if report.Wrong != nil || !report.Contiguous {
		return math.Inf(1)
	}
	total, sum, edges := int64(0), int64(0), int64(0)
	for _, w := range g.Weight {
		total += w
	}
	seen := map[[2]int32]bool{}
	for v := range g.Weight {
		for e := g.Start[v]; e < g.Start[v+1]; e++ {
			sum += g.Cost[e]
			seen[[2]int32{int32(v), g.To[e]}] = true
		}
	}
	edges = int64(len(seen)) // a repeated edge counts as one
	price, mean := 12*float64(sum)/float64(edges), float64(total)/float64(o.Parts)
	all := float64(report.Cut)
	for _, w := range report.Weights {
		switch off := math.Abs(float64(w)/mean-1)/o.Tolerance - 1; {
		case off <= 1e-8:
		case off <= 1:
			all += price * (1 + off)
		default:
			all += price * (14 + 4*(off-1))
		}
	}
	return all
}

// fewest goes through every partition of the graph.
func fewest(g *Graph, o Options) (least float64, outside int, worst float64) {
	least, outside, worst = math.Inf(1), o.Parts, math.Inf(1)
	part := make([]int32, len(g.Weight))
	var walk func(v int, used int32)
	walk = func(v int, used int32) {
		if v == len(part) {
			if int(used) == o.Parts {
				now := objective(g, o, part)
				least = min(least, now)
				if !math.IsInf(now, 1) {
					c := Check(g, part, o.Parts, o.Tolerance)
					worst = min(worst, c.Worst)
					if c.Worst <= 2*o.Tolerance { // the bound holds as long as none is farther
						outside = min(outside, c.Outside)
					}
				}
			}
			return
		}
		for a := int32(0); a <= used && int(a) < o.Parts; a++ {
			part[v] = a
			walk(v+1, max(used, a+1))
		}
	}
	walk(0, 0)
	return least, outside, worst
}

// The answer costs what the best of all partitions costs, and the bound is never
// above what can be done.
func TestAsGoodAsTryingAll(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	bounds, tight := 0, 0
	for i := range 60 {
		g := tiny(r, 5+r.IntN(5))
		o := Options{Parts: 2 + r.IntN(3), Seed: uint64(i), Tolerance: 0.2, Steps: 200}
		t.Run(fmt.Sprintf("%d nodes %d parts %d", i, len(g.Weight), o.Parts), func(t *testing.T) {
			got, err := Divide(context.Background(), g, o)
			if err != nil {
				t.Fatal(err)
			}
			want, outside, worst := fewest(g, o)
			if now := objective(g, o, got.Part); math.Abs(now-want) > 1e-6 {
				t.Errorf("costs %g, could cost %g (%d outside; %v)", now, want, got.Outside, got.Part)
			}
			if got.Bound.Outside > outside {
				t.Errorf("bound %d, but %d can be done", got.Bound.Outside, outside)
			}
			if got.Bound.Worst > worst+1e-9 {
				t.Errorf("bound %g, but %g can be done", got.Bound.Worst, worst)
			}
			bounds += got.Bound.Outside
			limit, err := Limit(g, o)
			if err != nil || limit.Worst > worst+1e-9 || limit.Outside > outside || limit.Worst < got.Bound.Worst {
				t.Errorf("limit %+v (%v), but %g and %d can be done, and the bound is %g", limit, err, worst, outside, got.Bound.Worst)
			}
			if limit.Worst > worst-1e-9 {
				tight++
			}
		})
	}
	if bounds == 0 {
		t.Error("no bound says anything")
	}
	if tight < 30 { // 34 when this was written
		t.Errorf("the limit is reached in %d of 60 cases only", tight)
	}
}

// A grid of equal nodes and another beside it: what anyone can see is found.
func TestPlainCases(t *testing.T) {
	path := build([]int64{1, 1, 1, 1, 1, 1}, []edge{{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 5, 1}})
	if r := mustDivide(t, path, Options{Parts: 3, Steps: 50}); r.Cut != 2 || r.Outside != 0 || r.Worst != 0 {
		t.Errorf("%+v", r)
	}
	apart := build([]int64{3, 3, 3, 3, 1, 1}, []edge{{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {4, 5, 1}})
	r := mustDivide(t, apart, Options{Parts: 3, Steps: 50})
	if r.Part[4] != r.Part[5] || r.Cut != 1 {
		t.Errorf("%+v", r)
	}
	heavy := build([]int64{100, 1, 1, 1}, []edge{{0, 1, 1}, {1, 2, 1}, {2, 3, 1}})
	if r := mustDivide(t, heavy, Options{Parts: 2, Steps: 50}); r.Bound.Outside < 1 || r.Bound.Worst < 0.9 || r.Outside < r.Bound.Outside {
		t.Errorf("%+v", r)
	}
	zero := build([]int64{0, 0, 4, 0}, []edge{{0, 1, 0}, {1, 2, 0}, {2, 3, 5}, {2, 2, 9}})
	mustDivide(t, zero, Options{Parts: 2, Steps: 50})
}
