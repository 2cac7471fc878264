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

// Reshape is a plan of the ground as it is kept: what was asked, the steps, what it
// saw, and, once applied, how to take it back.
type Reshape struct {
	ID        string            `json:"id"`
	Verb      string            `json:"verb"` // move, split, merge, divide, undo
	Place     string            `json:"place"`
	Asks      []string          `json:"asks"` // places at which the right is asked for
	Sees      []string          `json:"sees"` // places all below which must not change meanwhile
	Author    string            `json:"author"`
	MadeAt    time.Time         `json:"made_at"`
	Saw       string            `json:"saw"`
	Steps     []Step            `json:"steps"`
	Wish      map[string]string `json:"wish,omitempty"`
	Division  *Division         `json:"division,omitempty"`
	Undoes    string            `json:"undoes,omitempty"`
	Reopen    []string          `json:"reopen,omitempty"` // posts and grants that open again
	Back      []Step            `json:"back,omitempty"`
	BackCodes map[string]string `json:"back_codes,omitempty"`
	Closed    []string          `json:"closed,omitempty"` // posts and grants that ended with their place
}
