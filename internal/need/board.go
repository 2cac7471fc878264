package need

import (
	"regexp"
	"time"
)

// NeighbourReply is the item under which a neighbour answers what stands on the board:
// its words are what the two say to each other.
const NeighbourReply = "neighbour-reply"

// ByKin marks what a relative said for a household.
const ByKin = "kin"

// Asker, Reported, Hidden and Shown mark a note on a case of the board: a word of whoever
// asked, a report that it does not belong there, and the desk's word that takes it off or
// puts it back, with the reason that its author reads.
const (
	Asker    = "asker"
	Reported = "reported"
	Hidden   = "hidden"
	Shown    = "shown"
)

// hideAfter is how many reports take a line off the board until somebody looked.
const hideAfter = 3

// Posting is one line of the board of neighbours: nobody's name, door or number.
type Posting struct {
	ID     string
	Item   Item
	Words  string
	Opened time.Time
	Until  time.Time // when it leaves the board by itself
}

// Posted says whether a case stands on the board of its house: one that need not be the
// committee's, told by a resident, not urgent, not in confidence, neither answered nor
// past its time.
func Posted(x *Item, c *Case, now time.Time) bool {
	st := c.Stage()
	return !x.Essential && x.Ask && x.Only == "" && c.Only == "" && x.Urgency == "routine" && c.Parent == "" && c.Against == "" &&
		st == Waiting && now.Before(c.Due)
}

// Shunned says whether a line is off the board: by the desk's word, or by enough people's
// reports since the desk last put it back.
func Shunned(steps []Step) bool {
	n := 0
	for _, s := range steps {
		switch {
		case s.Verb != Note:
		case s.Why == Reported:
			n++
		case s.Why == Hidden:
			n = hideAfter
		case s.Why == Shown:
			n = 0
		}
	}
	return n >= hideAfter
}

// TakenOff is why and when the desk took a line off the board; no when while it did not.
func TakenOff(steps []Step) (why string, at time.Time) {
	for _, s := range steps {
		if s.Verb == Note && (s.Why == Hidden || s.Why == Shown) {
			why, at = s.Words, s.At
			if s.Why == Shown {
				why, at = "", time.Time{}
			}
		}
	}
	return why, at
}

var numbers = regexp.MustCompile(`[0-9０-９][0-9０-９ \-－]{4,}[0-9０-９]`)

// Veiled is what somebody wrote for neighbours, without the telephone numbers in it.
func Veiled(s string) string { return numbers.ReplaceAllString(s, "●●●") }

// Word is one word between two neighbours.
type Word struct {
	Asker bool // said by whoever asked
	Text  string
	At    time.Time
}

// Talk is what two neighbours said to each other under a reply: its own words first.
func Talk(c *Case, steps []Step) []Word {
	var out []Word
	if c.Words != "" {
		out = append(out, Word{Text: Veiled(c.Words), At: c.Opened})
	}
	for _, s := range steps {
		if s.Verb == Note && s.Words != "" && s.Why != Reported && s.Why != Hidden && s.Why != Shown {
			out = append(out, Word{s.Why == Asker, Veiled(s.Words), s.At})
		}
	}
	return out
}

// Thread is a neighbour's reply as whoever asked reads it.
type Thread struct {
	ID    string
	Words []Word
	Over  bool
}
