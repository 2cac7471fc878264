package api

import (
	"context"
	"time"

	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

// line are the shifts of helpers that overlap a time, each in a closed zone with the
// gap that its playbook declares after it: what the gate asks of borders.
func (s *Server) line(ctx context.Context, c *call, ids []string, from, until time.Time) ([]shift.Shift, error) {
	xs, err := s.Store.ShiftsOf(ctx, ids, from, until)
	if err != nil {
		return nil, err
	}
	return xs, s.apart(ctx, c, xs)
}

// apart fills in the gap after each shift in a closed zone, as its playbook declares it.
func (s *Server) apart(ctx context.Context, c *call, xs []shift.Shift) error {
	type post struct{ incident, item string }
	known := map[post]time.Duration{}
	for i := range xs {
		x := &xs[i]
		if x.Closed == "" {
			continue
		}
		k := post{x.Incident, x.Item}
		gap, ok := known[k]
		if !ok {
			b, err := s.bookOf(ctx, c, x.Incident)
			if err != nil {
				return err
			}
			if it, there := b.Post(x.Item); there && it.Shifts != nil {
				gap = it.Shifts.Apart
			}
			known[k] = gap
		}
		x.Apart = gap
	}
	return nil
}

// stays are the closed zones that helpers served in lately or serve in now, by helper.
func (s *Server) stays(ctx context.Context, c *call, path string) (map[string][]people.Stay, error) {
	xs, err := s.Store.ShiftsUnder(ctx, path, c.now.AddDate(0, 0, -around31), c.now)
	if err != nil {
		return nil, err
	}
	if err := s.apart(ctx, c, xs); err != nil {
		return nil, err
	}
	out := map[string][]people.Stay{}
	for i := range xs {
		if x := &xs[i]; x.Closed != "" && x.Stands() && c.now.Sub(x.Until) < x.Apart {
			out[x.HelperID] = append(out[x.HelperID], people.Stay{Closed: x.Closed, From: x.From, Until: x.Until, Apart: x.Apart})
		}
	}
	return out, nil
}

// wayTo says what borders lie between a helper and an everyday post at a path.
func (s *Server) wayTo(ctx context.Context, c *call, path string) (func(helper string) people.Way, error) {
	stays, err := s.stays(ctx, c, "")
	if err != nil {
		return nil, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	closed := ""
	if x := f.beside("", c.now).Closed(path); x != nil {
		closed = x.Measure.Path
	}
	return func(helper string) people.Way { return people.Way{Closed: closed, Stays: stays[helper]} }, nil
}
