package mode

import (
	"fmt"
	"sort"
	"time"

	"shouwang/internal/territory"
)

// Gap is one hole in the closed perimeter of an incident, at one of its three
// doors: the entrance of the area, the house, or the home.
type Gap struct {
	Door    string // entrance, house or home
	Kind    territory.Kind
	Code    string
	PlaceID string
	Path    string
	Zone    string
	Count   int // homes without an outcome, else 1
	Of      int
	Text    Text
}

// DoorSum is how one of the three doors stands for one kind of place.
type DoorSum struct {
	Door string
	Kind territory.Kind
	All  int
	Gaps int
}

// Watch is a post somebody fills: where, in which zone part, and whether it is at
// that very place or for the micro-grid around it.
type Watch struct{ Path, Zone string }

// Seen is a home that a round has asked for, and whether it has its outcome.
type Seen struct {
	Path  string
	Final bool
}

// Perimeter looks at the three doors of each closed zone of an incident. An
// entrance (checkpoint) of a community with a closed zone needs somebody at that
// very place; a house in a closed zone needs somebody at the house, its gate or
// its micro-grid's part of the zone; a home needs its outcome in the sweep.
func Perimeter(g *Ground, incident string, field *Field, top string, watches []Watch, seen []Seen) ([]Gap, []DoorSum) {
	p := &perimeter{g: g, incident: incident, field: field, sums: map[[2]string]*DoorSum{}, at: map[string]bool{}, team: map[string]bool{}}
	for _, w := range watches {
		p.at[w.Path] = true
		p.team[w.Path+"|"+w.Zone] = true
	}
	lo, hi := g.Below(top)
	closed := map[string]string{} // communities with a closed zone
	gates := map[string]int{}
	for i := lo; i < hi; i++ {
		s := &g.Spots[i]
		if z := p.zone(s.Path); z != "" && s.Kind != territory.Checkpoint {
			if c := g.Above(s.Path, territory.Community); c >= 0 {
				if closed[g.Spots[c].Path] == "" {
					closed[g.Spots[c].Path] = z
				}
			}
			p.house(i, z)
		}
	}
	for i := lo; i < hi; i++ {
		s := &g.Spots[i]
		c := g.Above(s.Path, territory.Community)
		if s.Kind != territory.Checkpoint || c < 0 || closed[g.Spots[c].Path] == "" {
			continue
		}
		gates[g.Spots[c].Path]++
		p.count("entrance", s.Kind, 1, !p.manned(s.Path))
		if !p.manned(s.Path) {
			p.add(Gap{Door: "entrance", Kind: s.Kind, Code: "no-guard", PlaceID: s.ID, Path: s.Path, Zone: closed[g.Spots[c].Path], Count: 1, Of: 1,
				Text: Text{"卡口没有人值守。", "Nobody stands at the checkpoint."}})
		}
	}
	for path, zone := range closed {
		if gates[path] > 0 {
			continue
		}
		s := &g.Spots[g.Find(path)]
		p.count("entrance", s.Kind, 1, true)
		p.add(Gap{Door: "entrance", Kind: s.Kind, Code: "no-entrance", PlaceID: s.ID, Path: s.Path, Zone: zone, Count: 1, Of: 1,
			Text: Text{"有封闭的分区，但没有登记任何卡口：不知道从哪里进出。", "There is a closed zone and no checkpoint is registered: nobody knows where people come and go."}})
	}
	p.homes(seen)
	return p.done()
}

type perimeter struct {
	g        *Ground
	incident string
	field    *Field
	at, team map[string]bool
	gaps     []Gap
	sums     map[[2]string]*DoorSum
}

// zone is the closed zone of the incident that a path lies in, or empty.
func (p *perimeter) zone(path string) string {
	for _, h := range p.field.At(path) {
		if h.Measure.Incident == p.incident && h.Zone.Closed {
			return h.Zone.ID
		}
	}
	return ""
}

func (p *perimeter) manned(path string) bool { return p.at[path] }

func (p *perimeter) count(door string, kind territory.Kind, n int, gap bool) {
	k := [2]string{door, string(kind)}
	if p.sums[k] == nil {
		p.sums[k] = &DoorSum{Door: door, Kind: kind}
	}
	p.sums[k].All += n
	if gap {
		p.sums[k].Gaps += n
	}
}

func (p *perimeter) add(g Gap) { p.gaps = append(p.gaps, g) }

// house looks at one building or site inside a closed zone.
func (p *perimeter) house(i int, zone string) {
	s := &p.g.Spots[i]
	info, _ := s.Kind.Info()
	if info.Rank != 70 {
		return
	}
	watched := p.at[s.Path]
	if m := p.g.Above(s.Path, territory.Microgrid); m >= 0 {
		watched = watched || p.team[p.g.Spots[m].Path+"|"+zone]
	}
	p.count("house", s.Kind, 1, !watched)
	if !watched {
		p.add(Gap{Door: "house", Kind: s.Kind, Code: "no-watch", PlaceID: s.ID, Path: s.Path, Zone: zone, Count: 1, Of: 1,
			Text: Text{"封闭的楼没有人值守：出事时没有人开门。", "The closed house has nobody on watch: in an emergency nobody opens the door."}})
	}
}

// homes counts, house by house, the homes whose round has no outcome yet.
func (p *perimeter) homes(seen []Seen) {
	type tally struct{ all, open int }
	by := map[int]*tally{}
	for _, x := range seen {
		if p.zone(x.Path) == "" {
			continue
		}
		h := -1
		for _, up := range above(x.Path) {
			if k := p.g.Find(up); k >= 0 {
				if info, _ := p.g.Spots[k].Kind.Info(); info.Rank == 70 {
					h = k
					break
				}
			}
		}
		if h < 0 {
			continue
		}
		if by[h] == nil {
			by[h] = &tally{}
		}
		by[h].all++
		if !x.Final {
			by[h].open++
		}
	}
	for h, t := range by {
		s := &p.g.Spots[h]
		p.count("home", s.Kind, t.all-t.open, false)
		if t.open > 0 {
			p.count("home", s.Kind, t.open, true)
			p.add(Gap{Door: "home", Kind: s.Kind, Code: "no-outcome", PlaceID: s.ID, Path: s.Path, Zone: p.zone(s.Path), Count: t.open, Of: t.all,
				Text: Text{fmt.Sprintf("%d / %d 户还没有排查结果。", t.open, t.all), fmt.Sprintf("%d of %d homes have no outcome yet.", t.open, t.all)}})
		}
	}
}

var doorOrder = map[string]int{"entrance": 0, "house": 1, "home": 2}

func (p *perimeter) done() ([]Gap, []DoorSum) {
	sort.Slice(p.gaps, func(i, j int) bool {
		a, b := p.gaps[i], p.gaps[j]
		if x, y := doorOrder[a.Door], doorOrder[b.Door]; x != y {
			return x < y
		}
		return a.Path < b.Path
	})
	var sums []DoorSum
	for _, s := range p.sums {
		sums = append(sums, *s)
	}
	sort.Slice(sums, func(i, j int) bool {
		a, b := sums[i], sums[j]
		if x, y := doorOrder[a.Door], doorOrder[b.Door]; x != y {
			return x < y
		}
		return a.Kind < b.Kind
	})
	return p.gaps, sums
}

// Unwatched lists the houses drawn closed, house by house, for which a playbook
// asks for no post at all, neither at the house nor for the micro-grid's part of
// the zone: such a house would be locked and not watched.
func (d *Desired) Unwatched(pb *Playbook, g *Ground, measures []Measure, scope Scope, now time.Time) []int {
	posts := map[string]bool{}
	for _, s := range d.Slots {
		posts[g.Spots[s.Spot].Path+"|"+s.Zone] = true
		if s.Zone == "" {
			posts[g.Spots[s.Spot].Path] = true
		}
	}
	field := NewField(measures, now, func(string) *Playbook { return pb })
	var out []int
	for _, m := range measures {
		z, _ := pb.Zone(m.Zone)
		i := g.Find(m.Path)
		if m.Incident != scope.Incident || !m.InForce(now) || !z.Closed || z.Evacuate || i < 0 {
			continue
		}
		s := &g.Spots[i]
		if s.Kind != territory.Building && s.Kind != territory.Apartment {
			continue
		}
		k, zone := g.Above(s.Path, territory.Microgrid), m.Zone
		asked := posts[s.Path+"|"+zone] || posts[s.Path]
		_, hi := g.Below(s.Path)
		for j := i; k >= 0 && j < hi && !asked; j++ { // parts of it may lie in a zone of their own
			if o := field.Of(scope.Incident, g.Spots[j].Path); o != nil {
				zone = o.Zone
			}
			asked = posts[g.Spots[k].Path+"|"+zone] || posts[g.Spots[k].Path]
		}
		if !asked {
			out = append(out, i)
		}
	}
	sort.Ints(out)
	return out
}
