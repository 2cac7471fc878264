package mode

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// Scope is the dated use of a playbook on a place. Incident is empty for the
// everyday system.
type Scope struct {
	Incident string
	Path     string
}

// Slot is one post that is asked for. Key is incident|item|place|zone|n.
type Slot struct {
	Key    string
	Item   int // index in Playbook.Posts
	Spot   int // index in Ground.Spots
	Zone   string
	N      int
	Deputy int
}

// Aim is one target of a round that is asked for.
type Aim struct {
	Spot int
	Zone string
}

// RoundWant is one round that is asked for, with its targets in path order.
type RoundWant struct {
	Key  string // incident|item
	Item int    // index in Playbook.Rounds
	Due  Span
	Dues []PlaceSpan // places with another date, outermost first
	Aims []Aim
}

// PlaceSpan is a length of time that holds at a place and below it.
type PlaceSpan struct {
	Path string
	Span Span
}

// Part is a place by one of the zones that reach into it, with what is there. A
// place without any zone of the playbook has Zone "".
type Part struct {
	Spot                      int
	Zone                      string
	Doors, Households, People int
}

// ZoneSum is what one zone holds. Doors are dwellings as the seeds count
// households (户): each is one target of a sweep. Households counts register
// records. Empty lists the zoned places that carry no door at all.
type ZoneSum struct {
	Zone                                                string
	Places, Buildings, Parts, Doors, Households, People int
	Empty                                               []int // indexes of spots
}

// Desired is what a playbook asks of a ground under the measures in force: the
// whole difference of a plan is reckoned from it.
type Desired struct {
	Slots   []Slot
	Rounds  []RoundWant
	Parts   []Part // micro-grids by zone part, in path order
	Doors   []Part // communities by zone part; the top place when it stands below one
	Sums    []ZoneSum
	Lone    int // zoned doors that stand under no micro-grid
	Notices []NoticeItem
	Goods   []GoodsItem
}

// DesiredAt reckons what the playbook asks of the ground. It is pure: measures
// are those of the scope's incident that are in force at now (drafts count as if
// applied), a zone is the nearest declared on the path, and a place that two
// zones share is asked for once for each part.
func DesiredAt(pb *Playbook, g *Ground, measures []Measure, scope Scope, now time.Time) *Desired {
	z := zoning(pb, g, measures, scope, now)
	d := &Desired{Sums: z.sums}
	by := map[string][]Part{}
	for _, p := range z.parts {
		s := &g.Spots[p.Spot]
		by[string(s.Kind)] = append(by[string(s.Kind)], p)
		if s.Kind.Site() {
			by["site"] = append(by["site"], p)
		}
		if s.Kind == territory.Microgrid && (p.Zone != "" || len(pb.Zones) == 0) {
			d.Parts = append(d.Parts, p)
		}
	}
	d.Lone = z.lone
	for _, p := range z.parts {
		k := g.Spots[p.Spot].Kind
		if p.Zone != "" && (k == territory.Community || len(by["community"]) == 0 && p.Spot == z.lo) {
			d.Doors = append(d.Doors, p)
		}
	}
	v := newVaried(pb, g)
	for item := range pb.Posts {
		d.post(pb, g, scope, item, by[pb.Posts[item].Per], v)
	}
	sort.SliceStable(d.Slots, func(i, j int) bool { return d.Slots[i].Spot < d.Slots[j].Spot })
	for item := range pb.Rounds {
		r := &pb.Rounds[item]
		if r.Per == round.PerPoint {
			continue // its targets are declared where they are, and go on
		}
		l := v.locals(r, z.lo, z.hi)
		if l.never {
			continue
		}
		w := RoundWant{Key: scope.Incident + "|" + r.ID, Item: item, Due: l.due, Dues: l.dues}
		if r.Per == "household" {
			w.Aims = z.doors(pb, r.Zones)
		} else {
			for _, p := range by[r.Per] {
				if asked(pb, r.Zones, p.Zone) && (len(w.Aims) == 0 || w.Aims[len(w.Aims)-1].Spot != p.Spot) {
					w.Aims = append(w.Aims, Aim{p.Spot, p.Zone})
				}
			}
		}
		w.Aims = l.keep(g, w.Aims)
		if len(w.Aims) > 0 || !l.later {
			d.Rounds = append(d.Rounds, w)
		}
	}
	present := map[string]bool{"": len(pb.Zones) == 0}
	for _, s := range d.Sums {
		present[s.Zone] = present[s.Zone] || s.Places > 0
	}
	for _, n := range pb.Notices {
		if n.When == "activate" && anyZone(n.Zones, present) {
			d.Notices = append(d.Notices, n)
		}
	}
	for _, x := range pb.Goods {
		if anyZone(x.Zones, present) {
			d.Goods = append(d.Goods, x)
		}
	}
	return d
}

func anyZone(zones []string, present map[string]bool) bool {
	for _, z := range zones {
		if present[z] {
			return true
		}
	}
	if len(zones) > 0 {
		return false
	}
	for _, p := range present {
		if p {
			return true
		}
	}
	return false
}

// asked says whether an item with that list of zones speaks to a part. Without a
// list it speaks to every part in a zone, or everywhere when the playbook has no
// zones.
func asked(pb *Playbook, zones []string, zone string) bool {
	if len(zones) > 0 {
		return in(zones, zone)
	}
	return zone != "" || len(pb.Zones) == 0
}

func (d *Desired) post(pb *Playbook, g *Ground, scope Scope, item int, parts []Part, v *varied) {
	p := &pb.Posts[item]
	last := -1
	for _, part := range parts {
		if !asked(pb, p.Zones, part.Zone) {
			continue
		}
		zone := part.Zone
		if len(p.Zones) == 0 { // not by zone: once for the place
			if part.Spot == last {
				continue
			}
			zone = ""
		}
		last = part.Spot
		count, deputy := v.post(p, part.Spot)
		for n := 1; n <= count; n++ {
			key := strings.Join([]string{scope.Incident, p.ID, g.Spots[part.Spot].ID, zone, strconv.Itoa(n)}, "|")
			d.Slots = append(d.Slots, Slot{Key: key, Item: item, Spot: part.Spot, Zone: zone, N: n, Deputy: deputy})
		}
	}
}
