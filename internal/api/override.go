package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// The faults of overrides and versions. When one comes up nothing has been written.
var (
	ErrPage = fault.Define(fault.Invalid, "SW-1431", "改动有 {0} 处不能生效，没有发布任何一处。第 {1} 行第 {2} 列（{3}）：{4}",
		"{0} of the changes cannot hold; none was published. Line {1}, column {2} ({3}): {4}")
	ErrAbove = fault.Define(fault.Conflict, "SW-1432", "这一处改动要由上一级（{0}）决定，您的权限只到本级。没有改动任何东西，请把它发给上一级。",
		"The level above ({0}) decides on this change; your rights reach this level alone. Nothing was changed; send it there.")
	ErrOwnConsent = fault.Define(fault.Conflict, "SW-1433", "自己提的改动要由另一个人同意。没有改动任何东西。", "Somebody else must consent to what you changed yourself. Nothing was changed.")
	ErrDecided    = fault.Define(fault.Conflict, "SW-1434", "这一处改动不在等候决定：已经生效、撤回或被拒绝。", "This change does not wait for a decision: it holds, was withdrawn or was refused.")
	ErrUndecided  = fault.Define(fault.Conflict, "SW-1435", "还有 {0} 处新旧都改过的没有决定，先逐处选“用新版”或“留我们的”。没有改动任何东西。",
		"{0} places where both sides changed are not decided; choose the new version or ours for each. Nothing was changed.")
	ErrPageSeen = fault.Define(fault.Conflict, "SW-1436", "您打开以后，别人改过这一页。没有发布任何东西，请刷新后把您的改动再写一次。",
		"Somebody changed this page after you opened it. Nothing was published; refresh and write your changes again.")
)

// OverrideInfo is one difference that a place makes to a playbook.
type OverrideInfo struct {
	ID         string `json:"id"`
	Playbook   string `json:"playbook"`
	PlaceID    string `json:"place_id"`
	Place      string `json:"place"`
	Kind       string `json:"kind" enum:"set,off,add"`
	Key        string `json:"key"`
	Title      Words  `json:"title"`
	Old        string `json:"old" doc:"JSON of what stands above"`
	New        string `json:"new" doc:"JSON"`
	Grade      string `json:"grade" enum:"free,may-ease,tightened"`
	State      string `json:"state" enum:"holds,waits,ended,draft"`
	Reason     string `json:"reason"`
	Basis      string `json:"basis"`
	Author     string `json:"author"`
	At         string `json:"at"`
	Approver   string `json:"approver"`
	ApprovedAt string `json:"approved_at"`
	Above      string `json:"above" doc:"Who decides: the place above"`
	MayDecide  bool   `json:"may_decide"`
	Line       int    `json:"line,omitempty"`
	Column     int    `json:"column,omitempty"`
	Same       bool   `json:"same,omitempty" doc:"Changes nothing"`
}

// used is a version as it holds on the ground, kept until an override changes.
type used struct {
	gen  int64
	n    int64
	book *mode.Playbook
	rows []mode.Override
}

// inUse returns a version with what places change in it, and every row that holds
// or waits, each at the present path of its place.
func (s *Server) inUse(ctx context.Context, b *mode.Playbook) (*mode.Playbook, []mode.Override, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return nil, nil, err
	}
	gen := s.gen.Load()
	s.mu.Lock()
	u, ok := s.used[b.Hash]
	s.mu.Unlock()
	if ok && u.gen == gen && u.n == a.n {
		return u.book, u.rows, nil
	}
	rows, err := s.Store.Overrides(ctx, b.ID, false)
	if err != nil {
		return nil, nil, err
	}
	for i := range rows {
		rows[i].Path = ""
		if p, ok := a.Place(rows[i].PlaceID); ok {
			rows[i].Path = p.Path
		}
	}
	u = used{gen: gen, n: a.n, book: b.With(rows), rows: rows}
	s.mu.Lock()
	s.used[b.Hash] = u
	s.mu.Unlock()
	return u.book, u.rows, nil
}

// above is the place that decides on what a place below it may ease.
func above(a *Atlas, p *territory.Place) *territory.Place {
	up := a.Up(p.Path)
	for i := len(up) - 1; i >= 0; i-- {
		if up[i].ID != p.ID {
			return up[i]
		}
	}
	return nil
}

func (s *Server) overrideWire(ctx context.Context, c *call, a *Atlas, b *mode.Playbook, o mode.Override) OverrideInfo {
	w := OverrideInfo{ID: o.ID, Playbook: o.Playbook, PlaceID: o.PlaceID, Kind: o.Kind, Key: o.Key, Title: words(b.Say(o.Key)), Old: o.Was, New: o.Value,
		Grade: string(o.Grade), State: "holds", Reason: o.Reason, Basis: o.Basis, Author: s.accountName(ctx, o.Author), At: stamp(o.At),
		Approver: s.accountName(ctx, o.Approver), ApprovedAt: stamp(o.Approved)}
	switch {
	case !o.Ended.IsZero():
		w.State = "ended"
	case o.Waits():
		w.State = "waits"
	}
	p, ok := a.Place(o.PlaceID)
	if !ok || s.may(c, access.PlaybookOverride, p.Path) != nil && s.may(c, access.PlaybookApprove, p.Path) != nil {
		w.Reason, w.Author, w.Approver = "", "", "" // the rule is everybody's, who wrote it and why is the colleagues'
	}
	if ok {
		w.Place = p.Name
		if up := above(a, p); up != nil {
			w.Above = up.Name
			w.MayDecide = o.Waits() && o.Author != c.viewer.Account() && s.may(c, access.PlaybookApprove, up.Path) == nil
		}
	}
	return w
}

// pageOf is a place's page of one playbook: what stands there without it.
type pageOf struct {
	atlas *Atlas
	place *territory.Place
	book  *mode.Playbook // the version in use
	base  *mode.Playbook // with what the places above change
	facts mode.PlaceFacts
	rows  []mode.Override // the place's own, not ended
}

func (s *Server) pageAt(ctx context.Context, c *call, action, id, placeID, placeCode string) (*pageOf, error) {
	a, p, err := s.place(ctx, c, action, placeID, placeCode)
	if err != nil {
		return nil, err
	}
	b, err := s.current(ctx, id)
	if err != nil {
		return nil, err
	}
	_, rows, err := s.inUse(ctx, b)
	if err != nil {
		return nil, err
	}
	g := &pageOf{atlas: a, place: p, book: b, facts: s.placeFacts(a, p)}
	var upper []mode.Override
	for _, o := range rows {
		switch {
		case o.PlaceID == p.ID:
			g.rows = append(g.rows, o)
		case o.Path != "" && territory.Inside(p.Path, o.Path):
			upper = append(upper, o)
		}
	}
	g.base = b.With(upper)
	return g, nil
}

// placeFacts are what a playbook's conditions may ask about a place.
func (s *Server) placeFacts(a *Atlas, p *territory.Place) mode.PlaceFacts {
	f := mode.PlaceFacts{Kind: string(p.Kind), Name: p.Name}
	for _, u := range a.Up(p.Path) {
		f.Tags = append(f.Tags, u.Tags...)
	}
	return f
}

// PageIssue is one thing wrong with a page, at its line and column.
type PageIssue struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func issues(c *call, ps []mode.Problem) []PageIssue {
	out := []PageIssue{}
	for _, p := range ps {
		out = append(out, PageIssue{p.Line, p.Column, p.Code, p.Text(c.lang)})
	}
	return out
}

type pageInput struct {
	ID   string `path:"id"`
	Body struct {
		PlaceID   string `json:"place_id,omitempty" maxLength:"60"`
		PlaceCode string `json:"place_code,omitempty" maxLength:"60"`
		Text      string `json:"text" maxLength:"1048576"`
		Saw       string `json:"saw,omitempty" maxLength:"100" doc:"Print of the page as it was opened; another one is refused"`
	}
}

// PageReply is what a page says and what is wrong with it.
type PageReply struct {
	Errors  []PageIssue    `json:"errors" nullable:"false"`
	Changes []OverrideInfo `json:"changes" nullable:"false"`
	Saw     string         `json:"saw"`
}

func (s *Server) overrides() {
	type list struct {
		Playbook string `query:"playbook"`
		Waiting  bool   `query:"waiting" doc:"Only those that wait for a decision"`
		History  bool   `query:"history" doc:"Ended ones too"`
	}
	read(s, Op{ID: "override-list", Path: "/overrides", Action: access.PlaybookRead, Summary: "What places change in the playbooks, with author, date and reason"},
		func(ctx context.Context, c *call, in *list) (Items[OverrideInfo], error) {
			out := Items[OverrideInfo]{Items: []OverrideInfo{}}
			if err := s.may(c, access.PlaybookRead, ""); err != nil {
				return out, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return out, err
			}
			for id := range s.Playbooks {
				if in.Playbook != "" && in.Playbook != id {
					continue
				}
				b, err := s.current(ctx, id)
				if err != nil {
					return out, err
				}
				use, rows, err := s.inUse(ctx, b)
				if err == nil && in.History {
					rows, err = s.Store.Overrides(ctx, id, true)
				}
				if err != nil {
					return out, err
				}
				for _, o := range rows {
					if !in.Waiting || o.Waits() {
						out.Items = append(out.Items, s.overrideWire(ctx, c, a, use, o))
					}
				}
			}
			slices.SortStableFunc(out.Items, func(x, y OverrideInfo) int {
				return cmp.Or(cmp.Compare(x.Playbook, y.Playbook), cmp.Compare(x.At, y.At))
			})
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "override-check", Method: http.MethodPost, Path: "/playbooks/{id}/overrides/check", Action: access.PlaybookOverride, Summary: "Read a place's page: every error with line and column, every difference with what it would be"},
		func(ctx context.Context, c *call, in *pageInput) (PageReply, error) {
			g, err := s.pageAt(ctx, c, access.PlaybookOverride, in.ID, in.Body.PlaceID, in.Body.PlaceCode)
			if err != nil {
				return PageReply{Errors: []PageIssue{}, Changes: []OverrideInfo{}}, err
			}
			return s.pageCheck(ctx, c, g, in.Body.Text), nil
		})
	write(s, Op{ID: "override-publish", Path: "/playbooks/{id}/overrides", Action: access.PlaybookOverride, Summary: "Publish a place's page; what the level above must consent to waits"}, s.publish)
	type decision struct {
		ID   string `path:"id"`
		Body struct {
			Approve bool   `json:"approve"`
			Reason  string `json:"reason,omitempty" maxLength:"300"`
		}
	}
	write(s, Op{ID: "override-decide", Path: "/overrides/{id}/decide", Action: access.PlaybookApprove, Summary: "Consent to a change of a place below, or refuse it"},
		func(ctx context.Context, c *call, in *decision) (OverrideInfo, []journal.Change, error) {
			return s.decide(ctx, c, in.ID, in.Body.Approve, in.Body.Reason)
		})
}

func (s *Server) pageCheck(ctx context.Context, c *call, g *pageOf, text string) PageReply {
	ds, wrong := mode.ReadOverrides(g.base, g.place.Path, g.facts, []byte(text))
	out := PageReply{Errors: issues(c, wrong), Changes: []OverrideInfo{}, Saw: mode.PagePrint(g.rows)}
	for _, d := range ds {
		o := d.Override
		o.PlaceID = g.place.ID
		w := s.overrideWire(ctx, c, g.atlas, g.base, o)
		w.State, w.Line, w.Column, w.Same = "draft", d.Line, d.Column, d.Same
		out.Changes = append(out.Changes, w)
	}
	return out
}

func (s *Server) publish(ctx context.Context, c *call, in *pageInput) (PageReply, []journal.Change, error) {
	out := PageReply{Errors: []PageIssue{}, Changes: []OverrideInfo{}}
	g, err := s.pageAt(ctx, c, access.PlaybookOverride, in.ID, in.Body.PlaceID, in.Body.PlaceCode)
	if err != nil {
		return out, nil, err
	}
	if in.Body.Saw != "" && in.Body.Saw != mode.PagePrint(g.rows) {
		return out, nil, ErrPageSeen.With()
	}
	ds, wrong := mode.ReadOverrides(g.base, g.place.Path, g.facts, []byte(in.Body.Text))
	if len(wrong) > 0 {
		w := wrong[0]
		return out, nil, ErrPage.With(len(wrong), w.Line, w.Column, w.Code, w.Text(c.lang)).At("text")
	}
	taken, err := s.takenElsewhere(ctx, g, ds)
	if err != nil {
		return out, nil, err
	}
	if taken.Key != "" {
		return out, nil, ErrPage.With(1, taken.Line, taken.Column, mode.ErrTwice.Code, mode.ErrTwice.With(taken.Key).Text(c.lang)).At("text")
	}
	fresh, ended := mode.Publish(g.rows, ds, func(o *mode.Override) {
		o.ID, o.PlaceID, o.Author, o.At = journal.NewID(c.now), g.place.ID, c.viewer.Account(), c.now
	})
	var changes []journal.Change
	if len(fresh) > 0 {
		if changes, err = s.rely(ctx, g.book, c, g.place.ID, g.place.Path); err != nil {
			return out, nil, err
		}
	}
	for i := range ended {
		o := ended[i]
		o.Ended, o.EndedBy = c.now, c.viewer.Account()
		changes = append(changes, journal.Change{Row: &o, Base: o.Version, Entry: s.overrideEntry(c, g.place, "override.ended", o)})
	}
	for i := range fresh {
		o := fresh[i]
		o.Version = 0
		changes = append(changes, journal.Change{Row: &o, Entry: s.overrideEntry(c, g.place, "override.made", o)})
		out.Changes = append(out.Changes, s.overrideWire(ctx, c, g.atlas, g.base, o))
	}
	return out, changes, nil
}

// takenElsewhere finds an item added here whose id another place added already: one
// id means one thing on every list.
func (s *Server) takenElsewhere(ctx context.Context, g *pageOf, ds []mode.Draft) (mode.Draft, error) {
	_, rows, err := s.inUse(ctx, g.book)
	if err != nil {
		return mode.Draft{}, err
	}
	for _, d := range ds {
		for _, o := range rows {
			if d.Kind == "add" && o.Kind == "add" && o.Key == d.Key && o.PlaceID != g.place.ID {
				return d, nil
			}
		}
	}
	return mode.Draft{}, nil
}

func (s *Server) overrideEntry(c *call, p *territory.Place, verb string, o mode.Override) journal.Entry {
	return c.entry(verb, "overrides", o.ID, p.ID, p.Path, "work", map[string]string{"playbook": o.Playbook, "kind": o.Kind, "key": o.Key, "value": o.Value, "was": o.Was, "grade": string(o.Grade)})
}

// decide lets the level above consent to a change or refuse it.
func (s *Server) decide(ctx context.Context, c *call, id string, approve bool, reason string) (OverrideInfo, []journal.Change, error) {
	o, ok, err := s.Store.Override(ctx, id)
	if err != nil {
		return OverrideInfo{}, nil, err
	}
	if !ok {
		return OverrideInfo{}, nil, errNotHere(c)
	}
	a, p, err := s.place(ctx, c, access.PlaybookApprove, o.PlaceID, "")
	if err != nil {
		return OverrideInfo{}, nil, err
	}
	up := above(a, p)
	switch {
	case up == nil || s.may(c, access.PlaybookApprove, up.Path) != nil:
		name := p.Name
		if up != nil {
			name = up.Name
		}
		return OverrideInfo{}, nil, ErrAbove.With(name)
	case !o.Waits():
		return OverrideInfo{}, nil, ErrDecided.With()
	case o.Author == c.viewer.Account():
		return OverrideInfo{}, nil, ErrOwnConsent.With()
	}
	b, err := s.current(ctx, o.Playbook)
	if err != nil {
		return OverrideInfo{}, nil, err
	}
	use, rows, err := s.inUse(ctx, b)
	if err != nil {
		return OverrideInfo{}, nil, err
	}
	var changes []journal.Change
	verb := "override.refused"
	if approve {
		verb, o.Approver, o.Approved = "override.approved", c.viewer.Account(), c.now
		for _, old := range mode.Replaced(rows, o) {
			old.Ended, old.EndedBy, old.Path = c.now, c.viewer.Account(), p.Path
			changes = append(changes, journal.Change{Row: &old, Base: old.Version, Entry: s.overrideEntry(c, p, "override.ended", old)})
		}
	} else {
		o.Ended, o.EndedBy = c.now, c.viewer.Account()
	}
	e := s.overrideEntry(c, p, verb, o)
	if reason != "" {
		e = c.entry(verb, "overrides", o.ID, p.ID, p.Path, "work", map[string]string{"playbook": o.Playbook, "key": o.Key, "value": o.Value, "reason": reason})
	}
	row := o
	changes = append(changes, journal.Change{Row: &row, Base: o.Version, Entry: e})
	return s.overrideWire(ctx, c, a, use, o), changes, nil
}
