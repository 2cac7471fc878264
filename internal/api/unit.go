package api

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/unit"
	"shouwang/internal/territory"
)

// Organisation is an organisation that sends people.
type Organisation struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Kind      string       `json:"kind" enum:"party,agency,company,social"`
	PlaceID   string       `json:"place_id"`
	Place     string       `json:"place"`
	Contact   string       `json:"contact" doc:"name of the contact; empty: nobody yet"`
	ContactID string       `json:"contact_id" doc:"the contact's id, for whoever may change it"`
	Offers    string       `json:"offers"`
	Since     string       `json:"since"`
	Ended     string       `json:"ended"`
	Members   []UnitMember `json:"members" nullable:"false" doc:"by name"`
	Wording   string       `json:"wording,omitempty" doc:"version of the note that sharing says yes to"`
	Presence  *Presence    `json:"presence" doc:"the viewer's own check-in"`
}

// UnitMember is somebody who checked in, and what they did, as far as the reader may know.
type UnitMember struct {
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	How      string `json:"how" enum:"lives,stationed"`
	Place    string `json:"place" doc:"the community where they checked in"`
	Since    string `json:"since"`
	Shares   bool   `json:"shares"`
	Deeds    []Deed `json:"deeds" nullable:"false" doc:"each thing once a month; never how often or how long"`
}

// Deed is what somebody did in a month.
type Deed struct {
	Month string `json:"month"`
	Title Words  `json:"title"`
	Place string `json:"place"`
}

// Presence is one's own check-in beside an organisation.
type Presence struct {
	How    string `json:"how"`
	Since  string `json:"since"`
	Shares bool   `json:"shares"`
}

type unitMake struct {
	ID   string `path:"id"`
	Body struct {
		Name    string `json:"name" maxLength:"240"`
		Kind    string `json:"kind" maxLength:"20"`
		Contact string `json:"contact,omitempty" maxLength:"60" doc:"helper who may see what members share"`
		Offers  string `json:"offers,omitempty" maxLength:"800"`
	}
}

type unitCheckIn struct {
	ID   string `path:"id"`
	Body struct {
		How     string `json:"how" maxLength:"20"`
		Shares  bool   `json:"shares"`
		Wording string `json:"wording,omitempty" maxLength:"20"`
	}
}

func (s *Server) units() {
	type at struct {
		ID string `path:"id"`
	}
	read(s, Op{ID: "unit-list", Path: "/places/{id}/units", Action: access.HelperList, Summary: "Organisations that checked in at a place and below, and who of them did, with what they did there"},
		func(ctx context.Context, c *call, in *at) (Items[Organisation], error) {
			return s.unitList(ctx, c, in.ID)
		})
	write(s, Op{ID: "unit-make", Path: "/places/{id}/units", Action: access.HelperWrite, Summary: "An organisation checks in at the place where it is stationed"},
		func(ctx context.Context, c *call, in *unitMake) (Organisation, []journal.Change, error) {
			a, p, err := s.place(ctx, c, access.HelperWrite, in.ID, "")
			if err != nil {
				return Organisation{}, nil, err
			}
			u := unit.Unit{ID: journal.NewID(c.now), Name: in.Body.Name, Kind: in.Body.Kind, PlaceID: p.ID, Path: p.Path, Contact: in.Body.Contact, Offers: in.Body.Offers, Since: c.now}
			return s.keepUnit(ctx, c, a, u, "unit.checked")
		})
	write(s, Op{ID: "unit-change", Path: "/units/{id}", Action: access.HelperWrite, Summary: "Change what is written of an organisation, or who its contact is"},
		func(ctx context.Context, c *call, in *unitMake) (Organisation, []journal.Change, error) {
			u, err := s.unitAt(ctx, c, in.ID)
			if err != nil {
				return Organisation{}, nil, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return Organisation{}, nil, err
			}
			u.Name, u.Kind, u.Contact, u.Offers = in.Body.Name, in.Body.Kind, in.Body.Contact, in.Body.Offers
			return s.keepUnit(ctx, c, a, u, "unit.changed")
		})
	write(s, Op{ID: "unit-end", Path: "/units/{id}/end", Action: access.HelperWrite, Summary: "An organisation is no longer stationed here; nothing more is shared with it"},
		func(ctx context.Context, c *call, in *at) (Organisation, []journal.Change, error) {
			u, err := s.unitAt(ctx, c, in.ID)
			if err != nil {
				return Organisation{}, nil, err
			}
			if !u.Ended.IsZero() {
				return Organisation{}, nil, unit.ErrEnded.With()
			}
			a, err := s.ground(ctx)
			if err != nil {
				return Organisation{}, nil, err
			}
			u.Ended = c.now
			return s.keepUnit(ctx, c, a, u, "unit.ended")
		})
	read(s, Op{ID: "own-units", Path: "/me/units", Action: access.MeRead, Summary: "Organisations I may check in beside, where I did, and those whose contact I am with what their members share"},
		func(ctx context.Context, c *call, _ *struct{}) (Items[Organisation], error) {
			return s.ownUnits(ctx, c)
		})
	write(s, Op{ID: "unit-join", Path: "/me/units/{id}", Action: access.MeRead, Summary: "Check in beside my organisation where I live or am stationed; sharing what I do there is my own choice"},
		func(ctx context.Context, c *call, in *unitCheckIn) (Organisation, []journal.Change, error) {
			h, u, was, err := s.ownUnit(ctx, c, in.ID)
			if err != nil {
				return Organisation{}, nil, err
			}
			if !u.Ended.IsZero() {
				return Organisation{}, nil, unit.ErrEnded.With()
			}
			a, err := s.ground(ctx)
			if err != nil {
				return Organisation{}, nil, err
			}
			p := unit.Presence{HelperID: h.ID, UnitID: u.ID, PlaceID: h.PlaceID, Path: h.Path, How: in.Body.How, Shares: in.Body.Shares}
			if up := a.UpTo(h.Path, territory.Community); up != nil {
				p.PlaceID, p.Path = up.ID, up.Path
			}
			next, err := unit.CheckIn(was, p, in.Body.Wording, c.now)
			if err != nil {
				return Organisation{}, nil, err
			}
			return s.presenceDone(c, a, u, next, was.Version, "unit.joined")
		})
	write(s, Op{ID: "unit-leave", Path: "/me/units/{id}/leave", Action: access.MeRead, Summary: "I am no longer checked in beside this organisation; what I shared is shared no more"},
		func(ctx context.Context, c *call, in *at) (Organisation, []journal.Change, error) {
			_, u, was, err := s.ownUnit(ctx, c, in.ID)
			if err != nil {
				return Organisation{}, nil, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return Organisation{}, nil, err
			}
			next, err := unit.Leave(was, c.now)
			if err != nil {
				return Organisation{}, nil, err
			}
			return s.presenceDone(c, a, u, next, was.Version, "unit.left")
		})
}

func (s *Server) presenceDone(c *call, a *Atlas, u unit.Unit, p unit.Presence, base int64, verb string) (Organisation, []journal.Change, error) {
	w := unitWire(a, &u, "")
	if p.In() {
		w.Presence = &Presence{p.How, stamp(p.Since), p.Shares}
	}
	return w, []journal.Change{{Row: &p, Base: base, Entry: s.helped(c, verb, "presences", u.ID, p.PlaceID, p.Path)}}, nil
}

func unitWire(a *Atlas, u *unit.Unit, contact string) Organisation {
	return Organisation{ID: u.ID, Name: u.Name, Kind: u.Kind, PlaceID: u.PlaceID, Place: a.FullName(u.Path), Contact: contact, ContactID: u.Contact, Offers: u.Offers, Since: stamp(u.Since), Ended: stamp(u.Ended), Members: []UnitMember{}}
}

// unitAt finds an organisation that the caller may change.
func (s *Server) unitAt(ctx context.Context, c *call, id string) (unit.Unit, error) {
	u, ok, err := s.Store.Unit(ctx, id)
	if err != nil || !ok {
		return u, orNotHere(c, err)
	}
	if err := s.may(c, access.HelperWrite, u.Path); err != nil {
		return u, access.Hide(err)
	}
	return u, nil
}

func (s *Server) keepUnit(ctx context.Context, c *call, a *Atlas, u unit.Unit, verb string) (Organisation, []journal.Change, error) {
	if err := u.Check(); err != nil {
		return Organisation{}, nil, err
	}
	name := ""
	if u.Contact != "" {
		h, err := s.helperAt(ctx, c, access.HelperList, u.Contact)
		if err != nil {
			return Organisation{}, nil, unit.ErrUnit.With()
		}
		name = h.Name
	}
	base := u.Version
	return unitWire(a, &u, name), []journal.Change{{Row: &u, Base: base, Entry: c.entry(verb, "units", u.ID, u.PlaceID, u.Path, "work", nil)}}, nil
}

// ownUnit is an organisation near the caller, and their check-in beside it.
func (s *Server) ownUnit(ctx context.Context, c *call, id string) (h people.Helper, u unit.Unit, was unit.Presence, err error) {
	h, ok, err := s.asHelper(ctx, c)
	if err != nil || !ok {
		return h, u, was, orElse(err, errNotHere(c))
	}
	if u, ok, err = s.Store.Unit(ctx, id); err != nil || !ok {
		return h, u, was, orNotHere(c, err)
	}
	all, err := s.Store.PresencesOf(ctx, h.ID)
	if err != nil {
		return h, u, was, err
	}
	if i := slices.IndexFunc(all, func(p unit.Presence) bool { return p.UnitID == id }); i >= 0 {
		return h, u, all[i], nil
	}
	if !territory.Inside(u.Path, s.myTown(ctx, h.Path)) {
		return h, u, was, errNotHere(c)
	}
	return h, u, was, nil
}

// myTown is the subdistrict of a path: where somebody looks for their organisation.
func (s *Server) myTown(ctx context.Context, path string) string {
	if a, err := s.ground(ctx); err == nil {
		if p := a.UpTo(path, territory.Subdistrict); p != nil {
			return p.Path
		}
	}
	return path
}

// members are those checked in, by name, with what they did: for the community all that
// was done at its places, for their organisation what each agreed to share.
func (s *Server) members(ctx context.Context, c *call, a *Atlas, all []unit.Presence, within string, shared bool) (map[string][]UnitMember, error) {
	ids := map[string]bool{}
	for _, p := range all {
		ids[p.HelperID] = true
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	gave, err := s.stretchesOf(ctx, c, ids, time.Time{})
	if err != nil {
		return nil, err
	}
	community := func(path string) string {
		if up := a.UpTo(path, territory.Community); up != nil {
			return a.FullName(up.Path)
		}
		return ""
	}
	out := map[string][]UnitMember{}
	for i := range all {
		p := &all[i]
		h := of[p.HelperID]
		if h == nil || !h.Left.IsZero() || !p.In() || shared && !p.Shares {
			continue
		}
		w := UnitMember{HelperID: h.ID, Name: h.Name, How: p.How, Place: community(p.Path), Since: stamp(p.Since), Shares: p.Shares, Deeds: []Deed{}}
		list := gave[h.ID]
		if within != "" {
			kept := list[:0:0]
			for _, x := range list {
				if territory.Inside(x.Path, within) {
					kept = append(kept, x)
				}
			}
			list = kept
		}
		for _, d := range unit.Deeds(p, list, zoneTime, community) {
			w.Deeds = append(w.Deeds, Deed{d.Month, words(d.Title), d.Place})
		}
		out[p.UnitID] = append(out[p.UnitID], w)
	}
	for id := range out {
		slices.SortFunc(out[id], func(x, y UnitMember) int {
			if x.Name != y.Name && x.Name < y.Name {
				return -1
			} else if x.Name != y.Name {
				return 1
			}
			return 0
		})
	}
	return out, nil
}

func (s *Server) unitList(ctx context.Context, c *call, id string) (Items[Organisation], error) {
	out := Items[Organisation]{Items: []Organisation{}}
	a, p, err := s.place(ctx, c, access.HelperList, id, "")
	if err != nil {
		return out, err
	}
	here, err := s.Store.UnitsUnder(ctx, p.Path)
	if err != nil {
		return out, err
	}
	present, err := s.Store.Presences(ctx, p.Path)
	if err != nil {
		return out, err
	}
	members, err := s.members(ctx, c, a, present, p.Path, false)
	if err != nil {
		return out, err
	}
	known := map[string]bool{}
	for i := range here {
		known[here[i].ID] = true
	}
	for _, x := range present { // whose organisation is stationed elsewhere
		if !known[x.UnitID] && x.In() {
			known[x.UnitID] = true
			u, ok, err := s.Store.Unit(ctx, x.UnitID)
			if err != nil {
				return out, err
			}
			if ok {
				here = append(here, u)
			}
		}
	}
	ids := map[string]bool{}
	for i := range here {
		ids[here[i].Contact] = true
	}
	delete(ids, "")
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return out, err
	}
	for i := range here {
		u := &here[i]
		name := ""
		if h := of[u.Contact]; h != nil {
			name = h.Name
		}
		w := unitWire(a, u, name)
		if m := members[u.ID]; m != nil {
			w.Members = m
		}
		out.Items = append(out.Items, w)
	}
	out.Total = len(out.Items)
	return out, nil
}

func (s *Server) ownUnits(ctx context.Context, c *call) (Items[Organisation], error) {
	out := Items[Organisation]{Items: []Organisation{}}
	h, err := s.self(ctx, c)
	if err != nil {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	near, err := s.Store.UnitsUnder(ctx, s.myTown(ctx, h.Path))
	if err != nil {
		return out, err
	}
	mine, err := s.Store.PresencesOf(ctx, h.ID)
	if err != nil {
		return out, err
	}
	led, err := s.Store.UnitsOf(ctx, h.ID)
	if err != nil {
		return out, err
	}
	for _, u := range led {
		if !slices.ContainsFunc(near, func(x unit.Unit) bool { return x.ID == u.ID }) {
			near = append(near, u)
		}
	}
	for i := range near {
		u := &near[i]
		if !u.Ended.IsZero() {
			continue
		}
		w := unitWire(a, u, "")
		w.Wording = unit.Wording
		if k := slices.IndexFunc(mine, func(p unit.Presence) bool { return p.UnitID == u.ID }); k >= 0 && mine[k].In() {
			w.Presence = &Presence{mine[k].How, stamp(mine[k].Since), mine[k].Shares}
		}
		if u.Contact == h.ID {
			if err := s.contactSees(ctx, c, a, u, h.Name, &w); err != nil {
				return out, err
			}
		}
		out.Items = append(out.Items, w)
	}
	out.Total = len(out.Items)
	return out, nil
}

// contactSees puts in what the members of an organisation share with it; the look is
// recorded before it is shown.
func (s *Server) contactSees(ctx context.Context, c *call, a *Atlas, u *unit.Unit, name string, w *Organisation) error {
	w.Contact = name
	all, err := s.Store.Members(ctx, u.ID)
	if err != nil {
		return err
	}
	members, err := s.members(ctx, c, a, all, "", true)
	if err != nil || len(members[u.ID]) == 0 {
		return err
	}
	w.Members = members[u.ID]
	_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: s.helped(c, "unit.read", "units", u.ID, u.PlaceID, u.Path)})
	return err
}
