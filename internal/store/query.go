package store

import (
	"context"
	"database/sql"
)

// keptQueries is how many prepared reads are kept; lists of varying length beyond
// that are prepared each time.
const keptQueries = 300

// query reads through a kept prepared statement, so that a statement is parsed
// once for each connection and not for each request.
func (s *Store) query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	st, err := s.prepared(ctx, q)
	if err != nil {
		return nil, err
	}
	if st == nil {
		return s.read.QueryContext(ctx, s.engine.sql(q), args...)
	}
	return st.QueryContext(ctx, args...)
}

// queryRow is query for a single row.
func (s *Store) queryRow(ctx context.Context, q string, args ...any) *sql.Row {
	if st, err := s.prepared(ctx, q); err == nil && st != nil {
		return st.QueryRowContext(ctx, args...)
	}
	return s.read.QueryRowContext(ctx, s.engine.sql(q), args...)
}

func (s *Store) prepared(_ context.Context, q string) (*sql.Stmt, error) {
	s.queryMu.RLock()
	st, n := s.queries[q], len(s.queries)
	s.queryMu.RUnlock()
	if st != nil || n >= keptQueries || len(q) > 1200 {
		return st, nil
	}
	st, err := s.read.PrepareContext(context.Background(), s.engine.sql(q))
	if err != nil {
		return nil, err
	}
	s.queryMu.Lock()
	defer s.queryMu.Unlock()
	if old := s.queries[q]; old != nil {
		go st.Close()
		return old, nil
	}
	s.queries[q] = st
	return st, nil
}
