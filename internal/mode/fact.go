package mode

import (
	"regexp"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/territory"
)

// FactItem is one thing that may be recorded and that a release rule may ask:
// an event, which happened at a moment, or a state, which holds or does not.
type FactItem struct {
	ID    string
	Title Text
	State bool
}

// Fact is one line that a named person recorded, with its source and time. It is
// about a place and an incident, never about a person. A state's Holds says
// whether it holds from At on.
type Fact struct {
	ID          string
	Incident    string
	PlaceID     string
	Path        string
	Zone        string // only measures of this zone; empty: all that it reaches
	Name        string
	Holds       bool
	At          time.Time // when it happened, not when it was written down
	Source      string    // who or what says so; stored sealed
	Author      string
	Recorded    time.Time
	Withdrawn   time.Time // zero unless it was a mistake
	WithdrawnBy string
	Version     int64
}

// Known says whether the fact was known at now and not withdrawn by then.
func (f *Fact) Known(now time.Time) bool {
	return !f.At.After(now) && !f.Recorded.After(now) && (f.Withdrawn.IsZero() || now.Before(f.Withdrawn))
}

// Fact returns the declared fact of an id, here or in the playbook extended.
func (p *Playbook) Fact(id string) (FactItem, bool) {
	for b := p; b != nil; b = b.Base {
		for _, f := range b.Facts {
			if f.ID == id {
				return f, true
			}
		}
	}
	return FactItem{}, false
}

// AllFacts returns every fact that may be recorded, its own first, then those of
// the playbook extended.
func (p *Playbook) AllFacts() []FactItem {
	var out []FactItem
	seen := map[string]bool{}
	for b := p; b != nil; b = b.Base {
		for _, f := range b.Facts {
			if !seen[f.ID] {
				seen[f.ID] = true
				out = append(out, f)
			}
		}
	}
	return out
}

func factItems(n *node, ps *problems) []FactItem {
	var out []FactItem
	for _, f := range fields(n) {
		out = append(out, FactItem{ID: f.name, Title: text(f.value.get("title"), ps), State: f.value.get("kind").str() == "state"})
	}
	return out
}

var factName = regexp.MustCompile(`facts\.(days_since|hours_since|holds)\(\s*["']([^"']*)["']\s*\)`)

// facts checks that a release rule asks only for facts that somebody can record.
func (c *checker) facts(rule string, at *node) {
	for _, m := range factName.FindAllStringSubmatch(rule, -1) {
		f, ok := c.p.Fact(m[2])
		switch {
		case !ok:
			var known []string
			for _, f := range c.p.AllFacts() {
				known = append(known, f.ID)
			}
			sort.Strings(known)
			list := strings.Join(known, " ")
			c.ps.add(at, ErrRef, "facts."+m[2], two{"请先在 facts 里声明这个事实；已声明的有：" + list, "Declare that fact under facts first; there are: " + list})
		case m[1] == "holds" && !f.State:
			c.ps.add(at, ErrRef, "facts."+m[2], two{"holds 只能问状态，这是一次事件。", "holds asks for a state; this is an event."})
		}
	}
}

// gathered is the newest known fact of each name for one measure.
func gathered(facts []Fact, m *Measure, field *Field, now time.Time) map[string]*Fact {
	out := map[string]*Fact{}
	for i := range facts {
		f := &facts[i]
		if f.Incident != m.Incident || !f.Known(now) || f.Zone != "" && f.Zone != m.Zone || !concerns(f, m, field) {
			continue
		}
		if o := out[f.Name]; o == nil || f.At.After(o.At) || f.At.Equal(o.At) && f.Recorded.After(o.Recorded) {
			out[f.Name] = f
		}
	}
	return out
}

// concerns says whether a fact is about the area of a measure: it was recorded at
// or above the place the measure is drawn on, or below it where no measure nearer
// by holds.
func concerns(f *Fact, m *Measure, field *Field) bool {
	if territory.Inside(m.Path, f.Path) {
		return true
	}
	if !territory.Inside(f.Path, m.Path) {
		return false
	}
	o := field.Of(m.Incident, f.Path)
	return o == nil || o.ID == m.ID
}

// factsOf turns the newest facts of a measure into what its rule may ask at now.
func factsOf(newest map[string]*Fact, rounds map[string]RoundFacts, book *Playbook, now time.Time) Facts {
	out := Facts{Days: map[string]int{}, Hours: map[string]int{}, States: map[string]bool{}, Rounds: rounds}
	for name, f := range newest {
		item, _ := book.Fact(name)
		if item.State {
			out.States[name] = f.Holds
			if !f.Holds {
				continue
			}
		}
		d := now.Sub(f.At)
		out.Days[name], out.Hours[name] = int(d/(24*time.Hour)), int(d/time.Hour)
	}
	return out
}

// Record checks a fact before it is written. Faults: SW-1477 for a name the
// playbook does not declare, SW-1408 for a zone it does not know, SW-1478 for a
// time ahead or more than a year ago, SW-1479 without a source.
func Record(pb *Playbook, f Fact, now time.Time) (Fact, error) {
	item, ok := pb.Fact(f.Name)
	if !ok {
		var known []string
		for _, x := range pb.AllFacts() {
			known = append(known, x.ID)
		}
		return f, ErrFactName.With(f.Name, strings.Join(known, " "))
	}
	if _, ok := pb.Zone(f.Zone); !ok && f.Zone != "" {
		var names []string
		for _, z := range pb.Zones {
			names = append(names, z.ID)
		}
		return f, ErrZone.With(f.Zone, strings.Join(names, " "))
	}
	if f.At.IsZero() {
		f.At = now
	}
	if f.At.After(now) || f.At.Before(now.AddDate(-1, 0, 0)) {
		return f, ErrFactTime.With()
	}
	f.Source = strings.TrimSpace(f.Source)
	if n := utf8.RuneCountInString(f.Source); n == 0 || n > 300 {
		return f, ErrFactSource.With()
	}
	if !item.State {
		f.Holds = true
	}
	f.Recorded = now
	return f, nil
}
