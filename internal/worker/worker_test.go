package worker

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/round"
	"shouwang/internal/seal"
	"shouwang/internal/store"
)

// world is a store on disk under a clock that the test sets.
type world struct {
	*Worker
	t     *testing.T
	ctx   context.Context
	store *store.Store
	file  string
	now   time.Time

	sealer *seal.Sealer
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, ctx: context.Background(), file: filepath.Join(t.TempDir(), "d.db"), now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)}
	w.open()
	t.Cleanup(func() { w.store.Close() })
	return w
}

func (w *world) open() {
	root, err := seal.NewRoot()
	if err != nil {
		w.t.Fatal(err)
	}
	clock := func() time.Time { return w.now }
	w.sealer = seal.New(root, &seal.MemoryRing{})
	if w.store, err = store.Open(w.ctx, "sqlite:"+w.file, store.Options{Clock: clock, Sealer: w.sealer}); err != nil {
		w.t.Fatal(err)
	}
	w.Worker = &Worker{Store: w.store, Clock: clock, Log: slog.New(slog.DiscardHandler)}
}

// reopen is a restart: what the worker remembered is gone.
func (w *world) reopen() {
	w.store.Close()
	w.open()
}

func (w *world) write(rows ...any) {
	w.t.Helper()
	for _, r := range rows {
		if _, err := w.store.Commit(w.ctx, nil, nil, journal.Change{Row: r, Entry: journal.Entry{Actor: "a", Verb: "x.made", Payload: []byte("{}")}}); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) tick() {
	w.t.Helper()
	if err := w.Once(w.ctx); err != nil {
		w.t.Fatal(err)
	}
}

// verbs counts the worker's entries by what they are about.
func (w *world) verbs(verb string) map[string]int {
	w.t.Helper()
	es, err := w.store.Entries(w.ctx, 0, 10000)
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]int{}
	for _, e := range es {
		if e.Verb == verb && e.Actor == Actor {
			out[e.ThingID]++
		}
	}
	return out
}

func TestLapseIsWrittenOnceWhateverHappens(t *testing.T) {
	w := newWorld(t)
	day := 24 * time.Hour
	begin := w.now
	w.write(
		&dispatch.Incident{ID: "i", PlaceID: "p", Path: "p.", Declared: begin, Started: begin},
		&dispatch.Incident{ID: "draft", PlaceID: "p", Path: "p.", Declared: begin},
		&dispatch.Incident{ID: "over", PlaceID: "p", Path: "p.", Declared: begin, Started: begin, Ended: begin.Add(day)},
		&mode.Measure{ID: "short", Incident: "i", Zone: "lockdown", PlaceID: "p", Path: "p.", Basis: "b", From: begin, Until: begin.Add(2 * day)},
		&mode.Measure{ID: "long", Incident: "i", Zone: "control", PlaceID: "p", Path: "p.", Basis: "b", From: begin, Until: begin.Add(9 * day)},
		&mode.Measure{ID: "lifted", Incident: "i", Zone: "control", PlaceID: "q", Path: "q.", Basis: "b", From: begin, Until: begin.Add(2 * day), Lifted: begin.Add(day)},
		&mode.Measure{ID: "waiting", Incident: "i", Zone: "control", PlaceID: "r", Path: "r.", Basis: "b", From: begin.Add(2 * day), Until: begin.Add(2 * day)},
		&mode.Measure{ID: "never-held", Incident: "draft", Zone: "control", PlaceID: "r", Path: "r.", Basis: "b", From: begin, Until: begin.Add(2 * day)},
		&mode.Measure{ID: "ended-with", Incident: "over", Zone: "control", PlaceID: "r", Path: "r.", Basis: "b", From: begin, Until: begin.Add(2 * day)},
	)
	w.tick()
	if got := w.verbs("measure.lapsed"); len(got) != 0 {
		t.Fatalf("lapsed before its end: %v", got)
	}
	w.now = begin.Add(2*day - time.Millisecond)
	w.tick()
	if got := w.verbs("measure.lapsed"); len(got) != 0 {
		t.Fatalf("lapsed before its end: %v", got)
	}
	w.now = begin.Add(2 * day)
	for range 3 {
		w.tick()
		w.now = w.now.Add(time.Minute)
		w.tick()
		w.reopen()
	}
	if got := w.verbs("measure.lapsed"); len(got) != 1 || got["short"] != 1 {
		t.Fatalf("want one entry for the short measure, got %v", got)
	}
	w.now = begin.Add(30 * day) // a server that stood still for weeks
	w.tick()
	if got := w.verbs("measure.lapsed"); len(got) != 2 || got["long"] != 1 {
		t.Fatalf("want one more for the long one, got %v", got)
	}
}

// kept notes for which incidents hours were kept.
type kept struct {
	of     []string
	broken bool
}

func (k *kept) CloseArrivals(_ context.Context, incident string, end time.Time) error {
	k.of = append(k.of, incident+"@"+end.UTC().Format(time.RFC3339))
	if k.broken {
		return errors.New("the store is away")
	}
	return nil
}

// A start by one person that nobody confirmed ends by itself, and that is said once.
func TestUnconfirmedStartIsSaidToLapse(t *testing.T) {
	w := newWorld(t)
	w.write(
		&dispatch.Incident{ID: "alone", PlaceID: "p", Path: "p.", Started: w.now, Ended: w.now.Add(2 * time.Hour), EndBy: dispatch.Lapse},
		&dispatch.Incident{ID: "ended", PlaceID: "p", Path: "p.", Started: w.now, Ended: w.now.Add(time.Hour), EndBy: "somebody"},
	)
	w.tick()
	if got := w.verbs("incident.lapsed"); len(got) != 0 {
		t.Fatalf("too early: %v", got)
	}
	w.now = w.now.Add(2 * time.Hour)
	kept := &kept{broken: true}
	w.Served = kept
	if err := w.Once(w.ctx); err == nil {
		t.Fatal("a failure is not said")
	}
	if got := w.verbs("incident.lapsed"); len(got) != 0 || len(kept.of) != 1 {
		t.Fatal("said to lapse before the hours were kept:", got, kept.of)
	}
	kept.broken = false
	w.tick()
	w.reopen()
	w.Served = kept
	w.tick()
	if len(kept.of) != 2 || kept.of[1] != "alone@"+w.now.UTC().Format(time.RFC3339) {
		t.Fatal("hours:", kept.of)
	}
	if got := w.verbs("incident.lapsed"); len(got) != 1 || got["alone"] != 1 {
		t.Fatalf("got %v", got)
	}
}

// A measure that was prolonged and ends again lapses again, under another id.
func TestLapseKnowsTheEndItIsAbout(t *testing.T) {
	w := newWorld(t)
	until := w.now.Add(time.Hour)
	w.write(&dispatch.Incident{ID: "i", PlaceID: "p", Path: "p.", Started: w.now})
	m := mode.Measure{ID: "m", Incident: "i", Zone: "z", PlaceID: "p", Path: "p.", Basis: "b", From: w.now, Until: until}
	w.write(&m)
	w.now = until
	w.tick()
	m.Until = until.Add(time.Hour)
	if _, err := w.store.Commit(w.ctx, nil, nil, journal.Change{Row: &m, Base: m.Version, Entry: journal.Entry{Actor: "a", Verb: "measure.prolonged", Payload: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	w.tick()
	w.now = m.Until
	w.tick()
	w.tick()
	if got := w.verbs("measure.lapsed"); got["m"] != 2 {
		t.Fatalf("got %v", got)
	}
}

func TestWhoActedForAHouseholdIsForgotten(t *testing.T) {
	w := newWorld(t)
	past := access.Kin{ID: "past", PlaceID: "d", Name: "陈小芳", Relation: "daughter", Purpose: "替家里求助", Given: w.now, Until: w.now.Add(time.Hour)}
	ended := access.Kin{ID: "ended", PlaceID: "d", Name: "陈小明", Relation: "son", Purpose: "看进展", Given: w.now, Until: w.now.Add(300 * 24 * time.Hour), Revoked: w.now.Add(time.Minute)}
	acts := access.Kin{ID: "acts", PlaceID: "d", Name: "陈小兰", Relation: "sibling", Purpose: "替家里求助", Given: w.now, Until: w.now.Add(300 * 24 * time.Hour)}
	w.write(&past, &ended, &acts)
	for _, step := range []struct {
		after time.Duration
		want  []string // who is still known
	}{
		{access.KinKeep, []string{"past", "ended", "acts"}},
		{time.Minute, []string{"past", "acts"}},
		{time.Hour, []string{"acts"}},
	} {
		w.now = w.now.Add(step.after)
		w.tick()
		w.tick()
		var known []string
		for _, id := range []string{"past", "ended", "acts"} {
			k, ok, err := w.store.Kin(w.ctx, id)
			if err != nil || !ok || k.Relation == "" || (k.Name == "") != (k.Purpose == "") {
				t.Fatalf("%+v %v %v", k, ok, err)
			}
			if k.Name != "" {
				known = append(known, id)
			}
		}
		if !slices.Equal(known, step.want) {
			t.Fatalf("after %s: %v, want %v", step.after, known, step.want)
		}
		if wrote := w.verbs("kin.forgotten"); len(wrote) != 3-len(step.want) {
			t.Fatalf("after %s: %v", step.after, wrote)
		}
	}
}

func TestSweepClosesSessionsWhoseTimeIsUp(t *testing.T) {
	w := newWorld(t)
	idle, _ := access.NewSession("idle", access.Browser, []access.Role{access.Commander}, w.now)
	field, _ := access.NewSession("field", access.Browser, []access.Role{access.Lead}, w.now)
	token, _ := access.NewSession("token", access.APIToken, []access.Role{access.Lead}, w.now)
	w.write(&idle, &field, &token)
	w.now = w.now.Add(15*time.Minute - time.Second)
	w.tick()
	if got := w.verbs("session.expired"); len(got) != 0 {
		t.Fatalf("closed too early: %v", got)
	}
	for _, step := range []struct {
		after time.Duration
		want  map[string]int
	}{
		{time.Second, map[string]int{"idle": 1}},
		{12 * time.Hour, map[string]int{"idle": 1, "field": 1}},
		{91 * 24 * time.Hour, map[string]int{"idle": 1, "field": 1, "token": 1}},
	} {
		w.now = w.now.Add(step.after)
		w.tick()
		w.tick()
		got := w.verbs("session.expired")
		if len(got) != len(step.want) {
			t.Fatalf("after %s: %v, want %v", step.after, got, step.want)
		}
		for k, n := range step.want {
			if got[k] != n {
				t.Fatalf("after %s: %v, want %v", step.after, got, step.want)
			}
		}
	}
	x, ok, err := w.store.Session(w.ctx, idle.TokenHash)
	if err != nil || !ok || x.Ended.IsZero() {
		t.Fatalf("%+v %v %v", x, ok, err)
	}
}

func TestRunWorksAtEachTick(t *testing.T) {
	w := newWorld(t)
	w.write(
		&dispatch.Incident{ID: "i", PlaceID: "p", Path: "p.", Started: w.now},
		&mode.Measure{ID: "m", Incident: "i", Zone: "z", PlaceID: "p", Path: "p.", Basis: "b", From: w.now, Until: w.now.Add(time.Hour)},
	)
	var at atomic.Pointer[time.Time]
	set := func(x time.Time) { at.Store(&x) }
	set(w.now)
	w.Clock = func() time.Time { return *at.Load() }
	tick := make(chan time.Time)
	w.Tick = tick
	ctx, stop := context.WithCancel(w.ctx)
	ended := make(chan bool)
	go func() { w.Run(ctx); close(ended) }()
	tick <- w.now // taken once the first round of work is over
	set(w.now.Add(time.Hour))
	tick <- w.now
	tick <- w.now // taken once a round after the end is over
	stop()
	<-ended
	if got := w.verbs("measure.lapsed"); got["m"] != 1 {
		t.Fatalf("got %v", got)
	}
}

func TestEraseWhenTheClockOfDeletionRunsOut(t *testing.T) {
	w := newWorld(t)
	sealer := w.sealer
	w.Eraser, w.Keys = w.store, sealer
	start := w.now
	inc := &dispatch.Incident{ID: "i1", Title: "t", PlaceID: "p", Path: "p.", Declared: start, Started: start, Ended: start.Add(time.Hour), EndBy: "b", Keep: 30 * 24 * time.Hour}
	other := &dispatch.Incident{ID: "i2", Title: "t", PlaceID: "p", Path: "p.", Declared: start, Started: start, Keep: 30 * 24 * time.Hour}
	w.write(inc, other,
		&round.Target{RoundID: "r1", Incident: "i1", PlaceID: "d", Path: "p.d.", Outcome: "needs-help", Choice: "medicine"},
		&round.Target{RoundID: "r2", Incident: "i2", PlaceID: "d", Path: "p.d.", Outcome: "needs-help", Choice: "medicine"})
	for _, step := range []struct {
		at    time.Duration
		there bool
	}{{2 * time.Hour, true}, {30 * 24 * time.Hour, true}, {30*24*time.Hour + time.Hour, false}, {31 * 24 * time.Hour, false}} {
		w.now = start.Add(step.at)
		w.tick()
		if _, ok, err := w.store.Target(w.ctx, "r1", "d"); err != nil || ok != step.there {
			t.Fatalf("after %v: there %v, %v", step.at, ok, err)
		}
		if x, ok, err := w.store.Target(w.ctx, "r2", "d"); err != nil || !ok || x.Choice != "medicine" {
			t.Fatalf("after %v the other incident lost its facts: %+v %v", step.at, x, err)
		}
	}
	if n := w.verbs("incident.erased")["i1"]; n != 1 {
		t.Fatal("certificates:", n)
	}
	if _, err := sealer.Seal(w.ctx, "incident:i1", "d", "x", []byte("y")); err == nil {
		t.Fatal("the key still seals")
	}
	if rep, err := w.store.Verify(w.ctx, ""); err != nil || !rep.OK() {
		t.Fatal(rep, err)
	}
}

// mender counts how often it is asked.
type mender struct{ asked, left int }

func (m *mender) Mend(context.Context) (int, error) {
	m.asked++
	n := m.left
	m.left = 0
	return n, nil
}

func TestRowsAstrayAreLookedForAtTheStartAndEveryHour(t *testing.T) {
	w := newWorld(t)
	m := &mender{left: 3}
	w.Mender = m
	if n, err := w.Mend(w.ctx, w.now); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	w.tick()
	if m.asked != 1 {
		t.Fatal(m.asked)
	}
	w.now = w.now.Add(time.Hour)
	w.tick()
	w.tick()
	if m.asked != 2 {
		t.Fatal(m.asked)
	}
}
