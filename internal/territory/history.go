package territory

import "time"

// HouseScheme is the scheme of the codes that the house itself gives and shows.
const HouseScheme = "house"

// CodeSpan says that a place bore a code of a scheme for a time. A code is never
// given to another place, so that an old one always leads to what it meant.
type CodeSpan struct {
	ID      string
	Scheme  string
	Code    string
	PlaceID string
	From    time.Time
	Until   time.Time // zero while it holds
	Version int64
	Act     string
}

// Stay is one closed chapter of a place's history: where it stood, under which
// code, from when to when, and what ended it.
type Stay struct {
	ID       string
	PlaceID  string
	ParentID string
	Was      string // path of that time
	Code     string
	Name     string
	From     time.Time
	Until    time.Time
	Verb     string   // move, split, merge, divide, undo
	Gone     bool     // the place itself ended then
	Into     []string // places that took over what an ended one held
	Plan     string
	Version  int64
	Act      string
}
