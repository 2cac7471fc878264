package surge

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"shouwang/internal/plan"
	"shouwang/internal/territory"
)

// Item is one line of a plan: so many people of a squad at a community for one kind
// of need, and how many of them stand there already.
type Item struct {
	SquadID string   `json:"squad"`
	PlaceID string   `json:"place"`
	Path    string   `json:"path"`
	Kind    string   `json:"kind"`
	People  int      `json:"people"`
	Was     int      `json:"was"`
	Act     plan.Act `json:"act"`
	Why     Why      `json:"why"`
	Station string   `json:"station,omitempty"` // that stands there now
	Version int64    `json:"version,omitempty"` // of that station
}

// Gap is a need that nobody fills, and why: Fit people could do it and are all sent
// to needs of Seats people together; none could when Fit is 0.
type Gap struct {
	PlaceID string `json:"place"`
	Path    string `json:"path"`
	Kind    string `json:"kind"`
	People  int    `json:"people"`
	Fit     int    `json:"fit"`
	Seats   int    `json:"seats"`
}

// Hand is a whole squad that goes to a community by hand.
type Hand struct {
	SquadID string `json:"squad_id"`
	PlaceID string `json:"place_id"`
}

// Draft is what a plan says before and after it is applied.
type Draft struct {
	PlaceID string    `json:"place_id"`
	Path    string    `json:"path"`
	At      time.Time `json:"at"`
	Stated  []Demand  `json:"stated"`
	Pins    []Hand    `json:"pins"`
	Needs   []Need    `json:"needs"`
	Items   []Item    `json:"items"`
	Gaps    []Gap     `json:"gaps"`
	Squads  int       `json:"squads"` // that may be called on
	People  int       `json:"people"` // in them
	Split   int       `json:"split"`  // squads that stand at more than one place
	Saw     string    `json:"saw"`

	Undo      []Station `json:"undo,omitempty"` // stations as they were before it was applied
	Made      []string  `json:"made,omitempty"` // stations that it made
	TakenBack time.Time `json:"taken_back,omitempty"`
}

// Ask is what a plan is made of. Squads are those that may be called on; Stations
// those in force of these squads, wherever they stand, and those at the place.
type Ask struct {
	PlaceID, Path string
	Now           time.Time
	Needs         []Need
	Stated        []Demand
	Squads        []Squad
	Stations      []Station
	Pins          []Hand
	Spot          func(placeID string) (Spot, bool)
}

// Saw names what a plan was made of: it is applied only while that is the same.
func (a *Ask) Saw() string {
	p := plan.NewPrint()
	for i := range a.Squads {
		p.Text(a.Squads[i].ID).Int(a.Squads[i].Version)
	}
	p.Text("|")
	for i := range a.Stations {
		p.Text(a.Stations[i].ID).Int(a.Stations[i].Version)
	}
	p.Text("|")
	for i := range a.Needs {
		n := &a.Needs[i]
		p.Text(n.PlaceID, n.Kind).Int(int64(n.Seats), int64(n.Own), int64(n.Stated))
	}
	return p.ID()
}

// unit is people of a squad who are alike: those who stand somewhere, or the rest.
type unit struct {
	*Squad
	at, kind string
}

// reckoning is a plan on its way.
type reckoning struct {
	*Ask
	units []unit
	needs []Need
	fixed []Item // by hand
	stays map[string]bool
	homes []Spot // by unit; without a point where the place is gone
}

// Plan makes a draft: as many needs filled as can be filled, then as near and as
// little moved as can be, over all squads and communities. What was decided by hand
// stays. It is refused when there is nothing to do.
func (a *Ask) Plan() (*Draft, error) {
	d := &Draft{PlaceID: a.PlaceID, Path: a.Path, At: a.Now, Stated: a.Stated, Pins: a.Pins, Needs: a.Needs, Items: []Item{}, Gaps: []Gap{}, Saw: a.Saw()}
	if len(a.Needs) == 0 && len(a.Stations) == 0 {
		return nil, ErrNothing.With(a.name(a.PlaceID))
	}
	r := &reckoning{Ask: a, stays: map[string]bool{}}
	l, err := r.load(d)
	if err != nil {
		return nil, err
	}
	sent, err := Send(l)
	if err != nil {
		return nil, ErrSolve.With().Because(err)
	}
	d.Items = a.differ(r.items(sent, d))
	for i, n := range sent.Muster.Empty {
		if n == 0 {
			continue
		}
		g := Gap{PlaceID: r.needs[i].PlaceID, Path: r.needs[i].Path, Kind: r.needs[i].Kind, People: int(n)}
		units, posts := sent.Muster.Short(int32(i))
		for _, u := range units {
			g.Fit += int(l.Sizes[u])
		}
		for _, p := range posts {
			g.Seats += int(l.Needs[p])
		}
		d.Gaps = append(d.Gaps, g)
	}
	for i := range a.Needs {
		if n := &a.Needs[i]; n.Kind == Own && n.Open() > 0 {
			d.Gaps = append(d.Gaps, Gap{PlaceID: n.PlaceID, Path: n.Path, Kind: Own, People: n.Open(), Seats: n.Open()})
		}
	}
	return d, nil
}

func (a *Ask) name(placeID string) string {
	s, _ := a.Spot(placeID)
	return s.Name
}

// load is the plan as the solver sees it; what is decided by hand is taken off first.
func (r *reckoning) load(d *Draft) (*Load, error) {
	l := &Load{Most: mostCost}
	pinned, stand, free := map[string]string{}, map[string]int{}, map[string][]*Station{}
	for _, p := range r.Pins {
		pinned[p.SquadID] = p.PlaceID
	}
	open := map[string]int{}
	for i := range r.Ask.Needs {
		n := &r.Ask.Needs[i]
		open[n.PlaceID+"|"+n.Kind] = n.Open()
	}
	known := map[string]bool{}
	for i := range r.Squads {
		known[r.Squads[i].ID] = true
	}
	for i := range r.Stations {
		x := &r.Stations[i]
		r.stays[x.SquadID+"|"+x.PlaceID] = true
		here := territory.Inside(x.Path, r.Path)
		if here && !x.Pinned && known[x.SquadID] {
			free[x.SquadID] = append(free[x.SquadID], x)
		}
		if _, again := pinned[x.SquadID]; !here || !again && (x.Pinned || !known[x.SquadID]) {
			stand[x.SquadID] += x.People
			if here {
				open[x.PlaceID+"|"+x.Kind] -= x.People
				r.fixed = append(r.fixed, Item{SquadID: x.SquadID, PlaceID: x.PlaceID, Path: x.Path, Kind: x.Kind, People: x.People, Why: x.Why})
			}
		}
	}
	for i := range r.Squads {
		s := &r.Squads[i]
		d.Squads, d.People = d.Squads+1, d.People+s.Size
		if to, ok := pinned[s.ID]; ok {
			delete(pinned, s.ID)
			spot, there := r.Spot(to)
			home, _ := r.Spot(s.PlaceID)
			if !there || !territory.Inside(spot.Path, r.Path) {
				return nil, ErrPin.With(s.Name)
			}
			kind := r.kindFor(s, to, open)
			left := s.Size - stand[s.ID]
			if left < 1 {
				return nil, ErrPin.With(s.Name)
			}
			open[to+"|"+kind] -= left
			r.fixed = append(r.fixed, Item{SquadID: s.ID, PlaceID: to, Path: spot.Path, Kind: kind, People: left,
				Why: Why{Metres: metres(&home, &spot), Same: s.Kind == kind, Whole: true, Pinned: true, OwnHome: territory.Inside(s.Path, spot.Path), Stays: r.stays[s.ID+"|"+to]}})
			continue
		}
		home, _ := r.Spot(s.PlaceID)
		left := s.Size - stand[s.ID]
		for _, x := range free[s.ID] {
			k := min(x.People, left)
			r.units, r.homes, l.Sizes = append(r.units, unit{s, x.PlaceID, x.Kind}), append(r.homes, home), append(l.Sizes, int32(k))
			left -= k
		}
		r.units, r.homes, l.Sizes = append(r.units, unit{s, "", ""}), append(r.homes, home), append(l.Sizes, int32(max(0, left)))
	}
	for id := range pinned {
		return nil, ErrPin.With(id)
	}
	for i := range r.Ask.Needs {
		if n := r.Ask.Needs[i]; n.Kind != Own {
			r.needs = append(r.needs, n)
			l.Needs = append(l.Needs, int32(max(0, open[n.PlaceID+"|"+n.Kind])))
		}
	}
	l.Cost = r.cost
	l.Near = r.near
	return l, nil
}

// kindFor is which need of a community a squad that was sent by hand serves: the one
// of its own kind, else the general one.
func (r *reckoning) kindFor(s *Squad, placeID string, open map[string]int) string {
	if open[placeID+"|"+s.Kind] > 0 {
		return s.Kind
	}
	return General
}

// items gathers what was found by squad, community and kind, what was fixed by hand
// with it.
func (r *reckoning) items(sent *Sent, d *Draft) []Item {
	out := r.fixed
	at, places, used := map[string]int{}, map[string]map[string]bool{}, map[string]int{}
	for u, parts := range sent.Parts {
		for _, p := range parts {
			s, n := r.units[u].Squad, &r.needs[p.Post]
			used[s.ID] += int(p.People)
			if places[s.ID] == nil {
				places[s.ID] = map[string]bool{}
			}
			places[s.ID][n.PlaceID] = true
			k := s.ID + "|" + n.PlaceID + "|" + n.Kind
			if i, ok := at[k]; ok {
				out[i].People += int(p.People)
				continue
			}
			at[k] = len(out)
			out = append(out, Item{SquadID: s.ID, PlaceID: n.PlaceID, Path: n.Path, Kind: n.Kind, People: int(p.People), Why: r.why(int32(u), n)})
		}
	}
	size := map[string]int{}
	for i := range r.Squads {
		size[r.Squads[i].ID] = r.Squads[i].Size
	}
	for i := len(r.fixed); i < len(out); i++ {
		it := &out[i]
		it.Why.Whole, it.Why.Behind = len(places[it.SquadID]) == 1, max(0, size[it.SquadID]-used[it.SquadID])
	}
	for _, p := range places {
		if len(p) > 1 {
			d.Split++
		}
	}
	return out
}

// why says what speaks for a unit at a need.
func (r *reckoning) why(u int32, n *Need) Why {
	s := r.units[u].Squad
	w := Why{Metres: metres(&r.homes[u], &n.Spot), OwnHome: territory.Inside(s.Path, n.Path), Same: s.Kind == n.Kind, Stays: r.stays[s.ID+"|"+n.PlaceID]}
	if !w.Stays {
		for i := range r.Stations {
			w.Moves = w.Moves || r.Stations[i].SquadID == s.ID
		}
	}
	w.Nearest = w.Metres >= 0
	for i := range r.needs {
		if m := metres(&r.homes[u], &r.needs[i].Spot); w.Nearest && m >= 0 && m < w.Metres {
			w.Nearest = false
		}
	}
	return w
}

// differ sets what is wanted beside what stands.
func (a *Ask) differ(want []Item) []Item {
	var have []Station
	for _, x := range a.Stations {
		if territory.Inside(x.Path, a.Path) {
			have = append(have, x)
		}
	}
	steps := plan.Diff(want, func(i *Item) string { return i.SquadID + "|" + i.PlaceID + "|" + i.Kind },
		have, func(x *Station) string { return x.SquadID + "|" + x.PlaceID + "|" + x.Kind },
		func(i *Item, x *Station) bool { return i.People == x.People && i.Why.Pinned == x.Pinned })
	out := make([]Item, 0, len(steps))
	for _, s := range steps {
		var it Item
		if s.Want != nil {
			it = *s.Want
		} else {
			it = Item{SquadID: s.Have.SquadID, PlaceID: s.Have.PlaceID, Path: s.Have.Path, Kind: s.Have.Kind, Why: s.Have.Why}
		}
		if it.Act = s.Act; s.Have != nil {
			it.Was, it.Station, it.Version = s.Have.People, s.Have.ID, s.Have.Version
		}
		out = append(out, it)
	}
	slices.SortStableFunc(out, func(x, y Item) int {
		return cmp.Or(strings.Compare(x.Path, y.Path), slices.Index(Kinds, x.Kind)-slices.Index(Kinds, y.Kind), y.People-x.People)
	})
	return out
}
