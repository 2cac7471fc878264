package page

import (
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/people/service"
)

// paper is a certificate as it is printed and verified.
type paper struct {
	print
	Number, Name, Roll, Place string
	From, Until, Hours, Times string
	Lines                     []paperLine
	Issuer, Contact, Day      string
	Withdrawn, Why, Link      string
	QR                        template.HTML
}

type paperLine struct{ Title, Times, Hours string }

func newPaper(lang string, x *service.Certificate) paper {
	v := paper{Number: x.Number, Name: x.Name, Roll: x.Roll, Place: x.Place, From: dated(lang, x.From), Until: dated(lang, x.Until), Hours: service.Hours(x.Minutes),
		Issuer: x.Issuer, Contact: x.Contact, Day: dated(lang, x.Made)}
	n := 0
	for _, l := range x.Lines {
		n += l.Times
		title := pick(lang, mode.Text(l.Title))
		if title == "" {
			title = l.Title.ZH
		}
		v.Lines = append(v.Lines, paperLine{title, strconv.Itoa(l.Times), service.Hours(l.Minutes)})
	}
	v.Times = strconv.Itoa(n)
	if !x.Withdrawn.IsZero() {
		v.Withdrawn, v.Why = dated(lang, x.Withdrawn), x.Why
	}
	return v
}

// certificate prints one: whoever may read it may print it, the helper too.
func (p *Pages) certificate(j *job) (printed, error) {
	id := j.r.PathValue("id")
	var seen struct{ ID, Path string }
	if err := j.ask("/certificates/"+url.PathEscape(id), &seen); err != nil {
		return printed{}, err
	}
	x, ok, err := j.Store.Certificate(j.ctx, id)
	if err != nil || !ok {
		return printed{}, ErrNoSheet.With(id)
	}
	v := newPaper(j.Lang, &x)
	v.print = j.print
	v.Title = j.t["cert"] + " " + x.Number
	v.Link = j.base(j.r) + seen.Path
	if v.QR, err = qr(v.Link); err != nil {
		return printed{}, err
	}
	return printed{shape: "certificate", data: v, rule: "certificate", placeID: x.PlaceID, path: x.Path, count: 1}, nil
}

// verified is the public page behind a certificate's code.
type verified struct {
	frame
	Paper paper
	Title string
}

// verify says what the paper says and no more; behind a wrong address is nothing.
func (p *Pages) verify(w http.ResponseWriter, r *http.Request) {
	now := p.Clock()
	x, ok, err := p.Store.CertificateByHash(r.Context(), access.HashQR(r.PathValue("token")))
	if err != nil {
		p.failed(w, r, err)
		return
	}
	if !ok {
		status := http.StatusNotFound
		if wait := p.guesses.Guess(network(r), now); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
			status = http.StatusTooManyRequests
		}
		p.lost(w, r, status)
		return
	}
	f := p.frame(r)
	p.send(w, r, http.StatusOK, "verify", residentCSS, f.Lang, verified{f, newPaper(f.Lang, &x), words[f.Lang]["cert"]})
}

// dated is a day with its year: a paper is read years later.
func dated(lang string, t time.Time) string {
	return t.In(civil).Format(map[string]string{"zh": "2006年1月2日", "en": "2 January 2006"}[lang])
}
