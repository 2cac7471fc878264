package api

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// JoinConsent is the version of the text that a sign-up consents to.
const JoinConsent = "2"

// JoinInfo is what somebody sees who read the code of a notice.
type JoinInfo struct {
	Place   string   `json:"place"`
	Consent string   `json:"consent" doc:"Version of the text to consent to"`
	Skills  []Talent `json:"skills" nullable:"false"`
	Limits  []Talent `json:"limits" nullable:"false"`
	Phone   bool     `json:"phone" doc:"A code can be sent to a phone"`
}

// Talent is one line of a catalogue.
type Talent struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
	Group string `json:"group"`
}

// TalentList is both catalogues.
type TalentList struct {
	Skills []Talent `json:"skills" nullable:"false"`
	Limits []Talent `json:"limits" nullable:"false"`
}

type codeAsk struct {
	Body struct {
		Phone   string `json:"phone" maxLength:"30"`
		Purpose string `json:"purpose" enum:"join,enter"`
		Token   string `json:"token,omitempty" maxLength:"60" doc:"To join: the place's code out of the address"`
	}
}

// CodeTicket goes with the code that was sent; the answer is the same for every phone.
type CodeTicket struct {
	Ticket string `json:"ticket"`
	Until  string `json:"until"`
}

type joinInput struct {
	Token string `path:"token"`
	Body  struct {
		HelperInput
		Ticket   string `json:"ticket,omitempty" maxLength:"60"`
		Code     string `json:"code,omitempty" maxLength:"20"`
		DoorCode string `json:"door_code,omitempty" maxLength:"60" doc:"Instead of a phone: the code of the door"`
		Card     string `json:"card,omitempty" maxLength:"20" doc:"and that of the household card"`
	}
}

// Joined is what a sign-up came to.
type Joined struct {
	HelperID string `json:"helper_id"`
	Number   string `json:"number"`
	Name     string `json:"name"`
	Known    bool   `json:"known" doc:"They were a helper before; what was kept stays as it was"`
}

func (s *Server) joins() {
	type byToken struct {
		Token string `path:"token"`
	}
	read(s, Op{ID: "join-read", Path: "/joins/{token}", Action: "open", Summary: "What somebody sees who read the code of a recruiting notice"},
		func(ctx context.Context, c *call, in *byToken) (JoinInfo, error) {
			_, p, err := s.joinPlace(ctx, c, in.Token)
			if err != nil {
				return JoinInfo{}, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return JoinInfo{}, err
			}
			out := JoinInfo{Place: a.FullName(p.Path), Consent: JoinConsent, Skills: []Talent{}, Limits: []Talent{}, Phone: s.Courier != nil}
			if b := s.Playbooks["normal"]; b != nil {
				out.Skills, out.Limits = talents(b.Skills), talents(b.Limits)
			}
			return out, nil
		})
	read(s, Op{ID: "talent-list", Path: "/talents", Action: "open", Summary: "The catalogues of what helpers can do and cannot bear"},
		func(context.Context, *call, *struct{}) (TalentList, error) {
			out := TalentList{Skills: []Talent{}, Limits: []Talent{}}
			if b := s.Playbooks["normal"]; b != nil {
				out.Skills, out.Limits = talents(b.Skills), talents(b.Limits)
			}
			return out, nil
		})
	read(s, Op{ID: "code-send", Method: http.MethodPost, Path: "/codes", Action: "open", Summary: "Send a one-time code to a phone; known and unknown phones are answered alike"}, s.sendCode)
	read(s, Op{ID: "join", Method: http.MethodPost, Path: "/joins/{token}", Action: "open", Summary: "Become a helper, by the code sent to one's own phone or by the door's code and the household card"}, s.join)
	read(s, Op{ID: "code-enter", Method: http.MethodPost, Path: "/sessions/code", Action: "open", Summary: "Sign in without a password, by the code sent to one's phone"}, s.enterByCode)
	s.cards()
}

func talents(list []mode.Talent) []Talent {
	out := []Talent{}
	for _, t := range list {
		out = append(out, Talent{t.ID, Words(t.Title), t.Group})
	}
	return out
}

// joinPlace finds the place whose printed code an address carries. Guessing is
// slowed down as for passwords.
func (s *Server) joinPlace(ctx context.Context, c *call, token string) (*Atlas, *territory.Place, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, nil, err
	}
	if hash := access.HashQR(token); hash != "" {
		q, ok, err := s.Store.QRByHash(ctx, hash)
		if err != nil {
			return nil, nil, err
		}
		if p, there := a.Place(q.PlaceID); ok && there {
			return a, p, nil
		}
	}
	if wait := s.limiter.Begin(access.Attempt{Login: "join", Network: network(c)}, c.now); wait > 0 {
		return nil, nil, access.SlowDown(wait)
	}
	return nil, nil, people.ErrNotice.With()
}

// network is where a call comes from, as the limiter sees it.
func network(c *call) string {
	host, _, _ := net.SplitHostPort(c.remote)
	return host
}

// sendCode makes a code for a phone and hands it to the courier. A phone that nobody
// signs in with gets the same answer and no text.
func (s *Server) sendCode(ctx context.Context, c *call, in *codeAsk) (CodeTicket, error) {
	phone, ok := people.Phone(in.Body.Phone)
	if !ok || phone == "" {
		return CodeTicket{}, people.ErrField.With("手机号", "要 7–15 位数字", "Phone", "7 to 15 digits are wanted")
	}
	if s.Courier == nil {
		return CodeTicket{}, people.ErrNoCourier.With()
	}
	placeID := ""
	if in.Body.Purpose == people.ToJoin {
		_, p, err := s.joinPlace(ctx, c, in.Body.Token)
		if err != nil {
			return CodeTicket{}, err
		}
		placeID = p.ID
	}
	text := mode.Text{ZH: "守望验证码 {0}，10 分钟内有效。是您本人在报名或登录才填；别人要，不要给。",
		EN: "Shouwang code {0}, good for 10 minutes. Only if you are signing up or in yourself; give it to nobody."}
	return s.issueCode(ctx, c, people.Code{Purpose: in.Body.Purpose, PlaceID: placeID}, phone, text, func() (bool, error) {
		if in.Body.Purpose == people.ToJoin {
			return true, nil
		}
		known, err := s.active(ctx, phone)
		return known.ID != "", err
	})
}

// issueCode makes a code for a phone and sends it, unless send says that nobody is to
// get it; the answer is the same.
func (s *Server) issueCode(ctx context.Context, c *call, x people.Code, phone string, text mode.Text, send func() (bool, error)) (CodeTicket, error) {
	x.Phone = s.Store.HelperPhoneIndex(phone)
	if wait := s.limiter.Begin(access.Attempt{Login: "code:" + string(x.Phone), Network: network(c)}, c.now); wait > 0 {
		return CodeTicket{}, access.SlowDown(wait)
	}
	n, err := s.Store.CodesSince(ctx, x.Phone, c.now.Add(-time.Hour))
	if err != nil {
		return CodeTicket{}, err
	}
	if n >= people.CodesAnHour {
		return CodeTicket{}, access.SlowDown(time.Hour)
	}
	x.ID, x.Made, x.Until = journal.NewID(c.now), c.now, c.now.Add(people.CodeLife)
	digits := people.Digits(6)
	sent, err := send()
	if err != nil {
		return CodeTicket{}, err
	}
	if sent {
		x.Hash = s.Store.CodeHash(x.ID, digits)
	}
	e := c.entry("code.made", "phone_codes", x.ID, x.PlaceID, "", "audit", map[string]string{"for": x.Purpose})
	if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Row: &x, Entry: e}); err != nil {
		return CodeTicket{}, err
	}
	if sent {
		text = mode.Text{ZH: strings.Replace(text.ZH, "{0}", digits, 1), EN: strings.Replace(text.EN, "{0}", digits, 1)}
		if err := s.Courier.Send(ctx, people.Message{ID: x.ID, To: phone, Text: text, Until: x.Until}); err != nil {
			return CodeTicket{}, people.ErrNoCourier.With().Because(err)
		}
	}
	return CodeTicket{Ticket: x.ID, Until: stamp(x.Until)}, nil
}

// active is the helper with a private phone who has not left.
func (s *Server) active(ctx context.Context, phone string) (people.Helper, error) {
	hs, err := s.Store.HelpersByPhone(ctx, phone)
	if err != nil {
		return people.Helper{}, err
	}
	for _, h := range hs {
		if h.Left.IsZero() {
			return h, nil
		}
	}
	return people.Helper{}, nil
}

// openCode tries a code that was sent: a wrong try is kept before it is answered. The
// change that uses the code up is for the commit of what it opens.
func (s *Server) openCode(ctx context.Context, c *call, purpose, ticket, digits string) (people.Code, journal.Change, error) {
	for range 3 {
		x, _, err := s.Store.PhoneCode(ctx, ticket)
		if err != nil {
			return x, journal.Change{}, err
		}
		next, ok := x.Open(purpose, s.Store.CodeHash(ticket, strings.TrimSpace(digits)), c.now)
		if ok {
			return x, journal.Change{Row: &next, Base: x.Version}, nil
		}
		if next.Tries == x.Tries {
			return x, journal.Change{}, people.ErrCode.With()
		}
		e := c.entry("code.refused", "phone_codes", x.ID, x.PlaceID, "", "audit", nil)
		if _, err = s.Store.Commit(ctx, nil, nil, journal.Change{Row: &next, Base: x.Version, Entry: e}); err == nil {
			return x, journal.Change{}, people.ErrCode.With()
		}
	}
	return people.Code{}, journal.Change{}, people.ErrCode.With()
}

func (s *Server) enterByCode(ctx context.Context, c *call, in *struct {
	Body struct {
		Ticket string `json:"ticket" maxLength:"60"`
		Code   string `json:"code" maxLength:"20"`
		Phone  string `json:"phone" maxLength:"30"`
	}
}) (meReply, error) {
	phone, _ := people.Phone(in.Body.Phone)
	x, used, err := s.openCode(ctx, c, people.ToEnter, in.Body.Ticket, in.Body.Code)
	if err != nil {
		return meReply{}, err
	}
	h, err := s.active(ctx, phone)
	if err != nil {
		return meReply{}, err
	}
	if h.ID == "" || string(h.Sealed.PhoneIndex) != string(x.Phone) {
		return meReply{}, people.ErrCode.With()
	}
	a, changes, err := s.codeAccount(ctx, c, h)
	if err != nil {
		return meReply{}, err
	}
	used.Entry = c.entry("code.used", "phone_codes", x.ID, h.PlaceID, h.Path, "audit", map[string]string{"for": x.Purpose})
	used.Entry.Actor = a.ID
	if _, err := s.Store.Commit(ctx, nil, nil, append([]journal.Change{used}, changes...)...); err != nil {
		return meReply{}, err
	}
	s.stale("accounts")
	return s.enter(ctx, c, a)
}

// codeAccount is the account that a helper enters by a code, made when there is none.
// An account with a password is not entered so.
func (s *Server) codeAccount(ctx context.Context, c *call, h people.Helper) (access.Account, []journal.Change, error) {
	a, ok, err := s.Store.AccountOfHelper(ctx, h.ID)
	if err != nil {
		return a, nil, err
	}
	if ok {
		if a.PasswordHash != "" {
			return a, nil, people.ErrPassword.With()
		}
		if a.Disabled {
			return a, nil, people.ErrCode.With()
		}
		return a, nil, nil
	}
	a = access.Account{ID: journal.NewID(c.now), Login: plainLogin(h.Number), Name: h.Name, HelperID: h.ID}
	g := access.Grant{ID: journal.NewID(c.now), Account: a.ID, Role: access.Helper, PlaceID: h.PlaceID, Path: h.Path, From: c.now, Why: access.Static}
	e := c.entry("account.opened", "accounts", a.ID, h.PlaceID, h.Path, "audit", map[string]string{"role": string(access.Helper)})
	e.Actor = a.ID
	return a, []journal.Change{{Row: &a, Entry: e}, {Row: &g}}, nil
}

func (s *Server) join(ctx context.Context, c *call, in *joinInput) (Joined, error) {
	b := &in.Body
	a, p, err := s.joinPlace(ctx, c, in.Token)
	if err != nil {
		return Joined{}, err
	}
	if b.Consent == nil || *b.Consent != JoinConsent {
		return Joined{}, people.ErrNoConsent.With()
	}
	f := b.file()
	f.Kind, f.Party, f.Standing, f.PersonID, f.WorkPhone = nil, nil, nil, nil, nil // said by the desk, not by oneself
	f.PlaceID, f.Path = &p.ID, &p.Path
	if err := f.Lay(&people.Helper{Kind: "volunteer"}, &people.Private{}, s.catalogue(), c.now); err != nil {
		return Joined{}, err // before the code is tried, and before anything is sealed
	}
	var x people.Code
	var used journal.Change
	if b.Card != "" {
		f.Phone = nil
		if x, used, err = s.openCard(ctx, c, a, b.DoorCode, b.Card); err != nil {
			return Joined{}, err
		}
		if door, ok := a.Place(x.PlaceID); ok {
			p = door
		}
	} else {
		phone := ""
		if b.Phone != nil {
			phone, _ = people.Phone(*b.Phone)
		}
		if x, used, err = s.openCode(ctx, c, people.ToJoin, b.Ticket, b.Code); err != nil {
			return Joined{}, err
		}
		if x.PlaceID != p.ID || phone == "" || string(s.Store.HelperPhoneIndex(phone)) != string(x.Phone) {
			return Joined{}, people.ErrCode.With()
		}
		known, err := s.active(ctx, phone)
		if err != nil {
			return Joined{}, err
		}
		if known.ID != "" {
			return s.joined(ctx, c, known, x, used, nil, true)
		}
	}
	h, err := s.newHelper(ctx, c, f, p, "notice")
	if err != nil {
		return Joined{}, err
	}
	e := c.entry("helper.joined", "helpers", h.ID, h.PlaceID, h.Path, "work", map[string]string{"by": h.Recruited})
	return s.joined(ctx, c, h, x, used, []journal.Change{{Row: &h, Entry: e}}, false)
}

// joined writes a sign-up in one act with the code it uses up, and signs them in.
func (s *Server) joined(ctx context.Context, c *call, h people.Helper, x people.Code, used journal.Change, more []journal.Change, known bool) (Joined, error) {
	acc, changes, err := s.codeAccount(ctx, c, h)
	if err != nil {
		return Joined{}, err
	}
	used.Entry = c.entry("code.used", "phone_codes", x.ID, h.PlaceID, h.Path, "audit", map[string]string{"for": x.Purpose})
	changes = append(append([]journal.Change{used}, more...), changes...)
	for i := range changes {
		changes[i].Entry.Actor = acc.ID
	}
	if _, err := s.Store.Commit(ctx, nil, nil, changes...); err != nil {
		return Joined{}, err
	}
	s.stale("accounts")
	_, err = s.enter(ctx, c, acc)
	return Joined{HelperID: h.ID, Number: h.Number, Name: h.Name, Known: known}, err
}
