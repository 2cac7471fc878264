package api

import (
	"context"
	"sort"
	"strconv"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/round"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// Board is a building as it stands: floors by rows, stairwells by columns.
type Board struct {
	Place  Place    `json:"place"`
	Crumbs []Crumb  `json:"crumbs" nullable:"false"`
	Round  *Round   `json:"round"`
	Units  []Unit   `json:"units" nullable:"false"`
	Floors []Floor  `json:"floors" nullable:"false"`
	Legend []Part   `json:"legend" nullable:"false"`
	Leads  []Holder `json:"leads" nullable:"false"`
}

// Unit is one stairwell.
type Unit struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Floor is one floor of a board, the highest first.
type Floor struct {
	Floor int    `json:"floor"`
	Cells []Cell `json:"cells" nullable:"false"`
}

// Cell is one door of a board.
type Cell struct {
	DoorID  string   `json:"door_id"`
	UnitID  string   `json:"unit_id"`
	Room    string   `json:"room"`
	State   string   `json:"state"`
	Outcome string   `json:"outcome"`
	Choice  string   `json:"choice"`
	At      string   `json:"at"`
	By      string   `json:"by"`
	Again   string   `json:"again"`
	Version int64    `json:"version"`
	People  int      `json:"people"`
	Hints   []string `json:"hints" nullable:"false" doc:"what it means at the door, never an illness"`
}

func (s *Server) boards() {
	type query struct {
		ID    string `path:"id"`
		Round string `query:"round_id"`
	}
	read(s, Op{ID: "place-board", Path: "/places/{id}/board", Action: access.PlaceBoard, Summary: "A building's doors by floor and stairwell, with what a round has found"},
		func(ctx context.Context, c *call, in *query) (Board, error) {
			out := Board{Crumbs: []Crumb{}, Units: []Unit{}, Floors: []Floor{}, Legend: []Part{}, Leads: []Holder{}}
			a, p, err := s.place(ctx, c, access.PlaceBoard, in.ID, "")
			if err != nil {
				return out, err
			}
			if out.Place, err = s.wire(ctx, c, a, p); err != nil {
				return out, err
			}
			out.Crumbs = crumbs(a, p.Path)
			doors, err := s.doors(ctx, c, a, p, in.Round)
			if err != nil {
				return out, err
			}
			if doors.round != nil {
				w, err := s.roundWire(ctx, *doors.round, access.Ranges{{Top: p.Path}})
				if err != nil {
					return out, err
				}
				out.Round = &w
			}
			if s.Guard.Decide(c.viewer, access.PostRead, p.Path, c.emerg).Allowed {
				if out.Leads, err = s.covering(ctx, c, p); err != nil {
					return out, err
				}
			}
			out.Units, out.Floors = doors.units, doors.floors
			tally := map[string]int{}
			for _, f := range doors.floors {
				for _, x := range f.Cells {
					tally[x.State]++
				}
			}
			for _, k := range []string{"todo", "ok", "help", "again", "refused", "gone", "none"} {
				if tally[k] > 0 {
					out.Legend = append(out.Legend, Part{k, tally[k]})
				}
			}
			return out, nil
		})
}

// doorSet is the doors below a place with their targets in one round.
type doorSet struct {
	round  *round.Round
	units  []Unit
	floors []Floor
	shown  int // doors whose hints were opened
}

// doors lays the doors below a place out by floor, with the targets of a round:
// the named one, else the newest open one that has targets here.
func (s *Server) doors(ctx context.Context, c *call, a *Atlas, p *territory.Place, roundID string) (doorSet, error) {
	out := doorSet{units: []Unit{}, floors: []Floor{}}
	targets := map[string]round.Target{}
	rounds, err := s.openRounds(ctx, c, roundID)
	if err != nil {
		return out, err
	}
	for _, r := range rounds {
		ts, err := s.Store.Targets(ctx, r.ID, p.Path)
		if err != nil {
			return out, err
		}
		if len(ts) == 0 {
			continue
		}
		out.round = &r
		for _, t := range ts {
			targets[t.PlaceID] = t
		}
		break
	}
	hints, err := s.hints(ctx, c, p.Path)
	if err != nil {
		return out, err
	}
	byFloor := map[int][]Cell{}
	lo, hi := a.Span(p.Path)
	for i := lo; i < hi; i++ {
		q := &a.Places[i]
		switch q.Kind {
		case territory.Unit:
			out.units = append(out.units, Unit{q.ID, q.Name})
		case territory.Door:
			cell := Cell{DoorID: q.ID, UnitID: q.ParentID, Room: q.Number, State: "none", People: a.people[i+1] - a.people[i], Hints: append([]string{}, hints[q.ID]...)}
			if t, ok := targets[q.ID]; ok {
				cell.State, cell.Outcome, cell.Choice = out.round.Tone(t), t.Outcome, s.asked(c, t)
				cell.At, cell.Again, cell.Version, cell.By = stamp(t.At), stamp(t.Again), t.Version, t.By
			}
			byFloor[q.Floor] = append(byFloor[q.Floor], cell)
		}
	}
	names := map[string]string{}
	for f, cells := range byFloor {
		sort.SliceStable(cells, func(i, j int) bool {
			if x, y := a.byID[cells[i].UnitID], a.byID[cells[j].UnitID]; x != y {
				return unitOrder(a.Places[x], a.Places[y])
			}
			return number(cells[i].Room) < number(cells[j].Room)
		})
		for k := range cells {
			if by := cells[k].By; by != "" {
				if _, ok := names[by]; !ok {
					names[by] = s.accountName(ctx, by)
				}
				cells[k].By = names[by]
			}
		}
		out.floors = append(out.floors, Floor{f, cells})
	}
	sort.Slice(out.floors, func(i, j int) bool { return out.floors[i].Floor > out.floors[j].Floor })
	sort.SliceStable(out.units, func(i, j int) bool {
		return unitOrder(a.Places[a.byID[out.units[i].ID]], a.Places[a.byID[out.units[j].ID]])
	})
	out.shown = len(hints)
	return out, nil
}

func unitOrder(x, y territory.Place) bool {
	if x.ParentID != y.ParentID {
		return x.Path < y.Path
	}
	if a, b := number(x.Number), number(y.Number); a != b {
		return a < b
	}
	return x.Code < y.Code
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// openRounds returns the rounds in force, or the named one.
func (s *Server) openRounds(ctx context.Context, c *call, id string) ([]round.Round, error) {
	if id != "" {
		r, ok, err := s.Store.Round(ctx, id)
		if err != nil || !ok {
			return nil, err
		}
		return []round.Round{r}, nil
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, err
	}
	var out []round.Round
	for _, inc := range append(f.others(""), "") {
		rs, err := s.Store.Rounds(ctx, inc)
		if err != nil {
			return nil, err
		}
		for i := len(rs) - 1; i >= 0; i-- {
			if rs[i].Closed.IsZero() && f.runs(rs[i].Incident) {
				out = append(out, rs[i])
			}
		}
	}
	return out, nil
}

// hints returns, by door, what its residents need at the door, for viewers who
// may know needs there. Opening them is one look, recorded before the answer.
func (s *Server) hints(ctx context.Context, c *call, path string) (map[string][]string, error) {
	kind := c.viewer.Mask(path, access.FieldCare, c.emerg, access.MaskContext{}).Kind
	if kind != access.Full && kind != access.Need {
		return nil, nil
	}
	ps, err := s.Store.PersonsUnder(ctx, path, "", [2]string{}, 0, store.Clear{Care: true})
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	n := 0
	for _, p := range ps {
		for _, t := range p.Care {
			if t.Need != "" {
				out[p.PlaceID] = appendNew(out[p.PlaceID], t.Need)
				n++
			}
		}
	}
	if n == 0 {
		return out, nil
	}
	e := c.entry("needs.read", "looks", path, "", path, "audit", map[string]int{"count": n})
	_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e})
	return out, err
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}
