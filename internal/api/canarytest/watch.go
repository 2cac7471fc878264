package canarytest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"shouwang/internal/store"
)

// Watch is the sink of one test. What it finds is reported when the test ends, after
// its servers have: start it before them.
type Watch struct {
	mu    sync.Mutex
	found map[string]int
}

// New begins to watch for a test.
func New(t testing.TB) *Watch {
	w := &Watch{found: map[string]int{}}
	t.Cleanup(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		for what, n := range w.found {
			t.Errorf("a planted value came out %d times: %s", n, what)
		}
	})
	return w
}

// Look looks at something that came out somewhere.
func (w *Watch) Look(where, text string) {
	hits := Find(text)
	if len(hits) == 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, h := range hits {
		if len(w.found) < 20 {
			w.found[fmt.Sprintf("%s: %s in %.300q", where, h, text)]++
		}
	}
}

// Found says how much was found so far, and forgets it; tests of the sink ask.
func (w *Watch) Found() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := len(w.found)
	w.found = map[string]int{}
	return n
}

// Writer returns a writer that looks at what is written, line by line.
func (w *Watch) Writer(where string) io.Writer { return &lines{w: w, where: where} }

type lines struct {
	w     *Watch
	where string
	mu    sync.Mutex
	rest  string
}

// Write implements io.Writer.
func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := l.rest + string(b)
	cut := strings.LastIndexByte(text, '\n') + 1
	l.rest = text[cut:]
	if cut > 0 {
		l.w.Look(l.where, text[:cut])
	}
	return len(b), nil
}

// Around returns the handler with a look at each address, the headers of each
// answer, and the bodies of problems, streams and figures.
func (w *Watch) Around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		w.Look("address", r.URL.String())
		a := &answer{ResponseWriter: to, w: w, what: r.Method + " " + r.URL.Path, figures: r.URL.Path == "/metrics"}
		defer a.end()
		next.ServeHTTP(a, r)
	})
}

type answer struct {
	http.ResponseWriter
	w       *Watch
	what    string
	figures bool
	begun   bool
	body    io.Writer
}

// Unwrap lets a stream flush.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	a.begin()
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *answer) Write(b []byte) (int, error) {
	a.begin()
	if a.body != nil {
		_, _ = a.body.Write(b)
	}
	return a.ResponseWriter.Write(b)
}

func (a *answer) begin() {
	if a.begun {
		return
	}
	a.begun = true
	h := a.Header()
	a.w.Look("headers of "+a.what, fmt.Sprint(h))
	kind := h.Get("Content-Type")
	if a.figures || strings.HasPrefix(kind, "application/problem+json") || strings.HasPrefix(kind, "text/event-stream") {
		a.body = a.w.Writer(kind + " of " + a.what)
	}
}

// end looks at a last line without an end.
func (a *answer) end() {
	if a.body != nil {
		_, _ = a.body.Write([]byte("\n"))
	}
}

// Journal looks at the columns of the journal as they lie in the database, sealed
// payloads among them: sealed, they show nothing.
func (w *Watch) Journal(dsn string) error {
	ctx := context.Background()
	v, err := store.OpenView(ctx, dsn)
	if err != nil {
		return err
	}
	defer v.Close()
	for _, table := range v.Tables {
		if table.Name != "entries" && table.Name != "acts" {
			continue
		}
		if _, err := v.Rows(ctx, table, func(values []any) error {
			for _, x := range values {
				if b, ok := x.([]byte); ok {
					x = string(b)
				}
				if s, ok := x.(string); ok {
					w.Look("journal", s)
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
