package shift

import (
	"slices"
	"time"

	"shouwang/internal/people"
)

// The hard rules of a shift beside what people.Lacks says, as codes in the order in
// which they are looked at.
const (
	BreakTime   = "time"     // it ends before it starts, or is over
	BreakTwice  = "twice"    // stands elsewhere at that time
	BreakRest   = "rest"     // too little rest before or after another shift
	BreakLong   = "long"     // longer than this kind of helper stands, or than they can give a day
	BreakYoung  = "young"    // below the age asked for at such shifts
	BreakMinor  = "minor"    // a minor before 8:00 or after 20:00
	BreakInARow = "in-a-row" // too many days in a row
)

// BreakCodes is every code in that order.
var BreakCodes = []string{BreakTime, BreakTwice, BreakRest, BreakLong, BreakYoung, BreakMinor, BreakInARow}

// Break is one hard rule that a shift of somebody would break. With is the other
// shift, where there is one; Arg a number of hours, days or years.
type Break struct {
	Code string
	With string
	Arg  int
}

// Minors stand between these hours of the day.
const (
	minorFrom  = 8
	minorUntil = 20
)

// Breaks says which hard rules it would break that a helper takes a shift, given
// their other shifts. at is where the day is reckoned.
func Breaks(s *Shift, h *people.Helper, line []Shift, r Rule, at *time.Location, now time.Time) (out []Break) {
	if !s.Until.After(s.From) || !now.IsZero() && !s.Until.After(now) {
		out = append(out, Break{Code: BreakTime})
		return out
	}
	d := r.Shifts
	length := s.Until.Sub(s.From)
	others := make([]Shift, 0, len(line))
	for _, o := range line {
		if (o.ID == "" || o.ID != s.ID) && o.Key != s.Key && o.HelperID == h.ID && o.Stands() {
			others = append(others, o)
		}
	}
	for _, o := range others {
		if o.From.Before(s.Until) && s.From.Before(o.Until) {
			out = append(out, Break{Code: BreakTwice, With: o.ID})
		}
	}
	for _, o := range others {
		gap := max(s.From.Sub(o.Until), o.From.Sub(s.Until))
		if gap >= 0 && gap < d.Rest {
			out = append(out, Break{BreakRest, o.ID, int(d.Rest.Hours())})
		}
	}
	if most := d.LongestFor(h.Kind); length > most {
		out = append(out, Break{BreakLong, "", int(most.Hours())})
	} else if h.Hours > 0 && length > time.Duration(h.Hours)*time.Hour {
		out = append(out, Break{BreakLong, "", h.Hours})
	}
	if age := h.Age(s.From); d.MinAge > 0 && age < d.MinAge {
		out = append(out, Break{BreakYoung, "", d.MinAge})
	}
	if from, until := s.From.In(at), s.Until.In(at); h.Minor(s.From) && (from.Hour() < minorFrom || from.YearDay() != until.YearDay() || until.Hour()*60+until.Minute() > minorUntil*60) {
		out = append(out, Break{Code: BreakMinor, Arg: minorUntil})
	}
	if run := inARow(s, others, at); d.InARow > 0 && run > d.InARow {
		out = append(out, Break{BreakInARow, "", d.InARow})
	}
	return out
}

// way is what the borders of closed zones put between a helper and a shift.
func way(s *Shift, h *people.Helper, line []Shift, r Rule) people.Way {
	w := people.Way{Closed: s.Closed, Until: s.Until, Apart: r.Shifts.Apart}
	for _, o := range line {
		if o.ID == s.ID && o.ID != "" || o.Key == s.Key || o.HelperID != h.ID || !o.Stands() || o.Closed == s.Closed {
			continue
		}
		w.Stays = append(w.Stays, people.Stay{Closed: o.Closed, From: o.From, Until: o.Until, Apart: o.Apart})
	}
	return w
}

// inARow counts the days in a row with a shift, this one's among them.
func inARow(s *Shift, others []Shift, at *time.Location) int {
	day := func(t time.Time) int {
		y, m, d := t.In(at).Date()
		return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	}
	on := map[int]bool{day(s.From): true}
	for _, o := range others {
		on[day(o.From)] = true
	}
	n := 1
	for d := day(s.From) - 1; on[d]; d-- {
		n++
	}
	for d := day(s.From) + 1; on[d]; d++ {
		n++
	}
	return n
}

// Fits is the one gate of shifts: what a helper lacks for the post at its time, the
// borders on the way to it among them, and which hard rules the shift would break. Two empty answers are a yes.
func Fits(s *Shift, h *people.Helper, line []Shift, r Rule, at *time.Location, now time.Time) ([]people.Lack, []Break) {
	return people.LacksThere(h, r.Require, way(s, h, line, r), s.From), Breaks(s, h, line, r, at, now)
}

// First orders helpers by when they were last asked, then by nearness, then by id:
// whoever was asked least lately comes first.
func First(hs []people.Helper, asked map[string]time.Time, near func(h *people.Helper) int) {
	slices.SortStableFunc(hs, func(a, b people.Helper) int {
		if c := asked[a.ID].Compare(asked[b.ID]); c != 0 {
			return c
		}
		if c := near(&b) - near(&a); c != 0 {
			return c
		}
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
}
