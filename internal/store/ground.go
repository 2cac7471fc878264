package store

import (
	"context"
	"fmt"
)

// GroundChange is what entries say of the tree of places and of who lives there.
type GroundChange struct {
	At       int64    // the last of the entries
	Entries  int      // how many they are
	Places   []string // ids of the places they changed or made
	Register bool     // persons or households changed
}

// GroundSince returns what the entries after a sequence changed of the ground. The
// rows themselves are read after it, and are never older than its At.
func (s *Store) GroundSince(ctx context.Context, after int64) (GroundChange, error) {
	out := GroundChange{At: after}
	rows, err := s.query(ctx, "SELECT seq, thing, thing_id, place_id, act FROM entries WHERE seq > ?1 AND thing IN ('places', 'persons', 'households') ORDER BY seq", after)
	if err != nil {
		return out, fmt.Errorf("store: what changed of the ground: %w", err)
	}
	defer rows.Close()
	seen := map[string]bool{}
	add := func(id string) {
		if id != "" && !seen[id] {
			seen[id] = true
			out.Places = append(out.Places, id)
		}
	}
	var acts []string
	for rows.Next() {
		var thing, id, place, act string
		if err := rows.Scan(&out.At, &thing, &id, &place, &act); err != nil {
			return out, err
		}
		out.Entries++
		out.Register = out.Register || thing != "places"
		if act != "" {
			acts = append(acts, act)
		} else if thing == "places" {
			add(id)
			add(place)
		}
	}
	if err := rows.Err(); err != nil {
		return out, err
	}
	for _, act := range acts {
		items, err := s.cells(ctx, 1, "SELECT thing_id FROM act_items WHERE act = ?1 AND thing = 'places'", act)
		if err != nil {
			return out, err
		}
		for _, x := range items {
			id, _ := x[0].(string)
			add(id)
		}
	}
	return out, nil
}
