package mode

import (
	"sort"
	"time"

	"shouwang/internal/plan"
	"shouwang/internal/territory"
)

// Hold is one restriction that reaches a place: a measure with its zone as the
// playbook that its incident is pinned to knows it.
type Hold struct {
	Measure  Measure
	Zone     Zone
	Playbook *Playbook
}

// HoldsAt returns what reaches a place at now, one for each incident, in the
// order in which it is to be followed: evacuation beats confinement, then a closed
// zone, then the stricter one, then the later end. The first holds; all of them
// are shown with their bases. book gives the playbook an incident is pinned to.
func HoldsAt(measures []Measure, path string, now time.Time, book func(incident string) *Playbook) []Hold {
	near := ZoneAt(measures, path, now)
	out := make([]Hold, 0, len(near))
	for _, m := range near {
		out = append(out, holdOf(m, book))
	}
	sort.SliceStable(out, func(i, j int) bool { return stricter(&out[i], &out[j]) })
	return out
}

func holdOf(m Measure, book func(incident string) *Playbook) Hold {
	h := Hold{Measure: m, Playbook: book(m.Incident), Zone: Zone{ID: m.Zone}}
	if h.Playbook != nil {
		if z, ok := h.Playbook.Zone(m.Zone); ok {
			h.Zone = z
		}
	}
	return h
}

// stricter says whether a is to be followed before b.
func stricter(a, b *Hold) bool {
	x, y := &a.Zone, &b.Zone
	switch {
	case x.Evacuate != y.Evacuate:
		return x.Evacuate
	case x.Closed != y.Closed:
		return x.Closed
	case x.Level != y.Level:
		return x.Level > y.Level
	case !a.Measure.Until.Equal(b.Measure.Until):
		return a.Measure.Until.After(b.Measure.Until)
	}
	return a.Measure.Incident < b.Measure.Incident
}

// Field answers for many places which measures reach them, without walking all
// measures each time. It is built for one moment and never changed.
type Field struct {
	at   map[string][]*Hold // by the path a measure is drawn on, one for each incident
	size int
}

// NewField prepares the measures in force at now.
func NewField(measures []Measure, now time.Time, book func(incident string) *Playbook) *Field {
	f := &Field{at: map[string][]*Hold{}}
	for _, m := range measures {
		if !m.InForce(now) || m.Path == "" {
			continue
		}
		list, found := f.at[m.Path], false
		for _, o := range list {
			if o.Measure.Incident == m.Incident {
				if found = true; nearer(m, o.Measure) {
					*o = holdOf(m, book)
				}
			}
		}
		if !found {
			h := holdOf(m, book)
			f.at[m.Path] = append(list, &h)
			f.size++
		}
	}
	return f
}

// At returns what reaches a path, the one to be followed first.
func (f *Field) At(path string) []*Hold {
	var out []*Hold
	if f.size == 0 {
		return nil
	}
	for end := len(path); end > 0; end = lastDot(path, end-1) {
		for _, h := range f.at[path[:end]] {
			known := false
			for _, o := range out {
				known = known || o.Measure.Incident == h.Measure.Incident
			}
			if !known {
				out = append(out, h)
			}
		}
	}
	if len(out) > 1 {
		sort.SliceStable(out, func(i, j int) bool { return stricter(out[i], out[j]) })
	}
	return out
}

// Top returns the measure to be followed at a path, or nil.
func (f *Field) Top(path string) *Measure {
	if list := f.At(path); len(list) > 0 {
		return &list[0].Measure
	}
	return nil
}

// Of returns the measure of one incident that reaches a path, or nil.
func (f *Field) Of(incident, path string) *Measure {
	for _, h := range f.At(path) {
		if h.Measure.Incident == incident {
			return &h.Measure
		}
	}
	return nil
}

// Reaches says whether a measure is drawn at, above or below a path.
func (f *Field) Reaches(path string) bool {
	for p := range f.at {
		if territory.Inside(p, path) || territory.Inside(path, p) {
			return true
		}
	}
	return false
}

// Closed returns the zone that confines whoever is at a path, or nil: the first
// closed one of what reaches it, unless somebody there is to leave.
func (f *Field) Closed(path string) *Hold {
	if f == nil {
		return nil
	}
	list := f.At(path)
	if len(list) > 0 && list[0].Zone.Evacuate {
		return nil
	}
	for _, h := range list {
		if h.Zone.Closed {
			return h
		}
	}
	return nil
}

// Print adds what holds to a print, so that a plan can name what it saw.
func (f *Field) Print(p *plan.Print) {
	var paths []string
	for path := range f.at {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		list := append([]*Hold{}, f.at[path]...)
		sort.Slice(list, func(i, j int) bool { return list[i].Measure.Incident < list[j].Measure.Incident })
		for _, h := range list {
			p.Text("o", h.Measure.ID, h.Measure.Zone, path)
		}
	}
}

// lastDot returns the end of the path one level above path[:end].
func lastDot(path string, end int) int {
	for end > 0 && path[end-1] != '.' {
		end--
	}
	return end
}
