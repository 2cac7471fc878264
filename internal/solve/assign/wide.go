package assign

import "math/bits"

// wide is a signed sum of 128 bits in two's complement.
type wide struct{ hi, lo uint64 }

// add adds x.
func (w *wide) add(x int64) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, uint64(x), 0)
	w.hi, _ = bits.Add64(w.hi, uint64(x>>63), carry)
}

// addProduct adds x times y. A sum over 2^31 arcs may leave even 128 bits only
// when single products exceed 2^96; narrow then still sees a value outside.
func (w *wide) addProduct(x, y int64) {
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	if x < 0 {
		hi -= uint64(y)
	}
	if y < 0 {
		hi -= uint64(x)
	}
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, lo, 0)
	w.hi, _ = bits.Add64(w.hi, hi, carry)
}

// narrow returns the sum as int64, or ErrOverflow.
func (w *wide) narrow() (int64, error) {
	if w.hi != uint64(int64(w.lo)>>63) {
		return 0, ErrOverflow
	}
	return int64(w.lo), nil
}

// add returns a+b and whether the sum left 64 bits.
func add(a, b int64) (int64, bool) {
	s := a + b
	return s, (s > a) != (b > 0) && b != 0
}

// subtract returns a-b and whether the difference left 64 bits.
func subtract(a, b int64) (int64, bool) {
	d := a - b
	return d, (d < a) != (b > 0) && b != 0
}
