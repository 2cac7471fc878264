package store

import (
	"context"
	"time"

	"shouwang/internal/access"
)

// SessionsOver returns up to limit sessions that nobody closed and whose time is
// up at now, by their absolute end or by lying idle, the oldest first.
func (s *Store) SessionsOver(ctx context.Context, now time.Time, limit int) ([]access.Session, error) {
	return load[access.Session](ctx, s, "WHERE ended = 0 AND (expires <= ?1 OR (idle > 0 AND seen + idle <= ?1)) ORDER BY created LIMIT ?2", millis(now), limit)
}
