package api

import (
	"context"
	"sort"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

func sortStrings(s []string) { sort.Strings(s) }

// Incident is an incident on the wire.
type Incident struct {
	ID         string          `json:"id"`
	Incident   string          `json:"incident"`
	Title      string          `json:"title"`
	Playbook   string          `json:"playbook"`
	BookTitle  Words           `json:"playbook_title"`
	Version    int             `json:"version"`
	Hash       string          `json:"hash"`
	PlaceID    string          `json:"place_id"`
	PlaceName  string          `json:"place_name"`
	State      string          `json:"state" enum:"draft,running,ended"`
	Author     string          `json:"author"`
	AuthorName string          `json:"author_name"`
	DeclaredAt string          `json:"declared_at"`
	StartedAt  string          `json:"started_at"`
	StartedBy  string          `json:"started_by"`
	EndedAt    string          `json:"ended_at"`
	DeleteAt   string          `json:"delete_after"`
	PlanID     string          `json:"plan_id" doc:"Newest plan that waits for a second person, or empty"`
	PlanBy     string          `json:"plan_by" doc:"Who made that plan"`
	Drafts     int             `json:"drafts" doc:"zones drawn since that wait for a second person"`
	Zones      []Zone          `json:"zones" nullable:"false"`
	Totals     Totals          `json:"totals"`
	Stated     dispatch.Stated `json:"stated"`
	Difference *Difference     `json:"difference,omitempty"`
	LapsesAt   string          `json:"lapses_at,omitempty" doc:"Set while a start by one person waits to be confirmed; ended_at is then the same moment"`
	MayConfirm bool            `json:"may_confirm,omitempty" doc:"The viewer is the other person who may confirm"`
}

// Zone is one zone of an incident with what it holds.
type Zone struct {
	Zone       string   `json:"zone"`
	Incident   string   `json:"incident" doc:"Which incident's zone it is: two may hold at once"`
	Title      Words    `json:"title"`
	Rule       Words    `json:"rule"`
	Places     int      `json:"places"`
	Buildings  int      `json:"buildings"`
	Microgrids int      `json:"microgrids"`
	Doors      int      `json:"doors"`
	Households int      `json:"households"`
	People     int      `json:"people"`
	Basis      string   `json:"basis"`
	Author     string   `json:"author"`
	From       string   `json:"from"`
	Until      string   `json:"until"`
	Flags      []string `json:"flags" nullable:"false" doc:"names of zoned places without any registered door"`
}

// Totals adds the zones up.
type Totals struct {
	Doors      int `json:"doors"`
	People     int `json:"people"`
	Buildings  int `json:"buildings"`
	Microgrids int `json:"microgrids"`
}

// Difference is a figure stated from outside beside ours, with what may explain it.
type Difference struct {
	Stated int      `json:"stated"`
	Ours   int      `json:"ours"`
	Gap    int      `json:"gap"`
	Source string   `json:"source"`
	Parts  []string `json:"parts" nullable:"false" doc:"zoned places without registered doors, which may explain it"`
}

func (s *Server) incidents() {
	write(s, Op{ID: "incident-declare", Path: "/incidents", Action: access.IncidentDeclare, Summary: "Declare an incident as a draft; it holds nobody yet"}, s.declare)
	type list struct {
		Open bool `query:"open" doc:"Leave out ended incidents"`
	}
	read(s, Op{ID: "incident-list", Path: "/incidents", Action: access.IncidentRead, Summary: "Incidents that reach your places"},
		func(ctx context.Context, c *call, in *list) (Items[Incident], error) {
			out := Items[Incident]{Items: []Incident{}}
			if c.viewer.Account() == "" {
				return out, access.ErrSignIn.With()
			}
			all, err := s.Store.Incidents(ctx, false)
			if err != nil {
				return out, err
			}
			for _, i := range all {
				over := !i.Ended.IsZero() && !c.now.Before(i.Ended)
				if !(in.Open && over) && s.Guard.Reaches(c.viewer, access.IncidentRead, i.Path, c.emerg) {
					w, err := s.incidentWire(ctx, c, i)
					if err != nil {
						return out, err
					}
					out.Items = append(out.Items, w)
				}
			}
			out.Total = len(out.Items)
			return out, nil
		})
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "incident-read", Path: "/incidents/{id}", Action: access.IncidentRead, Summary: "One incident with its zones and figures"},
		func(ctx context.Context, c *call, in *byID) (Incident, error) {
			i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
			if err != nil {
				return Incident{}, err
			}
			return s.incidentWire(ctx, c, i)
		})
	write(s, Op{ID: "incident-zone", Path: "/incidents/{id}/zones", Action: access.IncidentZone, Summary: "Draw a zone on places, with basis and end"}, s.drawZone)
	write(s, Op{ID: "incident-lift", Path: "/incidents/{id}/zones/lift", Action: access.IncidentZone, Summary: "Lift zones on places, at once"}, s.liftZone)
	read(s, Op{ID: "incident-zone-places", Path: "/incidents/{id}/zones/places", Action: access.IncidentRead, Summary: "The places a zone is drawn on"}, s.zonePlaces)
	s.plans()
}

// incident finds an incident that reaches the viewer's places.
func (s *Server) incident(ctx context.Context, c *call, action, id string) (dispatch.Incident, error) {
	i, ok, err := s.Store.Incident(ctx, id)
	if err != nil {
		return i, err
	}
	if !ok {
		return i, errNotHere(c)
	}
	if action == access.IncidentRead || action == access.PlanRead {
		return i, s.reaches(c, action, i.Path)
	}
	if err := s.may(c, action, i.Path); err != nil {
		if s.Guard.Reaches(c.viewer, access.IncidentRead, i.Path, c.emerg) {
			return i, access.ErrForbidden.With()
		}
		return i, access.Hide(err)
	}
	return i, nil
}

type declareInput struct {
	Body struct {
		Title     string           `json:"title" maxLength:"400"`
		Playbook  string           `json:"playbook" maxLength:"60"`
		PlaceID   string           `json:"place_id,omitempty"`
		PlaceCode string           `json:"place_code,omitempty"`
		Stated    *dispatch.Stated `json:"stated,omitempty"`
	}
}

func (s *Server) declare(ctx context.Context, c *call, in *declareInput) (Incident, []journal.Change, error) {
	_, p, err := s.place(ctx, c, access.IncidentDeclare, in.Body.PlaceID, in.Body.PlaceCode)
	if err != nil {
		return Incident{}, nil, err
	}
	if b := s.Playbooks[in.Body.Playbook]; b == nil || b.Extends == "" {
		return Incident{}, nil, ErrNoPlaybook.With(in.Body.Playbook, strings.Join(s.playbookIDs(), " "))
	}
	b, err := s.current(ctx, in.Body.Playbook)
	if err != nil {
		return Incident{}, nil, err
	}
	var stated dispatch.Stated
	if in.Body.Stated != nil {
		stated = *in.Body.Stated
	}
	const most = 100_000_000
	if min(stated.People, stated.Households) < 0 || max(stated.People, stated.Households) > most || len(stated.Source) > 1000 {
		return Incident{}, nil, ErrShape.With("stated").At("stated")
	}
	i, changes, err := dispatch.Declare(in.Body.Title, b, dispatch.PlaceRef{ID: p.ID, Path: p.Path}, stated, c.viewer.Account(), c.now)
	if err != nil {
		return Incident{}, nil, err
	}
	kept, err := s.rely(ctx, b, c, p.ID, p.Path)
	if err != nil {
		return Incident{}, nil, err
	}
	changes = append(changes, kept...)
	w, err := s.incidentWire(ctx, c, i)
	return w, changes, err
}

type zoneInput struct {
	ID   string `path:"id"`
	Body struct {
		Zone       string   `json:"zone" maxLength:"60"`
		PlaceIDs   []string `json:"place_ids,omitempty" maxItems:"5000"`
		PlaceCodes []string `json:"place_codes,omitempty" maxItems:"5000"`
		Basis      string   `json:"basis" maxLength:"1000"`
		Until      string   `json:"until" maxLength:"40" doc:"A civil day (its end counts) or RFC 3339"`
	}
}

// ZoneReply is what drawing a zone made.
type ZoneReply struct {
	Measures int    `json:"measures"`
	Draft    bool   `json:"draft" doc:"true when it waits for a second person"`
	Totals   Totals `json:"totals"`
	Zones    []Zone `json:"zones" nullable:"false"`
}

// zoning is what drawing and lifting both begin with: the incident, its playbook,
// the places meant and the measures there are.
type zoning struct {
	incident dispatch.Incident
	book     *mode.Playbook
	places   []dispatch.PlaceRef
	have     []mode.Measure
}

func (s *Server) zoningOf(ctx context.Context, c *call, id string, ids, codes []string) (z zoning, err error) {
	if z.incident, err = s.incident(ctx, c, access.IncidentZone, id); err != nil {
		return z, err
	}
	if z.book, err = s.playbook(ctx, z.incident.Version); err != nil {
		return z, err
	}
	if z.book, _, err = s.inUse(ctx, z.book); err != nil {
		return z, err
	}
	if z.places, err = s.refs(ctx, c, ids, codes); err != nil {
		return z, err
	}
	z.have, err = s.Store.Measures(ctx, z.incident.ID)
	return z, err
}

func (s *Server) drawZone(ctx context.Context, c *call, in *zoneInput) (ZoneReply, []journal.Change, error) {
	z, err := s.zoningOf(ctx, c, in.ID, in.Body.PlaceIDs, in.Body.PlaceCodes)
	if err != nil {
		return ZoneReply{}, nil, err
	}
	until, err := civilEnd(in.Body.Until, c.now)
	if err != nil {
		return ZoneReply{}, nil, err
	}
	made, changes, err := dispatch.AddZone(z.incident, z.book, z.have, dispatch.ZoneOrder{Zone: in.Body.Zone, Places: z.places, Basis: in.Body.Basis, Until: until, Loc: zoneTime}, c.viewer.Account(), c.now)
	if err != nil {
		return ZoneReply{}, nil, err
	}
	return s.zoneReply(ctx, c, z, len(made), changes)
}

type liftInput struct {
	ID   string `path:"id"`
	Body struct {
		PlaceIDs   []string `json:"place_ids,omitempty" maxItems:"5000"`
		PlaceCodes []string `json:"place_codes,omitempty" maxItems:"5000"`
	}
}

func (s *Server) liftZone(ctx context.Context, c *call, in *liftInput) (ZoneReply, []journal.Change, error) {
	z, err := s.zoningOf(ctx, c, in.ID, in.Body.PlaceIDs, in.Body.PlaceCodes)
	if err != nil {
		return ZoneReply{}, nil, err
	}
	changes, err := dispatch.LiftZone(z.incident, z.have, z.places, c.viewer.Account(), c.now)
	if err != nil {
		return ZoneReply{}, nil, err
	}
	return s.zoneReply(ctx, c, z, 0, changes)
}

// after returns the measures as the changes will leave them.
func after(have []mode.Measure, changes []journal.Change) []mode.Measure {
	out := append([]mode.Measure{}, have...)
	for _, ch := range changes {
		m, ok := ch.Row.(*mode.Measure)
		if !ok {
			continue
		}
		found := false
		for j := range out {
			if out[j].ID == m.ID {
				out[j], found = *m, true
			}
		}
		if !found {
			out = append(out, *m)
		}
	}
	return out
}

func (s *Server) zoneReply(ctx context.Context, c *call, z zoning, made int, changes []journal.Change) (ZoneReply, []journal.Change, error) {
	out := ZoneReply{Measures: made, Draft: !z.incident.Started.IsZero()}
	a, err := s.ground(ctx)
	if err != nil {
		return out, nil, err
	}
	out.Zones, out.Totals = s.reckon(ctx, c, a, z.incident, z.book, after(z.have, changes))
	return out, changes, nil
}

// refs finds places by id and code; the first unknown one refuses all.
func (s *Server) refs(ctx context.Context, c *call, ids, codes []string) ([]dispatch.PlaceRef, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	var out []dispatch.PlaceRef
	take := func(p *territory.Place, ok bool, given string) error {
		if !ok {
			return dispatch.ErrPlace.With(given)
		}
		if s.may(c, access.IncidentZone, p.Path) != nil { // out of scope and absent answer alike
			return dispatch.ErrPlace.With(given)
		}
		out = append(out, dispatch.PlaceRef{ID: p.ID, Path: p.Path})
		return nil
	}
	for _, id := range ids {
		p, ok := a.Place(id)
		if err := take(p, ok, id); err != nil {
			return nil, err
		}
	}
	for _, code := range codes {
		code = strings.TrimSpace(code)
		p, ok := a.ByCode(code)
		if err := take(p, ok, code); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// zoneTime is the civil time of the places; a value of the place from the day
// that a place outside China is kept.
var zoneTime = time.FixedZone("Asia/Shanghai", 8*3600)

// civilEnd reads an end: a civil day ends when it is over, a moment is itself.
func civilEnd(text string, now time.Time) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	d, err := time.ParseInLocation("2006-01-02", text, zoneTime)
	if err != nil {
		return time.Time{}, mode.ErrEnd.With(text, now.In(zoneTime).Format("2006-01-02")).At("until")
	}
	return d.AddDate(0, 0, 1).UTC(), nil
}

type zonePlacesInput struct {
	ID   string `path:"id"`
	Zone string `query:"zone"`
}

func (s *Server) zonePlaces(ctx context.Context, c *call, in *zonePlacesInput) (Items[Place], error) {
	i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
	if err != nil {
		return Items[Place]{}, err
	}
	ms, err := s.Store.Measures(ctx, i.ID)
	if err != nil {
		return Items[Place]{}, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Items[Place]{}, err
	}
	scope := s.scope(c, access.PlaceRead)
	var ps []*territory.Place
	zone := map[string]mode.Measure{}
	for _, m := range mode.AsIf(ms, i.ID, c.now) {
		p, ok := a.Place(m.PlaceID)
		if ok && m.InForce(c.now) && (in.Zone == "" || m.Zone == in.Zone) && scope.Contains(m.Path) {
			ps = append(ps, p)
			zone[p.ID] = m
		}
	}
	out, err := s.wireAll(ctx, c, a, ps)
	for j := range out.Items { // as drawn, so that a draft shows its own zones
		m := zone[out.Items[j].ID]
		out.Items[j].Zone, out.Items[j].Until = m.Zone, stamp(m.Until)
	}
	return out, err
}

// civilStart reads a beginning: a civil day begins at midnight, a moment is itself.
func civilStart(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	d, err := time.ParseInLocation("2006-01-02", text, zoneTime)
	return d.UTC(), err
}
