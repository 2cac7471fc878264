package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/training"
)

type cardInput struct {
	Card string `path:"card"`
	Body struct {
		Wording string `json:"wording" maxLength:"64" doc:"the wording that was read"`
	}
}

type cardFor struct {
	ID   string `path:"id"`
	Card string `path:"card"`
	Body struct {
		Wording string `json:"wording" maxLength:"64"`
	}
}

func (s *Server) learnings() {
	read(s, Op{ID: "course-list", Path: "/courses", Action: access.PlaybookRead, Summary: "The courses that playbooks declare"},
		func(ctx context.Context, c *call, _ *struct{}) (Items[Course], error) {
			out := Items[Course]{Items: []Course{}}
			if err := s.may(c, access.PlaybookRead, ""); err != nil {
				return out, err
			}
			for _, x := range s.courses() {
				out.Items = append(out.Items, courseWire(x))
			}
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "learning-read", Path: "/me/learning", Action: access.MeRead, Summary: "My courses, cards, sessions and what I may do until when"},
		func(ctx context.Context, c *call, _ *struct{}) (Learning, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return Learning{}, err
			}
			return s.learning(ctx, c, &h)
		})
	read(s, Op{ID: "helper-learning", Path: "/helpers/{id}/learning", Action: access.TrainingRead, Summary: "Where a helper stands: steps, passes with who gave them, sessions and cards"},
		func(ctx context.Context, c *call, in *incidentID) (Learning, error) {
			h, err := s.helperAt(ctx, c, access.TrainingRead, in.ID)
			if err != nil {
				return Learning{}, err
			}
			return s.learning(ctx, c, &h)
		})
	write(s, Op{ID: "card-read", Path: "/me/cards/{card}", Action: access.MeRead, Summary: "I have read this card and understood it"},
		func(ctx context.Context, c *call, in *cardInput) (Card, []journal.Change, error) {
			h, err := s.self(ctx, c)
			if err != nil {
				return Card{}, nil, err
			}
			return s.readCard(ctx, c, &h, in.Card, in.Body.Wording)
		})
	write(s, Op{ID: "card-note", Path: "/helpers/{id}/cards/{card}", Action: access.TrainingWrite, Summary: "Note that a card was read out to somebody without a phone, who understood it"},
		func(ctx context.Context, c *call, in *cardFor) (Card, []journal.Change, error) {
			h, err := s.helperAt(ctx, c, access.TrainingWrite, in.ID)
			if err != nil {
				return Card{}, nil, err
			}
			return s.readCard(ctx, c, &h, in.Card, in.Body.Wording)
		})
}

func (s *Server) readCard(ctx context.Context, c *call, h *people.Helper, id, wording string) (Card, []journal.Change, error) {
	card, err := s.cardOf(id)
	if err != nil {
		return Card{}, nil, err
	}
	all, err := s.Store.Readings(ctx, h.ID)
	if err != nil {
		return Card{}, nil, err
	}
	var last training.Reading
	for _, r := range all {
		if r.Card == id {
			last = r
		}
	}
	next, err := training.Read(card, wording, h.ID, c.viewer.Account(), last, c.now)
	if err != nil {
		return Card{}, nil, err
	}
	entry := c.entry("card.read", "helpers", h.ID, h.PlaceID, h.Path, "work", map[string]string{"card": id})
	return readWire(card, []training.Reading{next}), []journal.Change{{Row: &next, Base: last.Version, Entry: entry}}, nil
}
