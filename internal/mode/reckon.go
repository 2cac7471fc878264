package mode

import (
	"sort"
	"time"

	"shouwang/internal/territory"
)

// Reckoning is every door of a ground with the clocks that run for it. Doors that
// the same measures reach share their clocks, so that a change of rule or fact is
// reckoned once for each zone part and still answered for each door.
type Reckoning struct {
	Ground *Ground
	Clocks []Clock // one for each measure in force, in path order
	Doors  []int   // how many doors each clock is the first of
	parts  [][]int // combinations of clocks, the one to be followed first
	of     []int32 // part of each spot; 0: none
}

// Reckon reckons the clocks of all measures in force and which of them run for
// each place of the ground. rounds gives what is done in a measure's area.
func Reckon(g *Ground, measures []Measure, facts []Fact, rounds func(m *Measure) Reach, book func(incident string) *Playbook, now time.Time) *Reckoning {
	r := &Reckoning{Ground: g, of: make([]int32, len(g.Spots)), parts: [][]int{nil}}
	field := NewField(measures, now, book)
	var holds []*Hold
	for _, list := range field.at {
		holds = append(holds, list...)
	}
	sort.Slice(holds, func(i, j int) bool {
		a, b := &holds[i].Measure, &holds[j].Measure
		return a.Path < b.Path || a.Path == b.Path && a.Incident < b.Incident
	})
	byIncident := map[string][]Fact{}
	for _, f := range facts {
		byIncident[f.Incident] = append(byIncident[f.Incident], f)
	}
	index := make(map[*Hold]int, len(holds))
	for i, h := range holds {
		index[h] = i
		r.Clocks = append(r.Clocks, ClockOf(*h, byIncident[h.Measure.Incident], rounds(&h.Measure), field, now))
	}
	r.Doors = make([]int, len(holds))
	r.spread(field, index)
	return r
}

// spread walks the ground once, in path order, and gives each place its part.
func (r *Reckoning) spread(field *Field, index map[*Hold]int) {
	type open struct {
		path string
		part int32
	}
	var stack []open
	for i := range r.Ground.Spots {
		s := &r.Ground.Spots[i]
		for len(stack) > 0 && !territory.Inside(s.Path, stack[len(stack)-1].path) {
			stack = stack[:len(stack)-1]
		}
		part := int32(0)
		switch {
		case field.at[s.Path] != nil || len(stack) == 0:
			if list := field.At(s.Path); len(list) > 0 {
				combo := make([]int, len(list))
				for k, h := range list {
					combo[k] = index[h]
				}
				part = int32(len(r.parts))
				r.parts = append(r.parts, combo)
			}
			stack = append(stack, open{s.Path, part})
		default:
			part = stack[len(stack)-1].part
		}
		r.of[i] = part
		if part > 0 && s.Kind == territory.Door {
			r.Doors[r.parts[part][0]]++
		}
	}
}

// At returns the clocks that run for a place of the ground, by its index; the
// first is the one to be followed.
func (r *Reckoning) At(spot int) []*Clock {
	combo := r.parts[r.of[spot]]
	out := make([]*Clock, len(combo))
	for i, k := range combo {
		out[i] = &r.Clocks[k]
	}
	return out
}

// May lists the clocks whose conditions are all met: they are proposed to an
// officer, and nothing ends by it.
func (r *Reckoning) May() []*Clock {
	var out []*Clock
	for i := range r.Clocks {
		if r.Clocks[i].May {
			out = append(out, &r.Clocks[i])
		}
	}
	return out
}
