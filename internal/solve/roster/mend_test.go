package roster

import (
	"context"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// solved is an invented problem with a roster, or nil where somebody has no line.
func solved(t *rapid.T) (*Problem, Roster) {
	p := invent(t, rapid.IntRange(2, 6).Draw(t, "people"), rapid.IntRange(2, 8).Draw(t, "days"))
	r, _, err := Solve(context.Background(), p, Options{Seed: 1, Steps: 2})
	if err != nil {
		return p, nil
	}
	return p, r
}

// excuse is the problem as it is after absences: the absent owe nothing.
func excuse(p *Problem, gone []Absence) *Problem {
	out := *p
	out.People = append([]Person(nil), p.People...)
	for _, a := range gone {
		who := &out.People[a.Person]
		who.LeastMinutes, who.LeastInRow, who.LeastOff = 0, 0, 0
		if a.From == a.Until {
			continue
		}
		var kept []Pin
		for _, pin := range who.Pins {
			if pin.Day < a.From || pin.Day >= a.Until {
				kept = append(kept, pin)
			}
		}
		who.Pins = kept
		for day := a.From; day < a.Until; day++ {
			who.OffDays = append(append([]int(nil), who.OffDays...), day)
		}
	}
	return &out
}

func TestMendKeepsRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, r := solved(t)
		if r == nil {
			return
		}
		i := rapid.IntRange(0, len(r)-1).Draw(t, "gone")
		from := rapid.IntRange(0, p.Days-1).Draw(t, "from")
		gone := []Absence{{i, from, rapid.IntRange(from, p.Days).Draw(t, "until")}}
		asked := make([]int64, len(r))
		for k := range asked {
			asked[k] = int64(rapid.IntRange(0, 3).Draw(t, "asked"))
		}
		out, err := Mend(p, r, gone, MendOptions{From: from, Asked: asked})
		if err != nil {
			t.Fatal(err)
		}
		left := excuse(p, gone)
		figures, broken := Check(left, out.Roster)
		if len(broken) > 0 {
			t.Fatal(broken, out.Changes)
		}
		if worst, _ := Check(left, holes(r, gone)); figures.Short > worst.Short {
			t.Fatalf("%d are short where %d were", figures.Short, worst.Short)
		}
		for _, c := range out.Changes {
			if c.Day < from || r[c.Person][c.Day] != c.Was || out.Roster[c.Person][c.Day] != c.Is {
				t.Fatalf("%+v is not what changed", c)
			}
		}
		if len(out.Vacancies) == 1 {
			candidatesHold(t, left, holes(r, gone), &out.Vacancies[0], asked)
		}
	})
}

// holes is the roster without the absent.
func holes(r Roster, gone []Absence) Roster {
	out := r.Clone()
	for _, a := range gone {
		for day := a.From; day < a.Until; day++ {
			out[a.Person][day] = Off
		}
	}
	return out
}

// candidatesHold says whether each candidate could step in as is said.
func candidatesHold(t *rapid.T, p *Problem, r Roster, v *Vacancy, asked []int64) {
	before, _ := Check(p, r)
	for k, c := range v.Candidates {
		after := r.Clone()
		for _, x := range c.Changes {
			if x.Person != c.Person || after[x.Person][x.Day] != x.Was {
				t.Fatalf("%+v changes somebody else", c)
			}
			after[x.Person][x.Day] = x.Is
		}
		figures, broken := Check(p, after)
		if len(broken) > 0 || figures.Objective-before.Objective != c.Cost || after[c.Person][v.Day] != v.Duty {
			t.Fatalf("%+v: %v, costs %d", c, broken, figures.Objective-before.Objective)
		}
		if k > 0 {
			last := v.Candidates[k-1]
			if len(last.Changes) > len(c.Changes) || len(last.Changes) == len(c.Changes) && asked[last.Person] > asked[c.Person] {
				t.Fatalf("%+v comes before %+v", last, c)
			}
		}
	}
	// Nobody who could simply step in is left out.
	if len(v.Candidates) == 0 {
		for i := range r {
			line := append([]Duty(nil), r[i]...)
			if line[v.Day] == Off && v.By < 0 {
				line[v.Day] = v.Duty
				if len(p.breaches(nil, i, line)) == 0 && wantedBy(p, r, v) {
					t.Fatalf("person %d could step in for %+v", i, v)
				}
			}
		}
	}
}

// wantedBy says whether a demand lacks the vacant duty.
func wantedBy(p *Problem, r Roster, v *Vacancy) bool {
	for _, d := range p.Demands {
		if d.Day == v.Day && (Duty{int32(d.Shift), int32(d.Post)}) == v.Duty && d.Skill < 0 {
			n := 0
			for i := range r {
				if r[i][v.Day] == v.Duty {
					n++
				}
			}
			return n < d.Need
		}
	}
	return false
}

func TestExplainIsSoundAndSmall(t *testing.T) {
	found := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		p := invent(t, rapid.IntRange(1, 3).Draw(t, "people"), rapid.IntRange(1, 4).Draw(t, "days"))
		p.Shifts = p.Shifts[:1]
		p.Shifts[0].NotNext, p.Wishes = nil, nil
		kept := p.Demands[:0]
		for _, d := range p.Demands {
			if d.Shift == 0 {
				kept = append(kept, d)
			}
		}
		p.Demands = kept
		for i := range p.People {
			p.People[i].MostOf, p.People[i].Pins, p.People[i].Before = nil, nil, nil
		}
		r, _, err := Solve(context.Background(), p, Options{Seed: 1, Steps: 3})
		if err != nil {
			return
		}
		reasons, err := Explain(p, r)
		if err != nil {
			t.Fatal(err)
		}
		figures, _ := Check(p, r)
		if (figures.Short > 0) != (len(reasons) > 0) {
			t.Fatalf("%d short, %d reasons", figures.Short, len(reasons))
		}
		for _, x := range reasons {
			found[x.Code]++
			if x.Code == NotExcluded {
				continue
			}
			if x.Need <= x.Have || x.Have != mostOf(p, x.Demands) {
				t.Fatalf("%+v is no reason: at most %d can be served", x, mostOf(p, x.Demands))
			}
			for k := range x.Demands {
				fewer := append(append([]int(nil), x.Demands[:k]...), x.Demands[k+1:]...)
				need := x.Need - p.Demands[x.Demands[k]].Need
				if len(fewer) > 0 && need > mostOf(p, fewer) {
					t.Fatalf("%+v is not the smallest", x)
				}
			}
		}
	})
	if found[TooFewPeople] == 0 || found[TooFewHours] == 0 {
		t.Fatal(found)
	}
}

// mostOf is how many duties of some demands people can serve, by trying all lines.
func mostOf(p *Problem, demands []int) int {
	sum := 0
	for i := range p.People {
		most := 0
		for _, line := range everyLine(p, i) {
			n := 0
			for _, k := range demands {
				d := p.Demands[k]
				if line[d.Day] == (Duty{int32(d.Shift), int32(d.Post)}) && (d.Skill < 0 || has(p.People[i].Skills, d.Skill)) {
					n++
				}
			}
			most = max(most, n)
		}
		sum += most
	}
	return sum
}

func TestSmallestReasonByHand(t *testing.T) {
	trained := Anyone("trained")
	trained.Skills, trained.MostInRow = []int{5}, 2
	p := &Problem{Days: 4, Shifts: []Shift{{Start: 18 * 60, Minutes: 240}},
		Posts:  []Post{{Place: 12, Skills: []int{5}}, {Place: 13}},
		People: []Person{trained, Anyone("free")}}
	for day := range 4 {
		p.Demands = append(p.Demands, Demand{Day: day, Post: 1, Skill: -1, Need: 1, Under: 5})
	}
	p.Demands = append(p.Demands, Demand{Day: 1, Post: 0, Skill: -1, Need: 2, Under: 9})
	r, _, err := Solve(context.Background(), p, Options{Seed: 1, Steps: 5})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Explain(p, r)
	want := []Reason{{Code: TooFewPeople, Place: 12, Skill: 5, From: DayMinutes + 1080, To: DayMinutes + 1320, Need: 2, Have: 1, Demands: []int{4}, People: []int{0}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v", got)
	}
	p.Demands[4].Need = 1
	p.Demands = append(p.Demands, Demand{Day: 0, Post: 0, Skill: -1, Need: 1, Under: 9}, Demand{Day: 2, Post: 0, Skill: -1, Need: 1, Under: 9})
	if r, _, err = Solve(context.Background(), p, Options{Seed: 1, Steps: 5}); err != nil {
		t.Fatal(err)
	}
	got, err = Explain(p, r)
	if err != nil || len(got) != 1 || got[0].Code != TooFewHours || got[0].Need != 3 || got[0].Have != 2 || got[0].Place != 12 {
		t.Fatalf("%+v", got)
	}
}
