package page

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"shouwang/internal/fault"
)

// to is a path in the reader's tongue and size of type.
func (f frame) to(path string) string { return path + "?lang=" + f.Lang + big(f.Big) }

// posted does what a form on a resident's page asks, no oftener than the key of the place
// may ask it, and sends the reader to where do names. done is false when the page is to be
// shown again, with its status and with what was wrong in the reader's tongue: too often
// (the words many) or refused; nothing is wrong where do names no other page. What is nobody's
// slip is answered here.
func (p *Pages) posted(w http.ResponseWriter, r *http.Request, key, many string, do func() (to string, err error)) (status int, wrong string, done bool) {
	if wait := p.guesses.Open(key, p.Clock()); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		return http.StatusTooManyRequests, many, false
	}
	to, err := do()
	if err != nil {
		said, ok := wrongWords(err, language(r))
		if !ok {
			p.failed(w, r, err)
		}
		return http.StatusUnprocessableEntity, said, !ok
	}
	if to == "" {
		return http.StatusOK, "", false
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return http.StatusSeeOther, "", true
}

// wrongWords is what a person did wrong, in words; ok is false when it is no fault of theirs.
func wrongWords(err error, lang string) (text string, ok bool) {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind != fault.Internal && f.Kind != fault.Unavailable {
		return f.Text(lang), true
	}
	return "", false
}
