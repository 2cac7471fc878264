package app

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"shouwang/internal/api"
	"shouwang/internal/dispatch/drill"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
)

// Drill is the kind of a drill's own world: it opens as nothing else.
const Drill = "drill"

// ErrIsDrill says that the data of a drill were opened as something else.
var ErrIsDrill = fault.Define(fault.Forbidden, "SW-2207",
	"{0} 是一次演练的数据，不能单独打开，没有改动任何东西。请打开它所属的数据目录，在“演练”里看。",
	"{0} holds the data of a drill and is not opened by itself; nothing was changed. Open the data directory it belongs to and look under Drills.")

// ErrDrillGone says that a drill's world is not on this server.
var ErrDrillGone = fault.Define(fault.NotFound, "SW-2208",
	"这次演练的世界不在这台服务器上，或已删除。没有改动任何数据，成绩仍可在“演练”里看。",
	"The world of this drill is not on this server, or was deleted. Nothing was changed; the score still stands under Drills.")

// Limits of drills on one server: how many run at a time, and how many worlds are
// kept open for looking at.
const (
	drillsRun  = 2
	drillsOpen = 6
)

// drills are the drills of one world: those that run, and those open to be looked at.
type drills struct {
	app *App
	mu  sync.Mutex
	at  map[string]*drillRun
}

// drillRun is one drill whose world is open, or about to be.
type drillRun struct {
	of     *drills
	run    drill.Run
	clock  *drillClock
	stop   context.CancelFunc
	done   chan struct{} // closed when it does not run (any more)
	opened chan struct{} // closed when world can be used or never will be

	mu     sync.Mutex
	world  *App
	report drill.Report
	state  string
}

// Reserve keeps room for a drill that is about to be written down. Fault: SW-2206.
func (d *drills) Reserve(run drill.Run) (begin, release func(), err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, r := range d.at {
		if r.running() {
			n++
		}
	}
	if n >= drillsRun {
		return nil, nil, api.ErrDrillsFull.With(drillsRun)
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &drillRun{of: d, run: run, clock: newDrillClock(run.Started, run.Speed), stop: stop, done: make(chan struct{}), opened: make(chan struct{}), report: run.Report, state: drill.Running}
	d.at[run.ID] = r
	d.tidy()
	begin = func() { go r.live(ctx) }
	release = func() {
		stop()
		close(r.opened)
		close(r.done)
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.at, run.ID)
	}
	return begin, release, nil
}

// tidy closes worlds that nobody needs when many are open.
func (d *drills) tidy() {
	for len(d.at) > drillsOpen {
		oldest := ""
		for id, r := range d.at {
			if !r.running() && (oldest == "" || id < oldest) {
				oldest = id
			}
		}
		if oldest == "" {
			return
		}
		go d.at[oldest].close()
		delete(d.at, oldest)
	}
}

func (r *drillRun) running() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state == drill.Running
}

// fact is what the drill's own world says of itself.
func (r *drillRun) fact() api.DrillFact {
	r.mu.Lock()
	defer r.mu.Unlock()
	return api.DrillFact{ID: r.run.ID, Speed: r.run.Speed, State: r.state}
}

// Stop ends a drill that runs here and waits until it has.
func (d *drills) Stop(id string) bool {
	d.mu.Lock()
	r := d.at[id]
	d.mu.Unlock()
	if r == nil || !r.running() {
		return false
	}
	r.stop()
	<-r.done
	return true
}

// Report says how far a drill that runs here is.
func (d *drills) Report(id string) (drill.Report, bool) {
	d.mu.Lock()
	r := d.at[id]
	d.mu.Unlock()
	if r == nil {
		return drill.Report{}, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.report
	out.Steps = append([]drill.StepSeen{}, out.Steps...)
	return out, true
}

// Remove deletes the world of a drill that does not run.
func (d *drills) Remove(id string) error {
	d.mu.Lock()
	r := d.at[id]
	delete(d.at, id)
	d.mu.Unlock()
	if r != nil {
		<-r.done
		r.close()
	}
	data, keys := d.dirs(id)
	for _, dir := range []string{keys, data} { // keys first: what is left cannot be read
		if err := os.RemoveAll(dir); err != nil {
			return ErrDataDir.With(dir).Because(err)
		}
	}
	return nil
}

// dirs are where a drill's data and keys lie: beside the world they belong to.
func (d *drills) dirs(id string) (data, keys string) {
	return filepath.Join(d.app.Config.Data, "drills", id), filepath.Join(d.app.Config.Keys, "drills", id)
}

// close stops every drill and closes every world.
func (d *drills) close() {
	d.mu.Lock()
	all := make([]*drillRun, 0, len(d.at))
	for _, r := range d.at {
		all = append(all, r)
	}
	d.at = map[string]*drillRun{}
	d.mu.Unlock()
	for _, r := range all {
		r.stop()
		<-r.done
		r.close()
	}
}

func (r *drillRun) close() {
	r.mu.Lock()
	w := r.world
	r.world = nil
	r.mu.Unlock()
	if w != nil {
		w.Close()
	}
}

// settle marks drills that a stop of the server cut off, and clears away the worlds
// of deleted ones. Several servers may share the data: only worlds that lie here count.
func (d *drills) settle(ctx context.Context) error {
	dirs, err := os.ReadDir(filepath.Join(d.app.Config.Data, "drills"))
	if err != nil {
		return nil // none was ever run here
	}
	for _, f := range dirs {
		run, ok, err := d.app.Store.Drill(ctx, f.Name())
		switch {
		case err != nil:
			return ErrDatabase.With().Because(err)
		case !ok || run.State == drill.Deleted:
			if err := d.Remove(f.Name()); err != nil {
				return err
			}
		case run.State == drill.Running:
			run.Report.Why = mode.Text{ZH: "服务中途停止，演练到此为止，没有成绩", EN: "The server stopped in the middle; the drill ended there, without a score"}
			if err := d.ended(ctx, run, drill.Stopped); err != nil {
				return err
			}
		}
	}
	return nil
}

// ended writes down that a drill does not run any more, and what came of it.
func (d *drills) ended(ctx context.Context, run drill.Run, state string) error {
	now := d.app.Config.Clock()
	base := run.Version
	run.State, run.Ended = state, now
	e := journal.Entry{At: now, Actor: "system", Verb: "drill." + state, Thing: "drills", ThingID: run.ID, PlaceID: run.PlaceID, Path: run.Path, Audience: "work", Purpose: "register", Payload: []byte("{}")}
	_, err := d.app.Store.Commit(ctx, nil, nil, journal.Change{Row: &run, Base: base, Entry: e})
	return err
}

// live is a drill from its beginning to its end.
func (r *drillRun) live(ctx context.Context) {
	defer close(r.done)
	err := r.open(ctx, true)
	close(r.opened)
	if err == nil {
		err = r.drive(ctx)
	}
	state := drill.Ended
	switch {
	case err == nil:
	case ctx.Err() != nil:
		state = drill.Stopped
		r.update(func(p *drill.Report) {
			p.Why = mode.Text{ZH: "演练被停下，没有成绩", EN: "The drill was stopped; there is no score"}
		})
	default:
		state = drill.Failed
		zh, _ := Explain(err, "zh")
		en, code := Explain(err, "en")
		r.of.app.Config.Log.Error("drill failed", "code", code, "cause", err)
		r.update(func(p *drill.Report) { p.Why = mode.Text{ZH: zh + " " + code, EN: en + " " + code} })
	}
	r.clock.halt()
	run, ok, err := r.of.app.Store.Drill(context.Background(), r.run.ID)
	if err == nil && ok {
		run.Report, _ = r.of.Report(r.run.ID)
		if run.Report.Steps == nil {
			r.mu.Lock()
			run.Report = r.report
			r.mu.Unlock()
		}
		err = r.of.ended(context.Background(), run, state)
	}
	if err != nil {
		r.of.app.Config.Log.Error("drill not written down", "cause", err)
	}
	r.mu.Lock()
	r.state = state
	r.mu.Unlock()
}

// update changes the report that others read.
func (r *drillRun) update(change func(*drill.Report)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.report)
}

// open opens the drill's world; fresh says that it is to be made and filled.
func (r *drillRun) open(ctx context.Context, fresh bool) error {
	data, keys := r.of.dirs(r.run.ID)
	if _, err := os.Stat(data); err != nil && !fresh {
		return ErrDrillGone.With()
	}
	parent := r.of.app.Config
	w, err := Open(ctx, Config{Data: data, Keys: keys, Kind: Drill, Clock: r.clock.now, Log: parent.Log, SheetReader: parent.SheetReader, Version: parent.Version, drill: r})
	if err != nil {
		return err
	}
	if fresh {
		if err := fillDrill(ctx, r.of.app, w, r.run); err != nil {
			w.Close()
			return err
		}
	}
	r.mu.Lock()
	r.world = w
	r.mu.Unlock()
	return nil
}

// look returns the world of a drill that runs here or ended here, opening it when it
// is not. Fault: SW-2208.
func (d *drills) look(ctx context.Context, id string) (*App, error) {
	d.mu.Lock()
	r := d.at[id]
	if r == nil {
		run, ok, err := d.app.Store.Drill(ctx, id)
		if err != nil || !ok || run.State == drill.Deleted || run.State == drill.Running {
			d.mu.Unlock()
			return nil, ErrDrillGone.With()
		}
		r = &drillRun{of: d, run: run, clock: newDrillClock(run.Started, 0), stop: func() {}, done: make(chan struct{}), opened: make(chan struct{}), report: run.Report, state: run.State}
		r.clock.set(run.Report.Minute)
		close(r.done)
		d.at[id] = r
		d.tidy()
		d.mu.Unlock()
		err = r.open(context.Background(), false)
		close(r.opened)
		if err != nil {
			d.mu.Lock()
			delete(d.at, id)
			d.mu.Unlock()
			return nil, err
		}
	} else {
		d.mu.Unlock()
	}
	select {
	case <-r.opened:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.world == nil {
		return nil, ErrDrillGone.With()
	}
	return r.world, nil
}
