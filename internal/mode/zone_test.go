package mode

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/territory"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func measure(id, incident, zone, path string) Measure {
	return Measure{ID: id, Incident: incident, Zone: zone, PlaceID: path, Path: path, Basis: "b", From: now.Add(-time.Hour), Until: now.Add(time.Hour)}
}

func TestZoneAtIsTheNearestDeclared(t *testing.T) {
	ms := []Measure{measure("a", "i1", "precaution", "s."), measure("b", "i1", "control", "s.c."), measure("c", "i1", "lockdown", "s.c.m.b."),
		measure("d", "i2", "watch", "s.c.m.")}
	over := measure("e", "i1", "lockdown", "s.c.m.")
	over.Until = now
	early := measure("f", "i1", "lockdown", "s.c.m.")
	early.From = now.Add(time.Second)
	lifted := measure("g", "i1", "lockdown", "s.c.m.")
	lifted.Lifted = now
	draft := measure("h", "i1", "lockdown", "s.c.m.")
	draft.From = draft.Until
	ms = append(ms, over, early, lifted, draft)
	for path, want := range map[string]string{"s.": "a", "s.x.": "a", "s.c.": "b", "s.c.m.": "bd", "s.c.m.b.u.d.": "cd", "s.c2.": "a", "z.": ""} {
		got := ""
		for _, m := range ZoneAt(ms, path, now) {
			got += m.ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func TestTwoIncidentsTheStricterHolds(t *testing.T) {
	epidemic, err := Shipped("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	flood, wrong := Load([]byte(sound))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	book := func(i string) *Playbook {
		return map[string]*Playbook{"e1": epidemic, "e2": epidemic, "f": flood}[i]
	}
	for _, c := range []struct{ a, b, want string }{
		{"precaution", "lockdown", "lockdown"}, {"lockdown", "precaution", "lockdown"}, {"control", "precaution", "control"},
	} {
		at := ZoneAt([]Measure{measure("1", "e1", c.a, "s."), measure("2", "e2", c.b, "s.c.")}, "s.c.d.", now)
		if m, ok := Strictest(at, book); !ok || m.Zone != c.want || len(at) != 2 {
			t.Errorf("%s and %s: %s of %d", c.a, c.b, m.Zone, len(at))
		}
	}
	at := ZoneAt([]Measure{measure("1", "e1", "lockdown", "s."), measure("2", "f", "danger", "s.")}, "s.d.", now)
	if m, _ := Strictest(at, book); m.Zone != "danger" {
		t.Errorf("evacuation does not beat confinement: %s", m.Zone)
	}
	decls := []Declaration{{Incident: "e1", Path: "s.", From: now.Add(-time.Hour)}, {Incident: "f", Path: "s.c.", From: now.Add(-2 * time.Hour)},
		{Incident: "e2", Path: "s.", From: now.Add(-time.Hour), Until: now}}
	if got := At(decls, "s.c.d.", now); len(got) != 2 || got[0].Incident != "f" || got[1].Incident != "e1" {
		t.Errorf("in force: %v", got)
	}
	if got := At(decls, "s.x.", now); len(got) != 1 {
		t.Errorf("in force: %v", got)
	}
	held := Holding([]Measure{measure("1", "e1", "control", "s."), measure("2", "e2", "lockdown", "s."), measure("3", "draft", "lockdown", "s.")}, decls, now)
	if len(held) != 1 || held[0].ID != "1" {
		t.Errorf("holding: %v", held)
	}
}

// The one pass over the ground gives what ZoneAt gives, door by door and part by
// part.
func TestDesiredAgreesWithZoneAt(t *testing.T) {
	pb, err := Shipped("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		g := randomGround(t)
		var ms []Measure
		zones := []string{"lockdown", "control", "precaution"}
		for i := range rapid.IntRange(0, 6).Draw(t, "measures") {
			m := measure(string(rune('a'+i)), "i", zones[rapid.IntRange(0, 2).Draw(t, "zone")], g.Spots[rapid.IntRange(0, len(g.Spots)-1).Draw(t, "at")].Path)
			if rapid.IntRange(0, 5).Draw(t, "over") == 0 {
				m.Until = now
			}
			ms = append(ms, m)
		}
		d := DesiredAt(pb, g, ms, Scope{Incident: "i", Path: g.Spots[0].Path}, now)
		doors, parts, lone := map[string]int{}, map[string]bool{}, 0
		for i := range g.Spots {
			s := &g.Spots[i]
			leaf := i+1 == len(g.Spots) || !territory.Inside(g.Spots[i+1].Path, s.Path)
			at := ZoneAt(ms, s.Path, now)
			if len(at) == 0 || !leaf {
				continue
			}
			m := g.Above(s.Path, territory.Microgrid)
			if m >= 0 {
				parts[g.Spots[m].ID+at[0].Zone] = true
			}
			if s.Kind == territory.Door {
				doors[at[0].Zone]++
				if m < 0 {
					lone++
				}
			}
		}
		total := 0
		for _, s := range d.Sums {
			total += s.Doors
			if s.Doors != doors[s.Zone] {
				t.Fatalf("%s: %d doors, want %d", s.Zone, s.Doors, doors[s.Zone])
			}
		}
		teams := 0
		for _, s := range d.Slots {
			if pb.Posts[s.Item].Per == "microgrid" {
				teams++
			}
		}
		if len(d.Parts) != len(parts) || teams != 6*len(parts) || d.Lone != lone || len(d.Rounds[0].Aims) != total {
			t.Fatalf("parts %d want %d, slots %d, lone %d want %d, aims %d want %d", len(d.Parts), len(parts), teams, d.Lone, lone, len(d.Rounds[0].Aims), total)
		}
		keys := map[string]bool{}
		for _, s := range d.Slots {
			if keys[s.Key] || pb.Posts[s.Item].Per == "microgrid" && !parts[g.Spots[s.Spot].ID+s.Zone] {
				t.Fatalf("slot %s twice, or of no part", s.Key)
			}
			keys[s.Key] = true
		}
		part := 0
		for _, p := range d.Parts {
			part += p.Doors
		}
		if part+lone != total {
			t.Fatalf("doors of the parts %d + %d, of the zones %d", part, lone, total)
		}
	})
}

func randomGround(t *rapid.T) *Ground {
	spots := []Spot{{ID: "s", Path: "s.", Kind: territory.Subdistrict, Name: "S"}}
	ids := 0
	add := func(parent string, k territory.Kind) string {
		ids++
		id := string(k[:1]) + string(rune('0'+ids/64)) + string(rune('0'+ids%64))
		spots = append(spots, Spot{ID: id, Path: territory.Join(parent, id), Kind: k, Name: id, Households: 1, People: 2})
		return spots[len(spots)-1].Path
	}
	for range rapid.IntRange(1, 3).Draw(t, "communities") {
		c := add("s.", territory.Community)
		if rapid.Bool().Draw(t, "apartment") {
			a := add(c, territory.Apartment)
			for range rapid.IntRange(0, 3).Draw(t, "flats") {
				add(a, territory.Door)
			}
		}
		for range rapid.IntRange(0, 3).Draw(t, "microgrids") {
			m := add(c, territory.Microgrid)
			for range rapid.IntRange(0, 3).Draw(t, "buildings") {
				b := add(m, territory.Building)
				for range rapid.IntRange(0, 4).Draw(t, "doors") {
					add(b, territory.Door)
				}
			}
		}
	}
	g, err := NewGround(spots)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestVariantsFollowTags(t *testing.T) {
	pb, wrong := Load([]byte(sound))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	g, err := NewGround([]Spot{{ID: "s", Path: "s.", Kind: territory.Subdistrict}, {ID: "c", Path: "s.c.", Kind: territory.Community, Tags: []string{"riverside"}},
		{ID: "m", Path: "s.c.m.", Kind: territory.Microgrid}, {ID: "n", Path: "s.n.", Kind: territory.Microgrid}})
	if err != nil {
		t.Fatal(err)
	}
	d := DesiredAt(pb, g, []Measure{measure("a", "i", "watch", "s.")}, Scope{"i", "s."}, now)
	count := map[string]int{}
	for _, s := range d.Slots {
		count[g.Spots[s.Spot].ID]++
	}
	if count["m"] != 2 || count["n"] != 1 {
		t.Fatalf("posts %v: the riverside asks for two", count)
	}
}

func TestSpans(t *testing.T) {
	for text, want := range map[string]time.Duration{"P14D": 14 * 24 * time.Hour, "PT24H": 24 * time.Hour, "P1DT12H30M": 36*time.Hour + 30*time.Minute, "P2W": 14 * 24 * time.Hour} {
		if s, ok := ParseSpan(text); !ok || s.Length() != want {
			t.Errorf("%s: %v %v", text, s, ok)
		}
	}
	for _, text := range []string{"", "P", "PT", "P1Y", "P1M", "P-1D", "1D", "P0D", "P1DT", "PT1S", "p1d", "P99999D"} {
		if _, ok := ParseSpan(text); ok {
			t.Errorf("%q was understood", text)
		}
	}
	s, _ := ParseSpan("P14D")
	cst := time.FixedZone("CST", 8*3600)
	if got := s.Latest(time.Date(2026, 3, 1, 19, 0, 0, 0, cst), cst); !got.Equal(time.Date(2026, 3, 16, 0, 0, 0, 0, cst)) {
		t.Errorf("fourteen days from 1 March end with the 15th, got %v", got)
	}
}

func TestRelease(t *testing.T) {
	p, err := Shipped("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	z, _ := p.Zone("lockdown")
	for _, c := range []struct {
		f    Facts
		want bool
	}{
		{Facts{}, false}, // an event nobody recorded releases nothing
		{Facts{Days: map[string]int{"last-positive": 8}}, false},
		{Facts{Days: map[string]int{"last-positive": 8}, Rounds: map[string]RoundFacts{"sweep": {Complete: true}}}, true},
		{Facts{Days: map[string]int{"last-positive": 6}, Rounds: map[string]RoundFacts{"sweep": {Complete: true}}}, false},
	} {
		if got, err := z.Measures[0].MayRelease(c.f); err != nil || got != c.want {
			t.Errorf("%+v: %v %v", c.f, got, err)
		}
	}
}
