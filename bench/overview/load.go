package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	mrand "math/rand/v2"
	"net/http"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"shouwang/bench/stage"
)

type options struct {
	writes, writers, readers, consoles int
	gap, time                          time.Duration
}

// load is one measurement while it runs.
type load struct {
	options
	*stage.Served
	http    *http.Client
	mu      sync.Mutex
	reads   []time.Duration // of the readers
	delays  []time.Duration // from a frame to the refreshed overview
	wrote   []time.Duration
	frames  atomic.Int64
	looks   atomic.Int64
	bad     atomic.Int64
	open    atomic.Int64
	message atomic.Pointer[string]
}

func (o options) measure(s *stage.Served) error {
	l := &load{options: o, Served: s, http: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4000}}}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var all sync.WaitGroup
	start := func(f func()) { all.Add(1); go func() { defer all.Done(); f() }() }
	for i := range o.consoles {
		start(func() { l.console(ctx, i%len(s.Communities)) })
	}
	for wait := time.Now(); o.consoles > 0 && l.open.Load() < int64(o.consoles); time.Sleep(50 * time.Millisecond) {
		if time.Since(wait) > time.Minute {
			return fmt.Errorf("only %d of %d streams opened", l.open.Load(), o.consoles)
		}
	}
	pace := make(chan struct{}, o.writers)
	start(func() { tick(ctx, o.writes, pace) })
	for w := range o.writers {
		start(func() { l.writer(ctx, w, pace) })
	}
	time.Sleep(2 * time.Second) // warm
	l.mu.Lock()
	l.reads, l.delays, l.wrote = nil, nil, nil
	l.mu.Unlock()
	l.frames.Store(0)
	l.looks.Store(0)
	begin := time.Now()
	for r := range o.readers {
		start(func() { l.reader(ctx, r) })
	}
	time.Sleep(o.time)
	took := time.Since(begin).Seconds()
	l.mu.Lock()
	out := map[string]any{"engine": s.Engine, "doors": len(s.Doors), "writes_wanted": o.writes, "writes_per_second": int(float64(len(l.wrote)) / took), "write_p99_ms": ms(l.wrote, 0.99),
		"overviews": len(l.reads), "p50_ms": ms(l.reads, 0.5), "p99_ms": ms(l.reads, 0.99), "bad": l.bad.Load()}
	if o.consoles > 0 {
		out["consoles"], out["frames"], out["refetches"] = o.consoles, l.frames.Load(), l.looks.Load()
		out["refetches_per_console_second"] = float64(l.looks.Load()) / float64(o.consoles) / took
		out["refetch_p50_ms"], out["refetch_p99_ms"] = ms(l.delays, 0.5), ms(l.delays, 0.99)
	}
	l.mu.Unlock()
	if m := l.message.Load(); m != nil {
		out["first_bad"] = *m
	}
	stop()
	out["load"] = stage.Load()
	stage.Show("overview", out)
	all.Wait()
	return nil
}

// tick gives out so many turns a second.
func tick(ctx context.Context, rate int, pace chan<- struct{}) {
	t := time.NewTicker(5 * time.Millisecond)
	defer t.Stop()
	begin, given := time.Now(), 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		for want := int(time.Since(begin).Seconds() * float64(rate)); given < want; given++ {
			select {
			case pace <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	}
}

func (l *load) writer(ctx context.Context, n int, pace <-chan struct{}) {
	dice := mrand.New(mrand.NewPCG(1, uint64(n)))
	outcomes := []string{`"at-home"`, `"at-home"`, `"at-home"`, `"absent"`, `"needs-help","choice":"food"`, `"refused"`}
	for seq := 1; ; seq++ {
		select {
		case <-ctx.Done():
			return
		case <-pace:
		}
		n := dice.IntN(len(l.Doors))
		began := time.Now()
		l.do(ctx, "POST", "/rounds/"+l.Round+"/targets/"+l.Doors[n]+"/record", l.Workers[l.Of[n]], `{"outcome":`+outcomes[dice.IntN(len(outcomes))]+`}`)
		l.note(&l.wrote, began)
	}
}

func (l *load) reader(ctx context.Context, n int) {
	for i := n; ctx.Err() == nil; i++ {
		place, token := l.Top, l.Commander
		if i%2 == 1 {
			c := i / 2 % len(l.Communities)
			place, token = l.Communities[c], l.Workers[c]
		}
		began := time.Now()
		l.do(ctx, "GET", "/overview?place_id="+place, token, "")
		l.note(&l.reads, began)
		time.Sleep(10 * time.Millisecond)
	}
}

// console is one open window: it follows the stream and looks again as the web
// application does, at most once in gap however many frames come.
func (l *load) console(ctx context.Context, c int) {
	q, _ := http.NewRequestWithContext(ctx, "GET", l.URL+"/live?place_id="+l.Communities[c], nil)
	q.Header.Set("Authorization", "Bearer "+l.Workers[c])
	a, err := (&http.Client{Transport: l.http.Transport}).Do(q)
	if err != nil || a.StatusCode != http.StatusOK {
		l.fail(fmt.Sprint("live: ", err, a))
		return
	}
	defer a.Body.Close()
	l.open.Add(1)
	var last time.Time
	var due *time.Timer
	var mu sync.Mutex
	lines := bufio.NewScanner(a.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "data:") {
			continue
		}
		l.frames.Add(1)
		mu.Lock()
		if due == nil {
			wait := max(400*time.Millisecond, l.gap-time.Since(last)+time.Duration(mrand.Int64N(int64(l.gap/4))))
			due = time.AfterFunc(wait, func() {
				mu.Lock()
				due, last = nil, time.Now()
				mu.Unlock()
				if ctx.Err() != nil {
					return
				}
				began := time.Now()
				l.do(ctx, "GET", "/overview?place_id="+l.Communities[c], l.Workers[c], "")
				l.looks.Add(1)
				l.note(&l.delays, began)
			})
		}
		mu.Unlock()
	}
	if ctx.Err() == nil {
		l.fail("a stream ended")
	}
}

func (l *load) do(ctx context.Context, method, path, token, body string) {
	q, err := http.NewRequestWithContext(ctx, method, l.URL+path, strings.NewReader(body))
	if err != nil {
		l.fail(err.Error())
		return
	}
	q.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
		q.Header.Set("Operation-Id", rand.Text())
	}
	a, err := l.http.Do(q)
	if err != nil {
		if ctx.Err() == nil {
			l.fail(err.Error())
		}
		return
	}
	defer a.Body.Close()
	raw, _ := io.ReadAll(a.Body)
	if a.StatusCode >= 300 {
		l.fail(string(raw))
	}
}

func (l *load) fail(what string) {
	l.bad.Add(1)
	l.message.CompareAndSwap(nil, &what)
}

func (l *load) note(to *[]time.Duration, began time.Time) {
	d := time.Since(began)
	l.mu.Lock()
	*to = append(*to, d)
	l.mu.Unlock()
}

// ms is a quantile in milliseconds.
func ms(ds []time.Duration, q float64) float64 {
	if len(ds) == 0 {
		return 0
	}
	s := append([]time.Duration{}, ds...)
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
	return float64(s[int(float64(len(s)-1)*q)].Microseconds()) / 1000
}
