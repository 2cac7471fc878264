package store

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
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

// dropPending takes back the acts that a crash left unfinished. On PostgreSQL only
// those that began more than an hour ago, since a sister server may be staging.
func (s *Store) dropPending(ctx context.Context) error {
	before := millis(s.opt.Clock())
	if s.engine == Postgres {
		before -= 3600_000
	}
	rows, err := s.query(ctx, "SELECT id FROM acts WHERE pending AND started <= ?1", before)
	if err != nil {
		return fmt.Errorf("store: pending acts: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, id := range ids {
		for _, t := range heirs {
			for _, st := range returned(t, id, 1<<40) {
				if _, err := s.write.ExecContext(ctx, s.engine.sql(st.sql), st.args...); err != nil {
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

// dropAct removes the staged rows of an act through the writer.
func (s *Store) dropAct(ctx context.Context, id string) error {
	if err := s.giveBack(id); err != nil {
		return err
	}
	c := &command{done: make(chan outcome, 1)}
	for _, t := range bulkTables() {
		c.stmts = append(c.stmts, stmt{"DELETE FROM " + t + " WHERE act = ?1 AND ?1 IN (SELECT id FROM acts WHERE pending)", []any{id}, -1})
	}
	c.stmts = append(c.stmts, stmt{"DELETE FROM acts WHERE id = ?1 AND pending", []any{id}, -1})
	_, err := s.send(context.WithoutCancel(ctx), s.fast, c)
	return err
}
