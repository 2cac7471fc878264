package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Rows that are cleared away are looked for beside the writer and then named to it by
// their keys. A statement that looks for them itself is planned by how many rows the
// database thinks there are: just after an act it thinks of one, and walked over all
// of them for each that it took.

// namedRows is how many keys are read at one time.
const namedRows = 50000

// whole returns the columns of a table's primary key.
func (m *mapping) whole() []string {
	key := slices.Clone(m.cols[:m.keys])
	if heired(m.table) {
		key = append(key, "heir")
	}
	return key
}

// named reads the primary keys of the rows that a condition picks, as many as are
// read at one time.
func (s *Store) named(ctx context.Context, m *mapping, where string, args ...any) ([][]any, error) {
	key := m.whole()
	rows, err := s.query(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE %s LIMIT %d", strings.Join(key, ", "), m.table, where, namedRows), args...)
	if err != nil {
		return nil, fmt.Errorf("store: keys of %s: %w", m.table, err)
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		cells, into := make([]any, len(key)), make([]any, len(key))
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

// byKey returns statements that do one thing to rows named by their primary keys, a
// batch in each; do ends before its WHERE, and where speaks of first as ?1 and so on.
func (m *mapping) byKey(do, where string, first []any, keys [][]any) (out []stmt) {
	for len(keys) > 0 {
		n := min(batch, len(keys))
		args := slices.Clone(first)
		var b strings.Builder
		b.WriteString(do + " WHERE " + where + "(" + strings.Join(m.whole(), ", ") + ") IN (VALUES ")
		for i := range batch { // a shorter list is filled up with its last key: one text for all
			if i > 0 {
				b.WriteString(", ")
			}
			for j, x := range keys[min(i, n-1)] {
				args = append(args, x)
				b.WriteString(map[bool]string{true: "(", false: ", "}[j == 0] + cast(x, len(args)))
			}
			b.WriteString(")")
		}
		b.WriteString(")")
		out = append(out, stmt{sql: b.String(), args: args, want: -1})
		keys = keys[n:]
	}
	return out
}

// cast is a mark in a list of values, where PostgreSQL cannot tell its kind by itself.
func cast(x any, n int) string {
	if _, ok := x.(int64); ok {
		return "CAST(" + nth(n) + " AS BIGINT)"
	}
	return "CAST(" + nth(n) + " AS TEXT)"
}

// clear does something to the rows that a condition picks until there are none, in
// chunks of bulk work. do says what for so many keys.
func (s *Store) clear(m *mapping, where string, args []any, do func(keys [][]any) []stmt) error {
	size, pace := leastImages, pace{}
	for {
		keys, err := s.named(context.Background(), m, where, args...)
		if err != nil || len(keys) == 0 {
			return err
		}
		for len(keys) > 0 {
			if s.opt.Fail != nil {
				if err := s.opt.Fail("fold"); err != nil {
					return err
				}
			}
			n := min(size, len(keys))
			c := &command{done: make(chan outcome, 1), stmts: do(keys[:n])}
			o := s.bulky(c)
			if o.err != nil {
				return o.err
			}
			if n == size {
				size = pace.next(size, o.took, leastImages)
			}
			keys = keys[n:]
		}
	}
}
