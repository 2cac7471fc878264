package api

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/need"
)

// MetSpan is one week or day with who met the needs closed in it.
type MetSpan struct {
	From       string `json:"from"`
	To         string `json:"to"`
	Total      int    `json:"total" doc:"closed after an answer; 0 where few"`
	Few        bool   `json:"few" doc:"one to four: too few to be told apart"`
	Government int    `json:"government"`
	Community  int    `json:"community"`
	Volunteer  int    `json:"volunteer"`
	Neighbour  int    `json:"neighbour"`
	Self       int    `json:"self"`
	Own        int    `json:"own" doc:"of total, by volunteers, neighbours and whoever asked"`
}

const week = 7 * 24 * time.Hour

func (s *Server) metOps() {
	s.figureOps()
	type input struct {
		ID    string `path:"id"`
		Weeks int    `query:"weeks" default:"12" minimum:"1" maximum:"104" doc:"how many weeks back, the current one included"`
	}
	read(s, Op{ID: "place-met", Path: "/places/{id}/met", Action: access.OverviewRead, Summary: "Who met the needs of a place, week by week: from served to self-governing"},
		func(ctx context.Context, c *call, in *input) (Items[MetSpan], error) {
			out := Items[MetSpan]{Items: []MetSpan{}}
			_, p, err := s.place(ctx, c, access.OverviewRead, in.ID, "")
			if err != nil {
				return out, err
			}
			monday := c.now.In(zoneTime)
			monday = time.Date(monday.Year(), monday.Month(), monday.Day()-(int(monday.Weekday())+6)%7, 0, 0, 0, 0, zoneTime)
			out.Items, err = s.met(ctx, p.Path, monday.Add(-time.Duration(in.Weeks-1)*week), c.now, week)
			out.Total = len(out.Items)
			return out, err
		})
}

// met is who met the needs at or below a path, by spans of a width.
func (s *Server) met(ctx context.Context, path string, from, to time.Time, width time.Duration) ([]MetSpan, error) {
	counts, err := s.Store.CasesMet(ctx, path, from, to, width)
	if err != nil {
		return nil, err
	}
	out := []MetSpan{}
	for _, x := range need.MetSpans(counts, from, to, width) {
		n := func(who string) int { return x.N[slices.Index(need.Met, who)] }
		out = append(out, MetSpan{From: stamp(x.From), To: stamp(x.To), Total: x.Total, Few: x.Few, Government: n("government"), Community: n("community"), Volunteer: n("volunteer"),
			Neighbour: n("neighbour"), Self: n("self"), Own: x.Own()})
	}
	return out, nil
}

// metDuring is met over an incident so far: day by day up to a fortnight, then by weeks.
func (s *Server) metDuring(ctx context.Context, path string, from, to time.Time) ([]MetSpan, error) {
	width := 24 * time.Hour
	if to.Sub(from) > 2*week {
		width = week
	}
	local := from.In(zoneTime)
	return s.met(ctx, path, time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zoneTime), to, width)
}
