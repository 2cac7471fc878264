package shift

import (
	"context"
	"errors"
	"slices"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/solve/roster"
)

// Draft is what a roster says before and after it is published.
type Draft struct {
	Seed    uint64      `json:"seed"`
	Steps   int         `json:"steps"`
	Stands  []Stand     `json:"stands"`
	Shifts  []Shift     `json:"shifts"`
	Reasons []mode.Text `json:"reasons"`
	Short   int         `json:"short"`
	Undo    []Shift     `json:"undo,omitempty"` // the rows as they were before it was published
}

// Ask is what a roster is made of.
type Ask struct {
	Incident string
	Midnight time.Time // first day
	Days     int
	Stands   []Stand
	Helpers  []people.Helper
	Line     []Shift // what anybody stands on already, outside and inside of it
	Wishes   []Wish
	Seed     uint64
	Steps    int
	Threads  int
	At       *time.Location
	Now      time.Time
}

const (
	missing = 1000 // what each person fewer costs, beside which wishes are small
	novice  = 60
	uneven  = 20
	wished  = 5
)

// Plan makes a draft. What no rule allows stays open, with the smallest reason that
// the solver finds; each filled shift was looked at by Fits.
func (a *Ask) Plan(ctx context.Context) (*Draft, error) {
	d := &Draft{Seed: a.Seed, Steps: a.Steps, Stands: a.Stands, Reasons: []mode.Text{}}
	kept := map[string]Shift{}
	for _, s := range a.Line {
		kept[s.Key] = s
	}
	for i := range a.Stands {
		for _, s := range a.Stands[i].Slots(a.Incident, a.Midnight, a.Days) {
			if old, ok := kept[s.Key]; ok && (old.Pinned && old.Stands() || !old.From.After(a.Now) || old.State == Done || old.State == Missed) {
				s = old
			}
			if s.Until.After(a.Now) {
				d.Shifts = append(d.Shifts, s)
			}
		}
	}
	w := a.work(d)
	if len(w.who) > 0 && len(w.p.Demands) > 0 {
		plan, _, err := roster.Solve(ctx, &w.p, roster.Options{Seed: a.Seed, Steps: a.Steps, Threads: a.Threads})
		if errors.Is(err, roster.ErrNoLine) || errors.Is(err, roster.ErrShape) {
			return nil, ErrRules.With(err.Error(), err.Error())
		} else if err != nil {
			return nil, err
		}
		a.fill(d, w, plan)
		if err := w.explain(a, d, plan); err != nil {
			return nil, err
		}
	} else {
		for i := range d.Stands {
			if t, short := a.nobody(d, i); short {
				d.Reasons = append(d.Reasons, t)
			}
		}
	}
	for i := range d.Shifts {
		if d.Shifts[i].State == Open {
			d.Short++
		}
	}
	return d, nil
}

// work is a draft as the solver sees it.
type work struct {
	p     roster.Problem
	who   []int // person of the problem → helper of the ask
	turns []turn
	able  [][]int // by stand: people of the problem
}

type turn struct{ start, minutes int }

func (a *Ask) work(d *Draft) *work {
	w := &work{able: make([][]int, len(d.Stands))}
	w.p = roster.Problem{Days: a.Days, Weekday: (int(a.Midnight.In(a.At).Weekday()) + 6) % 7}
	of := map[turn]int{}
	areas := map[string]int{"": 0}
	gap := time.Duration(0)
	for i := range d.Stands {
		s := &d.Stands[i]
		if _, ok := areas[s.Closed]; !ok {
			areas[s.Closed] = len(areas)
		}
		gap = max(gap, s.Rule.Shifts.Apart)
		w.p.Rest = max(w.p.Rest, int(s.Rule.Shifts.Rest.Minutes()))
		w.p.Posts = append(w.p.Posts, roster.Post{ID: s.Item + "|" + s.PlaceID, Place: i, Zone: areas[s.Closed]})
		for _, t := range s.Rule.Shifts.Turns() {
			k := turn{int(t[0].Minutes()), int((t[1] - t[0]).Minutes())}
			if _, ok := of[k]; !ok {
				of[k] = len(w.turns)
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
	a.demands(d, w, of)
	a.persons(d, w)
	return w
}

// day is the day of the horizon on which a shift begins, and its turn.
func (a *Ask) day(s *Shift) (int, turn) {
	n := int(s.From.In(a.At).Sub(a.Midnight.In(a.At)) / (24 * time.Hour))
	return n, turn{int(s.From.Sub(a.Midnight.AddDate(0, 0, n)).Minutes()), int(s.Until.Sub(s.From).Minutes())}
}

func (a *Ask) demands(d *Draft, w *work, of map[turn]int) {
	stand := map[string]int{}
	for i, s := range d.Stands {
		stand[s.Item+"|"+s.PlaceID+"|"+s.Zone] = i
	}
	type key struct{ day, shift, post int }
	at := map[key]int{}
	for i := range d.Shifts {
		s := &d.Shifts[i]
		if s.State != Open {
			continue
		}
		n, t := a.day(s)
		post := stand[s.Item+"|"+s.PlaceID+"|"+s.Zone]
		k := key{n, of[t], post}
		if j, ok := at[k]; ok {
			w.p.Demands[j].Need++
			continue
		}
		at[k] = len(w.p.Demands)
		w.p.Demands = append(w.p.Demands, roster.Demand{Day: n, Shift: of[t], Post: post, Skill: -1, Need: 1, Under: missing, Over: 10 * missing})
		if x := d.Stands[post].Rule.Shifts.Experienced; x > 0 {
			w.p.Demands = append(w.p.Demands, roster.Demand{Day: n, Shift: of[t], Post: post, Skill: 0, Need: x, Under: novice})
		}
	}
}

func (a *Ask) persons(d *Draft, w *work) {
	mine := map[string][]Shift{}
	practised := map[string]bool{}
	inDraft := map[string]bool{}
	for i := range d.Shifts {
		if s := &d.Shifts[i]; s.State == Open {
			inDraft[s.Key] = true
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
	total := 0
	for _, q := range w.p.Demands {
		if q.Skill < 0 {
			total += q.Need
		}
	}
	end := a.Midnight.AddDate(0, 0, a.Days)
	for i := range a.Helpers {
		h := &a.Helpers[i]
		p := roster.Anyone(h.ID)
		p.Offers, p.MostInRow = []roster.Offer{}, 31
		rest := time.Duration(w.p.Rest) * time.Minute
		for j := range d.Stands {
			r := d.Stands[j].Rule
			if _, lacks := people.FirstLack(h, &r.Require, a.Midnight); lacks {
				continue
			}
			if _, lacks := people.FirstLack(h, &r.Require, end); lacks || r.Shifts.MinAge > 0 && h.Age(a.Midnight) < r.Shifts.MinAge || r.Shifts.Length > r.Shifts.LongestFor(h.Kind) {
				continue
			}
			p.Offers = append(p.Offers, roster.Offer{Post: j, Cost: far(h.Path, d.Stands[j].Path)})
			if r.Shifts.InARow > 0 {
				p.MostInRow = min(p.MostInRow, r.Shifts.InARow)
			}
		}
		if len(p.Offers) == 0 {
			continue
		}
		if h.Hours > 0 {
			p.LongestShift = min(p.LongestShift, h.Hours*60)
		}
		if h.Minor(a.Midnight) {
			p.DayFrom, p.DayUntil = minorFrom*60, minorUntil*60
		}
		for _, s := range mine[h.ID] {
			before := rest
			if s.Closed != "" {
				before = max(before, 24*time.Hour)
			}
			from, until := int(s.From.Add(-rest).Sub(a.Midnight).Minutes()), int(s.Until.Add(before).Sub(a.Midnight).Minutes())
			p.Away = append(p.Away, roster.Span{From: from, To: until})
		}
		p.Away = append(p.Away, windows(h, a)...)
		if practised[h.ID] {
			p.Skills = []int{0}
		}
		n := len(w.p.People)
		for _, o := range p.Offers {
			w.able[o.Post] = append(w.able[o.Post], n)
		}
		w.p.People = append(w.p.People, p)
		w.who = append(w.who, i)
	}
	if n := len(w.p.People); n > 0 {
		share := roster.Share{Low: total / n, High: (total + n - 1) / n, Weight: uneven}
		for i := range w.p.People {
			w.p.People[i].Load = share
		}
	}
	a.wishes(w)
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

// far says how far from home a stand is, in steps of the tree.
func far(home, path string) int {
	n := 0
	for n < len(home) && n < len(path) && home[n] == path[n] {
		n++
	}
	steps := 0
	for _, c := range path[n:] {
		if c == '/' {
			steps++
		}
	}
	return steps
}
