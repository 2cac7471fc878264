package api

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// Me is who is signed in.
type Me struct {
	Account string     `json:"account"`
	Name    string     `json:"name"`
	Login   string     `json:"login"`
	Demo    bool       `json:"demo"`
	Now     string     `json:"now"`
	Grants  []Right    `json:"grants" nullable:"false"`
	Home    Home       `json:"home"`
	Zones   []ZoneSign `json:"zones" nullable:"false" doc:"What the zones of all playbooks are called and drawn like"`
	// Drill is set in the world of a drill alone.
	Drill *DrillFact `json:"drill,omitempty" doc:"Set when this is the world of a drill, where nothing is real"`
}

// Right is one role held over a place.
type Right struct {
	Role      string `json:"role"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Code      string `json:"code"`
	Kind      string `json:"kind"`
}

// ZoneSign is what a zone is called and how it is drawn.
type ZoneSign struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
	Rule  Words  `json:"rule"`
	Look  string `json:"look" enum:"evacuate,lockdown,control,precaution"`
}

// Home says where this person starts.
type Home struct {
	Face    string `json:"face" enum:"console,field,resident"`
	PlaceID string `json:"place_id"`
}

type meReply struct {
	Me Me `json:"me"`
}

func (s *Server) session() {
	read(s, Op{ID: "me-read", Path: "/me", Action: access.MeRead, Summary: "Who am I and what may I do where"},
		func(ctx context.Context, c *call, _ *struct{}) (Me, error) {
			if err := s.may(c, access.MeRead, ""); err != nil {
				return Me{}, err
			}
			return s.me(ctx, c.account, c.viewer, c.now)
		})
	read(s, Op{ID: "session-open", Method: http.MethodPost, Path: "/sessions", Action: "open", Summary: "Sign in with login and password"}, s.signIn)
	read(s, Op{ID: "session-end", Method: http.MethodDelete, Path: "/sessions/current", Action: access.MeRead, Summary: "Sign out"},
		func(ctx context.Context, c *call, _ *struct{}) (struct{}, error) {
			if err := s.may(c, access.MeRead, ""); err != nil {
				return struct{}{}, err
			}
			next := c.session.End(c.now)
			if c.session.TokenHash != "" {
				e := c.entry("session.ended", "sessions", c.account.ID, "", "", "audit", nil)
				if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Row: &next, Base: c.session.Version, Entry: e}); err != nil {
					return struct{}{}, err
				}
			}
			s.stale("sessions")
			http.SetCookie(c.w, &http.Cookie{Name: CookieName, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
			return struct{}{}, nil
		})
	s.tokens()
	s.accounts()
	s.demo()
}

type signInInput struct {
	Body struct {
		Login    string `json:"login" maxLength:"100"`
		Password string `json:"password" maxLength:"200"`
	}
}

func (s *Server) signIn(ctx context.Context, c *call, in *signInInput) (meReply, error) {
	login := strings.ToLower(strings.TrimSpace(in.Body.Login))
	host, _, _ := net.SplitHostPort(c.remote)
	try := access.Attempt{Login: login, Network: host}
	if wait := s.limiter.Begin(try, c.now); wait > 0 {
		return meReply{}, access.SlowDown(wait)
	}
	a, ok, err := s.Store.AccountByLogin(ctx, login)
	if err != nil {
		return meReply{}, err
	}
	var known *access.Account
	if ok {
		known = &a
	}
	if _, err := s.passwords.Check(ctx, known, in.Body.Password); err != nil {
		return meReply{}, err
	}
	s.limiter.Succeeded(try, c.now)
	return s.enter(ctx, c, a)
}

// enter opens a browser session for an account and sets its cookie.
func (s *Server) enter(ctx context.Context, c *call, a access.Account) (meReply, error) {
	grants, err := s.grants(ctx, a, c.now)
	if err != nil {
		return meReply{}, err
	}
	v := access.NewViewer(a.ID, grants, c.now)
	var roles []access.Role
	for _, g := range v.Grants() {
		roles = append(roles, g.Role)
	}
	x, token := access.NewSession(a.ID, access.Browser, roles, c.now)
	e := c.entry("session.opened", "sessions", a.ID, "", "", "audit", nil)
	e.Actor = a.ID
	if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Row: &x, Entry: e}); err != nil {
		return meReply{}, err
	}
	http.SetCookie(c.w, &http.Cookie{Name: CookieName, Value: token.Reveal(), Path: "/", HttpOnly: true, Secure: c.secure(),
		SameSite: http.SameSiteStrictMode, Expires: x.Expires})
	me, err := s.me(ctx, a, v, c.now)
	return meReply{me}, err
}

// secure says whether the caller came over TLS, here or at a proxy in front.
func (c *call) secure() bool {
	return c.r != nil && (c.r.TLS != nil || c.r.Header.Get("X-Forwarded-Proto") == "https")
}

func (s *Server) me(ctx context.Context, a access.Account, v *access.Viewer, now time.Time) (Me, error) {
	at, err := s.ground(ctx)
	if err != nil {
		return Me{}, err
	}
	me := Me{Account: a.ID, Name: a.Name, Login: a.Login, Demo: s.Demo, Now: stamp(now), Grants: []Right{}, Zones: []ZoneSign{}, Home: Home{Face: "console"}}
	if s.Drill != nil {
		f := s.Drill()
		me.Drill = &f
	}
	if a.HelperID != "" {
		me.Home.Face = "field"
	}
	for _, g := range v.Grants() {
		r := Right{Role: string(g.Role), PlaceID: g.PlaceID}
		if p, ok := at.Place(g.PlaceID); ok {
			r.PlaceName, r.Code, r.Kind = p.Name, p.Code, string(p.Kind)
		}
		me.Grants = append(me.Grants, r)
		if info, ok := g.Role.Info(); ok && (me.Home.PlaceID == "" || info.Face == "console") && me.Home.PlaceID == "" {
			me.Home = Home{info.Face, g.PlaceID}
		}
	}
	for _, id := range s.playbookIDs() {
		b, err := s.current(ctx, id)
		if err != nil {
			return Me{}, err
		}
		for _, z := range b.Zones {
			me.Zones = append(me.Zones, ZoneSign{z.ID, words(z.Title), words(z.Rule), b.Look(z.ID)})
		}
	}
	if me.Home.PlaceID == "" && len(at.Places) > 0 {
		if p := at.first("", territory.Subdistrict); p != nil {
			me.Home.PlaceID = p.ID
		}
	}
	return me, nil
}

// first returns the place of a kind with the lowest code at or below a path, or nil.
func (a *Atlas) first(path string, k territory.Kind) *territory.Place {
	var out *territory.Place
	lo, hi := a.Span(path)
	for i := lo; i < hi; i++ {
		if p := &a.Places[i]; p.Kind == k && (out == nil || p.Code < out.Code) {
			out = p
		}
	}
	return out
}

// TokenReply is a new token; its text is shown this once.
type TokenReply struct {
	Token   string `json:"token"`
	Account string `json:"account"`
}

type tokenInput struct {
	Body struct {
		Role      string `json:"role"`
		PlaceCode string `json:"place_code,omitempty"`
		PlaceID   string `json:"place_id,omitempty"`
		Name      string `json:"name,omitempty" maxLength:"60"`
	}
}

func (s *Server) tokens() {
	act(s, Op{ID: "token-create", Path: "/tokens", Action: access.TokenCreate, Summary: "A token for a program, with one role at one place"},
		func(ctx context.Context, c *call, in *tokenInput) (TokenReply, journal.Receipt, error) {
			_, p, err := s.place(ctx, c, access.TokenCreate, in.Body.PlaceID, in.Body.PlaceCode)
			if err != nil {
				return TokenReply{}, journal.Receipt{}, err
			}
			role, err := access.ParseRole(in.Body.Role)
			if err != nil {
				return TokenReply{}, journal.Receipt{}, err
			}
			name := in.Body.Name
			if name == "" {
				info, _ := role.Info()
				name = info.ZH + " · " + p.Name
			}
			a, g, changes := s.newAccount(c, journal.NewID(c.now), name, role, p)
			x, t := access.NewSession(a.ID, access.APIToken, []access.Role{role}, c.now)
			x.Name = name
			changes = append(changes, journal.Change{Row: &x})
			_ = g
			r, err := s.Store.Commit(ctx, nil, nil, changes...) // a token is never answered twice
			s.stale("grants")
			return TokenReply{t.Reveal(), a.ID}, r, err
		})
}

// newAccount prepares an account with one role at one place.
func (s *Server) newAccount(c *call, login, name string, role access.Role, p *territory.Place) (access.Account, access.Grant, []journal.Change) {
	a := access.Account{ID: journal.NewID(c.now), Login: login, Name: name}
	g := access.Grant{ID: journal.NewID(c.now), Account: a.ID, Role: role, PlaceID: p.ID, Path: p.Path, Why: access.Static}
	return a, g, []journal.Change{
		{Row: &a, Entry: c.entry("account.opened", "accounts", a.ID, p.ID, p.Path, "audit", map[string]string{"role": string(role)})},
		{Row: &g},
	}
}
