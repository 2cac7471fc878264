package store

import (
	"context"
	"fmt"
	"time"

	"shouwang/internal/territory"
)

func init() {
	define("place_codes", "id scheme code place_id since until version act", 1,
		func(c *territory.CodeSpan) []any {
			return []any{&c.ID, &c.Scheme, &c.Code, &c.PlaceID, ms{&c.From}, ms{&c.Until}, &c.Version, &c.Act}
		},
		func(c *territory.CodeSpan) *int64 { return &c.Version }, func(c *territory.CodeSpan) *string { return &c.Act })
	define("place_stays", "id place_id parent_id was code name since until verb gone into_ids plan version act", 1,
		func(x *territory.Stay) []any {
			return []any{&x.ID, &x.PlaceID, &x.ParentID, &x.Was, &x.Code, &x.Name, ms{&x.From}, ms{&x.Until}, &x.Verb, &x.Gone, js{&x.Into}, &x.Plan, &x.Version, &x.Act}
		},
		func(x *territory.Stay) *int64 { return &x.Version }, func(x *territory.Stay) *string { return &x.Act })
}

// firstCode is the row that says which code a new place bears.
func firstCode(p *territory.Place, act string) *territory.CodeSpan {
	return &territory.CodeSpan{ID: p.ID + "@" + act, Scheme: territory.HouseScheme, Code: p.Code, PlaceID: p.ID, From: p.From, Act: act}
}

// CodesOf returns every code that places bore or bear, oldest first.
func (s *Store) CodesOf(ctx context.Context, placeIDs []string) ([]territory.CodeSpan, error) {
	return inChunks(placeIDs, func(marks string, args []any) ([]territory.CodeSpan, error) {
		return load[territory.CodeSpan](ctx, s, "WHERE place_id IN ("+marks+") ORDER BY since, id", args...)
	})
}

// CodeOwner returns the place that bears a code or, when none does, that bore it
// last; empty when it was never given.
func (s *Store) CodeOwner(ctx context.Context, code string) (string, error) {
	all, err := load[territory.CodeSpan](ctx, s, "WHERE code = ?1 AND scheme = ?2 ORDER BY until = 0 DESC, until DESC", code, territory.HouseScheme)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0].PlaceID, nil
}

// FormerCodes returns whose each given-up code was.
func (s *Store) FormerCodes(ctx context.Context) (map[string]string, error) {
	all, err := load[territory.CodeSpan](ctx, s, "WHERE until > 0 AND scheme = ?1 ORDER BY until", territory.HouseScheme)
	out := make(map[string]string, len(all))
	for _, c := range all {
		out[c.Code] = c.PlaceID
	}
	return out, err
}

// Stays returns the closed chapters of places, oldest first.
func (s *Store) Stays(ctx context.Context, placeIDs []string) ([]territory.Stay, error) {
	return inChunks(placeIDs, func(marks string, args []any) ([]territory.Stay, error) {
		return load[territory.Stay](ctx, s, "WHERE place_id IN ("+marks+") ORDER BY until, id", args...)
	})
}

// StaysUnder returns the closed chapters of places that lay at or below a path then.
func (s *Store) StaysUnder(ctx context.Context, path string) ([]territory.Stay, error) {
	lo, hi := territory.Range(path)
	return load[territory.Stay](ctx, s, "WHERE was >= ?1 AND was < ?2 ORDER BY until, id", lo, hi)
}

// EndedPlaces returns those of the ids that once existed and ended.
func (s *Store) EndedPlaces(ctx context.Context, ids []string) ([]territory.Place, error) {
	return inChunks(ids, func(marks string, args []any) ([]territory.Place, error) {
		return loadFrom[territory.Place](ctx, s, "all_places", "WHERE until > 0 AND id IN ("+marks+")", args...)
	})
}

// Heirs follows ended places to those that took over, until all exist; an id that
// never was one leads nowhere.
func (s *Store) Heirs(ctx context.Context, id string) ([]string, error) {
	seen := map[string]bool{}
	var out []string
	for todo := []string{id}; len(todo) > 0; todo = todo[1:] {
		if seen[todo[0]] {
			continue
		}
		seen[todo[0]] = true
		_, there, err := s.Place(ctx, todo[0])
		if err != nil {
			return nil, err
		}
		if there {
			out = append(out, todo[0])
			continue
		}
		stays, err := load[territory.Stay](ctx, s, "WHERE place_id = ?1 AND gone ORDER BY until DESC LIMIT 1", todo[0])
		if err != nil {
			return nil, err
		}
		for _, x := range stays {
			todo = append(todo, x.Into...)
		}
	}
	return out, nil
}

// Since returns when the present chapter of places began: the end of the last
// closed one, for those that have any.
func (s *Store) Since(ctx context.Context, placeIDs []string) (map[string]time.Time, error) {
	stays, err := s.Stays(ctx, placeIDs)
	if err != nil {
		return nil, fmt.Errorf("store: stays: %w", err)
	}
	out := map[string]time.Time{}
	for _, x := range stays {
		out[x.PlaceID] = x.Until
	}
	return out, nil
}
