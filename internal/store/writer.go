package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// stmt is one statement of a command and how many rows it must touch (-1: any).
type stmt struct {
	sql  string
	args []any
	want int64
}

// command is what one caller wants written, decided and encoded outside the
// writer. It is all or nothing, under its own savepoint.
type command struct {
	op      *journal.Op
	account string
	stmts   []stmt
	entries []journal.Entry
	body    []byte
	done    chan outcome
}

type outcome struct {
	receipt journal.Receipt
	err     error
	took    time.Duration // writer time of the group, for sizing bulk chunks
}

// writer is the one goroutine that writes. Commands that arrive while a group is
// being committed form the next group.
type writer struct {
	s       *Store
	conn    *sql.Conn
	cache   map[string]*sql.Stmt
	seq     int64
	maxFast int
}

func newWriter(ctx context.Context, s *Store) (*writer, error) {
	w := &writer{s: s, maxFast: 512}
	if err := w.connect(ctx); err != nil {
		return nil, err
	}
	err := w.conn.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) FROM entries").Scan(&w.seq)
	s.last = w.seq
	return w, err
}

func (w *writer) connect(ctx context.Context) (err error) {
	w.cache = map[string]*sql.Stmt{}
	w.conn, err = w.s.write.Conn(ctx)
	return err
}

func (w *writer) loop() {
	defer close(w.s.ended)
	defer func() { w.conn.Close() }()
	for {
		var group []*command
		select { // small writes go first; a bulk chunk waits at most one group
		case c := <-w.s.fast:
			group = append(group, c)
		default:
			select {
			case <-w.s.quit:
				w.refuse()
				return
			case c := <-w.s.fast:
				group = append(group, c)
			case c := <-w.s.bulk:
				w.commit([]*command{c})
				continue
			}
		}
	drain:
		for len(group) < w.maxFast {
			select {
			case c := <-w.s.fast:
				group = append(group, c)
			default:
				break drain
			}
		}
		w.commit(group)
		select { // one chunk between two groups, so that bulk is never starved
		case c := <-w.s.bulk:
			w.commit([]*command{c})
		default:
		}
	}
}

func (w *writer) refuse() {
	for {
		select {
		case c := <-w.s.fast:
			c.done <- outcome{err: ErrBusy.With()}
		default:
			return
		}
	}
}

// commit writes a group in one transaction and answers each command only after
// the transaction is durable. A deadlock or serialisation failure on PostgreSQL
// replays the whole group.
func (w *writer) commit(group []*command) {
	if err := w.s.haltedErr(); err != nil {
		answer(group, nil, err)
		return
	}
	var outs []outcome
	var err error
	start := w.s.opt.Watch()
	for range 3 {
		outs, err = w.try(group)
		if err == nil || !retriable(err) {
			break
		}
		w.heal()
	}
	if err != nil {
		w.heal()
		answer(group, nil, ErrBusy.With().Because(err))
		return
	}
	took := w.s.opt.Watch() - start
	for i := range outs {
		outs[i].took = took
	}
	w.s.ring(w.seq)
	answer(group, outs, nil)
}

func answer(group []*command, outs []outcome, err error) {
	for i, c := range group {
		if err != nil {
			c.done <- outcome{err: err}
		} else {
			c.done <- outs[i]
		}
	}
}

// heal rolls back what may be open and takes a fresh connection when it is gone.
func (w *writer) heal() {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	_, err := w.conn.ExecContext(ctx, "ROLLBACK")
	if w.s.engine == Postgres && (err != nil || w.conn.PingContext(ctx) != nil) {
		w.conn.Close()
		if err := w.connect(ctx); err == nil {
			_ = w.conn.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) FROM entries").Scan(&w.seq)
		}
	}
}

func (w *writer) try(group []*command) ([]outcome, error) {
	ctx := context.Background()
	before := w.seq
	outs := make([]outcome, len(group))
	if _, err := w.conn.ExecContext(ctx, w.s.engine.begin()); err != nil {
		return nil, err
	}
	if lock := w.s.engine.appendLock(); lock != "" {
		if _, err := w.conn.ExecContext(ctx, lock); err != nil {
			return nil, err
		}
		if err := w.conn.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) FROM entries").Scan(&w.seq); err != nil {
			return nil, err
		}
	}
	for i, c := range group {
		at := w.seq
		if err := w.exec(ctx, "SAVEPOINT c"); err != nil {
			return nil, err
		}
		r, err := w.one(ctx, c)
		if err != nil {
			w.seq = at
			if retriable(err) {
				return nil, err
			}
			if err2 := w.exec(ctx, "ROLLBACK TO SAVEPOINT c"); err2 != nil {
				return nil, errors.Join(err, err2)
			}
		}
		outs[i] = outcome{receipt: r, err: err}
		if err := w.exec(ctx, "RELEASE SAVEPOINT c"); err != nil {
			return nil, err
		}
	}
	if err := w.fail("before-commit"); err != nil {
		w.seq = before
		return nil, err
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		w.seq = before
		if w.s.engine == SQLite {
			w.s.halt(err)
		}
		return nil, err
	}
	return outs, w.fail("after-commit")
}

func (w *writer) fail(point string) error {
	if w.s.opt.Fail == nil {
		return nil
	}
	return w.s.opt.Fail(point)
}

// one runs a command inside its savepoint.
func (w *writer) one(ctx context.Context, c *command) (journal.Receipt, error) {
	r := journal.Receipt{Body: c.body}
	if c.op != nil {
		r.Op = c.op.ID
		old, found, err := w.claim(ctx, c)
		if err != nil || found {
			return old, err
		}
	}
	for _, st := range c.stmts {
		res, err := w.run(ctx, st.sql, st.args)
		if err != nil {
			return r, err
		}
		if st.want >= 0 {
			if n, err := res.RowsAffected(); err != nil || n != st.want {
				return r, errors.Join(ErrConflict.With(), err)
			}
		}
	}
	for i := range c.entries {
		if err := w.append(ctx, &c.entries[i]); err != nil {
			return r, err
		}
	}
	r.Seq = w.seq
	return r, nil
}

// claim records the operation; when it had been done, its receipt is returned.
func (w *writer) claim(ctx context.Context, c *command) (journal.Receipt, bool, error) {
	now := millis(w.s.opt.Clock())
	res, err := w.run(ctx, "INSERT INTO operations (id, account, device, n, hash, at, seq, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
		[]any{c.op.ID, c.account, c.op.Device, c.op.Sequence, c.op.Hash, now, w.seq + int64(len(c.entries)), c.body})
	if err != nil {
		return journal.Receipt{}, false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return journal.Receipt{}, false, err
	}
	r := journal.Receipt{Op: c.op.ID, Repeat: true}
	var hash, account string
	row := w.conn.QueryRowContext(ctx, w.s.engine.sql("SELECT seq, body, hash, account FROM operations WHERE id = ?1"), c.op.ID)
	if err := row.Scan(&r.Seq, &r.Body, &hash, &account); err != nil {
		return r, false, err
	}
	if hash != c.op.Hash || account != c.account {
		return journal.Receipt{}, false, ErrOpReused.With()
	}
	return r, true, nil
}

const insertEntry = "INSERT INTO entries (seq, at, actor, device, op, verb, thing, thing_id, place_id, path, incident, purpose, subject, audience, act, payload, salt, leaf) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"

func (w *writer) append(ctx context.Context, e *journal.Entry) error {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return err
	}
	e.Seq = w.seq + 1
	leaf := journal.Leaf(*e, salt)
	_, err := w.run(ctx, insertEntry, []any{e.Seq, millis(e.At), e.Actor, e.Device, e.Op, e.Verb, e.Thing, e.ThingID, e.PlaceID, e.Path,
		e.Incident, e.Purpose, e.Subject, e.Audience, e.Act, e.Payload, salt, leaf})
	if err != nil {
		return fmt.Errorf("store: append entry: %w", err)
	}
	w.seq = e.Seq
	return nil
}

// exec runs a statement without parameters.
func (w *writer) exec(ctx context.Context, q string) error {
	_, err := w.run(ctx, q, nil)
	return err
}

// run executes through a kept prepared statement.
func (w *writer) run(ctx context.Context, q string, args []any) (sql.Result, error) {
	if w.s.engine == Postgres && len(args) == 0 {
		return w.conn.ExecContext(ctx, w.s.engine.sql(q), args...)
	}
	st := w.cache[q]
	if st == nil {
		var err error
		if st, err = w.conn.PrepareContext(ctx, w.s.engine.sql(q)); err != nil {
			return nil, err
		}
		w.cache[q] = st
	}
	return st.ExecContext(ctx, args...)
}

// retriable says whether the whole group may be replayed.
func retriable(err error) bool {
	var f *fault.Error
	if errors.As(err, &f) {
		return false
	}
	state := sqlState(err)
	return state == "40001" || state == "40P01" || state == "08006" || state == "57P01" || errors.Is(err, sql.ErrConnDone)
}
