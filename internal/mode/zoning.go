package mode

import (
	"sort"
	"strings"
	"time"

	"shouwang/internal/territory"
)

// zoned is the ground under its zones: one pass over the sorted places.
type zoned struct {
	g     *Ground
	zones []string // zone names; index 0 is "", no zone
	of    []uint8  // zone of each spot, as an index in zones
	parts []Part   // in path order, then from strict to mild
	sums  []ZoneSum
	lone  int
	lo    int
	hi    int
}

type tally struct{ doors, households, people int32 }

// frame is one open place on the way down. mask has a bit for each zone of the
// leaves met so far below it.
type frame struct {
	spot  int
	mask  uint32
	micro bool // it is, or stands below, a micro-grid
	sum   [16]tally
}

func zoning(pb *Playbook, g *Ground, measures []Measure, scope Scope, now time.Time) *zoned {
	z := &zoned{g: g, zones: []string{""}, of: make([]uint8, len(g.Spots))}
	index := map[string]uint8{"": 0}
	for _, x := range pb.Zones { // the schema allows twelve
		index[x.ID] = uint8(len(z.zones))
		z.zones = append(z.zones, x.ID)
		z.sums = append(z.sums, ZoneSum{Zone: x.ID})
	}
	z.lo, z.hi = g.Below(scope.Path)
	ms := nearest(measures, scope.Incident, index, now)
	for _, m := range ms {
		if i := index[m.Zone]; i > 0 && territory.Inside(m.Path, scope.Path) {
			z.sums[i-1].Places++
		}
	}
	var cover []Measure // open measures on the way down
	var open []frame
	next := 0
	for i := z.lo; i < z.hi; i++ {
		path := g.Spots[i].Path
		for next < len(ms) && ms[next].Path <= path {
			for len(cover) > 0 && !strings.HasPrefix(ms[next].Path, cover[len(cover)-1].Path) {
				cover = cover[:len(cover)-1]
			}
			cover = append(cover, ms[next])
			next++
		}
		for len(cover) > 0 && !strings.HasPrefix(path, cover[len(cover)-1].Path) {
			cover = cover[:len(cover)-1]
		}
		if len(cover) > 0 {
			z.of[i] = index[cover[len(cover)-1].Zone]
		}
		for len(open) > 0 && !strings.HasPrefix(path, g.Spots[open[len(open)-1].spot].Path) {
			open = z.close(open)
		}
		open = z.visit(open, i)
	}
	for len(open) > 0 {
		open = z.close(open)
	}
	sort.SliceStable(z.parts, func(i, j int) bool { return z.parts[i].Spot < z.parts[j].Spot })
	return z
}

// nearest keeps, of the measures of one incident in force, one for each path (the
// later decision), sorted by path. Zones the playbook does not know are dropped.
func nearest(measures []Measure, incident string, index map[string]uint8, now time.Time) []Measure {
	var ms []Measure
	for _, m := range measures {
		if _, ok := index[m.Zone]; ok && m.Incident == incident && m.Path != "" && m.InForce(now) {
			ms = append(ms, m)
		}
	}
	sort.Slice(ms, func(i, j int) bool {
		if ms[i].Path != ms[j].Path {
			return ms[i].Path < ms[j].Path
		}
		return nearer(ms[i], ms[j])
	})
	out := ms[:0]
	for i, m := range ms {
		if i == 0 || m.Path != ms[i-1].Path {
			out = append(out, m)
		}
	}
	return out
}

func (z *zoned) visit(open []frame, i int) []frame {
	s := &z.g.Spots[i]
	leaf := i+1 >= z.hi || !strings.HasPrefix(z.g.Spots[i+1].Path, s.Path)
	micro := s.Kind == territory.Microgrid || len(open) > 0 && open[len(open)-1].micro
	zi := z.of[i]
	if zi > 0 && s.Kind == territory.Building {
		z.sums[zi-1].Buildings++
	}
	if s.Kind == territory.Door && leaf && len(open) > 0 { // the many: no frame of their own
		top := &open[len(open)-1]
		top.mask |= 1 << zi
		top.sum[zi].add(tally{1, s.Households, s.People})
		if zi > 0 {
			z.sums[zi-1].add(s)
			if !micro {
				z.lone++
			}
		}
		return open
	}
	f := frame{spot: i, micro: micro}
	if leaf {
		f.mask = 1 << zi
		if s.Kind == territory.Door {
			f.sum[zi] = tally{1, s.Households, s.People}
		} else {
			f.sum[zi] = tally{0, s.Households, s.People}
		}
		if zi > 0 {
			if s.Kind == territory.Door {
				z.sums[zi-1].add(s)
				if !micro {
					z.lone++
				}
			} else {
				z.sums[zi-1].Empty = append(z.sums[zi-1].Empty, i)
			}
		}
	}
	return append(open, f)
}

func (s *ZoneSum) add(d *Spot) {
	s.Doors++
	s.Households += int(d.Households)
	s.People += int(d.People)
}

func (t *tally) add(o tally) {
	t.doors += o.doors
	t.households += o.households
	t.people += o.people
}

// close ends the innermost open place: its parts are known now.
func (z *zoned) close(open []frame) []frame {
	f := open[len(open)-1]
	open = open[:len(open)-1]
	for zi := len(z.zones) - 1; zi >= 0; zi-- {
		if f.mask&(1<<zi) == 0 {
			continue
		}
		t := f.sum[zi]
		z.parts = append(z.parts, Part{Spot: f.spot, Zone: z.zones[zi], Doors: int(t.doors), Households: int(t.households), People: int(t.people)})
		if zi > 0 && z.g.Spots[f.spot].Kind == territory.Microgrid {
			z.sums[zi-1].Parts++
		}
	}
	if len(open) > 0 {
		top := &open[len(open)-1]
		top.mask |= f.mask
		for zi := range z.zones {
			top.sum[zi].add(f.sum[zi])
		}
	}
	return open
}

// doors lists the doors that a round with that list of zones asks for.
func (z *zoned) doors(pb *Playbook, zones []string) []Aim {
	var want [16]bool
	n := 0
	for i, name := range z.zones {
		want[i] = asked(pb, zones, name)
		if i > 0 && want[i] {
			n += z.sums[i-1].Doors
		}
	}
	out := make([]Aim, 0, n)
	for i := z.lo; i < z.hi; i++ {
		if z.g.Spots[i].Kind == territory.Door && want[z.of[i]] {
			out = append(out, Aim{i, z.zones[z.of[i]]})
		}
	}
	return out
}
