package store

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"
)

var itemType = reflect.TypeFor[*actItem]()

// bulkTables lists the tables whose rows may belong to an act, in a fixed order.
func bulkTables() []string {
	set := map[string]bool{"act_items": true}
	for _, m := range mappings {
		if m.bulk {
			set[m.table] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// dropPending takes back the acts that a crash left unfinished in a file.
func (s *Store) dropPending(ctx context.Context) error {
	ids, err := s.pending(ctx, "SELECT id FROM acts WHERE pending")
	if err != nil {
		return err
	}
	for _, id := range ids {
		for _, t := range heirs {
			key := tableOf(t).key()
			for _, q := range []string{
				"DELETE FROM " + t + " WHERE act = ?1 AND heir = '' AND (" + key + ") IN (SELECT " + key + " FROM " + t + " WHERE heir = ?1 AND heir <> '')",
				"UPDATE " + t + " SET heir = '' WHERE heir = ?1 AND heir <> ''",
			} {
				if _, err := s.write.ExecContext(ctx, q, id); err != nil {
					return fmt.Errorf("store: take back act: %w", err)
				}
			}
		}
		for _, t := range bulkTables() {
			if _, err := s.write.ExecContext(ctx, s.engine.sql("DELETE FROM "+t+" WHERE act = ?1"), id); err != nil {
				return fmt.Errorf("store: take back act: %w", err)
			}
		}
		if _, err := s.write.ExecContext(ctx, s.engine.sql("DELETE FROM acts WHERE id = ?1"), id); err != nil {
			return err
		}
	}
	return nil
}

// TakeBack takes back the unfinished acts of servers that have not been heard of
// for a minute, and forgets servers long gone. Should such a server come back, its
// act is refused: each chunk of an act begins with the question whether it still
// stands.
func (s *Store) TakeBack(ctx context.Context) error {
	now := s.opt.Clock()
	ids, err := s.pending(ctx, "SELECT id FROM acts WHERE pending AND server <> ?1 AND started <= ?2 AND server NOT IN (SELECT id FROM servers WHERE seen > ?2)", s.server, millis(now.Add(-aliveFor)))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.dropAct(ctx, id); err != nil {
			return err
		}
	}
	var gone int
	if err := s.queryRow(ctx, "SELECT COUNT(*) FROM servers WHERE seen < ?1", millis(now.Add(-7*24*time.Hour))).Scan(&gone); err != nil || gone == 0 {
		return err
	}
	_, err = s.send(ctx, s.fast, &command{done: make(chan outcome, 1), stmts: []stmt{{sql: "DELETE FROM servers WHERE seen < ?1", args: []any{millis(now.Add(-7 * 24 * time.Hour))}, want: -1}}})
	return err
}

func (s *Store) pending(ctx context.Context, q string, args ...any) ([]string, error) {
	rows, err := s.query(ctx, q, args...)
	if err != nil {
		return nil, fmt.Errorf("store: pending acts: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// dropAct removes the staged rows of an act through the writer, in chunks. The act is
// lost first, so that no further chunk of it is taken: its row goes last, and until
// then no reader sees anything of it.
func (s *Store) dropAct(ctx context.Context, id string) error {
	ctx = context.WithoutCancel(ctx)
	lose := stmt{"UPDATE acts SET lost = TRUE WHERE id = ?1 AND pending", []any{id}, -1}
	if _, err := s.send(ctx, s.fast, &command{done: make(chan outcome, 1), stmts: []stmt{lose}}); err != nil {
		return err
	}
	if err := s.giveBack(id); err != nil {
		return err
	}
	const staged = "act = ?1 AND ?1 IN (SELECT id FROM acts WHERE pending)"
	for _, t := range bulkTables() {
		m := tableOf(t)
		err := s.clear(m, staged, []any{id}, func(keys [][]any) []stmt { return m.byKey("DELETE FROM "+t, staged+" AND ", []any{id}, keys) })
		if err != nil {
			return err
		}
	}
	_, err := s.send(ctx, s.fast, &command{done: make(chan outcome, 1), stmts: []stmt{{"DELETE FROM acts WHERE id = ?1 AND pending", []any{id}, -1}}})
	return err
}
