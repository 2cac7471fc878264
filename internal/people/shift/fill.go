package shift

import (
	"fmt"

	"shouwang/internal/solve/roster"
)

// fill writes the solver's roster into the draft. Whoever Fits would not let stand
// there is left out: the solver's rules are a model, the gate is the rule.
func (a *Ask) fill(d *Draft, w *work, plan roster.Roster) {
	type key struct {
		day, shift, post int
	}
	open := map[key][]int{}
	for i := range d.Shifts {
		if s := &d.Shifts[i]; s.State == Open {
			n, t := a.day(s)
			k := key{n, w.of[t], w.stand[s.at()]}
			open[k] = append(open[k], i)
		}
	}
	line := map[string][]Shift{}
	drafted := map[string]bool{}
	for i := range d.Shifts {
		drafted[d.Shifts[i].Key] = true
		if s := d.Shifts[i]; s.Stands() {
			line[s.HelperID] = append(line[s.HelperID], s)
		}
	}
	for _, s := range a.Line {
		if s.Stands() && !drafted[s.Key] {
			line[s.HelperID] = append(line[s.HelperID], s)
		}
	}
	for i, days := range plan {
		h := &a.Helpers[w.who[i]]
		for n, duty := range days {
			k := key{n, int(duty.Shift), int(duty.Post)}
			if duty == roster.Off || len(open[k]) == 0 {
				continue
			}
			s := &d.Shifts[open[k][0]]
			lacks, breaks := Fits(s, h, line[h.ID], *d.Stands[duty.Post].Rule, a.At, a.Now)
			if len(lacks)+len(breaks) > 0 {
				continue
			}
			open[k] = open[k][1:]
			s.HelperID, s.State = h.ID, Planned
			line[h.ID] = append(line[h.ID], *s)
		}
	}
}

func hour(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }
