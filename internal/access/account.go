package access

import (
	"strings"
	"time"
)

// Account is somebody, or a program, that can sign in. It says nothing about
// rights: those are grants.
type Account struct {
	ID           string
	Login        string // unique, lower case
	Name         string // shown to colleagues
	HelperID     string // the helper it belongs to, or empty
	PasswordHash Hash   // argon2id in PHC form; empty: no password login
	Disabled     bool
	Version      int64
}

// Grant gives an account a role over a place and all below it, for a time. The
// rights that come with a post are grants too, with Why "post:<id>"; they end
// with the post, so a demobilization takes them back without a further act.
type Grant struct {
	ID      string
	Account string
	Role    Role
	PlaceID string
	Path    string    // "" means the whole instance
	From    time.Time // zero: since ever
	Until   time.Time // zero: without end
	Why     string    // "static" or "post:<id>"
	Version int64
}

// Static is the Why of a grant that somebody gave by hand.
const Static = "static"

// PostWhy returns the Why of a grant that comes with a post.
func PostWhy(postID string) string { return "post:" + postID }

// Task says whether the grant comes with a post.
func (g Grant) Task() bool { return strings.HasPrefix(g.Why, "post:") }

// InForce says whether the grant holds at now: From <= now < Until.
func (g Grant) InForce(now time.Time) bool {
	return !g.From.After(now) && (g.Until.IsZero() || now.Before(g.Until))
}
