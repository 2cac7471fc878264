package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/register"
	"shouwang/internal/round"
	"shouwang/internal/store"
)

// GreetingBoard is today's greetings at a place.
type GreetingBoard struct {
	PlaceID  string          `json:"place_id"`
	Place    string          `json:"place"`
	Title    Words           `json:"title"`
	From     string          `json:"from" doc:"of the day: when greetings are due"`
	Until    string          `json:"until"`
	Second   string          `json:"second" doc:"until when the second of a pair has time"`
	Groups   []string        `json:"groups" nullable:"false" doc:"groups of the register that are greeted"`
	Outcomes []GreetingWay   `json:"outcomes" nullable:"false"`
	Rows     []GreetingRow   `json:"rows" nullable:"false" doc:"by the door they live at"`
	Without  []GreetingAlone `json:"without" nullable:"false" doc:"in such a group and without a pair"`
	MayPair  bool            `json:"may_pair"`
}

// GreetingWay is one way a greeting may go.
type GreetingWay struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
	Tone  string `json:"tone"`
}

// GreetingAlone is somebody who has no pair.
type GreetingAlone struct {
	PersonID  string `json:"person_id"`
	Name      string `json:"name"`
	PlaceName string `json:"place_name"`
	Ended     string `json:"ended" doc:"when an earlier pair ended; empty: there was none"`
	Why       string `json:"why" doc:"objects, unneeded, moved or left-group"`
}

// GreetingName is one of a pair.
type GreetingName struct {
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	Phone    string `json:"work_phone"`
	Gone     bool   `json:"gone" doc:"no longer on the roll"`
}

// GreetingRow is somebody who is greeted every day.
type GreetingRow struct {
	PersonID  string        `json:"person_id"`
	Name      string        `json:"name"`
	PlaceID   string        `json:"place_id"`
	PlaceName string        `json:"place_name"`
	First     GreetingName  `json:"first"`
	Second    GreetingName  `json:"second"`
	Stage     string        `json:"stage" enum:"soon,due,second,missed,greeted,ended"`
	Outcome   Words         `json:"outcome"`
	How       string        `json:"how" enum:",call,door,fine,desk" doc:"desk: the case of the missed one was answered"`
	At        string        `json:"at"`
	Next      string        `json:"next" doc:"when the clock moves it on"`
	CaseID    string        `json:"case_id" doc:"the case of a missed one, where the caller may know of it"`
	Part      string        `json:"part" enum:",first,second,lead" doc:"what the caller is in it"`
	Outcomes  []GreetingWay `json:"outcomes,omitempty" nullable:"false" doc:"in the caller's own list"`
}

// Greeter is somebody who may be chosen.
type Greeter struct {
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	Home     string `json:"home"`
	Greets   int    `json:"greets" doc:"how many they greet already, so that nobody is asked too much"`
	Lacks    string `json:"lacks" doc:"why they cannot be chosen; empty: nothing"`
}

func (s *Server) greetingBoard(ctx context.Context, c *call, in *incidentID) (GreetingBoard, error) {
	out := GreetingBoard{Groups: []string{}, Outcomes: []GreetingWay{}, Rows: []GreetingRow{}, Without: []GreetingAlone{}}
	a, p, err := s.place(ctx, c, access.GreetingKeep, in.ID, "")
	if err != nil {
		return out, err
	}
	item, err := s.dailyAt(ctx, c, a, p)
	if err != nil {
		return out, err
	}
	d := item.Daily
	clock := func(d time.Duration) string { return time.Time{}.Add(d).Format("15:04") }
	out.PlaceID, out.Place, out.Title, out.Groups = p.ID, a.FullName(p.Path), words(item.Title), d.Groups
	out.From, out.Until, out.Second, out.Outcomes = clock(d.From), clock(d.Until), clock(d.Until+d.Second), ways(&item)
	out.MayPair = s.may(c, access.GreetingPair, p.Path) == nil
	rows, err := s.Store.GreetingsUnder(ctx, p.Path)
	if err != nil {
		return out, err
	}
	cared, err := s.Store.CaredUnder(ctx, p.Path)
	if err != nil {
		return out, err
	}
	if err := s.looked(ctx, c, "resident.listed", p.ID, access.Ranges{{Top: p.Path}}, len(rows)+len(cared)); err != nil {
		return out, err // not recorded, so not shown
	}
	has := map[string]bool{}
	for i := range rows {
		has[rows[i].PersonID] = true
		x, ok, err := s.Store.Person(ctx, rows[i].PersonID, store.Clear{})
		if err != nil {
			return out, err
		}
		if !ok {
			continue
		}
		w, err := s.greetingWire(ctx, c, a, &item, &rows[i], x)
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, w)
	}
	for i := range cared {
		if has[cared[i].ID] || !inGroup(d, &cared[i]) {
			continue
		}
		w := GreetingAlone{PersonID: cared[i].ID}
		r, err := s.resident(ctx, c, a, cared[i], "")
		if err != nil {
			return out, err
		}
		w.Name, w.PlaceName = r.Name, r.Door
		if g, ok, err := s.Store.Greeting(ctx, cared[i].ID); err != nil {
			return out, err
		} else if ok {
			w.Ended, w.Why = stamp(g.Ended), g.Why
		}
		out.Without = append(out.Without, w)
	}
	return out, nil
}

// ways are the outcomes that somebody may say.
func ways(item *mode.RoundItem) []GreetingWay {
	out := []GreetingWay{}
	for _, o := range item.Outcomes {
		if !o.System {
			out = append(out, GreetingWay{o.ID, Words{o.ZH, o.EN}, o.Tone})
		}
	}
	return out
}

// greetingWire is a greeting as the caller may see it.
func (s *Server) greetingWire(ctx context.Context, c *call, a *Atlas, item *mode.RoundItem, g *round.Greeting, p register.Person) (GreetingRow, error) {
	r, err := s.resident(ctx, c, a, p, "")
	if err != nil {
		return GreetingRow{}, err
	}
	w := GreetingRow{PersonID: g.PersonID, Name: r.Name, PlaceID: r.PlaceID, PlaceName: r.Door, Stage: g.Stage(*item.Daily, c.now, zoneTime), How: g.How, At: stamp(g.At), Next: stamp(g.Next)}
	if w.Stage == "soon" || w.Stage == "due" {
		w.How, w.At = "", ""
	}
	for _, o := range item.Outcomes {
		if o.ID == g.Outcome && w.Stage != "soon" && w.Stage != "due" {
			w.Outcome = Words{o.ZH, o.EN}
		}
	}
	hs, err := s.Store.Helpers(ctx, []string{g.First, g.Second})
	for _, h := range hs {
		x := GreetingName{h.ID, h.Name, h.WorkPhone, !h.Left.IsZero() && !c.now.Before(h.Left)}
		if h.ID == g.First {
			w.First = x
		}
		if h.ID == g.Second {
			w.Second = x
		}
	}
	switch me := c.account.HelperID; {
	case me != "" && me == g.First:
		w.Part = "first"
	case me != "" && me == g.Second:
		w.Part = "second"
	}
	if _, _, gone := s.theCase(ctx, c, g.CaseID); g.CaseID != "" && gone == nil && (w.Stage == "missed" || w.Stage == "greeted" && g.How == round.ByDesk) {
		w.CaseID = g.CaseID
	}
	return w, err
}

// greetersShown is how many helpers one act of choosing shows.
const greetersShown = 40

func (s *Server) greeters(ctx context.Context, c *call, in *incidentID) (Items[Greeter], error) {
	out := Items[Greeter]{Items: []Greeter{}}
	a, p, err := s.greeted(ctx, c, access.GreetingPair, in.ID)
	if err != nil {
		return out, err
	}
	door, ok := a.Place(p.PlaceID)
	if !ok {
		return out, errNotHere(c)
	}
	item, err := s.dailyAt(ctx, c, a, door)
	if err != nil {
		return out, err
	}
	hs, err := s.greetersAt(ctx, c, a, door, &item)
	if err != nil {
		return out, err
	}
	type near struct {
		h     *people.Helper
		lacks []people.Lack
		far   int
	}
	var all []near
	for i := range hs {
		if hs[i].Left.IsZero() {
			all = append(all, near{&hs[i], people.Lacks(&hs[i], item.Greeters, c.now), apart(door.Path, hs[i].Path)})
		}
	}
	slices.SortStableFunc(all, func(x, y near) int {
		if a, b := len(x.lacks) > 0, len(y.lacks) > 0; a != b {
			if a {
				return 1
			}
			return -1
		}
		if x.far != y.far {
			return x.far - y.far
		}
		return strings.Compare(x.h.Number, y.h.Number)
	})
	for _, x := range all[:min(len(all), greetersShown)] {
		gs, err := s.Store.GreetingsOf(ctx, x.h.ID)
		if err != nil {
			return out, err
		}
		w := Greeter{HelperID: x.h.ID, Name: x.h.Name, Greets: len(gs), Home: s.helper(c, a, *x.h, nil).PlaceName}
		if len(x.lacks) > 0 {
			w.Lacks = c.say(people.LackText(x.lacks, nil))
		}
		out.Items = append(out.Items, w)
	}
	out.Total = len(all)
	return out, nil
}

// apart is how many steps of the tree lie between two places, up and down again.
func apart(a, b string) int {
	x, y := strings.Split(strings.Trim(a, "."), "."), strings.Split(strings.Trim(b, "."), ".")
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return len(x) + len(y) - 2*n
}
