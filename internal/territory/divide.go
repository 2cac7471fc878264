package territory

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"

	"shouwang/internal/solve/partition"
)

// DivideWish is what somebody asks when a community shall be divided anew.
type DivideWish struct {
	Households int     `json:"households"`          // a micro-grid's, more or less
	Stairwells bool    `json:"split_stairwells"`    // large stairwells may be cut between floors
	Fresh      bool    `json:"fresh,omitempty"`     // pay no heed to how it is divided now
	Seed       uint64  `json:"seed"`                // chooses among equals
	Tolerance  float64 `json:"tolerance,omitempty"` // share of the mean, 0.10 when 0
	Steps      int     `json:"steps,omitempty"`     // how long to look, usually DivideSteps; more only helps where fresh
}

// Division is a proposed division with its figures.
type Division struct {
	DivideWish
	Parts      []DividePart `json:"parts"`
	Units      int          `json:"units"` // stairwells, and houses without any
	Doors      int          `json:"doors"`
	MovedUnits int          `json:"moved_units"`
	MovedDoors int          `json:"moved_doors"`
	Cut        []string     `json:"cut"` // houses that stand in more than one part
	Now        Balance      `json:"now"`
	Then       Balance      `json:"then"`
	Bound      Balance      `json:"bound"` // proved: what no division can beat without cutting stairwells
	Contiguous bool         `json:"contiguous"`
	Hand       []Put        `json:"hand,omitempty"` // what was put elsewhere by hand
}

// Balance says how even a division is.
type Balance struct {
	Parts   int     `json:"parts"`
	Outside int     `json:"outside"` // parts farther from their mean than the tolerance
	Worst   float64 `json:"worst"`   // largest distance from the mean, as a share of it
	Spread  float64 `json:"spread"`  // mean way of a household to the middle of its part, metres
}

// DividePart is one micro-grid of a division.
type DividePart struct {
	ID        string   `json:"id"` // of the micro-grid that goes on, or a provisional name
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	Frame     string   `json:"frame"` // the grid it lies in
	Made      bool     `json:"made"`
	Units     []string `json:"units"` // places: stairwells, or houses without any
	Houses    []string `json:"houses"`
	Doors     int      `json:"doors"`
	Deviation float64  `json:"deviation"` // from the mean of its frame, as a share
	Spread    float64  `json:"spread"`
	Came      int      `json:"came"` // doors that were elsewhere before
	Lng       float64  `json:"lng"`
	Lat       float64  `json:"lat"`
}

// Divide divides a community, or one grid, into micro-grids of about so many
// households. Each grid is divided on its own, since a micro-grid lies in one grid.
func Divide(ctx context.Context, t *Tree, id string, wish DivideWish) (*Division, []Step, error) {
	top, ok := t.Place(id)
	if !ok {
		return nil, nil, ErrOutdated.With()
	}
	bad := func(zh, en string) error { return ErrDivide.With(top.Code, zh, en) }
	if top.Kind != Community && top.Kind != Grid {
		return nil, nil, bad("只有社区和网格可以划分", "only a community or a grid can be divided")
	}
	if wish.Households < 5 || wish.Households > 2000 {
		return nil, nil, bad("每个微网格的户数要在 5 到 2000 之间", "a micro-grid must have between 5 and 2,000 households")
	}
	if wish.Tolerance <= 0 {
		wish.Tolerance = 0.10
	}
	if wish.Steps <= 0 {
		wish.Steps = DivideSteps
	}
	d := &Division{DivideWish: wish, Contiguous: true, Parts: []DividePart{}, Cut: []string{}}
	var steps []Step
	sums := &balances{}
	for _, frame := range t.frames(id) {
		f := t.frame(frame, wish)
		if f.doors == 0 {
			continue
		}
		if err := f.solve(ctx, wish); err != nil {
			return nil, nil, err
		}
		steps = append(steps, f.steps(d)...)
		f.figures(d, sums)
	}
	if d.Doors == 0 {
		return nil, nil, bad("下面没有楼栋和户", "it has no buildings with doors")
	}
	sums.close(d)
	if len(steps) == 0 {
		return d, nil, ErrSame.With()
	}
	return d, steps, nil
}

// frames lists what is divided on its own: the grids, and the community itself for
// houses outside of them.
func (t *Tree) frames(id string) []string {
	out := []string{id}
	for _, c := range t.Children(id) {
		if t.at[c].Kind == Grid {
			out = append(out, c)
		}
	}
	return out
}

// node is what a border never cuts: a stairwell, some floors of one when that was
// asked for, or a house without stairwells.
type node struct {
	id    string   // the stairwell or house
	items []string // the places that go where it goes
	floor int      // 0: whole
	piece string   // the building place it stands in now
	house int      // index of its house
	serial,
	doors int
	x, y  float64
	micro string // micro-grid it lies in now, or ""
}

// frame is a grid with its houses, on the way to being divided.
type frame struct {
	t      *Tree
	id     string
	nodes  []node
	houses []house
	micros []string // that there are now, by code
	doors  int
	number map[string]int // micro-grid → index
	result *partition.Result
	check  partition.Report
	limit  partition.Bound
	name   []string // id of each part
	k      int
	plane  Flat
}

// house is a building as people see it; a border may have cut it into pieces.
type house struct {
	key    string
	pieces []string
	nodes  []int
	x, y   float64
	estate string
}

// frame gathers the houses below a grid, or those of a community that lie in none.
func (t *Tree) frame(id string, wish DivideWish) *frame {
	f := &frame{t: t, id: id, number: map[string]int{}}
	var lng, lat, seen float64
	byKey := map[string]int{}
	var walk func(up, in string)
	var found []Place
	micro := map[string]string{}
	walk = func(up, in string) {
		for _, c := range t.Children(up) {
			p := t.at[c]
			switch {
			case p.Kind == Microgrid:
				f.micros = append(f.micros, c)
				walk(c, c)
			case p.Kind == Building:
				found = append(found, *p)
				micro[c] = in
				if p.Lng != 0 || p.Lat != 0 {
					lng, lat, seen = lng+p.Lng, lat+p.Lat, seen+1
				}
			}
		}
	}
	walk(id, "")
	slices.SortFunc(f.micros, func(a, b string) int { return cmp.Compare(t.at[a].Code, t.at[b].Code) })
	for i, m := range f.micros {
		f.number[m] = i
	}
	slices.SortFunc(found, func(a, b Place) int { return cmp.Compare(a.Code, b.Code) })
	f.plane = Plane(lng/max(seen, 1), lat/max(seen, 1))
	for _, b := range found {
		key := b.Estate + "|" + b.Number
		if b.Estate == "" || b.Number == "" {
			key = b.ID
		}
		h, ok := byKey[key]
		if !ok {
			h = len(f.houses)
			byKey[key] = h
			f.houses = append(f.houses, house{key: key, estate: b.Estate})
		}
		f.houses[h].pieces = append(f.houses[h].pieces, b.ID)
		f.stand(b, h, micro[b.ID], wish)
	}
	f.middles()
	return f
}

// stand adds the nodes of one building place.
func (f *frame) stand(b Place, h int, micro string, wish DivideWish) {
	units, loose := []string{}, []string{}
	for _, c := range f.t.Children(b.ID) {
		if f.t.at[c].Kind == Unit {
			units = append(units, c)
		} else {
			loose = append(loose, c)
		}
	}
	x, y := f.plane.Metres(b.Lng, b.Lat)
	add := func(n node) {
		n.piece, n.house, n.micro = b.ID, h, micro
		f.houses[h].nodes = append(f.houses[h].nodes, len(f.nodes))
		f.nodes = append(f.nodes, n)
		f.doors += n.doors
	}
	if len(loose) > 0 || len(units) == 0 {
		n := node{id: b.ID, items: loose, x: x, y: y}
		for _, c := range loose {
			n.doors += f.t.Doors(c)
		}
		add(n)
	}
	for i, u := range units {
		n := node{id: u, items: []string{u}, doors: f.t.Doors(u), x: x, y: y}
		if n.serial, _ = strconv.Atoi(f.t.at[u].Number); n.serial == 0 {
			n.serial = i + 1
		}
		if wish.Stairwells && n.doors*3 > wish.Households {
			for _, part := range f.floors(n) {
				add(part)
			}
			continue
		}
		add(n)
	}
}

// floors cuts a stairwell's node into one for each floor.
func (f *frame) floors(n node) []node {
	by := map[int][]string{}
	for _, c := range f.t.Children(n.id) {
		by[max(f.t.at[c].Floor, 1)] = append(by[max(f.t.at[c].Floor, 1)], c)
	}
	if len(by) < 2 {
		return []node{n}
	}
	var out []node
	for floor, doors := range by {
		part := n
		part.floor, part.items, part.doors = floor, doors, len(doors)
		out = append(out, part)
	}
	slices.SortFunc(out, func(a, b node) int { return a.floor - b.floor })
	return out
}

// middles sorts the stairwells of each house and puts them along its drawn outlines:
// those of a piece that bears none along the first piece that does.
func (f *frame) middles() {
	for i := range f.houses {
		h := &f.houses[i]
		slices.SortStableFunc(h.nodes, func(a, b int) int {
			x, y := f.nodes[a], f.nodes[b]
			return cmp.Or(cmp.Compare(x.serial, y.serial), cmp.Compare(x.floor, y.floor))
		})
		f.along(h)
		for _, n := range h.nodes {
			h.x += f.nodes[n].x / float64(len(h.nodes))
			h.y += f.nodes[n].y / float64(len(h.nodes))
		}
	}
}

func (f *frame) along(h *house) {
	shaped := ""
	for _, p := range h.pieces {
		if f.t.at[p].Shape != "" && shaped == "" {
			shaped = p
		}
	}
	if shaped == "" {
		return
	}
	wells := map[string][]string{} // piece with an outline → stairwells along it
	on := map[string]string{}
	for _, n := range h.nodes {
		x := f.nodes[n]
		p := x.piece
		if f.t.at[p].Shape == "" {
			p = shaped
		}
		if _, seen := on[x.id]; !seen {
			on[x.id] = p
			wells[p] = append(wells[p], x.id)
		}
	}
	for _, n := range h.nodes {
		x := &f.nodes[n]
		p := on[x.id]
		at := (float64(slices.Index(wells[p], x.id))+0.5)/float64(len(wells[p])) - 0.5
		ax, ay := longSide(f.t.at[p].Shape, f.plane)
		x.x, x.y = f.plane.Metres(f.t.at[p].Lng, f.t.at[p].Lat)
		x.x, x.y = x.x+at*ax, x.y+at*ay
	}
}

// solve divides the frame's graph; each part gets the micro-grid with which it
// shares most doors, or a new one.
func (f *frame) solve(ctx context.Context, wish DivideWish) error {
	f.k = min(max(1, int(math.Round(float64(f.doors)/float64(wish.Households)))), f.weighty())
	o := partition.Options{Parts: f.k, Seed: wish.Seed, Tolerance: wish.Tolerance, Steps: wish.Steps}
	g := f.graph()
	var err error
	if f.limit, err = partition.Limit(g, o); err != nil {
		return err
	}
	var now *mend
	if len(f.micros) > 0 && !wish.Fresh {
		o.Previous, o.Tolerance = f.previous(), wish.Tolerance*leave
		if f.k == len(f.micros) {
			now = newMend(g, o.Previous, f.k, o.Tolerance)
		}
	}
	if now != nil {
		now.run()
	}
	if now == nil || now.outside() > 0 {
		if f.result, err = partition.Divide(ctx, g, o); err != nil {
			return err
		}
		if now != nil && f.result.Outside >= now.outside() {
			f.result.Part = now.part
		}
	} else {
		f.result = &partition.Result{Part: now.part}
	}
	f.check = partition.Check(g, f.result.Part, f.k, wish.Tolerance)
	f.match()
	return f.check.Wrong
}

// previous is the micro-grid of each node as it is now.
func (f *frame) previous() []int32 {
	out := make([]int32, len(f.nodes))
	for i, n := range f.nodes {
		out[i] = -1
		if m, ok := f.number[n.micro]; ok {
			out[i] = int32(m)
		}
	}
	return out
}

// DivideSteps is how long the solver looks unless asked for longer: a preview must
// come while somebody waits.
const DivideSteps = 16

// leave is how much farther than the tolerance a part may be before it is touched
// again: nobody changes hands for a household or two.
const leave = 1.3

// weighty counts the nodes that have doors.
func (f *frame) weighty() (n int) {
	for _, x := range f.nodes {
		if x.doors > 0 {
			n++
		}
	}
	return n
}

// match gives each part the micro-grid with which it shares most doors, one each.
func (f *frame) match() {
	type pair struct{ part, micro, doors int }
	shared := map[[2]int]int{}
	for i, p := range f.result.Part {
		if m, ok := f.number[f.nodes[i].micro]; ok {
			shared[[2]int{int(p), m}] += f.nodes[i].doors*100 + 1
		}
	}
	var all []pair
	for k, n := range shared {
		all = append(all, pair{k[0], k[1], n})
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(b.doors-a.doors, a.micro-b.micro, a.part-b.part)
	})
	f.name = make([]string, f.k)
	used := map[int]bool{}
	for _, a := range all {
		if f.name[a.part] == "" && !used[a.micro] {
			f.name[a.part], used[a.micro] = f.micros[a.micro], true
		}
	}
	for i := range f.name {
		if f.name[i] == "" {
			f.name[i] = "+" + f.id + "." + strconv.Itoa(i+1)
		}
	}
}
