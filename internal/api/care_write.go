package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people/care"
	"shouwang/internal/people/shift"
)

// GearLine is one kind of gear that a shift hands out.
type GearLine struct {
	Title Words `json:"title"`
	Count int   `json:"count"`
}

// OwnCare is what is done for the helper who asks.
type OwnCare struct {
	Gear         []GearIssue `json:"gear" nullable:"false" doc:"what I was handed and have not brought back"`
	InsuredUntil string      `json:"insured_until" doc:"empty: nobody said that I am covered"`
	InsuredBy    string      `json:"insured_by"`
	Lodging      string      `json:"lodging"`
	LodgedUntil  string      `json:"lodged_until"`
	Thanks       []Thanks    `json:"thanks" nullable:"false"`
}

type gearGive struct {
	ID   string `path:"id"`
	Body struct {
		HelperID string `json:"helper_id,omitempty" maxLength:"60" doc:"empty: taken in by the place"`
		Kind     string `json:"kind" maxLength:"40"`
		Count    int    `json:"count"`
	}
}

type gearBack struct {
	ID   string `path:"id"`
	Body struct {
		Lost bool   `json:"lost,omitempty" doc:"it will not be brought back"`
		Why  string `json:"why,omitempty" maxLength:"800"`
	}
}

type careSet struct {
	ID   string `path:"id"`
	Body struct {
		InsuredUntil *string `json:"insured_until,omitempty" maxLength:"40" doc:"a civil day, covered to its end; empty: not covered; what is left out stays as it is"`
		InsuredBy    *string `json:"insured_by,omitempty" maxLength:"240"`
		Lodging      *string `json:"lodging,omitempty" maxLength:"480" doc:"empty: they sleep at home again"`
		LodgedUntil  *string `json:"lodged_until,omitempty" maxLength:"40" doc:"a civil day, to its end"`
	}
}

func (s *Server) careWrites() {
	write(s, Op{ID: "gear-give", Path: "/places/{id}/gear", Action: access.HelperWrite, Summary: "Hand gear to somebody on the roll, or take some in for the place"}, s.giveGear)
	write(s, Op{ID: "gear-back", Path: "/gear/{id}/back", Action: access.HelperWrite, Summary: "Gear was brought back, or will not be"},
		func(ctx context.Context, c *call, in *gearBack) (GearIssue, []journal.Change, error) {
			x, ok, err := s.Store.Issue(ctx, in.ID)
			if err != nil || !ok {
				return GearIssue{}, nil, orNotHere(c, err)
			}
			if err := s.may(c, access.HelperWrite, x.Path); err != nil {
				return GearIssue{}, nil, access.Hide(err)
			}
			kinds, _, _ := s.careKinds()
			next, err := care.Return(kinds, x, in.Body.Lost, in.Body.Why, c.viewer.Account(), c.now)
			if err != nil {
				return GearIssue{}, nil, err
			}
			verb := "gear.returned"
			if next.Lost {
				verb = "gear.lost"
			}
			return GearIssue{ID: x.ID, HelperID: x.HelperID, Kind: x.Kind, Count: x.Count, Given: stamp(x.Given)},
				[]journal.Change{{Row: &next, Base: x.Version, Entry: s.helped(c, verb, "gear", x.ID, x.PlaceID, x.Path)}}, nil
		})
	write(s, Op{ID: "care-set", Path: "/helpers/{id}/care", Action: access.HelperWrite, Summary: "Write until when a helper is insured and by whom, and where they sleep when they may not go home"}, s.setCare)
	read(s, Op{ID: "own-care", Path: "/me/care", Action: access.MeRead, Summary: "What is done for me: gear I hold, insurance, lodging, thanks"}, s.ownCare)
}

func (s *Server) giveGear(ctx context.Context, c *call, in *gearGive) (GearIssue, []journal.Change, error) {
	_, p, err := s.place(ctx, c, access.HelperWrite, in.ID, "")
	if err != nil {
		return GearIssue{}, nil, err
	}
	x := care.Issue{ID: journal.NewID(c.now), HelperID: in.Body.HelperID, PlaceID: p.ID, Path: p.Path, Kind: in.Body.Kind, Count: in.Body.Count, Given: c.now, By: c.viewer.Account()}
	verb := "gear.taken"
	if x.HelperID != "" {
		if _, err := s.helperAt(ctx, c, access.HelperList, x.HelperID); err != nil {
			return GearIssue{}, nil, err
		}
		verb = "gear.given"
	}
	kinds, _, _ := s.careKinds()
	if x, err = care.Give(kinds, x); err != nil {
		return GearIssue{}, nil, err
	}
	return GearIssue{ID: x.ID, HelperID: x.HelperID, Kind: x.Kind, Count: x.Count, Given: stamp(x.Given)},
		[]journal.Change{{Row: &x, Entry: c.entry(verb, "gear", x.ID, p.ID, p.Path, "work", map[string]any{"kind": x.Kind, "count": x.Count})}}, nil
}

// dayEnd reads a civil day as the moment at which it ends; empty is no day.
func dayEnd(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return civilEnd(s, now)
}

func (s *Server) setCare(ctx context.Context, c *call, in *careSet) (CareHelper, []journal.Change, error) {
	h, err := s.helperAt(ctx, c, access.HelperWrite, in.ID)
	if err != nil {
		return CareHelper{}, nil, err
	}
	had, err := s.Store.Kept(ctx, []string{h.ID})
	if err != nil {
		return CareHelper{}, nil, err
	}
	k, b := had[h.ID], &in.Body
	k.HelperID = h.ID
	for _, x := range []struct {
		to *string
		v  *string
	}{{&k.InsuredBy, b.InsuredBy}, {&k.Lodging, b.Lodging}} {
		if x.v != nil {
			*x.to = strings.TrimSpace(*x.v)
		}
	}
	for _, x := range []struct {
		to *time.Time
		v  *string
	}{{&k.InsuredUntil, b.InsuredUntil}, {&k.LodgedUntil, b.LodgedUntil}} {
		if x.v == nil {
			continue
		}
		if *x.to, err = dayEnd(*x.v, c.now); err != nil || !x.to.IsZero() && !c.now.Before(*x.to) {
			return CareHelper{}, nil, care.ErrCare.With("120")
		}
	}
	if err := k.Check(); err != nil {
		return CareHelper{}, nil, err
	}
	return CareHelper{h.ID, h.Name, stamp(k.InsuredUntil), k.InsuredBy, k.Lodging, stamp(k.LodgedUntil)},
		[]journal.Change{{Row: &k, Base: had[h.ID].Version, Entry: s.helped(c, "care.written", "kept", h.ID, h.PlaceID, h.Path)}}, nil
}

func (s *Server) ownCare(ctx context.Context, c *call, _ *struct{}) (OwnCare, error) {
	out := OwnCare{Gear: []GearIssue{}, Thanks: []Thanks{}}
	h, err := s.self(ctx, c)
	if err != nil {
		return out, err
	}
	issues, err := s.Store.GearOf(ctx, h.ID)
	if err != nil {
		return out, err
	}
	kinds, _, _ := s.careKinds()
	for _, x := range issues {
		for _, k := range kinds {
			if k.ID == x.Kind && x.Back.IsZero() && !k.Used {
				out.Gear = append(out.Gear, GearIssue{x.ID, h.ID, h.Name, x.Kind, words(k.Title), x.Count, stamp(x.Given), k.Used})
			}
		}
	}
	kept, err := s.Store.Kept(ctx, []string{h.ID})
	if err != nil {
		return out, err
	}
	if k := kept[h.ID]; k.Covered(c.now) {
		out.InsuredUntil, out.InsuredBy = stamp(k.InsuredUntil), k.InsuredBy
	}
	if k := kept[h.ID]; c.now.Before(k.LodgedUntil) {
		out.Lodging, out.LodgedUntil = k.Lodging, stamp(k.LodgedUntil)
	}
	out.Thanks, err = s.thanksFor(ctx, c, &h)
	return out, err
}

// gearFor is what a shift hands out, in words, for whoever stands it.
func (s *Server) gearFor(ctx context.Context, c *call, x *shift.Shift) []GearLine {
	out := []GearLine{}
	b, it := s.bookAndPost(ctx, c, x)
	for _, g := range it.Gear {
		kinds := b.GearKinds()
		if i := slices.IndexFunc(kinds, func(k mode.GearKind) bool { return k.ID == g.ID }); i >= 0 {
			out = append(out, GearLine{words(kinds[i].Title), g.N})
		}
	}
	return out
}

// mealsFor are the meals that whoever stands a shift gets.
func (s *Server) mealsFor(ctx context.Context, c *call, x *shift.Shift) []Words {
	out := []Words{}
	b, it := s.bookAndPost(ctx, c, x)
	if b == nil {
		return out
	}
	local := x.From.In(zoneTime)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zoneTime)
	kinds := b.MealKinds()
	portions, _ := care.Portions(kinds, []care.Duty{{HelperID: "x", From: x.From, Until: x.Until, Meals: it.Meals}}, midnight, 2, nil)
	for _, p := range portions {
		if i := slices.IndexFunc(kinds, func(k mode.Meal) bool { return k.ID == p.Meal }); i >= 0 {
			out = append(out, words(kinds[i].Title))
		}
	}
	return out
}

func (s *Server) bookAndPost(ctx context.Context, c *call, x *shift.Shift) (*mode.Playbook, mode.PostItem) {
	b, err := s.bookOf(ctx, c, x.Incident)
	if err != nil {
		return nil, mode.PostItem{}
	}
	it, _ := b.Post(x.Item)
	return b, it
}
