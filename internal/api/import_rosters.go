package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/exchange"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
	"shouwang/internal/plan"
	"shouwang/internal/territory"
)

// rosterSheet is a sheet of shifts on its way to a draft.
type rosterSheet struct {
	*importRun
	rows  []*exchange.RosterRow
	at    []*territory.Place // by row
	items []RosterItem
	ask   *shift.Ask
	draft *shift.Draft
	by    map[string]int // key of a shift → row that fills it
}

// rosters decides a sheet of shifts. It becomes a draft as a whole, to be published by
// hand; with one row refused nothing is made.
func (r *importRun) rosters(ctx context.Context) (staged, error) {
	if err := r.parse(ctx); err != nil {
		return staged{}, err
	}
	g, err := r.s.gazetteer(ctx)
	if err != nil {
		return staged{}, err
	}
	r.job.step("matching", r.sheet.Rows())
	x := &rosterSheet{importRun: r, by: map[string]int{}}
	for row, bad := range r.sheet.Rosters() {
		r.job.done.Add(1)
		if bad != nil {
			r.refuse([]exchange.Reject{*bad})
			continue
		}
		p, ok := g.ByCode(row.PlaceCode)
		if !ok || !r.within(p.Path) {
			r.reject(row.At, "place_code", shift.ErrRowPlace.With(row.PlaceCode))
			continue
		}
		x.rows, x.at = append(x.rows, row), append(x.at, &p)
	}
	if len(x.rows) == 0 {
		return staged{}, nil
	}
	if err := r.hold(ctx, []string{"rosters"}); err != nil {
		return staged{}, err
	}
	return x.decide(ctx)
}

// decide finds what each row fills and asks the gate; rows are looked at in their
// order, each as if those above it held.
func (x *rosterSheet) decide(ctx context.Context) (staged, error) {
	a, err := x.s.ground(ctx)
	if err != nil {
		return staged{}, err
	}
	p, err := x.top(a)
	if err != nil {
		return staged{}, err
	}
	first, days := x.span()
	why := make([]*fault.Error, len(x.rows))
	field := make([]string, len(x.rows))
	incident, named, err := x.posts(ctx, p.Path, why, field)
	if err != nil {
		return staged{}, err
	}
	r := shift.Roster{ID: journal.NewID(x.c.now), Incident: incident, PlaceID: p.ID, Path: p.Path, From: first.UTC(), Days: days, Author: x.c.viewer.Account(), Made: x.c.now}
	if len(named) > 0 {
		if err := x.blank(ctx, a, p, r, named); err != nil {
			return staged{}, err
		}
	}
	for i := range x.rows {
		if why[i] == nil {
			why[i], field[i] = x.fill(i, first, named)
		}
	}
	refused := len(x.rejects) > 0
	for _, w := range why {
		refused = refused || w != nil
	}
	for i, row := range x.rows {
		v := plan.Verdict{Outcome: plan.Inserted, Field: field[i], Why: why[i]}
		if refused { // nothing is taken of a sheet with a row refused
			v.Outcome = plan.Unchanged
		}
		x.settle(row.At, v)
	}
	if refused {
		return staged{}, nil
	}
	if r.Body, err = json.Marshal(x.draft); err != nil {
		return staged{}, err
	}
	return staged{rows: []any{&r}, paths: []string{p.Path}}, nil
}

// top is the place that the draft is of: the community of all rows, or what holds
// their communities.
func (x *rosterSheet) top(a *Atlas) (*territory.Place, error) {
	paths := make([]string, len(x.at))
	for i, p := range x.at {
		paths[i] = p.Path
	}
	path := commonPath(paths)
	p := a.UpTo(path, territory.Community)
	if p == nil {
		ids := strings.Split(strings.TrimSuffix(path, "."), ".")
		p, _ = a.Place(ids[len(ids)-1])
	}
	if p == nil || x.s.may(x.c, access.RosterPlan, p.Path) != nil {
		return nil, access.ErrForbidden.With()
	}
	return p, nil
}

// may says whether a civil day can be rostered: it lies ahead, within 60 days.
func (x *rosterSheet) may(day string) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly, day, zoneTime)
	return t, err == nil && t.After(x.c.now) && !t.After(x.c.now.AddDate(0, 0, 60))
}

// span is the first day of the rows that can be rostered and how many days they have,
// at most 28.
func (x *rosterSheet) span() (time.Time, int) {
	first, last := "", ""
	for _, row := range x.rows {
		if _, ok := x.may(row.Date); !ok {
			continue
		}
		if first == "" || row.Date < first {
			first = row.Date
		}
		last = max(last, row.Date)
	}
	if first == "" { // every row is refused for its day
		first = x.c.now.In(zoneTime).AddDate(0, 0, 1).Format(time.DateOnly)
		last = first
	}
	from, _ := time.ParseInLocation(time.DateOnly, first, zoneTime)
	until, _ := time.ParseInLocation(time.DateOnly, last, zoneTime)
	return from, min(int(until.Sub(from).Hours()/24)+1, 28)
}

// posts finds the post of each row, of one incident or of the everyday system; what an
// emergency in force calls by a name comes before what every day does.
func (x *rosterSheet) posts(ctx context.Context, path string, why []*fault.Error, field []string) (string, map[string]RosterItem, error) {
	var b RosterBoard
	if _, err := x.s.rosterItems(ctx, x.c, path, &b); err != nil {
		return "", nil, err
	}
	slices.Reverse(b.Items)
	named, zh, en := map[string]RosterItem{}, []string{}, []string{}
	for _, it := range b.Items {
		zh, en = append(zh, it.Title.ZH), append(en, it.Title.EN)
	}
	incident, begun := "", false
	for i, row := range x.rows {
		n := slices.IndexFunc(b.Items, func(it RosterItem) bool {
			return (row.Post == it.Item || row.Post == it.Title.ZH || strings.EqualFold(row.Post, it.Title.EN)) && (!begun || it.Incident == incident)
		})
		if n < 0 {
			why[i], field[i] = shift.ErrRowPost.With(row.Post, strings.Join(zh, "、"), strings.Join(en, ", ")), "post"
			continue
		}
		incident, begun = b.Items[n].Incident, true
		named[row.Post] = b.Items[n]
	}
	return incident, named, nil
}

// blank is the draft before any row: what stands now stays, all else is open.
func (x *rosterSheet) blank(ctx context.Context, a *Atlas, p *territory.Place, r shift.Roster, named map[string]RosterItem) error {
	var items []string
	for _, it := range named {
		if !slices.Contains(items, it.Item) {
			items = append(items, it.Item)
		}
	}
	slices.Sort(items)
	var err error
	if x.ask, err = x.s.rosterAsk(ctx, x.c, a, p, r.Incident, items, r.From.In(zoneTime), r.Days); err != nil {
		return err
	}
	x.draft = x.ask.Empty()
	have, err := x.s.shiftsNow(ctx, r, x.draft)
	if err != nil {
		return err
	}
	x.draft.Stay(have)
	return nil
}

// fill puts the helper of a row on the shift that it names, or says why not.
func (x *rosterSheet) fill(i int, first time.Time, named map[string]RosterItem) (*fault.Error, string) {
	row, place := x.rows[i], x.at[i]
	day, ok := x.may(row.Date)
	if !ok || !day.Before(first.AddDate(0, 0, 28)) {
		return shift.ErrRowDay.With(row.Date), "date"
	}
	until := row.Until
	if until <= row.From {
		until += 24 * 60 // over midnight, where the post has such a shift
	}
	it := named[row.Post]
	clock := func(from, until int) string {
		return fmt.Sprintf("%02d:%02d–%02d:%02d", from/60, from%60, until/60%24, until%60)
	}
	var turns, holders []string
	var seats []*shift.Shift
	for n := range x.draft.Shifts {
		s := &x.draft.Shifts[n]
		if s.Item != it.Item || s.PlaceID != place.ID || s.From.Before(day) || !s.From.Before(day.AddDate(0, 0, 1)) {
			continue
		}
		from, to := int(s.From.Sub(day).Minutes()), int(s.Until.Sub(day).Minutes())
		if from == row.From && to == until {
			seats = append(seats, s)
		} else if t := clock(from, to); !slices.Contains(turns, t) {
			turns = append(turns, t)
		}
	}
	if len(seats) == 0 && row.Until <= row.From {
		return shift.ErrRowTime.With(clock(row.From, row.From)[:5], clock(row.Until, row.Until)[:5]), "until"
	}
	if len(seats) == 0 {
		return shift.ErrRowTurn.With(place.Name, it.Title.ZH, it.Title.EN, clock(row.From, until), strings.Join(turns, " ")), "from"
	}
	h := x.who(row)
	if h == nil {
		return shift.ErrRowHelper.With(row.Number + row.Name), "number"
	}
	for n, s := range x.by { // two rows of one person
		if o, _ := x.draft.Find(n); o != nil && o.HelperID == h.ID && o.From.Before(seats[0].Until) && seats[0].From.Before(o.Until) {
			return shift.ErrRowOverlap.With(h.Name, x.rows[s].Row), "date"
		}
	}
	var seat *shift.Shift
	for _, s := range seats {
		if _, taken := x.by[s.Key]; taken {
			holders = append(holders, fmt.Sprint(x.rows[x.by[s.Key]].Row))
		} else if s.Loose(x.c.now) && (seat == nil || s.HelperID == h.ID) {
			seat = s
		}
	}
	if seat == nil {
		return shift.ErrRowFull.With(len(seats), "第 "+strings.Join(holders, "、")+" 行或人定", "rows "+strings.Join(holders, ", ")+", or by hand"), "date"
	}
	rule := shift.Rule{}
	for n := range x.ask.Stands {
		if x.ask.Stands[n].Item == seat.Item && x.ask.Stands[n].PlaceID == seat.PlaceID {
			rule = *x.ask.Stands[n].Rule
		}
	}
	if lacks, breaks := shift.Fits(seat, h, x.draft.Over(x.ask.Line), rule, zoneTime, x.c.now); len(lacks)+len(breaks) > 0 {
		t := shift.Why(lacks, breaks)
		return shift.ErrRowFits.With(h.Name, t.ZH, t.EN), "number"
	}
	x.draft.Put(seat, h.ID, "")
	x.by[seat.Key] = i
	return nil, ""
}

// who is the helper of the place's roll whom a row names by number, or by a name that
// one alone has.
func (x *rosterSheet) who(row *exchange.RosterRow) *people.Helper {
	var found *people.Helper
	for n := range x.ask.Helpers {
		h := &x.ask.Helpers[n]
		switch {
		case row.Number != "" && strings.EqualFold(h.Number, row.Number):
			if row.Name != "" && row.Name != h.Name {
				return nil
			}
			return h
		case row.Number == "" && h.Name == row.Name:
			if found != nil {
				return nil
			}
			found = h
		}
	}
	return found
}
