package roster

import (
	"context"
	"testing"
)

// Who served inside may serve outside only after the gap, whatever they do between.
func TestZoneGapOutlastsADutyElsewhere(t *testing.T) {
	who := Anyone("A")
	p := &Problem{Days: 3, Shifts: []Shift{{Start: 480, Minutes: 240}}, People: []Person{who},
		Posts:   []Post{{Zone: 0}, {Zone: 1}, {Zone: 2}}, // inside, gate, outside
		ZoneGap: [][]int{{0, 0, 3000}, {0, 0, 0}, {0, 0, 0}},
		Demands: []Demand{{Day: 0, Post: 0, Skill: -1, Need: 1, Under: 9}, {Day: 1, Post: 1, Skill: -1, Need: 1, Under: 9}, {Day: 2, Post: 2, Skill: -1, Need: 1, Under: 5}}}
	best, report, err := Solve(context.Background(), p, Options{Seed: 1, Steps: 2})
	if err != nil || report.Objective != 5 || best[0][2] != Off {
		t.Fatal(err, report, best)
	}
	if _, broken := Check(p, Roster{{{0, 0}, {0, 1}, {0, 2}}}); len(broken) != 1 || broken[0].Code != TooSoon {
		t.Fatal(broken)
	}
}

// Nights beyond the fair share cost, one by one.
func TestNightsBeyondTheShareCost(t *testing.T) {
	who := Anyone("A")
	who.Nights = Share{High: 1, Weight: 6}
	p := &Problem{Days: 4, Shifts: []Shift{{Minutes: 240, Night: true}}, Posts: []Post{{}}, People: []Person{who}}
	for day, under := range []int{5, 7, 8, 9} {
		p.Demands = append(p.Demands, Demand{Day: day, Skill: -1, Need: 1, Under: under})
	}
	_, report, err := Solve(context.Background(), p, Options{Seed: 1, Steps: 2})
	if err != nil || report.Objective != 5+6+6 {
		t.Fatal(err, report)
	}
}

// Of those who could step in alike, who was asked longest ago comes first.
func TestMendAsksInTurn(t *testing.T) {
	p := &Problem{Days: 1, Shifts: []Shift{{Minutes: 240}}, Posts: []Post{{}}, Demands: []Demand{{Skill: -1, Need: 1, Under: 5}}}
	r := Roster{{{0, 0}}}
	for range 8 {
		p.People = append(p.People, Anyone(""))
		r = append(r, []Duty{Off})
	}
	r = r[:8]
	p.People[7].Offers = []Offer{{Post: 0, Cost: 3}} // fits worst, so not among the five
	p.People[6].OffDays = []int{0}
	out, err := Mend(p, r, []Absence{{0, 0, 1}}, MendOptions{Asked: []int64{0, 5, 2, 9, 1, 7, 0, -3}})
	if err != nil {
		t.Fatal(err)
	}
	var asked []int
	for _, c := range out.Vacancies[0].Candidates {
		asked = append(asked, c.Person)
	}
	if len(asked) != 5 || asked[0] != 4 || asked[1] != 2 || asked[2] != 1 || asked[3] != 5 || asked[4] != 3 || out.Vacancies[0].By != 4 {
		t.Fatal(asked, out.Vacancies[0].By)
	}
}
