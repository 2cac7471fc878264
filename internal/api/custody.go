package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/need"
)

type custodyInput struct {
	ID   string `path:"id"`
	Body struct {
		Leg   string `json:"leg,omitempty" maxLength:"40"`
		To    string `json:"to,omitempty" maxLength:"60" doc:"give, name: account"`
		Post  string `json:"post,omitempty" maxLength:"40" doc:"of the other side"`
		Out   string `json:"out,omitempty" maxLength:"40" doc:"somebody without an account: household, ambulance, reception, pharmacy …"`
		Place string `json:"place,omitempty" maxLength:"60" doc:"with out: which hospital, site"`
		Name  string `json:"name,omitempty" maxLength:"240" doc:"with out: who it is there; sealed"`
		Role  string `json:"role,omitempty" maxLength:"240" doc:"with out: what they are: nurse, crew leader"`
		Org   string `json:"org,omitempty" maxLength:"240" doc:"with out: their unit"`
		Code  string `json:"code,omitempty" maxLength:"20" doc:"give: the four digits that this phone shows; take: those that were read off it"`
		How   string `json:"how,omitempty" maxLength:"40" doc:"end: how; refuse, name: why"`
		Proof string `json:"proof,omitempty" maxLength:"200"`
		At    string `json:"at,omitempty" maxLength:"40" doc:"RFC 3339: when it was said; now when empty"`
	}
}

func (s *Server) custodies() {
	s.transfers()
	type list struct {
		Under string `query:"under"`
		Mine  bool   `query:"mine"`
	}
	read(s, Op{ID: "custody-list", Path: "/custodies", Action: access.CaseRead, Summary: "Who has patients, medicines, keys now: alarms first; yours: what you have and what is offered to you"},
		func(ctx context.Context, c *call, in *list) (Items[Custody], error) {
			out := Items[Custody]{Items: []Custody{}}
			a, err := s.ground(ctx)
			if err != nil {
				return out, err
			}
			if c.viewer.Account() == "" {
				return out, access.ErrSignIn.With()
			}
			keeper, paths := "", s.caseRanges(c, a, in.Under)
			if in.Mine {
				keeper, paths = c.viewer.Account(), []string{""}
			}
			for _, p := range paths {
				ks, err := s.Store.Custodies(ctx, p, keeper)
				if err != nil {
					return out, err
				}
				if in.Mine {
					offered, err := s.offered(ctx, keeper)
					if err != nil {
						return out, err
					}
					ks = append(offered, ks...)
				}
				for _, k := range ks {
					if _, _, _, err := s.theCustody(ctx, c, k.ID); err != nil {
						continue
					}
					w, err := s.custodyWire(ctx, c, a, k, false)
					if err != nil {
						return out, err
					}
					out.Items = append(out.Items, w)
				}
			}
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "custody-of-case", Path: "/cases/{id}/custodies", Action: access.CaseRead, Summary: "The custodies of a case with all that was said"},
		func(ctx context.Context, c *call, in *incidentID) (Items[Custody], error) {
			out := Items[Custody]{Items: []Custody{}}
			k, _, err := s.theCase(ctx, c, in.ID)
			if err != nil {
				return out, err
			}
			a, err := s.ground(ctx)
			if err != nil {
				return out, err
			}
			ks, err := s.Store.CustodiesOf(ctx, k.ID)
			if err != nil {
				return out, err
			}
			for _, x := range ks {
				w, err := s.custodyWire(ctx, c, a, x, true)
				if err != nil {
					return out, err
				}
				out.Items = append(out.Items, w)
			}
			out.Total = len(out.Items)
			return out, nil
		})
	s.custodyTakers()
	for _, v := range []struct {
		verb    custody.Verb
		summary string
	}{
		{custody.Give, "Hand a subject on to the next: half of a hand-over, to be taken by the other"},
		{custody.Take, "Say that you have it: from now on you answer for it"},
		{custody.Refuse, "Refuse what is handed to you: whoever has it goes on answering for it"},
		{custody.Recall, "Take back what you offered"},
		{custody.Name, "At the desk: name who has it now"},
		{custody.End, "Say how it ended"},
	} {
		action := access.CaseRead
		if v.verb == custody.Name {
			action = access.CaseDesk
		}
		write(s, Op{ID: "custody-" + string(v.verb), Path: "/custodies/{id}/" + string(v.verb), Action: action, Summary: v.summary},
			func(ctx context.Context, c *call, in *custodyInput) (Custody, []journal.Change, error) {
				return s.say(ctx, c, v.verb, in)
			})
	}
}

// offered are the open custodies that are offered to an account.
func (s *Server) offered(ctx context.Context, who string) (out []need.Custody, err error) {
	ks, err := s.Store.CustodiesOffered(ctx, who)
	for i := range ks {
		x, err := s.begunBy(ctx, &ks[i])
		if err != nil || x.Chained == nil {
			return out, err
		}
		said, err := s.Store.Halves(ctx, ks[i].ID, false)
		if err != nil {
			return out, err
		}
		if st := ks[i].Reckon(x.Chain(), said); st.Offer != nil && st.Offer.To.Who == who {
			out = append(out, ks[i])
		}
	}
	return out, err
}

// theCustody finds a custody that the caller is part of, or whose case they may know.
func (s *Server) theCustody(ctx context.Context, c *call, id string) (need.Custody, need.Case, *custody.Chain, error) {
	k, ok, err := s.Store.Custody(ctx, id)
	if err != nil {
		return k, need.Case{}, nil, err
	}
	if !ok || c.viewer.Account() == "" {
		return k, need.Case{}, nil, errNotHere(c)
	}
	kase, ok, err := s.Store.Case(ctx, k.CaseID)
	if err != nil || !ok {
		return k, kase, nil, err
	}
	x, err := s.keptItem(ctx, &kase)
	if err != nil {
		return k, kase, nil, err
	}
	quals, err := s.qualified(ctx, c)
	if err != nil {
		return k, kase, nil, err
	}
	begun, err := s.begunBy(ctx, &k)
	if err != nil {
		return k, kase, nil, err
	}
	ch := begun.Chain()
	if ch == nil {
		return k, kase, nil, errNotHere(c)
	}
	if !s.knows(c, &kase, x.Sees, quals) {
		said, err := s.Store.Halves(ctx, k.ID, false)
		if err != nil || !s.party(c, &k, said) {
			return k, kase, nil, errNotHere(c)
		}
	}
	return k, kase, ch, nil
}

// begunBy is the item that a custody began with: its chain holds on, whatever its case is
// put under later.
func (s *Server) begunBy(ctx context.Context, k *need.Custody) (need.Item, error) {
	return s.keptItem(ctx, &need.Case{Book: k.Book})
}

// party says whether the caller has the subject, had it, or is offered it.
func (s *Server) party(c *call, k *need.Custody, said []need.Said) bool {
	me := c.viewer.Account()
	return k.Keeper.Who == me || k.First.Who == me || slices.ContainsFunc(said, func(h need.Said) bool { return h.By.Who == me || h.To.Who == me })
}

// begin makes the rows of the custody that a case's item begins: whoever brought it in
// answers for it first.
func (s *Server) begin(now time.Time, by string, k *need.Case, ch *custody.Chain) ([]journal.Change, error) {
	first := custody.Party{Who: by, Post: k.Desk.Role}
	if by == "" {
		first = custody.Party{Who: "out:household:" + k.PlaceID, Post: "household"}
	}
	x := need.Custody{ID: journal.NewID(now), CaseID: k.ID, Chain: ch.ID, Book: k.Book, Subject: ch.ID, PlaceID: k.PlaceID, Path: k.Path, First: first, Opened: now}
	x.Reckon(ch, nil)
	return []journal.Change{{Row: &x, Entry: s.custodyEntry(now, by, k, &x, "began", nil)}}, nil
}

func (s *Server) custodyEntry(now time.Time, by string, k *need.Case, x *need.Custody, verb string, facts map[string]string) journal.Entry {
	e := s.caseEntry(now, by, k, "x", facts)
	e.Verb, e.Thing, e.ThingID = "custody."+verb, "custodies", x.ID
	return e
}

// custodySaid names each verb as the journal says it.
var custodySaid = map[custody.Verb]string{custody.Give: "given", custody.Take: "taken", custody.Refuse: "refused", custody.Recall: "recalled", custody.Name: "named", custody.End: "ended", custody.Alarm: "alarmed"}

// say records one half and brings the custody up to it. Another tap of a half that
// stands already changes nothing.
func (s *Server) say(ctx context.Context, c *call, verb custody.Verb, in *custodyInput) (Custody, []journal.Change, error) {
	k, kase, ch, said, err := s.heard(ctx, c, verb, in)
	if err != nil {
		return Custody{}, nil, err
	}
	h, err := s.half(ctx, c, &k, &kase, ch, verb, in)
	if err != nil {
		return Custody{}, nil, err
	}
	if st := custody.Reckon(ch, k.First, k.Opened, custody.Until(need.Halves(said), h)); verb == custody.Take && h.Leg == "" && st.Offer != nil {
		h.Leg, in.Body.Leg = ch.Legs[st.Offer.Leg].ID, ch.Legs[st.Offer.Leg].ID // as it was offered
		h.By = s.partyOf(ctx, c, ch, h.Leg)
	}
	if n := len(said); in.Body.At == "" && n > 0 && !said[n-1].At.Before(h.At) && said[n-1].At.Sub(h.At) < time.Second {
		h.At = said[n-1].At.Add(time.Millisecond) // what is said now is said after what was said
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Custody{}, nil, err
	}
	all := need.Halves(said)
	if custody.Repeats(all, h) {
		w, err := s.custodyOf(ctx, c, a, k, kase, ch, said)
		return w, nil, err
	}
	b := in.Body
	tried := "custody|" + k.ID + "|" + c.viewer.Account()
	if verb == custody.Take && h.Code != "" { // four digits are soon guessed
		if wait := s.limiter.Tail(tried, c.now); wait > 0 {
			return Custody{}, nil, access.SlowDown(wait)
		}
	}
	st := custody.Reckon(ch, k.First, k.Opened, custody.Until(all, h))
	had := func(who string) bool {
		return k.First.Who == who || slices.ContainsFunc(said, func(x need.Said) bool {
			return x.Verb == custody.Take && x.By.Who == who || x.Verb == custody.Name && x.To.Who == who
		})
	}
	if err := custody.May(ch, st, k.Opened, had, h, b.Proof, c.now); err != nil {
		return Custody{}, nil, err
	}
	if i := slices.IndexFunc(ch.Legs, func(l custody.Leg) bool { return l.ID == b.Leg }); verb == custody.Take && h.Behalf != "" && i >= 0 && ch.Legs[i].Proof != "" && strings.TrimSpace(b.Proof) == "" {
		return Custody{}, nil, custody.ErrProof.With(fault.Word{ZH: ch.Legs[i].ZH, EN: ch.Legs[i].EN}, ch.Legs[i].Proof).At("proof")
	}
	if verb == custody.Take {
		s.limiter.TailRight(tried)
	}
	row := need.Said{Half: h, CustodyID: k.ID, Recorded: c.now, Proof: b.Proof, Named: need.Named{Name: b.Name, Role: b.Role, Org: b.Org}.Trim()}
	if !row.Named.Fits() || !row.Named.Empty() && b.Out == "" {
		return Custody{}, nil, need.ErrNamed.With().At("name")
	}
	if verb == custody.Give {
		row.Shown = b.Code
	}
	base := k.Version
	k.Reckon(ch, append(said, row))
	next := k
	w, err := s.custodyOf(ctx, c, a, k, kase, ch, append(said, row))
	return w, []journal.Change{{Row: &next, Base: base, Entry: s.custodyEntry(c.now, c.viewer.Account(), &kase, &k, custodySaid[verb], map[string]string{"leg": b.Leg})}, {Row: &row}}, err
}

// heard finds the custody that something is said about, with what was said so far. Who
// takes by the code that its giver shows needs no other right to know of it.
func (s *Server) heard(ctx context.Context, c *call, verb custody.Verb, in *custodyInput) (k need.Custody, kase need.Case, ch *custody.Chain, said []need.Said, err error) {
	k, kase, ch, err = s.theCustody(ctx, c, in.ID)
	if err != nil && (verb != custody.Take || in.Body.Code == "" || c.viewer.Account() == "") {
		return k, kase, ch, nil, err
	}
	hidden := err
	if hidden != nil {
		if wait := s.limiter.Tail("custody|"+in.ID+"|"+c.viewer.Account(), c.now); wait > 0 {
			return k, kase, ch, nil, access.SlowDown(wait)
		}
		if k, kase, ch, err = s.codeShown(ctx, in.ID, in.Body.Code, c.now); err != nil {
			return k, kase, ch, nil, err
		}
		if ch == nil {
			return k, kase, ch, nil, hidden
		}
	}
	said, err = s.Store.Halves(ctx, k.ID, true)
	return k, kase, ch, unproved(said), err
}

// codeShown finds the custody whose present keeper shows this code; no chain when none does.
func (s *Server) codeShown(ctx context.Context, id, code string, now time.Time) (k need.Custody, kase need.Case, ch *custody.Chain, err error) {
	k, ok, err := s.Store.Custody(ctx, id)
	if err != nil || !ok {
		return k, kase, nil, err
	}
	x, err := s.begunBy(ctx, &k)
	if err != nil {
		return k, kase, nil, err
	}
	said, err := s.Store.Halves(ctx, id, false)
	if err != nil {
		return k, kase, nil, err
	}
	ch = x.Chain()
	if st := k.Reckon(ch, said); st.Offer == nil || st.Offer.Code == "" || st.Offer.Code != s.Store.CodeMark(id, code) || now.After(st.Offer.At.Add(ch.Take)) {
		return k, kase, nil, nil
	}
	kase, ok, err = s.Store.Case(ctx, k.CaseID)
	if !ok {
		return k, kase, nil, err
	}
	return k, kase, ch, err
}

// half is what the caller says, by whom and for whom it counts.
func (s *Server) half(ctx context.Context, c *call, k *need.Custody, kase *need.Case, ch *custody.Chain, verb custody.Verb, in *custodyInput) (h custody.Half, err error) {
	b := in.Body
	if b.Code != "" && !fourDigits(b.Code) {
		return h, custody.ErrDigits.With().At("code")
	}
	h = custody.Half{ID: journal.NewID(c.now), Verb: verb, By: s.partyOf(ctx, c, ch, b.Leg), Leg: b.Leg, How: b.How, At: c.now}
	if verb == custody.Give || verb == custody.Take || verb == custody.Refuse {
		h.Code = s.Store.CodeMark(k.ID, b.Code)
	}
	if c.op != nil {
		h.ID = c.op.ID
	}
	if b.At != "" {
		if h.At, err = time.Parse(time.RFC3339, b.At); err != nil {
			return h, custody.ErrSoon.With(b.At).At("at")
		}
		h.At = h.At.UTC().Truncate(time.Millisecond)
	}
	other := custody.Party{Who: b.To, Post: b.Post}
	if b.Out != "" {
		other = custody.Party{Who: "out:" + b.Out + ":" + b.Place, Post: b.Out}
	}
	desk := s.onDesk(c, kase.Desk) || s.onDesk(c, kase.Above)
	if (verb == custody.Give || verb == custody.Recall) && desk && (strings.HasPrefix(k.Keeper.Who, "out:") || strings.HasPrefix(k.Keeper.Who, byLink)) { // who has it has no account: the desk says it for them
		h.By, h.Behalf = k.Keeper, c.viewer.Account()
	}
	switch verb {
	case custody.Give, custody.Name:
		h.To = other
		if verb == custody.Name {
			if !desk {
				return h, access.ErrForbidden.With()
			}
			h.Behalf = c.viewer.Account()
		}
	case custody.Take, custody.Refuse, custody.End:
		if b.Out != "" && (desk || k.Keeper.Who == c.viewer.Account()) { // for somebody without an account
			h.By, h.Behalf = other, c.viewer.Account()
		} else if verb == custody.End && desk {
			h.Behalf = c.viewer.Account()
		}
	}
	return h, nil
}

func fourDigits(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == ""
}

// partyOf is the caller as one who can answer: with the post or role that the leg asks
// for, where they hold one.
func (s *Server) partyOf(ctx context.Context, c *call, ch *custody.Chain, leg string) custody.Party {
	var held []string
	if posts, err := s.heldItems(ctx, c); err == nil {
		held = posts
	}
	for _, g := range c.viewer.Grants() {
		held = append(held, string(g.Role))
	}
	out := custody.Party{Who: c.viewer.Account()}
	if len(held) > 0 {
		out.Post = held[0]
	}
	for _, l := range ch.Legs {
		if l.ID != leg {
			continue
		}
		for _, h := range held {
			if slices.Contains(l.By, h) {
				out.Post = h
			}
		}
	}
	return out
}

// heldItems are the post items that the caller fills.
func (s *Server) heldItems(ctx context.Context, c *call) ([]string, error) {
	mine, err := s.myPosts(ctx, c)
	if err != nil || len(mine) == 0 {
		return nil, err
	}
	var out []string
	for id := range mine {
		p, ok, err := s.Store.Post(ctx, id)
		if err != nil {
			return nil, err
		}
		if ok && !slices.Contains(out, p.Item) {
			out = append(out, p.Item)
		}
	}
	slices.Sort(out)
	return out, nil
}

// AlarmByClock makes the rows of an alarm that is due by now, for the worker; none when
// nothing is due any more.
func (s *Server) AlarmByClock(ctx context.Context, k need.Custody, now time.Time, by string) ([]journal.Change, error) {
	kase, ok, err := s.Store.Case(ctx, k.CaseID)
	if err != nil || !ok {
		return nil, err
	}
	x, err := s.begunBy(ctx, &k)
	if err != nil || x.Chained == nil {
		return nil, err
	}
	ch := x.Chain()
	said, err := s.Store.Halves(ctx, k.ID, false)
	if err != nil {
		return nil, err
	}
	base := k.Version
	st := k.Reckon(ch, said)
	due, open := st.Next(ch)
	if !open || now.Before(due) {
		return nil, nil
	}
	row := need.Said{Half: custody.Half{ID: "alarm|" + k.ID + "|" + due.UTC().Format(time.RFC3339Nano), Verb: custody.Alarm, By: custody.Party{Who: by}, At: now}, CustodyID: k.ID, Recorded: now}
	k.Reckon(ch, append(said, row))
	next := k
	return []journal.Change{{Row: &next, Base: base, Entry: s.custodyEntry(now, by, &kase, &k, "alarmed", nil)}, {Row: &row}}, nil
}
