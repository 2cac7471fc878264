package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"shouwang/internal/seal"
)

// Keyring is the file of wrapped keys, apart from the data and with backups of
// its own that live shortly. It keeps the promises of seal.Ring.
type Keyring struct {
	db *sql.DB
	mu sync.Mutex // one writer
}

// OpenKeyring opens or makes the keyring file.
func OpenKeyring(ctx context.Context, file string) (*Keyring, error) {
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(TRUNCATE)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS keks (purpose TEXT PRIMARY KEY, wrapped BLOB);
		CREATE TABLE IF NOT EXISTS subjects (purpose TEXT, subject TEXT, wrapped BLOB, PRIMARY KEY (purpose, subject)) WITHOUT ROWID`)
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("store: keyring: %w", err)
	}
	return &Keyring{db: db}, nil
}

// Close closes the file.
func (k *Keyring) Close() error { return k.db.Close() }

// KEK returns the wrapped key of a purpose.
func (k *Keyring) KEK(ctx context.Context, purpose string) ([]byte, bool, error) {
	return kek(ctx, k.db, purpose)
}

type querier interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

func kek(ctx context.Context, q querier, purpose string) ([]byte, bool, error) {
	var w []byte
	err := q.QueryRowContext(ctx, "SELECT wrapped FROM keks WHERE purpose = ?1", purpose).Scan(&w)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return w, err == nil && len(w) == 0, err
}

// act runs a change of the ring in one durable transaction.
func (k *Keyring) act(ctx context.Context, f func(tx *sql.Tx) error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	tx, err := k.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// AddKEK stores the wrapped key unless one stands and returns the one that stands.
func (k *Keyring) AddKEK(ctx context.Context, purpose string, wrapped []byte) (kept []byte, err error) {
	err = k.act(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO keks (purpose, wrapped) VALUES (?1, ?2) ON CONFLICT DO NOTHING", purpose, wrapped); err != nil {
			return err
		}
		var destroyed bool
		if kept, destroyed, err = kek(ctx, tx, purpose); err == nil && destroyed {
			return seal.ErrErased.With()
		}
		return err
	})
	return kept, err
}

// ReplaceKEK puts next in the place of old.
func (k *Keyring) ReplaceKEK(ctx context.Context, purpose string, old, next []byte) error {
	return k.act(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE keks SET wrapped = ?3 WHERE purpose = ?1 AND wrapped = ?2", purpose, old, next)
		return err
	})
}

// DestroyKEK destroys the key of a purpose and all subject keys below it.
func (k *Keyring) DestroyKEK(ctx context.Context, purpose string) error {
	return k.act(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO keks (purpose, wrapped) VALUES (?1, x'') ON CONFLICT (purpose) DO UPDATE SET wrapped = x''", purpose); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM subjects WHERE purpose = ?1", purpose)
		return err
	})
}

// Purposes returns the purposes that have a living key.
func (k *Keyring) Purposes(ctx context.Context) ([]string, error) {
	rows, err := k.db.QueryContext(ctx, "SELECT purpose FROM keks WHERE length(wrapped) > 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var p string
		if err := rows.Scan(&p); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

// Subjects returns the wrapped keys of the ids that have one.
func (k *Keyring) Subjects(ctx context.Context, purpose string, ids []string) (map[string][]byte, error) {
	out := map[string][]byte{}
	for len(ids) > 0 {
		n := min(len(ids), 4096)
		args := []any{purpose}
		for _, id := range ids[:n] {
			args = append(args, id)
		}
		rows, err := k.db.QueryContext(ctx, "SELECT subject, wrapped FROM subjects WHERE purpose = ? AND subject IN (?"+strings.Repeat(",?", n-1)+")", args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id string
			var w []byte
			if err := rows.Scan(&id, &w); err != nil {
				rows.Close()
				return nil, err
			}
			out[id] = w
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return out, nil
}

// AddSubjects stores many wrapped keys in one transaction.
func (k *Keyring) AddSubjects(ctx context.Context, purpose string, wrapped map[string][]byte) (kept map[string][]byte, err error) {
	kept = map[string][]byte{}
	err = k.act(ctx, func(tx *sql.Tx) error {
		if _, destroyed, err := kek(ctx, tx, purpose); err != nil || destroyed {
			return errors.Join(err, seal.ErrErased.With())
		}
		ins, err := tx.PrepareContext(ctx, "INSERT INTO subjects (purpose, subject, wrapped) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
		if err != nil {
			return err
		}
		defer ins.Close()
		for id, w := range wrapped {
			r, err := ins.ExecContext(ctx, purpose, id, w)
			if err != nil {
				return err
			}
			if n, _ := r.RowsAffected(); n == 1 {
				continue
			}
			var old []byte
			if err := tx.QueryRowContext(ctx, "SELECT wrapped FROM subjects WHERE purpose = ?1 AND subject = ?2", purpose, id).Scan(&old); err != nil {
				return err
			}
			kept[id] = old
		}
		return nil
	})
	return kept, err
}

// DestroySubject destroys one subject's key and leaves a tombstone.
func (k *Keyring) DestroySubject(ctx context.Context, purpose, subject string) error {
	return k.act(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO subjects (purpose, subject, wrapped) VALUES (?1, ?2, x'') ON CONFLICT (purpose, subject) DO UPDATE SET wrapped = x''", purpose, subject)
		return err
	})
}
