package store

import (
	"context"
	"time"

	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

func init() {
	define("greetings", "person_id place_id path first_id second_id chosen_by since ended why day level outcome how greeted greeted_by case_id next version", 1,
		func(g *round.Greeting) []any {
			return []any{&g.PersonID, &g.PlaceID, &g.Path, &g.First, &g.Second, &g.By, ms{&g.Since}, ms{&g.Ended}, &g.Why, &g.Day, &g.Level, &g.Outcome, &g.How,
				ms{&g.At}, &g.GreetedBy, &g.CaseID, ms{&g.Next}, &g.Version}
		},
		func(g *round.Greeting) *int64 { return &g.Version }, nil)
}

// Greeting returns who greets a person, and whether anybody was ever chosen.
func (s *Store) Greeting(ctx context.Context, personID string) (round.Greeting, bool, error) {
	return one[round.Greeting](ctx, s, "WHERE person_id = ?1", personID)
}

// GreetingsUnder returns the greetings that go on at or below a path, in its order.
func (s *Store) GreetingsUnder(ctx context.Context, path string) ([]round.Greeting, error) {
	lo, hi := territory.Range(path)
	return load[round.Greeting](ctx, s, "WHERE path >= ?1 AND path < ?2 AND ended = 0 ORDER BY path, person_id", lo, hi)
}

// GreetingsOf returns the greetings that go on of which a helper is one of the pair.
func (s *Store) GreetingsOf(ctx context.Context, helper string) ([]round.Greeting, error) {
	return load[round.Greeting](ctx, s, "WHERE (first_id = ?1 OR second_id = ?1) AND ended = 0 AND ?1 <> '' ORDER BY path, person_id", helper)
}

// GreetingsDue returns greetings at which the clock is to look by now, at most limit.
func (s *Store) GreetingsDue(ctx context.Context, now time.Time, limit int) ([]round.Greeting, error) {
	return load[round.Greeting](ctx, s, "WHERE next > 0 AND next <= ?1 ORDER BY next, person_id LIMIT ?2", millis(now), limit)
}

// CaredUnder returns present persons at or below a path who are marked for care, with
// their groups open. The caller has written the look into the journal before it shows them.
func (s *Store) CaredUnder(ctx context.Context, path string) ([]register.Person, error) {
	lo, hi := territory.Range(path)
	return s.persons(ctx, Clear{Care: true}, "WHERE path >= ?1 AND path < ?2 AND cared ORDER BY path, id", lo, hi)
}

// GreetingsAt returns the greetings that go on at one place.
func (s *Store) GreetingsAt(ctx context.Context, placeID string) ([]round.Greeting, error) {
	return load[round.Greeting](ctx, s, "WHERE place_id = ?1 AND ended = 0 ORDER BY person_id", placeID)
}
