package store

import (
	"context"
	"time"

	"shouwang/internal/need"
	"shouwang/internal/seal"
	"shouwang/internal/territory"
)

func init() {
	m := define("doses", "id person_id place_id path until lead keep reviewer by_id at case_id ended why forgotten next said version", 1,
		func(d *need.Dose) []any {
			return []any{&d.ID, &d.PersonID, &d.PlaceID, &d.Path, ms{&d.Until}, span{&d.Lead}, span{&d.Keep}, &d.Reviewer, &d.By, ms{&d.At}, &d.CaseID, ms{&d.Ended}, &d.Why, ms{&d.Forgotten}, ms{&d.Next}, &d.Sealed, &d.Version}
		}, func(d *need.Dose) *int64 { return &d.Version }, nil)
	m.encode = func(ctx context.Context, s *Store, row any) (any, error) {
		d := *row.(*need.Dose)
		if d.Medicine == "" {
			return &d, nil
		}
		var err error
		d.Sealed, err = s.sealNeed(ctx, d.ID, seal.Context("doses", "said", d.ID), d.Medicine, false)
		return &d, err
	}
}

// Dose returns the plan of a person that goes on.
func (s *Store) Dose(ctx context.Context, personID string) (need.Dose, bool, error) {
	return one[need.Dose](ctx, s, "WHERE person_id = ?1 AND ended = 0", personID)
}

// DoseOf returns the plan for which an errand was opened.
func (s *Store) DoseOf(ctx context.Context, caseID string) (need.Dose, bool, error) {
	return one[need.Dose](ctx, s, "WHERE case_id = ?1 AND case_id <> ''", caseID)
}

// DosesUnder returns the plans that go on at or below a path, the soonest first.
func (s *Store) DosesUnder(ctx context.Context, path string) ([]need.Dose, error) {
	lo, hi := territory.Range(path)
	return load[need.Dose](ctx, s, "WHERE path >= ?1 AND path < ?2 AND ended = 0 ORDER BY until, id", lo, hi)
}

// DosesDue returns plans at which the clock is to look by now, at most limit.
func (s *Store) DosesDue(ctx context.Context, now time.Time, limit int) ([]need.Dose, error) {
	return load[need.Dose](ctx, s, "WHERE next > 0 AND next <= ?1 ORDER BY next, id LIMIT ?2", millis(now), limit)
}

// OpenDose opens what a plan's medicine is; of a forgotten one it stays empty. The caller
// has written the look into the journal before it is shown.
func (s *Store) OpenDose(ctx context.Context, d *need.Dose) error {
	return s.openNeed(ctx, d.ID, seal.Context("doses", "said", d.ID), d.Sealed, &d.Medicine)
}
