package api

import (
	"context"

	"shouwang/internal/fault"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// Faults of recording on behalf of a helper.
var (
	ErrBehalf = fault.Define(fault.Invalid, "SW-1605",
		"代录要选一位在这一户所属楼栋、微网格当班的人，没有写入。请从名单里选。",
		"Recording on behalf needs somebody who holds a post that covers this door; nothing was written. Choose from the list.")
	ErrTold = fault.Define(fault.Invalid, "SW-1606",
		"代录要写明是谁告诉您的，没有写入。请选：本人、住户、邻居、纸单。",
		"Recording on behalf needs who told you; nothing was written. Choose: the helper, the household, a neighbour, or a paper sheet.")
)

// behalf is the name of the helper on whose behalf a door is recorded, "" for none.
// The journal names the helper by id; the name stands in the target alone.
func (s *Server) behalf(ctx context.Context, c *call, p *territory.Place, in *recordInput) (string, error) {
	if in.Body.Behalf == "" {
		return "", nil
	}
	if in.Body.Told == "" {
		return "", ErrTold.With().At("told")
	}
	hs, err := s.covering(ctx, c, p)
	if err != nil {
		return "", err
	}
	for _, h := range hs {
		if h.HelperID == in.Body.Behalf {
			return h.Name, nil
		}
	}
	return "", ErrBehalf.With().At("behalf")
}

// covering are those who hold a post at a place or at one above it, up to the grid,
// the nearest first.
func (s *Server) covering(ctx context.Context, c *call, p *territory.Place) ([]Holder, error) {
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	var near []people.Post
	up := a.Up(p.Path)
	for i := len(up) - 1; i >= 0; i-- {
		if info, _ := up[i].Kind.Info(); info.Rank < 50 {
			break
		}
		for _, incident := range append(f.others(""), "") {
			ps, err := s.postsOf(ctx, c, a, incident, up[i].Path)
			if err != nil {
				return nil, err
			}
			for _, o := range ps {
				if o.PlaceID == up[i].ID && o.HelperID != "" && (o.Until.IsZero() || c.now.Before(o.Until)) {
					near = append(near, o)
				}
			}
		}
	}
	who, err := s.holders(ctx, near)
	if err != nil {
		return nil, err
	}
	out, seen := []Holder{}, map[string]bool{}
	for _, o := range near {
		if h := who[o.HelperID]; h != nil && !seen[h.HelperID] {
			seen[h.HelperID] = true
			out = append(out, *h)
		}
	}
	return out, nil
}
