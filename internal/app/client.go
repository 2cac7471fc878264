package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"shouwang/internal/api"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// Client speaks to one world through its HTTP API, over the network or, as the
// person at the machine, in memory. The command line has no other way in.
type Client struct {
	base  string
	token string
	name  string // who acts at the machine; in memory only
	lang  string
	http  *http.Client
}

// Client returns a client that calls the API in memory as the named person at the
// machine. Fault: SW-2016.
func (a *App) Client(name, lang string) (*Client, error) {
	if n := utf8.RuneCountInString(name); n == 0 || n > 60 || strings.TrimSpace(name) != name || strings.ContainsFunc(name, unicode.IsControl) {
		return nil, ErrAsName.With(name)
	}
	return &Client{base: "http://in.memory", name: name, lang: lang, http: &http.Client{Transport: inMemory{a.handler}}}, nil
}

// Remote returns a client of a running server.
func Remote(url, token, lang string) *Client {
	return &Client{base: strings.TrimRight(url, "/"), token: token, lang: lang, http: &http.Client{Timeout: 10 * time.Minute}}
}

// bearer returns a client that calls the API in memory with a token.
func (a *App) bearer(token, lang string) *Client {
	return &Client{base: "http://in.memory", token: token, lang: lang, http: &http.Client{Transport: inMemory{a.handler}}}
}

// inMemory hands requests to a handler and collects its answer.
type inMemory struct{ h http.Handler }

// RoundTrip implements http.RoundTripper.
func (t inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &answer{head: http.Header{}, status: http.StatusOK}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	r.RequestURI = r.URL.RequestURI()
	t.h.ServeHTTP(w, r)
	return &http.Response{StatusCode: w.status, Status: http.StatusText(w.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.head, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r}, nil
}

type answer struct {
	head   http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *answer) Header() http.Header { return w.head }

// WriteHeader implements http.ResponseWriter.
func (w *answer) WriteHeader(status int) {
	if !w.wrote {
		w.status, w.wrote = status, true
	}
}

// Write implements http.ResponseWriter.
func (w *answer) Write(b []byte) (int, error) {
	w.wrote = true
	return w.body.Write(b)
}

// Request is one call of the API.
type Request struct {
	Method string
	Path   string // below /api/v1, with its query
	Body   any    // marshalled as JSON; an io.Reader or []byte goes as it is
	Op     string // operation id; empty: a new one for a write
	Header map[string]string
}

// Reply is an answer of the API.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Decode reads the answer into v.
func (r *Reply) Decode(v any) error {
	if err := json.Unmarshal(r.Body, v); err != nil {
		return ErrAnswer.With(r.Status).Because(err)
	}
	return nil
}

// Refusal is an error that the API answered with: its own sentence, code and kind.
type Refusal struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Where  string `json:"where"`
}

// Error returns code and sentence.
func (r *Refusal) Error() string { return r.Code + ": " + r.Detail }

// Do calls the API; a refusal comes back as *Refusal, an unreachable server as the
// fault SW-2007. A write that got no answer is repeated under the same operation id.
func (c *Client) Do(ctx context.Context, q Request) (*Reply, error) {
	var raw []byte
	kind := "application/json"
	switch b := q.Body.(type) {
	case nil:
	case []byte:
		raw, kind = b, "application/octet-stream"
	case io.Reader:
		var err error
		if raw, err = io.ReadAll(b); err != nil {
			return nil, err
		}
		kind = "application/octet-stream"
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			return nil, err
		}
	}
	if q.Op == "" && q.Method != http.MethodGet {
		q.Op = journal.NewID(time.Now())
	}
	var last error
	for try := range 3 {
		if try > 0 {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(time.Duration(try) * 500 * time.Millisecond):
			}
		}
		r, err := c.once(ctx, q, raw, kind)
		if err == nil {
			return r, c.refusal(r)
		}
		if last = err; ctx.Err() != nil {
			break
		}
	}
	return nil, ErrUnreachable.With(c.base).Because(last)
}

func (c *Client) once(ctx context.Context, q Request, raw []byte, kind string) (*Reply, error) {
	if c.name != "" {
		ctx = api.AsOperator(ctx, c.name)
	}
	r, err := http.NewRequestWithContext(ctx, q.Method, c.base+"/api/v1"+q.Path, bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	if raw != nil {
		r.Header.Set("Content-Type", kind)
	}
	if q.Op != "" {
		r.Header.Set("Operation-Id", q.Op)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	r.Header.Set("Accept-Language", c.lang)
	for k, v := range q.Header {
		r.Header.Set(k, v)
	}
	a, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	return &Reply{a.StatusCode, a.Header, body}, err
}

func (c *Client) refusal(r *Reply) error {
	if r.Status < 400 {
		return nil
	}
	p := &Refusal{}
	if json.Unmarshal(r.Body, p) != nil || p.Code == "" {
		return ErrAnswer.With(r.Status)
	}
	p.Status = r.Status
	return p
}

// The exit codes of the command line.
const (
	ExitOK          = 0
	ExitFailed      = 1
	ExitUsage       = 2
	ExitPartly      = 3 // some rows were rejected; a file with the reasons was written
	ExitRefused     = 4
	ExitUnreachable = 5
	ExitInterrupted = 130
)

// ExitCode returns the exit code for an error.
func ExitCode(err error) int {
	if err == nil {
		return ExitOK
	}
	if r, ok := asRefusal(err); ok {
		switch r.Status {
		case http.StatusUnauthorized, http.StatusForbidden:
			return ExitRefused
		case http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout:
			return ExitUnreachable
		}
		return ExitFailed
	}
	switch {
	case errors.Is(err, ErrUnreachable), errors.Is(err, ErrStarting):
		return ExitUnreachable
	case errors.Is(err, ErrNoWorld), errors.Is(err, ErrAsName):
		return ExitUsage
	case fault.KindOf(err) == fault.Forbidden:
		return ExitRefused
	}
	return ExitFailed
}

func asRefusal(err error) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(err, &r)
	return r, ok
}

// Explain returns the sentence and code of an error for people: what happened,
// whether data are safe, what to do next.
func Explain(err error, lang string) (text, code string) {
	if r, ok := asRefusal(err); ok {
		return r.Detail, r.Code
	}
	f := fault.As(err)
	return f.Text(lang), f.Code
}
