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

// Type is a type of community. A place is of it when it, or a place above it,
// bears the id or one of the names as a tag.
type Type struct {
	ID    string
	Title Text
	Names []string // other tags that mean the same
}

// Types are the types of community that playbooks tell apart.
var Types = []Type{
	{"old-estate", Text{"老旧小区", "Old estate"}, []string{"老舊小區", "老旧"}},
	{"mixed-commercial", Text{"商住混合", "Mixed commercial"}, []string{"商住一体", "商住"}},
	{"street-front", Text{"临街单元楼", "Street-front"}, []string{"临街", "沿街"}},
	{"international", Text{"国际化社区", "International"}, []string{"國際化社區", "国际化"}},
	{"no-management", Text{"三无小区", "No management"}, []string{"三無小區", "三无", "無物業", "无物业"}},
}

// Is says whether the place is of a type: by the type's id or name, or, for any
// other word, by a tag of just that word.
func (f PlaceFacts) Is(id string) bool {
	for _, t := range Types {
		if t.ID != id {
			continue
		}
		for _, tag := range f.Tags {
			if tag == t.Title.ZH || in(t.Names, tag) {
				return true
			}
		}
	}
	return in(f.Tags, id)
}

// RoundFacts is what an expression learns about a round of the incident.
type RoundFacts struct {
	Total    int  `cel:"total"`
	Done     int  `cel:"done"`
	Complete bool `cel:"complete"`
}

// Facts is what `release` may ask. Days counts whole days of 24 hours since a
// named event ("last-positive"), or since a named state holds; what nobody
// recorded counts as never, -1. Hours counts the same in hours. States says
// whether a named state ("water-below-warning") holds.
type Facts struct {
	Days   map[string]int        `cel:"days"`
	Hours  map[string]int        `cel:"hours"`
	States map[string]bool       `cel:"states"`
	Rounds map[string]RoundFacts `cel:"rounds"`
}

func since(m map[string]int, name string) int64 {
	if n, ok := m[name]; ok {
		return int64(n)
	}
	return -1
}

var (
	factsOnce sync.Once
	whenEnv   *rule.Env
	factsEnv  *rule.Env
)

func environments() (when, facts *rule.Env) {
	factsOnce.Do(func() {
		var err error
		if whenEnv, err = rule.NewEnv(rule.Spec{Vars: map[string]any{"place": PlaceFacts{}}, Methods: []rule.Method{
			{On: PlaceFacts{}, Name: "is", Args: []any{""}, Result: false, Call: func(self any, a []any) any {
				return self.(PlaceFacts).Is(a[0].(string))
			}},
		}}); err != nil {
			panic(err)
		}
		factsEnv, err = rule.NewEnv(rule.Spec{
			Vars: map[string]any{"facts": Facts{}}, Types: []any{RoundFacts{}},
			Methods: []rule.Method{
				{On: Facts{}, Name: "days_since", Args: []any{""}, Result: int64(0), Call: func(self any, a []any) any {
					return since(self.(Facts).Days, a[0].(string))
				}},
				{On: Facts{}, Name: "hours_since", Args: []any{""}, Result: int64(0), Call: func(self any, a []any) any {
					return since(self.(Facts).Hours, a[0].(string))
				}},
				{On: Facts{}, Name: "holds", Args: []any{""}, Result: false, Call: func(self any, a []any) any {
					return self.(Facts).States[a[0].(string)]
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
