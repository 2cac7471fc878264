package roster

import "math"

// Unlimited stands where a limit does not bind.
const Unlimited = math.MaxInt32

// DayMinutes is the length of a day; every time in a problem is in minutes.
const DayMinutes = 24 * 60

// Shift is one kind of duty in time. Start is in minutes after midnight of the
// day it belongs to, and it may run past midnight. NotNext lists the shifts that
// may not be served on the day after this one.
type Shift struct {
	ID      string
	Start   int
	Minutes int
	Night   bool
	NotNext []int
}

// Post is where somebody serves. Place is the caller's number of the place and
// comes back in explanations; Zone is an index into Problem.ZoneGap, 0 where there
// are no zones; whoever serves here needs all of Skills.
type Post struct {
	ID     string
	Place  int
	Zone   int
	Skills []int
}

// Offer is a post that a person may be sent to; Cost is paid for each shift served
// there (the way there, as the caller measures it).
type Offer struct {
	Post int
	Cost int
}

// Span is a time in minutes after the first midnight of the horizon, From
// included, To not.
type Span struct{ From, To int }

// Share is what is fair: each shift fewer than Low or more than High costs Weight.
type Share struct{ Low, High, Weight int }

// Pin is a day that was decided by hand: the person serves Duty, or is Off.
type Pin struct {
	Day  int
	Duty Duty
}

// Person is one helper with everything that limits them. The zero value may do
// nothing at all; Anyone gives a person without limits to start from.
//
// MostOf is by shift (nil for no limits). Times of one day must lie between
// DayFrom and DayUntil (minutes after midnight; for a minor, say, 8:00 and 20:00).
// Shifts longer than LongestShift are not for this person (six hours for a
// volunteer, eight for a guard). A weekend counts when Saturday or Sunday is
// served. Runs that touch an end of the horizon are taken as going on outside it,
// so LeastInRow and LeastOff never bind there; with Before, which is what the
// person did on the days just before the horizon, latest last, the days before
// count as they were. Group is for fairness figures only.
type Person struct {
	ID                string
	Group             int
	Skills            []int
	Offers            []Offer // nil: every post the skills allow, at no cost
	MostOf            []int
	LeastMinutes      int
	MostMinutes       int
	MostInRow         int
	LeastInRow        int
	LeastOff          int
	MostWeekends      int
	LongestShift      int
	DayFrom, DayUntil int
	OffDays           []int
	Away              []Span
	Load, Nights      Share
	Before            []Duty
	Pins              []Pin
}

// Anyone is a person without skills and without limits.
func Anyone(id string) Person {
	return Person{
		ID: id, MostMinutes: Unlimited, MostInRow: Unlimited, MostWeekends: Unlimited,
		LongestShift: Unlimited, DayUntil: Unlimited, Load: Share{High: Unlimited}, Nights: Share{High: Unlimited},
	}
}

// Demand asks for Need people on a shift of a day at a post; each person fewer
// costs Under, each more costs Over. With a Skill of 0 or more only people who have
// it count ("one experienced on each post"), and -1 counts everybody.
type Demand struct {
	Day, Shift, Post, Skill int
	Need, Under, Over       int
}

// Wish is a request: with On it costs Weight when the person does not serve that
// shift on that day, otherwise when they do.
type Wish struct {
	Person, Day, Shift int
	On                 bool
	Weight             int
}

// Pair costs Weight for each day on which A and B do not have the same duty; both
// off is the same.
type Pair struct{ A, B, Weight int }

// Problem is a horizon of Days and everything that is known about it. Weekday is
// the first day's, Monday is 0. Rest is the least time between the end of a duty
// and the start of the person's next; ZoneGap[a][b] is the same between a duty in
// zone a and one in zone b. No time in a problem depends on a clock.
type Problem struct {
	Days    int
	Weekday int
	Rest    int
	Shifts  []Shift
	Posts   []Post
	ZoneGap [][]int
	People  []Person
	Demands []Demand
	Wishes  []Wish
	Pairs   []Pair
}

// Duty is one person's day: a shift at a post.
type Duty struct{ Shift, Post int32 }

// Off is a day without a duty.
var Off = Duty{-1, -1}

// Roster says what each person does on each day: Roster[person][day].
type Roster [][]Duty

// Clone copies a roster.
func (r Roster) Clone() Roster {
	out := make(Roster, len(r))
	for i, line := range r {
		out[i] = append([]Duty(nil), line...)
	}
	return out
}

// weekend says which weekend a day belongs to, counted from the first, or -1.
func (p *Problem) weekend(day int) int {
	at := day + p.Weekday
	if at%7 < 5 {
		return -1
	}
	return at / 7
}

// gap is the least time between a duty in one zone and the next in another.
func (p *Problem) gap(from, to int) int {
	if len(p.ZoneGap) == 0 {
		return p.Rest
	}
	return max(p.Rest, p.ZoneGap[from][to])
}

// between is how many days must lie between duty a and a later duty b: 1 when b
// may be served the day after a.
func (p *Problem) between(a, b Duty) int {
	sa, sb := p.Shifts[a.Shift], p.Shifts[b.Shift]
	least := 1
	for _, s := range sa.NotNext {
		if int32(s) == b.Shift {
			least = 2
		}
	}
	free := sa.Start + sa.Minutes + p.gap(p.Posts[a.Post].Zone, p.Posts[b.Post].Zone)
	for sb.Start+least*DayMinutes < free {
		least++
	}
	return least
}

// fits says whether a person may be given a duty on a day at all, as far as the
// day and the duty alone can tell; the empty string means yes, otherwise the code
// of the rule that forbids it.
func (p *Problem) fits(who *Person, day int, duty Duty) string {
	s := p.Shifts[duty.Shift]
	from, to := s.Start, s.Start+s.Minutes
	switch {
	case s.Minutes > who.LongestShift:
		return TooLong
	case from < who.DayFrom || to > who.DayUntil:
		return NotAtThisHour
	case who.MostOf != nil && who.MostOf[duty.Shift] == 0:
		return TooManyOfShift
	}
	for _, d := range who.OffDays {
		if d == day {
			return DayOff
		}
	}
	for _, a := range who.Away {
		if from+day*DayMinutes < a.To && a.From < to+day*DayMinutes {
			return IsAway
		}
	}
	return p.qualified(who, duty.Post)
}

// qualified says whether a person may serve at a post: all its skills, and an
// offer where the person has a list of them.
func (p *Problem) qualified(who *Person, post int32) string {
	for _, skill := range p.Posts[post].Skills {
		if !has(who.Skills, skill) {
			return Unqualified
		}
	}
	if who.Offers == nil {
		return ""
	}
	for _, o := range who.Offers {
		if int32(o.Post) == post {
			return ""
		}
	}
	return NotOffered
}

// offer is what a shift at a post costs a person.
func (who *Person) offer(post int32) int64 {
	for _, o := range who.Offers {
		if int32(o.Post) == post {
			return int64(o.Cost)
		}
	}
	return 0
}

// has says whether a short list holds a number.
func has(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
