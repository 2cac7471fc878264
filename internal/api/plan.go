package api

import (
	"context"
	"encoding/json"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/plan"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// Plan is a plan on the wire: what would happen, whole, before anything does.
type Plan struct {
	Plan       string            `json:"plan"`
	Incident   string            `json:"incident"`
	Title      string            `json:"title"`
	Author     string            `json:"author"`
	AuthorName string            `json:"author_name"`
	MadeAt     string            `json:"made_at"`
	Saw        int64             `json:"saw"`
	Expired    bool              `json:"expired" doc:"Something it saw has changed since"`
	AppliedAt  string            `json:"applied_at"`
	Posts      dispatch.Tally    `json:"posts"`
	Microgrids int               `json:"microgrids"`
	Households int               `json:"households"`
	People     int               `json:"people"`
	Counts     plan.Counts       `json:"counts"`
	CountsBy   dispatch.CountsBy `json:"counts_by"`
	ByPlace    []PlanPlace       `json:"by_place" nullable:"false"`
	ByItem     []PlanItem        `json:"by_item" nullable:"false"`
	Rounds     []PlanRound       `json:"rounds" nullable:"false"`
	Measures   []PlanMeasure     `json:"measures" nullable:"false"`
	Notices    []PlanNotice      `json:"notices" nullable:"false"`
	Gaps       []PlanGap         `json:"gaps" nullable:"false"`
	Checks     []PlanCheck       `json:"checks" nullable:"false"`
	Pins       []dispatch.Pin    `json:"pins" nullable:"false"`
	ApplyBy    []Person          `json:"apply_by" nullable:"false"`
	MayApply   bool              `json:"may_apply"`
	WhyNot     string            `json:"why_not"`
	OpenWork   int               `json:"open_work"`
}

// PlanPlace is one community of a plan.
type PlanPlace struct {
	PlaceID string         `json:"place_id"`
	Name    string         `json:"name"`
	Zones   map[string]int `json:"zones" doc:"zone → doors"`
	Parts   int            `json:"parts"`
	Posts   int            `json:"posts"`
	Empty   int            `json:"empty"`
}

// PlanItem is one kind of post of a plan.
type PlanItem struct {
	Item   string `json:"item"`
	Title  Words  `json:"title"`
	Needed int    `json:"needed"`
	Filled int    `json:"filled"`
}

// PlanRound is one round that opens or goes on.
type PlanRound struct {
	ID      string `json:"id"`
	Title   Words  `json:"title"`
	Targets int    `json:"targets"`
	Due     string `json:"due"`
}

// PlanMeasure is one measure as it will hold.
type PlanMeasure struct {
	Zone   string `json:"zone"`
	Title  Words  `json:"title"`
	Basis  string `json:"basis"`
	Until  string `json:"until"`
	Places int    `json:"places"`
}

// PlanNotice is a draft that activation proposes.
type PlanNotice struct {
	ID    string   `json:"id"`
	Title Words    `json:"title"`
	Body  Words    `json:"body"`
	Zones []string `json:"zones" nullable:"false"`
}

// PlanGap is one empty post: why, and whom to ask.
type PlanGap struct {
	Slot       string      `json:"slot"`
	Place      string      `json:"place"`
	PlaceID    string      `json:"place_id"`
	Role       string      `json:"role"`
	Title      Words       `json:"title"`
	Zone       string      `json:"zone"`
	Reason     string      `json:"reason"`
	Candidates []Candidate `json:"candidates" nullable:"false"`
}

// Candidate is somebody to ask.
type Candidate struct {
	Helper   string  `json:"helper"`
	HelperID string  `json:"helper_id"`
	Score    float64 `json:"score"`
	Why      string  `json:"why"`
}

// PlanCheck is one thing looked at before applying.
type PlanCheck struct {
	Level string `json:"level" enum:"ok,warn,stop"`
	Text  string `json:"text"`
}

// Person is a colleague by name.
type Person struct {
	Account string `json:"account"`
	Name    string `json:"name"`
}

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
			return s.planWire(ctx, c, i, p, doc)
		})
	act(s, Op{ID: "plan-pin", Path: "/plans/{id}/pin", Action: access.PlanPin, Summary: "Choose a person for a post by hand; later plans leave it alone"}, s.pin)
	act(s, Op{ID: "incident-apply", Path: "/incidents/{id}/apply", Action: access.IncidentApply, Summary: "Apply a plan, by a second person, in one act"}, s.apply)
	act(s, Op{ID: "incident-demobilize", Path: "/incidents/{id}/demobilize", Action: access.IncidentDemobilize, Summary: "End an incident: hand back by name, start the deletion clock"}, s.demobilize)
}

// state loads all that a plan is reckoned from.
func (s *Server) state(ctx context.Context, c *call, i dispatch.Incident) (*dispatch.State, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	lo, hi := a.Span(i.Path)
	st := &dispatch.State{Incident: i, Ground: &mode.Ground{Spots: a.Ground.Spots[lo:hi]}, Seed: 1, Seq: s.Store.Last()}
	if st.Playbook, err = s.playbook(ctx, i.Version); err != nil {
		return nil, err
	}
	if st.Measures, err = s.Store.Measures(ctx, i.ID); err != nil {
		return nil, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
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
	pins, err := s.Store.Pins(ctx, i.ID)
	for _, p := range pins {
		st.Pins = append(st.Pins, p.Pin)
	}
	return st, err
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
	st, err := s.state(ctx, c, i)
	if err != nil {
		return Plan{}, journal.Receipt{}, err
	}
	for _, ch := range more {
		if row, ok := ch.Row.(*store.PinRow); ok {
			st.Pins = withPin(st.Pins, row.Pin)
		}
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
	none := journal.Receipt{}
	p, _, i, err := s.plan(ctx, c, in.ID)
	if err != nil {
		return Plan{}, none, err
	}
	st, err := s.state(ctx, c, i)
	if err != nil {
		return Plan{}, none, err
	}
	for _, f := range p.Fills {
		if f.Slot == in.Body.Slot {
			if _, _, err := s.place(ctx, c, access.PlanPin, f.PlaceID, ""); err != nil {
				return Plan{}, none, err
			}
		}
	}
	pin, err := dispatch.Choose(st, p, in.Body.Slot, in.Body.HelperID, in.Body.Reason, c.viewer.Account(), c.now)
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
	return s.propose(ctx, c, i, []journal.Change{{Row: &row, Base: base, Entry: incidentEntry(c, i, "post.chosen", "pins", row.ID, map[string]string{"slot": pin.Slot, "helper": pin.HelperID, "reason": pin.Reason})}})
}

type applyInput struct {
	ID   string `path:"id"`
	Body struct {
		Plan  string `json:"plan" maxLength:"100"`
		Alone bool   `json:"alone,omitempty" doc:"Start by the author where nobody answered: after the playbook's minutes, two hours at most"`
	}
}

// ApplyReply is what applying did.
type ApplyReply struct {
	Incident string      `json:"incident"`
	Plan     string      `json:"plan"`
	Repeat   bool        `json:"repeat"`
	Counts   plan.Counts `json:"counts"`
	Until    string      `json:"until,omitempty" doc:"When a start by one person lapses unless confirmed"`
	Seconds  float64     `json:"seconds"`
}

func (s *Server) apply(ctx context.Context, c *call, in *applyInput) (ApplyReply, journal.Receipt, error) {
	none := journal.Receipt{}
	i, err := s.incident(ctx, c, access.IncidentApply, in.ID)
	if err != nil {
		return ApplyReply{}, none, err
	}
	p, doc, of, err := s.plan(ctx, c, in.Body.Plan)
	if err != nil {
		return ApplyReply{}, none, err
	}
	if of.ID != i.ID {
		return ApplyReply{}, none, dispatch.ErrIncident.With()
	}
	st, err := s.state(ctx, c, i)
	if err != nil {
		return ApplyReply{}, none, err
	}
	do := dispatch.Apply
	if in.Body.Alone {
		do = dispatch.ApplyAlone
	}
	a, err := do(p, st, c.viewer.Account(), c.now)
	if err != nil {
		return ApplyReply{}, none, err
	}
	out := ApplyReply{Incident: i.ID, Plan: p.ID, Repeat: a.Repeat, Counts: a.Counts}
	if a.Incident.EndBy == dispatch.Lapse {
		out.Until = stamp(a.Incident.Ended)
	}
	if a.Repeat {
		return out, journal.Receipt{Seq: s.Store.Last()}, nil
	}
	doc.Applied, doc.Applier = c.now, c.viewer.Account()
	rows := func(yield func(journal.Change) bool) {
		for ch := range a.Each {
			if !yield(ch) {
				return
			}
		}
		for k := range a.Targets {
			if !yield(journal.Change{Row: &a.Targets[k], Base: a.Targets[k].Version}) {
				return
			}
		}
	}
	r, err := s.bulk(ctx, c, a.Entry, out, rows, journal.Change{Row: &doc, Base: doc.Version})
	return out, r, err
}

// bulk stages the rows as one act and makes them valid together. The first change
// that bears the act's own entry is its head (the incident) and goes last.
func (s *Server) bulk(ctx context.Context, c *call, entry journal.Entry, body any, rows func(func(journal.Change) bool), more ...journal.Change) (journal.Receipt, error) {
	act, err := s.Store.Begin(ctx, entry.Verb)
	if err != nil {
		return journal.Receipt{}, err
	}
	var fresh []any
	rows(func(ch journal.Change) bool {
		switch {
		case ch.Entry.Verb == entry.Verb:
			ch.Entry = journal.Entry{}
			more = append(more, ch)
		case ch.Base == 0:
			fresh = append(fresh, ch.Row)
		default:
			err = act.Change(ctx, ch)
		}
		return err == nil
	})
	if err == nil {
		err = act.Insert(ctx, fresh...)
	}
	if err == nil {
		var raw []byte
		if raw, err = json.Marshal(body); err == nil {
			var r journal.Receipt
			if r, err = act.Finish(ctx, c.op, raw, entry, more...); err == nil {
				s.stale("incidents")
				return r, nil
			}
		}
	}
	if drop := act.Drop(ctx); drop != nil {
		s.Log.Error("an act could not be taken back", "request", c.request, "cause", drop)
	}
	return journal.Receipt{}, err
}

type demobilizeInput struct {
	ID   string `path:"id"`
	Body struct {
		Confirm bool `json:"confirm"`
	}
}

// DemobilizeReply says what ended, what goes on with whom, and when data are deleted.
type DemobilizeReply struct {
	Incident    string          `json:"incident"`
	Done        bool            `json:"done" doc:"false: this is only what would happen"`
	Closed      dispatch.Closed `json:"closed"`
	HandedOver  []HandOver      `json:"handed_over" nullable:"false"`
	Unclaimed   int             `json:"unclaimed"`
	DeleteAfter string          `json:"delete_after"`
	Thanks      []string        `json:"thanks" nullable:"false"`
}

// HandOver is one piece of open work with whoever takes it over.
type HandOver struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	PlaceID string `json:"place_id"`
	Title   string `json:"title"`
	To      string `json:"to"`
}

func (s *Server) demobilize(ctx context.Context, c *call, in *demobilizeInput) (DemobilizeReply, journal.Receipt, error) {
	none := journal.Receipt{}
	i, err := s.incident(ctx, c, access.IncidentDemobilize, in.ID)
	if err != nil {
		return DemobilizeReply{}, none, err
	}
	st, err := s.state(ctx, c, i)
	if err != nil {
		return DemobilizeReply{}, none, err
	}
	d, err := dispatch.Demobilize(st, c.viewer.Account(), c.now)
	if err != nil {
		return DemobilizeReply{}, none, err
	}
	out := DemobilizeReply{Incident: i.ID, Done: in.Body.Confirm, Closed: d.Closed, HandedOver: []HandOver{}, Unclaimed: d.Unclaimed, DeleteAfter: stamp(d.DeleteAfter), Thanks: []string{}}
	for _, h := range d.HandedOver {
		out.HandedOver = append(out.HandedOver, HandOver{h.Kind, h.ID, h.PlaceID, c.say(h.Title), h.To})
	}
	for _, t := range d.Thanks {
		out.Thanks = append(out.Thanks, t.Helper)
	}
	if !in.Body.Confirm {
		return out, journal.Receipt{Seq: s.Store.Last()}, nil
	}
	rows := func(yield func(journal.Change) bool) {
		for ch := range d.Each {
			if !yield(ch) {
				return
			}
		}
		for k := range d.Targets {
			if !yield(journal.Change{Row: &d.Targets[k], Base: d.Targets[k].Version}) {
				return
			}
		}
	}
	r, err := s.bulk(ctx, c, d.Entry, out, rows)
	return out, r, err
}

func (s *Server) planWire(ctx context.Context, c *call, i dispatch.Incident, p *dispatch.Plan, doc store.PlanDoc) (Plan, error) {
	w := Plan{Plan: p.ID, Incident: p.Incident, Title: i.Title, Author: p.Author, AuthorName: s.accountName(ctx, p.Author), MadeAt: stamp(p.MadeAt), Saw: p.Saw.Seq,
		AppliedAt: stamp(doc.Applied), Posts: p.Posts, Microgrids: p.Microgrids, Households: p.Households, People: p.People, Counts: p.Counts, CountsBy: p.CountsBy,
		ByPlace: []PlanPlace{}, ByItem: []PlanItem{}, Rounds: []PlanRound{}, Measures: []PlanMeasure{}, Notices: []PlanNotice{}, Gaps: []PlanGap{}, Checks: []PlanCheck{},
		Pins: append([]dispatch.Pin{}, p.Pins...), ApplyBy: []Person{}, OpenWork: p.OpenWork}
	for _, r := range p.ByPlace {
		w.ByPlace = append(w.ByPlace, PlanPlace(r))
	}
	for _, r := range p.ByItem {
		w.ByItem = append(w.ByItem, PlanItem{r.Item, words(r.Title), r.Needed, r.Filled})
	}
	for _, r := range p.Rounds {
		w.Rounds = append(w.Rounds, PlanRound{r.Item, words(r.Title), r.Targets, stamp(r.Due)})
	}
	for _, m := range p.Measures {
		w.Measures = append(w.Measures, PlanMeasure{m.Zone, words(m.Title), m.Basis, stamp(m.Until), m.Places})
	}
	for _, n := range p.Notices {
		w.Notices = append(w.Notices, PlanNotice{n.Item, words(n.Title), words(n.Body), append([]string{}, n.Zones...)})
	}
	for _, g := range p.Gaps {
		x := PlanGap{g.Slot, g.Place, g.PlaceID, g.Role, words(g.Title), g.Zone, c.say(g.Reason), []Candidate{}}
		if x.Role == "" {
			x.Role = g.Item
		}
		for _, k := range g.Candidates {
			x.Candidates = append(x.Candidates, Candidate{k.Helper, k.HelperID, k.Score, c.say(k.Why)})
		}
		w.Gaps = append(w.Gaps, x)
	}
	for _, k := range p.Checks {
		w.Checks = append(w.Checks, PlanCheck{k.Level, c.say(k.Text)})
	}
	return w, s.whoApplies(ctx, c, i, p, &w)
}

// whoApplies names who may apply a plan, and says why this viewer may not.
func (s *Server) whoApplies(ctx context.Context, c *call, i dispatch.Incident, p *dispatch.Plan, w *Plan) error {
	gs, err := s.Store.GrantsOf(ctx, access.Commander)
	if err != nil {
		return err
	}
	for _, g := range gs {
		if g.Account != p.Author && g.InForce(c.now) && territory.Inside(i.Path, g.Path) {
			w.ApplyBy = append(w.ApplyBy, Person{g.Account, s.accountName(ctx, g.Account)})
		}
	}
	switch {
	case w.AppliedAt != "":
		w.WhyNot = c.say(mode.Text{ZH: "已应用", EN: "Already applied"})
	case s.may(c, access.IncidentApply, i.Path) != nil:
		w.WhyNot = c.say(mode.Text{ZH: "您的岗位不能应用方案", EN: "Your role may not apply plans"})
	case c.viewer.Account() == p.Author:
		w.WhyNot = c.say(mode.Text{ZH: "方案须由第二人应用，您是拟案人", EN: "A plan is applied by a second person; you made this one"})
	default:
		w.MayApply = true
	}
	return nil
}
