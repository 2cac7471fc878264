package notice

import (
	"context"
	"time"
)

// Message is one text on its way to one person.
type Message struct {
	ID    string // the same for each try on the same channel, so that a gateway may drop doubles
	To    string // the address that the channel understands: phone, mail address, push subscription
	Title string
	Body  string
	Link  string    // where to answer; may be empty
	Until time.Time // of no use to anybody after it
}

// Channel carries messages. Send returns an error for each, nil where the message
// was taken over; it may be given the same message again after a crash. A channel
// that cannot work at all returns the same error for all.
type Channel interface {
	Name() string
	Send(ctx context.Context, batch []Message) []error
}

// The reasons for which nobody was reached by a channel.
const (
	NoAddress = "no-address" // no channel that stands here has an address of theirs
	NotTaken  = "not-taken"  // each channel refused the message
	NotOpened = "not-opened" // each channel took it and it was not opened
)

// patience is how long a channel is given before the next one is tried, and pause
// how long to wait after one refused.
const (
	patience = 5 * time.Minute
	pause    = 15 * time.Second
)

// Sendable says whether a message to a receiver is to go out now.
func Sendable(n *Notice, r *Receiver, now time.Time) bool {
	return n.Closed.IsZero() && !r.Next.IsZero() && !now.Before(r.Next) && r.Reached.IsZero() && r.Failed == ""
}

// Which is the channel to try next for a receiver, given those on which they have an
// address, in the order of preference; ok is false when none is left.
func Which(r *Receiver, have []string) (name string, ok bool) {
	if r.Tries < len(have) {
		return have[r.Tries], true
	}
	return "", false
}

// Deliver writes down what became of a try on a channel; left says how many other
// channels there still are. Where none was left to try, name is empty.
func Deliver(r Receiver, name string, taken bool, left int, now time.Time) Receiver {
	if name == "" {
		r.Next = time.Time{}
		switch {
		case r.Tries == 0:
			r.Failed = NoAddress
		case r.Handed.IsZero():
			r.Failed = NotTaken
		default:
			r.Failed = NotOpened
		}
		return r
	}
	r.Channel, r.Tries = name, r.Tries+1
	if taken {
		r.Handed, r.Next = now, now.Add(patience)
		return r
	}
	r.Next = now.Add(pause)
	if left > 0 {
		r.Next = now
	}
	return r
}
