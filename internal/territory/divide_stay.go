package territory

import (
	"math"

	"shouwang/internal/solve/partition"
)

// mend starts from how a frame is divided now and moves as few nodes as brings its
// parts back within the limit: people keep their lead unless their micro-grid has
// become too large or too small.
type mend struct {
	g      *partition.Graph
	part   []int32
	weight []int64
	mean   float64
	limit  float64 // how far a part may be from the mean, as a share
}

func newMend(g *partition.Graph, before []int32, parts int, limit float64) *mend {
	m := &mend{g: g, part: make([]int32, len(before)), weight: make([]int64, parts), limit: limit}
	copy(m.part, before)
	for again := true; again; { // what is new goes with a neighbour
		again = false
		for v, p := range m.part {
			for e := g.Start[v]; p < 0 && e < g.Start[v+1]; e++ {
				if q := m.part[g.To[e]]; q >= 0 {
					m.part[v], p, again = q, q, true
				}
			}
		}
	}
	for v, p := range m.part {
		if p < 0 {
			return nil
		}
		m.weight[p] += g.Weight[v]
		m.mean += float64(g.Weight[v]) / float64(parts)
	}
	for p := range m.weight {
		if !m.whole(int32(p)) {
			return nil
		}
	}
	return m
}

// excess is how far a weight is beyond what a part may be from the mean.
func (m *mend) excess(w int64) float64 {
	return math.Max(0, math.Abs(float64(w)/m.mean-1)-m.limit-1e-9)
}

// outside counts the parts beyond the limit.
func (m *mend) outside() (n int) {
	for _, w := range m.weight {
		if m.excess(w) > 0 {
			n++
		}
	}
	return n
}

// run moves or exchanges nodes at the borders of parts beyond the limit, the best
// first, as long as that helps.
func (m *mend) run() {
	for range m.part {
		gain, v, u := 1e-9, -1, -1
		for a := range m.part {
			for e := m.g.Start[a]; e < m.g.Start[a+1]; e++ {
				p, q := m.part[a], m.part[m.g.To[e]]
				if p == q || m.excess(m.weight[p])+m.excess(m.weight[q]) == 0 {
					continue
				}
				if x := m.gain(a, -1, q); x > gain && m.fits(a, -1, q) {
					gain, v, u = x, a, -1
					continue
				}
				for b := range m.part { // an exchange costs a little more than a move
					if m.part[b] == q {
						if x := m.gain(a, b, q) * 0.9; x > gain && m.touches(b, p) && m.fits(a, b, q) {
							gain, v, u = x, a, b
						}
					}
				}
			}
		}
		if v < 0 {
			return
		}
		m.swap(v, u, m.target(v, u))
	}
}

// gain is by how much less the parts are beyond the limit when a goes to q and b,
// if any, goes the other way.
func (m *mend) gain(a, b int, q int32) float64 {
	p := m.part[a]
	d := m.g.Weight[a]
	if b >= 0 {
		d -= m.g.Weight[b]
	}
	return m.excess(m.weight[p]) + m.excess(m.weight[q]) - m.excess(m.weight[p]-d) - m.excess(m.weight[q]+d)
}

func (m *mend) touches(v int, p int32) bool {
	for e := m.g.Start[v]; e < m.g.Start[v+1]; e++ {
		if m.part[m.g.To[e]] == p {
			return true
		}
	}
	return false
}

// target is where the best move found leads: the part of its partner, or the
// neighbour's by which it gains most.
func (m *mend) target(a, b int) int32 {
	if b >= 0 {
		return m.part[b]
	}
	best, to := math.Inf(-1), m.part[a]
	for e := m.g.Start[a]; e < m.g.Start[a+1]; e++ {
		if q := m.part[m.g.To[e]]; q != m.part[a] {
			if x := m.gain(a, -1, q); x > best && m.fits(a, -1, q) {
				best, to = x, q
			}
		}
	}
	return to
}

func (m *mend) swap(a, b int, q int32) {
	p := m.part[a]
	m.part[a] = q
	m.weight[p] -= m.g.Weight[a]
	m.weight[q] += m.g.Weight[a]
	if b >= 0 {
		m.part[b] = p
		m.weight[q] -= m.g.Weight[b]
		m.weight[p] += m.g.Weight[b]
	}
}

// fits says whether both parts stay whole and not empty when a goes to q and b the
// other way.
func (m *mend) fits(a, b int, q int32) bool {
	p := m.part[a]
	m.swap(a, b, q)
	ok := m.weight[p] > 0 && m.whole(p) && m.whole(q)
	m.swap(a, b, p) // and back
	return ok
}

// whole says whether a part is connected and has a node.
func (m *mend) whole(p int32) bool {
	n, first := 0, -1
	for v, q := range m.part {
		if q == p {
			if n++; first < 0 {
				first = v
			}
		}
	}
	if n == 0 {
		return false
	}
	seen := map[int32]bool{int32(first): true}
	for todo := []int32{int32(first)}; len(todo) > 0; {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for e := m.g.Start[v]; e < m.g.Start[v+1]; e++ {
			if w := m.g.To[e]; m.part[w] == p && !seen[w] {
				seen[w] = true
				todo = append(todo, w)
			}
		}
	}
	return len(seen) == n
}
