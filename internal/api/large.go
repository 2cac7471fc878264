package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/journal"
)

// OpensLarge says whether the code of a place opens the page with three large keys
// first, and whether the place has a code of which that can be asked.
func (s *Server) OpensLarge(ctx context.Context, placeID string) (large, coded bool, err error) {
	list, err := s.Store.QROf(ctx, []string{placeID})
	return len(list) > 0 && list[0].Large, len(list) > 0, err
}

// OpenLarge takes down what a household asks of the code of its door: that it opens the
// page with three large keys first, or the usual page again.
func (s *Server) OpenLarge(ctx context.Context, placeID string, large bool) error {
	c := s.nobody()
	_, err := s.Store.Decide(ctx, nil, func(ctx context.Context) ([]byte, []journal.Change, error) {
		a, err := s.ground(ctx)
		if err != nil {
			return nil, nil, err
		}
		list, err := s.Store.QROf(ctx, []string{placeID})
		if err != nil {
			return nil, nil, err
		}
		p, ok := a.Place(placeID)
		if !ok || len(list) == 0 {
			return nil, nil, access.ErrNotHere.With()
		}
		q := list[0]
		if q.Large == large {
			return nil, nil, nil
		}
		q.Large = large
		verb := "qr.plain"
		if large {
			verb = "qr.large"
		}
		e := c.entry(verb, "place_qr", p.ID, p.ID, p.Path, "work", nil)
		e.Actor = byResident
		return nil, []journal.Change{{Row: &q, Base: q.Version, Entry: e}}, nil
	})
	return err
}
