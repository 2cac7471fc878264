package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	mrand "math/rand/v2"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// run is one measurement while it runs.
type run struct {
	options
	child *child
	at    served
	http  *http.Client
	turn  int // of the next act

	mu                  sync.Mutex
	wrote, look, opened []time.Duration
	lag                 []time.Duration // from a frame to the answered look
	frames, bytes, bad  atomic.Int64
	streams, under      atomic.Int64
	first               atomic.Pointer[string]
}

// lists measures single lists before anything else goes on.
func (r *run) lists(facts map[string]any) error {
	r.http = &http.Client{}
	for name, path := range map[string]string{"list": "/cases?under=" + r.at.Top, "late": "/cases?show=late&under=" + r.at.Top, "item": "/cases?item=medicine&under=" + r.at.Top, "community": "/cases?under=" + r.at.Communities[0], "figures": "/places/" + r.at.Top + "/case-figures"} {
		var ds []time.Duration
		for range 30 {
			began := time.Now()
			if err := r.do(context.Background(), "GET", path, r.at.Commander, nil); err != nil {
				return err
			}
			ds = append(ds, time.Since(began))
		}
		facts[name+"_p50_ms"], facts[name+"_p99_ms"] = ms(ds, 0.5), ms(ds, 0.99)
	}
	return nil
}

// traffic opens the consoles, acts beside them, and measures once all have opened.
func (r *run) traffic(facts map[string]any) error {
	r.http = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4000}}
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	tag := fmt.Sprint(time.Now().Unix() % 1e7)
	began := time.Now()
	if _, err := r.child.ask(order{Do: "fuses", Tag: tag, From: began.Add(r.ramp + 2*time.Second), Span: r.time}); err != nil {
		return err
	}
	if _, err := r.child.ask(order{Do: "work"}); err != nil {
		return err
	}
	all.Go(func() { r.acts(ctx, &all) })
	r.open(ctx, &all, r.ramp)
	r.mu.Lock()
	facts["opening_seconds"], facts["opening_look_p50_ms"], facts["opening_look_p99_ms"] = time.Since(began).Seconds(), ms(r.opened, 0.5), ms(r.opened, 0.99)
	facts["opening_act_p50_ms"], facts["opening_act_p99_ms"] = ms(r.wrote, 0.5), ms(r.wrote, 0.99)
	r.mu.Unlock()
	time.Sleep(2 * time.Second)
	if err := r.measure(ctx, facts); err != nil {
		return err
	}
	time.Sleep(6 * time.Second) // for the last alarms, the traffic goes on
	if err := r.alarms("alarm", order{Do: "late", Tag: tag}, facts); err != nil {
		return err
	}
	if !r.restart {
		return nil
	}
	stop()
	all.Wait()
	return r.again(facts)
}

// open opens all consoles over a time and waits for their first looks.
func (r *run) open(ctx context.Context, all *sync.WaitGroup, ramp time.Duration) {
	var first sync.WaitGroup
	for i := range r.consoles {
		first.Add(1)
		all.Go(func() {
			time.Sleep(time.Duration(i) * ramp / time.Duration(r.consoles))
			r.console(ctx, i, first.Done)
		})
	}
	came := make(chan struct{})
	go func() { first.Wait(); close(came) }()
	select {
	case <-came:
	case <-time.After(ramp + time.Minute):
		r.fail("a minute after the last console opened, not all had their first look")
	}
}

// measure is the time that counts.
func (r *run) measure(ctx context.Context, facts map[string]any) error {
	was, err := r.child.ask(order{Do: "use"})
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.wrote, r.look, r.lag = nil, nil, nil
	r.mu.Unlock()
	frames, bytes, began := r.frames.Load(), r.bytes.Load(), time.Now()
	time.Sleep(r.time)
	is, err := r.child.ask(order{Do: "use"})
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	took := time.Since(began).Seconds()
	per := func(n float64) float64 { return float64(int(n/took*10)) / 10 }
	facts["acts_per_second"], facts["act_p50_ms"], facts["act_p99_ms"], facts["act_worst_ms"] = per(float64(len(r.wrote))), ms(r.wrote, 0.5), ms(r.wrote, 0.99), ms(r.wrote, 1)
	facts["streams"], facts["frames_per_second"] = r.streams.Load(), per(float64(r.frames.Load()-frames))
	facts["refetches_per_second"], facts["refetch_p50_ms"], facts["refetch_p99_ms"] = per(float64(len(r.look))), ms(r.look, 0.5), ms(r.look, 0.99)
	facts["frame_to_screen_p50_ms"], facts["frame_to_screen_p99_ms"] = ms(r.lag, 0.5), ms(r.lag, 0.99)
	facts["megabytes_per_second"] = per(float64(r.bytes.Load()-bytes) / 1e6)
	facts["server_cores_used"], facts["server_gc_cores"] = float64(int((is.CPU-was.CPU).Seconds()/took*100))/100, float64(int((is.GC-was.GC).Seconds()/took*100))/100
	facts["gc_pause_worst_ms"], facts["heap_mb"], facts["allocated_mb_per_second"] = ms([]time.Duration{is.Pause}, 1), is.Heap>>20, int(per(float64(is.Allocated-was.Allocated)/(1<<20)))
	facts["bad"] = r.bad.Load()
	return nil
}

// alarms says how long after their time the fuses' alarms came.
func (r *run) alarms(name string, q order, facts map[string]any) error {
	a, err := r.child.ask(q)
	facts[name+"s"], facts[name+"_p50_ms"], facts[name+"_worst_ms"] = len(a.Late), ms(a.Late, 0.5), ms(a.Late, 1)
	return err
}

// again kills the server, starts it anew and lets all consoles come back at once.
func (r *run) again(facts map[string]any) error {
	tag := fmt.Sprint(time.Now().Unix()%1e7, "r")
	due := time.Now().Add(3 * time.Second)
	if _, err := r.child.ask(order{Do: "fuses", Tag: tag, From: due, Span: 20 * time.Second}); err != nil {
		return err
	}
	r.child.kill()
	began := time.Now()
	c, err := r.start()
	if err != nil {
		return err
	}
	*r.child, r.at = *c, c.at
	up := time.Now()
	if _, err := r.child.ask(order{Do: "work"}); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	r.mu.Lock()
	r.wrote, r.look, r.opened = nil, nil, nil
	r.mu.Unlock()
	all.Go(func() { r.acts(ctx, &all) })
	r.open(ctx, &all, time.Second) // a browser comes back within a second or two
	facts["restart_seconds"], facts["burst_over_seconds"] = up.Sub(began).Seconds(), time.Since(up).Seconds()
	time.Sleep(max(0, time.Until(due.Add(27*time.Second))))
	r.mu.Lock()
	facts["burst_look_p50_ms"], facts["burst_look_p99_ms"], facts["burst_act_p50_ms"], facts["burst_act_p99_ms"] = ms(r.opened, 0.5), ms(r.opened, 0.99), ms(r.wrote, 0.5), ms(r.wrote, 0.99)
	r.mu.Unlock()
	return r.alarms("restart_alarm", order{Do: "late", Tag: tag, From: up}, facts)
}

// most is how many acts may be under way at one time.
const most = 1000

// acts gives out acts at an even pace, whether or not those before are answered.
func (r *run) acts(ctx context.Context, all *sync.WaitGroup) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	began, given := time.Now(), 0
	for ctx.Err() == nil {
		<-tick.C
		for want := int(time.Since(began).Seconds() * float64(r.writes)); given < want; given++ {
			n := r.turn
			r.turn++
			if r.under.Load() >= most {
				r.fail("acts pile up: one was not sent")
				continue
			}
			r.under.Add(1)
			all.Go(func() { defer r.under.Add(-1); r.act(ctx, n) })
		}
	}
}

// act is one of: two needs written down, one taken, one noted.
func (r *run) act(ctx context.Context, n int) {
	cs := len(r.at.Communities)
	c := n % cs
	who := r.at.Tokens[(n/cs*cs+c)%(r.consoles/cs*cs)]
	door := r.at.Doors[c][n%len(r.at.Doors[c])]
	of := func(n int) string { return invented(n%r.options.open/cs*cs%(r.options.open/cs*cs) + c) }
	path, body := "/cases", map[string]any{"item": "medicine", "place_id": door, "words": "降压药两盒", "origin": "phone"}
	switch n % 4 {
	case 2:
		path, body = "/cases/"+of(n)+"/take", map[string]any{}
	case 3:
		path, body = "/cases/"+of(r.options.open/2+n)+"/note", map[string]any{"words": "问过了，药房明天到货"}
	}
	began := time.Now()
	err := r.do(ctx, "POST", path, who, body)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		r.fail(err.Error())
	}
	r.note(&r.wrote, began)
}

// console is one open window of a community's cases, as the web application makes it: a
// first look, then the stream, and after a frame another look, at most one in two seconds
// and never before the last is answered.
func (r *run) console(ctx context.Context, i int, first func()) {
	c, token := i%len(r.at.Communities), r.at.Tokens[i]
	began := time.Now()
	r.see(ctx, c, token)
	r.note(&r.opened, began)
	first()
	q, _ := http.NewRequestWithContext(ctx, "GET", r.at.URL+"/live?place_id="+r.at.Communities[c], nil)
	q.Header.Set("Authorization", "Bearer "+token)
	a, err := r.http.Do(q)
	if err != nil || a.StatusCode != http.StatusOK {
		if ctx.Err() == nil {
			r.fail(fmt.Sprint("live: ", err, a))
		}
		return
	}
	defer a.Body.Close()
	r.streams.Add(1)
	defer r.streams.Add(-1)
	var mu sync.Mutex
	last, waiting := time.Now(), false
	lines := bufio.NewScanner(a.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "data:") {
			continue
		}
		r.frames.Add(1)
		mu.Lock()
		if !waiting {
			waiting = true
			wait := max(400*time.Millisecond, 2*time.Second-time.Since(last)+time.Duration(mrand.IntN(500))*time.Millisecond)
			framed := time.Now()
			time.AfterFunc(wait, func() {
				began := time.Now()
				if r.see(ctx, c, token) {
					r.note(&r.look, began)
					r.note(&r.lag, framed)
				}
				mu.Lock()
				waiting, last = false, began
				mu.Unlock()
			})
		}
		mu.Unlock()
	}
	if ctx.Err() == nil {
		r.fail(fmt.Sprint("a stream ended: ", lines.Err()))
	}
}

// see is one look: what the page of cases asks.
func (r *run) see(ctx context.Context, c int, token string) bool {
	place := r.at.Communities[c]
	list := "/cases?under=" + place
	if r.limit > 0 {
		list += "&limit=" + strconv.Itoa(r.limit)
	}
	var both sync.WaitGroup
	var err1, err2 error
	if r.overview {
		both.Go(func() { err1 = r.do(ctx, "GET", "/overview?place_id="+place, token, nil) })
	}
	err2 = r.do(ctx, "GET", list, token, nil)
	both.Wait()
	for _, err := range []error{err1, err2} {
		if ctx.Err() == nil && err != nil {
			r.fail(err.Error())
		}
	}
	return ctx.Err() == nil && err1 == nil && err2 == nil
}

func (r *run) do(ctx context.Context, method, path, token string, body any) error {
	var raw []byte
	if body != nil {
		raw, _ = json.Marshal(body)
	}
	q, err := http.NewRequestWithContext(ctx, method, r.at.URL+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	q.Header.Set("Authorization", "Bearer "+token)
	if body != nil {
		q.Header.Set("Content-Type", "application/json")
		q.Header.Set("Operation-Id", rand.Text())
	}
	a, err := r.http.Do(q)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	if a.StatusCode >= 300 {
		raw, _ := io.ReadAll(a.Body)
		return fmt.Errorf("%s %s: %s", method, path, raw)
	}
	n, err := io.Copy(io.Discard, a.Body)
	r.bytes.Add(n)
	return err
}

func (r *run) fail(what string) {
	r.bad.Add(1)
	r.first.CompareAndSwap(nil, &what)
}

func (r *run) note(to *[]time.Duration, began time.Time) {
	d := time.Since(began)
	r.mu.Lock()
	*to = append(*to, d)
	r.mu.Unlock()
}

// ms is a quantile in milliseconds.
func ms(ds []time.Duration, q float64) float64 {
	if len(ds) == 0 {
		return 0
	}
	s := append([]time.Duration{}, ds...)
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
	x, _ := strconv.ParseFloat(strconv.FormatFloat(float64(s[int(float64(len(s)-1)*q)].Microseconds())/1000, 'f', 1, 64), 64)
	return x
}
