package api

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

type rosterInput struct {
	ID   string `path:"id"`
	Body struct {
		From     string   `json:"from" maxLength:"10" doc:"first civil day"`
		Days     int      `json:"days"`
		Incident string   `json:"incident,omitempty" maxLength:"60"`
		Items    []string `json:"items,omitempty" maxItems:"20" doc:"posts held by turns; empty: those in force here"`
		Seed     int64    `json:"seed,omitempty"`
		Steps    int      `json:"steps,omitempty" minimum:"0" maximum:"500" doc:"rounds of the search; 0: the usual"`
		Empty    bool     `json:"empty,omitempty" doc:"no search: everything that no hand decided stays open, to be filled by hand"`
	}
}

// RosterInfo is a roster: what it would change, what it cannot fill and why.
type RosterInfo struct {
	ID        string         `json:"id"`
	PlaceID   string         `json:"place_id"`
	Incident  string         `json:"incident"`
	From      string         `json:"from"`
	Days      int            `json:"days"`
	Author    string         `json:"author"`
	Made      string         `json:"made"`
	Published string         `json:"published"`
	TakenBack string         `json:"taken_back"`
	Seed      int64          `json:"seed"`
	Shifts    int            `json:"shifts"`
	Short     int            `json:"short" doc:"shifts that nobody fills"`
	Hand      bool           `json:"hand" doc:"changed by hand since it was last sought"`
	Cost      int64          `json:"cost" doc:"as the search weighs it; smaller is better, and compares drafts of one roster alone"`
	Steps     int            `json:"steps" doc:"rounds that it was sought for"`
	Reasons   []Words        `json:"reasons" nullable:"false"`
	Moved     int            `json:"moved" doc:"people whose shifts change"`
	Changes   []RosterChange `json:"changes" nullable:"false" doc:"by person: before and after; the first 300"`
	Parts     []RosterPart   `json:"parts" nullable:"false" doc:"by place below that has a board of its own"`
	Cut       bool           `json:"cut" doc:"there are more shifts than listed; the board of a place below lists its own"`
	Draft     []ShiftInfo    `json:"draft" nullable:"false"`
}

// RosterPart is what a roster fills in one place below.
type RosterPart struct {
	PlaceID string `json:"place_id"`
	Name    string `json:"name"`
	Shifts  int    `json:"shifts"`
	Short   int    `json:"short"`
}

// RosterChange is what a roster changes for one person.
type RosterChange struct {
	HelperID string   `json:"helper_id"`
	Name     string   `json:"name"`
	Was      []string `json:"was" nullable:"false" doc:"what they had and have no more: start|post|place"`
	Is       []string `json:"is" nullable:"false"`
}

// ShiftInfo is one shift as the board shows it.
type ShiftInfo struct {
	ID       string `json:"id"`
	Key      string `json:"key" doc:"what it fills; a shift of a draft has no id yet and is named by it"`
	Item     string `json:"item"`
	Title    Words  `json:"title"`
	PlaceID  string `json:"place_id"`
	Place    string `json:"place"`
	Zone     string `json:"zone"`
	N        int    `json:"n"`
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	From     string `json:"from"`
	Until    string `json:"until"`
	State    string `json:"state" enum:"planned,open,done,missed,dropped"`
	Why      string `json:"why"`
	Note     string `json:"note" doc:"what it leaves to the next"`
	Came     string `json:"came" doc:"when its holder came; noted in an emergency alone"`
	Pinned   bool   `json:"pinned"`
}

func (s *Server) rosters() {
	act(s, Op{ID: "roster-plan", Path: "/places/{id}/rosters", Action: access.RosterPlan, Summary: "Make a roster for a place and what lies below: a draft with what it changes and what it cannot fill, and why"}, s.rosterPlan)
	type id struct {
		ID string `path:"id"`
	}
	act(s, Op{ID: "roster-improve", Path: "/rosters/{id}/improve", Action: access.RosterPlan, Summary: "Go on looking for a better roster from a draft; the draft stays as it is where nothing better is found"}, s.rosterImprove)
	act(s, Op{ID: "roster-publish", Path: "/rosters/{id}/publish", Action: access.RosterPlan, Summary: "Make a draft hold; everybody whose shifts change is told"},
		func(ctx context.Context, c *call, in *id) (RosterInfo, journal.Receipt, error) {
			return s.rosterPublish(ctx, c, in.ID)
		})
	act(s, Op{ID: "roster-back", Path: "/rosters/{id}/back", Action: access.RosterPlan, Summary: "Take a published roster back: what it changed and has not begun is as before"},
		func(ctx context.Context, c *call, in *id) (RosterInfo, journal.Receipt, error) {
			return s.rosterBack(ctx, c, in.ID)
		})
	s.rosterBoards()
	s.rosterHands()
	s.shiftHands()
	s.shiftMine()
	s.shiftStood()
}

// rosterAt finds a roster whose place the viewer may roster.
func (s *Server) rosterAt(ctx context.Context, c *call, id string) (shift.Roster, shift.Draft, error) {
	var d shift.Draft
	r, ok, err := s.Store.Roster(ctx, id)
	if err != nil {
		return r, d, err
	}
	if !ok {
		return r, d, errNotHere(c)
	}
	if err := s.may(c, access.RosterPlan, r.Path); err != nil {
		return r, d, access.Hide(err)
	}
	return r, d, json.Unmarshal(r.Body, &d)
}

// stands are the posts held by turns at a place and below: those in force, or those
// of the named items at each place of their kind.
func (s *Server) stands(ctx context.Context, c *call, a *Atlas, p *territory.Place, incident string, items []string) ([]shift.Stand, []string, error) {
	b, err := s.bookOf(ctx, c, incident)
	if err != nil {
		return nil, nil, err
	}
	measures, err := s.Store.MeasuresNow(ctx, c.now)
	if err != nil {
		return nil, nil, err
	}
	var may []string
	rules := map[string]*shift.Rule{}
	for _, it := range b.Posts {
		if it.Shifts != nil {
			may = append(may, it.ID)
			rules[it.ID] = &shift.Rule{Require: it.Require, Shifts: it.Shifts}
		}
	}
	for _, id := range items {
		if rules[id] == nil {
			return nil, may, shift.ErrNoStand.With(p.Name, strings.Join(may, " ")).At("items")
		}
	}
	var out []shift.Stand
	add := func(id string, at *territory.Place, zone, closed string) {
		it, _ := b.Post(id)
		out = append(out, shift.Stand{Item: id, Title: it.Title, PlaceID: at.ID, Path: at.Path, Name: a.FullName(at.Path), Zone: zone, Closed: closed, Rule: rules[id]})
	}
	posts, err := s.Store.Posts(ctx, incident, p.Path)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for _, x := range posts {
		k := x.Item + "|" + x.PlaceID + "|" + x.Zone
		at, ok := a.Place(x.PlaceID)
		if !ok || rules[x.Item] == nil || seen[k] || !x.Until.IsZero() && !x.Until.After(c.now) || len(items) > 0 && !slices.Contains(items, x.Item) {
			continue
		}
		seen[k] = true
		_, closed := zoneOf(b, measures, incident, at.Path, c.now)
		add(x.Item, at, x.Zone, closed)
	}
	lo, hi := a.Span(p.Path)
	for _, id := range items {
		it, _ := b.Post(id)
		if slices.ContainsFunc(out, func(x shift.Stand) bool { return x.Item == id }) {
			continue
		}
		for i := lo; i < hi; i++ {
			if at := &a.Places[i]; string(at.Kind) == it.Per {
				zone, closed := zoneOf(b, measures, incident, at.Path, c.now)
				add(id, at, zone, closed)
			}
		}
	}
	if len(out) == 0 {
		return nil, may, shift.ErrNoStand.With(p.Name, strings.Join(may, " "))
	}
	return out, may, nil
}

// zoneOf is the zone of an incident that holds at a path, and where it is drawn when
// nobody leaves it.
func zoneOf(b *mode.Playbook, ms []mode.Measure, incident, path string, now time.Time) (zone, closed string) {
	for _, m := range mode.ZoneAt(ms, path, now) {
		if m.Incident == incident {
			if z, ok := b.Zone(m.Zone); ok && z.Closed {
				closed = m.Path
			}
			return m.Zone, closed
		}
	}
	return "", ""
}

// bookOf is the playbook of an incident, or the everyday one.
func (s *Server) bookOf(ctx context.Context, c *call, incident string) (*mode.Playbook, error) {
	var b *mode.Playbook
	var err error
	if incident == "" {
		b, err = s.current(ctx, "normal")
	} else {
		i, ok, e := s.Store.Incident(ctx, incident)
		if e != nil {
			return nil, e
		}
		if !ok {
			return nil, errNotHere(c)
		}
		b, err = s.playbook(ctx, i.Version)
	}
	if err != nil {
		return nil, err
	}
	b, _, err = s.inUse(ctx, b)
	return b, err
}

// around31 is how many days beside a shift are looked at for rest and days in a row.
const around31 = 31

// shiftEntry is an entry about shifts, of its incident where there is one.
func (s *Server) shiftEntry(c *call, verb, thing, id, placeID, path, incident string, payload any) journal.Entry {
	e := c.entry(verb, thing, id, placeID, path, "work", payload)
	if incident != "" {
		e.Incident, e.Purpose = incident, "incident:"+incident
	}
	return e
}

// now are the shifts that stand where a roster says something.
func (s *Server) shiftsNow(ctx context.Context, r shift.Roster, d *shift.Draft) (map[string]shift.Shift, error) {
	have, err := s.Store.ShiftsUnder(ctx, r.Path, r.From, r.From.AddDate(0, 0, r.Days))
	if err != nil {
		return nil, err
	}
	items := map[string]bool{}
	for _, x := range d.Stands {
		items[x.Item] = true
	}
	out := map[string]shift.Shift{}
	for _, x := range have {
		if x.Incident == r.Incident && items[x.Item] && !x.From.Before(r.From) {
			out[x.Key] = x
		}
	}
	return out, nil
}

func (s *Server) helpersOf(ctx context.Context, ids map[string]bool) (map[string]*people.Helper, error) {
	list := make([]string, 0, len(ids))
	for id := range ids {
		if id != "" {
			list = append(list, id)
		}
	}
	hs, err := s.Store.Helpers(ctx, list)
	return byID(hs), err
}

func shiftWire(a *Atlas, x *shift.Shift, title mode.Text, of map[string]*people.Helper) ShiftInfo {
	w := ShiftInfo{ID: x.ID, Key: x.Key, Item: x.Item, Title: words(title), PlaceID: x.PlaceID, Place: a.FullName(x.Path), Zone: x.Zone, N: x.N, HelperID: x.HelperID,
		From: stamp(x.From), Until: stamp(x.Until), State: x.State, Why: x.Why, Note: x.Note, Came: stamp(x.Came), Pinned: x.Pinned}
	if h := of[x.HelperID]; h != nil {
		w.Name = h.Name
	}
	return w
}
