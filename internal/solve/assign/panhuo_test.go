package assign

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// dice is splitmix64, the generator that the published instances are made with.
type dice uint64

func (d *dice) below(n int64) int64 {
	*d += 0x9E3779B97F4A7C15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return int64((z ^ z>>31) % uint64(n))
}

// The subdistrict: 638 micro-grids with a team of lead 1, emergency 2, volunteer
// 2 and police 1, and 8,000 residents with 700 officers scattered over 4,000 by
// 3,500 metres. Its least cost, by LEMON's network simplex, is 90,141.
const (
	panhuoSeed  = 20220510
	panhuoGrids = 638
	panhuoLeast = 90141
	panhuoEmpty = 100000 // what an empty seat costs there
)

// panhuo returns the instance as a problem: for everyone the posts of the nearest
// micro-grids (12, officers 24) that their skills allow.
func panhuo() *Problem {
	const residents, officers, width, height, nearest = 8000, 700, 4000, 3500, 12
	d := dice(panhuoSeed)
	type spot struct{ x, y int64 }
	grids := make([]spot, panhuoGrids)
	for i := range grids {
		x := d.below(width)
		grids[i] = spot{x, d.below(height)}
	}
	p := &Problem{People: residents + officers}
	for range grids {
		p.Need = append(p.Need, 1, 2, 2, 1)
	}
	for i := range int32(residents + officers) {
		x := d.below(width)
		y := d.below(height)
		age := 18 + d.below(62)
		skill := d.below(100)
		officer := i >= residents
		lead := !officer && skill < 15
		emergency := !officer && skill >= 10 && skill < 45
		k := nearest
		if officer {
			k = 2 * nearest
		}
		near := make([][2]int64, panhuoGrids)
		for g, s := range grids {
			near[g] = [2]int64{abs(s.x-x) + abs(s.y-y), int64(g)}
		}
		for _, g := range nearestOf(near, x, y, k, func(g int64) (int64, int64) { return grids[g].x, grids[g].y }) {
			far, post := g[0]/10, int32(g[1])*4
			if lead {
				p.Offers = append(p.Offers, Offer{i, post, far + max(0, age-45)*4 + d.below(40)})
			}
			if emergency {
				p.Offers = append(p.Offers, Offer{i, post + 1, far + max(0, age-40)*6 + d.below(40)})
			}
			if !officer {
				cost := far + d.below(60)
				if lead {
					cost += 50
				}
				if emergency {
					cost += 30
				}
				p.Offers = append(p.Offers, Offer{i, post + 2, cost})
			} else {
				p.Offers = append(p.Offers, Offer{i, post + 3, far + d.below(20)})
			}
		}
	}
	return p
}

// nearestOf picks the k nearest as the published instance does: it looks at rings
// of cells of 250 metres until it has three times k, and only then sorts.
func nearestOf(all [][2]int64, x, y int64, k int, at func(int64) (int64, int64)) [][2]int64 {
	const cell, across = 250, 16
	var found [][2]int64
	for ring := int64(0); ; ring++ {
		for _, g := range all {
			gx, gy := at(g[1])
			if max(abs(gx/cell-x/cell), abs(gy/cell-y/cell)) == ring {
				found = append(found, g)
			}
		}
		if len(found) >= 3*k || ring > across {
			break
		}
	}
	slices.SortFunc(found, func(a, b [2]int64) int {
		if a[0] != b[0] {
			return int(a[0] - b[0])
		}
		return int(a[1] - b[1])
	})
	return found[:min(k, len(found))]
}

func abs(x int64) int64 { return max(x, -x) }

// network writes the problem the way the published file has it.
func panhuoNetwork(p *Problem) *Network {
	reserve := int32(p.People + len(p.Need))
	n := &Network{Supply: make([]int64, reserve+1)}
	next := 0
	for i := range int32(p.People) {
		n.Supply[i] = 1
		n.Supply[reserve]--
		for ; next < len(p.Offers) && p.Offers[next].Person == i; next++ {
			o := p.Offers[next]
			n.Arc(i, int32(p.People)+o.Post, 1, o.Cost)
		}
		n.Arc(i, reserve, 1, 0)
	}
	for w, need := range p.Need {
		n.Supply[p.People+w] = -int64(need)
		n.Supply[reserve] += int64(need)
		n.Arc(reserve, int32(p.People+w), int64(need), panhuoEmpty)
	}
	return n
}

func TestPanhuo(t *testing.T) {
	p := panhuo()
	n := panhuoNetwork(p)
	if len(n.From) != 171692 || len(n.Supply) != 11253 {
		t.Fatalf("%d arcs and %d nodes: not the published instance", len(n.From), len(n.Supply))
	}
	for name, solve := range map[string]func(*Network) (*Flow, error){"pool": MinimizeByPool, "simplex": MinimizeBySimplex} {
		f, err := solve(n)
		if err != nil {
			t.Fatal(name, err)
		}
		if f.Cost != panhuoLeast {
			t.Errorf("%s: %d, want %d", name, f.Cost, panhuoLeast)
		}
		if err := Check(n, f); err != nil {
			t.Error(name, err)
		}
	}
	s, err := Assign(p)
	if err != nil || s.Cost != panhuoLeast || s.Empty != 0 || len(s.Gaps) != 0 {
		t.Fatalf("assign: %d with %d empty, %v", s.Cost, s.Empty, err)
	}
	if err := Check(s.Certificate()); err != nil {
		t.Fatal(err)
	}
}

// Twenty people drop out one after the other; each repair equals a full solve.
func TestPanhuoRepair(t *testing.T) {
	p := panhuo()
	s, err := Assign(p)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	gone := map[int32]bool{}
	for range 20 {
		i := r.Int32N(int32(p.People))
		for s.PostOf[i] < 0 {
			i = r.Int32N(int32(p.People))
		}
		gone[i] = true
		if s, err = Repair(s, i); err != nil {
			t.Fatal(err)
		}
		if err := Check(s.Certificate()); err != nil {
			t.Fatal(err)
		}
		without := *p
		without.Offers = slices.DeleteFunc(slices.Clone(p.Offers), func(o Offer) bool { return gone[o.Person] })
		full, err := Assign(&without)
		if err != nil || full.Cost != s.Cost || full.Empty != s.Empty {
			t.Fatalf("repaired %d (%d empty), anew %d (%d empty), %v", s.Cost, s.Empty, full.Cost, full.Empty, err)
		}
	}
}

// With every second person gone the subdistrict has hundreds of empty seats; each
// is explained and has somebody to ask.
func TestPanhuoShort(t *testing.T) {
	p := panhuo()
	for i := range p.Offers {
		if o := &p.Offers[i]; o.Person%3 != 0 {
			p.Near = append(p.Near, Near{o.Person, o.Post, o.Cost, "away"})
		}
	}
	p.Offers = slices.DeleteFunc(p.Offers, func(o Offer) bool { return o.Person%3 != 0 })
	s, err := Assign(p)
	if err != nil || s.Empty < 100 {
		t.Fatal(s.Empty, err)
	}
	if err := Check(s.Certificate()); err != nil {
		t.Fatal(err)
	}
	for _, g := range s.Gaps {
		short := s.Shortages[g.Shortage]
		if short.Seats <= len(short.People) || len(g.Candidates) != 3 || g.Candidates[0].Effect != Fills {
			t.Fatalf("%v %v", g, short)
		}
	}
}

func BenchmarkPanhuo(b *testing.B) {
	p := panhuo()
	n := panhuoNetwork(p)
	s, _ := Assign(p)
	for name, f := range map[string]func(i int) error{
		"pool":    func(int) error { _, err := MinimizeByPool(n); return err },
		"simplex": func(int) error { _, err := MinimizeBySimplex(n); return err },
		"assign":  func(int) error { _, err := Assign(p); return err },
		"repair":  func(i int) error { _, err := Repair(s, int32(i*7%p.People)); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if err := f(i); err != nil {
					b.Fatal(fmt.Sprint(name, err))
				}
			}
		})
	}
}
