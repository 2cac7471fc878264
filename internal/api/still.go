package api

import (
	"slices"
	"sort"

	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// still is the part of an overview that no recording changes, kept for one place
// until the ground or what is in force does.
type still struct {
	force  *inForce
	ground *Atlas
	rows   []PlaceRow
	paths  []string                   // of the rows
	zones  map[string]map[string]Zone // by incident and zone: what it holds here
	union  Totals                     // what stands in any zone, where several incidents reach
}

// still returns what stands still at a place.
func (s *Server) still(a *Atlas, f *inForce, p *territory.Place) *still {
	s.mu.Lock()
	x := s.stills[p.ID]
	s.mu.Unlock()
	if x != nil && x.force == f && x.ground == a {
		return x
	}
	x = &still{force: f, ground: a, zones: map[string]map[string]Zone{}}
	for _, q := range listBelow(a, p) {
		sum := a.Sum(q.Path)
		r := PlaceRow{PlaceID: q.ID, Name: q.Name, Kind: string(q.Kind), Doors: sum.Doors, People: sum.People}
		if m := f.field.Top(q.Path); m != nil {
			r.Zone = m.Zone
		} else if slices.ContainsFunc(f.measures, func(m mode.Measure) bool { return territory.Inside(m.Path, q.Path) }) {
			r.Zone = "partly"
		}
		x.rows, x.paths = append(x.rows, r), append(x.paths, q.Path)
	}
	for _, d := range f.decls {
		if f.touches(d, p.Path) && !territory.Inside(d.Path, p.Path) {
			x.zones[d.Incident] = zonesBelow(a, f, d, p)
		}
	}
	if len(f.decls) > 1 {
		x.union = f.union(a, p.Path)
	}
	s.mu.Lock()
	if len(s.stills) > 2000 {
		clear(s.stills)
	}
	s.stills[p.ID] = x
	s.mu.Unlock()
	return x
}

// listBelow are the places of the table beside the map: the communities below, or
// the children.
func listBelow(a *Atlas, p *territory.Place) []*territory.Place {
	if info, _ := p.Kind.Info(); info.Rank >= 40 {
		return a.Children(p.ID)
	}
	var list []*territory.Place
	lo, hi := a.Span(p.Path)
	for i := lo; i < hi; i++ {
		if a.Places[i].Kind == territory.Community {
			list = append(list, &a.Places[i])
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Code < list[j].Code })
	return list
}

// rowsBelow is the table beside the map with what is open in each row.
func rowsBelow(x *still, b *pulse, day *everyday) []PlaceRow {
	out := append([]PlaceRow{}, x.rows...)
	for i, path := range x.paths {
		r := &out[i]
		r.EmptyPosts, r.Posts, r.Missing, r.Targets = b.empty.under(path), b.posts.under(path), b.missing(path), b.targets(path)
		if len(x.force.decls) == 0 {
			r.EmptyPosts, r.Posts = day.empty.under(path), day.all.under(path)
		}
	}
	return out
}

// zonesBelow reckons the zones of an incident within a part of its place.
func zonesBelow(a *Atlas, f *inForce, d mode.Declaration, p *territory.Place) map[string]Zone {
	by := map[string]Zone{}
	lo, hi := a.Span(p.Path)
	for i := lo; i < hi; i++ {
		q := &a.Places[i]
		if q.Kind != territory.Door {
			continue
		}
		m := f.field.Of(d.Incident, q.Path)
		if m == nil {
			continue
		}
		z, ok := by[m.Zone]
		if !ok {
			z = Zone{Zone: m.Zone, Incident: d.Incident, Basis: m.Basis, Until: stamp(m.Until), From: stamp(m.From), Flags: []string{}}
		}
		z.Doors++
		z.People += a.people[i+1] - a.people[i]
		by[m.Zone] = z
	}
	return by
}
