package custody

import (
	"time"

	"shouwang/internal/fault"
)

// Leg is one stretch of a chain, as a playbook declares it.
type Leg struct {
	ID     string
	ZH, EN string
	By     []string      // post items whose holders may take the subject on this leg
	Within time.Duration // how long one may have the subject before the next hand-over is late; never zero
	Proof  string        // what whoever takes it names (a certificate's number, a receipt), or empty
	Ends   []string      // how the chain may end while on this leg: home, admitted, declined …; empty: it goes on

	ByNames, EndNames []fault.Word // those of By and Ends in words, where somebody gave them
}

// Chain is the way of one kind of subject, in order. A hand-over may skip legs (the
// zone was lifted) or go back to one (another hospital); the last leg has an end.
type Chain struct {
	ID    string
	Legs  []Leg
	Take  time.Duration // how long a hand-over that was offered may wait for its other half
	Again time.Duration // how long after an alarm the next one, one level higher, follows
	Top   int           // the highest level an alarm climbs to; it is repeated there
}

// leg returns the number of a leg, -1 for none.
func (c *Chain) leg(id string) int {
	for i := range c.Legs {
		if c.Legs[i].ID == id {
			return i
		}
	}
	return -1
}

// Verb is what somebody said about a subject.
type Verb string

// The verbs. Give and Take are the two halves of a hand-over; Refuse answers a Give;
// Recall takes a Give back; Name is the desk's word about who has the subject now (a
// lost phone); End closes the chain; Alarm is the clock's.
const (
	Give   Verb = "give"
	Take   Verb = "take"
	Refuse Verb = "refuse"
	Recall Verb = "recall"
	Name   Verb = "name"
	End    Verb = "end"
	Alarm  Verb = "alarm"
)

// Party is one who can answer for a subject: an account, or somebody the desk names
// who has none (a hospital's reception). Who is unique and never empty.
type Party struct {
	Who  string // account id, or "named:" and what the desk wrote, which is sealed where it is kept
	Post string // post item held when it was said
}

// Half is one thing that was said. ID is the operation's, so a repeat is the same half.
type Half struct {
	ID     string
	Verb   Verb
	By     Party
	To     Party     // Give, Name: to whom
	Leg    string    // Give, Take, Name: on which leg the subject goes on
	How    string    // End: how; Refuse, Name: why, as a declared word
	Code   string    // Give, Take: a mark of what the giver's phone showed and the taker read; may be empty
	At     time.Time // when it was said
	Behalf string    // account of the desk that said it for By, or empty
}

// Offer is a hand-over that waits for its other half. With a code and without To it is
// for whoever reads the code off the giver's phone.
type Offer struct {
	To   Party
	Leg  int
	At   time.Time
	Code string
}

// Gap is a take that nobody gave: whoever took it has it, and the desk asks until
// the giver says so too.
type Gap struct {
	From, To Party
	At       time.Time
	Code     string
}

// Hand is one hand-over as it came about: by both halves, by a taking alone, or by the
// desk's word.
type Hand struct {
	ID       string // of the half by which the subject moved
	From, To Party
	Leg      int
	At       time.Time
	Whole    bool // the giver said so too, or the desk looked into it
	Coded    bool // the taker read the code that the giver showed
}

// State is what the halves come to. Exactly one Keeper at every time from the opening on.
type State struct {
	Keeper  Party
	Leg     int
	Since   time.Time
	Offer   *Offer // open hand-over, or nil
	Gaps    []Gap
	Hands   []Hand    // in the order in which they came about
	Refused []Party   // who refused it since the present keeper has it
	Level   int       // alarms raised since the present keeper has it, at most the chain's Top
	Due     time.Time // by when the next hand-over is to have happened
	Alarmed time.Time // the last alarm since the present keeper has it, zero when none
	Ended   time.Time // zero while open
	How     string
}

// Over says whether the chain has ended.
func (s *State) Over() bool { return !s.Ended.IsZero() }
