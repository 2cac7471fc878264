package round

import (
	"time"

	"shouwang/internal/fault"
)

// Faults of recording.
var (
	ErrOutcome = fault.Define(fault.Invalid, "SW-1601",
		"这一轮没有“{0}”这个结果（可选：{1}）。没有写入，请重新选。",
		"This round has no outcome \"{0}\" (there are: {1}). Nothing was written; choose again.")
	ErrChoice = fault.Define(fault.Invalid, "SW-1602",
		"“{0}”需要再选一样具体的事，“{1}”不在其中。没有写入，请重新选。",
		"\"{0}\" needs one thing to be chosen, and \"{1}\" is none of them. Nothing was written; choose again.")
	ErrClosed = fault.Define(fault.Conflict, "SW-1603",
		"这一轮已于 {0} 结束，没有写入。您记下的内容仍在手机里，请交给社区。",
		"This round ended at {0}; nothing was written. What you noted is still on the phone; hand it to the community.")
)

// Input is one recording as it was made, perhaps offline and a while ago.
type Input struct {
	Outcome, Choice string
	For             string    // who really knocked, when recorded for somebody
	Base            int64     // version of the target that the recorder saw
	By              string    // account
	At              time.Time // when it was done
}

// caution orders tones: of two people who recorded the same door without knowing
// of each other, the more cautious finding holds until somebody looks again.
var caution = map[string]int{"": 0, "todo": 0, "ok": 1, "gone": 2, "again": 3, "refused": 4, "help": 5}

// Tone returns the tone of a target's present outcome: "todo" while it has none.
func (r Round) Tone(t Target) string { return r.ToneOf(t.Outcome) }

// ToneOf returns the tone of an outcome by its id; "todo" for none. One that the
// round does not declare (a door that left the zones) is "gone".
func (r Round) ToneOf(outcome string) string {
	for _, o := range r.Outcomes {
		if o.ID == outcome {
			return o.Tone
		}
	}
	if outcome != "" {
		return "gone"
	}
	return "todo"
}

// Record decides what a recording makes of a target. When somebody else recorded
// it since the recorder looked (its version is beyond Base), both findings are
// kept in the journal and the more cautious one holds; kept then names it.
func Record(r Round, t Target, in Input) (next Target, kept string, err error) {
	if !r.Closed.IsZero() {
		return t, "", ErrClosed.With(r.Closed.Format(time.RFC3339))
	}
	var o *Outcome
	ids := ""
	for i := range r.Outcomes {
		if r.Outcomes[i].System {
			continue
		}
		ids += " " + r.Outcomes[i].ID
		if r.Outcomes[i].ID == in.Outcome {
			o = &r.Outcomes[i]
		}
	}
	if o == nil {
		return t, "", ErrOutcome.With(in.Outcome, ids).At("outcome")
	}
	if err := chosen(o, in.Choice); err != nil {
		return t, "", err
	}
	if t.Version > in.Base && t.Outcome != "" && t.Outcome != in.Outcome && t.By != in.By && caution[r.Tone(t)] > caution[o.Tone] {
		return t, t.Outcome, nil
	}
	next = t
	next.Outcome, next.Choice, next.Final, next.At, next.By, next.For = o.ID, in.Choice, o.Final, in.At, in.By, in.For
	next.Again = time.Time{}
	if !o.Final && o.Again > 0 {
		next.Again = in.At.Add(o.Again)
	}
	return next, "", nil
}

func chosen(o *Outcome, choice string) error {
	if len(o.Choose) == 0 {
		if choice != "" {
			return ErrChoice.With(o.ID, choice).At("choice")
		}
		return nil
	}
	for _, c := range o.Choose {
		if c.ID == choice {
			return nil
		}
	}
	return ErrChoice.With(o.ID, choice).At("choice")
}
