package api

import (
	"context"
	"slices"
	"sort"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/training"
)

// Card is a card to read, with the wording that an acknowledgement names.
type Card struct {
	ID      string  `json:"id"`
	Title   Words   `json:"title"`
	Lines   []Words `json:"lines" nullable:"false"`
	Wording string  `json:"wording"`
	Read    string  `json:"read" doc:"when this viewer acknowledged it; empty while they did not"`
}

// Course is how somebody comes to a qualification.
type Course struct {
	ID     string       `json:"id"`
	Title  Words        `json:"title"`
	Gives  string       `json:"gives"`
	Valid  Words        `json:"valid" doc:"how long a pass holds, in words; empty without an end"`
	Within Words        `json:"within" doc:"of a fast track: how long it takes"`
	Phase  int          `json:"phase"`
	Fast   bool         `json:"fast"`
	Steps  []CourseStep `json:"steps" nullable:"false"`
}

// CourseStep is one step of a course; done and wanted are a person's own.
type CourseStep struct {
	ID      string   `json:"id"`
	Title   Words    `json:"title"`
	Kind    string   `json:"kind" enum:"read,session,shadow,practice,pass"`
	Cards   []string `json:"cards" nullable:"false"`
	Minutes int      `json:"minutes"`
	Places  int      `json:"places"`
	Done    int      `json:"done"`
	Wanted  int      `json:"wanted"`
}

// Session is one training: a lesson, a practice or a shadow turn.
type Session struct {
	ID          string     `json:"id"`
	Course      string     `json:"course"`
	CourseTitle Words      `json:"course_title"`
	Step        string     `json:"step"`
	StepTitle   Words      `json:"step_title"`
	Kind        string     `json:"kind" enum:"session,shadow,practice"`
	PlaceID     string     `json:"place_id"`
	PlaceName   string     `json:"place_name"`
	TrainerID   string     `json:"trainer_id"`
	Trainer     string     `json:"trainer"`
	From        string     `json:"from"`
	Until       string     `json:"until"`
	Places      int        `json:"places"`
	State       string     `json:"state" enum:"coming,now,to-note,noted,cancelled"`
	Why         string     `json:"why"`
	People      []Attendee `json:"people" nullable:"false"`
	Mine        string     `json:"mine" doc:"what came of it for this viewer"`
}

// Attendee is one person invited to a training.
type Attendee struct {
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
	Outcome  string `json:"outcome" enum:",came,passed,again,absent"`
	Ready    bool   `json:"ready" doc:"nothing but the pass is missing in this course"`
	Holds    bool   `json:"holds" doc:"holds what the course gives"`
}

// HeldPass is one pass of a helper, with who gave it.
type HeldPass struct {
	ID            string `json:"id"`
	HelperID      string `json:"helper_id"`
	Name          string `json:"name" doc:"whose, where a list names several people"`
	Qualification string `json:"qualification"`
	Title         Words  `json:"title"`
	From          string `json:"from"`
	Until         string `json:"until" doc:"empty without an end"`
	Trainer       string `json:"trainer" doc:"name of who passed them"`
	Source        string `json:"source"`
	InForce       bool   `json:"in_force"`
	Due           bool   `json:"due" doc:"to be refreshed by now"`
	Revoked       string `json:"revoked"`
	Why           string `json:"why"`
}

// Learning is where one helper stands: courses with their steps, passes, sessions
// and cards.
type Learning struct {
	HelperID string     `json:"helper_id"`
	Name     string     `json:"name"`
	Courses  []Studied  `json:"courses" nullable:"false"`
	Passes   []HeldPass `json:"passes" nullable:"false"`
	Sessions []Session  `json:"sessions" nullable:"false"`
	Cards    []Card     `json:"cards" nullable:"false"`
}

// Studied is a course as it stands for one helper.
type Studied struct {
	Course
	Begun     bool `json:"begun"`
	Refresher bool `json:"refresher"`
	Ready     bool `json:"ready" doc:"nothing but the pass is missing"`
	Holds     bool `json:"holds"`
}

// courses lists the courses of every playbook once, the everyday one first.
func (s *Server) courses() (out []mode.Course) {
	for _, b := range s.shelf() {
		for _, c := range b.Courses {
			if !slices.ContainsFunc(out, func(x mode.Course) bool { return x.ID == c.ID }) {
				out = append(out, c)
			}
		}
	}
	return out
}

func (s *Server) shelf() (out []*mode.Playbook) {
	for _, b := range s.Playbooks {
		out = append(out, b)
	}
	sort.Slice(out, func(i, j int) bool {
		if (out[i].ID == "normal") != (out[j].ID == "normal") {
			return out[i].ID == "normal"
		}
		return out[i].ID < out[j].ID
	})
	return out
}

func (s *Server) courseOf(id string) (mode.Course, error) {
	for _, c := range s.courses() {
		if c.ID == id {
			return c, nil
		}
	}
	return mode.Course{}, training.ErrCourse.With(id)
}

func (s *Server) cardOf(id string) (mode.Card, error) {
	for _, b := range s.shelf() {
		if c, ok := b.Card(id); ok {
			return c, nil
		}
	}
	return mode.Card{}, training.ErrCard.With()
}

// talent names a qualification, a skill or a card.
func (s *Server) talent(id string) (Words, bool) {
	for _, b := range s.shelf() {
		if t, ok := b.Talent(id); ok {
			return Words{t.ZH, t.EN}, true
		}
	}
	return Words{id, id}, false
}

func courseWire(c mode.Course) Course {
	w := Course{ID: c.ID, Title: Words(c.Title), Gives: c.Gives, Phase: c.Phase, Fast: c.Fast, Steps: []CourseStep{},
		Valid: Words{c.Valid.Say("zh"), c.Valid.Say("en")}, Within: Words{c.Within.Say("zh"), c.Within.Say("en")}}
	for _, x := range c.Steps {
		w.Steps = append(w.Steps, stepWire(x))
	}
	return w
}

func stepWire(x mode.CourseStep) CourseStep {
	return CourseStep{ID: x.ID, Title: Words(x.Title), Kind: x.Kind, Cards: append([]string{}, x.Cards...), Minutes: int(x.Length.Length().Minutes()), Places: x.Places, Wanted: max(x.Times, len(x.Cards), 1)}
}

func readWire(c mode.Card, read []training.Reading) Card {
	w := Card{ID: c.ID, Title: Words(c.Title), Lines: []Words{}, Wording: training.Wording(c)}
	for _, l := range c.Lines {
		w.Lines = append(w.Lines, Words(l))
	}
	for _, r := range read {
		if r.Card == c.ID {
			w.Read = stamp(r.At)
		}
	}
	return w
}

// learned reads what is known of one helper's learning.
func (s *Server) learned(ctx context.Context, c *call, h *people.Helper) (r training.Record, err error) {
	r.At, r.Zone = c.now, zoneTime
	r.Passes, r.Held = h.Passes, map[string]training.Training{}
	if r.Readings, err = s.Store.Readings(ctx, h.ID); err != nil {
		return r, err
	}
	if r.Came, err = s.Store.AttendancesOf(ctx, h.ID); err != nil {
		return r, err
	}
	held, err := s.Store.TrainingsOf(ctx, h.ID)
	for _, t := range held {
		r.Held[t.ID] = t
	}
	return r, err
}

func (s *Server) passWire(c *call, p people.Pass, names map[string]*people.Helper) HeldPass {
	title, _ := s.talent(p.Qualification)
	w := HeldPass{ID: p.ID, HelperID: p.HelperID, Qualification: p.Qualification, Title: title, From: stamp(p.From), Until: stamp(p.Until), Trainer: nameOf(names[p.Trainer]),
		Source: p.Source, InForce: p.InForce(c.now), Revoked: stamp(p.Revoked), Why: p.Why + p.RevokedWhy}
	w.Due = s.due(c, p)
	return w
}

func (s *Server) due(c *call, p people.Pass) bool {
	for _, x := range s.courses() {
		if x.ID == p.Course || p.Course == "" && x.Gives == p.Qualification {
			return training.Due(&x, p, c.now)
		}
	}
	return false
}

// sessionWire shows a training; who was invited is added by whoever may see it.
func (s *Server) sessionWire(c *call, a *Atlas, t training.Training, names map[string]*people.Helper) Session {
	w := Session{ID: t.ID, Course: t.Course, Step: t.Step, PlaceID: t.PlaceID, PlaceName: a.FullName(t.Path), TrainerID: t.Trainer, Trainer: nameOf(names[t.Trainer]), From: stamp(t.From), Until: stamp(t.Until),
		Places: t.Places, Why: t.Why, People: []Attendee{}}
	if x, err := s.courseOf(t.Course); err == nil {
		step, _ := x.Step(t.Step)
		w.CourseTitle, w.StepTitle, w.Kind = Words(x.Title), Words(step.Title), step.Kind
	}
	switch {
	case !t.Cancelled.IsZero():
		w.State = "cancelled"
	case !t.Held.IsZero():
		w.State = "noted"
	case c.now.Before(t.From):
		w.State = "coming"
	case c.now.Before(t.Until):
		w.State = "now"
	default:
		w.State = "to-note"
	}
	return w
}

// learning is where a helper stands.
func (s *Server) learning(ctx context.Context, c *call, h *people.Helper) (Learning, error) {
	out := Learning{HelperID: h.ID, Name: h.Name, Courses: []Studied{}, Passes: []HeldPass{}, Sessions: []Session{}, Cards: []Card{}}
	r, err := s.learned(ctx, c, h)
	if err != nil {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	ids := []string{}
	for _, p := range h.Passes {
		ids = append(ids, p.Trainer)
	}
	for _, t := range r.Held {
		ids = append(ids, t.Trainer)
	}
	hs, err := s.Store.Helpers(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	if err != nil {
		return out, err
	}
	names := byID(hs)
	shown := map[string]bool{}
	for _, x := range s.courses() {
		w := Studied{Course: courseWire(x), Refresher: r.Refreshes(&x), Ready: true}
		w.Holds, _ = h.Holds(x.Gives, c.now)
		w.Steps = []CourseStep{}
		for _, st := range r.Steps(&x) {
			sw := stepWire(st.CourseStep)
			sw.Done, sw.Wanted = min(st.Done, st.Wanted), st.Wanted
			w.Steps = append(w.Steps, sw)
			w.Begun, w.Ready = w.Begun || st.Done > 0, w.Ready && st.Whole()
		}
		for _, st := range x.Steps {
			for _, id := range st.Cards {
				if card, err := s.cardOf(id); err == nil && !shown[id] {
					shown[id] = true
					out.Cards = append(out.Cards, readWire(card, r.Readings))
				}
			}
		}
		out.Courses = append(out.Courses, w)
	}
	for _, b := range s.shelf() {
		for _, card := range b.Cards {
			if !shown[card.ID] {
				shown[card.ID] = true
				out.Cards = append(out.Cards, readWire(card, r.Readings))
			}
		}
	}
	for _, p := range h.Passes {
		out.Passes = append(out.Passes, s.passWire(c, p, names))
	}
	for _, t := range r.Held {
		w := s.sessionWire(c, a, t, names)
		for _, m := range r.Came {
			if m.TrainingID == t.ID {
				w.Mine = m.Outcome
			}
		}
		out.Sessions = append(out.Sessions, w)
	}
	sort.Slice(out.Sessions, func(i, j int) bool {
		return out.Sessions[i].From+out.Sessions[i].ID < out.Sessions[j].From+out.Sessions[j].ID
	})
	return out, nil
}

func nameOf(h *people.Helper) string {
	if h == nil {
		return ""
	}
	return h.Name
}
