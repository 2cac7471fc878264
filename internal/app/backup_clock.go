package app

import (
	"context"
	"time"

	"shouwang/internal/backup"
)

// BackUpEvery makes a backup at once and then one in each span, until Close. What
// fails is logged and tried again at the next turn.
func (a *App) BackUpEvery(ctx context.Context, p BackupPlan, every time.Duration) error {
	if _, err := p.recipients(); err != nil { // found at the start, not at three in the morning
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	a.backups, a.backupTo = stop, p.To
	a.work.Add(1)
	go func() {
		defer a.work.Done()
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			a.backUp(ctx, p)
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
	return nil
}

func (a *App) backUp(ctx context.Context, p BackupPlan) {
	began := time.Now()
	m, _, err := Backup(ctx, a.Config, p)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		_, code := Explain(err, "en")
		a.Config.Log.Error("backup failed", "code", code, "cause", err)
	default:
		a.Config.Log.Info("backup made", "backup", m.ID, "entries", m.Last, "rows", m.Rows(), "seconds", time.Since(began).Seconds())
	}
}

// BackupAge is how old the newest finished backup of a folder is; ok is false where
// there is none.
func BackupAge(to string, now time.Time) (age time.Duration, newest backup.Item, ok bool) {
	items, err := backup.List(to)
	if err != nil {
		return 0, newest, false
	}
	for _, it := range items {
		if it.State == backup.Complete || it.State == backup.Incomplete {
			return now.Sub(it.Started), it, true
		}
	}
	return 0, newest, false
}
