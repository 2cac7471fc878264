package api

import (
	"context"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// ErrOwnAccount refuses to be one's own keeper.
var ErrOwnAccount = fault.Define(fault.Forbidden, "SW-1027",
	"不能停用自己的账号，也不能给自己加减权限。没有改动。请由另一位系统管理员办理。",
	"Nobody disables the own account or changes the own rights. Nothing was changed. Ask another system keeper.")

// ErrDemoAccount keeps the demo's doors open for the next visitor.
var ErrDemoAccount = fault.Define(fault.Forbidden, "SW-1029",
	"这是演示的公用账号，不能停用，也不能改权限。没有改动。请新建一个账号试。",
	"This account is the demo's, for every visitor: it is neither disabled nor given other rights. Nothing was changed. Make an account of your own to try.")

// ErrGrantSpan refuses a right that ends before it begins or has ended already.
var ErrGrantSpan = fault.Define(fault.Invalid, "SW-1028",
	"权限的截止时间要晚于开始时间，也要晚于现在。没有改动。请改日期后再试。",
	"A right ends after it begins, and after now. Nothing was changed. Mend the dates and try again.")

type disableInput struct {
	ID   string `path:"id"`
	Body struct {
		Disabled bool `json:"disabled" doc:"true: nobody signs in with it and its tokens end; false: the password holds again"`
	}
}

type grantInput struct {
	ID   string `path:"id"`
	Body struct {
		Role      string `json:"role"`
		PlaceID   string `json:"place_id,omitempty"`
		PlaceCode string `json:"place_code,omitempty"`
		From      string `json:"from,omitempty" doc:"Day or moment it begins; left out: at once"`
		Until     string `json:"until,omitempty" doc:"Last day, or moment it ends; left out: without end"`
	}
}

type grantEndInput struct {
	ID    string `path:"id"`
	Grant string `path:"grant"`
}

func (s *Server) accountKeeping() {
	write(s, Op{ID: "account-disable", Path: "/accounts/{id}/disable", Action: access.AccountWrite, Summary: "Disable an account, ending its browsers and tokens, or let it sign in again; never one's own"}, s.disable)
	write(s, Op{ID: "grant-create", Path: "/accounts/{id}/grants", Action: access.AccountWrite, Summary: "Another role at a place, from–until; never for oneself"}, s.giveGrant)
	write(s, Op{ID: "grant-end", Path: "/accounts/{id}/grants/{grant}/end", Action: access.AccountWrite, Summary: "End a right now; never one's own"}, s.endGrant)
}

// kept finds an account that the caller keeps and that is not the caller's own.
func (s *Server) kept(ctx context.Context, c *call, id string) (access.Account, journal.Entry, error) {
	if c.viewer.Account() == "" {
		return access.Account{}, journal.Entry{}, access.ErrSignIn.With()
	}
	a, ok, err := s.Store.Account(ctx, id)
	if err != nil {
		return a, journal.Entry{}, err
	}
	if !ok {
		return a, journal.Entry{}, access.ErrNotHere.With()
	}
	place, err := s.mayKeep(ctx, c, a)
	if err == nil && a.ID == c.viewer.Account() {
		err = ErrOwnAccount.With()
	} else if err == nil && s.Demo && strings.HasPrefix(a.Login, "demo-") {
		err = ErrDemoAccount.With()
	}
	return a, place, err
}

func (s *Server) disable(ctx context.Context, c *call, in *disableInput) (AccountReply, []journal.Change, error) {
	a, place, err := s.kept(ctx, c, in.ID)
	if err != nil {
		return AccountReply{}, nil, err
	}
	out := AccountReply{Account: a.ID, Login: a.Login}
	if a.Disabled == in.Body.Disabled {
		return out, nil, nil
	}
	a.Disabled = in.Body.Disabled
	verb := "account.enabled"
	if a.Disabled {
		verb = "account.disabled"
	}
	changes := []journal.Change{{Row: &a, Base: a.Version, Entry: c.entry(verb, "accounts", a.ID, place.PlaceID, place.Path, "audit", nil)}}
	if !a.Disabled {
		return out, changes, nil
	}
	for _, kind := range []string{access.Browser, access.APIToken} {
		open, err := s.Store.OpenSessions(ctx, a.ID, kind, c.now)
		if err != nil {
			return out, nil, err
		}
		for _, x := range open {
			ended := x.End(c.now)
			changes = append(changes, journal.Change{Row: &ended, Base: x.Version})
		}
	}
	return out, changes, nil
}

func (s *Server) giveGrant(ctx context.Context, c *call, in *grantInput) (GrantLine, []journal.Change, error) {
	a, _, err := s.kept(ctx, c, in.ID)
	if err != nil {
		return GrantLine{}, nil, err
	}
	_, p, err := s.place(ctx, c, access.AccountWrite, in.Body.PlaceID, in.Body.PlaceCode)
	if err != nil {
		return GrantLine{}, nil, err
	}
	role, err := access.ParseRole(in.Body.Role)
	if err != nil {
		return GrantLine{}, nil, err
	}
	g := access.Grant{ID: journal.NewID(c.now), Account: a.ID, Role: role, PlaceID: p.ID, Path: p.Path, From: c.now, Why: access.Static}
	if in.Body.From != "" {
		if g.From, err = civilStart(in.Body.From); err != nil {
			return GrantLine{}, nil, ErrShape.With("from").At("body.from")
		}
	}
	if in.Body.Until != "" {
		if g.Until, err = civilEnd(in.Body.Until, c.now); err != nil {
			return GrantLine{}, nil, ErrShape.With("until").At("body.until")
		}
		if !g.Until.After(g.From) || !g.Until.After(c.now) {
			return GrantLine{}, nil, ErrGrantSpan.With().At("body.until")
		}
	}
	have, err := s.grants(ctx, a, c.now)
	if err != nil {
		return GrantLine{}, nil, err
	}
	if err := access.Combine(have, role, c.now); err != nil {
		return GrantLine{}, nil, err
	}
	out := GrantLine{ID: g.ID, Right: Right{Role: string(role), PlaceID: p.ID, PlaceName: p.Name, Code: p.Code, Kind: string(p.Kind)}, From: stamp(g.From)}
	if !g.Until.IsZero() {
		out.Until = stamp(g.Until)
	}
	e := c.entry("grant.given", "grants", g.ID, p.ID, p.Path, "audit", map[string]string{"role": string(role), "account": a.ID})
	return out, []journal.Change{{Row: &g, Entry: e}}, nil
}

func (s *Server) endGrant(ctx context.Context, c *call, in *grantEndInput) (GrantLine, []journal.Change, error) {
	a, _, err := s.kept(ctx, c, in.ID)
	if err != nil {
		return GrantLine{}, nil, err
	}
	all, err := s.Store.Grants(ctx, a.ID)
	if err != nil {
		return GrantLine{}, nil, err
	}
	for _, g := range all {
		if g.ID != in.Grant {
			continue
		}
		out := GrantLine{ID: g.ID, Right: Right{Role: string(g.Role), PlaceID: g.PlaceID}, Ended: true, Until: stamp(c.now)}
		if !g.Until.IsZero() && !c.now.Before(g.Until) {
			out.Until = stamp(g.Until)
			return out, nil, nil
		}
		g.Until = c.now
		e := c.entry("grant.ended", "grants", g.ID, g.PlaceID, g.Path, "audit", map[string]string{"role": string(g.Role), "account": a.ID})
		return out, []journal.Change{{Row: &g, Base: g.Version, Entry: e}}, nil
	}
	return GrantLine{}, nil, access.ErrNotHere.With().At("grant")
}
