package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// errCareful says that a group cannot be written together: some command of it
// failed halfway, or repeats another. Nothing of it was kept; it is written again
// with a savepoint for each command.
var errCareful = errors.New("store: the group needs a savepoint for each command")

// way is how a group is written. Most are written at once; where that does not do,
// statement by statement; and in the end each command within a savepoint of its own.
type way int

const (
	atOnce way = iota
	plainly
	carefully
)

// first is the way a group is tried first.
func (e Engine) first() way { return [...]way{plainly, atOnce}[e] }

// try writes a group in one transaction.
func (w *writer) try(group []*command, how way) (outs []outcome, err error) {
	ctx, stop := w.s.engine.within(group)
	defer stop()
	before := w.seq
	defer func() {
		if err != nil {
			w.seq = before
		}
	}()
	if err := w.begin(ctx); err != nil {
		return nil, err
	}
	if how == carefully {
		outs, err = w.apart(ctx, group)
	} else {
		outs, err = w.together(ctx, group, how)
	}
	if err != nil {
		return nil, err
	}
	if err := w.fail("before-commit"); err != nil {
		return nil, err
	}
	if err := w.exec(ctx, w.end()); err != nil {
		if w.s.engine == SQLite {
			w.s.halt(err)
		} else if doubted(err) {
			before, w.doubt = w.seq, w.mark
			return outs, errors.Join(errDoubt, err)
		}
		return nil, err
	}
	before, w.doubt = w.seq, 0
	return outs, w.fail("after-commit")
}

// begin opens the group's transaction and takes the append lock.
func (w *writer) begin(ctx context.Context) error {
	if w.s.engine == Postgres {
		return w.open(ctx)
	}
	return w.exec(ctx, w.s.engine.begin())
}

func (w *writer) fail(point string) error {
	if w.s.opt.Fail == nil {
		return nil
	}
	return w.s.opt.Fail(point)
}

// together writes a group without savepoints. It may, because a command whose
// first statement touches nothing has left nothing behind and simply drops out;
// whenever a command stops later than that, or an operation turns out to have been
// done before, the answer is errCareful and the transaction is given up. Operations
// and entries of all commands go in by few statements of many rows.
func (w *writer) together(ctx context.Context, group []*command, how way) ([]outcome, error) {
	if len(group) > 1 && twice(group) {
		return nil, errCareful
	}
	done, err := w.rows(ctx, group, how)
	if err != nil {
		return nil, err
	}
	outs := make([]outcome, len(group))
	kept := make([]int, 0, len(group))
	for i, c := range group {
		if done[i] {
			kept = append(kept, i)
		} else if outs[i], err = w.lost(ctx, c); err != nil {
			return nil, err
		}
	}
	var ops, entries []any
	var nOps, nEntries int64
	now := millis(w.s.opt.Clock())
	for _, i := range kept {
		c := group[i]
		last := w.seq + nEntries + int64(len(c.entries))
		outs[i].receipt = journal.Receipt{Seq: last, Body: c.body}
		if c.op != nil && !forgetful() {
			outs[i].receipt.Op = c.op.ID
			ops = append(ops, c.op.ID, c.account, c.op.Device, c.op.Sequence, c.op.Hash, now, last, c.body)
			nOps++
		}
		for j := range c.entries {
			nEntries++
			args, err := entryArgs(&c.entries[j], w.seq+nEntries)
			if err != nil {
				return nil, err
			}
			entries = append(entries, args...)
		}
	}
	if n, m, err := w.tail(ctx, ops, entries, how); err != nil || n != nOps || m != nEntries {
		return nil, careful(err)
	}
	w.seq += nEntries
	return outs, nil
}

// rows runs the statements of a group's commands and says which of these hold.
func (w *writer) rows(ctx context.Context, group []*command, how way) (done []bool, err error) {
	if how == atOnce {
		return w.pipedRows(ctx, group)
	}
	done = make([]bool, len(group))
	for i, c := range group {
		if done[i], err = w.statements(ctx, c); err != nil {
			return nil, err
		}
	}
	return done, nil
}

// tail adds the operations and entries of a group and says how many were added.
func (w *writer) tail(ctx context.Context, ops, entries []any, how way) (nOps, nEntries int64, err error) {
	if how == atOnce {
		return w.pipedTail(ctx, ops, entries)
	}
	if nOps, err = w.many(ctx, insertOp, ops, len(opCols)); err == nil {
		nEntries, err = w.many(ctx, insertEntry, entries, len(entryColumns))
	}
	return nOps, nEntries, err
}

// twice says whether two commands of a group bear the same operation.
func twice(group []*command) bool {
	seen := make(map[string]bool, len(group))
	for _, c := range group {
		if c.op == nil {
			continue
		}
		if seen[c.op.ID] {
			return true
		}
		seen[c.op.ID] = true
	}
	return false
}

// careful turns an error into a reason to write the group once more, each command
// by itself; what only a fresh transaction can mend stays as it is.
func careful(err error) error {
	if err != nil && retriable(err) {
		return err
	}
	return errors.Join(errCareful, err)
}

// statements runs a command's statements; done is false when its first one touched
// no row, so that the command has left nothing behind.
func (w *writer) statements(ctx context.Context, c *command) (done bool, err error) {
	for k, st := range c.stmts {
		n, err := w.apply(ctx, c, k)
		switch {
		case err != nil || n != st.want && (k > 0 || n > 0):
			return false, careful(err)
		case n != st.want:
			return false, nil
		}
	}
	return true, nil
}

// lost answers a command that found its row changed: with the first receipt when
// it is a repeat, with a conflict otherwise.
func (w *writer) lost(ctx context.Context, c *command) (outcome, error) {
	if c.op == nil {
		return outcome{err: ErrConflict.With()}, nil
	}
	r, found, err := w.done(ctx, c)
	var f *fault.Error
	switch {
	case errors.As(err, &f):
		return outcome{err: err}, nil
	case err != nil:
		return outcome{}, careful(err)
	case found:
		return outcome{receipt: r}, nil
	}
	return outcome{err: ErrConflict.With()}, nil
}

// apart writes a group with a savepoint for each command.
func (w *writer) apart(ctx context.Context, group []*command) ([]outcome, error) {
	outs := make([]outcome, len(group))
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
	return outs, nil
}

// one runs a command inside its savepoint.
func (w *writer) one(ctx context.Context, c *command) (journal.Receipt, error) {
	r := journal.Receipt{Body: c.body}
	if c.op != nil && !forgetful() {
		r.Op = c.op.ID
		old, found, err := w.claim(ctx, c)
		if err != nil || found {
			return old, err
		}
	}
	for k, st := range c.stmts {
		n, err := w.apply(ctx, c, k)
		if err != nil {
			return r, err
		}
		if n != st.want {
			return r, ErrConflict.With()
		}
	}
	for i := range c.entries {
		args, err := entryArgs(&c.entries[i], w.seq+1)
		if err != nil {
			return r, err
		}
		if _, err := w.many(ctx, insertEntry, args, len(entryColumns)); err != nil {
			return r, fmt.Errorf("store: append entry: %w", err)
		}
		w.seq++
	}
	r.Seq = w.seq
	return r, nil
}

// claim records the operation; when it had been done, its receipt is returned.
func (w *writer) claim(ctx context.Context, c *command) (journal.Receipt, bool, error) {
	n, err := w.many(ctx, insertOp, []any{c.op.ID, c.account, c.op.Device, c.op.Sequence, c.op.Hash, millis(w.s.opt.Clock()), w.seq + int64(len(c.entries)), c.body}, len(opCols))
	if err != nil || n == 1 {
		return journal.Receipt{}, false, err
	}
	return w.done(ctx, c)
}

// done looks a command's operation up among those done before.
func (w *writer) done(ctx context.Context, c *command) (journal.Receipt, bool, error) {
	r := journal.Receipt{Op: c.op.ID, Repeat: true}
	var hash, account string
	rows, err := w.conn.QueryContext(ctx, w.s.engine.sql("SELECT seq, body, hash, account FROM operations WHERE id = ?1"), c.op.ID)
	if err != nil {
		return r, false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return journal.Receipt{}, false, rows.Err()
	}
	if err := rows.Scan(&r.Seq, &r.Body, &hash, &account); err != nil {
		return r, false, err
	}
	if hash != c.op.Hash || account != c.account {
		return journal.Receipt{}, false, ErrOpReused.With()
	}
	return r, true, nil
}

// entryArgs are the values of an entry's row at a sequence, with a fresh salt.
func entryArgs(e *journal.Entry, seq int64) ([]any, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return nil, err
	}
	e.Seq = seq
	return []any{e.Seq, millis(e.At), e.Actor, e.Device, e.Op, e.Verb, e.Thing, e.ThingID, e.PlaceID, e.Path,
		e.Incident, e.Purpose, e.Subject, e.Audience, e.Act, e.Payload, salt, journal.Leaf(*e, salt)}, nil
}
