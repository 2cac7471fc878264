package page

import (
	"context"
	"net/http"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/need"
)

// objecting is the page on which somebody objects to a measure.
type objecting struct {
	frame
	Title, Slip, Wrong, Said, Contact, Chosen string
	Days, Back, Need                          string
	Demo                                      bool
	Bands                                     []band
	Call                                      phone
}

// object shows what holds at a place, and opens an objection to one of it.
func (p *Pages) object(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), p.Clock()
	g, ok := p.doorOf(w, r, now)
	if !ok {
		return
	}
	id := g.place.ID
	v := objecting{frame: p.frame(r), Demo: p.Demo, Slip: access.QRNonce(), Chosen: r.URL.Query().Get("m")}
	t := words[v.Lang]
	v.Title, v.Back = t["object-head"], "/r/"+r.PathValue("token")+tail(r, v.frame)
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<14)
		v.Said, v.Contact, v.Chosen = r.PostFormValue("words"), r.PostFormValue("contact"), r.PostFormValue("m")
		if s := r.PostFormValue("slip"); s != "" && len(s) < 80 {
			v.Slip = s
		}
		var done bool
		if status, v.Wrong, done = p.posted(w, r, "object|"+id, t["need-many"], func() (string, error) {
			kase, token, err := p.Needs.ObjectFor(ctx, id, v.Chosen, v.Said, v.Contact, v.Slip)
			return v.to("/c/" + kase + "/" + token), err
		}); done {
			return
		}
	}
	var err error
	if v.Bands, err = p.holds(ctx, v.Lang, g, now); err != nil {
		p.failed(w, r, err)
		return
	}
	if v.Chosen == "" && len(v.Bands) > 0 {
		v.Chosen = v.Bands[0].ID
	}
	contact, _, err := p.Store.ContactAt(ctx, g.place.Path)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	v.Call = calling(v.Lang, contact.Card)
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "object", residentCSS, v.Lang, v)
}

// objected is the measure of an objection, and what was decided.
type objected struct {
	Title, Where, Who, Basis, Until string
	Verdict, Free                   string
	Good                            bool
}

// objected puts the measure of an objection, and what was decided, into words; nil for
// what is no objection.
func (p *Pages) objected(ctx context.Context, lang string, x *need.Tracked, now time.Time) (*objected, error) {
	m := x.Measure
	if m.ID == "" {
		return nil, nil
	}
	g, ok, err := p.at(ctx, m.PlaceID)
	if err != nil || !ok {
		return nil, err
	}
	i, ok, err := p.Store.Incident(ctx, m.Incident)
	if err != nil || !ok {
		return nil, err
	}
	book, err := p.Book(ctx, i.Version)
	if err != nil {
		return nil, err
	}
	z, _ := book.ZoneAt(m.Zone, x.Case.Path)
	o := objected{Title: pick(lang, z.Title), Where: g.say(), Basis: m.Basis, Until: moment(lang, m.Until)}
	if o.Who, err = p.author(ctx, lang, m.Author, i); err != nil {
		return nil, err
	}
	if v := need.Verdict(&x.Case, x.Steps); v != "" {
		t := words[lang]
		o.Verdict = map[string]string{need.Upheld: t["verdict-upheld"], need.Eased: t["verdict-eased"], need.Struck: t["verdict-lifted"], need.Over: t["verdict-over"]}[v]
		o.Good = v != need.Upheld
		if v == need.Eased && x.Exempt.State(now) == "valid" {
			o.Free = moment(lang, x.Exempt.Until)
		}
	}
	return &o, nil
}
