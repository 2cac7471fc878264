package shift

import (
	"strings"
	"time"

	"shouwang/internal/fault"
)

// The faults of what became of a shift. When one comes up nothing was noted.
var (
	// ErrNoArrival says that nobody checks in at a shift now.
	ErrNoArrival = fault.Define(fault.Conflict, "SW-1775",
		"到岗只在应急生效期间记，班前一小时到班末之间。没有记下。平时不打卡，下班后由本人或队长确认。",
		"Arrivals are noted only while an emergency is in force, from an hour before a shift until its end. Nothing was noted. In ordinary times nobody checks in; the helper or the captain says afterwards that it was stood.")
	// ErrNotOver says that a shift is not over, or that nobody had it.
	ErrNotOver = fault.Define(fault.Conflict, "SW-1776",
		"这一班还没有结束，或者没有人值。没有记下。请在班末再确认。",
		"This shift is not over yet, or nobody had it. Nothing was noted. Say it at its end.")
	// ErrNote says that a note to the next is empty, too long, or not for this shift.
	ErrNote = fault.Define(fault.Invalid, "SW-1777",
		"交接的话最多 300 字，由当班的人在班上或下班后 12 小时内写。没有记下。",
		"A note to the next has 300 characters at most and is written by whoever stands there, until twelve hours after the end. Nothing was noted.")
)

// How long before a shift somebody may come, how long before its end it is over for
// whoever hands over, and how long after it a note is written.
const (
	early     = time.Hour
	handing   = 15 * time.Minute
	afterward = 12 * time.Hour
)

// Come decides that whoever has a shift has come to it. inForce says whether an
// incident in force covers its place. Fault: SW-1775.
func Come(x Shift, inForce bool, now time.Time) (Shift, error) {
	if !inForce || x.State != Planned || now.Before(x.From.Add(-early)) || !now.Before(x.Until) {
		return x, ErrNoArrival.With()
	}
	x.State, x.Came, x.Changed = Done, now, now
	return x, nil
}

// Confirm decides that a shift was stood, said by the helper, the captain or the desk
// after it. Who was said not to have come is taken back by it. Fault: SW-1776.
func Confirm(x Shift, now time.Time) (Shift, error) {
	if x.State == Missed && x.HelperID == "" {
		x.HelperID = x.Former
	}
	if x.State != Planned && x.State != Missed || x.HelperID == "" || now.Before(x.Until.Add(-handing)) {
		return x, ErrNotOver.With()
	}
	x.State, x.Why, x.Changed = Done, "", now
	return x, nil
}

// Miss decides, when a shift is over, that whoever had it did not come. While it runs
// others are asked instead. Fault: SW-1785.
func Miss(x Shift, now time.Time) (Shift, error) {
	if x.State != Planned || now.Before(x.Until) {
		return x, ErrOver.With()
	}
	x.State, x.Former, x.HelperID, x.Why, x.Changed, x.Pinned = Missed, x.HelperID, "", Absent, now, false
	return x, nil
}

// Absent is why a shift is open or missed whose holder did not come.
const Absent = "absent"

// Picked is why somebody has a shift that they took themselves.
const Picked = "picked"

// As is the state of a shift at a time: open after somebody did not come, it is missed
// when it is over.
func (s *Shift) As(now time.Time) string {
	if s.State == Open && s.Why == Absent && !s.Until.After(now) {
		return Missed
	}
	return s.State
}

// Leave decides what a shift leaves to the next one. Fault: SW-1777.
func Leave(x Shift, note string, now time.Time) (Shift, error) {
	note = strings.TrimSpace(note)
	if len([]rune(note)) > 300 || !x.Stands() || now.Before(x.From.Add(-early)) || now.After(x.Until.Add(afterward)) {
		return x, ErrNote.With()
	}
	x.Note = note
	return x, nil
}

// Stretch is when a shift was stood: from its start, or from coming where that was
// noted later, until its end or now. The way there is not in it.
func (s *Shift) Stretch(now time.Time) (from, until time.Time, ok bool) {
	from, until = s.From, s.Until
	if s.Came.After(from) {
		from = s.Came
	}
	if now.Before(until) {
		until = now
	}
	return from, until, s.State == Done && s.HelperID != "" && until.After(from) && !now.Before(s.Until.Add(-handing))
}
