package seal

import (
	"context"
	"errors"
)

func isErased(err error) bool { return errors.Is(err, ErrErased) }

// DestroyPurpose destroys the key of a purpose and all subject keys below it:
// when it returns, nothing sealed under the purpose can be opened again, here or
// on any server that shares the ring, and nothing new can be sealed under it.
// Destroying twice does no harm.
func (s *Sealer) DestroyPurpose(ctx context.Context, purpose string) error {
	err := s.ring.DestroyKEK(ctx, purpose)
	s.Forget(purpose) // also on failure: the ring then says what stands
	if err == nil {
		err = s.settle(ctx)
	}
	return ringFault(err)
}

// DestroySubject destroys one subject's key under one purpose; the subject's
// keys under other purposes stay.
func (s *Sealer) DestroySubject(ctx context.Context, purpose, subject string) error {
	err := s.ring.DestroySubject(ctx, purpose, subject)
	s.drawer(purpose).forget(subject)
	if err == nil {
		err = s.settle(ctx)
	}
	return ringFault(err)
}

// Forget drops every key of a purpose from memory.
func (s *Sealer) Forget(purpose string) { s.drawer(purpose).forget("") }

// RotateRoot changes the root key: adds a new one to the file, wraps each
// purpose's key anew, then drops the old one. Sealed fields and the keyed index
// stay as they are. When it is interrupted, the file opens as before and calling
// it again completes the change. While several servers share a ring, the others
// must be restarted with the new file.
func (s *Sealer) RotateRoot(ctx context.Context) error {
	s.rotate.Lock()
	defer s.rotate.Unlock()
	if err := s.root.grow(); err != nil {
		return err
	}
	for changed := true; changed; { // until a whole pass finds nothing left to change
		var err error
		if changed, err = s.rewrapAll(ctx); err != nil {
			return err
		}
	}
	return s.root.shrink()
}

// rewrapAll wraps anew each purpose's key that an older root key wraps, and says
// whether there was any.
func (s *Sealer) rewrapAll(ctx context.Context) (changed bool, err error) {
	purposes, err := s.ring.Purposes(ctx)
	if err != nil {
		return false, ringFault(err)
	}
	for _, p := range purposes {
		old, destroyed, err := s.ring.KEK(ctx, p)
		if err != nil {
			return false, ringFault(err)
		}
		if destroyed || old == nil || s.root.newest(old) {
			continue
		}
		plain, err := s.root.unwrap(p, old)
		if err != nil {
			return false, err
		}
		next, err := s.root.wrap(p, plain)
		clear(plain)
		if err != nil {
			return false, err
		}
		if err := s.ring.ReplaceKEK(ctx, p, old, next); err != nil {
			return false, ringFault(err)
		}
		changed = true
	}
	return changed, nil
}
