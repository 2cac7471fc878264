package page

import (
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
)

// Faults of printing.
var (
	ErrTooMuch = fault.Define(fault.Invalid, "SW-2102",
		"一次最多印 {0} 张，这里有 {1} 张。没有印出任何内容。请按楼栋或微网格分开印。",
		"At most {0} sheets are printed at once; this would be {1}. Nothing was printed. Print building by building or by micro-grid.")
	ErrNoSheet = fault.Define(fault.NotFound, "SW-2103",
		"这里没有可印的内容：{0}。没有印出任何内容。请核对地点和事件。",
		"There is nothing to print here: {0}. Nothing was printed. Check place and incident.")
)

// job is one sheet being made for somebody.
type job struct {
	*Pages
	r      *http.Request
	ctx    context.Context
	now    time.Time
	viewer *access.Viewer
	emerg  access.Context
	print
}

// print is what every sheet has.
type print struct {
	Lang, DocLang, Style string
	Title                string
	Made                 string // when it was made
	LangLink             string
	t                    map[string]string
}

// printed is a sheet that is ready and the look it is: which rule, which place,
// how many rows.
type printed struct {
	shape   string
	data    any
	rule    string
	placeID string
	path    string
	count   int
}

// sheet wraps a maker of sheets: who is asking, the one look recorded durably
// before anything is shown, and what a refusal looks like.
func (p *Pages) sheet(do func(*job) (printed, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, emerg, err := p.Viewer(r)
		if err != nil || v.Account() == "" {
			http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return
		}
		lang, now := language(r), p.Clock()
		j := &job{Pages: p, r: r, ctx: r.Context(), now: now, viewer: v, emerg: emerg,
			print: print{Lang: lang, DocLang: "zh-CN", Style: printCSS, t: words[lang], Made: moment(lang, now), LangLink: other(r, lang)}}
		if lang == "en" {
			j.DocLang = "en"
		}
		out, err := do(j)
		if err == nil {
			err = j.looked(out)
		}
		if err != nil {
			p.refuse(w, r, err)
			return
		}
		p.send(w, r, http.StatusOK, out.shape, printCSS, lang, out.data)
	}
}

// other is the same sheet in the other language.
func other(r *http.Request, lang string) string {
	q := r.URL.Query()
	q.Set("lang", map[string]string{"zh": "en", "en": "zh"}[lang])
	return "?" + q.Encode()
}

// looked records a print as one look: rule, scope, count.
func (j *job) looked(out printed) error {
	raw, err := json.Marshal(map[string]any{"purpose": "print", "rule": out.rule, "count": out.count})
	if err != nil {
		return err
	}
	e := journal.Entry{At: j.now, Actor: j.viewer.Account(), Verb: "sheet.printed", Thing: "looks", ThingID: out.placeID, PlaceID: out.placeID, Path: out.path,
		Purpose: "register", Audience: "audit", Payload: raw}
	_, err = j.Store.Commit(j.ctx, nil, nil, journal.Change{Entry: e})
	return err
}

// refusal is what the API answered instead of what was asked for.
type refusal struct {
	Status       int
	Code, Detail string
}

// Error implements error.
func (e *refusal) Error() string { return e.Code + ": " + e.Detail }

// ask reads from the API as the caller, so that a sheet shows what the screen
// shows, masked alike and recorded alike.
func (j *job) ask(path string, out any) error {
	r, err := http.NewRequestWithContext(j.ctx, http.MethodGet, "/api/v1"+path, http.NoBody)
	if err != nil {
		return err
	}
	for _, h := range []string{"Authorization", "Cookie"} {
		if v := j.r.Header.Get(h); v != "" {
			r.Header.Set(h, v)
		}
	}
	r.Header.Set("Accept-Language", j.Lang)
	r.RemoteAddr, r.Host = j.r.RemoteAddr, j.r.Host
	a := &answer{head: http.Header{}, status: http.StatusOK}
	j.API.ServeHTTP(a, r)
	if a.status != http.StatusOK {
		e := &refusal{Status: a.status, Code: "SW-1000"}
		_ = json.Unmarshal(a.body, e)
		return e
	}
	return json.Unmarshal(a.body, out)
}

// answer collects what the API says.
type answer struct {
	head   http.Header
	status int
	body   []byte
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.head }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write implements http.ResponseWriter.
func (a *answer) Write(b []byte) (int, error) {
	a.body = append(a.body, b...)
	return len(b), nil
}

// statuses says how a fault answers a browser.
var statuses = map[fault.Kind]int{fault.Invalid: 422, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409, fault.Unavailable: 503, fault.Hasty: 429}

// refuse answers what cannot be printed, in words.
func (p *Pages) refuse(w http.ResponseWriter, r *http.Request, err error) {
	f := p.frame(r)
	v := message{frame: f, Title: words[f.Lang]["no-print"]}
	status := http.StatusInternalServerError
	var api *refusal
	if errors.As(err, &api) {
		status, v.Code, v.Text = api.Status, api.Code, []string{api.Detail}
	} else {
		e := fault.As(err)
		if s, ok := statuses[e.Kind]; ok {
			status = s
		} else {
			p.Log.Error("print", slog.Any("cause", err))
		}
		v.Code, v.Text = e.Code, []string{e.Text(f.Lang)}
	}
	w.Header().Del("Cache-Control")
	p.send(w, r, status, "refused", residentCSS, f.Lang, v)
}

// both is a text of the API in two languages.
type both struct{ ZH, EN string }

func (j *job) say(b both) string { return pick(j.Lang, mode.Text(b)) }

// count fills a number into a word.
func (j *job) count(key string, n int) string { return put(j.t[key], strconv.Itoa(n)) }

// chip is the zone of a place as it stands on paper.
type chip struct {
	Look, Glyph, Title, Rule, Until string
	Swatch                          template.HTML
}

// chips are the zones that hold at a place, one for each incident.
func (j *job) chips(g ground, n *int) ([]chip, error) {
	bands, err := j.holds(j.ctx, j.Lang, g, j.now)
	var out []chip
	for _, b := range bands {
		out = append(out, chip{b.Look, b.Glyph, b.Title, b.Rule, b.Until, swatch(b.Look, *n)})
		*n++
	}
	return out, err
}

// page numbers a sheet among its fellows.
type page struct {
	No, Of string
	Phone  string
}

// stamp parses a time of the API.
func stamp(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, s)
	return t
}
