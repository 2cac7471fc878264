package mode

import (
	"slices"
	"time"

	"shouwang/internal/round"
)

// dailyItem reads what a round says of being done every day; nil when it says nothing.
func dailyItem(n *node, ps *problems) *round.Daily {
	if n == nil {
		return nil
	}
	from, until := hoursOf(n.get("at"))
	return &round.Daily{Groups: n.get("groups").strs(), From: from, Until: until, Second: span(n.get("second"), ps).Length(), Missed: n.get("missed").str()}
}

// daily says what of a daily round cannot be: hours that end before they begin, climbing
// that runs into the next day, or silence that comes to an outcome nobody declared.
func (c *checker) daily(r RoundItem, n *node) {
	d := r.Daily
	if d == nil {
		return
	}
	if d.Until <= d.From || d.Until+d.Second > 24*time.Hour {
		c.ps.add(n.get("at"), ErrRef, n.get("at").str(), two{"时段要先始后终，连同第二位的时间不超过当天二十四点。", "Hours begin before they end, and the time of the second ends before midnight."})
	}
	if !slices.ContainsFunc(r.Outcomes, func(o round.Outcome) bool { return o.ID == d.Missed && o.Opens != "" }) {
		c.ps.add(n.get("missed"), ErrRef, "outcomes."+d.Missed, two{"请写一个会转办的结果。", "Name an outcome that opens a case."})
	}
}

// DailyRounds are the rounds in force that are done anew every day.
func (f Force) DailyRounds() (out []RoundItem) {
	for _, b := range f {
		for _, r := range b.Rounds {
			if r.Daily != nil {
				out = append(out, r)
			}
		}
	}
	return out
}

// PointRounds are the rounds in force whose targets are points that a community declares.
func (f Force) PointRounds() (out []RoundItem) {
	for _, b := range f {
		for _, r := range b.Rounds {
			if r.Per == round.PerPoint {
				out = append(out, r)
			}
		}
	}
	return out
}
