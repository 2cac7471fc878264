package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

func init() {
	define("outside_keys", "id name hash place_id path places items issued issued_by until revoked revoked_by why version", 1,
		func(k *access.OutsideKey) []any {
			return []any{&k.ID, &k.Name, &k.Hash, &k.PlaceID, &k.Path, js{&k.Places}, js{&k.Items}, ms{&k.Issued}, &k.IssuedBy, ms{&k.Until}, ms{&k.Revoked}, &k.RevokedBy, &k.Why, &k.Version}
		}, func(k *access.OutsideKey) *int64 { return &k.Version }, nil)
	define("outside_uses", "id key_id at what code case_id version", 1,
		func(u *access.OutsideUse) []any {
			return []any{&u.ID, &u.KeyID, ms{&u.At}, &u.What, &u.Code, &u.CaseID, &u.Version}
		}, func(u *access.OutsideUse) *int64 { return &u.Version }, nil)
	define("outside_refs", "key_id ref case_id version", 2,
		func(r *access.OutsideRef) []any { return []any{&r.KeyID, &r.Ref, &r.CaseID, &r.Version} },
		func(r *access.OutsideRef) *int64 { return &r.Version }, nil)
}

// OutsideKeysUnder returns the keys that offices at or below a path issued, the newest
// first.
func (s *Store) OutsideKeysUnder(ctx context.Context, path string) ([]access.OutsideKey, error) {
	lo, hi := territory.Range(path)
	return load[access.OutsideKey](ctx, s, "WHERE path >= ?1 AND path < ?2 ORDER BY issued DESC, id", lo, hi)
}

// OutsideKey returns one key by its id.
func (s *Store) OutsideKey(ctx context.Context, id string) (access.OutsideKey, bool, error) {
	return one[access.OutsideKey](ctx, s, "WHERE id = ?1", id)
}

// OutsideKeyByHash returns the key with a hash.
func (s *Store) OutsideKeyByHash(ctx context.Context, hash string) (access.OutsideKey, bool, error) {
	return one[access.OutsideKey](ctx, s, "WHERE hash = ?1 AND hash <> ''", hash)
}

// OutsideUses returns what a key did since a time, the newest first, at most limit.
func (s *Store) OutsideUses(ctx context.Context, key string, since time.Time, limit int) ([]access.OutsideUse, error) {
	return load[access.OutsideUse](ctx, s, "WHERE key_id = ?1 AND at >= ?2 ORDER BY at DESC, id DESC LIMIT ?3", key, millis(since), limit)
}

// OutsideCase returns the case that a reference of a key became, "" for none.
func (s *Store) OutsideCase(ctx context.Context, key, ref string) (string, error) {
	r, _, err := one[access.OutsideRef](ctx, s, "WHERE key_id = ?1 AND ref = ?2", key, ref)
	return r.CaseID, err
}

// OutsideFilter says which cases somebody outside asks for. The paths are those they may
// ask about; the zero value of all else leaves nothing out.
type OutsideFilter struct {
	Paths   []string
	Items   []string
	Numbers []string
	Origin  string
	State   string // open, closed
	From    time.Time
	Until   time.Time
	Limit   int
}

// CasesOutside returns, without their words, cases that somebody outside may ask about,
// the newest first. Those told in confidence are never among them.
func (s *Store) CasesOutside(ctx context.Context, f OutsideFilter) ([]need.Case, error) {
	args := []any{millis(f.From), millis(f.Until)}
	arg := func(v any) string {
		args = append(args, v)
		return "?" + strconv.Itoa(len(args))
	}
	in := func(col string, vs []string) string {
		if len(vs) == 0 {
			return ""
		}
		marks := make([]string, len(vs))
		for i, v := range vs {
			marks[i] = arg(v)
		}
		return " AND " + col + " IN (" + strings.Join(marks, ", ") + ")"
	}
	where := "WHERE only_for = '' AND opened >= ?1 AND opened < ?2"
	var ranges []string
	for _, p := range f.Paths {
		lo, hi := territory.Range(p)
		ranges = append(ranges, "path >= "+arg(lo)+" AND path < "+arg(hi))
	}
	if len(ranges) == 0 {
		return nil, nil
	}
	where += " AND (" + strings.Join(ranges, " OR ") + ")" + in("item", f.Items) + in("number", f.Numbers)
	if f.Origin != "" {
		where += " AND origin = " + arg(f.Origin)
	}
	switch f.State {
	case "open":
		where += " AND closed = 0"
	case "closed":
		where += " AND closed > 0"
	}
	rows, err := loadFrom[caseRow](ctx, s, "", where+" ORDER BY opened DESC, id DESC LIMIT "+arg(f.Limit), args...)
	return caseValues(rows), err
}
