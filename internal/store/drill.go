package store

import (
	"context"

	"shouwang/internal/dispatch/drill"
)

func init() {
	define("drills", "id place_id path playbook hash speed seed author started ended state report version", 1,
		func(r *drill.Run) []any {
			return []any{&r.ID, &r.PlaceID, &r.Path, &r.Playbook, &r.Hash, &r.Speed, &r.Seed, &r.Author, ms{&r.Started}, ms{&r.Ended}, &r.State, js{&r.Report}, &r.Version}
		}, func(r *drill.Run) *int64 { return &r.Version }, nil)
}

// Drills returns every drill that was not deleted, the newest first.
func (s *Store) Drills(ctx context.Context) ([]drill.Run, error) {
	return load[drill.Run](ctx, s, "WHERE state <> ?1 ORDER BY started DESC, id DESC", drill.Deleted)
}

// Drill returns a drill by id, a deleted one included.
func (s *Store) Drill(ctx context.Context, id string) (drill.Run, bool, error) {
	return one[drill.Run](ctx, s, "WHERE id = ?1", id)
}
