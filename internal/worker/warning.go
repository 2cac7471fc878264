package worker

import (
	"context"
	"strconv"
	"time"

	"shouwang/internal/journal"
)

// Warnings is who reckons what the records of each place show to be worth a look.
type Warnings interface {
	// Stirred says whether anything changed that warnings lean on.
	Stirred(ctx context.Context, after int64) (last int64, yes bool, err error)
	WarnByClock(ctx context.Context, now time.Time, by string) ([][]journal.Change, error)
}

// Warnings are reckoned every ten minutes, since time alone makes some true, and soon
// after a change, but not at every one: where reckoning takes long, at most a fortieth of
// the time goes into it.
const (
	warnEvery = 10 * time.Minute
	warnAfter = 8 * time.Second
	warnShare = 40
)

// Warn brings warnings to what is true now and returns for how many communities it wrote.
func (w *Worker) Warn(ctx context.Context, now time.Time) (n int, err error) {
	since := now.Sub(w.warned)
	if w.Warnings == nil || !w.warned.IsZero() && since >= 0 && since < max(warnAfter, warnShare*w.warnTook) {
		return 0, nil
	}
	last, stirred, err := w.Warnings.Stirred(ctx, w.warnedTo)
	if err != nil || !stirred && !w.warned.IsZero() && since >= 0 && since < warnEvery {
		return 0, err
	}
	places, err := w.Warnings.WarnByClock(ctx, now, Actor)
	if err != nil {
		return 0, err
	}
	for _, changes := range places {
		if err := w.commitDue(ctx, &n, ID(changes[0].Entry.ThingID+"@"+strconv.FormatInt(now.UnixMilli(), 10), "warn/1"), changes); err != nil {
			return n, err
		}
	}
	w.warned, w.warnedTo, w.warnTook = now, last, min(w.Clock().Sub(now), warnEvery/warnShare)
	return n, nil
}
