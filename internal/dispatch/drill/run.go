package drill

import (
	"time"

	"shouwang/internal/mode"
)

// The states of a drill.
const (
	Running = "running"
	Ended   = "ended"
	Stopped = "stopped" // by somebody, or with the server
	Failed  = "failed"  // it could not be driven to its end
	Deleted = "deleted" // its world is gone
)

// Run is one drill as the world it was started in knows it.
type Run struct {
	ID       string
	PlaceID  string
	Path     string
	Playbook string
	Hash     string // of the playbook's version
	Speed    int    // virtual minutes in a real one; 0: as fast as it goes
	Seed     int64
	Author   string
	Started  time.Time
	Ended    time.Time
	State    string
	Report   Report
	Version  int64
}

// Report is how far a drill is and, at its end, what came of it.
type Report struct {
	Minute  float64    `json:"minute"` // virtual, from the declaration
	Minutes int        `json:"minutes"`
	Steps   []StepSeen `json:"steps"`
	Posts   int        `json:"posts"`
	Present int        `json:"present"`
	Doors   int        `json:"doors"`
	Reached int        `json:"reached"`
	Score   *Score     `json:"score,omitempty"`
	Weak    []Weak     `json:"weak,omitempty"`
	Why     mode.Text  `json:"why,omitzero" doc:"Why it did not come to its end"` // why it did not come to its end
}

// StepSeen is a step of the script and what came of it.
type StepSeen struct {
	Step
	Done  bool      `json:"done"`
	Found mode.Text `json:"found" doc:"What was seen when it was done, in figures"`
}

// Begin is the report of a drill that has not begun.
func (s *Script) Begin() Report {
	r := Report{Minutes: s.Minutes, Steps: make([]StepSeen, len(s.Steps))}
	for i, x := range s.Steps {
		r.Steps[i].Step = x
	}
	return r
}
