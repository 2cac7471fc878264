package dispatch

import (
	"encoding/json"
	"time"

	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/plan"
	"shouwang/internal/round"
)

// MaxAlone is the longest that a start by one person may hold, whatever a
// playbook says.
const MaxAlone = 2 * time.Hour

// Lapse stands as Incident.EndBy while a start by one person waits to be
// confirmed: Ended then lies ahead, and the incident ends by itself.
const Lapse = "lapse"

// Applied is everything that one act writes. Each row carries the version it must
// still have (0: it must not exist yet); the store writes it as version + 1, all
// of it under one entry. Repeat says that the plan was applied before: then there
// is nothing to write.
type Applied struct {
	Repeat    bool
	Incident  Incident
	Posts     []people.Post
	Rounds    []round.Round
	Targets   []round.Target
	Measures  []mode.Measure
	Briefings []Briefing // what changed for each post, when the version did
	Counts    plan.Counts
	Entry     journal.Entry // the act; its payload has the counts and the manifest hash
}

// Apply turns a plan into rows, by a second person. The state is read anew: when
// it differs from what the plan saw the answer is ErrOutdated, and nothing is
// done. The author is refused with ErrOwnPlan, a plan with a stop with
// ErrStopped. Applying a plan again gives the same answer and writes nothing.
func Apply(p *Plan, s *State, actor string, now time.Time) (*Applied, error) {
	if actor == "" || actor == p.Author {
		return nil, ErrOwnPlan.With()
	}
	return apply(p, s, actor, now)
}

// ApplyAlone is the start by the plan's author where nobody answered: only for an
// incident that has not started, after the playbook's minutes, and only for its
// term, two hours at most. It lapses unless somebody else confirms.
func ApplyAlone(p *Plan, s *State, actor string, now time.Time) (*Applied, error) {
	term := min(s.Playbook.AloneFor, MaxAlone)
	if term <= 0 || actor == "" || !s.Incident.Started.IsZero() && s.Incident.Act != p.ID || now.Before(p.MadeAt.Add(s.Playbook.AloneAfter)) {
		return nil, ErrAlone.With(int(s.Playbook.AloneAfter.Minutes()), int(term.Minutes()))
	}
	a, err := apply(p, s, actor, now)
	if err == nil && !a.Repeat {
		a.Incident.Ended, a.Incident.EndBy = now.Add(term), Lapse
	}
	return a, err
}

// Confirm makes a start by one person hold: by somebody else, before it lapses.
func Confirm(inc Incident, actor string, now time.Time) (Incident, []journal.Change, error) {
	if inc.EndBy != Lapse || !inc.InForce(now) || actor == "" || actor == inc.StartBy {
		return inc, nil, ErrConfirm.With()
	}
	inc.Ended, inc.EndBy = time.Time{}, ""
	row := inc
	return inc, []journal.Change{{Row: &row, Base: inc.Rev, Entry: entry(inc, "incident.confirmed", actor, now, nil)}}, nil
}

func apply(p *Plan, s *State, actor string, now time.Time) (*Applied, error) {
	inc := s.Incident
	if p.Incident != inc.ID {
		return nil, ErrIncident.With()
	}
	if !inc.Ended.IsZero() && !now.Before(inc.Ended) {
		return nil, ErrEnded.With(inc.Ended.Format(time.RFC3339))
	}
	if !inc.Started.IsZero() && inc.Act == p.ID {
		return &Applied{Repeat: true, Incident: inc, Counts: p.Counts}, nil
	}
	given := s.Measures
	s = s.asIf(now)
	if identify(p) != p.ID || s.saw(now).Content != p.Saw.Content {
		return nil, ErrOutdated.With()
	}
	for _, c := range p.Checks {
		if c.Level == "stop" {
			return nil, ErrStopped.With(c.Text.ZH)
		}
	}
	a := &Applied{Counts: p.Counts}
	want := mode.DesiredAt(s.Playbook, s.Ground, s.Measures, s.scope(), now)
	if inc.Started.IsZero() {
		inc.Started, inc.StartBy = now, actor
	}
	a.posts(p, s, want, now)
	for _, r := range diffRounds(s, want, inc.Started, now, p.ID) {
		if r.act != plan.Keep {
			a.Rounds = append(a.Rounds, r.row)
			a.Targets = append(a.Targets, r.targets...)
		}
	}
	a.measures(given, s.Measures, s.Incident, actor, now)
	for i := range a.Measures {
		a.Measures[i].Act = p.ID
	}
	a.brief(p, s, now)
	inc.Act, inc.Keep, inc.Version = p.ID, s.Playbook.Demobilize.Keep, s.Playbook.Hash
	a.Incident = inc
	a.Entry = entry(inc, "incident.applied", actor, now, map[string]any{"plan": p.ID, "author": p.Author, "seen": p.Saw.Seq,
		"posts": len(a.Posts), "rounds": len(a.Rounds), "targets": len(a.Targets), "measures": len(a.Measures), "briefings": len(a.Briefings), "version": inc.Version, "manifest": a.Manifest()})
	return a, nil
}

// posts turns fills into post rows: new ones, those whose holder changes, and
// those that close. A slot that was closed before opens again as the same row.
func (a *Applied) posts(p *Plan, s *State, want *mode.Desired, now time.Time) {
	have := map[string]*people.Post{}
	for i := range s.Posts {
		if o := &s.Posts[i]; o.Incident == s.Incident.ID {
			have[o.Key] = o
		}
	}
	why := map[string]string{}
	for i := range p.Gaps {
		if why[p.Gaps[i].Slot] = p.Gaps[i].Why; p.Gaps[i].Why == "" { // made by an earlier version
			why[p.Gaps[i].Slot] = p.Gaps[i].Reason.ZH
		}
	}
	wanted := make(map[string]bool, len(p.Fills))
	for i := range p.Fills { // the same order as want.Slots: both come from the same state
		f, slot := &p.Fills[i], &want.Slots[i]
		wanted[f.Slot] = true
		spot := &s.Ground.Spots[slot.Spot]
		o := people.Post{ID: stableID(now, "post", f.Slot), Key: f.Slot, Incident: s.Incident.ID, Item: f.Item,
			Role: s.Playbook.Posts[slot.Item].Role, PlaceID: spot.ID, Zone: f.Zone, N: f.N, From: now}
		if old := have[f.Slot]; old != nil {
			if f.Act == plan.Keep {
				continue
			}
			if o = *old; !open(old, now) {
				o.From, o.Until = now, time.Time{}
			}
		}
		o.Path, o.HelperID, o.DeputyID, o.Pinned, o.Reason, o.Act = spot.Path, f.HelperID, f.DeputyID, f.Pinned, f.Reason, p.ID
		if f.HelperID == "" {
			o.Reason = why[f.Slot]
		}
		a.Posts = append(a.Posts, o)
	}
	for i := range s.Posts {
		if o := s.Posts[i]; o.Incident == s.Incident.ID && open(&o, now) && !wanted[o.Key] {
			o.Until, o.Act = now, p.ID
			a.Posts = append(a.Posts, o)
		}
	}
}

// measures begins the drafts: all of them at the first start, later those drawn
// since; what a draft replaces is lifted.
func (a *Applied) measures(given, asIf []mode.Measure, inc Incident, actor string, now time.Time) {
	first := inc.Started.IsZero()
	for i := range asIf {
		m := asIf[i]
		if m.Incident != inc.ID {
			continue
		}
		switch {
		case given[i].Draft() && m.InForce(now):
		case first && m.InForce(now):
			m.From = now
		case given[i].InForce(now) && !m.InForce(now):
			m.LiftedBy = actor
		default:
			continue
		}
		a.Measures = append(a.Measures, m)
	}
}

// Manifest hashes the ids of everything the act writes, in order.
func (a *Applied) Manifest() string {
	return manifest(func(yield func(string) bool) {
		for i := range a.Posts {
			if !yield(a.Posts[i].ID + a.Posts[i].HelperID) {
				return
			}
		}
		for i := range a.Rounds {
			if !yield(a.Rounds[i].ID) {
				return
			}
		}
		for i := range a.Targets {
			if !yield(a.Targets[i].RoundID + a.Targets[i].PlaceID + a.Targets[i].Zone) {
				return
			}
		}
		for i := range a.Measures {
			if !yield(a.Measures[i].ID) {
				return
			}
		}
		for i := range a.Briefings {
			if !yield(a.Briefings[i].ID) {
				return
			}
		}
	})
}

// Each yields a change with its own entry for the incident, each post, round and
// measure. Targets belong to their round's entry and are staged beside them. The
// store calls it once for a bulk act.
func (a *Applied) Each(yield func(journal.Change) bool) {
	if a.Repeat {
		return
	}
	inc := a.Incident
	if !yield(journal.Change{Row: &inc, Base: inc.Rev, Entry: a.Entry}) {
		return
	}
	for i := range a.Posts {
		o := &a.Posts[i]
		verb := "post.changed"
		switch {
		case !o.Until.IsZero():
			verb = "post.closed"
		case o.Version == 0:
			verb = "post.opened"
		}
		e := under(a.Entry, verb, "posts", o.ID, o.PlaceID, o.Path, map[string]any{"item": o.Item, "zone": o.Zone, "n": o.N, "helper": o.HelperID, "pinned": o.Pinned})
		if !yield(journal.Change{Row: o, Base: o.Version, Entry: e}) {
			return
		}
	}
	byRound := map[string]int{}
	for i := range a.Targets {
		byRound[a.Targets[i].RoundID]++
	}
	for i := range a.Rounds {
		r := &a.Rounds[i]
		verb := "round.changed"
		switch {
		case !r.Closed.IsZero():
			verb = "round.closed"
		case r.Version == 0:
			verb = "round.opened"
		}
		e := under(a.Entry, verb, "rounds", r.ID, r.PlaceID, r.Path, map[string]any{"item": r.Item, "total": r.Total, "written": byRound[r.ID]})
		if !yield(journal.Change{Row: r, Base: r.Version, Entry: e}) {
			return
		}
	}
	for i := range a.Measures {
		m := &a.Measures[i]
		verb := "measure.began"
		if !m.Lifted.IsZero() {
			verb = "measure.lifted"
		}
		e := under(a.Entry, verb, "measures", m.ID, m.PlaceID, m.Path, map[string]any{"zone": m.Zone, "until": m.Until.UTC().Format(time.RFC3339)})
		if !yield(journal.Change{Row: m, Base: m.Version, Entry: e}) {
			return
		}
	}
	for i := range a.Briefings {
		b := &a.Briefings[i]
		e := under(a.Entry, "post.briefed", "briefings", b.ID, b.PlaceID, b.Path, map[string]any{"post": b.PostID, "lines": len(b.Lines)})
		if !yield(journal.Change{Row: b, Base: b.Version, Entry: e}) {
			return
		}
	}
}

// entry is a line of the journal about an incident. Its payload is plain and
// holds no personal data.
func entry(inc Incident, verb, actor string, now time.Time, payload map[string]any) journal.Entry {
	e := journal.Entry{At: now, Actor: actor, Verb: verb, Thing: "incidents", ThingID: inc.ID, PlaceID: inc.PlaceID, Path: inc.Path,
		Incident: inc.ID, Purpose: "incident:" + inc.ID, Audience: "work", Act: inc.Act}
	if payload != nil {
		e.Payload = marshal(payload)
	}
	return e
}

func under(act journal.Entry, verb, thing, id, place, path string, payload map[string]any) journal.Entry {
	act.Verb, act.Thing, act.ThingID, act.PlaceID, act.Path, act.Payload = verb, thing, id, place, path, marshal(payload)
	return act
}

func marshal(v map[string]any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("dispatch: payload: " + err.Error())
	}
	return b
}
