package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// byResident begins the actor's name of a resident without an account: the case they
// opened is all that is known of them.
const byResident = "resident:"

// NeedsFor are the needs that residents of a place may tell by themselves, in the order
// of the catalogue, the most pressing first.
func (s *Server) NeedsFor(ctx context.Context, placeID string) ([]need.Item, error) {
	c := s.nobody()
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	p, ok := a.Place(placeID)
	if !ok {
		return nil, access.ErrNotHere.With()
	}
	all, err := s.caseItems(ctx, c, a, p)
	if err != nil {
		return nil, err
	}
	var out []need.Item
	for _, u := range mode.Urgencies {
		for _, x := range all {
			if x.Ask && x.Urgency == u {
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// nobody is the call of somebody without an account.
func (s *Server) nobody() *call {
	return &call{now: s.Clock(), lang: "zh", viewer: access.NewViewer("", nil, s.Clock())}
}

// OpenFor opens a case for whoever tapped a picture at a place. The same slip, sent
// twice, opens one case.
func (s *Server) OpenFor(ctx context.Context, placeID, item, slip string) (id, token string, err error) {
	c := s.nobody()
	sum := sha256.Sum256([]byte(placeID + "|" + item + "|" + slip))
	op := journal.Op{ID: "door-" + hex.EncodeToString(sum[:16]), Hash: hex.EncodeToString(sum[:])}
	c.op = &op
	if r, done, err := s.Store.Receipt(ctx, byResident, op); err != nil || done {
		id = string(r.Body)
		return id, s.Store.CaseToken(id), err
	}
	defer s.turns.take("door " + placeID + " " + item)() // the like ones at a door see each other
	r, err := s.Store.Decide(ctx, &op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		a, err := s.ground(ctx)
		if err != nil {
			return nil, nil, err
		}
		p, ok := a.Place(placeID)
		if !ok {
			return nil, nil, access.ErrNotHere.With()
		}
		x, err := s.item(ctx, c, a, p, item)
		if err != nil || !x.Ask {
			return nil, nil, need.ErrItem.With(item)
		}
		k, changes, err := s.openCase(ctx, c.now, "", a, x, need.Case{PlaceID: p.ID, Path: p.Path, Origin: "door"})
		if err != nil {
			return nil, nil, err
		}
		for i := range changes {
			if changes[i].Entry.Verb != "" {
				changes[i].Entry.Actor = byResident
			}
		}
		id = k.ID
		return []byte(id), changes, nil
	})
	if err == nil && r.Repeat { // another tap of the same slip came first
		id = string(r.Body)
	}
	return id, s.Store.CaseToken(id), err
}

// TrackCase finds a case by the address whoever asked was given.
func (s *Server) TrackCase(ctx context.Context, id, token string) (need.Tracked, error) {
	k, ok, err := s.Store.Case(ctx, id)
	if err != nil {
		return need.Tracked{}, err
	}
	if !ok || subtle.ConstantTimeCompare([]byte(token), []byte(s.Store.CaseToken(id))) != 1 {
		return need.Tracked{}, access.ErrNotHere.With()
	}
	x, err := s.keptItem(ctx, &k)
	if err != nil {
		return need.Tracked{}, err
	}
	steps, err := s.Store.CaseSteps(ctx, id, true)
	if err != nil {
		return need.Tracked{}, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return need.Tracked{}, err
	}
	info, _ := access.Role(k.Desk.Role).Info()
	t := need.Tracked{Case: k, Item: x, Steps: steps, Desk: mode.Text{ZH: info.ZH, EN: info.EN}, At: a.FullName(k.Desk.Path)}
	if t.Taker, err = s.takerRole(ctx, &k); err != nil {
		return t, err
	}
	if p, ok := a.Place(k.PlaceID); ok {
		t.Door = *p
	}
	if r, ok, err := s.kinOf(ctx, &k); err != nil {
		return t, err
	} else if ok {
		t.Kin = &need.Relative{Name: r.Name, Relation: r.Relation}
	}
	if t.Hands, err = s.ways(ctx, a, id); err != nil {
		return t, err
	}
	if x.Response != nil {
		if t.Rescue, err = s.rescue(ctx, a, &k, &x, steps); err != nil {
			return t, err
		}
	}
	if !x.Essential && x.ID != need.NeighbourReply {
		if t.Threads, err = s.threads(ctx, &k); err != nil {
			return t, err
		}
	}
	if k.Against != "" {
		m, _, _, err := s.measureOf(ctx, &k)
		if err != nil || m == nil {
			return t, err
		}
		t.Measure = *m
		t.Exempt, _, err = s.Store.Exemption(ctx, k.ID)
		return t, err
	}
	return t, nil
}

// takerRole says in which role somebody has a case, in words: that of its desk where they
// hold it, else the one they hold over its place, else that of a volunteer.
func (s *Server) takerRole(ctx context.Context, k *need.Case) (mode.Text, error) {
	if k.Holder == "" {
		return mode.Text{}, nil
	}
	gs, err := s.Store.Grants(ctx, k.Holder)
	if err != nil {
		return mode.Text{}, err
	}
	role := access.Helper
	for _, g := range gs {
		if g.InForce(s.Clock()) && territory.Inside(k.Path, g.Path) && (role == access.Helper || string(g.Role) == k.Desk.Role) {
			role = g.Role
		}
	}
	info, _ := role.Info()
	return mode.Text{ZH: info.ZH, EN: info.EN}, nil
}

// ways are the hands that the subjects of a case went through, by role.
func (s *Server) ways(ctx context.Context, a *Atlas, caseID string) (out []need.Way, err error) {
	ks, err := s.Store.CustodiesOf(ctx, caseID)
	if err != nil {
		return nil, err
	}
	for _, k := range ks {
		x, err := s.begunBy(ctx, &k)
		if err != nil {
			return nil, err
		}
		ch := x.Chain()
		if ch == nil {
			continue
		}
		said, err := s.Store.Halves(ctx, k.ID, false)
		if err != nil {
			return nil, err
		}
		st := k.Reckon(ch, said)
		who := func(p custody.Party) mode.Text { return mode.Text(s.partyWire(ctx, a, x.Chained, p).Title) }
		leg := func(i int) mode.Text { return x.Chained.Legs[i].Title }
		w := need.Way{Subject: x.Chained.Subject, Ended: st.Ended, Stops: []need.Hold{{Leg: leg(0), Who: who(k.First), At: k.Opened}}}
		for _, h := range st.Hands {
			w.Stops = append(w.Stops, need.Hold{Leg: leg(h.Leg), Who: who(h.To), At: h.At})
		}
		w.Stops[len(w.Stops)-1].Due = st.Due
		for _, l := range x.Chained.Legs {
			for _, e := range l.Ends {
				if e.ID == st.How && st.Over() {
					w.How = e.Title
				}
			}
		}
		out = append(out, w)
	}
	return out, nil
}

// SayCase takes what whoever asked says of their own case: more words and how to reach
// them (note), that it is good (confirm), that it is not (reopen), that it is no longer
// needed (withdraw).
func (s *Server) SayCase(ctx context.Context, id, token string, verb need.Verb, said, contact string, rating int) error {
	if _, err := s.TrackCase(ctx, id, token); err != nil {
		return err
	}
	return s.sayCase(ctx, id, byResident, verb, said, contact, rating)
}

// sayCase moves a case by the word of a resident, or of a relative who acts for them.
func (s *Server) sayCase(ctx context.Context, id, actor string, verb need.Verb, said, contact string, rating int) error {
	if verb != need.Note && verb != need.Confirm && verb != need.Reopen && verb != need.Withdraw {
		return need.ErrVerb.With("", verb)
	}
	c := s.nobody()
	_, err := s.Store.Decide(ctx, nil, func(ctx context.Context) ([]byte, []journal.Change, error) {
		k, _, err := s.Store.Case(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		said, contact = strings.TrimSpace(said), strings.TrimSpace(contact)
		if verb == need.Note && contact != "" {
			k.Contact = contact
			if said == "" {
				said = "留了联系方式"
			}
		}
		if verb == need.Note && k.Words == "" {
			k.Words = said
		}
		if verb == need.Withdraw && said == "" {
			said = "不需要了"
		}
		act := need.Act{Verb: verb, At: c.now, Words: said, Rating: rating}
		if actor != byResident {
			act.Why = need.ByKin
		}
		_, changes, err := s.moved(ctx, c, k, act)
		for i := range changes {
			if changes[i].Entry.Verb != "" {
				changes[i].Entry.Actor = actor
			}
		}
		return nil, changes, err
	})
	return err
}
