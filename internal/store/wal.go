package store

import (
	"context"
	"time"
)

// fullPages is how long SQLite's log may grow before the writer itself folds it into
// the file; up to then that happens beside the writes.
const fullPages = 16000

// tidyEvery is how often the log is folded in beside the writes.
const tidyEvery = 500 * time.Millisecond

// tidyLoop folds SQLite's log into its file beside the writes. Readers and the
// writer go on meanwhile, a page written ten times is copied once, and a crash loses
// nothing: the log is durable first.
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
		case <-tick.C:
			if now := s.Last(); now != at {
				at = now
				_, _ = s.read.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)") // only for speed: Close folds in what is left
			}
		}
	}
}
