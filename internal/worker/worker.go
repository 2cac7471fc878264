package worker

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
)

// ErrStuck is logged when a round of work failed; the next one tries again.
var ErrStuck = fault.Define(fault.Unavailable, "SW-1860",
	"按时钟办事的后台任务这次没有办成，数据不受影响，会自动重试。若反复出现，请查看日志。",
	"The work that goes by the clock failed this time; data are not affected and it tries again by itself. If it goes on, read the log.")

// Actor is who the worker's entries are by.
const Actor = "system"

// Store is what the worker reads and writes.
type Store interface {
	Incidents(ctx context.Context, open bool) ([]dispatch.Incident, error)
	Measures(ctx context.Context, incident string) ([]mode.Measure, error)
	KinOver(ctx context.Context, ended time.Time, limit int) ([]access.Kin, error)
	SessionsOver(ctx context.Context, now time.Time, limit int) ([]access.Session, error)
	Receipt(ctx context.Context, account string, op journal.Op) (journal.Receipt, bool, error)
	Commit(ctx context.Context, op *journal.Op, body []byte, changes ...journal.Change) (journal.Receipt, error)
}

// Served keeps the hours of whoever stood on posts of an incident that lapsed by itself.
type Served interface {
	CloseArrivals(ctx context.Context, incident string, end time.Time) error
}

// Worker is the loop of one world.
type Worker struct {
	Store  Store
	Eraser Eraser // with Keys: what forgets ended incidents; nil: nothing is forgotten
	Keys   Keys
	Mender Mender // nil: rows that lie astray stay so
	Post   *Post  // nil: no notice is moved on
	Needs  Needs  // nil: no case is moved on
	Served Served // nil: what nobody handed over of a lapsed incident stays so
	// Warnings, when set, is what reckons warnings; nil: nobody is warned.
	Warnings Warnings
	Clock    func() time.Time // the world's clock
	Log      *slog.Logger
	// Every is the time between two looks at what is due, 0: one second; Tidy that
	// between two rounds of what has no hour, 0: ten seconds.
	Every, Tidy time.Duration
	// Turn says whether this server does the work now, and under which context; nil:
	// it is the only one.
	Turn func(ctx context.Context) (context.Context, bool, error)
	// TakeBack, when set, takes back what servers that died left unfinished.
	TakeBack func(ctx context.Context) error
	Tick     <-chan time.Time // when set, all work follows each token instead

	// Receipts, with ReceiptsFor, is what lets go of old answers; nil: they stay.
	Receipts    Forgetter
	ReceiptsFor time.Duration

	// Late, when set, is told how long after an end its lapse was written down.
	Late func(delay time.Duration)

	done     map[string]bool // operations known to be done
	mended   time.Time       // when it was last looked for rows that lie astray
	warned   time.Time       // when warnings were last reckoned, and up to which entry
	warnedTo int64
	warnTook time.Duration // how long that took
	forgot   time.Time     // when it was last looked for answers kept too long
}

// Run works until the context ends. What is due does not wait for what has no hour.
func (w *Worker) Run(ctx context.Context) {
	if w.Tick != nil {
		w.loop(ctx, w.Tick, w.Once)
		return
	}
	due, tidy := time.NewTicker(cmp.Or(w.Every, time.Second)), time.NewTicker(cmp.Or(w.Tidy, 10*time.Second))
	defer due.Stop()
	defer tidy.Stop()
	var both sync.WaitGroup
	both.Go(func() { w.loop(ctx, due.C, w.Due) })
	both.Go(func() { w.loop(ctx, tidy.C, w.Order) })
	both.Wait()
}

func (w *Worker) loop(ctx context.Context, tick <-chan time.Time, work func(context.Context) error) {
	for {
		if err := work(ctx); err != nil && ctx.Err() == nil {
			w.Log.Error("worker", slog.String("code", ErrStuck.Code), slog.Any("cause", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
	}
}

// Once does all work that is due now, where it is this server's turn.
func (w *Worker) Once(ctx context.Context) error { return errors.Join(w.Due(ctx), w.Order(ctx)) }

// Due does what has its hour, where it is this server's turn: measures lapse, notices are
// handed on, cases, custodies and greetings move.
func (w *Worker) Due(ctx context.Context) error {
	return w.mine(ctx, func(ctx context.Context, now time.Time) error {
		_, err1 := w.Lapse(ctx, now)
		_, err2 := w.Notices(ctx, now)
		_, err3 := w.Move(ctx, now)
		return errors.Join(err1, err2, err3)
	})
}

// Order does what has no hour, where it is this server's turn: sessions and answers that
// are over go, ended incidents and relatives whose leave ended are forgotten, rows that lie astray are mended, warnings
// are reckoned.
func (w *Worker) Order(ctx context.Context) error {
	return w.mine(ctx, func(ctx context.Context, now time.Time) (err error) {
		if w.TakeBack != nil {
			err = w.TakeBack(ctx)
		}
		_, err1 := w.Sweep(ctx, now)
		_, err2 := w.Erase(ctx, now)
		_, err3 := w.Mend(ctx, now)
		_, err4 := w.Forget(ctx, now)
		_, err5 := w.Warn(ctx, now)
		_, err6 := w.ForgetKin(ctx, now)
		return errors.Join(err, err1, err2, err3, err4, err5, err6)
	})
}

// mine does work under the context of this server's turn, if it has it.
func (w *Worker) mine(ctx context.Context, do func(ctx context.Context, now time.Time) error) error {
	if w.Turn != nil {
		mine, ok, err := w.Turn(ctx)
		if err != nil || !ok {
			return err
		}
		ctx = mine
	}
	return do(ctx, w.Clock())
}

// Lapse writes one entry for each measure that was in force and has come to its
// end, and for each start by one person that nobody confirmed in time. It returns
// how many it wrote. It changes no row: the end stands in the thing itself.
func (w *Worker) Lapse(ctx context.Context, now time.Time) (n int, err error) {
	incidents, err := w.Store.Incidents(ctx, false)
	if err != nil {
		return 0, err
	}
	for _, inc := range incidents {
		if inc.Started.IsZero() {
			continue
		}
		var due []effect
		if inc.EndBy == dispatch.Lapse && !now.Before(inc.Ended) {
			due = append(due, effect{"incident", "incidents", inc.ID, inc.PlaceID, inc.Path, inc.ID, inc.Ended, nil})
		}
		measures, err := w.Store.Measures(ctx, inc.ID)
		if err != nil {
			return n, err
		}
		for _, m := range measures {
			if inc.Lapsed(m, now) {
				due = append(due, effect{"measure", "measures", m.ID, m.PlaceID, m.Path, inc.ID, m.Until, map[string]string{"zone": m.Zone}})
			}
		}
		for _, e := range due {
			wrote, err := w.once(ctx, e, now)
			if err != nil {
				return n, err
			}
			if wrote {
				n++
			}
		}
	}
	return n, nil
}

// effect is one lapse to be written: of what, where, and the end it is about.
type effect struct {
	noun, thing, id, placeID, path, incident string
	end                                      time.Time
	more                                     map[string]string
}

// once writes an effect unless that was done before, whoever did it. The id hangs
// on the end it is about and on the rule, so another end is another effect.
func (w *Worker) once(ctx context.Context, e effect, now time.Time) (bool, error) {
	rule := e.noun + "-lapse/1"
	end := e.end.UTC().Format(time.RFC3339)
	id := ID(e.id+"@"+end, rule)
	if w.done[id] {
		return false, nil
	}
	op := journal.Op{ID: id, Hash: id}
	_, done, err := w.Store.Receipt(ctx, Actor, op)
	if err != nil {
		return false, err
	}
	if !done && e.noun == "incident" && w.Served != nil {
		if err := w.Served.CloseArrivals(ctx, e.id, e.end); err != nil {
			return false, err
		}
	}
	if !done {
		payload := map[string]string{"end": end, "rule": rule}
		maps.Copy(payload, e.more)
		raw, err := json.Marshal(payload)
		if err != nil {
			return false, err
		}
		r, err := w.Store.Commit(ctx, &op, nil, journal.Change{Entry: journal.Entry{
			At: now, Actor: Actor, Verb: e.noun + ".lapsed", Thing: e.thing, ThingID: e.id, PlaceID: e.placeID, Path: e.path,
			Incident: e.incident, Purpose: "incident:" + e.incident, Audience: "work", Payload: raw}})
		if err != nil {
			return false, err
		}
		if done = r.Repeat; !done && w.Late != nil {
			w.Late(now.Sub(e.end))
		}
	}
	if w.done == nil {
		w.done = map[string]bool{}
	}
	w.done[id] = true
	return !done, nil
}

// Sweep closes the sessions whose time is up and returns how many. Nobody could
// use them any more; closing them says so in the journal.
func (w *Worker) Sweep(ctx context.Context, now time.Time) (n int, err error) {
	return sweep(ctx, w, func() ([]access.Session, error) { return w.Store.SessionsOver(ctx, now, sweepMost) }, func(x access.Session) journal.Change {
		next := x.End(now)
		return journal.Change{Row: &next, Base: x.Version, Entry: journal.Entry{
			At: now, Actor: Actor, Verb: "session.expired", Thing: "sessions", ThingID: x.AccountID, Audience: "audit", Purpose: "register", Payload: []byte("{}")}}
	})
}

// ForgetKin forgets who the relatives were whose leave to act ended a while ago, and what
// for, and returns how many.
func (w *Worker) ForgetKin(ctx context.Context, now time.Time) (n int, err error) {
	return sweep(ctx, w, func() ([]access.Kin, error) { return w.Store.KinOver(ctx, now.Add(-access.KinKeep), sweepMost) }, func(x access.Kin) journal.Change {
		next := x.Forgotten()
		return journal.Change{Row: &next, Base: x.Version, Entry: journal.Entry{
			At: now, Actor: Actor, Verb: "kin.forgotten", Thing: "kin", ThingID: x.ID, PlaceID: x.PlaceID, Audience: "audit", Purpose: "register", Payload: []byte("{}")}}
	})
}

// sweepMost is how many rows that are over are looked at in one go.
const sweepMost = 200

// sweep writes the change that each row needs that is over, until there is none left that
// can be written, and returns how many. A row that somebody used just now waits for the
// next time.
func sweep[T any](ctx context.Context, w *Worker, over func() ([]T, error), change func(T) journal.Change) (n int, err error) {
	for {
		rows, err := over()
		if err != nil {
			return n, err
		}
		wrote := 0
		for _, x := range rows {
			_, err := w.Store.Commit(ctx, nil, nil, change(x))
			switch {
			case err == nil:
				wrote++
			case fault.KindOf(err) != fault.Conflict:
				return n, err
			}
		}
		n += wrote
		if wrote == 0 || len(rows) < sweepMost {
			return n, nil
		}
	}
}

// ID is the operation id of an effect: the same cause and rule give the same id.
func ID(cause, rule string) string {
	h := sha256.Sum256([]byte(cause + "\n" + rule))
	return "w-" + hex.EncodeToString(h[:16])
}
