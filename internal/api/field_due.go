package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// DoorCase is an open case of a door as whoever knocks there may know of it: without its
// words, which are read on its own page and each look recorded.
type DoorCase struct {
	ID     string     `json:"id"`
	Number string     `json:"number"`
	Title  Words      `json:"title"`
	Icon   string     `json:"icon"`
	Stage  string     `json:"stage"`
	Due    string     `json:"due"`
	Hands  []DoorHand `json:"hands" nullable:"false" doc:"what is on its way to or from this door for the case, and who has it"`
}

// DoorHand is something on its way to or from a door: a medicine, a patient, a key.
type DoorHand struct {
	Title  Words        `json:"title"`
	Keeper CustodyParty `json:"keeper" doc:"who has it now: always somebody"`
	Due    string       `json:"due" doc:"by when the next hand-over is to have happened"`
	Mine   bool         `json:"mine" doc:"the caller has it"`
}

// doorCases are the open cases of a door that the caller may know of, the soonest due
// first. One that the caller may not know of is not there: its very title may tell an
// illness.
func (s *Server) doorCases(ctx context.Context, c *call, a *Atlas, door string) ([]DoorCase, error) {
	out := []DoorCase{}
	p, ok := a.Place(door)
	if !ok {
		return out, nil
	}
	ks, err := s.Store.CasesAt(ctx, p.ID, p.Path)
	if err != nil || len(ks) == 0 {
		return out, err
	}
	quals, err := s.qualified(ctx, c)
	if err != nil {
		return out, err
	}
	for _, k := range ks {
		x, err := s.keptItem(ctx, &k)
		if err != nil {
			return out, err
		}
		if !s.knows(c, &k, x.Sees, quals) {
			continue
		}
		w := DoorCase{k.ID, k.Number, words(x.Title), x.Icon, string(k.Stage()), stamp(k.Due), []DoorHand{}}
		hands, err := s.Store.CustodiesOf(ctx, k.ID)
		if err != nil {
			return out, err
		}
		for _, h := range hands {
			if !h.Ended.IsZero() {
				continue
			}
			in, err := s.custodyWire(ctx, c, a, h, false)
			if err != nil {
				return out, err
			}
			w.Hands = append(w.Hands, DoorHand{in.Title, in.Keeper, in.Due, in.Mine})
		}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(x, y DoorCase) int { return strings.Compare(x.Due, y.Due) })
	return out, nil
}

// doorGreetings are the greetings of a door for whoever may say how one went: that
// somebody is greeted tells that they need looking after.
func (s *Server) doorGreetings(ctx context.Context, c *call, a *Atlas, p *territory.Place) ([]GreetingRow, error) {
	out := []GreetingRow{}
	if !s.Guard.Decide(c.viewer, access.GreetingKeep, p.Path, c.emerg).Allowed {
		return out, nil
	}
	gs, err := s.Store.GreetingsAt(ctx, p.ID)
	if err != nil || len(gs) == 0 {
		return out, err
	}
	item, err := s.dailyAt(ctx, c, a, p)
	if err != nil {
		return out, nil // nobody is greeted here any more
	}
	for i := range gs {
		x, ok, err := s.Store.Person(ctx, gs[i].PersonID, store.Clear{})
		if err != nil {
			return out, err
		}
		if !ok {
			continue
		}
		w, err := s.greetingWire(ctx, c, a, &item, &gs[i], x)
		if err != nil {
			return out, err
		}
		out = append(out, w)
	}
	return out, nil
}
