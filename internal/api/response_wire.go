package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/notice"
	"shouwang/internal/territory"
)

// Response is a running alarm as its desk sees it: one page.
type Response struct {
	CaseID    string           `json:"case_id"`
	Number    string           `json:"number"`
	Item      string           `json:"item"`
	Title     Words            `json:"title"`
	Icon      string           `json:"icon"`
	PlaceID   string           `json:"place_id"`
	PlaceName string           `json:"place_name"`
	Opened    string           `json:"opened"`
	Running   bool             `json:"running"`
	Stage     string           `json:"stage"`
	Level     int              `json:"level" doc:"how often it climbed because nobody answered"`
	Holder    string           `json:"holder"`
	MayTake   bool             `json:"may_take"`
	MayAct    bool             `json:"may_act" doc:"this viewer works at its desk: links, asks, hands over"`
	Withdrawn string           `json:"withdrawn" doc:"when the page withdrew it; it goes on until somebody has looked"`
	Call      string           `json:"call" enum:"110,119,120"`
	Say       Words            `json:"say" doc:"what to say there, with the place"`
	Do        Words            `json:"do"`
	Never     Words            `json:"never"`
	Wanted    int              `json:"wanted"`
	Coming    int              `json:"coming"`
	Asked     []ResponseAsked  `json:"asked" nullable:"false" doc:"the nearest first"`
	Links     []ResponseLink   `json:"links" nullable:"false" doc:"what each service said last stands first"`
	Services  []ResponseNumber `json:"services" nullable:"false"`
	Gates     []ResponseGate   `json:"gates" nullable:"false"`
	Scene     *Custody         `json:"scene" doc:"who answers for the scene now"`
	Log       []ResponseLine   `json:"log" nullable:"false" doc:"what happened, the last first"`
	Joined    int              `json:"joined" doc:"alarms of the same kind at the same place that wait with it"`
}

func (r Response) brief() any {
	r.Links, r.Log, r.Asked, r.Scene = []ResponseLink{}, []ResponseLine{}, []ResponseAsked{}, nil
	return r
}

// ResponseAsked is somebody who was asked.
type ResponseAsked struct {
	N        int    `json:"n"`
	NoticeID string `json:"notice_id"`
	Account  string `json:"account"`
	Name     string `json:"name"`
	Phone    string `json:"phone" doc:"for work"`
	Place    string `json:"place"`
	Able     Words  `json:"able" doc:"by which skill or pass"`
	Near     string `json:"near" enum:"door,stair,house,grid,area"`
	State    string `json:"state" enum:"waiting,asked,unreached,read,yes,no,later,silent,spared"`
	Answered string `json:"answered"`
}

// ResponseLink is one word with a service outside.
type ResponseLink struct {
	ID      string `json:"id"`
	Service string `json:"service"`
	Title   Words  `json:"title"`
	Called  string `json:"called"`
	By      string `json:"by"`
	ETA     string `json:"eta"`
	Gate    string `json:"gate"`
	Opener  string `json:"opener"`
	Ref     string `json:"ref"`
	Words   string `json:"words"`
}

// ResponseNumber is a service outside with its number.
type ResponseNumber struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
}

// ResponseGate is a gate that may be opened for a crew.
type ResponseGate struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ResponseLine is one line of the log.
type ResponseLine struct {
	At    string `json:"at"`
	Kind  string `json:"kind" enum:"case,ask,link,scene"`
	Verb  string `json:"verb"`
	By    string `json:"by"`
	Words string `json:"words"`
}

// nearness says how near somebody is by the tree.
func nearness(a *Atlas, path, from string) string {
	if path == from {
		return "door"
	}
	for _, x := range []struct {
		kind territory.Kind
		name string
	}{{territory.Unit, "stair"}, {territory.Building, "house"}, {territory.Grid, "grid"}} {
		if p := a.UpTo(path, x.kind); p != nil && territory.Inside(from, p.Path) {
			return x.name
		}
	}
	return "area"
}

// able are the words for a skill or a qualification.
func able(b *mode.Playbook, id string) Words {
	for p := b; p != nil; p = p.Base {
		for _, t := range p.Skills {
			if t.ID == id {
				return words(t.Title)
			}
		}
		for _, q := range p.Qualifications {
			if q.ID == id {
				return words(q.Title)
			}
		}
	}
	return Words{id, id}
}

// responseWire is an alarm with all that happened.
func (s *Server) responseWire(ctx context.Context, c *call, a *Atlas, k need.Case, x need.Item) (Response, error) {
	r := x.Response
	say := place(r.Say, a.FullName(k.Path))
	w := Response{CaseID: k.ID, Number: k.Number, Item: k.Item, Title: words(x.Title), Icon: x.Icon, PlaceID: k.PlaceID, PlaceName: a.FullName(k.Path), Opened: stamp(k.Opened),
		Running: k.Answered.IsZero() && k.Closed.IsZero(), Stage: string(k.Stage()), Level: k.Level, Holder: s.accountName(ctx, k.Holder), Call: r.Call, Say: words(say), Do: words(r.Do), Never: words(r.Never),
		Wanted: r.Wanted, Asked: []ResponseAsked{}, Links: []ResponseLink{}, Services: []ResponseNumber{}, Gates: []ResponseGate{}, Log: []ResponseLine{}}
	desk := s.onDesk(c, k.Desk) || s.onDesk(c, k.Above)
	w.MayAct = w.Running && (desk || k.Holder != "" && k.Holder == c.viewer.Account())
	w.MayTake = w.Running && desk && k.Holder == ""
	for _, v := range mode.Services {
		w.Services = append(w.Services, ResponseNumber{v.ID, words(v.Title)})
	}
	if p := a.UpTo(k.Path, territory.Community); p != nil {
		for i := range a.Places {
			if g := &a.Places[i]; g.Kind == territory.Checkpoint && territory.Inside(g.Path, p.Path) {
				w.Gates = append(w.Gates, ResponseGate{g.ID, g.Name})
			}
		}
	}
	if err := s.responseAsked(ctx, c, a, &k, r, &w); err != nil {
		return w, err
	}
	if err := s.responseLinks(ctx, a, &k, &w); err != nil {
		return w, err
	}
	same, err := s.Store.CasesWith(ctx, k.ID, true)
	if err != nil {
		return w, err
	}
	w.Joined = len(same)
	return w, s.responseLog(ctx, c, a, &k, &w)
}

// responseAsked adds who was asked and how they stand.
func (s *Server) responseAsked(ctx context.Context, c *call, a *Atlas, k *need.Case, r *mode.ResponseItem, w *Response) error {
	ns, err := s.Store.NoticesAbout(ctx, k.ID)
	if err != nil {
		return err
	}
	book, err := s.bookOf(ctx, c, "")
	if err != nil {
		return err
	}
	rescue := dispatch.Rescue{Skills: r.Skills, Trained: r.Trained}
	slices.SortFunc(ns, func(x, y notice.Notice) int { return x.Sent.Compare(y.Sent) })
	for i := range ns {
		n := &ns[i]
		if n.Kind != notice.Alarm {
			continue
		}
		w.Log = append(w.Log, ResponseLine{At: stamp(n.Sent), Kind: "ask", Verb: "asked"})
		rs, err := s.Store.Receivers(ctx, n.ID)
		if err != nil {
			return err
		}
		ids := make([]string, len(rs))
		for j := range rs {
			ids[j] = rs[j].HelperID
		}
		hs, err := s.Store.Helpers(ctx, ids)
		if err != nil {
			return err
		}
		of := byID(hs)
		for _, x := range rs {
			st := x.State(n, c.now)
			if st == notice.Yes {
				w.Coming++
			}
			o := ResponseAsked{N: x.N, NoticeID: n.ID, Place: a.FullName(x.Path), Near: nearness(a, k.Path, x.Path), State: st, Answered: stamp(x.Answered)}
			if h := of[x.HelperID]; h != nil {
				o.Name, o.Phone, o.Account, o.Able = h.Name, h.WorkPhone, h.AccountID, able(book, rescue.Able(h, n.Sent))
				if x.Answer != "" {
					w.Log = append(w.Log, ResponseLine{At: stamp(x.Answered), Kind: "ask", Verb: x.Answer, By: h.Name})
				}
			}
			w.Asked = append(w.Asked, o)
		}
	}
	return nil
}

func (s *Server) responseLinks(ctx context.Context, a *Atlas, k *need.Case, w *Response) error {
	ls, err := s.Store.Links(ctx, k.ID, true)
	if err != nil {
		return err
	}
	for _, l := range ls {
		o := ResponseLink{ID: l.ID, Service: l.Service, Called: stamp(l.Called), By: s.accountName(ctx, l.By), ETA: stamp(l.ETA), Opener: s.accountName(ctx, l.Opener), Ref: l.Ref, Words: l.Words}
		for _, v := range mode.Services {
			if v.ID == l.Service {
				o.Title = words(v.Title)
			}
		}
		if p, ok := a.Place(l.Gate); ok {
			o.Gate = p.Name
		}
		w.Links = append([]ResponseLink{o}, w.Links...)
		w.Log = append(w.Log, ResponseLine{At: stamp(l.At), Kind: "link", Verb: l.Service, By: o.By, Words: l.Words})
	}
	return nil
}

// responseLog adds the steps of the case and the halves of its scene, the last first.
func (s *Server) responseLog(ctx context.Context, c *call, a *Atlas, k *need.Case, w *Response) error {
	steps, err := s.Store.CaseSteps(ctx, k.ID, true)
	if err != nil {
		return err
	}
	for _, x := range steps {
		if x.Why == withdrawn {
			w.Withdrawn = stamp(x.At)
		}
		w.Log = append(w.Log, ResponseLine{At: stamp(x.At), Kind: "case", Verb: string(x.Verb), By: s.accountName(ctx, x.By), Words: x.Words})
	}
	cs, err := s.Store.CustodiesOf(ctx, k.ID)
	if err != nil {
		return err
	}
	for i := range cs {
		o, err := s.custodyWire(ctx, c, a, cs[i], true)
		if err != nil {
			return err
		}
		for _, h := range o.Said {
			who := h.By
			if h.To != nil {
				who = *h.To
			}
			w.Log = append(w.Log, ResponseLine{At: h.At, Kind: "scene", Verb: h.Verb, By: strings.TrimSpace(who.Title.ZH + " " + who.Name)})
		}
		if w.Scene == nil {
			w.Scene = &o
		}
	}
	slices.SortStableFunc(w.Log, func(x, y ResponseLine) int { return strings.Compare(y.At, x.At) })
	return nil
}

// rescue is an alarm as whoever raised it follows it.
func (s *Server) rescue(ctx context.Context, a *Atlas, k *need.Case, x *need.Item, steps []need.Step) (*need.Rescue, error) {
	r := x.Response
	out := &need.Rescue{Say: place(r.Say, a.FullName(k.Path))}
	id := k.ID
	if k.Same != "" { // it waits with another: those who come, come to both
		id = k.Same
	}
	ns, err := s.Store.NoticesAbout(ctx, id)
	if err != nil {
		return nil, err
	}
	book, err := s.bookOf(ctx, s.nobody(), "")
	if err != nil {
		return nil, err
	}
	for _, n := range ns {
		if n.Kind != notice.Alarm {
			continue
		}
		rs, err := s.Store.Receivers(ctx, n.ID)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, o := range rs {
			out.Asked++
			if o.Answer == notice.Yes {
				ids = append(ids, o.HelperID)
			}
		}
		hs, err := s.Store.Helpers(ctx, ids)
		if err != nil {
			return nil, err
		}
		for i := range hs {
			out.Come(mode.Text(able(book, dispatch.Rescue{Skills: r.Skills, Trained: r.Trained}.Able(&hs[i], n.Sent))))
		}
	}
	out.Links, err = s.Store.Links(ctx, id, false)
	for _, st := range steps {
		out.Look = out.Look || st.Why == withdrawn
	}
	return out, err
}
