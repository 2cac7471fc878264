package need

import "time"

// Step is one thing that happened to a case. Words are sealed where they are kept.
type Step struct {
	CaseID  string
	N       int64 // the version the case came to by it
	At      time.Time
	Verb    Verb
	By      string // account; empty: the resident, or the clock for its own verbs
	Noted   bool
	To      Desk   // where it went, or who was told
	Who     string // account it was assigned to
	Why     string // a declared word
	Words   string
	Version int64
}

// StepOf is what an act leaves: n is the version the case comes to.
func StepOf(c *Case, a Act, n int64) Step {
	s := Step{CaseID: c.ID, N: n, At: a.At, Verb: a.Verb, By: a.By, Noted: a.Noted, Who: a.Who, Why: a.Why, Words: a.Words}
	switch a.Verb {
	case Transfer, Triage, Climb:
		s.To = a.To
	case Accept, Grant:
		s.To = c.Desk
	}
	return s
}
