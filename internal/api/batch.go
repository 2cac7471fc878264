package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/fault"
)

// Faults of the batch.
var (
	ErrHeld = fault.Define(fault.Unavailable, "SW-1806",
		"这条操作之前还缺第 {0} 条，已替您保管，等缺的那条到了就会办。请不要删掉手机里的记录。",
		"Operation {0} of this device is still missing before this one; it is held and done as soon as that one arrives. Keep it on the phone.")
	ErrVerb = fault.Define(fault.Invalid, "SW-1006",
		"批量里不能做“{0}”。这一条没有写入，其余各条照常处理。",
		"\"{0}\" cannot be part of a batch. This one was not written; the others were handled.")
)

// batchOp is one operation that a device noted, perhaps a while ago.
type batchOp struct {
	ID       string          `json:"id" maxLength:"64"`
	Sequence int64           `json:"sequence" minimum:"0"`
	Verb     string          `json:"verb" maxLength:"40" doc:"What it does, for people; void for one that the user took back"`
	Path     string          `json:"path" maxLength:"300"`
	Base     int64           `json:"base_version,omitempty"`
	Body     json.RawMessage `json:"body,omitempty"`
}

// batchResult answers one operation.
type batchResult struct {
	ID      string          `json:"id"`
	Status  int             `json:"status"`
	Held    bool            `json:"held,omitempty"`
	Receipt json.RawMessage `json:"receipt,omitempty"`
	Problem *Problem        `json:"problem,omitempty"`
}

type batchInput struct {
	Body struct {
		Device     string    `json:"device" maxLength:"64" minLength:"1"`
		Operations []batchOp `json:"operations" maxItems:"500"`
	}
}

type batchReply struct {
	Results []batchResult `json:"results" nullable:"false"`
}

func (s *Server) batch() {
	read(s, Op{ID: "batch", Method: http.MethodPost, Path: "/batch", Action: access.MeRead, Summary: "Many operations of one device, each answered by its own handler"},
		func(ctx context.Context, c *call, in *batchInput) (batchReply, error) {
			if err := s.may(c, access.MeRead, ""); err != nil {
				return batchReply{}, err
			}
			return s.runBatch(ctx, c, in.Body.Device, in.Body.Operations)
		})
}

// runBatch does the operations of a device in its own order. Those that touch
// different things go side by side, so that one durable group carries them all; a
// hole in the sequence holds back what comes after it.
func (s *Server) runBatch(ctx context.Context, c *call, device string, ops []batchOp) (batchReply, error) {
	last, err := s.Store.DeviceLast(ctx, device, c.viewer.Account())
	if err != nil {
		return batchReply{}, err
	}
	heldRaw, err := s.Store.Held(ctx, device, c.viewer.Account())
	if err != nil {
		return batchReply{}, err
	}
	given := map[string]bool{}
	for _, o := range ops {
		given[o.ID] = true
	}
	for _, raw := range heldRaw { // what waited for a predecessor comes along again
		var o batchOp
		if json.Unmarshal(raw, &o) == nil && !given[o.ID] {
			ops = append(ops, o)
		}
	}
	sort.SliceStable(ops, func(i, j int) bool { return ops[i].Sequence < ops[j].Sequence })
	out := batchReply{Results: make([]batchResult, len(ops))}
	next := last
	var hold []batchOp
	var all lanes
	for i, o := range ops {
		if o.Sequence > next+1 {
			hold = append(hold, o)
			out.Results[i] = batchResult{ID: o.ID, Status: http.StatusAccepted, Held: true, Problem: problem(c.lang, ErrHeld.With(next+1))}
			continue
		}
		next = max(next, o.Sequence)
		all.add(i, o)
	}
	b := &batchRun{s: s, c: c, device: device, ops: ops, results: out.Results}
	b.run(ctx, all.list())
	return out, s.settle(ctx, c, device, last, next, hold)
}

// settle writes how far the device has come and what is held for it.
func (s *Server) settle(ctx context.Context, c *call, device string, last, next int64, hold []batchOp) error {
	if next == last && len(hold) == 0 {
		return nil
	}
	raws := map[int64][]byte{}
	for _, o := range hold {
		raw, err := json.Marshal(o)
		if err != nil {
			return err
		}
		raws[o.Sequence] = raw
	}
	return s.Store.SettleDevice(ctx, device, c.viewer.Account(), next, raws)
}

// batched says whether an operation may come in a batch: the everyday writes may;
// batches, files, sign-ins and tokens come alone.
func batched(u *url.URL) bool {
	rest, ok := strings.CutPrefix(u.Path, "/api/v1/")
	first, _, _ := strings.Cut(rest, "/")
	return ok && u.Host == "" && u.RawQuery == "" && u.Fragment == "" && path.Clean(u.Path) == u.Path &&
		!slices.Contains([]string{"batch", "imports", "sessions", "demo", "tokens", "accounts"}, first)
}

// body is the operation's body with the version that its device saw.
func (o batchOp) body() []byte {
	if o.Base == 0 || !strings.HasSuffix(o.Path, "/record") {
		return o.Body
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(o.Body, &fields) != nil || fields == nil || fields["base_version"] != nil {
		return o.Body
	}
	fields["base_version"] = json.RawMessage(strconv.FormatInt(o.Base, 10))
	out, err := json.Marshal(fields)
	if err != nil {
		return o.Body
	}
	return out
}

// runOne hands one operation to its own handler, as the same caller.
func (s *Server) runOne(ctx context.Context, c *call, device string, o batchOp) batchResult {
	out := batchResult{ID: o.ID}
	if o.Verb == "void" {
		out.Status = http.StatusOK
		return out
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, o.Path, bytes.NewReader(o.body()))
	if err != nil || o.ID == "" || !batched(r.URL) {
		out.Problem = problem(c.lang, ErrVerb.With(o.Verb+" "+o.Path))
		out.Status = out.Problem.Status
		return out
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Operation-Id", o.ID)
	r.Header.Set("Device-Id", device)
	r.Header.Set("Device-Sequence", strconv.FormatInt(o.Sequence, 10))
	sub := *c
	sub.op = nil
	w := &answer{head: http.Header{}}
	if err := sub.take(w, r); err != nil {
		out.Problem = problem(c.lang, err)
		out.Status = out.Problem.Status
		return out
	}
	sub.w, sub.operation = w, ""
	sub.r = r.WithContext(context.WithValue(ctx, callKey{}, &sub))
	s.mux.ServeHTTP(w, sub.r)
	out.Status = w.code
	if w.code >= 300 {
		out.Problem = &Problem{}
		if json.Unmarshal(w.body.Bytes(), out.Problem) != nil || out.Problem.Code == "" {
			out.Problem = problem(c.lang, ErrNoRoute.With())
		}
		return out
	}
	out.Receipt = json.RawMessage(bytes.TrimSpace(w.body.Bytes()))
	return out
}

// answer keeps what a handler says to one operation of a batch.
type answer struct {
	head http.Header
	code int
	body bytes.Buffer
}

// Header returns the headers, which nobody reads.
func (a *answer) Header() http.Header { return a.head }

// WriteHeader keeps the first status.
func (a *answer) WriteHeader(code int) {
	if a.code == 0 {
		a.code = code
	}
}

// Write keeps the body.
func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}
