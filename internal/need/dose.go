package need

import (
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/fault"
)

// Dose is until when somebody's medicine lasts. One plan is one date: another date is
// another plan. What the medicine is, is sealed.
type Dose struct {
	ID        string
	PersonID  string
	PlaceID   string
	Path      string
	Medicine  string    // sealed; empty where it was not opened or is forgotten
	Until     time.Time // the end of the last day for which it lasts
	Lead      time.Duration
	Keep      time.Duration
	Reviewer  string // account that looks at the prescription
	By        string // account that entered it
	At        time.Time
	CaseID    string // the errand that was opened for it, or empty
	Ended     time.Time
	Why       string // changed, stopped, left, past
	Forgotten time.Time
	Next      time.Time // when the clock looks again
	Version   int64
	Sealed    []byte
}

// The faults of a plan. When one comes up nothing has been written.
var (
	// ErrDosePast says that a date lies behind, or too far ahead.
	ErrDosePast = fault.Define(fault.Invalid, "SW-2330", "“药吃到哪天”要在今天以后、一年以内。没有记下，请改日期。", "The last day of the supply comes after today and within a year. Nothing was recorded; mend the date.")
	// ErrDoseWords says that the medicine is not named.
	ErrDoseWords = fault.Define(fault.Invalid, "SW-2331", "请写药名和用量（2 到 200 字）。没有记下。", "Name the medicine and how it is taken (2 to 200 characters). Nothing was recorded.")
	// ErrDoseReview says that nobody able looks at the prescription.
	ErrDoseReview = fault.Define(fault.Invalid, "SW-2332", "请在名单里选核对处方的人。没有记下。", "Choose of the list who looks at the prescription. Nothing was recorded.")
	// ErrNoDose says that there is no plan.
	ErrNoDose = fault.Define(fault.NotFound, "SW-2333", "没有在用的续药日期。没有改动。", "There is no date of a next supply. Nothing was changed.")
	// ErrDoseItem says that no item of the catalogue is the errand.
	ErrDoseItem = fault.Define(fault.Conflict, "SW-2334", "这里的事项目录没有续药这一项（dose）。没有记下，请在预案里写明。", "The catalogue in force here has no item with a dose. Nothing was recorded; say it in the playbook.")
)

// after is how long a plan whose errand was opened stays when nobody enters the next date.
const doseAfter = 30 * 24 * time.Hour

// CheckDose says what a new plan lacks.
func CheckDose(d *Dose, now time.Time) error {
	n := utf8.RuneCountInString(strings.TrimSpace(d.Medicine))
	switch {
	case !d.Until.After(now) || d.Until.After(now.AddDate(1, 0, 1)):
		return ErrDosePast.With().At("until")
	case n < 2 || n > 200:
		return ErrDoseWords.With().At("medicine")
	}
	return nil
}

// Clock says when the clock looks at a plan again: to open its errand, once; to end it
// when no next date came; to forget what it said.
func (d *Dose) Clock() time.Time {
	switch {
	case !d.Forgotten.IsZero():
		return time.Time{}
	case !d.Ended.IsZero():
		return d.Ended.Add(d.Keep)
	case d.CaseID == "":
		return d.Until.Add(-d.Lead)
	}
	return d.Until.Add(doseAfter)
}

// End ends a plan.
func (d Dose) End(why string, now time.Time) Dose {
	d.Ended, d.Why = now, why
	d.Next = d.Clock()
	return d
}
