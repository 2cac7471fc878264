package api

import (
	"context"
	"net/http"
	"slices"

	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// offered are the items that residents of a place may ask for by themselves and that
// whoever calls may use: never one told in confidence, nor an objection, which is about a
// measure that no outside system names.
func (g *geoCall) offered(ctx context.Context, p *territory.Place) ([]need.Item, error) {
	xs, err := g.s.NeedsFor(ctx, p.ID)
	return slices.DeleteFunc(xs, func(x need.Item) bool {
		return x.Only != "" || x.ID == need.Objection || g.key != nil && !g.key.For(x.ID)
	}), err
}

func (g *geoCall) services(ctx context.Context, _ string) error {
	g.what = "services"
	p, err := g.jurisdiction()
	if err != nil {
		return err
	}
	xs, err := g.offered(ctx, p)
	if err != nil {
		return err
	}
	out := geoList[geoService]{root: "services", each: "service"}
	for _, x := range xs {
		out.Items = append(out.Items, geoService{Code: x.ID, Name: g.words(x.Title), Description: text(g.words(x.Hint)), Type: "realtime", Keywords: text(x.Title.ZH + ", " + x.Title.EN), Group: text(g.words(x.LineTitle))})
	}
	if err := g.used(ctx, ""); err != nil {
		return err
	}
	g.answer(http.StatusOK, out)
	return nil
}

// service says that a service asks nothing more than the standard's own fields.
func (g *geoCall) service(ctx context.Context, code string) error {
	g.what = "services"
	p, err := g.jurisdiction()
	if err != nil {
		return err
	}
	xs, err := g.offered(ctx, p)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(xs, func(x need.Item) bool { return x.ID == code }) {
		return ErrService.With(short(code))
	}
	if err := g.used(ctx, ""); err != nil {
		return err
	}
	g.answer(http.StatusOK, geoDefinition{Code: code, List: []string{}})
	return nil
}
