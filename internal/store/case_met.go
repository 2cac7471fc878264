package store

import (
	"context"
	"fmt"
	"time"

	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// CasesMet counts the cases at or below a path that were answered and closed from a time
// to another, by span of a width and who met them. What was told in confidence and what
// was withdrawn is not counted.
func (s *Store) CasesMet(ctx context.Context, path string, from, to time.Time, width time.Duration) ([]need.MetCount, error) {
	lo, hi := territory.Range(path)
	rows, err := s.query(ctx, `SELECT (closed - ?3) / ?5, met_by, COUNT(*) FROM cases
		WHERE path >= ?1 AND path < ?2 AND closed >= ?3 AND closed < ?4 AND met_by <> '' AND how <> 'withdrawn' AND only_for = ''
		GROUP BY 1, 2 ORDER BY 1, 2`, lo, hi, millis(from), millis(to), width.Milliseconds())
	if err != nil {
		return nil, fmt.Errorf("store: cases met: %w", err)
	}
	defer rows.Close()
	var out []need.MetCount
	for rows.Next() {
		var c need.MetCount
		if err := rows.Scan(&c.Span, &c.MetBy, &c.N); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// CasesDoneAt returns the cases at one place that were answered since a time or, answered
// before, closed since it, without their words. What was told in confidence and what was
// withdrawn is not among them.
func (s *Store) CasesDoneAt(ctx context.Context, placeID, path string, since time.Time) ([]need.Case, error) {
	rows, err := loadFrom[caseRow](ctx, s, "", "WHERE path = ?1 AND place_id = ?2 AND answered > 0 AND (answered >= ?3 OR closed >= ?3) AND how <> 'withdrawn' AND only_for = '' ORDER BY answered, id",
		path, placeID, millis(since))
	return caseValues(rows), err
}

// CasesOpen counts the open cases at or below a path, those told in confidence left out.
func (s *Store) CasesOpen(ctx context.Context, path string) (n int, err error) {
	lo, hi := territory.Range(path)
	rows, err := s.query(ctx, "SELECT COUNT(*) FROM cases WHERE path >= ?1 AND path < ?2 AND closed = 0 AND only_for = ''", lo, hi)
	if err != nil {
		return 0, fmt.Errorf("store: open cases: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

// CaseFigures adds up how the cases that were told at or below a path from a time to
// another stand now, by kept item and place. What was told in confidence is not in it.
func (s *Store) CaseFigures(ctx context.Context, path string, from, now time.Time) ([]need.FigureRow, error) {
	lo, hi := territory.Range(path)
	rows, err := s.query(ctx, `SELECT book, path, COUNT(*), SUM(CASE WHEN closed > 0 THEN 1 ELSE 0 END),
		SUM(CASE WHEN answered > 0 OR (due > 0 AND due <= ?4 AND paused = 0) THEN 1 ELSE 0 END), SUM(CASE WHEN answered > 0 AND answered <= due THEN 1 ELSE 0 END),
		SUM(CASE WHEN closed > 0 AND rating > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN closed > 0 AND rating = 3 THEN 1 ELSE 0 END)
		FROM live_cases WHERE path >= ?1 AND path < ?2 AND opened >= ?3 AND opened <= ?4 AND how <> 'withdrawn' AND how <> 'lapsed' AND only_for = ''
		GROUP BY book, path`, lo, hi, millis(from), millis(now))
	if err != nil {
		return nil, fmt.Errorf("store: figures of cases: %w", err)
	}
	defer rows.Close()
	var out []need.FigureRow
	for rows.Next() {
		var f need.FigureRow
		if err := rows.Scan(&f.Book, &f.Path, &f.Told, &f.Closed, &f.Judged, &f.OnTime, &f.Rated, &f.Good); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

// CasesHushed counts the cases told in confidence at or below a path since a time; the
// caller shows no more of it than small-cell rules allow.
func (s *Store) CasesHushed(ctx context.Context, path string, from time.Time) (n int, err error) {
	lo, hi := territory.Range(path)
	err = s.queryRow(ctx, "SELECT COUNT(*) FROM live_cases WHERE path >= ?1 AND path < ?2 AND opened >= ?3 AND only_for <> '' AND how <> 'withdrawn'", lo, hi, millis(from)).Scan(&n)
	return n, err
}
