package need

import (
	"time"
)

// Desk is where a case lies: whoever holds a role at a place.
type Desk struct {
	PlaceID string
	Path    string
	Role    string
}

// Offer is a transfer that the other desk has not answered yet.
type Offer struct {
	To    Desk
	By    string // account
	At    time.Time
	Until time.Time // when silence grants it; why it was offered stands in its step
}

// Case is one need. Words, Contact, Reply and the words of an offer are sealed under
// the incident's key or, in ordinary times, under purpose "needs"; subject the case.
type Case struct {
	ID       string
	Number   string // what a resident reads out on the telephone
	Item     string // catalogue item
	Book     string // content hash of the playbook version that it keeps
	PlaceID  string // where the need is
	Path     string
	Incident string // in force there when it was opened, or empty
	Origin   string // one of Origins
	Only     string // qualification of those who may know it exists, or empty
	Opened   time.Time
	OpenedBy string // account; empty when a resident did without one
	Noted    string // account that wrote it down for somebody, or empty
	PersonID string // whom it is about, where known
	Against  string // id of the measure or thing an objection is about, or empty
	Barred   string // account that may not answer it, or empty
	Words    string
	Contact  string

	Desk   Desk
	Above  Desk   // the desk that was told because this one was silent, or empty
	Level  int    // how often it climbed
	Holder string // account that took it, or empty
	Since  time.Time
	Offer  *Offer

	Due     time.Time // until when it is to be answered
	Climbed time.Time // when it climbed last
	Paused  time.Time // zero while it runs
	Resume  time.Time
	Reason  string // why it is paused: one of the item's words
	Stepped time.Time

	Answered time.Time
	AnswerBy string
	Reply    string
	Proof    string // what the answer names, sealed with it
	Proved   bool   // a proof was named
	MetBy    string // one of Met
	Reopened int

	Closed time.Time
	How    string // confirmed, noted, silent, withdrawn, lapsed
	Rating int    // 1 to 3; 0: none given
	// Forgotten is when the key of what was said was destroyed; zero while it is kept.
	Forgotten time.Time

	Parent  string // the case of which this is a part
	Same    string // the case whose answer answers this too
	Next    time.Time
	Sealed  Sealed
	Version int64
	Act     string
}

// Sealed is a case's words as they are kept: asked and contact, reply and proof, and the
// keyed hash of the telephone that was left. Only store writes and opens it; what is
// empty in the clear fields stays as it is kept.
type Sealed struct{ Asked, Reply, Phone []byte }

// Origins are the ways by which a case comes in.
var Origins = []string{"door", "phone", "desk", "lead", "round", "import", "open311", "appeal", "person", "kin"}

// Met says who met a need, for the share of self-government (seed 000 and 001).
var Met = []string{"government", "community", "volunteer", "neighbour", "self"}

// Stage is where a case stands. It is computed, never kept.
type Stage string

// The stages, in the order a resident sees them.
const (
	Waiting  Stage = "waiting" // at a desk, taken by nobody
	Taken    Stage = "taken"
	Offered  Stage = "offered" // at its desk still, until the other accepts or silence grants
	Paused   Stage = "paused"
	Joined   Stage = "joined" // answered with another
	Answered Stage = "answered"
	Closed   Stage = "closed"
)

// Stage returns where the case stands.
func (c *Case) Stage() Stage {
	switch {
	case !c.Closed.IsZero():
		return Closed
	case !c.Answered.IsZero():
		return Answered
	case c.Same != "":
		return Joined
	case !c.Paused.IsZero():
		return Paused
	case c.Offer != nil:
		return Offered
	case c.Holder != "":
		return Taken
	}
	return Waiting
}

// Late says whether a case is past its time and not answered.
func (c *Case) Late(now time.Time) bool {
	return c.Answered.IsZero() && c.Closed.IsZero() && c.Paused.IsZero() && !c.Due.IsZero() && !now.Before(c.Due)
}
