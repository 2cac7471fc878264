package shift

import (
	"time"

	"shouwang/internal/solve/roster"
)

// work is a draft as the solver sees it.
type work struct {
	p     roster.Problem
	who   []int // person of the problem → helper of the ask
	turns []turn
	of    map[turn]int
	stand map[string]int
	able  [][]int // by stand: people of the problem
	novel []bool  // by stand: a practised one is asked for and nobody offered it is
	whole bool    // everybody is offered every stand that they may hold
}

type turn struct{ start, minutes int }

// at is what a shift or a stand belongs to.
func (s *Shift) at() string { return s.Item + "|" + s.PlaceID + "|" + s.Zone }

func (s *Stand) at() string { return s.Item + "|" + s.PlaceID + "|" + s.Zone }

// work puts a draft as a problem; more says by stand how many times the usual number
// of people it is offered to.
func (a *Ask) work(d *Draft, more []int) *work {
	w := &work{able: make([][]int, len(d.Stands)), novel: make([]bool, len(d.Stands)), of: map[turn]int{}, stand: map[string]int{}}
	w.p = roster.Problem{Days: a.Days, Weekday: (int(a.Midnight.In(a.At).Weekday()) + 6) % 7}
	areas := map[string]int{"": 0}
	gap := time.Duration(0)
	for i := range d.Stands {
		s := &d.Stands[i]
		w.stand[s.at()] = i
		if _, ok := areas[s.Closed]; !ok {
			areas[s.Closed] = len(areas)
		}
		gap = max(gap, s.Rule.Shifts.Apart)
		w.p.Rest = max(w.p.Rest, int(s.Rule.Shifts.Rest.Minutes()))
		w.p.Posts = append(w.p.Posts, roster.Post{ID: s.Item + "|" + s.PlaceID, Place: i, Zone: areas[s.Closed]})
		for _, t := range s.Rule.Shifts.Turns() {
			k := turn{int(t[0].Minutes()), int((t[1] - t[0]).Minutes())}
			if _, ok := w.of[k]; !ok {
				w.of[k] = len(w.turns)
				w.turns = append(w.turns, k)
				w.p.Shifts = append(w.p.Shifts, roster.Shift{ID: hour(k.start), Start: k.start, Minutes: k.minutes, Night: k.start < 5*60 || k.start+k.minutes > 24*60})
			}
		}
	}
	w.p.ZoneGap = make([][]int, len(areas))
	for x := range w.p.ZoneGap {
		w.p.ZoneGap[x] = make([]int, len(areas))
		for y := range w.p.ZoneGap[x] {
			if x != y && x != 0 {
				w.p.ZoneGap[x][y] = int(gap.Minutes())
			}
		}
	}
	a.persons(d, w, more)
	a.demands(d, w)
	a.shares(w)
	a.wishes(w)
	return w
}

// day is the day of the horizon on which a shift begins, and its turn.
func (a *Ask) day(s *Shift) (int, turn) {
	n := int(s.From.In(a.At).Sub(a.Midnight.In(a.At)) / (24 * time.Hour))
	return n, turn{int(s.From.Sub(a.Midnight.AddDate(0, 0, n)).Minutes()), int(s.Until.Sub(s.From).Minutes())}
}

func (a *Ask) demands(d *Draft, w *work) {
	practised := make([]bool, len(d.Stands))
	for j, who := range w.able {
		for _, i := range who {
			practised[j] = practised[j] || len(w.p.People[i].Skills) > 0
		}
	}
	type key struct{ day, shift, post int }
	at := map[key]int{}
	for i := range d.Shifts {
		s := &d.Shifts[i]
		if s.State != Open {
			continue
		}
		n, t := a.day(s)
		post := w.stand[s.at()]
		k := key{n, w.of[t], post}
		if j, ok := at[k]; ok {
			w.p.Demands[j].Need++
			continue
		}
		at[k] = len(w.p.Demands)
		w.p.Demands = append(w.p.Demands, roster.Demand{Day: n, Shift: w.of[t], Post: post, Skill: -1, Need: 1, Under: missing, Over: 10 * missing})
		if x := d.Stands[post].Rule.Shifts.Experienced; x > 0 && !practised[post] {
			w.novel[post] = true
		} else if x > 0 {
			w.p.Demands = append(w.p.Demands, roster.Demand{Day: n, Shift: w.of[t], Post: post, Skill: 0, Need: x, Under: novice})
		}
	}
}
