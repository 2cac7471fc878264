package store

import (
	"context"
	"time"

	"shouwang/internal/people"
)

func init() {
	define("phone_codes", "id purpose place_id phone hash made until tries used version", 1,
		func(c *people.Code) []any {
			return []any{&c.ID, &c.Purpose, &c.PlaceID, &c.Phone, &c.Hash, ms{&c.Made}, ms{&c.Until}, &c.Tries, ms{&c.Used}, &c.Version}
		}, func(c *people.Code) *int64 { return &c.Version }, nil)
}

// PhoneCode returns a code by its ticket.
func (s *Store) PhoneCode(ctx context.Context, ticket string) (people.Code, bool, error) {
	return one[people.Code](ctx, s, "WHERE id = ?1", ticket)
}

// CardsAt returns the household cards of a door that are still good, newest first.
func (s *Store) CardsAt(ctx context.Context, doorID string, now time.Time) ([]people.Code, error) {
	return load[people.Code](ctx, s, "WHERE purpose = ?1 AND place_id = ?2 AND used = 0 AND until > ?3 ORDER BY made DESC, id DESC", people.ToCard, doorID, millis(now))
}

// CodesSince counts the codes made for a phone since a time.
func (s *Store) CodesSince(ctx context.Context, phone []byte, since time.Time) (n int, err error) {
	err = s.queryRow(ctx, "SELECT COUNT(*) FROM phone_codes WHERE phone = ?1 AND made > ?2", phone, millis(since)).Scan(&n)
	return n, err
}

// CodeHash is the keyed hash of a code's digits.
func (s *Store) CodeHash(ticket, digits string) []byte {
	return s.opt.Sealer.Index("phone_codes.hash", ticket+"|"+digits)
}
