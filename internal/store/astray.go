package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// A row's path is a copy of its place's, taken when the write was decided. Three
// things keep the copy true when a place moves in between. A single write says in its
// own statement where its place lies, and is a conflict when that is no longer so. An
// act that ends after the ground changed, and the change of the ground itself, look
// for what slipped past them and mend it. The worker looks over everything at times.

// lies says whether a table's rows keep the path of their place and a single write
// may set it. Where the path is settled, a single write is compared with it anyway.
func (m *mapping) lies() bool {
	return slices.Contains(m.cols, "place_id") && slices.Contains(m.cols, "path") && !slices.Contains(m.settled, "path")
}

// where returns the place and path that a row's values name.
func (m *mapping) where(args []any) []any {
	return []any{args[slices.Index(m.cols, "place_id")], args[slices.Index(m.cols, "path")]}
}

// inPlace is the condition that a place (mark n) lies nowhere else than at a path.
func inPlace(n int) string {
	return "NOT EXISTS (SELECT 1 FROM all_places WHERE id = " + nth(n) + " AND path <> " + nth(n+1) + ")"
}

// settle returns the statement by which a single write adds a row.
func (m *mapping) settle(args []any) stmt {
	if !m.lies() {
		return m.add(args)
	}
	text, ok := m.kept.Load("settle")
	if !ok {
		n := len(m.cols)
		row := marks(1, n)
		text = "INSERT INTO " + m.table + " (" + m.list() + ") SELECT " + row[1:len(row)-1] + " WHERE " + inPlace(n+1) + " ON CONFLICT DO NOTHING"
		m.kept.Store("settle", text)
	}
	return stmt{sql: text.(string), args: append(slices.Clone(args), m.where(args)...), want: 1}
}

// astray is the tail of a query for a table's rows in force whose path is not that
// of their place.
func astray(table string) string {
	q := " FROM " + table + " t JOIN all_places p ON p.id = t.place_id WHERE t.path <> p.path"
	if heired(table) { // images of pending acts and what valid ones replaced are not in force
		q += " AND t.act NOT IN (SELECT id FROM acts WHERE pending) AND (t.heir = '' OR t.heir IN (SELECT id FROM acts WHERE pending))"
	}
	return q
}

// Astray counts, by table, the rows whose path is not that of their place; none
// ever should be.
func (s *Store) Astray(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	for _, table := range FollowerTables() {
		var n int
		if err := s.queryRow(ctx, "SELECT COUNT(*)"+astray(table)).Scan(&n); err != nil {
			return nil, fmt.Errorf("store: astray in %s: %w", table, err)
		}
		if n > 0 {
			out[table] = n
		}
	}
	var n int
	err := s.queryRow(ctx, `SELECT COUNT(*) FROM live_places p LEFT JOIN live_places u ON u.id = p.parent_id
		WHERE p.path <> COALESCE(u.path, '') || p.id || '.'`).Scan(&n)
	if n > 0 {
		out["places"] = n
	}
	return out, err
}

// Mend brings every row that lies astray to the path of its place, in one act with
// an entry of its own, and returns how many; where none does it writes nothing.
func (s *Store) Mend(ctx context.Context) (int, error) { return s.mend(ctx, nil) }

// mend is Mend for the rows whose path lies at or below one of the paths; nil: all.
func (s *Store) mend(ctx context.Context, tops []string) (int, error) {
	var act *Act
	rows := map[string]int{}
	total := 0
	for _, f := range followers() {
		found, err := s.strays(ctx, f, tops)
		if err != nil {
			return 0, err
		}
		for _, cells := range found {
			if act == nil {
				if act, err = s.Begin(ctx, "ground.mended"); err != nil {
					return 0, err
				}
			}
			to, _ := cells[len(f.m.cols)].(string)
			if err := act.follow(f, cells[:len(f.m.cols)], to); err != nil {
				_ = act.Drop(ctx)
				return 0, err
			}
			rows[f.m.table]++
			total++
		}
	}
	if act == nil {
		return 0, nil
	}
	payload, err := json.Marshal(map[string]any{"rows": total, "tables": rows})
	if err == nil {
		_, err = act.Finish(ctx, nil, nil, journal.Entry{Actor: "system", Verb: "ground.mended", Thing: "places", ThingID: act.ID, Audience: "audit", Purpose: RegisterPurpose, Payload: payload})
	}
	if err != nil {
		_ = act.Drop(ctx) // somebody wrote one of them just now; the next look finds the rest
		return 0, err
	}
	return total, nil
}

// strays reads the rows of a table that lie astray, each followed by the path of its
// place. Rows that an act is about to replace are left to that act.
func (s *Store) strays(ctx context.Context, f follower, tops []string) ([][]any, error) {
	q := "SELECT "
	for _, c := range f.m.cols {
		q += "t." + c + ", "
	}
	q += "p.path" + astray(f.m.table)
	if heired(f.m.table) {
		q += " AND t.heir = ''"
	}
	if tops == nil {
		return s.cells(ctx, len(f.m.cols)+1, q)
	}
	var out [][]any
	for _, top := range tops {
		lo, hi := territory.Range(top)
		some, err := s.cells(ctx, len(f.m.cols)+1, q+" AND t.path >= ?1 AND t.path < ?2", lo, hi)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// cells reads whole rows of so many columns as they lie in the database.
func (s *Store) cells(ctx context.Context, n int, q string, args ...any) ([][]any, error) {
	rows, err := s.query(ctx, q, args...)
	if err != nil {
		return nil, fmt.Errorf("store: astray: %w", err)
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		cells, into := make([]any, n), make([]any, n)
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, cells)
	}
	return out, rows.Err()
}

// settled looks, after an act became valid, for rows that lie astray by it: written
// beside a change of the ground, or staged before one that came first. What fails
// here the worker does later.
func (a *Act) settled(ctx context.Context) {
	switch {
	case len(a.moved) > 0:
		_, _ = a.s.mend(ctx, a.moved)
	case a.outrun(ctx):
		_, _ = a.s.mend(ctx, nil)
	}
}

// outrun says whether the ground changed since the act began.
func (a *Act) outrun(ctx context.Context) bool {
	var n int
	err := a.s.queryRow(ctx, "SELECT COUNT(*) FROM entries WHERE seq > ?1 AND thing = 'places' AND act <> '' AND act <> ?2", a.began, a.ID).Scan(&n)
	return err == nil && n > 0
}
