package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

// mostSwaps is how many shifts are listed for a swap.
const mostSwaps = 12

// swaps lists shifts of others near the caller for which they could give theirs, as far
// as their own rules go; the other's are looked at when it is offered.
func (s *Server) swaps(ctx context.Context, c *call, id string) (Items[ShiftInfo], error) {
	out := Items[ShiftInfo]{Items: []ShiftInfo{}}
	x, err := s.myShift(ctx, c, id)
	if err != nil {
		return out, err
	}
	h, ok, err := s.asHelper(ctx, c)
	if err != nil || !ok || x.HelperID != h.ID {
		return out, orElse(err, errNotHere(c))
	}
	hs := []people.Helper{h}
	if _, err := s.Store.OpenLimits(ctx, hs); err != nil { // their own, shown to nobody
		return out, err
	}
	near, err := s.Store.ShiftsUnder(ctx, s.mySide(ctx, h.Path), c.now, c.now.AddDate(0, 0, 14))
	if err != nil {
		return out, err
	}
	mine, err := s.lineOf(ctx, c, &x, h.ID)
	if err != nil {
		return out, err
	}
	mine = slices.DeleteFunc(mine, func(y shift.Shift) bool { return y.ID == x.ID })
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	ids := map[string]bool{}
	for i := range near {
		ids[near[i].HelperID] = true
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return out, err
	}
	for i := range near {
		y := &near[i]
		if y.State != shift.Planned || y.HelperID == h.ID || !y.From.After(c.now) || y.From.Equal(x.From) || len(out.Items) == mostSwaps {
			continue
		}
		rule, it, err := s.ruleOf(ctx, c, y)
		if err != nil {
			continue // its post is no longer held by turns
		}
		if lacks, breaks := shift.Fits(y, &hs[0], mine, rule, zoneTime, c.now); len(lacks)+len(breaks) == 0 {
			w := shiftWire(a, y, it.Title, of)
			w.Note, w.Why = "", ""
			out.Items = append(out.Items, w)
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

// offerSwap asks the holder of another shift to swap. Both must fit before it is asked.
func (s *Server) offerSwap(ctx context.Context, c *call, id, with string) (Ask, []journal.Change, error) {
	x, err := s.myShift(ctx, c, id)
	if err != nil {
		return Ask{}, nil, err
	}
	if x.HelperID != c.account.HelperID {
		return Ask{}, nil, errNotHere(c)
	}
	y, ok, err := s.Store.Shift(ctx, with)
	if err != nil {
		return Ask{}, nil, err
	}
	if !ok || !s.nearMe(ctx, c, &y) || y.State != shift.Planned || x.State != shift.Planned || y.HelperID == x.HelperID || !x.From.After(c.now) || !y.From.After(c.now) {
		return Ask{}, nil, shift.ErrSwap.With()
	}
	if _, err := s.swapped(ctx, c, x, y); err != nil {
		return Ask{}, nil, err
	}
	of, err := s.helpersOf(ctx, map[string]bool{x.HelperID: true, y.HelperID: true})
	if err != nil || of[x.HelperID] == nil || of[y.HelperID] == nil {
		return Ask{}, nil, orElse(err, shift.ErrSwap.With())
	}
	hx, hy := of[x.HelperID], of[y.HelperID]
	until := x.From
	if y.From.Before(until) {
		until = y.From
	}
	n := notice.Notice{ID: journal.NewID(c.now), Kind: notice.Swap, PlaceID: y.PlaceID, Path: y.Path, Incident: y.Incident, Thing: "swaps", ThingID: x.ID + "|" + y.ID + "|" + x.HelperID,
		Title: mode.Text{ZH: hx.Name + "想和您换班", EN: hx.Name + " asks to swap shifts"},
		Body:  mode.Text{ZH: "您的 " + clock(&y) + " 换成 " + clock(&x), EN: "Your " + clock(&y) + " for " + clock(&x)},
		Wants: notice.Answer, Turn: notice.Together, Wanted: 1, Author: c.viewer.Account(), Sent: c.now, Until: until}
	r := notice.Turn(&n, notice.Receiver{NoticeID: n.ID, N: 1, HelperID: hy.ID, PlaceID: hy.PlaceID, Path: hy.Path}, c.now)
	w, err := s.askWire(ctx, c, n, r)
	return w, []journal.Change{{Row: &n, Entry: s.noticeEntry(c, "swap.offered", n, nil)}, {Row: &r}}, err
}

// swapped are the rows of two shifts that change hands, both looked at by the gate
// without what each gives away.
func (s *Server) swapped(ctx context.Context, c *call, x, y shift.Shift) ([]journal.Change, error) {
	var out []journal.Change
	rows := map[string]bool{}
	for _, p := range [][2]shift.Shift{{x, y}, {y, x}} {
		give, take := p[0], p[1] // the holder of give takes take
		hs, err := s.Store.Helpers(ctx, []string{give.HelperID})
		if err != nil || len(hs) == 0 {
			return nil, orElse(err, shift.ErrSwap.With())
		}
		if err := s.weigh(ctx, c, take.PlaceID, take.Path, hs); err != nil {
			return nil, err
		}
		rule, it, err := s.ruleOf(ctx, c, &take)
		if err != nil {
			return nil, err
		}
		all, err := s.lineOf(ctx, c, &take, give.HelperID)
		if err != nil {
			return nil, err
		}
		line := all[:0]
		for _, z := range all {
			if z.ID != give.ID {
				line = append(line, z)
			}
		}
		if lacks, breaks := shift.Fits(&take, &hs[0], line, rule, zoneTime, c.now); len(lacks)+len(breaks) > 0 {
			why := shift.Why(lacks, breaks)
			return nil, shift.ErrFits.With(hs[0].Name, why.ZH, why.EN)
		}
		next := take
		next.HelperID, next.Former, next.Changed, next.Pinned = give.HelperID, take.HelperID, c.now, true
		changes, err := s.handed(ctx, c, take, next, it, "shift.swapped", map[string]any{"helper": next.HelperID, "before": take.HelperID})
		if err != nil {
			return nil, err
		}
		for _, ch := range changes { // one line is written once
			if l, ok := ch.Row.(*shift.Line); ok {
				if rows[l.HelperID] {
					continue
				}
				rows[l.HelperID] = true
			}
			out = append(out, ch)
		}
	}
	return out, nil
}

// yes does what a yes brings about: the shift is filled, or both are swapped, in
// the commit that takes the answer down.
func (s *Server) yes(ctx context.Context, c *call, n notice.Notice, r notice.Receiver) ([]journal.Change, error) {
	switch n.Kind {
	case notice.Replace:
		x, ok, err := s.Store.Shift(ctx, n.ThingID)
		if err != nil || !ok || x.State != shift.Open {
			return nil, orElse(err, notice.ErrFilled.With())
		}
		as := *c
		as.account.HelperID = r.HelperID
		changes, _, err := s.give(ctx, &as, x, r.HelperID, "", "shift.filled")
		for i, ch := range changes { // the notice closes by its own answer
			if h, ok := ch.Row.(*notice.Notice); ok && h.ID == n.ID {
				changes = append(changes[:i:i], changes[i+1:]...)
				break
			}
		}
		return changes, err
	case notice.Swap:
		ids := strings.Split(n.ThingID, "|")
		if len(ids) != 3 {
			return nil, shift.ErrSwap.With()
		}
		x, ok1, err := s.Store.Shift(ctx, ids[0])
		if err != nil {
			return nil, err
		}
		y, ok2, err := s.Store.Shift(ctx, ids[1])
		if err != nil {
			return nil, err
		}
		if !ok1 || !ok2 || x.State != shift.Planned || y.State != shift.Planned || x.HelperID != ids[2] || y.HelperID != r.HelperID || !x.From.After(c.now) || !y.From.After(c.now) {
			return nil, shift.ErrOver.With()
		}
		return s.swapped(ctx, c, x, y)
	}
	return nil, nil
}
