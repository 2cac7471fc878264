package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Hash is a password hash in PHC form ("$argon2id$v=19$m=…$salt$hash"). It
// prints as a mark; convert to string to store it.
type Hash string

// Format writes a mark whatever the verb.
func (Hash) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redaction) }

// MarshalJSON writes a mark in place of the hash.
func (Hash) MarshalJSON() ([]byte, error) { return []byte(`"` + redaction + `"`), nil }

// LogValue gives a logger a mark in place of the hash.
func (Hash) LogValue() slog.Value { return slog.StringValue(redaction) }

// Cost is how dear one argon2id computation is.
type Cost struct {
	MemoryKiB uint32
	Passes    uint32
	Threads   uint8
}

// DefaultCost is 19 MiB and two passes, as OWASP advises; some 25 ms.
var DefaultCost = Cost{MemoryKiB: 19 * 1024, Passes: 2, Threads: 1}

// Passwords makes and checks password hashes, a few at a time, so that a flood
// of sign-ins cannot take the machine's memory.
type Passwords struct {
	cost  Cost
	slots chan struct{}
	dummy Hash // checked for unknown logins, so that they take as long
}

// NewPasswords returns a checker that computes at most slots hashes at once (0
// means 2, some 40 MiB).
func NewPasswords(cost Cost, slots int) *Passwords {
	if slots <= 0 {
		slots = 2
	}
	p := &Passwords{cost: cost, slots: make(chan struct{}, slots)}
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand stops the process instead
	p.dummy = p.hash(base64.RawStdEncoding.EncodeToString(b[:]))
	return p
}

// New returns the hash of a new password, or ErrWeakPassword when it is shorter
// than 12 characters, contains the login or is a common one.
func (p *Passwords) New(ctx context.Context, login, password string) (Hash, error) {
	if weak(login, password) {
		return "", ErrWeakPassword.With()
	}
	if err := p.enter(ctx); err != nil {
		return "", err
	}
	defer p.leave()
	return p.hash(password), nil
}

// Check says whether the password is that of the account. ErrWrongLogin, after
// the same work, for an unknown account (nil), a disabled one, one without
// password and a wrong password. stale is true when the hash was made with
// another cost and should be made anew.
func (p *Passwords) Check(ctx context.Context, a *Account, password string) (stale bool, err error) {
	if err := p.enter(ctx); err != nil {
		return false, err
	}
	defer p.leave()
	hash, known := p.dummy, a != nil && !a.Disabled && a.PasswordHash != ""
	if known {
		hash = a.PasswordHash
	}
	cost, ok := verify(hash, password)
	if !known || !ok {
		return false, ErrWrongLogin.With()
	}
	return cost != p.cost, nil
}

// enter waits for a free slot as long as the context lasts.
func (p *Passwords) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ErrBusy.With().Because(ctx.Err())
	}
}

func (p *Passwords) leave() { <-p.slots }

const hashSize = 32

func (p *Passwords) hash(password string) Hash {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails: crypto/rand stops the process instead
	h := argon2.IDKey([]byte(password), salt, p.cost.Passes, p.cost.MemoryKiB, p.cost.Threads, hashSize)
	enc := base64.RawStdEncoding.EncodeToString
	return Hash(fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		p.cost.MemoryKiB, p.cost.Passes, p.cost.Threads, enc(salt), enc(h)))
}

// verify computes the hash of password under the cost and salt of h. A hash that
// is not of this form, or dearer than any we make, is no match.
func verify(h Hash, password string) (Cost, bool) {
	var c Cost
	var version int
	parts := strings.Split(string(h), "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, false
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return c, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.MemoryKiB, &c.Passes, &c.Threads); err != nil {
		return c, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(want) != hashSize || len(salt) < 8 ||
		c.MemoryKiB > 1<<20 || c.Passes < 1 || c.Passes > 16 || c.Threads < 1 || c.Threads > 16 {
		return c, false
	}
	got := argon2.IDKey([]byte(password), salt, c.Passes, c.MemoryKiB, c.Threads, hashSize)
	return c, subtle.ConstantTimeCompare(got, want) == 1
}

// MakePassword returns a new password of 20 letters and digits in groups of five,
// some 99 random bits, without the signs that look alike on paper.
func MakePassword() string {
	const signs = "23456789abcdefghjkmnpqrstuvwxyz" // 31 of them
	out := make([]byte, 0, 23)
	var b [1]byte
	for n := 0; n < 20; {
		_, _ = rand.Read(b[:]) // never fails: crypto/rand stops the process instead
		if b[0] >= 248 {       // 8 × 31: what lies above would favour the first signs
			continue
		}
		if n > 0 && n%5 == 0 {
			out = append(out, '-')
		}
		out = append(out, signs[int(b[0])%len(signs)])
		n++
	}
	return string(out)
}

//go:embed common-passwords.txt
var commonText string

// shortestPassword is in characters, not bytes.
const shortestPassword = 12

// weak says whether a new password would be guessed early.
func weak(login, password string) bool {
	if utf8.RuneCountInString(password) < shortestPassword || len(password) > 1024 {
		return true
	}
	low := strings.ToLower(password)
	if len(login) >= 3 && strings.Contains(low, strings.ToLower(login)) {
		return true
	}
	distinct := map[rune]bool{}
	for _, r := range low {
		distinct[r] = true
	}
	if len(distinct) < 5 {
		return true
	}
	for _, line := range strings.Fields(commonText) {
		if low == line {
			return true
		}
	}
	return false
}
