package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"shouwang/internal/people"
)

func init() {
	define("phone_codes", "id purpose place_id phone hash made until tries used revoked version", 1,
		func(c *people.Code) []any {
			return []any{&c.ID, &c.Purpose, &c.PlaceID, &c.Phone, &c.Hash, ms{&c.Made}, ms{&c.Until}, &c.Tries, ms{&c.Used}, ms{&c.Revoked}, &c.Version}
		}, func(c *people.Code) *int64 { return &c.Version }, nil)
}

// PhoneCode returns a code by its ticket.
func (s *Store) PhoneCode(ctx context.Context, ticket string) (people.Code, bool, error) {
	return one[people.Code](ctx, s, "WHERE id = ?1", ticket)
}

// CardsAt returns the household cards of a door that are still good, newest first.
func (s *Store) CardsAt(ctx context.Context, doorID string, now time.Time) ([]people.Code, error) {
	return load[people.Code](ctx, s, "WHERE purpose = ?1 AND place_id = ?2 AND used = 0 AND revoked = 0 AND until > ?3 ORDER BY made DESC, id DESC", people.ToCard, doorID, millis(now))
}

// CardsOf returns the last household cards of a door, whatever became of them, newest
// first.
func (s *Store) CardsOf(ctx context.Context, doorID string, most int) ([]people.Code, error) {
	return load[people.Code](ctx, s, "WHERE purpose = ?1 AND place_id = ?2 ORDER BY made DESC, id DESC LIMIT ?3", people.ToCard, doorID, most)
}

// CodesSince counts the codes made for a phone since a time.
func (s *Store) CodesSince(ctx context.Context, phone []byte, since time.Time) (n int, err error) {
	err = s.queryRow(ctx, "SELECT COUNT(*) FROM phone_codes WHERE phone = ?1 AND made > ?2", phone, millis(since)).Scan(&n)
	return n, err
}

// CardDigits are the eight digits of a household card, made out of its id and the
// root key: a card can be printed again while it is good, and they are nowhere stored.
func (s *Store) CardDigits(id string) string {
	sum := s.opt.Sealer.Index("phone_codes.card", id)
	return fmt.Sprintf("%08d", binary.BigEndian.Uint64(sum)%100_000_000)
}

// CodeHash is the keyed hash of a code's digits.
func (s *Store) CodeHash(ticket, digits string) []byte {
	return s.opt.Sealer.Index("phone_codes.hash", ticket+"|"+digits)
}
