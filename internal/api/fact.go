package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Fact is one recorded fact on the wire.
type Fact struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Title     Words  `json:"title"`
	State     bool   `json:"state" doc:"a state that holds or not, rather than an event"`
	Holds     bool   `json:"holds"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Zone      string `json:"zone"`
	At        string `json:"at"`
	Source    string `json:"source"`
	Author    string `json:"author"`
	Recorded  string `json:"recorded"`
	Withdrawn string `json:"withdrawn"`
}

// brief leaves out who said so: the source is sealed and ends with its incident.
func (f Fact) brief() any { f.Source = ""; return f }

// FactSheet is the facts of an incident and what may be recorded.
type FactSheet struct {
	Items []Fact     `json:"items" nullable:"false"`
	Known []FactName `json:"known" nullable:"false"`
}

// FactName is one fact that the playbook declares.
type FactName struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
	State bool   `json:"state"`
}

type factInput struct {
	ID   string `path:"id"`
	Body struct {
		Name      string `json:"name" maxLength:"60"`
		Holds     *bool  `json:"holds,omitempty" doc:"of a state: whether it holds from then on; true when left out"`
		At        string `json:"at,omitempty" maxLength:"40" doc:"RFC 3339; now when empty"`
		PlaceID   string `json:"place_id,omitempty"`
		PlaceCode string `json:"place_code,omitempty"`
		Zone      string `json:"zone,omitempty" maxLength:"60" doc:"only for measures of this zone"`
		Source    string `json:"source" maxLength:"1200" doc:"who or what says so; never a person's name"`
	}
}

func (s *Server) facts() {
	read(s, Op{ID: "fact-list", Path: "/incidents/{id}/facts", Action: access.IncidentRead, Summary: "Facts recorded for an incident, with source and time, and those that may be recorded"},
		func(ctx context.Context, c *call, in *incidentID) (FactSheet, error) {
			out := FactSheet{Items: []Fact{}, Known: []FactName{}}
			i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
			if err != nil {
				return out, err
			}
			b, err := s.playbook(ctx, i.Version)
			if err != nil {
				return out, err
			}
			for _, x := range b.AllFacts() {
				out.Known = append(out.Known, FactName{x.ID, words(x.Title), x.State})
			}
			fs, err := s.Store.Facts(ctx, i.ID, true)
			if err != nil {
				return out, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return out, err
			}
			scope := s.scope(c, access.PlaceRead)
			for _, f := range fs {
				if meets(scope, f.Path) {
					out.Items = append(out.Items, s.factWire(ctx, c, a, b, f))
				}
			}
			return out, nil
		})
	write(s, Op{ID: "fact-record", Path: "/incidents/{id}/facts", Action: access.FactRecord, Summary: "Record a fact that release clocks ask, with source and time"},
		func(ctx context.Context, c *call, in *factInput) (Fact, []journal.Change, error) {
			i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
			if err != nil {
				return Fact{}, nil, err
			}
			a, p, err := s.place(ctx, c, access.FactRecord, in.Body.PlaceID, in.Body.PlaceCode)
			if err != nil {
				return Fact{}, nil, err
			}
			if !territory.Inside(p.Path, i.Path) {
				return Fact{}, nil, errNotHere(c)
			}
			b, err := s.playbook(ctx, i.Version)
			if err != nil {
				return Fact{}, nil, err
			}
			at := c.now
			if in.Body.At != "" {
				if at, err = time.Parse(time.RFC3339, in.Body.At); err != nil {
					return Fact{}, nil, mode.ErrFactTime.With().At("at")
				}
			}
			f := mode.Fact{ID: journal.NewID(c.now), Incident: i.ID, PlaceID: p.ID, Path: p.Path, Zone: in.Body.Zone, Name: in.Body.Name,
				Holds: in.Body.Holds == nil || *in.Body.Holds, At: at.UTC(), Source: in.Body.Source, Author: c.viewer.Account()}
			if f, err = mode.Record(b, f, c.now); err != nil {
				return Fact{}, nil, err
			}
			e := incidentEntry(c, i, "fact.recorded", "facts", f.ID, map[string]any{"name": f.Name, "at": stamp(f.At), "holds": f.Holds})
			e.PlaceID, e.Path = p.ID, p.Path
			return s.factWire(ctx, c, a, b, f), []journal.Change{{Row: &f, Entry: e}}, nil
		})
	type one struct {
		ID   string `path:"id"`
		Fact string `path:"fact"`
	}
	write(s, Op{ID: "fact-withdraw", Path: "/incidents/{id}/facts/{fact}/withdraw", Action: access.FactRecord, Summary: "Withdraw a fact that was a mistake; it stays on record"},
		func(ctx context.Context, c *call, in *one) (Fact, []journal.Change, error) {
			i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
			if err != nil {
				return Fact{}, nil, err
			}
			b, err := s.playbook(ctx, i.Version)
			if err != nil {
				return Fact{}, nil, err
			}
			fs, err := s.Store.Facts(ctx, i.ID, true)
			if err != nil {
				return Fact{}, nil, err
			}
			for _, f := range fs {
				if f.ID != in.Fact {
					continue
				}
				a, p, err := s.place(ctx, c, access.FactRecord, f.PlaceID, "")
				if fault.KindOf(err) == fault.NotFound {
					return Fact{}, nil, mode.ErrNoFact.With() // as if it were not there
				}
				if err != nil {
					return Fact{}, nil, err
				}
				if !f.Withdrawn.IsZero() {
					return Fact{}, nil, mode.ErrFactGone.With()
				}
				base := f.Version
				f.Withdrawn, f.WithdrawnBy = c.now, c.viewer.Account()
				e := incidentEntry(c, i, "fact.withdrawn", "facts", f.ID, map[string]any{"name": f.Name})
				e.PlaceID, e.Path = p.ID, p.Path
				return s.factWire(ctx, c, a, b, f), []journal.Change{{Row: &f, Base: base, Entry: e}}, nil
			}
			return Fact{}, nil, mode.ErrNoFact.With()
		})
}

func (s *Server) factWire(ctx context.Context, _ *call, a *Atlas, b *mode.Playbook, f mode.Fact) Fact {
	item, _ := b.Fact(f.Name)
	return Fact{ID: f.ID, Name: f.Name, Title: words(item.Title), State: item.State, Holds: f.Holds, PlaceID: f.PlaceID, PlaceName: a.FullName(f.Path), Zone: f.Zone,
		At: stamp(f.At), Source: f.Source, Author: s.accountName(ctx, f.Author), Recorded: stamp(f.Recorded), Withdrawn: stamp(f.Withdrawn)}
}
