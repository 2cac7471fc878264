package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/people/care"
	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

const (
	aimDays  = 14 // how far back a resident thanks for a watch
	aimsMost = 6  // how many watches are offered
)

// AimsAt are whom a resident of a place may thank: all who serve there, whoever stood on
// posts of their own house, whoever stood a watch over them. What was done is said; who
// did it is known to the server alone.
func (s *Server) AimsAt(ctx context.Context, placeID string) ([]care.Aim, error) {
	c := s.nobody()
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	p, ok := a.Place(placeID)
	if !ok {
		return nil, access.ErrNotHere.With()
	}
	watches, near, err := s.watchesOver(ctx, c, p.Path)
	if err != nil {
		return nil, err
	}
	posted, err := s.postedAt(ctx, c, a, p)
	if err != nil {
		return nil, err
	}
	near = append(near, posted...)
	var out []care.Aim
	if slices.Sort(near); len(near) > 0 {
		out = append(out, care.Aim{ID: "near", Title: mode.Text{ZH: "最近帮过我家、我们楼的人", EN: "Whoever helped at my door or my house lately"}, Helpers: slices.Compact(near)})
	}
	out = append(out, watches...)
	return append(out, care.Aim{ID: "all", Title: mode.Text{ZH: "在这里服务的所有人", EN: "Everybody who serves here"}}), nil
}

// watchesOver are the latest watches that were stood over a place, the newest first, and
// who stood one at its own house.
func (s *Server) watchesOver(ctx context.Context, c *call, path string) (out []care.Aim, near []string, err error) {
	all, err := s.Store.ShiftsUnder(ctx, s.mySide(ctx, path), c.now.AddDate(0, 0, -aimDays), c.now)
	if err != nil {
		return nil, nil, err
	}
	at := map[string]int{}
	for i := len(all) - 1; i >= 0; i-- {
		x := &all[i]
		if !territory.Inside(path, x.Path) || x.HelperID == "" || x.State != shift.Done && x.State != shift.Planned {
			continue
		}
		if s.ofHouse(ctx, x.Path) {
			near = append(near, x.HelperID)
		}
		key := x.Incident + "|" + x.Item + "|" + x.PlaceID + "|" + stamp(x.From)
		k, ok := at[key]
		if !ok {
			if len(out) == aimsMost {
				continue
			}
			_, it := s.bookAndPost(ctx, c, x)
			if it.Title.ZH == "" {
				continue
			}
			k, at[key] = len(out), len(out)
			when := x.From.In(zoneTime)
			until := "–" + x.Until.In(zoneTime).Format("15:04")
			sum := sha256.Sum256([]byte(key))
			out = append(out, care.Aim{ID: "w" + hex.EncodeToString(sum[:6]), Title: mode.Text{
				ZH: when.Format("1月2日 15:04") + until + " " + it.Title.ZH,
				EN: it.Title.EN + ", " + when.Format("2 Jan 15:04") + until,
			}})
		}
		out[k].Helpers = append(out[k].Helpers, x.HelperID)
	}
	return out, near, nil
}

// ofHouse says whether a place is a building or lies in one.
func (s *Server) ofHouse(ctx context.Context, path string) bool {
	a, err := s.ground(ctx)
	return err == nil && a.UpTo(path, territory.Building) != nil
}

// postedAt are the holders of posts over a place at its own house or micro-grid, now or
// lately.
func (s *Server) postedAt(ctx context.Context, c *call, a *Atlas, p *territory.Place) ([]string, error) {
	top := p.Path
	if q := a.UpTo(p.Path, territory.Microgrid); q != nil {
		top = q.Path
	} else if q := a.UpTo(p.Path, territory.Building); q != nil {
		top = q.Path
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	incidents := []string{""}
	for _, d := range f.decls {
		incidents = append(incidents, d.Incident)
	}
	var out []string
	for _, incident := range incidents {
		posts, err := s.Store.Posts(ctx, incident, top)
		if err != nil {
			return nil, err
		}
		for _, x := range posts {
			over := territory.Inside(p.Path, x.Path)
			lately := x.Until.IsZero() || x.Until.After(c.now.AddDate(0, 0, -aimDays))
			if over && lately && x.HelperID != "" && !x.From.After(c.now) {
				out = append(out, x.HelperID)
			}
		}
	}
	return out, nil
}

// ThankFrom keeps a resident's thanks until somebody of the community looked at them. The
// same slip, sent twice, is one.
func (s *Server) ThankFrom(ctx context.Context, placeID, aim, said, from, slip string) error {
	aims, err := s.AimsAt(ctx, placeID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(aims, func(x care.Aim) bool { return x.ID == aim })
	if i < 0 {
		return care.ErrAim.With()
	}
	t := care.Thanks{PlaceID: placeID, Helpers: aims[i].Helpers, Words: said, From: from}
	if aim != "all" {
		t.For = aims[i].Title
	}
	return s.thankOnce(ctx, t, placeID+"|"+slip)
}

// CaseThanks says whether whoever follows a case may thank those who took it, and whether
// they did. What is told in confidence has no thanks: somebody else would read them first.
func (s *Server) CaseThanks(ctx context.Context, id, token string) (may, done bool, err error) {
	t, who, err := s.whoTook(ctx, id, token)
	if err != nil || len(who) == 0 {
		return false, false, err
	}
	_, done, err = s.Store.Receipt(ctx, byResident, thanksOp("case|"+t.Case.ID))
	return true, done, err
}

// ThankForCase thanks those who took a case, once.
func (s *Server) ThankForCase(ctx context.Context, id, token, said, from string) error {
	t, who, err := s.whoTook(ctx, id, token)
	if err != nil {
		return err
	}
	if len(who) == 0 {
		return care.ErrAim.With()
	}
	return s.thankOnce(ctx, care.Thanks{PlaceID: t.Case.PlaceID, Helpers: who, For: t.Item.Title, Words: said, From: from}, "case|"+id)
}

// whoTook are the helpers who had a case in their hands, when it was answered.
func (s *Server) whoTook(ctx context.Context, id, token string) (need.Tracked, []string, error) {
	t, err := s.TrackCase(ctx, id, token)
	if err != nil || t.Case.Only != "" || t.Case.Answered.IsZero() {
		return t, nil, err
	}
	ids := []string{t.Case.Holder}
	for _, x := range t.Steps {
		if x.Verb == need.Take || x.Verb == need.Accept || x.Verb == need.Reply {
			ids = append(ids, x.By)
		}
	}
	slices.Sort(ids)
	accounts, err := s.Store.Accounts(ctx, slices.Compact(ids))
	var out []string
	for i := range accounts {
		if accounts[i].HelperID != "" {
			out = append(out, accounts[i].HelperID)
		}
	}
	return t, out, err
}

func thanksOp(what string) journal.Op {
	sum := sha256.Sum256([]byte("thanks|" + what))
	return journal.Op{ID: "thanks-" + hex.EncodeToString(sum[:16]), Hash: hex.EncodeToString(sum[:])}
}

func (s *Server) thankOnce(ctx context.Context, t care.Thanks, what string) error {
	c := s.nobody()
	op := thanksOp(what)
	if _, done, err := s.Store.Receipt(ctx, byResident, op); err != nil || done {
		return err
	}
	c.op = &op
	_, err := s.Store.Decide(ctx, &op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		a, err := s.ground(ctx)
		if err != nil {
			return nil, nil, err
		}
		p, ok := a.Place(t.PlaceID)
		if !ok {
			return nil, nil, access.ErrNotHere.With()
		}
		if n, err := s.Store.ThanksWaiting(ctx, p.ID); err != nil || n >= care.MostWaiting {
			return nil, nil, orFault(err, care.ErrThanksWait.With(care.MostWaiting))
		}
		t.ID, t.Path = journal.NewID(c.now), p.Path
		next, err := care.Thank(t, c.now)
		if err != nil {
			return nil, nil, err
		}
		e := s.helped(c, "thanks.written", "thanks", next.ID, next.PlaceID, next.Path)
		e.Actor = byResident
		return nil, []journal.Change{{Row: &next, Entry: e}}, nil
	})
	return err
}

// orFault is what failed, or else what is wrong.
func orFault(err, wrong error) error {
	if err != nil {
		return err
	}
	return wrong
}
