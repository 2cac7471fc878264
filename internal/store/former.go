package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// Formerly returns the paths at which what lies at or below a path now lay before,
// as far as they are outside of it: of the path itself, of places that moved into it,
// and of what they lay under then. An entry keeps the path of its time, so this is
// where the older entries of a place are found.
func (s *Store) Formerly(ctx context.Context, path string) ([]territory.Former, error) {
	lo, hi := territory.Range(path)
	// CROSS keeps SQLite at the chapters, which are few, and from walking the places.
	rows, err := s.query(ctx, `SELECT x.was, x.until FROM live_place_stays x CROSS JOIN all_places p WHERE p.id = x.place_id AND p.path >= ?1 AND p.path < ?2 AND NOT (x.was >= ?1 AND x.was < ?2)`, lo, hi)
	if err != nil {
		return nil, fmt.Errorf("store: former paths: %w", err)
	}
	defer rows.Close()
	from := []territory.Former{{Path: path}}
	for rows.Next() {
		var f territory.Former
		if err := rows.Scan(&f.Path, ms{&f.Until}); err != nil {
			return nil, err
		}
		from = append(from, f)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	stays, err := s.staysOnTheWay(ctx, from)
	if err != nil {
		return nil, err
	}
	found := map[string]territory.Former{}
	add := func(f territory.Former) {
		if had, ok := found[f.Path]; (!ok || had.Until.Before(f.Until)) && !territory.Inside(f.Path, path) {
			found[f.Path] = f
		}
	}
	for _, f := range from {
		add(f)
		for _, g := range territory.Formerly(f.Path, stays) {
			if !f.Until.IsZero() && f.Until.Before(g.Until) {
				g.Until = f.Until
			}
			add(g)
		}
	}
	out := slices.Collect(maps.Values(found))
	slices.SortFunc(out, func(a, b territory.Former) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// staysOnTheWay reads the closed chapters of all places that lie on some paths, and of
// those on the paths that these lead to.
func (s *Store) staysOnTheWay(ctx context.Context, from []territory.Former) (map[string][]territory.Stay, error) {
	stays, asked := map[string][]territory.Stay{}, map[string]bool{}
	var todo []string
	ask := func(path string) {
		for _, id := range strings.Split(strings.TrimSuffix(path, "."), ".") {
			if id != "" && !asked[id] {
				asked[id] = true
				todo = append(todo, id)
			}
		}
	}
	for _, f := range from {
		ask(f.Path)
	}
	for len(todo) > 0 {
		ids := todo
		todo = nil
		some, err := s.Stays(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, x := range some {
			stays[x.PlaceID] = append(stays[x.PlaceID], x)
			ask(x.Was)
		}
	}
	return stays, nil
}

// EntriesOver returns up to limit entries before the sequence (0: from the newest),
// newest first, of what lies at or below a path now or lay at or below one of the
// former paths. An entry found by a former path may be of something that did not come
// along: who asks looks at where its place is now.
func (s *Store) EntriesOver(ctx context.Context, path string, former []territory.Former, before int64, limit int) ([]journal.Entry, error) {
	paths := []string{path}
	for _, f := range former {
		paths = append(paths, f.Path)
	}
	var out []journal.Entry
	for _, p := range territory.Widest(paths) {
		es, err := s.EntriesAt(ctx, p, before, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, es...)
	}
	slices.SortFunc(out, func(a, b journal.Entry) int { return int(b.Seq - a.Seq) })
	return out[:min(limit, len(out))], nil
}

// LooksAt returns the looks at people at or below a path, and those at lists of the
// places above it that are given by their paths, newest first. What lies there now and
// lay elsewhere brings its looks along, with those at the lists above it until it went.
func (s *Store) LooksAt(ctx context.Context, path string, above []string, limit int) ([]journal.Entry, error) {
	ranks := map[int]bool{} // how deep the lists lie, counted from the place
	deep := len(territory.Ancestors(path))
	for _, p := range above {
		ranks[deep-len(territory.Ancestors(p))] = true
	}
	out, err := s.looksAt(ctx, path, above, limit)
	if err != nil {
		return nil, err
	}
	former, err := s.Formerly(ctx, path)
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	for _, e := range out {
		seen[e.Seq] = true
	}
	last := path[lastSegment(path):]
	for _, f := range former {
		var then []string
		if f.Path[lastSegment(f.Path):] == last { // a former path of the place itself
			ways := territory.Ancestors(f.Path)
			for i, w := range ways[:len(ways)-1] {
				if ranks[len(ways)-1-i] {
					then = append(then, w)
				}
			}
		}
		es, err := s.looksAt(ctx, f.Path, then, limit)
		if err != nil {
			return nil, err
		}
		for _, e := range es {
			if !seen[e.Seq] && e.At.Before(f.Until) {
				seen[e.Seq] = true
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b journal.Entry) int { return int(b.Seq - a.Seq) })
	return out[:min(limit, len(out))], nil
}

func (s *Store) looksAt(ctx context.Context, path string, above []string, limit int) ([]journal.Entry, error) {
	lo, hi := territory.Range(path)
	args := []any{lo, hi, limit}
	in := ""
	for i, p := range above {
		if i > 0 {
			in += ", "
		}
		args = append(args, p)
		in += nth(len(args))
	}
	where := "path >= ?1 AND path < ?2"
	if in != "" {
		where = "(" + where + " OR path IN (" + in + "))"
	}
	return s.entries(ctx, "WHERE "+where+" AND thing = 'looks' ORDER BY seq DESC LIMIT ?3", args...)
}
