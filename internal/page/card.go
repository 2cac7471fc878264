package page

import (
	"net/url"
	"time"

	"shouwang/internal/dispatch"
)

// card is a household card as it is handed over: the door's code, eight digits in two
// groups, and where they are typed.
type card struct {
	letter
	Door  string
	Code  string
	Until string
}

// household prints the good card of a door, for whoever may make one.
func (p *Pages) household(j *job) (printed, error) {
	id := j.r.PathValue("id")
	var x struct{ Door, Place, Code, Until, Join string }
	if err := j.ask("/places/"+url.PathEscape(id)+"/card/sheet", &x); err != nil {
		return printed{}, err
	}
	g, ok, err := j.at(j.ctx, id)
	if err != nil || !ok {
		return printed{}, ErrNoSheet.With(j.t["house-card"])
	}
	v := card{letter: letter{print: j.print, Head: j.t["house-card"], To: x.Place}, Door: x.Door, Code: x.Code[:4] + " " + x.Code[4:]}
	v.Title = v.Head + " " + x.Place
	if err := j.sign(&v.letter, g, dispatch.Incident{Started: j.now}); err != nil {
		return printed{}, err
	}
	if until, err := time.Parse(time.RFC3339, x.Until); err == nil {
		v.Until = moment(j.Lang, until)
	}
	v.QR = "" // a door's own code leads to its own page, not to signing up
	if x.Join != "" {
		if v.QR, err = qr(j.base(j.r) + x.Join); err != nil {
			return printed{}, err
		}
	}
	return printed{"house-card", v, "print.household-card", g.place.ID, g.place.Path, 1}, nil
}
