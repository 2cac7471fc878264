package need

// Objection is the item of the catalogue under which residents object to a measure.
const Objection = "appeal"

// What is decided about an objection.
const (
	Upheld = "upheld" // the measure stays as it is
	Eased  = "eased"  // it holds no longer for whoever objected
	Struck = "lifted" // it holds no longer for anybody there
	Over   = "over"   // it had ended before it was decided
)

// Verdicts lists what may be decided about an objection.
var Verdicts = []string{Upheld, Eased, Struck, Over}

// Verdict is what was decided about an objection, from its steps; empty: nothing yet,
// or it was opened again since.
func Verdict(c *Case, steps []Step) string {
	if c.Answered.IsZero() {
		return ""
	}
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i].Verb == Reply {
			return steps[i].Why
		}
	}
	return ""
}

// Bars says whether an act is one of whoever the case is about: they may say a word and
// pass it on, and neither decide it, take it, give it away by choice nor say for the
// resident that it is well.
func (c *Case) Bars(a Act) bool {
	if c.Barred == "" {
		return false
	}
	if a.Verb == Assign && a.Who == c.Barred {
		return true
	}
	return a.By == c.Barred && a.Verb != Transfer && a.Verb != Note && a.Verb != Return
}
