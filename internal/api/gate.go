package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// Pass is what a gate learns: valid or not, until when, never why.
type Pass struct {
	ID        string `json:"id"`
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Whole     bool   `json:"whole" doc:"the whole household, not one person of it"`
	Valid     bool   `json:"valid"`
	From      string `json:"from"`
	Until     string `json:"until"`
}

// doorway finds a place as somebody at a gate names it: by its id, its code, or
// what the sheet on its door says.
func (s *Server) doorway(ctx context.Context, c *call, action, key string) (*Atlas, *territory.Place, error) {
	if hash := access.HashQR(key); hash != "" {
		q, ok, err := s.Store.QRByHash(ctx, hash)
		if err != nil {
			return nil, nil, err
		}
		if ok {
			return s.place(ctx, c, action, q.PlaceID, "")
		}
	}
	return s.named(ctx, c, action, key)
}

func (s *Server) passes(ctx context.Context, c *call, in *incidentID) (Items[Pass], error) {
	out := Items[Pass]{Items: []Pass{}}
	a, p, err := s.doorway(ctx, c, access.ExemptionCheck, in.ID)
	if err != nil {
		return out, err
	}
	es, err := s.Store.Exemptions(ctx, p.Path)
	if err != nil {
		return out, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return out, err
	}
	for _, e := range es {
		st := e.State(c.now)
		if e.Decided.IsZero() || !e.Granted || !f.runs(e.Incident) {
			continue
		}
		out.Items = append(out.Items, Pass{ID: e.ID, PlaceID: e.PlaceID, PlaceName: a.FullName(e.Path), Whole: e.PersonID == "", Valid: st == "valid", From: stamp(e.From), Until: stamp(e.Until)})
	}
	out.Total = len(out.Items)
	// Whether somebody has leave to go out is told; that it was asked is kept.
	look := c.entry("exemption.checked", "looks", p.ID, p.ID, p.Path, "audit", map[string]int{"count": len(out.Items)})
	_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: look})
	return out, err
}
