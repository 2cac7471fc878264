package shift

import (
	"slices"
	"time"

	"shouwang/internal/people"
	"shouwang/internal/solve/roster"
)

// persons puts those who may be sent anywhere into the problem.
func (a *Ask) persons(d *Draft, w *work, more []int) {
	mine := map[string][]Shift{}
	practised := map[string]bool{}
	inDraft := map[string]bool{}
	for i := range d.Shifts {
		s := &d.Shifts[i]
		inDraft[s.Key] = s.State == Open || s.ID == ""
		if s.ID == "" && s.Stands() { // fixed by hand in the draft
			mine[s.HelperID] = append(mine[s.HelperID], *s)
		}
	}
	for _, s := range a.Line {
		if s.State == Done {
			practised[s.HelperID] = true
		}
		if s.Stands() && !inDraft[s.Key] {
			mine[s.HelperID] = append(mine[s.HelperID], s)
		}
	}
	for i, stands := range a.offers(d, w, more) {
		if len(stands) == 0 {
			continue
		}
		p := a.person(d, &a.Helpers[i], stands, w.p.Rest, mine[a.Helpers[i].ID])
		if practised[p.ID] {
			p.Skills = []int{0}
		}
		for _, o := range p.Offers {
			w.able[o.Post] = append(w.able[o.Post], len(w.p.People))
		}
		w.p.People = append(w.p.People, p)
		w.who = append(w.who, i)
	}
}

// person is one helper as the solver sees them.
func (a *Ask) person(d *Draft, h *people.Helper, stands []int, rest int, mine []Shift) roster.Person {
	p := roster.Anyone(h.ID)
	p.MostInRow = 31
	for _, j := range stands {
		p.Offers = append(p.Offers, roster.Offer{Post: j, Cost: far(h.Path, d.Stands[j].Path)})
		if r := d.Stands[j].Rule.Shifts; r.InARow > 0 {
			p.MostInRow = min(p.MostInRow, r.InARow)
		}
	}
	if h.Hours > 0 {
		p.LongestShift = min(p.LongestShift, h.Hours*60)
	}
	if h.Minor(a.Midnight) {
		p.DayFrom, p.DayUntil = minorFrom*60, minorUntil*60
	}
	for _, s := range mine {
		gap := time.Duration(rest) * time.Minute
		before := gap
		if s.Closed != "" {
			before = max(before, s.Apart)
		}
		p.Away = append(p.Away, roster.Span{From: int(s.From.Add(-gap).Sub(a.Midnight).Minutes()), To: int(s.Until.Add(before).Sub(a.Midnight).Minutes())})
	}
	p.Away = append(p.Away, windows(h, a)...)
	return p
}

// shares says what is fair: among people whom their stands connect, everybody the same.
func (a *Ask) shares(w *work) {
	need := make([]int, len(w.p.Posts))
	for _, q := range w.p.Demands {
		if q.Skill < 0 {
			need[q.Post] += q.Need
		}
	}
	for _, g := range w.groups() {
		total, n := 0, len(g.people)
		for _, j := range g.posts {
			total += need[j]
		}
		for _, i := range g.people {
			w.p.People[i].Group = g.people[0]
			w.p.People[i].Load = roster.Share{Low: total / n, High: (total + n - 1) / n, Weight: uneven}
		}
	}
}

// windows are the times outside of the weekly hours that somebody offered.
func windows(h *people.Helper, a *Ask) (out []roster.Span) {
	if len(h.Available) == 0 {
		return nil
	}
	at := 0
	for d := -1; d <= a.Days; d++ {
		week := (int(a.Midnight.In(a.At).Weekday())+6+d+7)%7 + 1
		var day []people.Window
		for _, x := range h.Available {
			if x.Day == week {
				day = append(day, x)
			}
		}
		slices.SortFunc(day, func(x, y people.Window) int { return x.From - y.From })
		for _, x := range day {
			if from := d*roster.DayMinutes + x.From; from > at {
				out = append(out, roster.Span{From: at, To: from})
			}
			at = max(at, d*roster.DayMinutes+x.To)
		}
	}
	return append(out, roster.Span{From: at, To: (a.Days + 2) * roster.DayMinutes})
}

func (a *Ask) wishes(w *work) {
	of := map[string]int{}
	for i, h := range w.who {
		of[a.Helpers[h].ID] = i
	}
	for _, x := range a.Wishes {
		who, ok := of[x.HelperID]
		day, err := time.ParseInLocation(time.DateOnly, x.Day, a.At)
		if !ok || err != nil {
			continue
		}
		n := int(day.Sub(a.Midnight) / (24 * time.Hour))
		if n < 0 || n >= a.Days {
			continue
		}
		for k, t := range w.turns {
			if t.start < x.Until && x.From < t.start+t.minutes {
				w.p.Wishes = append(w.p.Wishes, roster.Wish{Person: who, Day: n, Shift: k, On: x.On, Weight: wished})
			}
		}
	}
}
