package assign

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// provedBands holds a muster against its certificate and against the network simplex
// on the same network.
func provedBands(t *rapid.T, m *Muster, sizes []int32) {
	n, f := m.Certificate()
	if err := Check(n, f); err != nil {
		t.Fatal(err)
	}
	best, err := MinimizeBySimplex(n)
	if err != nil || best.Cost != f.Cost {
		t.Fatalf("the simplex finds %v (%v), the bands %d", best, err, f.Cost)
	}
	there := make([]int32, len(m.need))
	for band, parts := range m.Parts {
		sum := int32(0)
		for _, p := range parts {
			sum += p.People
			there[p.Post] += p.People
			if p.People < 1 {
				t.Fatalf("band %d sends %d", band, p.People)
			}
		}
		if sum > sizes[band] {
			t.Fatalf("band %d sends %d of %d", band, sum, sizes[band])
		}
	}
	for h, n := range m.need {
		if there[h]+m.Empty[h] != n {
			t.Fatalf("post %d: %d there, %d empty, %d needed", h, there[h], m.Empty[h], n)
		}
		if m.Empty[h] == 0 {
			continue
		}
		bands, posts := m.Short(int32(h))
		people, seats := int32(0), int32(0)
		for _, b := range bands {
			people += sizes[b]
		}
		for _, p := range posts {
			seats += m.need[p]
		}
		if people >= seats {
			t.Fatalf("post %d is short though %d people stand for %d seats", h, people, seats)
		}
	}
}

// Whatever is offered, added and taken away, what stands is the best there is.
func TestBandsAreSentAtLeastCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &Bands{Sizes: rapid.SliceOfN(rapid.Int32Range(0, 9), 1, 6).Draw(t, "sizes"), Need: rapid.SliceOfN(rapid.Int32Range(0, 9), 1, 6).Draw(t, "need"), Most: 20}
		var later []Offer
		for i := range b.Sizes {
			for h := range b.Need {
				o := Offer{int32(i), int32(h), int64(rapid.IntRange(-20, 20).Draw(t, "cost"))}
				switch rapid.IntRange(0, 3).Draw(t, "when") {
				case 0, 1:
					b.Offers = append(b.Offers, o)
				case 2:
					later = append(later, o)
				}
			}
		}
		m, err := Send(b)
		if err != nil {
			t.Fatal(err)
		}
		provedBands(t, m, b.Sizes)
		for len(later) > 0 {
			k := rapid.IntRange(1, len(later)).Draw(t, "more")
			if err := m.Widen(later[:k], b.Most); err != nil {
				t.Fatal(err)
			}
			later = later[k:]
			provedBands(t, m, b.Sizes)
		}
		left := append([]int32(nil), b.Sizes...)
		for range 3 {
			i := rapid.IntRange(0, len(left)-1).Draw(t, "who")
			k := rapid.Int32Range(0, left[i]).Draw(t, "leave")
			before := m.Cost
			next, err := m.Leave(int32(i), k)
			if err != nil {
				t.Fatal(err)
			}
			if provedBands(t, m, left); m.Cost != before {
				t.Fatal("a repair changed what it was made from")
			}
			left[i] -= k
			m = next
			provedBands(t, m, left)
		}
	})
}

func TestBandsRefuseWhatCannotBe(t *testing.T) {
	for name, b := range map[string]*Bands{
		"-1 people": {Sizes: []int32{-1}, Need: []int32{1}},
		"-1 seats":  {Sizes: []int32{1}, Need: []int32{-1}},
		"no post":   {Sizes: []int32{1}, Need: []int32{1}, Offers: []Offer{{0, 1, 0}}},
		"twice":     {Sizes: []int32{1}, Need: []int32{1}, Most: 1, Offers: []Offer{{0, 0, 0}, {0, 0, 1}}},
		"too dear":  {Sizes: []int32{1}, Need: []int32{1}, Most: 1, Offers: []Offer{{0, 0, 2}}},
	} {
		if _, err := Send(b); !errors.Is(err, ErrShape) && !errors.Is(err, ErrOverflow) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m, err := Send(&Bands{Sizes: []int32{2}, Need: []int32{1}})
	if err != nil || m.Empty[0] != 1 {
		t.Fatal(err, m)
	}
	if _, err := m.Leave(0, 3); !errors.Is(err, ErrShape) {
		t.Error(err)
	}
}
