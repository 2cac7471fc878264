package crash

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// client does small writes over HTTP on doors of its own, one after the other, and
// logs each before it is sent and after it was acknowledged.
type client struct {
	n      int
	http   *http.Client
	base   string
	token  string
	round  string
	doors  []string
	log    *logbook
	batch  int // operations in one request; 1: single writes
	serial int64
	seq    int64 // device sequence, of batches
	at     map[string]int64
	open   []write // tried and not yet answered
	acks   *atomic.Int64
	wrong  func(string)
}

// write is one operation as the client means it.
type write struct {
	op, door, outcome string
	base, seq         int64
}

func (w write) body() map[string]any {
	return map[string]any{"outcome": w.outcome, "base_version": w.base}
}

func (c *client) path(w write) string {
	return "/api/v1/rounds/" + c.round + "/targets/" + w.door + "/record"
}

// run works until the context ends; what a former run left open comes first.
func (c *client) run(ctx context.Context) {
	for ctx.Err() == nil {
		if len(c.open) == 0 {
			c.open = c.next()
			for _, w := range c.open {
				c.log.write("try %s %s", w.op, w.door)
			}
		}
		if !c.send(ctx) {
			return // killed under our hands, or told to stop
		}
	}
}

// settle repeats what was left open under the same ids until it is answered.
func (c *client) settle(ctx context.Context) {
	for len(c.open) > 0 && ctx.Err() == nil && c.send(ctx) {
	}
}

func (c *client) next() (out []write) {
	for range c.batch {
		door := c.doors[int(c.serial)%len(c.doors)]
		outcome := []string{"at-home", "absent"}[int(c.serial)/len(c.doors)%2]
		c.serial++
		w := write{op: fmt.Sprintf("crash-%d-%d", c.n, c.serial), door: door, outcome: outcome, base: c.at[door]}
		if c.batch > 1 {
			c.seq++
			w.seq = c.seq
		}
		out = append(out, w)
	}
	return out
}

// send sends what is open once; false when no answer came.
func (c *client) send(ctx context.Context) bool {
	if c.batch > 1 {
		return c.sendBatch(ctx)
	}
	w := c.open[0]
	status, raw, ok := c.post(ctx, c.path(w), w.op, w.body())
	if !ok {
		return false
	}
	if status != http.StatusOK {
		if status != http.StatusServiceUnavailable {
			c.wrong(fmt.Sprintf("%s answered %d %s", w.op, status, raw))
		}
		return false
	}
	c.acknowledged(w, raw)
	c.open = nil
	return true
}

func (c *client) sendBatch(ctx context.Context) bool {
	ops := []map[string]any{}
	for _, w := range c.open {
		ops = append(ops, map[string]any{"id": w.op, "sequence": w.seq, "verb": "POST", "path": c.path(w), "base_version": w.base, "body": w.body()})
	}
	status, raw, ok := c.post(ctx, "/api/v1/batch", "", map[string]any{"device": "crash-" + strconv.Itoa(c.n), "operations": ops})
	if !ok {
		return false
	}
	var r struct {
		Results []struct {
			ID      string
			Status  int
			Receipt json.RawMessage
			Problem json.RawMessage
		}
	}
	if status != http.StatusOK || json.Unmarshal(raw, &r) != nil || len(r.Results) != len(c.open) {
		if status != http.StatusServiceUnavailable {
			c.wrong(fmt.Sprintf("batch answered %d %s", status, raw))
		}
		return false
	}
	for i, x := range r.Results {
		if x.ID != c.open[i].op || x.Status != http.StatusOK {
			if x.Status != http.StatusServiceUnavailable {
				c.wrong(fmt.Sprintf("batch answered for %s: %s %d %s", c.open[i].op, x.ID, x.Status, x.Problem))
			}
			return false
		}
	}
	for i, x := range r.Results {
		c.acknowledged(c.open[i], x.Receipt)
	}
	c.open = nil
	return true
}

// acknowledged counts an answer once it is in the log.
func (c *client) acknowledged(w write, raw []byte) {
	c.log.write("ack %s", w.op)
	c.acks.Add(1)
	var got struct{ Version int64 }
	_ = json.Unmarshal(raw, &got)
	if c.at[w.door] = w.base + 1; got.Version > 0 {
		c.at[w.door] = got.Version
	}
}

func (c *client) post(ctx context.Context, path, op string, body any) (int, []byte, bool) {
	raw, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	end, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	q, err := http.NewRequestWithContext(end, "POST", c.base+path, bytes.NewReader(raw))
	if err != nil {
		panic(err)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Authorization", "Bearer "+c.token)
	if op != "" {
		q.Header.Set("Operation-Id", op)
		q.Header.Set("Device-Id", "crash-"+strconv.Itoa(c.n))
	}
	r, err := c.http.Do(q)
	if err != nil {
		return 0, nil, false
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	return r.StatusCode, answer, err == nil
}
