package api

import (
	"context"

	"shouwang/internal/journal"
	"shouwang/internal/people"
)

// weigh opens what the helpers said they cannot bear, so that the gate can mind it.
// It is a run of a machine: one entry with the count, and nobody is shown whose.
func (s *Server) weigh(ctx context.Context, c *call, placeID, path string, hs []people.Helper) error {
	n, err := s.Store.OpenLimits(ctx, hs)
	if err != nil || n == 0 {
		return err
	}
	e := c.entry("helpers.weighed", "helpers", placeID, placeID, path, "audit", map[string]int{"count": n})
	e.Purpose = "people"
	_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e})
	return err
}
