package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/fault"
)

// OutsideKey lets one named system outside of ours tell and follow needs through
// Open311: at the places and for the items it names, until its end or until it is
// revoked. The key itself is nowhere stored.
type OutsideKey struct {
	ID        string
	Name      string // whose system it is
	Hash      string // hex SHA-256 of the key
	PlaceID   string // whose office issued it
	Path      string
	Places    []string // ids: these and all below
	Items     []string // of the catalogue
	Issued    time.Time
	IssuedBy  string // account
	Until     time.Time
	Revoked   time.Time
	RevokedBy string
	Why       string // it was revoked
	Version   int64
}

// OutsideUse is one call that a key made.
type OutsideUse struct {
	ID      string
	KeyID   string
	At      time.Time
	What    string // services, post, read, list, token
	Code    string // of the refusal, or empty
	CaseID  string // the case it opened, or empty
	Version int64
}

// OutsideRef is the case that a reference of an outside system became.
type OutsideRef struct {
	KeyID   string
	Ref     string // hex SHA-256: what others call their records is theirs
	CaseID  string
	Version int64
}

// OutsideActor begins the actor's name of what an outside system did.
const OutsideActor = "open311:"

// longestOutside is how long a key is good for at most: somebody looks at it once a year.
const longestOutside = 366 * 24 * time.Hour

// The faults of keys of outside systems.
var (
	// ErrOutsideKey is one answer for a key that never was, has ended or was revoked.
	ErrOutsideKey = fault.Define(fault.Forbidden, "SW-2421",
		"没有提供接入密钥，或密钥无效、已到期、已吊销。没有登记。请向签发单位核对 api_key。",
		"The api_key is missing, wrong, past its end or revoked. Nothing was recorded. Ask the office that issued it.")
	// ErrOutsideFast says that a system asks too often.
	ErrOutsideFast = fault.Define(fault.Hasty, "SW-2422",
		"调用太频繁，请 {0} 秒后再试。没有登记。",
		"Too many calls; try again in {0} seconds. Nothing was recorded.")
	// ErrOutsideIssue says what a new key lacks.
	ErrOutsideIssue = fault.Define(fault.Invalid, "SW-2423",
		"签发密钥要写明：系统名称（2 到 60 字）、至少一个地点、至少一个居民可提的事项、到期日（今天以后、一年以内）。没有签发，请补上：{0}。",
		"A key needs the system's name (2 to 60 characters), a place, an item that residents may ask for, and an end within a year. It was not issued; add: {0}.")
	// ErrOutsideEnded says that a key has ended already, or no reason is given.
	ErrOutsideEnded = fault.Define(fault.Conflict, "SW-2424",
		"这个密钥已经吊销或到期，或没有写明吊销理由（2 到 200 字）。没有改动，请刷新后再看。",
		"This key has ended already, or the reason for revoking it (2 to 200 characters) is missing. Nothing was changed; refresh and look again.")
)

// IssueOutside makes a key of 256 random bits and returns it with its text, which
// exists nowhere else.
func IssueOutside(k OutsideKey, now time.Time) (OutsideKey, Token, error) {
	k.Name = strings.TrimSpace(k.Name)
	n := utf8.RuneCountInString(k.Name)
	var field string
	switch {
	case n < 2 || n > 60:
		field = "name"
	case len(k.Places) == 0:
		field = "place_ids"
	case len(k.Items) == 0:
		field = "items"
	case !k.Until.After(now) || k.Until.After(now.Add(longestOutside)):
		field = "until"
	}
	if field != "" {
		return k, Token{}, ErrOutsideIssue.With(field).At(field)
	}
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand stops the process instead
	t := Token{text: outsidePrefix + base64.RawURLEncoding.EncodeToString(b[:])}
	k.Hash, k.Issued = HashOutside(t.text), now
	return k, t, nil
}

const outsidePrefix = "swo_"

// HashOutside returns the hash under which a key is stored; "" for what has no key's
// shape.
func HashOutside(key string) string {
	body, ok := strings.CutPrefix(key, outsidePrefix)
	if b, err := base64.RawURLEncoding.Strict().DecodeString(body); !ok || err != nil || len(b) != 32 {
		return ""
	}
	h := sha256.Sum256([]byte(key))
	return hex.EncodeToString(h[:])
}

// Open says whether the key is good at a time.
func (k *OutsideKey) Open(now time.Time) bool {
	return k.Hash != "" && k.Revoked.IsZero() && now.Before(k.Until)
}

// Revoke ends a key at once, with a reason.
func (k OutsideKey) Revoke(by, why string, now time.Time) (OutsideKey, error) {
	why = strings.TrimSpace(why)
	if n := utf8.RuneCountInString(why); !k.Open(now) || n < 2 || n > 200 {
		return k, ErrOutsideEnded.With().At("why")
	}
	k.Revoked, k.RevokedBy, k.Why = now, by, why
	return k, nil
}

// For says whether the key is for an item.
func (k *OutsideKey) For(item string) bool { return slices.Contains(k.Items, item) }
