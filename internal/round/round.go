package round

import (
	"strings"
	"time"
)

// Round is one opened list of targets.
type Round struct {
	ID       string
	Key      string // incident|item, unique
	Incident string
	Item     string // playbook item id, e.g. "sweep"
	PlaceID  string // top place
	Path     string
	TitleZH  string
	TitleEN  string
	Per      string // household, building, person…
	By       string // post item that does it, e.g. "lead"
	Outcomes []Outcome
	Opened   time.Time
	Due      time.Time
	Closed   time.Time // zero while open
	Total    int
	Dues     []PlaceDue // places with a date of their own
	Book     string     // content hash of the playbook version it was opened by
	Version  int64
	Act      string
}

// PlaceDue is a date that differs from the round's at a place and below it.
type PlaceDue struct {
	Path string    `json:"path"`
	Due  time.Time `json:"due"`
}

// DueAt is when the target at a path is due: the date of the nearest place on the
// path that has its own, else the round's.
func (r *Round) DueAt(path string) time.Time {
	due, near := r.Due, 0
	for _, d := range r.Dues {
		if len(d.Path) > near && strings.HasPrefix(path, d.Path) {
			due, near = d.Due, len(d.Path)
		}
	}
	return due
}

// Outcome is one way a target can end, as the playbook declares it.
type Outcome struct {
	ID     string        `json:"id"` // at-home, needs-help, absent, refused, moved
	ZH     string        `json:"zh"`
	EN     string        `json:"en"`
	Final  bool          `json:"final"`            // false: must be tried again
	Again  time.Duration `json:"again,omitempty"`  // when to try again
	Opens  string        `json:"opens,omitempty"`  // case item opened by it
	Choose []Choice      `json:"choose,omitempty"` // kinds of help to pick from
	Tone   string        `json:"tone"`             // ok, help, again, refused, gone
	System bool          `json:"system,omitempty"` // set by the system alone, never recorded by hand
}

// Choice is one thing to pick under an outcome.
type Choice struct {
	ID string `json:"id"`
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Target is one thing of a round that must get an outcome. Outcome empty: not
// visited. Base versions of the client guard against two people recording at once.
type Target struct {
	RoundID  string
	Incident string // incident of the round, or empty; what was asked for is sealed under it
	PlaceID  string // door (or what Per says); (RoundID, PlaceID) is unique
	Path     string
	Zone     string
	Outcome  string
	Choice   string // class P4 (it may tell an illness), sealed
	Final    bool
	Again    time.Time // when to try again, zero when not
	At       time.Time // when recorded, zero when not
	By       string    // account
	For      string    // person who really knocked (代录), free name of a helper, or empty
	Version  int64
	Act      string
}
