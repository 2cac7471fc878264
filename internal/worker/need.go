package worker

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/round"
)

// Needs is what the worker reads of cases, custodies, greetings and points, and who decides what the
// clock does to one.
type Needs interface {
	CasesDue(ctx context.Context, now time.Time, limit int) ([]need.Case, error)
	CustodiesDue(ctx context.Context, now time.Time, limit int) ([]need.Custody, error)
	MoveByClock(ctx context.Context, k need.Case, now time.Time, by string) ([]journal.Change, error)
	AlarmByClock(ctx context.Context, k need.Custody, now time.Time, by string) ([]journal.Change, error)
	GreetingsDue(ctx context.Context, now time.Time, limit int) ([]round.Greeting, error)
	DosesDue(ctx context.Context, now time.Time, limit int) ([]need.Dose, error)
	DoseByClock(ctx context.Context, d need.Dose, now time.Time, by string) ([]journal.Change, error)
	// CustodiesOf names what was handed on in a case: what was said of it is forgotten with it.
	CustodiesOf(ctx context.Context, caseID string) ([]need.Custody, error)
	GreetByClock(ctx context.Context, g round.Greeting, now time.Time, by string) ([]journal.Change, error)
	PointsDue(ctx context.Context, now time.Time, limit int) ([]round.Point, error)
	LapseByClock(p round.Point, now time.Time, by string) []journal.Change
}

// abreast is how many of what is due are moved at one time, so that they share commits.
const abreast = 8

// batch is how many cases or custodies are moved in one round of work.
const batch = 500

// Move does what is due to cases, custodies, greetings, points and medicines: what nobody
// took or answered climbs, a transfer nobody answered is granted, a pause ends, an answer
// with proof closes, what was said of a closed case is forgotten when its time is over, a
// hand-over that did not come raises its alarm, a greeting that did not come climbs, a
// point nobody visited is missed, a medicine that runs out opens its errand. It returns how
// many it moved. What fails for one holds up no other.
func (w *Worker) Move(ctx context.Context, now time.Time) (n int, err error) {
	if w.Needs == nil {
		return 0, nil
	}
	for range 20 { // after a stand-still many are due at once
		was := n
		ks, did := w.Needs.CasesDue(ctx, now, batch)
		err = errors.Join(err, due(ctx, w, &n, "case/1", ks, did, func(k need.Case) (string, int64, []journal.Change, error) {
			changes, did := w.Needs.MoveByClock(ctx, k, now, Actor)
			if did == nil && forgets(changes) {
				did = w.forgetCase(ctx, k.ID)
			}
			return k.ID, k.Version, changes, did
		}))
		if err != nil || len(ks) < batch || n == was {
			break
		}
	}
	cs, did := w.Needs.CustodiesDue(ctx, now, batch)
	err = errors.Join(err, due(ctx, w, &n, "custody/1", cs, did, func(k need.Custody) (string, int64, []journal.Change, error) {
		changes, did := w.Needs.AlarmByClock(ctx, k, now, Actor)
		return k.ID, k.Version, changes, did
	}))
	gs, did := w.Needs.GreetingsDue(ctx, now, batch)
	err = errors.Join(err, due(ctx, w, &n, "greeting/1", gs, did, func(g round.Greeting) (string, int64, []journal.Change, error) {
		changes, did := w.Needs.GreetByClock(ctx, g, now, Actor)
		return g.PersonID, g.Version, changes, did
	}))
	ps, did := w.Needs.PointsDue(ctx, now, batch)
	err = errors.Join(err, due(ctx, w, &n, "point/1", ps, did, func(p round.Point) (string, int64, []journal.Change, error) {
		return p.ID, p.Version, w.Needs.LapseByClock(p, now, Actor), nil
	}))
	ds, did := w.Needs.DosesDue(ctx, now, batch)
	return n, errors.Join(err, due(ctx, w, &n, "dose/1", ds, did, func(d need.Dose) (string, int64, []journal.Change, error) {
		changes, did := w.Needs.DoseByClock(ctx, d, now, Actor)
		if did == nil && !d.Ended.IsZero() && len(changes) > 0 {
			did = w.forgetSubject(ctx, d.ID) // what a plan that ended said
		}
		return d.ID, d.Version, changes, did
	}))
}

// due decides and writes what the clock does to each row of a kind, some at a time, and
// counts it. A row is moved once at each of its versions, whichever server does it.
func due[T any](ctx context.Context, w *Worker, n *int, rule string, rows []T, err error, decide func(T) (id string, version int64, changes []journal.Change, err error)) error {
	var mu sync.Mutex
	var all sync.WaitGroup
	free := make(chan struct{}, abreast)
	for _, row := range rows {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			id, version, changes, did := decide(row)
			moved := 0
			if did == nil {
				did = w.commitDue(ctx, &moved, ID(id+"@"+strconv.FormatInt(version, 10), rule), changes)
			}
			mu.Lock()
			defer mu.Unlock()
			*n, err = *n+moved, errors.Join(err, did)
		})
	}
	all.Wait()
	return err
}

// forgetCase destroys the keys of a case's words and of what was said at its hand-overs.
func (w *Worker) forgetCase(ctx context.Context, id string) error {
	cs, err := w.Needs.CustodiesOf(ctx, id)
	for _, c := range cs {
		err = errors.Join(err, w.forgetSubject(ctx, c.ID))
	}
	return errors.Join(err, w.forgetSubject(ctx, id))
}

// forgets says whether the clock is to forget what was said of a case.
func forgets(changes []journal.Change) bool {
	for _, c := range changes {
		if k, ok := c.Row.(*need.Case); ok && !k.Forgotten.IsZero() {
			return true
		}
	}
	return false
}

// forgetSubject destroys the key of a case's words. The key goes first: a crash between
// the two leaves unreadable words, and the next round of work says so.
func (w *Worker) forgetSubject(ctx context.Context, id string) error {
	if w.Keys == nil {
		return ErrStuck.With()
	}
	return w.Keys.DestroySubject(ctx, needsPurpose, id)
}

// needsPurpose is the purpose that the words of cases are sealed under.
const needsPurpose = "needs"

// commitDue writes what the clock decided, once, and counts it. A conflict means that
// somebody moved it just now: the next round looks again.
func (w *Worker) commitDue(ctx context.Context, n *int, id string, changes []journal.Change) error {
	if len(changes) == 0 {
		return nil
	}
	_, err := w.Store.Commit(ctx, &journal.Op{ID: id, Hash: id}, nil, changes...)
	switch {
	case err == nil:
		*n++
	case fault.KindOf(err) == fault.Conflict:
		return nil
	}
	return err
}
