package api

import (
	"context"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/territory"
)

// Place is a place on the wire.
type Place struct {
	ID        string   `json:"id"`
	ParentID  string   `json:"parent_id"`
	Kind      string   `json:"kind"`
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	FullName  string   `json:"full_name"`
	Estate    string   `json:"estate"`
	Number    string   `json:"number"`
	Floor     int      `json:"floor"`
	Tags      []string `json:"tags" nullable:"false"`
	Lng       float64  `json:"lng"`
	Lat       float64  `json:"lat"`
	Doors     int      `json:"doors"`
	Residents int      `json:"residents"`
	Children  int      `json:"children"`
	Zone      string   `json:"zone" doc:"Zone in force here, or empty"`
	Until     string   `json:"until" doc:"When that zone ends, RFC 3339, or empty"`
	Basis     string   `json:"basis" doc:"Legal basis of that zone, or empty"`
	Emergency bool     `json:"emergency"`
}

// Crumb is one step of the way down to a place.
type Crumb struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// PlaceDetail is a place with the way down to it.
type PlaceDetail struct {
	Place
	Crumbs []Crumb   `json:"crumbs" nullable:"false"`
	Was    *PlaceWas `json:"was,omitempty" doc:"Only when it was asked for by an old code or the id of a place that ended"`
}

// Items is a list answer.
type Items[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"Cursor of the next page, empty at the end"`
	Total int    `json:"total"`
}

func errNotHere(c *call) error {
	if c.viewer.Account() == "" {
		return access.ErrSignIn.With()
	}
	return access.ErrNotHere.With()
}

func (s *Server) territory() {
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "place-read", Path: "/places/{id}", Action: access.PlaceRead, Summary: "One place, by id, code or a code it once bore, with the way down to it"},
		func(ctx context.Context, c *call, in *byID) (PlaceDetail, error) {
			a, p, err := s.named(ctx, c, access.PlaceRead, in.ID)
			if err != nil {
				return PlaceDetail{}, err
			}
			w, err := s.wire(ctx, c, a, p)
			if err != nil {
				return PlaceDetail{}, err
			}
			was, err := s.was(ctx, c, a, p, in.ID)
			return PlaceDetail{w, crumbs(a, p.Path), was}, err
		})
	read(s, Op{ID: "place-children", Path: "/places/{id}/children", Action: access.PlaceRead, Summary: "The places directly below"},
		func(ctx context.Context, c *call, in *byID) (Items[Place], error) {
			a, p, err := s.place(ctx, c, access.PlaceRead, in.ID, "")
			if err != nil {
				return Items[Place]{}, err
			}
			return s.wireAll(ctx, c, a, a.Children(p.ID))
		})
	read(s, Op{ID: "place-list", Path: "/places", Action: access.PlaceRead, Summary: "Places by name, code or kind, below one of yours"}, s.placeList)
	s.maps()
	s.boundaries()
	s.boards()
	s.contacts()
	s.qrs()
}

func crumbs(a *Atlas, path string) []Crumb {
	out := []Crumb{}
	for _, p := range a.Up(path) {
		out = append(out, Crumb{p.ID, p.Name, string(p.Kind)})
	}
	return out
}

type placeQuery struct {
	Q     string `query:"q" maxLength:"60" doc:"Part of the name, or a code"`
	Kind  string `query:"kind"`
	Zone  string `query:"zone" doc:"Only places inside this zone in force; 'any' for any zone"`
	Under string `query:"under" doc:"Place id; your own places when empty"`
	Limit int    `query:"limit" minimum:"1" maximum:"2000" default:"50"`
}

func (s *Server) placeList(ctx context.Context, c *call, in *placeQuery) (Items[Place], error) {
	a, ranges, err := s.under(ctx, c, access.PlaceRead, in.Under)
	if err != nil {
		return Items[Place]{}, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return Items[Place]{}, err
	}
	kind, q := territory.Kind(in.Kind), strings.ToLower(strings.TrimSpace(in.Q))
	var hits []*territory.Place
	total := 0
	for _, r := range ranges {
		lo, hi := a.Span(r.Top)
		for i := lo; i < hi; i++ {
			p := &a.Places[i]
			if kind != "" && p.Kind != kind {
				continue
			}
			if q != "" && p.Code != q && !strings.Contains(strings.ToLower(p.Name), q) && !strings.HasPrefix(p.Code, q) &&
				(kind == "" || !strings.Contains(a.FullName(p.Path), q)) {
				continue
			}
			if in.Zone != "" {
				if m := f.field.Top(p.Path); m == nil || in.Zone != "any" && m.Zone != in.Zone {
					continue
				}
			}
			if total++; len(hits) < in.Limit {
				hits = append(hits, p)
			}
		}
	}
	out, err := s.wireAll(ctx, c, a, hits)
	out.Total = total
	return out, err
}

// under returns where a list may look: the viewer's scope, cut to a place when
// one is named. A place that the scope does not meet is not there.
func (s *Server) under(ctx context.Context, c *call, action, placeID string) (*Atlas, access.Ranges, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, nil, err
	}
	if c.viewer.Account() == "" {
		return nil, nil, access.ErrSignIn.With()
	}
	ranges := s.scope(c, action)
	if placeID != "" {
		p, ok := a.Place(placeID)
		if !ok {
			return nil, nil, access.ErrNotHere.With()
		}
		cut := ranges.Under(p.Path)
		if len(cut) == 0 {
			return nil, nil, s.refuse(c, action, p.Path)
		}
		return a, cut, nil
	}
	if len(ranges) == 0 {
		return nil, nil, access.ErrForbidden.With()
	}
	return a, ranges, nil
}

// refuse says why an action is not allowed at a path.
func (s *Server) refuse(c *call, action, path string) error {
	if err := s.may(c, action, path); err != nil {
		return err
	}
	return access.ErrNotHere.With()
}

func (s *Server) wireAll(ctx context.Context, c *call, a *Atlas, ps []*territory.Place) (Items[Place], error) {
	out := Items[Place]{Items: make([]Place, 0, len(ps)), Total: len(ps)}
	for _, p := range ps {
		w, err := s.wire(ctx, c, a, p)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, w)
	}
	return out, nil
}

func (s *Server) wire(ctx context.Context, c *call, a *Atlas, p *territory.Place) (Place, error) {
	sum := a.Sum(p.Path)
	w := Place{ID: p.ID, ParentID: p.ParentID, Kind: string(p.Kind), Code: p.Code, Name: p.Name, FullName: a.FullName(p.Path), Estate: p.Estate,
		Number: p.Number, Floor: p.Floor, Tags: append([]string{}, p.Tags...), Lng: p.Lng, Lat: p.Lat, Doors: sum.Doors, Residents: sum.People, Children: len(a.children[p.ID])}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return w, err
	}
	if m := f.field.Top(p.Path); m != nil {
		w.Zone, w.Until, w.Basis = m.Zone, stamp(m.Until), m.Basis
	}
	for _, e := range f.emerg.Emergency {
		w.Emergency = w.Emergency || territory.Inside(p.Path, e)
	}
	return w, nil
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
