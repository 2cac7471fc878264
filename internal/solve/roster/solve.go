package roster

import (
	"context"
	"slices"
)

// Options say how to search. Seed decides between equally good ways and nothing
// else. Steps ends the search after so many rounds, 0 for no such end; the context
// ends it in time. Threads is how many goroutines work at once, 1 when it is 0; it
// never changes the answer of a round. Found is told of the first roster and of
// each better one, in the goroutine that called Solve. Start is a roster to go on
// from, nil for none: lines of it that break a rule are made anew; Done is how many
// rounds it was sought for, so that going on repeats none. Steps counts those too.
// Brief leaves out the program of everybody, which a few seconds are not enough for.
type Options struct {
	Seed    uint64
	Steps   int
	Threads int
	Found   func(Roster, Report)
	Start   Roster
	Done    int
	Brief   bool
}

// Report says what came of a search. Bound is a proven lower bound of the
// objective where HasBound is set; Proven says that no roster is cheaper.
type Report struct {
	Objective int64
	Bound     int64
	HasBound  bool
	Proven    bool
	Steps     int
}

// Solve looks for the cheapest roster that breaks no hard rule until the context
// ends, the steps are done, or nothing better can exist. It returns ErrShape for a
// problem that contradicts itself and ErrNoLine for a person whose own rules leave
// nothing; demands that cannot be met are no error, they cost.
func Solve(ctx context.Context, p *Problem, o Options) (Roster, Report, error) {
	if err := p.Valid(); err != nil {
		return nil, Report{}, err
	}
	members, err := compile(p)
	if err != nil {
		return nil, Report{}, err
	}
	s := &search{p: p, o: o, ctx: ctx, board: newBoard(p, members)}
	s.board.brief = o.Brief
	for range max(o.Threads, 1) {
		s.walkers = append(s.walkers, &walker{})
	}
	if err := s.first(); err != nil {
		return nil, Report{}, err
	}
	s.report.Steps, s.rounds = o.Done, uint64(max(o.Done, 0))
	if len(p.People) <= many {
		s.settle()
	}
	for s.goOn() {
		s.round()
	}
	return s.best, s.report, nil
}

// search is one call of Solve.
type search struct {
	p      *Problem
	o      Options
	ctx    context.Context
	board  *board
	best   Roster
	report Report

	walkers []*walker
	prices  []int64     // by demand: what one person more is worth, of the last program of everybody
	pool    [][][]int32 // by member: good lines
	root    *crew       // the program of everybody at its optimum
	able    [][]int32   // by post: the members who may serve there
	posts   [][]int32   // by member: those posts
	rounds  uint64      // of improve, for the randomness
	size    float64     // how many members a crew has
}

// first makes the first roster.
func (s *search) first() error {
	order := make([]int, len(s.p.People))
	for i := range order {
		order[i] = i
	}
	random := source(s.o.Seed, 0)
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	slices.SortStableFunc(order, func(a, b int) int {
		return len(s.board.members[a].options) - len(s.board.members[b].options)
	})
	s.board.resume(s.o.Start)
	if i := s.board.begin(s.walkers[0], order); i >= 0 {
		return noLine(i)
	}
	if s.o.Start != nil {
		s.board.descend(s.ctx, s.walkers[0], s.board.wanted(order))
	}
	s.keep()
	return nil
}

// keep takes the board's roster as the best and tells of it.
func (s *search) keep() {
	s.best = s.board.roster()
	s.report.Objective = s.board.cost
	if s.o.Found != nil {
		s.o.Found(s.best, s.report)
	}
}

// goOn says whether another round may bring anything.
func (s *search) goOn() bool {
	return s.ctx.Err() == nil && !s.report.Proven && (s.o.Steps == 0 || s.report.Steps < s.o.Steps)
}

// settle lets everybody find their best line against the others, over and over.
func (s *search) settle() {
	order := make([]int, len(s.p.People))
	for i := range order {
		order[i] = i
	}
	s.board.descend(s.ctx, s.walkers[0], order)
	s.better()
}

// better keeps the board's roster if it is the best so far, and says when nothing
// cheaper can exist.
func (s *search) better() {
	if s.board.cost < s.report.Objective {
		s.keep()
	}
	s.report.Proven = s.report.HasBound && s.report.Bound >= s.report.Objective
}
