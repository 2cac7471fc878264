package api

import (
	"context"
	"encoding/json"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// ErrNoQR says that a place has no code that could be replaced.
var ErrNoQR = fault.Define(fault.NotFound, "SW-2101",
	"这个地点还没有二维码，没有可以换的。没有改动任何数据。请先发码（shouwang qr issue）。",
	"This place has no code yet, so there is none to replace. Nothing was changed. Issue codes first (shouwang qr issue).")

// qrKinds are the kinds of place that have a code of their own.
var qrKinds = []territory.Kind{territory.Community, territory.Building, territory.Apartment, territory.Door}

// qrMore are kinds that have a code where somebody asks for it: the board of an estate, a
// shop window.
var qrMore = []territory.Kind{territory.Grid, territory.Mall}

// qrChunk is how many codes are written at once, so that other writes wait little.
const qrChunk = 200

// QRLabel is the code of one place as it is printed.
type QRLabel struct {
	PlaceID  string `json:"place_id"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	FullName string `json:"full_name"`
	Path     string `json:"path" doc:"Address of the page, without the host"`
	IssuedAt string `json:"issued_at"`
	Version  int64  `json:"version"`
}

// QRIssued is what issuing did.
type QRIssued struct {
	Places int `json:"places" doc:"Places of those kinds here"`
	Issued int `json:"issued" doc:"Codes made now"`
	Kept   int `json:"kept" doc:"Places that had one, left as it was"`
}

type qrIssueInput struct {
	ID   string `path:"id"`
	Body struct {
		Kinds []string `json:"kinds,omitempty" doc:"community, building, apartment, door, all of them when left out; grid (an estate) and mall where asked for" maxItems:"4"`
	}
}

type qrQuery struct {
	ID     string   `path:"id"`
	Kinds  []string `query:"kinds" doc:"community, building, apartment, door, all of them when left out; grid (an estate) and mall where asked for"`
	Cursor string   `query:"cursor"`
	Limit  int      `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

func (s *Server) qrs() {
	type byID struct {
		ID string `path:"id"`
	}
	act(s, Op{ID: "qr-issue", Path: "/places/{id}/qr", Action: access.QRIssue, Summary: "Make the codes that hang at a place and below; those that are there stay"}, s.issueQR)
	read(s, Op{ID: "qr-list", Path: "/places/{id}/qr", Action: access.QRIssue, Summary: "The codes of a place and below, for printing; the look is recorded"}, s.listQR)
	write(s, Op{ID: "qr-replace", Path: "/places/{id}/qr/replace", Action: access.QRIssue, Summary: "Replace the code of one place; the old one stops at once"},
		func(ctx context.Context, c *call, in *byID) (QRLabel, []journal.Change, error) {
			a, p, err := s.place(ctx, c, access.QRIssue, in.ID, "")
			if err != nil {
				return QRLabel{}, nil, err
			}
			had, err := s.Store.QROf(ctx, []string{p.ID})
			if err != nil {
				return QRLabel{}, nil, err
			}
			if len(had) == 0 {
				return QRLabel{}, nil, ErrNoQR.With()
			}
			ch := s.newQR(c, p, had[0].Version, "qr.replaced")
			ch.Row.(*access.QR).Large = had[0].Large // what the household asked for outlives the label
			w := s.qrWire(a, p, *ch.Row.(*access.QR))
			w.Path, w.Version = "", had[0].Version+1 // the receipt keeps no token; qr-list gives it
			return w, []journal.Change{ch}, nil
		})
}

func (s *Server) newQR(c *call, p *territory.Place, base int64, verb string) journal.Change {
	q := access.QR{PlaceID: p.ID, Nonce: access.QRNonce(), Issued: c.now, Issuer: c.viewer.Account()}
	q.Hash = access.HashQR(s.Store.QRToken(q.PlaceID, q.Nonce))
	return journal.Change{Row: &q, Base: base, Entry: c.entry(verb, "place_qr", p.ID, p.ID, p.Path, "work", nil)}
}

func (s *Server) qrWire(a *Atlas, p *territory.Place, q access.QR) QRLabel {
	return QRLabel{PlaceID: p.ID, Kind: string(p.Kind), Name: p.Name, FullName: a.FullName(p.Path), Path: "/r/" + s.Store.QRToken(q.PlaceID, q.Nonce), IssuedAt: stamp(q.Issued), Version: q.Version}
}

// coded returns the places of the kinds at or below a place, in path order.
func coded(a *Atlas, p *territory.Place, kinds []string) ([]*territory.Place, error) {
	for _, k := range kinds {
		if !slices.Contains(qrKinds, territory.Kind(k)) && !slices.Contains(qrMore, territory.Kind(k)) {
			return nil, ErrShape.With(k).At("kinds")
		}
	}
	var out []*territory.Place
	lo, hi := a.Span(p.Path)
	for i := lo; i < hi; i++ {
		q := &a.Places[i]
		if len(kinds) == 0 && slices.Contains(qrKinds, q.Kind) || slices.Contains(kinds, string(q.Kind)) {
			out = append(out, q)
		}
	}
	return out, nil
}

// issueQR writes the codes in small commits: a crash leaves some made, and issuing
// again makes the rest.
func (s *Server) issueQR(ctx context.Context, c *call, in *qrIssueInput) (QRIssued, journal.Receipt, error) {
	var out QRIssued
	var r journal.Receipt
	a, p, err := s.place(ctx, c, access.QRIssue, in.ID, "")
	if err != nil {
		return out, r, err
	}
	places, err := coded(a, p, in.Body.Kinds)
	if err != nil {
		return out, r, err
	}
	have, err := s.qrAt(ctx, places)
	if err != nil {
		return out, r, err
	}
	out.Places = len(places)
	var changes []journal.Change
	for _, q := range places {
		if _, ok := have[q.ID]; ok {
			out.Kept++
			continue
		}
		out.Issued++
		if changes = append(changes, s.newQR(c, q, 0, "qr.issued")); len(changes) == qrChunk {
			if _, err = s.Store.Commit(ctx, nil, nil, changes...); err != nil {
				return out, r, err
			}
			changes = changes[:0]
		}
	}
	raw, err := json.Marshal(out)
	if err != nil {
		return out, r, err
	}
	changes = append(changes, journal.Change{Entry: c.entry("qr.finished", "place_qr", p.ID, p.ID, p.Path, "work", map[string]int{"count": out.Issued})})
	r, err = s.Store.Commit(ctx, c.op, raw, changes...)
	return out, r, err
}

func (s *Server) qrAt(ctx context.Context, places []*territory.Place) (map[string]access.QR, error) {
	ids := make([]string, len(places))
	for i, q := range places {
		ids[i] = q.ID
	}
	list, err := s.Store.QROf(ctx, ids)
	out := make(map[string]access.QR, len(list))
	for _, q := range list {
		out[q.PlaceID] = q
	}
	return out, err
}

func (s *Server) listQR(ctx context.Context, c *call, in *qrQuery) (Items[QRLabel], error) {
	out := Items[QRLabel]{Items: []QRLabel{}}
	a, p, err := s.place(ctx, c, access.QRIssue, in.ID, "")
	if err != nil {
		return out, err
	}
	from, err := offset(in.Cursor)
	if err != nil {
		return out, err
	}
	places, err := coded(a, p, in.Kinds)
	if err != nil {
		return out, err
	}
	have, err := s.qrAt(ctx, places)
	if err != nil {
		return out, err
	}
	for _, q := range places {
		x, ok := have[q.ID]
		if !ok {
			continue
		}
		if out.Total++; out.Total > from && len(out.Items) < in.Limit {
			out.Items = append(out.Items, s.qrWire(a, q, x))
		}
	}
	if out.Total > from+len(out.Items) {
		out.Next = offsetCursor(from + len(out.Items))
	}
	if len(out.Items) == 0 {
		return out, nil
	}
	e := c.entry("qr.listed", "place_qr", p.ID, p.ID, p.Path, "audit", map[string]int{"count": len(out.Items)})
	_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e})
	return out, err
}
