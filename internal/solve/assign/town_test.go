package assign

import (
	"math/rand/v2"
	"testing"
)

// town is a network like the city's: squads that take up to 20 people, the first
// 10 of them rewarded, everybody offered the squads near home. It is large enough
// for prices to be haggled over and for waves to run.
func town(seed uint64) *Network {
	const people, squads, near = 1500, 100, 9
	r := rand.New(rand.NewPCG(seed, 7))
	n := &Network{Supply: make([]int64, people+squads+1)}
	sink := int32(people + squads)
	n.Supply[sink] = -people
	for i := range int32(people) {
		n.Supply[i] = 1
		home := r.Int32N(squads)
		if r.IntN(3) > 0 {
			home = r.Int32N(squads / 3) // a crowded quarter
		}
		for k := range int32(near) {
			n.Arc(i, people+(home+k)%squads, 1, int64(20*k+r.Int32N(60)))
		}
		n.Arc(i, sink, 1, 20000)
	}
	for w := range int32(squads) {
		n.Arc(people+w, sink, 10, -5000)
		n.Arc(people+w, sink, 10, 0)
	}
	return n
}

func TestTownBothWays(t *testing.T) {
	for seed := range uint64(12) {
		n := town(seed)
		left, err := n.excess()
		if err != nil {
			t.Fatal(err)
		}
		a, err := minimizeByPool(n, left, true)
		if err != nil || a == nil {
			t.Fatal(a, err)
		}
		plain, err := minimizeByPool(n, left, false)
		if err != nil || plain == nil {
			t.Fatal(plain, err)
		}
		b, err := MinimizeBySimplex(n)
		if err != nil {
			t.Fatal(err)
		}
		if a.Cost != b.Cost || plain.Cost != b.Cost {
			t.Fatalf("seed %d: pool in bulk %d, pool %d, simplex %d", seed, a.Cost, plain.Cost, b.Cost)
		}
		for _, f := range []*Flow{a, plain, b} {
			if err := Check(n, f); err != nil {
				t.Fatal(err)
			}
		}
	}
}
