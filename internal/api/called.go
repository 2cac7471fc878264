package api

import (
	"context"
	"slices"
	"strconv"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/notice"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// noticeEntry says what became of a notice; its words stay in the notice.
func (s *Server) noticeEntry(c *call, verb string, n notice.Notice, payload any) journal.Entry {
	e := c.entry(verb, "notices", n.ID, n.PlaceID, n.Path, "work", payload)
	if n.Incident != "" {
		e.Incident, e.Purpose = n.Incident, "incident:"+n.Incident
	}
	return e
}

// called finds a call that reaches the viewer's places.
func (s *Server) called(ctx context.Context, c *call, action, id string) (notice.Notice, error) {
	n, ok, err := s.Store.Notice(ctx, id)
	if err != nil {
		return n, err
	}
	if !ok || n.Kind != notice.Call {
		return n, errNotHere(c)
	}
	return n, s.reaches(c, action, n.Path)
}

// callsAbove are the calls of the places above a path: their receivers stand below too.
func (s *Server) callsAbove(ctx context.Context, path string) ([]notice.Notice, error) {
	return s.Store.NoticesAbove(ctx, notice.Call, path, 20)
}

func (s *Server) callHead(ctx context.Context, c *call, a *Atlas, n notice.Notice) Call {
	return Call{ID: n.ID, PlaceID: n.PlaceID, PlaceName: a.FullName(n.Path), Incident: n.Incident, Title: words(n.Title), Body: words(n.Body), Author: s.accountName(ctx, n.Author),
		Sent: stamp(n.Sent), Until: stamp(n.Until), Closed: stamp(n.Closed), Why: n.Why, Reason: n.Reason, Wanted: n.Wanted, Open: n.Open(c.now),
		MayEnd: n.Open(c.now) && s.may(c, access.CallSend, n.Path) == nil}
}

// callWire counts a call within what the viewer may read of it, below a place where
// one is named. It gives the counted receivers too, as far as Standing fills them.
func (s *Server) callWire(ctx context.Context, c *call, a *Atlas, n notice.Notice, under string) (CallBoard, []notice.Receiver, error) {
	out := CallBoard{Call: s.callHead(ctx, c, a, n), Places: []CallPlace{}, Items: []Called{}}
	rs, err := s.callReceivers(ctx, c, a, n, under)
	if err != nil {
		return out, nil, err
	}
	per := newPerPlace(a)
	for i := range rs {
		st := rs[i].State(&n, c.now)
		out.Counts.add(st)
		per.add(rs[i].Path, st)
	}
	out.Places = per.list()
	return out, rs, nil
}

func (s *Server) callReceivers(ctx context.Context, c *call, a *Atlas, n notice.Notice, under string) ([]notice.Receiver, error) {
	rs, err := s.Store.Standing(ctx, n.ID)
	if err != nil {
		return nil, err
	}
	mine := s.scope(c, access.CallRead)
	if under != "" {
		p, ok := a.Place(under)
		if !ok {
			return nil, access.ErrNotHere.With()
		}
		mine = mine.Under(p.Path)
	}
	return slices.DeleteFunc(rs, func(r notice.Receiver) bool { return !mine.Contains(r.Path) }), nil
}

func (s *Server) callBoard(ctx context.Context, c *call, in *callQuery) (CallBoard, error) {
	n, err := s.called(ctx, c, access.CallRead, in.ID)
	if err != nil {
		return CallBoard{}, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return CallBoard{}, err
	}
	out, rs, err := s.callWire(ctx, c, a, n, in.Under)
	if err != nil {
		return out, err
	}
	rs = slices.DeleteFunc(rs, func(r notice.Receiver) bool {
		return r.N <= in.After || in.State != "" && r.State(&n, c.now) != in.State
	})
	ns := make([]int, min(len(rs), in.Limit))
	for i := range ns {
		ns[i] = rs[i].N
	}
	if len(ns) < len(rs) {
		out.Next = ns[len(ns)-1]
	}
	page, err := s.Store.ReceiversAt(ctx, n.ID, ns)
	if err != nil {
		return out, err
	}
	ids := make([]string, len(page))
	for i := range page {
		ids[i] = page[i].HelperID
	}
	hs, err := s.Store.Helpers(ctx, ids)
	if err != nil {
		return out, err
	}
	of := byID(hs)
	for i := range page {
		out.Items = append(out.Items, s.calledWire(c, a, &n, page[i], of))
	}
	return out, nil
}

func byID(hs []people.Helper) map[string]*people.Helper {
	out := make(map[string]*people.Helper, len(hs))
	for i := range hs {
		out[hs[i].ID] = &hs[i]
	}
	return out
}

func (s *Server) calledWire(c *call, a *Atlas, n *notice.Notice, r notice.Receiver, of map[string]*people.Helper) Called {
	w := Called{N: r.N, HelperID: r.HelperID, PlaceName: a.FullName(r.Path), State: r.State(n, c.now), Channel: r.Channel, Failed: r.Failed, Reached: stamp(r.Reached),
		Answered: stamp(r.Answered), MayNote: n.Open(c.now) && s.may(c, access.CallNote, r.Path) == nil}
	if h := of[r.HelperID]; h != nil {
		w.Name, w.WorkPhone = h.Name, h.WorkPhone
		if r.By != "" && r.By != h.AccountID && r.By != byLink+h.ID {
			w.By = s.accountName(context.Background(), r.By)
		}
	}
	return w
}

// answer takes an answer down and gives the rows to write, those of what a yes brings
// about among them.
func (s *Server) answer(ctx context.Context, c *call, n notice.Notice, r notice.Receiver, answer string) (notice.Notice, notice.Receiver, []journal.Change, error) {
	n2, r2, err := notice.Reply(n, r, answer, c.viewer.Account(), c.now)
	if err != nil {
		return n, r, nil, err
	}
	e := c.entry("ask.answered", "receivers", r.NoticeID+"|"+strconv.Itoa(r.N), r.PlaceID, r.Path, "work", map[string]string{"notice": n.ID, "kind": n.Kind, "answer": answer})
	if n.Incident != "" {
		e.Incident, e.Purpose = n.Incident, "incident:"+n.Incident
	}
	row := r2
	changes := []journal.Change{{Row: &row, Base: r.Version, Entry: e}}
	if n.Counted() {
		head := n2
		changes = append(changes, journal.Change{Row: &head, Base: n.Version})
	}
	if answer == notice.Yes && r.Answer != notice.Yes {
		more, err := s.yes(ctx, c, n, r)
		return n2, r2, append(changes, more...), err
	}
	return n2, r2, changes, nil
}

// perPlace counts receivers by the community they belong to; who belongs to a place
// above one is counted there.
type perPlace struct {
	a  *Atlas
	at map[string]*CallPlace
}

func newPerPlace(a *Atlas) *perPlace { return &perPlace{a, map[string]*CallPlace{}} }

func (p *perPlace) add(path, state string) {
	at := p.a.UpTo(path, territory.Community)
	if at == nil {
		if up := p.a.Up(path); len(up) > 0 {
			at = up[len(up)-1]
		} else {
			return
		}
	}
	w := p.at[at.Path]
	if w == nil {
		w = &CallPlace{PlaceID: at.ID, Name: at.Name}
		p.at[at.Path] = w
	}
	w.Counts.add(state)
}

// list gives them in the order of the tree.
func (p *perPlace) list() []CallPlace {
	out := []CallPlace{}
	for i := range p.a.Places {
		if w := p.at[p.a.Places[i].Path]; w != nil {
			out = append(out, *w)
		}
	}
	return out
}
