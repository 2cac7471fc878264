package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Flag is one thing about an incident's zones to look at: wrong, excess or missed
// control.
type Flag struct {
	Kind      string `json:"kind" enum:"wrong,excess,missed"`
	Code      string `json:"code"`
	Measure   string `json:"measure"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Zone      string `json:"zone"`
	Text      Words  `json:"text"`
}

// Lapsed is one measure that ended by itself.
type Lapsed struct {
	Measure   string   `json:"measure"`
	Zone      string   `json:"zone"`
	ZoneTitle Words    `json:"zone_title"`
	PlaceID   string   `json:"place_id"`
	PlaceName string   `json:"place_name"`
	Basis     string   `json:"basis"`
	Author    string   `json:"author"`
	From      string   `json:"from"`
	Ended     string   `json:"ended"`
	ToldAt    string   `json:"told_at" doc:"when those below were told; empty: not yet"`
	Told      []string `json:"told" nullable:"false" doc:"who was told, by name or post"`
}

// Gap is one hole at one of the three doors of a closed perimeter.
type Gap struct {
	Door      string `json:"door" enum:"entrance,house,home"`
	Kind      string `json:"kind" doc:"kind of place"`
	Code      string `json:"code"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Zone      string `json:"zone"`
	Count     int    `json:"count"`
	Of        int    `json:"of"`
	Text      Words  `json:"text"`
	Href      string `json:"href" doc:"the screen that shows its list"`
}

// DoorSum is how one of the three doors stands for one kind of place.
type DoorSum struct {
	Door string `json:"door"`
	Kind string `json:"kind"`
	All  int    `json:"all"`
	Gaps int    `json:"gaps"`
}

// perimeterAsk is which incident's perimeter is asked about, and how much of it.
type perimeterAsk struct {
	ID     string `path:"id"`
	Counts bool   `query:"counts" doc:"Only the sums and the total, without the list"`
}

// Gaps is the three doors of an incident's closed zones in the viewer's scope.
type Gaps struct {
	Items []Gap     `json:"items" nullable:"false"`
	Sums  []DoorSum `json:"sums" nullable:"false"`
	Total int       `json:"total"`
}

func (s *Server) perimeter() {
	read(s, Op{ID: "lapse-list", Path: "/incidents/{id}/lapsed", Action: access.IncidentRead, Summary: "Measures that ended by themselves: when, and who was told"}, s.lapsed)
	read(s, Op{ID: "flag-list", Path: "/incidents/{id}/flags", Action: access.IncidentRead, Summary: "Wrong, excess and missed control"}, s.flags)
	read(s, Op{ID: "gap-list", Path: "/incidents/{id}/gaps", Action: access.IncidentRead, Summary: "Gaps in the closed perimeter at its three doors: entrance, house, home"}, s.gaps)
}

func (s *Server) lapsed(ctx context.Context, c *call, in *incidentID) (Items[Lapsed], error) {
	out := Items[Lapsed]{Items: []Lapsed{}}
	i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
	if err != nil {
		return out, err
	}
	b, err := s.playbook(ctx, i.Version)
	if err != nil {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	ms, err := s.Store.Measures(ctx, i.ID)
	if err != nil {
		return out, err
	}
	scope := s.scope(c, access.PlaceRead)
	for _, m := range ms {
		if !i.Lapsed(m, c.now) || !meets(scope, m.Path) {
			continue
		}
		z, _ := b.Zone(m.Zone)
		id, name := s.shown(c, a, m.PlaceID, m.Path)
		w := Lapsed{Measure: m.ID, Zone: m.Zone, ZoneTitle: words(z.Title), PlaceID: id, PlaceName: name, Basis: m.Basis, Author: s.accountName(ctx, m.Author),
			From: stamp(m.From), Ended: stamp(m.Until), Told: []string{}}
		es, err := s.Store.EntriesOf(ctx, m.ID, "measure.lapsed", 1)
		if err != nil {
			return out, err
		}
		if len(es) > 0 {
			w.ToldAt = stamp(es[0].At)
			if w.Told, err = s.told(ctx, c, i.ID, m); err != nil {
				return out, err
			}
		}
		out.Items = append(out.Items, w)
	}
	out.Total = len(out.Items)
	return out, nil
}

// told names who heard of a lapse: its author, and whoever held a post of the
// incident in its area then. The stream carries the entry to them.
func (s *Server) told(ctx context.Context, c *call, incident string, m mode.Measure) ([]string, error) {
	out := []string{s.accountName(ctx, m.Author)}
	posts, err := s.Store.Posts(ctx, incident, "")
	if err != nil {
		return out, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return out, err
	}
	seen := map[string]bool{}
	for _, o := range posts {
		near := territory.Inside(o.Path, m.Path) || territory.Inside(m.Path, o.Path) && (o.Zone == "" || o.Zone == m.Zone)
		if !near || o.HelperID == "" || o.Role == "" || o.From.After(m.Until) || !o.Until.IsZero() && o.Until.Before(m.Until) || seen[o.HelperID] {
			continue
		}
		seen[o.HelperID] = true
		name := c.say(mode.Text(s.postTitle(ctx, f, o)))
		if s.Guard.Decide(c.viewer, access.PostRead, o.Path, c.emerg).Allowed {
			h, ok, err := s.Store.Helper(ctx, o.HelperID)
			if err != nil {
				return out, err
			}
			if ok {
				name += " " + h.Name
			}
		}
		out = append(out, name)
	}
	return out, nil
}

// shown is the place a viewer may be told: the door itself, or its house.
func (s *Server) shown(c *call, a *Atlas, id, path string) (placeID, name string) {
	if p, ok := a.Place(id); ok && p.Kind == territory.Door && !s.sees(c, path) {
		if b := a.House(path); b != nil {
			return b.ID, a.FullName(b.Path)
		}
	}
	return id, a.FullName(path)
}

func (s *Server) flags(ctx context.Context, c *call, in *incidentID) (Items[Flag], error) {
	out := Items[Flag]{Items: []Flag{}}
	i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
	if err != nil {
		return out, err
	}
	b, err := s.playbook(ctx, i.Version)
	if err != nil {
		return out, err
	}
	r, err := s.reckoning(ctx, c)
	if err != nil {
		return out, err
	}
	ms, err := s.Store.Measures(ctx, i.ID)
	if err != nil {
		return out, err
	}
	if i.Started.IsZero() {
		ms = mode.AsIf(ms, i.ID, c.now)
	}
	may := map[string]bool{}
	for _, x := range r.all.May() {
		may[x.Measure.ID] = true
	}
	scope := s.scope(c, access.PlaceRead)
	for _, f := range mode.Flags(b, r.ground.Ground, ms, mode.Scope{Incident: i.ID, Path: i.Path}, func(id string) bool { return may[id] }, zoneTime, c.now) {
		if meets(scope, f.Path) {
			id, name := s.shown(c, r.ground, f.PlaceID, f.Path)
			out.Items = append(out.Items, Flag{f.Kind, f.Code, f.Measure, id, name, f.Zone, words(f.Text)})
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

func (s *Server) gaps(ctx context.Context, c *call, in *perimeterAsk) (Gaps, error) {
	out := Gaps{Items: []Gap{}, Sums: []DoorSum{}}
	i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
	if err != nil {
		return out, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	watches, seen, err := s.perimeterOf(ctx, c, f, i.ID)
	if err != nil {
		return out, err
	}
	for _, r := range s.scope(c, access.PlaceRead).Under(i.Path) {
		gaps, sums := mode.Perimeter(a.Ground, i.ID, f.field, r.Top, watches, within(seen, r.Top))
		out.Total += len(gaps)
		out.Sums = merged(out.Sums, sums)
		if in.Counts {
			continue
		}
		for _, g := range gaps {
			w := Gap{Door: g.Door, Kind: string(g.Kind), Code: g.Code, PlaceID: g.PlaceID, PlaceName: a.FullName(g.Path), Zone: g.Zone, Count: g.Count, Of: g.Of, Text: words(g.Text)}
			switch g.Door {
			case "home":
				w.Href = "/console/targets?state=missing&under=" + g.PlaceID
			default:
				w.Href = "/console/posts?incident_id=" + i.ID + "&under=" + g.PlaceID
			}
			out.Items = append(out.Items, w)
		}
	}
	return out, nil
}

// merged adds the sums of one part of the scope to those of the others.
func merged(all []DoorSum, more []mode.DoorSum) []DoorSum {
	for _, x := range more {
		found := false
		for k := range all {
			if y := &all[k]; y.Door == x.Door && y.Kind == string(x.Kind) {
				y.All, y.Gaps, found = y.All+x.All, y.Gaps+x.Gaps, true
			}
		}
		if !found {
			all = append(all, DoorSum{x.Door, string(x.Kind), x.All, x.Gaps})
		}
	}
	return all
}

func within(seen []mode.Seen, top string) []mode.Seen {
	var out []mode.Seen
	for _, x := range seen {
		if territory.Inside(x.Path, top) {
			out = append(out, x)
		}
	}
	return out
}

// perimeterOf gathers who stands where and what the rounds have found. Guards of
// the everyday system count at their own place too.
func (s *Server) perimeterOf(ctx context.Context, c *call, f *inForce, incident string) ([]mode.Watch, []mode.Seen, error) {
	var watches []mode.Watch
	for _, id := range append([]string{""}, f.others("")...) {
		posts, err := s.Store.Posts(ctx, id, "")
		if err != nil {
			return nil, nil, err
		}
		for _, o := range posts {
			if o.HelperID != "" && (o.Until.IsZero() || c.now.Before(o.Until)) {
				watches = append(watches, mode.Watch{Path: o.Path, Zone: o.Zone})
			}
		}
	}
	open := map[string]bool{}
	rounds, err := s.Store.Rounds(ctx, incident)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rounds {
		open[r.ID] = r.Closed.IsZero() && r.Per == "household"
	}
	marks, err := s.Store.TargetMarks(ctx, incident, "")
	var seen []mode.Seen
	for _, m := range marks {
		if open[m.RoundID] {
			seen = append(seen, mode.Seen{Path: m.Path, Final: m.Final})
		}
	}
	return watches, seen, err
}
