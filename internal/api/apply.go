package api

import (
	"context"
	"encoding/json"
	"errors"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/plan"
)

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
	st, err := s.stateOn(ctx, c, i, p.Playbook)
	if err != nil {
		return ApplyReply{}, none, err
	}
	do := dispatch.Apply
	if in.Body.Alone {
		do = dispatch.ApplyAlone
	}
	a, err := do(p, st, c.viewer.Account(), c.now)
	if errors.Is(err, dispatch.ErrStopped) {
		for _, k := range p.Checks {
			if k.Level == "stop" { // in the language of whoever asks
				err = dispatch.ErrStopped.With(c.say(k.Text))
				break
			}
		}
	}
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
			a.Targets[k].Incident = i.ID
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
	Cases       int             `json:"cases" doc:"open cases that go on at their desks"`
	Met         []MetSpan       `json:"met" nullable:"false" doc:"who met the needs while it was in force"`
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
	at, err := s.ground(ctx)
	if err != nil {
		return DemobilizeReply{}, none, err
	}
	out := DemobilizeReply{Incident: i.ID, Done: in.Body.Confirm, Closed: d.Closed, HandedOver: []HandOver{}, Unclaimed: d.Unclaimed, DeleteAfter: stamp(d.DeleteAfter), Thanks: []string{}}
	if out.Cases, err = s.Store.CasesOpen(ctx, i.Path); err != nil {
		return out, none, err
	}
	if out.Met, err = s.metDuring(ctx, i.Path, d.Incident.Started, c.now); err != nil {
		return out, none, err
	}
	for _, h := range d.HandedOver {
		out.HandedOver = append(out.HandedOver, s.handOver(c, at, h))
	}
	for _, t := range d.Thanks {
		out.Thanks = append(out.Thanks, t.Helper)
	}
	if !in.Body.Confirm {
		return out, journal.Receipt{Seq: s.Store.Last()}, nil
	}
	if err := s.closeArrivals(ctx, c, st.Incident.ID, d.Incident.Ended); err != nil {
		return out, none, err
	}
	rows := func(yield func(journal.Change) bool) {
		for ch := range d.Each {
			if !yield(ch) {
				return
			}
		}
		for k := range d.Targets {
			d.Targets[k].Incident = "" // what goes on is the everyday system's, and outlives the incident's key
			if !yield(journal.Change{Row: &d.Targets[k], Base: d.Targets[k].Version}) {
				return
			}
		}
	}
	r, err := s.bulk(ctx, c, d.Entry, out, rows)
	return out, r, err
}

// handOver says one piece of open work. Who may not know the very door is told the
// building alone: what was asked for at a door may tell an illness.
func (s *Server) handOver(c *call, a *Atlas, h dispatch.HandOver) HandOver {
	w := HandOver{h.Kind, h.ID, h.PlaceID, c.say(h.Title), h.To}
	p, ok := a.Place(h.PlaceID)
	if !ok || s.sees(c, p.Path) {
		return w
	}
	w.ID, w.PlaceID, w.Title = "", "", access.Placeholder
	if b := a.House(p.Path); b != nil {
		w.ID, w.PlaceID, w.Title = b.ID, b.ID, a.FullName(b.Path)+" "+access.Placeholder
	}
	return w
}
