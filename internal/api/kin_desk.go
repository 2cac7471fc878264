package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// Kin is a relative whom a household lets act for it, as a desk sees them.
type Kin struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Relation string `json:"relation" enum:"daughter,son,spouse,sibling,grandchild,other"`
	Purpose  string `json:"purpose"`
	Follow   bool   `json:"follow" doc:"also sees how far what the household asked is"`
	Confirm  bool   `json:"confirm" doc:"may say that what they asked for is done"`
	Given    string `json:"given"`
	GivenBy  string `json:"given_by" doc:"by name; empty: the household, at its door"`
	Until    string `json:"until"`
	State    string `json:"state" enum:"open,ended,revoked"`
	Revoked  string `json:"revoked"`
}

// KinLetIn is a relative with the address that is theirs, told once.
type KinLetIn struct {
	Link string `json:"link" doc:"address without the host: whoever opens it acts for the household"`
	Item Kin    `json:"item"`
}

type kinInput struct {
	ID   string `path:"id"`
	Body struct {
		Name     string `json:"name" maxLength:"80"`
		Relation string `json:"relation" maxLength:"20"`
		Purpose  string `json:"purpose" maxLength:"200"`
		Until    string `json:"until" maxLength:"40" doc:"a day or a moment, within a year"`
		Follow   bool   `json:"follow,omitempty"`
		Confirm  bool   `json:"confirm,omitempty"`
	}
}

func (s *Server) kins() {
	read(s, Op{ID: "kin-list", Path: "/places/{id}/kin", Action: access.QRIssue, Summary: "Relatives whom the household of a door lets act for it"}, s.kinList)
	act(s, Op{ID: "kin-let", Path: "/places/{id}/kin", Action: access.QRIssue, Summary: "Let a relative act for a household, on its word: named, for a purpose, with an end"}, s.kinLetIn)
	write(s, Op{ID: "kin-end", Path: "/kin/{id}/end", Action: access.QRIssue, Summary: "End a relative's leave to act, on the word of the household; the address stops at once"}, s.kinEnd)
}

func (s *Server) kinWire(ctx context.Context, c *call, k access.Kin) Kin {
	w := Kin{ID: k.ID, Name: k.Name, Relation: k.Relation, Purpose: k.Purpose, Follow: k.Follow, Confirm: k.Confirm, Given: stamp(k.Given), GivenBy: s.accountName(ctx, k.GivenBy), Until: stamp(k.Until), State: "ended", Revoked: stamp(k.Revoked)}
	switch {
	case !k.Revoked.IsZero():
		w.State = "revoked"
	case k.Open(c.now):
		w.State = "open"
	}
	return w
}

func (s *Server) kinList(ctx context.Context, c *call, in *incidentID) (Items[Kin], error) {
	out := Items[Kin]{Items: []Kin{}}
	_, p, err := s.doorway(ctx, c, access.QRIssue, in.ID)
	if err != nil {
		return out, err
	}
	list, err := s.Store.KinOf(ctx, p.ID)
	if err != nil {
		return out, err
	}
	for _, k := range list {
		out.Items = append(out.Items, s.kinWire(ctx, c, k))
	}
	if out.Total = len(out.Items); out.Total > 0 {
		e := c.entry("resident.listed", "looks", p.ID, p.ID, p.Path, "audit", map[string]int{"count": out.Total})
		_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e})
	}
	return out, err
}

func (s *Server) kinLetIn(ctx context.Context, c *call, in *kinInput) (KinLetIn, journal.Receipt, error) {
	var none KinLetIn
	var r journal.Receipt
	_, p, err := s.doorway(ctx, c, access.QRIssue, in.ID)
	if err != nil {
		return none, r, err
	}
	if p.Kind != territory.Door {
		return none, r, access.ErrKin.With("place").At("place")
	}
	b := in.Body
	until, err := civilEnd(b.Until, c.now)
	if err != nil {
		return none, r, access.ErrKin.With("until").At("until")
	}
	k, changes, err := s.letIn(ctx, c, access.Kin{PlaceID: p.ID, Name: b.Name, Relation: b.Relation, Purpose: b.Purpose, Follow: b.Follow, Confirm: b.Confirm, Until: until, GivenBy: c.viewer.Account()})
	if err != nil {
		return none, r, err
	}
	r, err = s.Store.Commit(ctx, nil, nil, changes...) // an address is never answered twice
	return KinLetIn{s.kinLink(k.ID), s.kinWire(ctx, c, k)}, r, err
}

func (s *Server) kinEnd(ctx context.Context, c *call, in *incidentID) (Kin, []journal.Change, error) {
	k, ok, err := s.Store.Kin(ctx, in.ID)
	if err != nil {
		return Kin{}, nil, err
	}
	if !ok {
		return Kin{}, nil, errNotHere(c)
	}
	if _, _, err := s.place(ctx, c, access.QRIssue, k.PlaceID, ""); err != nil {
		return Kin{}, nil, access.Hide(err)
	}
	next, changes, err := s.endKin(ctx, c, k, c.viewer.Account())
	return s.kinWire(ctx, c, next), changes, err
}
