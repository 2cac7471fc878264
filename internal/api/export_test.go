package api

import (
	"context"
	"fmt"
	"reflect"
)

// GroundIsTrue holds the tree in memory, which follows changes, against one read anew.
func (s *Server) GroundIsTrue(ctx context.Context) error {
	kept, err := s.ground(ctx)
	if err != nil {
		return err
	}
	whole, err := s.wholeGround(ctx)
	if err != nil {
		return err
	}
	for i := range whole.Places {
		if i >= len(kept.Places) || !reflect.DeepEqual(kept.Places[i], whole.Places[i]) {
			return fmt.Errorf("place %d of %d, %d kept, is %+v and not kept so: %+v", i, len(whole.Places), len(kept.Places), whole.Places[i], kept.Places[min(i, len(kept.Places)-1)])
		}
	}
	a, b := *kept, *whole
	a.n, a.at, b.n, b.at = 0, 0, 0, 0
	if !reflect.DeepEqual(a, b) {
		return fmt.Errorf("the tree in memory is not the one on disk: people %v and %v", a.people[len(a.people)-1], b.people[len(b.people)-1])
	}
	return nil
}

// GroundReads counts how often the whole tree was read.
func (s *Server) GroundReads() int64 { return s.wholes.Load() }
