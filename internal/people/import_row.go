package people

import (
	"time"

	"shouwang/internal/mode"
)

// Seat is a post of the everyday system as an import asks for it.
type Seat struct {
	Item, Role string
	Deputy     bool // stands in for whoever holds the post
	PlaceID    string
	Path       string
	PlaceCode  string
	Count      int // how many the playbook asks for at a place
	Require    Require
	Title      mode.Text
}

// Row is one line of a roll whose places were found. Blank and nil fields say
// nothing and change nothing.
type Row struct {
	Line                              int
	Number, Name, Gender, Phone, Kind string
	Birth                             int
	PlaceID, Path                     string
	Party, Standing, PhoneUser        *bool
	Skills                            []string
	Passed                            []Passed
	Hours                             *int
	Away                              string // "present" clears it
	Seat                              *Seat
	SignUp                            Form
}

// Passed is a qualification as a roll names it, with its end; zero: without one.
type Passed struct {
	Qualification string
	Until         time.Time
}

// Form is what a roll may say beside of what a sign-up asks. Empty and nil say nothing.
type Form struct {
	Born         string // birth as it is written, for the day on which a minor comes of age
	Phone, Mail  string // their own; sealed, as is Note
	Note         string
	Limits       []string
	Guardian     Guardian
	GuardianYes  *bool
	Consent      *bool // signed on paper
	Organisation string
	Available    []Window
}

// private says whether a form says something that is sealed.
func (f *Form) private() bool {
	return f.Phone != "" || f.Mail != "" || f.Note != "" || len(f.Limits) > 0 || f.Guardian != (Guardian{})
}
