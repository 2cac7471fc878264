package api

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/notice"
)

type linkInput struct {
	ID   string `path:"id"`
	Body struct {
		Service string `json:"service" maxLength:"10" doc:"110, 119 or 120"`
		Called  string `json:"called,omitempty" maxLength:"40" doc:"RFC 3339; now when empty"`
		Minutes int    `json:"minutes,omitempty" minimum:"0" maximum:"720" doc:"in how many minutes they say they are there; 0: not said"`
		Gate    string `json:"gate,omitempty" maxLength:"60" doc:"checkpoint to be opened for them"`
		Opener  string `json:"opener,omitempty" maxLength:"60" doc:"account that opens it"`
		Ref     string `json:"ref,omitempty" maxLength:"240"`
		Words   string `json:"words,omitempty" maxLength:"2000"`
	}
}

type crewInput struct {
	ID   string `path:"id"`
	Body struct {
		Crew  string `json:"crew" maxLength:"40" doc:"police-crew, fire-crew or ambulance"`
		Name  string `json:"name" maxLength:"240" doc:"of its leader; sealed"`
		Role  string `json:"role" maxLength:"240"`
		Org   string `json:"org" maxLength:"240"`
		Proof string `json:"proof,omitempty" maxLength:"200" doc:"badge or vehicle"`
		Words string `json:"words,omitempty" maxLength:"4000" doc:"how things stood"`
	}
}

// crewLeg is the leg on which a crew from outside takes a scene.
const crewLeg = "crew"

func (s *Server) responses() {
	type list struct {
		Under string `query:"under"`
	}
	read(s, Op{ID: "response-list", Path: "/responses", Action: access.CaseRead, Summary: "Alarms that go on at your places and desks, the newest first, without who comes"},
		func(ctx context.Context, c *call, in *list) (Items[Response], error) {
			out := Items[Response]{Items: []Response{}}
			in2 := caseListInput{Under: in.Under, Limit: 1000}
			cs, err := s.caseList(ctx, c, &in2)
			if err != nil {
				return out, err
			}
			for _, w := range cs.Items {
				if w.Urgency != mode.Life || w.Same != "" || w.Answered != "" {
					continue
				}
				k, x, err := s.theCase(ctx, c, w.ID)
				if f := (*fault.Error)(nil); errors.As(err, &f) && f.Kind == fault.NotFound {
					continue // it left your desks since it was listed
				}
				if err != nil {
					return out, err
				}
				if x.Response == nil {
					continue
				}
				out.Items = append(out.Items, Response{CaseID: k.ID, Number: k.Number, Item: k.Item, Title: w.Title, Icon: w.Icon, PlaceID: w.PlaceID, PlaceName: w.PlaceName, Opened: w.Opened, Running: true,
					Stage: w.Stage, Level: w.Level, Holder: w.Holder, Call: x.Response.Call, Wanted: x.Response.Wanted, Asked: []ResponseAsked{}, Links: []ResponseLink{}, Services: []ResponseNumber{}, Gates: []ResponseGate{}, Log: []ResponseLine{}})
			}
			slices.SortStableFunc(out.Items, func(x, y Response) int { return strings.Compare(y.Opened, x.Opened) })
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "response-read", Path: "/cases/{id}/response", Action: access.CaseRead, Summary: "One alarm: whom to telephone, who comes, who outside was told, and the log; the look is recorded"},
		func(ctx context.Context, c *call, in *incidentID) (Response, error) {
			a, k, x, err := s.alarm(ctx, c, in.ID)
			if err != nil {
				return Response{}, err
			}
			look := c.entry("case.read", "looks", k.PlaceID, k.PlaceID, k.Path, "audit", map[string]string{"case": k.ID})
			if _, err := s.Store.Commit(ctx, nil, nil, journal.Change{Entry: look}); err != nil {
				return Response{}, err
			}
			return s.responseWire(ctx, c, a, k, x)
		})
	write(s, Op{ID: "response-link", Path: "/cases/{id}/response/link", Action: access.CaseDesk, Summary: "A service outside was telephoned: when, what it said, by which gate it comes and who opens it"}, s.responseLink)
	write(s, Op{ID: "response-more", Path: "/cases/{id}/response/more", Action: access.CaseDesk, Summary: "Ask the next nearest who are able and were not asked yet"}, s.responseMore)
	write(s, Op{ID: "response-hand", Path: "/cases/{id}/response/hand", Action: access.CaseDesk, Summary: "Hand the scene over to a crew from outside: to whom by name, role and unit; that ends the alarm"}, s.responseHand)
}

// alarm finds an alarm that the caller may know of.
func (s *Server) alarm(ctx context.Context, c *call, id string) (*Atlas, need.Case, need.Item, error) {
	k, x, err := s.theCase(ctx, c, id)
	if err == nil && x.Response == nil {
		err = need.ErrNoAlarm.With()
	}
	if err != nil {
		return nil, k, x, err
	}
	a, err := s.ground(ctx)
	return a, k, x, err
}

// acts finds a running alarm that the caller may act on: at its desk, or as its holder.
func (s *Server) acts(ctx context.Context, c *call, id string) (*Atlas, need.Case, need.Item, error) {
	k, x, err := s.theCase(ctx, c, id)
	if err != nil {
		return nil, k, x, err
	}
	switch {
	case !s.onDesk(c, k.Desk) && !s.onDesk(c, k.Above) && (k.Holder == "" || k.Holder != c.viewer.Account()):
		err = access.ErrForbidden.With()
	case x.Response == nil:
		err = need.ErrNoAlarm.With()
	case !k.Answered.IsZero() || !k.Closed.IsZero() || k.Same != "":
		err = need.ErrAlarmOver.With()
	}
	if err != nil {
		return nil, k, x, err
	}
	a, err := s.ground(ctx)
	return a, k, x, err
}

func (s *Server) responseLink(ctx context.Context, c *call, in *linkInput) (Response, []journal.Change, error) {
	a, k, x, err := s.acts(ctx, c, in.ID)
	if err != nil {
		return Response{}, nil, err
	}
	b := in.Body
	l := need.Link{ID: journal.NewID(c.now), CaseID: k.ID, Service: b.Service, Called: c.now, By: c.viewer.Account(), Gate: b.Gate, Opener: b.Opener, Ref: strings.TrimSpace(b.Ref), Words: strings.TrimSpace(b.Words), At: c.now}
	if b.Called != "" {
		if l.Called, err = time.Parse(time.RFC3339, b.Called); err != nil {
			return Response{}, nil, need.ErrLinkTime.With().At("called")
		}
		l.Called = l.Called.UTC()
	}
	if b.Minutes > 0 {
		l.ETA = c.now.Add(time.Duration(b.Minutes) * time.Minute)
	}
	if err := need.CheckLink(&l, c.now); err != nil {
		return Response{}, nil, err
	}
	w, err := s.responseWire(ctx, c, a, k, x)
	if err != nil {
		return w, nil, err
	}
	if l.Gate != "" && !slices.ContainsFunc(w.Gates, func(g ResponseGate) bool { return g.ID == l.Gate }) {
		return w, nil, need.ErrLinkWords.With().At("gate")
	}
	if _, ok, err := s.Store.Account(ctx, l.Opener); l.Opener != "" && (err != nil || !ok) {
		return w, nil, ErrWho.With().At("opener")
	}
	e := s.alarmEntry(c.now, c.viewer.Account(), &k, "alarm.linked", map[string]string{"service": l.Service, "called": stamp(l.Called), "eta": stamp(l.ETA), "gate": l.Gate})
	return w, []journal.Change{{Row: &l, Entry: e}}, nil
}

func (s *Server) responseMore(ctx context.Context, c *call, in *incidentID) (Response, []journal.Change, error) {
	a, k, x, err := s.acts(ctx, c, in.ID)
	if err != nil {
		return Response{}, nil, err
	}
	ns, err := s.Store.NoticesAbout(ctx, k.ID)
	if err != nil {
		return Response{}, nil, err
	}
	var known []notice.Receiver
	for _, n := range ns {
		if n.Kind != notice.Alarm {
			continue
		}
		rs, err := s.Store.Receivers(ctx, n.ID)
		if err != nil {
			return Response{}, nil, err
		}
		known = append(known, rs...)
	}
	changes, err := s.raise(ctx, c.now, c.viewer.Account(), a, &k, x.Response, x.Title, known)
	if err == nil && len(changes) == 0 {
		err = need.ErrNobodyNear.With()
	}
	if err != nil {
		return Response{}, nil, err
	}
	w, err := s.responseWire(ctx, c, a, k, x)
	return w, changes, err
}

// responseHand hands the scene to a crew: both halves by name, the end of the custody,
// the answer of the case, and word to those on the way.
func (s *Server) responseHand(ctx context.Context, c *call, in *crewInput) (Response, []journal.Change, error) {
	a, k, x, err := s.acts(ctx, c, in.ID)
	if err != nil {
		return Response{}, nil, err
	}
	b := in.Body
	who := need.Named{Name: b.Name, Role: b.Role, Org: b.Org}.Trim()
	i := slices.IndexFunc(mode.Outsiders, func(o mode.Named) bool { return o.ID == b.Crew })
	legs := []string{}
	if x.Chained != nil {
		for _, l := range x.Chained.Legs {
			if l.ID == crewLeg {
				legs = l.By
			}
		}
	}
	if i < 0 || !slices.Contains(legs, b.Crew) || who.Name == "" || who.Role == "" || who.Org == "" || !who.Fits() {
		return Response{}, nil, need.ErrCrew.With().At("name")
	}
	crew := need.Said{Half: custody.Half{By: custody.Party{Who: "out:" + b.Crew + ":", Post: b.Crew}, Leg: crewLeg}, Proof: strings.TrimSpace(b.Proof), Named: who}
	act := need.Act{Verb: need.Reply, By: c.viewer.Account(), At: c.now, Met: "government", Proof: strings.TrimSpace(who.Org + " " + b.Proof),
		Words: "已交给" + mode.Outsiders[i].Title.ZH + "：" + who.Org + " " + who.Role + " " + who.Name + "。" + strings.TrimSpace(b.Words)}
	held := k
	if held.Holder != act.By { // whoever hands over answers for it
		held.Holder, held.Since = act.By, c.now
	}
	next, changes, err := s.stepped(ctx, x.Rule(), held, act)
	if err != nil {
		return Response{}, nil, err
	}
	more, err := s.over(ctx, c.now, act.By, &next, "handed", &crew)
	if err != nil {
		return Response{}, nil, err
	}
	waiting, err := s.followers(ctx, &k, act)
	if err != nil {
		return Response{}, nil, err
	}
	w, err := s.responseWire(ctx, c, a, next, x)
	return w, append(append(changes, more...), waiting...), err
}
