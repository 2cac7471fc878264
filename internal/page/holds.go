package page

import (
	"context"
	"html/template"
	"sort"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// band is one zone that holds at a place, with all that residents are told of it.
type band struct {
	ID                   string // of the measure
	Look, Glyph          string
	Swatch               template.HTML
	Title, Rule          string
	May, Not             []string
	Event, Who, Second   string
	Basis                string
	From, Until, Release string
	Notices              []promise
	until                time.Time
	incident             dispatch.Incident
	zone                 mode.Zone
	book                 *mode.Playbook
}

// promise is one text of the playbook for this zone, with the time promised for it.
type promise struct {
	ID, Title, Body, By string
	by                  time.Time
}

// next is something that comes, with its time.
type next struct {
	When, What, More string
	at               time.Time
}

// ground is a place with the way down to it.
type ground struct {
	place territory.Place
	up    []territory.Place
}

// at reads a place and the way down to it; ok is false when it is gone.
func (p *Pages) at(ctx context.Context, id string) (ground, bool, error) {
	x, ok, err := p.Store.Place(ctx, id)
	if err != nil || !ok {
		return ground{}, false, err
	}
	up, err := p.Store.Ancestors(ctx, x.Path)
	return ground{x, up}, err == nil, err
}

// to returns the nearest place of a kind on the way, or nil.
func (g ground) to(k territory.Kind) *territory.Place {
	for i := len(g.up) - 1; i >= 0; i-- {
		if g.up[i].Kind == k {
			return &g.up[i]
		}
	}
	return nil
}

// say names a place as people do: community and what lies below, without grids.
func (g ground) say() string {
	var parts []territory.Place
	for i, q := range g.up {
		info, _ := q.Kind.Info()
		if i == len(g.up)-1 || info.Rank == 40 || info.Rank >= 70 {
			parts = append(parts, q)
		}
	}
	return joined(parts)
}

// house names what lies at the house and below: 3号楼 2单元 502.
func (g ground) house() string {
	var parts []territory.Place
	for _, q := range g.up {
		if info, _ := q.Kind.Info(); info.Rank >= 70 {
			parts = append(parts, q)
		}
	}
	return joined(parts)
}

// joined puts names together; a part of a house already names its stairwell.
func joined(parts []territory.Place) string {
	s := ""
	for i, q := range parts {
		if i > 0 && q.Kind == territory.Unit && strings.HasSuffix(parts[i-1].Name, "（"+q.Name+"）") {
			continue
		}
		if s != "" {
			s += " "
		}
		s += q.Name
	}
	return s
}

// holds returns the zones that hold at a place, the strictest first, one for each
// incident that covers it.
func (p *Pages) holds(ctx context.Context, lang string, g ground, now time.Time) ([]band, error) {
	decls, measures, err := p.Holding(ctx, now)
	if err != nil {
		return nil, err
	}
	books := map[string]*mode.Playbook{}
	for _, d := range mode.At(decls, g.place.Path, now) {
		if books[d.Incident], err = p.Book(ctx, d.Playbook); err != nil {
			return nil, err
		}
	}
	var out []band
	for _, h := range mode.HoldsAt(measures, g.place.Path, now, func(i string) *mode.Playbook { return books[i] }) {
		b, ok, err := p.band(ctx, lang, g, h.Measure, books[h.Measure.Incident], now)
		if err != nil {
			return nil, err
		}
		if ok {
			b.Swatch = swatch(b.Look, len(out))
			out = append(out, b)
		}
	}
	return out, nil
}

func (p *Pages) band(ctx context.Context, lang string, g ground, m mode.Measure, book *mode.Playbook, now time.Time) (band, bool, error) {
	i, ok, err := p.Store.Incident(ctx, m.Incident)
	if err != nil || !ok || book == nil {
		return band{}, false, err
	}
	z, ok := book.ZoneAt(m.Zone, g.place.Path)
	if !ok {
		return band{}, false, nil
	}
	b := band{ID: m.ID, Look: book.Look(z.ID), Title: pick(lang, z.Title), Rule: pick(lang, z.Rule), May: picks(lang, z.May), Not: picks(lang, z.Not), Event: i.Title, Basis: m.Basis,
		From: moment(lang, m.From), Until: moment(lang, m.Until), until: m.Until, incident: i, zone: z, book: book}
	b.Glyph = glyphs[b.Look]
	if b.Who, err = p.author(ctx, lang, m.Author, i); err != nil {
		return b, false, err
	}
	if i.StartBy != "" && i.StartBy != m.Author {
		b.Second = words[lang]["two-people"]
	}
	if b.Release, err = p.release(ctx, lang, m, now); err != nil {
		return b, false, err
	}
	for _, n := range book.Notices {
		if n.When == "activate" && (len(n.Zones) == 0 || has(n.Zones, z.ID)) {
			by := m.From.Add(n.Promised.Length())
			b.Notices = append(b.Notices, promise{ID: n.ID, Title: pick(lang, n.Title), By: near(lang, by, now), by: by,
				Body: fill(pick(lang, n.Body), g.say(), b.From, b.Until, m.Basis)})
		}
	}
	return b, true, nil
}

// author says in which office a measure was decided, without a name.
func (p *Pages) author(ctx context.Context, lang, account string, i dispatch.Incident) (string, error) {
	at, _, err := p.Store.Place(ctx, i.PlaceID)
	if err != nil {
		return "", err
	}
	role, err := p.role(ctx, account)
	if err != nil {
		return "", err
	}
	info, ok := access.Role(role).Info()
	switch {
	case !ok:
		return at.Name, nil
	case lang == "en":
		return at.Name + " · " + info.EN, nil
	}
	return at.Name + " · " + info.ZH, nil
}

// role is what an account acts as; empty when nobody knows.
func (p *Pages) role(ctx context.Context, account string) (string, error) {
	if strings.HasPrefix(account, access.KinActor) {
		return "kin", nil
	}
	gs, err := p.Store.Grants(ctx, account)
	if err != nil || len(gs) > 0 {
		if len(gs) > 0 {
			return string(gs[0].Role), nil
		}
		return "", err
	}
	a, ok, err := p.Store.Account(ctx, account)
	if ok && a.HelperID != "" {
		return string(access.Helper), err
	}
	return "", err
}

// coming returns what comes at a place: rounds under way and notices promised.
func (p *Pages) coming(ctx context.Context, lang string, g ground, bands []band, now time.Time) ([]next, error) {
	var out []next
	add := func(at time.Time, what, more string) {
		for _, x := range out {
			if x.What == what && x.at.Equal(at) {
				return // two incidents ask for one thing at one time
			}
		}
		if at.After(now) {
			out = append(out, next{When: near(lang, at, now), What: what, More: more, at: at})
		}
	}
	for _, b := range bands {
		rs, err := p.Store.Rounds(ctx, b.incident.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range rs {
			item, known := b.book.Round(r.Item)
			if !r.Closed.IsZero() || !territory.Inside(g.place.Path, r.Path) && !territory.Inside(r.Path, g.place.Path) || known && len(item.Zones) > 0 && !has(item.Zones, b.zone.ID) {
				continue
			}
			add(r.Due, pick(lang, mode.Text{ZH: r.TitleZH, EN: r.TitleEN}), words[lang]["round-more"])
		}
		for _, n := range b.Notices {
			add(n.by, n.Title, words[lang]["notice-more"])
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].at.Before(out[j].at) })
	return out[:min(len(out), 6)], nil
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
