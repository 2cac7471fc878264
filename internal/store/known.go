package store

import (
	"context"
	"sync"

	"shouwang/internal/journal"
	"shouwang/internal/round"
)

// keptKnown is how many rows and receipts of each kind are kept in memory.
const keptKnown = 1 << 16

// known is what this server remembers of its own last writes, so that a decision
// need not read again what it has just written: targets as last seen, and the
// receipts of operations. It is never the truth: a commit checks the version of
// each row and the id of each operation, and whatever loses there is forgotten.
type known struct {
	mu       sync.RWMutex
	targets  map[[2]string]round.Target
	receipts map[string]receipt
	older    map[string]receipt // the generation of receipts before
}

type receipt struct {
	account, hash string
	journal.Receipt
}

// TargetLast returns one target of a round as this server last saw it, for a
// decision that ends in a commit; what is shown to people is read with Target.
func (s *Store) TargetLast(ctx context.Context, roundID, placeID string) (round.Target, bool, error) {
	key := [2]string{roundID, placeID}
	s.known.mu.RLock()
	t, ok := s.known.targets[key]
	s.known.mu.RUnlock()
	if ok {
		return t, true, nil
	}
	t, ok, err := s.Target(ctx, roundID, placeID)
	if err == nil && ok {
		s.known.saw(&t)
	}
	return t, ok, err
}

// saw keeps a target unless a newer one is kept. What somebody asked for at a door
// is not kept: it lies sealed in the table and goes with the incident's key.
func (k *known) saw(t *round.Target) {
	key := [2]string{t.RoundID, t.PlaceID}
	k.mu.Lock()
	defer k.mu.Unlock()
	if t.Choice != "" {
		delete(k.targets, key)
		return
	}
	if k.targets == nil || len(k.targets) >= keptKnown {
		k.targets = make(map[[2]string]round.Target)
	}
	if old, ok := k.targets[key]; !ok || old.Version < t.Version {
		k.targets[key] = *t
	}
}

// forget lets go of a row that lost its race.
func (k *known) forget(row any) {
	if t, ok := row.(*round.Target); ok {
		k.mu.Lock()
		delete(k.targets, [2]string{t.RoundID, t.PlaceID})
		k.mu.Unlock()
	}
}

// clear lets go of all rows; a bulk act may have changed any.
func (k *known) clear() {
	k.mu.Lock()
	k.targets = nil
	k.mu.Unlock()
}

// did keeps the receipt of an operation.
func (k *known) did(account string, op *journal.Op, r journal.Receipt) {
	if forgetful() {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.receipts == nil || len(k.receipts) >= keptKnown/2 {
		k.receipts, k.older = make(map[string]receipt), k.receipts
	}
	k.receipts[op.ID] = receipt{account, op.Hash, r}
}

// receipt returns the kept receipt of an operation.
func (k *known) receipt(id string) (receipt, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	r, ok := k.receipts[id]
	if !ok {
		r, ok = k.older[id]
	}
	return r, ok
}
