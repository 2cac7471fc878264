package roster

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// dive leaves one member after the other a single line, the one the program gives
// the largest part, and lets it find lines for the others in between. It says
// whether everybody has one, which a cut search may not reach.
func (c *crew) dive(ctx context.Context, random *rand.Rand, rounds int, noise float64) bool {
	cost := c.t.objective()
	part, slow := 12, c.t.m > quickRows
	if slow {
		part, rounds = 6, 2
	}
	for c.left > 0 {
		if ctx.Err() != nil {
			return false
		}
		taken := c.parts()
		most := c.ranked(taken, random, noise)
		for i, k := range most {
			if taken[k] > 1-1e-6 || i == 0 || i <= c.left/part && taken[k] > 0.5 {
				c.settle(k)
			}
		}
		if c.left > 0 {
			share := float64(c.left) / float64(len(c.free))
			c.t.shift(max(still, wobble*share*share))
			if !c.t.drive() {
				c.t.afresh()
				c.t.solve(20 * divePivots)
			}
			bar := cost + max(tolerable, dearer*math.Abs(cost+float64(c.base)))
			if c.t.objective() > bar {
				c.t.upright()
				for range rounds {
					if !c.round(divePivots) || c.t.objective() <= bar || ctx.Err() != nil {
						break
					}
				}
				c.t.solve(divePivots)
				c.t.purge(80*len(c.free) + 2*c.t.m)
				cost = max(cost, c.t.objective())
			}
		}
	}
	return true
}

// ranked lists the columns of members who are not fixed, the largest part of each
// first, drawn apart by some noise.
func (c *crew) ranked(part []float64, random *rand.Rand, noise float64) []int32 {
	var list []int32
	worth := make([]float64, len(part))
	for k := range c.t.cols {
		col := &c.t.cols[k]
		if col.basic && !c.fixed[col.row] && !col.banned && part[k] > 1e-6 {
			worth[k] = part[k] + noise*random.Float64()
			list = append(list, int32(k))
		}
	}
	slices.SortFunc(list, func(a, b int32) int { return cmp.Or(cmp.Compare(worth[b], worth[a]), cmp.Compare(a, b)) })
	return list
}

// settle leaves a member one line.
func (c *crew) settle(k int32) {
	if c.fixed[c.t.cols[k].row] {
		return
	}
	c.t.fix(k)
	c.fixed[c.t.cols[k].row] = true
	c.left--
}

// parts is how much of each column the program takes.
func (c *crew) parts() []float64 {
	part := make([]float64, len(c.t.cols))
	for i, v := range c.t.basis {
		if k := int(v) - 2*c.t.m; k >= 0 {
			part[k] = c.t.x[i]
		}
	}
	return part
}

// lines is what each member is left with; every one must be fixed.
func (c *crew) lines() [][]int32 {
	out := make([][]int32, len(c.free))
	for k := range c.t.cols {
		if col := &c.t.cols[k]; !col.banned && c.fixed[col.row] {
			out[col.row] = col.line
		}
	}
	return out
}
