package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// IndexSize is the length in bytes of a keyed index value.
const IndexSize = 16

// Index returns the keyed index of a value in a column ("persons.id_number"):
// HMAC-SHA-256 under a key of that column, cut to 16 bytes, over the value in
// its normal form (full-width folded, upper case, letters and digits only). Two
// spellings of one number give one index; two columns never share one. A value
// without a letter or digit gives nil: there is nothing to look up. The key
// hangs on the root file and survives its rotation. Never index a lone
// health or vulnerability flag: few values make an index as good as clear text.
func (s *Sealer) Index(column, value string) []byte {
	v := normal(value)
	if v == "" {
		return nil
	}
	m := hmac.New(sha256.New, s.columnKey(column))
	m.Write([]byte(v))
	return m.Sum(make([]byte, 0, sha256.Size))[:IndexSize:IndexSize]
}

// columnKey derives the key of a column once.
func (s *Sealer) columnKey(column string) []byte {
	if k, ok := s.columns.Load(column); ok {
		return k.([]byte)
	}
	k, err := hkdf.Expand(sha256.New, s.root.index, "shouwang/index|"+column, keySize)
	if err != nil {
		panic("seal: index key: " + err.Error()) // only for an impossible length
	}
	s.columns.Store(column, k)
	return k
}

// normal brings a value into the form that is indexed.
func normal(value string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, norm.NFKC.String(value))
}
