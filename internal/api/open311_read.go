package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/store"
)

// What a list gives at most, and how far back it goes.
const (
	geoMost = 200
	geoSpan = 90 * 24 * time.Hour
)

// filter is what the caller may ask about: with a key its places and items; without one
// only what came in through Open311, and of that only that it is there.
func (g *geoCall) filter() store.OutsideFilter {
	f := store.OutsideFilter{Until: g.c.now.Add(time.Minute), Limit: geoMost}
	if g.key != nil {
		f.Paths, f.Items = g.paths(), g.key.Items
		return f
	}
	f.Paths, f.Origin = []string{""}, "open311"
	return f
}

func (g *geoCall) read(ctx context.Context, id string) error {
	g.what = "read"
	f := g.filter()
	f.Numbers = []string{id}
	out, err := g.found(ctx, f)
	if err != nil {
		return err
	}
	if len(out) == 0 {
		return ErrNoRequest.With()
	}
	if err := g.used(ctx, ""); err != nil {
		return err
	}
	g.answer(http.StatusOK, geoRequests(out...))
	return nil
}

func (g *geoCall) list(ctx context.Context, _ string) error {
	g.what = "list"
	f := g.filter()
	split := func(name string) (out []string) {
		for _, x := range strings.Split(g.form.Get(name), ",") {
			if x = strings.TrimSpace(x); x != "" {
				out = append(out, x)
			}
		}
		return out
	}
	f.Numbers = split("service_request_id")
	if codes := split("service_code"); len(codes) > 0 {
		if g.key != nil {
			codes = slices.DeleteFunc(codes, func(c string) bool { return !g.key.For(c) })
		}
		if f.Items = codes; len(codes) == 0 {
			return ErrService.With(short(g.form.Get("service_code")))
		}
	}
	if len(f.Numbers)+len(f.Items) > 100 {
		return ErrGeoForm.With("service_request_id")
	}
	if f.State = g.form.Get("status"); f.State != "" && f.State != "open" && f.State != "closed" {
		return ErrGeoForm.With("status")
	}
	for name, at := range map[string]*time.Time{"start_date": &f.From, "end_date": &f.Until} {
		if v := g.form.Get(name); v != "" {
			t, err := time.Parse(time.RFC3339, v)
			if err != nil {
				return ErrGeoForm.With(name)
			}
			*at = t
		}
	}
	if len(f.Numbers) == 0 && f.Until.Sub(f.From) > geoSpan {
		f.From = f.Until.Add(-geoSpan)
	}
	if g.form.Get("jurisdiction_id") != "" {
		j, err := g.jurisdiction()
		if err != nil {
			return err
		}
		f.Paths = narrowed(f.Paths, j.Path)
	}
	out, err := g.found(ctx, f)
	if err != nil {
		return err
	}
	if err := g.used(ctx, ""); err != nil {
		return err
	}
	g.answer(http.StatusOK, geoRequests(out...))
	return nil
}

// narrowed cuts ranges to a place.
func narrowed(paths []string, top string) (out []string) {
	for _, p := range paths {
		switch {
		case strings.HasPrefix(top, p):
			out = append(out, top)
		case strings.HasPrefix(p, top):
			out = append(out, p)
		}
	}
	return out
}

// token finds the request that one of the caller's own references became.
func (g *geoCall) token(ctx context.Context, id string) error {
	g.what = "token"
	if g.key == nil {
		return access.ErrOutsideKey.With()
	}
	g.form.Set("reference", id)
	_, ref := g.operation()
	kid, err := g.s.Store.OutsideCase(ctx, g.key.ID, ref)
	if err != nil {
		return err
	}
	k, ok, err := g.s.Store.Case(ctx, kid)
	if err != nil {
		return err
	}
	if !ok {
		return ErrNoRequest.With()
	}
	if err := g.used(ctx, ""); err != nil {
		return err
	}
	g.answer(http.StatusOK, geoRequests(geoToken{id, k.Number}))
	return nil
}

// found reads the cases and says of each what this caller may know.
func (g *geoCall) found(ctx context.Context, f store.OutsideFilter) ([]geoRequest, error) {
	ks, err := g.s.Store.CasesOutside(ctx, f)
	if err != nil {
		return nil, err
	}
	out := []geoRequest{}
	for _, k := range ks {
		x, err := g.s.keptItem(ctx, &k)
		if err != nil {
			return nil, err
		}
		if !x.Ask || x.Only != "" { // what residents cannot ask for by themselves is nobody's outside
			continue
		}
		w, err := g.wire(ctx, k, x)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// wire says of a case what is public of it; to a key of its place also the house; to
// the key that told it also the words it told.
func (g *geoCall) wire(ctx context.Context, k need.Case, x need.Item) (geoRequest, error) {
	info, _ := access.Role(k.Desk.Role).Info()
	w := geoRequest{ID: k.Number, Status: "open", StatusNotes: text(g.words(stageWords[k.Stage()])), Name: g.words(x.Title), Code: k.Item,
		Agency: text(g.words(mode.Text{ZH: info.ZH, EN: info.EN})), Requested: text(stamp(k.Opened)), Updated: text(stamp(k.Stepped)), Expected: text(stamp(k.Due))}
	if !k.Closed.IsZero() {
		w.Status, w.Updated = "closed", text(stamp(k.Closed))
	}
	if g.key == nil {
		return w, nil
	}
	if p := g.atlas.House(k.Path); p != nil {
		w.AddressID, w.Address = text(p.Code), text(g.atlas.FullName(p.Path))
		if p.Lng != 0 || p.Lat != 0 {
			w.Lat, w.Long = &p.Lat, &p.Lng
		}
	} else if p, ok := g.atlas.Place(k.PlaceID); ok {
		w.AddressID, w.Address = text(p.Code), text(p.Name)
	}
	if k.OpenedBy == access.OutsideActor+g.key.ID {
		whole, _, err := g.s.Store.Case(ctx, k.ID)
		if err != nil {
			return w, err
		}
		w.Description, w.Notice = text(whole.Words), text(g.follow(&k))
		if !k.Answered.IsZero() {
			w.StatusNotes = text(whole.Reply)
		}
	}
	return w, nil
}

// stageWords says in words how a request stands.
var stageWords = map[need.Stage]mode.Text{
	need.Waiting:  {ZH: "已受理，等待接手", EN: "Received; waiting to be taken"},
	need.Taken:    {ZH: "正在办理", EN: "Being worked on"},
	need.Offered:  {ZH: "正在转办", EN: "Being passed on"},
	need.Paused:   {ZH: "暂停，稍后继续", EN: "Paused; it goes on later"},
	need.Joined:   {ZH: "与同类事项一并办理", EN: "Worked on together with others like it"},
	need.Answered: {ZH: "已答复，等待提出人确认", EN: "Answered; waiting for whoever asked to agree"},
	need.Closed:   {ZH: "已办结", EN: "Closed"},
}
