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
