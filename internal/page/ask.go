package page

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/notice"
)

// Asks finds what is asked at the address in a message, and takes the answer.
type Asks interface {
	AskByLink(ctx context.Context, id string, n int, token string) (notice.Notice, notice.Receiver, error)
	AnswerByLink(ctx context.Context, id string, n int, token, answer, tail string) (notice.Notice, notice.Receiver, error)
	SceneByLink(ctx context.Context, n notice.Notice, r notice.Receiver) (state, who string, err error)
	AskedAt(ctx context.Context, n notice.Notice, r notice.Receiver) (placeID string, err error)
}

// asking is the page on which somebody answers.
type asking struct {
	frame
	Title, From, Body, Until string
	Said, Wrong, Closed      string
	Scene, There             string
	Demo, Open               bool
}

// ask shows what is asked, and takes an answer when it is sent. Opening it records
// nothing: a program that looks at addresses in messages is nobody's answer.
func (p *Pages) ask(w http.ResponseWriter, r *http.Request) {
	now := p.Clock()
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		p.lost(w, r, http.StatusNotFound)
		return
	}
	id, token := r.PathValue("notice"), r.PathValue("token")
	x, got, err := p.Asks.AskByLink(r.Context(), id, n, token)
	if err != nil {
		p.noAsk(w, r, now, err)
		return
	}
	status, wrong := http.StatusOK, ""
	if r.Method == http.MethodPost {
		what := id + "|" + strconv.Itoa(n)
		if wait := p.guesses.Tail(what, now); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
			p.lost(w, r, http.StatusTooManyRequests)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
		x2, got2, err := p.Asks.AnswerByLink(r.Context(), id, n, token, r.PostFormValue("answer"), r.PostFormValue("tail"))
		switch kind := fault.KindOf(err); {
		case err == nil:
			p.guesses.TailRight(what)
			x, got = x2, got2
		case kind == fault.Internal || kind == fault.Unavailable:
			p.failed(w, r, err)
			return
		default:
			var f *fault.Error
			if status = http.StatusConflict; errors.As(err, &f) {
				wrong = f.Text(language(r))
			}
			if x, got, err = p.Asks.AskByLink(r.Context(), id, n, token); err != nil {
				p.noAsk(w, r, now, err)
				return
			}
		}
	}
	where, err := p.Asks.AskedAt(r.Context(), x, got)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	g, ok, err := p.at(r.Context(), where)
	if err != nil || !ok {
		p.noAsk(w, r, now, err)
		return
	}
	v := asking{frame: p.frame(r), Demo: p.Demo, From: g.say(), Wrong: wrong, Open: x.Open(now) && x.Wants == notice.Answer}
	v.Title, v.Body = pick(v.Lang, x.Title), pick(v.Lang, x.Body)
	if v.Title == "" {
		v.Title = x.Title.ZH
	}
	if v.Body == "" {
		v.Body = x.Body.ZH
	}
	v.say(&x, &got, now)
	if v.Scene, v.There, err = p.Asks.SceneByLink(r.Context(), x, got); err != nil {
		p.failed(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "ask", residentCSS, v.Lang, v)
}

// say puts what was answered, or why nothing is asked any more, into words.
func (v *asking) say(x *notice.Notice, r *notice.Receiver, now time.Time) {
	t := words[v.Lang]
	switch r.Answer {
	case notice.Yes:
		v.Said = t["ask-said-yes"]
	case notice.No:
		v.Said = t["ask-said-no"]
	case notice.Later:
		v.Said = t["ask-said-late"]
	}
	switch {
	case v.Open:
		v.Until = near(v.Lang, r.Due, now)
		if r.Due.IsZero() {
			v.Until = near(v.Lang, x.Until, now)
		}
	case r.Answer == notice.Yes && x.Why != notice.Withdrawn: // they come
	case x.Why == notice.Enough:
		v.Closed = t["ask-enough"]
	case x.Why == notice.Withdrawn:
		v.Closed = strings.ReplaceAll(t["ask-withdrawn"], "{0}", x.Reason)
	default:
		v.Closed = t["ask-over"]
	}
}

// doorOf is the place whose code is in the address. Where there is none it has answered.
func (p *Pages) doorOf(w http.ResponseWriter, r *http.Request, now time.Time) (g ground, ok bool) {
	id, err := p.opened(r.Context(), r.PathValue("token"), now, r)
	if err != nil {
		p.failed(w, r, err)
		return g, false
	}
	if id != "" {
		g, ok, err = p.at(r.Context(), id)
	}
	if err != nil || !ok {
		p.noAsk(w, r, now, err)
	}
	return g, ok && err == nil
}

// noAsk answers an address behind which nothing is asked.
func (p *Pages) noAsk(w http.ResponseWriter, r *http.Request, now time.Time, err error) {
	if err != nil && fault.KindOf(err) != fault.NotFound {
		p.failed(w, r, err)
		return
	}
	status := http.StatusNotFound
	if wait := p.guesses.Guess(network(r), now); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		status = http.StatusTooManyRequests
	}
	p.lost(w, r, status)
}
