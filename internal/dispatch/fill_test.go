package dispatch

import (
	"testing"

	"pgregory.net/rapid"

	"shouwang/internal/mode"
)

// Fill first: as many posts are filled as any arrangement could, by a plain
// augmenting search over everybody and every post.
func TestAsManyPostsAsCanBeAreFilled(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := build(t, rapid.Uint64Range(1, 99).Draw(rt, "seed"), shape{communities: rapid.IntRange(1, 4).Draw(rt, "communities"),
			microgrids: rapid.IntRange(1, 4).Draw(rt, "microgrids"), doors: 10, helpers: rapid.IntRange(0, 150).Draw(rt, "helpers"), police: rapid.IntRange(0, 8).Draw(rt, "police")})
		s := w.state(t)
		for i := range s.Helpers {
			if rapid.IntRange(0, 2).Draw(rt, "untrained") > 0 {
				s.Helpers[i].Trained = nil
			}
		}
		zone(t, s, "precaution", t0, w.ref(0))
		if rapid.Bool().Draw(rt, "closed") {
			zone(t, s, "control", t0, w.ref(1))
			zone(t, s, "lockdown", t0, w.ref(w.buildings[0]))
		}
		asMany(rt, s)
	})
}

// Near lists are too short here: everybody trained is sought by many posts.
func TestShortageIsProvenBeforeAPostStaysEmpty(t *testing.T) {
	for seed := range uint64(2) {
		w := build(t, seed, shape{communities: 3, microgrids: 38, doors: 20, helpers: 1400, police: 60})
		s := w.state(t)
		for i := range s.Helpers {
			if s.Helpers[i].Kind == "volunteer" && i%4 > 0 {
				s.Helpers[i].Trained = nil
			}
		}
		zone(t, s, "precaution", t0, w.ref(0))
		asMany(t, s)
	}
}

type failer interface{ Fatalf(string, ...any) }

func asMany(rt failer, s *State) {
	p, err := Propose(s, "officer-a", t0)
	if err != nil {
		rt.Fatalf("%v", err)
	}
	pool := newPool(s, t0)
	m := newMatcher(pool, mode.DesiredAt(s.Playbook, s.Ground, s.Measures, s.scope(), t0))
	holder := make([]int, len(m.bodies)) // helper → slot + 1
	var seek func(slot, group int, seen []bool) bool
	groupOf := make([]int, len(m.want.Slots))
	for g := range m.groups {
		for _, slot := range m.groups[g].slots {
			groupOf[slot] = g
		}
	}
	seek = func(slot, group int, seen []bool) bool {
		for i := range m.bodies {
			if seen[i] || m.fits(i, &m.groups[group]) != fit {
				continue
			}
			seen[i] = true
			if holder[i] == 0 || seek(holder[i]-1, groupOf[holder[i]-1], seen) {
				holder[i] = slot + 1
				return true
			}
		}
		return false
	}
	most := 0
	for slot := range m.want.Slots {
		if seek(slot, groupOf[slot], make([]bool, len(m.bodies))) {
			most++
		}
	}
	if p.Posts.Filled != most {
		rt.Fatalf("%d of %d filled, %d could be", p.Posts.Filled, p.Posts.Needed, most)
	}
	kinds := map[string]miss{}
	for _, f := range p.Fills {
		if i, ok := m.at[f.HelperID]; ok {
			if why := m.fits(i, &m.groups[groupOf[slotNumber(m, f.Slot)]]); why != fit {
				kinds[f.Slot] = why
			}
		}
	}
	if len(kinds) > 0 {
		rt.Fatalf("posted without qualifying: %v", kinds)
	}
}

func slotNumber(m *matcher, key string) int {
	for i := range m.want.Slots {
		if m.want.Slots[i].Key == key {
			return i
		}
	}
	return -1
}
