package store

import (
	"context"
	"errors"

	"shouwang/internal/round"
	"shouwang/internal/seal"
	"shouwang/internal/territory"
)

// targetRow is a target as it lies in the table: what was asked for is sealed
// under the incident, with the door as its subject, and goes when the incident's
// key does.
type targetRow struct {
	round.Target
	choice []byte
}

func init() {
	const cols = "round_id place_id incident path zone outcome choice final again at actor behalf version act"
	fields := func(t *targetRow) []any {
		return []any{&t.RoundID, &t.PlaceID, &t.Incident, &t.Path, &t.Zone, &t.Outcome, &t.choice, &t.Final, ms{&t.Again}, ms{&t.At}, &t.By, &t.For, &t.Version, &t.Act}
	}
	define("targets", cols, 2, fields, nil, nil)
	m := define("targets", cols, 2, func(*round.Target) []any { return nil },
		func(t *round.Target) *int64 { return &t.Version }, func(t *round.Target) *string { return &t.Act })
	m.fields = func(r any) []any { return fields(r.(*targetRow)) }
	m.settled = []string{"incident", "path"}
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		t := row.(*round.Target)
		out := &targetRow{Target: *t}
		var err error
		if t.Choice != "" {
			out.choice, err = s.opt.Sealer.Seal(ctx, IncidentPurpose(t.Incident), t.PlaceID, targetLabel(t), []byte(t.Choice))
		}
		return out, err
	}
}

// IncidentPurpose is the purpose that an incident's facts are sealed under; the
// everyday system's lie under the register's.
func IncidentPurpose(incident string) string {
	if incident == "" {
		return RegisterPurpose
	}
	return "incident:" + incident
}

func targetLabel(t *round.Target) string {
	return seal.Context("targets", "choice", t.RoundID+"|"+t.PlaceID)
}

// targets reads and opens targets. What was sealed under a destroyed key stays
// empty: it is forgotten, which is no error.
func (s *Store) targets(ctx context.Context, tail string, args ...any) ([]round.Target, error) {
	rows, err := loadFrom[targetRow](ctx, s, "live_targets", tail, args...)
	if err != nil {
		return nil, err
	}
	sealed := map[string][]string{}
	for i := range rows {
		if len(rows[i].choice) > 0 {
			p := IncidentPurpose(rows[i].Incident)
			sealed[p] = append(sealed[p], rows[i].PlaceID)
		}
	}
	for p, ids := range sealed {
		if err := s.opt.Sealer.Prefetch(ctx, p, ids); err != nil && !errors.Is(err, seal.ErrErased) {
			return nil, err
		}
	}
	out := make([]round.Target, len(rows))
	for i := range rows {
		out[i] = rows[i].Target
		if len(rows[i].choice) == 0 {
			continue
		}
		plain, err := s.opt.Sealer.Open(ctx, IncidentPurpose(out[i].Incident), out[i].PlaceID, targetLabel(&out[i]), rows[i].choice)
		if err != nil && !errors.Is(err, seal.ErrErased) {
			return nil, err
		}
		out[i].Choice = string(plain)
	}
	return out, nil
}

// Targets returns the targets of a round at or below a path, in path order.
func (s *Store) Targets(ctx context.Context, roundID, path string) ([]round.Target, error) {
	lo, hi := territory.Range(path)
	return s.targets(ctx, "WHERE round_id = ?1 AND path >= ?2 AND path < ?3 ORDER BY path", roundID, lo, hi)
}

// Target returns one target of a round.
func (s *Store) Target(ctx context.Context, roundID, placeID string) (round.Target, bool, error) {
	ts, err := s.targets(ctx, "WHERE round_id = ?1 AND place_id = ?2", roundID, placeID)
	if err != nil || len(ts) == 0 {
		return round.Target{}, false, err
	}
	return ts[0], true, nil
}

// TargetsAt returns the targets of all rounds at one place.
func (s *Store) TargetsAt(ctx context.Context, placeID string) ([]round.Target, error) {
	return s.targets(ctx, "WHERE place_id = ?1 ORDER BY round_id", placeID)
}
