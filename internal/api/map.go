package api

import (
	"context"
	"encoding/json"
	"sort"

	"shouwang/internal/access"
	"shouwang/internal/people"
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
			pulse, err := s.pulse(ctx, c, a, f)
			if err != nil {
				return out, err
			}
			lo, hi := a.Span(p.Path)
			for i := lo; i < hi; i++ {
				q := &a.Places[i]
				info, _ := q.Kind.Info()
				if q.Shape == "" || info.Rank >= 80 || info.Rank < 30 || info.Rank == 50 || info.Rank == 60 {
					continue
				}
				sum := a.Sum(q.Path)
				w := MapFacts{ID: q.ID, Kind: string(q.Kind), Name: q.Name, Number: q.Number, Estate: q.Estate, Doors: sum.Doors, People: sum.People,
					EmptyPosts: pulse.empty.under(q.Path), Missing: pulse.missing.under(q.Path), Lng: q.Lng, Lat: q.Lat}
				if m := nearest(f.measures, q.Path); m != nil {
					w.Zone = m.Zone
				}
				if k := a.UpTo(q.Path, territory.Community); k != nil {
					w.Community = k.ID
				}
				out.Features = append(out.Features, Feature{"Feature", json.RawMessage(q.Shape), w})
			}
			return out, nil
		})
}

// tallies counts things by their paths, sorted, so that any place's share is a
// range.
type tallies []string

func (t tallies) under(path string) int {
	from, to := territory.Range(path)
	lo := sort.SearchStrings(t, from)
	return sort.SearchStrings(t, to) - lo
}

// pulse is what is open just now: empty posts and doors without a final outcome,
// by path. It is reckoned once for a journal position and shared by all viewers.
type pulse struct {
	force   *inForce
	at      int64
	posts   tallies
	empty   tallies
	missing tallies
	targets tallies
	oldest  []waiting
}

// waiting is something open with since when, for the list of the oldest.
type waiting struct {
	path, state string
	outcome     string
	since, due  int64
	round       string
}

func (s *Server) pulse(ctx context.Context, c *call, _ *Atlas, f *inForce) (*pulse, error) {
	at := s.Store.Last()
	s.mu.Lock()
	p := s.beat
	s.mu.Unlock()
	if p != nil && p.at == at && p.force == f {
		return p, nil
	}
	p = &pulse{force: f, at: at}
	for _, d := range f.decls {
		posts, err := s.Store.Posts(ctx, d.Incident, "")
		if err != nil {
			return nil, err
		}
		for _, o := range posts {
			if ended(o, c) {
				continue
			}
			p.posts = append(p.posts, o.Path)
			if o.HelperID == "" {
				p.empty = append(p.empty, o.Path)
			}
		}
		rounds, err := s.Store.Rounds(ctx, d.Incident)
		if err != nil {
			return nil, err
		}
		for _, r := range rounds {
			if !r.Closed.IsZero() {
				continue
			}
			if err := s.Store.TargetStates(ctx, r.ID, func(path, outcome string, final bool, at, again int64) {
				p.targets = append(p.targets, path)
				if !final {
					p.missing = append(p.missing, path)
				}
				if tone := r.ToneOf(outcome); tone == "help" || tone == "refused" || again > 0 {
					p.oldest = append(p.oldest, waiting{path: path, state: tone, outcome: outcome, since: at, due: again, round: r.ID})
				}
			}); err != nil {
				return nil, err
			}
		}
	}
	for _, t := range []tallies{p.posts, p.empty, p.missing, p.targets} {
		sort.Strings(t)
	}
	sort.Slice(p.oldest, func(i, j int) bool { return p.oldest[i].since < p.oldest[j].since })
	s.mu.Lock()
	s.beat = p
	s.mu.Unlock()
	return p, nil
}

func ended(o people.Post, c *call) bool { return !o.Until.IsZero() && !c.now.Before(o.Until) }
