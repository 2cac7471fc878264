package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// CaseMeasure is the measure that an objection is about.
type CaseMeasure struct {
	ID        string `json:"id"`
	Zone      string `json:"zone"`
	Title     Words  `json:"title"`
	Event     string `json:"event" doc:"the incident it was ordered for"`
	Incident  string `json:"incident"`
	PlaceName string `json:"place_name" doc:"where it was drawn"`
	Basis     string `json:"basis"`
	Author    string `json:"author" doc:"who ordered it, by name: they cannot decide the objection"`
	From      string `json:"from"`
	Until     string `json:"until"`
	InForce   bool   `json:"in_force"`
	Verdict   string `json:"verdict" enum:",upheld,eased,lifted,over" doc:"what was decided"`
	MayEase   bool   `json:"may_ease" doc:"this viewer may let the household off it"`
	MayLift   bool   `json:"may_lift" doc:"this viewer may lift it for everybody there"`
}

type decideInput struct {
	ID   string `path:"id"`
	Body struct {
		Verdict string `json:"verdict" enum:"upheld,eased,lifted" doc:"upheld: it stays; eased: this household is let off; lifted: it ends for everybody there"`
		Words   string `json:"words" maxLength:"4000" doc:"the reason, for whoever objected"`
	}
}

func (s *Server) objections() {
	write(s, Op{ID: "case-decide", Path: "/cases/{id}/decide", Action: access.CaseDesk, Summary: "Decide an objection to a measure, with a reason; never by who ordered the measure"}, s.decideObjection)
}

// heldAt is the measure of an id where it holds for a place now; nil: it does not.
func (s *Server) heldAt(ctx context.Context, id, path string, now time.Time) (*mode.Measure, error) {
	f, err := s.force(ctx, now)
	if err != nil {
		return nil, err
	}
	for _, h := range f.field.At(path) {
		if h.Measure.ID == id && h.Measure.InForce(now) {
			m := h.Measure
			return &m, nil
		}
	}
	return nil, nil
}

// ObjectFor opens an objection of whoever stands at a place to a measure that holds
// there. Whoever ordered the measure is barred from it; where nobody else works at the
// desk, it begins at the desk above. The same slip, sent twice, opens one.
func (s *Server) ObjectFor(ctx context.Context, placeID, measure, said, contact, slip string) (id, token string, err error) {
	c := s.nobody()
	sum := sha256.Sum256([]byte("object|" + placeID + "|" + measure + "|" + slip))
	op := journal.Op{ID: "object-" + hex.EncodeToString(sum[:16]), Hash: hex.EncodeToString(sum[:])}
	c.op = &op
	if r, done, err := s.Store.Receipt(ctx, byResident, op); err != nil || done {
		id = string(r.Body)
		return id, s.Store.CaseToken(id), err
	}
	r, err := s.Store.Decide(ctx, &op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		a, err := s.ground(ctx)
		if err != nil {
			return nil, nil, err
		}
		p, ok := a.Place(placeID)
		if !ok {
			return nil, nil, access.ErrNotHere.With()
		}
		m, err := s.heldAt(ctx, measure, p.Path, c.now)
		if err != nil || m == nil {
			return nil, nil, orFault(err, need.ErrMeasure.With())
		}
		x, err := s.item(ctx, c, a, p, need.Objection)
		if err != nil {
			return nil, nil, err
		}
		k := need.Case{PlaceID: p.ID, Path: p.Path, Origin: "appeal", Words: strings.TrimSpace(said), Contact: strings.TrimSpace(contact), Against: m.ID, Barred: m.Author}
		if len([]rune(k.Words)) < 2 {
			return nil, nil, need.ErrOpen.With().At("words")
		}
		k, changes, err := s.openCase(ctx, c.now, "", a, x, k)
		if err != nil {
			return nil, nil, err
		}
		if err := s.unbarred(ctx, a, &k, c.now); err != nil {
			return nil, nil, err
		}
		*changes[0].Row.(*need.Case) = k
		for i := range changes {
			if changes[i].Entry.Verb != "" {
				changes[i].Entry.Actor = byResident
			}
		}
		id = k.ID
		return []byte(id), changes, nil
	})
	if err == nil && r.Repeat {
		id = string(r.Body)
	}
	return id, s.Store.CaseToken(id), err
}

// unbarred moves a new objection to the nearest desk above at which somebody works who
// did not order the measure; it stays where there is none.
func (s *Server) unbarred(ctx context.Context, a *Atlas, k *need.Case, now time.Time) error {
	for d := k.Desk; d.PlaceID != ""; d = need.Above(d, a.spots(d.Path)) {
		grants, err := s.Store.GrantsOf(ctx, access.Role(d.Role))
		if err != nil {
			return err
		}
		for _, g := range grants {
			if g.Account != k.Barred && g.InForce(now) && territory.Inside(d.Path, g.Path) {
				k.Desk = d
				return nil
			}
		}
	}
	return nil
}

func (s *Server) decideObjection(ctx context.Context, c *call, in *decideInput) (Case, []journal.Change, error) {
	k, x, err := s.theCase(ctx, c, in.ID)
	if err != nil {
		return Case{}, nil, err
	}
	me, on := c.viewer.Account(), s.onDesk(c, k.Desk) || s.onDesk(c, k.Above)
	switch {
	case !on && k.Holder != me:
		return Case{}, nil, access.ErrForbidden.With()
	case k.Against == "":
		return Case{}, nil, need.ErrNoObjection.With()
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Case{}, nil, err
	}
	m, err := s.heldAt(ctx, k.Against, k.Path, c.now)
	if err != nil {
		return Case{}, nil, err
	}
	act := need.Act{Verb: need.Reply, By: me, At: c.now, Words: in.Body.Words, Met: "government", Why: in.Body.Verdict}
	if m == nil && act.Why != need.Upheld {
		act.Why = need.Over // it ended by itself meanwhile: nothing is left to lift
	}
	next, changes, err := s.moved(ctx, c, k, act)
	if err != nil {
		return Case{}, nil, err
	}
	var more []journal.Change
	switch act.Why {
	case need.Eased:
		more, err = s.ease(ctx, c, &k, m, in.Body.Words)
	case need.Struck:
		more, err = s.strike(ctx, c, m)
	}
	if err != nil {
		return Case{}, nil, err
	}
	w, err := s.caseWire(ctx, c, a, next, x, nil)
	return w, append(changes, more...), err
}

// ease lets the household that objected off the measure until its end, as an exemption
// with its own record. Anything but a door is more than one household.
func (s *Server) ease(ctx context.Context, c *call, k *need.Case, m *mode.Measure, words string) ([]journal.Change, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	if p, ok := a.Place(k.PlaceID); !ok || p.Kind != territory.Door {
		return nil, need.ErrWider.With()
	}
	said, reason := []rune(strings.TrimSpace(k.Words)), []rune(strings.TrimSpace(words))
	e, err := mode.Plead(m, mode.Plea{Purpose: "other", Need: string(said[:min(len(said), 500)]), Until: m.Until}, k.PlaceID, k.Path, "", byResident, c.viewer.Account(), k.ID, c.now)
	if err != nil {
		return nil, err
	}
	if e, err = mode.Answer(e, true, string(reason[:min(len(reason), 500)]), c.viewer.Account(), true, c.now); err != nil {
		return nil, err
	}
	return []journal.Change{{Row: &e, Entry: s.exemptionEntry(c, e, "exemption.granted")}}, nil
}

// strike ends the measure for everybody there, by the right to lift zones.
func (s *Server) strike(ctx context.Context, c *call, m *mode.Measure) ([]journal.Change, error) {
	inc, err := s.incident(ctx, c, access.IncidentZone, m.Incident)
	if err != nil {
		return nil, err
	}
	have, err := s.Store.Measures(ctx, inc.ID)
	if err != nil {
		return nil, err
	}
	return dispatch.LiftZone(inc, have, []dispatch.PlaceRef{{ID: m.PlaceID, Path: m.Path}}, c.viewer.Account(), c.now)
}

// about is the measure of an objection as the viewer may see it, nil for other cases.
func (s *Server) about(ctx context.Context, c *call, a *Atlas, k *need.Case, steps []need.Step) (*CaseMeasure, error) {
	if k.Against == "" {
		return nil, nil
	}
	m, book, event, err := s.measureOf(ctx, k)
	if err != nil || m == nil {
		return nil, err
	}
	w := CaseMeasure{ID: m.ID, Zone: m.Zone, Event: event, Incident: m.Incident, PlaceName: a.FullName(m.Path), Basis: m.Basis, Author: s.accountName(ctx, m.Author),
		From: stamp(m.From), Until: stamp(m.Until), InForce: m.InForce(c.now), Verdict: need.Verdict(k, steps)}
	if book != nil {
		z, _ := book.ZoneAt(m.Zone, k.Path)
		w.Title = words(z.Title)
	}
	st := k.Stage()
	if w.InForce && (st == need.Waiting || st == need.Taken) && k.Barred != c.viewer.Account() && (k.Holder == "" || k.Holder == c.viewer.Account()) {
		p, ok := a.Place(k.PlaceID)
		w.MayLift = s.Guard.Decide(c.viewer, access.IncidentZone, m.Path, c.emerg).Allowed
		w.MayEase = ok && p.Kind == territory.Door
	}
	return &w, nil
}

// measureOf finds the measure that an objection is about, whether it holds or not.
func (s *Server) measureOf(ctx context.Context, k *need.Case) (*mode.Measure, *mode.Playbook, string, error) {
	all, err := s.Store.MeasuresOf(ctx, k.Against)
	if err != nil || len(all) == 0 {
		return nil, nil, "", err
	}
	m := all[0]
	i, ok, err := s.Store.Incident(ctx, m.Incident)
	if err != nil || !ok {
		return &m, nil, "", err
	}
	book, err := s.Book(ctx, i.Version)
	return &m, book, i.Title, err
}
