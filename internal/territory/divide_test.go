package territory

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// rows is a community of one grid with houses in rows, each with its stairwells,
// in micro-grids of so many houses.
func rows(houses, perMicro int, doors func(house, unit int) int) []Place {
	var out []Place
	add := func(up Place, p Place) Place {
		p.ID, p.ParentID, p.From, p.Version, p.Sort = "p"+strconv.Itoa(len(out)+1), up.ID, day, 1, len(out)+1
		p.Path = Join(up.Path, p.ID)
		out = append(out, p)
		return p
	}
	c := add(Place{}, Place{Kind: Community, Code: "990203008001", Name: "长塘社区"})
	g := add(c, Place{Kind: Grid, Code: c.Code + "-01"})
	var m Place
	for i := range houses {
		if i%perMicro == 0 {
			m = add(g, Place{Kind: Microgrid, Code: fmt.Sprintf("%s-%03d", g.Code, i/perMicro+1), Name: "旧"})
		}
		lng, lat := 121.5+float64(i%8)*0.0007, 29.8+float64(i/8)*0.0004
		b := add(m, Place{Kind: Building, Code: fmt.Sprintf("%s-B%03d", c.Code, i+1), Estate: "长塘里", Number: strconv.Itoa(i + 1), Name: "长塘里" + strconv.Itoa(i+1) + "号楼", Lng: lng, Lat: lat,
			Shape: fmt.Sprintf(`{"type":"Polygon","coordinates":[[[%f,%f],[%f,%f],[%f,%f],[%f,%f]]]}`, lng-0.0002, lat, lng+0.0002, lat, lng+0.0002, lat+0.0001, lng-0.0002, lat+0.0001)})
		for u := range 3 {
			unit := add(b, Place{Kind: Unit, Code: fmt.Sprintf("%s-%d", b.Code, u+1), Number: strconv.Itoa(u + 1)})
			for d := range doors(i, u) {
				room := strconv.Itoa((d/2+1)*100 + d%2 + 1)
				add(unit, Place{Kind: Door, Code: unit.Code + "-" + room, Number: room, Floor: d/2 + 1})
			}
		}
	}
	return out
}

func divided(t testing.TB, w *written, wish DivideWish) (*Division, []Step) {
	t.Helper()
	d, steps, err := Divide(context.Background(), w.tree(), "p1", wish)
	if err != nil && !is(err, ErrSame) {
		t.Fatal(err)
	}
	return d, steps
}

// follow applies a division and checks that the ground is as the preview said.
func follow(t testing.TB, w *written, d *Division, steps []Step, doors int) {
	t.Helper()
	if _, _, _, err := w.apply(steps, nil); err != nil {
		t.Fatal(err)
	}
	w.sound(t, doors)
	tree := w.tree()
	byDoors := map[int]int{}
	micros := 0
	for id, p := range w.live {
		if p.Kind == Microgrid {
			micros++
			byDoors[tree.Doors(id)]++
			if p.Name == "" {
				t.Fatal("a micro-grid without a name")
			}
		}
	}
	for _, p := range d.Parts {
		byDoors[p.Doors]--
	}
	for n, left := range byDoors {
		if left != 0 {
			t.Fatalf("parts of %d doors: %+d", n, left)
		}
	}
	if micros != len(d.Parts) {
		t.Fatalf("%d micro-grids, %d parts", micros, len(d.Parts))
	}
}

// Dividing comes out as previewed, loses no door, and leaves every stairwell whole
// unless asked; dividing what was just divided changes nothing.
func TestDivide(t *testing.T) {
	type given struct {
		ps    []Place
		doors int
		wish  DivideWish
	}
	some := rapid.Custom(func(t *rapid.T) given {
		houses := rapid.IntRange(3, 24).Draw(t, "houses")
		size := rapid.SliceOfN(rapid.IntRange(0, 14), houses*3, houses*3).Draw(t, "doors")
		size[0]++
		x := given{ps: rows(houses, rapid.IntRange(1, 6).Draw(t, "per"), func(h, u int) int { return size[h*3+u] })}
		for _, n := range size {
			x.doors += n
		}
		x.wish = DivideWish{Households: rapid.IntRange(10, 90).Draw(t, "N"), Stairwells: rapid.Bool().Draw(t, "stairwells"), Fresh: rapid.Bool().Draw(t, "fresh"), Seed: 1}
		return x
	})
	for seed := range 24 {
		x := some.Example(seed)
		w := newWritten(x.ps)
		d, steps, err := Divide(context.Background(), w.tree(), "p1", x.wish)
		if is(err, ErrSame) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if !d.Contiguous || d.Doors != x.doors {
			t.Fatalf("%+v", d)
		}
		if !x.wish.Stairwells {
			for _, s := range steps {
				if p := w.live[s.ID]; p.Kind == Door || s.Place != nil && s.Place.Kind == Unit {
					t.Fatalf("a stairwell is cut: %+v", s)
				}
			}
		}
		follow(t, w, d, steps, x.doors)
		if x.wish.Stairwells {
			continue
		}
		x.wish.Fresh = false
		again, _, err := Divide(context.Background(), w.tree(), "p1", x.wish)
		if err == nil && again.Then.Outside >= d.Then.Outside && again.MovedUnits > 2 {
			t.Fatalf("dividing again moves %d of %d units and mends nothing", again.MovedUnits, again.Units)
		}
	}
}

// A small change of the ground moves few: four doors less in one stairwell.
func TestDivideIsStable(t *testing.T) {
	worst := 0.0
	for seed := range 6 {
		base := func(h, u int) int { return 8 + (h*7+u*5+seed)%5*2 }
		w := newWritten(rows(80, 3, base))
		wish := DivideWish{Households: 80, Seed: uint64(seed), Fresh: true}
		_, steps := divided(t, w, wish)
		if _, _, _, err := w.apply(steps, nil); err != nil {
			t.Fatal(err)
		}
		gone := 0
		for _, p := range w.tree().order() { // four doors less in one stairwell
			if q := w.live[p]; q.Kind == Door && strings.HasPrefix(q.Code, fmt.Sprintf("990203008001-B%03d-2-", 10+seed*9)) && gone < 4 {
				delete(w.live, p)
				gone++
			}
		}
		wish.Fresh = false
		d, _ := divided(t, w, wish)
		worst = max(worst, float64(d.MovedUnits)/float64(d.Units))
		if d.MovedUnits*50 > d.Units {
			t.Errorf("seed %d: %d of %d units move", seed, d.MovedUnits, d.Units)
		}
		t.Logf("seed %d: %d parts, %d outside (bound %d), worst %.3f, moved %d of %d units", seed, len(d.Parts), d.Then.Outside, d.Bound.Outside, d.Then.Worst, d.MovedUnits, d.Units)
	}
}

// The bound is proved by the solver: it tells an estate whose stairwells cannot be
// balanced from a search that stopped early, and a longer search comes no lower.
func TestDivideSaysWhatCannotBeBeaten(t *testing.T) {
	towers := newWritten(rows(12, 3, func(int, int) int { return 36 })) // 72 or 108, never 80
	small := newWritten(rows(12, 3, func(int, int) int { return 8 }))
	for _, steps := range []int{0, 64} {
		d, _ := divided(t, towers, DivideWish{Households: 80, Seed: 1, Fresh: true, Steps: steps})
		if d.Bound.Worst < 0.1 || d.Bound.Worst > d.Then.Worst+1e-9 || d.Bound.Outside < 1 || d.Bound.Outside > d.Then.Outside {
			t.Errorf("towers, %d steps: bound %+v, came to %+v", steps, d.Bound, d.Then)
		}
		if d, _ := divided(t, small, DivideWish{Households: 80, Seed: 1, Fresh: true, Steps: steps}); d.Bound.Worst > 0.1 || d.Bound.Outside > 0 {
			t.Errorf("small stairwells, %d steps: bound %+v, came to %+v", steps, d.Bound, d.Then)
		}
	}
	a, _ := divided(t, towers, DivideWish{Households: 80, Seed: 3, Fresh: true, Steps: 64})
	b, _ := divided(t, towers, DivideWish{Households: 80, Seed: 3, Fresh: true, Steps: 64})
	if fmt.Sprint(a.Parts) != fmt.Sprint(b.Parts) {
		t.Error("the same steps and seed give another division")
	}
}

// A search that nobody waits for any more ends, and gives nothing.
func TestDivideStops(t *testing.T) {
	w := newWritten(rows(80, 3, func(h, u int) int { return 8 + (h*7+u*5)%5*2 }))
	ctx, stop := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer stop()
	at := time.Now()
	if d, _, err := Divide(ctx, w.tree(), "p1", DivideWish{Households: 80, Seed: 1, Fresh: true, Steps: 4096}); err == nil || d != nil {
		t.Errorf("%v %v", d, err)
	}
	if took := time.Since(at); took > 10*time.Second {
		t.Errorf("it went on for %s", took)
	}
}

// What somebody puts elsewhere by hand goes there and all else stays as proposed; a
// part is never left in two pieces, empty, or in two grids.
func TestDivideByHand(t *testing.T) {
	w := newWritten(rows(16, 4, func(int, int) int { return 10 }))
	d, _ := divided(t, w, DivideWish{Households: 90, Seed: 1, Fresh: true})
	moved, refused := 0, 0
	for _, from := range d.Parts {
		for _, unit := range from.Units {
			for _, to := range d.Parts {
				if to.ID == from.ID {
					continue
				}
				by, steps, err := Adjust(w.tree(), "p1", d, []Put{{unit, to.ID}})
				if err != nil {
					if !is(err, ErrDivide) {
						t.Fatal(err)
					}
					refused++
					continue
				}
				moved++
				was := map[string]int{from.ID: from.Doors - 10, to.ID: to.Doors + 10}
				for i, p := range by.Parts {
					want, touched := was[p.ID]
					if !touched {
						want = d.Parts[i].Doors
					}
					if p.ID != d.Parts[i].ID || p.Doors != want || p.ID == to.ID != slices.Contains(p.Units, unit) {
						t.Fatalf("%s to %s: %+v", unit, to.ID, p)
					}
				}
				if !by.Contiguous || len(by.Hand) != 1 || len(steps) == 0 {
					t.Fatalf("%+v", by)
				}
				if moved == 1 {
					follow(t, newWritten(rows(16, 4, func(int, int) int { return 10 })), by, steps, 480)
				}
			}
		}
	}
	if moved < 4 || refused < 20 {
		t.Errorf("%d moved, %d refused", moved, refused)
	}
	for _, x := range []Put{{"none", d.Parts[0].ID}, {d.Parts[0].Units[0], "none"}} {
		if _, _, err := Adjust(w.tree(), "p1", d, []Put{x}); !is(err, ErrDivide) {
			t.Errorf("%v: %v", x, err)
		}
	}
	all := []Put{}
	for _, u := range d.Parts[0].Units {
		all = append(all, Put{u, d.Parts[1].ID})
	}
	if _, _, err := Adjust(w.tree(), "p1", d, all); !is(err, ErrDivide) {
		t.Errorf("an empty part: %v", err)
	}
}

func TestDivideRefusals(t *testing.T) {
	ps := rows(2, 1, func(int, int) int { return 4 })
	for _, x := range []struct {
		id   string
		n    int
		want error
	}{{"p1", 1, ErrDivide}, {"p1", 9000, ErrDivide}, {"p3", 80, ErrDivide}, {"none", 80, ErrOutdated}} {
		if _, _, err := Divide(context.Background(), NewTree(ps, nil), x.id, DivideWish{Households: x.n}); !is(err, x.want) {
			t.Errorf("%s by %d: %v", x.id, x.n, err)
		}
	}
}

func TestDatum(t *testing.T) {
	flat := Plane(116.4, 39.9)
	far := func(a, b, c, d float64) float64 {
		x1, y1 := flat.Metres(a, b)
		x2, y2 := flat.Metres(c, d)
		return max(x1-x2, x2-x1, y1-y2, y2-y1)
	}
	// Published pairs: the test points of eviltransform (three towns) and of gcoord
	// and the worked example of coordtransform.
	for _, x := range []struct {
		lng, lat, toLng, toLat float64
		by                     func(lng, lat float64) (float64, float64)
	}{
		{121.5272106, 31.1774276, 121.531541859215, 31.17530398364597, GCJ02.FromHouse}, {113.912316, 22.543847, 113.9171764808363, 22.540796131694766, GCJ02.FromHouse},
		{116.377817, 39.911954, 116.38404722455657, 39.91334545536069, GCJ02.FromHouse}, {116.404, 39.915, 116.41024449916938, 39.91640428150164, GCJ02.FromHouse},
		{123, 45, 122.99395597, 44.99804071, GCJ02.ToHouse}, {123, 45, 123.00636499, 45.00636899, baidu},
		{116.404, 39.915, 116.41036949371029, 39.92133699351021, baidu}, {116.404, 39.915, 116.39762729119315, 39.90865673957631, unbaidu},
	} {
		if lng, lat := x.by(x.lng, x.lat); far(lng, lat, x.toLng, x.toLat) > 0.5 {
			t.Errorf("%v %v: %f %f, %.2f m off", x.lng, x.lat, lng, lat, far(lng, lat, x.toLng, x.toLat))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		lng, lat := rapid.Float64Range(75, 134).Draw(t, "lng"), rapid.Float64Range(5, 53).Draw(t, "lat")
		for _, d := range []Datum{CGCS2000, GCJ02, BD09} {
			x, y := d.FromHouse(lng, lat)
			x, y = d.ToHouse(x, y)
			if far(lng, lat, x, y) > 0.01 {
				t.Fatalf("%s: %f %f comes back as %f %f", d, lng, lat, x, y)
			}
		}
	})
	for _, d := range []Datum{GCJ02, BD09} {
		if x, y := d.ToHouse(2.2945, 48.8584); x != 2.2945 || y != 48.8584 {
			t.Error("bent abroad")
		}
	}
}
