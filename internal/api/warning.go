package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/oversight"
	"shouwang/internal/territory"
)

// Warning is one thing worth a look, with its reason and what one tap does.
type Warning struct {
	ID        string `json:"id"`
	Rule      string `json:"rule"`
	Title     Words  `json:"title"`
	About     string `json:"about" enum:"household,case,needs,helper"`
	Subject   string `json:"subject" doc:"id of the door, case or helper; of the building for needs"`
	Name      string `json:"name" doc:"of a helper, or the number of a case"`
	Item      Words  `json:"item" doc:"which need, for a case or needs"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Reason    Words  `json:"reason" doc:"with the figures of now"`
	Basis     Words  `json:"basis"`
	Since     string `json:"since"`
	Opens     Words  `json:"opens" doc:"the case that one tap opens; empty: the tap opens the subject"`
	Quiet     string `json:"quiet" doc:"how long the subject is left alone after an answer"`
}

// WarningAnswer is a warning after its answer.
type WarningAnswer struct {
	ID     string `json:"id"`
	Answer string `json:"answer"`
	CaseID string `json:"case_id" doc:"the case that was opened"`
}

type warningListInput struct {
	Under string `query:"under" maxLength:"60"`
}

type warningAnswerInput struct {
	ID   string `path:"id"`
	Body struct {
		Answer string `json:"answer" enum:"act,done,not-so" doc:"act: open the case that the rule offers"`
		Why    string `json:"why,omitempty" enum:",wrong-record,known,arranged,too-early" doc:"of not-so"`
	}
}

func (s *Server) warnings() {
	read(s, Op{ID: "warning-list", Path: "/warnings", Action: access.WarningRead, Summary: "Today's warnings about subjects that you may see, each with its reason"}, s.warningList)
	write(s, Op{ID: "warning-answer", Path: "/warnings/{id}/answer", Action: access.WarningRead, Summary: "Answer a warning: open the case it offers, done, or not so with a reason"}, s.warningAnswer)
	s.warningRules()
}

// warnedOf says whether the caller is one of those whom a rule tells, and may see the
// subject anyway.
func (s *Server) warnedOf(ctx context.Context, c *call, x *mode.WarningItem, about, subject, path string) (bool, error) {
	roles := c.viewer.RolesAt(path, c.emerg)
	if s.may(c, access.WarningRead, path) != nil || !slices.ContainsFunc(roles, func(r access.Role) bool { return x.Tells(string(r)) }) {
		return false, nil
	}
	right := map[string]string{mode.AboutHousehold: access.ResidentRead, mode.AboutNeeds: access.CaseRead, mode.AboutHelper: access.HelperList, mode.AboutCase: access.CaseRead}[about]
	if about != mode.AboutCase {
		return s.may(c, right, path) == nil, nil
	}
	k, ok, err := s.Store.Case(ctx, subject)
	return ok && k.Only == "" && s.knows(c, &k, nil, nil), err
}

// ruledAt is the rules in force in each community, found once for a request.
type ruledAt map[string]map[string]mode.InForce

func (s *Server) ruleAt(ctx context.Context, c *call, a *Atlas, p *territory.Place, id string, known ruledAt) (mode.InForce, bool, error) {
	m, ok := known[p.ID]
	if !ok {
		force, _, _, err := s.forceAt(ctx, c, a, p)
		if err != nil {
			return mode.InForce{}, false, err
		}
		m = map[string]mode.InForce{}
		for _, x := range force.Rules() {
			m[x.ID] = x
		}
		known[p.ID] = m
	}
	x, ok := m[id]
	return x, ok, nil
}

func (s *Server) warningList(ctx context.Context, c *call, in *warningListInput) (Items[Warning], error) {
	out := Items[Warning]{Items: []Warning{}}
	if c.viewer.Account() == "" {
		return out, access.ErrSignIn.With()
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	top := ""
	if in.Under != "" {
		p, ok := a.Place(in.Under)
		if !ok {
			return out, nil
		}
		top = p.Path
	}
	known, seen := ruledAt{}, map[string]bool{}
	for _, r := range s.scope(c, access.WarningRead) {
		path := r.Top
		if top != "" && territory.Inside(top, path) {
			path = top
		} else if top != "" && !territory.Inside(path, top) {
			continue
		}
		ws, err := s.Store.WarningsUnder(ctx, path, c.now.AddDate(1, 0, 0))
		if err != nil {
			return out, err
		}
		for i := range ws {
			w, ok, err := s.warningWire(ctx, c, a, &ws[i], known)
			if err != nil {
				return out, err
			}
			if ok && !seen[w.ID] {
				seen[w.ID] = true
				out.Items = append(out.Items, w)
			}
		}
	}
	slices.SortStableFunc(out.Items, func(x, y Warning) int {
		return cmp.Or(cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.PlaceName, y.PlaceName), cmp.Compare(x.ID, y.ID))
	})
	out.Total = len(out.Items)
	return out, nil
}

// warningWire is a standing warning with the figures of now; ok is false where the caller
// is not told or it is no longer true.
func (s *Server) warningWire(ctx context.Context, c *call, a *Atlas, w *oversight.Warning, known ruledAt) (out Warning, ok bool, err error) {
	p := a.UpTo(w.Path, territory.Community)
	if !w.Open() || p == nil {
		return out, false, nil
	}
	x, ok, err := s.ruleAt(ctx, c, a, p, w.Rule, known)
	if err != nil || !ok {
		return out, false, err
	}
	if ok, err = s.warnedOf(ctx, c, &x.WarningItem, w.About, w.Subject, w.Path); err != nil || !ok {
		return out, false, err
	}
	g, err := s.figuresAt(ctx, c, a, p)
	if err != nil {
		return out, false, err
	}
	f, ok := g.figuresOf(w)
	if !ok {
		return out, false, nil
	}
	if yes, err := x.Holds(f); err != nil || !yes {
		return out, false, nil //nolint:nilerr // a rule in error says nothing
	}
	out = s.saidOf(ctx, a, &x, w.About, w.Subject, w.PlaceID, w.Path, f)
	out.ID, out.Since, out.Quiet = w.ID, stamp(w.Since), x.Quiet.Text
	return out, true, nil
}

// saidOf is what a rule says about a subject.
func (s *Server) saidOf(ctx context.Context, a *Atlas, x *mode.InForce, about, subject, placeID, path string, f mode.Figures) Warning {
	out := Warning{Rule: x.ID, Title: words(x.Title), About: about, Subject: subject, PlaceID: placeID, PlaceName: a.FullName(path), Reason: words(x.Say(f)), Basis: words(x.Basis)}
	if item, ok := x.Book.Case(x.Opens); ok && x.Opens != "" {
		out.Opens = words(item.Title)
	}
	title := func(id string) Words {
		if k, ok := x.Book.Case(id); ok {
			return words(k.Title)
		}
		return Words{id, id}
	}
	switch v := f.(type) {
	case mode.CaseFigures:
		out.Item = title(v.Item)
		if k, ok, err := s.Store.Case(ctx, subject); err == nil && ok {
			out.Name = k.Number
		}
	case mode.NeedsFigures:
		out.Item, out.Subject = title(v.Item), strings.SplitN(subject, "|", 2)[0]
	case mode.HelperFigures:
		if hs, err := s.Store.Helpers(ctx, []string{subject}); err == nil && len(hs) > 0 {
			out.Name = hs[0].Name
		}
		if up := a.UpTo(path, territory.Community); up != nil { // where they live is not the matter
			out.PlaceID, out.PlaceName = up.ID, a.FullName(up.Path)
		}
	}
	return out
}

func (s *Server) warningAnswer(ctx context.Context, c *call, in *warningAnswerInput) (WarningAnswer, []journal.Change, error) {
	none := WarningAnswer{}
	w, ok, err := s.Store.Warning(ctx, in.ID)
	if err != nil {
		return none, nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return none, nil, err
	}
	p := a.UpTo(w.Path, territory.Community)
	if !ok || p == nil {
		return none, nil, errNotHere(c)
	}
	x, ok, err := s.ruleAt(ctx, c, a, p, w.Rule, ruledAt{})
	if err != nil || !ok {
		return none, nil, cmp.Or(err, errNotHere(c))
	}
	if ok, err = s.warnedOf(ctx, c, &x.WarningItem, w.About, w.Subject, w.Path); err != nil || !ok {
		return none, nil, cmp.Or(err, errNotHere(c))
	}
	answer := in.Body.Answer
	if answer == "act" {
		answer = oversight.Done
	}
	if w, err = oversight.Respond(w, answer, in.Body.Why, c.viewer.Account(), c.now); err != nil {
		return none, nil, err
	}
	var more []journal.Change
	if in.Body.Answer == "act" {
		var k need.Case
		if k, more, err = s.warnedCase(ctx, c, a, &x, &w); err != nil {
			return none, nil, err
		}
		w.Opened = k.ID
	}
	facts := map[string]string{"rule": w.Rule, "answer": w.Answer, "why": w.Why}
	e := c.entry("warning.answered", "warnings", w.ID, p.ID, p.Path, "work", facts) // of the community: the subject is nobody else's business
	return WarningAnswer{w.ID, w.Answer, w.Opened}, append([]journal.Change{{Row: &w, Base: w.Version, Entry: e}}, more...), nil
}

// warnedCase opens the case that a rule offers, with its reason as the words.
func (s *Server) warnedCase(ctx context.Context, c *call, a *Atlas, x *mode.InForce, w *oversight.Warning) (need.Case, []journal.Change, error) {
	if x.Opens == "" {
		return need.Case{}, nil, oversight.ErrNoTap.With()
	}
	_, p, err := s.place(ctx, c, access.CaseOpen, w.PlaceID, "")
	if err != nil {
		return need.Case{}, nil, err
	}
	item, err := s.item(ctx, c, a, p, x.Opens)
	if err != nil {
		return need.Case{}, nil, err
	}
	reason := x.Title
	if g, err := s.figuresAt(ctx, c, a, a.UpTo(p.Path, territory.Community)); err == nil {
		if f, ok := g.figuresOf(w); ok {
			reason = x.Say(f)
		}
	}
	said := reason.ZH
	if c.lang == "en" {
		said = reason.EN
	}
	return s.openCase(ctx, c.now, c.viewer.Account(), a, item, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "desk", OpenedBy: c.viewer.Account(), Noted: c.viewer.Account(), Words: said})
}
