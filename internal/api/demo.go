package api

import (
	"context"
	"net/http"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// ErrNoDemo answers the demo's doors in a real instance.
var ErrNoDemo = fault.Define(fault.NotFound, "SW-1005",
	"这里不是演示实例，不能免密进入。没有改动任何数据。请登录。",
	"This is no demo instance, nobody enters without a password. Nothing was changed. Sign in.")

// Words is one text in both languages.
type Words struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// DemoRole is one card of the role picker.
type DemoRole struct {
	ID        string `json:"id"`
	Role      string `json:"role"`
	Title     Words  `json:"title"`
	Hint      Words  `json:"hint"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Face      string `json:"face"`
}

// demoCard says which roles the picker offers, in the order of a day.
var demoCards = []struct {
	id   string
	role access.Role
	hint Words
}{
	{"commander", access.Commander, Words{"看一屏态势，启动一次应急响应", "Read the situation and start a response"}},
	{"deputy", access.Commander, Words{"作为第二人复核并应用方案", "Review and apply a plan as the second person"}},
	{"community", access.Community, Words{"查户情，核对一栋楼", "Look into the register and a building"}},
	{"gridworker", access.Gridworker, Words{"走一遍自己的网格", "Walk your own grid"}},
	{"lead", access.Lead, Words{"用手机扫完一个楼道", "Sweep a stairwell on the phone"}},
	{"police", access.Police, Words{"看辖区里在岗的人", "See who is on post in the area"}},
	{"health", access.Health, Words{"查需要照护的人（每次查看留痕）", "Look after people in need (each look is recorded)"}},
	{"inspector", access.Inspector, Words{"只看数，不看人", "See figures, not persons"}},
	{"resident", access.Resident, Words{"确认看不到别人家", "See that other homes stay closed to you"}},
	{"admin", access.Admin, Words{"发令牌，看不到个人数据", "Issue tokens; no personal data in sight"}},
	{"auditor", access.Auditor, Words{"查日志：谁看过谁", "Read the journal: who looked at whom"}},
}

func (s *Server) demo() {
	read(s, Op{ID: "demo-roles", Path: "/demo/roles", Action: "open", Summary: "The demo's role picker"},
		func(ctx context.Context, c *call, _ *struct{}) ([]DemoRole, error) {
			if !s.Demo {
				return nil, ErrNoDemo.With()
			}
			a, err := s.ground(ctx)
			if err != nil {
				return nil, err
			}
			out := []DemoRole{}
			for _, k := range demoCards {
				info, _ := k.role.Info()
				p := s.demoPlace(a, info.At)
				if k.role == access.Lead {
					if post, ok, err := s.demoLead(ctx, c, a); err != nil {
						return nil, err
					} else if ok {
						p, _ = a.Place(post.PlaceID)
					}
				}
				if p == nil {
					continue
				}
				title := Words{info.ZH, info.EN}
				if k.id == "deputy" {
					title = Words{"街道指挥部（副）", "Second command officer"}
				}
				out = append(out, DemoRole{k.id, string(k.role), title, k.hint, p.ID, a.FullName(p.Path), info.Face})
			}
			return out, nil
		})
	type demoEnterInput struct {
		Body struct {
			ID string `json:"id" maxLength:"40"`
		}
	}
	read(s, Op{ID: "demo-enter", Method: http.MethodPost, Path: "/demo/enter", Action: "open", Summary: "Enter the demo in a role"},
		func(ctx context.Context, c *call, in *demoEnterInput) (meReply, error) {
			if !s.Demo {
				return meReply{}, ErrNoDemo.With()
			}
			a, err := s.demoAccount(ctx, c, in.Body.ID)
			if err != nil {
				return meReply{}, err
			}
			return s.enter(ctx, c, a)
		})
}

// demoPlace is where the demo's people stand: in the first community, which the
// demo's zones touch.
func (s *Server) demoPlace(a *Atlas, k territory.Kind) *territory.Place {
	top := a.first("", territory.Community)
	if top == nil {
		return nil
	}
	if info, _ := k.Info(); info.Rank < 40 {
		return a.first("", k)
	}
	return a.first(top.Path, k)
}

// demoAccount finds or makes the account behind a card. A lead's card opens the
// account of whoever holds the lead's post just now, so that it follows the mode.
func (s *Server) demoAccount(ctx context.Context, c *call, id string) (access.Account, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return access.Account{}, err
	}
	for _, k := range demoCards {
		if k.id != id {
			continue
		}
		info, _ := k.role.Info()
		if k.role == access.Lead {
			p, ok, err := s.demoLead(ctx, c, a)
			if err != nil {
				return access.Account{}, err
			}
			if ok {
				return s.accountFor(ctx, c, p)
			}
		}
		acc, ok, err := s.Store.AccountByLogin(ctx, "demo-"+id)
		if err != nil || ok {
			return acc, err
		}
		p := s.demoPlace(a, info.At)
		if p == nil {
			return acc, access.ErrNotHere.With()
		}
		name := map[string]string{"commander": "沈国良", "deputy": "陆文静", "community": "王敏", "gridworker": "何立成", "police": "韩立军"}[id]
		if name == "" {
			name = info.ZH
		}
		acc, _, changes := s.newAccount(c, "demo-"+id, name, k.role, p)
		changes[0].Entry.Actor = acc.ID
		_, err = s.Store.Commit(ctx, nil, nil, changes...)
		return acc, err
	}
	return access.Account{}, access.ErrNotHere.With()
}

// demoLead returns the post of a lead in the first community who is there: of an
// incident in force when there is one, of the everyday system otherwise.
func (s *Server) demoLead(ctx context.Context, c *call, a *Atlas) (best people.Post, ok bool, err error) {
	f, err := s.force(ctx, c.now)
	if err != nil {
		return best, false, err
	}
	top := a.first("", territory.Community)
	if top == nil {
		return best, false, nil
	}
	for _, incident := range append(f.others(""), "") {
		posts, err := s.Store.Posts(ctx, incident, top.Path)
		if err != nil {
			return best, false, err
		}
		for _, p := range posts {
			if p.Role != string(access.Lead) || p.HelperID == "" || ended(p, c) {
				continue
			}
			if !ok || a.code(p.PlaceID) < a.code(best.PlaceID) {
				best, ok = p, true
			}
		}
		if ok {
			return best, true, nil
		}
	}
	return best, false, nil
}

// code returns a place's code, empty for a place that is not there.
func (a *Atlas) code(id string) string {
	if p, ok := a.Place(id); ok {
		return p.Code
	}
	return ""
}

// accountFor returns the account of a post's holder, opening one when there is none.
func (s *Server) accountFor(ctx context.Context, c *call, p people.Post) (access.Account, error) {
	if acc, ok, err := s.Store.AccountOfHelper(ctx, p.HelperID); err != nil || ok {
		return acc, err
	}
	h, ok, err := s.Store.Helper(ctx, p.HelperID)
	if err != nil || !ok {
		return access.Account{}, err
	}
	acc := access.Account{ID: journal.NewID(c.now), Login: strings.ToLower(h.Number), Name: h.Name, HelperID: h.ID}
	e := c.entry("account.opened", "accounts", acc.ID, p.PlaceID, p.Path, "audit", nil)
	e.Actor = acc.ID
	_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Row: &acc, Entry: e})
	return acc, err
}
