package page

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// joining is a page of signing up: what stands in the form and what came of it.
type joining struct {
	frame
	Title, Place, Action, Consent string
	Wrong, Good                   string
	Demo, Phone, More             bool
	V                             url.Values
	Skills, Limits, Hours, When   []choice
	Kept                          []kept
	Number, Since                 string
}

// choice is one thing that can be chosen.
type choice struct {
	ID, Title string
	On        bool
}

// kept is a field carried from one step to the next.
type kept struct{ Name, Value string }

// formLimit is how long a filled form may be.
const formLimit = 32 << 10

// formFields are the fields of the form, in the order in which they are kept.
var formFields = []string{"name", "phone", "mail", "birth", "skills", "hours", "when", "limits", "note", "guardian", "guardian_phone", "guardian_yes", "consent"}

var joinCSS = residentCSS + file("join.css")

type said struct{ ZH, EN string }

func (b said) in(lang string) string {
	if lang == "en" {
		return b.EN
	}
	return b.ZH
}

type line struct {
	ID    string
	Title said
}

type joinInfo struct {
	Place          string
	Consent        string
	Skills, Limits []line
	Phone          bool
}

// join is the page that the code of a recruiting notice opens: the form, then the
// code that was sent, then the thanks. Each step is one request without script.
func (p *Pages) join(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, formLimit)
	v, info := joining{frame: p.joinFrame(r), Demo: p.Demo}, joinInfo{}
	t, path := words[v.Lang], "/joins/"+url.PathEscape(r.PathValue("token"))
	v.Title, v.Action = t["join"], r.URL.RequestURI()
	if _, err := p.call(r, http.MethodGet, path, nil, &info); err != nil {
		p.refusedJoin(w, r, v, err)
		return
	}
	if err := r.ParseForm(); err != nil {
		p.lost(w, r, http.StatusBadRequest)
		return
	}
	v.V, v.Place, v.Phone, v.Consent = r.PostForm, info.Place, info.Phone, info.Consent
	v.choices(info, r.PostForm)
	shape, status := "join", http.StatusOK
	var err error
	switch do := v.V.Get("do"); {
	case do == "send" && v.V.Get("card") == "" && v.Phone:
		var ticket struct{ Ticket string }
		if err = v.ready(info); err == nil {
			_, err = p.call(r, http.MethodPost, "/codes", map[string]any{"phone": v.V.Get("phone"), "purpose": "join", "token": r.PathValue("token")}, &ticket)
		}
		if err == nil {
			shape = "join-code"
			v.keep(ticket.Ticket)
		}
	case do == "send" || do == "finish":
		var in struct {
			Number string
			Known  bool
		}
		var head http.Header
		if head, err = p.call(r, http.MethodPost, path, v.body(true), &in); err == nil {
			for _, c := range head.Values("Set-Cookie") {
				w.Header().Add("Set-Cookie", c)
			}
			shape, v.Number, v.Title = "joined", in.Number, t["joined"]
			if in.Known {
				v.Title = t["joined-known"]
			}
		} else if do == "finish" {
			shape = "join-code"
			v.keep(v.V.Get("ticket"))
		}
	}
	if err != nil {
		x := refusalOf(err)
		v.Wrong, status = x.Detail, x.Status
	}
	p.send(w, r, status, shape, joinCSS, v.Lang, v)
}

// mine is one's own file: to see, to correct, to withdraw.
func (p *Pages) mine(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, formLimit)
	v := joining{frame: p.joinFrame(r), Demo: p.Demo}
	t := words[v.Lang]
	v.Title = t["mine"]
	if err := r.ParseForm(); err != nil {
		p.lost(w, r, http.StatusBadRequest)
		return
	}
	v.V = r.PostForm
	var err error
	status := http.StatusOK
	switch v.V.Get("do") {
	case "save":
		if _, err = p.call(r, http.MethodPost, "/me/helper", v.body(false), nil); err == nil {
			v.Good = t["mine-saved"]
		}
	case "leave":
		if v.V.Get("sure") == "1" {
			if _, err = p.call(r, http.MethodPost, "/me/helper/leave", nil, nil); err == nil {
				p.send(w, r, status, "message", residentCSS, v.Lang, message{frame: p.frame(r), Title: t["left"], Text: []string{t["left-say"]}})
				return
			}
		}
	}
	if err != nil {
		x := refusalOf(err)
		v.Wrong, status = x.Detail, x.Status
	}
	var own struct {
		Name, Number, Phone, Mail, Note, Joined string
		Hours                                   int
		Skills, Limits                          []string
		Available                               []window
	}
	var list struct{ Skills, Limits []line }
	if _, err = p.call(r, http.MethodGet, "/me/helper", nil, &own); err == nil {
		_, err = p.call(r, http.MethodGet, "/talents", nil, &list)
	}
	if err != nil {
		p.refusedJoin(w, r, v, err)
		return
	}
	if v.Wrong == "" {
		v.V = url.Values{"name": {own.Name}, "skills": own.Skills, "limits": own.Limits, "note": {own.Note}, "mail": {own.Mail}, "hours": {strconv.Itoa(own.Hours)}, "when": whens(own.Available)}
	}
	v.V.Set("phone", own.Phone)
	v.Number, v.More = own.Number, len(own.Limits) > 0 || own.Note != ""
	if at, err := time.Parse(time.RFC3339, own.Joined); err == nil {
		v.Since = moment(v.Lang, at)
	}
	v.choices(joinInfo{Skills: list.Skills, Limits: list.Limits}, v.V)
	p.send(w, r, status, "mine", joinCSS, v.Lang, v)
}

func (p *Pages) joinFrame(r *http.Request) frame {
	f := p.frame(r)
	f.Style = joinCSS
	return f
}

// refusedJoin answers where there is no form to show.
func (p *Pages) refusedJoin(w http.ResponseWriter, r *http.Request, v joining, err error) {
	x := refusalOf(err)
	t := words[v.Lang]
	if x.Status == http.StatusUnauthorized {
		http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.Path), http.StatusSeeOther)
		return
	}
	p.send(w, r, x.Status, "message", residentCSS, v.Lang, message{frame: p.frame(r), Title: t["wrong"], Text: []string{x.Detail}, Code: x.Code})
}

// choices lays out what can be ticked, with what is.
func (v *joining) choices(info joinInfo, on url.Values) {
	lay := func(list []line, name string) (out []choice) {
		for _, l := range list {
			out = append(out, choice{l.ID, l.Title.in(v.Lang), has(on[name], l.ID)})
		}
		return out
	}
	v.Skills, v.Limits = lay(info.Skills, "skills"), lay(info.Limits, "limits")
	t := words[v.Lang]
	for _, n := range []string{"1", "2", "4", "6", "8"} {
		v.Hours = append(v.Hours, choice{n, put(t["hour"], n), on.Get("hours") == n})
	}
	v.When = []choice{{"wd", t["when-wd"], has(on["when"], "wd")}, {"ev", t["when-ev"], has(on["when"], "ev")}, {"we", t["when-we"], has(on["when"], "we")}}
	v.More = v.More || len(on["limits"]) > 0 || on.Get("note") != ""
}

// ready says whether the form may go on to the code: what the API would refuse
// without it is said before a text is sent.
func (v *joining) ready(info joinInfo) error {
	t := words[v.Lang]
	if v.V.Get("consent") != info.Consent {
		return &refusal{Status: http.StatusUnprocessableEntity, Detail: t["consent-yes"]}
	}
	if strings.TrimSpace(v.V.Get("name")) == "" {
		return &refusal{Status: http.StatusUnprocessableEntity, Detail: t["your-name"]}
	}
	return nil
}

// keep carries what was written, and the ticket of the code, to the next step.
func (v *joining) keep(ticket string) {
	for _, name := range formFields {
		for _, x := range v.V[name] {
			v.Kept = append(v.Kept, kept{name, x})
		}
	}
	v.Kept = append(v.Kept, kept{"ticket", ticket})
}

type window struct {
	Day  int `json:"day"`
	From int `json:"from"`
	To   int `json:"to"`
}

// spans are the stretches of a week that one choice stands for.
var spans = map[string][]window{}

func init() {
	for d := 1; d <= 5; d++ {
		spans["wd"] = append(spans["wd"], window{d, 9 * 60, 17 * 60})
		spans["ev"] = append(spans["ev"], window{d, 18 * 60, 22 * 60})
	}
	spans["we"] = []window{{6, 8 * 60, 20 * 60}, {7, 8 * 60, 20 * 60}}
}

// whens are the ticks that stretches of a week fulfil.
func whens(list []window) (out []string) {
	have := map[window]bool{}
	for _, w := range list {
		have[w] = true
	}
	for _, id := range []string{"wd", "ev", "we"} {
		all := true
		for _, w := range spans[id] {
			all = all && have[w]
		}
		if all {
			out = append(out, id)
		}
	}
	return out
}

// body is the form as the API takes it; whole for a sign-up.
func (v *joining) body(whole bool) map[string]any {
	list := func(name string) []string { return append([]string{}, v.V[name]...) }
	when := []window{}
	for _, id := range v.V["when"] {
		when = append(when, spans[id]...)
	}
	out := map[string]any{"name": v.V.Get("name"), "skills": list("skills"), "limits": list("limits"), "note": v.V.Get("note"), "available": when, "mail": strings.TrimSpace(v.V.Get("mail"))}
	if n, err := strconv.Atoi(v.V.Get("hours")); err == nil {
		out["hours"] = n
	}
	if !whole {
		return out
	}
	for name, to := range map[string]string{"phone": "phone", "birth": "birth", "consent": "consent", "ticket": "ticket", "code": "code", "door": "door_code", "card": "card"} {
		if x := strings.TrimSpace(v.V.Get(name)); x != "" {
			out[to] = x
		}
	}
	if g := v.V.Get("guardian"); g != "" {
		out["guardian"], out["guardian_consents"] = map[string]string{"name": g, "phone": v.V.Get("guardian_phone")}, v.V.Get("guardian_yes") == "1"
	}
	return out
}

// call asks the API as the caller of a page, and returns the head of its answer.
func (p *Pages) call(from *http.Request, method, path string, body, out any) (http.Header, error) {
	var raw []byte
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	r, err := http.NewRequestWithContext(from.Context(), method, "/api/v1"+path, bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	for _, h := range []string{"Cookie", "Sec-Fetch-Site", "X-Forwarded-Proto"} {
		if x := from.Header.Get(h); x != "" {
			r.Header.Set(h, x)
		}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept-Language", language(from))
	r.RemoteAddr, r.Host, r.TLS = from.RemoteAddr, from.Host, from.TLS
	a := &answer{head: http.Header{}, status: http.StatusOK}
	p.API.ServeHTTP(a, r)
	if a.status/100 != 2 {
		e := &refusal{Status: a.status, Code: "SW-1000"}
		_ = json.Unmarshal(a.body, e)
		return a.head, e
	}
	if out == nil {
		return a.head, nil
	}
	return a.head, json.Unmarshal(a.body, out)
}

func refusalOf(err error) *refusal {
	if x, ok := err.(*refusal); ok {
		return x
	}
	return &refusal{Status: http.StatusInternalServerError, Code: "SW-1000", Detail: "SW-1000"}
}
