package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// On PostgreSQL each statement is a walk to another process and back, and on a busy
// machine both have to be given a core each time. The writer therefore hands all that
// a group changes over at once and reads the answers together: a group is four walks,
// however many writes are in it.

// errPlain says that a group cannot be handed over at once: some command of it has to
// see what one statement did before it goes on. Nothing of it was kept.
var errPlain = errors.New("store: the group goes on statement by statement")

// piped runs statements behind one another in one walk and returns how many rows each
// touched.
func (w *writer) piped(ctx context.Context, sts []stmt) (touched []int64, err error) {
	if len(sts) == 0 {
		return nil, nil
	}
	err = w.batch(ctx, sts, func(r pgx.BatchResults) error {
		touched = make([]int64, len(sts))
		for i := range sts {
			tag, err := r.Exec()
			if err != nil {
				return err
			}
			touched[i] = tag.RowsAffected()
		}
		return nil
	})
	return touched, err
}

func (w *writer) batch(ctx context.Context, sts []stmt, read func(pgx.BatchResults) error) error {
	var b pgx.Batch
	for _, st := range sts {
		b.Queue(w.text(st.sql), st.args...)
	}
	return w.conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("store: %T is no PostgreSQL connection", driver)
		}
		r := c.Conn().SendBatch(ctx, &b)
		return errors.Join(read(r), r.Close())
	})
}

// keptTexts is how many statements' texts are kept in the engine's own form.
const keptTexts = 2000

// text is a statement in the engine's own form.
func (w *writer) text(q string) string {
	t, ok := w.texts[q]
	if !ok {
		if t = w.s.engine.sql(q); w.texts == nil || len(w.texts) >= keptTexts {
			w.texts = map[string]string{}
		}
		w.texts[q] = t
	}
	return t
}

// open begins a group on PostgreSQL: the transaction, the append lock, and how far the
// journal has come, read after the lock was had.
func (w *writer) open(ctx context.Context) error {
	var mark sql.NullInt64
	err := w.batch(ctx, []stmt{{sql: w.s.engine.begin()}, {sql: w.s.engine.appendLock()}, {sql: positionText, args: []any{w.s.server}}}, func(r pgx.BatchResults) error {
		for range 2 {
			if _, err := r.Exec(); err != nil {
				return err
			}
		}
		return r.QueryRow().Scan(&w.seq, &mark)
	})
	if err != nil {
		return err
	}
	return w.placed(mark)
}

// pipedRows runs the statements of all commands of a group at once. done says of each
// command whether it holds; one that does not has left nothing behind.
func (w *writer) pipedRows(ctx context.Context, group []*command) (done []bool, err error) {
	var sts []stmt
	for _, c := range group {
		sts = append(sts, c.stmts...)
	}
	touched, err := w.piped(ctx, sts)
	if err != nil {
		return nil, careful(err)
	}
	done = make([]bool, len(group))
	for i, c := range group {
		done[i] = true
		for k, st := range c.stmts {
			if n := touched[k]; st.want >= 0 && n != st.want {
				if n > 0 || len(c.stmts) > 1 || len(c.again[k]) > 0 {
					return nil, errPlain
				}
				done[i] = false
			}
		}
		touched = touched[len(c.stmts):]
	}
	return done, nil
}

// pipedTail adds the operations and entries of a group at once.
func (w *writer) pipedTail(ctx context.Context, ops, entries []any) (nOps, nEntries int64, err error) {
	sts := parted(insertOp, ops, len(opCols))
	first := len(sts)
	sts = append(sts, parted(insertEntry, entries, len(entryColumns))...)
	touched, err := w.piped(ctx, sts)
	for i, n := range touched {
		if i < first {
			nOps += n
		} else {
			nEntries += n
		}
	}
	return nOps, nEntries, err
}
