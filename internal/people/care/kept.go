package care

import (
	"time"

	"shouwang/internal/people/service"
)

// Kept is what is kept about the care of one helper: until when they are insured and
// by whom, and where they sleep when they may not go home.
type Kept struct {
	HelperID     string
	InsuredUntil time.Time // zero: not covered, as far as anybody said
	InsuredBy    string
	Lodging      string
	LodgedUntil  time.Time
	Version      int64
}

// Covered says whether somebody is insured at a time.
func (k Kept) Covered(at time.Time) bool { return at.Before(k.InsuredUntil) }

// Check says whether what is written of insurance and lodging can be.
func (k Kept) Check() error {
	if len([]rune(k.InsuredBy)) > 60 || len([]rune(k.Lodging)) > 120 || !k.InsuredUntil.IsZero() && k.InsuredBy == "" || k.Lodging != "" && k.LodgedUntil.IsZero() {
		return ErrCare.With("120")
	}
	return nil
}

// The bands of a burden view.
const (
	Rested = "rested"
	Busy   = "busy"
	Tired  = "tired" // needs rest
)

// Band says how much somebody carries now, and why: it protects the tired and orders
// nobody. given is what they served, coming what they are to do next.
func Band(given, coming []service.Stretch, now time.Time, at *time.Location) (band string, why []string) {
	if why = service.Rest(given, now, at); len(why) > 0 {
		return Tired, why
	}
	all := append(append([]service.Stretch{}, given...), coming...)
	for d := range 3 { // what is planned would tire them
		if why = service.Rest(all, now.AddDate(0, 0, d+1), at); len(why) > 0 {
			out := make([]string, 0, len(why))
			for _, w := range why {
				out = append(out, "coming-"+w)
			}
			return Tired, out
		}
	}
	for _, s := range given {
		if s.Counts() && s.Until.After(now.Add(-24*time.Hour)) {
			return Busy, []string{"served"}
		}
	}
	for _, s := range coming {
		if s.From.Before(now.Add(24 * time.Hour)) {
			return Busy, []string{"coming"}
		}
	}
	return Rested, nil
}
