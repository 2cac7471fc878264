package api

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

func (c *call) say(t mode.Text) string {
	if c.lang == "en" {
		return t.EN
	}
	return t.ZH
}

type incidentID struct {
	ID string `path:"id"`
}

func (s *Server) plans() {
	act(s, Op{ID: "incident-plan", Path: "/incidents/{id}/plan", Action: access.IncidentPlan, Summary: "Reckon the plan: what would change, who fills which post, what stays empty and why"},
		func(ctx context.Context, c *call, in *incidentID) (Plan, journal.Receipt, error) {
			i, err := s.incident(ctx, c, access.IncidentPlan, in.ID)
			if err != nil {
				return Plan{}, journal.Receipt{}, err
			}
			return s.propose(ctx, c, i, nil)
		})
	read(s, Op{ID: "plan-read", Path: "/plans/{id}", Action: access.PlanRead, Summary: "A plan as it was made"},
		func(ctx context.Context, c *call, in *incidentID) (Plan, error) {
			p, doc, i, err := s.plan(ctx, c, in.ID)
			if err != nil {
				return Plan{}, err
			}
			w, err := s.planWire(ctx, c, i, p, doc)
			if err == nil && w.AppliedAt == "" {
				w.Expired, err = s.expired(ctx, c, i, p)
			}
			return w, err
		})
	act(s, Op{ID: "plan-pin", Path: "/plans/{id}/pin", Action: access.PlanPin, Summary: "Choose a person for a post by hand; later plans leave it alone"}, s.pin)
	act(s, Op{ID: "plan-override", Path: "/plans/{id}/override", Action: access.PostOverride, Summary: "Choose a person for a post by hand for all they lack, with a reason that is kept"}, s.overridePost)
	act(s, Op{ID: "incident-apply", Path: "/incidents/{id}/apply", Action: access.IncidentApply, Summary: "Apply a plan, by a second person, in one act"}, s.apply)
	write(s, Op{ID: "incident-confirm", Path: "/incidents/{id}/confirm", Action: access.IncidentApply, Summary: "Make a start by one person hold, as somebody else, before it lapses"},
		func(ctx context.Context, c *call, in *incidentID) (Incident, []journal.Change, error) {
			i, err := s.incident(ctx, c, access.IncidentApply, in.ID)
			if err != nil {
				return Incident{}, nil, err
			}
			next, changes, err := dispatch.Confirm(i, c.viewer.Account(), c.now)
			if err != nil {
				return Incident{}, nil, err
			}
			w, err := s.incidentWire(ctx, c, next)
			return w, changes, err
		})
	act(s, Op{ID: "incident-demobilize", Path: "/incidents/{id}/demobilize", Action: access.IncidentDemobilize, Summary: "End an incident: hand back by name, start the deletion clock"}, s.demobilize)
}

// state loads all that a plan is reckoned from, on the version the incident has.
func (s *Server) state(ctx context.Context, c *call, i dispatch.Incident) (*dispatch.State, error) {
	return s.stateOn(ctx, c, i, i.Version)
}

// stateOn is state on a version that the incident may be brought onto.
func (s *Server) stateOn(ctx context.Context, c *call, i dispatch.Incident, version string) (*dispatch.State, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	lo, hi := a.Span(i.Path)
	st := &dispatch.State{Incident: i, Ground: &mode.Ground{Spots: a.Ground.Spots[lo:hi]}, Seed: 1, Seq: s.Store.Last()}
	if version == "" { // a plan of the first step did not say
		version = i.Version
	}
	book, err := s.playbook(ctx, version)
	if err != nil {
		return nil, err
	}
	if st.Playbook, st.Overrides, err = s.inUse(ctx, book); err != nil {
		return nil, err
	}
	if version != i.Version {
		if st.Before, err = s.playbook(ctx, i.Version); err != nil {
			return nil, err
		}
	}
	if st.Measures, err = s.Store.Measures(ctx, i.ID); err != nil {
		return nil, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	st.Others = f.beside(i.ID, c.now)
	for _, id := range append([]string{i.ID, ""}, f.others(i.ID)...) {
		ps, err := s.Store.Posts(ctx, id, "")
		if err != nil {
			return nil, err
		}
		st.Posts = append(st.Posts, ps...)
	}
	if st.Rounds, err = s.Store.Rounds(ctx, i.ID); err != nil {
		return nil, err
	}
	for _, r := range st.Rounds {
		ts, err := s.Store.Targets(ctx, r.ID, "")
		if err != nil {
			return nil, err
		}
		st.Targets = append(st.Targets, ts...)
	}
	// Whoever lives or is stationed in the same subdistrict may be asked.
	top := i.Path
	if sub := a.UpTo(i.Path, territory.Subdistrict); sub != nil {
		top = sub.Path
	}
	if st.Helpers, err = s.Store.HelpersUnder(ctx, top); err != nil {
		return nil, err
	}
	if st.Stays, err = s.stays(ctx, c, ""); err != nil {
		return nil, err
	}
	pins, err := s.Store.Pins(ctx, i.ID)
	for _, p := range pins {
		st.Pins = append(st.Pins, p.Pin)
	}
	return st, err
}

// expired says whether something that a plan saw has changed since. Applying it in
// thought, as nobody, is the one test that cannot differ from applying it.
func (s *Server) expired(ctx context.Context, c *call, i dispatch.Incident, p *dispatch.Plan) (bool, error) {
	st, err := s.stateOn(ctx, c, i, p.Playbook)
	if err != nil {
		return false, err
	}
	_, err = dispatch.Apply(p, st, "nobody", c.now)
	return errors.Is(err, dispatch.ErrOutdated) || errors.Is(err, dispatch.ErrEnded), nil
}

// others lists the incidents in force beside one.
func (f *inForce) others(id string) []string {
	var out []string
	for _, d := range f.decls {
		if d.Incident != id {
			out = append(out, d.Incident)
		}
	}
	return out
}

// propose reckons a plan and keeps it; the same state gives the same plan.
func (s *Server) propose(ctx context.Context, c *call, i dispatch.Incident, more []journal.Change) (Plan, journal.Receipt, error) {
	return s.proposeOn(ctx, c, i, i.Version, more)
}

// proposeOn is propose on a version that the incident may be brought onto.
func (s *Server) proposeOn(ctx context.Context, c *call, i dispatch.Incident, version string, more []journal.Change) (Plan, journal.Receipt, error) {
	st, err := s.stateOn(ctx, c, i, version)
	if err != nil {
		return Plan{}, journal.Receipt{}, err
	}
	for _, ch := range more {
		if row, ok := ch.Row.(*store.PinRow); ok {
			st.Pins = withPin(st.Pins, row.Pin)
		}
	}
	if err := s.weigh(ctx, c, i.PlaceID, i.Path, st.Helpers); err != nil {
		return Plan{}, journal.Receipt{}, err
	}
	p, err := dispatch.Propose(st, c.viewer.Account(), c.now)
	if err != nil {
		return Plan{}, journal.Receipt{}, err
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return Plan{}, journal.Receipt{}, err
	}
	doc, had, err := s.Store.Plan(ctx, p.ID)
	if err != nil {
		return Plan{}, journal.Receipt{}, err
	}
	changes := more
	if !had {
		doc = store.PlanDoc{ID: p.ID, Incident: i.ID, Author: p.Author, Made: p.MadeAt, Saw: p.Saw.Content, Body: raw}
		changes = append(changes, journal.Change{Row: &doc, Entry: incidentEntry(c, i, "plan.made", "plans", p.ID, map[string]any{"posts": p.Posts, "households": p.Households})})
	}
	w, err := s.planWire(ctx, c, i, p, doc)
	if err != nil || len(changes) == 0 {
		return w, journal.Receipt{Seq: s.Store.Last()}, err
	}
	body, err := json.Marshal(w)
	if err != nil {
		return w, journal.Receipt{}, err
	}
	r, err := s.Store.Commit(ctx, c.op, body, changes...)
	return w, r, err
}

func withPin(pins []dispatch.Pin, p dispatch.Pin) []dispatch.Pin {
	var out []dispatch.Pin
	for _, x := range pins {
		if x.Slot != p.Slot {
			out = append(out, x)
		}
	}
	return append(out, p)
}

func incidentEntry(c *call, i dispatch.Incident, verb, thing, id string, payload any) journal.Entry {
	e := c.entry(verb, thing, id, i.PlaceID, i.Path, "work", payload)
	e.Incident, e.Purpose = i.ID, "incident:"+i.ID
	return e
}

// plan finds a kept plan that reaches the viewer's places.
func (s *Server) plan(ctx context.Context, c *call, id string) (*dispatch.Plan, store.PlanDoc, dispatch.Incident, error) {
	doc, ok, err := s.Store.Plan(ctx, id)
	if err != nil {
		return nil, doc, dispatch.Incident{}, err
	}
	if !ok {
		return nil, doc, dispatch.Incident{}, errNotHere(c)
	}
	i, err := s.incident(ctx, c, access.PlanRead, doc.Incident)
	if err != nil {
		return nil, doc, i, err
	}
	var p dispatch.Plan
	err = json.Unmarshal(doc.Body, &p)
	return &p, doc, i, err
}

type pinInput struct {
	ID   string `path:"id"`
	Body struct {
		Slot     string `json:"slot" maxLength:"300"`
		HelperID string `json:"helper_id" maxLength:"60"`
		Reason   string `json:"reason" maxLength:"300"`
	}
}

func (s *Server) pin(ctx context.Context, c *call, in *pinInput) (Plan, journal.Receipt, error) {
	return s.choose(ctx, c, in, access.PlanPin)
}

// overridePost is pin for whoever may make an exception to the gate.
func (s *Server) overridePost(ctx context.Context, c *call, in *pinInput) (Plan, journal.Receipt, error) {
	return s.choose(ctx, c, in, access.PostOverride)
}

func (s *Server) choose(ctx context.Context, c *call, in *pinInput, action string) (Plan, journal.Receipt, error) {
	none := journal.Receipt{}
	p, _, i, err := s.plan(ctx, c, in.ID)
	if err != nil {
		return Plan{}, none, err
	}
	st, err := s.stateOn(ctx, c, i, p.Playbook)
	if err != nil {
		return Plan{}, none, err
	}
	for _, f := range p.Fills {
		if f.Slot == in.Body.Slot {
			if _, _, err := s.place(ctx, c, action, f.PlaceID, ""); err != nil {
				return Plan{}, none, err
			}
		}
	}
	if err := s.weigh(ctx, c, i.PlaceID, i.Path, st.Helpers); err != nil {
		return Plan{}, none, err
	}
	pin, lacks, err := dispatch.Choose(st, p, dispatch.Pin{Slot: in.Body.Slot, HelperID: in.Body.HelperID, Reason: in.Body.Reason, By: c.viewer.Account(), Override: action == access.PostOverride}, c.now)
	if err != nil {
		return Plan{}, none, err
	}
	row := store.PinRow{ID: i.ID + "|" + pin.Slot, Incident: i.ID, Pin: pin}
	base := int64(0)
	pins, err := s.Store.Pins(ctx, i.ID)
	if err != nil {
		return Plan{}, none, err
	}
	for _, x := range pins {
		if x.Pin.Slot == pin.Slot {
			row.ID, base = x.ID, x.Version
		}
	}
	verb, facts := "post.chosen", map[string]string{"slot": pin.Slot, "helper": pin.HelperID}
	if pin.Override {
		verb, facts["lacks"] = "post.overridden", lackCodes(lacks)
	}
	return s.proposeOn(ctx, c, i, p.Playbook, []journal.Change{{Row: &row, Base: base, Entry: incidentEntry(c, i, verb, "pins", row.ID, facts)}})
}

// lackCodes lists what somebody lacked when an exception was made, for its entry.
// What they cannot bear is left out: it is said to nobody.
func lackCodes(lacks []people.Lack) string {
	var out []string
	for _, l := range lacks {
		if l.Code != people.LackBears {
			out = append(out, string(l.Code))
		}
	}
	return strings.Join(out, " ")
}
