package store

import (
	"context"

	"shouwang/internal/need"
	"shouwang/internal/territory"
)

func init() {
	define("transfers", "id place_id path incident vehicle seats driver site basis until opened opened_by version", 1,
		func(x *need.Batch) []any {
			return []any{&x.ID, &x.PlaceID, &x.Path, &x.Incident, &x.Vehicle, &x.Seats, &x.Driver, &x.Site, &x.Basis, ms{&x.Until}, ms{&x.Opened}, &x.OpenedBy, &x.Version}
		}, func(x *need.Batch) *int64 { return &x.Version }, nil)
}

// Transfer returns one batch of persons.
func (s *Store) Transfer(ctx context.Context, id string) (need.Batch, bool, error) {
	return one[need.Batch](ctx, s, "WHERE id = ?1", id)
}

// Transfers returns the batches at or below a path, the newest first.
func (s *Store) Transfers(ctx context.Context, path string) ([]need.Batch, error) {
	lo, hi := territory.Range(path)
	return load[need.Batch](ctx, s, "WHERE path >= ?1 AND path < ?2 ORDER BY opened DESC, id", lo, hi)
}

// CustodiesOfBatch returns the custodies of a batch: the persons, and what stays behind.
func (s *Store) CustodiesOfBatch(ctx context.Context, batch string) ([]need.Custody, error) {
	return load[need.Custody](ctx, s, "WHERE batch = ?1 ORDER BY path, opened, id", batch)
}

// CustodiesOfPerson returns the open custodies of a transfer that are a person's.
func (s *Store) CustodiesOfPerson(ctx context.Context, person string) ([]need.Custody, error) {
	return load[need.Custody](ctx, s, "WHERE person_id = ?1 AND ended = 0 ORDER BY opened, id", person)
}
