package roster

import (
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"
)

const (
	// So many crews are rostered anew in one round, whatever the threads.
	width = 4
	// Where the whole problem has more rows than this, it is never one program.
	wholeRows = 900
	// Smoothing of the prices, and rounds of seeking between two steps of a dive.
	smooth    = 0.5
	diveSeeks = 8
)

// round is one step of the search. The first rosters everybody in one program
// where that is not too large; each later one frees several crews, each against
// the same board, and takes over what helps in their order.
func (s *search) round() {
	if s.report.Steps == 0 && len(s.p.People)+len(s.p.Demands) <= wholeRows {
		s.whole()
	} else {
		s.crews()
	}
	s.report.Steps++
	s.better()
}

// everyone are all members.
func (s *search) everyone() []int32 {
	free := make([]int32, len(s.p.People))
	for i := range free {
		free[i] = int32(i)
	}
	return free
}

// whole rosters everybody at once: a proven bound, then a dive.
func (s *search) whole() {
	c := newCrew(s.board.clone(), s.everyone(), s.walkers)
	c.alpha = smooth
	c.generate(s.ctx, math.MaxInt, s.report.Objective)
	s.report.Bound, s.report.HasBound = c.bound, true
	if s.report.Bound >= s.report.Objective || !c.dive(s.ctx, source(s.o.Seed, 1), diveSeeks, 0) {
		return
	}
	s.take(c.free, c.lines(), math.MaxInt64)
	s.settle()
}

// take puts lines on the board if that costs no more than the most, and says so.
func (s *search) take(free []int32, lines [][]int32, most int64) bool {
	before := make([][]int32, len(free))
	for i, f := range free {
		before[i] = s.board.lines[f]
		s.board.put(int(f), lines[i])
	}
	if s.board.cost <= most {
		return true
	}
	for i, f := range free {
		s.board.put(int(f), before[i])
	}
	return false
}

// outcome is what a crew came to.
type outcome struct {
	free  []int32
	lines [][]int32 // nil when nothing better was found
	best  bool      // nothing better exists for this crew
	cut   bool      // the time was up
}

// crews frees several crews at once and merges what they found.
func (s *search) crews() {
	if s.size == 0 {
		s.size = 6
	}
	var out [width]outcome
	var next atomic.Int32
	var wait sync.WaitGroup
	for _, w := range s.walkers {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= width {
					return
				}
				out[i] = s.crew(w, source(s.o.Seed, 2+s.rounds*width+uint64(i)))
			}
		})
	}
	wait.Wait()
	s.rounds++
	for _, x := range out {
		if x.cut {
			return
		}
	}
	for _, x := range out {
		switch {
		case x.best:
			s.size *= 1.02
		case x.lines == nil:
			s.size *= 0.98
		}
		if x.lines != nil {
			s.take(x.free, x.lines, s.board.cost)
		}
	}
	s.size = min(max(s.size, 2), float64(len(s.p.People)))
}

// crew chooses members by chance, and rosters them anew.
func (s *search) crew(w *walker, random *rand.Rand) outcome {
	b := s.board.clone()
	x := outcome{free: s.choose(random)}
	cost := b.cost
	c := newCrew(b, x.free, []*walker{w})
	c.alpha = smooth
	c.generate(s.ctx, 60, cost)
	if c.bound >= cost {
		x.best = true
		return x
	}
	if c.dive(s.ctx, random, diveSeeks, 0.2) {
		x.lines = c.lines()
	}
	x.cut = s.ctx.Err() != nil
	return x
}

// choose draws the members of a crew.
func (s *search) choose(random *rand.Rand) []int32 {
	free := s.everyone()
	random.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
	size := min(len(free), max(2, int(s.size*(0.5+random.Float64()))))
	return sorted(free[:size])
}
