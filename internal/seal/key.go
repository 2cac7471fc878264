package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"strings"
)

const (
	keySize   = 32 // every key of ours
	idSize    = 8  // key id in front of each sealed field
	nonceSize = 12
	tagSize   = 16
)

// Algorithm is a way to seal a field. ID is the first byte of each sealed field
// and never changes its meaning; New makes the cipher from 32 bytes of key
// material (an algorithm with shorter keys takes the first of them). Nonces must
// be 12 bytes and tags 16, as AES-GCM and SM4-GCM have them.
type Algorithm struct {
	ID   byte
	Name string
	New  func(key []byte) (cipher.AEAD, error)
}

// AES256GCM is the algorithm that is always known and seals unless another one
// is given.
var AES256GCM = Algorithm{ID: 1, Name: "AES-256-GCM", New: newAES}

func newAES(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(b)
}

// subjectKey is what is known of one subject under one purpose: the id that its
// sealed fields carry, its secret, and the field key of the algorithm that seals.
type subjectKey struct {
	redacted
	id     [idSize]byte
	secret [keySize]byte
	field  [keySize]byte
}

// fieldKey derives the key of an algorithm from the subject's secret, so that no
// two algorithms ever share one. The secret is uniform: expanding it is enough.
func fieldKey(secret []byte, alg byte) ([]byte, error) {
	return hkdf.Expand(sha256.New, secret, "shouwang/field|"+string(rune(alg)), keySize)
}

// newSubjectKeys fills n keys from the system's randomness in one read.
func newSubjectKeys(n int) ([]subjectKey, error) {
	raw := make([]byte, n*(idSize+keySize))
	if _, err := rand.Read(raw); err != nil {
		return nil, err
	}
	out := make([]subjectKey, n)
	for i := range out {
		b := raw[i*(idSize+keySize):]
		copy(out[i].id[:], b)
		copy(out[i].secret[:], b[idSize:])
	}
	clear(raw)
	return out, nil
}

// wrapSubject seals a subject's id and secret under the key of the purpose:
// version, nonce, sealed bytes.
func wrapSubject(kek cipher.AEAD, purpose, subject string, k *subjectKey) []byte {
	out := make([]byte, 1+nonceSize, 1+nonceSize+idSize+keySize+tagSize)
	out[0] = 1
	_, _ = rand.Read(out[1:]) // never fails: crypto/rand stops the process instead
	var plain [idSize + keySize]byte
	copy(plain[:], k.id[:])
	copy(plain[idSize:], k.secret[:])
	out = kek.Seal(out, out[1:1+nonceSize], plain[:], subjectContext(purpose, subject))
	clear(plain[:])
	return out
}

// unwrapSubject is the reverse of wrapSubject.
func unwrapSubject(kek cipher.AEAD, purpose, subject string, b []byte) (subjectKey, error) {
	var k subjectKey
	if len(b) != 1+nonceSize+idSize+keySize+tagSize || b[0] != 1 {
		return k, ErrTampered.With().At("keyring")
	}
	var buf [idSize + keySize]byte
	plain, err := kek.Open(buf[:0], b[1:1+nonceSize], b[1+nonceSize:], subjectContext(purpose, subject))
	if err != nil {
		return k, ErrTampered.With().At("keyring")
	}
	copy(k.id[:], plain)
	copy(k.secret[:], plain[idSize:])
	clear(buf[:])
	return k, nil
}

func subjectContext(purpose, subject string) []byte {
	return []byte("shouwang/subject|" + escape(purpose) + "|" + escape(subject))
}

// Context names the place of a sealed field: table, column and row. It is bound
// to the sealed bytes, so that they open nowhere else.
func Context(table, column, row string) string {
	return escape(table) + "|" + escape(column) + "|" + escape(row)
}

// escape keeps the parts of a joined name apart.
func escape(s string) string {
	if !strings.ContainsAny(s, `|\`) {
		return s
	}
	return strings.NewReplacer(`\`, `\\`, `|`, `\|`).Replace(s)
}
