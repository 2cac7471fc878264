package roster

import "fmt"

// The rules, as codes. A Breach names one; the caller owns the words.
const (
	Misshapen      = "misshapen"         // not a line of known duties for each person
	Unqualified    = "unqualified"       // a skill of the post is missing
	NotOffered     = "not-offered"       // the post is not among those the person may be sent to
	TooLong        = "shift-too-long"    // longer than the person's longest shift
	NotAtThisHour  = "not-at-this-hour"  // outside the hours of the day for this person
	DayOff         = "day-off"           // a fixed day off
	IsAway         = "away"              // within a time the person is away
	TooManyOfShift = "too-many-of-shift" // more of one shift than allowed
	TooManyMinutes = "too-many-minutes"  // more minutes than allowed in the horizon
	TooFewMinutes  = "too-few-minutes"   // fewer minutes than agreed in the horizon
	TooLongInRow   = "too-long-in-row"   // too many days in a row
	TooShortInRow  = "too-short-in-row"  // too few days in a row
	TooShortOff    = "too-short-off"     // too few days off in a row
	TooManyWeekend = "too-many-weekends" // more weekends than allowed
	TooSoon        = "too-soon"          // a forbidden succession, too little rest, or zones too soon after one another
	AgainstPin     = "against-pin"       // not what was decided by hand
)

// Breach is one broken hard rule. Day is where it shows, -1 for a rule about the
// whole horizon.
type Breach struct {
	Code        string
	Person, Day int
}

// Figures say what a roster costs: Objective is the sum of the others. Short and
// Surplus count people, Spread is the widest difference of shifts served, and
// NightSpread of nights, between two members of one group.
type Figures struct {
	Objective, Cover, Wishes, Ways, Fairness, Partners int64
	Short, Surplus, Spread, NightSpread                int
}

// Check recomputes a roster's cost and every broken hard rule from the problem
// alone, with code of its own: nothing here is shared with the solver.
func Check(p *Problem, r Roster) (Figures, []Breach) {
	if len(r) != len(p.People) {
		return Figures{}, []Breach{{Misshapen, -1, -1}}
	}
	for i, line := range r {
		ok := len(line) == p.Days
		for _, d := range line {
			ok = ok && p.names(d)
		}
		if !ok {
			return Figures{}, []Breach{{Misshapen, i, -1}}
		}
	}
	var broken []Breach
	for i := range p.People {
		broken = p.breaches(broken, i, r[i])
	}
	return p.figures(r), broken
}

// breaches adds what one line breaks.
func (p *Problem) breaches(broken []Breach, i int, line []Duty) []Breach {
	who := &p.People[i]
	add := func(code string, day int) { broken = append(broken, Breach{code, i, day}) }
	minutes, of, weekends := 0, make([]int, len(p.Shifts)), map[int]bool{}
	for day, d := range line {
		if d == Off {
			continue
		}
		if code := p.fits(who, day, d); code != "" {
			add(code, day)
		}
		minutes += p.Shifts[d.Shift].Minutes
		of[d.Shift]++
		if w := p.weekend(day); w >= 0 {
			weekends[w] = true
		}
	}
	for s, n := range of {
		if who.MostOf != nil && n > who.MostOf[s] && who.MostOf[s] > 0 {
			add(TooManyOfShift, -1)
		}
	}
	if minutes > who.MostMinutes {
		add(TooManyMinutes, -1)
	}
	if minutes < who.LeastMinutes {
		add(TooFewMinutes, -1)
	}
	if len(weekends) > who.MostWeekends {
		add(TooManyWeekend, -1)
	}
	for _, pin := range who.Pins {
		if line[pin.Day] != pin.Duty {
			add(AgainstPin, pin.Day)
		}
	}
	all := append(append([]Duty(nil), who.Before...), line...)
	p.runs(all, who, func(code string, at int) { add(code, at-len(who.Before)) }, len(who.Before))
	return broken
}

// runs looks at what lies between duties: runs of days and times between them.
// Nothing is said about what was over before the horizon began.
func (p *Problem) runs(all []Duty, who *Person, add func(string, int), first int) {
	start := 0
	for at := 1; at <= len(all); at++ {
		if at < len(all) && (all[at] == Off) == (all[start] == Off) {
			continue
		}
		length, inside := at-start, start > 0 && at < len(all)
		switch {
		case !inside || at < first:
		case all[start] == Off && length < who.LeastOff:
			add(TooShortOff, at)
		case all[start] != Off && length < who.LeastInRow:
			add(TooShortInRow, at)
		}
		if all[start] != Off && length > who.MostInRow && at > first {
			add(TooLongInRow, max(start+who.MostInRow, first))
		}
		start = at
	}
	for b := first; b < len(all); b++ {
		for a := 0; a < b && all[b] != Off; a++ {
			if all[a] != Off && p.between(all[a], all[b]) > b-a {
				add(TooSoon, b)
				break
			}
		}
	}
}

// figures sums up what a roster costs.
func (p *Problem) figures(r Roster) Figures {
	var f Figures
	asked := make(map[[3]int32][]int, len(p.Demands))
	for k, d := range p.Demands {
		at := [3]int32{int32(d.Day), int32(d.Shift), int32(d.Post)}
		asked[at] = append(asked[at], k)
	}
	there := make([]int, len(p.Demands))
	for i := range r {
		for day, duty := range r[i] {
			for _, k := range asked[[3]int32{int32(day), duty.Shift, duty.Post}] {
				if skill := p.Demands[k].Skill; skill < 0 || has(p.People[i].Skills, skill) {
					there[k]++
				}
			}
		}
	}
	for k, d := range p.Demands {
		short, over := max(d.Need-there[k], 0), max(there[k]-d.Need, 0)
		f.Short += short
		f.Surplus += over
		f.Cover += int64(short)*int64(d.Under) + int64(over)*int64(d.Over)
	}
	for _, w := range p.Wishes {
		if (r[w.Person][w.Day].Shift == int32(w.Shift)) != w.On {
			f.Wishes += int64(w.Weight)
		}
	}
	for _, q := range p.Pairs {
		for day := range p.Days {
			if r[q.A][day] != r[q.B][day] {
				f.Partners += int64(q.Weight)
			}
		}
	}
	p.shares(r, &f)
	f.Objective = f.Cover + f.Wishes + f.Ways + f.Fairness + f.Partners
	return f
}

// shares sums up ways and fairness, and how far apart the members of a group are.
func (p *Problem) shares(r Roster, f *Figures) {
	type ends struct{ least, most, leastNights, mostNights int }
	groups := map[int]ends{}
	for i := range r {
		who := &p.People[i]
		load, nights := 0, 0
		for _, d := range r[i] {
			if d == Off {
				continue
			}
			load++
			if p.Shifts[d.Shift].Night {
				nights++
			}
			f.Ways += who.offer(d.Post)
		}
		f.Fairness += who.Load.cost(load) + who.Nights.cost(nights)
		g, ok := groups[who.Group]
		if !ok {
			g = ends{load, load, nights, nights}
		}
		g = ends{min(g.least, load), max(g.most, load), min(g.leastNights, nights), max(g.mostNights, nights)}
		groups[who.Group] = g
		f.Spread = max(f.Spread, g.most-g.least)
		f.NightSpread = max(f.NightSpread, g.mostNights-g.leastNights)
	}
}

// cost is what serving n shifts costs against a fair share.
func (s Share) cost(n int) int64 {
	return int64(max(s.Low-n, n-s.High, 0)) * int64(s.Weight)
}

// String says what broke, for tests and logs of developers.
func (b Breach) String() string { return fmt.Sprintf("%s: person %d, day %d", b.Code, b.Person, b.Day) }
