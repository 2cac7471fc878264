package demo

import (
	"fmt"
	"math"
)

// style is the make of an estate's buildings.
type style int

const (
	walkup style = iota // 5–6 floors without lift
	slab                // 11 floors
	tower               // 18 floors, no fourteenth
)

// form is what all buildings of one estate share.
type form struct {
	style    style
	floors   int
	perFloor int
	skip     []int
}

func drawForm(s style, d dice) form {
	switch s {
	case walkup:
		f := form{style: s, floors: 5 + d.weigh(1, 3), perFloor: 2 + d.weigh(4, 1)}
		if d.chance(.12) {
			f.skip = []int{1} // shops or bicycles on the ground floor
		}
		return f
	case slab:
		f := form{style: s, floors: 11, perFloor: 2}
		if d.chance(.2) {
			f.skip = []int{1}
		}
		return f
	}
	f := form{style: tower, floors: 18, perFloor: 2 + d.weigh(5, 3), skip: []int{14}}
	if d.chance(.2) {
		f.skip = []int{4, 14}
	}
	return f
}

func (f form) units(d dice) int {
	switch f.style {
	case walkup:
		return 2 + d.weigh(3, 5, 3)
	case slab:
		return 2 + d.weigh(3, 2)
	}
	return 2
}

func (f form) perUnit() int { return (f.floors - len(f.skip)) * f.perFloor }

// raise adds a building of the form to the estate.
func (e *estate) raise(f form, units int) *building {
	b := &building{estate: e, number: len(e.buildings) + 1, floors: f.floors, perFloor: f.perFloor, skip: f.skip, zone: e.block.zone}
	for u := 1; u <= units; u++ {
		b.units = append(b.units, u)
		for floor := 1; floor <= f.floors; floor++ {
			if contains(f.skip, floor) {
				continue
			}
			for s := 1; s <= f.perFloor; s++ {
				b.doors = append(b.doors, &door{building: b, unit: u, floor: floor, serial: s})
			}
		}
	}
	e.buildings = append(e.buildings, b)
	return b
}

func contains(list []int, n int) bool {
	for _, x := range list {
		if x == n {
			return true
		}
	}
	return false
}

// joinFlats makes one door less on the top floor: two flats were knocked into one
// (并户), so the building has to list its doors.
func (b *building) joinFlats(unit int) {
	for i := len(b.doors) - 1; i >= 0; i-- {
		if b.doors[i].unit == unit {
			b.doors = append(b.doors[:i], b.doors[i+1:]...)
			b.listed = true
			return
		}
	}
}

// buildTown fills every block that is left with an estate and brings each zone to
// its exact number of doors.
func buildTown(w *world, d dice) {
	for _, c := range w.communities {
		i := 0
		for _, b := range c.blocks {
			if b.green || b.site != nil {
				continue
			}
			e := &estate{block: b, word: pick(d, []string{"号楼", "号楼", "幢", "幢", "栋"}), style: style(d.weigh(11, 5, 4))}
			e.tag = []string{pick(d, []string{"老旧小区", "老旧小区", "三无小区", ""}), "", pick(d, []string{"", "商住混合"})}[e.style]
			e.name = estateName(c, i)
			if b == w.heart() {
				e.name, e.style, e.word, e.tag, e.byColumn = "长塘里", tower, "号楼", "", true
			} else {
				i++
			}
			b.estate = e
			c.estates = append(c.estates, e)
			w.estates = append(w.estates, e)
		}
	}
	raiseHeart(w.heart().estate)
	kept := w.heart().estate.count(control)
	for _, z := range []zone{free, control, precaution} {
		want := w.spec.doors[z]
		if z == control {
			want -= kept
		}
		var group []*estate
		for _, e := range w.estates {
			if e.block.zone == z && e.block != w.heart() {
				group = append(group, e)
			}
		}
		fill(group, want, d)
	}
	placeFlats(w, d)
	for _, e := range w.estates {
		settle(e, d)
	}
}

// raiseHeart builds 长塘里: ten towers, of which 6, 7 and 8 hold 257 doors.
func raiseHeart(e *estate) {
	plain := form{tower, 18, 2, []int{14}}
	raised := form{tower, 18, 3, []int{1, 14}} // open ground floor
	for n := 1; n <= 10; n++ {
		switch n {
		case 7, 8:
			b := e.raise(raised, 2)
			b.joinFlats(2)
			if n == 8 {
				b.joinFlats(1)
			}
			b.zone = lockdown
		case 6:
			e.raise(plain, 2).zone = lockdown
		default:
			e.raise(plain, 2).zone = control
		}
	}
}

func (e *estate) count(z zone) (n int) {
	for _, b := range e.buildings {
		if b.zone == z {
			n += len(b.doors)
		}
	}
	return n
}

// fill builds the estates of one zone to the exact number of doors: each aims at
// its share by ground, what one misses the next makes up, and the last surplus
// goes by joining flats here and there.
func fill(group []*estate, want int, d dice) {
	ground := 0.0
	for _, e := range group {
		ground += e.weight()
	}
	due, built := 0.0, 0
	for i, e := range group {
		due += float64(want) * e.weight() / ground
		f := drawForm(e.style, d)
		for {
			units := f.units(d)
			gap := int(math.Round(due)) - built
			last := i == len(group)-1
			if len(e.buildings) > 0 && (last && gap <= 0 || !last && gap < units*f.perUnit()/2) {
				break
			}
			built += len(e.raise(f, units).doors)
		}
	}
	for ; built > want; built-- {
		b := pick(d, pick(d, group).buildings)
		for b.listed {
			b = pick(d, pick(d, group).buildings)
		}
		b.joinFlats(1 + d.IntN(len(b.units)))
	}
}

// weight is the share of doors an estate can bear on its ground.
func (e *estate) weight() float64 {
	return e.block.quad.area() * []float64{1, 1.05, 1.15}[e.style]
}

func estateName(c *community, i int) string {
	words := list("estate")
	if own := list("own"); i < len(own) {
		return c.name + own[i]
	}
	return words[(c.index*9+i-len(list("own")))%len(words)] + list("suffix")[(c.index*9+i)%len(list("suffix"))]
}

// nameBuildings gives codes and names once parts are known.
func nameBuildings(w *world) {
	for _, c := range w.communities {
		serial := 0
		for _, e := range c.estates {
			for _, b := range e.buildings {
				if b.part == "" || b.part == "a" {
					serial++
				}
				b.code = fmt.Sprintf("%s-B%03d%s", c.code, serial, b.part)
				b.name = fmt.Sprintf("%s%d%s", e.name, b.number, e.word)
				if b.part != "" {
					b.name += fmt.Sprintf("（%d单元）", b.units[0])
				}
			}
		}
	}
}
