package api

import (
	"context"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

// MyShifts is what a helper has to do, and what they could.
type MyShifts struct {
	Mine []MyShift `json:"mine" nullable:"false"`
	Open []MyShift `json:"open" nullable:"false" doc:"nobody fills them; with the reason where it is not for them"`
	Undo []MyShift `json:"undo" nullable:"false" doc:"left less than ten minutes ago and not filled yet"`
}

// MyShift is a shift as its holder, or who might take it, sees it.
type MyShift struct {
	ShiftInfo
	Duty     Words     `json:"duty"`
	Partners []Partner `json:"partners" nullable:"false"`
	Note     string    `json:"note" doc:"what the shift before leaves"`
	OK       bool      `json:"ok"`
	Not      Words     `json:"not" doc:"why it is not for them"`
	UndoTill string    `json:"undo_till"`
}

// Partner is who stands there too.
type Partner struct {
	Name      string `json:"name"`
	WorkPhone string `json:"work_phone"`
}

func (s *Server) shiftMine() {
	read(s, Op{ID: "shift-mine", Path: "/me/shifts", Action: access.MeRead, Summary: "Your shifts, and the open ones near you: which are for you, and why others are not"}, s.myShifts)
	write(s, Op{ID: "shift-leave", Path: "/shifts/{id}/leave", Action: access.MeRead, Summary: "You cannot come: others are asked; it can be undone for ten minutes"},
		func(ctx context.Context, c *call, in *shiftID) (ShiftHand, []journal.Change, error) {
			x, err := s.myShift(ctx, c, in.ID)
			if err != nil {
				return ShiftHand{}, nil, err
			}
			if x.HelperID != c.account.HelperID {
				return ShiftHand{}, nil, errNotHere(c)
			}
			w, changes, err := s.free(ctx, c, x, "tap")
			w.Asked = []ShiftFit{} // who is asked is not for the one who leaves
			return w, changes, err
		})
	write(s, Op{ID: "shift-undo", Path: "/shifts/{id}/undo", Action: access.MeRead, Summary: "Take back, within ten minutes, that you cannot come"},
		func(ctx context.Context, c *call, in *shiftID) (ShiftHand, []journal.Change, error) {
			x, err := s.myShift(ctx, c, in.ID)
			if err != nil {
				return ShiftHand{}, nil, err
			}
			if x.Former != c.account.HelperID {
				return ShiftHand{}, nil, errNotHere(c)
			}
			if x.State != shift.Open || c.now.Sub(x.Changed) > undoTime {
				return ShiftHand{}, nil, shift.ErrUndo.With()
			}
			return s.take(ctx, c, x, "shift.undone")
		})
	write(s, Op{ID: "shift-pick", Path: "/shifts/{id}/pick", Action: access.MeRead, Summary: "Take an open shift"},
		func(ctx context.Context, c *call, in *shiftID) (ShiftHand, []journal.Change, error) {
			x, err := s.myShift(ctx, c, in.ID)
			if err != nil {
				return ShiftHand{}, nil, err
			}
			if !s.nearMe(ctx, c, &x) {
				return ShiftHand{}, nil, errNotHere(c)
			}
			if x.State != shift.Open {
				return ShiftHand{}, nil, shift.ErrTaken.With()
			}
			return s.take(ctx, c, x, "shift.picked")
		})
	type swap struct {
		ID   string `path:"id"`
		Body struct {
			With string `json:"with" maxLength:"60" doc:"the other's shift"`
		}
	}
	write(s, Op{ID: "shift-swap", Path: "/shifts/{id}/swap", Action: access.MeRead, Summary: "Ask somebody to swap shifts; nothing changes before they say yes"},
		func(ctx context.Context, c *call, in *swap) (Ask, []journal.Change, error) {
			return s.offerSwap(ctx, c, in.ID, in.Body.With)
		})
	type wish struct {
		Body struct {
			Day   string `json:"day" maxLength:"10"`
			On    bool   `json:"on" doc:"would like to; otherwise would rather not"`
			From  int    `json:"from,omitempty" doc:"minutes of the day"`
			Until int    `json:"until,omitempty"`
		}
	}
	write(s, Op{ID: "wish-set", Path: "/me/wishes", Action: access.MeRead, Summary: "Say on which day you would like to stand, or rather not; a roster minds it where it can"},
		func(ctx context.Context, c *call, in *wish) (struct{}, []journal.Change, error) {
			h, ok, err := s.asHelper(ctx, c)
			if err != nil || !ok {
				return struct{}{}, nil, orElse(err, ErrNoFile.With())
			}
			day, err := time.ParseInLocation(time.DateOnly, in.Body.Day, zoneTime)
			x := shift.Wish{HelperID: h.ID, Day: in.Body.Day, On: in.Body.On, From: in.Body.From, Until: in.Body.Until}
			if x.From == 0 && x.Until == 0 {
				x.Until = 24 * 60
			}
			if err != nil || day.Before(c.now.AddDate(0, 0, -1)) || day.After(c.now.AddDate(0, 0, 60)) || x.From < 0 || x.Until <= x.From || x.Until > 24*60 {
				return struct{}{}, nil, shift.ErrWish.With()
			}
			have, err := s.Store.Wishes(ctx, []string{h.ID}, x.Day)
			if err != nil {
				return struct{}{}, nil, err
			}
			base := int64(0)
			if len(have) > 0 && have[0].Day == x.Day {
				base = have[0].Version
			}
			return struct{}{}, []journal.Change{{Row: &x, Base: base, Entry: c.entry("wish.set", "wishes", h.ID, h.PlaceID, h.Path, "work", map[string]string{"day": x.Day})}}, nil
		})
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// asHelper is the caller as a helper.
func (s *Server) asHelper(ctx context.Context, c *call) (people.Helper, bool, error) {
	if err := s.may(c, access.MeRead, ""); err != nil {
		return people.Helper{}, false, err
	}
	if c.account.HelperID == "" {
		return people.Helper{}, false, nil
	}
	return s.Store.Helper(ctx, c.account.HelperID)
}

// myShift finds a shift for somebody who is a helper.
func (s *Server) myShift(ctx context.Context, c *call, id string) (shift.Shift, error) {
	if _, ok, err := s.asHelper(ctx, c); err != nil || !ok {
		return shift.Shift{}, orElse(err, errNotHere(c))
	}
	x, ok, err := s.Store.Shift(ctx, id)
	if err == nil && !ok {
		err = errNotHere(c)
	}
	return x, err
}

// nearMe says whether a shift lies in the community where the caller lives or is stationed.
func (s *Server) nearMe(ctx context.Context, c *call, x *shift.Shift) bool {
	h, ok, err := s.asHelper(ctx, c)
	if err != nil || !ok {
		return false
	}
	return territory.Inside(x.Path, s.mySide(ctx, h.Path))
}

// mySide is the community of a path, or the path itself above one.
func (s *Server) mySide(ctx context.Context, path string) string {
	if a, err := s.ground(ctx); err == nil {
		if p := a.UpTo(path, territory.Community); p != nil {
			return p.Path
		}
	}
	return path
}

// take gives the caller a shift.
func (s *Server) take(ctx context.Context, c *call, x shift.Shift, verb string) (ShiftHand, []journal.Change, error) {
	changes, next, err := s.give(ctx, c, x, c.account.HelperID, "", verb)
	if err != nil {
		return ShiftHand{}, nil, err
	}
	w, err := s.handWire(ctx, c, &next)
	return w, changes, err
}

func (s *Server) myShifts(ctx context.Context, c *call, _ *struct{}) (MyShifts, error) {
	out := MyShifts{Mine: []MyShift{}, Open: []MyShift{}, Undo: []MyShift{}}
	h, ok, err := s.asHelper(ctx, c)
	if err != nil || !ok {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	mine, err := s.Store.ShiftsOf(ctx, []string{h.ID}, c.now.AddDate(0, 0, -around31), c.now.AddDate(0, 0, 60))
	if err != nil {
		return out, err
	}
	near, err := s.Store.ShiftsUnder(ctx, s.mySide(ctx, h.Path), c.now.Add(-12*time.Hour), c.now.AddDate(0, 0, 14))
	if err != nil {
		return out, err
	}
	hs := []people.Helper{h}
	if _, err := s.Store.OpenLimits(ctx, hs); err != nil { // their own, shown to nobody
		return out, err
	}
	h = hs[0]
	ids := map[string]bool{}
	for _, x := range near {
		ids[x.HelperID] = true
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return out, err
	}
	for i := range mine {
		if x := &mine[i]; x.Live() && x.Until.After(c.now) {
			w, _, err := s.mineWire(ctx, c, a, x, near, of)
			if err != nil {
				continue // its post is no longer held by turns
			}
			w.OK = true
			out.Mine = append(out.Mine, w)
		}
	}
	for i := range near {
		x := &near[i]
		if x.State != shift.Open || !x.From.After(c.now) {
			continue
		}
		w, rule, err := s.mineWire(ctx, c, a, x, near, of)
		if err != nil {
			continue
		}
		lacks, breaks := shift.Fits(x, &h, mine, rule, zoneTime, c.now)
		w.OK, w.Not = len(lacks)+len(breaks) == 0, words(shift.Why(lacks, breaks))
		if till := x.Changed.Add(undoTime); x.Former == h.ID && c.now.Before(till) {
			w.UndoTill = stamp(till)
			out.Undo = append(out.Undo, w)
			continue
		}
		out.Open = append(out.Open, w)
	}
	return out, nil
}

func (s *Server) mineWire(ctx context.Context, c *call, a *Atlas, x *shift.Shift, near []shift.Shift, of map[string]*people.Helper) (MyShift, shift.Rule, error) {
	rule, it, err := s.ruleOf(ctx, c, x)
	if err != nil {
		return MyShift{}, rule, err
	}
	w := MyShift{ShiftInfo: shiftWire(a, x, it.Title, of), Duty: words(it.Duty), Partners: []Partner{}, Note: x.Note}
	for _, y := range near {
		if y.Incident != x.Incident || y.Item != x.Item || y.PlaceID != x.PlaceID {
			continue
		}
		if h := of[y.HelperID]; h != nil && y.ID != x.ID && y.From.Equal(x.From) && x.HelperID == c.account.HelperID {
			w.Partners = append(w.Partners, Partner{h.Name, h.WorkPhone})
		}
		if y.Until.Equal(x.From) && y.Note != "" {
			w.Note = y.Note
		}
	}
	return w, rule, nil
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
		all, err := s.lineOf(ctx, &take, give.HelperID)
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
