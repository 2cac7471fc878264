package roster

import (
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"
)

const (
	// More people than this are annealed in herds.
	many = 200
	// So many crews are rostered anew in one round, whatever the threads.
	width = 4
	// Where rows times days of the whole problem are more than this, it is never one
	// program.
	wholeWork = 10600
	// Smoothing of the prices, and rounds of seeking between two steps of a dive.
	smooth     = 0.5
	diveSeeks  = 10
	tolerable  = 0.3   // a dive goes on without new lines while it has cost no more
	dearer     = 0.001 // or no more than this part of the whole
	quickRows  = 300   // a program with more rows is dived through in larger steps
	shakes     = 300   // attempts of one shaking
	poolLines  = 40    // lines that are remembered for each member
	still      = 1e-3  // demands are shifted by that during a dive
	divePivots = 3000
)

// round is one step of the search. The first rosters everybody in one program
// where that is not too large; each later one frees several crews, each against
// the same board, and takes over what helps in their order.
func (s *search) round() {
	work := (len(s.p.People) + len(s.p.Demands)) * s.p.Days
	switch {
	case len(s.p.People) > many:
		s.herds()
	case s.report.Steps == 0 || s.o.Brief:
		s.crews(s.shaken)
	case s.report.Steps == 1 && work <= wholeWork && !s.o.Brief:
		s.whole()
	default:
		s.crews(s.crew)
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
	c.ascend(s.ctx, 200, float64(s.report.Objective))
	c.generate(s.ctx, math.MaxInt, 4000, s.report.Objective)
	s.report.Bound, s.report.HasBound = c.bound, true
	s.prices = c.recall(s.prices)
	s.pool = c.gather(poolLines)
	s.root = c.clone(s.walkers[0])
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
func (s *search) crews(attempt func(*walker, *rand.Rand) outcome) {
	if s.size == 0 {
		s.size = 8
	}
	if s.rounds == 1 && s.root != nil {
		s.size = max(8, float64(len(s.p.People))/2)
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
				out[i] = attempt(w, source(s.o.Seed, 2+s.rounds*width+uint64(i)))
			}
		})
	}
	wait.Wait()
	s.rounds++
	for _, x := range out {
		switch {
		case x.cut:
			continue
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

// crew is one attempt at something better: by chance another dive of everybody, a
// part of the members rostered anew, or a shaking.
func (s *search) crew(w *walker, random *rand.Rand) outcome {
	kind := random.IntN(10)
	switch {
	case kind < 3 && s.root != nil:
		return s.again(w, random)
	case kind < 8:
		return s.some(w, random)
	}
	return s.shaken(w, random)
}

// shaken shakes a copy of the board.
func (s *search) shaken(w *walker, random *rand.Rand) outcome {
	b := s.board.clone()
	b.shake(s.ctx, w, random, s.everyone(), shakes)
	return outcome{free: s.everyone(), lines: b.lines, cut: s.ctx.Err() != nil}
}

// again dives once more from the program of everybody.
func (s *search) again(w *walker, random *rand.Rand) outcome {
	c := s.root.clone(w)
	if !c.dive(s.ctx, random, diveSeeks, 0.4) {
		return outcome{cut: s.ctx.Err() != nil}
	}
	return s.polished(c, w, random)
}

// some rosters a part of the members anew.
func (s *search) some(w *walker, random *rand.Rand) outcome {
	free := s.choose(random)
	cost := s.board.cost
	c := newCrew(s.board.clone(), free, []*walker{w})
	c.alpha = smooth
	c.remember(s.prices)
	for i, f := range free {
		if s.pool != nil {
			for _, line := range s.pool[f] {
				c.add(i, line)
			}
		}
	}
	c.ascend(s.ctx, 40, float64(cost))
	c.generate(s.ctx, 60, 4000, cost)
	if c.bound >= cost {
		return outcome{best: true, cut: s.ctx.Err() != nil}
	}
	if !c.dive(s.ctx, random, diveSeeks, 0.2) {
		return outcome{cut: s.ctx.Err() != nil}
	}
	return s.polished(c, w, random)
}

// polished puts a crew's lines on its board and lets everybody find a better one.
func (s *search) polished(c *crew, w *walker, random *rand.Rand) outcome {
	for i, line := range c.lines() {
		c.b.put(int(c.free[i]), line)
	}
	order := random.Perm(len(c.b.members))
	c.b.descend(s.ctx, w, order)
	return outcome{free: s.everyone(), lines: c.b.lines, cut: s.ctx.Err() != nil}
}

// choose draws the members of a crew.
func (s *search) choose(random *rand.Rand) []int32 {
	free := s.everyone()
	random.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
	size := min(len(free), max(2, int(s.size*(0.5+random.Float64()))))
	return sorted(free[:size])
}
