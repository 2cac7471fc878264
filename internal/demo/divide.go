package demo

import (
	"fmt"
	"math"
	"sort"
)

// atom is what a micro-grid border never cuts: a building, or one stairwell of a
// tower.
type atom struct {
	b    *building
	unit int // 0: the whole building
	size int
}

// atoms walks an estate like a postman, back and forth along its rows
// (or up and down its columns).
func (e *estate) atoms() (out []atom) {
	walk := append([]*building(nil), e.buildings...)
	sort.SliceStable(walk, func(i, j int) bool {
		a, b := walk[i], walk[j]
		along, across := [2]int{a.col, b.col}, [2]int{a.row, b.row}
		if e.walkDown {
			along, across = across, along
		}
		if across[0] != across[1] {
			return across[0] < across[1]
		}
		return a != b && (along[0] < along[1]) == (across[0]%2 == 0)
	})
	for _, b := range walk {
		if len(b.units) != 2 || len(b.doors) < 60 {
			out = append(out, atom{b, 0, len(b.doors)})
			continue
		}
		for _, u := range b.units {
			n := 0
			for _, d := range b.doors {
				if d.unit == u {
					n++
				}
			}
			out = append(out, atom{b, u, n})
		}
	}
	return out
}

// cut divides a walk into k stretches as even as possible; cutting a building
// costs as much as being eight doors off. It returns where each begins.
func cut(walk []atom, k int) []int {
	n, total := len(walk), 0
	sum := make([]int, n+1)
	for i, a := range walk {
		total += a.size
		sum[i+1] = total
	}
	mean := float64(total) / float64(k)
	cost := make([][]float64, k+1)
	from := make([][]int, k+1)
	for p := range cost {
		cost[p] = make([]float64, n+1)
		from[p] = make([]int, n+1)
		for i := range cost[p] {
			cost[p][i] = math.Inf(1)
		}
	}
	cost[0][0] = 0
	for p := 1; p <= k; p++ {
		for i := p; i <= n; i++ {
			for j := p - 1; j < i; j++ {
				off := float64(sum[i]-sum[j]) - mean
				c := cost[p-1][j] + off*off
				if j > 0 && walk[j].b == walk[j-1].b {
					c += 60
				}
				if c < cost[p][i] {
					cost[p][i], from[p][i] = c, j
				}
			}
		}
	}
	starts := make([]int, k)
	for p, i := k, n; p > 0; p-- {
		i = from[p][i]
		starts[p-1] = i
	}
	return starts
}

// divide makes the grids and the micro-grids. Each estate gets its share of the
// micro-grids by doors, largest remainder first.
func divide(w *world) {
	type share struct {
		e    *estate
		walk []atom
		k    int
		rest float64
	}
	doors := 0
	for _, e := range w.estates {
		doors += e.doors()
	}
	shares := make([]*share, len(w.estates))
	left := w.spec.microgrids
	for i, e := range w.estates {
		exact := float64(w.spec.microgrids) * float64(e.doors()) / float64(doors)
		s := &share{e: e, walk: e.atoms()}
		s.k = min(len(s.walk), max(1, int(exact)))
		s.rest = exact - float64(s.k)
		shares[i] = s
		left -= s.k
	}
	order := append([]*share(nil), shares...)
	for left != 0 {
		step := 1
		if left < 0 {
			step = -1
		}
		sort.SliceStable(order, func(i, j int) bool { return float64(step)*order[i].rest > float64(step)*order[j].rest })
		for _, s := range order {
			if left != 0 && s.k+step >= 1 && s.k+step <= len(s.walk) {
				s.k += step
				s.rest -= float64(step)
				left -= step
				break
			}
		}
	}
	for _, c := range w.communities {
		makeGrids(c)
	}
	for _, s := range shares {
		makeMicros(w, s.e, s.walk, cut(s.walk, s.k))
	}
}

func (e *estate) doors() (n int) {
	for _, b := range e.buildings {
		n += len(b.doors)
	}
	return n
}

// makeGrids groups neighbouring estates, west to east, into two to five grids.
func makeGrids(c *community) {
	walk := append([]*estate(nil), c.estates...)
	sort.SliceStable(walk, func(i, j int) bool {
		a, b := walk[i].block, walk[j].block
		if a.col != b.col {
			return a.col < b.col
		}
		return (a.row < b.row) == (a.col%2 == 0) && a != b
	})
	total := 0
	atoms := make([]atom, len(walk))
	for i, e := range walk {
		atoms[i] = atom{size: e.doors(), b: e.buildings[0]}
		total += e.doors()
	}
	k := min(len(walk), max(2, min(5, (total+500)/1000)))
	starts := cut(atoms, k)
	for i, from := range starts {
		to := len(walk)
		if i+1 < k {
			to = starts[i+1]
		}
		g := &grid{community: c, code: fmt.Sprintf("%s-%02d", c.code, i+1), name: fmt.Sprintf("%s第%s网格", c.name, []string{"一", "二", "三", "四", "五"}[i])}
		g.estates = walk[from:to]
		for _, e := range g.estates {
			e.grid = g
		}
		c.grids = append(c.grids, g)
	}
}

// makeMicros turns the stretches of one estate into micro-grids and cuts towers
// whose stairwells fell into different ones into two parts.
func makeMicros(w *world, e *estate, walk []atom, starts []int) {
	c := e.block.community
	var out []*building
	parts := map[*building]*building{}
	for i, from := range starts {
		to := len(walk)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		m := &micro{community: c, grid: e.grid, estate: e, serial: len(c.micros) + 1}
		m.code = fmt.Sprintf("%s-%03d", e.grid.code, m.serial)
		m.name = fmt.Sprintf("%s%03d微网格", c.name, m.serial)
		for j := from; j < to; j++ {
			a := walk[j]
			whole := a.unit == 0 || j+1 < to && walk[j+1].b == a.b
			switch {
			case whole:
				m.add(a.b)
				out = append(out, a.b)
				if a.unit > 0 {
					j++
				}
			case parts[a.b] == nil:
				parts[a.b] = a.b.split()
				m.add(a.b)
				out = append(out, a.b)
			default:
				m.add(parts[a.b])
				out = append(out, parts[a.b])
			}
		}
		e.micros = append(e.micros, m)
		c.micros = append(c.micros, m)
		w.micros = append(w.micros, m)
	}
	sort.SliceStable(out, func(i, j int) bool {
		return out[i].number < out[j].number || out[i].number == out[j].number && out[i].part < out[j].part
	})
	e.buildings = out
}

func (m *micro) add(b *building) {
	b.micro = m
	m.buildings = append(m.buildings, b)
}

// split keeps the first stairwell and returns a building for the second.
func (b *building) split() *building {
	o := *b
	shape := b.shape
	b.part, o.part = "a", "b"
	b.units, o.units = b.units[:1:1], b.units[1:]
	b.shape, o.shape = shape.half(0), shape.half(1)
	all := b.doors
	b.doors, o.doors = nil, nil
	b.listed, o.listed = false, false
	for _, d := range all {
		if d.unit == b.units[0] {
			b.doors = append(b.doors, d)
		} else {
			d.building = &o
			o.doors = append(o.doors, d)
		}
	}
	full := b.perFloor * (b.floors - len(b.skip))
	b.listed, o.listed = len(b.doors) != full, len(o.doors) != full
	return &o
}
