package api

import (
	"context"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/need"
)

// CaseLike is an open case that may be the one somebody is about to write down.
type CaseLike struct {
	Case  Case `json:"case"`
	Same  bool `json:"same" doc:"the same item at the same door"`
	Door  bool `json:"door" doc:"at the same door"`
	Phone bool `json:"phone" doc:"the same telephone was left with it"`
}

type caseLikeInput struct {
	Body struct {
		PlaceID string `json:"place_id" maxLength:"60" doc:"where the need is; id, code or the code on its door"`
		Item    string `json:"item,omitempty" maxLength:"60"`
		Contact string `json:"contact,omitempty" maxLength:"200" doc:"how to reach whoever asks; the telephone in it is looked for by its keyed hash and kept nowhere"`
	}
}

// caseLike finds open cases like one that is about to be opened: of the same item at the
// same door, of the same telephone, and what else is open at the door. What the caller
// may not know of and what was told in confidence is not among them. A look by telephone
// is recorded.
func (s *Server) caseLike(ctx context.Context, c *call, in *caseLikeInput) (Items[CaseLike], error) {
	out := Items[CaseLike]{Items: []CaseLike{}}
	a, p, err := s.doorway(ctx, c, access.CaseOpen, in.Body.PlaceID)
	if err != nil {
		return out, err
	}
	here, err := s.Store.CasesAt(ctx, p.ID, p.Path)
	if err != nil {
		return out, err
	}
	phone := need.PhoneIn(in.Body.Contact)
	called, err := s.Store.CasesOfPhone(ctx, phone)
	if err != nil {
		return out, err
	}
	quals, err := s.qualified(ctx, c)
	if err != nil {
		return out, err
	}
	for _, k := range append(called, here...) {
		at := k.PlaceID == p.ID
		i := slices.IndexFunc(called, func(x need.Case) bool { return x.ID == k.ID })
		if slices.ContainsFunc(out.Items, func(x CaseLike) bool { return x.Case.ID == k.ID }) {
			continue
		}
		x, err := s.keptItem(ctx, &k)
		if err != nil {
			return out, err
		}
		if k.Only != "" || !s.knows(c, &k, x.Sees, quals) {
			continue
		}
		w, err := s.caseWire(ctx, c, a, k, x, quals)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, CaseLike{Case: w, Same: at && k.Item == in.Body.Item, Door: at, Phone: i >= 0})
	}
	slices.SortStableFunc(out.Items, func(x, y CaseLike) int { return y.weight() - x.weight() })
	out.Total = len(out.Items)
	if phone == "" {
		return out, nil
	}
	look := c.entry("case.sought", "looks", p.ID, p.ID, p.Path, "audit", map[string]int{"count": len(out.Items)})
	_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: look})
	return out, err
}

// weight is how likely it is the very case.
func (x CaseLike) weight() int { return 4*ones(x.Same) + 2*ones(x.Phone) + ones(x.Door) }
