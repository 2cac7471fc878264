package seal

import (
	"bytes"
	"context"
	"sync"
)

// MemoryRing is a Ring that lives in memory, for tests and for drills that leave
// nothing behind. The zero value is ready for use.
type MemoryRing struct {
	redacted
	mu       sync.Mutex
	keks     map[string][]byte            // nil value: destroyed
	subjects map[string]map[string][]byte // empty value: destroyed
}

var _ Ring = (*MemoryRing)(nil)

// KEK returns the wrapped key of a purpose.
func (r *MemoryRing) KEK(_ context.Context, purpose string) ([]byte, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w, ok := r.keks[purpose]
	return bytes.Clone(w), ok && w == nil, nil
}

// AddKEK stores the wrapped key of a purpose unless one stands.
func (r *MemoryRing) AddKEK(_ context.Context, purpose string, wrapped []byte) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if w, ok := r.keks[purpose]; ok {
		if w == nil {
			return nil, ErrErased.With()
		}
		return bytes.Clone(w), nil
	}
	if r.keks == nil {
		r.keks, r.subjects = map[string][]byte{}, map[string]map[string][]byte{}
	}
	r.keks[purpose], r.subjects[purpose] = bytes.Clone(wrapped), map[string][]byte{}
	return wrapped, nil
}

// ReplaceKEK puts next in the place of old.
func (r *MemoryRing) ReplaceKEK(_ context.Context, purpose string, old, next []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if w := r.keks[purpose]; w != nil && bytes.Equal(w, old) {
		r.keks[purpose] = bytes.Clone(next)
	}
	return nil
}

// DestroyKEK destroys a purpose and all below it.
func (r *MemoryRing) DestroyKEK(_ context.Context, purpose string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.keks == nil {
		r.keks, r.subjects = map[string][]byte{}, map[string]map[string][]byte{}
	}
	clear(r.keks[purpose])
	r.keks[purpose] = nil
	delete(r.subjects, purpose)
	return nil
}

// Purposes returns the purposes with a living key.
func (r *MemoryRing) Purposes(context.Context) ([]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for p, w := range r.keks {
		if w != nil {
			out = append(out, p)
		}
	}
	return out, nil
}

// Subjects returns the wrapped keys of those ids that have one.
func (r *MemoryRing) Subjects(_ context.Context, purpose string, ids []string) (map[string][]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make(map[string][]byte, len(ids))
	for _, id := range ids {
		if w, ok := r.subjects[purpose][id]; ok {
			out[id] = bytes.Clone(w)
		}
	}
	return out, nil
}

// AddSubjects stores many wrapped keys at once.
func (r *MemoryRing) AddSubjects(_ context.Context, purpose string, wrapped map[string][]byte) (map[string][]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	mine := r.subjects[purpose]
	if mine == nil {
		return nil, ErrErased.With()
	}
	kept := map[string][]byte{}
	for id, w := range wrapped {
		if old, ok := mine[id]; ok {
			kept[id] = bytes.Clone(old)
			continue
		}
		mine[id] = bytes.Clone(w)
	}
	return kept, nil
}

// DestroySubject destroys one subject's key under one purpose.
func (r *MemoryRing) DestroySubject(_ context.Context, purpose, subject string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if mine := r.subjects[purpose]; mine != nil {
		clear(mine[subject])
		mine[subject] = []byte{}
	}
	return nil
}
