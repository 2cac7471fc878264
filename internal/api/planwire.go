package api

import (
	"context"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
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
	Local      []LocalPlan       `json:"local" nullable:"false" doc:"What places changed in the playbook, and what it causes"`
	Upgrade    *PlanUpgrade      `json:"upgrade,omitempty" doc:"Set when the plan brings the incident onto another version"`
	Alone      *AloneStart       `json:"alone,omitempty" doc:"Set for the author where the playbook lets one person start"`
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

func (s *Server) planWire(ctx context.Context, c *call, i dispatch.Incident, p *dispatch.Plan, doc store.PlanDoc) (Plan, error) {
	w := Plan{Plan: p.ID, Incident: p.Incident, Title: i.Title, Author: p.Author, AuthorName: s.accountName(ctx, p.Author), MadeAt: stamp(p.MadeAt), Saw: p.Saw.Seq,
		AppliedAt: stamp(doc.Applied), Posts: p.Posts, Microgrids: p.Microgrids, Households: p.Households, People: p.People, Counts: p.Counts, CountsBy: p.CountsBy,
		ByPlace: []PlanPlace{}, ByItem: []PlanItem{}, Rounds: []PlanRound{}, Measures: []PlanMeasure{}, Notices: []PlanNotice{}, Gaps: []PlanGap{}, Checks: []PlanCheck{},
		Pins: []dispatch.Pin{}, ApplyBy: []Person{}, OpenWork: p.OpenWork}
	s.planLocal(ctx, p, &w)
	a, err := s.ground(ctx)
	if err != nil {
		return w, err
	}
	scope := s.scope(c, access.PlanRead) // sums are for all whom the plan concerns; names and places for those of the place
	mine := func(placeID string) bool {
		at, ok := a.Place(placeID)
		return ok && scope.Contains(at.Path)
	}
	for _, x := range p.Pins {
		if part := strings.Split(x.Slot, "|"); len(part) > 2 && mine(part[2]) {
			w.Pins = append(w.Pins, x)
		}
	}
	for _, r := range p.ByPlace {
		if mine(r.PlaceID) {
			w.ByPlace = append(w.ByPlace, PlanPlace(r))
		}
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
		if !mine(g.PlaceID) {
			continue
		}
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
	if err := s.mayAlone(ctx, c, i, p, w); err != nil {
		return err
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
