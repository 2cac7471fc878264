package territory

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// steps turns the frame's answer into steps: new micro-grids, houses and stairwells
// that go elsewhere, houses cut or made whole again, micro-grids that end.
func (f *frame) steps(d *Division) []Step {
	var out []Step
	used := map[string]bool{}
	for _, id := range f.name {
		used[id] = true
		if _, there := f.t.at[id]; !there {
			out = append(out, Step{Do: Make, ID: id, To: f.id, Place: &Place{Kind: Microgrid}})
		}
	}
	for h := range f.houses {
		steps, cut := f.settle(h)
		out = append(out, steps...)
		if cut {
			d.Cut = append(d.Cut, f.t.at[f.houses[h].pieces[0]].Name)
		}
	}
	for _, m := range f.micros {
		if used[m] {
			continue
		}
		for _, c := range f.t.Children(m) { // what is no house goes to the grid itself
			if f.t.at[c].Kind != Building {
				out = append(out, Step{Do: Move, ID: c, To: f.id})
			}
		}
		out = append(out, Step{Do: End, ID: m, Into: f.heirs(m)})
	}
	return out
}

// heirs lists the parts that take over a micro-grid's doors, the greatest first.
func (f *frame) heirs(micro string) []string {
	doors := map[string]int{}
	for i, p := range f.result.Part {
		if f.nodes[i].micro == micro {
			doors[f.name[p]] += f.nodes[i].doors
		}
	}
	return byCount(doors)
}

func byCount(n map[string]int) []string {
	var out []string
	for k := range n {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(n[b]-n[a], cmp.Compare(a, b)) })
	return out
}

// settle puts one house where its nodes belong: each part that has some of them
// gets the piece that already holds most of them, or a new piece.
func (f *frame) settle(h int) (out []Step, cut bool) {
	type pair struct {
		piece, part string
		doors       int
	}
	shared := map[[2]string]int{}
	want := map[string]int{}
	for _, n := range f.houses[h].nodes {
		x, part := f.nodes[n], f.name[f.result.Part[n]]
		shared[[2]string{x.piece, part}] += x.doors*100 + 1
		want[part] += x.doors*100 + 1
	}
	var all []pair
	for k, n := range shared {
		all = append(all, pair{k[0], k[1], n})
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(b.doors-a.doors, cmp.Compare(a.piece, b.piece), cmp.Compare(a.part, b.part))
	})
	home, taken := map[string]string{}, map[string]bool{}
	for _, a := range all {
		if home[a.part] == "" && !taken[a.piece] {
			home[a.part], taken[a.piece] = a.piece, true
		}
	}
	for i, part := range byCount(want) {
		if piece := home[part]; piece != "" {
			if f.t.at[piece].ParentID != part {
				out = append(out, Step{Do: Move, ID: piece, To: part})
			}
			continue
		}
		first := f.t.at[f.houses[h].pieces[0]]
		made := partOf(*first, i, "")
		made.Shape = ""
		home[part] = "+" + first.ID + "." + strconv.Itoa(i)
		out = append(out, Step{Do: Make, ID: home[part], To: part, Place: &made})
	}
	out = append(out, f.moveNodes(h, home)...)
	for _, piece := range f.houses[h].pieces {
		if !taken[piece] {
			into := map[string]int{}
			for k, n := range shared {
				if k[0] == piece {
					into[home[k[1]]] += n
				}
			}
			out = append(out, Step{Do: End, ID: piece, Into: byCount(into)})
		}
	}
	return out, len(want) > 1
}

// moveNodes moves the stairwells that do not yet stand in their part's piece. Of a
// stairwell cut between floors the greatest part keeps the place.
func (f *frame) moveNodes(h int, home map[string]string) (out []Step) {
	wells := map[string]map[string]int{} // stairwell → part → doors
	for _, n := range f.houses[h].nodes {
		if x := f.nodes[n]; x.floor > 0 {
			if wells[x.id] == nil {
				wells[x.id] = map[string]int{}
			}
			wells[x.id][f.name[f.result.Part[n]]] += x.doors
		}
	}
	under := map[string]string{} // stairwell|part → where its doors go
	for _, n := range f.houses[h].nodes {
		x := f.nodes[n]
		part := f.name[f.result.Part[n]]
		to := home[part]
		if x.floor == 0 {
			if x.piece != to {
				for _, item := range x.items {
					out = append(out, Step{Do: Move, ID: item, To: to})
				}
			}
			continue
		}
		key := x.id + "|" + part
		if under[key] == "" {
			if byCount(wells[x.id])[0] == part {
				under[key] = x.id
				if x.piece != to {
					out = append(out, Step{Do: Move, ID: x.id, To: to})
				}
			} else {
				well := f.t.at[x.id]
				made := partOf(*well, 0, "")
				under[key] = "+" + key
				out = append(out, Step{Do: Make, ID: under[key], To: to, Place: &made})
			}
		}
		if under[key] != x.id {
			for _, door := range x.items {
				out = append(out, Step{Do: Move, ID: door, To: under[key]})
			}
		}
	}
	return out
}

// balances sums the ways to the middle over all frames.
type balances struct{ now, then float64 }

// figures adds the frame's parts and sums to the division.
func (f *frame) figures(d *Division, sums *balances) {
	mean := float64(f.doors) / float64(f.k)
	before := make([][]int, len(f.micros))
	after := make([][]int, f.k)
	for i, p := range f.result.Part {
		after[p] = append(after[p], i)
		if m, ok := f.number[f.nodes[i].micro]; ok {
			before[m] = append(before[m], i)
		}
		if f.nodes[i].micro != f.name[p] {
			d.MovedUnits++
			d.MovedDoors += f.nodes[i].doors
		}
	}
	nowMean := float64(f.doors) / float64(max(len(f.micros), 1))
	for _, nodes := range before {
		doors, way, _, _ := f.spread(nodes)
		sums.now += way
		d.Now.add(doors, nowMean, d.Tolerance)
	}
	for p, nodes := range after {
		doors, way, x, y := f.spread(nodes)
		sums.then += way
		d.Then.add(doors, mean, d.Tolerance)
		part := DividePart{ID: f.name[p], Frame: f.id, Doors: doors, Deviation: float64(doors)/mean - 1, Spread: way / math.Max(float64(doors), 1), Units: []string{}, Houses: []string{}}
		part.Lng, part.Lat = f.plane.Degrees(x, y)
		if m, there := f.t.at[part.ID]; there {
			part.Code, part.Name = m.Code, m.Name
		} else {
			part.Made = true
		}
		seen := map[string]bool{}
		for _, n := range nodes {
			x := f.nodes[n]
			if x.micro != part.ID {
				part.Came += x.doors
			}
			if !seen[x.id] {
				seen[x.id] = true
				part.Units = append(part.Units, x.id)
			}
			if !seen[x.piece] {
				seen[x.piece] = true
				part.Houses = append(part.Houses, x.piece)
			}
		}
		d.Parts = append(d.Parts, part)
	}
	d.Units += len(f.nodes)
	d.Doors += f.doors
	d.Contiguous = d.Contiguous && f.check.Contiguous
	d.Bound.Parts += f.k
	least := f.limit.Outside
	if f.limit.Worst > 2*d.Tolerance { // the count holds where nothing is beyond twice the tolerance: here something must be
		least = 1
	}
	d.Bound.Outside += least
	d.Bound.Worst = max(d.Bound.Worst, f.limit.Worst)
}

func (b *Balance) add(doors int, mean, tolerance float64) {
	off := math.Abs(float64(doors)/mean - 1)
	b.Parts++
	if off > tolerance+1e-9 {
		b.Outside++
	}
	b.Worst = max(b.Worst, off)
}

func (s *balances) close(d *Division) {
	n := math.Max(float64(d.Doors), 1)
	d.Now.Spread, d.Then.Spread = s.now/n, s.then/n
}

// spread sums doors and their ways to the middle of some nodes.
func (f *frame) spread(nodes []int) (doors int, way, x, y float64) {
	for _, n := range nodes {
		doors += f.nodes[n].doors
		x += f.nodes[n].x * float64(f.nodes[n].doors)
		y += f.nodes[n].y * float64(f.nodes[n].doors)
	}
	if doors > 0 {
		x, y = x/float64(doors), y/float64(doors)
	}
	for _, n := range nodes {
		way += math.Hypot(f.nodes[n].x-x, f.nodes[n].y-y) * float64(f.nodes[n].doors)
	}
	return doors, way, x, y
}
