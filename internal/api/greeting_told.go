package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/notice"
	"shouwang/internal/round"
)

// secondTold makes the notice to the second of a pair whose turn it is. It names nobody:
// whom it is about stands in the receiver's own list.
func (s *Server) secondTold(ctx context.Context, g *round.Greeting, item *mode.RoundItem, now time.Time, by string) ([]journal.Change, error) {
	hs, err := s.Store.Helpers(ctx, []string{g.Second})
	if err != nil || len(hs) == 0 || !hs[0].Left.IsZero() && !now.Before(hs[0].Left) {
		return nil, err
	}
	until := g.Next.In(zoneTime).Format("15:04")
	title := mode.Text{ZH: "请您接上一位居民今天的问候", EN: "Please step in for a greeting today"}
	n := notice.Notice{ID: journal.NewID(now), Kind: notice.Told, PlaceID: g.PlaceID, Path: g.Path, Thing: "greetings", ThingID: g.PersonID, Title: title,
		Body: mode.Text{ZH: title.ZH + "：第一位还没有问到。请在 " + until + " 前打电话或上门，在守望的“我问候的人”里记结果；不记就转给微网格长上门。",
			EN: title.EN + ": the first of the pair did not reach them. Call or go there by " + until + " and note it under My people today in Shouwang; otherwise the micro-grid lead knocks."},
		Wants: notice.Nothing, Turn: notice.Together, Author: by, Sent: now, Until: now.Add(max(item.Daily.Second, time.Hour))}
	return toldNow(n, hs), nil
}

// greetingFollows brings a greeting to what was said in the case that its silence opened:
// an answer is that day's greeting, one that is sent back is none.
func (s *Server) greetingFollows(ctx context.Context, k *need.Case, act need.Act) ([]journal.Change, error) {
	if k.PersonID == "" || k.Origin != "round" || act.Verb != need.Reply && act.Verb != need.Reopen {
		return nil, nil
	}
	was, ok, err := s.Store.Greeting(ctx, k.PersonID)
	if err != nil || !ok || was.CaseID != k.ID {
		return nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	door, ok := a.Place(was.PlaceID)
	if !ok {
		return nil, nil
	}
	item, err := s.dailyAt(ctx, &call{now: act.At, viewer: access.NewViewer(act.By, nil, act.At)}, a, door)
	if err != nil {
		return nil, nil // nobody is greeted here any more: the case stands for itself
	}
	next, verb := was, "settled"
	if act.Verb == need.Reply {
		next, ok = round.Settle(*item.Daily, was, act.By, act.At, zoneTime)
	} else {
		next, ok = round.Unsettle(*item.Daily, was, act.At, zoneTime)
		verb = "unsettled"
	}
	if !ok {
		return nil, nil
	}
	return []journal.Change{{Row: &next, Base: was.Version, Entry: s.greetingEntry(act.At, act.By, &next, verb, nil)}}, nil
}
