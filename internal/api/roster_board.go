package api

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/people/shift"
	"shouwang/internal/territory"
)

// RosterBoard is who stands where, by people and days, at a place and below.
type RosterBoard struct {
	PlaceID  string         `json:"place_id"`
	Place    string         `json:"place"`
	From     string         `json:"from"`
	Days     int            `json:"days"`
	People   []RosterPerson `json:"people" nullable:"false"`
	Shifts   []ShiftInfo    `json:"shifts" nullable:"false"`
	Cut      bool           `json:"cut" doc:"there are more shifts than listed; the board of a place below lists its own"`
	Open     int            `json:"open" doc:"shifts that nobody fills"`
	Draft    *RosterInfo    `json:"draft" doc:"the newest draft that is not published"`
	Last     *RosterInfo    `json:"last" doc:"the newest published one"`
	Items    []RosterItem   `json:"items" nullable:"false" doc:"posts that may be held by turns"`
	MayPlan  bool           `json:"may_plan"`
	MayHand  bool           `json:"may_hand"`
	MayForce bool           `json:"may_force" doc:"may make an exception with a reason"`
}

// RosterPerson is one line of the board.
type RosterPerson struct {
	HelperID string   `json:"helper_id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Rest     []string `json:"rest" nullable:"false" doc:"why they need rest, said to whoever fills shifts: hours, nights, days"`
	Can      []string `json:"can" nullable:"false" doc:"qualifications that hold today"`
}

// RosterItem is a post that may be held by turns.
type RosterItem struct {
	Incident string `json:"incident"`
	Item     string `json:"item"`
	Title    Words  `json:"title"`
	Per      string `json:"per"`
	Later    bool   `json:"later" doc:"switched on by naming it"`
	Length   int    `json:"length" doc:"minutes"`
	Crew     int    `json:"crew"`
}

type boardQuery struct {
	ID    string `path:"id"`
	From  string `query:"from" maxLength:"10"`
	Days  int    `query:"days" minimum:"1" maximum:"28" default:"7"`
	Draft string `query:"draft" maxLength:"60" doc:"a draft of a place above, of which this place's part is shown"`
}

func (s *Server) rosterBoards() {
	read(s, Op{ID: "roster-board", Path: "/places/{id}/roster", Action: access.RosterRead, Summary: "Who stands where on which day at a place and below; what is open and why; the draft that waits"}, s.rosterBoard)
}

func (s *Server) rosterBoard(ctx context.Context, c *call, in *boardQuery) (RosterBoard, error) {
	out := RosterBoard{People: []RosterPerson{}, Shifts: []ShiftInfo{}, Items: []RosterItem{}}
	a, p, err := s.named(ctx, c, access.RosterRead, in.ID)
	if err != nil {
		return out, err
	}
	midnight, err := time.ParseInLocation(time.DateOnly, cmp.Or(in.From, c.now.In(zoneTime).Format(time.DateOnly)), zoneTime)
	if err != nil {
		return out, shift.ErrSpan.With()
	}
	out.PlaceID, out.Place, out.From, out.Days = p.ID, a.FullName(p.Path), midnight.Format(time.DateOnly), in.Days
	out.MayPlan, out.MayHand, out.MayForce = s.may(c, access.RosterPlan, p.Path) == nil, s.may(c, access.RosterAssign, p.Path) == nil, s.may(c, access.PostOverride, p.Path) == nil
	xs, err := s.Store.ShiftsUnder(ctx, p.Path, midnight, midnight.AddDate(0, 0, in.Days))
	if err != nil {
		return out, err
	}
	titles, err := s.rosterItems(ctx, c, p.Path, &out)
	if err != nil {
		return out, err
	}
	ids := map[string]bool{}
	for _, x := range xs {
		ids[x.HelperID] = true
	}
	if err := s.rosterHeads(ctx, c, a, p, in.Draft, &out, ids); err != nil {
		return out, err
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return out, err
	}
	for i := range xs {
		x := &xs[i]
		if x.State == shift.Open {
			out.Open++
		}
		if x.State == shift.Dropped || len(out.Shifts) == mostListed {
			out.Cut = out.Cut || x.State != shift.Dropped
			continue
		}
		w := shiftWire(a, x, titles[x.Incident+"|"+x.Item], of)
		w.State = x.As(c.now)
		out.Shifts = append(out.Shifts, w)
	}
	rest := map[string][]string{}
	if out.MayHand || out.MayPlan {
		if rest, err = s.restOf(ctx, c, slices.Sorted(maps.Keys(of))); err != nil {
			return out, err
		}
	}
	for _, h := range of {
		out.People = append(out.People, RosterPerson{h.ID, h.Name, h.Kind, append([]string{}, rest[h.ID]...), h.Qualified(c.now)})
	}
	slices.SortFunc(out.People, func(x, y RosterPerson) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Name, y.Name), cmp.Compare(x.HelperID, y.HelperID))
	})
	return out, nil
}

// rosterItems are the posts of the everyday playbook and of the incidents that hold
// here which may be held by turns.
func (s *Server) rosterItems(ctx context.Context, c *call, path string, out *RosterBoard) (map[string]mode.Text, error) {
	decls, _, err := s.Holding(ctx, c.now)
	if err != nil {
		return nil, err
	}
	incidents := []string{""}
	for _, d := range mode.At(decls, path, c.now) {
		if d.Incident != "" && !slices.Contains(incidents, d.Incident) {
			incidents = append(incidents, d.Incident)
		}
	}
	titles := map[string]mode.Text{}
	for _, i := range incidents {
		b, err := s.bookOf(ctx, c, i)
		if err != nil {
			return nil, err
		}
		for _, it := range b.Posts {
			if it.Shifts != nil {
				titles[i+"|"+it.ID] = it.Title
				out.Items = append(out.Items, RosterItem{i, it.ID, words(it.Title), it.Per, it.Later, int(it.Shifts.Length.Minutes()), it.Shifts.Crew})
			}
		}
	}
	return titles, nil
}

// rosterHeads are the newest draft and the newest published roster of a place, or the
// place's part of a draft of a place above.
func (s *Server) rosterHeads(ctx context.Context, c *call, a *Atlas, p *territory.Place, draft string, out *RosterBoard, ids map[string]bool) error {
	rs, err := s.Store.Rosters(ctx, p.ID, 10)
	if err != nil {
		return err
	}
	if r, ok, err := s.Store.Roster(ctx, draft); err != nil {
		return err
	} else if ok && territory.Inside(p.Path, r.Path) {
		rs = append([]shift.Roster{r}, rs...)
	}
	for i, r := range rs {
		draft := i == 0 && r.Published.IsZero() && r.TakenBack.IsZero()
		if last := out.Last == nil && !r.Published.IsZero() && r.TakenBack.IsZero(); !draft && !last {
			continue
		}
		var d shift.Draft
		if err := json.Unmarshal(r.Body, &d); err != nil {
			return err
		}
		w, err := s.rosterWire(ctx, c, a, r, &d, p.Path)
		if err != nil {
			return err
		}
		if !draft {
			w.Draft = []ShiftInfo{}
			out.Last = &w
			continue
		}
		out.Draft = &w
		for _, x := range w.Draft {
			ids[x.HelperID] = true
		}
	}
	return nil
}
