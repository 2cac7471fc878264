package roster

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
)

const (
	// More people than this are rostered by neighbourhoods, which only shared people
	// connect.
	many = 200
	// A neighbourhood has so many members, one round so many neighbourhoods.
	circle = 14
	swarm  = 256
	// The ascent of a neighbourhood's prices.
	climbs = 40
	// How often a neighbourhood is shaken in its turn, and one in how many turns is a
	// program instead.
	shivers  = 40
	programs = 6
	// A program of more demands than this takes too long for a turn.
	programRows = 240
)

// neighbours is one round over neighbourhoods: each is rostered anew while all
// others stay, and what helps is taken over in their order. People of one round's
// neighbourhoods may compete for the same demand; then the later one is weighed
// against the earlier one's new lines, and left when it no longer helps.
func (s *search) neighbours() {
	if s.circles == nil {
		s.draw()
	}
	n := min(swarm, len(s.circles))
	out := make([]outcome, n)
	var next atomic.Int32
	var wait sync.WaitGroup
	first := s.rounds * swarm
	s.rounds++
	for _, w := range s.walkers {
		wait.Go(func() {
			b := s.board.clone()
			for {
				i := int(next.Add(1)) - 1
				if i >= n || s.ctx.Err() != nil {
					return
				}
				at := first + uint64(i)
				random := source(s.o.Seed, 2+at)
				out[i] = s.team(b, w, random, int(at))
			}
		})
	}
	wait.Wait()
	for _, x := range out {
		if x.lines != nil && !x.cut {
			s.take(x.free, x.lines, s.board.cost)
		}
	}
}

// team rosters a few members anew on a board and leaves the board as it was: in the
// first pass each finds their best line against the others, later they are shaken,
// or by chance solved as a program of their own.
func (s *search) team(b *board, w *walker, random *rand.Rand, turn int) outcome {
	free := s.circle(turn, random)
	x := outcome{free: free}
	before, old := b.cost, make([][]int32, len(free))
	order := make([]int, len(free))
	for i, f := range free {
		old[i], order[i] = b.lines[f], int(f)
	}
	switch {
	case turn < len(s.circles):
		w.fair = dear
		b.descend(s.ctx, w, order)
		w.fair = 1
		b.descend(s.ctx, w, order)
	case random.IntN(programs) > 0 || s.rows(free) > programRows:
		b.shake(s.ctx, w, random, free, shivers)
	default:
		s.program(b, w, random, free)
		b.descend(s.ctx, w, order)
	}
	if b.cost <= before {
		x.lines = make([][]int32, len(free))
		for i, f := range free {
			x.lines[i] = b.lines[f]
		}
	}
	for i, f := range free {
		b.put(int(f), old[i])
	}
	x.cut = s.ctx.Err() != nil
	return x
}

// rows counts the demands of some members.
func (s *search) rows(free []int32) int {
	seen := map[int32]bool{}
	for _, f := range free {
		for k := range s.board.members[f].options {
			for _, r := range s.board.members[f].options[k].rows {
				seen[r] = true
			}
		}
	}
	return len(seen)
}

// program leaves the lines of a program of some members on the board, where that
// may bring anything.
func (s *search) program(b *board, w *walker, random *rand.Rand, free []int32) {
	before, old := b.cost, make([][]int32, len(free))
	for i, f := range free {
		old[i] = b.lines[f]
	}
	c := newCrew(b, free, []*walker{w})
	c.alpha = smooth
	c.ascend(s.ctx, climbs, float64(before))
	c.generate(s.ctx, 30, 2000, before)
	if c.bound < before && c.dive(s.ctx, random, 4, 0.1) {
		old = c.lines()
	}
	for i, f := range free {
		b.put(int(f), old[i])
	}
	c.disband(w)
}

// draw divides the members into neighbourhoods.
func (s *search) draw() {
	s.serves = make([][]int32, len(s.p.Demands))
	for i, m := range s.board.members {
		for k := range m.options {
			for _, r := range m.options[k].rows {
				if list := s.serves[r]; len(list) == 0 || list[len(list)-1] != int32(i) {
					s.serves[r] = append(list, int32(i))
				}
			}
		}
	}
	done := make([]bool, len(s.board.members))
	for i := range done {
		if !done[i] {
			group := s.near(int32(i), circle)
			for _, f := range group {
				done[f] = true
			}
			s.circles = append(s.circles, group)
		}
	}
}

// near lists a member and those who share the most demands with them.
func (s *search) near(i int32, size int) []int32 {
	shared := make([]int32, len(s.board.members))
	list := make([]int32, 0, size)
	m := s.board.members[i]
	for k := range m.options {
		for _, r := range m.options[k].rows {
			for _, f := range s.serves[r] {
				if shared[f]++; shared[f] == 1 && f != i {
					list = append(list, f)
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b int32) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b)) })
	return sorted(append(list[:min(len(list), size-1)], i))
}

// circle is the neighbourhood of a turn: one after the other, pass by pass, but in
// one turn of ten that of somebody who could serve where people are missing.
func (s *search) circle(turn int, random *rand.Rand) []int32 {
	if turn < len(s.circles) || random.IntN(10) > 0 {
		return s.circles[turn%len(s.circles)]
	}
	for range 50 {
		r := random.IntN(len(s.serves))
		if int(s.board.there[r]) < s.p.Demands[r].Need && len(s.serves[r]) > 0 {
			return s.near(s.serves[r][random.IntN(len(s.serves[r]))], 4+random.IntN(circle))
		}
	}
	return s.near(int32(random.IntN(len(s.board.members))), 4+random.IntN(circle))
}
