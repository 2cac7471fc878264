package store

import (
	"context"
	"time"

	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
)

// Adoption says which version of a playbook new incidents use.
type Adoption struct {
	Playbook, Hash, Prior, Author string
	At                            time.Time
	Version                       int64
}

func init() {
	define("overrides", "id place_id path playbook kind key value was reason basis grade author at approver approved ended ended_by version", 1,
		func(o *mode.Override) []any {
			return []any{&o.ID, &o.PlaceID, &o.Path, &o.Playbook, &o.Kind, &o.Key, &o.Value, &o.Was, &o.Reason, &o.Basis, (*string)(&o.Grade), &o.Author, ms{&o.At},
				&o.Approver, ms{&o.Approved}, ms{&o.Ended}, &o.EndedBy, &o.Version}
		}, func(o *mode.Override) *int64 { return &o.Version }, nil)
	define("adoptions", "playbook hash prior author at version", 1,
		func(a *Adoption) []any {
			return []any{&a.Playbook, &a.Hash, &a.Prior, &a.Author, ms{&a.At}, &a.Version}
		}, func(a *Adoption) *int64 { return &a.Version }, nil)
	define("briefings", "id incident post_id place_id path playbook from_hash to_hash lines at seen seen_by version act", 1,
		func(b *dispatch.Briefing) []any {
			return []any{&b.ID, &b.Incident, &b.PostID, &b.PlaceID, &b.Path, &b.Playbook, &b.From, &b.To, js{&b.Lines}, ms{&b.At}, ms{&b.Seen}, &b.SeenBy, &b.Version, &b.Act}
		}, func(b *dispatch.Briefing) *int64 { return &b.Version }, func(b *dispatch.Briefing) *string { return &b.Act })
}

// Overrides returns what places change in a playbook, the oldest first; ended ones
// only when asked for.
func (s *Store) Overrides(ctx context.Context, playbook string, ended bool) ([]mode.Override, error) {
	if ended {
		return load[mode.Override](ctx, s, "WHERE playbook = ?1 ORDER BY at, id", playbook)
	}
	return load[mode.Override](ctx, s, "WHERE playbook = ?1 AND ended = 0 ORDER BY at, id", playbook)
}

// Override returns one override.
func (s *Store) Override(ctx context.Context, id string) (mode.Override, bool, error) {
	return one[mode.Override](ctx, s, "WHERE id = ?1", id)
}

// Adoption returns which version of a playbook is in use; ok is false while it is
// the one that ships with the program.
func (s *Store) Adoption(ctx context.Context, playbook string) (Adoption, bool, error) {
	return one[Adoption](ctx, s, "WHERE playbook = ?1", playbook)
}

// PlaybookVersions returns every kept version of a playbook, the newest first.
func (s *Store) PlaybookVersions(ctx context.Context, playbook string) ([]PlaybookRow, error) {
	return load[PlaybookRow](ctx, s, "WHERE id = ?1 ORDER BY at DESC, hash", playbook)
}

// Briefings returns the briefings of an incident in the order of paths.
func (s *Store) Briefings(ctx context.Context, incident string) ([]dispatch.Briefing, error) {
	return load[dispatch.Briefing](ctx, s, "WHERE incident = ?1 ORDER BY path, id", incident)
}

// BriefingsOf returns the briefings of posts that wait to be acknowledged, the
// newest last.
func (s *Store) BriefingsOf(ctx context.Context, posts []string) ([]dispatch.Briefing, error) {
	return inChunks(posts, func(marks string, args []any) ([]dispatch.Briefing, error) {
		return load[dispatch.Briefing](ctx, s, "WHERE seen = 0 AND post_id IN ("+marks+") ORDER BY at, id", args...)
	})
}

// Briefing returns one briefing.
func (s *Store) Briefing(ctx context.Context, id string) (dispatch.Briefing, bool, error) {
	return one[dispatch.Briefing](ctx, s, "WHERE id = ?1", id)
}
