package roster

import (
	"errors"
	"fmt"
)

// ErrShape is the error for a problem that contradicts itself: a number that names
// nothing, a shift that ends before it starts, a limit below zero.
var ErrShape = errors.New("roster: the problem contradicts itself")

// maxWeight keeps every sum of costs far from the end of 64 bits.
const maxWeight = 1 << 30

// maxGap is the longest rest and the longest gap between zones, in minutes.
const maxGap = 100 * DayMinutes

// Valid says whether the problem can be read at all. Whether each person has a
// line that keeps their rules is found by Solve.
func (p *Problem) Valid() error {
	if p.Days < 1 || p.Days > 3660 {
		return fmt.Errorf("%w: a horizon of %d days", ErrShape, p.Days)
	}
	if p.Weekday < 0 || p.Weekday > 6 || p.Rest < 0 || p.Rest > maxGap {
		return fmt.Errorf("%w: weekday %d, rest %d minutes", ErrShape, p.Weekday, p.Rest)
	}
	if len(p.Shifts) == 0 || len(p.Posts) == 0 {
		return fmt.Errorf("%w: no shift or no post", ErrShape)
	}
	for i, s := range p.Shifts {
		if s.Start < 0 || s.Start >= DayMinutes || s.Minutes < 1 || s.Minutes > 7*DayMinutes {
			return fmt.Errorf("%w: shift %d starts at minute %d and lasts %d", ErrShape, i, s.Start, s.Minutes)
		}
		for _, n := range s.NotNext {
			if n < 0 || n >= len(p.Shifts) {
				return fmt.Errorf("%w: shift %d may not be followed by shift %d, which is not there", ErrShape, i, n)
			}
		}
	}
	if err := p.validPosts(); err != nil {
		return err
	}
	for i := range p.People {
		if err := p.validPerson(&p.People[i]); err != nil {
			return fmt.Errorf("%w: person %d: %w", ErrShape, i, err)
		}
	}
	return p.validAsks()
}

// validPosts looks at posts and zones.
func (p *Problem) validPosts() error {
	for _, row := range p.ZoneGap {
		if len(row) != len(p.ZoneGap) {
			return fmt.Errorf("%w: the gaps between zones are not a square", ErrShape)
		}
		for _, g := range row {
			if g < 0 || g > maxGap {
				return fmt.Errorf("%w: a gap of %d minutes between zones", ErrShape, g)
			}
		}
	}
	for i, q := range p.Posts {
		if q.Zone < 0 || q.Zone >= max(len(p.ZoneGap), 1) {
			return fmt.Errorf("%w: post %d lies in zone %d", ErrShape, i, q.Zone)
		}
	}
	return nil
}

// validPerson looks at one person.
func (p *Problem) validPerson(who *Person) error {
	for _, n := range []int{who.LeastMinutes, who.MostMinutes, who.MostInRow, who.LeastInRow, who.LeastOff, who.MostWeekends,
		who.LongestShift, who.DayFrom, who.DayUntil} {
		if n < 0 {
			return errors.New("a limit below zero")
		}
	}
	if who.LeastMinutes > who.MostMinutes {
		return fmt.Errorf("at least %d and at most %d minutes", who.LeastMinutes, who.MostMinutes)
	}
	if who.LeastInRow > max(who.MostInRow, 1) {
		return fmt.Errorf("at least %d and at most %d days in a row", who.LeastInRow, who.MostInRow)
	}
	if who.MostOf != nil && len(who.MostOf) != len(p.Shifts) {
		return errors.New("the limits by shift are not one for each shift")
	}
	for _, s := range []Share{who.Load, who.Nights} {
		if s.Low < 0 || s.Low > s.High || s.Weight < 0 || s.Weight > maxWeight {
			return errors.New("a fair share that is none")
		}
	}
	for _, d := range who.OffDays {
		if d < 0 || d >= p.Days {
			return fmt.Errorf("off on day %d, which is outside the horizon", d)
		}
	}
	for _, o := range who.Offers {
		if o.Post < 0 || o.Post >= len(p.Posts) || o.Cost < -maxWeight || o.Cost > maxWeight {
			return fmt.Errorf("an offer of post %d at cost %d", o.Post, o.Cost)
		}
	}
	for _, d := range who.Before {
		if !p.names(d) {
			return errors.New("a duty before the horizon that does not exist")
		}
	}
	seen := map[int]bool{}
	for _, pin := range who.Pins {
		if pin.Day < 0 || pin.Day >= p.Days || !p.names(pin.Duty) || seen[pin.Day] {
			return fmt.Errorf("a decision for day %d that is outside the horizon, names no duty or comes twice", pin.Day)
		}
		seen[pin.Day] = true
	}
	return nil
}

// names says whether a duty is Off or exists.
func (p *Problem) names(d Duty) bool {
	return d == Off || d.Shift >= 0 && int(d.Shift) < len(p.Shifts) && d.Post >= 0 && int(d.Post) < len(p.Posts)
}

// validAsks looks at demands, wishes and pairs.
func (p *Problem) validAsks() error {
	for i, d := range p.Demands {
		if d.Day < 0 || d.Day >= p.Days || d.Shift < 0 || !p.names(Duty{int32(d.Shift), int32(d.Post)}) || d.Skill < -1 ||
			d.Need < 0 || d.Need > maxWeight || d.Under < 0 || d.Under > maxWeight || d.Over < 0 || d.Over > maxWeight {
			return fmt.Errorf("%w: demand %d names no shift of the horizon or asks for less than nothing", ErrShape, i)
		}
	}
	for i, w := range p.Wishes {
		if w.Person < 0 || w.Person >= len(p.People) || w.Day < 0 || w.Day >= p.Days || w.Shift < 0 || w.Shift >= len(p.Shifts) ||
			w.Weight < 0 || w.Weight > maxWeight {
			return fmt.Errorf("%w: wish %d lies outside the horizon or names nobody", ErrShape, i)
		}
	}
	for i, q := range p.Pairs {
		if q.A < 0 || q.B < 0 || q.A >= len(p.People) || q.B >= len(p.People) || q.A == q.B || q.Weight < 0 || q.Weight > maxWeight {
			return fmt.Errorf("%w: pair %d names nobody", ErrShape, i)
		}
	}
	return nil
}
