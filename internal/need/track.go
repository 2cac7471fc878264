package need

import (
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Seen is one line of who opened what a case says: how often in an hour, for what.
type Seen struct {
	Role    string
	Purpose string // case, or incident: during a response
	At      time.Time
	N       int
}

// Tracked is a case as whoever asked follows it.
type Tracked struct {
	Case  Case
	Item  Item
	Steps []Step
	Desk  mode.Text // whose desk it is at, in words: a role, never a name
	Taker mode.Text // the role of whoever has it, in words; empty: nobody
	At    string    // where that desk is
	Door  territory.Place
	Hands []Way // who had the subject, where the case has a chain
	// Of an objection: the measure it is about, and what lets the household off it,
	// once that was granted.
	Measure mode.Measure
	Exempt  mode.Exemption
	Threads []Thread  // what neighbours answered
	Own     bool      // to a relative: they asked for it themselves
	Kin     *Relative // who asked for the household, or nil
	Rescue  *Rescue   // of an alarm: what to say, and who comes
}

// Relative is who asked for a household, as the household may read it.
type Relative struct{ Name, Relation string }

// Way is how one subject went from hand to hand, as whoever asked follows it: roles and
// stretches, never a name.
type Way struct {
	Subject mode.Text
	Stops   []Hold
	Ended   time.Time
	How     mode.Text
}

// Hold is one stretch that somebody has or had the subject on.
type Hold struct {
	Leg mode.Text
	Who mode.Text
	At  time.Time
	Due time.Time // by when it is handed on, of the present one alone
}
