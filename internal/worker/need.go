package worker

import (
	"context"
	"errors"
	"strconv"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/round"
)

// Needs is what the worker reads of cases, custodies and greetings, and who decides what the
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
}

// batch is how many cases or custodies are moved in one round of work.
const batch = 500

// Move does what is due to cases and custodies: what nobody took or answered climbs, a
// transfer nobody answered is granted, a pause ends, an answer with proof closes, what
// was said of a closed case is forgotten when its time is over, a hand-over that did not
// come raises its alarm, a greeting that did not come climbs. It returns how many it moved.
// What fails for one case holds up no other.
func (w *Worker) Move(ctx context.Context, now time.Time) (n int, err error) {
	if w.Needs == nil {
		return 0, nil
	}
	ks, err := w.Needs.CasesDue(ctx, now, batch)
	if err != nil {
		return 0, err
	}
	for _, k := range ks {
		changes, did := w.Needs.MoveByClock(ctx, k, now, Actor)
		if did == nil && forgets(changes) {
			did = w.forgetCase(ctx, k.ID)
		}
		if did == nil {
			did = w.commitDue(ctx, &n, ID(k.ID+"@"+strconv.FormatInt(k.Version, 10), "case/1"), changes)
		}
		err = errors.Join(err, did)
	}
	cs, late := w.Needs.CustodiesDue(ctx, now, batch)
	err = errors.Join(err, late)
	for _, k := range cs {
		changes, did := w.Needs.AlarmByClock(ctx, k, now, Actor)
		if did == nil {
			did = w.commitDue(ctx, &n, ID(k.ID+"@"+strconv.FormatInt(k.Version, 10), "custody/1"), changes)
		}
		err = errors.Join(err, did)
	}
	gs, missed := w.Needs.GreetingsDue(ctx, now, batch)
	err = errors.Join(err, missed)
	for _, g := range gs {
		changes, did := w.Needs.GreetByClock(ctx, g, now, Actor)
		if did == nil {
			did = w.commitDue(ctx, &n, ID(g.PersonID+"@"+strconv.FormatInt(g.Version, 10), "greeting/1"), changes)
		}
		err = errors.Join(err, did)
	}
	return n, errors.Join(err, w.doses(ctx, now, &n))
}

// doses does what is due to the days on which medicines run out: the errand is opened,
// once for each day; what a plan that ended said is forgotten.
func (w *Worker) doses(ctx context.Context, now time.Time, n *int) error {
	ds, err := w.Needs.DosesDue(ctx, now, batch)
	for _, d := range ds {
		changes, did := w.Needs.DoseByClock(ctx, d, now, Actor)
		if did == nil && !d.Ended.IsZero() && len(changes) > 0 {
			did = w.forgetSubject(ctx, d.ID)
		}
		if did == nil {
			did = w.commitDue(ctx, n, ID(d.ID+"@"+strconv.FormatInt(d.Version, 10), "dose/1"), changes)
		}
		err = errors.Join(err, did)
	}
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
