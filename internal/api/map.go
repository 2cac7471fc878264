package api

import (
	"context"
	"encoding/json"

	"shouwang/internal/access"
	"shouwang/internal/territory"
)

// Feature is one shape of the map with what it stands for.
type Feature struct {
	Type       string          `json:"type" enum:"Feature"`
	Geometry   json.RawMessage `json:"geometry"`
	Properties MapFacts        `json:"properties"`
}

// MapFacts is what the map says of a place.
type MapFacts struct {
	ID         string  `json:"id"`
	Kind       string  `json:"kind"`
	Name       string  `json:"name"`
	Number     string  `json:"number"`
	Estate     string  `json:"estate"`
	Community  string  `json:"community"`
	Zone       string  `json:"zone"`
	Doors      int     `json:"doors"`
	People     int     `json:"people"`
	Microgrids int     `json:"microgrids"`
	EmptyPosts int     `json:"empty_posts"`
	Missing    int     `json:"missing"`
	Lng        float64 `json:"lng"`
	Lat        float64 `json:"lat"`
	Derived    bool    `json:"derived" doc:"The shape was derived from the houses, nobody drew it"`
}

// Features is a GeoJSON collection in CGCS2000 longitude and latitude.
type Features struct {
	Type     string    `json:"type" enum:"FeatureCollection"`
	Features []Feature `json:"features" nullable:"false"`
}

func (s *Server) maps() {
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "place-map", Path: "/places/{id}/map", Action: access.PlaceMap, Summary: "Shapes of communities, buildings and sites below a place, with zones and counts"},
		func(ctx context.Context, c *call, in *byID) (Features, error) {
			out := Features{Type: "FeatureCollection", Features: []Feature{}}
			a, p, err := s.place(ctx, c, access.PlaceMap, in.ID, "")
			if err != nil {
				return out, err
			}
			f, err := s.force(ctx, c.now)
			if err != nil {
				return out, err
			}
			pulse, err := s.pulse(ctx, c, f)
			if err != nil {
				return out, err
			}
			lo, hi := a.Span(p.Path)
			for i := lo; i < hi; i++ {
				q := &a.Places[i]
				info, _ := q.Kind.Info()
				if info.Rank >= 80 || info.Rank < 30 || info.Rank == 50 || info.Rank == 60 {
					continue
				}
				shape, derived := a.Outline(q)
				if shape.Shape == "" {
					continue
				}
				sum := a.Sum(q.Path)
				w := MapFacts{ID: q.ID, Kind: string(q.Kind), Name: q.Name, Number: q.Number, Estate: q.Estate, Doors: sum.Doors, People: sum.People,
					EmptyPosts: pulse.empty.under(q.Path), Missing: pulse.missing(q.Path), Lng: shape.Lng, Lat: shape.Lat, Derived: derived}
				if m := f.field.Top(q.Path); m != nil {
					w.Zone = m.Zone
				}
				if k := a.UpTo(q.Path, territory.Community); k != nil {
					w.Community = k.ID
				}
				out.Features = append(out.Features, Feature{"Feature", json.RawMessage(shape.Shape), w})
			}
			return out, nil
		})
}
