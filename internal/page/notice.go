package page

import (
	"html/template"
	"net/url"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// letter is a notice as it is put up: the rule first, short paragraphs, a code and
// a number, a place for the seal, strips to tear off.
type letter struct {
	print
	Head, To, Body string
	Draft          bool
	Chip           *chip
	May, Not       string
	Why, Basis     string
	Appeal         appeal
	Promised       string
	QR             template.HTML
	Phone, Hours   string
	Signed, Day    string
	Strips         []int
	Strip          string
}

// notice makes the A4 notice of an incident for a place, from the playbook's text.
func (p *Pages) notice(j *job) (printed, error) {
	id := j.r.PathValue("incident")
	var seen struct{ ID string }
	if err := j.ask("/incidents/"+url.PathEscape(id), &seen); err != nil { // who may read the incident may print its notices
		return printed{}, err
	}
	i, ok, err := j.Store.Incident(j.ctx, id)
	if err != nil || !ok {
		return printed{}, ErrNoSheet.With(id)
	}
	book, err := j.Book(j.ctx, i.Version)
	if err != nil {
		return printed{}, err
	}
	var item *mode.NoticeItem
	for n := range book.Notices {
		if book.Notices[n].ID == j.r.PathValue("notice") {
			item = &book.Notices[n]
		}
	}
	if item == nil {
		return printed{}, ErrNoSheet.With(j.r.PathValue("notice"))
	}
	g, m, err := j.noticeAt(i, item)
	if err != nil {
		return printed{}, err
	}
	l := letter{print: j.print, Head: pick(j.Lang, item.Title), To: g.say(), Draft: i.Started.IsZero(), Strips: make([]int, 8)}
	l.Title = l.Head + " " + l.To
	if m != nil {
		z, _ := book.Zone(m.Zone)
		from, until := moment(j.Lang, m.From), moment(j.Lang, m.Until)
		look := book.Look(z.ID)
		l.Chip = &chip{look, glyphs[look], pick(j.Lang, z.Title), pick(j.Lang, z.Rule), until, swatch(look, 0)}
		stop := map[string]string{"zh": "；", "en": "; "}[j.Lang]
		l.May, l.Not = strings.Join(picks(j.Lang, z.May), stop), strings.Join(picks(j.Lang, z.Not), stop)
		l.Body = fill(pick(j.Lang, item.Body), g.say(), from, until, m.Basis)
		l.Why, l.Basis = i.Title, m.Basis
		l.Promised = moment(j.Lang, m.From.Add(item.Promised.Length()))
	} else {
		l.Body = fill(pick(j.Lang, item.Body), g.say(), moment(j.Lang, j.now), "", "")
	}
	if err := j.sign(&l, g, i); err != nil {
		return printed{}, err
	}
	return printed{"notice", l, "print.notice", g.place.ID, g.place.Path, 1}, nil
}

// noticeAt finds where a notice speaks: the place asked for, else where its zone
// was declared first; and the measure that it tells of.
func (j *job) noticeAt(i dispatch.Incident, item *mode.NoticeItem) (ground, *mode.Measure, error) {
	all, err := j.Store.Measures(j.ctx, i.ID)
	if err != nil {
		return ground{}, nil, err
	}
	place := j.r.URL.Query().Get("place")
	var g ground
	if place != "" {
		var seen struct{ ID string }
		if err := j.ask("/places/"+url.PathEscape(place), &seen); err != nil {
			return g, nil, err
		}
		if g, _, err = j.at(j.ctx, place); err != nil {
			return g, nil, err
		}
		// What holds at a place is told to whoever may be told of that very place: a
		// notice for a single door would give its zone away.
		shown, err := j.Shown(j.ctx, j.viewer, j.emerg, g.place.ID, g.place.Path)
		if err != nil {
			return g, nil, err
		}
		if shown != g.place.ID {
			return g, nil, access.ErrForbidden.With()
		}
	}
	var best *mode.Measure
	for n := range all {
		m := &all[n]
		if !m.Lifted.IsZero() || len(item.Zones) > 0 && !has(item.Zones, m.Zone) {
			continue
		}
		if place == "" && best == nil {
			// Without a place the first zone speaks whose place the reader may be told.
			id, err := j.Shown(j.ctx, j.viewer, j.emerg, m.PlaceID, m.Path)
			if err != nil {
				return g, nil, err
			}
			if id == m.PlaceID {
				best = m
			}
		} else if place != "" && territory.Inside(g.place.Path, m.Path) && (best == nil || len(m.Path) > len(best.Path)) {
			best = m
		}
	}
	if best == nil && item.When != "demobilize" {
		return g, nil, ErrNoSheet.With(pick(j.Lang, item.Title))
	}
	if place == "" {
		at := i.PlaceID
		if best != nil {
			at = best.PlaceID
		}
		g, _, err = j.at(j.ctx, at)
	}
	return g, best, err
}

// sign adds who speaks and how to answer: the community, its number, its code.
func (j *job) sign(l *letter, g ground, i dispatch.Incident) error {
	c, _, err := j.Store.ContactAt(j.ctx, g.place.Path)
	if err != nil {
		return err
	}
	both := func(b territory.Both) string { return pick(j.Lang, mode.Text(b)) }
	l.Phone, l.Hours = c.Card.Phone, both(c.Card.Hours)
	l.Appeal = appeal{To: both(c.Card.AppealTo), Phone: c.Card.AppealPhone, Address: both(c.Card.AppealAddress)}
	if c.Card.AppealDays > 0 {
		l.Appeal.Days = j.count("days", c.Card.AppealDays)
	}
	at := i.Started
	if at.IsZero() {
		at = j.now
	}
	l.Day = at.In(civil).Format(map[string]string{"zh": "2006年1月2日", "en": "2 January 2006"}[j.Lang])
	l.Signed = g.place.Name
	if q := g.to(territory.Community); q != nil {
		l.Signed = put(j.t["committee"], q.Name)
	}
	l.Strip = put(j.t["strip"], g.place.Name)
	if q := g.to(territory.Community); q != nil {
		l.Strip = put(j.t["strip"], q.Name)
	}
	if g.place.Kind == territory.Door {
		return nil // who looked at a household stands on its own page, never behind a sheet that is put up
	}
	codes, err := j.Store.QROf(j.ctx, []string{g.place.ID})
	if err != nil || len(codes) == 0 {
		return err
	}
	// The code of a house hangs at its door for everybody; it stands on its notice too.
	l.QR, err = qr(j.base(j.r) + "/r/" + j.Store.QRToken(codes[0].PlaceID, codes[0].Nonce))
	return err
}

// link leads to one notice for one place.
type link struct{ Title, Where, By, Href string }

// maxLinks is how many notices one list names.
const maxLinks = 300

// notices lists what can be printed of an incident: each notice for each place
// that its zone was declared at.
func (p *Pages) notices(j *job) (printed, error) {
	id := j.r.PathValue("incident")
	var seen struct{ Title string }
	if err := j.ask("/incidents/"+url.PathEscape(id), &seen); err != nil {
		return printed{}, err
	}
	i, ok, err := j.Store.Incident(j.ctx, id)
	if err != nil || !ok {
		return printed{}, ErrNoSheet.With(id)
	}
	book, err := j.Book(j.ctx, i.Version)
	if err != nil {
		return printed{}, err
	}
	measures, err := j.Store.Measures(j.ctx, id)
	if err != nil {
		return printed{}, err
	}
	var links []link
	for _, n := range book.Notices {
		href := "/print/notice/" + url.PathEscape(id) + "/" + url.PathEscape(n.ID) + "?lang=" + j.Lang
		if n.When == "demobilize" {
			links = append(links, link{Title: pick(j.Lang, n.Title), Where: "—", Href: href})
			continue
		}
		for _, m := range measures {
			if !m.Lifted.IsZero() || len(n.Zones) > 0 && !has(n.Zones, m.Zone) || len(links) == maxLinks {
				continue
			}
			at, err := j.Shown(j.ctx, j.viewer, j.emerg, m.PlaceID, m.Path)
			if err != nil {
				return printed{}, err
			}
			if at != m.PlaceID {
				continue // a door that is not theirs to see, or another's ground
			}
			g, ok, err := j.at(j.ctx, m.PlaceID)
			if err != nil {
				return printed{}, err
			}
			if ok {
				links = append(links, link{pick(j.Lang, n.Title), g.say(), moment(j.Lang, m.From.Add(n.Promised.Length())), href + "&place=" + url.QueryEscape(m.PlaceID)})
			}
		}
	}
	j.Title = j.t["notices"] + " " + i.Title
	return printed{"notices", struct {
		print
		Note  string
		Links []link
	}{j.print, i.Title, links}, "print.notices", i.PlaceID, i.Path, len(links)}, nil
}
