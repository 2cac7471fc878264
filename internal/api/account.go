package api

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// Faults of accounts.
var (
	ErrLoginTaken = fault.Define(fault.Conflict, "SW-1023",
		"登录名“{0}”已有人用。没有新建账号。请换一个登录名；如果就是同一个人，给原账号换密码即可。",
		"The login \"{0}\" is taken. No account was made. Choose another; if it is the same person, set a new password for that account.")
	ErrOldPassword = fault.Define(fault.Forbidden, "SW-1024",
		"原密码不对。密码没有改动。请核对后重试；忘记原密码请联系系统管理员。",
		"The old password is wrong. Nothing was changed. Check and try again; if it is lost, ask the system keeper.")
	ErrHelperTied = fault.Define(fault.Conflict, "SW-1025",
		"编号 {0} 的人已有账号。没有新建账号。请给原账号换密码。",
		"The helper numbered {0} has an account already. No account was made. Set a new password for that one.")
)

// AccountReply is a new account. Password is there only when the server made it,
// and only in this one answer: a repeat of the operation leaves it out.
type AccountReply struct {
	Account  string `json:"account"`
	Login    string `json:"login"`
	Password string `json:"password,omitempty" doc:"Made by the server and shown this once"`
}

type accountInput struct {
	Body struct {
		Login        string `json:"login" maxLength:"60"`
		Name         string `json:"name" maxLength:"60"`
		Role         string `json:"role"`
		PlaceCode    string `json:"place_code,omitempty"`
		PlaceID      string `json:"place_id,omitempty"`
		Password     string `json:"password,omitempty" maxLength:"200" doc:"Left out: the server makes one and shows it once"`
		HelperNumber string `json:"helper_number,omitempty" maxLength:"60" doc:"The helper whose account this is; posts then give rights"`
	}
}

type passwordInput struct {
	ID   string `path:"id"`
	Body struct {
		Old      string `json:"old_password,omitempty" maxLength:"200" doc:"Needed for the own account"`
		Password string `json:"password,omitempty" maxLength:"200" doc:"Left out: the server makes one and shows it once"`
	}
}

func (s *Server) accounts() {
	act(s, Op{ID: "account-create", Path: "/accounts", Action: access.AccountWrite, Summary: "An account with a password and one role at one place"}, s.openAccount)
	act(s, Op{ID: "account-password", Path: "/accounts/{id}/password", Action: access.AccountWrite, Summary: "A new password: one's own with the old one, or anybody's as their keeper; browsers signed in are signed out"}, s.setPassword)
	s.accountList()
	s.accountKeeping()
}

// plainLogin is a login as it is kept and compared.
func plainLogin(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// openAccount makes an account, its grant and its password.
func (s *Server) openAccount(ctx context.Context, c *call, in *accountInput) (AccountReply, journal.Receipt, error) {
	none := journal.Receipt{}
	b := in.Body
	_, p, err := s.place(ctx, c, access.AccountWrite, b.PlaceID, b.PlaceCode)
	if err != nil {
		return AccountReply{}, none, err
	}
	role, err := access.ParseRole(b.Role)
	if err != nil {
		return AccountReply{}, none, err
	}
	login, name := plainLogin(b.Login), strings.TrimSpace(b.Name)
	if login == "" || strings.ContainsFunc(login, unicode.IsSpace) || !printable(login) {
		return AccountReply{}, none, ErrShape.With("login").At("body.login")
	}
	if name == "" || !printable(name) {
		return AccountReply{}, none, ErrShape.With("name").At("body.name")
	}
	helper, err := s.helperFor(ctx, c, b.HelperNumber)
	if err != nil {
		return AccountReply{}, none, err
	}
	if _, taken, err := s.Store.AccountByLogin(ctx, login); err != nil || taken {
		return AccountReply{}, none, orTaken(err, login) // before the costly hash
	}
	hash, made, err := s.newPassword(ctx, login, b.Password)
	if err != nil {
		return AccountReply{}, none, err
	}
	var out AccountReply
	r, err := s.Store.Decide(ctx, c.op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		if _, taken, err := s.Store.AccountByLogin(ctx, login); err != nil || taken {
			return nil, nil, orTaken(err, login)
		}
		a, changes := s.accountRows(c, login, name, role, p, helper, hash)
		out = AccountReply{Account: a.ID, Login: login}
		kept, err := json.Marshal(out) // the receipt never holds the password
		return kept, changes, err
	})
	s.stale("accounts")
	out.Password = made
	return out, r, err
}

func orTaken(err error, login string) error {
	if err != nil {
		return err
	}
	return ErrLoginTaken.With(login)
}

// accountRows is what opening an account writes.
func (s *Server) accountRows(c *call, login, name string, role access.Role, p *territory.Place, helper *people.Helper, hash access.Hash) (access.Account, []journal.Change) {
	a, _, changes := s.newAccount(c, login, name, role, p)
	a.PasswordHash = hash
	if helper != nil {
		a.HelperID = helper.ID
		next := *helper
		next.AccountID = a.ID
		changes = append(changes, journal.Change{Row: &next, Base: helper.Version})
	}
	changes[0].Row = &a
	return a, changes
}

// helperFor finds the helper whose account is to be made; nil when none is named.
// His posts will give the account rights, so the caller must keep accounts there.
func (s *Server) helperFor(ctx context.Context, c *call, number string) (*people.Helper, error) {
	if number = strings.TrimSpace(number); number == "" {
		return nil, nil
	}
	all, err := s.Store.HelpersByNumber(ctx)
	if err != nil {
		return nil, err
	}
	h, ok := all[number]
	if !ok || s.may(c, access.AccountWrite, h.Path) != nil {
		return nil, access.ErrNotHere.With().At("body.helper_number")
	}
	if _, has, err := s.Store.AccountOfHelper(ctx, h.ID); err != nil || has || h.AccountID != "" {
		if err != nil {
			return nil, err
		}
		return nil, ErrHelperTied.With(number)
	}
	return &h, nil
}

// newPassword returns the hash of the password given, or of one made here, which
// it returns too.
func (s *Server) newPassword(ctx context.Context, login, given string) (hash access.Hash, made string, err error) {
	if given == "" {
		made = access.MakePassword()
		given = made
	}
	hash, err = s.passwords.New(ctx, login, given)
	return hash, made, err
}

// setPassword gives an account another password and signs its browsers out. Who
// neither owns nor keeps the account learns nothing, not even that it is there.
func (s *Server) setPassword(ctx context.Context, c *call, in *passwordInput) (AccountReply, journal.Receipt, error) {
	none := journal.Receipt{}
	if c.viewer.Account() == "" {
		return AccountReply{}, none, access.ErrSignIn.With()
	}
	a, ok, err := s.Store.Account(ctx, in.ID)
	if err != nil {
		return AccountReply{}, none, err
	}
	if !ok {
		return AccountReply{}, none, access.ErrNotHere.With()
	}
	place := journal.Entry{}
	if c.viewer.Account() == a.ID {
		err = s.ownPassword(ctx, c, a, in.Body.Old)
	} else {
		place, err = s.mayKeep(ctx, c, a)
	}
	if err != nil {
		return AccountReply{}, none, err
	}
	hash, made, err := s.newPassword(ctx, a.Login, in.Body.Password)
	if err != nil {
		return AccountReply{}, none, err
	}
	out := AccountReply{Account: a.ID, Login: a.Login}
	kept, err := json.Marshal(out)
	if err != nil {
		return out, none, err
	}
	r, err := s.Store.Decide(ctx, c.op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		a, _, err := s.Store.Account(ctx, in.ID)
		if err != nil {
			return nil, nil, err
		}
		a.PasswordHash = hash
		changes := []journal.Change{{Row: &a, Base: a.Version, Entry: c.entry("account.password", "accounts", a.ID, place.PlaceID, place.Path, "audit", nil)}}
		open, err := s.Store.OpenSessions(ctx, a.ID, access.Browser, c.now)
		for _, x := range open {
			if x.TokenHash != c.session.TokenHash {
				ended := x.End(c.now)
				changes = append(changes, journal.Change{Row: &ended, Base: x.Version})
			}
		}
		return kept, changes, err
	})
	s.stale("accounts")
	out.Password = made
	return out, r, err
}

// ownPassword checks the old password, as slowly as signing in does.
func (s *Server) ownPassword(ctx context.Context, c *call, a access.Account, old string) error {
	host, _, _ := net.SplitHostPort(c.remote)
	try := access.Attempt{Login: a.Login, Network: host}
	if wait := s.limiter.Begin(try, c.now); wait > 0 {
		return access.SlowDown(wait)
	}
	if _, err := s.passwords.Check(ctx, &a, old); err != nil {
		if fault.KindOf(err) == fault.Unauthenticated { // the session itself is good
			return ErrOldPassword.With()
		}
		return err
	}
	s.limiter.Succeeded(try, c.now)
	return nil
}

// keeps says whether the caller may do an action at every place where the account
// has a right: half a keeper of somebody is none.
func (s *Server) keeps(ctx context.Context, c *call, action string, a access.Account) (bool, []access.Grant, error) {
	grants, err := s.grants(ctx, a, c.now)
	if err != nil {
		return false, nil, err
	}
	if len(grants) == 0 {
		return s.may(c, action, "") == nil, nil, nil
	}
	for _, g := range grants {
		if s.may(c, action, g.Path) != nil {
			return false, nil, nil
		}
	}
	return true, grants, nil
}

// mayKeep refuses who is no keeper of the account as if it were not there, and
// returns the place of its first right for the journal.
func (s *Server) mayKeep(ctx context.Context, c *call, a access.Account) (journal.Entry, error) {
	keeps, grants, err := s.keeps(ctx, c, access.AccountWrite, a)
	if err != nil {
		return journal.Entry{}, err
	}
	if !keeps {
		return journal.Entry{}, access.ErrNotHere.With()
	}
	if len(grants) > 0 {
		return journal.Entry{PlaceID: grants[0].PlaceID, Path: grants[0].Path}, nil
	}
	return journal.Entry{}, nil
}

// hashed is what of a body goes into the hash of its operation. Passwords do not:
// a fast hash of one would lie in the database beside the slow one.
func hashed(r *http.Request, raw []byte) []byte {
	if !strings.HasPrefix(r.URL.Path, "/api/v1/accounts") || !utf8.Valid(raw) {
		return raw
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return nil
	}
	delete(fields, "password")
	delete(fields, "old_password")
	out, err := json.Marshal(fields)
	if err != nil {
		return nil
	}
	return out
}
