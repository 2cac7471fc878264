package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"io"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// rootFormat names the shape of the key file; another shape gets another name.
const rootFormat = "shouwang-root-1"

// Root is the root key: a Tink keyset that wraps the keys of purposes, and the
// secret of the keyed index. It is safe for concurrent use.
type Root struct {
	redacted
	path string // empty: lives in memory only

	mu     sync.RWMutex
	handle *keyset.Handle
	aead   tink.AEAD
	index  []byte
}

// rootFile is the key file as JSON. It holds clear keys.
type rootFile struct {
	Format string          `json:"format"`
	Note   string          `json:"note"`
	Keyset json.RawMessage `json:"keyset"`
	Index  []byte          `json:"index"`
}

// NewRoot makes a root key that lives in memory only, for tests and drills.
func NewRoot() (*Root, error) {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	r := &Root{index: make([]byte, 32)}
	if _, err := rand.Read(r.index); err != nil {
		return nil, err
	}
	return r, r.use(h)
}

// use puts a keyset in force; the caller holds the lock or owns r alone.
func (r *Root) use(h *keyset.Handle) error {
	a, err := aead.New(h)
	if err != nil {
		return err
	}
	r.handle, r.aead = h, a
	return nil
}

// encode returns the bytes of the key file for a keyset.
func (r *Root) encode(h *keyset.Handle) ([]byte, error) {
	var ks bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&ks)); err != nil {
		return nil, err
	}
	out, err := json.MarshalIndent(rootFile{
		Format: rootFormat,
		Note:   "守望根密钥：勿放入数据目录或备份，另行托管。 Root key of Shouwang: keep apart from data and backups, in escrow.",
		Keyset: ks.Bytes(), Index: r.index,
	}, "", " ")
	return append(out, '\n'), err
}

// decodeRoot reads the bytes of a key file.
func decodeRoot(b []byte) (*Root, error) {
	var f rootFile
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, err
	}
	if f.Format != rootFormat || len(f.Index) != 32 {
		return nil, io.ErrUnexpectedEOF
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.Keyset)))
	if err != nil {
		return nil, err
	}
	r := &Root{index: f.Index}
	return r, r.use(h)
}

// wrap seals the key of a purpose under the newest root key.
func (r *Root) wrap(purpose string, kek []byte) ([]byte, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.aead.Encrypt(kek, kekContext(purpose))
}

// unwrap opens the key of a purpose with any root key still in the set.
func (r *Root) unwrap(purpose string, wrapped []byte) ([]byte, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	kek, err := r.aead.Decrypt(wrapped, kekContext(purpose))
	if err != nil || len(kek) != keySize {
		return nil, ErrRootWrong.With()
	}
	return kek, nil
}

// newest says whether the key that wraps now also wrapped this: Tink puts one
// byte and the key's id in front.
func (r *Root) newest(wrapped []byte) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(wrapped) > 5 && binary.BigEndian.Uint32(wrapped[1:5]) == r.handle.KeysetInfo().GetPrimaryKeyId()
}

func kekContext(purpose string) []byte { return []byte("shouwang/kek|" + purpose) }

// grow adds a new root key and makes it the one that wraps; the old ones still
// open. The file is replaced before the new key is used.
func (r *Root) grow() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := keyset.NewManagerFromHandle(r.handle)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return err
	}
	if err := m.SetPrimary(id); err != nil {
		return err
	}
	return r.swap(m)
}

// shrink drops every root key but the one that wraps.
func (r *Root) shrink() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	info := r.handle.KeysetInfo()
	m := keyset.NewManagerFromHandle(r.handle)
	for _, k := range info.GetKeyInfo() {
		if k.GetKeyId() != info.GetPrimaryKeyId() {
			if err := m.Delete(k.GetKeyId()); err != nil {
				return err
			}
		}
	}
	return r.swap(m)
}

// swap writes the manager's keyset to the file, then uses it.
func (r *Root) swap(m *keyset.Manager) error {
	h, err := m.Handle()
	if err != nil {
		return err
	}
	if r.path != "" {
		b, err := r.encode(h)
		if err != nil {
			return err
		}
		defer clear(b)
		if err := replaceFile(r.path, b); err != nil {
			return ErrRootFile.With(r.path).Because(err)
		}
	}
	return r.use(h)
}

// Keys returns how many root keys the set holds: 1, or 2 while a rotation was
// interrupted.
func (r *Root) Keys() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.handle.Len()
}
