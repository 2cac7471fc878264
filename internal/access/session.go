package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"
)

// SessionRule says how long a session of a role lasts.
type SessionRule struct {
	Idle     time.Duration // without a request; 0: no limit
	Absolute time.Duration // from signing in
}

// The session rules. Field roles keep a session over a round in stairwells
// without signal, otherwise what the phone kept could not be sent on return.
var (
	command  = SessionRule{15 * time.Minute, 8 * time.Hour}
	staff    = SessionRule{30 * time.Minute, 12 * time.Hour}
	field    = SessionRule{12 * time.Hour, 12 * time.Hour}
	resident = SessionRule{30 * 24 * time.Hour, 30 * 24 * time.Hour}
	token    = SessionRule{0, 90 * 24 * time.Hour}
)

// Rule returns the session rule of somebody with these roles: the shortest of
// each limit. Nobody's rule is that of staff.
func Rule(roles []Role) SessionRule {
	out := SessionRule{}
	for _, r := range roles {
		i, ok := r.Info()
		if !ok {
			continue
		}
		if out.Absolute == 0 || i.Session.Absolute < out.Absolute {
			out.Absolute = i.Session.Absolute
		}
		if out.Idle == 0 || i.Session.Idle < out.Idle {
			out.Idle = i.Session.Idle
		}
	}
	if out.Absolute == 0 {
		return staff
	}
	return out
}

// The kinds of session.
const (
	Browser  = "browser" // a cookie, ends when idle
	APIToken = "token"   // a bearer token for programs, ends by date
)

// Session is one sign-in. The token itself is never stored, only its hash.
type Session struct {
	TokenHash string // hex SHA-256
	AccountID string
	Kind      string // Browser or APIToken
	Name      string // what a token is for, or empty
	Device    string // device id as the client named it, or empty
	Created   time.Time
	Expires   time.Time     // absolute end
	Idle      time.Duration // allowed without a request; 0: no limit
	LastSeen  time.Time
	Ended     time.Time // signed out or ended by somebody; zero while open
	Version   int64
}

// Token is a session token in clear. It prints as a mark; Reveal is for the one
// answer that hands it out.
type Token struct {
	secret
	text string
}

// Reveal returns the token itself.
func (t Token) Reveal() string { return t.text }

// NewSession makes a session of 256 random bits under a rule and returns it with
// the token, which exists nowhere else.
func NewSession(accountID, kind string, roles []Role, now time.Time) (Session, Token) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand stops the process instead
	rule, prefix := Rule(roles), "sws_"
	if kind == APIToken {
		rule, prefix = token, "swt_"
	}
	t := Token{text: prefix + base64.RawURLEncoding.EncodeToString(b[:])}
	return Session{
		TokenHash: HashToken(t.text), AccountID: accountID, Kind: kind,
		Created: now, LastSeen: now, Expires: now.Add(rule.Absolute), Idle: rule.Idle,
	}, t
}

// HashToken returns the hash under which a token is stored. The token holds 256
// random bits, so a plain hash suffices. What has no token's shape gives "".
func HashToken(t string) string {
	body, ok := strings.CutPrefix(t, "sws_")
	if !ok {
		body, ok = strings.CutPrefix(t, "swt_")
	}
	if !ok || len(body) != 43 {
		return ""
	}
	h := sha256.Sum256([]byte(t))
	return hex.EncodeToString(h[:])
}

// Check says whether the session is open at now: ErrSessionEnded when it was
// ended, is past its absolute end or was idle too long.
func (s Session) Check(now time.Time) error {
	idle := s.Idle > 0 && !now.Before(s.LastSeen.Add(s.Idle))
	if s.TokenHash == "" || !s.Ended.IsZero() || !now.Before(s.Expires) || idle {
		return ErrSessionEnded.With()
	}
	return nil
}

// Touch notes a request at now; changed is false while the last note is less
// than a minute old, so that not every read becomes a write.
func (s Session) Touch(now time.Time) (next Session, changed bool) {
	if now.Sub(s.LastSeen) < time.Minute {
		return s, false
	}
	s.LastSeen = now
	return s, true
}

// End closes the session at now; closing twice keeps the first time.
func (s Session) End(now time.Time) Session {
	if s.Ended.IsZero() {
		s.Ended = now
	}
	return s
}
