package mode

import (
	"sort"
	"time"

	"shouwang/internal/territory"
)

// At returns the declarations in force that cover path, the earliest first. The
// everyday system is in force everywhere beneath them and is not listed.
func At(decls []Declaration, path string, now time.Time) []Declaration {
	var out []Declaration
	for _, d := range decls {
		if d.InForce(now) && d.Path != "" && territory.Inside(path, d.Path) {
			out = append(out, d)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if !out[i].From.Equal(out[j].From) {
			return out[i].From.Before(out[j].From)
		}
		return out[i].Incident < out[j].Incident
	})
	return out
}

// Holding returns the measures that really hold at now: in force themselves, and
// of an incident in force. Drafts of an incident not yet applied hold nobody.
func Holding(measures []Measure, decls []Declaration, now time.Time) []Measure {
	live := map[string]bool{}
	for _, d := range decls {
		if d.InForce(now) {
			live[d.Incident] = true
		}
	}
	var out []Measure
	for _, m := range measures {
		if live[m.Incident] && m.InForce(now) {
			out = append(out, m)
		}
	}
	return out
}

// ZoneAt returns, for each incident, the measure in force that is declared
// nearest on the path: at the place itself, else at the closest place above it.
// The answers come in the order of incident ids.
func ZoneAt(measures []Measure, path string, now time.Time) []Measure {
	near := map[string]Measure{}
	for _, m := range measures {
		if !m.InForce(now) || m.Path == "" || !territory.Inside(path, m.Path) {
			continue
		}
		if o, ok := near[m.Incident]; !ok || nearer(m, o) {
			near[m.Incident] = m
		}
	}
	out := make([]Measure, 0, len(near))
	for _, m := range near {
		out = append(out, m)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Incident < out[j].Incident })
	return out
}

// nearer says whether a is declared closer to the place than b; at one place the
// later decision holds.
func nearer(a, b Measure) bool {
	if len(a.Path) != len(b.Path) {
		return len(a.Path) > len(b.Path)
	}
	if !a.From.Equal(b.From) {
		return a.From.After(b.From)
	}
	return a.ID > b.ID
}

// Strictest returns which of the measures at one place holds when several
// incidents meet, as HoldsAt orders them. All of them stay on show with their
// bases; ok is false when there are none.
func Strictest(at []Measure, book func(incident string) *Playbook) (m Measure, ok bool) {
	var best Hold
	for _, x := range at {
		h := holdOf(x, book)
		if !ok || stricter(&h, &best) {
			best, ok = h, true
		}
	}
	return best.Measure, ok
}
