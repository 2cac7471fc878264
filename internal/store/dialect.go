package store

import (
	"context"
	"database/sql"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Engine is one of the two database engines.
type Engine int

// The engines. Whatever differs between them stands in this file, as pairs.
const (
	SQLite Engine = iota
	Postgres
)

// String returns the engine's name.
func (e Engine) String() string { return [...]string{"sqlite", "postgres"}[e] }

// types are the column types, and how a table is laid out by its key alone, pair 1.
var types = map[Engine]*strings.Replacer{
	SQLite:   strings.NewReplacer("{text}", "TEXT", "{int}", "INTEGER", "{blob}", "BLOB", "{bool}", "BOOLEAN", "{lean}", " WITHOUT ROWID", "{instr}", "instr"),
	Postgres: strings.NewReplacer("{text}", `TEXT COLLATE "C"`, "{int}", "BIGINT", "{blob}", "BYTEA", "{bool}", "BOOLEAN", "{lean}", "", "{instr}", "strpos"),
}

var numbered = regexp.MustCompile(`\?(\d+)`)

// sql turns the house's ?1 placeholders into the engine's own, pair 2. Where they
// come in their order SQLite gets bare marks, since its driver looks each numbered
// one up by name.
func (e Engine) sql(s string) string {
	if e == Postgres {
		return numbered.ReplaceAllString(s, `$$$1`)
	}
	for i, at := range numbered.FindAllStringSubmatch(s, -1) {
		if at[1] != strconv.Itoa(i+1) {
			return s
		}
	}
	return numbered.ReplaceAllString(s, "?")
}

// begin opens a write group, pair 3.
func (e Engine) begin() string {
	return [...]string{"BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL READ COMMITTED"}[e]
}

// appendLock makes appends one at a time, so that no reader of "seq > last" can
// skip a late commit; SQLite has it by its single writer. Pair 4.
func (e Engine) appendLock() string {
	return [...]string{"", "SELECT pg_advisory_xact_lock(7305)"}[e]
}

// within bounds the time of a group: a database that no longer answers is given
// up. A file is never given up in the middle. A limit, no pair.
func (e Engine) within(group []*command) (context.Context, context.CancelFunc) {
	if e == SQLite {
		return context.Background(), func() {}
	}
	n := 0
	for _, c := range group {
		n += len(c.stmts)
	}
	return context.WithTimeout(context.Background(), 15*time.Second+time.Duration(n)*10*time.Millisecond)
}

// share keeps a row as it was read until the transaction ends, pair 7; SQLite's
// transactions that write go one after the other.
func (e Engine) share() string { return [...]string{"", " FOR SHARE"}[e] }

// snapshot opens a transaction that reads one instant, pair 8.
func (e Engine) snapshot() *sql.TxOptions {
	return [...]*sql.TxOptions{nil, {Isolation: sql.LevelRepeatableRead, ReadOnly: true}}[e]
}

// catalogue lists tables and columns: table, column, type. Pair 9.
func (e Engine) catalogue() string {
	return [...]string{
		"SELECT m.name, p.name, p.type FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, p.cid",
		"SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position",
	}[e]
}

// migrating lets one of several servers that start together bring the tables up
// to date while the others wait; a file has one user. Pair 10.
func (e Engine) migrating() string {
	return [...]string{"", "SELECT pg_advisory_lock(7304)"}[e]
}

// goose is the migration library's name of the engine, pair 5.
func (e Engine) goose() string { return [...]string{"sqlite3", "postgres"}[e] }

// migrations is the one migration text with the engine's types filled in.
type migrations struct {
	fs.FS
	engine Engine
}

// ReadFile returns a migration with the engine's column types.
func (m migrations) ReadFile(name string) ([]byte, error) {
	b, err := fs.ReadFile(m.FS, name)
	if err != nil {
		return nil, err
	}
	return []byte(types[m.engine].Replace(string(b))), nil
}

// Open returns a migration file with the engine's column types.
func (m migrations) Open(name string) (fs.File, error) {
	f, err := m.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	b, err := m.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return newMemFile(name, b), nil
}
