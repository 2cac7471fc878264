package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/territory"
)

// PlaceHistory is where a place stood, under which codes, and what it became.
type PlaceHistory struct {
	PlaceID  string         `json:"place_id"`
	Code     string         `json:"code"`
	Name     string         `json:"name"`
	Now      []Crumb        `json:"now" nullable:"false" doc:"The place, or those that took over from it"`
	Chapters []PlaceChapter `json:"chapters" nullable:"false" doc:"Oldest first; the last is open"`
	Codes    []PlaceCode    `json:"codes" nullable:"false"`
}

// PlaceChapter is one time of a place under one parent.
type PlaceChapter struct {
	From    string  `json:"from"`
	Until   string  `json:"until" doc:"Empty while it lasts"`
	Under   string  `json:"under" doc:"Name of the parent of that time"`
	UnderID string  `json:"under_id"`
	Code    string  `json:"code"`
	Verb    string  `json:"verb" doc:"What ended it, or empty"`
	Gone    bool    `json:"gone" doc:"The place itself ended then"`
	Into    []Crumb `json:"into" nullable:"false"`
	Plan    string  `json:"plan"`
	Author  string  `json:"author"`
	Applier string  `json:"applier"`
}

// PlaceCode is a code with the time in which it was in force.
type PlaceCode struct {
	Scheme string `json:"scheme"`
	Code   string `json:"code"`
	From   string `json:"from"`
	Until  string `json:"until"`
}

func (s *Server) history(ctx context.Context, c *call, key string) (PlaceHistory, error) {
	a, p, err := s.named(ctx, c, access.PlaceRead, key)
	if err != nil {
		return PlaceHistory{}, err
	}
	// What was asked for may have ended; then its own chapters are told.
	id := key
	if _, ok := a.Place(key); !ok {
		if owner, err := s.Store.CodeOwner(ctx, key); err != nil {
			return PlaceHistory{}, err
		} else if owner != "" {
			id = owner
		} else if _, ok := a.ByCode(key); ok {
			id = p.ID
		}
	}
	out := PlaceHistory{PlaceID: id, Now: []Crumb{}, Chapters: []PlaceChapter{}, Codes: []PlaceCode{}}
	heirs, err := s.Store.Heirs(ctx, id)
	if err != nil {
		return out, err
	}
	out.Now = s.crumbsOf(c, a, heirs)
	stays, err := s.Store.Stays(ctx, []string{id})
	if err != nil {
		return out, err
	}
	for _, x := range stays {
		ch := PlaceChapter{From: stamp(x.From), Until: stamp(x.Until), Under: s.onceNamed(ctx, a, x.ParentID), UnderID: x.ParentID, Code: x.Code, Verb: x.Verb, Gone: x.Gone,
			Into: s.crumbsOf(c, a, x.Into), Plan: x.Plan}
		if doc, ok, err := s.Store.Plan(ctx, x.Plan); err != nil {
			return out, err
		} else if ok {
			ch.Author, ch.Applier = s.accountName(ctx, doc.Author), s.accountName(ctx, doc.Applier)
		}
		out.Code, out.Name = x.Code, x.Name
		out.Chapters = append(out.Chapters, ch)
	}
	if q, ok := a.Place(id); ok {
		out.Code, out.Name = q.Code, q.Name
		from := q.From
		if n := len(stays); n > 0 {
			from = stays[n-1].Until
		}
		out.Chapters = append(out.Chapters, PlaceChapter{From: stamp(from), Under: s.onceNamed(ctx, a, q.ParentID), UnderID: q.ParentID, Code: q.Code, Into: []Crumb{}})
	}
	codes, err := s.Store.CodesOf(ctx, []string{id})
	for _, x := range codes {
		out.Codes = append(out.Codes, PlaceCode{x.Scheme, x.Code, stamp(x.From), stamp(x.Until)})
	}
	return out, err
}

// crumbsOf names those of the places that exist and that the viewer may see.
func (s *Server) crumbsOf(c *call, a *Atlas, ids []string) []Crumb {
	out := []Crumb{}
	for _, id := range ids {
		if p, ok := a.Place(id); ok && s.may(c, access.PlaceRead, p.Path) == nil {
			out = append(out, Crumb{ID: p.ID, Name: a.FullName(p.Path), Kind: string(p.Kind)})
		}
	}
	return out
}

// onceNamed is a place's name, or the one it had before it ended.
func (s *Server) onceNamed(ctx context.Context, a *Atlas, id string) string {
	if p, ok := a.Place(id); ok {
		return p.Name
	}
	if ps, err := s.Store.EndedPlaces(ctx, []string{id}); err == nil && len(ps) > 0 {
		return ps[0].Name
	}
	return ""
}

// PlaceWas tells somebody who asked by an old code what it means now.
type PlaceWas struct {
	Asked string  `json:"asked"`
	Now   []Crumb `json:"now" nullable:"false"`
}

// was says under which code a place was asked for, when that is not its own.
func (s *Server) was(ctx context.Context, c *call, a *Atlas, p *territory.Place, key string) (*PlaceWas, error) {
	if key == p.ID || key == p.Code {
		return nil, nil
	}
	heirs, err := s.heirs(ctx, key)
	return &PlaceWas{Asked: key, Now: s.crumbsOf(c, a, heirs)}, err
}
