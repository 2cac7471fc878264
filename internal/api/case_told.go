package api

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/notice"
	"shouwang/internal/people"
)

// caseTells are the moves of a case of which its new owners are told, and how.
var caseTells = map[need.Verb]mode.Text{
	need.Assign:   {ZH: "有一件事派给您", EN: "A case was assigned to you"},
	need.Reopen:   {ZH: "您答复的一件事，居民说没办好", EN: "A resident sent back a case you answered"},
	need.Transfer: {ZH: "有一件事转给您那里，等您接收", EN: "A case is offered to your desk"},
	need.Grant:    {ZH: "有一件事没人回音，已转到您那里", EN: "A case is at your desk now: nobody answered the transfer"},
	need.Climb:    {ZH: "有一件事下面没动静，请您看看", EN: "A case below you is silent: please look"},
}

// caseNews is how long word of a case is of use.
const caseNews = 24 * time.Hour

// caseToldMost is how many of one desk are told at once.
const caseToldMost = 50

// caseTold makes the notice of a move for those whom it concerns now: who was given the
// case, who answered it, or who works at the desk that got it. It says a number and
// nothing of what was asked; of what was told in confidence nobody is told anything.
func (s *Server) caseTold(ctx context.Context, k *need.Case, act need.Act) ([]journal.Change, error) {
	title, tells := caseTells[act.Verb]
	if !tells || k.Only != "" {
		return nil, nil
	}
	at, who := k.Desk, []string{k.Holder}
	switch act.Verb {
	case need.Transfer:
		at, who = k.Offer.To, nil
	case need.Climb:
		at, who = k.Above, nil
	case need.Grant:
		who = nil
	}
	hs, err := s.deskHelpers(ctx, at, who, act)
	if err != nil || len(hs) == 0 || at.PlaceID == "" {
		return nil, err
	}
	number := k.Number
	if len(number) == 9 {
		number = number[:2] + " " + number[2:6] + " " + number[6:]
	}
	n := notice.Notice{ID: journal.NewID(act.At), Kind: notice.Told, PlaceID: at.PlaceID, Path: at.Path, Incident: k.Incident, Thing: "cases", ThingID: k.ID, Title: title,
		Body:  mode.Text{ZH: title.ZH + "，号码 " + number + "。请在守望的“办件”里打开。", EN: title.EN + ": number " + number + ". Open it under Cases in Shouwang."},
		Wants: notice.Nothing, Turn: notice.Together, Author: act.By, Sent: act.At, Until: act.At.Add(caseNews)}
	return toldNow(n, hs), nil
}

// toldNow makes the rows of a notice to some helpers, at once.
func toldNow(n notice.Notice, hs []people.Helper) []journal.Change {
	out := []journal.Change{{Row: &n}}
	for i, h := range hs {
		r := notice.Turn(&n, notice.Receiver{NoticeID: n.ID, N: i + 1, HelperID: h.ID, PlaceID: h.PlaceID, Path: h.Path}, n.Sent)
		out = append(out, journal.Change{Row: &r})
	}
	return out
}

// deskHelpers are the helpers among some accounts, or among those who work at a desk when
// none are named; whoever did it is left out.
func (s *Server) deskHelpers(ctx context.Context, at need.Desk, accounts []string, act need.Act) ([]people.Helper, error) {
	var ids []string
	if accounts == nil {
		gs, err := s.Store.GrantsAt(ctx, []string{at.PlaceID})
		if err != nil {
			return nil, err
		}
		for _, g := range gs {
			if string(g.Role) == at.Role && g.InForce(act.At) {
				accounts = append(accounts, g.Account)
			}
		}
		posts, err := s.Store.PostsAt(ctx, "", at.Path)
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			if string(p.Role) == at.Role && p.HelperID != "" {
				ids = append(ids, p.HelperID)
			}
		}
	}
	accounts = slices.DeleteFunc(accounts, func(a string) bool { return a == "" })
	known, err := s.Store.Accounts(ctx, accounts)
	if err != nil {
		return nil, err
	}
	for _, a := range known {
		if a.HelperID != "" && !a.Disabled && a.ID != act.By {
			ids = append(ids, a.HelperID)
		}
	}
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) > caseToldMost {
		ids = ids[:caseToldMost]
	}
	hs, err := s.Store.Helpers(ctx, ids)
	return slices.DeleteFunc(hs, func(h people.Helper) bool { return act.By != "" && h.AccountID == act.By }), err
}

// forMe says why a case stands before its viewer now, empty where it does not: it was
// given to them or came back to them, is offered to their desk, or climbed to it.
func (s *Server) forMe(c *call, k *need.Case) string {
	mine := k.Holder != "" && k.Holder == c.viewer.Account()
	switch {
	case !k.Closed.IsZero() || !k.Answered.IsZero():
		return ""
	case mine && k.Reopened > 0:
		return "reopened"
	case mine:
		return "mine"
	case k.Offer != nil && s.onDesk(c, k.Offer.To):
		return "offered"
	case k.Level > 0 && s.onDesk(c, k.Above):
		return "climbed"
	case k.Holder == "" && k.Same == "" && s.onDesk(c, k.Desk):
		return "desk"
	}
	return ""
}
