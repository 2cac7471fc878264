package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// mapping ties one room's struct to its table: the columns in order (keys first,
// version among them) and where each lies in the struct.
type mapping struct {
	table string
	cols  []string
	keys  int  // leading key columns
	bulk  bool // has an act column and may be staged
	// settled columns are changed by acts alone; a single write finds them as they
	// are or conflicts.
	settled []string
	kept    sync.Map // texts of rewrite, add and cede
	fields  func(row any) []any
	version func(row any) *int64
	act     func(row any) *string
	// encode turns a room's row into the struct that fields knows, sealing what
	// must not lie in clear; nil when the row is stored as it is.
	encode func(ctx context.Context, s *Store, row any) (any, error)
}

// mappings is filled by the files of the rooms.
var mappings = map[reflect.Type]*mapping{}

// define registers the mapping of *T. The columns are given as one string of
// names; the first keys of them are the primary key.
func define[T any](table, cols string, keys int, fields func(*T) []any, version func(*T) *int64, act func(*T) *string) *mapping {
	m := &mapping{
		table: table, cols: strings.Fields(cols), keys: keys, bulk: act != nil,
		fields: func(r any) []any { return fields(r.(*T)) },
	}
	if version != nil {
		m.version = func(r any) *int64 { return version(r.(*T)) }
	}
	if act != nil {
		m.act = func(r any) *string { return act(r.(*T)) }
	}
	mappings[reflect.TypeFor[*T]()] = m
	return m
}

func mappingOf(row any) (*mapping, error) {
	m := mappings[reflect.TypeOf(row)]
	if m == nil {
		return nil, fmt.Errorf("store: no table for %T", row)
	}
	return m, nil
}

// list returns "a, b, c".
func (m *mapping) list() string { return strings.Join(m.cols, ", ") }

// insert returns the statement that adds n rows and passes over taken keys.
func (m *mapping) insert(n int) string {
	return "INSERT INTO " + m.table + " (" + m.list() + ") VALUES " + marks(n, len(m.cols)) + " ON CONFLICT DO NOTHING"
}

// rewrite returns the statement that rewrites a row at a version, its values in
// the order of the columns. A row that stays (stays is true) keeps its settled
// columns: they are compared and not written, so that their indexes rest.
func (m *mapping) rewrite(args []any, base int64, stays bool) stmt {
	var set, where []string
	var vals, keys []any
	for i, c := range m.cols {
		if i < m.keys || stays && slices.Contains(m.settled, c) {
			where, keys = append(where, c), append(keys, args[i])
		} else {
			set, vals = append(set, c), append(vals, args[i])
		}
	}
	text, ok := m.kept.Load(stays)
	if !ok {
		n := len(set)
		text = "UPDATE " + m.table + " SET " + equal(set, 1, ", ") + " WHERE " + equal(append(where, "version"), n+1, " AND ")
		if stays && m.lies() {
			text = text.(string) + " AND " + inPlace(len(args)+2)
		}
		if heired(m.table) {
			text = text.(string) + noHeir
		}
		m.kept.Store(stays, text)
	}
	vals = append(append(vals, keys...), base)
	if stays && m.lies() {
		vals = append(vals, m.where(args)...)
	}
	return stmt{sql: text.(string), args: vals, want: 1}
}

// equal returns "a = ?5, b = ?6": columns and marks from a number on.
func equal(cols []string, from int, between string) string {
	var b strings.Builder
	for i, c := range cols {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(c + " = " + nth(from+i))
	}
	return b.String()
}

func nth(n int) string { return "?" + strconv.Itoa(n) }

// add returns the statement that adds one row.
func (m *mapping) add(args []any) stmt {
	text, ok := m.kept.Load("insert")
	if !ok {
		text = m.insert(1)
		m.kept.Store("insert", text)
	}
	return stmt{sql: text.(string), args: args, want: 1}
}

// load reads rows of *T by a query whose columns are the mapping's own.
func load[T any](ctx context.Context, s *Store, tail string, args ...any) ([]T, error) {
	return loadFrom[T](ctx, s, "", tail, args...)
}

// loadFrom is load from another view or table of the same columns.
func loadFrom[T any](ctx context.Context, s *Store, from, tail string, args ...any) ([]T, error) {
	m := mappings[reflect.TypeFor[*T]()]
	if from == "" {
		from = m.table
		if m.bulk {
			from = "live_" + m.table
		}
	}
	rows, err := s.query(ctx, "SELECT "+m.list()+" FROM "+from+" "+tail, args...)
	if err != nil {
		return nil, fmt.Errorf("store: read %s: %w", m.table, err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var t T
		if err := rows.Scan(m.fields(&t)...); err != nil {
			return nil, fmt.Errorf("store: read %s: %w", m.table, err)
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// one reads the only row of a query; ok is false when there is none.
func one[T any](ctx context.Context, s *Store, tail string, args ...any) (t T, ok bool, err error) {
	all, err := load[T](ctx, s, tail, args...)
	if err != nil || len(all) == 0 {
		return t, false, err
	}
	return all[0], true, nil
}
