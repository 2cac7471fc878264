package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/service"
	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

type shiftNote struct {
	ID   string `path:"id"`
	Body struct {
		Note string `json:"note" maxLength:"1200"`
	}
}

type shiftSettle struct {
	ID   string `path:"id"`
	Body struct {
		How string `json:"how" enum:"came,stood"`
	}
}

func (s *Server) shiftStood() {
	write(s, Op{ID: "shift-come", Path: "/shifts/{id}/come", Action: access.MeRead, Summary: "Whoever has a shift has come to it; while an emergency is in force there"},
		func(ctx context.Context, c *call, in *shiftID) (ShiftInfo, []journal.Change, error) {
			x, err := s.shiftMinded(ctx, c, in.ID, false)
			if err != nil {
				return ShiftInfo{}, nil, err
			}
			return s.came(ctx, c, x)
		})
	write(s, Op{ID: "shift-settle", Path: "/shifts/{id}/settle", Action: access.RosterAssign, Summary: "The desk says for whoever has a shift that they came, or that it was stood"},
		func(ctx context.Context, c *call, in *shiftSettle) (ShiftInfo, []journal.Change, error) {
			x, err := s.shiftAt(ctx, c, in.ID)
			if err != nil {
				return ShiftInfo{}, nil, err
			}
			if in.Body.How == "came" {
				return s.came(ctx, c, x)
			}
			next, err := shift.Confirm(x, c.now)
			return s.became(ctx, c, x, next, "shift.stood", err)
		})
	read(s, Op{ID: "shift-swaps", Path: "/shifts/{id}/swaps", Action: access.MeRead, Summary: "Shifts of others near you for which you could give yours"},
		func(ctx context.Context, c *call, in *shiftID) (Items[ShiftInfo], error) {
			return s.swaps(ctx, c, in.ID)
		})
	write(s, Op{ID: "shift-stood", Path: "/shifts/{id}/stood", Action: access.MeRead, Summary: "A shift was stood: said at its end by whoever has it, their captain or the desk; its hours count"},
		func(ctx context.Context, c *call, in *shiftID) (ShiftInfo, []journal.Change, error) {
			x, err := s.shiftMinded(ctx, c, in.ID, true)
			if err != nil {
				return ShiftInfo{}, nil, err
			}
			next, err := shift.Confirm(x, c.now)
			return s.became(ctx, c, x, next, "shift.stood", err)
		})
	write(s, Op{ID: "shift-note", Path: "/shifts/{id}/note", Action: access.MeRead, Summary: "What whoever has a shift leaves to the next"},
		func(ctx context.Context, c *call, in *shiftNote) (ShiftInfo, []journal.Change, error) {
			x, err := s.shiftMinded(ctx, c, in.ID, true)
			if err != nil {
				return ShiftInfo{}, nil, err
			}
			next, err := shift.Leave(x, in.Body.Note, c.now)
			return s.became(ctx, c, x, next, "shift.noted", err)
		})
}

// shiftMinded finds a shift that is the caller's own; with captain, one of a team that
// they lead, too.
func (s *Server) shiftMinded(ctx context.Context, c *call, id string, captain bool) (shift.Shift, error) {
	if err := s.may(c, access.MeRead, ""); err != nil {
		return shift.Shift{}, err
	}
	x, ok, err := s.Store.Shift(ctx, id)
	if err != nil || !ok {
		return x, orElse(err, errNotHere(c))
	}
	mine := c.account.HelperID
	if mine != "" && x.HelperID == mine {
		return x, nil
	}
	if captain && mine != "" {
		if leads, err := s.captains(ctx, c, &x, mine); err != nil || leads {
			return x, err
		}
	}
	return x, errNotHere(c)
}

// came notes an arrival where an emergency is in force.
func (s *Server) came(ctx context.Context, c *call, x shift.Shift) (ShiftInfo, []journal.Change, error) {
	decls, _, err := s.Holding(ctx, c.now)
	if err != nil {
		return ShiftInfo{}, nil, err
	}
	next, err := shift.Come(x, emergency(decls, x.Path, c.now), c.now)
	return s.became(ctx, c, x, next, "shift.came", err)
}

// emergency says whether an incident in force covers a path.
func emergency(decls []mode.Declaration, path string, now time.Time) bool {
	return slices.ContainsFunc(mode.At(decls, path, now), func(d mode.Declaration) bool { return d.Incident != "" })
}

// captains says whether a helper is captain or deputy of a team to which a shift's post
// belongs.
func (s *Server) captains(ctx context.Context, c *call, x *shift.Shift, helper string) (bool, error) {
	b, err := s.bookOf(ctx, c, x.Incident)
	if err != nil {
		return false, err
	}
	heads := map[string]bool{}
	for _, f := range b.Teams {
		if slices.Contains(f.Posts, x.Item) {
			heads[f.Captain], heads[f.Deputy] = true, true
		}
	}
	a, err := s.ground(ctx)
	if err != nil {
		return false, err
	}
	top := x.Path
	if p := a.UpTo(x.Path, territory.Community); p != nil {
		top = p.Path
	}
	posts, err := s.Store.Posts(ctx, x.Incident, top)
	if err == nil && x.Incident != "" { // an everyday post may lead a team of the emergency
		var everyday []people.Post
		everyday, err = s.Store.Posts(ctx, "", top)
		posts = append(posts, slices.DeleteFunc(everyday, func(p people.Post) bool { return b.OwnPost(p.Item) })...)
	}
	return err == nil && slices.ContainsFunc(posts, func(p people.Post) bool {
		return heads[p.Item] && p.Item != "" && territory.Inside(x.Path, p.Path) && (p.HelperID == helper || p.DeputyID == helper) && (p.Until.IsZero() || p.Until.After(c.now))
	}), err
}

// became is the row of what became of a shift, with its holder's line.
func (s *Server) became(ctx context.Context, c *call, x, next shift.Shift, verb string, err error) (ShiftInfo, []journal.Change, error) {
	if err != nil {
		return ShiftInfo{}, nil, err
	}
	w, err := s.handWire(ctx, c, &next)
	if err != nil {
		return w.Shift, nil, err
	}
	row := next
	changes := []journal.Change{{Row: &row, Base: x.Version, Entry: s.shiftEntry(c, verb, "shifts", x.ID, x.PlaceID, x.Path, x.Incident, nil)}}
	if next.HelperID != x.HelperID { // who has it changed: what else they do is looked at with it
		id := next.HelperID
		if id == "" {
			id = x.HelperID
		}
		lines, err := s.Store.Lines(ctx, []string{id})
		if err != nil {
			return w.Shift, nil, err
		}
		changes = append(changes, journal.Change{Row: &shift.Line{HelperID: id, Changed: c.now}, Base: lines[id].Version})
	}
	return w.Shift, changes, nil
}

// ofShift begins the id of a stretch that is read from a shift.
const ofShift = "shift-"

// servedShifts are the stretches of shifts that were stood by some helpers since a time.
// What was put right by hand stands in its own row and comes from there.
func (s *Server) servedShifts(ctx context.Context, c *call, since time.Time, titled bool, ids ...string) ([]service.Stretch, error) {
	xs, err := s.Store.ShiftsOf(ctx, ids, since, c.now.Add(time.Hour))
	if err != nil {
		return nil, err
	}
	titles := map[string]mode.Text{}
	var out []service.Stretch
	for i := range xs {
		x := &xs[i]
		from, until, ok := x.Stretch(c.now)
		if !ok {
			continue
		}
		k := x.Incident + "|" + x.Item
		if _, known := titles[k]; titled && !known {
			titles[k] = mode.Text{ZH: x.Item, EN: x.Item}
			if b, err := s.bookOf(ctx, c, x.Incident); err == nil {
				if it, ok := b.Post(x.Item); ok {
					titles[k] = it.Title
				}
			}
		}
		out = append(out, service.Stretch{ID: ofShift + x.ID, HelperID: x.HelperID, PlaceID: x.PlaceID, Path: x.Path, Incident: x.Incident, Source: service.FromShift, Thing: x.ID, Title: titles[k], From: from, Until: until})
	}
	return out, nil
}

// stretches are all stretches of a helper: rows, and shifts that were stood and have none.
func (s *Server) stretches(ctx context.Context, c *call, helper string) ([]service.Stretch, error) {
	rows, err := s.Store.Services(ctx, helper)
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for _, x := range rows {
		have[x.ID] = true
	}
	stood, err := s.servedShifts(ctx, c, time.Time{}, true, helper)
	for _, x := range stood {
		if !have[x.ID] {
			rows = append(rows, x)
		}
	}
	slices.SortStableFunc(rows, func(a, b service.Stretch) int { return b.From.Compare(a.From) })
	return rows, err
}

// stretchByID finds one stretch, a row or a shift that was stood; version 0 is a shift's
// that was never put right.
func (s *Server) stretchByID(ctx context.Context, c *call, id string) (service.Stretch, bool, error) {
	x, ok, err := s.Store.Service(ctx, id)
	of, shifts := strings.CutPrefix(id, ofShift)
	if err != nil || ok || !shifts {
		return x, ok, err
	}
	sh, ok, err := s.Store.Shift(ctx, of)
	if err != nil || !ok || sh.HelperID == "" {
		return x, false, err
	}
	all, err := s.servedShifts(ctx, c, sh.From.Add(-time.Minute), true, sh.HelperID)
	for _, y := range all {
		if y.ID == id {
			return y, true, err
		}
	}
	return x, false, err
}

// restOf says by helper why they need rest, from what they served in the last days.
func (s *Server) restOf(ctx context.Context, c *call, ids []string) (map[string][]string, error) {
	since := c.now.AddDate(0, 0, -9)
	stood, err := s.servedShifts(ctx, c, since, false, ids...)
	if err != nil {
		return nil, err
	}
	rows, err := s.Store.ServicesOf(ctx, ids, since)
	if err != nil {
		return nil, err
	}
	by, have := map[string][]service.Stretch{}, map[string]bool{}
	for _, x := range rows {
		by[x.HelperID], have[x.ID] = append(by[x.HelperID], x), true
	}
	for _, x := range stood {
		if !have[x.ID] {
			by[x.HelperID] = append(by[x.HelperID], x)
		}
	}
	out := map[string][]string{}
	for id, all := range by {
		if why := service.Rest(all, c.now, zoneTime); len(why) > 0 {
			out[id] = why
		}
	}
	return out, nil
}
