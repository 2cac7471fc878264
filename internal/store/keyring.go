package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/seal"
)

// ErrRingInUse says that keys were to be copied into a keyring that has some.
var ErrRingInUse = fault.Define(fault.Conflict, "SW-1821",
	"目标密钥环里已经有密钥，没有覆盖，也没有复制任何内容。请换一个空的密钥环。",
	"The keyring to copy to already holds keys; nothing was overwritten and nothing was copied. Name an empty one.")

// Keyring is the store of wrapped keys, apart from the data and with backups of
// its own that live shortly: a file for one server, a schema in PostgreSQL for
// several. It keeps the promises of seal.Ring.
type Keyring struct {
	db     *sql.DB
	engine Engine
	id     string
	mu     sync.Mutex // one writer, of a file
	adds   adds
}

// ringSchema is where a keyring lies in a PostgreSQL database.
const ringSchema = "shouwang_keyring"

// OpenKeyring opens or makes the keyring at a file's path or at postgres://….
func OpenKeyring(ctx context.Context, where string) (*Keyring, error) {
	k := &Keyring{engine: SQLite}
	var err error
	if IsDatabase(where) {
		k.engine = Postgres
		k.db, err = openPostgres(where, map[string]string{"search_path": ringSchema})
	} else {
		k.db, err = sql.Open("sqlite", "file:"+(&url.URL{Path: where}).EscapedPath()+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(TRUNCATE)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)")
	}
	if err != nil {
		return nil, err
	}
	k.db.SetMaxOpenConns([...]int{1, 8}[k.engine])
	k.db.SetMaxIdleConns(8)
	if err := k.prepare(ctx); err != nil {
		k.db.Close()
		return nil, fmt.Errorf("store: keyring: %w", err)
	}
	return k, nil
}

// prepare makes the tables where there are none, once however many servers start
// at one time, and reads or gives the keyring's own name.
func (k *Keyring) prepare(ctx context.Context) error {
	id := journal.NewID(time.Unix(0, 0)) // a random name that says nothing of when
	return k.act(ctx, func(tx *sql.Tx) error {
		steps := []string{"CREATE TABLE IF NOT EXISTS keks (purpose {text} PRIMARY KEY, wrapped {blob})",
			"CREATE TABLE IF NOT EXISTS subjects (purpose {text}, subject {text}, wrapped {blob}, PRIMARY KEY (purpose, subject))",
			"CREATE TABLE IF NOT EXISTS ring (name {text} PRIMARY KEY, value {text} NOT NULL)",
			"INSERT INTO ring (name, value) VALUES ('id', '" + id + "') ON CONFLICT DO NOTHING",
			"INSERT INTO ring (name, value) VALUES ('epoch', '0') ON CONFLICT DO NOTHING"}
		if k.engine == Postgres {
			steps = append([]string{"SELECT pg_advisory_xact_lock(7306)", "CREATE SCHEMA IF NOT EXISTS " + ringSchema}, steps...)
		} else {
			steps[1] += " WITHOUT ROWID"
		}
		for _, s := range steps {
			if _, err := tx.ExecContext(ctx, types[k.engine].Replace(s)); err != nil {
				return err
			}
		}
		return tx.QueryRowContext(ctx, "SELECT value FROM ring WHERE name = 'id'").Scan(&k.id)
	})
}

// Close closes the keyring.
func (k *Keyring) Close() error { return k.db.Close() }

// ID is the keyring's own name, by which data know the one they go with. A copy
// of the file has the name of its original.
func (k *Keyring) ID() string { return k.id }

// Shared says whether several servers may use this keyring at one time.
func (k *Keyring) Shared() bool { return k.engine == Postgres }

// Epoch grows with each destruction, whichever server made it.
func (k *Keyring) Epoch(ctx context.Context) (n int64, err error) {
	var v string
	if err := k.db.QueryRowContext(ctx, "SELECT value FROM ring WHERE name = 'epoch'").Scan(&v); err != nil {
		return 0, err
	}
	return strconv.ParseInt(v, 10, 64)
}

// KEK returns the wrapped key of a purpose.
func (k *Keyring) KEK(ctx context.Context, purpose string) ([]byte, bool, error) {
	return k.kek(ctx, k.db, purpose, "")
}

type querier interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

func (k *Keyring) kek(ctx context.Context, q querier, purpose, lock string) ([]byte, bool, error) {
	var w []byte
	err := q.QueryRowContext(ctx, k.engine.sql("SELECT wrapped FROM keks WHERE purpose = ?1"+lock), purpose).Scan(&w)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return w, err == nil && len(w) == 0, err
}

// act runs a change of the ring in one durable transaction.
func (k *Keyring) act(ctx context.Context, f func(tx *sql.Tx) error) error {
	if k.engine == SQLite {
		k.mu.Lock()
		defer k.mu.Unlock()
	}
	tx, err := k.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// exec runs one statement of a change.
func (k *Keyring) exec(ctx context.Context, tx *sql.Tx, q string, args ...any) error {
	_, err := tx.ExecContext(ctx, k.engine.sql(q), args...)
	return err
}

// AddKEK stores the wrapped key unless one stands and returns the one that stands.
func (k *Keyring) AddKEK(ctx context.Context, purpose string, wrapped []byte) (kept []byte, err error) {
	err = k.act(ctx, func(tx *sql.Tx) error {
		if err := k.exec(ctx, tx, "INSERT INTO keks (purpose, wrapped) VALUES (?1, ?2) ON CONFLICT DO NOTHING", purpose, wrapped); err != nil {
			return err
		}
		var destroyed bool
		if kept, destroyed, err = k.kek(ctx, tx, purpose, ""); err == nil && destroyed {
			return seal.ErrErased.With()
		}
		return err
	})
	return kept, err
}

// ReplaceKEK puts next in the place of old.
func (k *Keyring) ReplaceKEK(ctx context.Context, purpose string, old, next []byte) error {
	return k.act(ctx, func(tx *sql.Tx) error {
		return k.exec(ctx, tx, "UPDATE keks SET wrapped = ?3 WHERE purpose = ?1 AND wrapped = ?2", purpose, old, next)
	})
}

const nextEpoch = "UPDATE ring SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'epoch'"

// DestroyKEK destroys the key of a purpose and all subject keys below it, and
// moves the epoch on in the same step, so that every server learns of it.
func (k *Keyring) DestroyKEK(ctx context.Context, purpose string) error {
	err := k.act(ctx, func(tx *sql.Tx) error {
		return errors.Join(
			k.exec(ctx, tx, "INSERT INTO keks (purpose, wrapped) VALUES (?1, ?2) ON CONFLICT (purpose) DO UPDATE SET wrapped = ?2", purpose, []byte{}),
			k.exec(ctx, tx, "DELETE FROM subjects WHERE purpose = ?1", purpose),
			k.exec(ctx, tx, nextEpoch))
	})
	if err == nil && k.engine == Postgres { // an old row lies in the table's file until this
		_, _ = k.db.ExecContext(context.WithoutCancel(ctx), "VACUUM FULL keks")
	}
	return err
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
		if err := k.subjects(ctx, k.db, purpose, ids[:n], out); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return out, nil
}

type lister interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

func (k *Keyring) subjects(ctx context.Context, q lister, purpose string, ids []string, out map[string][]byte) error {
	args := make([]any, 0, len(ids)+1)
	args = append(args, purpose)
	var marks strings.Builder
	for i, id := range ids {
		args = append(args, id)
		marks.WriteString([...]string{",", ""}[b2i(i == 0)] + "?" + strconv.Itoa(i+2))
	}
	rows, err := q.QueryContext(ctx, k.engine.sql("SELECT subject, wrapped FROM subjects WHERE purpose = ?1 AND subject IN ("+marks.String()+")"), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var w []byte
		if err := rows.Scan(&id, &w); err != nil {
			return err
		}
		out[id] = w
	}
	return rows.Err()
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// DestroySubject destroys one subject's key and leaves a tombstone.
func (k *Keyring) DestroySubject(ctx context.Context, purpose, subject string) error {
	return k.act(ctx, func(tx *sql.Tx) error {
		return errors.Join(
			k.exec(ctx, tx, "INSERT INTO subjects (purpose, subject, wrapped) VALUES (?1, ?2, ?3) ON CONFLICT (purpose, subject) DO UPDATE SET wrapped = ?3", purpose, subject, []byte{}),
			k.exec(ctx, tx, nextEpoch))
	})
}
