package store

import (
	"context"
	"strconv"
)

// Setting is one setting of an engine that decides whether a write is durable, and
// whether it stands as it should.
type Setting struct {
	Name, Value string
	Right       bool
}

// Settings returns what the engine says of its durability: fsync and the like of
// PostgreSQL, the journal mode of SQLite (its other settings are this program's own
// at each connection).
func (v *View) Settings(ctx context.Context) ([]Setting, error) {
	if v.engine == SQLite {
		var mode string
		err := v.moment.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode)
		return []Setting{{"journal_mode", mode, mode == "wal"}}, err
	}
	rows, err := v.moment.QueryContext(ctx, "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num') ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Setting
	for rows.Next() {
		var s Setting
		if err := rows.Scan(&s.Name, &s.Value); err != nil {
			return nil, err
		}
		switch s.Name {
		case "server_version_num":
			n, _ := strconv.Atoi(s.Value)
			s.Right = n >= 150000
		case "synchronous_commit":
			s.Right = s.Value != "off" && s.Value != "local"
		default:
			s.Right = s.Value == "on"
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// Migrations are the versions of the tables that this program knows, in order.
func Migrations() ([]int64, error) {
	all, err := files.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, f := range all {
		n, err := strconv.ParseInt(f.Name()[:5], 10, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
