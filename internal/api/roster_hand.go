package api

import (
	"context"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

type rosterFits struct {
	ID  string `path:"id"`
	Key string `query:"key" maxLength:"300" doc:"what the shift fills"`
}

type rosterMove struct {
	ID   string `path:"id"`
	Body struct {
		Key      string `json:"key" maxLength:"300" doc:"what the shift fills"`
		HelperID string `json:"helper_id,omitempty" maxLength:"60" doc:"who is to have it; empty: nobody"`
		Reason   string `json:"reason,omitempty" maxLength:"300" doc:"puts them there for all they lack; kept"`
	}
}

// rosterHands are the changes that a hand makes inside a draft.
func (s *Server) rosterHands() {
	read(s, Op{ID: "roster-fits", Path: "/rosters/{id}/fits", Action: access.RosterPlan, Summary: "Who may take a shift of a draft and who may not, with the reason, as if the draft held"},
		func(ctx context.Context, c *call, in *rosterFits) (Items[ShiftFit], error) {
			_, d, x, err := s.drafted(ctx, c, in.ID, in.Key)
			if err != nil {
				return Items[ShiftFit]{Items: []ShiftFit{}}, err
			}
			rule, _, err := s.ruleOf(ctx, c, x)
			if err != nil {
				return Items[ShiftFit]{Items: []ShiftFit{}}, err
			}
			return s.fits(ctx, c, x, rule, d)
		})
	act(s, Op{ID: "roster-move", Path: "/rosters/{id}/move", Action: access.RosterPlan, Summary: "Give a shift of a draft to somebody by hand, or open it; the search leaves it as it is"}, s.rosterMove)
}

// drafted finds a shift of a draft that is not published yet.
func (s *Server) drafted(ctx context.Context, c *call, id, key string) (shift.Roster, *shift.Draft, *shift.Shift, error) {
	r, d, err := s.rosterAt(ctx, c, id)
	if err != nil {
		return r, nil, nil, err
	}
	if !r.Published.IsZero() || !r.TakenBack.IsZero() {
		return r, nil, nil, shift.ErrPublished.With()
	}
	x, ok := d.Find(key)
	if !ok {
		return r, nil, nil, errNotHere(c)
	}
	return r, &d, x, nil
}

// rosterMove asks the gate and changes one shift of a draft. An exception needs a
// reason and the right, as one in the roster that holds.
func (s *Server) rosterMove(ctx context.Context, c *call, in *rosterMove) (RosterInfo, journal.Receipt, error) {
	var none journal.Receipt
	r, d, x, err := s.drafted(ctx, c, in.ID, in.Body.Key)
	if err != nil {
		return RosterInfo{}, none, err
	}
	if !x.Loose(c.now) {
		return RosterInfo{}, none, shift.ErrFixed.With()
	}
	verb, why, reason := "roster.moved", "", strings.TrimSpace(in.Body.Reason)
	codes := []string{}
	if in.Body.HelperID != "" {
		lacks, breaks, h, err := s.wouldFit(ctx, c, d, x, in.Body.HelperID)
		if err != nil {
			return RosterInfo{}, none, err
		}
		if len(lacks)+len(breaks) > 0 {
			if t := shift.Why(lacks, breaks); reason == "" || shift.Never(breaks) || s.may(c, access.PostOverride, x.Path) != nil {
				return RosterInfo{}, none, shift.ErrFits.With(h.Name, t.ZH, t.EN)
			}
			verb, why = "roster.overridden", reason
		}
		for _, l := range lacks {
			codes = append(codes, string(l.Code))
		}
		for _, b := range breaks {
			codes = append(codes, b.Code)
		}
	}
	said := map[string]any{"helper": in.Body.HelperID, "before": x.HelperID, "item": x.Item, "from": stamp(x.From), "lacks": codes}
	d.Put(x, in.Body.HelperID, why)
	a, err := s.ground(ctx)
	if err != nil {
		return RosterInfo{}, none, err
	}
	return s.rosterWrite(ctx, c, a, r, d, verb, said)
}

// wouldFit asks the gate about somebody and a shift of a draft, as if the draft held.
func (s *Server) wouldFit(ctx context.Context, c *call, d *shift.Draft, x *shift.Shift, helper string) ([]people.Lack, []shift.Break, *people.Helper, error) {
	hs, err := s.Store.Helpers(ctx, []string{helper})
	if err != nil {
		return nil, nil, nil, err
	}
	if len(hs) == 0 || helper == x.HelperID {
		return nil, nil, nil, shift.ErrTaken.With()
	}
	if err := s.weigh(ctx, c, x.PlaceID, x.Path, hs); err != nil {
		return nil, nil, nil, err
	}
	rule, _, err := s.ruleOf(ctx, c, x)
	if err != nil {
		return nil, nil, nil, err
	}
	line, err := s.lineOf(ctx, c, x, helper)
	if err != nil {
		return nil, nil, nil, err
	}
	lacks, breaks := shift.Fits(x, &hs[0], d.Over(line), rule, zoneTime, c.now)
	return lacks, breaks, &hs[0], nil
}
