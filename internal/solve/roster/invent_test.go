package roster

import "pgregory.net/rapid"

// invent draws a small problem that uses everything the model has.
func invent(t *rapid.T, people, days int) *Problem {
	n := func(lo, hi int) int { return rapid.IntRange(lo, hi).Draw(t, "n") }
	maybe := func() bool { return rapid.Bool().Draw(t, "maybe") }
	p := &Problem{Days: days, Weekday: n(0, 6), Rest: n(0, 2) * 480}
	for range n(1, 3) {
		s := Shift{Start: n(0, 23) * 60, Minutes: n(2, 6) * 120, Night: maybe()}
		p.Shifts = append(p.Shifts, s)
	}
	for i := range p.Shifts {
		if maybe() {
			p.Shifts[i].NotNext = []int{n(0, len(p.Shifts)-1)}
		}
	}
	p.Posts = []Post{{Place: 7}}
	if maybe() {
		p.ZoneGap = [][]int{{0, n(0, 2) * 720}, {n(0, 4) * 1000, 0}}
		p.Posts = append(p.Posts, Post{Place: 8, Zone: 1, Skills: []int{2}[:n(0, 1)]})
	}
	for i := range people {
		p.People = append(p.People, inventPerson(p, i, n, maybe))
	}
	for day := range days {
		for s := range p.Shifts {
			for q := range p.Posts {
				p.Demands = append(p.Demands, Demand{Day: day, Shift: s, Post: q, Skill: -1, Need: n(0, 2), Under: n(0, 30), Over: n(0, 3)})
				if n(0, 3) == 0 {
					p.Demands = append(p.Demands, Demand{Day: day, Shift: s, Post: q, Skill: n(1, 2), Need: 1, Under: n(0, 9)})
				}
			}
		}
	}
	for range n(0, 6) {
		p.Wishes = append(p.Wishes, Wish{Person: n(0, people-1), Day: n(0, days-1), Shift: n(0, len(p.Shifts)-1), On: maybe(), Weight: n(0, 5)})
	}
	if people > 1 && maybe() {
		p.Pairs = []Pair{{0, 1, n(0, 3)}}
	}
	return p
}

// inventPerson draws one person, each limit there or not.
func inventPerson(p *Problem, i int, n func(int, int) int, maybe func() bool) Person {
	who := Anyone(string(rune('A' + i)))
	who.Group = n(0, 1)
	who.Skills = [][]int{nil, {1}, {2}, {1, 2}}[n(0, 3)]
	for _, set := range []func(){
		func() {
			for range p.Shifts {
				who.MostOf = append(who.MostOf, n(0, 3))
			}
		},
		func() { who.MostMinutes = n(0, 5) * 360 },
		func() { who.LeastMinutes = min(n(1, 3)*120, who.MostMinutes) },
		func() { who.MostInRow = n(1, 4) },
		func() { who.LeastInRow = min(n(1, 3), who.MostInRow) },
		func() { who.LeastOff = n(1, 3) },
		func() { who.MostWeekends = n(0, 1) },
		func() { who.LongestShift = n(4, 12) * 60 },
		func() { who.DayFrom, who.DayUntil = n(0, 8)*60, n(16, 30)*60 },
		func() { who.OffDays = []int{n(0, p.Days-1)} },
		func() { from := n(0, p.Days) * 700; who.Away = []Span{{from, from + n(1, 900)}} },
		func() { low := n(0, 3); who.Load = Share{low, low + n(0, 1), n(0, 9)} },
		func() { low := n(0, 2); who.Nights = Share{low, low + n(0, 1), n(0, 9)} },
		func() {
			for q := range p.Posts {
				who.Offers = append(who.Offers, Offer{q, n(0, 3)})
			}
		},
		func() {
			for range n(1, 3) {
				who.Before = append(who.Before, Off)
				if maybe() {
					who.Before[len(who.Before)-1] = Duty{int32(n(0, len(p.Shifts)-1)), int32(n(0, len(p.Posts)-1))}
				}
			}
		},
		func() {
			who.Pins = []Pin{{n(0, p.Days-1), Off}}
			if maybe() {
				who.Pins[0].Duty = Duty{int32(n(0, len(p.Shifts)-1)), int32(n(0, len(p.Posts)-1))}
			}
		},
	} {
		if n(0, 3) == 0 {
			set()
		}
	}
	return who
}
