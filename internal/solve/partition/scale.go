package partition

// scale turns weights of parts into prices in the unit of edge costs.
type scale struct {
	mean, tolerance float64
	low, high       int64 // weights inside the tolerance
	price           float64
	stay            int64
}

// A part outside the tolerance costs as much as this many mean edges.
const outsidePrice = 12

func newScale(o *Options, sum, edges int64) scale {
	s := scale{mean: o.Mean, tolerance: o.Tolerance}
	edge := 1.0
	if edges > 0 && sum > 0 {
		edge = float64(sum) / float64(edges)
	}
	s.price = outsidePrice * edge
	s.stay = max(int64(2*edge+0.5), 1)
	s.low = ceil(o.Mean * (1 - o.Tolerance - slack))
	s.high = int64(o.Mean * (1 + o.Tolerance + slack))
	return s
}

func ceil(x float64) int64 {
	n := int64(x)
	if float64(n) < x {
		n++
	}
	return max(n, 0)
}

// of is the price of one part of the weight: nothing inside the tolerance, the
// price and more with the distance outside of it, much more beyond twice the
// tolerance.
func (s *scale) of(weight int64) float64 {
	if weight >= s.low && weight <= s.high {
		return 0
	}
	off := float64(weight)/s.mean - 1
	if off < 0 {
		off = -off
	}
	off = off/s.tolerance - 1 // 0 at the tolerance, 1 at twice of it
	if off <= 1 {
		return s.price * (1 + off)
	}
	return s.price * (4 + 4*off)
}
