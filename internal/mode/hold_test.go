package mode

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func books(t testing.TB) func(string) *Playbook {
	epidemic, err := Shipped("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	flood, wrong := Load([]byte(sound))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return func(i string) *Playbook {
		return map[string]*Playbook{"e1": epidemic, "e2": epidemic, "f": flood}[i]
	}
}

// A typhoon in an epidemic: who must leave leaves, whatever confines them; where
// nobody must leave the closed and then the stricter zone is followed.
func TestEvacuationBeatsConfinement(t *testing.T) {
	book := books(t)
	for _, c := range []struct{ epidemic, flood, top string }{
		{"lockdown", "danger", "danger"}, {"control", "danger", "danger"}, {"lockdown", "watch", "lockdown"},
		{"control", "watch", "control"}, {"precaution", "danger", "danger"},
	} {
		ms := []Measure{measure("1", "e1", c.epidemic, "s."), measure("2", "f", c.flood, "s.c.")}
		got := HoldsAt(ms, "s.c.d.", now, book)
		if len(got) != 2 || got[0].Zone.ID != c.top || got[0].Measure.Basis == "" || got[1].Measure.Basis == "" {
			t.Errorf("%s and %s: %+v", c.epidemic, c.flood, got)
		}
		if got := HoldsAt(ms, "s.x.", now, book); len(got) != 1 || got[0].Zone.ID != c.epidemic {
			t.Errorf("outside the flood: %+v", got)
		}
	}
}

// The prepared field answers as ZoneAt and HoldsAt do, place by place.
func TestFieldAgreesWithHoldsAt(t *testing.T) {
	book := books(t)
	rapid.Check(t, func(t *rapid.T) {
		g := randomGround(t)
		ms := randomMeasures(t, g, "e1", "e2", "f")
		f := NewField(ms, now, book)
		for _, s := range g.Spots {
			want := HoldsAt(ms, s.Path, now, book)
			got := f.At(s.Path)
			if len(got) != len(want) {
				t.Fatalf("%s: %d, want %d", s.Path, len(got), len(want))
			}
			for i := range want {
				if got[i].Measure.ID != want[i].Measure.ID {
					t.Fatalf("%s: %s, want %s", s.Path, got[i].Measure.ID, want[i].Measure.ID)
				}
			}
			if top := f.Top(s.Path); (top == nil) != (len(want) == 0) || top != nil && top.ID != want[0].Measure.ID {
				t.Fatalf("%s: top %v", s.Path, top)
			}
		}
	})
}

func randomMeasures(t *rapid.T, g *Ground, incidents ...string) []Measure {
	zones := map[string][]string{"e1": {"lockdown", "control", "precaution"}, "e2": {"lockdown", "control", "precaution"}, "f": {"danger", "watch"}}
	var ms []Measure
	for i := range rapid.IntRange(0, 8).Draw(t, "measures") {
		inc := rapid.SampledFrom(incidents).Draw(t, "incident")
		m := measure(string(rune('a'+i)), inc, rapid.SampledFrom(zones[inc]).Draw(t, "zone"), g.Spots[rapid.IntRange(0, len(g.Spots)-1).Draw(t, "at")].Path)
		if rapid.IntRange(0, 5).Draw(t, "over") == 0 {
			m.Until = now
		}
		ms = append(ms, m)
	}
	return ms
}

// Taking one incident away leaves what the others hold exactly as if it had never
// been.
func TestOneIncidentLessIsAsIfItHadNeverBeen(t *testing.T) {
	book := books(t)
	rapid.Check(t, func(t *rapid.T) {
		g := randomGround(t)
		ms := randomMeasures(t, g, "e1", "e2", "f")
		decls := []Declaration{{Incident: "e1", Path: "s.", From: now.AddDate(0, 0, -1)}, {Incident: "e2", Path: "s.", From: now.AddDate(0, 0, -1)}, {Incident: "f", Path: "s.", From: now.AddDate(0, 0, -1), Until: now}}
		var only []Measure
		for _, m := range ms {
			if m.Incident != "f" {
				only = append(only, m)
			}
		}
		after := Holding(ms, decls, now)
		for _, s := range g.Spots {
			if got, want := HoldsAt(after, s.Path, now, book), HoldsAt(only, s.Path, now, book); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %+v, want %+v", s.Path, got, want)
			}
		}
	})
}
