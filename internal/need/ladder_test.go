package need

import "testing"

func TestSilenceClimbsTheLadder(t *testing.T) {
	up := []Spot{{"d", "s.c.g.m.b.d.", "door"}, {"b", "s.c.g.m.b.", "building"}, {"m", "s.c.g.m.", "microgrid"}, {"g", "s.c.g.", "grid"}, {"c", "s.c.", "community"}, {"s", "s.", "subdistrict"}}
	d := DeskAt(up, "lead", "microgrid")
	want := []Desk{{"m", "s.c.g.m.", "lead"}, {"g", "s.c.g.", "gridworker"}, {"c", "s.c.", "community"}, {"s", "s.", "commander"}, {}}
	for i, w := range want {
		if d != w {
			t.Fatalf("step %d: %+v, want %+v", i, d, w)
		}
		d = Above(d, up)
	}
	// A desk beside the ladder (police of the community) is followed by the community's own.
	if got := Above(DeskAt(up, "police", "community"), up); got != want[2] {
		t.Fatalf("%+v", got)
	}
	if got := Above(DeskAt(up, "department", "subdistrict"), up); got != want[3] {
		t.Fatalf("%+v", got)
	}
	// Where no place of the kind is above, the highest answers.
	if got := DeskAt(up[:2], "community", "community"); got.PlaceID != "b" {
		t.Fatalf("%+v", got)
	}
}
