package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/oversight"
	"shouwang/internal/rule"
	"shouwang/internal/territory"
)

// WarningRule is a rule in force at a place, and how it was answered.
type WarningRule struct {
	ID       string         `json:"id"`
	Playbook string         `json:"playbook"`
	Title    Words          `json:"title"`
	About    string         `json:"about" enum:"household,case,needs,helper"`
	When     string         `json:"when" doc:"CEL over the figures of one subject"`
	Basis    Words          `json:"basis"`
	Reason   Words          `json:"reason" doc:"{name} is a figure"`
	Opens    string         `json:"opens" doc:"case item that one tap opens"`
	Sees     []string       `json:"sees" nullable:"false"`
	Quiet    string         `json:"quiet"`
	Own      bool           `json:"own" doc:"added by this place"`
	Changed  bool           `json:"changed" doc:"changed by this place"`
	Off      bool           `json:"off"`
	Version  string         `json:"version" doc:"names its content"`
	Done     int            `json:"done" doc:"answers of 90 days"`
	NotSo    int            `json:"not_so"`
	Lapsed   int            `json:"lapsed"`
	Why      map[string]int `json:"why" doc:"of not so"`
	Wolf     bool           `json:"wolf" doc:"five answers or more, half of them not so"`
}

type ruleBody struct {
	ID     string   `json:"id" maxLength:"40" pattern:"^[a-z][a-z0-9-]*$"`
	Title  Words    `json:"title"`
	About  string   `json:"about" enum:"household,case,needs,helper"`
	When   string   `json:"when" maxLength:"4000"`
	Basis  Words    `json:"basis"`
	Reason Words    `json:"reason"`
	Opens  string   `json:"opens,omitempty" maxLength:"40"`
	Sees   []string `json:"sees" nullable:"false" maxItems:"4"`
	Quiet  string   `json:"quiet" maxLength:"20"`
}

func (b *ruleBody) item() mode.WarningItem {
	t := func(w Words) mode.Text { return mode.Text{ZH: strings.TrimSpace(w.ZH), EN: strings.TrimSpace(w.EN)} }
	q, _ := mode.ParseSpan(b.Quiet)
	q.Text = b.Quiet
	return mode.WarningItem{ID: b.ID, Title: t(b.Title), About: b.About, When: strings.TrimSpace(b.When), Basis: t(b.Basis), Reason: t(b.Reason), Opens: b.Opens, Sees: b.Sees, Quiet: q}
}

type ruleTryInput struct {
	ID   string `path:"id"`
	Body ruleBody
}

type ruleSaveInput struct {
	ID   string `path:"id"`
	Body struct {
		Rule    ruleBody `json:"rule"`
		Off     bool     `json:"off,omitempty" doc:"switch it off here"`
		Because string   `json:"because" maxLength:"300"`
	}
}

// WarningTry is what a rule would raise today. Nothing of it is kept.
type WarningTry struct {
	Looked int       `json:"looked" doc:"subjects looked at"`
	Total  int       `json:"total" doc:"subjects it is true of; -1: fewer than five, and you may not see them"`
	Most   int       `json:"most" doc:"how many of one rule stand at most in one community"`
	Items  []Warning `json:"items" nullable:"false" doc:"the first fifty of those that you may see"`
}

func (s *Server) warningRules() {
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "warning-rules", Path: "/places/{id}/warning-rules", Action: access.WarningRead, Summary: "The warning rules in force at a place, and how each was answered"},
		func(ctx context.Context, c *call, in *byID) (Items[WarningRule], error) {
			a, p, err := s.named(ctx, c, access.WarningRead, in.ID)
			if err != nil {
				return Items[WarningRule]{Items: []WarningRule{}}, err
			}
			return s.rulesOf(ctx, c, a, p)
		})
	read(s, Op{ID: "warning-try", Method: http.MethodPost, Path: "/places/{id}/warning-try", Action: access.PlaybookOverride, Summary: "Try a warning rule on the records of today; nothing is kept"},
		func(ctx context.Context, c *call, in *ruleTryInput) (WarningTry, error) {
			a, p, err := s.rulePlace(ctx, c, in.ID)
			if err != nil {
				return WarningTry{Items: []Warning{}}, err
			}
			out, err := s.tryRule(ctx, c, a, p, in.Body.item())
			return out, err
		})
	write(s, Op{ID: "warning-save", Path: "/places/{id}/warning-rules", Action: access.PlaybookOverride, Summary: "Change, add or switch off a warning rule for a place and all below it"}, s.saveRule)
}

// rulePlace is where rules are written: a community or above it.
func (s *Server) rulePlace(ctx context.Context, c *call, key string) (*Atlas, *territory.Place, error) {
	a, p, err := s.named(ctx, c, access.PlaybookOverride, key)
	if err != nil {
		return nil, nil, err
	}
	if up := a.UpTo(p.Path, territory.Community); up != nil && up.ID != p.ID {
		return s.place(ctx, c, access.PlaybookOverride, up.ID, "")
	}
	return a, p, nil
}

func (s *Server) rulesOf(ctx context.Context, c *call, a *Atlas, p *territory.Place) (Items[WarningRule], error) {
	out := Items[WarningRule]{Items: []WarningRule{}}
	force, _, rows, err := s.forceAt(ctx, c, a, p)
	if err != nil {
		return out, err
	}
	ws, err := s.Store.WarningsUnder(ctx, p.Path, c.now.AddDate(0, 0, -usefulDays))
	if err != nil {
		return out, err
	}
	use, here := oversight.Tally(ws), map[string]bool{}
	wire := func(x *mode.WarningItem, book string) WarningRule {
		u := use[x.ID]
		r := WarningRule{ID: x.ID, Playbook: book, Title: words(x.Title), About: x.About, When: x.When, Basis: words(x.Basis), Reason: words(x.Reason), Opens: x.Opens,
			Sees: append([]string{}, x.Sees...), Quiet: x.Quiet.Text, Own: x.Added == p.Path, Version: x.Print()[:8], Done: u.Done, NotSo: u.NotSo, Lapsed: u.Lapsed, Why: u.Why, Wolf: u.Wolf()}
		for _, o := range rows {
			r.Changed = r.Changed || o.PlaceID == p.ID && o.Playbook == book && strings.HasPrefix(o.Key, "warnings."+x.ID+".")
		}
		return r
	}
	for _, x := range force.Rules() {
		here[x.ID] = true
		out.Items = append(out.Items, wire(&x.WarningItem, x.Book.ID))
	}
	for _, b := range force { // what is switched off here can be switched on again
		whole, err := s.current(ctx, b.ID)
		if err != nil {
			return out, err
		}
		for _, x := range whole.Warnings {
			if !here[x.ID] {
				here[x.ID] = true
				r := wire(&x, b.ID)
				r.Off = true
				out.Items = append(out.Items, r)
			}
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

// tryRule says what a rule would raise today.
func (s *Server) tryRule(ctx context.Context, c *call, a *Atlas, p *territory.Place, x mode.WarningItem) (out WarningTry, err error) {
	out = WarningTry{Items: []Warning{}, Most: oversight.MaxStanding}
	x, issues := x.Compiled()
	if len(issues) > 0 {
		return out, oversight.ErrWhen.With(issues[0].Column, issues[0].Message).At("when")
	}
	if name, ok := x.Worded(); !ok {
		return out, oversight.ErrReasonText.With(name).At("reason")
	}
	book, err := s.current(ctx, "normal")
	if err != nil {
		return out, err
	}
	in := mode.InForce{WarningItem: x, Book: book}
	hidden := 0
	for _, q := range communitiesUnder(a, p.Path) {
		g, err := s.figuresAt(ctx, c, a, q)
		if err != nil {
			return out, err
		}
		found, err := g.raised(&x)
		if rule.TooCostly(err) {
			return out, oversight.ErrCostly.With().Because(err).At("when")
		}
		if err != nil {
			return out, oversight.ErrWhen.With(1, strings.TrimPrefix(err.Error(), "rule: ")).Because(err).At("when")
		}
		out.Total += len(found)
		for _, t := range g.subjects {
			if t.about == x.About {
				out.Looked++
			}
		}
		for _, t := range found {
			may, err := s.warnedOf(ctx, c, &x, t.about, t.id, t.path)
			if err != nil {
				return out, err
			}
			if !may {
				hidden++
			} else if len(out.Items) < 50 {
				out.Items = append(out.Items, s.saidOf(ctx, a, &in, t.about, t.id, t.placeID, t.path, t.figures))
			}
		}
	}
	if hidden > 0 && out.Total < 5 { // so few would point at somebody
		out.Total = -1
	}
	return out, nil
}

func (s *Server) saveRule(ctx context.Context, c *call, in *ruleSaveInput) (WarningRule, []journal.Change, error) {
	none := WarningRule{}
	a, p, err := s.rulePlace(ctx, c, in.ID)
	if err != nil {
		return none, nil, err
	}
	x := in.Body.Rule.item()
	now, err := s.rulesOf(ctx, c, a, p)
	if err != nil {
		return none, nil, err
	}
	i := slices.IndexFunc(now.Items, func(r WarningRule) bool { return r.ID == x.ID })
	book, own := "normal", i < 0 || now.Items[i].Own
	if i >= 0 {
		book = now.Items[i].Playbook
	} else if in.Body.Off {
		return none, nil, oversight.ErrNoRule.With(x.ID)
	}
	if !in.Body.Off {
		if _, err := s.tryRule(ctx, c, a, p, x); err != nil {
			return none, nil, err
		}
	}
	g, err := s.pageAt(ctx, c, access.PlaybookOverride, book, p.ID, "")
	if err != nil {
		return none, nil, err
	}
	var drafts []mode.Draft
	if !in.Body.Off || !own { // what a place added it takes back by ending it
		text, err := mode.RulePage(g.base, x, own, in.Body.Off, strings.TrimSpace(in.Body.Because))
		if err != nil {
			return none, nil, err
		}
		var wrong []mode.Problem
		if drafts, wrong = mode.ReadOverrides(g.base, p.Path, g.facts, text); len(wrong) > 0 {
			w := wrong[0]
			return none, nil, ErrPage.With(len(wrong), w.Line, w.Column, w.Code, w.Text(c.lang)).At("rule")
		}
	}
	var mine []mode.Override // the place's other changes stay as they are
	for _, o := range g.rows {
		if o.Key == "warnings."+x.ID || strings.HasPrefix(o.Key, "warnings."+x.ID+".") {
			mine = append(mine, o)
		}
	}
	changes, err := s.publishRule(ctx, c, g, mine, drafts)
	return WarningRule{ID: x.ID, Playbook: book, Title: words(x.Title), About: x.About, When: x.When, Basis: words(x.Basis), Reason: words(x.Reason), Opens: x.Opens,
		Sees: append([]string{}, x.Sees...), Quiet: x.Quiet.Text, Own: own, Changed: !own, Off: in.Body.Off, Version: x.Print()[:8]}, changes, err
}

// publishRule makes the rows of a changed rule.
func (s *Server) publishRule(ctx context.Context, c *call, g *pageOf, mine []mode.Override, drafts []mode.Draft) ([]journal.Change, error) {
	if taken, err := s.takenElsewhere(ctx, g, drafts); err != nil || taken.Key != "" {
		if err == nil {
			err = ErrPage.With(1, 1, 1, mode.ErrTwice.Code, mode.ErrTwice.With(taken.Key).Text(c.lang)).At("rule")
		}
		return nil, err
	}
	fresh, ended := mode.Publish(mine, drafts, func(o *mode.Override) {
		o.ID, o.PlaceID, o.Author, o.At = journal.NewID(c.now), g.place.ID, c.viewer.Account(), c.now
	})
	var changes []journal.Change
	for i := range fresh {
		o := fresh[i]
		o.Version = 0
		changes = append(changes, journal.Change{Row: &o, Entry: s.overrideEntry(c, g.place, "override.made", o)})
	}
	for i := range ended {
		o := ended[i]
		o.Ended, o.EndedBy = c.now, c.viewer.Account()
		changes = append(changes, journal.Change{Row: &o, Base: o.Version, Entry: s.overrideEntry(c, g.place, "override.ended", o)})
	}
	if len(fresh) == 0 {
		return changes, nil
	}
	rely, err := s.rely(ctx, g.book, c, g.place.ID, g.place.Path)
	return append(changes, rely...), err
}
