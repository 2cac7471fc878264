package territory

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is one civil day, the same wherever it is read.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDay reads a civil day as files write it: 2026-10-01.
func ParseDay(s string) (Day, bool) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Day{}, false
	}
	return dayOf(t), true
}

// String is the day as files write it.
func (d Day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

func dayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// Hours is one stretch of a working day, counted from midnight.
type Hours struct{ From, To time.Duration }

// ParseHours reads a stretch as files write it: 09:00-12:00, to 24:00 at the latest.
func ParseHours(s string) (Hours, bool) {
	from, to, ok := strings.Cut(s, "-")
	a, okA := clock(from)
	b, okB := clock(to)
	return Hours{a, b}, ok && okA && okB && a < b
}

func clock(s string) (time.Duration, bool) {
	h, m, ok := strings.Cut(s, ":")
	if !ok || len(h) != 2 || len(m) != 2 {
		return 0, false
	}
	hour, errH := strconv.Atoi(h)
	min, errM := strconv.Atoi(m)
	d := time.Duration(hour)*time.Hour + time.Duration(min)*time.Minute
	return d, errH == nil && errM == nil && hour >= 0 && min >= 0 && min < 60 && d <= 24*time.Hour
}

// Calendar is the working time of a place: its civil zone, the hours of a working
// day, the weekdays that are worked, days off and extra working days (調休). It is a
// value and reads no clock. The zero Calendar works around the clock.
type Calendar struct {
	Zone *time.Location // nil: UTC
	Week [7]bool        // by time.Weekday
	Open []Hours        // in order, none reaching into the next
	Off  map[Day]bool   // days off although their weekday is worked
	On   map[Day]bool   // worked although their weekday, or a day off, says otherwise
}

// Always says whether the calendar counts every hour: it has no hours, or no weekday.
func (c *Calendar) Always() bool { return len(c.Open) == 0 || c.Week == [7]bool{} }

// Works says whether a civil day is worked.
func (c *Calendar) Works(d Day) bool {
	if c.Always() || c.On[d] {
		return true
	}
	if c.Off[d] {
		return false
	}
	return c.Week[time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC).Weekday()]
}

// Add is the moment at which that much working time has passed after t. A length that
// is not above zero gives t itself.
func (c *Calendar) Add(t time.Time, d time.Duration) time.Time {
	if d <= 0 {
		return t
	}
	if c.Always() {
		return t.Add(d)
	}
	for day := c.day(t); ; day = day.AddDate(0, 0, 1) {
		if !c.Works(dayOf(day)) {
			continue
		}
		for _, h := range c.Open {
			from, to := at(day, h.From), at(day, h.To)
			if from.Before(t) {
				from = t
			}
			switch long := to.Sub(from); {
			case long <= 0:
			case d <= long:
				return from.Add(d).In(t.Location())
			default:
				d -= long
			}
		}
	}
}

// Between is the working time from a to b; it is negative where b comes first.
func (c *Calendar) Between(a, b time.Time) time.Duration {
	if b.Before(a) {
		return -c.Between(b, a)
	}
	if c.Always() {
		return b.Sub(a)
	}
	var sum time.Duration
	for day := c.day(a); day.Before(b); day = day.AddDate(0, 0, 1) {
		if !c.Works(dayOf(day)) {
			continue
		}
		for _, h := range c.Open {
			from, to := at(day, h.From), at(day, h.To)
			if from.Before(a) {
				from = a
			}
			if to.After(b) {
				to = b
			}
			sum += max(to.Sub(from), 0)
		}
	}
	return sum
}

// day is midnight of the civil day in which t lies.
func (c *Calendar) day(t time.Time) time.Time {
	zone := c.Zone
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// at is a time of the clock on a day, as the clock on the wall says it.
func at(day time.Time, d time.Duration) time.Time {
	y, m, n := day.Date()
	return time.Date(y, m, n, 0, int(d/time.Minute), 0, 0, day.Location())
}
