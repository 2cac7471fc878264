package mode

import "time"

// Measure is a restriction on a place: zone, legal basis, author, start and end.
// In force is start <= now < end and not lifted, computed at each read.
type Measure struct {
	ID       string
	Incident string
	Zone     string // lockdown, control, precaution: zone id of the playbook
	PlaceID  string
	Path     string
	Basis    string // legal basis in words, never empty
	Author   string // account
	From     time.Time
	Until    time.Time
	Lifted   time.Time // zero unless ended early
	LiftedBy string
	Version  int64
	Act      string
}

// InForce says whether the measure holds at now.
func (m Measure) InForce(now time.Time) bool {
	return !m.From.After(now) && now.Before(m.Until) && (m.Lifted.IsZero() || now.Before(m.Lifted))
}

// Draft says whether the measure was drawn for an incident that already runs and
// waits for a second person to apply it. A draft begins when it ends, so that it
// is never in force; AsIf and applying give it its start.
func (m Measure) Draft() bool { return m.Lifted.IsZero() && m.From.Equal(m.Until) }

// AsIf returns the measures of an incident as they would be if its drafts were
// applied at now: drafts begin, and what they replace at the same place is
// lifted. The input is not changed.
func AsIf(measures []Measure, incident string, now time.Time) []Measure {
	drawn := map[string]bool{}
	for _, m := range measures {
		if m.Incident == incident && m.Draft() && now.Before(m.Until) {
			drawn[m.PlaceID] = true
		}
	}
	if len(drawn) == 0 {
		return measures
	}
	out := append([]Measure(nil), measures...)
	for i := range out {
		m := &out[i]
		if m.Incident != incident {
			continue
		}
		switch {
		case m.Draft() && now.Before(m.Until):
			m.From = now
		case m.InForce(now) && drawn[m.PlaceID]:
			m.Lifted = now
		}
	}
	return out
}

// Declaration is an incident in force over a place with the playbook it uses, as
// dispatch hands it in.
type Declaration struct {
	Incident string
	PlaceID  string
	Path     string
	Playbook string // version hash
	From     time.Time
	Until    time.Time // zero while open
}

// InForce says whether the declaration holds at now.
func (d Declaration) InForce(now time.Time) bool {
	return !d.From.IsZero() && !d.From.After(now) && (d.Until.IsZero() || now.Before(d.Until))
}
