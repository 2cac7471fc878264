package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// HouseholdCard is a card as it is handed over, with its digits.
type HouseholdCard struct {
	Door  string `json:"door" doc:"The code of the door, typed with it"`
	Place string `json:"place"`
	Code  string `json:"code"`
	Made  string `json:"made"`
	Until string `json:"until"`
	Join  string `json:"join,omitempty" doc:"Address of the page where it is typed, without the host; empty while the community has no code of its own"`
}

func (h HouseholdCard) brief() any { h.Code, h.Join = "", ""; return h }

// CardTrace is one card of a door without its digits: what became of it.
type CardTrace struct {
	ID    string `json:"id"`
	Made  string `json:"made"`
	Until string `json:"until"`
	State string `json:"state" enum:"good,used,revoked,ended"`
	At    string `json:"at,omitempty" doc:"When it was used or taken back"`
}

// CardList is the cards of a door, newest first.
type CardList struct {
	Door  string      `json:"door"`
	Place string      `json:"place"`
	Items []CardTrace `json:"items" nullable:"false"`
}

// cardsShown is how many cards of a door are listed.
const cardsShown = 12

type ofDoor struct {
	ID string `path:"id"`
}

func (s *Server) cards() {
	write(s, Op{ID: "card-make", Path: "/places/{id}/card", Action: access.HelperWrite, Summary: "A household card for a door: a code for whoever has no phone, good once and for two weeks; the one before ends"}, s.makeCard)
	write(s, Op{ID: "card-revoke", Path: "/places/{id}/card/revoke", Action: access.HelperWrite, Summary: "Take a door's household card back: it opens nothing any more"}, s.revokeCard)
	read(s, Op{ID: "card-list", Path: "/places/{id}/card", Action: access.HelperWrite, Summary: "The household cards of a door and what became of them, without their digits"}, s.listCards)
	read(s, Op{ID: "card-sheet", Method: http.MethodGet, Path: "/places/{id}/card/sheet", Action: access.HelperWrite, Summary: "The good household card of a door with its digits, to be printed; the look is recorded"}, s.cardSheet)
}

// doorOf finds the door whose cards somebody may make.
func (s *Server) doorOf(ctx context.Context, c *call, id string) (*Atlas, *territory.Place, error) {
	a, p, err := s.place(ctx, c, access.HelperWrite, id, "")
	if err == nil && p.Kind != territory.Door {
		err = people.ErrField.With("门牌", "住户卡只给一户", "Door", "a household card is for one door")
	}
	return a, p, err
}

func (s *Server) makeCard(ctx context.Context, c *call, in *ofDoor) (HouseholdCard, []journal.Change, error) {
	a, p, err := s.doorOf(ctx, c, in.ID)
	if err != nil {
		return HouseholdCard{}, nil, err
	}
	changes, err := s.recalled(ctx, c, p)
	if err != nil {
		return HouseholdCard{}, nil, err
	}
	x := people.Code{ID: journal.NewID(c.now), Purpose: people.ToCard, PlaceID: p.ID, Made: c.now, Until: c.now.Add(people.CardLife)}
	x.Hash = s.Store.CodeHash(x.ID, s.Store.CardDigits(x.ID))
	w, err := s.cardWire(ctx, a, p, x)
	return w, append(changes, journal.Change{Row: &x, Entry: cardEntry(c, "card.made", x.ID, p)}), err
}

// recalled takes the good cards of a door back.
func (s *Server) recalled(ctx context.Context, c *call, p *territory.Place) ([]journal.Change, error) {
	good, err := s.Store.CardsAt(ctx, p.ID, c.now)
	var out []journal.Change
	for _, x := range good {
		if next, changed := x.Recall(c.now); changed {
			out = append(out, journal.Change{Row: &next, Base: x.Version, Entry: cardEntry(c, "card.revoked", x.ID, p)})
		}
	}
	return out, err
}

func cardEntry(c *call, verb, id string, p *territory.Place) journal.Entry {
	e := c.entry(verb, "phone_codes", id, p.ID, p.Path, "audit", nil)
	e.Purpose = store.PeoplePurpose
	return e
}

// cardWire shows a card with its digits and where they are typed: the page of the
// community whose notice recruits, as far as it has a code.
func (s *Server) cardWire(ctx context.Context, a *Atlas, p *territory.Place, x people.Code) (HouseholdCard, error) {
	w := HouseholdCard{Door: p.Code, Place: a.FullName(p.Path), Code: s.Store.CardDigits(x.ID), Made: stamp(x.Made), Until: stamp(x.Until)}
	community := a.UpTo(p.Path, territory.Community)
	if community == nil {
		return w, nil
	}
	codes, err := s.Store.QROf(ctx, []string{community.ID})
	if len(codes) > 0 {
		w.Join = "/join/" + s.Store.QRToken(community.ID, codes[0].Nonce)
	}
	return w, err
}

func (s *Server) revokeCard(ctx context.Context, c *call, in *ofDoor) (CardList, []journal.Change, error) {
	a, p, err := s.doorOf(ctx, c, in.ID)
	if err != nil {
		return CardList{}, nil, err
	}
	changes, err := s.recalled(ctx, c, p)
	if err == nil && len(changes) == 0 {
		err = people.ErrNoCard.With()
	}
	if err != nil {
		return CardList{}, nil, err
	}
	w, err := s.cardTraces(ctx, c, a, p)
	for i := range w.Items {
		if w.Items[i].State == "good" {
			w.Items[i].State, w.Items[i].At = "revoked", stamp(c.now)
		}
	}
	return w, changes, err
}

func (s *Server) listCards(ctx context.Context, c *call, in *ofDoor) (CardList, error) {
	a, p, err := s.doorOf(ctx, c, in.ID)
	if err != nil {
		return CardList{}, err
	}
	return s.cardTraces(ctx, c, a, p)
}

func (s *Server) cardTraces(ctx context.Context, c *call, a *Atlas, p *territory.Place) (CardList, error) {
	out := CardList{Door: p.Code, Place: a.FullName(p.Path), Items: []CardTrace{}}
	all, err := s.Store.CardsOf(ctx, p.ID, cardsShown)
	for _, x := range all {
		at := x.Used
		if at.IsZero() {
			at = x.Revoked
		}
		out.Items = append(out.Items, CardTrace{ID: x.ID, Made: stamp(x.Made), Until: stamp(x.Until), State: x.State(c.now), At: stamp(at)})
	}
	return out, err
}

func (s *Server) cardSheet(ctx context.Context, c *call, in *ofDoor) (HouseholdCard, error) {
	a, p, err := s.doorOf(ctx, c, in.ID)
	if err != nil {
		return HouseholdCard{}, err
	}
	good, err := s.Store.CardsAt(ctx, p.ID, c.now)
	if err != nil {
		return HouseholdCard{}, err
	}
	for _, x := range good {
		if digits := s.Store.CardDigits(x.ID); !s.opens(x, digits, c.now) {
			continue // made before digits could be printed again
		}
		w, err := s.cardWire(ctx, a, p, x)
		if err == nil {
			_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: cardEntry(c, "card.shown", x.ID, p)})
		}
		return w, err
	}
	return HouseholdCard{}, people.ErrNoCard.With()
}

func (s *Server) opens(x people.Code, digits string, now time.Time) bool {
	_, ok := x.Open(people.ToCard, s.Store.CodeHash(x.ID, digits), now)
	return ok
}

// openCard tries the code of a household card at a door.
func (s *Server) openCard(ctx context.Context, c *call, a *Atlas, door, card string) (people.Code, journal.Change, error) {
	try := access.Attempt{Login: "card:" + strings.ToUpper(strings.TrimSpace(door)), Network: network(c)}
	if wait := s.limiter.Begin(try, c.now); wait > 0 {
		return people.Code{}, journal.Change{}, access.SlowDown(wait)
	}
	p, ok := a.ByCode(strings.ToUpper(strings.TrimSpace(door)))
	if !ok || p.Kind != territory.Door {
		return people.Code{}, journal.Change{}, people.ErrCard.With()
	}
	cards, err := s.Store.CardsAt(ctx, p.ID, c.now)
	if err != nil {
		return people.Code{}, journal.Change{}, err
	}
	typed := strings.NewReplacer(" ", "", "-", "").Replace(card) // as it is printed, in two groups
	for _, x := range cards {
		if next, ok := x.Open(people.ToCard, s.Store.CodeHash(x.ID, typed), c.now); ok {
			s.limiter.Succeeded(try, c.now)
			return x, journal.Change{Row: &next, Base: x.Version}, nil
		}
	}
	return people.Code{}, journal.Change{}, people.ErrCard.With()
}
