package mode

import (
	"testing"
	"time"
)

// How long a decider has is said by the playbook, and is four hours where it says
// nothing.
func TestAnswerWithin(t *testing.T) {
	for id, want := range map[string]time.Duration{"epidemic": 4 * time.Hour, "flood-typhoon": time.Hour} {
		pb, err := Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := pb.AnswerWithin(); got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	m := &Measure{Incident: "i", Zone: "evacuate", Until: now.Add(48 * time.Hour)}
	plea := Plea{Purpose: "care", Need: "照看老人", Until: now.Add(6 * time.Hour), Within: time.Hour}
	e, err := Plead(m, plea, "d", "s.d.", "", "r", "c", "x", now)
	if err != nil || !e.Due.Equal(now.Add(time.Hour)) {
		t.Fatalf("%+v %v", e, err)
	}
	if e.State(now.Add(59*time.Minute)) != "waiting" || e.State(now.Add(time.Hour)) != "overdue" {
		t.Error("it is overdue when the time is over and not before")
	}
}
