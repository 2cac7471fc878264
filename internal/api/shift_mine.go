package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

// confirmTime is how long somebody is asked whether a shift was stood; the desk may say
// it later.
const confirmTime = 14 * 24 * time.Hour

// MyShifts is what a helper has to do, and what they could.
type MyShifts struct {
	Mine []MyShift `json:"mine" nullable:"false"`
	Open []MyShift `json:"open" nullable:"false" doc:"nobody fills them; with the reason where it is not for them"`
	Undo []MyShift `json:"undo" nullable:"false" doc:"left less than ten minutes ago and not filled yet"`
	Over []MyShift `json:"over" nullable:"false" doc:"of the last two weeks, over, and nobody said yet that they were stood"`
}

// MyShift is a shift as its holder, or who might take it, sees it.
type MyShift struct {
	ShiftInfo
	Duty     Words      `json:"duty"`
	Partners []Partner  `json:"partners" nullable:"false"`
	Gear     []GearLine `json:"gear" nullable:"false" doc:"what is handed out for it"`
	Meals    []Words    `json:"meals" nullable:"false" doc:"meals that whoever stands there gets"`
	Before   string     `json:"before" doc:"what the shift before leaves"`
	OK       bool       `json:"ok"`
	Not      Words      `json:"not" doc:"why it is not for them"`
	UndoTill string     `json:"undo_till"`
	MayCome  bool       `json:"may_come" doc:"in an emergency, from an hour before until the end"`
	MaySay   bool       `json:"may_say" doc:"at its end: that it was stood"`
	MayNote  bool       `json:"may_note" doc:"what is left to the next may be written"`
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
	write(s, Op{ID: "shift-undo", Path: "/shifts/{id}/undo", Action: access.MeRead, Summary: "Take back, within ten minutes, that you cannot come, or that you took an open shift"},
		func(ctx context.Context, c *call, in *shiftID) (ShiftHand, []journal.Change, error) {
			x, err := s.myShift(ctx, c, in.ID)
			if err != nil {
				return ShiftHand{}, nil, err
			}
			if x.HelperID == c.account.HelperID && x.Why == shift.Picked {
				return s.unpick(ctx, c, x)
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
	if verb == "shift.picked" {
		next.Why = shift.Picked
		changes[0].Row = &next
	}
	w, err := s.handWire(ctx, c, &next)
	return w, changes, err
}

// unpick gives a shift back that somebody took less than ten minutes ago: it is open as
// it was, and nobody is asked.
func (s *Server) unpick(ctx context.Context, c *call, x shift.Shift) (ShiftHand, []journal.Change, error) {
	if x.State != shift.Planned || c.now.Sub(x.Changed) > undoTime {
		return ShiftHand{}, nil, shift.ErrUndo.With()
	}
	_, it, err := s.ruleOf(ctx, c, &x)
	if err != nil {
		return ShiftHand{}, nil, err
	}
	next := x
	next.HelperID, next.State, next.Former, next.Changed, next.Pinned, next.Why = "", shift.Open, "", c.now, false, ""
	changes, err := s.handed(ctx, c, x, next, it, "shift.unpicked", map[string]any{"before": x.HelperID})
	if err != nil {
		return ShiftHand{}, nil, err
	}
	w, err := s.handWire(ctx, c, &next)
	return w, changes, err
}

func (s *Server) myShifts(ctx context.Context, c *call, _ *struct{}) (MyShifts, error) {
	out := MyShifts{Mine: []MyShift{}, Open: []MyShift{}, Undo: []MyShift{}, Over: []MyShift{}}
	h, ok, err := s.asHelper(ctx, c)
	if err != nil || !ok {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	mine, err := s.line(ctx, c, []string{h.ID}, c.now.AddDate(0, 0, -around31), c.now.AddDate(0, 0, 60))
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
	decls, _, err := s.Holding(ctx, c.now)
	if err != nil {
		return out, err
	}
	for i := range mine {
		x := &mine[i]
		over := !x.Until.After(c.now)
		if !x.Stands() || over && (x.State != shift.Planned || c.now.Sub(x.Until) > confirmTime) {
			continue
		}
		w, _, err := s.mineWire(ctx, c, a, x, near, of)
		if err != nil {
			continue // its post is no longer held by turns
		}
		w.OK = true
		_, come := shift.Come(*x, emergency(decls, x.Path, c.now), c.now)
		_, say := shift.Confirm(*x, c.now)
		_, note := shift.Leave(*x, x.Note, c.now)
		if till := x.Changed.Add(undoTime); x.Why == shift.Picked && c.now.Before(till) {
			w.UndoTill = stamp(till)
		}
		w.MayCome, w.MaySay, w.MayNote = come == nil, say == nil, note == nil
		if over {
			out.Over = append(out.Over, w)
		} else {
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
	w := MyShift{ShiftInfo: shiftWire(a, x, it.Title, of), Duty: words(it.Duty), Partners: []Partner{}, Gear: s.gearFor(ctx, c, x), Meals: s.mealsFor(ctx, c, x)}
	if x.HelperID != c.account.HelperID {
		w.ShiftInfo.Note, w.Why = "", ""
	}
	for _, y := range near {
		if y.Incident != x.Incident || y.Item != x.Item || y.PlaceID != x.PlaceID {
			continue
		}
		if h := of[y.HelperID]; h != nil && y.ID != x.ID && y.From.Equal(x.From) && x.HelperID == c.account.HelperID {
			w.Partners = append(w.Partners, Partner{h.Name, h.WorkPhone})
		}
		if y.Until.Equal(x.From) && y.Note != "" && x.HelperID == c.account.HelperID {
			w.Before = y.Note
		}
	}
	return w, rule, nil
}
