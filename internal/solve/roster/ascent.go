package roster

import (
	"context"
	"math"
)

// The volume method (Barahona and Anbil 2000): the part of the newest lines in the
// running mean, the length of the step at first and when it is given up, and after
// how many rounds without gain the step is halved.
const (
	freshPart  = 0.3
	stepFirst  = 0.02
	stepLast   = 0.0003
	barren     = 10
	keepRounds = 40
)

// ascend raises the bound by moving the prices along the running mean of what is
// short, without any linear program. The lines of its last rounds that are near to
// cheap go into the program, so that it starts close to its end.
func (c *crew) ascend(ctx context.Context, rounds int, target float64) {
	n := len(c.demands)
	mean, price, best := make([]float64, n), make([]float64, n), math.Inf(-1)
	center := make([]float64, n)
	for k, at := range c.center {
		center[k] = float64(at) / scale
		price[k] = center[k]
	}
	length := stepFirst
	seen := make([]map[string]bool, len(c.free))
	for i := range seen {
		seen[i] = map[string]bool{}
	}
	var lines [][]int32
	var of []int
	for round := 0; round < rounds && length > stepLast; round++ {
		if ctx.Err() != nil {
			return
		}
		for k, r := range c.demands {
			d := &c.b.p.Demands[r]
			price[k] = min(max(price[k], -float64(d.Over)), float64(d.Under))
			c.pi[k] = int64(math.Round(price[k] * scale))
		}
		bound := float64(c.seek()) / scale
		part := max(freshPart, 1/float64(round+1))
		for k, r := range c.demands {
			d := &c.b.p.Demands[r]
			short := float64(d.Need) - float64(c.b.there[r])
			mean[k] = (1-part)*mean[k] + part*short
		}
		for i, f := range c.free {
			line := c.finds[i][0].line
			for _, k := range line {
				if k >= 0 {
					for _, r := range c.b.members[f].options[k].rows {
						mean[int(c.rowOf[r])-len(c.free)] -= part
					}
				}
			}
			lines, of = append(lines, line), append(of, i)
		}
		if drop := len(lines) - keepRounds*len(c.free); drop > 0 {
			lines, of = lines[drop:], of[drop:]
		}
		if bound > best {
			best = bound
			for k := range center {
				center[k] = float64(c.pi[k]) / scale
			}
			c.center = append(c.center[:0], c.pi...)
			c.bound = max(c.bound, int64(math.Ceil(bound-1e-9)))
		}
		length = stepFirst * math.Pow(stepLast/stepFirst, float64(round+1)/float64(rounds))
		for k, r := range c.demands {
			d := &c.b.p.Demands[r]
			price[k] += length * mean[k] * float64(d.Under+d.Over)
		}
	}
	for k := len(lines) - 1; k >= 0; k-- {
		name := lineName(lines[k])
		if i := of[k]; !seen[i][name] {
			seen[i][name] = true
			c.add(i, lines[k])
		}
	}
}

// lineName is a line as a key.
func lineName(line []int32) string {
	out := make([]byte, 0, 4*len(line))
	for _, k := range line {
		out = append(out, byte(k), byte(k>>8), byte(k>>16), byte(k>>24))
	}
	return string(out)
}
