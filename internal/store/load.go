package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"shouwang/internal/fault"
)

// Faults of filling a database from a backup.
var (
	ErrFilled = fault.Define(fault.Forbidden, "SW-1810",
		"要恢复到的数据库里已有数据（表 {0}），没有写入任何内容。请换一个空的数据库或目录。",
		"The database to restore into holds data already (table {0}); nothing was written. Use an empty one.")
	ErrNoMigration = fault.Define(fault.Unavailable, "SW-1811",
		"备份用了本程序不认识的表结构 {0}，没有恢复。请用同一版或更新的程序。",
		"The backup uses tables of version {0}, which this program does not know; nothing was restored. Use the same or a newer program.")
)

// Loader fills an empty database with the rows of a backup: first the tables as
// they were in the backup, then all rows in one transaction, so that an
// interrupted restore leaves nothing that could be taken for data.
type Loader struct {
	s     *Store
	have  map[string]Table
	conn  *sql.Conn
	table Table
	into  *sql.Stmt
	batch [][]any
}

// copyBatch is how many rows go to PostgreSQL at once.
const copyBatch = 2000

// OpenLoader makes the tables of these migrations at dsn and begins. Faults:
// SW-1810 when rows are there already, SW-1811 when a migration is not known.
func OpenLoader(ctx context.Context, dsn string, schema []int64) (*Loader, error) {
	l := &Loader{s: &Store{}, have: map[string]Table{}}
	if err := l.s.connect(dsn); err != nil {
		return nil, err
	}
	err := l.makeTables(ctx, schema)
	if err == nil {
		l.conn, err = l.s.write.Conn(ctx)
	}
	if err == nil {
		_, err = l.conn.ExecContext(ctx, l.s.engine.begin())
	}
	if err == nil {
		err = l.emptied(ctx)
	}
	if err != nil {
		l.Abort()
		return nil, err
	}
	return l, nil
}

func (l *Loader) makeTables(ctx context.Context, schema []int64) error {
	p, err := l.s.provider()
	if err != nil {
		return err
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	known := p.ListSources()
	for _, n := range schema {
		if !slices.ContainsFunc(known, func(s *goose.Source) bool { return s.Version == n }) {
			return ErrNoMigration.With(n)
		}
	}
	if have > 0 { // tables are there: of this very version, or not ours to touch
		v, err := OpenView(ctx, l.s.dsn)
		if err != nil {
			return err
		}
		defer v.Close()
		if !slices.Equal(v.Schema, schema) {
			return ErrFilled.With("goose_db_version")
		}
		return nil
	}
	for _, n := range schema {
		if _, err := p.ApplyVersion(ctx, n, true); err != nil {
			return fmt.Errorf("store: tables of version %d: %w", n, err)
		}
	}
	return nil
}

// provider returns the migrations for this engine.
func (s *Store) provider() (*goose.Provider, error) {
	sub, err := fs.Sub(files, "migrations")
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(goose.Dialect(s.engine.goose()), s.write, migrations{sub, s.engine}, goose.WithAllowOutofOrder(true))
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return p, nil
}

// emptied learns the tables and refuses a database where people worked; what a
// migration itself put into its tables comes from the backup instead.
func (l *Loader) emptied(ctx context.Context) error {
	v, err := OpenView(ctx, l.s.dsn)
	if err != nil {
		return err
	}
	defer v.Close()
	for _, t := range v.Tables {
		l.have[t.Name] = t
		if t.Name == "entries" || t.Name == "meta" {
			var n int64
			if err := v.moment.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+t.Name).Scan(&n); err != nil {
				return err
			}
			if n > 0 {
				return ErrFilled.With(t.Name)
			}
		}
	}
	for name := range l.have {
		if _, err := l.conn.ExecContext(ctx, "DELETE FROM "+name); err != nil {
			return err
		}
	}
	return nil
}

// Table begins a table; its columns must all be there.
func (l *Loader) Table(ctx context.Context, t Table) error {
	if err := l.flush(ctx); err != nil {
		return err
	}
	have, ok := l.have[t.Name]
	if !ok {
		return fmt.Errorf("store: restore: no table %q", t.Name)
	}
	for _, c := range t.Columns {
		if !slices.Contains(have.Columns, c) {
			return fmt.Errorf("store: restore: no column %s.%s of kind %s", t.Name, c.Name, c.Kind)
		}
	}
	l.table = t
	if l.s.engine == Postgres {
		return nil
	}
	if l.into != nil {
		_ = l.into.Close()
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(t.Columns)), ",")
	var err error
	l.into, err = l.conn.PrepareContext(ctx, "INSERT INTO "+t.Name+" ("+columnList(t)+") VALUES ("+marks+")")
	return err
}

// Add adds one row to the table begun last; the values are kept as they are.
func (l *Loader) Add(ctx context.Context, values []any) error {
	if l.s.engine == SQLite {
		_, err := l.into.ExecContext(ctx, values...)
		return err
	}
	l.batch = append(l.batch, values)
	if len(l.batch) >= copyBatch {
		return l.flush(ctx)
	}
	return nil
}

// flush copies what is held for PostgreSQL.
func (l *Loader) flush(ctx context.Context) error {
	if len(l.batch) == 0 {
		return nil
	}
	names := make([]string, len(l.table.Columns))
	for i, c := range l.table.Columns {
		names[i] = c.Name
	}
	rows := l.batch
	l.batch = nil
	return l.conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return errors.New("store: restore: not a PostgreSQL connection")
		}
		_, err := c.Conn().CopyFrom(ctx, pgx.Identifier{l.table.Name}, names, pgx.CopyFromRows(rows))
		return err
	})
}

// Finish makes all rows durable at once and closes the database.
func (l *Loader) Finish(ctx context.Context) error {
	err := l.flush(ctx)
	if err == nil {
		_, err = l.conn.ExecContext(ctx, "COMMIT")
	}
	if err == nil && l.s.engine == SQLite {
		_, err = l.conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	l.Abort()
	return err
}

// Abort gives up: no row stays. After Finish it only closes.
func (l *Loader) Abort() {
	if l.into != nil {
		_ = l.into.Close()
		l.into = nil
	}
	if l.conn != nil {
		_, _ = l.conn.ExecContext(context.Background(), "ROLLBACK")
		_ = l.conn.Close()
		l.conn = nil
	}
	l.s.closeDBs()
}

// FillRing puts the rows of a keyring into a new one, at a file or at postgres://….
// A shared one is marked as being restored from that backup until Settle: a restore of
// the same backup that came to no end may then be done again over what it left.
// Fault: SW-1821 when other keys are there already.
func FillRing(ctx context.Context, where, backup string, tables []Table, rows map[string][][]any) error {
	k, err := OpenKeyring(ctx, where)
	if err != nil {
		return err
	}
	err = k.act(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM keks").Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			var of string
			err := tx.QueryRowContext(ctx, "SELECT value FROM ring WHERE name = 'restoring'").Scan(&of)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			if err != nil || of != backup {
				return ErrRingInUse.With()
			}
		}
		for _, t := range tables {
			if t.Name != "keks" && t.Name != "subjects" && t.Name != "ring" {
				return fmt.Errorf("store: %q is no table of a keyring", t.Name)
			}
			if err := fillTable(ctx, tx, k.engine, t, rows[t.Name]); err != nil {
				return err
			}
		}
		if !k.Shared() {
			return nil
		}
		return k.exec(ctx, tx, "INSERT INTO ring (name, value) VALUES ('restoring', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1", backup)
	})
	return errors.Join(err, k.Close())
}

// Settle notes that the data of this keyring are in place and that it is in use: no
// restore writes over it any more.
func (k *Keyring) Settle(ctx context.Context) error {
	return k.act(ctx, func(tx *sql.Tx) error {
		return k.exec(ctx, tx, "DELETE FROM ring WHERE name = 'restoring'")
	})
}

func fillTable(ctx context.Context, tx *sql.Tx, e Engine, t Table, rows [][]any) error {
	marks := make([]string, len(t.Columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("?%d", i+1)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM "+t.Name); err != nil {
		return err
	}
	st, err := tx.PrepareContext(ctx, e.sql("INSERT INTO "+t.Name+" ("+columnList(t)+") VALUES ("+strings.Join(marks, ",")+")"))
	if err != nil {
		return err
	}
	defer st.Close()
	for _, r := range rows {
		if _, err := st.ExecContext(ctx, r...); err != nil {
			return err
		}
	}
	return nil
}
