package store

import (
	"context"
	"time"

	"shouwang/internal/people/care"
	"shouwang/internal/people/unit"
	"shouwang/internal/territory"
)

func init() {
	define("gear", "id helper_id place_id path kind number given given_by back back_by lost why version", 1,
		func(x *care.Issue) []any {
			return []any{&x.ID, &x.HelperID, &x.PlaceID, &x.Path, &x.Kind, &x.Count, ms{&x.Given}, &x.By, ms{&x.Back}, &x.BackBy, &x.Lost, &x.Why, &x.Version}
		}, func(x *care.Issue) *int64 { return &x.Version }, nil)
	define("kept", "helper_id insured_until insured_by lodging lodged_until version", 1,
		func(k *care.Kept) []any {
			return []any{&k.HelperID, ms{&k.InsuredUntil}, &k.InsuredBy, &k.Lodging, ms{&k.LodgedUntil}, &k.Version}
		}, func(k *care.Kept) *int64 { return &k.Version }, nil)
	define("thanks", "id place_id path helpers words signed what made made_by decided decided_by shown version", 1,
		func(t *care.Thanks) []any {
			return []any{&t.ID, &t.PlaceID, &t.Path, js{&t.Helpers}, &t.Words, &t.From, js{&t.For}, ms{&t.Made}, &t.By, ms{&t.Decided}, &t.DecidedBy, &t.Shown, &t.Version}
		}, func(t *care.Thanks) *int64 { return &t.Version }, nil)
	define("units", "id name kind place_id path contact offers since ended version", 1,
		func(u *unit.Unit) []any {
			return []any{&u.ID, &u.Name, &u.Kind, &u.PlaceID, &u.Path, &u.Contact, &u.Offers, ms{&u.Since}, ms{&u.Ended}, &u.Version}
		}, func(u *unit.Unit) *int64 { return &u.Version }, nil)
	define("presences", "helper_id unit_id place_id path how since shares consent ended version", 2,
		func(p *unit.Presence) []any {
			return []any{&p.HelperID, &p.UnitID, &p.PlaceID, &p.Path, &p.How, ms{&p.Since}, &p.Shares, &p.Consent, ms{&p.Ended}, &p.Version}
		}, func(p *unit.Presence) *int64 { return &p.Version }, nil)
}

// GearUnder returns gear handed out and taken in at or below a path, the newest first.
func (s *Store) GearUnder(ctx context.Context, path string) ([]care.Issue, error) {
	lo, hi := territory.Range(path)
	return load[care.Issue](ctx, s, "WHERE path >= ?1 AND path < ?2 ORDER BY given DESC, id", lo, hi)
}

// GearOf returns the gear that was handed to a helper, the newest first.
func (s *Store) GearOf(ctx context.Context, helper string) ([]care.Issue, error) {
	return load[care.Issue](ctx, s, "WHERE helper_id = ?1 AND helper_id <> '' ORDER BY given DESC, id", helper)
}

// Issue returns one piece of gear that was handed out or taken in.
func (s *Store) Issue(ctx context.Context, id string) (care.Issue, bool, error) {
	return one[care.Issue](ctx, s, "WHERE id = ?1", id)
}

// Kept returns what is kept about the care of helpers, of those of whom there is anything.
func (s *Store) Kept(ctx context.Context, helpers []string) (map[string]care.Kept, error) {
	rows, err := inChunks(helpers, func(marks string, args []any) ([]care.Kept, error) {
		return load[care.Kept](ctx, s, "WHERE helper_id IN ("+marks+")", args...)
	})
	out := make(map[string]care.Kept, len(rows))
	for _, k := range rows {
		out[k.HelperID] = k
	}
	return out, err
}

// ThanksUnder returns thanks at or below a path since a time, the newest first.
func (s *Store) ThanksUnder(ctx context.Context, path string, since time.Time) ([]care.Thanks, error) {
	lo, hi := territory.Range(path)
	return load[care.Thanks](ctx, s, "WHERE path >= ?1 AND path < ?2 AND made >= ?3 ORDER BY made DESC, id", lo, hi, millis(since))
}

// ThanksWaiting says how many of residents' thanks at a place itself nobody looked at yet.
func (s *Store) ThanksWaiting(ctx context.Context, placeID string) (n int, err error) {
	return n, s.queryRow(ctx, "SELECT COUNT(*) FROM thanks WHERE place_id = ?1 AND decided = 0", placeID).Scan(&n)
}

// Thanks returns one.
func (s *Store) Thanks(ctx context.Context, id string) (care.Thanks, bool, error) {
	return one[care.Thanks](ctx, s, "WHERE id = ?1", id)
}

// Unit returns an organisation by id.
func (s *Store) Unit(ctx context.Context, id string) (unit.Unit, bool, error) {
	return one[unit.Unit](ctx, s, "WHERE id = ?1", id)
}

// UnitsUnder returns the organisations at or below a path, by name.
func (s *Store) UnitsUnder(ctx context.Context, path string) ([]unit.Unit, error) {
	lo, hi := territory.Range(path)
	return load[unit.Unit](ctx, s, "WHERE path >= ?1 AND path < ?2 ORDER BY name, id", lo, hi)
}

// UnitsOf returns the organisations whose contact a helper is, by name.
func (s *Store) UnitsOf(ctx context.Context, contact string) ([]unit.Unit, error) {
	return load[unit.Unit](ctx, s, "WHERE contact = ?1 AND contact <> '' ORDER BY name, id", contact)
}

// Presences returns who checked in at or below a path.
func (s *Store) Presences(ctx context.Context, path string) ([]unit.Presence, error) {
	lo, hi := territory.Range(path)
	return load[unit.Presence](ctx, s, "WHERE path >= ?1 AND path < ?2 ORDER BY helper_id, unit_id", lo, hi)
}

// PresencesOf returns where a helper checked in, ended ones included.
func (s *Store) PresencesOf(ctx context.Context, helper string) ([]unit.Presence, error) {
	return load[unit.Presence](ctx, s, "WHERE helper_id = ?1 ORDER BY unit_id", helper)
}

// Members returns who checked in beside an organisation, wherever they did.
func (s *Store) Members(ctx context.Context, unitID string) ([]unit.Presence, error) {
	return load[unit.Presence](ctx, s, "WHERE unit_id = ?1 ORDER BY helper_id", unitID)
}
