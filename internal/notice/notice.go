package notice

import (
	"time"

	"shouwang/internal/mode"
)

// The kinds of notice.
const (
	Call    = "call"    // a mobilisation call: everybody at once
	Replace = "replace" // the search for who fills a shift
	Swap    = "swap"    // one helper asks another to change shifts
	Told    = "told"    // word of something that changed
	Alarm   = "alarm"   // there is danger: the nearest who are able are asked at once
)

// What a notice wants of its receivers.
const (
	Nothing = "nothing" // it tells
	Reading = "reading" // it wants to be read
	Answer  = "answer"  // it asks: yes, no or later
)

// In which turn a notice asks.
const (
	Together = "together"
	OneByOne = "one-by-one"
)

// The answers that somebody gives. Nobody's silence is written down as an answer.
const (
	Yes   = "yes"
	No    = "no"
	Later = "later"
)

// Why a notice was closed.
const (
	Enough     = "enough"      // as many said yes as were wanted
	Over       = "over"        // its time ran out
	NobodyLeft = "nobody-left" // everybody in the list was asked
	Withdrawn  = "withdrawn"   // by hand, or because what it was about is gone
)

// Notice is one message. Its audience is its receivers.
type Notice struct {
	ID       string
	Kind     string
	PlaceID  string
	Path     string
	Incident string // empty: of the everyday system
	Thing    string // what it is about: "shifts", "incidents"; may be empty
	ThingID  string
	Title    mode.Text
	Body     mode.Text
	Wants    string
	Turn     string
	Each     time.Duration // one by one: how long each may think
	Wanted   int           // how many yes are wanted; 0: as many as come
	Yes      int           // how many were taken; counted only where Wanted is set
	Author   string        // account
	Sent     time.Time
	Until    time.Time // when it closes by itself
	Closed   time.Time
	Why      string // one of Enough, Over, NobodyLeft, Withdrawn
	Reason   string // why it was withdrawn, in words
	Version  int64
	Act      string
}

// Open says whether a notice still waits for something.
func (n *Notice) Open(now time.Time) bool { return n.Closed.IsZero() && now.Before(n.Until) }

// Receiver is one helper whom a notice tells or asks, in the order of N.
type Receiver struct {
	NoticeID string
	N        int // 1-based
	HelperID string
	PlaceID  string // where the helper belongs: who may see and call them
	Path     string
	Asked    time.Time // when the turn came to them; zero: not yet
	Due      time.Time // until when they may think; zero where nothing is asked
	Channel  string    // the channel tried last
	Tries    int       // how many channels were tried
	Next     time.Time // when the next channel is to be tried; zero: no more
	Handed   time.Time // when a channel took the message
	Reached  time.Time // when they opened or answered it, or somebody spoke with them
	Failed   string    // why no channel is left: one of the reasons of Deliver
	Answer   string
	Answered time.Time
	By       string // account that wrote the answer down: their own, or who spoke with them
	Version  int64
	Act      string
}

// State says where a receiver stands: waiting (not asked yet), asked, unreached (no
// channel is left and they have not opened it), read, yes, no, later, silent (their
// time ran out), spared (closed before they answered).
func (r *Receiver) State(n *Notice, now time.Time) string {
	switch {
	case r.Answer != "":
		return r.Answer
	case r.Asked.IsZero():
		if n.Closed.IsZero() {
			return "waiting"
		}
		return "spared"
	case n.Wants != Answer && !r.Reached.IsZero():
		return "read"
	case r.Reached.IsZero() && r.Failed != "":
		return "unreached"
	case n.Wants == Answer && !r.Due.IsZero() && !now.Before(r.Due):
		return "silent"
	case !n.Closed.IsZero() && n.Wants == Answer:
		return "spared"
	case !r.Reached.IsZero():
		return "read"
	}
	return "asked"
}
