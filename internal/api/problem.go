package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/internal/fault"
	"shouwang/internal/store"
)

// Faults of the wire.
var (
	ErrShape = fault.Define(fault.Invalid, "SW-1001",
		"提交的内容不合要求：{0}。没有写入任何数据。请改正后再提交。",
		"The request is not of the right shape: {0}. Nothing was written. Correct it and submit again.")
	ErrTooLarge = fault.Define(fault.Invalid, "SW-1002",
		"提交的内容超过 {0}，没有接收，也没有写入。请拆小后再提交。",
		"The request is larger than {0}; it was not taken and nothing was written. Split it and submit again.")
	ErrNoRoute = fault.Define(fault.NotFound, "SW-1003",
		"没有这个地址。没有改动任何数据。请核对网址。",
		"There is no such address. Nothing was changed. Check the URL.")
	ErrCrossSite = fault.Define(fault.Forbidden, "SW-1004",
		"请求来自别的网站，已拒绝，没有写入。请从本系统页面操作。",
		"The request came from another site and was refused; nothing was written. Use this system's own pages.")
)

// Problem is what every error looks like on the wire (RFC 9457).
type Problem struct {
	Status int    `json:"status" doc:"HTTP status"`
	Code   string `json:"code" doc:"Stable code, e.g. SW-1503"`
	Title  string `json:"title" doc:"Kind of fault"`
	Detail string `json:"detail" doc:"What happened, whether data are safe, what to do next"`
	Where  string `json:"where,omitempty" doc:"Place in the input the error is about"`
	// Request is the id under which the server logged it.
	Request string `json:"request,omitempty" doc:"Id of the request as the log has it; only where the server failed"`
	wait    int    // seconds after which to try again; 0: not said
}

// Error returns code and sentence.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders says when to try again, where that helps.
func (p *Problem) GetHeaders() http.Header {
	if after := p.retryAfter(); after != "" {
		return http.Header{"Retry-After": {after}}
	}
	return nil
}

// retryAfter is in how many seconds another try is worth while: what the fault
// says, else two where the server is busy. Empty: trying again does not help.
func (p *Problem) retryAfter() string {
	switch {
	case p.wait > 0:
		return strconv.Itoa(p.wait)
	case p.Status == http.StatusServiceUnavailable:
		return "2"
	}
	return ""
}

// ContentType names problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statuses maps kinds to HTTP status: the one place that knows.
var statuses = map[fault.Kind]int{
	fault.Internal: 500, fault.Invalid: 422, fault.Unauthenticated: 401, fault.Forbidden: 403,
	fault.NotFound: 404, fault.Conflict: 409, fault.Unavailable: 503, fault.Hasty: 429,
}

// known is the fault that an error is: what nobody foresaw is internal, but a
// database that cannot be reached comes back, and is worth another try.
func known(err error) *fault.Error {
	var f *fault.Error
	if !errors.As(err, &f) && store.Away(err) {
		return store.ErrAway.With().Because(err)
	}
	return fault.As(err)
}

// problem turns an error into its wire shape in the caller's language.
func problem(lang string, err error) *Problem {
	f := known(err)
	return &Problem{Status: statuses[f.Kind], Code: f.Code, Title: f.Kind.String(), Detail: f.Text(lang), Where: f.Where, wait: f.Wait}
}

// logged names the request in what stands in the log too; every answer bears the id
// in its header, and refusals stay alike to the byte.
func (p *Problem) logged(request string) {
	if p.Status >= 500 {
		p.Request = request
	}
}

// fail logs what nobody foresaw and returns the problem.
func (s *Server) fail(ctx context.Context, err error) error {
	c := callOf(ctx)
	p := problem(c.lang, err)
	p.logged(c.request)
	switch {
	case p.Status >= 500 && ctx.Err() != nil: // whoever asked has left
		s.Log.Debug("request abandoned", slog.String("request", c.request), slog.String("operation", c.operation))
	case p.Status >= 500:
		s.Log.Error("request failed", slog.String("request", c.request), slog.String("operation", c.operation), slog.String("code", p.Code), slog.Any("cause", known(err).Cause))
	}
	return p
}

// write answers a problem outside the operations.
func writeProblem(w http.ResponseWriter, lang string, err error) {
	p := problem(lang, err)
	p.logged(w.Header().Get("Request-Id"))
	w.Header().Set("Content-Type", "application/problem+json")
	if after := p.retryAfter(); after != "" {
		w.Header().Set("Retry-After", after)
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

func init() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		c := callOf(ctx.Context())
		p := shapeless(c.lang, status, msg, errs)
		p.logged(c.request)
		return p
	}
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return shapeless("zh", status, msg, errs)
	}
}

// shapeless turns what the HTTP library refuses before an operation is reached
// into a problem: the place in the input and what is wrong there, never the value.
func shapeless(lang string, status int, msg string, errs []error) *Problem {
	var where, what []string
	for _, e := range errs {
		var d *huma.ErrorDetail
		if errors.As(e, &d) {
			where = append(where, d.Location)
			what = append(what, strings.TrimSpace(d.Location+" "+d.Message))
		} else if e != nil {
			what = append(what, e.Error())
		}
	}
	if len(what) == 0 {
		what = []string{msg}
	}
	if len(what) > 8 { // nobody mends more at once
		where, what = where[:min(8, len(where))], append(what[:8], "…")
	}
	if status == http.StatusUnprocessableEntity || status == http.StatusBadRequest || status == http.StatusUnsupportedMediaType {
		p := problem(lang, ErrShape.With(strings.Join(what, "; ")).At(strings.Join(where, ", ")))
		p.Status = status
		return p
	}
	if status == http.StatusRequestEntityTooLarge {
		return problem(lang, ErrTooLarge.With("1 MB"))
	}
	p := problem(lang, fault.ErrInternal.With())
	p.Status = status
	return p
}
