package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch/surge"
	"shouwang/internal/exchange"
	"shouwang/internal/journal"
)

// Squad is a squad that an organisation sends, with where it stands.
type Squad struct {
	ID           string       `json:"id"`
	Number       string       `json:"number"`
	Organisation string       `json:"organisation"`
	Name         string       `json:"name"`
	Kind         string       `json:"kind" enum:"general,order,medical,sampling,logistics,care"`
	Size         int          `json:"size"`
	PlaceID      string       `json:"place_id"`
	Place        string       `json:"place"`
	Contact      string       `json:"contact" doc:"the post that answers for it, no person's name"`
	From         string       `json:"from" doc:"first civil day"`
	Until        string       `json:"until" doc:"last civil day; empty: as long as it is needed"`
	Free         int          `json:"free" doc:"people who may be called on and stand nowhere"`
	Stations     []StationRow `json:"stations" nullable:"false"`
	Version      int64        `json:"version"`
}

// StationRow is a squad, or a part of it, where it stands.
type StationRow struct {
	ID           string    `json:"id"`
	SquadID      string    `json:"squad_id"`
	Number       string    `json:"number"`
	Squad        string    `json:"squad"`
	Organisation string    `json:"organisation"`
	Contact      string    `json:"contact"`
	PlaceID      string    `json:"place_id"`
	Place        string    `json:"place"`
	Kind         string    `json:"kind"`
	People       int       `json:"people"`
	From         string    `json:"from"`
	Until        string    `json:"until"`
	Why          surge.Why `json:"why"`
	Pinned       bool      `json:"pinned"`
	Ended        bool      `json:"ended"`
	Released     bool      `json:"released"`
	Hours        int       `json:"hours"`
	Thanks       string    `json:"thanks"`
}

// SquadPage is the squads of a place.
type SquadPage struct {
	Items  []Squad `json:"items" nullable:"false"`
	People int     `json:"people" doc:"of all that may be called on now"`
	Out    int     `json:"out" doc:"people who stand somewhere now"`
}

// SquadFields is what is written about a squad.
type SquadFields struct {
	Number       string `json:"number,omitempty" maxLength:"200"`
	Organisation string `json:"organisation,omitempty" maxLength:"400"`
	Name         string `json:"name,omitempty" maxLength:"400"`
	Kind         string `json:"kind,omitempty" maxLength:"40"`
	Size         *int   `json:"size,omitempty"`
	PlaceID      string `json:"place_id,omitempty" maxLength:"60" doc:"id or code"`
	Contact      string `json:"contact,omitempty" maxLength:"400"`
	From         string `json:"from,omitempty" maxLength:"10"`
	Until        string `json:"until,omitempty" maxLength:"10"`
}

type squadMake struct{ Body SquadFields }

type squadChange struct {
	ID   string `path:"id"`
	Body struct {
		SquadFields
		Version int64 `json:"version,omitempty"`
	}
}

func (s *Server) squads() {
	type at struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "squad-list", Path: "/places/{id}/squads", Action: access.SquadRead, Summary: "The squads of organisations at a place and below, what each may be called on for and where it stands"},
		func(ctx context.Context, c *call, in *at) (SquadPage, error) { return s.squadList(ctx, c, in.ID) })
	write(s, Op{ID: "squad-create", Path: "/squads", Action: access.SquadWrite, Summary: "Enter a squad that an organisation sends"},
		func(ctx context.Context, c *call, in *squadMake) (Squad, []journal.Change, error) {
			x := surge.Squad{ID: journal.NewID(c.now), Number: in.Body.Number, Kind: surge.General, From: c.now}
			if in.Body.PlaceID == "" {
				return Squad{}, nil, surge.ErrBlank.With("驻地", "its place").At("place_id")
			}
			return s.squadPut(ctx, c, x, &in.Body, "squad.added", 0)
		})
	write(s, Op{ID: "squad-change", Path: "/squads/{id}", Action: access.SquadWrite, Summary: "Change a squad; fields left out stay as they are"},
		func(ctx context.Context, c *call, in *squadChange) (Squad, []journal.Change, error) {
			x, err := s.squadAt(ctx, c, access.SquadWrite, in.ID)
			if err != nil {
				return Squad{}, nil, err
			}
			if in.Body.Version > 0 && in.Body.Version != x.Version {
				return Squad{}, nil, surge.ErrOutdated.With()
			}
			in.Body.Number = ""
			return s.squadPut(ctx, c, x, &in.Body.SquadFields, "squad.changed", x.Version)
		})
}

// squadAt finds a squad that the caller may do an action to.
func (s *Server) squadAt(ctx context.Context, c *call, action, id string) (surge.Squad, error) {
	x, ok, err := s.Store.Squad(ctx, id)
	if err != nil {
		return x, err
	}
	if !ok {
		return x, errNotHere(c)
	}
	return x, access.Hide(s.may(c, action, x.Path))
}

// squadPut writes a squad as the fields say, if it may be so.
func (s *Server) squadPut(ctx context.Context, c *call, x surge.Squad, f *SquadFields, verb string, base int64) (Squad, []journal.Change, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return Squad{}, nil, err
	}
	before := x
	r := surge.Row{Number: x.Number, Organisation: f.Organisation, Name: f.Name, Kind: f.Kind, Contact: f.Contact, Size: f.Size}
	if f.PlaceID != "" {
		_, p, err := s.named(ctx, c, access.SquadWrite, f.PlaceID)
		if err != nil {
			return Squad{}, nil, err
		}
		r.PlaceID, r.Path = p.ID, p.Path
	}
	if r.From, err = firstDay(f.From); err == nil {
		r.Until, err = lastDay(f.Until)
	}
	if err != nil {
		return Squad{}, nil, err
	}
	r.Into(&x)
	if err := x.Check(); err != nil {
		return Squad{}, nil, err
	}
	have, err := s.Store.SquadsByNumber(ctx, []string{x.Number})
	if err != nil {
		return Squad{}, nil, err
	}
	if base == 0 && len(have) > 0 {
		return Squad{}, nil, surge.ErrNumber.With(x.Number).At("number")
	}
	stations, err := s.Store.StationsOf(ctx, []string{x.ID}, c.now)
	if err != nil {
		return Squad{}, nil, err
	}
	if at, stands := surge.Fewer(&before, &x, stations, c.now); stands {
		return Squad{}, nil, surge.ErrStands.With(a.FullName(at))
	}
	row := x
	row.Version = base + 1
	return s.squadWire(c, a, row, stations), []journal.Change{{Row: &x, Base: base, Entry: c.entry(verb, "squads", x.ID, x.PlaceID, x.Path, "work", map[string]any{"people": x.Size, "kind": x.Kind})}}, nil
}

// firstDay is the start of a civil day, lastDay the end of one; zero for no day.
func firstDay(day string) (time.Time, error) {
	if day == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, day, zoneTime)
	if err != nil {
		return t, surge.ErrTimes.With()
	}
	return t.UTC(), nil
}

func lastDay(day string) (time.Time, error) {
	t, err := firstDay(day)
	if err != nil || t.IsZero() {
		return t, err
	}
	return t.In(zoneTime).AddDate(0, 0, 1).UTC(), nil
}

// dayBefore says the civil day that an end closes.
func dayBefore(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zoneTime).Add(-time.Second).Format(time.DateOnly)
}

func (s *Server) squadList(ctx context.Context, c *call, id string) (SquadPage, error) {
	a, p, err := s.named(ctx, c, access.SquadRead, id)
	if err != nil {
		return SquadPage{}, err
	}
	list, err := s.Store.SquadsUnder(ctx, p.Path)
	if err != nil {
		return SquadPage{}, err
	}
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	stations, err := s.Store.StationsOf(ctx, ids, c.now)
	if err != nil {
		return SquadPage{}, err
	}
	of := map[string][]surge.Station{}
	for _, x := range stations {
		of[x.SquadID] = append(of[x.SquadID], x)
	}
	out := SquadPage{Items: make([]Squad, len(list))}
	for i, x := range list {
		w := s.squadWire(c, a, x, of[x.ID])
		if x.Free(c.now) {
			out.People += x.Size
		}
		for _, k := range w.Stations {
			out.Out += k.People
		}
		out.Items[i] = w
	}
	return out, nil
}

// squadWire is a squad on the wire; stations are its own.
func (s *Server) squadWire(c *call, a *Atlas, x surge.Squad, stations []surge.Station) Squad {
	w := Squad{ID: x.ID, Number: x.Number, Organisation: x.Organisation, Name: x.Name, Kind: x.Kind, Size: x.Size, PlaceID: x.PlaceID, Place: a.FullName(x.Path),
		Contact: x.Contact, From: x.From.In(zoneTime).Format(time.DateOnly), Until: dayBefore(x.Until), Stations: []StationRow{}, Version: x.Version}
	if x.Free(c.now) {
		w.Free = x.Size
	}
	for _, k := range stations {
		if !k.InForce(c.now) {
			continue
		}
		w.Free = max(0, w.Free-k.People)
		w.Stations = append(w.Stations, s.stationWire(c, a, &x, &k))
	}
	return w
}

func (s *Server) stationWire(c *call, a *Atlas, x *surge.Squad, k *surge.Station) StationRow {
	return StationRow{ID: k.ID, SquadID: k.SquadID, Number: x.Number, Squad: x.Name, Organisation: x.Organisation, Contact: x.Contact, PlaceID: k.PlaceID, Place: a.FullName(k.Path),
		Kind: k.Kind, People: k.People, From: stamp(k.From), Until: stamp(k.Until), Why: k.Why, Pinned: k.Pinned, Ended: !k.InForce(c.now), Released: k.Release != "", Hours: k.Hours, Thanks: k.Thanks}
}

// squads decides a sheet of squads.
func (r *importRun) squads(ctx context.Context) (staged, error) {
	if err := r.parse(ctx); err != nil {
		return staged{}, err
	}
	g, err := r.s.gazetteer(ctx)
	if err != nil {
		return staged{}, err
	}
	r.job.step("matching", r.sheet.Rows())
	var rows []surge.Row
	var at []exchange.At
	var numbers []string
	for row, bad := range r.sheet.Squads() {
		r.job.done.Add(1)
		if bad != nil {
			r.refuse([]exchange.Reject{*bad})
			continue
		}
		x := surge.Row{Number: row.Number, Organisation: row.Organisation, Name: row.Name, Kind: row.Kind, Contact: row.Contact, Size: row.Size}
		if row.PlaceCode != "" {
			p, ok := g.ByCode(row.PlaceCode)
			if !ok || !r.within(p.Path) {
				r.reject(row.At, "place_code", surge.ErrSquadPlace.With(row.PlaceCode))
				continue
			}
			x.PlaceID, x.Path = p.ID, p.Path
		}
		x.From, _ = firstDay(row.From)
		x.Until, _ = lastDay(row.Until)
		at, rows, numbers = append(at, row.At), append(rows, x), append(numbers, row.Number)
	}
	if err := r.hold(ctx, []string{"squads"}); err != nil {
		return staged{}, err
	}
	have, err := r.s.Store.SquadsByNumber(ctx, numbers)
	if err != nil {
		return staged{}, err
	}
	ids := make([]string, len(have))
	for i := range have {
		ids[i] = have[i].ID
	}
	stations, err := r.s.Store.StationsOf(ctx, ids, r.c.now)
	if err != nil {
		return staged{}, err
	}
	made, verdicts := surge.PlanImport(rows, have, stations, r.within, newIDs(r.c.now), r.c.now)
	for i := range at {
		r.settle(at[i], verdicts[i])
	}
	var out staged
	for i := range made {
		if made[i].Version == 0 {
			out.rows = append(out.rows, &made[i])
		} else {
			out.changes = append(out.changes, journal.Change{Row: &made[i], Base: made[i].Version})
		}
		out.paths = append(out.paths, made[i].Path)
	}
	return out, nil
}
