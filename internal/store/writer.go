package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
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
// writer. It is all or nothing: none harms another of its group.
type command struct {
	op      *journal.Op
	account string
	stmts   []stmt
	again   map[int][]stmt // by statement: what is done in its stead when it touches nothing
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
	texts   map[string]string // statements in the engine's own form
	seq     int64
	maxFast int
	mark    int64 // how many groups this server has tried to commit
	doubt   int64 // the mark of a group of which nobody knows whether it was written; 0: none
}

func newWriter(ctx context.Context, s *Store) (*writer, error) {
	w := &writer{s: s, maxFast: 512}
	var err error
	for range 12 { // what a server left that was killed this moment is gone after the next
		if err = w.connect(ctx); !errors.Is(err, ErrAlone) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		return nil, err
	}
	err = w.conn.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) FROM entries").Scan(&w.seq)
	s.last = w.seq
	return w, err
}

func (w *writer) connect(ctx context.Context) (err error) {
	conn, err := w.s.write.Conn(ctx)
	if err != nil {
		return err // the old connection stays, closed: the next try comes here again
	}
	w.conn, w.cache = conn, map[string]*sql.Stmt{}
	if err = w.greet(ctx); err != nil {
		w.conn.Close()
	}
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

// patience is how long a group whose fate is open is looked after, and hurry how
// long one is tried that is known not to be written, before its callers are told.
const (
	patience = 12 * time.Second
	hurry    = 1500 * time.Millisecond
)

// commit writes a group in one transaction and answers each command only after
// the transaction is durable. On PostgreSQL a deadlock, a serialisation failure or
// a lost connection replays the whole group; when the connection broke between
// COMMIT and reply, the group is replayed only once it is known not to be written.
func (w *writer) commit(group []*command) {
	if err := w.s.haltedErr(); err != nil {
		answer(group, nil, err)
		return
	}
	var outs, open []outcome
	var err error
	var seq int64 // of the group in doubt
	start := w.s.opt.Watch()
	for try := 0; ; try++ {
		if outs, err = w.try(group, w.s.engine.first()); errors.Is(err, errPlain) {
			w.heal()
			outs, err = w.try(group, plainly)
		}
		if errors.Is(err, errCareful) {
			w.heal()
			outs, err = w.try(group, carefully)
		}
		if errors.Is(err, errWritten) {
			w.heal()
			outs, err, w.seq = open, nil, seq
		}
		if errors.Is(err, errDoubt) {
			open, seq = outs, w.seq
		}
		took := w.s.opt.Watch() - start
		if err == nil || !w.again(err, try, took) {
			break
		}
		w.heal()
		if try > 0 {
			time.Sleep(min(time.Duration(try)*20*time.Millisecond, 200*time.Millisecond))
		}
	}
	unsure := w.doubt > 0 && err != nil
	w.doubt = 0
	if err != nil {
		w.heal()
		if unsure {
			answer(group, nil, ErrUnsure.With().Because(err))
			return
		}
		answer(group, nil, ErrBusy.With().Because(err))
		return
	}
	took := w.s.opt.Watch() - start
	for i := range outs {
		outs[i].took = took
	}
	if w.s.opt.Committed != nil {
		w.s.opt.Committed(took, len(group))
	}
	w.s.ring(w.seq)
	answer(group, outs, nil)
}

// again says whether a group that failed is tried once more.
func (w *writer) again(err error, try int, took time.Duration) bool {
	if w.doubt > 0 {
		return took < patience && try < 300
	}
	return retriable(err) && (try < 2 || took < hurry) && try < 30
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
		_ = w.connect(ctx) // while it fails, the next try finds the connection closed and comes here again
	}
}

// exec runs a statement without parameters.
func (w *writer) exec(ctx context.Context, q string) error {
	_, err := w.run(ctx, q, nil)
	return err
}

// apply runs a command's statement, or what is to be done in its stead, and returns
// how many rows were touched.
func (w *writer) apply(ctx context.Context, c *command, k int) (int64, error) {
	st := c.stmts[k]
	res, err := w.run(ctx, st.sql, st.args)
	if err != nil || st.want < 0 {
		return st.want, err
	}
	n, err := res.RowsAffected()
	if err != nil || n != 0 || len(c.again[k]) == 0 {
		return n, err
	}
	for _, x := range c.again[k] {
		if res, err = w.run(ctx, x.sql, x.args); err != nil {
			return 0, err
		}
		if n, err = res.RowsAffected(); err != nil || n != x.want {
			return n, err
		}
	}
	return st.want, nil
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
	switch sqlState(err) {
	case "40001", "40P01", "55P03": // serialisation failure, deadlock, a lock not had in time
		return true
	}
	return Away(err) || errors.Is(err, sql.ErrConnDone)
}

// broken says whether an error is that of a connection cut in the middle.
func broken(err error) bool {
	var f *fault.Error
	var n net.Error
	return !errors.As(err, &f) && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.As(err, &n) ||
		errors.Is(err, driver.ErrBadConn) || strings.Contains(err.Error(), "conn closed"))
}
