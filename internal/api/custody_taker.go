package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/territory"
)

// custodyTakers registers the question who may take a subject next.
func (s *Server) custodyTakers() {
	type input struct {
		ID  string `path:"id"`
		Leg string `query:"leg" maxLength:"40" doc:"the leg that it goes on"`
	}
	read(s, Op{ID: "custody-takers", Path: "/custodies/{id}/takers", Action: access.CaseRead, Summary: "Who may take it on a leg: by name, those who hold a post or role that the leg asks for"},
		func(ctx context.Context, c *call, in *input) (Items[CustodyParty], error) {
			out := Items[CustodyParty]{Items: []CustodyParty{}}
			k, kase, ch, err := s.theCustody(ctx, c, in.ID)
			if err != nil {
				return out, err
			}
			if !s.onDesk(c, kase.Desk) && !s.onDesk(c, kase.Above) && k.Keeper.Who != c.viewer.Account() {
				return out, nil
			}
			i := slices.IndexFunc(ch.Legs, func(l custody.Leg) bool { return l.ID == in.Leg })
			if i < 0 {
				return out, custody.ErrLeg.With(in.Leg, "").At("leg")
			}
			a, err := s.ground(ctx)
			if err != nil {
				return out, err
			}
			found, err := s.takers(ctx, c, a, k.Path, kase.Incident, ch.Legs[i].By)
			if err != nil {
				return out, err
			}
			x, err := s.begunBy(ctx, &k)
			if err != nil {
				return out, err
			}
			for _, p := range found {
				if p.Who != k.Keeper.Who {
					out.Items = append(out.Items, s.partyWire(ctx, a, x.Chained, p))
				}
			}
			slices.SortStableFunc(out.Items, func(x, y CustodyParty) int { return strings.Compare(x.Name+x.Who, y.Name+y.Who) })
			out.Total = len(out.Items)
			return out, nil
		})
}

// takers are the accounts that hold one of some roles over a path, or one of some post
// items in its community.
func (s *Server) takers(ctx context.Context, c *call, a *Atlas, path, incident string, by []string) (out []custody.Party, err error) {
	add := func(who, post string) {
		if who != "" && !slices.ContainsFunc(out, func(p custody.Party) bool { return p.Who == who }) {
			out = append(out, custody.Party{Who: who, Post: post})
		}
	}
	for _, b := range by {
		gs, err := s.Store.GrantsOf(ctx, access.Role(b))
		if err != nil {
			return nil, err
		}
		for _, g := range gs {
			if g.InForce(c.now) && territory.Inside(path, g.Path) {
				add(g.Account, b)
			}
		}
	}
	under := path
	if p := a.UpTo(path, territory.Community); p != nil {
		under = p.Path
	}
	for _, in := range slices.Compact([]string{"", incident}) {
		ps, err := s.Store.Posts(ctx, in, under)
		if err != nil {
			return nil, err
		}
		for _, p := range ps {
			if !slices.Contains(by, p.Item) || p.HelperID == "" || !p.Until.IsZero() && !c.now.Before(p.Until) {
				continue
			}
			acc, ok, err := s.Store.AccountOfHelper(ctx, p.HelperID)
			if err != nil {
				return nil, err
			}
			if ok {
				add(acc.ID, p.Item)
			}
		}
	}
	return out, nil
}
