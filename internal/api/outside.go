package api

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// OutsideKey is the key of a system outside of ours, without its text.
type OutsideKey struct {
	ID       string      `json:"id"`
	Name     string      `json:"name" doc:"whose system it is"`
	Places   []NamedItem `json:"places" nullable:"false"`
	Items    []NamedItem `json:"items" nullable:"false"`
	Issued   string      `json:"issued"`
	IssuedBy string      `json:"issued_by"`
	Until    string      `json:"until"`
	State    string      `json:"state" enum:"open,ended,revoked"`
	Revoked  string      `json:"revoked"`
	Why      string      `json:"why" doc:"it was revoked"`
	Last     string      `json:"last" doc:"when it was used last, within 30 days"`
	Uses     int         `json:"uses" doc:"calls of the last 30 days; at most 1000 are counted"`
	Refused  int         `json:"refused" doc:"of these"`
	Opened   int         `json:"opened" doc:"cases they opened"`
}

// NamedItem is an id with its name.
type NamedItem struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
}

// OutsideKeys are the keys of an office and what a new one may be for.
type OutsideKeys struct {
	Items  []OutsideKey `json:"items" nullable:"false"`
	Offers []NamedItem  `json:"offers" nullable:"false" doc:"what residents may ask for here, so a key may too"`
	Base   string       `json:"base" doc:"the address that the other system calls"`
}

// OutsideIssued hands out a key once.
type OutsideIssued struct {
	Key  string     `json:"key" doc:"shown this once"`
	Item OutsideKey `json:"item"`
}

// OutsideUse is one call that a key made.
type OutsideUse struct {
	At     string `json:"at"`
	What   string `json:"what" enum:"services,post,read,list,token"`
	Code   string `json:"code" doc:"of the refusal"`
	Number string `json:"number" doc:"of the case it opened"`
}

type outsideIssueInput struct {
	ID   string `path:"id"`
	Body struct {
		Name     string   `json:"name" maxLength:"100"`
		PlaceIDs []string `json:"place_ids" maxItems:"50"`
		Items    []string `json:"items" maxItems:"100"`
		Until    string   `json:"until" maxLength:"40" doc:"a day or a moment, within a year"`
	}
}

type outsideRevokeInput struct {
	ID   string `path:"id"`
	Body struct {
		Why string `json:"why" maxLength:"400"`
	}
}

// usesSince is how far back the uses of a key are counted.
const usesSince = 30 * 24 * time.Hour

func (s *Server) outsides() {
	read(s, Op{ID: "outside-list", Path: "/places/{id}/outside-keys", Action: access.OutsideIssue, Summary: "Keys of systems outside of ours that offices here issued, and what each did"}, s.outsideList)
	act(s, Op{ID: "outside-issue", Path: "/places/{id}/outside-keys", Action: access.OutsideIssue, Summary: "Issue a key to a named system outside of ours, for places and items, with an end"}, s.outsideIssue)
	write(s, Op{ID: "outside-revoke", Path: "/outside-keys/{id}/revoke", Action: access.OutsideIssue, Summary: "Revoke the key of a system outside of ours; it stops at once"}, s.outsideRevoke)
	read(s, Op{ID: "outside-uses", Path: "/outside-keys/{id}/uses", Action: access.OutsideIssue, Summary: "What a key did in the last 30 days, the newest first"}, s.outsideUses)
}

func (s *Server) outsideList(ctx context.Context, c *call, in *incidentID) (OutsideKeys, error) {
	out := OutsideKeys{Items: []OutsideKey{}, Offers: []NamedItem{}, Base: s.Public + Open311Path + "v2"}
	a, p, err := s.named(ctx, c, access.OutsideIssue, in.ID)
	if err != nil {
		return out, err
	}
	keys, err := s.Store.OutsideKeysUnder(ctx, p.Path)
	if err != nil {
		return out, err
	}
	xs, err := s.NeedsFor(ctx, p.ID)
	if err != nil {
		return out, err
	}
	for _, x := range xs {
		if x.Only == "" && x.ID != need.Objection {
			out.Offers = append(out.Offers, NamedItem{x.ID, words(x.Title)})
		}
	}
	for _, k := range keys {
		w, err := s.outsideWire(ctx, c, a, k, xs)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, w)
	}
	return out, nil
}

func (s *Server) outsideWire(ctx context.Context, c *call, a *Atlas, k access.OutsideKey, xs []need.Item) (OutsideKey, error) {
	w := OutsideKey{ID: k.ID, Name: k.Name, Places: []NamedItem{}, Items: []NamedItem{}, Issued: stamp(k.Issued), IssuedBy: s.accountName(ctx, k.IssuedBy), Until: stamp(k.Until),
		State: "ended", Revoked: stamp(k.Revoked), Why: k.Why}
	switch {
	case !k.Revoked.IsZero():
		w.State = "revoked"
	case k.Open(c.now):
		w.State = "open"
	}
	for _, id := range k.Places {
		name := id
		if p, ok := a.Place(id); ok {
			name = a.FullName(p.Path)
		}
		w.Places = append(w.Places, NamedItem{id, Words{name, name}})
	}
	for _, id := range k.Items {
		n := NamedItem{id, Words{id, id}}
		if i := slices.IndexFunc(xs, func(x need.Item) bool { return x.ID == id }); i >= 0 {
			n.Title = words(xs[i].Title)
		}
		w.Items = append(w.Items, n)
	}
	uses, err := s.Store.OutsideUses(ctx, k.ID, c.now.Add(-usesSince), 1000)
	for i, u := range uses {
		if i == 0 {
			w.Last = stamp(u.At)
		}
		w.Uses++
		if u.Code != "" {
			w.Refused++
		}
		if u.CaseID != "" {
			w.Opened++
		}
	}
	return w, err
}

func (s *Server) outsideIssue(ctx context.Context, c *call, in *outsideIssueInput) (OutsideIssued, journal.Receipt, error) {
	var none OutsideIssued
	var r journal.Receipt
	a, p, err := s.named(ctx, c, access.OutsideIssue, in.ID)
	if err != nil {
		return none, r, err
	}
	b := in.Body
	until, err := civilEnd(b.Until, c.now)
	if err != nil {
		return none, r, access.ErrOutsideIssue.With("until").At("until")
	}
	xs, err := s.NeedsFor(ctx, p.ID)
	if err != nil {
		return none, r, err
	}
	k := access.OutsideKey{ID: journal.NewID(c.now), Name: b.Name, PlaceID: p.ID, Path: p.Path, IssuedBy: c.viewer.Account(), Until: until}
	for _, id := range b.PlaceIDs {
		q, ok := a.Place(id)
		if !ok || !territory.Inside(q.Path, p.Path) {
			return none, r, access.ErrOutsideIssue.With("place_ids").At("place_ids")
		}
		if !slices.Contains(k.Places, id) {
			k.Places = append(k.Places, id)
		}
	}
	for _, id := range b.Items {
		if !slices.ContainsFunc(xs, func(x need.Item) bool { return x.ID == id && x.Only == "" && id != need.Objection }) {
			return none, r, access.ErrOutsideIssue.With("items").At("items")
		}
		if !slices.Contains(k.Items, id) {
			k.Items = append(k.Items, id)
		}
	}
	k, t, err := access.IssueOutside(k, c.now)
	if err != nil {
		return none, r, err
	}
	r, err = s.Store.Commit(ctx, nil, nil, journal.Change{Row: &k, Entry: c.entry("outside.issued", "outside", k.ID, p.ID, p.Path, "audit", map[string]string{"name": k.Name})}) // a key is never answered twice
	if err != nil {
		return none, r, err
	}
	w, err := s.outsideWire(ctx, c, a, k, xs)
	return OutsideIssued{t.Reveal(), w}, r, err
}

// outsideKey finds a key that the caller may look after; absent and hidden answer alike.
func (s *Server) outsideKey(ctx context.Context, c *call, id string) (access.OutsideKey, error) {
	k, ok, err := s.Store.OutsideKey(ctx, id)
	if err != nil {
		return k, err
	}
	if !ok {
		return k, errNotHere(c)
	}
	return k, access.Hide(s.may(c, access.OutsideIssue, k.Path))
}

func (s *Server) outsideRevoke(ctx context.Context, c *call, in *outsideRevokeInput) (OutsideKey, []journal.Change, error) {
	k, err := s.outsideKey(ctx, c, in.ID)
	if err != nil {
		return OutsideKey{}, nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return OutsideKey{}, nil, err
	}
	next, err := k.Revoke(c.viewer.Account(), in.Body.Why, c.now)
	if err != nil {
		return OutsideKey{}, nil, err
	}
	xs, err := s.NeedsFor(ctx, k.PlaceID)
	if err != nil {
		return OutsideKey{}, nil, err
	}
	w, err := s.outsideWire(ctx, c, a, next, xs)
	return w, []journal.Change{{Row: &next, Base: k.Version, Entry: c.entry("outside.revoked", "outside", k.ID, k.PlaceID, k.Path, "audit", nil)}}, err
}

func (s *Server) outsideUses(ctx context.Context, c *call, in *incidentID) (Items[OutsideUse], error) {
	out := Items[OutsideUse]{Items: []OutsideUse{}}
	k, err := s.outsideKey(ctx, c, in.ID)
	if err != nil {
		return out, err
	}
	uses, err := s.Store.OutsideUses(ctx, k.ID, c.now.Add(-usesSince), 200)
	if err != nil {
		return out, err
	}
	for _, u := range uses {
		w := OutsideUse{At: stamp(u.At), What: u.What, Code: u.Code}
		if u.CaseID != "" {
			if x, ok, err := s.Store.Case(ctx, u.CaseID); err != nil {
				return out, err
			} else if ok {
				w.Number = x.Number
			}
		}
		out.Items = append(out.Items, w)
	}
	out.Total = len(out.Items)
	return out, nil
}
