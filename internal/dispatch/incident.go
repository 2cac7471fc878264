package dispatch

import (
	"time"

	"shouwang/internal/mode"
)

// Incident is a dated use of a playbook on places. Drafted when Started is zero,
// in force from Started until Ended. Zones are measures that name it; before
// Started they are a draft that holds nobody.
type Incident struct {
	ID       string
	Title    string
	Playbook string // playbook id, e.g. "epidemic"
	Version  string // content hash of the playbook version, pinned when declared
	PlaceID  string
	Path     string
	Author   string // account that declared it
	Declared time.Time
	Started  time.Time // applied; zero while a draft
	StartBy  string    // account that applied it
	Ended    time.Time // demobilized; zero while in force
	EndBy    string
	Keep     time.Duration // how long its data are kept after Ended
	Stated   Stated
	Rev      int64 // version of the row (Version is the playbook's)
	Act      string
}

// Stated is a figure somebody reported from outside, shown beside ours with the
// difference and never in its place.
type Stated struct {
	People     int    `json:"people,omitempty"`
	Households int    `json:"households,omitempty"`
	Source     string `json:"source,omitempty"`
}

// InForce says whether the incident runs at now.
func (i Incident) InForce(now time.Time) bool {
	return !i.Started.IsZero() && !i.Started.After(now) && (i.Ended.IsZero() || now.Before(i.Ended))
}

// Lapsed says whether a measure of the incident held and ended by its date rather
// than by hand or with its incident.
func (i Incident) Lapsed(m mode.Measure, now time.Time) bool {
	held := m.From.Before(m.Until) && !i.Started.IsZero() && i.Started.Before(m.Until)
	byHand := !m.Lifted.IsZero() && !m.Lifted.After(m.Until)
	withIncident := !i.Ended.IsZero() && !i.Ended.After(m.Until)
	return held && !byHand && !withIncident && !now.Before(m.Until)
}
