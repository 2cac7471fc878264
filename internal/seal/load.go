package seal

import (
	"context"
	"crypto/cipher"
	"errors"

	"shouwang/internal/fault"
)

// load returns the keys of the subjects, from memory and from the ring in
// batches. With create it makes those that never were. Destroyed ones, and
// without create unknown ones, are left out of the result.
func (s *Sealer) load(ctx context.Context, purpose string, subjects []string, create bool) (map[string]subjectKey, error) {
	if err := s.current(ctx); err != nil {
		return nil, err
	}
	d := s.drawer(purpose)
	gen, _ := d.state()
	out := make(map[string]subjectKey, len(subjects))
	var want []string
	seen := make(map[string]bool, len(subjects))
	for _, id := range subjects {
		if seen[id] {
			continue
		}
		seen[id] = true
		if k, ok := d.get(id); ok {
			out[id] = k
		} else {
			want = append(want, id)
		}
	}
	if len(want) == 0 {
		return out, nil
	}
	kek, err := s.kek(ctx, purpose, create)
	if err != nil || kek == nil {
		return out, err
	}
	for len(want) > 0 {
		n := min(chunk, len(want))
		keys, err := s.loadChunk(ctx, kek, purpose, want[:n], create)
		if err != nil {
			return nil, err
		}
		d.keep(gen, keys)
		for id, k := range keys {
			out[id] = k
		}
		want = want[n:]
	}
	return out, nil
}

// loadChunk reads one batch from the ring and, with create, adds what is not
// there. When another process was faster its key is the one that stands.
func (s *Sealer) loadChunk(ctx context.Context, kek cipher.AEAD, purpose string, ids []string, create bool) (map[string]subjectKey, error) {
	stored, err := s.ring.Subjects(ctx, purpose, ids)
	if err != nil {
		return nil, ringFault(err)
	}
	out := make(map[string]subjectKey, len(ids))
	if err := s.unwrapAll(kek, purpose, stored, out); err != nil {
		return nil, err
	}
	if !create || len(stored) == len(ids) {
		return out, nil
	}
	absent := make([]string, 0, len(ids)-len(stored))
	for _, id := range ids {
		if _, ok := stored[id]; !ok {
			absent = append(absent, id)
		}
	}
	fresh, err := newSubjectKeys(len(absent))
	if err != nil {
		return nil, err
	}
	wrapped := make([][]byte, len(absent))
	err = parallel(len(absent), func(lo, hi int) error {
		for i := lo; i < hi; i++ {
			if err := s.derive(&fresh[i]); err != nil {
				return err
			}
			wrapped[i] = wrapSubject(kek, purpose, absent[i], &fresh[i])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	add := make(map[string][]byte, len(absent))
	for i, id := range absent {
		add[id] = wrapped[i]
	}
	kept, err := s.ring.AddSubjects(ctx, purpose, add)
	if err != nil {
		return nil, ringFault(err)
	}
	for i, id := range absent {
		if _, lost := kept[id]; !lost {
			out[id] = fresh[i]
		}
	}
	return out, s.unwrapAll(kek, purpose, kept, out)
}

// unwrapAll opens the wrapped keys into out; destroyed ones are left out.
func (s *Sealer) unwrapAll(kek cipher.AEAD, purpose string, wrapped map[string][]byte, out map[string]subjectKey) error {
	ids := make([]string, 0, len(wrapped))
	for id, w := range wrapped {
		if len(w) > 0 {
			ids = append(ids, id)
		}
	}
	keys := make([]subjectKey, len(ids))
	err := parallel(len(ids), func(lo, hi int) (err error) {
		for i := lo; i < hi; i++ {
			if keys[i], err = unwrapSubject(kek, purpose, ids[i], wrapped[ids[i]]); err != nil {
				return err
			}
			if err = s.derive(&keys[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, id := range ids {
		out[id] = keys[i]
	}
	return nil
}

// derive fills in the field key of the algorithm that seals.
func (s *Sealer) derive(k *subjectKey) error {
	f, err := fieldKey(k.secret[:], s.primary)
	copy(k.field[:], f)
	clear(f)
	return err
}

// missing says why a subject has no key: destroyed, or never there.
func (s *Sealer) missing(ctx context.Context, purpose, subject string) *fault.Error {
	stored, err := s.ring.Subjects(ctx, purpose, []string{subject})
	if err != nil {
		return fault.As(ringFault(err))
	}
	if w, ok := stored[subject]; ok && len(w) == 0 {
		return ErrErased.With()
	}
	if _, destroyed, err := s.ring.KEK(ctx, purpose); err == nil && destroyed {
		return ErrErased.With()
	}
	return ErrNoKey.With()
}

// ringFault turns what a ring returned into a fault of ours.
func ringFault(err error) error {
	var f *fault.Error
	if err == nil || errors.As(err, &f) || errors.Is(err, context.Canceled) {
		return err
	}
	return ErrRing.With().Because(err)
}
