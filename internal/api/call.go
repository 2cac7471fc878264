package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// call is one request: who, when, in which language, under which operation.
type call struct {
	viewer  *access.Viewer
	session access.Session
	account access.Account
	emerg   access.Context
	now     time.Time
	lang    string
	op      *journal.Op // nil when the client named none
	request string
	// operation is the id of what was asked for, empty until it is known.
	operation string
	remote    string
	raw       []byte // body as sent, at most bodyLimit
	cookie    *http.Cookie
	w         http.ResponseWriter
	r         *http.Request
}

type callKey struct{}

func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{lang: "zh"}
}

// Limits of a request's body.
const (
	bodyLimit  = 1 << 20
	batchLimit = 4 << 20
	fileLimit  = 64 << 20
)

// CookieName is the name of the session cookie.
const CookieName = "shouwang"

// language is the caller's: ?lang, then Accept-Language; Chinese unless English is asked for first.
func language(r *http.Request) string {
	l := r.URL.Query().Get("lang")
	if l == "" {
		l = r.Header.Get("Accept-Language")
	}
	if strings.HasPrefix(strings.ToLower(l), "en") {
		return "en"
	}
	return "zh"
}

// guarded wraps the operations: headers, body limit, cross-site refusal, who is calling.
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		c := &call{now: s.Clock(), lang: language(r), request: journal.NewID(s.Clock()), remote: r.RemoteAddr}
		if s.Observe != nil && s.Watch != nil {
			seen, began := &witness{ResponseWriter: w}, s.Watch()
			w = seen
			defer func() { s.Observe(c.operation, seen.code(), s.Watch()-began) }()
		}
		c.w = w
		h.Set("Request-Id", c.request)
		err := c.take(w, r)
		if err == nil {
			err = s.identify(r, c)
		}
		if err != nil { // what the fault is of is for the log alone
			if fault.KindOf(err) == fault.Internal {
				s.Log.Error("a request was not understood", "request", c.request, "cause", err)
			}
			writeProblem(w, c.lang, err)
			return
		}
		c.r = r.WithContext(context.WithValue(r.Context(), callKey{}, c))
		next.ServeHTTP(w, c.r)
	})
}

// take reads the body within its limit and the operation's headers.
func (c *call) take(w http.ResponseWriter, r *http.Request) error {
	if err := clean(r); err != nil {
		return err
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		return ErrCrossSite.With()
	}
	limit, text := int64(bodyLimit), "1 MB"
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/v1/imports/"):
		limit, text = fileLimit, "64 MB"
	case r.URL.Path == "/api/v1/batch":
		limit, text = batchLimit, "4 MB"
	}
	if r.ContentLength > limit {
		return ErrTooLarge.With(text)
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		return ErrTooLarge.With(text).Because(err)
	}
	if bytes.Contains(raw, []byte(`\u0000`)) && !strings.HasPrefix(r.URL.Path, "/api/v1/imports/") {
		return ErrShape.With("\\u0000").At("body")
	}
	c.raw = raw
	r.Body = io.NopCloser(bytes.NewReader(raw))
	if id := r.Header.Get("Operation-Id"); id != "" {
		n, err := strconv.ParseInt(cmp.Or(r.Header.Get("Device-Sequence"), "0"), 10, 64)
		if err != nil || n < 0 {
			return ErrShape.With("Device-Sequence").At("Device-Sequence")
		}
		sum := sha256.Sum256(append([]byte(r.Method+" "+r.URL.Path+"?"+r.URL.RawQuery+"\n"), hashed(r, raw)...))
		c.op = &journal.Op{ID: id, Device: r.Header.Get("Device-Id"), Sequence: n, Hash: hex.EncodeToString(sum[:])}
	}
	return nil
}

// clean refuses text that is none: what is not UTF-8 or bears control characters in
// address or operation headers could not be stored, searched or printed.
func clean(r *http.Request) error {
	query, err := url.QueryUnescape(r.URL.RawQuery)
	if err != nil || !printable(query) {
		return ErrShape.With("query").At("query")
	}
	if !printable(r.URL.Path) {
		return ErrShape.With("path").At("path")
	}
	for _, name := range []string{"Operation-Id", "Device-Id"} {
		if v := r.Header.Get(name); !printable(v) || len(v) > 64 {
			return ErrShape.With(name).At(name)
		}
	}
	return nil
}

// printable says whether a text is UTF-8 without control characters.
func printable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0
}

// token is the caller's session token: bearer first, then the cookie.
func (c *call) token(r *http.Request) string {
	if t, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return strings.TrimSpace(t)
	}
	if k, err := r.Cookie(CookieName); err == nil {
		c.cookie = k
		return k.Value
	}
	return ""
}
