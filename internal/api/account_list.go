package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
)

// AccountLine is an account as its keeper finds it. It tells nothing of what its
// owner did with it, nor when: keeping accounts is no watch over people.
type AccountLine struct {
	ID       string      `json:"id"`
	Login    string      `json:"login"`
	Name     string      `json:"name"`
	Disabled bool        `json:"disabled"`
	SignsIn  bool        `json:"signs_in" doc:"Has a password; a program has a token instead"`
	Own      bool        `json:"own" doc:"The caller's own: somebody else keeps it"`
	Helper   bool        `json:"helper" doc:"Belongs to somebody in the roster; posts bring rights and take them back"`
	Grants   []GrantLine `json:"grants" nullable:"false"`
	Tokens   []TokenLine `json:"tokens" nullable:"false"`
}

// GrantLine is one right of an account.
type GrantLine struct {
	ID string `json:"id,omitempty" doc:"Empty for a right that comes with a post"`
	Right
	From  string `json:"from,omitempty" doc:"Empty: since ever"`
	Until string `json:"until,omitempty" doc:"Empty: without end"`
	Post  bool   `json:"post" doc:"Comes with a post and ends with it"`
	Ended bool   `json:"ended"`
}

// TokenLine is an open token of an account; its text is nowhere.
type TokenLine struct {
	Name    string `json:"name"`
	Created string `json:"created"`
	Expires string `json:"expires"`
}

type accountListInput struct {
	Login  string `query:"login" maxLength:"60" doc:"Exactly this login"`
	Q      string `query:"q" maxLength:"60" doc:"Part of a login or name"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"60"`
	Cursor string `query:"cursor" maxLength:"60" doc:"The login after which the page begins"`
}

func (s *Server) accountList() {
	read(s, Op{ID: "account-list", Path: "/accounts", Action: access.AccountRead, Summary: "The accounts within reach: rights, tokens, whether disabled"},
		func(ctx context.Context, c *call, in *accountListInput) (Items[AccountLine], error) {
			out := Items[AccountLine]{Items: []AccountLine{}}
			if c.viewer.Account() == "" {
				return out, access.ErrSignIn.With()
			}
			if len(s.scope(c, access.AccountRead)) == 0 {
				return out, access.ErrForbidden.With()
			}
			kept, err := s.keptAccounts(ctx, c, in)
			if err != nil {
				return out, err
			}
			out.Total = len(kept)
			for _, a := range kept {
				if a.Login <= in.Cursor && in.Cursor != "" {
					continue
				}
				if len(out.Items) == in.Limit {
					out.Next = out.Items[in.Limit-1].Login
					break
				}
				line, err := s.accountLine(ctx, c, a)
				if err != nil {
					return out, err
				}
				out.Items = append(out.Items, line)
			}
			return out, nil
		})
}

// keptAccounts are the accounts asked for that the caller keeps, by login.
func (s *Server) keptAccounts(ctx context.Context, c *call, in *accountListInput) ([]access.Account, error) {
	var all []access.Account
	if in.Login != "" {
		a, ok, err := s.Store.AccountByLogin(ctx, plainLogin(in.Login))
		if err != nil || !ok {
			return nil, err
		}
		all = append(all, a)
	} else {
		var err error
		if all, err = s.Store.AllAccounts(ctx); err != nil {
			return nil, err
		}
	}
	if q := plainLogin(in.Q); q != "" {
		all = slices.DeleteFunc(all, func(a access.Account) bool {
			return !strings.Contains(a.Login, q) && !strings.Contains(strings.ToLower(a.Name), q)
		})
	}
	return s.onlyKept(ctx, c, all)
}

// onlyKept leaves those accounts all of whose rights lie where the caller keeps
// accounts. Written rights are read together; posts only for whom they may matter.
func (s *Server) onlyKept(ctx context.Context, c *call, all []access.Account) ([]access.Account, error) {
	ids := make([]string, len(all))
	for i, a := range all {
		ids[i] = a.ID
	}
	grants, err := s.Store.GrantsOfAll(ctx, ids)
	if err != nil {
		return nil, err
	}
	scope := s.scope(c, access.AccountRead)
	has, beyond := map[string]bool{}, map[string]bool{}
	for _, g := range grants {
		has[g.Account] = true
		if !scope.Contains(g.Path) {
			beyond[g.Account] = true
		}
	}
	var out []access.Account
	for _, a := range all {
		if beyond[a.ID] {
			continue
		}
		if a.HelperID != "" || !has[a.ID] {
			keeps, _, err := s.keeps(ctx, c, access.AccountRead, a)
			if err != nil {
				return nil, err
			}
			if !keeps {
				continue
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// accountLine is one account on the wire.
func (s *Server) accountLine(ctx context.Context, c *call, a access.Account) (AccountLine, error) {
	line := AccountLine{ID: a.ID, Login: a.Login, Name: a.Name, Disabled: a.Disabled, SignsIn: a.PasswordHash != "",
		Own: a.ID == c.viewer.Account(), Helper: a.HelperID != "", Grants: []GrantLine{}, Tokens: []TokenLine{}}
	at, err := s.ground(ctx)
	if err != nil {
		return line, err
	}
	grants, err := s.grants(ctx, a, c.now)
	if err != nil {
		return line, err
	}
	for _, g := range grants {
		x := GrantLine{ID: g.ID, Right: Right{Role: string(g.Role), PlaceID: g.PlaceID}, Post: g.Task(), Ended: !g.Until.IsZero() && !c.now.Before(g.Until)}
		if !g.From.IsZero() {
			x.From = stamp(g.From)
		}
		if !g.Until.IsZero() {
			x.Until = stamp(g.Until)
		}
		if p, ok := at.Place(g.PlaceID); ok {
			x.PlaceName, x.Code, x.Kind = p.Name, p.Code, string(p.Kind)
		}
		line.Grants = append(line.Grants, x)
	}
	open, err := s.Store.OpenSessions(ctx, a.ID, access.APIToken, c.now)
	for _, t := range open {
		line.Tokens = append(line.Tokens, TokenLine{t.Name, stamp(t.Created), stamp(t.Expires)})
	}
	return line, err
}
