package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/people"
	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

type greetingSaid struct {
	ID   string `path:"id"`
	Body struct {
		Outcome string `json:"outcome" maxLength:"60" doc:"an outcome of the playbook's daily round"`
		How     string `json:"how" enum:"call,door"`
	}
}

type greetingPair struct {
	ID   string `path:"id"`
	Body struct {
		First  string `json:"first" maxLength:"60" doc:"helper who greets"`
		Second string `json:"second" maxLength:"60" doc:"helper who is asked when no greeting came"`
		Agreed bool   `json:"agreed" doc:"the resident wants to be greeted every day and lets these two have the number"`
	}
}

type greetingEnd struct {
	ID   string `path:"id"`
	Body struct {
		Why string `json:"why" enum:"objects,unneeded,moved"`
	}
}

func (s *Server) greetings() {
	read(s, Op{ID: "greeting-board", Path: "/places/{id}/greetings", Action: access.GreetingKeep, Summary: "Who is greeted today at a place and how far it is, and who has no pair; the look is recorded"}, s.greetingBoard)
	read(s, Op{ID: "greeting-who", Path: "/residents/{id}/greeters", Action: access.GreetingPair, Summary: "Helpers who may greet a resident every day, the nearest first, and what the others lack"}, s.greeters)
	write(s, Op{ID: "greeting-pair", Path: "/residents/{id}/greeting", Action: access.GreetingPair, Summary: "Choose the two who greet a resident every day"}, s.greetingPair)
	write(s, Op{ID: "greeting-end", Path: "/residents/{id}/greeting/end", Action: access.GreetingPair, Summary: "A resident is greeted no more, and why"}, s.greetingEnd)
	write(s, Op{ID: "greeting-say", Path: "/residents/{id}/greeting/say", Action: access.GreetingKeep, Summary: "How the greeting of a resident went, by whoever may see it"},
		func(ctx context.Context, c *call, in *greetingSaid) (GreetingRow, []journal.Change, error) {
			_, p, err := s.greeted(ctx, c, access.GreetingKeep, in.ID)
			if err != nil {
				return GreetingRow{}, nil, err
			}
			g, _, err := s.Store.Greeting(ctx, p.ID)
			if err != nil {
				return GreetingRow{}, nil, err
			}
			return s.greetingSaid(ctx, c, g, in)
		})
	s.ownGreetings()
}

// greeted finds a resident about whose greeting somebody may act; absent and hidden
// answer alike.
func (s *Server) greeted(ctx context.Context, c *call, action, id string) (*Atlas, register.Person, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, register.Person{}, err
	}
	p, ok, err := s.Store.Person(ctx, id, store.Clear{})
	if err != nil {
		return a, p, err
	}
	if !ok {
		return a, p, errNotHere(c)
	}
	return a, p, access.Hide(s.may(c, action, p.Path))
}

// dailyAt is the round at a place that is done every day; an error where the playbooks
// in force declare none.
func (s *Server) dailyAt(ctx context.Context, c *call, a *Atlas, p *territory.Place) (mode.RoundItem, error) {
	force, _, _, err := s.forceAt(ctx, c, a, p)
	if err != nil {
		return mode.RoundItem{}, err
	}
	rounds := force.DailyRounds()
	if len(rounds) == 0 {
		return mode.RoundItem{}, round.ErrUngreeted.With()
	}
	return rounds[len(rounds)-1], nil
}

// inGroup says whether a person is in one of the groups that are greeted. Their care is open.
func inGroup(d *round.Daily, p *register.Person) bool {
	return slices.ContainsFunc(p.Care, func(t register.Care) bool { return slices.Contains(d.Groups, t.Group) })
}

func (s *Server) greetingPair(ctx context.Context, c *call, in *greetingPair) (GreetingRow, []journal.Change, error) {
	b := &in.Body
	a, p, err := s.greeted(ctx, c, access.GreetingPair, in.ID)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	door, ok := a.Place(p.PlaceID)
	if !ok {
		return GreetingRow{}, nil, errNotHere(c)
	}
	item, err := s.dailyAt(ctx, c, a, door)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	open, _, err := s.Store.Person(ctx, p.ID, store.Clear{Care: true})
	if err != nil {
		return GreetingRow{}, nil, err
	}
	if !inGroup(item.Daily, &open) {
		return GreetingRow{}, nil, round.ErrGroup.With(strings.Join(item.Daily.Groups, " "))
	}
	was, _, err := s.Store.Greeting(ctx, p.ID)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	next, err := round.Pair(*item.Daily, was, b.First, b.Second, b.Agreed, c.viewer.Account(), c.now, zoneTime)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	next.PersonID, next.PlaceID, next.Path = p.ID, p.PlaceID, p.Path
	hs, err := s.greetersAt(ctx, c, a, door, &item)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	for _, id := range []string{b.First, b.Second} {
		i := slices.IndexFunc(hs, func(h people.Helper) bool { return h.ID == id })
		if i < 0 {
			return GreetingRow{}, nil, people.ErrNobody.With()
		}
		if lacks := people.Lacks(&hs[i], item.Greeters, c.now); len(lacks) > 0 {
			t := people.LackText(lacks, nil)
			return GreetingRow{}, nil, people.ErrLacks.With(hs[i].Name, t.ZH, t.EN)
		}
	}
	e := s.greetingEntry(c.now, c.viewer.Account(), &next, "paired", nil)
	w, err := s.greetingWire(ctx, c, a, &item, &next, p)
	return w, []journal.Change{{Row: &next, Base: was.Version, Entry: e}}, err
}

// greetersAt are the helpers of the community of a door, with what they cannot bear open
// where the playbook asks about it.
func (s *Server) greetersAt(ctx context.Context, c *call, a *Atlas, door *territory.Place, item *mode.RoundItem) ([]people.Helper, error) {
	top := door.Path
	if up := a.UpTo(door.Path, territory.Community); up != nil {
		top = up.Path
	}
	hs, err := s.Store.HelpersUnder(ctx, top)
	if err != nil || len(item.Greeters.Bears) == 0 {
		return hs, err
	}
	return hs, s.weigh(ctx, c, door.ID, door.Path, hs)
}

func (s *Server) greetingEnd(ctx context.Context, c *call, in *greetingEnd) (GreetingRow, []journal.Change, error) {
	_, p, err := s.greeted(ctx, c, access.GreetingPair, in.ID)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	was, _, err := s.Store.Greeting(ctx, p.ID)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	next, err := round.Stop(was, in.Body.Why, c.now)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	more, err := s.greetingCase(ctx, c, &next, "", "每日问候已经停止", "The daily greeting has ended")
	e := s.greetingEntry(c.now, c.viewer.Account(), &next, "ended", map[string]string{"why": next.Why})
	return GreetingRow{PersonID: p.ID, Stage: "ended"}, append([]journal.Change{{Row: &next, Base: was.Version, Entry: e}}, more...), err
}

// greetingEntry is the entry of an act on a greeting. Who hears of care hears of it.
func (s *Server) greetingEntry(now time.Time, by string, g *round.Greeting, verb string, facts map[string]string) journal.Entry {
	c := &call{now: now, viewer: access.NewViewer(by, nil, now)}
	return c.entry("greeting."+verb, "greetings", g.PersonID, g.PlaceID, g.Path, "sensitive", facts)
}

// greetingSaid takes down how a greeting went, by somebody who may say it.
func (s *Server) greetingSaid(ctx context.Context, c *call, was round.Greeting, in *greetingSaid) (GreetingRow, []journal.Change, error) {
	if was.Since.IsZero() {
		return GreetingRow{}, nil, round.ErrUngreeted.With()
	}
	a, err := s.ground(ctx)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	next, item, changes, err := s.greetNow(ctx, c, a, was, in.Body.Outcome, in.Body.How)
	if err != nil {
		return GreetingRow{}, nil, err
	}
	p, _, err := s.Store.Person(ctx, was.PersonID, store.Clear{})
	if err != nil {
		return GreetingRow{}, nil, err
	}
	w, err := s.greetingWire(ctx, c, a, &item, &next, p)
	return w, changes, err
}

// greetNow makes the rows of a greeting that was had, or got no answer, now; an empty
// outcome is the first good one. What its outcome names is opened; a good one ends what a
// missed one opened.
func (s *Server) greetNow(ctx context.Context, c *call, a *Atlas, was round.Greeting, outcome, how string) (round.Greeting, mode.RoundItem, []journal.Change, error) {
	p, ok := a.Place(was.PlaceID)
	if !ok {
		return was, mode.RoundItem{}, nil, errNotHere(c)
	}
	item, err := s.dailyAt(ctx, c, a, p)
	if err != nil {
		return was, item, nil, err
	}
	if i := slices.IndexFunc(item.Outcomes, func(o round.Outcome) bool { return o.Tone == "ok" }); outcome == "" && how == "fine" && i >= 0 {
		outcome = item.Outcomes[i].ID
	}
	next, o, err := round.Greet(*item.Daily, item.Outcomes, was, outcome, how, c.viewer.Account(), c.now, zoneTime)
	if err != nil {
		return was, item, nil, err
	}
	opens, _ := strings.CutPrefix(o.Opens, "case.")
	more, err := s.greetingCase(ctx, c, &next, opens, item.Title.ZH+"："+o.ZH, item.Title.EN+": "+o.EN)
	if err != nil {
		return was, item, nil, err
	}
	e := s.greetingEntry(c.now, c.viewer.Account(), &next, "said", map[string]string{"how": how})
	return next, item, append([]journal.Change{{Row: &next, Base: was.Version, Entry: e}}, more...), nil
}

// greetingCase brings the case of a greeting to what its outcome says: one that opens
// nothing ends the open case, one that opens the same leaves a note in it, any other
// opens its own. The greeting keeps the number of what it opened.
func (s *Server) greetingCase(ctx context.Context, c *call, g *round.Greeting, opens, zh, en string) ([]journal.Change, error) {
	said := c.say(mode.Text{ZH: zh, EN: en})
	var changes []journal.Change
	if k, ok, err := s.Store.Case(ctx, g.CaseID); err != nil {
		return nil, err
	} else if ok && k.Stage() != need.Closed {
		verb := need.Withdraw
		if k.Item == opens || k.Stage() == need.Answered {
			verb = need.Note
		}
		_, changes, err = s.moved(ctx, c, k, need.Act{Verb: verb, By: c.viewer.Account(), At: c.now, Noted: true, Words: said})
		if err != nil || verb == need.Note && opens != "" {
			return changes, err
		}
	}
	if opens == "" {
		return changes, nil
	}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	p, ok := a.Place(g.PlaceID)
	if !ok {
		return changes, nil
	}
	x, err := s.item(ctx, c, a, p, opens)
	if err != nil {
		return nil, err
	}
	k, more, err := s.openCase(ctx, c.now, c.viewer.Account(), a, x, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "round", PersonID: g.PersonID,
		OpenedBy: c.viewer.Account(), Noted: c.viewer.Account(), Words: said})
	g.CaseID = k.ID
	return append(changes, more...), err
}
