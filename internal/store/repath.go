package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// follower is a table whose rows lie at a place and keep its path.
type follower struct {
	m       *mapping
	path    int
	version int
	act     int // -1: the table knows no acts
}

// followers lists the tables whose rows keep the path of a place beside its id, in
// a fixed order: the places' own table is not among them. What keeps the path of
// its time (entries, items of acts) is no mapping with a place_id and a version.
func followers() []follower {
	by := map[string]follower{}
	staged := bulkTables()
	for t, m := range mappings {
		p, v := slices.Index(m.cols, "path"), slices.Index(m.cols, "version")
		if t == itemType || p < 0 || v < 0 || !slices.Contains(m.cols, "place_id") {
			continue
		}
		f := follower{m: m, path: p, version: v, act: -1}
		if slices.Contains(staged, m.table) {
			f.act = slices.Index(m.cols, "act")
		}
		by[m.table] = f
	}
	var out []follower
	for _, name := range slices.Sorted(maps.Keys(by)) {
		out = append(out, by[name])
	}
	return out
}

// FollowerTables names the tables whose rows follow their place when it moves.
func FollowerTables() []string {
	var out []string
	for _, f := range followers() {
		out = append(out, f.m.table)
	}
	return out
}

// Repath stages, for every row that lies at or below one of the paths, the path
// that to says. Rows that ended follow too; nothing sealed is opened. It returns
// how many rows of each table follow.
func (a *Act) Repath(ctx context.Context, tops []string, to func(path string) string) (map[string]int, error) {
	out := map[string]int{}
	a.moved = append(a.moved, tops...)
	for _, f := range followers() {
		for _, top := range tops {
			n, err := a.repath(ctx, f, top, to)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				out[f.m.table] += n
			}
		}
	}
	return out, nil
}

func (a *Act) repath(ctx context.Context, f follower, top string, to func(string) string) (int, error) {
	lo, hi := territory.Range(top)
	q := "SELECT " + f.m.list() + " FROM " + f.m.table + " WHERE path >= ?1 AND path < ?2"
	if f.act >= 0 {
		q += " AND act NOT IN (SELECT id FROM acts WHERE pending)"
	}
	if heired(f.m.table) {
		q += " AND (heir = '' OR heir IN (SELECT id FROM acts WHERE pending))"
	}
	rows, err := a.s.query(ctx, q+" ORDER BY path", lo, hi)
	if err != nil {
		return 0, fmt.Errorf("store: repath %s: %w", f.m.table, err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		cells := make([]any, len(f.m.cols))
		into := make([]any, len(cells))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		old, _ := cells[f.path].(string)
		path := to(old)
		if path == old {
			continue
		}
		if err := a.follow(f, cells, path); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

// follow stages one row's new path with the item that stands for it.
func (a *Act) follow(f follower, cells []any, path string) error {
	base, ok := cells[f.version].(int64)
	if !ok {
		return fmt.Errorf("store: version of %s is %v", f.m.table, reflect.TypeOf(cells[f.version]))
	}
	id, _ := cells[0].(string)
	for i := 1; i < f.m.keys; i++ {
		id += "|" + fmt.Sprint(cells[i])
	}
	raw, err := json.Marshal([]any{id, cells[f.path], path, base + 1})
	if err != nil {
		return err
	}
	it := &actItem{act: a.ID, thing: f.m.table, id: id, path: path, leaf: journal.ItemLeaf(f.m.table, id, path, raw)}
	if heired(f.m.table) {
		image := slices.Clone(cells)
		image[f.path], image[f.version], image[f.act] = path, base+1, a.ID
		a.take(prepared{m: f.m, args: image, item: it}, base)
		return nil
	}
	it.n = a.n
	a.n++
	a.leaves = append(a.leaves, it.leaf)
	a.late[f.m.table] = append(a.late[f.m.table], append(slices.Clone(cells[:f.m.keys]), base, path))
	a.queue = append(a.queue, prepared{item: it})
	return nil
}

// followed are the statements by which the rows of tables without images follow, a
// hundred rows each: they are part of the act's last commit, for which everybody waits.
func (a *Act) followed() (out []stmt) {
	for _, f := range followers() {
		for rows := a.late[f.m.table]; len(rows) > 0; {
			n := min(len(rows), batch)
			out = append(out, f.update(rows[:n], a.ID))
			rows = rows[n:]
		}
	}
	return out
}

// update returns the statement that gives rows (key, version, path) their new path.
func (f follower) update(rows [][]any, act string) stmt {
	t := f.m.table
	set := fmt.Sprintf("path = v.column%d, version = %s.version + 1", f.m.keys+2, t)
	if f.act < 0 {
		return f.m.among(rows, nil, set, "")
	}
	return f.m.among(rows, []any{act}, "act = ?1, "+set, "")
}
