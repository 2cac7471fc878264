package partition

// scale turns weights of parts into prices in the unit of edge costs.
type scale struct {
	mean, tolerance float64
	low, high       int64   // weights inside the tolerance
	least, most     int64   // weights beyond which no part is made that was not there
	price           float64 // of a part outside the tolerance
	far             float64 // how many prices more beyond twice the tolerance
	stay            int64   // default price of moving a node
}

const (
	// A part outside the tolerance costs as much as this many mean edges.
	outsidePrice = 12
	// One beyond twice the tolerance costs as many prices more,
	farPrice = 12
	// and each further tolerance as many again.
	farSlope = 4
	// How far a part may stray while others are being mended, in tolerances.
	stray = 3
	// Moving a node out of its previous part costs this share of a part outside:
	// to mend a part that is just outside, two nodes move and no more.
	stayShare = 0.34
	// A previous part that is outside by less than this is not worth a move.
	hair = 0.01
)

func newScale(o *Options, sum, edges int64) scale {
	s := scale{mean: o.Mean, tolerance: o.Tolerance, far: farPrice}
	if o.Previous != nil {
		s.tolerance, s.far = s.tolerance+hair, 0
	}
	edge := 1.0
	if edges > 0 && sum > 0 {
		edge = float64(sum) / float64(edges)
	}
	s.price = outsidePrice * edge
	s.stay = max(int64(stayShare*s.price+0.5), 1)
	s.low, s.high = s.window(1)
	s.least, s.most = s.window(stray)
	return s
}

// window is the least and the largest weight within so many tolerances.
func (s *scale) window(times float64) (low, high int64) {
	width := times*s.tolerance + slack
	if from := s.mean * (1 - width); from > 0 {
		low = int64(from)
		if float64(low) < from {
			low++
		}
	}
	return low, int64(s.mean * (1 + width))
}

// widen lets a part stray by the heaviest node at least: parts of few heavy nodes
// cannot change otherwise.
func (s *scale) widen(node int64) {
	s.least = min(s.least, max(int64(s.mean)-node, 0))
	s.most = max(s.most, int64(s.mean)+node)
}

// of is the price of one part of the weight: nothing inside the tolerance, the
// price and more with the distance outside of it, much more beyond twice the
// tolerance.
func (s *scale) of(weight int64) float64 {
	if weight >= s.low && weight <= s.high {
		return 0
	}
	off := float64(weight)/s.mean - 1
	off = max(off, -off)/s.tolerance - 1 // 0 at the tolerance, 1 at twice of it
	if off <= 1 {
		return s.price * (1 + off)
	}
	return s.price * (2 + s.far + farSlope*(off-1))
}
