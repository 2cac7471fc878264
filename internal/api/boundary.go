package api

import (
	"context"
	"encoding/json"
	"net/http"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// Boundary is the outline of a place and where it came from.
type Boundary struct {
	Geometry json.RawMessage `json:"geometry,omitempty" doc:"GeoJSON, CGCS2000 longitude and latitude; absent when there is none"`
	Source   string          `json:"source" enum:"drawn,imported,derived,none" doc:"derived: the hull of the houses below, reckoned at each read"`
	Datum    string          `json:"datum" doc:"In which it was given: CGCS2000, GCJ-02 or BD-09; it is kept and shown in CGCS2000. Empty unless drawn"`
	At       string          `json:"at"`
	By       string          `json:"by"`
	Corners  int             `json:"corners" doc:"How many corners were saved; in the answer to a change alone"`
	Shift    float64         `json:"shift" doc:"Metres by which the middle moved when it was brought to CGCS2000; in the answer to a change alone"`
	Outside  int             `json:"outside" doc:"Houses of the place that lie outside of the line"`
	Version  int64           `json:"version" doc:"Send it back to change the boundary; 0 when nobody drew one"`
}

type boundaryInput struct {
	ID   string `path:"id"`
	Body struct {
		Geometry json.RawMessage `json:"geometry" doc:"GeoJSON Point, Polygon or MultiPolygon, or a Feature of one; open rings are closed"`
		Datum    string          `json:"datum,omitempty" maxLength:"20" doc:"CGCS2000 (also WGS84), GCJ-02 or BD-09; CGCS2000 when empty"`
		Base     int64           `json:"base_version,omitempty" minimum:"0" doc:"Version that the client saw"`
	}
}

func (s *Server) boundaries() {
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "boundary-read", Path: "/places/{id}/boundary", Action: access.PlaceMap, Summary: "The outline of a place: drawn, imported or derived"},
		func(ctx context.Context, c *call, in *byID) (Boundary, error) {
			a, p, err := s.named(ctx, c, access.PlaceMap, in.ID)
			if err != nil {
				return Boundary{}, err
			}
			return s.boundary(ctx, a, p)
		})
	write(s, Op{ID: "boundary-set", Method: http.MethodPut, Path: "/places/{id}/boundary", Action: access.ReshapeApply, Summary: "Draw the outline of a place, in any of the three datums"}, s.setBoundary)
}

func (s *Server) boundary(ctx context.Context, a *Atlas, p *territory.Place) (Boundary, error) {
	b, had, err := s.Store.Boundary(ctx, p.ID)
	if err != nil {
		return Boundary{}, err
	}
	shape, derived := a.Outline(p)
	out := Boundary{Source: "imported", Version: b.Version, Geometry: json.RawMessage(shape.Shape)}
	if !derived {
		out.Outside = a.outside(p, shape.Shape)
	}
	switch {
	case shape.Shape == "":
		out.Source, out.Geometry = "none", nil
	case derived:
		out.Source = "derived"
	case had && b.Print == territory.ShapePrint(p.Shape):
		out.Source, out.Datum, out.At, out.By = "drawn", string(b.Datum), stamp(b.At), s.accountName(ctx, b.Account)
	}
	return out, nil
}

func (s *Server) setBoundary(ctx context.Context, c *call, in *boundaryInput) (Boundary, []journal.Change, error) {
	a, p, err := s.named(ctx, c, access.ReshapeApply, in.ID)
	if err != nil {
		return Boundary{}, nil, err
	}
	d, ok := territory.ParseDatum(in.Body.Datum)
	if !ok {
		return Boundary{}, nil, territory.ErrDatum.With(in.Body.Datum)
	}
	shape, err := territory.Draw(in.Body.Geometry, d)
	if err != nil {
		return Boundary{}, nil, err
	}
	if up := a.bounded(p); up != nil {
		if n, far := territory.Beyond(shape.Shape, up.Shape, beyond); n > 0 {
			return Boundary{}, nil, territory.ErrBeyond.With(n, up.Name, int(far))
		}
	}
	place := *p
	place.Shape, place.Lng, place.Lat = shape.Shape, shape.Lng, shape.Lat
	b := territory.Boundary{PlaceID: p.ID, Print: territory.ShapePrint(shape.Shape), Datum: d, Account: c.viewer.Account(), At: c.now}
	e := c.entry("place.drawn", "places", p.ID, p.ID, p.Path, "work", map[string]any{"datum": string(d)})
	out := Boundary{Geometry: json.RawMessage(shape.Shape), Source: "drawn", Datum: string(d), At: stamp(c.now), By: s.accountName(ctx, b.Account), Version: in.Body.Base + 1,
		Corners: shape.Corners, Shift: shape.Shift, Outside: a.outside(p, shape.Shape)}
	return out, []journal.Change{{Row: &b, Base: in.Body.Base, Entry: e}, {Row: &place, Base: p.Version}}, nil
}

// beyond is by how many metres a corner may lie outside of the place above: two hands
// draw the same street differently.
const beyond = 30

// bounded is the nearest place above that somebody drew a boundary of, or nil.
func (a *Atlas) bounded(p *territory.Place) *territory.Place {
	up := a.Up(p.Path)
	for i := len(up) - 2; i >= 0; i-- {
		if up[i].Shape != "" {
			return up[i]
		}
	}
	return nil
}

// outside counts the houses below a place that lie outside of a line.
func (a *Atlas) outside(p *territory.Place, shape string) (n int) {
	if info, _ := p.Kind.Info(); info.Rank >= 70 {
		return 0
	}
	var points [][2]float64
	lo, hi := a.Span(p.Path)
	for i := lo; i < hi; i++ {
		if q := &a.Places[i]; q.Kind == territory.Building && (q.Lng != 0 || q.Lat != 0) {
			points = append(points, [2]float64{q.Lng, q.Lat})
		}
	}
	n, _ = territory.Strays(points, shape, 5)
	return n
}

// Outline is the shape of a place, or the hull of the houses below it; derived says
// which. It is reckoned at each read, so a division or a move changes it at once.
func (a *Atlas) Outline(p *territory.Place) (d territory.Drawn, derived bool) {
	if p.Shape != "" {
		return territory.Drawn{Shape: p.Shape, Lng: p.Lng, Lat: p.Lat}, false
	}
	if info, _ := p.Kind.Info(); info.Rank >= 70 {
		return d, false // a house without a shape is a point
	}
	var points [][2]float64
	lo, hi := a.Span(p.Path)
	for i := lo; i < hi; i++ {
		if q := &a.Places[i]; q.Lng != 0 || q.Lat != 0 {
			points = append(points, [2]float64{q.Lng, q.Lat})
		}
	}
	return territory.Derive(points)
}
