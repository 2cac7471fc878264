package roster

import (
	"context"
	"slices"
)

// Why a demand is not met.
const (
	TooFewPeople = "too-few-people" // on one day: fewer people may serve than are asked for
	TooFewHours  = "too-few-hours"  // over several days: the pool's limits allow fewer duties than are asked for
	NotExcluded  = "not-excluded"   // nothing excludes it, but it would cost more elsewhere, or was not found
)

// Reason says why people are missing. All of Demands together need Need duties, and
// the People, who are all that may serve any of them, can serve at most Have: the
// rules allow no more, whatever else they do. Leaving out any one demand, or giving
// the pool one duty more for each that is missing, makes it no reason. Place, Skill
// (-1 for none), From and To (minutes after the first midnight) say it in one line:
// no such skill at that place at that time. NotExcluded is no proof, and its Have is
// who serves.
type Reason struct {
	Code       string
	Place      int
	Skill      int
	From, To   int
	Need, Have int
	Demands    []int
	People     []int
}

// Explain gives for each demand that the roster does not meet the smallest reason
// it finds: first on its day alone, then over the days of its pool. Demands that
// one reason covers are explained once.
func Explain(p *Problem, r Roster) ([]Reason, error) {
	return ExplainSome(context.Background(), p, r, Unlimited)
}

// ExplainSome is Explain for a large problem: it gives at most so many reasons, and
// when the context ends those it has; the one it was at may be larger than it need be.
func ExplainSome(ctx context.Context, p *Problem, r Roster, most int) ([]Reason, error) {
	if err := p.Valid(); err != nil {
		return nil, err
	}
	if len(r) != len(p.People) {
		return nil, ErrShape
	}
	e := &explainer{ctx: ctx, p: p, smith: newSmith(p), members: make([]*member, len(p.People)), able: map[int][]int{}}
	there := e.count(r)
	done := make([]bool, len(p.Demands))
	var out []Reason
	for k, d := range p.Demands {
		if done[k] || there[k] >= d.Need {
			continue
		}
		if len(out) >= most || ctx.Err() != nil {
			break
		}
		reason := e.onDay(k)
		if reason == nil {
			reason = e.overDays(k)
		}
		if reason == nil {
			reason = e.reason(NotExcluded, []int{k}, there[k])
		}
		for _, j := range reason.Demands {
			done[j] = true
		}
		out = append(out, *reason)
	}
	return out, nil
}

// explainer is one call of Explain.
type explainer struct {
	ctx     context.Context
	p       *Problem
	smith   *smith
	members []*member
	able    map[int][]int // by demand: who may serve it
	w       walker
}

// count says how many people each demand has.
func (e *explainer) count(r Roster) []int {
	there := make([]int, len(e.p.Demands))
	for i, line := range r {
		for day, d := range line {
			for _, k := range e.smith.rowAt[[3]int32{int32(day), d.Shift, d.Post}] {
				if skill := e.p.Demands[k].Skill; skill < 0 || has(e.p.People[i].Skills, skill) {
					there[k]++
				}
			}
		}
	}
	return there
}

// pool lists who may serve a demand at all.
func (e *explainer) pool(k int) []int {
	if known, ok := e.able[k]; ok {
		return known
	}
	d := &e.p.Demands[k]
	out := []int{}
	for i := range e.p.People {
		who := &e.p.People[i]
		if d.Skill >= 0 && !has(who.Skills, d.Skill) || e.p.fits(who, d.Day, Duty{int32(d.Shift), int32(d.Post)}) != "" || e.barred(i, d) {
			continue
		}
		out = append(out, i)
	}
	e.able[k] = out
	return out
}

// barred says whether something else was decided by hand for that day.
func (e *explainer) barred(i int, d *Demand) bool {
	for _, pin := range e.p.People[i].Pins {
		if pin.Day == d.Day && pin.Duty != (Duty{int32(d.Shift), int32(d.Post)}) {
			return true
		}
	}
	return false
}

// onDay looks for demands of one day that compete for too few people, by the paths
// that a largest matching leaves open (Hall 1935): whoever may serve the demand,
// where they are needed, who may serve there, and so on.
func (e *explainer) onDay(k int) *Reason {
	day, skilled := e.p.Demands[k].Day, e.p.Demands[k].Skill
	var demands []int
	for j, d := range e.p.Demands {
		// A demand for a skill asks for people who may count for another as well.
		if d.Day == day && (d.Skill < 0 || d.Skill == skilled && j == k) && (skilled < 0 || j == k) {
			demands = append(demands, j)
		}
	}
	m := newMatching(e, demands)
	m.fill()
	set := m.reach(k)
	if need, have := e.weigh(set); need <= have {
		return nil // nobody is missing, or one duty counts for two demands
	}
	return e.shrink(TooFewPeople, set)
}

// overDays looks at the demands of one pool over all days.
func (e *explainer) overDays(k int) *Reason {
	d := e.p.Demands[k]
	var same []int
	for j, x := range e.p.Demands {
		if x.Post == d.Post && x.Skill == d.Skill && x.Need > 0 {
			same = append(same, j)
		}
	}
	if need, have := e.weigh(same); need > have {
		return e.shrink(TooFewHours, same)
	}
	// Whatever else the same people are asked for.
	pool := map[int]bool{}
	for _, i := range e.pool(k) {
		pool[i] = true
	}
	same = same[:0]
	for j, x := range e.p.Demands {
		if x.Need == 0 || x.Skill != d.Skill {
			continue
		}
		for _, i := range e.pool(j) {
			if pool[i] {
				same = append(same, j)
				break
			}
		}
	}
	if need, have := e.weigh(same); need > have {
		return e.shrink(TooFewHours, same)
	}
	return nil
}

// weigh sums what demands need and what people can serve of them at most: each
// person's most is a longest path over days.
func (e *explainer) weigh(demands []int) (need, have int) {
	worth := map[int32]bool{}
	people := map[int]bool{}
	for _, k := range demands {
		need += e.p.Demands[k].Need
		worth[int32(k)] = true
		for _, i := range e.pool(k) {
			people[i] = true
		}
	}
	for i := range people {
		have += e.most(i, worth)
	}
	return need, have
}

// most is how many of some demands a person can serve within their rules.
func (e *explainer) most(i int, worth map[int32]bool) int {
	m := e.members[i]
	if m == nil {
		who := e.p.People[i]
		who.Load, who.Nights = Share{High: Unlimited}, Share{High: Unlimited}
		if m = e.smith.forge(i, &who); m == nil {
			return 0
		}
		e.members[i] = m
	}
	e.w.scale = 1
	e.w.offer(m, func(k int32) int64 {
		sum := int64(0)
		for _, r := range m.options[k].rows {
			if worth[r] {
				sum--
			}
		}
		return sum
	})
	return -int(e.w.walk(m))
}

// shrink leaves demands out as long as the rest is still a reason.
func (e *explainer) shrink(code string, set []int) *Reason {
	for at := 0; at < len(set) && e.ctx.Err() == nil; {
		fewer := slices.Delete(slices.Clone(set), at, at+1)
		if need, have := e.weigh(fewer); len(fewer) > 0 && need > have {
			set, at = fewer, 0 // what was needed before may not be now
		} else {
			at++
		}
	}
	_, have := e.weigh(set)
	return e.reason(code, set, have)
}

// reason puts a set into words of data.
func (e *explainer) reason(code string, set []int, have int) *Reason {
	first := e.p.Demands[set[0]]
	out := &Reason{Code: code, Place: e.p.Posts[first.Post].Place, Skill: first.Skill, Have: have, Demands: set, From: -1}
	if skills := e.p.Posts[first.Post].Skills; out.Skill < 0 && len(skills) > 0 {
		out.Skill = skills[0]
	}
	seen := map[int]bool{}
	for _, k := range set {
		d := e.p.Demands[k]
		s := e.p.Shifts[d.Shift]
		from := d.Day*DayMinutes + s.Start
		if out.From < 0 || from < out.From {
			out.From = from
		}
		out.To = max(out.To, from+s.Minutes)
		out.Need += d.Need
		for _, i := range e.pool(k) {
			if !seen[i] {
				seen[i] = true
				out.People = append(out.People, i)
			}
		}
	}
	slices.Sort(out.People)
	return out
}
