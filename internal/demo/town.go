package demo

import (
	"fmt"
	"sort"
)

// The plan: four rows of communities between five lines of corner points, west to
// east. The last row holds five communities under the four above.
var (
	plan = [][]string{
		{"丰和", "紫荆", "云溪", "白石"},
		{"春晓", "东篱", "长塘", "朝晖"},
		{"泗港", "柳汀", "禾丰", "南渡"},
		{"望江", "金谷", "新桥", "澄园", "兰畦"},
	}
	lines = [][]pt{
		{{500, 2470}, {1080, 2690}, {1800, 2740}, {2480, 2640}, {2950, 2330}},
		{{170, 1890}, {960, 2000}, {1700, 2060}, {2400, 2000}, {3180, 1880}},
		{{40, 1230}, {870, 1330}, {1610, 1390}, {2330, 1340}, {3230, 1260}},
		{{180, 600}, {800, 680}, {1560, 730}, {2300, 690}, {3080, 640}},
	}
	south = []pt{{560, 150}, {1030, 40}, {1540, 0}, {2030, 20}, {2430, 90}, {2720, 230}}
)

// corners returns the south-west, south-east, north-east and north-west corners
// of a community and the points its northern and southern sides pass through.
func corners(row, col int) (q quad, ring []pt) {
	if row < 3 {
		q = quad{lines[row+1][col], lines[row+1][col+1], lines[row][col+1], lines[row][col]}
		ring = []pt{q[0]}
		if row == 2 {
			ring = append(ring, between(q[0].x, q[1].x)...)
		}
		return q, append(ring, q[1], q[2], q[3])
	}
	q = quad{south[col], south[col+1], lastRow(col + 1), lastRow(col)}
	ring = []pt{q[0], q[1], q[2]}
	for i := len(lines[3]) - 1; i >= 0; i-- {
		if p := lines[3][i]; p.x > q[3].x+1 && p.x < q[2].x-1 {
			ring = append(ring, p)
		}
	}
	return q, append(ring, q[3])
}

// lastRow returns the i-th corner on the last line, cut into five.
func lastRow(i int) pt {
	l := lines[3]
	x := l[0].x + (l[4].x-l[0].x)*float64(i)/5
	for j := 0; j < 4; j++ {
		if x <= l[j+1].x {
			return mix(l[j], l[j+1], (x-l[j].x)/(l[j+1].x-l[j].x))
		}
	}
	return l[4]
}

// between returns the corners of the last row that lie between two x.
func between(lo, hi float64) (out []pt) {
	for i := 1; i < 5; i++ {
		if p := lastRow(i); p.x > lo+1 && p.x < hi-1 {
			out = append(out, p)
		}
	}
	return out
}

// layTown draws the communities, their streets and blocks.
func layTown(w *world, d dice) {
	byName := map[string]*community{}
	for i, name := range communityNames {
		c := &community{index: i, name: name, code: fmt.Sprintf("%s%03d", subdistrictCode[:9], i+1)}
		w.communities = append(w.communities, c)
		byName[name] = c
	}
	for row, names := range plan {
		for col, name := range names {
			c := byName[name]
			q, ring := corners(row, col)
			c.outline = ring
			cutBlocks(c, q, 4, 3, d)
		}
	}
	w.outline = append(w.outline, south...)
	for i := 3; i > 0; i-- {
		w.outline = append(w.outline, lines[i][4])
	}
	for i := 4; i >= 0; i-- {
		w.outline = append(w.outline, lines[0][i])
	}
	for i := 1; i < 4; i++ {
		w.outline = append(w.outline, lines[i][0])
	}
}

// cutBlocks divides a community by inner streets; some neighbours stay together.
func cutBlocks(c *community, q quad, cols, rows int, d dice) {
	us, vs := cuts(cols, d), cuts(rows, d)
	gap := func(i, n int) float64 {
		if i == 0 || i == n {
			return 13 // half a main road
		}
		return 7
	}
	for r := 0; r < rows; r++ {
		for col := 0; col < cols; col++ {
			to := col + 1
			if to < cols && d.chance(.16) && c.index >= controlledCommunities {
				to++
			}
			b := &block{community: c, col: col, row: r}
			b.quad = q.sub(us[col], vs[r], us[to], vs[r+1]).inset(gap(col, cols), gap(r, rows), gap(to, cols), gap(r+1, rows))
			c.blocks = append(c.blocks, b)
			col = to - 1
		}
	}
}

func cuts(n int, d dice) []float64 {
	out := make([]float64, n+1)
	for i := 1; i < n; i++ {
		out[i] = (float64(i) + d.wiggle(.13)) / float64(n)
	}
	out[n] = 1
	return out
}

// heart is the block of the lockdown, 长塘里.
func (w *world) heart() *block {
	for _, b := range w.communities[0].blocks {
		if b.col == 1 && b.row == 1 {
			return b
		}
	}
	return nil
}

// drawZones gives the blocks around the heart their zone: nearest first, until the
// ground taken matches the doors each zone must hold. The measure of distance is
// longer than wide, so that control reaches over the four corners around.
func drawZones(w *world, d dice) {
	heart := w.heart()
	c := heart.quad.at(.5, .5)
	far := func(b *block) float64 {
		p := b.quad.at(.5, .5)
		return dist(pt{(p.x - c.x + 105) / .64, p.y - c.y + 95}, pt{})
	}
	for _, com := range w.communities {
		var candidates []*block
		for _, b := range com.blocks {
			if far(b) > 480 {
				candidates = append(candidates, b)
			}
		}
		pick(d, candidates).green = true
	}
	var near []*block
	ground := 0.0
	for _, com := range w.communities {
		for _, b := range com.blocks {
			if !b.green {
				ground += b.quad.area()
				if com.index < zonedCommunities {
					near = append(near, b)
				}
			}
		}
	}
	sort.SliceStable(near, func(i, j int) bool { return far(near[i]) < far(near[j]) })
	ground *= .95 // sites take the rest
	seen := map[*community]bool{heart.community: true}
	first := func(b *block) bool {
		ok := b.community.index < controlledCommunities && !seen[b.community]
		seen[b.community] = true
		return ok
	}
	perDoor := ground / 51438
	want := perDoor * float64(w.spec.doors[control])
	taken, z := 0.0, control
	for _, b := range near { // control reaches into each of the five
		if first(b) {
			b.zone = control
			taken += b.quad.area()
		}
	}
	for _, b := range near {
		if b.zone != free {
			continue
		}
		if z == control && taken >= want {
			z, taken, want = precaution, 0, perDoor*float64(w.spec.doors[precaution])
		}
		if z == precaution && taken >= want {
			break
		}
		if z == control && b.community.index >= controlledCommunities {
			b.zone = precaution
			continue
		}
		b.zone = z
		if b != heart {
			taken += b.quad.area()
		}
	}
	heart.zone = control // its buildings 6 to 8 are locked down one by one
}
