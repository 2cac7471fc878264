package api

import (
	"context"
	"sort"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/store"
)

// Reason is one step of an explanation.
type Reason struct {
	Code string `json:"code"`
	Met  bool   `json:"met"`
	Text Words  `json:"text"`
}

// Clock is one measure in force with its release clock: why, on what basis, until
// when at the latest, when it may end earlier and what is missing for that.
type Clock struct {
	Measure    string   `json:"measure"`
	Incident   string   `json:"incident"`
	Of         string   `json:"incident_title"`
	Zone       string   `json:"zone"`
	Title      Words    `json:"title"`
	Rule       Words    `json:"rule"`
	Evacuate   bool     `json:"evacuate"`
	First      bool     `json:"first" doc:"the one to be followed where several meet"`
	Basis      string   `json:"basis"`
	Author     string   `json:"author"`
	From       string   `json:"from"`
	Until      string   `json:"until"`
	PlaceID    string   `json:"place_id"`
	PlaceName  string   `json:"place_name"`
	Doors      int      `json:"doors" doc:"doors for which it is the one to be followed"`
	Release    string   `json:"release" doc:"the rule as the playbook writes it; empty: only a person ends it early"`
	May        bool     `json:"may" doc:"all conditions are met: proposed to an officer, nothing ends by it"`
	Earliest   string   `json:"earliest"`
	AfterRound bool     `json:"after_round" doc:"earliest counts on the rounds being finished by then"`
	Reasons    []Reason `json:"reasons" nullable:"false"`
}

// reckoned is the clocks of everything in force, kept until a zone, an incident or
// a fact changes, and for a few seconds while rounds go on.
type reckoned struct {
	facts  int64
	until  time.Time
	force  *inForce
	ground *Atlas
	all    *mode.Reckoning
	titles map[string]string
}

func (s *Server) clocks() {
	read(s, Op{ID: "clock-list", Path: "/incidents/{id}/clocks", Action: access.IncidentRead, Summary: "Release clocks of an incident's measures; those that may be released first"},
		func(ctx context.Context, c *call, in *incidentID) (Items[Clock], error) {
			out := Items[Clock]{Items: []Clock{}}
			i, err := s.incident(ctx, c, access.IncidentRead, in.ID)
			if err != nil {
				return out, err
			}
			r, err := s.reckoning(ctx, c)
			if err != nil {
				return out, err
			}
			scope := s.scope(c, access.PlaceRead)
			for k := range r.all.Clocks {
				if x := &r.all.Clocks[k]; x.Measure.Incident == i.ID && meets(scope, x.Measure.Path) {
					out.Items = append(out.Items, s.clockWire(ctx, c, r, x, r.all.Doors[k]))
				}
			}
			sort.SliceStable(out.Items, func(a, b int) bool { return out.Items[a].May && !out.Items[b].May })
			out.Total = len(out.Items)
			return out, nil
		})
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "clock-place", Path: "/places/{id}/clocks", Action: access.PlaceRead, Summary: "What holds at a place: each measure with why, basis, end and earliest release"},
		func(ctx context.Context, c *call, in *byID) (Items[Clock], error) {
			out := Items[Clock]{Items: []Clock{}}
			a, p, err := s.place(ctx, c, access.PlaceRead, in.ID, "")
			if err != nil {
				return out, err
			}
			r, err := s.reckoning(ctx, c)
			if err != nil {
				return out, err
			}
			out.Items = s.clocksAt(ctx, c, r, a, p.ID)
			out.Total = len(out.Items)
			return out, nil
		})
	s.facts()
	s.replays()
	s.exemptions()
	s.perimeter()
}

// reckonedFor is how long the clocks may lag behind the outcomes of a running round.
const reckonedFor = 3 * time.Second

// clocksAt lists what holds at a place, the one to be followed first.
func (s *Server) clocksAt(ctx context.Context, c *call, r *reckoned, a *Atlas, placeID string) []Clock {
	out := []Clock{}
	k, ok := a.byID[placeID]
	if !ok || r.ground != a {
		return out
	}
	list := r.all.At(k)
	for n, x := range list {
		w := s.clockWire(ctx, c, r, x, 0)
		w.First = n == 0
		if n > 0 {
			b := x.Beside(list[0])
			w.Reasons = append(w.Reasons, Reason{b.Code, b.Met, words(b.Text)})
		}
		out = append(out, w)
	}
	return out
}

// meets says whether a place lies in the scope, or above a part of it.
func meets(scope access.Ranges, path string) bool {
	return scope.Contains(path) || len(scope.Under(path)) > 0
}

// reckoning returns the clocks of all that is in force.
func (s *Server) reckoning(ctx context.Context, c *call) (*reckoned, error) {
	n := s.factN.Load()
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	r := s.ticking
	s.mu.Unlock()
	if r != nil && r.facts == n && r.force == f && r.ground == a && c.now.Before(r.until) {
		return r, nil
	}
	r = &reckoned{facts: n, until: c.now.Add(reckonedFor), force: f, ground: a, titles: map[string]string{}}
	var facts []mode.Fact
	done := map[string]map[string]mode.Reach{}
	for _, d := range f.decls {
		i, _, err := s.Store.Incident(ctx, d.Incident)
		if err != nil {
			return nil, err
		}
		r.titles[d.Incident] = i.Title
		fs, err := s.Store.Facts(ctx, d.Incident, false)
		if err != nil {
			return nil, err
		}
		facts = append(facts, fs...)
		if done[d.Incident], err = s.progress(ctx, d.Incident, f.field); err != nil {
			return nil, err
		}
	}
	r.all = mode.Reckon(a.Ground, f.measures, facts, func(m *mode.Measure) mode.Reach { return done[m.Incident][m.ID] }, f.book, c.now)
	s.mu.Lock()
	s.ticking = r
	s.mu.Unlock()
	return r, nil
}

// progress counts, for each measure of an incident, how far its rounds have come
// in its area.
func (s *Server) progress(ctx context.Context, incident string, field *mode.Field) (map[string]mode.Reach, error) {
	items := map[string]string{}
	rounds, err := s.Store.Rounds(ctx, incident)
	if err != nil {
		return nil, err
	}
	for _, r := range rounds {
		items[r.ID] = r.Item
	}
	marks, err := s.Store.TargetMarks(ctx, incident, "")
	if err != nil {
		return nil, err
	}
	return reach(marks, items, incident, field), nil
}

func reach(marks []store.TargetMark, items map[string]string, incident string, field *mode.Field) map[string]mode.Reach {
	out := map[string]mode.Reach{}
	for i := range marks {
		m := field.Of(incident, marks[i].Path)
		if m == nil {
			continue
		}
		if out[m.ID] == nil {
			out[m.ID] = mode.Reach{}
		}
		x := out[m.ID][items[marks[i].RoundID]]
		x.Total++
		if marks[i].Final {
			x.Done++
		}
		x.Complete = x.Done == x.Total
		out[m.ID][items[marks[i].RoundID]] = x
	}
	return out
}

func (s *Server) clockWire(ctx context.Context, c *call, r *reckoned, x *mode.Clock, doors int) Clock {
	w := Clock{Measure: x.Measure.ID, Incident: x.Measure.Incident, Of: r.titles[x.Measure.Incident], Zone: x.Zone.ID, Title: words(x.Zone.Title), Rule: words(x.Zone.Rule),
		Evacuate: x.Zone.Evacuate, Basis: x.Measure.Basis, Author: s.accountName(ctx, x.Measure.Author), From: stamp(x.Measure.From), Until: stamp(x.Measure.Until),
		Doors: doors, Release: x.Rule, May: x.May, Earliest: stamp(x.Earliest), AfterRound: x.AfterRound, Reasons: []Reason{}}
	w.PlaceID, w.PlaceName = s.shown(c, r.ground, x.Measure.PlaceID, x.Measure.Path)
	for _, y := range x.Explain(zoneTime) {
		w.Reasons = append(w.Reasons, Reason{y.Code, y.Met, words(y.Text)})
	}
	return w
}
