package app

import (
	"context"
	"sync"
	"time"
)

// drillClock is the clock of a drill's world. It goes at the drill's speed, but never
// past what the drill has come to: its driver lets it go on.
type drillClock struct {
	base  time.Time
	speed int // 0: it jumps
	watch func() time.Duration

	mu    sync.Mutex
	at    time.Duration // since base when mark was taken
	limit time.Duration
	mark  time.Duration
}

func newDrillClock(base time.Time, speed int) *drillClock {
	return &drillClock{base: base, speed: speed, watch: stopwatch()}
}

// now is the time in the drill's world.
func (c *drillClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base.Add(c.gone())
}

func (c *drillClock) gone() time.Duration {
	if c.speed == 0 {
		return c.at
	}
	return min(c.limit, c.at+(c.watch()-c.mark)*time.Duration(c.speed))
}

// minutes is a time since the declaration.
func minutes(m float64) time.Duration { return time.Duration(m * float64(time.Minute)) }

// to lets the clock go on to a minute and returns when it is there, or the context
// has ended.
func (c *drillClock) to(ctx context.Context, minute float64) error {
	c.mu.Lock()
	at := c.gone()
	c.at, c.mark, c.limit = at, c.watch(), max(at, minutes(minute))
	left := c.limit - at
	c.mu.Unlock()
	if c.speed > 0 && left > 0 {
		t := time.NewTimer(left / time.Duration(c.speed))
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	c.set(minute)
	return ctx.Err()
}

// set puts the clock to a minute, never back.
func (c *drillClock) set(minute float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = max(c.gone(), minutes(minute))
	c.limit, c.mark = c.at, c.watch()
}

// halt keeps the clock where it is.
func (c *drillClock) halt() { c.set(0) }
