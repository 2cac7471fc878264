package service

import (
	"fmt"
	"strings"
	"time"

	"shouwang/internal/mode"
)

// Line is what one kind of post adds to a certificate.
type Line struct {
	Title   mode.Text `json:"title"`
	Times   int       `json:"times"`
	Minutes int       `json:"minutes"`
}

// Certificate says what somebody gave: person, service with hours, issuer with
// contact, number and date. What it says is written when it is made and does not
// follow later changes; a wrong one is withdrawn.
type Certificate struct {
	ID, Number           string
	HelperID, Name, Roll string // Roll is the volunteer number
	PlaceID, Path        string
	Place                string // as it stands on the paper
	From, Until          time.Time
	Minutes              int
	Lines                []Line
	Issuer, Contact      string
	Author               string
	Made                 time.Time
	Nonce, Hash          string // of the verifying address, as with codes at doors
	Withdrawn            time.Time
	Why                  string
	Version              int64
}

// Certify makes the certificate over what counts of somebody's stretches between two
// times. Who, where and by whom are filled in by the caller.
func Certify(c Certificate, all []Stretch, from, until, now time.Time, bits uint64) (Certificate, error) {
	var in []Stretch
	for _, s := range all {
		if s.Counts() && !s.From.Before(from) && s.Until.Before(until) {
			in = append(in, s)
		}
	}
	if len(in) == 0 {
		return c, ErrNoHours.With()
	}
	in = Once(in) // so that the lines add up
	at := map[mode.Text]int{}
	for _, s := range in {
		i, ok := at[s.Title]
		if !ok {
			i = len(c.Lines)
			at[s.Title] = i
			c.Lines = append(c.Lines, Line{Title: s.Title})
		}
		c.Lines[i].Times++
		c.Lines[i].Minutes += int(s.Until.Sub(s.From) / time.Minute)
	}
	c.From, c.Minutes, c.Made = in[0].From, Minutes(in), now
	for _, s := range in {
		if s.Until.After(c.Until) {
			c.Until = s.Until
		}
	}
	c.Number = fmt.Sprintf("FW-%d-%08d", now.Year(), bits%100_000_000)
	return c, nil
}

// Withdraw decides that a certificate holds no more.
func Withdraw(c Certificate, why string, now time.Time) (Certificate, error) {
	if !c.Withdrawn.IsZero() {
		return c, ErrWithdrawn.With()
	}
	w, err := checkReason(why)
	if err != nil {
		return c, err
	}
	c.Withdrawn, c.Why = now, w
	return c, nil
}

// Hours writes minutes as hours with at most one digit behind the point, rounded
// down: a paper never says more than was given.
func Hours(minutes int) string {
	return strings.TrimSuffix(fmt.Sprintf("%d.%d", minutes/60, minutes%60/6), ".0")
}
