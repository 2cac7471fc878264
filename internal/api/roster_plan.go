package api

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

// How long one request looks for a roster, and so much longer for each shift of a large
// one, and for the reasons of its gaps at most, and for how many rounds.
const (
	solveTime  = 1500 * time.Millisecond
	solveShift = 200 * time.Microsecond
	reasonTime = 700 * time.Millisecond
	solveSteps = 12
)

// span reads the days of a roster.
func span(c *call, from string, days int) (time.Time, error) {
	midnight, err := time.ParseInLocation(time.DateOnly, from, zoneTime)
	if err != nil || days < 1 || days > 28 || midnight.Before(c.now.AddDate(0, 0, -1)) || midnight.After(c.now.AddDate(0, 0, 60)) {
		return midnight, shift.ErrSpan.With()
	}
	return midnight, nil
}

// rosterAsk gathers what a roster of a place is made of.
func (s *Server) rosterAsk(ctx context.Context, c *call, a *Atlas, p *territory.Place, incident string, items []string, midnight time.Time, days int) (*shift.Ask, error) {
	stands, _, err := s.stands(ctx, c, a, p, incident, items)
	if err != nil {
		return nil, err
	}
	q := &shift.Ask{Incident: incident, Midnight: midnight, Days: days, Stands: stands, Steps: solveSteps, Threads: 2, At: zoneTime, Now: c.now}
	if q.Helpers, err = s.Store.HelpersUnder(ctx, p.Path); err != nil {
		return nil, err
	}
	ids := make([]string, len(q.Helpers))
	for i := range q.Helpers {
		ids[i] = q.Helpers[i].ID
	}
	if err := s.weigh(ctx, c, p.ID, p.Path, q.Helpers); err != nil {
		return nil, err
	}
	end := midnight.AddDate(0, 0, days)
	if q.Line, err = s.line(ctx, c, ids, midnight.AddDate(0, 0, -around31), end.AddDate(0, 0, around31)); err != nil {
		return nil, err
	}
	q.Wishes, err = s.Store.Wishes(ctx, ids, midnight.Format(time.DateOnly))
	return q, err
}

// sought looks for a roster for as long as one request may.
func sought(ctx context.Context, q *shift.Ask) (*shift.Draft, error) {
	most := solveTime + time.Duration(q.Slots())*solveShift
	limit, stop := context.WithTimeout(ctx, most)
	defer stop()
	say, end := context.WithTimeout(ctx, most+reasonTime)
	defer end()
	return q.Plan(limit, say)
}

func (s *Server) rosterPlan(ctx context.Context, c *call, in *rosterInput) (RosterInfo, journal.Receipt, error) {
	var none journal.Receipt
	a, p, err := s.named(ctx, c, access.RosterPlan, in.ID)
	if err != nil {
		return RosterInfo{}, none, err
	}
	midnight, err := span(c, in.Body.From, in.Body.Days)
	if err != nil {
		return RosterInfo{}, none, err
	}
	q, err := s.rosterAsk(ctx, c, a, p, in.Body.Incident, in.Body.Items, midnight, in.Body.Days)
	if err != nil {
		return RosterInfo{}, none, err
	}
	q.Seed, q.Steps = uint64(in.Body.Seed), cmp.Or(in.Body.Steps, solveSteps)
	var d *shift.Draft
	if in.Body.Empty {
		d = q.Empty()
	} else if d, err = sought(ctx, q); err != nil {
		return RosterInfo{}, none, err
	}
	r := shift.Roster{ID: journal.NewID(c.now), Incident: in.Body.Incident, PlaceID: p.ID, Path: p.Path, From: midnight.UTC(), Days: in.Body.Days, Author: c.viewer.Account(), Made: c.now}
	return s.rosterKeep(ctx, c, a, r, d, "roster.planned")
}

// rosterKeep writes down a draft that was sought.
func (s *Server) rosterKeep(ctx context.Context, c *call, a *Atlas, r shift.Roster, d *shift.Draft, verb string) (RosterInfo, journal.Receipt, error) {
	return s.rosterWrite(ctx, c, a, r, d, verb, map[string]any{"days": r.Days, "shifts": len(d.Shifts), "open": d.Short, "seed": d.Seed, "steps": d.Steps})
}

// rosterWrite writes a draft down, with what its entry says.
func (s *Server) rosterWrite(ctx context.Context, c *call, a *Atlas, r shift.Roster, d *shift.Draft, verb string, said map[string]any) (RosterInfo, journal.Receipt, error) {
	var none journal.Receipt
	raw, err := json.Marshal(d)
	if err != nil {
		return RosterInfo{}, none, err
	}
	r.Body = raw
	w, err := s.rosterWire(ctx, c, a, r, d, r.Path)
	if err != nil {
		return RosterInfo{}, none, err
	}
	e := s.shiftEntry(c, verb, "rosters", r.ID, r.PlaceID, r.Path, r.Incident, said)
	row := r
	rec, err := s.Store.Commit(ctx, c.op, nil, journal.Change{Row: &row, Base: r.Version, Entry: e})
	return w, rec, err
}

type rosterImprove struct {
	ID   string `path:"id"`
	Body struct {
		Steps int  `json:"steps,omitempty" minimum:"0" maximum:"500" doc:"rounds more; 0: the usual"`
		Hold  bool `json:"hold,omitempty" doc:"fill what is open and move nobody"`
	}
}

// rosterImprove goes on from a draft. Nothing is written where nothing better is found
// but that it was sought.
func (s *Server) rosterImprove(ctx context.Context, c *call, in *rosterImprove) (RosterInfo, journal.Receipt, error) {
	var none journal.Receipt
	r, d, err := s.rosterAt(ctx, c, in.ID)
	if err != nil {
		return RosterInfo{}, none, err
	}
	if !r.Published.IsZero() || !r.TakenBack.IsZero() {
		return RosterInfo{}, none, shift.ErrPublished.With()
	}
	a, p, err := s.named(ctx, c, access.RosterPlan, r.PlaceID)
	if err != nil {
		return RosterInfo{}, none, err
	}
	var items []string
	for _, x := range d.Stands {
		if !slices.Contains(items, x.Item) {
			items = append(items, x.Item)
		}
	}
	q, err := s.rosterAsk(ctx, c, a, p, r.Incident, items, r.From, r.Days)
	if err != nil {
		return RosterInfo{}, none, err
	}
	q.Seed, q.Steps, q.Start, q.Hold = d.Seed, cmp.Or(in.Body.Steps, solveSteps), &d, in.Body.Hold
	next, err := sought(ctx, q)
	if err != nil {
		return RosterInfo{}, none, err
	}
	if !next.Better(&d) {
		d.Steps = next.Steps
		next = &d
	}
	return s.rosterKeep(ctx, c, a, r, next, "roster.improved")
}

// What is listed of a roster at once; a larger one is looked at part by part.
const (
	mostListed  = 3000
	mostChanges = 300
)

// rosterWire is a roster with what of it lies at a path or below, at most so much.
func (s *Server) rosterWire(ctx context.Context, c *call, a *Atlas, r shift.Roster, d *shift.Draft, under string) (RosterInfo, error) {
	w := RosterInfo{ID: r.ID, PlaceID: r.PlaceID, Incident: r.Incident, From: r.From.In(zoneTime).Format(time.DateOnly), Days: r.Days, Author: s.accountName(ctx, r.Author), Made: stamp(r.Made),
		Published: stamp(r.Published), TakenBack: stamp(r.TakenBack), Seed: int64(d.Seed), Steps: d.Steps, Hand: d.Hand, Cost: d.Cost, Parts: []RosterPart{}, Shifts: len(d.Shifts), Short: d.Short, Reasons: []Words{}, Changes: []RosterChange{}, Draft: []ShiftInfo{}}
	for _, t := range d.Reasons {
		w.Reasons = append(w.Reasons, words(t))
	}
	have, err := s.shiftsNow(ctx, r, d)
	if err != nil {
		return w, err
	}
	ids := map[string]bool{}
	for _, x := range d.Shifts {
		ids[x.HelperID] = true
	}
	for _, x := range have {
		ids[x.HelperID] = true
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return w, err
	}
	title := map[string]mode.Text{}
	for _, x := range d.Stands {
		title[x.Item] = x.Title
	}
	by := map[string]*RosterChange{}
	at := func(id string) *RosterChange {
		if by[id] == nil {
			by[id] = &RosterChange{HelperID: id, Was: []string{}, Is: []string{}}
			if h := of[id]; h != nil {
				by[id].Name = h.Name
			}
		}
		return by[id]
	}
	say := func(x *shift.Shift) string {
		return x.From.In(zoneTime).Format("01-02 15:04") + "–" + x.Until.In(zoneTime).Format("15:04") + " " + a.FullName(x.Path)
	}
	drafted := map[string]bool{}
	part := parts{a: a, at: map[string]int{}}
	for i := range d.Shifts {
		x := &d.Shifts[i]
		drafted[x.Key] = true
		part.add(x)
		if w.Cut = w.Cut || len(w.Draft) == mostListed; !w.Cut && territory.Inside(x.Path, under) {
			w.Draft = append(w.Draft, shiftWire(a, x, title[x.Item], of))
		}
		old := have[x.Key]
		if r.Published.IsZero() && old.HelperID != x.HelperID {
			if old.Stands() {
				at(old.HelperID).Was = append(at(old.HelperID).Was, say(&old))
			}
			if x.HelperID != "" {
				at(x.HelperID).Is = append(at(x.HelperID).Is, say(x))
			}
		}
	}
	for k, x := range have {
		if r.Published.IsZero() && !drafted[k] && x.Stands() && x.From.After(c.now) {
			at(x.HelperID).Was = append(at(x.HelperID).Was, say(&x))
		}
	}
	for _, x := range by {
		slices.Sort(x.Was)
		w.Changes = append(w.Changes, *x)
	}
	slices.SortFunc(w.Changes, func(x, y RosterChange) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.HelperID, y.HelperID))
	})
	w.Moved, w.Changes = len(w.Changes), w.Changes[:min(len(w.Changes), mostChanges)]
	if len(part.list) > 1 {
		w.Parts = part.list
	}
	return w, nil
}

// parts counts the shifts of a roster by community.
type parts struct {
	a    *Atlas
	at   map[string]int
	list []RosterPart
}

func (p *parts) add(x *shift.Shift) {
	c := p.a.UpTo(x.Path, territory.Community)
	if c == nil {
		return
	}
	i, ok := p.at[c.ID]
	if !ok {
		i = len(p.list)
		p.at[c.ID] = i
		p.list = append(p.list, RosterPart{PlaceID: c.ID, Name: c.Name})
	}
	p.list[i].Shifts++
	if x.State == shift.Open {
		p.list[i].Short++
	}
}
