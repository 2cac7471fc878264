package store

import (
	"context"
	"encoding/json"
	"fmt"

	"shouwang/internal/journal"
)

// ForgetIncident deletes what an ended incident knew of doors: its targets,
// facts, exemptions and arrivals, and the plans and choices made for it. Posts stay, they are the helpers' record of
// service; the journal keeps its skeleton and still verifies. The certificate is
// the entry, written in the same transaction, with the counts. Repeating the
// operation does no harm.
func (s *Store) ForgetIncident(ctx context.Context, op *journal.Op, incident string, certificate journal.Entry) (journal.Receipt, error) {
	counts := map[string]any{}
	c := &command{op: op, account: certificate.Actor, done: make(chan outcome, 1)}
	for _, t := range []string{"targets", "plans", "pins", "facts", "exemptions", "arrivals"} {
		n := 0
		q := "SELECT COUNT(*) FROM " + t + " WHERE incident = ?1"
		if heired(t) { // an image and the row it is to replace are one
			q += " AND heir = ''"
		}
		if err := s.queryRow(ctx, q, incident).Scan(&n); err != nil {
			return journal.Receipt{}, fmt.Errorf("store: forget: %w", err)
		}
		counts[t] = n
		c.stmts = append(c.stmts, stmt{"DELETE FROM " + t + " WHERE incident = ?1", []any{incident}, -1})
	}
	// who was asked and what they answered goes with the incident
	c.stmts = append(c.stmts, stmt{"DELETE FROM receivers WHERE notice_id IN (SELECT id FROM notices WHERE incident = ?1)", []any{incident}, -1},
		stmt{"DELETE FROM notices WHERE incident = ?1", []any{incident}, -1})
	counts["key"] = "destroyed"
	raw, err := json.Marshal(counts)
	if err != nil {
		return journal.Receipt{}, err
	}
	certificate.Payload = raw
	if err := s.stage(ctx, c, &journal.Change{Entry: certificate}, op); err != nil {
		return journal.Receipt{}, err
	}
	return s.send(ctx, s.fast, c)
}
