package roster

import (
	"context"
	"math/rand/v2"
)

// dive leaves one member after the other a single line, the one the program gives
// the largest part, and lets it find lines for the others in between. It says
// whether everybody has one, which a cut search may not reach.
func (c *crew) dive(ctx context.Context, random *rand.Rand, rounds int, noise float64) bool {
	for c.left > 0 {
		if ctx.Err() != nil {
			return false
		}
		part := c.parts()
		best, most := int32(-1), -1.0
		for k := range c.t.cols {
			col := &c.t.cols[k]
			if !col.basic || c.fixed[col.row] || col.banned {
				continue
			}
			x := part[k]
			if x > 1-1e-6 {
				c.settle(int32(k))
				continue
			}
			if noise > 0 {
				x += noise * random.Float64()
			}
			if x > most {
				best, most = int32(k), x
			}
		}
		if best >= 0 {
			c.settle(best)
		}
		if c.left > 0 {
			c.t.values()
			c.generate(ctx, rounds, 1<<62)
		}
	}
	return true
}

// settle leaves a member one line.
func (c *crew) settle(k int32) {
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
