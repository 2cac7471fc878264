package api

import (
	"context"
	"fmt"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/round"
	"shouwang/internal/territory"
)

// PatrolBoard is the points of a patrol at a place and how far today's turns are.
type PatrolBoard struct {
	Rounds  []PatrolRound `json:"rounds" nullable:"false" doc:"rounds of points that the playbooks in force there declare"`
	Points  []PatrolPoint `json:"points" nullable:"false" doc:"in walking order"`
	Left    int           `json:"left" doc:"points of a running turn that nobody visited yet"`
	Missed  int           `json:"missed" doc:"points whose last turn ended without a visit, and where nobody was since"`
	MayKeep bool          `json:"may_keep"`
}

// PatrolRound is a round whose targets are points.
type PatrolRound struct {
	Item     string          `json:"item"`
	Title    Words           `json:"title"`
	Minutes  int             `json:"minutes" doc:"how often the playbook proposes"`
	Outcomes []round.Outcome `json:"outcomes" nullable:"false"`
}

// PatrolPoint is one point. Who visited it is not in it: that stands in the journal.
type PatrolPoint struct {
	ID      string `json:"id"`
	PlaceID string `json:"place_id"`
	Place   string `json:"place"`
	Item    string `json:"item"`
	Name    string `json:"name"`
	Look    string `json:"look" doc:"what to look at"`
	Order   int    `json:"order" doc:"place in the walk"`
	Minutes int    `json:"minutes" doc:"how often"`
	From    string `json:"from" doc:"HH:MM"`
	Until   string `json:"until" doc:"HH:MM; before from: on the next day"`
	State   string `json:"state" enum:"todo,rest,off,ok,help,again,refused,gone" doc:"rest: outside of its hours; off: no playbook in force declares its round; else the tone of this turn's outcome"`
	Outcome string `json:"outcome" doc:"of this turn"`
	At      string `json:"at" doc:"when it was visited last"`
	Due     string `json:"due" doc:"end of this turn; outside of its hours the beginning of the next"`
	Missed  string `json:"missed" doc:"end of the last turn in which nobody came, until somebody comes"`
	CaseID  string `json:"case_id" doc:"open case of the last finding, where the caller may know of it"`
	Number  string `json:"number"`
	Version int64  `json:"version"`
}

type pointSaid struct {
	PlaceID string `json:"place_id" maxLength:"60"`
	Item    string `json:"item" maxLength:"60"`
	Name    string `json:"name" maxLength:"200"`
	Look    string `json:"look,omitempty" maxLength:"1000"`
	Order   int    `json:"order,omitempty" minimum:"0" maximum:"999"`
	Minutes int    `json:"minutes" doc:"15 to 1440"`
	From    string `json:"from" maxLength:"5"`
	Until   string `json:"until" maxLength:"5"`
	Version int64  `json:"version,omitempty"`
}

type pointMake struct {
	Body pointSaid
}

type pointMend struct {
	ID   string `path:"id"`
	Body pointSaid
}

type pointVisit struct {
	ID   string `path:"id"`
	Body struct {
		Outcome string `json:"outcome" maxLength:"60"`
		Choice  string `json:"choice,omitempty" maxLength:"60"`
		Note    string `json:"note,omitempty" maxLength:"300" doc:"Goes into the case that the finding opens, and nowhere else"`
		Base    int64  `json:"base_version,omitempty" minimum:"0" doc:"Version of the point that the client saw; 0 when it saw none"`
		At      string `json:"at,omitempty" doc:"When it was done on the phone, RFC 3339"`
	}
}

// PointRecorded is what a visit made of a point.
type PointRecorded struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Outcome string `json:"outcome"`
	Kept    string `json:"kept,omitempty" doc:"Set when somebody else recorded meanwhile and the more cautious outcome holds"`
	Opened  string `json:"opened,omitempty" doc:"Number of the case that this finding opened"`
}

func (s *Server) points() {
	type list struct {
		Under string `query:"under"`
	}
	read(s, Op{ID: "point-list", Path: "/points", Action: access.RoundRead, Summary: "Points of a patrol at your places in walking order, what came of them in this turn and which nobody visited"},
		func(ctx context.Context, c *call, in *list) (PatrolBoard, error) { return s.patrol(ctx, c, in.Under) })
	write(s, Op{ID: "point-declare", Path: "/points", Action: access.PointKeep, Summary: "Declare a point of a patrol"},
		func(ctx context.Context, c *call, in *pointMake) (PatrolPoint, []journal.Change, error) {
			return s.keepPoint(ctx, c, round.Point{}, in.Body, "declared")
		})
	write(s, Op{ID: "point-change", Path: "/points/{id}", Action: access.PointKeep, Summary: "Change a point of a patrol"},
		func(ctx context.Context, c *call, in *pointMend) (PatrolPoint, []journal.Change, error) {
			was, err := s.point(ctx, c, access.PointKeep, in.ID)
			if err != nil {
				return PatrolPoint{}, nil, err
			}
			if in.Body.Version > 0 {
				was.Version = in.Body.Version
			}
			return s.keepPoint(ctx, c, was, in.Body, "changed")
		})
	write(s, Op{ID: "point-end", Path: "/points/{id}/end", Action: access.PointKeep, Summary: "A point is walked no more"},
		func(ctx context.Context, c *call, in *incidentID) (PatrolPoint, []journal.Change, error) {
			was, err := s.point(ctx, c, access.PointKeep, in.ID)
			if err != nil {
				return PatrolPoint{}, nil, err
			}
			next, err := round.Close(was, c.now)
			if err != nil {
				return PatrolPoint{}, nil, err
			}
			return PatrolPoint{ID: was.ID, State: "off"}, []journal.Change{{Row: &next, Base: was.Version, Entry: pointEntry(c, &next, "ended", nil)}}, nil
		})
	write(s, Op{ID: "point-record", Path: "/points/{id}/record", Action: access.RoundRecord, Summary: "Record what was found at a point; a finding opens its case there"}, s.visit)
}

// pointEntry is the entry of an act on a point.
func pointEntry(c *call, p *round.Point, verb string, facts map[string]string) journal.Entry {
	return c.entry("point."+verb, "points", p.ID, p.PlaceID, p.Path, "work", facts)
}

// point finds a point about which somebody may act; absent and hidden answer alike.
func (s *Server) point(ctx context.Context, c *call, action, id string) (round.Point, error) {
	p, ok, err := s.Store.Point(ctx, id)
	if err != nil || !ok {
		return p, orNotHere(c, err)
	}
	return p, access.Hide(s.may(c, action, p.Path))
}

// patrolsAt are the rounds of points that the playbooks in force at a place declare.
func (s *Server) patrolsAt(ctx context.Context, c *call, a *Atlas, p *territory.Place) ([]mode.RoundItem, error) {
	force, _, _, err := s.forceAt(ctx, c, a, p)
	return force.PointRounds(), err
}

// patrolAt is one of them by its item.
func (s *Server) patrolAt(ctx context.Context, c *call, a *Atlas, p *territory.Place, item string) (round.Round, error) {
	rs, err := s.patrolsAt(ctx, c, a, p)
	if err != nil {
		return round.Round{}, err
	}
	var ids []string
	for _, r := range rs {
		if r.ID == item {
			return round.Round{ID: r.ID, Item: r.ID, TitleZH: r.Title.ZH, TitleEN: r.Title.EN, Per: r.Per, Outcomes: r.Outcomes}, nil
		}
		ids = append(ids, r.ID)
	}
	return round.Round{}, round.ErrNoPatrol.With(item, strings.Join(ids, " ")).At("item")
}

func (s *Server) keepPoint(ctx context.Context, c *call, was round.Point, in pointSaid, verb string) (PatrolPoint, []journal.Change, error) {
	a, at, err := s.place(ctx, c, access.PointKeep, in.PlaceID, "")
	if err != nil {
		return PatrolPoint{}, nil, err
	}
	if at.Kind == territory.Door {
		return PatrolPoint{}, nil, round.ErrDwelling.With().At("place_id")
	}
	r, err := s.patrolAt(ctx, c, a, at, in.Item)
	if err != nil {
		return PatrolPoint{}, nil, err
	}
	from, okFrom := ofDay(in.From)
	until, okUntil := ofDay(in.Until)
	if !okFrom || !okUntil {
		return PatrolPoint{}, nil, round.ErrPoint.With().At("from")
	}
	base := was.Version
	next, err := round.Declare(was, round.Point{PlaceID: at.ID, Path: at.Path, Item: in.Item, Name: in.Name, Look: in.Look, Order: in.Order,
		Every: time.Duration(in.Minutes) * time.Minute, From: from, Until: until}, c.viewer.Account(), c.now, zoneTime)
	if err != nil {
		return PatrolPoint{}, nil, err
	}
	if next.ID == "" {
		next.ID = journal.NewID(c.now)
	}
	w := s.pointWire(ctx, c, a, &next, r.Outcomes, true)
	w.Version = base + 1
	return w, []journal.Change{{Row: &next, Base: base, Entry: pointEntry(c, &next, verb, nil)}}, nil
}

// ofDay reads a time of the day, HH:MM; 24:00 is its end.
func ofDay(s string) (time.Duration, bool) {
	if s == "24:00" {
		return 24 * time.Hour, true
	}
	t, err := time.Parse("15:04", s)
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, err == nil && len(s) == 5
}

func dayTime(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d/time.Hour), int(d%time.Hour/time.Minute))
}

func (s *Server) patrol(ctx context.Context, c *call, under string) (PatrolBoard, error) {
	out := PatrolBoard{Rounds: []PatrolRound{}, Points: []PatrolPoint{}}
	a, ranges, err := s.under(ctx, c, access.RoundRead, under)
	if err != nil {
		return out, err
	}
	known := map[string][]round.Outcome{} // by place and item; those of a place are asked once
	asked, listed := map[string]bool{}, map[string]bool{}
	ask := func(id string) error {
		p, ok := a.Place(id)
		if !ok || asked[id] {
			return nil
		}
		asked[id] = true
		rs, err := s.patrolsAt(ctx, c, a, p)
		for _, r := range rs {
			known[id+"|"+r.ID] = append([]round.Outcome{}, r.Outcomes...)
			if !listed[r.ID] {
				listed[r.ID] = true
				out.Rounds = append(out.Rounds, PatrolRound{r.ID, words(r.Title), int(r.Due.Length() / time.Minute), known[id+"|"+r.ID]})
			}
		}
		return err
	}
	for _, r := range ranges {
		if lo, hi := a.Span(r.Top); lo < hi {
			if err := ask(a.Places[lo].ID); err != nil {
				return out, err
			}
		}
		out.MayKeep = out.MayKeep || s.may(c, access.PointKeep, r.Top) == nil
		ps, err := s.Store.PointsUnder(ctx, r.Top)
		if err != nil {
			return out, err
		}
		for i := range ps {
			if err := ask(ps[i].PlaceID); err != nil {
				return out, err
			}
			outcomes, on := known[ps[i].PlaceID+"|"+ps[i].Item]
			w := s.pointWire(ctx, c, a, &ps[i], outcomes, on)
			out.Points = append(out.Points, w)
			if w.State == "todo" {
				out.Left++
			}
			if w.Missed != "" {
				out.Missed++
			}
		}
	}
	return out, nil
}

// pointWire is a point as the caller may see it, with what came of it in this turn.
func (s *Server) pointWire(ctx context.Context, c *call, a *Atlas, p *round.Point, outcomes []round.Outcome, on bool) PatrolPoint {
	w := PatrolPoint{ID: p.ID, PlaceID: p.PlaceID, Place: a.FullName(p.Path), Item: p.Item, Name: p.Name, Look: p.Look, Order: p.Order, Minutes: int(p.Every / time.Minute),
		From: dayTime(p.From), Until: dayTime(p.Until), At: stamp(p.At), Missed: stamp(p.Missed), Version: p.Version}
	turn, running := p.TurnAt(c.now, zoneTime)
	w.Due = stamp(turn.Until)
	switch {
	case !on:
		w.State, w.Due, w.Missed = "off", "", ""
	case !running:
		w.State, w.Due = "rest", stamp(turn.From)
	default:
		t := p.Target(c.now, zoneTime)
		w.State, w.Outcome = round.Round{Outcomes: outcomes}.Tone(t), t.Outcome
	}
	if p.CaseID != "" {
		if k, _, err := s.theCase(ctx, c, p.CaseID); err == nil && k.Stage() != need.Closed {
			w.CaseID, w.Number = k.ID, k.Number
		}
	}
	return w
}

func (s *Server) visit(ctx context.Context, c *call, in *pointVisit) (PointRecorded, []journal.Change, error) {
	b := in.Body
	was, err := s.point(ctx, c, access.RoundRecord, in.ID)
	if err != nil {
		return PointRecorded{}, nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return PointRecorded{}, nil, err
	}
	place, ok := a.Place(was.PlaceID)
	if !ok {
		return PointRecorded{}, nil, errNotHere(c)
	}
	r, err := s.patrolAt(ctx, c, a, place, was.Item)
	if err != nil {
		return PointRecorded{}, nil, err
	}
	at := c.now
	if d, err := time.Parse(time.RFC3339, b.At); err == nil {
		at = d.UTC()
	}
	next, kept, err := round.Visit(r, was, round.Input{Outcome: b.Outcome, Choice: b.Choice, Base: b.Base, By: c.viewer.Account(), At: at}, c.now, zoneTime)
	if err != nil {
		return PointRecorded{}, nil, err
	}
	f := finding{was: was.Target(at, zoneTime), is: round.Target{Outcome: b.Outcome, Choice: b.Choice}, its: func(k *need.Case) bool { return k.ID == was.CaseID }}
	f.words = was.Name + c.say(mode.Text{ZH: " · ", EN: ": "}) + found(&r, f.is, c.lang)
	if note := strings.TrimSpace(b.Note); note != "" {
		f.words += c.say(mode.Text{ZH: "。", EN: ". "}) + note
		if f.was.Outcome == b.Outcome {
			f.was.Outcome = "" // said anew, though it was found before
		}
	}
	var more []journal.Change
	out := PointRecorded{ID: was.ID, Version: was.Version + 1, Outcome: next.Outcome, Kept: kept}
	if kept == "" {
		k, fresh, changes, err := s.findingOpens(ctx, c, a, place, &r, f)
		if err != nil {
			return PointRecorded{}, nil, err
		}
		if k.ID != "" {
			next.CaseID = k.ID
		}
		if more = changes; fresh {
			out.Opened = k.Number
		}
	}
	e := pointEntry(c, &next, "visited", map[string]string{"outcome": b.Outcome, "holds": next.Outcome})
	return out, append([]journal.Change{{Row: &next, Base: was.Version, Entry: e}}, more...), nil
}

// LapseByClock makes the row of a point whose turn is over: missed when nobody came.
func (s *Server) LapseByClock(p round.Point, now time.Time, by string) []journal.Change {
	next, missed := round.Lapse(p, now, zoneTime)
	if next == p {
		return nil
	}
	verb := "turned"
	if missed {
		verb = "missed"
	}
	c := &call{now: now, viewer: access.NewViewer(by, nil, now)}
	return []journal.Change{{Row: &next, Base: p.Version, Entry: pointEntry(c, &next, verb, nil)}}
}
