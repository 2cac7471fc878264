package api

import (
	"cmp"
	"context"
	"slices"
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

// How a search for a replacement goes: how long each may think, how many are asked at
// most, and how many are shown beforehand.
const (
	thinkTime  = 5 * time.Minute
	mostAsked  = 20
	shownFirst = 5
)

// undoTime is how long somebody may take back what they did.
const undoTime = 10 * time.Minute

// ShiftFit says whether somebody may take a shift, and why not.
type ShiftFit struct {
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	OK       bool   `json:"ok"`
	Why      Words  `json:"why"`
	Never    bool   `json:"never" doc:"no exception lifts this"`
	Turn     int    `json:"turn" doc:"1 to 5: who is asked in which turn when somebody drops out; 0: not among them"`
}

// ShiftHand is what came of a change by hand.
type ShiftHand struct {
	Shift ShiftInfo  `json:"shift"`
	Asked []ShiftFit `json:"asked" nullable:"false" doc:"who is asked to step in, in their turn"`
}

type shiftID struct {
	ID string `path:"id"`
}

type shiftAssign struct {
	ID   string `path:"id"`
	Body struct {
		HelperID string `json:"helper_id" maxLength:"60"`
		Reason   string `json:"reason,omitempty" maxLength:"300" doc:"puts them there for all they lack; kept"`
	}
}

type shiftFree struct {
	ID   string `path:"id"`
	Body struct {
		How string `json:"how" enum:"phone,absent,desk" doc:"they called, did not come, or the desk decides"`
	}
}

func (s *Server) shiftHands() {
	read(s, Op{ID: "shift-fits", Path: "/shifts/{id}/fits", Action: access.RosterAssign, Summary: "Who may take a shift and who may not, with the reason; and who would be asked first"}, s.shiftFits)
	write(s, Op{ID: "shift-assign", Path: "/shifts/{id}/assign", Action: access.RosterAssign, Summary: "Put somebody on a shift by hand, or in place of whoever has it"},
		func(ctx context.Context, c *call, in *shiftAssign) (ShiftHand, []journal.Change, error) {
			x, err := s.shiftAt(ctx, c, in.ID)
			if err != nil {
				return ShiftHand{}, nil, err
			}
			changes, next, err := s.give(ctx, c, x, in.Body.HelperID, strings.TrimSpace(in.Body.Reason), "shift.assigned")
			if err != nil {
				return ShiftHand{}, nil, err
			}
			w, err := s.handWire(ctx, c, &next)
			return w, changes, err
		})
	write(s, Op{ID: "shift-free", Path: "/shifts/{id}/free", Action: access.RosterAssign, Summary: "Somebody does not come: others are asked one after another until the shift is filled"},
		func(ctx context.Context, c *call, in *shiftFree) (ShiftHand, []journal.Change, error) {
			x, err := s.shiftAt(ctx, c, in.ID)
			if err != nil {
				return ShiftHand{}, nil, err
			}
			if in.Body.How == shift.Absent && !x.Until.After(c.now) {
				next, err := shift.Miss(x, c.now)
				w, changes, err := s.became(ctx, c, x, next, "shift.missed", err)
				return ShiftHand{Shift: w, Asked: []ShiftFit{}}, changes, err
			}
			return s.free(ctx, c, x, in.Body.How)
		})
}

// shiftAt finds a shift that the viewer may fill.
func (s *Server) shiftAt(ctx context.Context, c *call, id string) (shift.Shift, error) {
	x, ok, err := s.Store.Shift(ctx, id)
	if err != nil {
		return x, err
	}
	if !ok {
		return x, errNotHere(c)
	}
	if err := s.may(c, access.RosterAssign, x.Path); err != nil {
		return x, access.Hide(err)
	}
	return x, nil
}

// ruleOf is what a shift's post asks.
func (s *Server) ruleOf(ctx context.Context, c *call, x *shift.Shift) (shift.Rule, mode.PostItem, error) {
	b, err := s.bookOf(ctx, c, x.Incident)
	if err != nil {
		return shift.Rule{}, mode.PostItem{}, err
	}
	it, ok := b.Post(x.Item)
	if !ok || it.Shifts == nil {
		return shift.Rule{}, it, shift.ErrOver.With()
	}
	return shift.Rule{Require: it.Require, Shifts: it.Shifts}, it, nil
}

// lineOf is what a helper has to do around a shift.
func (s *Server) lineOf(ctx context.Context, c *call, x *shift.Shift, ids ...string) ([]shift.Shift, error) {
	return s.line(ctx, c, ids, x.From.AddDate(0, 0, -around31), x.Until.AddDate(0, 0, around31))
}

// give puts somebody on a shift: asks the gate, writes the shift and the lines of both
// with it, and tells whoever it changes for. An exception needs a reason and the right.
func (s *Server) give(ctx context.Context, c *call, x shift.Shift, helper, reason, verb string) ([]journal.Change, shift.Shift, error) {
	if !x.Live() || !x.Until.After(c.now) {
		return nil, x, shift.ErrOver.With()
	}
	hs, err := s.Store.Helpers(ctx, []string{helper})
	if err != nil {
		return nil, x, err
	}
	if len(hs) == 0 || helper == x.HelperID {
		return nil, x, shift.ErrTaken.With()
	}
	if err := s.weigh(ctx, c, x.PlaceID, x.Path, hs); err != nil {
		return nil, x, err
	}
	h := &hs[0]
	rule, it, err := s.ruleOf(ctx, c, &x)
	if err != nil {
		return nil, x, err
	}
	line, err := s.lineOf(ctx, c, &x, helper)
	if err != nil {
		return nil, x, err
	}
	next := x
	lacks, breaks := shift.Fits(&x, h, line, rule, zoneTime, c.now)
	why := shift.Why(lacks, breaks)
	over := len(lacks)+len(breaks) > 0
	if over {
		if reason == "" || shift.Never(breaks) || s.may(c, access.PostOverride, x.Path) != nil {
			return nil, x, shift.ErrFits.With(h.Name, why.ZH, why.EN)
		}
		verb = "shift.overridden"
	}
	next.HelperID, next.State, next.Former, next.Changed, next.Pinned, next.Why = helper, shift.Planned, cmp.Or(x.HelperID, x.Former), c.now, true, reason
	if !over {
		next.Why = ""
	}
	codes := []string{}
	for _, l := range lacks {
		codes = append(codes, string(l.Code))
	}
	for _, b := range breaks {
		codes = append(codes, b.Code)
	}
	changes, err := s.handed(ctx, c, x, next, it, verb, map[string]any{"helper": helper, "before": x.HelperID, "lacks": codes})
	return changes, next, err
}

// handed are the rows of one shift that passes from somebody to somebody: the shift,
// both lines, the end of a search for it, and the word to both.
func (s *Server) handed(ctx context.Context, c *call, x, next shift.Shift, it mode.PostItem, verb string, payload any) ([]journal.Change, error) {
	row := next
	changes := []journal.Change{{Row: &row, Base: x.Version, Entry: s.shiftEntry(c, verb, "shifts", x.ID, x.PlaceID, x.Path, x.Incident, payload)}}
	ids := map[string]bool{x.HelperID: true, next.HelperID: true}
	delete(ids, "")
	list := []string{}
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	lines, err := s.Store.Lines(ctx, list)
	if err != nil {
		return nil, err
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	moved := map[string][2][]string{}
	move(moved, &x, &next)
	for _, id := range list {
		changes = append(changes, journal.Change{Row: &shift.Line{HelperID: id, Changed: c.now}, Base: lines[id].Version})
		if h := of[id]; h != nil && h.ID != c.account.HelperID { // whoever does it knows it
			n, r := told(c, x.ID, x.PlaceID, x.Path, x.Incident, moved[id], h.ID, h.PlaceID, h.Path)
			n.Thing = "shifts"
			n.Title = mode.Text{ZH: "您的班次有变化：" + it.Title.ZH, EN: "Your shifts have changed: " + it.Title.EN}
			changes = append(changes, journal.Change{Row: &n, Entry: s.noticeEntry(c, "notice.told", n, nil)}, journal.Change{Row: &r})
		}
	}
	if next.HelperID == "" {
		return changes, nil
	}
	ns, err := s.Store.NoticesAbout(ctx, x.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range ns {
		if n.Kind == notice.Replace && n.Closed.IsZero() {
			old := n.Version
			n.Closed, n.Why, n.Reason = c.now, notice.Withdrawn, "已有人顶上 · somebody has it"
			changes = append(changes, journal.Change{Row: &n, Base: old})
		}
	}
	return changes, nil
}

// free opens a shift that somebody leaves and begins to ask others.
func (s *Server) free(ctx context.Context, c *call, x shift.Shift, how string) (ShiftHand, []journal.Change, error) {
	if x.State != shift.Planned || !x.Until.After(c.now) {
		return ShiftHand{}, nil, shift.ErrOver.With()
	}
	rule, it, err := s.ruleOf(ctx, c, &x)
	if err != nil {
		return ShiftHand{}, nil, err
	}
	next := x
	next.HelperID, next.State, next.Former, next.Changed, next.Pinned, next.Why = "", shift.Open, x.HelperID, c.now, false, how
	changes, err := s.handed(ctx, c, x, next, it, "shift.freed", map[string]any{"before": x.HelperID, "how": how})
	if err != nil {
		return ShiftHand{}, nil, err
	}
	w, err := s.handWire(ctx, c, &next)
	if err != nil {
		return w, nil, err
	}
	fits, _, err := s.rightOnes(ctx, c, &next, rule, nil)
	if err != nil || len(fits) == 0 {
		return w, changes, err
	}
	n := notice.Notice{ID: journal.NewID(c.now), Kind: notice.Replace, PlaceID: x.PlaceID, Path: x.Path, Incident: x.Incident, Thing: "shifts", ThingID: x.ID,
		Title: mode.Text{ZH: "请您顶一班：" + it.Title.ZH, EN: "Can you take a shift: " + it.Title.EN},
		Body:  mode.Text{ZH: w.Shift.Place + "，" + clock(&x), EN: w.Shift.Place + ", " + clock(&x)},
		Wants: notice.Answer, Turn: notice.OneByOne, Each: thinkTime, Wanted: 1, Author: c.viewer.Account(), Sent: c.now, Until: x.From}
	if !n.Until.After(c.now) {
		n.Until = x.Until
	}
	rs := []notice.Receiver{}
	for i := range fits[:min(len(fits), mostAsked)] {
		h := &fits[i]
		rs = append(rs, notice.Receiver{NoticeID: n.ID, N: i + 1, HelperID: h.ID, PlaceID: h.PlaceID, Path: h.Path})
		if i < shownFirst {
			w.Asked = append(w.Asked, ShiftFit{HelperID: h.ID, Name: h.Name, OK: true, Turn: i + 1})
		}
	}
	for _, i := range notice.Next(&n, rs, c.now).Ask {
		rs[i] = notice.Turn(&n, rs[i], c.now)
	}
	changes = append(changes, journal.Change{Row: &n, Entry: s.noticeEntry(c, "shift.sought", n, map[string]any{"receivers": len(rs)})})
	for i := range rs {
		changes = append(changes, journal.Change{Row: &rs[i]})
	}
	return w, changes, nil
}

func clock(x *shift.Shift) string {
	return x.From.In(zoneTime).Format("01-02 15:04") + "–" + x.Until.In(zoneTime).Format("15:04")
}

// rightOnes are the helpers of a shift's community who may take it, whoever was asked
// least lately first, then the nearest; and why the others may not. Where there is a
// draft, they are looked at as if it held.
func (s *Server) rightOnes(ctx context.Context, c *call, x *shift.Shift, rule shift.Rule, d *shift.Draft) ([]people.Helper, []ShiftFit, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, nil, err
	}
	top := x.Path
	if p := a.UpTo(x.Path, territory.Community); p != nil {
		top = p.Path
	}
	hs, err := s.Store.HelpersUnder(ctx, top)
	if err != nil {
		return nil, nil, err
	}
	if err := s.weigh(ctx, c, x.PlaceID, top, hs); err != nil {
		return nil, nil, err
	}
	ids := make([]string, len(hs))
	for i := range hs {
		ids[i] = hs[i].ID
	}
	all, err := s.lineOf(ctx, c, x, ids...)
	if err != nil {
		return nil, nil, err
	}
	if d != nil {
		all = d.Over(all)
	}
	line := map[string][]shift.Shift{}
	for _, y := range all {
		line[y.HelperID] = append(line[y.HelperID], y)
	}
	asked, err := s.Store.LastAsked(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	var right []people.Helper
	var not []ShiftFit
	for i := range hs {
		h := &hs[i]
		lacks, breaks := shift.Fits(x, h, line[h.ID], rule, zoneTime, c.now)
		switch {
		case h.ID == x.HelperID || h.ID == x.Former && x.HelperID == "":
		case len(lacks)+len(breaks) > 0:
			not = append(not, ShiftFit{HelperID: h.ID, Name: h.Name, Why: words(shift.Why(lacks, breaks)), Never: shift.Never(breaks)})
		default:
			right = append(right, *h)
		}
	}
	shift.First(right, asked, func(h *people.Helper) int { return common(h.Path, x.Path) })
	return right, not, nil
}

// common is how long two paths are the same.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func (s *Server) shiftFits(ctx context.Context, c *call, in *shiftID) (Items[ShiftFit], error) {
	out := Items[ShiftFit]{Items: []ShiftFit{}}
	x, err := s.shiftAt(ctx, c, in.ID)
	if err != nil {
		return out, err
	}
	rule, _, err := s.ruleOf(ctx, c, &x)
	if err != nil {
		return out, err
	}
	return s.fits(ctx, c, &x, rule, nil)
}

// fits says of everybody at a shift's community whether they may take it.
func (s *Server) fits(ctx context.Context, c *call, x *shift.Shift, rule shift.Rule, d *shift.Draft) (Items[ShiftFit], error) {
	out := Items[ShiftFit]{Items: []ShiftFit{}}
	right, not, err := s.rightOnes(ctx, c, x, rule, d)
	if err != nil {
		return out, err
	}
	for i, h := range right {
		f := ShiftFit{HelperID: h.ID, Name: h.Name, OK: true}
		if i < shownFirst {
			f.Turn = i + 1
		}
		out.Items = append(out.Items, f)
	}
	slices.SortFunc(not, func(a, b ShiftFit) int { return cmp.Compare(a.HelperID, b.HelperID) })
	out.Items = append(out.Items, not...)
	out.Total = len(out.Items)
	return out, nil
}

func (s *Server) handWire(ctx context.Context, c *call, x *shift.Shift) (ShiftHand, error) {
	out := ShiftHand{Asked: []ShiftFit{}}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	of, err := s.helpersOf(ctx, map[string]bool{x.HelperID: true})
	if err != nil {
		return out, err
	}
	_, it, err := s.ruleOf(ctx, c, x)
	out.Shift = shiftWire(a, x, it.Title, of)
	return out, err
}
