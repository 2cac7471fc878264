package store

import (
	"context"

	"shouwang/internal/journal"
	"shouwang/internal/round"
)

// Write is one operation of several that are handed to the writer together.
type Write struct {
	Op      *journal.Op
	Body    []byte
	Changes []journal.Change
}

// Written is what became of one of them.
type Written struct {
	journal.Receipt
	Err error
}

// Several hands operations to the writer, one behind the other, and returns at
// once; the function it returns waits until each is durable or refused. Each stands
// for itself, with the faults of Commit.
func (s *Store) Several(ctx context.Context, ws []Write) func() []Written {
	out := make([]Written, len(ws))
	cs := make([]*command, len(ws))
	leases := make([]Lease, len(ws))
	s.ensure(ctx, ws)
	for i, w := range ws {
		c, err := s.staged(ctx, w)
		if err == nil {
			leases[i], _ = fence(ctx, c)
			err = s.put(ctx, s.fast, c)
		}
		if out[i].Err = err; err == nil {
			cs[i] = c
		}
	}
	return func() []Written {
		for i, c := range cs {
			if c != nil {
				out[i].Receipt, out[i].Err = s.await(c)
			}
			if out[i].Err != nil && leases[i] != (Lease{}) {
				out[i].Err = s.fenced(ctx, leases[i], out[i].Err)
			}
			s.learn(ws[i], out[i])
		}
		return out
	}
}

// staged turns an operation into a command for the writer.
func (s *Store) staged(ctx context.Context, w Write) (*command, error) {
	c := &command{op: w.Op, body: w.Body, done: make(chan outcome, 1)}
	for i := range w.Changes {
		if c.account == "" {
			c.account = w.Changes[i].Entry.Actor
		}
		if err := s.stage(ctx, c, &w.Changes[i], w.Op); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// learn keeps in memory what was written and forgets what lost.
func (s *Store) learn(w Write, r Written) {
	for i := range w.Changes {
		if t, ok := w.Changes[i].Row.(*round.Target); ok && r.Err == nil && !r.Repeat {
			s.known.saw(t)
		} else if ok {
			s.known.forget(t)
		}
	}
	if r.Err == nil && w.Op != nil && len(w.Changes) > 0 {
		s.known.did(w.Changes[0].Entry.Actor, w.Op, r.Receipt)
	}
}

// ensure makes the keys that several targets need by one look into the ring; what
// fails here fails again where each is sealed.
func (s *Store) ensure(ctx context.Context, ws []Write) {
	subjects := map[string][]string{}
	for _, w := range ws {
		for _, ch := range w.Changes {
			if t, ok := ch.Row.(*round.Target); ok && t.Choice != "" {
				subjects[IncidentPurpose(t.Incident)] = append(subjects[IncidentPurpose(t.Incident)], t.PlaceID)
			}
		}
	}
	for purpose, ids := range subjects {
		_ = s.opt.Sealer.Ensure(ctx, purpose, ids)
	}
}

// Foresee reads those of some targets of a round that are not in memory, by few
// queries, so that TargetLast finds them.
func (s *Store) Foresee(ctx context.Context, roundID string, placeIDs []string) error {
	var unknown []string
	s.known.mu.RLock()
	for _, id := range placeIDs {
		if _, ok := s.known.targets[[2]string{roundID, id}]; !ok {
			unknown = append(unknown, id)
		}
	}
	s.known.mu.RUnlock()
	for len(unknown) > 1 {
		n := sizes[len(sizes)-1]
		for _, size := range sizes {
			if size <= len(unknown) {
				n = size
				break
			}
		}
		args := []any{roundID}
		in := ""
		for i, id := range unknown[:n] {
			if i > 0 {
				in += ", "
			}
			args = append(args, id)
			in += nth(i + 2)
		}
		ts, err := s.targets(ctx, "WHERE round_id = ?1 AND place_id IN ("+in+")", args...)
		if err != nil {
			return err
		}
		for i := range ts {
			s.known.saw(&ts[i])
		}
		unknown = unknown[n:]
	}
	return nil
}
