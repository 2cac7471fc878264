package api

import (
	"bytes"
	"context"

	"shouwang/internal/access"
	"shouwang/internal/exchange"
	"shouwang/internal/territory"
)

type exportInput struct {
	Under string `query:"under" doc:"Place id; all your places when empty"`
}

// exports registers the lists of places as files. Their columns are read back by
// the import of places.
func (s *Server) exports() {
	for _, format := range []string{"csv", "xlsx", "geojson"} {
		file(s, Op{ID: "export-places-" + format, Path: "/exports/places." + format, Action: access.PlaceExport, Summary: "Places as " + format}, format,
			func(ctx context.Context, c *call, in *exportInput) (*fileReply, error) {
				return s.exportPlaces(ctx, c, in.Under, format)
			})
	}
}

func (s *Server) exportPlaces(ctx context.Context, c *call, under, format string) (*fileReply, error) {
	a, ranges, err := s.under(ctx, c, access.PlaceExport, under)
	if err != nil {
		return nil, err
	}
	places := func(yield func(territory.Place) bool) {
		for _, r := range ranges {
			lo, hi := a.Span(r.Top)
			for _, p := range a.Places[lo:hi] {
				if !yield(p) {
					return
				}
			}
		}
	}
	codeOf := func(id string) string { // a place's own code says its parent's anyway
		if p, ok := a.Place(id); ok {
			return p.Code
		}
		return ""
	}
	var b bytes.Buffer
	if _, err := exchange.WritePlaces(&b, format, places, codeOf, c.lang); err != nil {
		return nil, err
	}
	return newFileReply(format, "地点台账."+format, b.Bytes()), nil
}
