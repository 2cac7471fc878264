package need

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhoMetWhatOverTime(t *testing.T) {
	week := 7 * 24 * time.Hour
	got := MetSpans([]MetCount{{0, "government", 6}, {0, "neighbour", 2}, {1, "volunteer", 4}, {2, "self", 5}, {9, "self", 5}, {0, "luck", 5}}, t0, t0.Add(2*week+time.Hour), week)
	if len(got) != 3 || got[0].Total != 8 || got[0].Own() != 2 || !got[2].To.Equal(t0.Add(2*week+time.Hour)) || got[2].Own() != 5 {
		t.Fatalf("%+v", got)
	}
	if s := got[1]; !s.Few || s.Total != 0 || s.Own() != 0 {
		t.Fatalf("four cases were told apart: %+v", s)
	}
}

// No span ever shows one to four cases, and what is shown adds up.
func TestSmallNumbersAreNotShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var counts []MetCount
		for range rapid.IntRange(0, 20).Draw(t, "n") {
			counts = append(counts, MetCount{rapid.IntRange(-1, 5).Draw(t, "span"), rapid.SampledFrom(Met).Draw(t, "by"), rapid.IntRange(0, 4).Draw(t, "k")})
		}
		for _, s := range MetSpans(counts, t0, t0.Add(50*time.Hour), 10*time.Hour) {
			sum := 0
			for _, n := range s.N {
				sum += n
			}
			if sum != s.Total || s.Total > 0 && s.Total < Few || s.Own() > s.Total {
				t.Fatalf("%+v", s)
			}
		}
	})
}
