package service

import "time"

// Why somebody needs rest.
const (
	RestHours  = "hours"  // too many hours in a day and night
	RestNights = "nights" // too many nights in a week
	RestDays   = "days"   // too many days without a day off
)

// Limits of what somebody gives before they need rest.
const (
	restHours  = 10 * time.Hour // within 24 hours
	restNights = 3              // of the last seven, each with two hours or more between ten and six
	restDays   = 6              // in a row
)

// Rest says why somebody needs rest at a time; empty when they do not. It is said to
// whoever makes rosters, one person at a time: nobody is compared with anybody.
func Rest(all []Stretch, now time.Time, at *time.Location) (why []string) {
	spans := Once(all)
	within := func(from, until time.Time) (d time.Duration) {
		for _, x := range spans {
			a, b := x.From, x.Until
			if a.Before(from) {
				a = from
			}
			if b.After(until) {
				b = until
			}
			if b.After(a) {
				d += b.Sub(a)
			}
		}
		return d
	}
	if within(now.Add(-24*time.Hour), now) >= restHours {
		why = append(why, RestHours)
	}
	local := now.In(at)
	today := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, at)
	nights := 0
	for d := range 7 {
		if day := today.AddDate(0, 0, -d); within(day.Add(-2*time.Hour), day.Add(6*time.Hour)) >= 2*time.Hour {
			nights++
		}
	}
	if nights >= restNights {
		why = append(why, RestNights)
	}
	row := 0
	for d := 0; d <= restDays; d++ {
		day := today.AddDate(0, 0, -d)
		if within(day, day.AddDate(0, 0, 1)) > 0 {
			row++
		} else if d > 0 { // today need not be over
			break
		}
	}
	if row >= restDays {
		why = append(why, RestDays)
	}
	return why
}
