package mode

import (
	"sync"

	"shouwang/internal/rule"
)

// PlaceFacts is what `when` may ask about a place.
type PlaceFacts struct {
	Kind string   `cel:"kind"`
	Name string   `cel:"name"`
	Tags []string `cel:"tags"` // its own and those of every place above it
}

// RoundFacts is what an expression learns about a round of the incident.
type RoundFacts struct {
	Total    int  `cel:"total"`
	Done     int  `cel:"done"`
	Complete bool `cel:"complete"`
}

// Facts is what `release` may ask. Days counts whole days since a named event
// ("last-positive"); an event nobody recorded counts as never, -1.
type Facts struct {
	Days   map[string]int        `cel:"days"`
	Rounds map[string]RoundFacts `cel:"rounds"`
}

var (
	factsOnce sync.Once
	whenEnv   *rule.Env
	factsEnv  *rule.Env
)

func environments() (when, facts *rule.Env) {
	factsOnce.Do(func() {
		var err error
		if whenEnv, err = rule.NewEnv(rule.Spec{Vars: map[string]any{"place": PlaceFacts{}}}); err != nil {
			panic(err)
		}
		factsEnv, err = rule.NewEnv(rule.Spec{
			Vars: map[string]any{"facts": Facts{}}, Types: []any{RoundFacts{}},
			Methods: []rule.Method{
				{On: Facts{}, Name: "days_since", Args: []any{""}, Result: int64(0), Call: func(self any, a []any) any {
					if d, ok := self.(Facts).Days[a[0].(string)]; ok {
						return int64(d)
					}
					return int64(-1)
				}},
				{On: Facts{}, Name: "round", Args: []any{""}, Result: RoundFacts{}, Call: func(self any, a []any) any {
					return self.(Facts).Rounds[a[0].(string)]
				}},
			}})
		if err != nil {
			panic(err)
		}
	})
	return whenEnv, factsEnv
}

// MayRelease says whether the facts allow a measure to end early, as its
// playbook declares. A measure without such a rule ends by a person alone.
func (m ZoneMeasure) MayRelease(f Facts) (bool, error) {
	if m.release == nil {
		return false, nil
	}
	return m.release.Bool(map[string]any{"facts": f})
}
