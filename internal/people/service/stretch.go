package service

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
)

// Faults of hours. When one comes up nothing was written.
var (
	// ErrTimes says that a stretch does not end after it begins, or lies ahead.
	ErrTimes = fault.Define(fault.Invalid, "SW-1750",
		"时间不对：结束要晚于开始，不超过 {0} 小时，也不能在将来。没有记下。请改时间；更长的分成几段记。",
		"The times do not fit: a stretch ends after it begins, lasts at most {0} hours and is not ahead of now. Nothing was written. Change them; write longer service as several stretches.")
	// ErrReason says that a reason is missing.
	ErrReason = fault.Define(fault.Invalid, "SW-1751",
		"要写明原因（最多 200 字），本人会看到。没有改动。",
		"A reason is wanted (200 characters at most); the helper reads it. Nothing was changed.")
	// ErrStruck says that a stretch does not count any more.
	ErrStruck = fault.Define(fault.Conflict, "SW-1752",
		"这一段已经划去，不再改。没有改动。请另记一段。",
		"This stretch was struck out and is not changed any more. Nothing was changed. Write another one.")
	// ErrOwnHours says that a captain proposes for themselves.
	ErrOwnHours = fault.Define(fault.Forbidden, "SW-1758",
		"自己的时数不能自己提更正。没有记下。记得不对，点“记得不对”告诉社区。",
		"Nobody proposes their own hours. Nothing was written. Press Not right to tell the community.")
	// ErrNoHours says that there is nothing to certify.
	ErrNoHours = fault.Define(fault.Conflict, "SW-1753",
		"这段日子里没有算数的服务时数，没有开证明。请先核对时数，或换一段日子。",
		"No hours count within these days, so no certificate was made. Check the hours first, or choose other days.")
	// ErrWithdrawn says that a certificate was withdrawn before.
	ErrWithdrawn = fault.Define(fault.Conflict, "SW-1754",
		"这份证明已经撤回。没有改动。需要的话另开一份。",
		"This certificate was withdrawn already. Nothing was changed. Make another one if it is needed.")
)

// Longest is the longest stretch that counts by itself. A hand-over that was
// forgotten makes a longer one; it waits until somebody says how it was.
const Longest = 12 * time.Hour

// Where a stretch comes from.
const (
	FromPost  = "post"  // an arrival at a post and its hand-over
	FromShift = "shift" // a shift that was stood
	FromDesk  = "desk"  // written down by whoever keeps the roll
	FromOpen  = "open"  // an arrival that nobody handed over; it waits for a check
)

// Stretch is one time that a helper served, from coming to a post until leaving it:
// the way there and back is not in it.
type Stretch struct {
	ID, HelperID, PlaceID, Path string
	Incident                    string
	Source, Thing               string // where it comes from, and the post
	Title                       mode.Text
	From, Until                 time.Time
	WasFrom, WasUntil           time.Time // before it was put right
	By, Reason                  string    // who wrote it or put it right, and why
	Objection                   string    // what the helper says against it
	Objected                    time.Time
	Struck                      bool
	Proposal                    Proposal
	Version                     int64
}

// Proposal is what the captain of a team says that a stretch was; empty without one.
type Proposal struct {
	From, Until time.Time
	By          string // helper
	Why         string
	At          time.Time
}

// Counts says whether a stretch counts as it stands.
func (s *Stretch) Counts() bool {
	return !s.Struck && s.Until.After(s.From) && s.Until.Sub(s.From) <= Longest && (s.Source != FromOpen || s.By != "")
}

// Waits says whether somebody who keeps the roll should look at a stretch: it does not
// count by itself, its helper objects, or its captain proposes something else.
func (s *Stretch) Waits() bool {
	return !s.Struck && (!s.Counts() || !s.Objected.IsZero() || !s.Proposal.At.IsZero())
}

// Stood is the stretch that somebody's leaving of a post ends.
func Stood(id, helper, place, path, incident, post string, title mode.Text, from, until time.Time) Stretch {
	return Stretch{ID: id, HelperID: helper, PlaceID: place, Path: path, Incident: incident, Source: FromPost, Thing: post, Title: title, From: from, Until: until}
}

// Unended is the stretch of an arrival that nobody handed over: it says until when at
// most, and waits for a check.
func Unended(id, helper, place, path, incident, post string, title mode.Text, from, until time.Time) Stretch {
	s := Stood(id, helper, place, path, incident, post, title, from, until)
	s.Source = FromOpen
	return s
}

func checkTimes(from, until, now time.Time) error {
	if !until.After(from) || until.Sub(from) > Longest || until.After(now) {
		return ErrTimes.With("12")
	}
	return nil
}

func checkReason(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" || len([]rune(s)) > 200 {
		return "", ErrReason.With()
	}
	return s, nil
}

// Note decides that somebody's service is written down by the desk.
func Note(s Stretch, by, reason string, now time.Time) (Stretch, error) {
	why, err := checkReason(reason)
	if err != nil {
		return s, err
	}
	s.Source, s.By, s.Reason = FromDesk, by, why
	return s, checkTimes(s.From, s.Until, now)
}

// Correct decides that a stretch was otherwise, or, with strike, that it was not at
// all. What stood first stays to be read, and so does the helper's objection.
func Correct(s Stretch, from, until time.Time, strike bool, by, reason string, now time.Time) (Stretch, error) {
	if s.Struck {
		return s, ErrStruck.With()
	}
	why, err := checkReason(reason)
	if err != nil {
		return s, err
	}
	if s.WasFrom.IsZero() {
		s.WasFrom, s.WasUntil = s.From, s.Until
	}
	s.By, s.Reason, s.Struck, s.Proposal = by, why, strike, Proposal{}
	s.Objected = time.Time{} // what was objected stays to be read; it waits no more
	if strike {
		return s, nil
	}
	s.From, s.Until = from, until
	return s, checkTimes(from, until, now)
}

// Object takes down what the helper says against a stretch.
func Object(s Stretch, words string, now time.Time) (Stretch, error) {
	w, err := checkReason(words)
	if err != nil {
		return s, err
	}
	s.Objection, s.Objected = w, now
	return s, nil
}

// Propose takes down what the captain of a helper's team says a stretch was. It
// changes nothing of it.
func Propose(s Stretch, from, until time.Time, by, reason string, now time.Time) (Stretch, error) {
	if s.Struck {
		return s, ErrStruck.With()
	}
	if by == s.HelperID {
		return s, ErrOwnHours.With()
	}
	why, err := checkReason(reason)
	if err != nil {
		return s, err
	}
	s.Proposal = Proposal{From: from, Until: until, By: by, Why: why, At: now}
	return s, checkTimes(from, until, now)
}

// Once are the counting stretches by their beginning, each without what an earlier one
// covers already: an arrival within a shift that was stood is one service.
func Once(all []Stretch) (out []Stretch) {
	list := slices.DeleteFunc(slices.Clone(all), func(s Stretch) bool { return !s.Counts() })
	slices.SortStableFunc(list, func(a, b Stretch) int { return a.From.Compare(b.From) })
	var end time.Time
	for _, s := range list {
		if s.From.Before(end) {
			s.From = end
		}
		if s.Until.After(s.From) {
			end = s.Until
			out = append(out, s)
		}
	}
	return out
}

// Minutes is how long stretches last together; what overlaps counts once.
func Minutes(all []Stretch) int {
	total := time.Duration(0)
	for _, x := range Once(all) {
		total += x.Until.Sub(x.From)
	}
	return int(total / time.Minute)
}
