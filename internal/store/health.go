package store

import (
	"context"
	"fmt"
	"time"
)

// Integrity asks the engine whether its files are sound and returns what it
// complains of; nothing when all is well. PostgreSQL looks after its own files.
func (s *Store) Integrity(ctx context.Context) ([]string, error) {
	if s.engine == Postgres {
		return nil, nil
	}
	rows, err := s.query(ctx, "PRAGMA integrity_check")
	if err != nil {
		return nil, fmt.Errorf("store: integrity: %w", err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		if line != "ok" {
			out = append(out, line)
		}
	}
	return out, rows.Err()
}

// Schema returns the version of the tables.
func (s *Store) Schema(ctx context.Context) (n int64, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version").Scan(&n)
	return n, err
}

// Waiting is how many writes wait for the writer.
func (s *Store) Waiting() int { return len(s.fast) + len(s.bulk) }

// Halted says why nothing can be written any more; nil while all is well.
func (s *Store) Halted() error { return s.haltedErr() }

// Signed is how many entries the newest signed checkpoint of this server covers.
func (s *Store) Signed() int64 { return s.signed() }

// CountSessions returns how many sessions are open at now.
func (s *Store) CountSessions(ctx context.Context, now time.Time) (n int64, err error) {
	err = s.queryRow(ctx, "SELECT COUNT(*) FROM sessions WHERE ended = 0 AND expires > ?1 AND (idle = 0 OR seen + idle > ?1)", millis(now)).Scan(&n)
	return n, err
}
