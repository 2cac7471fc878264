package store

import (
	"context"
	"time"

	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

func init() {
	define("shifts", "id slot roster incident item place_id path zone closed n helper since until state why note pinned former changed came version act", 1,
		func(x *shift.Shift) []any {
			return []any{&x.ID, &x.Key, &x.Roster, &x.Incident, &x.Item, &x.PlaceID, &x.Path, &x.Zone, &x.Closed, &x.N, &x.HelperID, ms{&x.From}, ms{&x.Until},
				&x.State, &x.Why, &x.Note, &x.Pinned, &x.Former, ms{&x.Changed}, ms{&x.Came}, &x.Version, &x.Act}
		}, func(x *shift.Shift) *int64 { return &x.Version }, func(x *shift.Shift) *string { return &x.Act })
	define("rosters", "id incident place_id path since days author made publisher published taken body version act", 1,
		func(x *shift.Roster) []any {
			return []any{&x.ID, &x.Incident, &x.PlaceID, &x.Path, ms{&x.From}, &x.Days, &x.Author, ms{&x.Made}, &x.Publisher, ms{&x.Published}, ms{&x.TakenBack}, &x.Body, &x.Version, &x.Act}
		}, func(x *shift.Roster) *int64 { return &x.Version }, func(x *shift.Roster) *string { return &x.Act })
	define("wishes", "helper day wanted since until version act", 2,
		func(x *shift.Wish) []any {
			return []any{&x.HelperID, &x.Day, &x.On, &x.From, &x.Until, &x.Version, &x.Act}
		}, func(x *shift.Wish) *int64 { return &x.Version }, func(x *shift.Wish) *string { return &x.Act })
	define("stints", "helper changed version act", 1,
		func(x *shift.Line) []any { return []any{&x.HelperID, ms{&x.Changed}, &x.Version, &x.Act} },
		func(x *shift.Line) *int64 { return &x.Version }, func(x *shift.Line) *string { return &x.Act })
}

// Shift returns a shift by id.
func (s *Store) Shift(ctx context.Context, id string) (shift.Shift, bool, error) {
	return one[shift.Shift](ctx, s, "WHERE id = ?1", id)
}

// ShiftsUnder returns the shifts at or below a path that overlap a time, by their start.
func (s *Store) ShiftsUnder(ctx context.Context, path string, from, until time.Time) ([]shift.Shift, error) {
	lo, hi := territory.Range(path)
	return load[shift.Shift](ctx, s, "WHERE path >= ?1 AND path < ?2 AND since < ?4 AND until > ?3 ORDER BY since, path, item, zone, n", lo, hi, millis(from), millis(until))
}

// ShiftsOf returns the shifts of helpers that overlap a time, wherever they lie.
// The index leaves out open shifts, so the query has to say that it wants none.
func (s *Store) ShiftsOf(ctx context.Context, helperIDs []string, from, until time.Time) ([]shift.Shift, error) {
	return inChunks(helperIDs, func(marks string, args []any) ([]shift.Shift, error) {
		n := len(args)
		args = append(args, millis(from), millis(until))
		return load[shift.Shift](ctx, s, "WHERE helper <> '' AND helper IN ("+marks+") AND until > "+nth(n+1)+" AND since < "+nth(n+2)+" ORDER BY since, id", args...)
	})
}

// Roster returns a roster by id.
func (s *Store) Roster(ctx context.Context, id string) (shift.Roster, bool, error) {
	return one[shift.Roster](ctx, s, "WHERE id = ?1", id)
}

// Rosters returns the newest rosters of a place itself, at most limit.
func (s *Store) Rosters(ctx context.Context, placeID string, limit int) ([]shift.Roster, error) {
	return load[shift.Roster](ctx, s, "WHERE place_id = ?1 ORDER BY made DESC, id DESC LIMIT ?2", placeID, limit)
}

// Wishes returns the wishes of helpers from a civil day on.
func (s *Store) Wishes(ctx context.Context, helperIDs []string, from string) ([]shift.Wish, error) {
	return inChunks(helperIDs, func(marks string, args []any) ([]shift.Wish, error) {
		n := len(args)
		return load[shift.Wish](ctx, s, "WHERE helper IN ("+marks+") AND day >= "+nth(n+1)+" ORDER BY helper, day", append(args, from)...)
	})
}

// Lines returns what stands for the lines of helpers, those who have one.
func (s *Store) Lines(ctx context.Context, helperIDs []string) (map[string]shift.Line, error) {
	rows, err := inChunks(helperIDs, func(marks string, args []any) ([]shift.Line, error) {
		return load[shift.Line](ctx, s, "WHERE helper IN ("+marks+")", args...)
	})
	out := make(map[string]shift.Line, len(rows))
	for _, x := range rows {
		out[x.HelperID] = x
	}
	return out, err
}
