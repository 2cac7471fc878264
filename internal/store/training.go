package store

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/people"
	"shouwang/internal/people/training"
	"shouwang/internal/territory"
)

func init() {
	define("passes", "id helper_id qualification since until trainer source course given_by given why revoked revoked_by revoked_why version act", 1,
		func(p *people.Pass) []any {
			return []any{&p.ID, &p.HelperID, &p.Qualification, ms{&p.From}, ms{&p.Until}, &p.Trainer, &p.Source, &p.Course, &p.By, ms{&p.Given}, &p.Why,
				ms{&p.Revoked}, &p.RevokedBy, &p.RevokedWhy, &p.Version, &p.Act}
		}, func(p *people.Pass) *int64 { return &p.Version }, func(p *people.Pass) *string { return &p.Act })
	define("trainings", "id course step place_id path trainer since until places author held cancelled why version act", 1,
		func(x *training.Training) []any {
			return []any{&x.ID, &x.Course, &x.Step, &x.PlaceID, &x.Path, &x.Trainer, ms{&x.From}, ms{&x.Until}, &x.Places, &x.Author, ms{&x.Held}, ms{&x.Cancelled}, &x.Why, &x.Version, &x.Act}
		}, func(x *training.Training) *int64 { return &x.Version }, func(x *training.Training) *string { return &x.Act })
	define("attendances", "training_id helper_id invited outcome noted_by noted version act", 2,
		func(a *training.Attendance) []any {
			return []any{&a.TrainingID, &a.HelperID, ms{&a.Invited}, &a.Outcome, &a.By, ms{&a.Noted}, &a.Version, &a.Act}
		}, func(a *training.Attendance) *int64 { return &a.Version }, func(a *training.Attendance) *string { return &a.Act })
	define("cards_read", "helper_id card wording at noted_by version", 2,
		func(r *training.Reading) []any {
			return []any{&r.HelperID, &r.Card, &r.Wording, ms{&r.At}, &r.By, &r.Version}
		}, func(r *training.Reading) *int64 { return &r.Version }, nil)
}

// schooled reads helpers with the passes they were ever given and the cards they
// read, so that whoever asks the gate cannot have forgotten them.
func (s *Store) schooled(ctx context.Context, where, order string, args ...any) ([]people.Helper, error) {
	hs, err := load[people.Helper](ctx, s, where+" "+order, args...)
	if err != nil || len(hs) == 0 {
		return hs, err
	}
	of := "WHERE helper_id IN (SELECT id FROM live_helpers " + where + ") ORDER BY helper_id, "
	ps, err := load[people.Pass](ctx, s, of+"qualification, since, id", args...)
	if err != nil {
		return nil, err
	}
	rs, err := load[training.Reading](ctx, s, of+"card", args...)
	if err != nil {
		return nil, err
	}
	passes, read := map[string][]people.Pass{}, map[string][]string{}
	for _, p := range ps {
		passes[p.HelperID] = append(passes[p.HelperID], p)
	}
	for _, r := range rs {
		read[r.HelperID] = append(read[r.HelperID], r.Card)
	}
	for i := range hs {
		h := &hs[i]
		h.Passes, h.Cards, h.Trained = passes[h.ID], read[h.ID], nil
		for _, p := range h.Passes {
			if !slices.Contains(h.Trained, p.Qualification) {
				h.Trained = append(h.Trained, p.Qualification)
			}
		}
	}
	return hs, nil
}

func (s *Store) schooledOne(ctx context.Context, where string, args ...any) (people.Helper, bool, error) {
	hs, err := s.schooled(ctx, where, "", args...)
	if err != nil || len(hs) == 0 {
		return people.Helper{}, false, err
	}
	return hs[0], true, nil
}

// Pass returns a pass by id.
func (s *Store) Pass(ctx context.Context, id string) (people.Pass, bool, error) {
	return one[people.Pass](ctx, s, "WHERE id = ?1", id)
}

// Training returns a training by id.
func (s *Store) Training(ctx context.Context, id string) (training.Training, bool, error) {
	return one[training.Training](ctx, s, "WHERE id = ?1", id)
}

// TrainingsUnder returns the trainings at or below a path that end after a time, by
// their beginning.
func (s *Store) TrainingsUnder(ctx context.Context, path string, since time.Time) ([]training.Training, error) {
	lo, hi := territory.Range(path)
	return load[training.Training](ctx, s, "WHERE path >= ?1 AND path < ?2 AND until > ?3 ORDER BY since, id", lo, hi, millis(since))
}

// TrainingsOf returns the trainings that a helper leads or is invited to, by their
// beginning.
func (s *Store) TrainingsOf(ctx context.Context, helperID string) ([]training.Training, error) {
	return load[training.Training](ctx, s, "WHERE trainer = ?1 OR id IN (SELECT training_id FROM live_attendances WHERE helper_id = ?1) ORDER BY since, id", helperID)
}

// Attendances returns who is invited to a training.
func (s *Store) Attendances(ctx context.Context, trainingID string) ([]training.Attendance, error) {
	return load[training.Attendance](ctx, s, "WHERE training_id = ?1 ORDER BY invited, helper_id", trainingID)
}

// AttendancesOf returns what a helper was invited to.
func (s *Store) AttendancesOf(ctx context.Context, helperID string) ([]training.Attendance, error) {
	return load[training.Attendance](ctx, s, "WHERE helper_id = ?1 ORDER BY invited, training_id", helperID)
}

// Readings returns the cards that a helper read.
func (s *Store) Readings(ctx context.Context, helperID string) ([]training.Reading, error) {
	return load[training.Reading](ctx, s, "WHERE helper_id = ?1 ORDER BY at, card", helperID)
}
