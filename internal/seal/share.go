package seal

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// SharedRing is a Ring that several servers use at one time.
type SharedRing interface {
	Ring
	// Epoch grows with each destruction, whichever server made it.
	Epoch(ctx context.Context) (int64, error)
}

// trust says for how long keys in memory may be used without the ring's word that
// nothing was destroyed elsewhere.
type trust struct {
	ring  SharedRing
	watch func() time.Duration // grows also while the process is stopped
	span  time.Duration

	until atomic.Int64 // by the watch; 0: never had the ring's word
	mu    sync.Mutex
	epoch int64
	known bool
}

// Share makes keys in memory good for span only, counted from when the ring was
// last asked: what one server destroys is unreadable on every other one after
// that time, also on one that was cut off or stopped meanwhile, since a server
// that does not reach the ring uses no key. Destroy waits for the span, so that
// its promise holds for all servers when it returns. Call it before the first use.
func (s *Sealer) Share(ring SharedRing, watch func() time.Duration, span time.Duration) {
	s.trust = &trust{ring: ring, watch: watch, span: span}
}

// current makes sure that keys in memory may be used now, and asks the ring
// where the last word is too old.
func (s *Sealer) current(ctx context.Context) error {
	t := s.trust
	if t == nil || int64(t.watch()) < t.until.Load() {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	asked := t.watch()
	if int64(asked) < t.until.Load() {
		return nil // another caller asked meanwhile
	}
	n, err := t.ring.Epoch(ctx)
	if err != nil {
		return ringFault(err)
	}
	if t.known && n != t.epoch {
		s.forgetAll()
	}
	t.epoch, t.known = n, true
	t.until.Store(int64(asked + t.span))
	return nil
}

// forgetAll drops every key in memory.
func (s *Sealer) forgetAll() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, d := range s.drawers {
		d.forget("")
	}
}

// settle waits until no other server can still trust what it has in memory.
func (s *Sealer) settle(ctx context.Context) error {
	if s.trust == nil {
		return nil
	}
	t := time.NewTimer(s.trust.span)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
