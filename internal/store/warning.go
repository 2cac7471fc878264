package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"shouwang/internal/need"
	"shouwang/internal/oversight"
	"shouwang/internal/territory"
)

func init() {
	define("warnings", "id rule print about subject place_id path since lapsed answered answer_by answer why opened version", 1,
		func(w *oversight.Warning) []any {
			return []any{&w.ID, &w.Rule, &w.Print, &w.About, &w.Subject, &w.PlaceID, &w.Path, ms{&w.Since}, ms{&w.Lapsed}, ms{&w.Answered}, &w.By, &w.Answer, &w.Why, &w.Opened, &w.Version}
		}, func(w *oversight.Warning) *int64 { return &w.Version }, nil)
}

// WarningsUnder returns the warnings at or below a path that stand, or that lapsed or
// were answered since a time, the longest standing first.
func (s *Store) WarningsUnder(ctx context.Context, path string, since time.Time) ([]oversight.Warning, error) {
	lo, hi := territory.Range(path)
	return load[oversight.Warning](ctx, s, "WHERE path >= ?1 AND path < ?2 AND (lapsed = 0 AND answered = 0 OR lapsed >= ?3 OR answered >= ?3) ORDER BY since, id", lo, hi, millis(since))
}

// Warning returns one.
func (s *Store) Warning(ctx context.Context, id string) (oversight.Warning, bool, error) {
	return one[oversight.Warning](ctx, s, "WHERE id = ?1", id)
}

// DoorState is what warnings ask of one door: how many live there, whether somebody is
// marked for care (not why), when an entry was last confirmed and when somebody last came.
type DoorState struct {
	People   int64
	Cared    bool
	Verified time.Time
	Seen     time.Time
}

// DoorStates returns the state of each inhabited door at or below a path. Nothing sealed
// is opened.
func (s *Store) DoorStates(ctx context.Context, path string) (map[string]DoorState, error) {
	lo, hi := territory.Range(path)
	out := map[string]DoorState{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id string
		var d DoorState
		var cared int64
		if err := rows.Scan(&id, &d.People, &cared, ms{&d.Verified}); err != nil {
			return err
		}
		d.Cared = cared > 0
		out[id] = d
		return nil
	}, "SELECT place_id, COUNT(*), SUM(CASE WHEN cared THEN 1 ELSE 0 END), MAX(verified) FROM live_persons WHERE path >= ?1 AND path < ?2 GROUP BY place_id", lo, hi)
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var id string
		var at time.Time
		if err := rows.Scan(&id, ms{&at}); err != nil {
			return err
		}
		if d, ok := out[id]; ok {
			d.Seen = at
			out[id] = d
		}
		return nil
	}, "SELECT place_id, MAX(at) FROM (SELECT place_id, path, at FROM live_targets UNION ALL SELECT place_id, path, greeted FROM greetings) AS seen WHERE path >= ?1 AND path < ?2 AND at > 0 GROUP BY place_id", lo, hi)
	return out, err
}

func (s *Store) each(ctx context.Context, take func(*sql.Rows) error, query string, args ...any) error {
	rows, err := s.query(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// CasesEnded returns, without their words, the cases at or below a path that were opened
// since a time and are closed. Those told in confidence are never among them.
func (s *Store) CasesEnded(ctx context.Context, path string, since time.Time) ([]*need.Case, error) {
	lo, hi := territory.Range(path)
	rows, err := loadFrom[caseRow](ctx, s, "", "WHERE path >= ?1 AND path < ?2 AND only_for = '' AND closed > 0 AND opened >= ?3 ORDER BY opened, id", lo, hi, millis(since))
	out := make([]*need.Case, len(rows))
	for i := range rows {
		k := rows[i].value()
		out[i] = &k
	}
	return out, err
}
