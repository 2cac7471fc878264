package store

import (
	"context"
	"time"
)

// SQLite's log is folded into its file beside the writes; readers and the writer go on
// meanwhile, a page written ten times is copied once, and a crash loses nothing: the
// log is durable first. The log begins anew only when all of it is folded in at the
// moment of a write: so at a certain length the writer folds in what is left itself,
// and everybody waits for that. Bulk work therefore waits where much is left, and what
// the writer finds is little.
const (
	fullPages = 16000 // of the log, from which on the writer folds it in itself
	longPages = 2000  // not yet folded in, from which on bulk work waits
)

// tidyEvery is how often the log is folded in beside the writes.
const tidyEvery = 500 * time.Millisecond

// tidyLoop folds the log in, and without a pause while bulk work waits for it.
func (s *Store) tidyLoop() {
	if s.engine != SQLite {
		return
	}
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	at := s.Last()
	for {
		select {
		case <-s.ended:
			return
		case <-s.tidies:
		case <-tick.C:
			now := s.Last()
			if now == at && s.unfolded.Load() == 0 {
				continue
			}
			at = now
		}
		s.tidy()
	}
}

// tidy folds the log in once and notes how many of its pages it could not: those that
// came meanwhile, or that a reader still needs.
func (s *Store) tidy() {
	var busy, pages, folded int64
	if err := s.read.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &pages, &folded); err != nil {
		s.unfolded.Store(0) // only for speed: Close folds in what is left
		return
	}
	s.unfolded.Store(pages - folded)
}

// wait lets bulk work wait while much of the log is left, but not for ever: a reader
// that takes minutes keeps it as long as it reads.
func (s *Store) wait() {
	for range 50 {
		if s.unfolded.Load() < longPages {
			return
		}
		select {
		case <-s.ended:
			return
		case s.tidies <- struct{}{}:
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// bulky hands a chunk of bulk work to the writer and waits for its answer.
func (s *Store) bulky(c *command) outcome {
	s.wait()
	select {
	case s.bulk <- c:
		return <-c.done
	case <-s.ended:
		return outcome{err: ErrBusy.With()}
	}
}
