package app

import (
	"context"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/round"
	"shouwang/internal/store"
)

// needs gives the worker the cases that are due, and what the clock does to them.
type needs struct {
	*store.Store
	api *api.Server
}

// MoveByClock makes the rows of what the clock does to a case.
func (n needs) MoveByClock(ctx context.Context, k need.Case, now time.Time, by string) ([]journal.Change, error) {
	return n.api.MoveByClock(ctx, k, now, by)
}

// AlarmByClock makes the rows of an alarm about a custody.
func (n needs) AlarmByClock(ctx context.Context, k need.Custody, now time.Time, by string) ([]journal.Change, error) {
	return n.api.AlarmByClock(ctx, k, now, by)
}

// GreetByClock makes the rows of what the clock does to a greeting.
func (n needs) GreetByClock(ctx context.Context, g round.Greeting, now time.Time, by string) ([]journal.Change, error) {
	return n.api.GreetByClock(ctx, g, now, by)
}

// LapseByClock makes the row of a point whose turn is over.
func (n needs) LapseByClock(p round.Point, now time.Time, by string) []journal.Change {
	return n.api.LapseByClock(p, now, by)
}

// DoseByClock makes the rows of what the clock does to the day a medicine runs out.
func (n needs) DoseByClock(ctx context.Context, d need.Dose, now time.Time, by string) ([]journal.Change, error) {
	return n.api.DoseByClock(ctx, d, now, by)
}
