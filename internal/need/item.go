package need

import (
	"encoding/json"
	"slices"
	"time"

	"shouwang/internal/custody"
	"shouwang/internal/fault"
	"shouwang/internal/mode"
	"shouwang/internal/plan"
	"shouwang/internal/territory"
)

// Item is a catalogue item as a case keeps it: what the playbooks and the place said on
// the day it was opened. Equal content has one id, so it is kept once.
type Item struct {
	mode.CaseItem
	LineTitle mode.Text
	Chained   *mode.ChainItem    `json:",omitempty"`
	Working   *mode.CalendarItem `json:",omitempty"` // only where the item runs by it
}

// ItemOf takes an item out of the playbook in force at its place.
func ItemOf(pb *mode.Playbook, x mode.CaseItem) Item {
	out := Item{CaseItem: x}
	if l, ok := pb.Line(x.Line); ok {
		out.LineTitle = l.Title
	}
	if c, ok := pb.Chain(x.Chain); ok {
		out.Chained = &c
	}
	if x.Clock == mode.ClockWorking {
		for b := pb; b != nil && out.Working == nil; b = b.Base {
			out.Working = b.Calendar
		}
	}
	return out
}

// Print is the id of an item's content.
func (x *Item) Print() string { return plan.NewPrint().JSON(x).ID() }

// Body is the item's content as it is kept; ReadItem reads it.
func (x *Item) Body() ([]byte, error) { return json.Marshal(x) }

// ReadItem reads an item as Body wrote it.
func ReadItem(b []byte) (Item, error) {
	var x Item
	err := json.Unmarshal(b, &x)
	return x, err
}

// usualConsent is how long an answer waits for the resident where the item says nothing.
const usualConsent = 72 * time.Hour

// usualKeep is how long what was said of a closed case is kept where its item is from
// before items said so; migration 00054 reckons with the same.
const usualKeep = 365 * 24 * time.Hour

// Rule is what the item asks of its cases.
func (x *Item) Rule() Rule {
	r := Rule{Item: x.ID, Role: x.Role, Take: x.Take.Length(), Within: x.Within.Length(), Hold: x.Hold.Length(), Silence: x.Silence.Length(),
		Longest: x.Pause.Longest.Length(), Reasons: x.Pause.Why, Proof: x.Proof, Consent: x.Consent.Length(), Only: x.Only, Keep: x.Keep.Length(), Lapses: x.Lapses, Calendar: Always{}}
	if x.Keep.Text == "" { // an item kept before items said how long
		r.Keep = usualKeep
	}
	if r.Consent == 0 { // every answer waits for a word
		r.Consent, r.Spoken = usualConsent, true
	}
	if x.Working != nil {
		c := x.Working.Use()
		r.Calendar = working{&c}
	}
	return r
}

type working struct{ *territory.Calendar }

// Between is working time, at least zero.
func (w working) Between(from, to time.Time) time.Duration {
	return max(w.Calendar.Between(from, to), 0)
}

// Chain is the chain that a case of the item begins, nil for none.
func (x *Item) Chain() *custody.Chain {
	if x.Chained == nil {
		return nil
	}
	return ChainOf(x.Chained)
}

// ChainOf turns a playbook's chain into custody's.
func ChainOf(x *mode.ChainItem) *custody.Chain {
	c := &custody.Chain{ID: x.ID, Take: x.Take, Again: x.Again, Top: x.Top}
	for _, l := range x.Legs {
		leg := custody.Leg{ID: l.ID, ZH: l.Title.ZH, EN: l.Title.EN, By: l.By, Within: l.Within, Proof: l.Proof}
		for _, e := range l.Ends {
			leg.Ends = append(leg.Ends, e.ID)
			leg.EndNames = append(leg.EndNames, fault.Word(e.Title))
		}
		for _, by := range l.By {
			name := fault.Word{ZH: by, EN: by}
			if i := slices.IndexFunc(mode.Outsiders, func(o mode.Named) bool { return o.ID == by }); i >= 0 {
				name = fault.Word(mode.Outsiders[i].Title)
			}
			leg.ByNames = append(leg.ByNames, name)
		}
		c.Legs = append(c.Legs, leg)
	}
	return c
}
