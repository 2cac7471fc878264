package store

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/people/calendar"
)

func init() {
	define("feeds", "helper_id nonce hash made told version", 1,
		func(f *calendar.Feed) []any {
			return []any{&f.HelperID, &f.Nonce, &f.Hash, ms{&f.Made}, js{&f.Told}, &f.Version}
		}, func(f *calendar.Feed) *int64 { return &f.Version }, nil)
}

// Calendar returns the calendar of a helper.
func (s *Store) Calendar(ctx context.Context, helper string) (calendar.Feed, bool, error) {
	return one[calendar.Feed](ctx, s, "WHERE helper_id = ?1", helper)
}

// CalendarByHash returns the calendar whose address has a token of this hash.
func (s *Store) CalendarByHash(ctx context.Context, hash string) (calendar.Feed, bool, error) {
	if hash == "" {
		return calendar.Feed{}, false, nil
	}
	return one[calendar.Feed](ctx, s, "WHERE hash = ?1", hash)
}

// CalendarToken returns the token of a calendar's address. It needs the keys of these
// data; the database alone does not give it.
func (s *Store) CalendarToken(helper, nonce string) string {
	return access.QRToken(s.opt.Sealer.Index("feeds.token", nonce+helper))
}
