package training

import (
	"crypto/sha256"
	"encoding/hex"

	"shouwang/internal/mode"
)

// Wording names what a card says, in few letters.
func Wording(c mode.Card) string {
	sum := sha256.Sum256([]byte(c.Wording()))
	return hex.EncodeToString(sum[:8])
}
