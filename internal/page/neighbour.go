package page

import (
	"context"
	"html/template"
	"net/http"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/need"
)

// posted is one line of the board of neighbours.
type posted struct {
	ID, Title, Words, Since, Until string
	Pic                            template.HTML
	Typed                          string
}

// spoken is one word between two neighbours.
type spoken struct {
	Mine       bool
	Text, When string
}

// thread is what one neighbour and whoever asked say to each other.
type thread struct {
	ID    string
	Words []spoken
	Over  bool
}

// neighbourly is the board of a house.
type neighbourly struct {
	frame
	Title, Slip, Wrong, Said, Back, Need string
	Demo                                 bool
	Lines                                []posted
	Tiles                                []tile
}

// neighbours shows what neighbours of a house ask and offer, and takes an answer to one
// of them, a report, or a line of one's own. Nobody's name, door or number stands there.
func (p *Pages) neighbours(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), p.Clock()
	g, ok := p.doorOf(w, r, now)
	if !ok {
		return
	}
	id := g.place.ID
	v := neighbourly{frame: p.frame(r), Demo: p.Demo, Slip: access.QRNonce()}
	t, base := words[v.Lang], "/r/"+r.PathValue("token")
	v.Title, v.Back, v.Need = t["board-head"], base+tail(r, v.frame), base+"/need"+tail(r, v.frame)
	status, typed, typedFor := http.StatusOK, "", ""
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<14)
		typed, typedFor = r.PostFormValue("words"), r.PostFormValue("line")
		if s := r.PostFormValue("slip"); s != "" && len(s) < 80 {
			v.Slip = s
		}
		var done bool
		if status, v.Wrong, done = p.posted(w, r, "board|"+id, t["need-many"], func() (string, error) {
			to, err := p.boarded(ctx, r, id, typedFor, v.Slip)
			if err == nil && to == "" {
				v.Said, typed = t["board-reported"], ""
			} else {
				to = v.to(to)
			}
			return to, err
		}); done {
			return
		}
	}
	list, err := p.Needs.BoardAt(ctx, id)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	for _, x := range list {
		l := posted{ID: x.ID, Title: pick(v.Lang, x.Item.Title), Words: x.Words, Since: near(v.Lang, x.Opened, now), Until: near(v.Lang, x.Until, now), Pic: drawing(x.Item.Icon)}
		if l.ID == typedFor {
			l.Typed = typed
		}
		v.Lines = append(v.Lines, l)
	}
	items, err := p.Needs.NeedsFor(ctx, id)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	for _, x := range items {
		if !x.Essential && x.Only == "" {
			v.Tiles = append(v.Tiles, tile{ID: x.ID, Title: pick(v.Lang, x.Title), Pic: drawing(x.Icon)})
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "neighbours", residentCSS, v.Lang, v)
}

// boarded does what was sent from the board, and says where to go on; empty: back here.
func (p *Pages) boarded(ctx context.Context, r *http.Request, placeID, to, slip string) (string, error) {
	if r.PostFormValue("verb") == "report" {
		return "", p.Needs.ReportPosting(ctx, placeID, to)
	}
	id, token, err := p.Needs.AnswerPosting(ctx, placeID, to, r.PostFormValue("words"), slip)
	return "/c/" + id + "/" + token, err
}

// chat puts what two neighbours said to each other on the page of either.
func (v *tracking) chat(x *need.Tracked, at func(time.Time) string) {
	v.Reply = x.Case.Item == need.NeighbourReply
	v.Board = !x.Item.Essential && x.Item.Ask && v.Open && x.Case.Holder == ""
	if !x.Item.Essential && x.Item.Ask && v.Open && !v.Reply {
		if why, when := need.TakenOff(x.Steps); !when.IsZero() {
			v.Hidden = why
		}
		if x.Case.Holder != "" {
			v.Stops[1].More = strings.ReplaceAll(words[v.Lang]["board-taken"], "{0}", pick(v.Lang, x.Taker))
		}
	}
	talk := func(list []need.Word, asker bool) (out []spoken) {
		for _, w := range list {
			out = append(out, spoken{w.Asker == asker, w.Text, at(w.At)})
		}
		return out
	}
	if v.Reply {
		v.Talk, v.Asked, v.Due, v.Paused = talk(need.Talk(&x.Case, x.Steps), false), "", "", ""
		v.Stops = relayed(v.Lang, v.Talk, at(x.Case.Opened))
	}
	for _, th := range x.Threads {
		v.Threads = append(v.Threads, thread{th.ID, talk(th.Words, true), th.Over})
	}
}

// relayed is how far a word to a neighbour went: it is passed on at once, and answered
// when they say something. Whether they have read it is recorded nowhere, and not said.
func relayed(lang string, talk []spoken, when string) []stop {
	t := words[lang]
	out := []stop{{Title: t["talk-relayed"], When: when, Done: true}, {Title: t["talk-answered"], Now: true}}
	for _, w := range talk {
		if !w.Mine {
			out[1] = stop{Title: t["talk-answered"], When: w.When, Done: true}
			break
		}
	}
	return out
}
