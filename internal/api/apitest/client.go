package apitest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// Homes is the place at which the account of each role holds it.
var Homes = map[access.Role]string{
	access.Commander: Subdistrict, access.Community: Community, access.Gridworker: Grid, access.Lead: Microgrid, access.Buildinglead: Building,
	access.Helper: Microgrid, access.Health: Community, access.Property: Grid, access.Police: Community, access.Department: Subdistrict,
	access.Inspector: Subdistrict, access.Resident: Door, access.Admin: City, access.Auditor: Subdistrict,
}

// Deputy is a second command officer beside the one called "commander".
const Deputy = "deputy"

// accounts opens one account for each role, named like it, and a second commander.
func (w *World) accounts() {
	for _, r := range access.Roles {
		w.Grant(string(r.Role), r.Role, Homes[r.Role], access.Static)
	}
	w.Grant(Deputy, access.Commander, Subdistrict, access.Static)
}

// Grant opens an account when there is none of that name and gives it a role at a
// place; why is access.Static or that of a post.
func (w *World) Grant(name string, role access.Role, code, why string) {
	w.T.Helper()
	p := w.Place(code)
	changes := []journal.Change{}
	if w.tokens[name] == "" {
		a := access.Account{ID: "acc-" + name, Login: name, Name: "账号" + name}
		changes = append(changes, journal.Change{Row: &a, Entry: journal.Entry{At: w.Clock(), Actor: "system", Verb: "account.opened", Thing: "accounts", ThingID: a.ID, Audience: "audit"}})
		changes = append(changes, w.session(name, a.ID))
	}
	g := access.Grant{ID: journal.NewID(w.Clock()), Account: "acc-" + name, Role: role, PlaceID: p.ID, Path: p.Path, Why: why}
	w.Commit(append(changes, journal.Change{Row: &g, Entry: journal.Entry{At: w.Clock(), Actor: "system", Verb: "account.granted", Thing: "grants", ThingID: g.ID, Audience: "audit"}})...)
}

// SignIn gives an account that Grant opened a new session: those of a world end as its
// clock goes on.
func (w *World) SignIn(names ...string) {
	w.T.Helper()
	for _, name := range names {
		w.Commit(w.session(name, "acc-"+name))
	}
}

// HelperAccount opens an account for a helper and returns its name.
func (w *World) HelperAccount(helperID string) string {
	w.T.Helper()
	a := access.Account{ID: "acc-" + helperID, Login: helperID, Name: "账号" + helperID, HelperID: helperID}
	w.Commit(journal.Change{Row: &a, Entry: journal.Entry{At: w.Clock(), Actor: "system", Verb: "account.opened", Thing: "accounts", ThingID: a.ID, Audience: "audit"}}, w.session(helperID, a.ID))
	return helperID
}

func (w *World) session(name, account string) journal.Change {
	x, t := access.NewSession(account, access.APIToken, nil, w.Clock())
	w.tokens[name] = t.Reveal()
	return journal.Change{Row: &x}
}

// Throwaway is a further session of an account, for what ends it.
func (w *World) Throwaway(name string) (token string) {
	w.T.Helper()
	old := w.tokens[name]
	w.Commit(w.session(name, "acc-"+name))
	token, w.tokens[name] = w.tokens[name], old
	return token
}

// Answer is what came back.
type Answer struct {
	w      *World
	What   string
	Status int
	Header http.Header
	Body   []byte
}

// Problem is an error as it goes over the wire.
type Problem struct {
	Status                     int
	Code, Title, Detail, Where string
}

// Call is one request before it is sent.
type Call struct {
	As, Method, Path string
	Body             any // []byte and string go as they are
	Header           map[string]string
	Token            string       // instead of As
	To               http.Handler // instead of the world's API
}

// Send sends a request and returns what came back.
func (w *World) Send(c Call) *Answer {
	w.T.Helper()
	var body io.Reader
	switch b := c.Body.(type) {
	case nil:
	case []byte:
		body = bytes.NewReader(b)
	case string:
		body = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		w.Must(err)
		body = bytes.NewReader(raw)
	}
	path := c.Path
	if !strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/healthz") {
		path = "/api/v1" + path
	}
	r := httptest.NewRequestWithContext(context.Background(), c.Method, path, body)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	switch {
	case c.Token != "":
		r.Header.Set("Authorization", "Bearer "+c.Token)
	case c.As != "":
		t := w.tokens[c.As]
		if t == "" {
			w.T.Fatalf("nobody is called %s", c.As)
		}
		r.Header.Set("Authorization", "Bearer "+t)
	}
	for k, v := range c.Header {
		r.Header.Set(k, v)
	}
	if c.To == nil {
		c.To = w.API.Handler()
	}
	rec := httptest.NewRecorder()
	w.Canary.Around(c.To).ServeHTTP(rec, r)
	return &Answer{w: w, What: c.As + " " + c.Method + " " + c.Path, Status: rec.Code, Header: rec.Header(), Body: rec.Body.Bytes()}
}

// Get reads as somebody.
func (w *World) Get(as, path string) *Answer {
	w.T.Helper()
	return w.Send(Call{As: as, Method: "GET", Path: path})
}

// Post writes as somebody.
func (w *World) Post(as, path string, body any) *Answer {
	w.T.Helper()
	return w.Send(Call{As: as, Method: "POST", Path: path, Body: body})
}

// OK ends the test unless the answer is a success, and reads it into v when given.
func (a *Answer) OK(v ...any) *Answer {
	a.w.T.Helper()
	if a.Status < 200 || a.Status > 299 {
		a.w.T.Fatalf("%s: %d %s", a.What, a.Status, a.Body)
	}
	for _, x := range v {
		if err := json.Unmarshal(a.Body, x); err != nil {
			a.w.T.Fatalf("%s: %v in %s", a.What, err, a.Body)
		}
	}
	return a
}

// Problem reads the answer as a problem; a success gives an empty one.
func (a *Answer) Problem() Problem {
	var p Problem
	_ = json.Unmarshal(a.Body, &p)
	return p
}

// Refused ends the test unless the answer is a refusal with this code.
func (a *Answer) Refused(code string) *Answer {
	a.w.T.Helper()
	if a.Status < 400 || a.Problem().Code != code {
		a.w.T.Fatalf("%s: expected %s, got %d %s", a.What, code, a.Status, a.Body)
	}
	return a
}

// J is a JSON object.
type J = map[string]any

// Inside says whether a place lies at or below another, by codes.
func (w *World) Inside(code, top string) bool {
	return territory.Inside(w.Place(code).Path, w.Place(top).Path)
}

// Token returns the bearer token of an account.
func (w *World) Token(name string) string {
	w.T.Helper()
	if w.tokens[name] == "" {
		w.T.Fatalf("nobody is called %s", name)
	}
	return w.tokens[name]
}
