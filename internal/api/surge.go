package api

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch/surge"
	"shouwang/internal/journal"
	"shouwang/internal/plan"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// SurgePlan is a plan of squads: who would go where and why, and what stays open.
type SurgePlan struct {
	ID        string        `json:"id"`
	PlaceID   string        `json:"place_id"`
	Place     string        `json:"place"`
	Author    string        `json:"author"`
	Mine      bool          `json:"mine" doc:"this viewer made it, so somebody else applies it"`
	Made      string        `json:"made"`
	Applied   string        `json:"applied"`
	Applier   string        `json:"applier"`
	TakenBack string        `json:"taken_back"`
	Counts    plan.Counts   `json:"counts"`
	Squads    int           `json:"squads" doc:"squads that may be called on"`
	People    int           `json:"people"`
	Called    int           `json:"called" doc:"people whom the plan has standing somewhere"`
	Split     int           `json:"split" doc:"squads that stand at more than one place"`
	Needed    int           `json:"needed"`
	Filled    int           `json:"filled"`
	Branches  int           `json:"branches" doc:"communities with a temporary branch"`
	Items     []SurgeItem   `json:"items" nullable:"false"`
	Gaps      []SurgeGap    `json:"gaps" nullable:"false"`
	Stated    []SurgeStated `json:"stated" nullable:"false"`
	Expired   bool          `json:"expired" doc:"something it saw has changed since"`
}

// SurgeItem is one line of a plan of squads.
type SurgeItem struct {
	SquadID      string    `json:"squad_id"`
	Number       string    `json:"number"`
	Squad        string    `json:"squad"`
	Organisation string    `json:"organisation"`
	Size         int       `json:"size"`
	PlaceID      string    `json:"place_id"`
	Place        string    `json:"place"`
	Kind         string    `json:"kind"`
	People       int       `json:"people"`
	Was          int       `json:"was"`
	Act          string    `json:"act" enum:"create,keep,change,close"`
	Why          surge.Why `json:"why"`
}

// SurgeGap is a need that no squad fills, and why.
type SurgeGap struct {
	PlaceID string `json:"place_id"`
	Place   string `json:"place"`
	Kind    string `json:"kind" doc:"own: only the place's own people can fill it"`
	People  int    `json:"people"`
	Fit     int    `json:"fit" doc:"people of squads who could do it, all of them sent"`
	Seats   int    `json:"seats" doc:"people whom they would be needed for together"`
}

// SurgeStated is a need that an officer stated on top of the posts.
type SurgeStated struct {
	PlaceID string `json:"place_id"`
	Place   string `json:"place"`
	Kind    string `json:"kind"`
	People  int    `json:"people"`
}

type surgeInput struct {
	ID   string `path:"id"`
	Body struct {
		Needs []surge.Demand `json:"needs,omitempty" maxItems:"4000" doc:"needs on top of the posts in force"`
		Pins  []surge.Hand   `json:"pins,omitempty" maxItems:"4000" doc:"whole squads sent by hand"`
	}
}

type stationRelease struct {
	ID   string `path:"id"`
	Body struct {
		People int    `json:"people"`
		Hours  int    `json:"hours" doc:"hours of all of them together"`
		Thanks string `json:"thanks,omitempty" maxLength:"2000" doc:"what the organisation is told; empty: the usual words"`
	}
}

func (s *Server) surges() {
	type at struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "surge-board", Path: "/places/{id}/surge", Action: access.SquadRead, Summary: "Who fills what each community needs: own people, squads, nobody; over time; whom to release"},
		func(ctx context.Context, c *call, in *at) (SurgeBoard, error) { return s.surgeBoard(ctx, c, in.ID) })
	act(s, Op{ID: "surge-plan", Path: "/places/{id}/surges", Action: access.SurgePlan, Summary: "Plan squads over the communities of a place: who goes where, why, and what stays open"}, s.surgePlan)
	act(s, Op{ID: "surge-apply", Path: "/surges/{id}/apply", Action: access.SurgeApply, Summary: "Make a plan of squads hold, by a second person, in one act"},
		func(ctx context.Context, c *call, in *at) (SurgePlan, journal.Receipt, error) {
			return s.surgeApply(ctx, c, in.ID)
		})
	act(s, Op{ID: "surge-back", Path: "/surges/{id}/back", Action: access.SurgePlan, Summary: "Take an applied plan of squads back: stations are as before"},
		func(ctx context.Context, c *call, in *at) (SurgePlan, journal.Receipt, error) {
			return s.surgeBack(ctx, c, in.ID)
		})
	act(s, Op{ID: "station-release", Path: "/stations/{id}/release", Action: access.SurgePlan, Summary: "Let people of a squad go home, with their hours and thanks; who stays stands on"}, s.stationRelease)
}

// surgeAsk is what squads at a place are planned from.
func (s *Server) surgeAsk(ctx context.Context, c *call, a *Atlas, p *territory.Place, stated []surge.Demand, pins []surge.Hand) (*surge.Ask, error) {
	q := &surge.Ask{PlaceID: p.ID, Path: p.Path, Now: c.now, Stated: stated, Pins: pins, Spot: spots(a)}
	all, err := s.Store.SquadsUnder(ctx, p.Path)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(all))
	for _, x := range all {
		if ids = append(ids, x.ID); x.Free(c.now) {
			q.Squads = append(q.Squads, x)
		}
	}
	here, err := s.Store.StationsUnder(ctx, p.Path, c.now)
	if err != nil {
		return nil, err
	}
	theirs, err := s.Store.StationsOf(ctx, ids, c.now)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, x := range append(here, theirs...) {
		if x.InForce(c.now) && !seen[x.ID] {
			seen[x.ID] = true
			q.Stations = append(q.Stations, x)
		}
	}
	q.Needs, err = s.surgeNeeds(ctx, c, a, p, q.Stations, stated)
	return q, err
}

// spots looks places up as plans of squads need them.
func spots(a *Atlas) func(id string) (surge.Spot, bool) {
	return func(id string) (surge.Spot, bool) {
		p, ok := a.Place(id)
		if !ok {
			if p, ok = a.ByCode(id); !ok {
				return surge.Spot{}, false
			}
		}
		out := surge.Spot{PlaceID: p.ID, Path: p.Path, Name: a.FullName(p.Path), Lng: p.Lng, Lat: p.Lat}
		if out.Lng == 0 && out.Lat == 0 { // a community without a point lies where its first house does
			lo, hi := a.Span(p.Path)
			for i := lo; i < hi; i++ {
				if x := &a.Places[i]; x.Lng != 0 || x.Lat != 0 {
					out.Lng, out.Lat = x.Lng, x.Lat
					break
				}
			}
		}
		return out, true
	}
}

// surgeNeeds reads what communities need from the posts of incidents in force, and
// adds what is stated. A post whose holder was sent by an organisation whose squad
// stands in that community is the squad's, not the community's own.
func (s *Server) surgeNeeds(ctx context.Context, c *call, a *Atlas, p *territory.Place, stations []surge.Station, stated []surge.Demand) ([]surge.Need, error) {
	sent, err := s.sentThere(ctx, stations)
	if err != nil {
		return nil, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	spot := spots(a)
	at := map[string]surge.Spot{}
	var seats []surge.Seat
	for incident, book := range f.books {
		b, _, err := s.inUse(ctx, book)
		if err != nil {
			return nil, err
		}
		posts, err := s.Store.Posts(ctx, incident, p.Path)
		if err != nil {
			return nil, err
		}
		for i := range posts {
			x := &posts[i]
			it, ok := b.Post(x.Item)
			if !ok || !surge.InForce(x, c.now) {
				continue
			}
			home := x.PlaceID
			if q := a.UpTo(x.Path, territory.Community); q != nil {
				home = q.ID
			}
			if _, ok := at[home]; !ok {
				at[home], _ = spot(home)
			}
			if at[home].PlaceID != "" {
				seats = append(seats, surge.Seat{At: at[home], Kind: surge.KindOf(&it), Filled: x.HelperID != "" && !sent[x.HelperID+"|"+home]})
			}
		}
	}
	for i := range stated {
		if q, ok := a.ByCode(stated[i].PlaceID); ok {
			stated[i].PlaceID = q.ID
		}
		if q, ok := a.Place(stated[i].PlaceID); !ok || q.Kind != territory.Community || !territory.Inside(q.Path, p.Path) {
			return nil, surge.ErrSquadPlace.With(stated[i].PlaceID).At("needs")
		}
	}
	return surge.Needs(seats, stated, spot)
}

// sentThere are the helpers whom an organisation sent whose squad stands in a
// community: helper|community.
func (s *Server) sentThere(ctx context.Context, stations []surge.Station) (map[string]bool, error) {
	var ids []string
	at := map[string][]string{}
	for _, x := range stations {
		ids = append(ids, x.SquadID)
		at[x.SquadID] = append(at[x.SquadID], x.PlaceID)
	}
	squads, err := s.Store.Squads(ctx, ids)
	if err != nil {
		return nil, err
	}
	where := map[string][]string{}
	var names []string
	for _, x := range squads {
		if where[x.Organisation] == nil {
			names = append(names, x.Organisation)
		}
		where[x.Organisation] = append(where[x.Organisation], at[x.ID]...)
	}
	helpers, err := s.Store.HelpersSentBy(ctx, names)
	out := map[string]bool{}
	for _, h := range helpers {
		for _, place := range where[h.Organisation] {
			out[h.ID+"|"+place] = true
		}
	}
	return out, err
}

func (s *Server) surgePlan(ctx context.Context, c *call, in *surgeInput) (SurgePlan, journal.Receipt, error) {
	var none journal.Receipt
	a, p, err := s.named(ctx, c, access.SurgePlan, in.ID)
	if err != nil {
		return SurgePlan{}, none, err
	}
	q, err := s.surgeAsk(ctx, c, a, p, in.Body.Needs, in.Body.Pins)
	if err != nil {
		return SurgePlan{}, none, err
	}
	d, err := q.Plan()
	if err != nil {
		return SurgePlan{}, none, err
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return SurgePlan{}, none, err
	}
	doc := store.PlanDoc{ID: journal.NewID(c.now), Incident: surgeKey(p.ID), Author: c.viewer.Account(), Made: c.now, Saw: d.Saw, Body: raw}
	w, err := s.surgeWire(ctx, c, a, &doc, d)
	if err != nil {
		return SurgePlan{}, none, err
	}
	e := c.entry("surge.planned", "plans", doc.ID, p.ID, p.Path, "work", map[string]any{"squads": d.Squads, "people": w.Called, "gaps": len(d.Gaps)})
	row := doc
	r, err := s.Store.Commit(ctx, c.op, nil, journal.Change{Row: &row, Entry: e})
	return w, r, err
}

// surgeKey is the key under which plans of squads of a place are kept.
func surgeKey(placeID string) string { return "surge:" + placeID }

// surgeDoc finds a plan of squads whose place the viewer may plan.
func (s *Server) surgeDoc(ctx context.Context, c *call, action, id string) (store.PlanDoc, *surge.Draft, *Atlas, *territory.Place, error) {
	doc, ok, err := s.Store.Plan(ctx, id)
	if err != nil {
		return doc, nil, nil, nil, err
	}
	d := &surge.Draft{}
	if !ok || len(doc.Incident) < 7 || doc.Incident[:6] != "surge:" || json.Unmarshal(doc.Body, d) != nil {
		return doc, nil, nil, nil, errNotHere(c)
	}
	a, p, err := s.named(ctx, c, action, d.PlaceID)
	return doc, d, a, p, access.Hide(err)
}

func (s *Server) surgeApply(ctx context.Context, c *call, id string) (SurgePlan, journal.Receipt, error) {
	var none journal.Receipt
	doc, d, a, p, err := s.surgeDoc(ctx, c, access.SurgeApply, id)
	if err != nil {
		return SurgePlan{}, none, err
	}
	if !doc.Applied.IsZero() {
		return SurgePlan{}, none, surge.ErrDone.With()
	}
	q, err := s.surgeAsk(ctx, c, a, p, d.Stated, d.Pins)
	if err != nil {
		return SurgePlan{}, none, err
	}
	rows, err := surge.Apply(d, doc.ID, doc.Author, c.viewer.Account(), q)
	if err != nil {
		return SurgePlan{}, none, err
	}
	doc.Applied, doc.Applier = c.now, c.viewer.Account()
	return s.surgeFinish(ctx, c, a, p, doc, d, "surge.applied", rows)
}

func (s *Server) surgeBack(ctx context.Context, c *call, id string) (SurgePlan, journal.Receipt, error) {
	var none journal.Receipt
	doc, d, a, p, err := s.surgeDoc(ctx, c, access.SurgePlan, id)
	if err != nil {
		return SurgePlan{}, none, err
	}
	if doc.Applied.IsZero() || !d.TakenBack.IsZero() {
		return SurgePlan{}, none, surge.ErrDone.With()
	}
	var ids []string
	for i := range d.Items {
		ids = append(ids, d.Items[i].SquadID)
	}
	slices.Sort(ids)
	now, err := s.Store.StationsOf(ctx, slices.Compact(ids), time.Time{})
	if err != nil {
		return SurgePlan{}, none, err
	}
	rows, err := surge.TakeBack(d, now, c.now)
	if err != nil {
		return SurgePlan{}, none, err
	}
	return s.surgeFinish(ctx, c, a, p, doc, d, "surge.back", rows)
}

// surgeFinish writes what a plan changes as one act.
func (s *Server) surgeFinish(ctx context.Context, c *call, a *Atlas, p *territory.Place, doc store.PlanDoc, d *surge.Draft, verb string, rows []journal.Change) (SurgePlan, journal.Receipt, error) {
	var none journal.Receipt
	raw, err := json.Marshal(d)
	if err != nil {
		return SurgePlan{}, none, err
	}
	row := doc
	row.Body = raw
	w, err := s.surgeWire(ctx, c, a, &row, d)
	if err != nil {
		return SurgePlan{}, none, err
	}
	e := c.entry(verb, "plans", doc.ID, p.ID, p.Path, "work", map[string]any{"stations": len(rows)})
	r, err := s.bulk(ctx, c, e, w, func(yield func(journal.Change) bool) {
		for _, ch := range rows {
			if !yield(ch) {
				return
			}
		}
	}, journal.Change{Row: &row, Base: doc.Version})
	return w, r, err
}
