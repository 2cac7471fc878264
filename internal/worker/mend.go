package worker

import (
	"context"
	"time"
)

// Mender brings rows to the path of their place.
type Mender interface {
	Mend(ctx context.Context) (int, error)
}

// mendEvery is how often everything is looked over; the changes that could leave a
// row behind look after themselves at once.
const mendEvery = time.Hour

// Mend looks, when the worker starts and every hour, for rows whose path is not that
// of their place, and mends them by one journaled act. It returns how many there were.
func (w *Worker) Mend(ctx context.Context, now time.Time) (int, error) {
	if w.Mender == nil || !w.mended.IsZero() && now.Sub(w.mended) < mendEvery {
		return 0, nil
	}
	n, err := w.Mender.Mend(ctx)
	if err == nil {
		w.mended = now
	}
	return n, err
}
