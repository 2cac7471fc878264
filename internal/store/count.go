package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"shouwang/internal/territory"
)

// Tally is one line of a count: a key and how many.
type Tally struct {
	Key   string
	Count int
}

// TargetTally counts the targets of a round at or below a path by outcome ("" is
// not visited) and zone; the key is outcome|final|zone.
func (s *Store) TargetTally(ctx context.Context, roundID, path string) ([]Tally, error) {
	lo, hi := territory.Range(path)
	return s.tally(ctx, `SELECT outcome || '|' || (CASE WHEN final THEN 'final' ELSE '' END) || '|' || zone, COUNT(*)
		FROM live_targets WHERE round_id = ?1 AND path >= ?2 AND path < ?3 GROUP BY 1 ORDER BY 1`, roundID, lo, hi)
}

// MissingBy counts the targets of a round without a final outcome, by the first
// depth segments of their path (the path of the community, say).
func (s *Store) MissingBy(ctx context.Context, roundID, path string, depth int) (missing, total map[string]int, err error) {
	lo, hi := territory.Range(path)
	rows, err := s.query(ctx, "SELECT path, final FROM live_targets WHERE round_id = ?1 AND path >= ?2 AND path < ?3", roundID, lo, hi)
	if err != nil {
		return nil, nil, fmt.Errorf("store: targets: %w", err)
	}
	defer rows.Close()
	missing, total = map[string]int{}, map[string]int{}
	for rows.Next() {
		var p string
		var final bool
		if err := rows.Scan(&p, &final); err != nil {
			return nil, nil, err
		}
		key := head(p, depth)
		total[key]++
		if !final {
			missing[key]++
		}
	}
	return missing, total, rows.Err()
}

// head returns the first n segments of a path.
func head(path string, n int) string {
	for i := 0; i < len(path); i++ {
		if path[i] == '.' {
			if n--; n == 0 {
				return path[:i+1]
			}
		}
	}
	return path
}

// PeopleByDoor counts present residents by door at or below a path.
func (s *Store) PeopleByDoor(ctx context.Context, path string) (map[string]int, error) {
	return s.byPlace(ctx, "live_persons", path)
}

// HouseholdsByDoor counts present households by door at or below a path.
func (s *Store) HouseholdsByDoor(ctx context.Context, path string) (map[string]int, error) {
	return s.byPlace(ctx, "live_households", path)
}

func (s *Store) byPlace(ctx context.Context, from, path string) (map[string]int, error) {
	lo, hi := territory.Range(path)
	ts, err := s.tally(ctx, "SELECT place_id, COUNT(*) FROM "+from+" WHERE path >= ?1 AND path < ?2 GROUP BY place_id", lo, hi)
	out := make(map[string]int, len(ts))
	for _, t := range ts {
		out[t.Key] = t.Count
	}
	return out, err
}

func (s *Store) tally(ctx context.Context, q string, args ...any) ([]Tally, error) {
	rows, err := s.query(ctx, q, args...)
	if err != nil {
		return nil, fmt.Errorf("store: count: %w", err)
	}
	defer rows.Close()
	var out []Tally
	for rows.Next() {
		var t Tally
		if err := rows.Scan(&t.Key, &t.Count); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// Meta reads a named value of the instance; empty when there is none.
func (s *Store) Meta(ctx context.Context, name string) (v string, err error) {
	rows, err := s.query(ctx, "SELECT value FROM meta WHERE name = ?1", name)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&v)
	}
	return v, err
}

// SetMeta writes a named value of the instance that is no one's record, such as
// the instance's kind or the schema of the demo.
func (s *Store) SetMeta(ctx context.Context, name, value string) error {
	c := &command{done: make(chan outcome, 1), stmts: []stmt{{
		"INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2", []any{name, value}, 1}}}
	_, err := s.send(ctx, s.fast, c)
	return err
}

// firstPlace is the number of the first place: 36⁴, so that ids have five signs
// up to the sixty-millionth and paths sort in the order places were made.
const firstPlace = 36 * 36 * 36 * 36

// NextPlaces takes n numbers for new places and returns the first; they are never
// given again.
func (s *Store) NextPlaces(ctx context.Context, n int) (first int64, err error) {
	for range 20 {
		v, err := s.Meta(ctx, "next_place")
		if err != nil {
			return 0, err
		}
		first = firstPlace
		want := int64(0)
		if v != "" {
			if _, err := fmt.Sscan(v, &first); err != nil {
				return 0, err
			}
			want = 1
		}
		st := stmt{"UPDATE meta SET value = ?2 WHERE name = ?1 AND value = ?3", []any{"next_place", fmt.Sprint(first + int64(n)), v}, want}
		if want == 0 {
			st = stmt{"INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING", st.args[:2], 1}
		}
		if _, err = s.send(ctx, s.fast, &command{done: make(chan outcome, 1), stmts: []stmt{st}}); err == nil {
			return first, nil
		}
	}
	return 0, ErrBusy.With()
}

// TargetStates calls yield for every target of a round in path order: its path, outcome,
// whether that is final, and when it was recorded and is to be tried again, in
// UTC milliseconds (0: never).
func (s *Store) TargetStates(ctx context.Context, roundID string, yield func(path, outcome string, final bool, at, again int64)) error {
	rows, err := s.query(ctx, "SELECT path, outcome, final, at, again FROM live_targets WHERE round_id = ?1 ORDER BY path", roundID)
	if err != nil {
		return fmt.Errorf("store: targets: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var path, outcome string
		var final bool
		var at, again int64
		if err := rows.Scan(&path, &outcome, &final, &at, &again); err != nil {
			return err
		}
		yield(path, outcome, final, at, again)
	}
	return rows.Err()
}

// TargetsOf calls yield for the targets of a round at these places: the place, the
// outcome, whether that is final, and when it was recorded and is to be tried
// again, in UTC milliseconds (0: never). A place named twice is told once.
func (s *Store) TargetsOf(ctx context.Context, roundID string, places []string, yield func(place, outcome string, final bool, at, again int64)) error {
	const most = 500
	for ; len(places) > 0; places = places[min(most, len(places)):] {
		part := places[:min(most, len(places))]
		args := []any{roundID}
		for _, id := range part {
			args = append(args, id)
		}
		size := 8 // a few lengths of list, so that few statements are kept
		for size < len(part) {
			size *= 4
		}
		marks := make([]string, size)
		for i := range marks {
			if i >= len(part) {
				args = append(args, part[0])
			}
			marks[i] = "?" + strconv.Itoa(i+2)
		}
		rows, err := s.query(ctx, "SELECT place_id, outcome, final, at, again FROM live_targets WHERE round_id = ?1 AND place_id IN ("+strings.Join(marks, ", ")+")", args...)
		if err != nil {
			return fmt.Errorf("store: targets: %w", err)
		}
		for rows.Next() {
			var place, outcome string
			var final bool
			var at, again int64
			if err := rows.Scan(&place, &outcome, &final, &at, &again); err != nil {
				rows.Close()
				return err
			}
			yield(place, outcome, final, at, again)
		}
		err = rows.Err()
		rows.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
