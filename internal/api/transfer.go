package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/register"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// transferItem is the item of the catalogue that each person of a batch is a case of.
const transferItem = "isolation-transfer"

type transferInput struct {
	Body struct {
		PlaceID string         `json:"place_id" maxLength:"60"`
		Vehicle string         `json:"vehicle,omitempty" maxLength:"60"`
		Seats   int            `json:"seats,omitempty" minimum:"0" maximum:"200"`
		Driver  string         `json:"driver,omitempty" maxLength:"60" doc:"account; empty: an ambulance of 120"`
		Site    string         `json:"site,omitempty" maxLength:"120"`
		Basis   string         `json:"basis,omitempty" maxLength:"400"`
		Until   string         `json:"until,omitempty" maxLength:"40" doc:"civil date: the end of the measure"`
		Homes   []transferHome `json:"homes,omitempty" maxItems:"60"`
	}
}

type transferHome struct {
	Persons []string        `json:"persons" maxItems:"20" doc:"of one household"`
	Stays   []transferStays `json:"stays,omitempty" maxItems:"20"`
}

type transferStays struct {
	Chain  string `json:"chain" maxLength:"40"`
	Nobody bool   `json:"nobody,omitempty"`
	Who    string `json:"who,omitempty" maxLength:"60" doc:"account that answers for it first"`
}

// transferOpen writes down who goes, with which vehicle, and what stays behind: each a
// custody, so that nobody and nothing is between two pairs of hands.
func (s *Server) transferOpen(ctx context.Context, c *call, in *transferInput) (Transfer, []journal.Change, error) {
	b := in.Body
	a, p, err := s.doorway(ctx, c, access.CaseOpen, b.PlaceID)
	if err != nil {
		return Transfer{}, nil, err
	}
	x, err := s.item(ctx, c, a, p, transferItem)
	if err != nil {
		return Transfer{}, nil, err
	}
	t := need.Batch{ID: journal.NewID(c.now), PlaceID: p.ID, Path: p.Path, Vehicle: strings.TrimSpace(b.Vehicle), Seats: b.Seats, Driver: b.Driver, Site: strings.TrimSpace(b.Site),
		Basis: strings.TrimSpace(b.Basis), Opened: c.now, OpenedBy: c.viewer.Account()}
	if b.Until != "" {
		if t.Until, err = civilEnd(b.Until, c.now); err != nil {
			return Transfer{}, nil, err
		}
	}
	left, asked, err := s.staysBehind(ctx, c, a, p, x)
	if err != nil {
		return Transfer{}, nil, err
	}
	goers, homes, err := s.transferHomes(ctx, c, p, b.Homes)
	if err != nil {
		return Transfer{}, nil, err
	}
	door := func(id string) string {
		if d, ok := a.Place(id); ok {
			return a.FullName(d.Path)
		}
		return id
	}
	if err := t.Check(homes, asked, door, func(id string) string { return left[id].Chained.Title.ZH + " / " + left[id].Chained.Title.EN }); err != nil {
		return Transfer{}, nil, err
	}
	e := c.entry("transfer.opened", "transfers", t.ID, t.PlaceID, t.Path, "work", nil)
	changes := []journal.Change{{Row: &t, Entry: e}}
	said := "依据：" + t.Basis + "；到 " + b.Until + "。送：" + t.Site + "；车：" + t.Vehicle + "。"
	for i, home := range homes {
		var first need.Case
		for n, person := range goers[i] {
			k, more, err := s.openCase(ctx, c.now, c.viewer.Account(), a, x, need.Case{PlaceID: person.PlaceID, Path: person.Path, Origin: "desk", OpenedBy: c.viewer.Account(), Noted: c.viewer.Account(), PersonID: person.ID, Words: said})
			if err != nil {
				return Transfer{}, nil, err
			}
			if n == 0 {
				first = k
			}
			t.Incident = k.Incident
			for _, ch := range more {
				if row, ok := ch.Row.(*need.Custody); ok {
					row.Batch, row.PersonID = t.ID, person.ID
				}
			}
			changes = merge(changes, more)
		}
		for _, st := range home.Stays {
			if st.Nobody {
				continue
			}
			more, err := s.stay(ctx, c, a, &first, &t, left[st.Chain], st.Who, door(home.Door))
			if err != nil {
				return Transfer{}, nil, err
			}
			changes = merge(changes, more)
		}
	}
	return s.transferHead(ctx, a, t), changes, nil
}

// merge adds changes, and of what is kept by its content only one.
func merge(all, more []journal.Change) []journal.Change {
	for _, ch := range more {
		if k, ok := ch.Row.(*store.KeptItem); ok && slices.ContainsFunc(all, func(x journal.Change) bool { o, ok := x.Row.(*store.KeptItem); return ok && o.ID == k.ID }) {
			continue
		}
		all = append(all, ch)
	}
	return all
}

// staysBehind are the chains that the transfer's chain asks about, each as an item of its
// own, in the order of the playbook.
func (s *Server) staysBehind(ctx context.Context, c *call, a *Atlas, p *territory.Place, x need.Item) (map[string]need.Item, []string, error) {
	force, _, _, err := s.forceAt(ctx, c, a, p)
	if err != nil || x.Chained == nil {
		return nil, nil, err
	}
	out, asked := map[string]need.Item{}, []string{}
	for _, id := range x.Chained.With {
		ch, ok := chainIn(force, id)
		if !ok {
			continue
		}
		item := need.Item{CaseItem: x.CaseItem, LineTitle: x.LineTitle, Chained: &ch}
		item.CaseItem.Title, item.CaseItem.Chain = ch.Title, ch.ID
		out[id], asked = item, append(asked, id)
	}
	return out, asked, nil
}

// transferHomes finds the persons of each household, whom the caller must be allowed to
// see, and who of it stays at home.
func (s *Server) transferHomes(ctx context.Context, c *call, p *territory.Place, in []transferHome) (goers [][]register.Person, homes []need.Home, err error) {
	for _, h := range in {
		var going []register.Person
		home := need.Home{Going: len(h.Persons)}
		for _, st := range h.Stays {
			home.Stays = append(home.Stays, need.Stays{Chain: st.Chain, Nobody: st.Nobody, Who: st.Who})
		}
		for _, id := range h.Persons {
			_, person, err := s.person(ctx, c, access.ResidentRead, id)
			if err != nil {
				return nil, nil, err
			}
			if !territory.Inside(person.Path, p.Path) || slices.ContainsFunc(going, func(o register.Person) bool { return o.ID == id || o.PlaceID != person.PlaceID }) {
				return nil, nil, need.ErrBatch.With("同一户的人", "persons of one household here").At("homes")
			}
			open, err := s.Store.CustodiesOfPerson(ctx, id)
			if err != nil {
				return nil, nil, err
			}
			if len(open) > 0 {
				return nil, nil, need.ErrTwice.With("1").At("homes")
			}
			going, home.Door = append(going, person), person.PlaceID
		}
		if len(going) == 0 {
			continue
		}
		all, err := s.Store.PersonsAt(ctx, []string{home.Door}, store.Clear{})
		if err != nil {
			return nil, nil, err
		}
		for _, o := range all {
			if o.Until.IsZero() && o.HouseholdID == going[0].HouseholdID && !slices.ContainsFunc(going, func(g register.Person) bool { return g.ID == o.ID }) {
				born, _ := time.Parse(time.DateOnly, o.Birth)
				home.Left = append(home.Left, born)
			}
		}
		goers, homes = append(goers, going), append(homes, home)
	}
	return goers, homes, nil
}

// stay begins the custody of what stays behind, with who answers for it first.
func (s *Server) stay(ctx context.Context, c *call, a *Atlas, k *need.Case, t *need.Batch, x need.Item, who, door string) ([]journal.Change, error) {
	found, err := s.takers(ctx, c, a, k.Path, k.Incident, x.Chained.Legs[0].By)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(found, func(p custody.Party) bool { return p.Who == who })
	if i < 0 {
		return nil, need.ErrWho.With(door, x.Chained.Title.ZH+" / "+x.Chained.Title.EN).At("homes")
	}
	book, kept, err := s.keepItem(ctx, &x)
	if err != nil {
		return nil, err
	}
	row := need.Custody{ID: journal.NewID(c.now), CaseID: k.ID, Chain: x.Chained.ID, Book: book, Subject: x.Chained.ID, PlaceID: k.PlaceID, Path: k.Path, First: found[i], Opened: c.now, Batch: t.ID}
	row.Reckon(x.Chain(), nil)
	return append([]journal.Change{{Row: &row, Entry: s.custodyEntry(c.now, c.viewer.Account(), k, &row, "began", nil)}}, kept...), nil
}

// chainIn is a chain of the playbooks in force, the incident's before the everyday one's.
func chainIn(f mode.Force, id string) (mode.ChainItem, bool) {
	for i := len(f) - 1; i >= 0; i-- {
		if ch, ok := f[i].Chain(id); ok {
			return ch, true
		}
	}
	return mode.ChainItem{}, false
}

// incidentAt is the incident whose declaration covers a path, the last one where there
// are several.
func incidentAt(f *inForce, path string) (id string) {
	for _, d := range f.decls {
		if territory.Inside(path, d.Path) {
			id = d.Incident
		}
	}
	return id
}
