package api

import (
	"context"
	"errors"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// The items of the everyday playbook that choosing fills.
const leadItem, adviserItem = "lead", "adviser"

// candidatesShown is how many candidates one act of choosing shows.
const candidatesShown = 12

// LeadSeat is one micro-grid with who leads it, stands in and advises.
type LeadSeat struct {
	PlaceID   string    `json:"place_id"`
	PlaceName string    `json:"place_name"`
	Lead      *LeadName `json:"lead"`
	Deputy    *LeadName `json:"deputy"`
	Adviser   *LeadName `json:"adviser"`
	Reason    string    `json:"reason"`
	Missing   []string  `json:"missing" nullable:"false" doc:"lead, deputy"`
}

// LeadName is somebody on such a post.
type LeadName struct {
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	Age      int    `json:"age"`
	Phone    string `json:"work_phone"`
	Skilled  bool   `json:"phone_user" doc:"At ease with a phone"`
}

// LeadChoice is what somebody sees who chooses: the seat, the declared criteria and
// the candidates. It is shown nowhere else.
type LeadChoice struct {
	LeadSeat
	Title      Words           `json:"title"`
	Duty       Words           `json:"duty"`
	Adviser2   Words           `json:"adviser_duty" doc:"What stays with a former lead"`
	Candidates []LeadCandidate `json:"candidates" nullable:"false"`
	Of         int             `json:"of" doc:"How many helpers of the community were looked at"`
}

// LeadCandidate is somebody who could be chosen, with the score line by line.
type LeadCandidate struct {
	HelperID string      `json:"helper_id"`
	Name     string      `json:"name"`
	Home     string      `json:"home"`
	Score    float64     `json:"score"`
	Lines    []ScoreLine `json:"lines" nullable:"false"`
	Lacks    string      `json:"lacks" doc:"Why they cannot be chosen without an exception; empty: nothing"`
	Busy     string      `json:"busy" doc:"The place that they lead or stand in at already"`
}

// ScoreLine is one criterion.
type ScoreLine struct {
	Criterion string  `json:"criterion"`
	Text      Words   `json:"text"`
	Points    float64 `json:"points"`
	Of        float64 `json:"of"`
}

type leadsQuery struct {
	Under   string `query:"under"`
	Missing bool   `query:"missing" doc:"Only micro-grids without a lead or without a deputy"`
	Cursor  string `query:"cursor"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

type leadPick struct {
	Place string `path:"place"`
	Body  struct {
		Lead     string `json:"lead" maxLength:"60"`
		Deputy   string `json:"deputy,omitempty" maxLength:"60"`
		Adviser  string `json:"adviser,omitempty" maxLength:"60" doc:"A former lead who keeps a paper role; left out: as it is"`
		Reason   string `json:"reason" maxLength:"300"`
		Override bool   `json:"override,omitempty" doc:"Put them there for all they lack, with the reason"`
	}
}

func (s *Server) leadChoosing() {
	read(s, Op{ID: "lead-list", Path: "/leads", Action: access.HelperList, Summary: "Micro-grids with their lead and deputy; who has none first asked for"}, s.leadSeats)
	read(s, Op{ID: "lead-candidates", Path: "/leads/{place}", Action: access.HelperWrite, Summary: "Candidates for the lead of a micro-grid, by the criteria that the everyday playbook declares, line by line"},
		func(ctx context.Context, c *call, in *struct {
			Place string `path:"place"`
		}) (LeadChoice, error) {
			return s.leadChoice(ctx, c, in.Place)
		})
	write(s, Op{ID: "lead-choose", Path: "/leads/{place}", Action: access.HelperWrite, Summary: "Choose lead, deputy and adviser of a micro-grid, with the reason"}, s.chooseLead)
}

func (s *Server) leadSeats(ctx context.Context, c *call, in *leadsQuery) (Items[LeadSeat], error) {
	out := Items[LeadSeat]{Items: []LeadSeat{}}
	a, ranges, err := s.under(ctx, c, access.HelperList, in.Under)
	if err != nil {
		return out, err
	}
	from, err := offset(in.Cursor)
	if err != nil {
		return out, err
	}
	for _, r := range ranges {
		posts, err := s.Store.Posts(ctx, "", r.Top)
		if err != nil {
			return out, err
		}
		at := map[string][]people.Post{}
		for _, p := range posts {
			at[p.PlaceID] = append(at[p.PlaceID], p)
		}
		lo, hi := a.Span(r.Top)
		for i := lo; i < hi; i++ {
			spot := &a.Ground.Spots[i]
			p, ok := a.Place(spot.ID)
			if spot.Kind != territory.Microgrid || !ok {
				continue
			}
			seat := LeadSeat{PlaceID: p.ID, PlaceName: a.FullName(p.Path), Missing: []string{}}
			if err := s.seat(ctx, c, &seat, at[p.ID]); err != nil {
				return out, err
			}
			if in.Missing && len(seat.Missing) == 0 {
				continue
			}
			if out.Total++; out.Total > from && len(out.Items) < in.Limit {
				out.Items = append(out.Items, seat)
			}
		}
	}
	if out.Total > from+len(out.Items) {
		out.Next = offsetCursor(from + len(out.Items))
	}
	return out, nil
}

// seat fills in who sits where.
func (s *Server) seat(ctx context.Context, c *call, seat *LeadSeat, posts []people.Post) error {
	name := func(id string) (*LeadName, error) {
		h, ok, err := s.Store.Helper(ctx, id)
		if err != nil || !ok {
			return nil, err
		}
		return &LeadName{h.ID, h.Name, max(0, h.Age(c.now)), h.WorkPhone, h.PhoneUser}, nil
	}
	for _, p := range posts {
		if p.Incident != "" || !p.Until.IsZero() && !c.now.Before(p.Until) {
			continue
		}
		var err error
		switch {
		case p.Item == leadItem && seat.Lead == nil:
			if p.HelperID != "" {
				seat.Lead, err = name(p.HelperID)
			}
			if err == nil && p.DeputyID != "" {
				seat.Deputy, err = name(p.DeputyID)
			}
			seat.Reason = p.Reason
		case p.Item == adviserItem && seat.Adviser == nil && p.HelperID != "":
			seat.Adviser, err = name(p.HelperID)
		}
		if err != nil {
			return err
		}
	}
	if seat.Lead == nil {
		seat.Missing = append(seat.Missing, "lead")
	}
	if seat.Deputy == nil {
		seat.Missing = append(seat.Missing, "deputy")
	}
	return nil
}

// leadGround finds a micro-grid, the helpers of its community and the everyday posts
// that they hold.
func (s *Server) leadGround(ctx context.Context, c *call, placeID string) (*Atlas, *territory.Place, []people.Helper, []people.Post, error) {
	a, p, err := s.place(ctx, c, access.HelperWrite, placeID, "")
	if err != nil {
		return a, p, nil, nil, err
	}
	if p.Kind != territory.Microgrid {
		return a, p, nil, nil, people.ErrField.With("微网格", "只有微网格有网格长", "Micro-grid", "only a micro-grid has a lead")
	}
	top := p.Path
	if q := a.UpTo(p.Path, territory.Community); q != nil {
		top = q.Path
	}
	hs, err := s.Store.HelpersUnder(ctx, top)
	if err != nil {
		return a, p, nil, nil, err
	}
	if err := s.weigh(ctx, c, p.ID, p.Path, hs); err != nil {
		return a, p, nil, nil, err
	}
	posts, err := s.Store.Posts(ctx, "", "")
	return a, p, hs, posts, err
}

func (s *Server) everydayPost(id string) mode.PostItem {
	if b := s.Playbooks["normal"]; b != nil {
		if p, ok := b.Post(id); ok {
			return p
		}
	}
	return mode.PostItem{ID: id}
}

func (s *Server) leadChoice(ctx context.Context, c *call, placeID string) (LeadChoice, error) {
	a, p, hs, posts, err := s.leadGround(ctx, c, placeID)
	if err != nil {
		return LeadChoice{}, err
	}
	lead, adviser := s.everydayPost(leadItem), s.everydayPost(adviserItem)
	out := LeadChoice{LeadSeat: LeadSeat{PlaceID: p.ID, PlaceName: a.FullName(p.Path), Missing: []string{}}, Title: Words(lead.Title), Duty: Words(lead.Duty), Adviser2: Words(adviser.Duty), Candidates: []LeadCandidate{}}
	var here []people.Post
	busy := map[string]string{}
	for _, x := range posts {
		if x.PlaceID == p.ID {
			here = append(here, x)
		} else if x.Item == leadItem && (x.Until.IsZero() || c.now.Before(x.Until)) {
			busy[x.HelperID], busy[x.DeputyID] = a.FullName(x.Path), a.FullName(x.Path)
		}
	}
	if err := s.seat(ctx, c, &out.LeadSeat, here); err != nil {
		return out, err
	}
	var who []*people.Helper
	for i := range hs {
		if hs[i].Left.IsZero() && (hs[i].Kind == "volunteer" || hs[i].Kind == "cadre") {
			who = append(who, &hs[i])
		}
	}
	out.Of = len(who)
	way, err := s.wayTo(ctx, c, p.Path)
	if err != nil {
		return LeadChoice{}, err
	}
	for _, r := range people.Rank(who, lead, p.Path, c.now) {
		if busy[r.Helper.ID] != "" && len(out.Candidates) >= candidatesShown/2 {
			continue
		}
		if len(out.Candidates) == candidatesShown {
			break
		}
		x := LeadCandidate{HelperID: r.Helper.ID, Name: r.Helper.Name, Home: s.helper(c, a, *r.Helper, nil).PlaceName, Score: r.Score, Lines: []ScoreLine{}, Busy: busy[r.Helper.ID]}
		w := way(r.Helper.ID)
		if lacks := append(r.Lacks, w.Lacks(c.now)...); len(lacks) > 0 {
			t := people.LackText(lacks, nil)
			x.Lacks = c.say(t)
		}
		for _, l := range r.Lines {
			x.Lines = append(x.Lines, ScoreLine{l.Criterion, Words(l.Text), l.Points, l.Of})
		}
		out.Candidates = append(out.Candidates, x)
	}
	return out, nil
}

func (s *Server) chooseLead(ctx context.Context, c *call, in *leadPick) (LeadSeat, []journal.Change, error) {
	b := &in.Body
	a, p, hs, posts, err := s.leadGround(ctx, c, in.Place)
	if err != nil {
		return LeadSeat{}, nil, err
	}
	if b.Override {
		if err := s.may(c, access.PostOverride, p.Path); err != nil {
			return LeadSeat{}, nil, err
		}
	}
	lead, adviser := s.everydayPost(leadItem), s.everydayPost(adviserItem)
	way, err := s.wayTo(ctx, c, p.Path)
	if err != nil {
		return LeadSeat{}, nil, err
	}
	lacked := []people.Lack{}
	for _, x := range []struct {
		id   string
		item mode.PostItem
	}{{b.Lead, lead}, {b.Deputy, lead}, {b.Adviser, adviser}} {
		if x.id == "" {
			continue
		}
		at := slices.IndexFunc(hs, func(h people.Helper) bool { return h.ID == x.id })
		if at < 0 {
			return LeadSeat{}, nil, people.ErrNobody.With()
		}
		lacks := people.LacksThere(&hs[at], x.item.Require, way(x.id), c.now)
		if len(lacks) > 0 && !b.Override {
			t := people.LackText(lacks, nil)
			return LeadSeat{}, nil, people.ErrLacks.With(hs[at].Name, t.ZH, t.EN)
		}
		lacked = append(lacked, lacks...)
	}
	next, err := people.Appoint(people.Appointment{Lead: b.Lead, Deputy: b.Deputy, Adviser: b.Adviser, Reason: strings.TrimSpace(b.Reason)},
		people.Everyday{Lead: leadItem, LeadRole: lead.Role, Adviser: adviserItem, AdviserRole: adviser.Role}, p.ID, p.Path, posts, newIDs(c.now), c.now)
	var two *fault.Error
	if errors.As(err, &two) && errors.Is(err, people.ErrTwoPosts) { // said by name, not by id
		if at := slices.IndexFunc(hs, func(h people.Helper) bool { return len(two.Args) > 0 && h.ID == two.Args[0] }); at >= 0 {
			err = people.ErrTwoPosts.With(hs[at].Name)
		}
	}
	if err != nil {
		return LeadSeat{}, nil, err
	}
	verb, facts := "lead.chosen", map[string]string{"lead": b.Lead, "deputy": b.Deputy, "adviser": b.Adviser}
	if len(lacked) > 0 {
		verb, facts["lacks"] = "post.overridden", lackCodes(lacked)
	}
	var changes []journal.Change
	for i := range next {
		ch := journal.Change{Row: &next[i], Base: next[i].Version}
		if i == 0 {
			ch.Entry = c.entry(verb, "posts", next[i].ID, p.ID, p.Path, "work", facts)
		}
		changes = append(changes, ch)
	}
	out := LeadSeat{PlaceID: p.ID, PlaceName: a.FullName(p.Path), Missing: []string{}}
	if len(next) == 1 {
		for _, x := range posts {
			if x.PlaceID == p.ID && x.Item == adviserItem {
				next = append(next, x)
			}
		}
	}
	return out, changes, s.seat(ctx, c, &out, next)
}
