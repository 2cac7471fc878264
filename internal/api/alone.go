package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
)

// AloneStart is the way in for a plan's author where nobody answers.
type AloneStart struct {
	From    string `json:"from" doc:"From when on one person may start"`
	Minutes int    `json:"minutes" doc:"How long it then holds unless somebody else confirms"`
}

// mayAlone says whether the viewer, as the author, may start by one person.
func (s *Server) mayAlone(ctx context.Context, c *call, i dispatch.Incident, p *dispatch.Plan, w *Plan) error {
	if c.viewer.Account() != p.Author || w.AppliedAt != "" || !i.Started.IsZero() || s.may(c, access.IncidentApply, i.Path) != nil {
		return nil
	}
	b, err := s.playbook(ctx, p.Playbook)
	if err != nil || b.AloneFor <= 0 {
		return err
	}
	w.Alone = &AloneStart{stamp(p.MadeAt.Add(b.AloneAfter)), int(min(b.AloneFor, dispatch.MaxAlone).Minutes())}
	return nil
}

// lapses says when a start by one person ends unless confirmed, and whether this
// viewer is the other person who may confirm it.
func (s *Server) lapses(c *call, i dispatch.Incident) (at string, mayConfirm bool) {
	if i.EndBy != dispatch.Lapse || !i.InForce(c.now) {
		return "", false
	}
	return stamp(i.Ended), i.StartBy != c.viewer.Account() && s.may(c, access.IncidentApply, i.Path) == nil
}

// modeIncident is an incident as the band over every page names it.
func (s *Server) modeIncident(c *call, i dispatch.Incident, b *mode.Playbook) ModeIncident {
	out := ModeIncident{ID: i.ID, Title: i.Title, Playbook: words(b.Title), StartedAt: stamp(i.Started)}
	out.LapsesAt, out.MayConfirm = s.lapses(c, i)
	return out
}
