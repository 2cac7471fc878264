package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"shouwang/internal/journal"
	"shouwang/internal/store"
)

// recording is a plain recording of a batch on its way to the writer.
type recording struct {
	i    int
	pass func()
	out  Recorded
	w    store.Write
}

// record does those of some operations that are plain recordings of things nobody
// else is writing, by one hand-over to the writer. It calls aside, while the writer
// works, with those it has taken up, and returns which of them are done; the others
// it took up must go their own way.
func (b *batchRun) record(ctx context.Context, heads []int, aside func(taken map[int]bool)) map[int]bool {
	s, account := b.s, b.c.viewer.Account()
	done := map[int]bool{}
	var plain []int
	in := map[int]*recordInput{}
	doors := map[string][]string{}
	if printable(b.device) && len(b.device) <= 64 {
		for _, i := range heads {
			if x := b.ops[i].recording(); x != nil {
				in[i], plain = x, append(plain, i)
				doors[x.ID] = append(doors[x.ID], x.PlaceID)
			}
		}
	}
	for round, ids := range doors {
		if err := s.Store.Foresee(ctx, round, ids); err != nil {
			plain = nil // each will find out for itself
		}
	}
	var rs []recording
	var ws []store.Write
	for _, i := range plain {
		o := b.ops[i]
		op := o.op(b.device)
		if _, repeat, err := s.Store.ReceiptLast(account, *op); err != nil || repeat {
			continue
		}
		pass, free := s.turns.try(o.Path)
		if !free {
			continue
		}
		sub := *b.c
		sub.op = op
		out, changes, err := s.record(ctx, &sub, in[i])
		if err != nil || len(changes) > 1 { // what moves a case is no plain recording
			pass()
			continue
		}
		raw, err := json.Marshal(out)
		if err != nil {
			pass()
			continue
		}
		rs = append(rs, recording{i: i, pass: pass, out: out})
		ws = append(ws, store.Write{Op: op, Body: raw, Changes: changes})
		done[i] = false
	}
	answers := s.Store.Several(ctx, ws)
	aside(done)
	for k, a := range answers() {
		rs[k].pass()
		if a.Err != nil {
			continue
		}
		body := ws[k].Body
		if a.Repeat {
			body = a.Body
		}
		done[rs[k].i] = true
		b.results[rs[k].i] = batchResult{ID: b.ops[rs[k].i].ID, Status: http.StatusOK, Receipt: body}
	}
	if len(rs) > 0 {
		s.stale("targets")
	}
	return done
}

// op is the operation as its own request would bear it.
func (o batchOp) op(device string) *journal.Op {
	sum := sha256.New()
	sum.Write([]byte(http.MethodPost + " " + o.Path + "?\n"))
	sum.Write(o.body())
	return &journal.Op{ID: o.ID, Device: device, Sequence: o.Sequence, Hash: hex.EncodeToString(sum.Sum(nil))}
}

// recording reads an operation as a recording, or returns nil when it is none or
// not of the plainest shape: whatever a handler might refuse or read in another
// way is left to the handler.
func (o batchOp) recording() *recordInput {
	if o.Verb == "void" || o.ID == "" || len(o.ID) > 64 || !printable(o.ID) || o.Sequence < 0 {
		return nil
	}
	rest, ok := strings.CutPrefix(o.Path, "/api/v1/rounds/")
	part := strings.Split(rest, "/")
	if !ok || len(part) != 4 || part[1] != "targets" || part[3] != "record" || !token(part[0]) || !token(part[2]) {
		return nil
	}
	raw := o.body()
	if len(raw) > 1000 || bytes.IndexByte(raw, '\\') >= 0 || !printable(string(raw)) {
		return nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || fields["outcome"] == nil {
		return nil
	}
	in := &recordInput{ID: part[0], PlaceID: part[2]}
	for k, v := range fields {
		into := map[string]*string{"outcome": &in.Body.Outcome, "choice": &in.Body.Choice, "for": &in.Body.For, "at": &in.Body.At}[k]
		switch {
		case into != nil && len(v) <= 62 && v[0] == '"':
			*into = string(v[1 : len(v)-1])
		case k == "base_version" && len(v) <= 15:
			n, err := strconv.ParseInt(string(v), 10, 64)
			if err != nil || n < 0 {
				return nil
			}
			in.Body.Base = n
		default:
			return nil
		}
	}
	return in
}

// token says whether a part of an address is an id as this system makes them.
func token(s string) bool {
	return s != "" && strings.Trim(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == ""
}
