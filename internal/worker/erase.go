package worker

import (
	"context"
	"time"

	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
)

// Eraser forgets what an incident knew.
type Eraser interface {
	ForgetIncident(ctx context.Context, op *journal.Op, incident string, certificate journal.Entry) (journal.Receipt, error)
}

// Keys destroys the key that an incident's facts, or one case's words, were sealed under.
type Keys interface {
	DestroyPurpose(ctx context.Context, purpose string) error
	DestroySubject(ctx context.Context, purpose, subject string) error
}

// eraseRule names what is done when the deletion clock of an incident runs out.
const eraseRule = "incident-erase/1"

// Erase destroys the key of each ended incident whose data are no longer to be
// kept, deletes its rows and leaves one entry as the certificate. The key goes
// first: a crash between the two leaves unreadable rows, and the next round of
// work deletes them.
func (w *Worker) Erase(ctx context.Context, now time.Time) (n int, err error) {
	if w.Keys == nil || w.Eraser == nil {
		return 0, nil
	}
	incidents, err := w.Store.Incidents(ctx, false)
	if err != nil {
		return 0, err
	}
	for _, inc := range incidents {
		if !expired(inc, now) {
			continue
		}
		id := ID(inc.ID, eraseRule)
		op := journal.Op{ID: id, Hash: id}
		if w.done[id] {
			continue
		}
		_, done, err := w.Store.Receipt(ctx, Actor, op)
		if err != nil {
			return n, err
		}
		if !done {
			if w.Served != nil { // whatever lapsed before hours were kept at a lapse
				if err := w.Served.CloseArrivals(ctx, inc.ID, inc.Ended); err != nil {
					return n, err
				}
			}
			if err := w.Keys.DestroyPurpose(ctx, "incident:"+inc.ID); err != nil {
				return n, err
			}
			if _, err := w.Eraser.ForgetIncident(ctx, &op, inc.ID, journal.Entry{At: now, Actor: Actor, Verb: "incident.erased", Thing: "incidents", ThingID: inc.ID,
				PlaceID: inc.PlaceID, Path: inc.Path, Incident: inc.ID, Purpose: "register", Audience: "work"}); err != nil {
				return n, err
			}
			n++
		}
		if w.done == nil {
			w.done = map[string]bool{}
		}
		w.done[id] = true
	}
	return n, nil
}

// expired says whether an incident ended and its time of keeping is over.
func expired(inc dispatch.Incident, now time.Time) bool {
	return !inc.Started.IsZero() && !inc.Ended.IsZero() && inc.Keep > 0 && !now.Before(inc.Ended.Add(inc.Keep))
}
