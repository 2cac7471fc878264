package journal

import (
	"crypto/rand"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Origin is the first line of every checkpoint.
const Origin = "shouwang/journal/v1"

// NewSigner makes a signing key for checkpoints and the line by which anyone can
// check them. The secret is kept beside the root key, outside the data directory.
func NewSigner() (secret, verifier string, err error) {
	return note.GenerateKey(rand.Reader, "shouwang")
}

// Checkpoint returns the signed statement that the journal had this size and this
// root at that time.
func Checkpoint(secret string, size int64, root tlog.Hash, at time.Time) (string, error) {
	s, err := note.NewSigner(secret)
	if err != nil {
		return "", fmt.Errorf("journal: signing key: %w", err)
	}
	text := fmt.Sprintf("%s\n%d\n%s\n%s\n", Origin, size, root, at.UTC().Format(time.RFC3339))
	b, err := note.Sign(&note.Note{Text: text}, s)
	return string(b), err
}

// ReadCheckpoint checks the signature and returns size and root.
func ReadCheckpoint(verifier, text string) (size int64, root tlog.Hash, err error) {
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return 0, root, fmt.Errorf("journal: verifier key: %w", err)
	}
	n, err := note.Open([]byte(text), note.VerifierList(v))
	if err != nil {
		return 0, root, fmt.Errorf("journal: checkpoint: %w", err)
	}
	var origin, hash, at string
	if _, err := fmt.Sscanf(n.Text, "%s\n%d\n%s\n%s\n", &origin, &size, &hash, &at); err != nil || origin != Origin {
		return 0, root, fmt.Errorf("journal: checkpoint text not understood")
	}
	root, err = tlog.ParseHash(hash)
	return size, root, err
}
