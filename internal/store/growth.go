package store

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// growth counts the rows that bulk acts have added since a table was last looked
// at by PostgreSQL, which keeps the plans it made for a small table until then: a
// look-up of five hundred keys stays a walk over all rows. SQLite plans by its
// indexes and needs nothing.
type growth struct {
	mu    sync.Mutex
	known map[string]int // rows at the last look, as far as this server added them
	added map[string]int // since
}

// leastGrowth is from how many new rows on a look is worth its time.
const leastGrowth = 2000

// add counts and lets PostgreSQL look at the tables that have doubled.
func (g *growth) add(ctx context.Context, s *Store, added map[string]int) {
	if s.engine != Postgres {
		return
	}
	g.mu.Lock()
	if g.known == nil {
		g.known, g.added = map[string]int{}, map[string]int{}
	}
	var due []string
	for _, table := range slices.Sorted(maps.Keys(added)) {
		g.added[table] += added[table]
		if g.added[table] >= max(leastGrowth, g.known[table]) {
			g.known[table] += g.added[table]
			g.added[table] = 0
			due = append(due, table)
		}
	}
	g.mu.Unlock()
	for _, table := range due {
		_, _ = s.read.ExecContext(ctx, "ANALYZE "+table) // only for speed: without it the next import is slow, not wrong
	}
}
