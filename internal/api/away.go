package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/journal"
)

type awayInput struct {
	ID   string `path:"id"`
	Body struct {
		Away string `json:"away" enum:",locked-in,locked-out,isolated,left" doc:"Empty: present"`
		Base int64  `json:"base_version,omitempty" minimum:"0" doc:"Version of the helper that the client saw; 0: whatever it is"`
	}
}

// AwayReply is a helper's state as it holds now.
type AwayReply struct {
	ID      string `json:"id"`
	Away    string `json:"away"`
	Version int64  `json:"version"`
}

// setAway notes that a helper cannot come, or is back. Posts stay as they are: the
// next plan proposes who takes over, and a second person applies it.
func (s *Server) setAway(ctx context.Context, c *call, in *awayInput) (AwayReply, []journal.Change, error) {
	h, ok, err := s.Store.Helper(ctx, in.ID)
	if err != nil {
		return AwayReply{}, nil, err
	}
	if !ok {
		return AwayReply{}, nil, errNotHere(c)
	}
	path := h.Path
	a, err := s.ground(ctx)
	if err != nil {
		return AwayReply{}, nil, err
	}
	if p, ok := a.Place(h.PlaceID); ok {
		path = p.Path
	}
	if err := s.may(c, access.HelperAway, path); err != nil {
		return AwayReply{}, nil, access.Hide(err)
	}
	out := AwayReply{ID: h.ID, Away: in.Body.Away, Version: h.Version}
	if h.Away == in.Body.Away {
		return out, nil, nil
	}
	base := h.Version
	if in.Body.Base > 0 {
		base = in.Body.Base
	}
	h.Away, out.Version = in.Body.Away, base+1
	return out, []journal.Change{{Row: &h, Base: base, Entry: c.entry("helper.away", "helpers", h.ID, h.PlaceID, path, "work", map[string]string{"away": in.Body.Away})}}, nil
}
