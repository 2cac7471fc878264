package store

import (
	"context"
	"time"

	"shouwang/internal/round"
	"shouwang/internal/territory"
)

func init() {
	define("points", "id place_id path item name look walk every day_from day_until made_by since ended outcome visited case_id missed next version", 1,
		func(p *round.Point) []any {
			return []any{&p.ID, &p.PlaceID, &p.Path, &p.Item, &p.Name, &p.Look, &p.Order, span{&p.Every}, span{&p.From}, span{&p.Until}, &p.By, ms{&p.Since}, ms{&p.Ended},
				&p.Outcome, ms{&p.At}, &p.CaseID, ms{&p.Missed}, ms{&p.Next}, &p.Version}
		},
		func(p *round.Point) *int64 { return &p.Version }, nil)
}

// Point returns a point of a patrol.
func (s *Store) Point(ctx context.Context, id string) (round.Point, bool, error) {
	return one[round.Point](ctx, s, "WHERE id = ?1", id)
}

// PointsUnder returns the points that are walked at or below a path, in walking order.
func (s *Store) PointsUnder(ctx context.Context, path string) ([]round.Point, error) {
	lo, hi := territory.Range(path)
	return load[round.Point](ctx, s, "WHERE path >= ?1 AND path < ?2 AND ended = 0 ORDER BY walk, path, id", lo, hi)
}

// PointsDue returns points at which the clock is to look by now, at most limit.
func (s *Store) PointsDue(ctx context.Context, now time.Time, limit int) ([]round.Point, error) {
	return load[round.Point](ctx, s, "WHERE next > 0 AND next <= ?1 ORDER BY next, id LIMIT ?2", millis(now), limit)
}
