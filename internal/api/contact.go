package api

import (
	"context"
	"net/http"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// Contact is a contact card on the wire. Place is whose card it is: a place
// without one of its own has that of the nearest place above.
type Contact struct {
	PlaceID string      `json:"place_id" doc:"Whose card this is, empty when there is none on the way up"`
	Version int64       `json:"version" doc:"Version of the place's own card, 0 when it has none"`
	Card    ContactCard `json:"card"`
}

// ContactCard is what residents are told: whom to call, whom to turn to.
type ContactCard struct {
	Phone         string   `json:"phone,omitempty" doc:"The desk's phone"`
	Hours         Words    `json:"hours,omitempty"`
	Address       Words    `json:"address,omitempty"`
	English       string   `json:"english,omitempty" doc:"Phone of somebody who speaks English"`
	Complaints    string   `json:"complaints,omitempty" doc:"Phone for complaints and suggestions"`
	AppealTo      Words    `json:"appeal_to,omitempty" doc:"Who decides an appeal, never the author of the measure"`
	AppealPhone   string   `json:"appeal_phone,omitempty"`
	AppealAddress Words    `json:"appeal_address,omitempty"`
	AppealDays    int      `json:"appeal_days,omitempty" doc:"Days within which an appeal is answered"`
	Updates       []string `json:"updates,omitempty" doc:"Times of day at which residents are told how it stands: 08:30"`
	Workers       bool     `json:"workers,omitempty" doc:"Work phones of grid worker and lead may stand on public pages"`
}

type contactInput struct {
	ID   string `path:"id"`
	Body struct {
		ContactCard
		Base int64 `json:"base_version,omitempty" minimum:"0" doc:"Version of the card that the client saw; 0 when the place had none"`
	}
}

func (s *Server) contacts() {
	type byID struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "contact-read", Path: "/places/{id}/contact", Action: access.PlaceRead, Summary: "Whom residents of a place can call, and whom they can turn to"},
		func(ctx context.Context, c *call, in *byID) (Contact, error) {
			_, p, err := s.place(ctx, c, access.PlaceRead, in.ID, "")
			if err != nil {
				return Contact{}, err
			}
			x, ok, err := s.Store.ContactAt(ctx, p.Path)
			if err != nil || !ok {
				return Contact{}, err
			}
			out := Contact{PlaceID: x.PlaceID, Card: cardWire(x.Card)}
			if x.PlaceID == p.ID {
				out.Version = x.Version
			}
			return out, nil
		})
	write(s, Op{ID: "contact-set", Method: http.MethodPut, Path: "/places/{id}/contact", Action: access.ContactWrite, Summary: "Say whom residents of a place can call, and whom they can turn to"}, s.setContact)
}

func (s *Server) setContact(ctx context.Context, c *call, in *contactInput) (Contact, []journal.Change, error) {
	_, p, err := s.place(ctx, c, access.ContactWrite, in.ID, "")
	if err != nil {
		return Contact{}, nil, err
	}
	card := cardOf(in.Body.ContactCard)
	if err := card.Check(); err != nil {
		return Contact{}, nil, err
	}
	row := territory.Contact{PlaceID: p.ID, Card: card}
	e := c.entry("contact.set", "contacts", p.ID, p.ID, p.Path, "public", nil)
	return Contact{PlaceID: p.ID, Version: in.Body.Base + 1, Card: in.Body.ContactCard}, []journal.Change{{Row: &row, Base: in.Body.Base, Entry: e}}, nil
}

func cardWire(c territory.Card) ContactCard {
	return ContactCard{Phone: c.Phone, Hours: Words(c.Hours), Address: Words(c.Address), English: c.English, Complaints: c.Complaints, AppealTo: Words(c.AppealTo),
		AppealPhone: c.AppealPhone, AppealAddress: Words(c.AppealAddress), AppealDays: c.AppealDays, Updates: c.Updates, Workers: c.Workers}
}

func cardOf(w ContactCard) territory.Card {
	return territory.Card{Phone: w.Phone, Hours: territory.Both(w.Hours), Address: territory.Both(w.Address), English: w.English, Complaints: w.Complaints,
		AppealTo: territory.Both(w.AppealTo), AppealPhone: w.AppealPhone, AppealAddress: territory.Both(w.AppealAddress), AppealDays: w.AppealDays,
		Updates: w.Updates, Workers: w.Workers}
}
