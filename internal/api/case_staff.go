package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// CaseStaff says to whom a case can be assigned, and where it goes when nobody holds
// the role of its desk.
type CaseStaff struct {
	Items []CaseWorker `json:"items" nullable:"false" doc:"by name"`
	Held  bool         `json:"held" doc:"somebody holds the role of the desk there"`
	Above *CaseDesk    `json:"above" doc:"which desk is told when this one is silent"`
}

// CaseWorker is one who works at a case's desk.
type CaseWorker struct {
	ID        string `json:"id" doc:"account"`
	Name      string `json:"name"`
	RoleTitle Words  `json:"role_title"`
}

// caseStaff lists those who work at a case's desk, the holders of its role first: the
// same people whom assigning takes.
func (s *Server) caseStaff(ctx context.Context, c *call, in *incidentID) (CaseStaff, error) {
	out := CaseStaff{Items: []CaseWorker{}}
	k, _, err := s.theCase(ctx, c, in.ID)
	if err != nil {
		return out, err
	}
	quals, err := s.qualified(ctx, c)
	if err != nil {
		return out, err
	}
	if err := s.mayMove(c, &k, need.Assign, quals); err != nil {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	if d := need.Above(k.Desk, a.spots(k.Desk.Path)); d.PlaceID != "" {
		w := deskWire(a, d)
		out.Above = &w
	}
	for _, role := range slices.Compact([]access.Role{access.Role(k.Desk.Role), access.Lead, access.Helper}) {
		gs, err := s.Store.GrantsOf(ctx, role)
		if err != nil {
			return out, err
		}
		first := len(out.Items)
		for _, g := range gs {
			if !g.InForce(c.now) || !territory.Inside(k.Path, g.Path) || slices.ContainsFunc(out.Items, func(w CaseWorker) bool { return w.ID == g.Account }) {
				continue
			}
			if !s.worksAt(ctx, c, g.Account, &k) {
				continue
			}
			info, _ := role.Info()
			out.Held = out.Held || string(role) == k.Desk.Role
			out.Items = append(out.Items, CaseWorker{g.Account, s.accountName(ctx, g.Account), Words{info.ZH, info.EN}})
		}
		slices.SortStableFunc(out.Items[first:], func(x, y CaseWorker) int { return strings.Compare(x.Name+x.ID, y.Name+y.ID) })
	}
	return out, nil
}
