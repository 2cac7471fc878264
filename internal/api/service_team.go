package api

import (
	"context"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/people/service"
	"shouwang/internal/territory"
)

// TeamStretch is a stretch of somebody whose team the viewer leads.
type TeamStretch struct {
	Stretch
	HelperID string `json:"helper_id"`
	Name     string `json:"name"`
}

// teamDays is how far back a captain looks.
const teamDays = 31

type servicePropose struct {
	ID   string `path:"id"`
	Body struct {
		From   string `json:"from" maxLength:"40"`
		Until  string `json:"until" maxLength:"40"`
		Reason string `json:"reason" maxLength:"800"`
	}
}

func (s *Server) serviceTeams() {
	read(s, Op{ID: "team-services", Path: "/me/team/services", Action: access.MeRead, Summary: "What the people of the teams I lead served lately, by time; no sums"}, s.teamServices)
	write(s, Op{ID: "service-propose", Path: "/services/{id}/propose", Action: access.MeRead, Summary: "Say, as captain, what a stretch of somebody in my team was; whoever keeps the roll decides"},
		func(ctx context.Context, c *call, in *servicePropose) (TeamStretch, []journal.Change, error) {
			x, who, err := s.ledStretch(ctx, c, in.ID)
			if err != nil {
				return TeamStretch{}, nil, err
			}
			base := x.Version
			next, err := service.Propose(x, moment(in.Body.From), moment(in.Body.Until), c.account.HelperID, in.Body.Reason, c.now)
			if err != nil {
				return TeamStretch{}, nil, err
			}
			w, changes, err := s.mended(ctx, c, *who, next, base, "service.proposed")
			return TeamStretch{w, who.ID, who.Name}, changes, err
		})
}

// led is a team that somebody leads: where it stands, of which incident, and who is in it.
type led struct {
	incident, path string
	members        map[string]bool
}

// ledBy are the teams that a helper is captain or deputy of, by the posts they hold:
// of emergencies that run, and of those that ended lately.
func (s *Server) ledBy(ctx context.Context, c *call, helper string) (out []led, err error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	posts, err := s.Store.PostsOf(ctx, helper)
	if err != nil {
		return nil, err
	}
	lately, err := s.lately(ctx, c)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, p := range posts {
		if gone(p, c.now.AddDate(0, 0, -teamDays)) {
			continue
		}
		of := []string{p.Incident}
		if p.Incident == "" { // an everyday post may lead a team of an emergency
			of = append(of, lately...)
		}
		for _, incident := range of {
			book, err := s.bookOf(ctx, c, incident)
			if err != nil {
				continue // its playbook is gone with what the incident knew
			}
			for k := range book.Teams {
				form := &book.Teams[k]
				if p.Item != form.Captain && p.Item != form.Deputy || incident != p.Incident && book.OwnPost(p.Item) {
					continue
				}
				top := formTop(a, form, p.Path)
				if top == nil || seen[form.ID+incident+top.ID] {
					continue
				}
				seen[form.ID+incident+top.ID] = true
				more, err := s.ledTeams(ctx, c, a, book, form, top, incident, helper)
				if err != nil {
					return nil, err
				}
				out = append(out, more...)
			}
		}
	}
	return out, nil
}

// lately are the incidents that run, and those that ended within the days in which a
// captain says what was.
func (s *Server) lately(ctx context.Context, c *call) (out []string, err error) {
	all, err := s.Store.Incidents(ctx, false)
	for _, i := range all {
		if !i.Started.IsZero() && (i.Ended.IsZero() || i.Ended.After(c.now.AddDate(0, 0, -teamDays))) {
			out = append(out, i.ID)
		}
	}
	return out, err
}

// formTop is the place of a form's kind in which a path lies, or nil.
func formTop(a *Atlas, form *mode.TeamForm, path string) *territory.Place {
	up := a.Up(path)
	for i := len(up) - 1; i >= 0; i-- {
		if kind := up[i].Kind; string(kind) == form.Per || form.Per == "site" && kind.Site() {
			return up[i]
		}
	}
	return nil
}

// ledTeams are the teams of one form at a place that a helper leads; its posts may be the
// incident's or the everyday system's.
func (s *Server) ledTeams(ctx context.Context, c *call, a *Atlas, book *mode.Playbook, form *mode.TeamForm, top *territory.Place, incident, helper string) (out []led, err error) {
	here, err := s.Store.Posts(ctx, incident, top.Path)
	if err != nil {
		return nil, err
	}
	if incident != "" {
		everyday, err := s.Store.Posts(ctx, "", top.Path)
		if err != nil {
			return nil, err
		}
		here = append(here, everyday...)
	}
	for _, t := range dispatch.Teams(book, form, here, map[string]*people.Helper{}, func(path string) string {
		if x := formTop(a, form, path); x != nil {
			return x.ID
		}
		return ""
	}, c.now) {
		if t.Place != top.ID || t.Captain != helper && t.Deputy != helper {
			continue
		}
		l := led{incident: incident, path: top.Path, members: map[string]bool{}}
		for _, m := range t.Members {
			l.members[m.Post.HelperID], l.members[m.Post.DeputyID] = true, true
		}
		delete(l.members, "")
		delete(l.members, helper)
		out = append(out, l)
	}
	return out, nil
}

// leads says whether a stretch is of somebody in one of the teams, and was given there.
func leads(teams []led, x *service.Stretch) bool {
	return slices.ContainsFunc(teams, func(l led) bool {
		return l.members[x.HelperID] && l.incident == x.Incident && x.Source != service.FromDesk && territory.Inside(x.Path, l.path)
	})
}

// ledStretch finds a stretch that the caller may propose for.
func (s *Server) ledStretch(ctx context.Context, c *call, id string) (service.Stretch, *people.Helper, error) {
	if _, ok, err := s.asHelper(ctx, c); err != nil || !ok {
		return service.Stretch{}, nil, orElse(err, errNotHere(c))
	}
	x, ok, err := s.stretchByID(ctx, c, id)
	if err != nil || !ok {
		return x, nil, orNotHere(c, err)
	}
	teams, err := s.ledBy(ctx, c, c.account.HelperID)
	if err != nil {
		return x, nil, err
	}
	if x.HelperID == c.account.HelperID {
		return x, nil, service.ErrOwnHours.With()
	}
	if !leads(teams, &x) {
		return x, nil, errNotHere(c)
	}
	h, ok, err := s.Store.Helper(ctx, x.HelperID)
	if err != nil || !ok {
		return x, nil, orNotHere(c, err)
	}
	return x, &h, nil
}

func (s *Server) teamServices(ctx context.Context, c *call, _ *struct{}) (Items[TeamStretch], error) {
	out := Items[TeamStretch]{Items: []TeamStretch{}}
	if _, ok, err := s.asHelper(ctx, c); err != nil || !ok {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	teams, err := s.ledBy(ctx, c, c.account.HelperID)
	if err != nil {
		return out, err
	}
	ids := map[string]bool{}
	for _, l := range teams {
		for id := range l.members {
			ids[id] = true
		}
	}
	of, err := s.helpersOf(ctx, ids)
	if err != nil {
		return out, err
	}
	all, err := s.stretchesOf(ctx, c, ids, c.now.AddDate(0, 0, -teamDays))
	if err != nil {
		return out, err
	}
	for id, list := range all {
		for i := range list {
			if h := of[id]; h != nil && leads(teams, &list[i]) {
				out.Items = append(out.Items, TeamStretch{stretchWire(a, list[i]), h.ID, h.Name})
			}
		}
	}
	slices.SortFunc(out.Items, func(x, y TeamStretch) int { return -compareStretch(x, y) })
	out.Total = len(out.Items)
	return out, nil
}
