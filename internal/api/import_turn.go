package api

import (
	"context"
	"sync"
	"time"

	"shouwang/internal/store"
)

// How long a server keeps the turn to import after its last word, and how often
// one that waits asks for it.
const (
	importTurn = 30 * time.Second
	importAsk  = 300 * time.Millisecond
)

// fileTurns lets one server at a time take in files of one kind. Within a server the
// claims keep apart what touches the same doors and people; between servers, that
// decide from what each has read, this does. What is written under the turn is
// refused once another server has it, so a server that was stopped in the middle
// cannot finish what another has begun anew.
type fileTurns struct {
	mu   sync.Mutex
	held map[string]*fileTurn
}

// fileTurn is one kind's, shared by the imports of that kind under way here.
type fileTurn struct {
	mu    sync.Mutex // held while it is being taken
	lease store.Lease
	users int
	stop  context.CancelFunc
}

// take waits for the turn and returns the context to write under, and how to let go.
func (t *fileTurns) take(ctx context.Context, s *store.Store, kind string) (context.Context, func(), error) {
	if s.Engine() == "sqlite" {
		return ctx, func() {}, nil // a file has one server
	}
	t.mu.Lock()
	if t.held == nil {
		t.held = map[string]*fileTurn{}
	}
	if t.held[kind] == nil {
		t.held[kind] = &fileTurn{}
	}
	x := t.held[kind]
	t.mu.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.users == 0 {
		if err := x.win(ctx, s, "import/"+kind); err != nil {
			return ctx, nil, err
		}
	}
	x.users++
	return store.Under(ctx, x.lease), func() { x.leave(s) }, nil
}

// win takes the lease and keeps it alive.
func (x *fileTurn) win(ctx context.Context, s *store.Store, name string) error {
	for {
		l, ok, err := s.Take(ctx, name, importTurn)
		if err != nil {
			return err
		}
		if ok {
			x.lease = l
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(importAsk):
		}
	}
	keep, stop := context.WithCancel(context.Background())
	x.stop = stop
	go func() {
		tick := time.NewTicker(importTurn / 3)
		defer tick.Stop()
		for {
			select {
			case <-keep.Done():
				return
			case <-tick.C:
				_, _, _ = s.Take(keep, name, importTurn) // when it fails, the fence says so
			}
		}
	}()
	return nil
}

// leave lets go; the last of this server's imports gives the turn away.
func (x *fileTurn) leave(s *store.Store) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.users--; x.users > 0 {
		return
	}
	x.stop()
	_ = s.Release(context.Background(), x.lease) // otherwise it runs out by itself
}
