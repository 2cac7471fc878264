package store

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/territory"
)

func init() {
	define("place_qr", "place_id hash nonce issued issuer large version", 1,
		func(q *access.QR) []any {
			return []any{&q.PlaceID, &q.Hash, &q.Nonce, ms{&q.Issued}, &q.Issuer, &q.Large, &q.Version}
		},
		func(q *access.QR) *int64 { return &q.Version }, nil)
	define("contacts", "place_id card version", 1,
		func(c *territory.Contact) []any { return []any{&c.PlaceID, js{&c.Card}, &c.Version} },
		func(c *territory.Contact) *int64 { return &c.Version }, nil)
}

// QRToken returns the token of a place under a nonce. It needs the keys of these
// data; the database alone does not give it.
func (s *Store) QRToken(placeID, nonce string) string {
	return access.QRToken(s.opt.Sealer.Index("place_qr.token", nonce+placeID))
}

// QRByHash returns the code whose token has this hash.
func (s *Store) QRByHash(ctx context.Context, hash string) (access.QR, bool, error) {
	return one[access.QR](ctx, s, "WHERE hash = ?1", hash)
}

// QROf returns the codes of those places that have one, in no order.
func (s *Store) QROf(ctx context.Context, placeIDs []string) ([]access.QR, error) {
	return inChunks(placeIDs, func(marks string, args []any) ([]access.QR, error) {
		return load[access.QR](ctx, s, "WHERE place_id IN ("+marks+")", args...)
	})
}

// Contacts returns the cards of those places that have one, in no order.
func (s *Store) Contacts(ctx context.Context, placeIDs []string) ([]territory.Contact, error) {
	return inChunks(placeIDs, func(marks string, args []any) ([]territory.Contact, error) {
		return load[territory.Contact](ctx, s, "WHERE place_id IN ("+marks+")", args...)
	})
}

// ContactAt returns the card of the nearest place on a path, itself included.
func (s *Store) ContactAt(ctx context.Context, path string) (territory.Contact, bool, error) {
	var ids []string
	for _, p := range territory.Ancestors(path) {
		ids = append(ids, p[lastSegment(p):len(p)-1])
	}
	cards, err := s.Contacts(ctx, ids)
	if err != nil {
		return territory.Contact{}, false, err
	}
	for i := len(ids) - 1; i >= 0; i-- {
		for _, c := range cards {
			if c.PlaceID == ids[i] {
				return c, true, nil
			}
		}
	}
	return territory.Contact{}, false, nil
}

// lastSegment is where the last id of a path begins.
func lastSegment(path string) int {
	for i := len(path) - 2; i >= 0; i-- {
		if path[i] == '.' {
			return i + 1
		}
	}
	return 0
}
