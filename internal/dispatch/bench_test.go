package dispatch

import (
	"testing"
	"time"

	"shouwang/internal/mode"
)

// full is a subdistrict of the seeds' size: 17 communities, 638 micro-grids and
// more, 51,680 doors, 8,000 volunteers, 700 officers.
func full(t testing.TB) *State {
	w := build(t, 1, shape{communities: 17, microgrids: 38, doors: 80, helpers: 8000, police: 700})
	s := w.state(t)
	zone(t, s, "precaution", t0, w.ref(0))
	zone(t, s, "lockdown", t0, w.ref(w.buildings[0]), w.ref(w.buildings[1]))
	zone(t, s, "control", t0, w.ref(w.micro[3]), w.ref(w.micro[4]))
	return s
}

func BenchmarkDesiredFull(b *testing.B) {
	s := full(b)
	for b.Loop() {
		mode.DesiredAt(s.Playbook, s.Ground, s.Measures, s.scope(), t0)
	}
}

func BenchmarkProposeFull(b *testing.B) {
	s := full(b)
	for b.Loop() {
		p := propose(b, s, t0)
		b.ReportMetric(float64(p.Posts.Filled), "filled")
		b.ReportMetric(float64(p.Posts.Needed), "needed")
	}
}

func BenchmarkApplyFull(b *testing.B) {
	s := full(b)
	p := propose(b, s, t0)
	for b.Loop() {
		if _, err := Apply(p, s, "officer-b", t0.Add(time.Minute)); err != nil {
			b.Fatal(err)
		}
	}
}

// Where people are short the plan must prove it, which is the slower case.
func BenchmarkProposeShort(b *testing.B) {
	s := full(b)
	officers := 0
	for i := range s.Helpers {
		h := &s.Helpers[i]
		if h.Kind == "police" {
			if officers++; officers > 300 {
				h.Away = "left"
			}
		} else if i%4 != 0 {
			h.Trained = nil
		}
	}
	for b.Loop() {
		p := propose(b, s, t0)
		b.ReportMetric(float64(p.Posts.Filled), "filled")
		b.ReportMetric(float64(p.Posts.Empty), "empty")
	}
}

// A plan after the start, with one building drawn otherwise.
func BenchmarkProposeAgain(b *testing.B) {
	w := build(b, 1, shape{communities: 17, microgrids: 38, doors: 80, helpers: 8000, police: 700})
	s := w.state(b)
	zone(b, s, "precaution", t0, w.ref(0))
	applied(b, s, propose(b, s, t0), t0)
	zone(b, s, "lockdown", t0.Add(time.Hour), w.ref(w.buildings[0]))
	for b.Loop() {
		p := propose(b, s, t0.Add(time.Hour))
		b.ReportMetric(float64(p.CountsBy.Posts.Change), "changed")
		b.ReportMetric(float64(p.CountsBy.Posts.Create), "created")
	}
}
