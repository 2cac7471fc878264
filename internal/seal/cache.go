package seal

import (
	"crypto/cipher"
	"sync"
)

// cacheLimit is how many subject keys of one purpose stay in memory: two
// subdistricts of the seeds' size, some 40 MB at most.
const cacheLimit = 1 << 18

// drawer holds what is known of one purpose. Its generation grows with each
// destruction, so that a load that began before cannot put a dead key back.
type drawer struct {
	redacted
	mu       sync.RWMutex
	gen      uint64
	kek      cipher.AEAD
	subjects map[string]subjectKey
}

// get returns the key of one subject when it is in memory.
func (d *drawer) get(subject string) (subjectKey, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	k, ok := d.subjects[subject]
	return k, ok
}

// state returns the generation and the purpose's key when it is in memory.
func (d *drawer) state() (uint64, cipher.AEAD) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.gen, d.kek
}

// keepKEK remembers the purpose's key unless something was destroyed since gen.
func (d *drawer) keepKEK(gen uint64, kek cipher.AEAD) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.gen == gen {
		d.kek = kek
	}
}

// keep remembers subject keys unless something was destroyed since gen.
func (d *drawer) keep(gen uint64, keys map[string]subjectKey) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.gen != gen {
		return
	}
	if d.subjects == nil {
		d.subjects = make(map[string]subjectKey, len(keys))
	}
	for id := range d.subjects { // map order is random enough for making room
		if len(d.subjects)+len(keys) <= cacheLimit {
			break
		}
		d.drop(id)
	}
	for id, k := range keys {
		if len(d.subjects) >= cacheLimit {
			break
		}
		d.subjects[id] = k
	}
}

// drop forgets one subject, overwriting its bytes; the caller holds the lock.
func (d *drawer) drop(subject string) {
	if _, ok := d.subjects[subject]; ok {
		d.subjects[subject] = subjectKey{}
		delete(d.subjects, subject)
	}
}

// forget drops one subject, or everything when subject is empty.
func (d *drawer) forget(subject string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gen++
	if subject != "" {
		d.drop(subject)
		return
	}
	d.kek = nil
	for id := range d.subjects {
		d.drop(id)
	}
	d.subjects = nil
}
