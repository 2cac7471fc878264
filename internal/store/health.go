package store

import (
	"context"
	"fmt"
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
