package store

import (
	"context"
	"fmt"
)

// DeviceLast returns the last sequence of a device that was done; 0 for a device
// that is new or belongs to another account.
func (s *Store) DeviceLast(ctx context.Context, device, account string) (n int64, err error) {
	rows, err := s.query(ctx, "SELECT last FROM devices WHERE id = ?1", account+"|"+device)
	if err != nil {
		return 0, fmt.Errorf("store: device: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

// Held returns the operations of a device that wait for a predecessor.
func (s *Store) Held(ctx context.Context, device, account string) ([][]byte, error) {
	rows, err := s.query(ctx, "SELECT body FROM held WHERE device = ?1 ORDER BY n", account+"|"+device)
	if err != nil {
		return nil, fmt.Errorf("store: held: %w", err)
	}
	defer rows.Close()
	var out [][]byte
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// SettleDevice writes how far a device has come, keeps the operations that wait
// and forgets those that were done: none waits for a predecessor that is behind it.
func (s *Store) SettleDevice(ctx context.Context, device, account string, last int64, hold map[int64][]byte) error {
	key, now := account+"|"+device, millis(s.opt.Clock())
	c := &command{done: make(chan outcome, 1), stmts: []stmt{{
		"INSERT INTO devices (id, account, last, seen) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET last = CASE WHEN devices.last > ?3 THEN devices.last ELSE ?3 END, seen = ?4",
		[]any{key, account, last, now}, -1}}}
	for n, body := range hold {
		c.stmts = append(c.stmts, stmt{"INSERT INTO held (device, n, account, at, body) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING", []any{key, n, account, now, body}, -1})
	}
	c.stmts = append(c.stmts, stmt{"DELETE FROM held WHERE device = ?1 AND n <= ?2", []any{key, last}, -1})
	_, err := s.send(ctx, s.fast, c)
	return err
}
