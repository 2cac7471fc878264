package partition

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// One seed, one answer, on one thread and on eight; another seed, another way.
func TestSameOnAnyNumberOfThreads(t *testing.T) {
	g := beside(estate(3, 30), estate(4, 20), estate(5, 25))
	o := Options{Parts: 48, Seed: 9, Steps: 60}
	first := mustDivide(t, g, o)
	for _, threads := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(threads)
		again := mustDivide(t, g, o)
		runtime.GOMAXPROCS(before)
		if !slices.Equal(first.Part, again.Part) {
			t.Fatalf("another answer on %d threads", threads)
		}
	}
	if o.Seed++; slices.Equal(first.Part, mustDivide(t, g, o).Part) {
		t.Error("the seed changes nothing")
	}
}

// beside puts graphs into one, with nothing between them.
func beside(graphs ...*Graph) *Graph {
	all := &Graph{Start: []int32{0}}
	for _, g := range graphs {
		base, rows := int32(len(all.Weight)), int32(len(all.To))
		all.Weight = append(all.Weight, g.Weight...)
		all.Cost = append(all.Cost, g.Cost...)
		for _, u := range g.To {
			all.To = append(all.To, u+base)
		}
		for _, s := range g.Start[1:] {
			all.Start = append(all.Start, s+rows)
		}
	}
	return all
}

// Whatever the graph, the answer is a partition into connected parts; large
// parts (divided by trees) as well as small ones (divided by listing).
func TestAlwaysConnected(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 40 {
		n := 1 + r.IntN(120)
		g := tiny(r, n)
		mustDivide(t, g, Options{Parts: 1 + r.IntN(min(n, 1+n/(1+r.IntN(30)))), Seed: uint64(i), Steps: 8})
	}
	for i := range 40 { // houses without doors weigh nothing, and a part may hold only such
		g := tiny(r, 1+r.IntN(60))
		for v := range g.Weight {
			if r.IntN(2) == 0 {
				g.Weight[v] = 0
			}
		}
		mustDivide(t, g, Options{Parts: 1 + r.IntN(len(g.Weight)), Seed: uint64(i), Steps: 8})
	}
	g := grid(40, 30)
	if r := mustDivide(t, g, Options{Parts: 12, Seed: 1}); r.Outside != 0 || r.Cut > 260 {
		t.Errorf("a plain grid in 12: %d outside, cut %d", r.Outside, r.Cut)
	}
}

// grid is a rectangle of nodes of weight 1.
func grid(wide, high int) *Graph {
	weight := make([]int64, wide*high)
	var edges []edge
	for v := range weight {
		weight[v] = 1
		if v%wide > 0 {
			edges = append(edges, edge{int32(v - 1), int32(v), 1})
		}
		if v >= wide {
			edges = append(edges, edge{int32(v - wide), int32(v), 1})
		}
	}
	return build(weight, edges)
}

// change makes one small change of a community and says where its nodes were.
func change(r *rand.Rand, g *Graph, part []int32) (*Graph, []int32, string) {
	v := int32(r.IntN(len(g.Weight)))
	weight, previous := slices.Clone(g.Weight), slices.Clone(part)
	var edges []edge
	for a := range g.Weight {
		for e := g.Start[a]; e < g.Start[a+1]; e++ {
			if int(g.To[e]) > a {
				edges = append(edges, edge{int32(a), g.To[e], g.Cost[e]})
			}
		}
	}
	switch r.IntN(4) {
	case 0:
		weight[v] -= max(weight[v]/10, 1)
		return build(weight, edges), previous, fmt.Sprintf("node %d lighter", v)
	case 1:
		weight[v] += max(weight[v]/10, 1)
		return build(weight, edges), previous, fmt.Sprintf("node %d heavier", v)
	case 2:
		n := int32(len(weight))
		return build(append(weight, weight[v]), append(edges, edge{v, n, 6})), append(previous, -1), fmt.Sprintf("a node beside %d", v)
	}
	down := func(u int32) int32 {
		if u > v {
			return u - 1
		}
		return u
	}
	var left []edge
	var around []int32
	for _, e := range edges {
		switch v {
		case e.a:
			around = append(around, down(e.b))
		case e.b:
			around = append(around, down(e.a))
		default:
			left = append(left, edge{down(e.a), down(e.b), e.cost})
		}
	}
	for i := 1; i < len(around); i++ { // the way through stays
		left = append(left, edge{around[i-1], around[i], 1})
	}
	return build(slices.Delete(weight, int(v), int(v)+1), left), slices.Delete(previous, int(v), int(v)+1), fmt.Sprintf("node %d gone", v)
}

// A small change of a community of real size moves at most 2 % of its units.
func TestSmallChangesMoveLittle(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	worst, sum, trials, more := 0.0, 0, 0, 0
	for seed := range uint64(3) {
		g := estate(20+seed, 55)
		parts := int(total(g)+40) / 80
		first := mustDivide(t, g, Options{Parts: parts, Seed: seed})
		same := mustDivide(t, g, Options{Parts: parts, Seed: seed + 7, Previous: first.Part})
		if same.Moved != 0 || !slices.Equal(same.Part, first.Part) {
			t.Errorf("nothing changed and %d moved", same.Moved)
		}
		for range 60 {
			now, previous, what := change(r, g, first.Part)
			again := mustDivide(t, now, Options{Parts: parts, Seed: seed, Previous: previous})
			share := float64(again.Moved) / float64(len(now.Weight))
			if worst = max(worst, share); share > 0.02 {
				t.Errorf("%s: %d of %d moved", what, again.Moved, len(now.Weight))
			}
			before := Check(g, first.Part, parts, 0.11).Outside // by a hair does not count: the mean moved too
			after := Check(now, again.Part, parts, 0.11).Outside
			if more += after - before; after > before+parts/4 {
				t.Errorf("%s: %d outside, %d before", what, after, before)
			}
			counted := 0
			for v, p := range previous {
				if p >= 0 && again.Part[v] != p {
					counted++
				}
			}
			if counted != again.Moved {
				t.Errorf("%s: says %d moved, %d did", what, again.Moved, counted)
			}
			sum, trials = sum+again.Moved, trials+1
		}
	}
	if more > trials/2 {
		t.Errorf("%d parts more are outside after %d small changes", more, trials)
	}
	t.Logf("%d small changes moved %.2f nodes on average, %.1f %% at worst", trials, float64(sum)/float64(trials), 100*worst)
}

func total(g *Graph) (sum int64) {
	for _, w := range g.Weight {
		sum += w
	}
	return sum
}

// A previous partition that fits nothing is no reason to fail: broken parts, too
// many, too few, strange numbers.
func TestPreviousOfAnyKind(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	g := estate(2, 20)
	for i := range 30 {
		previous := make([]int32, len(g.Weight))
		for v := range previous {
			previous[v] = int32(r.IntN(1+i*2)) - 1
		}
		if got := mustDivide(t, g, Options{Parts: 12, Seed: 1, Previous: previous}); got.Moved > len(previous) {
			t.Error(got.Moved)
		}
	}
	if _, err := Divide(context.Background(), g, Options{Parts: 3, Previous: []int32{1}}); err == nil {
		t.Error("a previous partition of another graph passed")
	}
}
