package api

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/people/shift"
)

// rosterPublish makes a draft hold, in one act: the shifts, the lines of everybody
// whose shifts change, and the word to each of them.
func (s *Server) rosterPublish(ctx context.Context, c *call, id string) (RosterInfo, journal.Receipt, error) {
	var none journal.Receipt
	r, d, err := s.rosterAt(ctx, c, id)
	if err != nil {
		return RosterInfo{}, none, err
	}
	if !r.Published.IsZero() || !r.TakenBack.IsZero() {
		return RosterInfo{}, none, shift.ErrPublished.With()
	}
	have, err := s.shiftsNow(ctx, r, &d)
	if err != nil {
		return RosterInfo{}, none, err
	}
	var rows []journal.Change
	drafted := map[string]bool{}
	moved := map[string][2][]string{}
	for i := range d.Shifts {
		x := d.Shifts[i]
		drafted[x.Key] = true
		old, there := have[x.Key]
		if x.ID != "" && (old.Version != x.Version || old.HelperID != x.HelperID) {
			return RosterInfo{}, none, shift.ErrMoved.With(x.From.In(zoneTime).Format("01-02 15:04"))
		}
		if there && x.Pinned && x.ID == "" && old.Pinned && old.Stands() && old.HelperID != x.HelperID {
			return RosterInfo{}, none, shift.ErrMoved.With(x.From.In(zoneTime).Format("01-02 15:04"))
		}
		if x.ID != "" || there && (!old.From.After(c.now) || old.Pinned && old.Stands()) {
			continue // decided by hand, or begun
		}
		base := int64(0)
		if x.ID, x.Roster, x.Changed, x.Former = journal.NewID(c.now), r.ID, c.now, ""; there {
			if old.HelperID == x.HelperID && old.State == x.State && old.Pinned == x.Pinned {
				continue
			}
			x.ID, base, x.Former, x.Note = old.ID, old.Version, old.HelperID, old.Note
			d.Undo = append(d.Undo, old)
		}
		rows = append(rows, journal.Change{Row: &x, Base: base})
		move(moved, &old, &x)
	}
	for k, old := range have {
		if !drafted[k] && old.Live() && old.From.After(c.now) && !old.Pinned {
			x := old
			x.State, x.HelperID, x.Former, x.Roster, x.Changed = shift.Dropped, "", old.HelperID, r.ID, c.now
			d.Undo = append(d.Undo, old)
			rows = append(rows, journal.Change{Row: &x, Base: old.Version})
			move(moved, &old, &x)
		}
	}
	r.Published, r.Publisher = c.now, c.viewer.Account()
	return s.rosterFinish(ctx, c, r, d, "roster.published", rows, moved)
}

// move notes for everybody what they had and what they have.
func move(moved map[string][2][]string, old, now *shift.Shift) {
	when := now.From.In(zoneTime).Format("01-02 15:04") + "–" + now.Until.In(zoneTime).Format("15:04")
	if old.HelperID == now.HelperID {
		return
	}
	if old.HelperID != "" {
		m := moved[old.HelperID]
		m[0] = append(m[0], when)
		moved[old.HelperID] = m
	}
	if now.HelperID != "" {
		m := moved[now.HelperID]
		m[1] = append(m[1], when)
		moved[now.HelperID] = m
	}
}

// rosterFinish writes what a roster changes. Whoever wrote one of the lines meanwhile
// makes it a conflict.
func (s *Server) rosterFinish(ctx context.Context, c *call, r shift.Roster, d shift.Draft, verb string, rows []journal.Change, moved map[string][2][]string) (RosterInfo, journal.Receipt, error) {
	var none journal.Receipt
	ids := []string{"place:" + r.PlaceID}
	for id := range moved {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	lines, err := s.Store.Lines(ctx, ids)
	if err != nil {
		return RosterInfo{}, none, err
	}
	if err := s.linesHold(ctx, c, r, rows, moved); err != nil {
		return RosterInfo{}, none, err
	}
	var more []journal.Change
	for _, id := range ids {
		more = append(more, journal.Change{Row: &shift.Line{HelperID: id, Changed: c.now}, Base: lines[id].Version})
	}
	told, err := s.tell(ctx, c, r, moved)
	if err != nil {
		return RosterInfo{}, none, err
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return RosterInfo{}, none, err
	}
	row := r
	row.Body = raw
	more = append(more, journal.Change{Row: &row, Base: r.Version})
	a, err := s.ground(ctx)
	if err != nil {
		return RosterInfo{}, none, err
	}
	w, err := s.rosterWire(ctx, c, a, r, &d, r.Path)
	if err != nil {
		return RosterInfo{}, none, err
	}
	e := s.shiftEntry(c, verb, "rosters", r.ID, r.PlaceID, r.Path, r.Incident, map[string]any{"shifts": len(rows), "people": len(moved), "open": d.Short})
	rows = append(rows, told...)
	rec, err := s.bulk(ctx, c, e, w, func(yield func(journal.Change) bool) {
		for _, ch := range rows {
			if !yield(ch) {
				return
			}
		}
	}, more...)
	return w, rec, err
}

// linesHold looks once more at what a roster gives to whom: since it was made,
// somebody may have got a shift elsewhere, lost a qualification or left.
func (s *Server) linesHold(ctx context.Context, c *call, r shift.Roster, rows []journal.Change, moved map[string][2][]string) error {
	ids := map[string]bool{}
	for id := range moved {
		ids[id] = true
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return err
	}
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	have, err := s.line(ctx, c, list, r.From.AddDate(0, 0, -around31), r.From.AddDate(0, 0, r.Days+around31))
	if err != nil {
		return err
	}
	line := map[string][]shift.Shift{}
	replaced := map[string]bool{}
	for _, ch := range rows {
		x := ch.Row.(*shift.Shift)
		replaced[x.Key] = true
		if x.Stands() {
			line[x.HelperID] = append(line[x.HelperID], *x)
		}
	}
	for _, x := range have {
		if x.Stands() && !replaced[x.Key] {
			line[x.HelperID] = append(line[x.HelperID], x)
		}
	}
	b, err := s.bookOf(ctx, c, r.Incident)
	if err != nil {
		return err
	}
	for _, ch := range rows {
		x := ch.Row.(*shift.Shift)
		it, ok := b.Post(x.Item)
		if !x.Stands() || !x.From.After(c.now) {
			continue
		}
		h := of[x.HelperID]
		if !ok || it.Shifts == nil || h == nil {
			return shift.ErrMoved.With(x.From.In(zoneTime).Format("01-02 15:04"))
		}
		if lacks, breaks := shift.Fits(x, h, line[h.ID], shift.Rule{Require: it.Require, Shifts: it.Shifts}, zoneTime, c.now); len(lacks)+len(breaks) > 0 && (!x.Pinned || x.Why == "" || shift.Never(breaks)) {
			return shift.ErrMoved.With(h.Name + " " + x.From.In(zoneTime).Format("01-02 15:04"))
		}
	}
	return nil
}

// tell is the word to everybody whose shifts change: what was, what is.
func (s *Server) tell(ctx context.Context, c *call, r shift.Roster, moved map[string][2][]string) ([]journal.Change, error) {
	ids := map[string]bool{}
	for id := range moved {
		ids[id] = true
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []journal.Change
	for id, m := range moved {
		h := of[id]
		if h == nil {
			continue
		}
		n, x := told(c, r.ID, r.PlaceID, r.Path, r.Incident, m, h.ID, h.PlaceID, h.Path)
		out = append(out, journal.Change{Row: &n}, journal.Change{Row: &x})
	}
	return out, nil
}

func told(c *call, id, placeID, path, incident string, m [2][]string, helper, home, homePath string) (notice.Notice, notice.Receiver) {
	zh, en := "", ""
	if len(m[0]) > 0 {
		zh, en = "取消："+join(m[0], "、")+"。", "Off: "+join(m[0], ", ")+"."
	}
	if len(m[1]) > 0 {
		zh, en = zh+"新排："+join(m[1], "、")+"。", en+" On: "+join(m[1], ", ")+"."
	}
	n := notice.Notice{ID: journal.NewID(c.now), Kind: notice.Told, PlaceID: placeID, Path: path, Incident: incident, Thing: "rosters", ThingID: id,
		Title: mode.Text{ZH: "您的班次有变化", EN: "Your shifts have changed"}, Body: mode.Text{ZH: zh, EN: en}, Wants: notice.Nothing, Turn: notice.Together,
		Author: c.viewer.Account(), Sent: c.now, Until: c.now.Add(3 * 24 * time.Hour)}
	x := notice.Turn(&n, notice.Receiver{NoticeID: n.ID, N: 1, HelperID: helper, PlaceID: home, Path: homePath}, c.now)
	return n, x
}

// join joins at most eight, and says how many more there are.
func join(xs []string, between string) string {
	out := ""
	for i, x := range xs {
		if i == 8 {
			return out + "…"
		}
		if i > 0 {
			out += between
		}
		out += x
	}
	return out
}

// rosterBack undoes what a published roster changed and has not begun.
func (s *Server) rosterBack(ctx context.Context, c *call, id string) (RosterInfo, journal.Receipt, error) {
	var none journal.Receipt
	r, d, err := s.rosterAt(ctx, c, id)
	if err != nil {
		return RosterInfo{}, none, err
	}
	if r.Published.IsZero() || !r.TakenBack.IsZero() {
		return RosterInfo{}, none, shift.ErrPublished.With()
	}
	have, err := s.shiftsNow(ctx, r, &d)
	if err != nil {
		return RosterInfo{}, none, err
	}
	before := map[string]shift.Shift{}
	for _, x := range d.Undo {
		before[x.Key] = x
	}
	byHand := map[string]string{}
	for _, x := range d.Shifts {
		if x.Pinned && x.ID == "" {
			byHand[x.Key] = x.HelperID
		}
	}
	var rows []journal.Change
	moved := map[string][2][]string{}
	for k, now := range have {
		if now.Roster != r.ID || !now.From.After(c.now) || now.Pinned && byHand[k] != now.HelperID {
			continue // a hand changed it after it was published
		}
		x := now
		x.Pinned, x.Why = false, ""
		if old, ok := before[k]; ok {
			x.HelperID, x.State, x.Roster, x.Pinned, x.Why = old.HelperID, old.State, old.Roster, old.Pinned, old.Why
		} else {
			x.HelperID, x.State = "", shift.Dropped
		}
		x.Former, x.Changed = now.HelperID, c.now
		rows = append(rows, journal.Change{Row: &x, Base: now.Version})
		move(moved, &now, &x)
	}
	slices.SortFunc(rows, func(x, y journal.Change) int {
		return cmp.Compare(x.Row.(*shift.Shift).Key, y.Row.(*shift.Shift).Key)
	})
	r.TakenBack = c.now
	return s.rosterFinish(ctx, c, r, d, "roster.back", rows, moved)
}
