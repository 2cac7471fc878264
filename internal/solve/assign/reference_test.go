package assign

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// edge is a residual arc; the one that undoes it stands beside it, at its number
// with the last bit turned.
type edge struct {
	from, to   int
	room, cost int64
}

// residual is the graph of the reference solver.
type residual []edge

func (g *residual) put(u, v int, room, cost int64) {
	*g = append(*g, edge{u, v, room, cost}, edge{v, u, 0, -cost})
}

// augment sends amount along the arcs by[...] from stop back to start.
func (g residual) augment(by []int, start, stop int, most int64) int64 {
	amount := most
	for v, first := stop, true; first || v != start; v, first = g[by[v]].from, false {
		amount = min(amount, g[by[v]].room)
	}
	for v, first := stop, true; first || v != start; v, first = g[by[v]].from, false {
		g[by[v]].room -= amount
		g[by[v]^1].room += amount
	}
	return amount
}

// meet sends want units from source to sink by breadth-first paths.
func (g residual) meet(source, sink int, want int64) bool {
	for want > 0 {
		by := make([]int, sink+1)
		for v := range by {
			by[v] = -1
		}
		queue := []int{source}
		for len(queue) > 0 && by[sink] < 0 {
			u := queue[0]
			queue = queue[1:]
			for i, e := range g {
				if e.from == u && e.room > 0 && by[e.to] < 0 && e.to != source {
					by[e.to] = i
					queue = append(queue, e.to)
				}
			}
		}
		if by[sink] < 0 {
			return false
		}
		want -= g.augment(by, source, sink, want)
	}
	return true
}

// improve cancels negative cycles among the first count arcs until none is left.
func (g residual) improve(size, count int) {
	for {
		dist, by := make([]int64, size), make([]int, size)
		last := -1
		for range size {
			last = -1
			for i, e := range g[:count] {
				if e.room > 0 && dist[e.from]+e.cost < dist[e.to] {
					dist[e.to], by[e.to], last = dist[e.from]+e.cost, i, e.to
				}
			}
		}
		if last < 0 {
			return
		}
		for range size {
			last = g[by[last]].from
		}
		g.augment(by, last, last, 1<<60)
	}
}

// reference solves n slowly and plainly: a maximal flow by breadth-first paths
// meets the supplies, then negative cycles are cancelled one by one (Bellman and
// Ford) until none is left. It shares nothing with the solvers under test.
func reference(n *Network) (int64, bool) {
	size := len(n.Supply)
	var g residual
	left := append([]int64(nil), n.Supply...)
	cost := int64(0)
	for e := range n.From {
		u, v := int(n.From[e]), int(n.To[e])
		g.put(u, v, n.Cap[e]-n.low(e), n.Cost[e])
		cost += n.low(e) * n.Cost[e]
		left[u] -= n.low(e)
		left[v] += n.low(e)
	}
	count, want := len(g), int64(0)
	for v, s := range left {
		if s > 0 {
			g.put(size, v, s, 0)
			want += s
		} else if s < 0 {
			g.put(v, size+1, -s, 0)
		}
	}
	if !g.meet(size, size+1, want) {
		return 0, false
	}
	g.improve(size, count)
	for i := 0; i < count; i += 2 {
		cost += g[i+1].room * g[i].cost
	}
	return cost, true
}

// anyNetwork draws a small network with everything in it: lower bounds (also
// below zero), negative costs and cycles, parallel arcs, loops, zero capacities.
func anyNetwork(t *rapid.T) *Network {
	size := rapid.IntRange(1, 8).Draw(t, "nodes")
	n := &Network{Supply: make([]int64, size)}
	node := rapid.IntRange(0, size-1)
	for range rapid.IntRange(0, 5).Draw(t, "pairs") {
		a, b, s := node.Draw(t, "a"), node.Draw(t, "b"), rapid.Int64Range(0, 4).Draw(t, "s")
		n.Supply[a] += s
		n.Supply[b] -= s
	}
	for range rapid.IntRange(0, 20).Draw(t, "arcs") {
		low := int64(0)
		if rapid.IntRange(0, 4).Draw(t, "bounded") == 0 {
			low = rapid.Int64Range(-2, 2).Draw(t, "low")
		}
		n.Bounded(int32(node.Draw(t, "u")), int32(node.Draw(t, "v")), low,
			low+rapid.Int64Range(0, 6).Draw(t, "room"), rapid.Int64Range(-9, 15).Draw(t, "cost"))
	}
	return n
}

// crowd draws a small network of the pool's shape: people, posts, arcs between posts.
func crowd(t *rapid.T) *Network {
	people, posts := rapid.IntRange(1, 9).Draw(t, "people"), rapid.IntRange(1, 5).Draw(t, "posts")
	n := &Network{Supply: make([]int64, people+posts)}
	post := rapid.IntRange(people, people+posts-1)
	top := rapid.SampledFrom([]int64{1, 4, 50}).Draw(t, "spread")
	for p := range people {
		n.Supply[p] = 1
		n.Supply[post.Draw(t, "wanted")]--
		for range rapid.IntRange(0, 4).Draw(t, "offers") {
			n.Arc(int32(p), int32(post.Draw(t, "post")), rapid.Int64Range(0, 3).Draw(t, "cap"), rapid.Int64Range(-top, top).Draw(t, "cost"))
		}
	}
	for range rapid.IntRange(0, 8).Draw(t, "links") {
		low := rapid.SampledFrom([]int64{0, 0, 0, 1}).Draw(t, "low")
		n.Bounded(int32(post.Draw(t, "u")), int32(post.Draw(t, "v")), low, low+rapid.Int64Range(0, 4).Draw(t, "room"), rapid.Int64Range(-top, 2*top).Draw(t, "cost"))
	}
	return n
}

// agree runs one solver on n and compares it with the reference.
func agree(t *rapid.T, n *Network, solve func(*Network) (*Flow, error)) {
	want, feasible := reference(n)
	got, err := solve(n)
	if !feasible {
		if !errors.Is(err, ErrInfeasible) {
			t.Fatalf("infeasible, but the solver says %v %v", got, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("feasible at %d, but the solver says %v", want, err)
	}
	if got.Cost != want {
		t.Fatalf("cost %d, the reference has %d", got.Cost, want)
	}
	if err := Check(n, got); err != nil {
		t.Fatal(err)
	}
}

// many runs a property far more often than rapid's hundred.
func many(t *testing.T, times int, property func(*rapid.T)) {
	for i := range times / 100 {
		t.Run(fmt.Sprint(i), func(t *testing.T) { rapid.Check(t, property) })
		if t.Failed() {
			return
		}
	}
}

func TestSimplexEqualsReference(t *testing.T) {
	many(t, 3000, func(t *rapid.T) { agree(t, anyNetwork(t), MinimizeBySimplex) })
}

func TestSimplexOnCrowdsEqualsReference(t *testing.T) {
	many(t, 2000, func(t *rapid.T) { agree(t, crowd(t), MinimizeBySimplex) })
}

func TestMinimizeEqualsReference(t *testing.T) {
	many(t, 2000, func(t *rapid.T) { agree(t, anyNetwork(t), Minimize) })
}

func TestPoolEqualsReference(t *testing.T) {
	solved := 0
	many(t, 4000, func(t *rapid.T) {
		n := crowd(t)
		agree(t, n, func(n *Network) (*Flow, error) {
			flow, err := MinimizeByPool(n)
			if errors.Is(err, ErrShape) {
				return Minimize(n)
			}
			solved++
			return flow, err
		})
	})
	if solved < 1000 {
		t.Fatalf("the pool took only %d of the cases", solved)
	}
}

func TestPoolInBulkEqualsReference(t *testing.T) {
	many(t, 4000, func(t *rapid.T) {
		agree(t, crowd(t), func(n *Network) (*Flow, error) {
			left, err := n.excess()
			if err != nil {
				return nil, err
			}
			flow, err := minimizeByPool(n, left, true)
			if flow == nil && err == nil {
				return MinimizeBySimplex(n)
			}
			return flow, err
		})
	})
}

func TestRefusals(t *testing.T) {
	big := int64(1) << 62
	for name, c := range map[string]struct {
		net  Network
		want error
	}{
		"unbalanced":       {Network{Supply: []int64{1, 0}}, ErrUnbalanced},
		"sum wraps round":  {Network{Supply: []int64{big, big, big, big}}, ErrUnbalanced},
		"supplies too big": {Network{Supply: []int64{big, big - 1, -big, 1 - big}}, ErrOverflow},
		"cost too big": {Network{Supply: []int64{1, -1}, From: []int32{0}, To: []int32{1}, Cap: []int64{1},
			Cost: []int64{1<<63 - 1}}, ErrOverflow},
		"total too big": {Network{Supply: []int64{1 << 40, -1 << 40}, From: []int32{0}, To: []int32{1}, Cap: []int64{1 << 40},
			Cost: []int64{1 << 40}}, ErrOverflow},
		"endless circle": {Network{Supply: []int64{0, 0}, From: []int32{0, 1}, To: []int32{1, 0},
			Cap: []int64{1<<63 - 1, 1<<63 - 1}, Cost: []int64{-1, 0}}, ErrOverflow},
		"no such node": {Network{Supply: []int64{0}, From: []int32{0}, To: []int32{1}, Cap: []int64{1}, Cost: []int64{1}}, ErrShape},
		"low over cap": {Network{Supply: []int64{0, 0}, From: []int32{0}, To: []int32{1}, Low: []int64{2}, Cap: []int64{1},
			Cost: []int64{1}}, ErrShape},
		"infeasible": {Network{Supply: []int64{1, -1}, From: []int32{1}, To: []int32{0}, Cap: []int64{1}, Cost: []int64{1}}, ErrInfeasible},
	} {
		if _, err := Minimize(&c.net); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// An "infinite" capacity on arcs that cost something is no reason to refuse.
func TestEndlessCapacity(t *testing.T) {
	n := &Network{Supply: []int64{5, 0, -5}}
	for _, a := range [][2]int32{{0, 1}, {1, 2}, {0, 2}, {2, 0}} {
		n.Arc(a[0], a[1], 1<<63-1, 2)
	}
	f, err := Minimize(n)
	if err != nil || f.Cost != 10 {
		t.Fatal(f, err)
	}
	if err := Check(n, f); err != nil {
		t.Fatal(err)
	}
}

// The certificate must not let a wrong answer through.
func TestCheckRefusesWrongAnswers(t *testing.T) {
	n := &Network{Supply: []int64{1, 0, -1}}
	n.Arc(0, 1, 1, 1)
	n.Arc(1, 2, 1, 1)
	n.Arc(0, 2, 1, 3)
	good, err := Minimize(n)
	if err != nil || Check(n, good) != nil {
		t.Fatal(good, err)
	}
	for name, bad := range map[string]*Flow{
		"dearer":        {[]int64{0, 0, 1}, good.Potential, 3},
		"unbalanced":    {[]int64{1, 0, 0}, good.Potential, 1},
		"above cap":     {[]int64{1, 1, -1}, good.Potential, -1},
		"wrong sum":     {good.On, good.Potential, 1},
		"no potentials": {good.On, nil, 2},
		"flat":          {good.On, []int64{0, 0, 0}, 2},
	} {
		if err := Check(n, bad); err == nil || !strings.Contains(err.Error(), "assign:") {
			t.Errorf("%s passed", name)
		}
	}
}
