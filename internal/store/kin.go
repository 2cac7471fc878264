package store

import (
	"context"
	"time"

	"shouwang/internal/access"
)

func init() {
	define("kin", "id place_id name relation purpose follow confirm given given_by until revoked revoked_by version", 1,
		func(k *access.Kin) []any {
			return []any{&k.ID, &k.PlaceID, &k.Name, &k.Relation, &k.Purpose, &k.Follow, &k.Confirm, ms{&k.Given}, &k.GivenBy, ms{&k.Until}, ms{&k.Revoked}, &k.RevokedBy, &k.Version}
		}, func(k *access.Kin) *int64 { return &k.Version }, nil)
}

// KinOf returns the relatives that the household of a door let in, the newest first.
func (s *Store) KinOf(ctx context.Context, placeID string) ([]access.Kin, error) {
	return load[access.Kin](ctx, s, "WHERE place_id = ?1 ORDER BY given DESC, id DESC", placeID)
}

// Kin returns one relative by id.
func (s *Store) Kin(ctx context.Context, id string) (access.Kin, bool, error) {
	return one[access.Kin](ctx, s, "WHERE id = ?1", id)
}

// KinOver returns up to limit relatives whose leave ended at or before a time and of whom
// it is still written who they were.
func (s *Store) KinOver(ctx context.Context, ended time.Time, limit int) ([]access.Kin, error) {
	return load[access.Kin](ctx, s, "WHERE name <> '' AND (until <= ?1 OR (revoked > 0 AND revoked <= ?1)) ORDER BY given, id LIMIT ?2", millis(ended), limit)
}

// KinToken is the secret by which a relative acts for a household.
func (s *Store) KinToken(id string) string {
	return access.QRToken(s.opt.Sealer.Index("kin.token", id))
}
