package page

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/territory"
)

// Doors is where a household says how the code of its door opens.
type Doors interface {
	OpensLarge(ctx context.Context, placeID string) (large, coded bool, err error)
	OpenLarge(ctx context.Context, placeID string, large bool) error
}

// largePage is the page with three large keys.
type largePage struct {
	frame
	Title, Place, Today, Slip string
	Wrong, Got, GotSay        string
	Good, Demo                bool
	Bands                     []band
	Call                      phone
	Need, Usual, Self         string
	First, MayFirst           bool
}

// large answers the page with three large keys of a door, and takes what they send: that
// whoever lives there is fine, or that the code opens this page first.
func (p *Pages) large(w http.ResponseWriter, r *http.Request) {
	now := p.Clock()
	if g, ok := p.doorOf(w, r, now); ok {
		p.largeAt(w, r, g, now)
	}
}

// largeAt is the page with three large keys of a place that is known.
func (p *Pages) largeAt(w http.ResponseWriter, r *http.Request, g ground, now time.Time) {
	ctx, base := r.Context(), "/r/"+r.PathValue("token")
	f := p.frame(r)
	f.Big = true // there is no other size of it
	t, more := words[f.Lang], tail(r, f)
	v := largePage{frame: f, Demo: p.Demo, Title: t["large-hello"], Place: g.house(), Slip: access.QRNonce(), Self: base + "/large" + more, Usual: base + tail(r, p.frame(r)) + "&usual=1"}
	v.Today = put(t["large-today"], day(f.Lang, now))
	if p.Needs != nil {
		v.Need = base + "/need" + more + "&few=1"
	}
	fine, err := false, error(nil)
	if p.Fines != nil {
		if fine, err = p.Fines.FineAt(ctx, g.place.ID); err != nil {
			p.failed(w, r, err)
			return
		}
	}
	coded := false
	if p.Doors != nil && g.place.Kind == territory.Door {
		if v.First, coded, err = p.Doors.OpensLarge(ctx, g.place.ID); err != nil {
			p.failed(w, r, err)
			return
		}
		v.MayFirst = coded
	}
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
		var said string
		if status, said, err = p.tapped(w, r, g, now, fine, coded); err != nil {
			p.failed(w, r, err)
			return
		}
		if status == http.StatusOK {
			http.Redirect(w, r, v.Self+said, http.StatusSeeOther)
			return
		}
		v.Wrong = t["fine-many"]
	}
	if r.URL.Query().Get("said") == "fine" {
		v.Good, v.Got, v.GotSay = fine, t["large-none"], t["large-none-say"]
		if fine {
			v.Got, v.GotSay = t["large-got"], t["large-got-say"]
		}
	}
	if v.Bands, err = p.holds(ctx, f.Lang, g, now); err != nil {
		p.failed(w, r, err)
		return
	}
	phones, err := p.phones(ctx, f.Lang, g, v.Bands)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	v.Call = phones[min(1, len(phones)-1)] // whoever is nearest where their number is public, else the desk
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "large", residentCSS, v.Lang, v)
}

// tapped does what one of the keys sent, and says how the page goes on.
func (p *Pages) tapped(w http.ResponseWriter, r *http.Request, g ground, now time.Time, fine, coded bool) (status int, said string, err error) {
	ctx := r.Context()
	if wait := p.guesses.Open("large|"+g.place.ID, now); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		return http.StatusTooManyRequests, "", nil
	}
	switch tap := r.PostFormValue("tap"); {
	case tap == "fine" && fine:
		err = p.Fines.FineFor(ctx, g.place.ID, r.PostFormValue("slip"))
		said = "&said=fine"
	case tap == "fine": // nobody greets here: the page says that nothing was noted
		said = "&said=fine"
	case coded && (tap == "first" || tap == "usual"):
		err = p.Doors.OpenLarge(ctx, g.place.ID, tap == "first")
	}
	return http.StatusOK, said, err
}
