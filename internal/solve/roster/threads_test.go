package roster

import (
	"context"
	"reflect"
	"testing"
)

// The same seed and steps give the same roster on any threads: whether herds are
// annealed that posts connect or that own a part of them, or a program of everybody is
// dived through several times.
func TestTheSameStepsGiveTheSameRosterOnAnyThreads(t *testing.T) {
	chain := estate(30, 4) // one component: everybody's neighbours are somebody's neighbours
	for i := range chain.People {
		if who := &chain.People[i]; i%7 == 0 && who.Group > 0 {
			who.Offers = []Offer{{Post: who.Group}, {Post: who.Group - 1, Cost: 3}}
		}
	}
	hard := estate(3, 14)
	for k := range hard.Demands {
		hard.Demands[k].Under = 40 + 17*(k%5)
	}
	for i := range hard.People {
		hard.People[i].Load, hard.People[i].LeastOff = Share{Low: 5, High: 5, Weight: 13}, 2
	}
	for _, x := range []struct {
		name  string
		p     *Problem
		steps int
	}{{"herds apart", estate(30, 4), 2}, {"herds that own posts", chain, len(heats) - 4}, {"several dives", hard, 3}} {
		first, start, err := Solve(context.Background(), x.p, Options{Seed: 5, Steps: x.steps})
		if err != nil {
			t.Fatal(x.name, err)
		}
		if start.Steps != x.steps {
			t.Fatalf("%s: it was over after %d steps and shows nothing", x.name, start.Steps)
		}
		if figures, broken := Check(x.p, first); len(broken) > 0 || figures.Objective != start.Objective {
			t.Fatal(x.name, figures, start, broken)
		}
		for _, threads := range []int{2, 4} {
			other, report, err := Solve(context.Background(), x.p, Options{Seed: 5, Steps: x.steps, Threads: threads})
			if err != nil || report != start || !reflect.DeepEqual(first, other) {
				t.Fatalf("%s: %d threads give %+v instead of %+v", x.name, threads, report, start)
			}
		}
	}
}

// Annealing keeps every hard rule and the board's cost, whatever the problem has.
func TestAnnealingKeepsRulesAndCounts(t *testing.T) {
	p := estate(6, 9)
	p.ZoneGap = [][]int{{0, 900}, {2000, 0}}
	p.Pairs = []Pair{{0, 1, 4}, {2, 9, 3}}
	p.Posts[1].Zone = 1
	for i := range p.People {
		who := &p.People[i]
		who.MostOf, who.MostWeekends, who.LeastMinutes = []int{2, 3, 2}, i%2, 360*(i%3)
		who.Before = []Duty{{int32(i % 3), int32(who.Group)}}
		if i%4 == 0 {
			who.LeastInRow, who.LeastOff = 2, 2
		}
	}
	members, err := compile(p)
	if err != nil {
		t.Fatal(err)
	}
	s := &search{p: p, o: Options{Seed: 1}, ctx: context.Background(), board: newBoard(p, members), walkers: []*walker{{}}}
	if err := s.first(); err != nil {
		t.Fatal(err)
	}
	for turn := range 40 {
		before := s.board.cost
		owns := []bool{true, true, turn%2 == 0, true, turn%3 == 0, true}
		newAnnealer(s.board, s.everyone(), owns).run(s.ctx, source(uint64(turn), 0), 3000, 30, 0.3)
		figures, broken := Check(p, s.board.roster())
		if len(broken) > 0 || figures.Objective != s.board.cost || s.board.cost > before {
			t.Fatal(turn, broken, figures.Objective, s.board.cost, before)
		}
	}
}
