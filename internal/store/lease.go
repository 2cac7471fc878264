package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shouwang/internal/fault"
)

// ErrFenced says that another server has taken over what this one was doing.
var ErrFenced = fault.Define(fault.Unavailable, "SW-1822",
	"这件事已由另一台服务器接手，本机这次没有写入，数据不受影响。无需处理，会自动继续。",
	"Another server has taken this over; this one wrote nothing and the data are safe. Nothing needs to be done, it goes on by itself.")

// Lease is the right to do something that only one server does at a time, until
// it runs out. Its token grows with each change of hands.
type Lease struct {
	Name, Holder string
	Token        int64
}

// Take takes or prolongs a lease; ok is false while another server holds it. That
// the holder still lives is a guess by the clock; that no two ever write is not:
// what is written Under a lease is refused once its token is no longer the last.
func (s *Store) Take(ctx context.Context, name string, span time.Duration) (Lease, bool, error) {
	now := s.opt.Clock()
	var other int // somebody else's turn is found by looking: nothing is written
	if err := s.queryRow(ctx, "SELECT COUNT(*) FROM leases WHERE name = ?1 AND holder <> ?2 AND until > ?3", name, s.server, millis(now)).Scan(&other); err != nil || other > 0 {
		return Lease{}, false, err
	}
	c := &command{done: make(chan outcome, 1), stmts: []stmt{{sql: `INSERT INTO leases (name, holder, token, until) VALUES (?1, ?2, 1, ?3)
		ON CONFLICT (name) DO UPDATE SET token = CASE WHEN leases.holder = ?2 THEN leases.token ELSE leases.token + 1 END, holder = ?2, until = ?3
		WHERE leases.holder = ?2 OR leases.until <= ?4`, args: []any{name, s.server, millis(now.Add(span)), millis(now)}, want: 1}}}
	if _, err := s.send(ctx, s.fast, c); err != nil {
		if errors.Is(err, ErrConflict) {
			err = nil
		}
		return Lease{}, false, err
	}
	l := Lease{Name: name, Holder: s.server}
	rows, err := s.query(ctx, "SELECT token FROM leases WHERE name = ?1 AND holder = ?2", name, s.server)
	if err != nil {
		return l, false, fmt.Errorf("store: lease: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return l, false, rows.Err()
	}
	return l, true, rows.Scan(&l.Token)
}

// Release lets go of a lease, so that another server need not wait for its end.
func (s *Store) Release(ctx context.Context, l Lease) error {
	c := &command{done: make(chan outcome, 1), stmts: []stmt{{sql: "UPDATE leases SET until = 0, holder = '' WHERE name = ?1 AND holder = ?2 AND token = ?3",
		args: []any{l.Name, l.Holder, l.Token}, want: -1}}}
	_, err := s.send(ctx, s.fast, c)
	return err
}

type leaseKey struct{}

// Under returns a context under which the store writes only while the lease is
// held: the check is part of the same transaction. Fault: SW-1822.
func Under(ctx context.Context, l Lease) context.Context {
	return context.WithValue(ctx, leaseKey{}, l)
}

// fence puts the check of the context's lease before a command.
func fence(ctx context.Context, c *command) (l Lease, fenced bool) {
	if l, fenced = ctx.Value(leaseKey{}).(Lease); fenced {
		c.stmts = append([]stmt{{sql: "UPDATE leases SET token = token WHERE name = ?1 AND holder = ?2 AND token = ?3", args: []any{l.Name, l.Holder, l.Token}, want: 1}}, c.stmts...)
	}
	return l, fenced
}

// fenced turns the conflict of a command whose lease has passed on into SW-1822.
func (s *Store) fenced(ctx context.Context, l Lease, err error) error {
	if !errors.Is(err, ErrConflict) {
		return err
	}
	var token int64
	var holder string
	if e := s.queryRow(context.WithoutCancel(ctx), "SELECT holder, token FROM leases WHERE name = ?1", l.Name).Scan(&holder, &token); e != nil || holder != l.Holder || token != l.Token {
		return ErrFenced.With().Because(errors.Join(err, e))
	}
	return err
}
