package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// Commit writes the changes and their entries in one transaction and returns
// after it is durable. With an operation, a repeat of the same id and hash by the
// same account returns the first receipt and writes nothing. body is kept with
// the operation and comes back in the receipt. Faults: SW-1801 when a row is no
// longer at its base version, SW-1802 when the operation id was used for something
// else, SW-1803 when the database cannot write.
func (s *Store) Commit(ctx context.Context, op *journal.Op, body []byte, changes ...journal.Change) (journal.Receipt, error) {
	w := Write{op, body, changes}
	c, err := s.staged(ctx, w)
	if err != nil {
		return journal.Receipt{}, err
	}
	r, err := s.send(ctx, s.fast, c)
	s.learn(w, Written{r, err})
	return r, err
}

// stage turns one change into statements and its sealed entry.
func (s *Store) stage(ctx context.Context, c *command, ch *journal.Change, op *journal.Op) error {
	if ch.Row != nil {
		st, again, err := s.rowStmt(ctx, ch.Row, ch.Base)
		if err != nil {
			return err
		}
		if again != nil {
			if c.again == nil {
				c.again = map[int][]stmt{}
			}
			c.again[len(c.stmts)] = again
		}
		c.stmts = append(c.stmts, st)
	}
	e := ch.Entry
	if e.Verb == "" {
		return nil // a row written along with another's entry, e.g. a session's last-seen
	}
	if e.At.IsZero() {
		e.At = s.opt.Clock()
	}
	if op != nil {
		e.Op, e.Device = op.ID, op.Device
	}
	if e.Subject != "" && len(e.Payload) > 0 {
		sealed, err := s.opt.Sealer.Seal(ctx, e.Purpose, e.Subject, "entries|payload|"+e.ThingID, e.Payload)
		if err != nil {
			return err
		}
		e.Payload = sealed
	}
	c.entries = append(c.entries, e)
	return nil
}

// rowStmt returns the statement that writes a row, and what is done in its stead when
// an act is about to replace the row.
func (s *Store) rowStmt(ctx context.Context, row any, base int64) (st stmt, again []stmt, err error) {
	m, err := mappingOf(row)
	if err != nil {
		return st, nil, err
	}
	*m.version(row) = base + 1
	args, err := s.bind(ctx, m, row)
	if err != nil {
		return st, nil, err
	}
	if base == 0 {
		return m.settle(args), nil, nil
	}
	st = m.rewrite(args, base, true)
	return st, m.staged(st, args[:m.keys]), nil
}

// bind encodes a row into the values of its columns.
func (s *Store) bind(ctx context.Context, m *mapping, row any) ([]any, error) {
	if m.encode != nil {
		stored, err := m.encode(ctx, s, row)
		if err != nil {
			return nil, err
		}
		return values(m.fields(stored))
	}
	return values(m.fields(row))
}

func (s *Store) send(ctx context.Context, q chan *command, c *command) (journal.Receipt, error) {
	l, fenced := fence(ctx, c)
	r, err := s.post(ctx, q, c)
	if fenced && err != nil {
		err = s.fenced(ctx, l, err)
	}
	return r, err
}

// post hands a command to the writer and waits for its answer.
func (s *Store) post(ctx context.Context, q chan *command, c *command) (journal.Receipt, error) {
	if err := s.put(ctx, q, c); err != nil {
		return journal.Receipt{}, err
	}
	return s.await(c)
}

// put hands a command to the writer.
func (s *Store) put(ctx context.Context, q chan *command, c *command) error {
	select {
	case q <- c:
		return nil
	case <-s.quit:
		return ErrBusy.With()
	case <-ctx.Done(): // not yet taken by the writer, so nothing happens
		return ErrBusy.With().Because(ctx.Err())
	}
}

// await waits for the writer's answer to a command that it was handed.
func (s *Store) await(c *command) (journal.Receipt, error) {
	select {
	case o := <-c.done: // never leaves early: what the writer took, it finishes
		return o.receipt, o.err
	case <-s.ended:
		select {
		case o := <-c.done:
			return o.receipt, o.err
		default:
			return journal.Receipt{}, ErrBusy.With()
		}
	}
}

// Receipt returns the receipt of an operation done before, for a caller to answer
// a repeat without deciding anew; late ones come from memory. Fault SW-1802 when id and hash do not belong together.
func (s *Store) Receipt(ctx context.Context, account string, op journal.Op) (journal.Receipt, bool, error) {
	if k, ok := s.known.receipt(op.ID); ok {
		if k.hash != op.Hash || k.account != account {
			return journal.Receipt{}, false, ErrOpReused.With()
		}
		k.Repeat = true
		return k.Receipt, true, nil
	}
	r := journal.Receipt{Op: op.ID, Repeat: true}
	var hash, who string
	rows, err := s.query(ctx, "SELECT seq, body, hash, account FROM operations WHERE id = ?1", op.ID)
	if err != nil {
		return r, false, fmt.Errorf("store: receipt: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return r, false, rows.Err()
	}
	if err := rows.Scan(&r.Seq, &r.Body, &hash, &who); err != nil {
		return r, false, err
	}
	if hash != op.Hash || who != account {
		return r, false, ErrOpReused.With()
	}
	return r, true, nil
}

// ReceiptLast is Receipt from memory alone: what it does not find may still have
// been done, and the commit will say so.
func (s *Store) ReceiptLast(account string, op journal.Op) (journal.Receipt, bool, error) {
	if _, ok := s.known.receipt(op.ID); !ok {
		return journal.Receipt{}, false, nil
	}
	return s.Receipt(context.Background(), account, op)
}

// Decide runs a decision and commits what it returns; when another writer was
// faster, it decides again on the new state, up to three times. A decision that
// checks a client's own base version reports that conflict itself.
func (s *Store) Decide(ctx context.Context, op *journal.Op, decide func(ctx context.Context) (body []byte, changes []journal.Change, err error)) (journal.Receipt, error) {
	var r journal.Receipt
	var err error
	for range 3 {
		var body []byte
		var changes []journal.Change
		if body, changes, err = decide(ctx); err != nil {
			return r, err
		}
		if len(changes) == 0 {
			return journal.Receipt{Body: body, Seq: s.Last()}, nil
		}
		r, err = s.Commit(ctx, op, body, changes...)
		if !errors.Is(err, ErrConflict) {
			return r, err
		}
	}
	return r, err
}

func (s *Store) halt(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.halted = err
}

func (s *Store) haltedErr() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.halted != nil {
		return ErrHalted.With().Because(s.halted)
	}
	return nil
}

func sqlState(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	var f *fault.Error
	if err != nil && !errors.As(err, &f) && pgconn.SafeToRetry(err) {
		return "08006"
	}
	return ""
}
