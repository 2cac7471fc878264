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
	"shouwang/internal/oversight"
	"shouwang/internal/rule"
	"shouwang/internal/territory"
)

// Pace of warnings: over how many days needs are counted, how long answers count for
// the usefulness of a rule, and for how long figures once reckoned are shown.
const (
	needsDays   = 7
	usefulDays  = 90
	figuresHold = 5 * time.Second
)

// seenSubject is what a rule may be true of, with its figures.
type seenSubject struct {
	about, id     string
	placeID, path string
	figures       mode.Figures
}

// seenCommunity is every subject of one community as it was at a time.
type seenCommunity struct {
	at       time.Time
	seq      int64
	subjects []seenSubject
}

// figuresOf finds the figures of a warning's subject.
func (g *seenCommunity) figuresOf(w *oversight.Warning) (mode.Figures, bool) {
	for i := range g.subjects {
		if x := &g.subjects[i]; x.about == w.About && x.id == w.Subject {
			return x.figures, true
		}
	}
	return nil, false
}

func days(from, now time.Time) int64 {
	if from.IsZero() {
		return -1
	}
	return int64(max(now.Sub(from), 0) / (24 * time.Hour))
}

// figuresAt gathers the subjects of a community. What was told in confidence is never
// among them, and nothing sealed is opened.
func (s *Server) figuresAt(ctx context.Context, c *call, a *Atlas, p *territory.Place) (*seenCommunity, error) {
	s.mu.Lock()
	g := s.noted[p.ID]
	s.mu.Unlock()
	age := time.Hour
	if g != nil && !c.now.Before(g.at) {
		age = c.now.Sub(g.at)
	}
	if age < figuresHold || age < time.Minute && g.seq == s.Store.Last() {
		return g, nil
	}
	g = &seenCommunity{at: c.now, seq: s.Store.Last()}
	cases, err := s.Store.CasesEnded(ctx, p.Path, c.now.AddDate(0, 0, -needsDays))
	if err != nil {
		return nil, err
	}
	now, err := s.queueNow(ctx)
	if err != nil {
		return nil, err
	}
	now.under(p.Path, func(x *slot, inside bool) {
		if inside {
			cases = append(cases, x.Case)
		}
	})
	asked := g.ofCases(a, cases, c.now)
	doors, err := s.Store.DoorStates(ctx, p.Path)
	if err != nil {
		return nil, err
	}
	for id, d := range doors {
		door, ok := a.Place(id)
		if !ok {
			continue
		}
		last := d.Seen
		for _, t := range []time.Time{d.Verified, asked[id]} {
			if t.After(last) {
				last = t
			}
		}
		g.subjects = append(g.subjects, seenSubject{mode.AboutHousehold, id, id, door.Path,
			mode.HouseholdFigures{People: d.People, Vulnerable: d.Cared, DaysSilent: days(last, c.now), DaysUnconfirmed: days(d.Verified, c.now)}})
	}
	helpers, err := s.Store.HelpersUnder(ctx, p.Path)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(helpers))
	for _, h := range helpers {
		ids = append(ids, h.ID)
	}
	rest, err := s.restOf(ctx, c, ids)
	if err != nil {
		return nil, err
	}
	for _, h := range helpers {
		if h.Left.IsZero() {
			g.subjects = append(g.subjects, seenSubject{mode.AboutHelper, h.ID, h.PlaceID, h.Path, mode.HelperFigures{NeedsRest: len(rest[h.ID]) > 0, Why: rest[h.ID]}})
		}
	}
	s.mu.Lock()
	s.noted[p.ID] = g
	s.mu.Unlock()
	return g, nil
}

// ofCases adds open cases and the like needs of each building, and returns when a case
// was last opened at each door.
func (g *seenCommunity) ofCases(a *Atlas, cases []*need.Case, now time.Time) map[string]time.Time {
	type kind struct{ house, item string }
	counts, doors, asked := map[kind]int64{}, map[kind]map[string]bool{}, map[string]time.Time{}
	for _, k := range cases {
		if k.Opened.After(asked[k.PlaceID]) {
			asked[k.PlaceID] = k.Opened
		}
		if st := k.Stage(); st != need.Closed && st != need.Answered {
			late := int64(0)
			if k.Late(now) {
				late = int64(now.Sub(k.Due)/time.Hour) + 1
			}
			g.subjects = append(g.subjects, seenSubject{mode.AboutCase, k.ID, k.PlaceID, k.Path, mode.CaseFigures{Item: k.Item, Stage: string(st), Taken: k.Holder != "",
				HoursLate: late, HoursSilent: int64(max(now.Sub(k.Stepped), 0) / time.Hour), Climbed: int64(k.Level)}})
		}
		if h := a.House(k.Path); h != nil && now.Sub(k.Opened) <= needsDays*24*time.Hour {
			at := kind{h.ID, k.Item}
			if counts[at]++; doors[at] == nil {
				doors[at] = map[string]bool{}
			}
			doors[at][k.PlaceID] = true
		}
	}
	for at, n := range counts {
		h, _ := a.Place(at.house)
		g.subjects = append(g.subjects, seenSubject{mode.AboutNeeds, at.house + "|" + at.item, at.house, h.Path, mode.NeedsFigures{Item: at.item, Count: n, Doors: int64(len(doors[at]))}})
	}
	return asked
}

// raised are the subjects of a community about which a rule is true. An error is the
// rule's own: it is raised about nobody then.
func (g *seenCommunity) raised(x *mode.WarningItem) (out []seenSubject, err error) {
	for _, t := range g.subjects {
		if t.about != x.About {
			continue
		}
		yes, err := x.Holds(t.figures)
		if err != nil {
			return nil, err
		}
		if yes {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b seenSubject) int { return strings.Compare(a.path+a.id, b.path+b.id) })
	return out, nil
}

// long is how long something has been so, or how many it is: the longest is told first.
func long(f mode.Figures) int64 {
	switch v := f.(type) {
	case mode.HouseholdFigures:
		return v.DaysSilent
	case mode.CaseFigures:
		return max(v.HoursLate, v.HoursSilent)
	case mode.NeedsFigures:
		return v.Count
	}
	return 0 // helpers are told of one at a time, in no order
}

// communitiesUnder are the communities at or below a path, or the one it lies in.
func communitiesUnder(a *Atlas, path string) (out []*territory.Place) {
	if up := a.UpTo(path, territory.Community); up != nil {
		return []*territory.Place{up}
	}
	lo, hi := a.Span(path)
	for i := lo; i < hi; i++ {
		if a.Places[i].Kind == territory.Community {
			out = append(out, &a.Places[i])
		}
	}
	return out
}

// stirring are the things whose change may make a warning true or end one.
var stirring = []string{"cases", "targets", "persons", "households", "services", "shifts", "helpers", "overrides", "adoptions", "incidents", "places"}

// Stirred says whether anything that warnings lean on changed after a position of the
// journal, and where the journal ends now.
func (s *Server) Stirred(ctx context.Context, after int64) (last int64, yes bool, err error) {
	if last = s.Store.Last(); last <= after {
		return last, false, nil
	}
	err = s.Store.Marks(ctx, after, last, func(thing, _, act string) {
		yes = yes || act != "" || slices.Contains(stirring, thing)
	})
	return last, yes, err
}

// WarnByClock makes, for each community, the rows of what its rules raise and what is no
// longer true; none where nothing changed. The entry names rules and numbers, nobody.
func (s *Server) WarnByClock(ctx context.Context, now time.Time, by string) (out [][]journal.Change, err error) {
	c := &call{now: now, lang: "zh", viewer: access.NewViewer(by, nil, now)}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	for i := range a.Places {
		p := &a.Places[i]
		if p.Kind != territory.Community {
			continue
		}
		changes, err := s.warn(ctx, c, a, p)
		if err != nil {
			return out, err
		}
		if len(changes) > 0 {
			out = append(out, changes)
		}
	}
	return out, nil
}

func (s *Server) warn(ctx context.Context, c *call, a *Atlas, p *territory.Place) ([]journal.Change, error) {
	force, _, _, err := s.forceAt(ctx, c, a, p)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	delete(s.noted, p.ID) // what is written is reckoned from the records as they are
	s.mu.Unlock()
	g, err := s.figuresAt(ctx, c, a, p)
	if err != nil {
		return nil, err
	}
	var hits []oversight.Hit
	longest := time.Duration(0)
	for _, x := range force.Rules() {
		found, err := g.raised(&x.WarningItem)
		if err != nil {
			s.Log.Warn("a warning rule could not be reckoned", "rule", x.ID, "place", p.ID, "costly", rule.TooCostly(err))
			continue
		}
		longest = max(longest, x.Quiet.Length())
		for _, t := range found {
			hits = append(hits, oversight.Hit{Rule: x.ID, Print: x.Print(), About: x.About, Subject: t.id, PlaceID: t.placeID, Path: t.path, Long: long(t.figures), Quiet: x.Quiet.Length()})
		}
	}
	have, err := s.Store.WarningsUnder(ctx, p.Path, c.now.Add(-longest))
	if err != nil {
		return nil, err
	}
	changed := oversight.Fold(have, hits, c.now)
	if len(changed) == 0 {
		return nil, nil
	}
	told := map[string]int{}
	for i := range changed {
		if changed[i].Lapsed.IsZero() && changed[i].Version == 0 {
			told["raised"]++
		} else if !changed[i].Lapsed.IsZero() {
			told["lapsed"]++
		}
	}
	e := c.entry("warning.reckoned", "warnings", p.ID, p.ID, p.Path, "work", told)
	changes := make([]journal.Change, 0, len(changed))
	for i := range changed {
		w := changed[i]
		ch := journal.Change{Row: &w, Base: w.Version}
		if i == 0 {
			ch.Entry = e
		}
		changes = append(changes, ch)
	}
	return changes, nil
}
