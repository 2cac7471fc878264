package demo

import "math/rand/v2"

// dice is the only source of chance; each use of the generator takes a stream of
// its own, so that more chance in one never changes another.
type dice struct{ *rand.Rand }

func newDice(seed, stream uint64) dice {
	return dice{rand.New(rand.NewPCG(seed, stream*0x9e3779b97f4a7c15+1))}
}

func (d dice) chance(p float64) bool { return d.Float64() < p }

// between returns a whole number from lo to hi, both included.
func (d dice) between(lo, hi int) int { return lo + d.IntN(hi-lo+1) }

// wiggle returns a number from -x to x.
func (d dice) wiggle(x float64) float64 { return (2*d.Float64() - 1) * x }

func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// weigh returns an index with the chance that its weight gives it.
func (d dice) weigh(weights ...int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	n := d.IntN(sum)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return len(weights) - 1
}
