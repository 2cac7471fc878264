package seal

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"sync"
)

// Sealer seals and opens fields by purpose and subject. It is safe for
// concurrent use; make one per world (a drill has its own root and ring).
type Sealer struct {
	redacted
	root    *Root
	ring    Ring
	algs    [256]*Algorithm
	primary byte

	trust   *trust       // nil: this server alone uses the ring
	rotate  sync.RWMutex // held for writing while the root key changes
	mu      sync.RWMutex
	drawers map[string]*drawer
	columns sync.Map // column → index key
}

// New returns a Sealer over a root key and a ring. Of algs, the first seals new
// fields and all may open old ones; AES256GCM is always among them and seals
// when none is given.
func New(root *Root, ring Ring, algs ...Algorithm) *Sealer {
	s := &Sealer{root: root, ring: ring, drawers: map[string]*drawer{}}
	algs = append(algs, AES256GCM)
	s.primary = algs[0].ID
	for i := range algs {
		if s.algs[algs[i].ID] == nil {
			s.algs[algs[i].ID] = &algs[i]
		}
	}
	return s
}

// Seal seals plain under the key of (purpose, subject), making the keys when
// they are not there yet. fieldContext names the place, see Context; the same one is needed
// to open. The result is 37 bytes longer than plain: algorithm, key id, nonce,
// sealed bytes with tag. ErrErased when purpose or subject was destroyed.
func (s *Sealer) Seal(ctx context.Context, purpose, subject, fieldContext string, plain []byte) ([]byte, error) {
	if purpose == "" || subject == "" || fieldContext == "" {
		return nil, ErrUnnamed.With()
	}
	if err := s.current(ctx); err != nil {
		return nil, err
	}
	k, ok := s.drawer(purpose).get(subject)
	if !ok {
		keys, err := s.load(ctx, purpose, []string{subject}, true)
		if err != nil {
			return nil, err
		}
		if k, ok = keys[subject]; !ok {
			return nil, ErrErased.With().At(fieldContext)
		}
	}
	return s.sealWith(&k, fieldContext, plain)
}

// Open opens what Seal sealed at the same place. ErrErased when the key was
// destroyed, ErrTampered when the bytes are not what was sealed there, ErrNoKey
// when the ring never had a key for the subject.
func (s *Sealer) Open(ctx context.Context, purpose, subject, fieldContext string, sealed []byte) ([]byte, error) {
	if purpose == "" || subject == "" || fieldContext == "" {
		return nil, ErrUnnamed.With()
	}
	if err := s.current(ctx); err != nil {
		return nil, err
	}
	k, ok := s.drawer(purpose).get(subject)
	if !ok {
		keys, err := s.load(ctx, purpose, []string{subject}, false)
		if err != nil {
			return nil, err
		}
		if k, ok = keys[subject]; !ok {
			return nil, s.missing(ctx, purpose, subject).At(fieldContext)
		}
	}
	return s.openWith(&k, fieldContext, sealed)
}

// sealWith seals one field under a known key.
func (s *Sealer) sealWith(k *subjectKey, fieldContext string, plain []byte) ([]byte, error) {
	a, err := s.algs[s.primary].New(k.field[:])
	if err != nil {
		return nil, err
	}
	const head = 1 + idSize
	out := make([]byte, head+nonceSize, head+nonceSize+len(plain)+tagSize)
	out[0] = s.primary
	copy(out[1:], k.id[:])
	_, _ = rand.Read(out[head:]) // never fails: crypto/rand stops the process instead
	aad := make([]byte, 0, 128)
	aad = append(append(aad, out[:head]...), fieldContext...)
	return a.Seal(out, out[head:head+nonceSize], plain, aad), nil
}

// openWith opens one field under a known key.
func (s *Sealer) openWith(k *subjectKey, fieldContext string, sealed []byte) ([]byte, error) {
	const head = 1 + idSize
	if len(sealed) < head+nonceSize+tagSize || [idSize]byte(sealed[1:head]) != k.id {
		return nil, ErrTampered.With().At(fieldContext)
	}
	alg := s.algs[sealed[0]]
	if alg == nil {
		return nil, ErrTampered.With().At(fieldContext)
	}
	key := k.field[:]
	if alg.ID != s.primary {
		other, err := fieldKey(k.secret[:], alg.ID)
		if err != nil {
			return nil, err
		}
		key = other
	}
	a, err := alg.New(key)
	if err != nil {
		return nil, err
	}
	aad := make([]byte, 0, 128)
	aad = append(append(aad, sealed[:head]...), fieldContext...)
	plain, err := a.Open(nil, sealed[head:head+nonceSize], sealed[head+nonceSize:], aad)
	if err != nil {
		return nil, ErrTampered.With().At(fieldContext)
	}
	return plain, nil
}

// drawer returns the memory of a purpose.
func (s *Sealer) drawer(purpose string) *drawer {
	s.mu.RLock()
	d := s.drawers[purpose]
	s.mu.RUnlock()
	if d != nil {
		return d
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d = s.drawers[purpose]; d == nil {
		d = &drawer{}
		s.drawers[purpose] = d
	}
	return d
}

// kek returns the key of a purpose; nil when there is none and create is false.
func (s *Sealer) kek(ctx context.Context, purpose string, create bool) (cipher.AEAD, error) {
	d := s.drawer(purpose)
	gen, a := d.state()
	if a != nil {
		return a, nil
	}
	s.rotate.RLock()
	defer s.rotate.RUnlock()
	wrapped, destroyed, err := s.ring.KEK(ctx, purpose)
	if err != nil {
		return nil, ringFault(err)
	}
	if destroyed {
		return nil, ErrErased.With().At(purpose)
	}
	if wrapped == nil {
		if !create {
			return nil, nil
		}
		if wrapped, err = s.makeKEK(ctx, purpose); err != nil {
			return nil, err
		}
	}
	plain, err := s.root.unwrap(purpose, wrapped)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	if a, err = newAES(plain); err != nil {
		return nil, err
	}
	d.keepKEK(gen, a)
	return a, nil
}

// makeKEK makes the key of a purpose and returns the wrapped one that stands.
func (s *Sealer) makeKEK(ctx context.Context, purpose string) ([]byte, error) {
	plain := make([]byte, keySize)
	if _, err := rand.Read(plain); err != nil {
		return nil, err
	}
	defer clear(plain)
	wrapped, err := s.root.wrap(purpose, plain)
	if err != nil {
		return nil, err
	}
	kept, err := s.ring.AddKEK(ctx, purpose, wrapped)
	return kept, ringFault(err)
}
