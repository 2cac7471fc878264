package store

import (
	"context"
	"fmt"

	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// ring tells every listener that entries up to seq are durable.
func (s *Store) ring(seq int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = max(s.last, seq)
	for ch := range s.bells {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

// Bell returns a channel that gets a token after commits, and a function that ends
// it. A bell carries no data: missing one costs a moment, never an entry.
func (s *Store) Bell() (<-chan struct{}, func()) {
	ch := make(chan struct{}, 1)
	s.mu.Lock()
	s.bells[ch] = true
	s.mu.Unlock()
	return ch, func() {
		s.mu.Lock()
		delete(s.bells, ch)
		s.mu.Unlock()
	}
}

// Last returns the sequence of the last entry this server knows to be durable.
func (s *Store) Last() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// Newest reads the sequence of the last committed entry, whichever server wrote it.
func (s *Store) Newest(ctx context.Context) (n int64, err error) {
	err = s.queryRow(ctx, "SELECT COALESCE(MAX(seq), 0) FROM entries").Scan(&n)
	return n, err
}

const entryCols = "seq, at, actor, device, op, verb, thing, thing_id, place_id, path, incident, purpose, subject, audience, act, payload"

// Entries returns up to limit entries after the cursor, oldest first, payloads as
// stored (sealed where they concern a person). What is returned is committed, and
// nothing at or before its last sequence can still appear.
func (s *Store) Entries(ctx context.Context, after int64, limit int) ([]journal.Entry, error) {
	return s.entries(ctx, "WHERE seq > ?1 ORDER BY seq LIMIT ?2", after, limit)
}

// Marks calls yield for what changed in the entries after a cursor up to and with
// another, oldest first: the thing's table, its id, and the bulk act if any.
func (s *Store) Marks(ctx context.Context, after, to int64, yield func(thing, id, act string)) error {
	rows, err := s.query(ctx, "SELECT thing, thing_id, act FROM entries WHERE seq > ?1 AND seq <= ?2 ORDER BY seq", after, to)
	if err != nil {
		return fmt.Errorf("store: entries: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var thing, id, act string
		if err := rows.Scan(&thing, &id, &act); err != nil {
			return err
		}
		yield(thing, id, act)
	}
	return rows.Err()
}

// Headers is Entries for those that only pass on what changed where: sequence,
// thing, place, path, audience and act, nothing else.
func (s *Store) Headers(ctx context.Context, after int64, limit int) ([]journal.Entry, error) {
	rows, err := s.query(ctx, "SELECT seq, thing, place_id, path, audience, act FROM entries WHERE seq > ?1 ORDER BY seq LIMIT ?2", after, limit)
	if err != nil {
		return nil, fmt.Errorf("store: headers: %w", err)
	}
	defer rows.Close()
	var out []journal.Entry
	for rows.Next() {
		var e journal.Entry
		if err := rows.Scan(&e.Seq, &e.Thing, &e.PlaceID, &e.Path, &e.Audience, &e.Act); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// EntriesAt returns up to limit entries at or below a path before the sequence
// (0: from the newest), newest first.
func (s *Store) EntriesAt(ctx context.Context, path string, before int64, limit int) ([]journal.Entry, error) {
	if before <= 0 {
		before = 1 << 62
	}
	lo, hi := territory.Range(path)
	return s.entries(ctx, "WHERE seq < ?1 AND path >= ?2 AND path < ?3 ORDER BY seq DESC LIMIT ?4", before, lo, hi, limit)
}

// EntriesOf returns the entries of one thing with a verb, newest first. Recordings
// of targets are not found by it: they are the most by far, nobody asks for them by
// their thing, and an index of them would be half of what a recording writes. They
// are found by their place (EntriesAt).
func (s *Store) EntriesOf(ctx context.Context, thingID, verb string, limit int) ([]journal.Entry, error) {
	return s.entries(ctx, "WHERE thing_id = ?1 AND thing <> 'targets' AND verb = ?2 ORDER BY seq DESC LIMIT ?3", thingID, verb, limit)
}

func (s *Store) entries(ctx context.Context, tail string, args ...any) ([]journal.Entry, error) {
	rows, err := s.query(ctx, "SELECT "+entryCols+" FROM entries "+tail, args...)
	if err != nil {
		return nil, fmt.Errorf("store: entries: %w", err)
	}
	defer rows.Close()
	var out []journal.Entry
	for rows.Next() {
		var e journal.Entry
		if err := rows.Scan(&e.Seq, ms{&e.At}, &e.Actor, &e.Device, &e.Op, &e.Verb, &e.Thing, &e.ThingID, &e.PlaceID, &e.Path,
			&e.Incident, &e.Purpose, &e.Subject, &e.Audience, &e.Act, &e.Payload); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}
