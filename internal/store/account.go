package store

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
)

func init() {
	define("accounts", "id login name helper_id password disabled version", 1,
		func(a *access.Account) []any {
			return []any{&a.ID, &a.Login, &a.Name, &a.HelperID, (*string)(&a.PasswordHash), &a.Disabled, &a.Version}
		},
		func(a *access.Account) *int64 { return &a.Version }, nil)
	define("grants", "id account role place_id path since until why version", 1,
		func(g *access.Grant) []any {
			return []any{&g.ID, &g.Account, (*string)(&g.Role), &g.PlaceID, &g.Path, ms{&g.From}, ms{&g.Until}, &g.Why, &g.Version}
		},
		func(g *access.Grant) *int64 { return &g.Version }, nil)
	define("sessions", "hash account kind name device created expires idle seen ended version", 1,
		func(x *access.Session) []any {
			return []any{&x.TokenHash, &x.AccountID, &x.Kind, &x.Name, &x.Device, ms{&x.Created}, ms{&x.Expires}, span{&x.Idle}, ms{&x.LastSeen}, ms{&x.Ended}, &x.Version}
		},
		func(x *access.Session) *int64 { return &x.Version }, nil)
}

// Account returns an account by id.
func (s *Store) Account(ctx context.Context, id string) (access.Account, bool, error) {
	return one[access.Account](ctx, s, "WHERE id = ?1", id)
}

// AccountByLogin returns an account by its login.
func (s *Store) AccountByLogin(ctx context.Context, login string) (access.Account, bool, error) {
	return one[access.Account](ctx, s, "WHERE login = ?1", login)
}

// AccountOfHelper returns the account of a helper.
func (s *Store) AccountOfHelper(ctx context.Context, helperID string) (access.Account, bool, error) {
	return one[access.Account](ctx, s, "WHERE helper_id = ?1", helperID)
}

// Accounts returns those of the ids that exist, in no order.
func (s *Store) Accounts(ctx context.Context, ids []string) ([]access.Account, error) {
	return inChunks(ids, func(marks string, args []any) ([]access.Account, error) {
		return load[access.Account](ctx, s, "WHERE id IN ("+marks+")", args...)
	})
}

// AllAccounts returns every account by login, for whoever keeps them.
func (s *Store) AllAccounts(ctx context.Context) ([]access.Account, error) {
	return load[access.Account](ctx, s, "ORDER BY login")
}

// GrantsOfAll returns the written grants of the accounts, those of each together.
func (s *Store) GrantsOfAll(ctx context.Context, accountIDs []string) ([]access.Grant, error) {
	return inChunks(accountIDs, func(marks string, args []any) ([]access.Grant, error) {
		return load[access.Grant](ctx, s, "WHERE account IN ("+marks+") ORDER BY account, id", args...)
	})
}

// Grants returns the grants written down for an account; those that follow from
// posts are added by whoever knows what is in force.
func (s *Store) Grants(ctx context.Context, accountID string) ([]access.Grant, error) {
	return load[access.Grant](ctx, s, "WHERE account = ?1 ORDER BY id", accountID)
}

// GrantsOf returns the written grants of a role at any place, with their accounts.
func (s *Store) GrantsOf(ctx context.Context, role access.Role) ([]access.Grant, error) {
	return load[access.Grant](ctx, s, "WHERE role = ?1 ORDER BY id", string(role))
}

// Session returns a session by the hash of its token.
func (s *Store) Session(ctx context.Context, hash string) (access.Session, bool, error) {
	return one[access.Session](ctx, s, "WHERE hash = ?1", hash)
}

// OpenSessions returns the sessions of an account of one kind that are neither
// ended nor past their end.
func (s *Store) OpenSessions(ctx context.Context, accountID, kind string, now time.Time) ([]access.Session, error) {
	all, err := load[access.Session](ctx, s, "WHERE account = ?1 AND kind = ?2", accountID, kind)
	return slices.DeleteFunc(all, func(x access.Session) bool { return x.Check(now) != nil }), err
}

// GrantsAt returns the rights given by hand at any of the places.
func (s *Store) GrantsAt(ctx context.Context, placeIDs []string) ([]access.Grant, error) {
	return inChunks(placeIDs, func(marks string, args []any) ([]access.Grant, error) {
		return load[access.Grant](ctx, s, "WHERE place_id IN ("+marks+") ORDER BY id", args...)
	})
}

// GrantsByID returns those of the rights that exist.
func (s *Store) GrantsByID(ctx context.Context, ids []string) ([]access.Grant, error) {
	return inChunks(ids, func(marks string, args []any) ([]access.Grant, error) {
		return load[access.Grant](ctx, s, "WHERE id IN ("+marks+") ORDER BY id", args...)
	})
}
