package page

import (
	"context"
	"net/http"

	"shouwang/internal/access"
	"shouwang/internal/people/care"
)

// Thankings is where residents thank whoever helped, without an account and without
// learning a name.
type Thankings interface {
	AimsAt(ctx context.Context, placeID string) ([]care.Aim, error)
	ThankFrom(ctx context.Context, placeID, aim, said, from, slip string) error
	CaseThanks(ctx context.Context, id, token string) (may, done bool, err error)
	ThankForCase(ctx context.Context, id, token, said, from string) error
}

// aim is one line to choose from.
type aim struct {
	ID, Title string
	On        bool
}

// thanking is the page of one word of thanks.
type thanking struct {
	frame
	Title, Slip, Wrong, Words, From, Back string
	Demo, Said                            bool
	Aims                                  []aim
}

// thanks shows whom a resident of a place may thank, and takes their words.
func (p *Pages) thanks(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), p.Clock()
	g, ok := p.doorOf(w, r, now)
	if !ok {
		return
	}
	id := g.place.ID
	v := thanking{frame: p.frame(r), Demo: p.Demo, Title: g.say(), Slip: access.QRNonce(), Said: r.URL.Query().Get("said") == "1"}
	v.Back = "/r/" + r.PathValue("token") + tail(r, v.frame)
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<14)
		v.Words, v.From = r.PostFormValue("words"), r.PostFormValue("from")
		if s := r.PostFormValue("slip"); s != "" && len(s) < 80 {
			v.Slip = s
		}
		var done bool
		if status, v.Wrong, done = p.posted(w, r, "thanks|"+id, words[v.Lang]["thanks-many"], func() (string, error) {
			return r.URL.Path + tail(r, v.frame) + "&said=1", p.Thankings.ThankFrom(ctx, id, r.PostFormValue("to"), v.Words, v.From, v.Slip)
		}); done {
			return
		}
	}
	aims, err := p.Thankings.AimsAt(ctx, id)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	for i, x := range aims {
		chosen := r.PostFormValue("to")
		v.Aims = append(v.Aims, aim{x.ID, pick(v.Lang, x.Title), x.ID == chosen || chosen == "" && i == 0})
	}
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "thanks", residentCSS, v.Lang, v)
}
