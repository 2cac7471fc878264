package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"
)

// QR is the code that hangs at a place: whoever reads it may see what holds
// there, and nothing else. The token itself is nowhere stored. It is derived from
// the nonce under a key that lies outside the data, so that a lost label can be
// printed again; a thief of the data alone cannot make it. A new nonce makes a new
// token, and the old one stops at once.
type QR struct {
	PlaceID string
	Hash    string // hex SHA-256 of the token
	Nonce   string
	Issued  time.Time
	Issuer  string // account
	Large   bool   // the household asked that it opens the page with three keys
	Version int64
}

// QRNonce returns a fresh nonce of 128 random bits.
func QRNonce() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand stops the process instead
	return hex.EncodeToString(b[:])
}

// QRToken writes 128 bits as they stand in an address.
func QRToken(bits []byte) string { return base64.RawURLEncoding.EncodeToString(bits) }

// HashQR returns the hash under which a token is kept; "" for what has not a
// token's shape.
func HashQR(token string) string {
	if b, err := base64.RawURLEncoding.Strict().DecodeString(token); err != nil || len(b) != 16 {
		return ""
	}
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}
