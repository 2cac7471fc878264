package territory

import (
	"slices"
	"strconv"
	"strings"

	"shouwang/internal/address"
	"shouwang/internal/fault"
)

// Faults of finding a door by its address.
var (
	// ErrNoDoor says the same for a door that is nowhere and for one that is
	// outside of the importer's area; the last argument is a suggestion.
	ErrNoDoor = fault.Define(fault.Invalid, "SW-1114",
		"系统里没有门牌“{0}”，或不在您的管辖范围内，此行未写入。{1}",
		"There is no door {0}, or it is outside your area; this row was not written. {2}")
	// ErrManyDoors says that an address fits more than one door.
	ErrManyDoors = fault.Define(fault.Invalid, "SW-1115",
		"“{0}”对应不止一户（{1}），分不清是哪一户，此行未写入。请写全小区、楼号、单元和室号。",
		"{0} fits more than one door ({1}); this row was not written. Write estate, building, unit and room in full.")
)

// Gazetteer finds doors by their address over one state of the tree. It is made
// once for many look-ups, never changes and may be used by many at a time.
type Gazetteer struct {
	places  []Place
	byCode  map[string]int32
	byID    map[string]int32
	blocks  map[blockKey][]*block
	numbers map[string][]*block // building number → blocks of all estates
	estates map[string]*estate
	below   map[string]int // parent id → children
}

type blockKey struct{ estate, number string }

// block is one house of a community; one that a micro-grid border cuts has
// several places and one block.
type block struct {
	name   string
	number string
	paths  []string
	units  map[string]map[string]int32 // unit → room → place; unit "" for doors without a stairwell
	doors  int
}

type estate struct {
	name   string
	blocks []*block
}

// NewGazetteer makes an index of places, which are in path order.
func NewGazetteer(places []Place) *Gazetteer {
	g := &Gazetteer{places: places, byCode: make(map[string]int32, len(places)), byID: make(map[string]int32, len(places)),
		blocks: map[blockKey][]*block{}, numbers: map[string][]*block{}, estates: map[string]*estate{}, below: map[string]int{}}
	type home struct {
		community string
		block     *block
		unit      string
	}
	homes := make(map[string]home, len(places)/8) // place id → what its children belong to
	type houseKey struct{ community, estate, number string }
	houses := map[houseKey]*block{}
	for i := range places {
		p := &places[i]
		g.byCode[p.Code], g.byID[p.ID] = int32(i), int32(i)
		g.below[p.ParentID]++
		up := homes[p.ParentID]
		switch p.Kind {
		case Community:
			up.community = p.ID
		case Building, Apartment:
			key, name, number := foldEstate(p.Estate), p.Estate, p.Number
			if number == "" || key == "" {
				key, name, number = foldEstate(p.Name), p.Name, p.Number
			}
			up.block = houses[houseKey{up.community, key, number}]
			if up.block == nil {
				up.block = g.house(key, name, number)
				houses[houseKey{up.community, key, number}] = up.block
			}
			up.block.paths = append(up.block.paths, p.Path)
			up.unit = ""
		case Unit:
			up.unit = p.Number
		case Door:
			if up.block == nil {
				continue
			}
			rooms := up.block.units[up.unit]
			if rooms == nil {
				rooms = map[string]int32{}
				up.block.units[up.unit] = rooms
			}
			rooms[p.Number] = int32(i)
			up.block.doors++
			continue // nothing stands below a door
		}
		homes[p.ID] = up
	}
	return g
}

func (g *Gazetteer) house(key, name, number string) *block {
	b := &block{name: name, number: number, units: map[string]map[string]int32{}}
	g.blocks[blockKey{key, number}] = append(g.blocks[blockKey{key, number}], b)
	g.numbers[number] = append(g.numbers[number], b)
	e := g.estates[key]
	if e == nil {
		e = &estate{name: name}
		g.estates[key] = e
	}
	e.blocks = append(e.blocks, b)
	return b
}

// Place returns the place with an id.
func (g *Gazetteer) Place(id string) (Place, bool) {
	i, ok := g.byID[id]
	if !ok {
		return Place{}, false
	}
	return g.places[i], true
}

// ByCode returns the place with a code.
func (g *Gazetteer) ByCode(code string) (Place, bool) {
	i, ok := g.byCode[code]
	if !ok {
		return Place{}, false
	}
	return g.places[i], true
}

// Siblings returns how many children a place has.
func (g *Gazetteer) Siblings(parentID string) int { return g.below[parentID] }

// Find returns the door of an address among those for which within holds. A unit
// that is not written is found where the room number tells it; a house of one
// door needs no room. Errors are ErrNoDoor with the closest door there is, or
// ErrManyDoors.
func (g *Gazetteer) Find(a address.Address, within func(path string) bool) (Place, *fault.Error) {
	key := foldEstate(a.Estate)
	blocks := g.reach(g.blocks[blockKey{key, a.Building}], within)
	if key == "" {
		blocks = g.reach(g.numbers[a.Building], within)
	} else if len(blocks) == 0 && g.estates[key] == nil { // something stands before the estate's name
		if k := g.ending(key, within); k != "" {
			key = k
			blocks = g.reach(g.blocks[blockKey{key, a.Building}], within)
		}
	}
	var hits []int32
	for _, b := range blocks {
		for _, i := range b.find(a.Unit, a.Room) {
			if within(g.places[i].Path) {
				hits = append(hits, i)
			}
		}
	}
	switch len(hits) {
	case 1:
		return g.places[hits[0]], nil
	case 0:
		zh, en := g.suggest(key, a, blocks, within)
		return Place{}, ErrNoDoor.With(a.Canonical(), zh, en)
	}
	var names []string
	for _, i := range hits[:min(len(hits), 3)] {
		names = append(names, g.places[i].Code)
	}
	return Place{}, ErrManyDoors.With(a.Canonical(), strings.Join(names, "、"))
}

func (g *Gazetteer) reach(bs []*block, within func(string) bool) []*block {
	var out []*block
	for _, b := range bs {
		if slices.ContainsFunc(b.paths, within) {
			out = append(out, b)
		}
	}
	return out
}

// ending returns the longest estate in reach that a text ends with.
func (g *Gazetteer) ending(text string, within func(string) bool) (best string) {
	for key, e := range g.estates {
		if key != "" && len(key) > len(best) && strings.HasSuffix(text, key) && len(g.reach(e.blocks, within)) > 0 {
			best = key
		}
	}
	return best
}

// find returns the doors of a house that unit and room may mean.
func (b *block) find(unit, room string) []int32 {
	var out []int32
	switch {
	case room == "" && unit == "":
		if b.doors == 1 {
			for _, rooms := range b.units {
				for _, i := range rooms {
					out = append(out, i)
				}
			}
		}
	case unit == "":
		for _, rooms := range b.units {
			if i, ok := rooms[room]; ok {
				out = append(out, i)
			}
		}
		slices.Sort(out)
	default:
		rooms, ok := b.units[unit]
		if !ok && unit == "1" && len(b.units) == 1 {
			rooms = b.units[""]
		}
		if i, ok := rooms[room]; ok {
			out = append(out, i)
		}
	}
	return out
}

// suggest names the closest thing there is in reach.
func (g *Gazetteer) suggest(key string, a address.Address, blocks []*block, within func(string) bool) (zh, en string) {
	if len(blocks) == 0 {
		if e := g.estates[key]; e != nil && len(g.reach(e.blocks, within)) > 0 {
			near := nearest(a.Building, g.reach(e.blocks, within), func(b *block) string { return b.number })
			return "“" + e.name + "”没有 " + a.Building + " 号楼，最接近的是 " + near.number + " 号楼。",
				"The estate has no building " + a.Building + "; the closest is " + near.number + "."
		}
		best, far := "", 3
		for k, e := range g.estates {
			if d := distance(key, k); key != "" && k != "" && (d < far || d == far && best != "" && e.name < best) && d*2 <= len([]rune(key)) && len(g.reach(e.blocks, within)) > 0 {
				best, far = e.name, d
			}
		}
		if best != "" {
			return "是不是“" + best + "”？请核对小区名称。", "Did you mean the estate " + best + "?"
		}
		return "请核对小区名称和楼号。", "Check estate and building."
	}
	b := blocks[0]
	var units []string
	for u := range b.units {
		units = append(units, u)
	}
	slices.Sort(units)
	rooms := b.units[a.Unit]
	if rooms == nil && a.Unit != "" && len(units) > 0 && units[0] != "" {
		return "这栋楼有 " + strings.Join(units, "、") + " 单元。", "The house has the units " + strings.Join(units, ", ") + "."
	}
	var all []string
	for _, u := range units {
		if a.Unit == "" || u == a.Unit || u == "" {
			for r := range b.units[u] {
				all = append(all, r)
			}
		}
	}
	if len(all) == 0 {
		return "这栋楼没有登记的户。", "The house has no registered doors."
	}
	slices.Sort(all)
	near := nearest(a.Room, all, func(s string) string { return s })
	return "最接近的是 " + near + " 室，请核对室号。", "The closest is room " + near + "; check the room."
}

// nearest returns the item whose number is closest to want.
func nearest[T any](want string, items []T, number func(T) string) (best T) {
	far := 1 << 30
	n, err := strconv.Atoi(want)
	for _, x := range items {
		d := 1<<29 + distance(want, number(x))
		if m, err2 := strconv.Atoi(number(x)); err == nil && err2 == nil {
			d = max(n-m, m-n)
		}
		if d < far {
			best, far = x, d
		}
	}
	return best
}

// foldEstate brings an estate's name to the form in which names are compared.
func foldEstate(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\u3000' || r == '·' || r == '•':
			return -1
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		return r
	}, s)
	s = strings.ToUpper(s)
	if t := strings.TrimSuffix(s, "小区"); t != "" {
		return t
	}
	return s
}

// distance counts the signs to change, add or leave out to make a into b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diag := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diag
			if x[i] != y[j] {
				cost = 1 + min(diag, row[j], row[j+1])
			}
			diag, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)]
}
