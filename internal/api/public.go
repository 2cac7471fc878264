package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
)

// Holding returns which incidents are in force at now and which measures hold:
// for the public pages, which live beside the operations.
func (s *Server) Holding(ctx context.Context, now time.Time) ([]mode.Declaration, []mode.Measure, error) {
	f, err := s.force(ctx, now)
	if err != nil {
		return nil, nil, err
	}
	return f.decls, f.measures, nil
}

// Book returns the playbook version that an incident is pinned to.
func (s *Server) Book(ctx context.Context, hash string) (*mode.Playbook, error) {
	return s.playbook(ctx, hash)
}

// Clocks returns the release clocks of everything in force: when a measure may end
// before its time.
func (s *Server) Clocks(ctx context.Context, now time.Time) ([]mode.Clock, error) {
	r, err := s.reckoning(ctx, &call{now: now})
	if err != nil {
		return nil, err
	}
	return r.all.Clocks, nil
}

// Shown returns the place by whose name a viewer may be told that something holds at
// a place: the place itself, the house of a door that is not theirs to see, or ""
// where they may read no place at all. Who plans the incidents there is told all.
func (s *Server) Shown(ctx context.Context, v *access.Viewer, emerg access.Context, placeID, path string) (string, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return "", err
	}
	c := &call{viewer: v, emerg: emerg}
	if !meets(s.scope(c, access.PlaceRead), path) {
		return "", nil
	}
	if s.may(c, access.IncidentPlan, path) == nil {
		return placeID, nil
	}
	id, _ := s.shown(c, a, placeID, path)
	return id, nil
}
