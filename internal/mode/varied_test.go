package mode

import (
	"fmt"
	"testing"
	"time"

	"shouwang/internal/territory"
	"shouwang/playbooks"
)

// town is one subdistrict with a community for each type, and one of no type:
// each of two micro-grids, a building in each, two stairwells, three doors.
func town(t *testing.T) *Ground {
	t.Helper()
	spots := []Spot{{ID: "s", Path: "s.", Kind: territory.Subdistrict, Name: "街道"}}
	for i := 0; i <= len(Types); i++ {
		c := Spot{ID: fmt.Sprintf("c%d", i), Path: fmt.Sprintf("s.c%d.", i), Kind: territory.Community, Name: fmt.Sprintf("社区%d", i)}
		if i < len(Types) {
			c.Tags = []string{Types[i].Title.ZH}
		}
		spots = append(spots, c, Spot{ID: c.ID + "site", Path: c.Path + "site.", Kind: "school", Name: "学校"})
		for m := range 2 {
			mp := fmt.Sprintf("%sm%d.", c.Path, m)
			spots = append(spots, Spot{ID: fmt.Sprintf("%sm%d", c.ID, m), Path: mp, Kind: territory.Microgrid, Name: "微网格"},
				Spot{ID: fmt.Sprintf("%sb%d", c.ID, m), Path: mp + "b.", Kind: territory.Building, Name: "楼"})
			for u := range 2 {
				up := fmt.Sprintf("%sb.u%d.", mp, u)
				spots = append(spots, Spot{ID: fmt.Sprintf("%sb%du%d", c.ID, m, u), Path: up, Kind: territory.Unit, Name: "单元"})
				for d := range 3 {
					spots = append(spots, Spot{ID: fmt.Sprintf("%sb%du%dd%d", c.ID, m, u, d), Path: fmt.Sprintf("%sd%d.", up, d), Kind: territory.Door, Households: 1, People: 2})
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

// drawn draws one zone on places.
func drawn(zone string, paths ...string) []Measure {
	var out []Measure
	for i, p := range paths {
		out = append(out, Measure{ID: fmt.Sprint(zone, i), Incident: "i", Zone: zone, PlaceID: p, Path: p, Basis: "b", From: at0, Until: at0.AddDate(0, 0, 3)})
	}
	return out
}

var at0 = time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)

func dueAt(w RoundWant, path string) string {
	due, near := w.Due.Text, 0
	for _, d := range w.Dues {
		if len(d.Path) > near && territory.Inside(path, d.Path) {
			due, near = d.Span.Text, len(d.Path)
		}
	}
	return due
}

// Each type of community gets its own number of posts and its own date.
func TestVariantsByTypeOfCommunity(t *testing.T) {
	g := town(t)
	for _, c := range []struct {
		book, zone, post string
		posts            [6]int // old-estate, mixed, street, international, no-management, none
		round            string
		dues             [6]string
	}{
		{"flood-typhoon", "evacuate", "bearer", [6]int{6, 4, 4, 4, 6, 4}, "evacuate", [6]string{"PT2H", "PT3H", "PT3H", "PT3H", "PT3H", "PT3H"}},
		{"fire", "scene", "guide", [6]int{6, 4, 4, 4, 6, 4}, "head-count", [6]string{"PT1H", "PT90M", "PT1H", "PT1H", "PT1H", "PT1H"}},
		{"heat-cold", "alert", "visitor", [6]int{4, 2, 2, 2, 4, 2}, "visit", [6]string{"PT12H", "PT36H", "PT24H", "PT36H", "PT24H", "PT24H"}},
		{"epidemic", "control", "gate", [6]int{0, 0, 0, 0, 3, 0}, "sweep", [6]string{"PT30H", "PT36H", "PT30H", "PT36H", "PT36H", "PT24H"}},
	} {
		pb, err := Shipped(c.book)
		if err != nil {
			t.Fatal(err)
		}
		d := DesiredAt(pb, g, drawn(c.zone, "s."), Scope{Incident: "i", Path: "s."}, at0)
		var posts [6]int
		for _, s := range d.Slots {
			if pb.Posts[s.Item].ID == c.post {
				posts[g.Spots[s.Spot].Path[3]-'0']++
			}
		}
		if posts != c.posts {
			t.Errorf("%s %s: %v, want %v", c.book, c.post, posts, c.posts)
		}
		for _, w := range d.Rounds {
			if pb.Rounds[w.Item].ID != c.round {
				continue
			}
			if len(w.Aims) != 72 {
				t.Errorf("%s: %d targets", c.book, len(w.Aims))
			}
			for i, want := range c.dues {
				for _, path := range []string{fmt.Sprintf("s.c%d.", i), fmt.Sprintf("s.c%d.m1.b.u1.d2.", i)} {
					if got := dueAt(w, path); got != want {
						t.Errorf("%s %s at %s: %s, want %s", c.book, c.round, path, got, want)
					}
				}
			}
		}
	}
}

// Where a variant already gives more time than a place asks for itself, the longer
// date stands: by itself a place only moves a round later. A level above that
// decided with a basis of its own may move it earlier.
func TestPlacesOnlyGiveMoreTime(t *testing.T) {
	pb, g := epidemic(t), town(t)
	for _, c := range []struct {
		asked   string
		decided bool
		want    string
	}{{"PT26H", false, "PT36H"}, {"PT40H", false, "PT40H"}, {"PT26H", true, "PT26H"}} {
		span, _ := ParseSpan(c.asked)
		use := *pb
		use.Local = []Local{{Setting: Setting{Kind: "rounds", ID: "sweep", Field: "due", Span: span}, Path: "s.c1.", Decided: c.decided}}
		d := DesiredAt(&use, g, drawn("lockdown", "s."), Scope{Incident: "i", Path: "s."}, at0)
		seen := 0
		for _, r := range d.Rounds {
			if use.Rounds[r.Item].ID != "sweep" {
				continue
			}
			seen++
			if got, beside := dueAt(r, "s.c1.m0."), dueAt(r, "s.c2.m0."); got != c.want || beside != "PT30H" {
				t.Errorf("asked %s, decided %v: %s, want %s; beside it %s", c.asked, c.decided, got, c.want, beside)
			}
		}
		if seen != 1 {
			t.Fatalf("%d sweeps", seen)
		}
	}
}

// Every shipped playbook knows every type, measures have basis and longest, an
// evacuation names where people go, and heat or cold confines nobody.
func TestShippedPlaybooksKnowTheTypes(t *testing.T) {
	for _, id := range playbooks.Names {
		pb, err := Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, ty := range Types {
			hit := false
			for _, v := range pb.Variants {
				yes, err := v.when.Bool(map[string]any{"place": PlaceFacts{Tags: []string{ty.ID}}})
				if err != nil {
					t.Fatal(err)
				}
				hit = hit || yes
			}
			if !hit {
				t.Errorf("%s says nothing of %s", id, ty.ID)
			}
		}
		for _, z := range pb.Zones {
			if z.Evacuate && z.To == "" {
				t.Errorf("%s.%s: leave for where?", id, z.ID)
			}
			if id != "epidemic" && z.Closed {
				t.Errorf("%s.%s is closed", id, z.ID)
			}
			for _, m := range z.Measures {
				if m.Basis.ZH == "" || m.Basis.EN == "" || m.Longest.Length() == 0 {
					t.Errorf("%s.%s.%s: basis or end is missing", id, z.ID, m.ID)
				}
			}
		}
	}
}
