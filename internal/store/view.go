package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Column is one column of a table as a backup carries it. Kind is "text", "int",
// "float", "blob" or "bool", alike on both engines.
type Column struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// Table is one table with its columns in order.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
}

// View is one moment of a database, held still while it is read: writers go on
// beside it. It takes no lock of the data directory and changes nothing.
type View struct {
	Tables []Table
	Schema []int64 // the migrations that were applied, in order

	engine Engine
	db     *sql.DB
	moment *sql.Tx
}

// OpenView opens the data at dsn ("sqlite:FILE" or "postgres://…") for reading as
// they are now. A keyring lies in a file or schema of its own and is not among them.
func OpenView(ctx context.Context, dsn string) (*View, error) { return openView(ctx, dsn, nil) }

// OpenRingView opens a keyring, a file or the database that shares it, for reading.
func OpenRingView(ctx context.Context, where string) (*View, error) {
	if IsDatabase(where) {
		return openView(ctx, where, map[string]string{"search_path": ringSchema})
	}
	return openView(ctx, "sqlite:"+where, nil)
}

func openView(ctx context.Context, dsn string, params map[string]string) (*View, error) {
	v := &View{engine: Postgres}
	var err error
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		v.engine = SQLite
		v.db, err = sql.Open("sqlite", "file:"+(&url.URL{Path: file}).EscapedPath()+"?mode=rw&_pragma=busy_timeout(10000)&_pragma=query_only(1)&_pragma=mmap_size(268435456)")
	} else {
		v.db, err = openPostgres(dsn, params)
	}
	if err != nil {
		return nil, err
	}
	if v.moment, err = v.db.BeginTx(ctx, v.engine.snapshot()); err != nil {
		return nil, errors.Join(err, v.db.Close())
	}
	if err = v.catalogue(ctx); err != nil {
		v.Close()
		return nil, fmt.Errorf("store: view: %w", err)
	}
	return v, nil
}

// Close lets go of the moment.
func (v *View) Close() {
	_ = v.moment.Rollback()
	_ = v.db.Close()
}

// Engine returns the engine's name.
func (v *View) Engine() string { return v.engine.String() }

func (v *View) catalogue(ctx context.Context) error {
	rows, err := v.moment.QueryContext(ctx, v.engine.catalogue())
	if err != nil {
		return err
	}
	defer rows.Close()
	versioned := false
	for rows.Next() {
		var table, column, kind string
		if err := rows.Scan(&table, &column, &kind); err != nil {
			return err
		}
		if table == "goose_db_version" {
			versioned = true
			continue
		}
		k, err := kindOf(kind)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", table, column, err)
		}
		if n := len(v.Tables); n == 0 || v.Tables[n-1].Name != table {
			v.Tables = append(v.Tables, Table{Name: table})
		}
		t := &v.Tables[len(v.Tables)-1]
		t.Columns = append(t.Columns, Column{column, k})
	}
	if err := rows.Err(); err != nil || !versioned {
		return err
	}
	return v.versions(ctx)
}

func (v *View) versions(ctx context.Context) error {
	rows, err := v.moment.QueryContext(ctx, "SELECT version_id FROM goose_db_version WHERE version_id > 0 ORDER BY version_id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return err
		}
		v.Schema = append(v.Schema, n)
	}
	return rows.Err()
}

// kindOf reads a column type as an engine spells it.
func kindOf(declared string) (string, error) {
	switch strings.ToLower(declared) {
	case "text":
		return "text", nil
	case "integer", "bigint", "int", "smallint":
		return "int", nil
	case "double precision", "real":
		return "float", nil
	case "blob", "bytea":
		return "blob", nil
	case "boolean", "bool":
		return "bool", nil
	}
	return "", fmt.Errorf("column type %q is not known", declared)
}

// Rows hands each row of a table to each, values in the order of the columns: nil,
// int64, float64, string, []byte or bool. The slice is used again for the next row.
func (v *View) Rows(ctx context.Context, t Table, each func(values []any) error) (n int64, err error) {
	rows, err := v.moment.QueryContext(ctx, "SELECT "+columnList(t)+" FROM "+t.Name)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	values := make([]any, len(t.Columns))
	into := make([]any, len(values))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		for i, c := range t.Columns {
			if values[i], err = plainValue(c.Kind, values[i]); err != nil {
				return n, fmt.Errorf("%s.%s: %w", t.Name, c.Name, err)
			}
		}
		if err := each(values); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

func columnList(t Table) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = `"` + c.Name + `"`
	}
	return strings.Join(names, ", ")
}

// plainValue brings what a driver gave to the one shape of its kind.
func plainValue(kind string, x any) (any, error) {
	switch v := x.(type) {
	case nil:
		return nil, nil
	case int64:
		switch kind {
		case "int":
			return v, nil
		case "bool":
			return v != 0, nil
		case "float":
			return float64(v), nil
		}
	case bool:
		if kind == "bool" {
			return v, nil
		}
	case float64:
		if kind == "float" {
			return v, nil
		}
	case string:
		switch kind {
		case "text":
			return v, nil
		case "blob":
			return []byte(v), nil
		}
	case []byte:
		switch kind {
		case "blob":
			return v, nil
		case "text":
			return string(v), nil
		}
	}
	return nil, fmt.Errorf("a %T is no %s", x, kind)
}

// Meta returns a named value of the instance at this moment; empty when not set.
func (v *View) Meta(ctx context.Context, name string) (value string, err error) {
	err = v.moment.QueryRowContext(ctx, v.engine.sql("SELECT value FROM meta WHERE name = ?1"), name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// Journal returns the last entry's sequence and the newest signed checkpoint.
func (v *View) Journal(ctx context.Context) (last int64, checkpoint string, err error) {
	if err = v.moment.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) FROM entries").Scan(&last); err != nil {
		return 0, "", err
	}
	err = v.moment.QueryRowContext(ctx, "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1").Scan(&checkpoint)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return last, checkpoint, err
}
