package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// kinLink is the address of a relative.
func (s *Server) kinLink(id string) string { return "/k/" + id + "/" + s.Store.KinToken(id) }

// KinAt are the relatives whom the household of a door let in and who may act now, with
// what they asked for; ok is false where a place is no door.
func (s *Server) KinAt(ctx context.Context, placeID string) (list []access.Kin, asked []need.Tracked, ok bool, err error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, nil, false, err
	}
	p, there := a.Place(placeID)
	if !there || p.Kind != territory.Door {
		return nil, nil, false, nil
	}
	all, err := s.Store.KinOf(ctx, placeID)
	if err != nil {
		return nil, nil, true, err
	}
	for _, k := range all {
		if k.Open(s.Clock()) {
			list = append(list, k)
		}
		k.Follow = false
		cs, err := s.kinCases(ctx, &k, p)
		if err != nil {
			return nil, nil, true, err
		}
		asked = append(asked, cs...)
	}
	return list, asked, true, nil
}

// LetKinIn lets a relative in by the word of the household at its own door, and returns
// the address that is theirs. The same slip, sent twice, lets in one.
func (s *Server) LetKinIn(ctx context.Context, placeID string, k access.Kin, slip string) (id, link string, err error) {
	c := s.nobody()
	sum := sha256.Sum256([]byte(placeID + "|let|" + slip))
	op := journal.Op{ID: "let-" + hex.EncodeToString(sum[:16]), Hash: hex.EncodeToString(sum[:])}
	if r, done, err := s.Store.Receipt(ctx, byResident, op); err != nil || done {
		return string(r.Body), s.kinLink(string(r.Body)), err
	}
	k.PlaceID, k.GivenBy = placeID, ""
	r, err := s.Store.Decide(ctx, &op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		x, changes, err := s.letIn(ctx, c, k)
		for i := range changes {
			changes[i].Entry.Actor = byResident
		}
		id = x.ID
		return []byte(id), changes, err
	})
	if err == nil && r.Repeat {
		id = string(r.Body)
	}
	return id, s.kinLink(id), err
}

// letIn makes the rows of a relative who is let in.
func (s *Server) letIn(ctx context.Context, c *call, k access.Kin) (access.Kin, []journal.Change, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return k, nil, err
	}
	p, ok := a.Place(k.PlaceID)
	if !ok || p.Kind != territory.Door {
		return k, nil, access.ErrNotHere.With()
	}
	others, err := s.Store.KinOf(ctx, p.ID)
	if err != nil {
		return k, nil, err
	}
	if k, err = access.LetIn(k, others, c.now); err != nil {
		return k, nil, err
	}
	k.ID = journal.NewID(c.now)
	return k, []journal.Change{{Row: &k, Entry: c.entry("kin.let", "kin", k.ID, p.ID, p.Path, "work", nil)}}, nil
}

// EndKin takes the leave of a relative back by the word of the household at its own door.
func (s *Server) EndKin(ctx context.Context, placeID, id string) error {
	c := s.nobody()
	_, err := s.Store.Decide(ctx, nil, func(ctx context.Context) ([]byte, []journal.Change, error) {
		list, err := s.Store.KinOf(ctx, placeID)
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(list, func(k access.Kin) bool { return k.ID == id })
		if i < 0 {
			return nil, nil, access.ErrKinEnded.With()
		}
		_, changes, err := s.endKin(ctx, c, list[i], access.KinHousehold)
		for i := range changes {
			changes[i].Entry.Actor = byResident
		}
		return nil, changes, err
	})
	return err
}

func (s *Server) endKin(ctx context.Context, c *call, k access.Kin, by string) (access.Kin, []journal.Change, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return k, nil, err
	}
	next, err := k.End(by, c.now)
	if err != nil {
		return k, nil, err
	}
	path := ""
	if p, ok := a.Place(k.PlaceID); ok {
		path = p.Path
	}
	return next, []journal.Change{{Row: &next, Base: k.Version, Entry: c.entry("kin.ended", "kin", k.ID, k.PlaceID, path, "work", nil)}}, nil
}
