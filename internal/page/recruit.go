package page

import (
	"net/url"

	"shouwang/internal/dispatch"
)

// recruit makes the A4 notice by which a place looks for helpers: its code leads to
// signing up there and says nothing of who reads it, so it may be passed on.
func (p *Pages) recruit(j *job) (printed, error) {
	id := j.r.PathValue("id")
	var seen struct{ Total int }
	if err := j.ask("/places/"+url.PathEscape(id)+"/qr?limit=1", &seen); err != nil { // who may print codes may print this one
		return printed{}, err
	}
	g, ok, err := j.at(j.ctx, id)
	if err != nil {
		return printed{}, err
	}
	codes, err := j.Store.QROf(j.ctx, []string{id})
	if err != nil {
		return printed{}, err
	}
	if !ok || len(codes) == 0 {
		return printed{}, ErrNoSheet.With(j.t["labels"])
	}
	l := letter{print: j.print, Head: j.t["recruit"], To: g.say(), Strips: make([]int, 8)}
	l.Title = l.Head + " " + l.To
	if err := j.sign(&l, g, dispatch.Incident{Started: j.now}); err != nil {
		return printed{}, err
	}
	l.Strip = j.t["recruit-strip"]
	if l.QR, err = qr(j.base(j.r) + "/join/" + j.Store.QRToken(id, codes[0].Nonce)); err != nil {
		return printed{}, err
	}
	return printed{"recruit", l, "print.recruit", g.place.ID, g.place.Path, 1}, nil
}
