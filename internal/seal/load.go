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
	fresh, err := newSubjectKeys(len(ids) - len(stored))
	if err != nil {
		return nil, err
	}
	add, made := make(map[string][]byte, len(fresh)), make(map[string]subjectKey, len(fresh))
	for _, id := range ids {
		if _, ok := stored[id]; ok {
			continue
		}
		k := fresh[len(made)]
		if err := s.derive(&k); err != nil {
			return nil, err
		}
		add[id], made[id] = wrapSubject(kek, purpose, id, &k), k
	}
	kept, err := s.ring.AddSubjects(ctx, purpose, add)
	if err != nil {
		return nil, ringFault(err)
	}
	for id, k := range made {
		if _, lost := kept[id]; !lost {
			out[id] = k
		}
	}
	return out, s.unwrapAll(kek, purpose, kept, out)
}

// unwrapAll opens the wrapped keys into out; destroyed ones are left out.
func (s *Sealer) unwrapAll(kek cipher.AEAD, purpose string, wrapped map[string][]byte, out map[string]subjectKey) error {
	for id, w := range wrapped {
		if len(w) == 0 {
			continue
		}
		k, err := unwrapSubject(kek, purpose, id, w)
		if err != nil {
			return err
		}
		if err := s.derive(&k); err != nil {
			return err
		}
		out[id] = k
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
