// Command call measures a mobilisation call: helpers are invented at the places of the
// demonstration, one act calls them all, the product's own worker hands the messages to
// the outbox, and people answer at a declared rate while the board is read. Everything
// but the inventing goes over HTTP on loopback; one JSON line.
//
//	go run ./bench/call [-engine sqlite|postgres|both] [-helpers 10000] [-rate 200] [-answers 10000]
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/app"
	"shouwang/internal/journal"
	"shouwang/internal/notice"
	"shouwang/internal/people"
)

type options struct {
	stage.Options
	helpers, rate, answers int
}

func main() {
	stage.Child()
	var o options
	engine := flag.String("engine", "sqlite", "sqlite, postgres (a throw-away one) or both")
	flag.StringVar(&o.Size, "size", "community", "of the demonstration whose places are used: community or full")
	flag.IntVar(&o.helpers, "helpers", 10_000, "helpers who are called")
	flag.IntVar(&o.rate, "rate", 200, "answers a second")
	flag.IntVar(&o.answers, "answers", 10_000, "answers in all")
	flag.Parse()
	for _, e := range []string{"sqlite", "postgres"} {
		if *engine == e || *engine == "both" {
			stage.End(o.on(e))
		}
	}
}

// run is one measurement while it runs.
type run struct {
	options
	*stage.World
	desk   *app.Client
	base   string
	call   string
	boards []time.Duration
	facts  map[string]any
}

// on measures one engine.
func (o options) on(engine string) error {
	db, end, err := stage.Throwaway(engine == "postgres", "")
	if err != nil {
		return err
	}
	defer end()
	o.DB = db
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	w, err := stage.Open(ctx, o.Options)
	if err != nil {
		return err
	}
	defer w.Close()
	srv, err := w.Listen("127.0.0.1:0")
	if err != nil {
		return err
	}
	srv.Ready()
	top, code, err := w.Subdistrict()
	if err != nil {
		return err
	}
	if err := invent(ctx, w, o.helpers); err != nil {
		return err
	}
	var t struct{ Token string }
	if err := w.Call(w.Author, "POST", "/tokens", map[string]any{"role": "commander", "place_code": code}, &t); err != nil {
		return err
	}
	r := &run{options: o, World: w, base: "http://" + srv.Addr(), desk: app.Remote("http://"+srv.Addr(), t.Token, "en"), facts: map[string]any{"engine": engine}}
	w.Work()
	if err := r.send(top); err != nil {
		return err
	}
	if err := r.handed(); err != nil {
		return err
	}
	if err := r.answer(ctx); err != nil {
		return err
	}
	sort.Slice(r.boards, func(i, j int) bool { return r.boards[i] < r.boards[j] })
	at := func(q float64) float64 {
		return float64(r.boards[int(float64(len(r.boards)-1)*q)].Microseconds()) / 1000
	}
	r.facts["board_looks"], r.facts["board_p50_ms"], r.facts["board_p95_ms"], r.facts["board_worst_ms"] = len(r.boards), at(0.5), at(0.95), at(1)
	r.facts["load"] = stage.Load()
	stage.Show("call", r.facts)
	return nil
}

// invent writes helpers with a phone for work, spread over the communities' doors.
func invent(ctx context.Context, w *stage.World, n int) error {
	doors, err := w.Store.PlacesUnder(ctx, "", "")
	if err != nil {
		return err
	}
	if len(doors) == 0 {
		return fmt.Errorf("there are no places")
	}
	for done := 0; done < n; {
		var changes []journal.Change
		for ; done < n && len(changes) < 500; done++ {
			p := doors[len(doors)-1-done%len(doors)]
			h := people.Helper{ID: fmt.Sprintf("called%06d", done), Number: fmt.Sprintf("C%06d", done), Name: "受召" + strconv.Itoa(done), WorkPhone: fmt.Sprintf("129%08d", done),
				Birth: 1985, Kind: "volunteer", PlaceID: p.ID, Path: p.Path, Skills: []string{"order"}, Trained: nil, Organisation: "called"}
			changes = append(changes, journal.Change{Row: &h})
		}
		changes[0].Entry = journal.Entry{At: time.Now(), Actor: "bench", Verb: "helper.added", Thing: "helpers", ThingID: "called", Path: doors[0].Path, Audience: "work", Purpose: "register"}
		if _, err := w.Store.Commit(ctx, nil, nil, changes...); err != nil {
			return err
		}
	}
	return nil
}

// memory is what the heap and the process hold, in MB.
func memory() (heap, all float64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20), float64(m.Sys) / (1 << 20)
}

// send is the act itself.
func (r *run) send(top string) error {
	heap, _ := memory()
	var sent struct {
		ID     string
		Counts struct{ Total int }
	}
	body := map[string]any{"title": map[string]string{"zh": "集合", "en": "Assemble"}, "text": map[string]string{"zh": "请到社区门口", "en": "Come to the gate"},
		"until": time.Now().Add(6 * time.Hour).Format(time.RFC3339), "kinds": []string{"volunteer"}, "skills": []string{"order"}}
	began := time.Now()
	if err := r.Call(r.desk, "POST", "/places/"+top+"/calls", body, &sent); err != nil {
		return err
	}
	r.facts["act_seconds"], r.facts["called"] = time.Since(began).Seconds(), sent.Counts.Total
	r.facts["heap_before_mb"] = heap
	r.call, r.facts["began"] = sent.ID, began
	return nil
}

// board is one look at the board's first page.
func (r *run) board(state string) (counts map[string]int, err error) {
	var b struct{ Counts map[string]int }
	began := time.Now()
	err = r.Call(r.desk, "GET", "/calls/"+r.call+"?limit=50&state="+state, nil, &b)
	r.boards = append(r.boards, time.Since(began))
	return b.Counts, err
}

// handed waits until a channel has everybody, and until the board of those who were
// not reached shows it.
func (r *run) handed() error {
	began := r.facts["began"].(time.Time)
	delete(r.facts, "began")
	total := r.facts["called"].(int)
	ctx := context.Background()
	for time.Since(began) < 10*time.Minute {
		if _, err := r.board(""); err != nil {
			return err
		}
		due, err := r.Store.Receivers(ctx, r.call)
		if err != nil {
			return err
		}
		n := 0
		for i := range due {
			if !due[i].Handed.IsZero() {
				n++
			}
		}
		if n == total || n+failed(due) == total {
			r.facts["handed"], r.facts["handed_seconds"] = n, time.Since(began).Seconds()
			counts, err := r.board("asked")
			r.facts["board_seconds"], r.facts["board_asked"] = time.Since(began).Seconds(), counts["asked"]
			r.facts["heap_mb"], r.facts["process_mb"] = memory()
			return err
		}
		time.Sleep(250 * time.Millisecond)
	}
	return fmt.Errorf("not handed over after ten minutes")
}

func failed(rs []notice.Receiver) (n int) {
	for i := range rs {
		if rs[i].Failed != "" && rs[i].Handed.IsZero() {
			n++
		}
	}
	return n
}

// answer lets people answer by the address in their message at the declared rate, and
// looks at the board twice a second meanwhile.
func (r *run) answer(ctx context.Context) error {
	n := min(r.answers, r.facts["called"].(int))
	began, given := time.Now(), int64(0)
	var times []time.Duration
	var mu sync.Mutex
	var all sync.WaitGroup
	var wrong atomic.Int64
	var first atomic.Pointer[string]
	web := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	for range 32 {
		all.Go(func() {
			for {
				i := int(atomic.AddInt64(&given, 1))
				if i > n {
					return
				}
				if wait := time.Duration(float64(i)/float64(r.rate)*float64(time.Second)) - time.Since(began); wait > 0 {
					time.Sleep(wait)
				}
				one := time.Now()
				if err := r.one(ctx, web, i); err != nil {
					wrong.Add(1)
					text := err.Error()
					first.CompareAndSwap(nil, &text)
				}
				mu.Lock()
				times = append(times, time.Since(one))
				mu.Unlock()
			}
		})
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	for tick := time.NewTicker(500 * time.Millisecond); ; {
		select {
		case <-done:
			sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
			r.facts["answers"], r.facts["answers_wanted_per_second"], r.facts["answers_seconds"] = n, r.rate, time.Since(began).Seconds()
			r.facts["answer_p50_ms"], r.facts["answer_p99_ms"] = ms(times, 0.5), ms(times, 0.99)
			r.facts["answers_wrong"] = wrong.Load()
			if text := first.Load(); text != nil {
				r.facts["first_wrong"] = *text
			}
			counts, err := r.board("")
			r.facts["board_yes"], r.facts["board_no"] = counts["yes"], counts["no"]
			return err
		case <-tick.C:
			if _, err := r.board("yes"); err != nil {
				return err
			}
		}
	}
}

func ms(times []time.Duration, q float64) float64 {
	return float64(times[int(float64(len(times)-1)*q)].Microseconds()) / 1000
}

// one answers as the n-th receiver does: two of three come.
func (r *run) one(ctx context.Context, web *http.Client, n int) error {
	rec, ok, err := r.Store.Receiver(ctx, r.call, n)
	if err != nil || !ok {
		return fmt.Errorf("receiver %d: %w", n, err)
	}
	digits, mine := strings.CutPrefix(rec.HelperID, "called")
	if !mine { // one of the demonstration's own, whose phone is not known here
		return nil
	}
	form := url.Values{"answer": {"yes"}, "tail": {digits[len(digits)-4:]}}
	if n%3 == 0 {
		form.Set("answer", "no")
	}
	where := fmt.Sprintf("%s/n/%s/%d/%s", r.base, r.call, n, r.Store.AskToken(r.call, n))
	q, err := http.NewRequestWithContext(ctx, "POST", where, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	a, err := web.Do(q)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	if err == nil && a.StatusCode >= 300 {
		_, text, _ := strings.Cut(string(raw), `role="alert"`)
		return fmt.Errorf("%d %.300s", a.StatusCode, text)
	}
	return err
}
