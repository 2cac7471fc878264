package worker

import (
	"context"
	"time"
)

// Forgetter lets go of the answers kept for repeats of operations.
type Forgetter interface {
	ForgetReceipts(ctx context.Context, before time.Time) (int, error)
}

// forgetEvery is how often answers that are kept too long are looked for.
const forgetEvery = 24 * time.Hour

// Forget lets go, when the worker starts and once a day, of answers older than they
// are kept for. It returns how many there were.
func (w *Worker) Forget(ctx context.Context, now time.Time) (int, error) {
	if w.Receipts == nil || w.ReceiptsFor <= 0 || !w.forgot.IsZero() && now.Sub(w.forgot) < forgetEvery {
		return 0, nil
	}
	n, err := w.Receipts.ForgetReceipts(ctx, now.Add(-w.ReceiptsFor))
	if err == nil {
		w.forgot = now
	}
	return n, err
}
