package shift

import (
	"strconv"
	"strings"
	"time"

	"shouwang/internal/mode"
)

// The states of a shift.
const (
	Planned = "planned" // somebody stands there
	Open    = "open"    // nobody does
	Done    = "done"    // it was stood
	Missed  = "missed"  // whoever was to stand there did not come, and nobody else did
	Dropped = "dropped" // it is not asked for any more
)

// Shift is one place on one post at one time, and who fills it.
type Shift struct {
	ID       string
	Key      string // what it fills: incident, item, place, zone, start and number; one row for each
	Roster   string
	Incident string // empty: of the everyday system
	Item     string
	PlaceID  string
	Path     string
	Zone     string // id of the zone, or empty
	Closed   string // path of the closed zone it lies in, or empty
	N        int    // 1-based among those who stand there together
	HelperID string
	From     time.Time
	Until    time.Time
	State    string
	Why      string // why nobody fills it, or why somebody does for all they lack
	Note     string // what the one before leaves to the next
	Pinned   bool   // decided by hand: a roster leaves it as it is
	Former   string // who had it before the last change, or empty
	Changed  time.Time
	Apart    time.Duration // gap that its playbook declares after a closed zone; no column, filled where the gate is asked
	Came     time.Time     // noted while an emergency was in force; zero otherwise
	Version  int64
	Act      string
}

// KeyOf is what a shift fills.
func (s *Shift) KeyOf() string {
	return strings.Join([]string{s.Incident, s.Item, s.PlaceID, s.Zone, strconv.FormatInt(s.From.Unix(), 36), strconv.Itoa(s.N)}, "|")
}

// Stands says whether somebody is bound by the shift, or was.
func (s *Shift) Stands() bool { return s.HelperID != "" && (s.State == Planned || s.State == Done) }

// Live says whether the shift is still asked for.
func (s *Shift) Live() bool { return s.State == Planned || s.State == Open }

// Roster is a plan of shifts for a place and what lies below, over days: a draft
// until it is published. Body is its Draft.
type Roster struct {
	ID        string
	Incident  string
	PlaceID   string
	Path      string
	From      time.Time // midnight of the first day at the place
	Days      int
	Author    string
	Made      time.Time
	Publisher string
	Published time.Time
	TakenBack time.Time
	Body      []byte // JSON of Draft
	Version   int64
	Act       string
}

// Wish is what somebody would like: to stand or not to stand on a day, at hours of it.
type Wish struct {
	HelperID string
	Day      string // civil day
	On       bool   // would like to; otherwise would rather not
	From     int    // minutes of the day; 0 to 1440 is all of it
	Until    int
	Version  int64
	Act      string
}

// Line stands for everything one helper is to do: whoever fills or frees a shift of
// theirs rewrites it with it, so that two who give them something at once cannot both.
type Line struct {
	HelperID string
	Changed  time.Time
	Version  int64
	Act      string
}

// Stand is one post held by turns at one place.
type Stand struct {
	Item    string    `json:"item"`
	Title   mode.Text `json:"title"`
	PlaceID string    `json:"place"`
	Path    string    `json:"path"`
	Name    string    `json:"name"`
	Zone    string    `json:"zone"`
	Closed  string    `json:"closed"`
	Rule    *Rule     `json:"-"`
}

// Rule is what a post held by turns asks: its playbook's words at the place.
type Rule struct {
	Require mode.Require
	Shifts  *mode.Shifts
}

// Slots are the shifts of a stand from a midnight on for some days, all open.
func (s *Stand) Slots(incident string, midnight time.Time, days int) (out []Shift) {
	for d := range days {
		day := midnight.AddDate(0, 0, d)
		for _, t := range s.Rule.Shifts.Turns() {
			for n := 1; n <= s.Rule.Shifts.Crew; n++ {
				x := Shift{Incident: incident, Item: s.Item, PlaceID: s.PlaceID, Path: s.Path, Zone: s.Zone, Closed: s.Closed, Apart: s.Rule.Shifts.Apart, N: n,
					From: day.Add(t[0]), Until: day.Add(t[1]), State: Open}
				x.Key = x.KeyOf()
				out = append(out, x)
			}
		}
	}
	return out
}
