package store

import (
	"context"
	"time"

	"shouwang/internal/dispatch/surge"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

func init() {
	define("squads", "id number organisation name kind size place_id path contact since until version act", 1,
		func(x *surge.Squad) []any {
			return []any{&x.ID, &x.Number, &x.Organisation, &x.Name, &x.Kind, &x.Size, &x.PlaceID, &x.Path, &x.Contact, ms{&x.From}, ms{&x.Until}, &x.Version, &x.Act}
		}, func(x *surge.Squad) *int64 { return &x.Version }, func(x *surge.Squad) *string { return &x.Act })
	define("stations", "id squad plan place_id path kind people since until why pinned release hours thanks version act", 1,
		func(x *surge.Station) []any {
			return []any{&x.ID, &x.SquadID, &x.PlanID, &x.PlaceID, &x.Path, &x.Kind, &x.People, ms{&x.From}, ms{&x.Until}, js{&x.Why}, &x.Pinned, &x.Release, &x.Hours, &x.Thanks, &x.Version, &x.Act}
		}, func(x *surge.Station) *int64 { return &x.Version }, func(x *surge.Station) *string { return &x.Act })
}

// Squad returns a squad by id.
func (s *Store) Squad(ctx context.Context, id string) (surge.Squad, bool, error) {
	return one[surge.Squad](ctx, s, "WHERE id = ?1", id)
}

// SquadsUnder returns the squads whose organisation lies at or below a path, by number.
func (s *Store) SquadsUnder(ctx context.Context, path string) ([]surge.Squad, error) {
	lo, hi := territory.Range(path)
	return load[surge.Squad](ctx, s, "WHERE path >= ?1 AND path < ?2 ORDER BY number", lo, hi)
}

// Squads returns the squads of the ids that exist.
func (s *Store) Squads(ctx context.Context, ids []string) ([]surge.Squad, error) {
	return inChunks(ids, func(marks string, args []any) ([]surge.Squad, error) {
		return load[surge.Squad](ctx, s, "WHERE id IN ("+marks+") ORDER BY number", args...)
	})
}

// SquadsByNumber returns the squads of the numbers that exist, wherever they lie.
func (s *Store) SquadsByNumber(ctx context.Context, numbers []string) ([]surge.Squad, error) {
	return inChunks(numbers, func(marks string, args []any) ([]surge.Squad, error) {
		return load[surge.Squad](ctx, s, "WHERE number IN ("+marks+") ORDER BY number", args...)
	})
}

// Station returns a station by id.
func (s *Store) Station(ctx context.Context, id string) (surge.Station, bool, error) {
	return one[surge.Station](ctx, s, "WHERE id = ?1", id)
}

// StationsUnder returns the stations at or below a path that stood at some time from
// a moment on, by their start.
func (s *Store) StationsUnder(ctx context.Context, path string, from time.Time) ([]surge.Station, error) {
	lo, hi := territory.Range(path)
	return load[surge.Station](ctx, s, "WHERE path >= ?1 AND path < ?2 AND (until = 0 OR until > ?3) ORDER BY since, id", lo, hi, millis(from))
}

// StationsOf returns the stations of squads that stood at some time from a moment on.
func (s *Store) StationsOf(ctx context.Context, squadIDs []string, from time.Time) ([]surge.Station, error) {
	return inChunks(squadIDs, func(marks string, args []any) ([]surge.Station, error) {
		n := len(args)
		return load[surge.Station](ctx, s, "WHERE squad IN ("+marks+") AND (until = 0 OR until > "+nth(n+1)+") ORDER BY since, id", append(args, millis(from))...)
	})
}

// HelpersSentBy returns the helpers whom organisations sent, with their passes as
// every helper is read; who left is of no organisation any more.
func (s *Store) HelpersSentBy(ctx context.Context, organisations []string) ([]people.Helper, error) {
	return inChunks(organisations, func(marks string, args []any) ([]people.Helper, error) {
		return s.schooled(ctx, "WHERE organisation IN ("+marks+") AND departed = 0", "ORDER BY id", args...)
	})
}

// LastPlanFor returns the newest plan kept under a key, with its body.
func (s *Store) LastPlanFor(ctx context.Context, key string) (PlanDoc, bool, error) {
	return one[PlanDoc](ctx, s, "WHERE incident = ?1 ORDER BY made DESC, id DESC LIMIT 1", key)
}

// PlansFor returns the newest plans kept under a key, with their bodies.
func (s *Store) PlansFor(ctx context.Context, key string, limit int) ([]PlanDoc, error) {
	return load[PlanDoc](ctx, s, "WHERE incident = ?1 ORDER BY made DESC, id DESC LIMIT ?2", key, limit)
}
