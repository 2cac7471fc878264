package mode

import (
	"regexp"
	"strconv"
	"time"
)

// Span is a length of time as a playbook writes it. Days are civil days: an end
// reckoned in days is the end of that civil day at the place.
type Span struct {
	Text string
	Days int           // whole days, weeks counted as seven
	Rest time.Duration // hours and minutes beside them
}

var spanForm = regexp.MustCompile(`^P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?)?$`)

// ParseSpan reads an ISO 8601 length in weeks, days, hours and minutes. Months
// and years are refused, since their length is not fixed.
func ParseSpan(s string) (Span, bool) {
	m := spanForm.FindStringSubmatch(s)
	if m == nil {
		return Span{}, false
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	p := Span{Text: s, Days: 7*n(1) + n(2), Rest: time.Duration(n(3))*time.Hour + time.Duration(n(4))*time.Minute}
	return p, p.Length() > 0 && s[len(s)-1] != 'T'
}

// Length is the span with a day as twenty-four hours.
func (s Span) Length() time.Duration { return time.Duration(s.Days)*24*time.Hour + s.Rest }

// Latest is the last moment at which something begun at from may end: for a span
// in days the end of that civil day at the place.
func (s Span) Latest(from time.Time, at *time.Location) time.Time {
	if s.Days == 0 || s.Rest != 0 || at == nil {
		return from.Add(s.Length())
	}
	d := from.In(at)
	return time.Date(d.Year(), d.Month(), d.Day()+s.Days+1, 0, 0, 0, 0, at)
}
