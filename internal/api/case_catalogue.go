package api

import (
	"context"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// caseItems are the items in force at a place that open a case there.
func (s *Server) caseItems(ctx context.Context, c *call, a *Atlas, p *territory.Place) ([]need.Item, error) {
	force, _, _, err := s.forceAt(ctx, c, a, p)
	if err != nil {
		return nil, err
	}
	var out []need.Item
	for _, e := range force.Catalogue() {
		if e.As == "" {
			out = append(out, need.ItemOf(e.Book, e.CaseItem))
		}
	}
	return out, nil
}

// item finds an item of the catalogue in force at a place.
func (s *Server) item(ctx context.Context, c *call, a *Atlas, p *territory.Place, id string) (need.Item, error) {
	xs, err := s.caseItems(ctx, c, a, p)
	if err != nil {
		return need.Item{}, err
	}
	i := slices.IndexFunc(xs, func(x need.Item) bool { return x.ID == id })
	if i < 0 {
		return need.Item{}, need.ErrItem.With(id).At("item")
	}
	return xs[i], nil
}

// keptItem is the item of a case as it was when the case was opened.
func (s *Server) keptItem(ctx context.Context, k *need.Case) (need.Item, error) {
	if x, ok := s.items.Load(k.Book); ok { // named by its content: never stale
		return x.(need.Item), nil
	}
	row, ok, err := s.Store.KeptItem(ctx, k.Book)
	if err != nil || !ok {
		return need.Item{CaseItem: mode.CaseItem{ID: k.Item}}, err
	}
	x, err := need.ReadItem(row.Body)
	if err == nil {
		s.items.Store(k.Book, x)
	}
	return x, err
}

// keepItem is the change that keeps an item for its cases, none where it is kept already.
func (s *Server) keepItem(ctx context.Context, x *need.Item) (id string, changes []journal.Change, err error) {
	id = x.Print()
	if _, ok, err := s.Store.KeptItem(ctx, id); err != nil || ok {
		return id, nil, err
	}
	body, err := x.Body()
	return id, []journal.Change{{Row: &store.KeptItem{ID: id, Body: body}}}, err
}

// spots is the way up from a place, the nearest first.
func (a *Atlas) spots(path string) []need.Spot {
	up := a.Up(path)
	out := make([]need.Spot, 0, len(up))
	for i := len(up) - 1; i >= 0; i-- {
		out = append(out, need.Spot{ID: up[i].ID, Path: up[i].Path, Kind: string(up[i].Kind)})
	}
	return out
}

// desk is where cases of a role lie for a place.
func (a *Atlas) desk(path, role string) need.Desk {
	info, _ := access.Role(role).Info()
	return need.DeskAt(a.spots(path), role, string(info.At))
}
