package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"runtime"
	"strings"

	"shouwang/internal/api"
	"shouwang/internal/fault"
)

// NewLog returns a log that writes JSON lines and keeps people out of them: what an
// error quotes, and every long run of digits, is left out before it is written.
func NewLog(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(quiet{slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level})})
}

// quiet is a handler that redacts before it hands on.
type quiet struct{ slog.Handler }

// Handle implements slog.Handler.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	out := slog.NewRecord(r.Time, r.Level, redacted(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool { out.AddAttrs(redactedAttr(a)); return true })
	return q.Handler.Handle(ctx, out)
}

// WithAttrs implements slog.Handler.
func (q quiet) WithAttrs(as []slog.Attr) slog.Handler {
	for i := range as {
		as[i] = redactedAttr(as[i])
	}
	return quiet{q.Handler.WithAttrs(as)}
}

// WithGroup implements slog.Handler.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }

func redactedAttr(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		if a.Key != "request" && a.Key != "backup" { // ids of our own
			return slog.String(a.Key, redacted(v.String()))
		}
	case slog.KindAny:
		return slog.String(a.Key, redacted(fmt.Sprint(v.Any())))
	case slog.KindGroup:
		var in []any
		for _, x := range v.Group() {
			in = append(in, redactedAttr(x))
		}
		return slog.Group(a.Key, in...)
	}
	return a
}

// quotes is what an error repeats of its input; digits could be an identity number
// or a phone; han in an error's text is never ours, only somebody's.
var (
	quotes = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|“[^”]*”")
	digits = regexp.MustCompile(`\d{7,}`)
	han    = regexp.MustCompile(`\p{Han}+`)
)

func redacted(text string) string {
	text = quotes.ReplaceAllString(text, `"…"`)
	text = digits.ReplaceAllString(text, "#")
	return han.ReplaceAllString(text, "…")
}

// guarded answers a request that broke inside the server, and logs where it broke:
// the kind of value and the functions, never the value itself, which may hold what
// somebody typed.
func (a *App) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			x := recover()
			if x == nil {
				return
			}
			if x == http.ErrAbortHandler {
				panic(x)
			}
			a.metrics.panics.Inc()
			a.Config.Log.Error("panic", "request", w.Header().Get("Request-Id"), "type", fmt.Sprintf("%T", x), "at", frames())
			api.Refuse(w, r, fault.ErrInternal.With())
		}()
		next.ServeHTTP(w, r)
	})
}

// frames are the functions of the house on the way to a panic, innermost first.
func frames() string {
	pcs := make([]uintptr, 64)
	var out []string
	it := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := it.Next()
		if strings.HasPrefix(f.Function, "shouwang/") && len(out) < 8 {
			out = append(out, fmt.Sprintf("%s:%d", f.Function, f.Line))
		}
		if !more {
			return strings.Join(out, " ")
		}
	}
}
