// Command roster measures what a roster costs whoever asks for it: planning and
// publishing two weeks for a whole subdistrict, and people who drop out of it one after
// the other, each until those who step in are proposed. Everything goes over HTTP on
// loopback; one JSON line a figure.
//
//	go run ./bench/roster [-engine sqlite|postgres|both] [-size full] [-days 14] [-drops 200] [-improve 0]
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/app"
	"shouwang/internal/people"
	"shouwang/internal/people/shift"
)

type options struct {
	stage.Options
	days, drops, improve int
	seed                 uint64
}

func main() {
	stage.Child()
	var o options
	engine := flag.String("engine", "sqlite", "sqlite, postgres (a throw-away one) or both")
	flag.StringVar(&o.Size, "size", "full", "community or full")
	flag.IntVar(&o.days, "days", 14, "days of the roster")
	flag.IntVar(&o.drops, "drops", 200, "people who drop out, one after the other")
	flag.IntVar(&o.improve, "improve", 0, "how often the draft is improved before it is published")
	flag.Uint64Var(&o.seed, "seed", 1, "who drops out")
	flag.Parse()
	for _, e := range []string{"sqlite", "postgres"} {
		if *engine == e || *engine == "both" {
			stage.End(o.on(e))
		}
	}
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
	w.Work()
	top, code, err := w.Subdistrict()
	if err != nil {
		return err
	}
	var t struct{ Token string }
	if err := w.Call(w.Author, "POST", "/tokens", map[string]any{"role": "community", "place_code": code}, &t); err != nil {
		return err
	}
	r := &run{options: o, World: w, engine: engine, desk: app.Remote("http://"+srv.Addr(), t.Token, "en"), top: top}
	if err := r.roster(); err != nil {
		return err
	}
	shifts, err := r.shifts(ctx)
	if err != nil {
		return err
	}
	return r.dropOut(shifts)
}

// run is one measurement while it runs.
type run struct {
	options
	*stage.World
	engine string
	desk   *app.Client
	top    string
}

// roster plans, improves and publishes.
func (r *run) roster() error {
	var draft struct {
		ID                         string
		Shifts, Short, Steps, Cost int
	}
	facts := map[string]any{"engine": r.engine, "days": r.days}
	began := time.Now()
	lap := func(name string) {
		facts[name] = time.Since(began).Seconds()
		began = time.Now()
	}
	body := map[string]any{"from": time.Now().AddDate(0, 0, 1).Format(time.DateOnly), "days": r.days, "seed": 1, "items": []string{"grid-watch"}}
	if err := r.Call(r.desk, "POST", "/places/"+r.top+"/rosters", body, &draft); err != nil {
		return err
	}
	lap("plan_seconds")
	facts["cost_first"] = draft.Cost
	for range r.improve {
		if err := r.Call(r.desk, "POST", "/rosters/"+draft.ID+"/improve", map[string]any{}, &draft); err != nil {
			return err
		}
	}
	lap("improve_seconds")
	if err := r.Call(r.desk, "POST", "/rosters/"+draft.ID+"/publish", nil, nil); err != nil {
		return err
	}
	lap("publish_seconds")
	facts["shifts"], facts["short"], facts["steps"], facts["cost"], facts["load"] = draft.Shifts, draft.Short, draft.Steps, draft.Cost, stage.Load()
	stage.Show("roster", facts)
	return nil
}

// shifts reads what was published and says how far apart people are in it: raw among
// the helpers of one kind in one community, alike among those of them who offered the
// same hours and passed the same courses.
func (r *run) shifts(ctx context.Context) ([]shift.Shift, error) {
	hs, err := r.Store.HelpersUnder(ctx, "")
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(hs))
	for i := range hs {
		ids[i] = hs[i].ID
	}
	now := time.Now()
	all, err := r.Store.ShiftsOf(ctx, ids, now, now.AddDate(0, 0, r.days+2))
	if err != nil {
		return nil, err
	}
	load := map[string]int{}
	var out []shift.Shift
	for _, s := range all {
		if s.State == shift.Planned && s.From.After(now) {
			load[s.HelperID]++
			out = append(out, s)
		}
	}
	place, _, err := r.Store.Place(ctx, r.top)
	if err != nil {
		return nil, err
	}
	top := place.Path
	raw, alike := map[string][]int{}, map[string][]int{}
	for i := range hs {
		h := &hs[i]
		at := community(top, h.Path) + " " + h.Kind
		raw[at] = append(raw[at], load[h.ID])
		alike[at+offered(h)] = append(alike[at+offered(h)], load[h.ID])
	}
	facts := map[string]any{"engine": r.engine, "helpers": len(hs), "on_shifts": len(load)}
	facts["spread_raw"], facts["groups"], facts["groups_over_1"] = widest(raw)
	facts["spread_alike"], facts["sets"], facts["sets_over_1"] = widest(alike)
	stage.Show("evenness", facts)
	return out, nil
}

// community is the path of the community above a path: the subdistrict's, and one more.
func community(top, path string) string {
	next, _, _ := strings.Cut(strings.TrimPrefix(path, top), ".")
	return top + next
}

// offered is what somebody may do and when.
func offered(h *people.Helper) string {
	return fmt.Sprint(h.Trained, h.Available, h.Hours, h.Away, h.Birth > 0 && time.Now().Year()-h.Birth < 18, h.Birth > 0 && time.Now().Year()-h.Birth > 65)
}

// widest is the widest difference within one of some sets, how many have two or more
// members, and in how many of those somebody is more than one apart.
func widest(sets map[string][]int) (most, several, over int) {
	for _, counts := range sets {
		if sort.Ints(counts); len(counts) < 2 {
			continue
		}
		several++
		d := counts[len(counts)-1] - counts[0]
		if most = max(most, d); d > 1 {
			over++
		}
	}
	return most, several, over
}

// dropOut lets people drop out, one after the other.
func (r *run) dropOut(shifts []shift.Shift) error {
	g := rand.New(rand.NewPCG(r.seed, 0))
	g.Shuffle(len(shifts), func(i, j int) { shifts[i], shifts[j] = shifts[j], shifts[i] })
	var times []time.Duration
	none := 0
	for _, s := range shifts[:min(len(shifts), r.drops)] {
		var got struct{ Asked []any }
		began := time.Now()
		if err := r.Call(r.desk, "POST", "/shifts/"+s.ID+"/free", map[string]any{"how": "phone"}, &got); err != nil {
			return err
		}
		times = append(times, time.Since(began))
		if len(got.Asked) == 0 {
			none++
		}
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	at := func(q float64) float64 {
		return float64(times[int(float64(len(times)-1)*q)].Microseconds()) / 1000
	}
	stage.Show("drop-out", map[string]any{"engine": r.engine, "drops": len(times), "nobody_proposed": none, "p50_ms": at(0.5), "p95_ms": at(0.95), "worst_ms": at(1), "load": stage.Load()})
	return nil
}
