package partition

import (
	"context"
	"runtime"
	"slices"
	"sync"
)

// Options say into how many parts to divide and how hard to try.
type Options struct {
	// Parts is how many parts there shall be.
	Parts int
	// Seed chooses among equals: the same seed and steps give the same answer.
	Seed uint64
	// Tolerance is how far a part may be from the mean, as a share of the mean; 0 means 0.10.
	Tolerance float64
	// Mean is the weight a part should have; 0 means the graph's own weight over Parts.
	Mean float64
	// Steps is how many re-divisions to try for each part; 0 means a number that serves well.
	Steps int
	// Previous, when given, is the part of each node so far (-1 for a new node):
	// the answer starts from it, keeps its numbers and leaves it only where that pays.
	Previous []int32
	// Stay is the cost of moving one node out of its previous part, in the unit
	// of edge costs; 0 means a default that moves nodes to mend the balance
	// only, never to shorten a border.
	Stay int64
}

// Bound is what no partition can beat, because nodes are not split.
type Bound struct {
	Outside int     // fewest parts outside the tolerance, as long as none is outside twice of it
	Worst   float64 // least possible distance of the worst part from the mean
}

// Result is a partition with its figures.
type Result struct {
	Part       []int32 // of each node, from 0
	Weights    []int64 // of each part
	Cut        int64   // cost of the edges between different parts, each once
	Outside    int     // parts farther from the mean than the tolerance
	Worst      float64 // largest distance from the mean, as a share of the mean
	Contiguous bool    // every part is connected
	Bound      Bound   // what the size of the nodes allows
	Moved      int     // nodes that left their previous part
}

// Divide divides the graph into connected parts of nearly equal weight at little
// cut. Each connected component of the graph gets its share of the parts by its
// weight (largest remainder, one at least). It fails when there are fewer parts
// than components or more than nodes, and when the context ends.
func Divide(ctx context.Context, g *Graph, o Options) (*Result, error) {
	if err := g.check(); err != nil {
		return nil, err
	}
	if err := o.fill(g); err != nil {
		return nil, err
	}
	pieces, err := split(g, &o)
	if err != nil {
		return nil, err
	}
	var wait sync.WaitGroup
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, p := range pieces {
		wait.Add(1)
		gate <- struct{}{}
		go func() {
			defer wait.Done()
			p.solve(ctx)
			<-gate
		}()
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return assemble(g, &o, pieces), nil
}

// fill puts in the defaults and refuses what cannot be.
func (o *Options) fill(g *Graph) error {
	total := int64(0)
	for _, w := range g.Weight {
		total += w
	}
	if o.Tolerance == 0 {
		o.Tolerance = 0.10
	}
	if o.Parts < 1 || !(o.Tolerance > 0 && o.Tolerance < 10) || o.Steps < 0 || o.Stay < 0 || o.Mean < 0 {
		return ErrGraph.With("parts, tolerance, steps, mean and stay must be positive")
	}
	if o.Parts > len(g.Weight) {
		return ErrManyParts.With(len(g.Weight), o.Parts)
	}
	if o.Mean == 0 {
		o.Mean = float64(total) / float64(o.Parts)
	}
	if o.Previous == nil {
		return nil
	}
	if len(o.Previous) != len(g.Weight) {
		return ErrGraph.With("the previous parts do not fit the nodes")
	}
	for _, p := range o.Previous {
		if p < -1 {
			return ErrGraph.With("a previous part is below -1")
		}
	}
	return nil
}

// assemble numbers the parts of all pieces together and reads the figures off
// the finished partition.
func assemble(g *Graph, o *Options, pieces []*piece) *Result {
	r := &Result{Part: make([]int32, len(g.Weight))}
	base := int32(0)
	for _, p := range pieces {
		for i, v := range p.nodes {
			r.Part[v] = base + p.part[i]
		}
		base += int32(p.parts)
		r.Bound.Outside += p.bound.Outside
		r.Bound.Worst = max(r.Bound.Worst, p.bound.Worst)
	}
	if o.Previous != nil {
		r.Moved = keepNames(r.Part, o.Previous, o.Parts)
	}
	report := Check(g, r.Part, o.Parts, o.Tolerance)
	r.Weights, r.Cut, r.Contiguous = report.Weights, report.Cut, report.Contiguous
	for _, w := range r.Weights {
		off := float64(w)/o.Mean - 1
		r.Worst = max(r.Worst, off, -off)
		if max(off, -off) > o.Tolerance+slack {
			r.Outside++
		}
	}
	return r
}

// keepNames renumbers the parts so that each keeps the number of the previous
// part with which it shares most nodes, and counts the nodes that moved.
func keepNames(part, previous []int32, parts int) int {
	type pair struct {
		now, before int32
		nodes       int
	}
	shared := map[[2]int32]int{}
	for v, p := range part {
		if previous[v] >= 0 {
			shared[[2]int32{p, previous[v]}]++
		}
	}
	var all []pair
	for k, n := range shared {
		all = append(all, pair{k[0], k[1], n})
	}
	slices.SortFunc(all, func(a, b pair) int {
		if a.nodes != b.nodes {
			return b.nodes - a.nodes
		}
		if a.before != b.before {
			return int(a.before - b.before)
		}
		return int(a.now - b.now)
	})
	name, taken := make([]int32, parts), make([]bool, parts)
	same := make([]int32, parts) // the previous part that this one goes on from
	for p := range name {
		name[p], same[p] = -1, -1
	}
	gone := map[int32]bool{}
	for _, a := range all {
		if same[a.now] >= 0 || gone[a.before] {
			continue
		}
		same[a.now], gone[a.before] = a.before, true
		if int(a.before) < parts {
			name[a.now], taken[a.before] = a.before, true
		}
	}
	free := int32(0)
	for p := range name {
		if name[p] >= 0 {
			continue
		}
		for taken[free] {
			free++
		}
		name[p], taken[free] = free, true
	}
	moved := 0
	for v, p := range part {
		if previous[v] >= 0 && same[p] != previous[v] {
			moved++
		}
		part[v] = name[p]
	}
	return moved
}
