package api

import (
	"context"
	"sort"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/notice"
	"shouwang/internal/people"
	"shouwang/internal/people/training"
)

type giveInput struct {
	ID   string `path:"id"`
	Body struct {
		Course    string `json:"course" maxLength:"40"`
		TrainerID string `json:"trainer_id" maxLength:"60"`
	}
}

type nameInput struct {
	ID   string `path:"id"`
	Body struct {
		Qualification string `json:"qualification" maxLength:"40"`
		Reason        string `json:"reason" maxLength:"2000"`
		Until         string `json:"until" maxLength:"40" doc:"RFC 3339, or a civil day whose end counts"`
	}
}

// Need is a qualification with who holds it here, who could learn it and for how many
// posts nobody does.
type Need struct {
	Qualification string     `json:"qualification"`
	Title         Words      `json:"title"`
	Empty         int        `json:"empty" doc:"posts in force here that ask for it and have nobody"`
	Holders       int        `json:"holders" doc:"helpers here who hold it"`
	Due           []HeldPass `json:"due" nullable:"false" doc:"passes to be refreshed by now, the soonest end first"`
	Trainers      []Trainee  `json:"trainers" nullable:"false" doc:"who may teach it, at most 200"`
	Lacking       []Trainee  `json:"lacking" nullable:"false" doc:"who lacks nothing but training for such a post, at most 200"`
	Total         int        `json:"total" doc:"how many they are"`
}

// Trainee is a helper as the training desk shows them.
type Trainee struct {
	HelperID  string `json:"helper_id"`
	Name      string `json:"name"`
	PlaceName string `json:"place_name"`
	Lapsed    bool   `json:"lapsed" doc:"held it once"`
	Until     string `json:"until"`
}

func (s *Server) passings() {
	write(s, Op{ID: "pass-give", Path: "/helpers/{id}/passes", Action: access.TrainingWrite, Summary: "A named trainer who holds the qualification passes a helper in a course"}, s.passGive)
	write(s, Op{ID: "pass-name", Path: "/helpers/{id}/passes/first", Action: access.PassName, Summary: "Name a first trainer without a course, with a reason and an end"},
		func(ctx context.Context, c *call, in *nameInput) (HeldPass, []journal.Change, error) {
			h, err := s.helperAt(ctx, c, access.PassName, in.ID)
			if err != nil {
				return HeldPass{}, nil, err
			}
			if !s.qualification(in.Body.Qualification) {
				return HeldPass{}, nil, training.ErrCourse.With(in.Body.Qualification)
			}
			until, err := civilEnd(in.Body.Until, c.now)
			if err != nil {
				return HeldPass{}, nil, training.ErrTime.With()
			}
			p, err := training.Name(journal.NewID(c.now), in.Body.Qualification, &h, c.account.HelperID, c.viewer.Account(), in.Body.Reason, until, c.now)
			if err != nil {
				return HeldPass{}, nil, err
			}
			return s.passWire(c, p, nil), []journal.Change{{Row: &p, Entry: c.entry("pass.named", "passes", p.ID, h.PlaceID, h.Path, "work", map[string]string{"qualification": p.Qualification})}}, nil
		})
	write(s, Op{ID: "pass-revoke", Path: "/passes/{id}/revoke", Action: access.TrainingWrite, Summary: "Take a pass back, with a reason"},
		func(ctx context.Context, c *call, in *reasonInput) (HeldPass, []journal.Change, error) {
			p, ok, err := s.Store.Pass(ctx, in.ID)
			if err != nil {
				return HeldPass{}, nil, err
			}
			if !ok {
				return HeldPass{}, nil, errNotHere(c)
			}
			h, err := s.helperAt(ctx, c, access.TrainingWrite, p.HelperID)
			if err != nil {
				return HeldPass{}, nil, err
			}
			next, err := training.Revoke(p, c.viewer.Account(), in.Body.Reason, c.now)
			if err != nil {
				return HeldPass{}, nil, err
			}
			return s.passWire(c, next, nil), []journal.Change{{Row: &next, Base: p.Version, Entry: c.entry("pass.revoked", "passes", p.ID, h.PlaceID, h.Path, "work", map[string]string{"qualification": p.Qualification})}}, nil
		})
	read(s, Op{ID: "training-needs", Path: "/training/needs", Action: access.TrainingRead, Summary: "Per qualification: posts without anybody, who holds it, whose pass ends soon, who lacks nothing but training"}, s.trainingNeeds)
}

func (s *Server) passGive(ctx context.Context, c *call, in *giveInput) (HeldPass, []journal.Change, error) {
	h, err := s.helperAt(ctx, c, access.TrainingWrite, in.ID)
	if err != nil {
		return HeldPass{}, nil, err
	}
	course, err := s.courseOf(in.Body.Course)
	if err != nil {
		return HeldPass{}, nil, err
	}
	trainer, err := s.helperAt(ctx, c, access.HelperList, in.Body.TrainerID)
	if err != nil {
		return HeldPass{}, nil, err
	}
	r, err := s.learned(ctx, c, &h)
	if err != nil {
		return HeldPass{}, nil, err
	}
	p, err := training.Give(journal.NewID(c.now), &course, &h, &trainer, c.account.HelperID, c.viewer.Account(), &r, c.now, zoneTime)
	if err != nil {
		return HeldPass{}, nil, err
	}
	entry := c.entry("pass.given", "passes", p.ID, h.PlaceID, h.Path, "work", map[string]string{"course": course.ID, "qualification": p.Qualification, "trainer": trainer.ID})
	changes := []journal.Change{{Row: &p, Entry: entry}}
	if c.account.HelperID != trainer.ID {
		changes = append(changes, s.tellTrainer(c, p, &h, &trainer)...)
	}
	return s.passWire(c, p, map[string]*people.Helper{trainer.ID: &trainer}), changes, nil
}

// tellTrainer tells a trainer that a pass was noted as theirs, so that one they did not
// give is noticed and taken back.
func (s *Server) tellTrainer(c *call, p people.Pass, h, trainer *people.Helper) []journal.Change {
	title, _ := s.talent(p.Qualification)
	n := notice.Notice{ID: journal.NewID(c.now), Kind: notice.Told, PlaceID: h.PlaceID, Path: h.Path, Thing: "passes", ThingID: p.ID,
		Title: mode.Text{ZH: "记了您让人通过", EN: "A pass was noted as yours"},
		Body: mode.Text{ZH: "按您的话，记了 " + h.Name + " 通过“" + title.ZH + "”。不是您说的，请马上告诉社区，可以收回。",
			EN: h.Name + " was noted as passed by you: " + title.EN + ". If you did not say so, tell the community at once; it can be taken back."},
		Wants: notice.Nothing, Turn: notice.Together, Author: c.viewer.Account(), Sent: c.now, Until: c.now.Add(7 * 24 * time.Hour)}
	x := notice.Turn(&n, notice.Receiver{NoticeID: n.ID, N: 1, HelperID: trainer.ID, PlaceID: trainer.PlaceID, Path: trainer.Path}, c.now)
	return []journal.Change{{Row: &n}, {Row: &x}}
}

// qualification says whether a playbook declares one.
func (s *Server) qualification(id string) bool {
	for _, b := range s.shelf() {
		for _, q := range b.Qualifications {
			if q.ID == id {
				return true
			}
		}
	}
	return false
}

// asking lists what the posts that ask for a qualification require.
func (s *Server) asking(qualification string) (out []mode.PostItem) {
	for _, b := range s.shelf() {
		for _, p := range b.Posts {
			for _, q := range p.Require.Trained {
				if q == qualification {
					out = append(out, p)
				}
			}
		}
	}
	return out
}

func (s *Server) trainingNeeds(ctx context.Context, c *call, in *underQuery) (Items[Need], error) {
	out := Items[Need]{Items: []Need{}}
	a, ranges, err := s.under(ctx, c, access.TrainingRead, in.Under)
	if err != nil {
		return out, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return out, err
	}
	var hs []people.Helper
	empty := map[string]int{} // by item
	for _, r := range ranges {
		more, err := s.Store.HelpersUnder(ctx, r.Top)
		if err != nil {
			return out, err
		}
		hs = append(hs, more...)
		posts, err := s.Store.Posts(ctx, "", r.Top)
		if err != nil {
			return out, err
		}
		for _, p := range posts {
			if p.HelperID == "" && f.runs(p.Incident) && (p.Until.IsZero() || c.now.Before(p.Until)) {
				empty[p.Item+"|"+p.Incident]++
			}
		}
	}
	books, err := s.postBooks(ctx, f)
	if err != nil {
		return out, err
	}
	seen := map[string]bool{}
	for _, course := range s.courses() {
		if q := course.Gives; !seen[q] {
			seen[q] = true
			out.Items = append(out.Items, s.need(c, a, q, hs, empty, books))
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

// postBooks are the playbooks by incident, the everyday one under "".
func (s *Server) postBooks(ctx context.Context, f *inForce) (map[string]*mode.Playbook, error) {
	out := map[string]*mode.Playbook{"": s.Playbooks["normal"]}
	for _, d := range f.decls {
		b, err := s.playbook(ctx, d.Playbook)
		if err != nil {
			return nil, err
		}
		out[d.Incident] = b
	}
	return out, nil
}

// most is how many people a list of the desk names; the number is of all.
const deskMost = 200

func (s *Server) need(c *call, a *Atlas, q string, hs []people.Helper, empty map[string]int, books map[string]*mode.Playbook) Need {
	title, _ := s.talent(q)
	n := Need{Qualification: q, Title: title, Due: []HeldPass{}, Trainers: []Trainee{}, Lacking: []Trainee{}}
	for incident, b := range books {
		if b == nil {
			continue
		}
		for _, p := range b.Posts {
			for _, t := range p.Require.Trained {
				if t == q {
					n.Empty += empty[p.ID+"|"+incident]
				}
			}
		}
	}
	asks := s.asking(q)
	names := map[string]*people.Helper{}
	for i := range hs {
		h := &hs[i]
		if !h.Left.IsZero() {
			continue
		}
		names[h.ID] = h
		held, ever := h.Holds(q, c.now)
		w := Trainee{HelperID: h.ID, Name: h.Name, PlaceName: s.helper(c, a, *h, nil).PlaceName, Lapsed: ever && !held}
		if held {
			n.Holders++
			last := people.Pass{}
			for _, p := range h.Passes {
				if p.Qualification == q && p.InForce(c.now) && (last.ID == "" || p.Until.IsZero() || !last.Until.IsZero() && p.Until.After(last.Until)) {
					last = p
				}
			}
			if w.Until = stamp(last.Until); len(n.Trainers) < deskMost {
				n.Trainers = append(n.Trainers, w)
			}
			if s.due(c, last) && len(n.Due) < deskMost {
				n.Due = append(n.Due, s.passWire(c, last, names))
			}
			continue
		}
		for k := range asks {
			if onlyTraining(h, &asks[k].Require, c) {
				n.Total++
				if len(n.Lacking) < deskMost {
					n.Lacking = append(n.Lacking, w)
				}
				break
			}
		}
	}
	for i := range n.Due { // whose it is, since the list names people
		n.Due[i].Name = nameOf(names[n.Due[i].HelperID])
	}
	sort.SliceStable(n.Due, func(i, j int) bool { return n.Due[i].Until < n.Due[j].Until })
	return n
}

// onlyTraining says whether somebody lacks for a post nothing but what is learned.
func onlyTraining(h *people.Helper, r *people.Require, c *call) bool {
	for _, l := range people.Lacks(h, *r, c.now) {
		if l.Code != people.LackTrained && l.Code != people.LackLapsed && l.Code != people.LackCard {
			return false
		}
	}
	return true
}
