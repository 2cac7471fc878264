package store

import (
	"context"
	"fmt"
	"time"
)

// signLease names the right to sign the journal, which one server has at a time:
// the tree is built once, and each root is signed once.
const (
	signLease = "checkpoint"
	signFor   = 30 * time.Second
)

// signs says whether this server signs the journal now. The lease is prolonged, or
// asked for again, when half of its time is gone; the caller holds the tree.
func (s *Store) signs(ctx context.Context) (bool, error) {
	if s.engine != Postgres || s.opt.Signer == "" {
		return true, nil
	}
	now := s.opt.Clock()
	if now.Before(s.signUntil.Add(-signFor / 2)) {
		return s.signer.Token > 0, nil
	}
	select {
	case <-s.ended: // no writer to ask; what was had still holds or is refused below
		return s.signer.Token > 0, nil
	default:
	}
	l, ok, err := s.Take(ctx, signLease, signFor)
	s.signer = l
	if !ok {
		s.signer.Token = 0
	}
	s.signUntil = now.Add(signFor)
	return ok, err
}

// insertCheckpoint is the statement that adds a checkpoint; where several servers
// could, only while this one has the right.
func (s *Store) insertCheckpoint() string {
	if s.engine != Postgres {
		return "INSERT INTO checkpoints (size, at, note) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"
	}
	return fmt.Sprintf("INSERT INTO checkpoints (size, at, note) SELECT CAST(?1 AS BIGINT), CAST(?2 AS BIGINT), ?3 WHERE EXISTS (SELECT 1 FROM leases WHERE name = '%s' AND holder = '%s' AND token = %d) ON CONFLICT DO NOTHING",
		signLease, s.server, s.signer.Token)
}

// unsign lets another server sign at once when this one ends.
func (s *Store) unsign() {
	s.treeMu.Lock()
	defer s.treeMu.Unlock()
	if s.engine == Postgres && s.signer.Token > 0 {
		_, _ = s.write.ExecContext(context.Background(), s.engine.sql("UPDATE leases SET until = 0 WHERE name = ?1 AND holder = ?2 AND token = ?3"), signLease, s.server, s.signer.Token)
	}
}
