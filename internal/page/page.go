package page

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/store"
)

// Deps is what the pages are made of; app hands them in.
type Deps struct {
	Store *store.Store
	Clock func() time.Time
	Log   *slog.Logger
	Demo  bool
	// Public is the address at which residents reach this server ("https://…"),
	// printed into codes; empty: that of the request.
	Public string
	// Holding says which incidents run and which measures hold at a moment.
	Holding func(context.Context, time.Time) ([]mode.Declaration, []mode.Measure, error)
	// Book returns the playbook version that an incident is pinned to.
	Book func(ctx context.Context, hash string) (*mode.Playbook, error)
	// Clocks are the release clocks of all that holds; nil: no early end is said.
	Clocks func(context.Context, time.Time) ([]mode.Clock, error)
	// Viewer says who is calling, for what is printed.
	Viewer func(*http.Request) (*access.Viewer, access.Context, error)
	// Shown says by which place a viewer may be told of one: itself, its house, or "".
	Shown func(ctx context.Context, v *access.Viewer, emerg access.Context, placeID, path string) (string, error)
	// Asks is what is asked at the addresses in messages; nil: nothing.
	Asks Asks
	// Needs is where residents tell a need and follow it; nil: nowhere.
	Needs Needs
	// Fines is where whoever lives at a door says that they are fine; nil: nowhere.
	Fines Fines
	// Doors is where a household says how the code of its door opens; nil: nowhere.
	Doors Doors
	// Families is where a household lets a relative act for it; nil: nowhere.
	Families Families
	// Thankings is where residents thank whoever helped; nil: nowhere.
	Thankings Thankings
	// Calendars are helpers' own calendars; nil: none.
	Calendars Calendars
	// API answers a read of the API as the caller of a request, so that a sheet
	// shows what the screen shows.
	API http.Handler
}

// Pages answers below /r/, /join/ and /print/.
type Pages struct {
	Deps
	mux     *http.ServeMux
	guesses *access.Limiter
	clocks  clocks
}

// New puts the pages together.
func New(d Deps) *Pages {
	p := &Pages{Deps: d, mux: http.NewServeMux(), guesses: access.NewLimiter()}
	p.mux.HandleFunc("GET /r/{token}", p.resident)
	if d.Asks != nil {
		p.mux.HandleFunc("GET /n/{notice}/{n}/{token}", p.ask)
		p.mux.HandleFunc("POST /n/{notice}/{n}/{token}", p.ask)
	}
	if d.Needs != nil {
		for _, method := range []string{"GET", "POST"} {
			p.mux.HandleFunc(method+" /r/{token}/need", p.needs)
			p.mux.HandleFunc(method+" /r/{token}/alarm", p.alarm)
			p.mux.HandleFunc(method+" /r/{token}/object", p.object)
			p.mux.HandleFunc(method+" /r/{token}/neighbours", p.neighbours)
			p.mux.HandleFunc(method+" /c/{case}/{token}", p.track)
		}
	}
	if d.Fines != nil {
		p.mux.HandleFunc("GET /r/{token}/fine", p.fine)
		p.mux.HandleFunc("POST /r/{token}/fine", p.fine)
	}
	if d.Families != nil {
		for _, method := range []string{"GET", "POST"} {
			p.mux.HandleFunc(method+" /r/{token}/family", p.family)
			p.mux.HandleFunc(method+" /k/{id}/{token}", p.kin)
			p.mux.HandleFunc(method+" /k/{id}/{token}/{case}", p.kinCase)
		}
	}
	if d.Doors != nil {
		p.mux.HandleFunc("GET /r/{token}/large", p.large)
		p.mux.HandleFunc("POST /r/{token}/large", p.large)
	}
	if d.Thankings != nil {
		p.mux.HandleFunc("GET /r/{token}/thanks", p.thanks)
		p.mux.HandleFunc("POST /r/{token}/thanks", p.thanks)
	}
	p.mux.HandleFunc("GET /print/sweep/{round}", p.sheet(p.sweep))
	p.mux.HandleFunc("GET /print/board/{place}", p.sheet(p.house))
	p.mux.HandleFunc("GET /print/posts/{incident}", p.sheet(p.posts))
	p.mux.HandleFunc("GET /print/roster/{place}", p.sheet(p.roster))
	p.mux.HandleFunc("GET /print/places/{id}", p.sheet(p.places))
	p.mux.HandleFunc("GET /print/qr/{id}", p.sheet(p.labels))
	p.mux.HandleFunc("GET /print/notices/{incident}", p.sheet(p.notices))
	p.mux.HandleFunc("GET /print/notice/{incident}/{notice}", p.sheet(p.notice))
	p.mux.HandleFunc("GET /print/poster/{id}", p.sheet(p.poster))
	p.mux.HandleFunc("GET /print/recruit/{id}", p.sheet(p.recruit))
	p.mux.HandleFunc("GET /print/household-card/{id}", p.sheet(p.household))
	for _, method := range []string{"GET", "POST"} {
		p.mux.HandleFunc(method+" /join/{token}", p.join)
		p.mux.HandleFunc(method+" /join/mine", p.mine)
	}
	p.mux.HandleFunc("GET /print/certificate/{id}", p.sheet(p.certificate))
	p.mux.HandleFunc("GET /v/{token}", p.verify)
	if d.Calendars != nil {
		p.mux.HandleFunc("GET /cal/{file}", p.calendar)
	}
	p.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { p.lost(w, r, http.StatusNotFound) })
	return p
}

// ServeHTTP implements http.Handler.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer") // the address of a public page is its key
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Vary", "Accept-Language, Accept-Encoding, Cookie")
	p.mux.ServeHTTP(w, r)
}

// language is the reader's: ?lang, then Accept-Language; Chinese unless English is
// asked for first.
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

// forms are the pages that send something back, to where they came from.
var forms = map[string]string{"ask": "'self'", "join": "'self'", "join-code": "'self'", "mine": "'self'", "needs": "'self'", "already": "'self'", "alarm": "'self'", "track": "'self'", "object": "'self'", "neighbours": "'self'", "thanks": "'self'", "fine": "'self'", "large": "'self'", "family": "'self'", "kin": "'self'"}

// send renders a page and answers with it. Only its own style sheet may be used,
// by its hash.
func (p *Pages) send(w http.ResponseWriter, r *http.Request, status int, name, css, lang string, data any) {
	var b bytes.Buffer
	if err := shapes[lang].ExecuteTemplate(&b, name, data); err != nil {
		p.Log.Error("page", slog.String("page", name), slog.Any("cause", err))
		http.Error(w, "SW-1000", http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256([]byte(css))
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+
		"'; base-uri 'none'; form-action "+cmp.Or(forms[name], "'none'")+"; frame-ancestors 'none'")
	h.Set("Content-Type", "text/html; charset=utf-8")
	body := b.Bytes()
	tag := sha256.Sum256(body)
	etag := `"` + hex.EncodeToString(tag[:12]) + `"`
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	} else if status == http.StatusOK {
		h.Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		var z bytes.Buffer
		g := gzip.NewWriter(&z)
		if _, err := g.Write(body); err == nil && g.Close() == nil {
			h.Set("Content-Encoding", "gzip")
			body = z.Bytes()
		}
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// base is the address that codes lead to.
func (p *Pages) base(r *http.Request) string {
	if p.Public != "" {
		return strings.TrimRight(p.Public, "/")
	}
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// network is where a request comes from, IPv6 cut to its /64.
func network(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if a, err := netip.ParseAddr(host); err == nil && a.Is6() && !a.Is4In6() {
		if x, err := a.Prefix(64); err == nil {
			return x.String()
		}
	}
	return host
}
