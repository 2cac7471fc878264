package partition

import "fmt"

// Report is what Check found in a partition.
type Report struct {
	Weights    []int64 // of each part
	Cut        int64   // cost of the edges between different parts, each once
	Outside    int     // parts farther from the mean than the tolerance
	Worst      float64 // largest distance from the mean, as a share of the mean
	MaxOver    float64 // the heaviest part over the mean
	Contiguous bool    // every part is connected
	Broken     []int32 // parts that are not
	Wrong      error   // why this is no partition into so many parts at all, else nil
}

// slack lets a part that stands exactly at the tolerance count as inside.
const slack = 1e-9

// Check looks at a partition with code of its own: it trusts nothing that
// Divide says. Where Wrong is set (a node without part, a part without node)
// the other figures mean nothing.
func Check(g *Graph, part []int32, parts int, tolerance float64) Report {
	if len(part) != len(g.Weight) || parts < 1 {
		return Report{Wrong: ErrGraph.With(fmt.Sprintf("%d nodes, %d of them in %d parts", len(g.Weight), len(part), parts))}
	}
	var r Report
	r.Weights = make([]int64, parts)
	first := make([]int32, parts)
	for p := range first {
		first[p] = -1
	}
	size, total := make([]int, parts), int64(0)
	for v := len(part) - 1; v >= 0; v-- {
		p := part[v]
		if p < 0 || int(p) >= parts {
			return Report{Wrong: ErrGraph.With(fmt.Sprintf("node %d is in part %d, which is none", v, p))}
		}
		r.Weights[p] += g.Weight[v]
		total += g.Weight[v]
		first[p] = int32(v)
		size[p]++
		for e := g.Start[v]; e < g.Start[v+1]; e++ {
			if int(g.To[e]) > v && part[g.To[e]] != p {
				r.Cut += g.Cost[e]
			}
		}
	}
	seen := make([]bool, len(part))
	mean := float64(total) / float64(parts)
	for p := range parts {
		if size[p] == 0 {
			return Report{Wrong: ErrGraph.With(fmt.Sprintf("part %d has no node", p))}
		}
		off := float64(r.Weights[p])/mean - 1
		r.MaxOver = max(r.MaxOver, off+1)
		if off < 0 {
			off = -off
		}
		r.Worst = max(r.Worst, off)
		if off > tolerance+slack {
			r.Outside++
		}
		reached, queue := 0, []int32{first[p]}
		for seen[first[p]] = true; len(queue) > 0; reached++ {
			v := queue[0]
			queue = queue[1:]
			for _, u := range g.To[g.Start[v]:g.Start[v+1]] {
				if part[u] == int32(p) && !seen[u] {
					seen[u], queue = true, append(queue, u)
				}
			}
		}
		if reached != size[p] {
			r.Broken = append(r.Broken, int32(p))
		}
	}
	r.Contiguous = len(r.Broken) == 0
	return r
}
