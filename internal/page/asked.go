package page

import (
	"context"
	"html/template"
	"net/http"
	"strings"
	"time"

	"shouwang/internal/need"
)

// The cookie by which a phone's second tap finds its first: the addresses of the cases
// it opened within the day. Nothing else is in it, a page that is only read sets none,
// and another phone at the same door learns nothing.
const (
	askedCookie = "shouwang-asked"
	askedFor    = 24 * time.Hour
	askedMost   = 5
)

// already is the page that a second tap for the same thing gets.
type already struct {
	frame
	Title, What, Number, Stage, When, Item, Slip, Link, Back string
	Pic                                                      template.HTML
	Demo                                                     bool
}

// askedHere are the cases that this phone says it opened, the newest first, as
// "id/token".
func askedHere(r *http.Request) (out []string) {
	c, err := r.Cookie(askedCookie)
	if err != nil || len(c.Value) > 1000 {
		return nil
	}
	for _, s := range strings.Split(c.Value, ".") {
		if id, token, ok := strings.Cut(s, "_"); ok && len(out) < askedMost {
			out = append(out, id+"/"+token)
		}
	}
	return out
}

// remember gives the phone the address of the case that it has just opened. What is told
// in confidence leaves no trace on it.
func (p *Pages) remember(ctx context.Context, w http.ResponseWriter, r *http.Request, id, token string) error {
	x, err := p.Needs.TrackCase(ctx, id, token)
	if err != nil || x.Case.Only != "" {
		return err
	}
	all := []string{id + "_" + token}
	for _, s := range askedHere(r) {
		if s = strings.Replace(s, "/", "_", 1); s != all[0] && len(all) < askedMost {
			all = append(all, s)
		}
	}
	http.SetCookie(w, &http.Cookie{Name: askedCookie, Value: strings.Join(all, "."), Path: "/", MaxAge: int(askedFor / time.Second), HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"})
	return nil
}

// again finds the case that this phone opened for the same thing at the same place
// within the day and that is not closed; nil where there is none.
func (p *Pages) again(ctx context.Context, r *http.Request, placeID, item string, now time.Time) (*need.Tracked, string) {
	for _, at := range askedHere(r) {
		id, token, _ := strings.Cut(at, "/")
		x, err := p.Needs.TrackCase(ctx, id, token)
		if err != nil { // of another instance, or made up
			continue
		}
		if k := &x.Case; k.PlaceID == placeID && k.Item == item && k.Only == "" && k.Stage() != need.Closed && now.Sub(k.Opened) < askedFor {
			return &x, at
		}
	}
	return nil, ""
}

// alreadyAsked shows it with the two choices: it is the same, or it is another.
func (p *Pages) alreadyAsked(w http.ResponseWriter, r *http.Request, v needing, x *need.Tracked, at string, now time.Time) {
	k, t := &x.Case, words[v.Lang]
	stage := map[bool]string{true: t["track-taken"], false: t["track-open"]}[k.Holder != ""]
	if k.Stage() == need.Answered {
		stage = t["track-answered"]
	}
	a := already{frame: v.frame, Title: v.Title, What: pick(v.Lang, x.Item.Title), Pic: drawing(x.Item.Icon), Number: spaced(k.Number), Stage: stage, When: near(v.Lang, k.Opened, now),
		Item: k.Item, Slip: v.Slip, Link: "/c/" + at, Back: "/r/" + r.PathValue("token") + "/need" + tail(r, v.frame), Demo: p.Demo}
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, http.StatusOK, "already", residentCSS, v.Lang, a)
}
