package store

import (
	"context"
	"fmt"
	"time"
)

// receiptChunk is how many answers are let go in one turn of the writer.
const receiptChunk = 400

// ForgetReceipts lets go of the answers kept for repeats of operations done before a
// moment, and says how many there were. That an operation was done, and that another
// under the same id is refused, stays known for good: a late repeat is answered as
// one, without the words.
func (s *Store) ForgetReceipts(ctx context.Context, before time.Time) (n int, err error) {
	for {
		ids, err := s.receiptsBefore(ctx, before)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		marks, args := "", make([]any, len(ids))
		for i, id := range ids {
			if i > 0 {
				marks += ", "
			}
			args[i], marks = id, marks+nth(i+1)
		}
		c := &command{done: make(chan outcome, 1), stmts: []stmt{{"UPDATE operations SET body = NULL WHERE id IN (" + marks + ")", args, -1}}}
		if _, err := s.send(ctx, s.bulk, c); err != nil {
			return n, fmt.Errorf("store: receipts: %w", err)
		}
		if n += len(ids); len(ids) < receiptChunk {
			return n, nil
		}
	}
}

// receiptsBefore names some operations that still keep their answer.
func (s *Store) receiptsBefore(ctx context.Context, before time.Time) ([]any, error) {
	rows, err := s.query(ctx, "SELECT id FROM operations WHERE at < ?1 AND body IS NOT NULL LIMIT ?2", millis(before), receiptChunk)
	if err != nil {
		return nil, fmt.Errorf("store: receipts: %w", err)
	}
	defer rows.Close()
	var ids []any
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
