package api

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"net/http"
	"slices"
	"strings"
	"time"
	interned "unique"

	"shouwang/internal/access"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

type caseOpenInput struct {
	Body struct {
		Item    string `json:"item" maxLength:"60" doc:"an item of the catalogue in force at the place"`
		PlaceID string `json:"place_id" maxLength:"60" doc:"where the need is: a door, a building, a place; id, code or the code on its door"`
		Words   string `json:"words,omitempty" maxLength:"4000"`
		Contact string `json:"contact,omitempty" maxLength:"200" doc:"how to reach whoever asks; sealed"`
		Origin  string `json:"origin,omitempty" enum:",phone,desk,lead,person" doc:"how it came in; desk when empty"`
		Parent  string `json:"parent,omitempty" maxLength:"60" doc:"the case that this is a part of"`
	}
}

type caseListInput struct {
	Under  string `query:"under"`
	Mine   bool   `query:"mine" doc:"only what you have taken"`
	Show   string `query:"show" enum:",mine,waiting,late" doc:"which of them: yours, those nobody has taken, those late or told above; all when empty"`
	Limit  int    `query:"limit" default:"200" minimum:"1" maximum:"1000"`
	Item   string `query:"item" maxLength:"60"`
	Number string `query:"number" maxLength:"20"`
	Closed string `query:"closed" doc:"RFC 3339: also those closed since then"`
}

// CaseList is a list of cases with what there is of each kind, whatever is shown.
type CaseList struct {
	Items   []Case   `json:"items" nullable:"false" doc:"what presses first, then the soonest due"`
	Total   int      `json:"total" doc:"as many there are of what is shown"`
	All     int      `json:"all"`
	Mine    int      `json:"mine"`
	Waiting int      `json:"waiting" doc:"taken by nobody, offered ones among them"`
	Late    int      `json:"late" doc:"past their time, or told to a desk above"`
	rows    [][]byte // the items as they are sent, where they were not made for this answer
}

func (s *Server) cases() {
	write(s, Op{ID: "case-open", Apart: true, Path: "/cases", Action: access.CaseOpen, Summary: "Write down a need: for somebody who telephones, at the desk, at the door"}, s.caseOpen)
	read(s, Op{ID: "case-list", Path: "/cases", Action: access.CaseRead, Summary: "Cases at your places and desks, the soonest due first, without their words"}, s.caseRows)
	read(s, Op{ID: "case-read", Path: "/cases/{id}", Action: access.CaseRead, Summary: "One case with its words and its way; the look is recorded"}, s.caseRead)
	read(s, Op{ID: "case-items", Path: "/places/{id}/needs", Action: access.CaseOpen, Summary: "What a case can be opened for at a place: the catalogue in force there"},
		func(ctx context.Context, c *call, in *incidentID) (Items[CaseItem], error) {
			out := Items[CaseItem]{Items: []CaseItem{}}
			a, p, err := s.doorway(ctx, c, access.CaseOpen, in.ID)
			if err != nil {
				return out, err
			}
			xs, err := s.caseItems(ctx, c, a, p)
			if err != nil {
				return out, err
			}
			for _, x := range xs {
				info, _ := access.Role(x.Role).Info()
				out.Items = append(out.Items, CaseItem{x.ID, words(x.Title), words(x.LineTitle), words(x.Hint), x.Icon, x.Urgency, x.Essential, x.Only != "", Words{info.ZH, info.EN}})
			}
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "case-like", Method: http.MethodPost, Path: "/cases/like", Action: access.CaseOpen, Summary: "Open cases like one about to be written down: same item at the door, same telephone; a look by telephone is recorded"}, s.caseLike)
	s.metOps()
	s.caseMoves()
	s.objections()
	s.custodies()
	s.responses()
	s.doses()
}

// qualified are the qualifications the caller holds as a helper.
func (s *Server) qualified(ctx context.Context, c *call) ([]string, error) {
	if c.account.HelperID == "" {
		return nil, nil
	}
	hs, err := s.Store.Helpers(ctx, []string{c.account.HelperID})
	if err != nil || len(hs) == 0 {
		return nil, err
	}
	var out []string
	for _, p := range hs[0].Passes {
		if p.InForce(c.now) {
			out = append(out, p.Qualification)
		}
	}
	return out, nil
}

// onDesk says whether the caller holds the role of a desk at its place.
func (s *Server) onDesk(c *call, d need.Desk) bool {
	return d.PlaceID != "" && slices.Contains(c.viewer.RolesAt(d.Path, c.emerg), access.Role(d.Role)) &&
		s.scope(c, access.CaseDesk).Contains(d.Path)
}

// knows says whether the caller may know that a case exists: who has it; for one told
// in confidence holders of its qualification at its desk and nobody else; for others
// its desks, and whoever reads cases at its place.
func (s *Server) knows(c *call, k *need.Case, sees []string, quals []string) bool {
	if k.Holder != "" && k.Holder == c.viewer.Account() {
		return true
	}
	desk := s.onDesk(c, k.Desk) || s.onDesk(c, k.Above) || k.Offer != nil && s.onDesk(c, k.Offer.To)
	if k.Only != "" {
		return slices.Contains(quals, k.Only) && (desk || s.scope(c, access.CaseRead).Contains(k.Path) || slices.ContainsFunc(c.viewer.Grants(), func(g access.Grant) bool { return territory.Inside(k.Path, g.Path) }))
	}
	if desk || s.scope(c, access.CaseRead).Contains(k.Path) {
		return true
	}
	return slices.ContainsFunc(c.viewer.RolesAt(k.Path, c.emerg), func(r access.Role) bool { return slices.Contains(sees, string(r)) })
}

// theCase finds a case that the caller may know of; absent and hidden answer alike.
func (s *Server) theCase(ctx context.Context, c *call, id string) (k need.Case, x need.Item, err error) {
	k, ok, err := s.Store.Case(ctx, id)
	if err != nil {
		return k, x, err
	}
	if c.viewer.Account() == "" || !ok {
		return need.Case{}, x, errNotHere(c)
	}
	if x, err = s.keptItem(ctx, &k); err != nil {
		return k, x, err
	}
	quals, err := s.qualified(ctx, c)
	if err == nil && !s.knows(c, &k, x.Sees, quals) {
		return need.Case{}, x, errNotHere(c)
	}
	return k, x, err
}

func (s *Server) caseOpen(ctx context.Context, c *call, in *caseOpenInput) (Case, []journal.Change, error) {
	b := in.Body
	a, p, err := s.doorway(ctx, c, access.CaseOpen, b.PlaceID)
	if err != nil {
		return Case{}, nil, err
	}
	x, err := s.item(ctx, c, a, p, b.Item)
	if err != nil {
		return Case{}, nil, err
	}
	k := need.Case{PlaceID: p.ID, Path: p.Path, Origin: "desk", OpenedBy: c.viewer.Account(), Noted: c.viewer.Account(), Words: strings.TrimSpace(b.Words), Contact: strings.TrimSpace(b.Contact), Parent: b.Parent}
	if b.Origin != "" {
		k.Origin = b.Origin
	}
	var changes []journal.Change
	if b.Parent != "" {
		head, _, err := s.theCase(ctx, c, b.Parent)
		if err != nil {
			return Case{}, nil, err
		}
		if _, more, err := s.moved(ctx, c, head, need.Act{Verb: need.Part, By: c.viewer.Account(), At: c.now, Words: x.Title.ZH}); err != nil {
			return Case{}, nil, err
		} else {
			changes = more
		}
		k.Only = head.Only
	}
	k, opened, err := s.openCase(ctx, c.now, c.viewer.Account(), a, x, k)
	if err != nil {
		return Case{}, nil, err
	}
	w, err := s.caseWire(ctx, c, a, k, x, nil)
	w.Link = s.caseLink(&k)
	return w, append(changes, opened...), err
}

// openCase makes the rows of a new case: the item as it is today, the case at its desk,
// its first step, and the custody that the item begins with who brought it in.
func (s *Server) openCase(ctx context.Context, now time.Time, by string, a *Atlas, x need.Item, k need.Case) (need.Case, []journal.Change, error) {
	book, kept, err := s.keepItem(ctx, &x)
	if err != nil {
		return k, nil, err
	}
	if k.Number, err = s.caseNumber(ctx, now); err != nil {
		return k, nil, err
	}
	k.ID, k.Book = journal.NewID(now), book
	if f, err := s.force(ctx, now); err == nil {
		for _, d := range f.decls {
			if territory.Inside(k.Path, d.Path) {
				k.Incident = d.Incident
			}
		}
	}
	k.Desk = a.desk(k.Path, x.Role)
	if k, err = need.Start(x.Rule(), k, now); err != nil {
		return k, nil, err
	}
	if x.Response != nil {
		return s.openAlarm(ctx, now, by, a, x, k, kept)
	}
	step := need.StepOf(&k, need.Act{Verb: need.Open, By: by, At: now}, 1)
	// the case first: whose act it is stands in its entry
	changes := append([]journal.Change{{Row: &k, Entry: s.caseEntry(now, by, &k, "opened", map[string]string{"item": k.Item, "origin": k.Origin})}, {Row: &step}}, kept...)
	if ch := x.Chain(); ch != nil {
		more, err := s.begin(now, by, &k, ch)
		if err != nil {
			return k, nil, err
		}
		changes = append(changes, more...)
	}
	return k, changes, nil
}

// caseNumber draws a number that no case has.
func (s *Server) caseNumber(ctx context.Context, now time.Time) (string, error) {
	for {
		var b [8]byte
		if _, err := rand.Read(b[:]); err != nil {
			return "", err
		}
		n := need.Number(now.In(zoneTime).Year(), binary.BigEndian.Uint64(b[:]))
		if _, taken, err := s.Store.CaseByNumber(ctx, n); err != nil || !taken {
			return n, err
		}
	}
}

// caseEntry is the entry of an act on a case. One told in confidence stands at no
// place and is heard by nobody.
func (s *Server) caseEntry(now time.Time, by string, k *need.Case, verb string, facts map[string]string) journal.Entry {
	c := &call{now: now, viewer: access.NewViewer(by, nil, now)}
	e := c.entry("case."+verb, "cases", k.ID, k.PlaceID, k.Path, "work", facts)
	e.Incident, e.Purpose = k.Incident, store.NeedsPurpose
	if k.Only != "" {
		e.PlaceID, e.Path, e.Incident, e.Audience, e.Payload = "", "", "", "hushed", []byte("{}")
	}
	return e
}

// caseLink is where whoever asked follows the case without an account.
func (s *Server) caseLink(k *need.Case) string { return "/c/" + k.ID + "/" + s.Store.CaseToken(k.ID) }

// casesIn counts what the caller asks for and finds the foremost of it, in order.
func (s *Server) casesIn(ctx context.Context, c *call, a *Atlas, in *caseListInput) (out CaseList, found []queued, quals []string, err error) {
	out.Items = []Case{}
	if c.viewer.Account() == "" {
		return out, nil, nil, access.ErrSignIn.With()
	}
	f := store.CaseFilter{Item: in.Item, Number: strings.ReplaceAll(in.Number, " ", "")}
	if in.Closed != "" {
		if f.Closed, err = time.Parse(time.RFC3339, in.Closed); err != nil {
			return out, nil, nil, mode.ErrEnd.With(in.Closed, c.now.Format(time.RFC3339)).At("closed")
		}
	}
	if in.Mine {
		in.Show = "mine"
	}
	if quals, err = s.qualified(ctx, c); err != nil {
		return out, nil, nil, err
	}
	l, front := s.lister(c), &foremost{most: in.Limit}
	seen, many := map[string]bool{}, s.caseRanges(c, a, in.Under)
	me, item, now := interned.Make(c.viewer.Account()), interned.Make(f.Item), c.now.UnixMilli()
	count := func(x *slot) {
		if f.Item != "" && x.item != item || f.Number != "" && x.Number != f.Number || len(many) > 1 && seen[x.ID] {
			return
		}
		if len(many) > 1 {
			seen[x.ID] = true
		}
		mine, late := x.holder == me, x.late(now)
		out.All++
		out.Mine += ones(mine)
		out.Waiting += ones(x.waits)
		out.Late += ones(late)
		if in.Show == "" || in.Show == "mine" && mine || in.Show == "waiting" && x.waits || in.Show == "late" && late {
			out.Total++
			front.add(queued{x, x.presses(now)})
		}
	}
	p, err := s.queueNow(ctx)
	if err != nil {
		return out, nil, nil, err
	}
	for _, path := range many {
		whole := l.read.Contains(path)
		p.under(path, func(x *slot, inside bool) {
			if whole && inside || l.may(ctx, x.Case) {
				count(x)
			}
		})
	}
	if p.hushed.concerns(c.viewer.Account(), quals) || !f.Closed.IsZero() {
		if err := s.listRest(ctx, c, f, many, quals, count); err != nil {
			return out, nil, nil, err
		}
	}
	return out, front.inOrder(), quals, nil
}

// caseList is the list with its items as values.
func (s *Server) caseList(ctx context.Context, c *call, in *caseListInput) (CaseList, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return CaseList{}, err
	}
	out, found, quals, err := s.casesIn(ctx, c, a, in)
	if err != nil {
		return out, err
	}
	for _, x := range found {
		item, err := s.keptItem(ctx, x.Case)
		if err != nil {
			return out, err
		}
		w, err := s.caseWire(ctx, c, a, *x.Case, item, quals)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, w)
	}
	return out, nil
}

func ones(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// listRest counts what the queue does not hold: what was told in confidence and the
// caller may know of, and what was closed since the filter's time.
func (s *Server) listRest(ctx context.Context, c *call, f store.CaseFilter, ranges, quals []string, count func(*slot)) error {
	hushed, ended := f, f
	hushed.Hushed, hushed.Limit, ended.Ended = true, 1<<20, true
	for _, path := range ranges {
		ks, err := s.Store.Cases(ctx, path, hushed, c.viewer.Account(), quals)
		if err != nil {
			return err
		}
		if !f.Closed.IsZero() {
			more, err := s.Store.Cases(ctx, path, ended, c.viewer.Account(), quals)
			if err != nil {
				return err
			}
			ks = append(ks, slices.DeleteFunc(more, func(k need.Case) bool { return k.Only != "" })...)
		}
		for i := range ks {
			x, err := s.keptItem(ctx, &ks[i])
			if err != nil {
				return err
			}
			if s.knows(c, &ks[i], x.Sees, quals) {
				x, err := s.slot(ctx, &ks[i])
				if err != nil {
					return err
				}
				count(&x)
			}
		}
	}
	return nil
}

// caseRanges are the paths whose cases and desks the caller may look through: what they
// hold, cut to the place asked for.
func (s *Server) caseRanges(c *call, a *Atlas, under string) (out []string) {
	var tops []string
	for _, g := range c.viewer.Grants() {
		tops = append(tops, g.Path)
	}
	if p, ok := a.Place(under); under != "" {
		if !ok {
			return nil
		}
		for _, t := range tops {
			switch {
			case territory.Inside(p.Path, t):
				return []string{p.Path}
			case territory.Inside(t, p.Path):
				out = append(out, t)
			}
		}
		return out
	}
	slices.Sort(tops)
	for _, t := range tops {
		if n := len(out); n == 0 || !territory.Inside(t, out[n-1]) {
			out = append(out, t)
		}
	}
	return out
}

func (s *Server) caseRead(ctx context.Context, c *call, in *incidentID) (Case, error) {
	k, x, err := s.theCase(ctx, c, in.ID)
	if err != nil {
		return Case{}, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Case{}, err
	}
	quals, err := s.qualified(ctx, c)
	if err != nil {
		return Case{}, err
	}
	w, err := s.caseWire(ctx, c, a, k, x, quals)
	if err != nil {
		return w, err
	}
	if err := s.caseWords(ctx, c, a, &k, &w); err != nil {
		return w, err
	}
	look := c.entry("case.read", "looks", k.PlaceID, k.PlaceID, k.Path, "audit", map[string]string{"case": k.ID})
	if k.Only != "" {
		look.PlaceID, look.Path, look.ThingID, look.Audience = "", "", k.ID, "hushed"
	}
	_, err = s.Store.Commit(ctx, nil, nil, journal.Change{Entry: look})
	return w, err
}
