package api

import (
	"context"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/people"
	"shouwang/internal/people/training"
)

type sessionInput struct {
	ID   string `path:"id"`
	Body struct {
		Course    string `json:"course" maxLength:"40"`
		Step      string `json:"step" maxLength:"40"`
		TrainerID string `json:"trainer_id" maxLength:"60"`
		From      string `json:"from" maxLength:"40" doc:"RFC 3339"`
		Until     string `json:"until" maxLength:"40"`
		Places    int    `json:"places,omitempty" doc:"0: as the course says"`
	}
}

type inviteInput struct {
	ID   string `path:"id"`
	Body struct {
		Helpers []string `json:"helper_ids" minItems:"1" maxItems:"500"`
	}
}

type markInput struct {
	ID   string `path:"id"`
	Body struct {
		Marks []struct {
			HelperID string `json:"helper_id" maxLength:"60"`
			Outcome  string `json:"outcome" maxLength:"20" doc:"came, passed, again, absent"`
		} `json:"marks" minItems:"1" maxItems:"500"`
	}
}

type reasonInput struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (s *Server) trainings() {
	read(s, Op{ID: "training-list", Path: "/trainings", Action: access.TrainingRead, Summary: "Coming trainings at your places, and those whose outcomes are still to be noted"}, s.trainingList)
	write(s, Op{ID: "training-plan", Path: "/places/{id}/trainings", Action: access.TrainingWrite, Summary: "Plan a lesson, a practice or a shadow turn with a trainer who holds the qualification"}, s.trainingPlan)
	write(s, Op{ID: "training-invite", Path: "/trainings/{id}/invite", Action: access.TrainingWrite, Summary: "Invite helpers to a training: all of those named, or nobody"}, s.trainingInvite)
	write(s, Op{ID: "training-mark", Path: "/trainings/{id}/marks", Action: access.TrainingWrite, Summary: "Note who came, who did it right, who has to come again and who was absent"}, s.trainingMark)
	write(s, Op{ID: "training-cancel", Path: "/trainings/{id}/cancel", Action: access.TrainingWrite, Summary: "Call a training off, with a reason"},
		func(ctx context.Context, c *call, in *reasonInput) (Session, []journal.Change, error) {
			a, t, err := s.trainingAt(ctx, c, access.TrainingWrite, in.ID)
			if err != nil {
				return Session{}, nil, err
			}
			next, err := training.Cancel(t, in.Body.Reason, c.now)
			if err != nil {
				return Session{}, nil, err
			}
			w, err := s.lesson(ctx, c, a, next, nil)
			return w, []journal.Change{{Row: &next, Base: t.Version, Entry: trainingEntry(c, "training.cancelled", next, nil)}}, err
		})
	s.passings()
	s.learnings()
}

// trainingEntry is the journal's line about a training, without anybody's name.
func trainingEntry(c *call, verb string, t training.Training, more map[string]any) journal.Entry {
	body := map[string]any{"course": t.Course, "step": t.Step}
	for k, v := range more {
		body[k] = v
	}
	return c.entry(verb, "trainings", t.ID, t.PlaceID, t.Path, "work", body)
}

// trainingAt finds a training where the viewer may do something with it.
func (s *Server) trainingAt(ctx context.Context, c *call, action, id string) (*Atlas, training.Training, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, training.Training{}, err
	}
	t, ok, err := s.Store.Training(ctx, id)
	if err != nil {
		return nil, t, err
	}
	if !ok {
		return nil, t, errNotHere(c)
	}
	if p, ok := a.Place(t.PlaceID); ok {
		t.Path = p.Path // where its place lies today
	}
	return a, t, access.Hide(s.may(c, action, t.Path))
}

// lesson shows a training with its people; changed are outcomes not written yet.
func (s *Server) lesson(ctx context.Context, c *call, a *Atlas, t training.Training, changed []training.Attendance) (Session, error) {
	have, err := s.Store.Attendances(ctx, t.ID)
	if err != nil {
		return Session{}, err
	}
	for _, x := range changed {
		known := false
		for i := range have {
			if have[i].HelperID == x.HelperID {
				have[i], known = x, true
			}
		}
		if !known {
			have = append(have, x)
		}
	}
	ids := []string{t.Trainer}
	for _, x := range have {
		ids = append(ids, x.HelperID)
	}
	hs, err := s.Store.Helpers(ctx, ids)
	if err != nil {
		return Session{}, err
	}
	names := byID(hs)
	w := s.sessionWire(c, a, t, names)
	course, known := s.courseOf(t.Course)
	for _, x := range have {
		h := names[x.HelperID]
		p := Attendee{HelperID: x.HelperID, Name: nameOf(h), Outcome: x.Outcome}
		if known == nil && h != nil {
			p.Holds, _ = h.Holds(course.Gives, c.now)
			r, err := s.learned(ctx, c, h)
			if err != nil {
				return w, err
			}
			for i := range r.Came {
				if r.Came[i].TrainingID == x.TrainingID {
					r.Came[i] = x
				}
			}
			p.Ready = true
			for _, st := range r.Steps(&course) {
				p.Ready = p.Ready && st.Whole()
			}
		}
		w.People = append(w.People, p)
	}
	return w, nil
}

type underQuery struct {
	Under string `query:"under"`
}

func (s *Server) trainingList(ctx context.Context, c *call, in *underQuery) (Items[Session], error) {
	out := Items[Session]{Items: []Session{}}
	a, ranges, err := s.under(ctx, c, access.TrainingRead, in.Under)
	if err != nil {
		return out, err
	}
	for _, r := range ranges {
		ts, err := s.Store.TrainingsUnder(ctx, r.Top, c.now.AddDate(0, 0, -30))
		if err != nil {
			return out, err
		}
		for _, t := range ts {
			w, err := s.lesson(ctx, c, a, t, nil)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, w)
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

func (s *Server) trainingPlan(ctx context.Context, c *call, in *sessionInput) (Session, []journal.Change, error) {
	a, p, err := s.named(ctx, c, access.TrainingWrite, in.ID)
	if err != nil {
		return Session{}, nil, err
	}
	course, err := s.courseOf(in.Body.Course)
	if err != nil {
		return Session{}, nil, err
	}
	trainer, err := s.helperAt(ctx, c, access.HelperList, in.Body.TrainerID)
	if err != nil {
		return Session{}, nil, err
	}
	from, err1 := time.Parse(time.RFC3339, in.Body.From)
	until, err2 := time.Parse(time.RFC3339, in.Body.Until)
	if err1 != nil || err2 != nil {
		return Session{}, nil, training.ErrTime.With()
	}
	busy, err := s.Store.TrainingsOf(ctx, trainer.ID)
	if err != nil {
		return Session{}, nil, err
	}
	t, err := training.Plan(&course, training.Training{ID: journal.NewID(c.now), Step: in.Body.Step, PlaceID: p.ID, Path: p.Path, From: from.UTC(), Until: until.UTC(), Places: in.Body.Places, Author: c.viewer.Account()}, &trainer, busy, c.now)
	if err != nil {
		return Session{}, nil, err
	}
	w, err := s.lesson(ctx, c, a, t, nil)
	return w, []journal.Change{{Row: &t, Entry: trainingEntry(c, "training.planned", t, map[string]any{"places": t.Places})}}, err
}

func (s *Server) trainingInvite(ctx context.Context, c *call, in *inviteInput) (Session, []journal.Change, error) {
	a, t, err := s.trainingAt(ctx, c, access.TrainingWrite, in.ID)
	if err != nil {
		return Session{}, nil, err
	}
	have, err := s.Store.Attendances(ctx, t.ID)
	if err != nil {
		return Session{}, nil, err
	}
	var hs []people.Helper
	busy := map[string][]training.Training{}
	for _, id := range in.Body.Helpers {
		h, err := s.helperAt(ctx, c, access.HelperList, id)
		if err != nil {
			return Session{}, nil, err
		}
		if busy[id], err = s.Store.TrainingsOf(ctx, id); err != nil {
			return Session{}, nil, err
		}
		hs = append(hs, h)
	}
	invited, err := training.Invite(t, have, hs, busy, c.now)
	if err != nil {
		return Session{}, nil, err
	}
	w, err := s.lesson(ctx, c, a, t, invited)
	if err != nil || len(invited) == 0 {
		return w, nil, err
	}
	// The training's own version is asked too: two who invite at once share its places.
	changes := []journal.Change{{Row: &t, Base: t.Version, Entry: trainingEntry(c, "training.invited", t, map[string]any{"count": len(invited)})}}
	for i := range invited {
		changes = append(changes, journal.Change{Row: &invited[i]})
	}
	return w, changes, nil
}

func (s *Server) trainingMark(ctx context.Context, c *call, in *markInput) (Session, []journal.Change, error) {
	a, t, err := s.trainingAt(ctx, c, access.TrainingWrite, in.ID)
	if err != nil {
		return Session{}, nil, err
	}
	have, err := s.Store.Attendances(ctx, t.ID)
	if err != nil {
		return Session{}, nil, err
	}
	by := map[string]training.Attendance{}
	for _, x := range have {
		by[x.HelperID] = x
	}
	var noted []training.Attendance
	for _, m := range in.Body.Marks {
		next, changed, err := training.Mark(t, by[m.HelperID], m.Outcome, c.viewer.Account(), c.account.HelperID, c.now)
		if err != nil {
			return Session{}, nil, err
		}
		if by[m.HelperID] = next; changed {
			noted = append(noted, next)
		}
	}
	held := training.Hold(t, c.now)
	w, err := s.lesson(ctx, c, a, held, noted)
	if err != nil || len(noted) == 0 {
		return w, nil, err
	}
	changes := []journal.Change{{Row: &held, Base: t.Version, Entry: trainingEntry(c, "training.held", held, map[string]any{"count": len(noted)})}}
	last := map[string]bool{}
	for i := len(noted) - 1; i >= 0; i-- { // the same person named twice: what was said last holds
		if x := &noted[i]; !last[x.HelperID] {
			last[x.HelperID] = true
			changes = append(changes, journal.Change{Row: x, Base: x.Version})
		}
	}
	return w, changes, nil
}
