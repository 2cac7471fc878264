package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/internal/access"
	"shouwang/internal/journal"
)

// Op is what an operation declares of itself. Action is what access is asked; the
// matrix test refuses an operation without one.
type Op struct {
	ID, Method, Path, Action, Summary string
	// Apart says that each call makes a thing of its own: only a repeat waits for its like.
	Apart bool
}

// Reply is the body of an answer.
type Reply[T any] struct {
	Repeat string `header:"Repeat" doc:"true when the operation had been done before"`
	Seq    int64  `header:"Entry-Seq" doc:"last journal entry this operation wrote"`
	Body   T
}

// guessed are the operations that take a password: too many wrong tries answer 429.
var guessed = []string{"session-open", "account-password", "join-read", "code-send", "join", "code-enter"}

// bodyTime is how long a body may take to come. The clock goes on while the answer
// is made: when it strikes, the request and all that follow on its connection are
// called off, so it is no less than the server's own.
const bodyTime = 5 * time.Minute

func (s *Server) spec(o Op) huma.Operation {
	errs := []int{401, 403, 404, 409, 422, 503}
	if slices.Contains(guessed, o.ID) {
		errs = append(errs, 429)
	}
	return huma.Operation{
		OperationID: o.ID, Method: o.Method, Path: "/api/v1" + o.Path, Summary: o.Summary,
		MaxBodyBytes: batchLimit, SkipValidateParams: false, BodyReadTimeout: bodyTime,
		Extensions: map[string]any{"x-action": o.Action},
		Errors:     errs,
	}
}

// read registers an operation that changes nothing.
func read[I, T any](s *Server, o Op, do func(ctx context.Context, c *call, in *I) (T, error)) {
	if o.Method == "" {
		o.Method = http.MethodGet
	}
	huma.Register(s.huma, s.spec(o), func(ctx context.Context, in *I) (*Reply[T], error) {
		body, err := do(ctx, callOf(ctx), in)
		if err != nil {
			return nil, s.fail(ctx, err)
		}
		return &Reply[T]{Body: body}, nil
	})
}

// look lets in what every open window asks again after each change: so many at a time
// that an act never stands behind hundreds of them.
func (s *Server) look(ctx context.Context) (done func(), err error) {
	select {
	case s.looking <- struct{}{}:
		return func() { <-s.looking }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// write registers an operation whose decision is committed here: the answer and
// the changes it wants. It is decided again when another writer was faster. A
// repeat is answered from its receipt: from memory before deciding, or because the
// commit finds the operation done, or, when the decision no longer comes to a
// write, by looking it up.
func write[I, T any](s *Server, o Op, decide func(ctx context.Context, c *call, in *I) (T, []journal.Change, error)) {
	answered(s, o, func(ctx context.Context, c *call, in *I) (T, journal.Receipt, error) {
		var body T
		var things []string
		wrote := false
		if c.op != nil {
			if r, done, err := s.Store.ReceiptLast(c.viewer.Account(), *c.op); err != nil || done {
				return body, r, err
			}
		}
		thing := c.r.URL.Path
		if o.Apart && c.op != nil {
			thing += " " + c.viewer.Account() + " " + c.op.ID
		}
		pass := s.turns.take(thing)
		defer pass()
		r, err := s.Store.Decide(ctx, c.op, func(ctx context.Context) ([]byte, []journal.Change, error) {
			var changes []journal.Change
			var err error
			if body, changes, err = decide(ctx, c, in); err != nil {
				return nil, nil, err
			}
			wrote = len(changes) > 0
			things = things[:0]
			for _, ch := range changes {
				things = append(things, ch.Entry.Thing)
			}
			raw, err := json.Marshal(brief(body))
			return raw, changes, err
		})
		if c.op != nil && (err != nil || !wrote) {
			if old, done, err := s.Store.Receipt(ctx, c.viewer.Account(), *c.op); err != nil || done {
				return body, old, err
			}
		}
		if err == nil { // rights hold from the very next request
			for _, t := range things {
				s.stale(t)
			}
		}
		return body, r, err
	})
}

// brief is what a receipt keeps of an answer. Receipts lie open in the database and
// outlive what is sealed, so an answer that holds such words leaves them out; a
// repeat is answered without them.
func brief(body any) any {
	if x, ok := body.(interface{ brief() any }); ok {
		return x.brief()
	}
	return body
}

// act registers an operation that commits by itself, a bulk act for instance; a
// repeat is answered from its receipt before anything is done.
func act[I, T any](s *Server, o Op, do func(ctx context.Context, c *call, in *I) (T, journal.Receipt, error)) {
	answered(s, o, func(ctx context.Context, c *call, in *I) (T, journal.Receipt, error) {
		if c.op != nil {
			if r, done, err := s.Store.Receipt(ctx, c.viewer.Account(), *c.op); err != nil || done {
				var none T
				return none, r, err
			}
		}
		return do(ctx, c, in)
	})
}

// answered registers an operation that answers with a receipt.
func answered[I, T any](s *Server, o Op, do func(ctx context.Context, c *call, in *I) (T, journal.Receipt, error)) {
	if o.Method == "" {
		o.Method = http.MethodPost
	}
	huma.Register(s.huma, s.spec(o), func(ctx context.Context, in *I) (*Reply[T], error) {
		body, r, err := do(ctx, callOf(ctx), in)
		if err != nil {
			return nil, s.fail(ctx, err)
		}
		if r.Repeat {
			return repeat[T](r)
		}
		return &Reply[T]{Body: body, Seq: r.Seq}, nil
	})
}

func repeat[T any](r journal.Receipt) (*Reply[T], error) {
	out := &Reply[T]{Repeat: "true", Seq: r.Seq}
	if len(r.Body) > 0 {
		if err := json.Unmarshal(r.Body, &out.Body); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// may asks access for an action at a path.
func (s *Server) may(c *call, action, path string) error {
	return s.Guard.Check(c.viewer, action, path, c.emerg)
}

// reaches asks access for a thing that covers many places.
func (s *Server) reaches(c *call, action, path string) error {
	if c.viewer.Account() == "" {
		return access.ErrSignIn.With()
	}
	if !s.Guard.Reaches(c.viewer, action, path, c.emerg) {
		return access.ErrNotHere.With()
	}
	return nil
}

// scope returns where the viewer may do the action.
func (s *Server) scope(c *call, action string) access.Ranges {
	return s.Guard.Scope(c.viewer, action, c.emerg)
}

// entry starts a journal entry by the caller.
func (c *call) entry(verb, thing, id, placeID, path, audience string, payload any) journal.Entry {
	raw := []byte("{}")
	if payload != nil {
		if b, err := json.Marshal(payload); err == nil {
			raw = b
		}
	}
	return journal.Entry{At: c.now, Actor: c.viewer.Account(), Verb: verb, Thing: thing, ThingID: id, PlaceID: placeID, Path: path, Audience: audience, Purpose: "register", Payload: raw}
}
