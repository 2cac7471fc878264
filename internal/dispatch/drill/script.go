package drill

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
	"shouwang/playbooks"
)

// ErrScript says that the script of drills cannot be used.
var ErrScript = fault.Define(fault.Invalid, "SW-2201",
	"演练剧本写得不对：{0}。没有开始演练，数据不受影响。请改正剧本后重试。",
	"The script of drills is wrong: {0}. No drill was begun and the data are safe. Correct the script and try again.")

// Script says what is done in which minute, what is aimed at, and how the invented
// people behave. It is data: playbooks/drill/first-hour.yaml.
type Script struct {
	ID      string `yaml:"script"`
	Version int    `yaml:"version"`
	Minutes int    `yaml:"minutes"`
	Steps   []Step `yaml:"steps"`
	Goals   Goals  `yaml:"goals"`
	People  People `yaml:"people"`
}

// Step is one thing done at a minute.
type Step struct {
	ID    string    `yaml:"id" json:"id"`
	At    int       `yaml:"at" json:"at"`
	Do    string    `yaml:"do" json:"do"`
	Role  mode.Text `yaml:"role" json:"role"`
	Title mode.Text `yaml:"title" json:"title"`
}

// Goals are what a drill is measured by: minutes, and a share of doors.
type Goals struct {
	Teams     int     `yaml:"teams"`
	Answer    int     `yaml:"answer"`
	Unreached float64 `yaml:"unreached"`
}

// People is how the invented people behave.
type People struct {
	Arrive   Span               `yaml:"arrive"` // minutes from the call to the post
	Silent   float64            `yaml:"silent"` // share that does not answer
	Patience int                `yaml:"patience"`
	Door     Span               `yaml:"door"` // minutes for a door
	Again    int                `yaml:"again"`
	Outcomes map[string]float64 `yaml:"outcomes"` // share of doors by tone
}

// Span is a number between two others.
type Span struct {
	Least float64 `yaml:"least"`
	Most  float64 `yaml:"most"`
}

// at returns the number that lies so far into the span; share is from 0 to 1.
func (s Span) at(share float64) float64 { return s.Least + (s.Most-s.Least)*share }

// What a step can do.
const (
	Declare = "declare"
	Zones   = "zones"
	Plan    = "plan"
	Apply   = "apply"
	Sweep   = "sweep"
	Replace = "replace"
	End     = "end"
)

// tones are the tones of outcomes, in the order in which shares are laid out.
var tones = []string{"ok", "help", "again", "refused", "gone"}

// Shipped returns the script that ships with the program.
func Shipped() (*Script, error) { return Load(playbooks.FirstHour) }

// Load reads and checks a script. Fault: SW-2201.
func Load(text []byte) (*Script, error) {
	var s Script
	if err := yaml.UnmarshalWithOptions(text, &s, yaml.Strict()); err != nil {
		return nil, ErrScript.With("YAML").Because(err)
	}
	if why := s.wrong(); why != "" {
		return nil, ErrScript.With(why)
	}
	return &s, nil
}

// wrong says what is wrong with a script, or nothing.
func (s *Script) wrong() string {
	order := []string{Declare, Zones, Plan, Apply, Sweep, Replace, End}
	at, seen, last := 0, map[string]int{}, -1
	for _, x := range s.Steps {
		k := slices.Index(order, x.Do)
		switch {
		case k < 0:
			return "do: " + x.Do
		case x.At < at || x.At > s.Minutes:
			return fmt.Sprintf("at: %d", x.At)
		case k < last || x.Do != Replace && seen[x.Do] > 0:
			return "order: " + x.Do
		case x.Title.ZH == "" || x.Title.EN == "":
			return "title: " + x.ID
		}
		at, last = x.At, k
		seen[x.Do]++
	}
	for _, do := range []string{Declare, Zones, Plan, Apply, Sweep, End} {
		if seen[do] != 1 {
			return "steps: " + do
		}
	}
	sum := 0.0
	for tone, share := range s.People.Outcomes {
		if !slices.Contains(tones, tone) || share < 0 {
			return "outcomes: " + tone
		}
		sum += share
	}
	p := s.People
	switch {
	case sum < 0.999 || sum > 1.001:
		return "outcomes"
	case p.Arrive.Least < 0 || p.Arrive.Most < p.Arrive.Least:
		return "arrive"
	case p.Door.Least <= 0 || p.Door.Most < p.Door.Least:
		return "door"
	case p.Silent < 0 || p.Silent > 1 || p.Patience < 1 || p.Again < 1:
		return "people"
	case s.Goals.Teams < 1 || s.Goals.Answer < 1 || s.Goals.Unreached < 0 || s.Goals.Unreached > 1:
		return "goals"
	}
	return ""
}

// Minute returns when a thing is first done.
func (s *Script) Minute(do string) int {
	for _, x := range s.Steps {
		if x.Do == do {
			return x.At
		}
	}
	return s.Minutes
}
