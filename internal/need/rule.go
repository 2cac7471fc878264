package need

import "time"

// Calendar adds time as an item counts it: around the clock or in working hours.
type Calendar interface {
	Add(t time.Time, d time.Duration) time.Time
	Between(from, to time.Time) time.Duration // not negative
}

// Always is the clock that never rests.
type Always struct{}

// Add returns t + d.
func (Always) Add(t time.Time, d time.Duration) time.Time { return t.Add(d) }

// Between returns to − from, at least zero.
func (Always) Between(from, to time.Time) time.Duration { return max(to.Sub(from), 0) }

// Rule is what the catalogue says about the cases of one item at one place.
type Rule struct {
	Item     string
	Role     string        // the desk's
	Take     time.Duration // until somebody has taken it; 0: not asked
	Within   time.Duration // until it is answered; never zero
	Hold     time.Duration // how long it may lie with one person without a step; 0: for ever
	Silence  time.Duration // after which an offered transfer is granted; never zero
	Longest  time.Duration // the longest pause; 0: it cannot be paused
	Reasons  []string      // why it may be paused
	Proof    string        // kind of proof an answer names, or empty: none is asked
	Consent  time.Duration // how long an answer with proof waits for an objection; never zero
	Spoken   bool          // it closes by the resident's word alone, never by itself
	Lapses   bool          // past its time it is over by itself
	Keep     time.Duration // after which what was said of a closed case is forgotten; 0: never
	Only     string        // confidential: the qualification
	Calendar Calendar
}

// again is how long after a climb the next follows: half the time the item has, at
// least a quarter of an hour, at most a day.
func (r *Rule) again() time.Duration {
	return min(max(r.Within/2, 15*time.Minute), 24*time.Hour)
}
