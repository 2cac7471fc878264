package api

import (
	"cmp"
	"context"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/people/care"
	"shouwang/internal/people/service"
	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

// Burden is how duty is spread over the people of a place, to protect the tired. People
// stand by name within a band; nobody is put before anybody by how much they did.
type Burden struct {
	PlaceID string         `json:"place_id"`
	Place   string         `json:"place"`
	Rested  int            `json:"rested"`
	Busy    int            `json:"busy"`
	Tired   int            `json:"tired"`
	Away    int            `json:"away" doc:"cannot come just now; in no band"`
	Parts   []BurdenPart   `json:"parts" nullable:"false" doc:"the same by part of the place, in the order of the tree"`
	People  []BurdenPerson `json:"people" nullable:"false" doc:"busy or in need of rest, by name; the rested are counted only"`
}

// BurdenPart is a part of the place.
type BurdenPart struct {
	PlaceID string `json:"place_id"`
	Name    string `json:"name"`
	Rested  int    `json:"rested"`
	Busy    int    `json:"busy"`
	Tired   int    `json:"tired"`
}

// BurdenPerson is somebody who is busy or needs rest, and why.
type BurdenPerson struct {
	HelperID string   `json:"helper_id"`
	Name     string   `json:"name"`
	Band     string   `json:"band" enum:"busy,tired"`
	Why      []string `json:"why" nullable:"false" doc:"hours, nights, days: given; coming-…: would be with what is planned; served, coming: just now"`
}

func (s *Server) burdens() {
	type at struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "burden-read", Path: "/places/{id}/burden", Action: access.RosterRead, Summary: "Who needs rest and who is busy at a place, with the reason; nobody is ordered by how much they did"},
		func(ctx context.Context, c *call, in *at) (Burden, error) { return s.burden(ctx, c, in.ID) })
}

func (s *Server) burden(ctx context.Context, c *call, id string) (Burden, error) {
	out := Burden{Parts: []BurdenPart{}, People: []BurdenPerson{}}
	a, p, err := s.named(ctx, c, access.RosterRead, id)
	if err != nil {
		return out, err
	}
	out.PlaceID, out.Place = p.ID, a.FullName(p.Path)
	hs, err := s.Store.HelpersUnder(ctx, p.Path)
	if err != nil {
		return out, err
	}
	ids := map[string]bool{}
	for i := range hs {
		ids[hs[i].ID] = true
	}
	given, err := s.stretchesOf(ctx, c, ids, c.now.AddDate(0, 0, -8))
	if err != nil {
		return out, err
	}
	coming, err := s.comingOf(ctx, c, ids)
	if err != nil {
		return out, err
	}
	parts := map[string]*BurdenPart{}
	kids := a.Children(p.ID)
	for i := range kids {
		parts[kids[i].ID] = &BurdenPart{PlaceID: kids[i].ID, Name: kids[i].Name}
	}
	for i := range hs {
		h := &hs[i]
		if !h.Left.IsZero() {
			continue
		}
		if h.Away != "" {
			out.Away++
			continue
		}
		band, why := care.Band(given[h.ID], coming[h.ID], c.now, zoneTime)
		part := partOf(a, p, h.Path, parts)
		switch band {
		case care.Tired:
			out.Tired++
			part.Tired++
		case care.Busy:
			out.Busy++
			part.Busy++
		default:
			out.Rested++
			part.Rested++
			continue
		}
		out.People = append(out.People, BurdenPerson{h.ID, h.Name, band, why})
	}
	slices.SortFunc(out.People, func(x, y BurdenPerson) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.HelperID, y.HelperID))
	})
	for i := range kids {
		if q := parts[kids[i].ID]; q.Rested+q.Busy+q.Tired > 0 {
			out.Parts = append(out.Parts, *q)
		}
	}
	return out, nil
}

// partOf is the part of a place that a path lies in; one of its own without one.
func partOf(a *Atlas, p *territory.Place, path string, parts map[string]*BurdenPart) *BurdenPart {
	for _, up := range a.Up(path) {
		if q := parts[up.ID]; q != nil {
			return q
		}
	}
	return &BurdenPart{}
}

// comingOf are the shifts that people are to stand in the next days.
func (s *Server) comingOf(ctx context.Context, c *call, ids map[string]bool) (map[string][]service.Stretch, error) {
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	shifts, err := s.Store.ShiftsOf(ctx, list, c.now, c.now.AddDate(0, 0, 4))
	if err != nil {
		return nil, err
	}
	out := map[string][]service.Stretch{}
	for i := range shifts {
		if x := &shifts[i]; x.State == shift.Planned {
			out[x.HelperID] = append(out[x.HelperID], service.Stood(x.ID, x.HelperID, x.PlaceID, x.Path, x.Incident, x.ID, mode.Text{}, x.From, x.Until))
		}
	}
	return out, nil
}
