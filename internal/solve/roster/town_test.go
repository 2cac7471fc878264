package roster

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"
)

// estate is a problem of many teams, each with its post, and a few people who may
// serve at several.
func estate(teams, days int) *Problem {
	g := rand.New(rand.NewPCG(4, 4))
	p := &Problem{Days: days, Rest: 600, Shifts: []Shift{{Start: 360, Minutes: 360}, {Start: 1080, Minutes: 360}, {Minutes: 360, Night: true}}}
	for team := range teams {
		p.Posts = append(p.Posts, Post{Place: team})
		for range 7 {
			who := Anyone("")
			who.Group, who.MostInRow, who.OffDays = team, 4, []int{g.IntN(days)}
			who.Offers = []Offer{{Post: team}}
			if g.IntN(5) == 0 && team > 0 {
				who.Offers = append(who.Offers, Offer{Post: team - 1, Cost: 3})
			}
			who.Load, who.Nights = Share{Low: days * 3 / 7, High: (days*3 + 6) / 7, Weight: 10}, Share{High: 2, Weight: 5}
			p.People = append(p.People, who)
		}
		for day := range days {
			for s := range p.Shifts {
				p.Demands = append(p.Demands, Demand{Day: day, Shift: s, Post: team, Skill: -1, Need: 1, Under: 100, Over: 1})
			}
		}
	}
	return p
}

func TestTownIsTheSameOnAnyThreads(t *testing.T) {
	p := estate(40, 7)
	first, start, err := Solve(context.Background(), p, Options{Seed: 2, Steps: 3})
	if err != nil || len(p.People) <= many {
		t.Fatal(err, len(p.People))
	}
	figures, broken := Check(p, first)
	if len(broken) > 0 || figures.Objective != start.Objective {
		t.Fatal(figures, start, broken)
	}
	if figures.Short > 0 || figures.Spread > 1 {
		t.Fatalf("%+v", figures)
	}
	for _, threads := range []int{2, 4} {
		other, report, err := Solve(context.Background(), p, Options{Seed: 2, Steps: 3, Threads: threads})
		if err != nil || report != start || !reflect.DeepEqual(first, other) {
			t.Fatalf("%d threads give %+v instead of %+v", threads, report, start)
		}
	}
}

func TestCancelledAtOnceIsStillARoster(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := estate(40, 7)
	told := 0
	best, report, err := Solve(ctx, p, Options{Seed: 2, Found: func(r Roster, _ Report) { told++ }})
	if err != nil || told == 0 {
		t.Fatal(err, told)
	}
	if figures, broken := Check(p, best); len(broken) > 0 || figures.Objective != report.Objective {
		t.Fatal(figures, report, broken)
	}
}
