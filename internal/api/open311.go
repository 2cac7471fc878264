package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Open311Path is where systems outside of ours tell and follow needs (GeoReport v2).
const Open311Path = "/open311/"

const (
	geoSpecification = "http://wiki.open311.org/GeoReport_v2"
	geoChangeset     = "2026-11-22 00:00"
	geoBody          = 64 << 10 // of a form
	geoPace          = 60       // calls a minute, for each key and, without one, each network
)

// The faults of calls by outside systems.
var (
	// ErrService says that there is no such service for this caller at this place.
	ErrService = fault.Define(fault.NotFound, "SW-2425",
		"这里没有可受理的服务代码“{0}”，或这个密钥不能提这一类。没有登记。请用 services 查可用的代码。",
		"There is no service code \"{0}\" that this key may use here. Nothing was recorded. See services for those there are.")
	// ErrJurisdiction says that there is no such jurisdiction, or the place is not in it.
	ErrJurisdiction = fault.Define(fault.NotFound, "SW-2426",
		"没有找到辖区“{0}”，或地点不在其中。没有登记。jurisdiction_id 填街道或社区的地点编码，也可以不填。",
		"There is no jurisdiction \"{0}\", or the place is not in it. Nothing was recorded. Give the code of a subdistrict or community, or leave it out.")
	// ErrAddress says that the place of a request was not understood.
	ErrAddress = fault.Define(fault.Invalid, "SW-2427",
		"没有认出地点（{0}），或它不在这个密钥的范围内。没有登记。请给 address_id（楼栋或门户的编码），或写到楼栋的 address_string，或落在已画边界内的 lat 和 long。",
		"The place was not understood ({0}) or is outside what this key is for. Nothing was recorded. Give address_id (the code of a building or door), an address_string down to the building, or lat and long inside a drawn boundary.")
	// ErrGeoForm says which field of a request is missing or wrong.
	ErrGeoForm = fault.Define(fault.Invalid, "SW-2428",
		"字段 {0} 缺少或不合要求。没有登记。请按 GeoReport v2 改正后再发。",
		"The field {0} is missing or wrong. Nothing was recorded. Correct it as GeoReport v2 says and send it again.")
	// ErrReference says that a reference was used for something else.
	ErrReference = fault.Define(fault.Conflict, "SW-2429",
		"这个 reference 已经用来提过另一件事，内容不同。没有登记；原来那件没有变。换一个编号再发。",
		"This reference was used for a different request. Nothing was recorded and the earlier one is as it was. Use another reference.")
	// ErrNoRequest is one answer for a request that is not there and for one that is not to be seen.
	ErrNoRequest = fault.Define(fault.NotFound, "SW-2430",
		"没有这个编号的请求，或不能由此查看。没有改动。请核对编号和 api_key。",
		"There is no such request, or it is not to be seen here. Nothing was changed. Check the number and the api_key.")
)

// geoCall is one call by an outside system.
type geoCall struct {
	s      *Server
	c      *call
	w      http.ResponseWriter
	r      *http.Request
	form   url.Values
	format string // json or xml
	what   string // services, post, read, list, token
	key    *access.OutsideKey
	atlas  *Atlas
}

// Open311 answers below Open311Path.
func (s *Server) Open311() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		c := &call{now: s.Clock(), lang: language(r), request: journal.NewID(s.Clock()), remote: r.RemoteAddr, viewer: access.NewViewer("", nil, s.Clock()), w: w, r: r}
		h.Set("Request-Id", c.request)
		g := &geoCall{s: s, c: c, w: w, r: r, format: "xml"}
		if s.Observe != nil && s.Watch != nil {
			seen, began := &witness{ResponseWriter: w}, s.Watch()
			g.w = seen
			defer func() { s.Observe("open311", seen.code(), s.Watch()-began) }()
		}
		if err := g.serve(r.Context()); err != nil {
			if f := known(err); f.Kind == fault.Internal {
				s.Log.Error("request failed", slog.String("request", c.request), slog.String("operation", "open311"), slog.String("code", f.Code), slog.Any("cause", f.Cause))
			}
			g.refuse(err)
		}
	})
}

// serve finds out what is asked, by whom, and answers it or says why not.
func (g *geoCall) serve(ctx context.Context) error {
	rest := strings.TrimPrefix(g.r.URL.Path, Open311Path)
	rest = strings.TrimPrefix(rest, "v2/")
	switch ext := path.Ext(rest); ext {
	case ".json", ".xml":
		g.format, rest = ext[1:], strings.TrimSuffix(rest, ext)
	default:
		return ErrNoRoute.With()
	}
	if err := g.take(); err != nil {
		return err
	}
	if err := g.knock(ctx); err != nil {
		return err
	}
	var err error
	if g.atlas, err = g.s.ground(ctx); err != nil {
		return err
	}
	name, id, one := strings.Cut(rest, "/")
	do := map[string]func(context.Context, string) error{
		"GET discovery": g.discovery, "GET services": g.services, "GET services/": g.service,
		"GET requests": g.list, "GET requests/": g.read, "GET tokens/": g.token, "POST requests": g.post,
	}[g.r.Method+" "+name+map[bool]string{true: "/"}[one]]
	if do == nil || one && (id == "" || len(id) > 80) {
		return ErrNoRoute.With()
	}
	err = do(ctx, id)
	if err != nil && g.key != nil { // what was refused is kept too; what was done said so itself
		if e := g.used(ctx, known(err).Code); e != nil {
			return e
		}
	}
	return err
}

// take reads what was sent: the address's parameters and the form.
func (g *geoCall) take() error {
	if err := clean(g.r); err != nil {
		return err
	}
	if g.r.Method == http.MethodPost {
		g.r.Body = http.MaxBytesReader(g.w, g.r.Body, geoBody)
	}
	if err := g.r.ParseForm(); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return ErrTooLarge.With("64 KB")
		}
		return ErrShape.With("form").Because(err)
	}
	g.form = g.r.Form
	for k, vs := range g.form {
		for _, v := range vs {
			if !printable(strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(v)) || !printable(k) {
				return ErrGeoForm.With(k)
			}
		}
	}
	return nil
}

// knock finds the key and slows down who asks too often.
func (g *geoCall) knock(ctx context.Context) error {
	sent := g.form.Get("api_key")
	if sent == "" {
		sent = strings.TrimPrefix(g.r.Header.Get("Authorization"), "Bearer ")
	}
	slow := func(wait time.Duration) error {
		n := int(wait/time.Second) + 1
		return access.ErrOutsideFast.With(n).After(n)
	}
	if sent == "" {
		if wait := g.s.outsidePace.Take(network(g.c), g.c.now); wait > 0 {
			return slow(wait)
		}
		return nil
	}
	hash := access.HashOutside(sent)
	k, ok, err := g.s.Store.OutsideKeyByHash(ctx, hash)
	if err != nil {
		return err
	}
	if hash == "" || !ok || !k.Open(g.c.now) {
		if wait := g.s.limiter.Guess(network(g.c), g.c.now); wait > 0 {
			return slow(wait)
		}
		return access.ErrOutsideKey.With()
	}
	if wait := g.s.outsidePace.Take("key "+k.ID, g.c.now); wait > 0 {
		return slow(wait)
	}
	g.key = &k
	return nil
}

// use is the change that keeps what the key did.
func (g *geoCall) use(code, caseID string) journal.Change {
	return journal.Change{Row: &access.OutsideUse{ID: journal.NewID(g.c.now), KeyID: g.key.ID, At: g.c.now, What: g.what, Code: code, CaseID: caseID}}
}

// used keeps a call that opened nothing.
func (g *geoCall) used(ctx context.Context, code string) error {
	if g.key == nil || g.what == "" {
		return nil
	}
	e := g.c.entry("outside.used", "outside", g.key.ID, g.key.PlaceID, g.key.Path, "audit", map[string]string{"what": g.what, "code": code})
	e.Actor = access.OutsideActor + g.key.ID
	ch := g.use(code, "")
	ch.Entry = e
	_, err := g.s.Store.Commit(ctx, nil, nil, ch)
	return err
}

// words is a text in the caller's language.
func (g *geoCall) words(t mode.Text) string {
	if g.c.lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

// jurisdiction is the place that the caller means: what it names, else where its key
// begins, else the whole.
func (g *geoCall) jurisdiction() (*territory.Place, error) {
	a := g.atlas
	code := g.form.Get("jurisdiction_id")
	if code != "" {
		if p, ok := a.ByCode(code); ok {
			return p, nil
		}
		if p, ok := a.Place(code); ok {
			return p, nil
		}
		return nil, ErrJurisdiction.With(short(code))
	}
	if g.key != nil {
		if p, ok := a.Place(g.key.Places[0]); ok {
			return p, nil
		}
	}
	for i := range a.Places {
		if a.Places[i].Kind == territory.Subdistrict {
			return &a.Places[i], nil
		}
	}
	return nil, ErrJurisdiction.With("")
}

// short is the beginning of what somebody sent, for a refusal.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// discovery says what is here.
func (g *geoCall) discovery(context.Context, string) error {
	base := strings.TrimSuffix(g.s.Public, "/")
	if base == "" {
		base = "https://" + g.r.Host
		if g.r.TLS == nil {
			base = "http://" + g.r.Host
		}
	}
	kind := "production"
	if g.s.Demo {
		kind = "test"
	}
	g.answer(http.StatusOK, geoDiscovery{Changeset: geoChangeset, Contact: base, KeyService: base,
		Endpoints: []geoEndpoint{{geoSpecification, base + Open311Path + "v2", geoChangeset, kind, []string{"text/xml", "application/json"}}}})
	return nil
}
