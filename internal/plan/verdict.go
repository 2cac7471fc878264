package plan

import "shouwang/internal/fault"

// Outcome says what an import makes of one line of a file.
type Outcome string

// The four outcomes; over a file they add up to its rows.
const (
	Inserted  Outcome = "inserted"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	Rejected  Outcome = "rejected"
)

// Verdict is the outcome of one line, for a rejected one with the field it is
// about and the fault.
type Verdict struct {
	Outcome Outcome
	Field   string
	Why     *fault.Error
}

// Reject returns the verdict of a line that is not taken.
func Reject(field string, why *fault.Error) Verdict { return Verdict{Rejected, field, why} }

// Tally is how many lines had each outcome.
type Tally struct {
	Rows      int `json:"rows"`
	Inserted  int `json:"inserted"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Rejected  int `json:"rejected"`
}

// Add counts one line.
func (t *Tally) Add(o Outcome) {
	t.Rows++
	switch o {
	case Inserted:
		t.Inserted++
	case Updated:
		t.Updated++
	case Rejected:
		t.Rejected++
	default:
		t.Unchanged++
	}
}
