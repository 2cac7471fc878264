package worker

import (
	"context"
	"testing"
	"time"
)

type forgetter struct{ before []time.Time }

func (f *forgetter) ForgetReceipts(_ context.Context, before time.Time) (int, error) {
	f.before = append(f.before, before)
	return 1, nil
}

// Answers are looked for once a day, those older than they are kept for.
func TestOldAnswersGoOnceADay(t *testing.T) {
	f, now := &forgetter{}, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	w := &Worker{Receipts: f, ReceiptsFor: 48 * time.Hour}
	for _, at := range []time.Time{now, now.Add(time.Hour), now.Add(25 * time.Hour)} {
		if _, err := w.Forget(context.Background(), at); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.before) != 2 || !f.before[0].Equal(now.Add(-48*time.Hour)) || !f.before[1].Equal(now.Add(-23*time.Hour)) {
		t.Error(f.before)
	}
}
