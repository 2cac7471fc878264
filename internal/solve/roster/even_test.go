package roster

import "testing"

// Whoever offered two evenings is not compared with whoever offered all of them; who
// offered as many is, whichever evenings they are. The raw figure hides neither.
func TestEvenComparesThoseWhoCouldDoTheSame(t *testing.T) {
	p := &Problem{Days: 6, Shifts: []Shift{{Start: 1080, Minutes: 120}}, Posts: []Post{{}}}
	for day := range p.Days {
		p.Demands = append(p.Demands, Demand{Day: day, Post: 0, Skill: -1, Need: 2, Under: 100})
	}
	free := [][]int{{}, {}, {2, 3, 4, 5}, {0, 1, 2, 3}}
	for _, off := range free {
		who := Anyone("")
		who.OffDays = off
		p.People = append(p.People, who)
	}
	on := Duty{0, 0}
	r := Roster{{on, on, on, on, Off, Off}, {Off, Off, on, on, on, on}, {on, on, Off, Off, Off, Off}, {Off, Off, Off, Off, on, on}}
	if e := Even(p, r); e.Raw != 2 || e.Alike != 0 || e.Sets != 2 || e.Compared != 4 || e.WideRaw != 1 {
		t.Fatalf("%+v", e)
	}
	r[2] = []Duty{Off, Off, Off, Off, Off, Off}
	if e := Even(p, r); e.Raw != 4 || e.Alike != 2 || e.Wide != 1 {
		t.Fatalf("%+v", e)
	}
	p.People[2].Skills = []int{0} // experienced: no longer alike
	if e := Even(p, r); e.Alike != 0 || e.Compared != 2 {
		t.Fatalf("%+v", e)
	}
}
