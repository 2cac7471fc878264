package servers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// patience is how long a client waits for an answer before it asks another server
// the same thing under the same operation id.
const patience = 2 * time.Second

// team is the clients and what they remember.
type team struct {
	f     *fleet
	stop  context.CancelFunc
	ctx   context.Context
	wg    sync.WaitGroup
	mu    sync.Mutex
	tried map[string]string // operation → door
	acks  map[string]int
	waits []wait
	wrong []string
}

// wait is one operation's way from its first try to its acknowledgement.
type wait struct{ from, to time.Time }

// begin lets clients write, each on doors of its own, until end.
func (f *fleet) begin(clients int) *team {
	c := &team{f: f, tried: map[string]string{}, acks: map[string]int{}}
	c.ctx, c.stop = context.WithCancel(context.Background())
	for n := range clients {
		mine := slices.Clone(f.doors[n*len(f.doors)/clients : (n+1)*len(f.doors)/clients])
		c.wg.Go(func() { c.write(n, mine) })
	}
	return c
}

// end lets every client finish what it has begun.
func (c *team) end() {
	c.stop()
	c.wg.Wait()
}

func (c *team) write(n int, doors []door) {
	at := n % len(c.f.nodes)
	for i := 0; c.ctx.Err() == nil; i++ {
		d := &doors[i%len(doors)]
		op := fmt.Sprintf("s-%d-%d", n, i)
		body, _ := json.Marshal(map[string]any{"outcome": []string{"at-home", "absent"}[i/len(doors)%2], "base_version": d.version})
		c.mu.Lock()
		c.tried[op] = d.id
		c.mu.Unlock()
		from := time.Now()
		for {
			ctx, stop := context.WithTimeout(context.Background(), patience)
			status, raw, err := c.f.do(ctx, at, "POST", "/rounds/"+c.f.round+"/targets/"+d.id+"/record", op, body)
			stop()
			if err == nil && status == http.StatusOK {
				var got struct{ Version int64 }
				_ = json.Unmarshal(raw, &got)
				if d.version++; got.Version > 0 {
					d.version = got.Version
				}
				break
			}
			if err == nil && status != http.StatusServiceUnavailable {
				c.say("%s answered %d %s", op, status, raw)
			}
			if time.Since(from) > 90*time.Second {
				c.say("%s was never acknowledged: %d %s %v", op, status, raw, err)
				return
			}
			at = (at + 1) % len(c.f.nodes)
			time.Sleep(20 * time.Millisecond)
		}
		c.mu.Lock()
		c.acks[op]++
		c.waits = append(c.waits, wait{from, time.Now()})
		c.mu.Unlock()
	}
}

func (c *team) say(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
}

// rate is how many writes a second were acknowledged between two moments.
func (c *team) rate(from, to time.Time) float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, w := range c.waits {
		if w.to.After(from) && w.to.Before(to) {
			n++
		}
	}
	return float64(n) / to.Sub(from).Seconds()
}

// outage is the longest that any client waited for one acknowledgement, of the
// operations that were under way after a moment.
func (c *team) outage(from time.Time) (longest time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range c.waits {
		if w.to.After(from) {
			longest = max(longest, w.to.Sub(w.from))
		}
	}
	return longest
}

// silence is how long nobody at all got an acknowledgement after a moment.
func (c *team) silence(from time.Time) time.Duration {
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(5 * time.Millisecond) {
		c.mu.Lock()
		for i := len(c.waits) - 1; i >= 0; i-- {
			if w := c.waits[i]; w.from.After(from) { // begun and answered since
				c.mu.Unlock()
				return w.to.Sub(from)
			}
		}
		c.mu.Unlock()
	}
	return time.Minute
}
