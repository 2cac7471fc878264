package store

import (
	"context"
	"strconv"
	"strings"

	"shouwang/internal/territory"
)

func init() {
	define("boundaries", "place_id print datum account at version", 1,
		func(b *territory.Boundary) []any {
			return []any{&b.PlaceID, &b.Print, (*string)(&b.Datum), &b.Account, ms{&b.At}, &b.Version}
		},
		func(b *territory.Boundary) *int64 { return &b.Version }, nil)
}

// Boundary returns where the drawn shape of a place came from, if it was drawn.
func (s *Store) Boundary(ctx context.Context, placeID string) (territory.Boundary, bool, error) {
	return one[territory.Boundary](ctx, s, "WHERE place_id = ?1", placeID)
}

// Place returns a place that exists now; ok is false when there is none.
func (s *Store) Place(ctx context.Context, id string) (territory.Place, bool, error) {
	return one[territory.Place](ctx, s, "WHERE id = ?1", id)
}

// PlaceByCode returns the place with a code in force.
func (s *Store) PlaceByCode(ctx context.Context, code string) (territory.Place, bool, error) {
	return one[territory.Place](ctx, s, "WHERE code = ?1", code)
}

// Places returns those of the ids that exist, in no order.
func (s *Store) Places(ctx context.Context, ids []string) ([]territory.Place, error) {
	return inChunks(ids, func(marks string, args []any) ([]territory.Place, error) {
		return load[territory.Place](ctx, s, "WHERE id IN ("+marks+")", args...)
	})
}

// PlacesByCode returns those of the codes that exist, in no order.
func (s *Store) PlacesByCode(ctx context.Context, codes []string) ([]territory.Place, error) {
	return inChunks(codes, func(marks string, args []any) ([]territory.Place, error) {
		return load[territory.Place](ctx, s, "WHERE code IN ("+marks+")", args...)
	})
}

// PlacesUnder returns the places at or below a path in path order; kind narrows
// them when not empty.
func (s *Store) PlacesUnder(ctx context.Context, path string, kind territory.Kind) ([]territory.Place, error) {
	lo, hi := territory.Range(path)
	if kind != "" {
		return load[territory.Place](ctx, s, "WHERE kind = ?1 AND path >= ?2 AND path < ?3 ORDER BY path", string(kind), lo, hi)
	}
	return load[territory.Place](ctx, s, "WHERE path >= ?1 AND path < ?2 ORDER BY path", lo, hi)
}

// Children returns the places directly below a parent in their order.
func (s *Store) Children(ctx context.Context, parentID string) ([]territory.Place, error) {
	return load[territory.Place](ctx, s, "WHERE parent_id = ?1 ORDER BY sort, code", parentID)
}

// Ancestors returns the places on a path, from the root down, the last included.
func (s *Store) Ancestors(ctx context.Context, path string) ([]territory.Place, error) {
	ids := strings.Split(strings.TrimSuffix(path, "."), ".")
	ps, err := s.Places(ctx, ids)
	if err != nil {
		return nil, err
	}
	at := map[string]territory.Place{}
	for _, p := range ps {
		at[p.ID] = p
	}
	var out []territory.Place
	for _, id := range ids {
		if p, ok := at[id]; ok {
			out = append(out, p)
		}
	}
	return out, nil
}

// inChunks runs a query over at most 500 ids at a time.
func inChunks[T any](ids []string, query func(marks string, args []any) ([]T, error)) ([]T, error) {
	var out []T
	for len(ids) > 0 {
		n := min(len(ids), 500)
		var marks strings.Builder
		args := make([]any, n)
		for i := range n {
			if i > 0 {
				marks.WriteString(", ")
			}
			marks.WriteString("?" + strconv.Itoa(i+1))
			args[i] = ids[i]
		}
		got, err := query(marks.String(), args)
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
		ids = ids[n:]
	}
	return out, nil
}
