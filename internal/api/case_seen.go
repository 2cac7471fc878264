package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/need"
)

// CaseSeen is who opened what a case says, newest first: by role, purpose and hour, as at
// a door. Whoever follows their case reads it; of a case in confidence its own people.
func (s *Server) CaseSeen(ctx context.Context, k *need.Case) ([]need.Seen, error) {
	var all []journal.Entry
	var open time.Time
	for _, thing := range []string{k.PlaceID, k.ID} { // in confidence the look names no place
		es, err := s.Store.EntriesOf(ctx, thing, "case.read", looksRead)
		if err != nil {
			return nil, err
		}
		if len(es) == looksRead && es[looksRead-1].At.After(open) {
			open = es[looksRead-1].At
		}
		for _, e := range es {
			if payload(e)["case"] == k.ID {
				all = append(all, e)
			}
		}
	}
	slices.SortFunc(all, func(x, y journal.Entry) int { return int(y.Seq - x.Seq) })
	purposes := make([]string, len(all))
	for i, e := range all {
		if purposes[i] = "case"; strings.HasPrefix(e.Purpose, "incident:") {
			purposes[i] = "incident"
		}
	}
	var out []need.Seen
	for _, l := range s.gathered(ctx, all, purposes, open).Items {
		at, err := time.Parse(time.RFC3339, l.At)
		if err != nil {
			return nil, err
		}
		out = append(out, need.Seen{Role: l.Role, Purpose: l.Purpose, At: at, N: l.Count})
	}
	return out, nil
}
