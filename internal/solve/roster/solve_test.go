package roster

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// everyLine lists all lines of one person that break nothing by the checker's
// word; a duty nobody asks for counts only where the person may owe one.
func everyLine(p *Problem, i int) [][]Duty {
	var duties []Duty
	for s := range p.Shifts {
		for q := range p.Posts {
			duties = append(duties, Duty{int32(s), int32(q)})
		}
	}
	var out [][]Duty
	line := make([]Duty, p.Days)
	var at func(day int)
	at = func(day int) {
		if day == p.Days {
			if len(p.breaches(nil, i, line)) == 0 {
				out = append(out, append([]Duty(nil), line...))
			}
			return
		}
		for _, d := range append([]Duty{Off}, duties...) {
			line[day] = d
			at(day + 1)
		}
	}
	at(0)
	return out
}

// cheapest tries everything.
func cheapest(p *Problem) (int64, bool) {
	least := int64(math.MaxInt64)
	r := make(Roster, len(p.People))
	lines := make([][][]Duty, len(p.People))
	for i := range lines {
		lines[i] = everyLine(p, i)
	}
	var at func(i int)
	at = func(i int) {
		if i == len(r) {
			least = min(least, p.figures(r).Objective)
			return
		}
		for _, line := range lines[i] {
			r[i] = line
			at(i + 1)
		}
	}
	at(0)
	return least, least < math.MaxInt64
}

func TestSolveKeepsRulesAndCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := invent(t, rapid.IntRange(1, 6).Draw(t, "people"), rapid.IntRange(1, 12).Draw(t, "days"))
		best, report, err := Solve(context.Background(), p, Options{Seed: 1, Steps: 3})
		if errors.Is(err, ErrNoLine) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		figures, broken := Check(p, best)
		if len(broken) > 0 {
			t.Fatal(broken)
		}
		if figures.Objective != report.Objective {
			t.Fatalf("the solver says %d, the checker %+v", report.Objective, figures)
		}
		if report.HasBound && report.Bound > report.Objective {
			t.Fatalf("the bound is %d, and the roster costs %d", report.Bound, report.Objective)
		}
	})
}

func TestOnePersonIsSolvedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := invent(t, 1, 4)
		least, there := cheapest(p)
		best, report, err := Solve(context.Background(), p, Options{Seed: 1, Steps: 2})
		if there == errors.Is(err, ErrNoLine) {
			t.Fatalf("a line exists: %t; the solver says %v", there, err)
		}
		if err == nil && report.Objective != least {
			t.Fatalf("%d instead of %d: %v", report.Objective, least, best)
		}
	})
}

func TestFewPeopleAreSolvedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := invent(t, 2, 3)
		p.Shifts, p.Pairs = p.Shifts[:1], nil
		p.Shifts[0].NotNext, p.Wishes = nil, nil
		for i := range p.People {
			who := &p.People[i]
			who.MostOf, who.Pins, who.Before = nil, nil, nil
		}
		kept := p.Demands[:0]
		for _, d := range p.Demands {
			if d.Shift == 0 {
				kept = append(kept, d)
			}
		}
		p.Demands = kept
		least, there := cheapest(p)
		best, report, err := Solve(context.Background(), p, Options{Seed: 1, Steps: 5})
		if there == errors.Is(err, ErrNoLine) {
			t.Fatalf("lines exist: %t; the solver says %v", there, err)
		}
		if err == nil && report.Objective != least {
			t.Fatalf("%d instead of %d: %v", report.Objective, least, best)
		}
	})
}

func TestSameSeedSameRoster(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := invent(t, 4, 7)
		one, first, err := Solve(context.Background(), p, Options{Seed: 3, Steps: 3})
		for _, threads := range []int{2, 4} {
			other, second, failed := Solve(context.Background(), p, Options{Seed: 3, Steps: 3, Threads: threads})
			if !reflect.DeepEqual(one, other) || first != second || (err == nil) != (failed == nil) {
				t.Fatalf("%d threads give %+v instead of %+v", threads, second, first)
			}
		}
	})
}
