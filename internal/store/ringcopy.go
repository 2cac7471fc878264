package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// CopyTo writes every wrapped key, every tombstone and the name of this keyring
// into another one that is still empty, as one instant of it: that is how a
// keyring is backed up, and how one server's file becomes the keyring of several.
// Fault: SW-1821.
func (k *Keyring) CopyTo(ctx context.Context, to *Keyring) error {
	from, err := k.db.BeginTx(ctx, k.engine.snapshot())
	if err != nil {
		return fmt.Errorf("store: copy keyring: %w", err)
	}
	defer func() { _ = from.Rollback() }()
	err = to.act(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM keks").Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return ErrRingInUse.With()
		}
		return errors.Join(
			copyTable(ctx, from, tx, to.engine, "SELECT name, value FROM ring", "INSERT INTO ring (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2", textRow),
			copyTable(ctx, from, tx, to.engine, "SELECT purpose, wrapped FROM keks", "INSERT INTO keks (purpose, wrapped) VALUES (?1, ?2)", keyRow),
			copyTable(ctx, from, tx, to.engine, "SELECT purpose, subject, wrapped FROM subjects ORDER BY purpose, subject", "INSERT INTO subjects (purpose, subject, wrapped) VALUES (?1, ?2, ?3)", subjectRow))
	})
	if err == nil {
		to.id = k.id
	}
	return err
}

func textRow() []any    { return []any{new(string), new(string)} }
func keyRow() []any     { return []any{new(string), new([]byte)} }
func subjectRow() []any { return []any{new(string), new(string), new([]byte)} }

// copyTable reads rows on one side and adds them on the other.
func copyTable(ctx context.Context, from, to *sql.Tx, engine Engine, read, write string, row func() []any) error {
	rows, err := from.QueryContext(ctx, read)
	if err != nil {
		return err
	}
	defer rows.Close()
	add, err := to.PrepareContext(ctx, engine.sql(write))
	if err != nil {
		return err
	}
	defer add.Close()
	for rows.Next() {
		cells := row()
		if err := rows.Scan(cells...); err != nil {
			return err
		}
		for i, c := range cells {
			switch v := c.(type) {
			case *string:
				cells[i] = *v
			case *[]byte:
				if *v == nil {
					*v = []byte{}
				}
				cells[i] = *v
			}
		}
		if _, err := add.ExecContext(ctx, cells...); err != nil {
			return err
		}
	}
	return rows.Err()
}
