package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/round"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// GreetingPhone is the number of somebody who agreed to be called.
type GreetingPhone struct {
	Phone string `json:"phone"`
}

func (s *Server) ownGreetings() {
	read(s, Op{ID: "own-greetings", Path: "/me/greetings", Action: access.MeRead, Summary: "Whom I greet today, and whose greeting was missed where I lead"}, s.myGreetings)
	write(s, Op{ID: "own-greeting-say", Path: "/me/greetings/{id}", Action: access.MeRead, Summary: "How my greeting of a resident went"},
		func(ctx context.Context, c *call, in *greetingSaid) (GreetingRow, []journal.Change, error) {
			g, err := s.myGreeting(ctx, c, in.ID)
			if err != nil {
				return GreetingRow{}, nil, err
			}
			return s.greetingSaid(ctx, c, g, in)
		})
	read(s, Op{ID: "own-greeting-phone", Method: "POST", Path: "/me/greetings/{id}/phone", Action: access.MeRead, Summary: "The number of a resident whom I greet and who agreed to it; the look is recorded"},
		func(ctx context.Context, c *call, in *incidentID) (GreetingPhone, error) {
			g, err := s.myGreeting(ctx, c, in.ID)
			if err != nil {
				return GreetingPhone{}, err
			}
			e := c.entry("resident.revealed", "looks", g.PersonID, g.PlaceID, g.Path, "audit", map[string]string{"field": string(access.FieldPhone), "purpose": "greeting"})
			if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: e}); err != nil {
				return GreetingPhone{}, err // not recorded, so not shown
			}
			p, _, err := s.Store.Person(ctx, g.PersonID, store.Clear{Phone: true})
			return GreetingPhone{p.Phone}, err
		})
}

// myGreeting is a greeting of which the caller is one of the pair; to anybody else it is
// not there.
func (s *Server) myGreeting(ctx context.Context, c *call, id string) (round.Greeting, error) {
	g, ok, err := s.Store.Greeting(ctx, id)
	if err != nil {
		return g, err
	}
	me := c.account.HelperID
	if c.viewer.Account() == "" || !ok || me == "" || !g.Ended.IsZero() || g.First != me && g.Second != me {
		return g, errNotHere(c)
	}
	return g, nil
}

// myGreetings lists whom the caller greets, and, where the caller leads, those whose
// greeting was missed: there somebody is to knock. Whoever asked their pair to be greeted
// let the two know who and where they are.
func (s *Server) myGreetings(ctx context.Context, c *call, _ *struct{}) (Items[GreetingRow], error) {
	out := Items[GreetingRow]{Items: []GreetingRow{}}
	if err := s.may(c, access.MeRead, ""); err != nil {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	mine, err := s.Store.GreetingsOf(ctx, c.account.HelperID)
	if err != nil {
		return out, err
	}
	own := len(mine)
	for _, g := range c.viewer.Grants() {
		if g.Role != access.Lead && g.Role != access.Gridworker || s.may(c, access.GreetingKeep, g.Path) != nil {
			continue
		}
		rows, err := s.Store.GreetingsUnder(ctx, g.Path)
		if err != nil {
			return out, err
		}
		mine = append(mine, rows...)
	}
	seen := map[string]bool{}
	for i := range mine {
		g := &mine[i]
		door, ok := a.Place(g.PlaceID)
		if !ok || seen[g.PersonID] {
			continue
		}
		seen[g.PersonID] = true
		item, err := s.dailyAt(ctx, c, a, door)
		if err != nil {
			return out, err
		}
		if i >= own && g.Stage(*item.Daily, c.now, zoneTime) != "missed" {
			continue
		}
		p, ok, err := s.Store.Person(ctx, g.PersonID, store.Clear{})
		if err != nil || !ok {
			continue
		}
		w, err := s.greetingWire(ctx, c, a, &item, g, p)
		if err != nil {
			return out, err
		}
		if w.Part != "" {
			w.Name, w.PlaceID, w.PlaceName = p.Name, p.PlaceID, a.FullName(p.Path)
		} else {
			w.Part = "lead"
		}
		w.Outcomes = ways(&item)
		out.Items = append(out.Items, w)
	}
	out.Total = len(out.Items)
	if n := len(out.Items); n > 0 {
		first := out.Items[0]
		_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: c.entry("resident.listed", "looks", first.PlaceID, first.PlaceID, mine[0].Path, "audit", map[string]int{"count": n})})
	}
	return out, err
}

// FineFor takes down that whoever lives at a door is fine, by the button on its page: it
// greets all who are greeted there. The answer is the same where nobody is, so that a
// page tells a passer-by nothing about who lives behind a door.
func (s *Server) FineFor(ctx context.Context, placeID, slip string) error {
	c := s.nobody()
	sum := sha256.Sum256([]byte(placeID + "|fine|" + slip))
	op := journal.Op{ID: "fine-" + hex.EncodeToString(sum[:16]), Hash: hex.EncodeToString(sum[:])}
	c.op = &op
	if _, done, err := s.Store.Receipt(ctx, byResident, op); err != nil || done {
		return err
	}
	_, err := s.Store.Decide(ctx, &op, func(ctx context.Context) ([]byte, []journal.Change, error) {
		a, err := s.ground(ctx)
		if err != nil {
			return nil, nil, err
		}
		gs, err := s.Store.GreetingsAt(ctx, placeID)
		if err != nil {
			return nil, nil, err
		}
		var changes []journal.Change
		for _, g := range gs {
			_, _, more, err := s.greetNow(ctx, c, a, g, "", "fine")
			if err != nil {
				return nil, nil, err
			}
			changes = append(changes, more...)
		}
		for i := range changes {
			if changes[i].Entry.Verb != "" {
				changes[i].Entry.Actor = byResident
			}
		}
		return nil, changes, nil
	})
	return err
}

// FineAt says whether doors at a place have the button: where a playbook in force greets
// people every day, every door has it.
func (s *Server) FineAt(ctx context.Context, placeID string) (bool, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return false, err
	}
	p, ok := a.Place(placeID)
	if !ok || p.Kind != territory.Door {
		return false, nil
	}
	force, _, _, err := s.forceAt(ctx, s.nobody(), a, p)
	return err == nil && len(force.DailyRounds()) > 0, err
}

// GreetByClock makes the rows of what the clock does to a greeting by now, for the
// worker; none when nothing is due any more. Whoever is gone, or no longer in a group
// that is greeted, is greeted no more.
func (s *Server) GreetByClock(ctx context.Context, was round.Greeting, now time.Time, by string) ([]journal.Change, error) {
	c := &call{now: now, lang: "zh", viewer: access.NewViewer(by, nil, now)}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	p, ok, err := s.Store.Person(ctx, was.PersonID, store.Clear{Care: true})
	if err != nil {
		return nil, err
	}
	g := was
	if ok {
		g.PlaceID, g.Path = p.PlaceID, p.Path
	}
	door, there := a.Place(g.PlaceID)
	if !ok || !there {
		return s.greetingOver(ctx, c, was, g)
	}
	item, err := s.dailyAt(ctx, c, a, door)
	if err != nil || !inGroup(item.Daily, &p) {
		return s.greetingOver(ctx, c, was, g)
	}
	next, step := round.Tick(*item.Daily, g, now, zoneTime)
	if step == "" {
		return nil, nil
	}
	var more []journal.Change
	switch step {
	case round.StepSecond:
		if more, err = s.secondTold(ctx, &next, &item, now, by); err != nil {
			return nil, err
		}
	case round.StepMissed:
		opens := ""
		for _, o := range item.Outcomes {
			if o.ID == item.Daily.Missed && len(o.Opens) > len("case.") {
				opens = o.Opens[len("case."):]
			}
		}
		if more, err = s.greetingCase(ctx, c, &next, opens, item.Title.ZH+"：没有回音，请上门看看", item.Title.EN+": no answer, please knock"); err != nil {
			return nil, err
		}
	}
	return append([]journal.Change{{Row: &next, Base: was.Version, Entry: s.greetingEntry(now, by, &next, step, nil)}}, more...), nil
}

// greetingOver ends greetings of somebody who is no longer there or in no such group.
func (s *Server) greetingOver(ctx context.Context, c *call, was, g round.Greeting) ([]journal.Change, error) {
	next, err := round.Stop(g, "left-group", c.now)
	if err != nil {
		return nil, err
	}
	more, err := s.greetingCase(ctx, c, &next, "", "每日问候已经停止", "The daily greeting has ended")
	e := s.greetingEntry(c.now, c.viewer.Account(), &next, "ended", map[string]string{"why": next.Why})
	return append([]journal.Change{{Row: &next, Base: was.Version, Entry: e}}, more...), err
}
