package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/need"
)

// Custody is who has a case's subject now, and how it came to that.
type Custody struct {
	ID        string        `json:"id"`
	CaseID    string        `json:"case_id"`
	Number    string        `json:"number"`
	Title     Words         `json:"title"`
	Subject   Words         `json:"subject"`
	PlaceID   string        `json:"place_id"`
	PlaceName string        `json:"place_name"`
	Keeper    CustodyParty  `json:"keeper" doc:"who answers for it now: always somebody"`
	Mine      bool          `json:"mine"`
	Leg       string        `json:"leg"`
	Since     string        `json:"since"`
	Due       string        `json:"due" doc:"by when the next hand-over is to have happened"`
	Next      string        `json:"next" doc:"when the next alarm is raised"`
	Level     int           `json:"level" doc:"alarms raised since the present keeper has it"`
	Offer     *CustodyOffer `json:"offer"`
	Gaps      []CustodyGap  `json:"gaps" nullable:"false" doc:"takings that nobody gave: the desk asks"`
	Refused   []string      `json:"refused" nullable:"false"`
	Ended     string        `json:"ended"`
	How       Words         `json:"how"`
	Legs      []CustodyLeg  `json:"legs" nullable:"false"`
	Said      []CustodyHalf `json:"said" nullable:"false"`
	OnDesk    bool          `json:"on_desk" doc:"this viewer may name who has it"`
	Version   int64         `json:"version"`
}

func (w Custody) brief() any { w.Said = []CustodyHalf{}; return w }

// CustodyParty is one who can answer for a subject.
type CustodyParty struct {
	Who   string `json:"who" doc:"account, or out:word:place for somebody without one"`
	Name  string `json:"name"`
	Post  string `json:"post"`
	Title Words  `json:"title"`
}

// CustodyOffer is a hand-over that waits for its other half.
type CustodyOffer struct {
	To   CustodyParty `json:"to"`
	Leg  string       `json:"leg"`
	At   string       `json:"at"`
	Mine bool         `json:"mine" doc:"it is offered to this viewer"`
}

// CustodyGap is a taking without its giving.
type CustodyGap struct {
	From CustodyParty `json:"from"`
	To   CustodyParty `json:"to"`
	At   string       `json:"at"`
}

// CustodyLeg is one stretch of the chain.
type CustodyLeg struct {
	ID    string      `json:"id"`
	Title Words       `json:"title"`
	By    []string    `json:"by" nullable:"false"`
	Proof string      `json:"proof"`
	Ends  []NamedWord `json:"ends" nullable:"false"`
}

// NamedWord is an id with its words.
type NamedWord struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
}

// CustodyHalf is one thing that was said.
type CustodyHalf struct {
	ID       string        `json:"id"`
	Verb     string        `json:"verb" enum:"give,take,refuse,recall,name,end,alarm"`
	By       CustodyParty  `json:"by"`
	To       *CustodyParty `json:"to"`
	Leg      string        `json:"leg"`
	How      string        `json:"how"`
	At       string        `json:"at"`
	Recorded string        `json:"recorded"`
	Behalf   string        `json:"behalf" doc:"who wrote it down for them"`
	Proof    string        `json:"proof"`
}

type custodyInput struct {
	ID   string `path:"id"`
	Body struct {
		Leg   string `json:"leg,omitempty" maxLength:"40"`
		To    string `json:"to,omitempty" maxLength:"60" doc:"give, name: account"`
		Post  string `json:"post,omitempty" maxLength:"40" doc:"of the other side"`
		Out   string `json:"out,omitempty" maxLength:"40" doc:"somebody without an account: household, ambulance, reception, pharmacy …"`
		Place string `json:"place,omitempty" maxLength:"60" doc:"with out: which hospital, site"`
		Code  string `json:"code,omitempty" maxLength:"20" doc:"what the giver's phone showed"`
		How   string `json:"how,omitempty" maxLength:"40" doc:"end: how; refuse, name: why"`
		Proof string `json:"proof,omitempty" maxLength:"200"`
		At    string `json:"at,omitempty" maxLength:"40" doc:"RFC 3339: when it was said; now when empty"`
	}
}

func (s *Server) custodies() {
	type list struct {
		Under string `query:"under"`
		Mine  bool   `query:"mine"`
	}
	read(s, Op{ID: "custody-list", Path: "/custodies", Action: access.CaseRead, Summary: "Who has patients, medicines, keys now: alarms first"},
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

// say records one half and brings the custody up to it.
func (s *Server) say(ctx context.Context, c *call, verb custody.Verb, in *custodyInput) (Custody, []journal.Change, error) {
	k, kase, ch, err := s.theCustody(ctx, c, in.ID)
	if err != nil {
		return Custody{}, nil, err
	}
	b := in.Body
	h := custody.Half{ID: journal.NewID(c.now), Verb: verb, By: s.partyOf(ctx, c, ch, b.Leg), Leg: b.Leg, How: b.How, Code: b.Code, At: c.now}
	if c.op != nil {
		h.ID = c.op.ID
	}
	if b.At != "" {
		if h.At, err = time.Parse(time.RFC3339, b.At); err != nil {
			return Custody{}, nil, custody.ErrSoon.With(b.At).At("at")
		}
		h.At = h.At.UTC()
	}
	other := custody.Party{Who: b.To, Post: b.Post}
	if b.Out != "" {
		other = custody.Party{Who: "out:" + b.Out + ":" + b.Place, Post: b.Out}
	}
	desk := s.onDesk(c, kase.Desk) || s.onDesk(c, kase.Above)
	if (verb == custody.Give || verb == custody.Recall) && desk && strings.HasPrefix(k.Keeper.Who, "out:") { // who has it has no account: the desk says it for them
		h.By, h.Behalf = k.Keeper, c.viewer.Account()
	}
	switch verb {
	case custody.Give, custody.Name:
		h.To = other
		if verb == custody.Name {
			if !desk {
				return Custody{}, nil, access.ErrForbidden.With()
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
	said, err := s.Store.Halves(ctx, k.ID, false)
	if err != nil {
		return Custody{}, nil, err
	}
	var before []custody.Half
	for _, x := range said {
		if x.At.Before(h.At) {
			before = append(before, x.Half)
		}
	}
	st := custody.Reckon(ch, k.First, k.Opened, before)
	had := func(who string) bool {
		return k.First.Who == who || slices.ContainsFunc(said, func(x need.Said) bool {
			return x.Verb == custody.Take && x.By.Who == who || x.Verb == custody.Name && x.To.Who == who
		})
	}
	if err := custody.May(ch, st, k.Opened, had, h, b.Proof, c.now); err != nil {
		return Custody{}, nil, err
	}
	if i := slices.IndexFunc(ch.Legs, func(l custody.Leg) bool { return l.ID == b.Leg }); verb == custody.Take && h.Behalf != "" && i >= 0 && ch.Legs[i].Proof != "" && strings.TrimSpace(b.Proof) == "" {
		return Custody{}, nil, custody.ErrProof.With(b.Leg, ch.Legs[i].Proof).At("proof")
	}
	row := need.Said{Half: h, CustodyID: k.ID, Recorded: c.now, Proof: b.Proof}
	base := k.Version
	k.Reckon(ch, append(said, row))
	a, err := s.ground(ctx)
	if err != nil {
		return Custody{}, nil, err
	}
	next := k
	w, err := s.custodyOf(ctx, c, a, k, kase, ch, append(said, row))
	return w, []journal.Change{{Row: &next, Base: base, Entry: s.custodyEntry(c.now, c.viewer.Account(), &kase, &k, custodySaid[verb], map[string]string{"leg": b.Leg})}, {Row: &row}}, err
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

func (s *Server) custodyWire(ctx context.Context, c *call, a *Atlas, k need.Custody, proofs bool) (Custody, error) {
	kase, _, err := s.Store.Case(ctx, k.CaseID)
	if err != nil {
		return Custody{}, err
	}
	x, err := s.begunBy(ctx, &k)
	if err != nil {
		return Custody{}, err
	}
	said, err := s.Store.Halves(ctx, k.ID, proofs)
	if err != nil {
		return Custody{}, err
	}
	return s.custodyOf(ctx, c, a, k, kase, x.Chain(), said)
}

func (s *Server) custodyOf(ctx context.Context, c *call, a *Atlas, k need.Custody, kase need.Case, ch *custody.Chain, said []need.Said) (Custody, error) {
	x, err := s.begunBy(ctx, &k)
	if err != nil || ch == nil {
		return Custody{}, err
	}
	st := k.Reckon(ch, said)
	me := c.viewer.Account()
	party := func(p custody.Party) CustodyParty { return s.partyWire(ctx, a, x.Chained, p) }
	w := Custody{ID: k.ID, CaseID: k.CaseID, Number: kase.Number, Title: words(x.Chained.Title), Subject: words(x.Chained.Subject), PlaceID: k.PlaceID, PlaceName: a.FullName(k.Path), Keeper: party(st.Keeper),
		Mine: st.Keeper.Who == me && !st.Over(), Leg: ch.Legs[st.Leg].ID, Since: stamp(st.Since), Due: stamp(st.Due), Next: stamp(k.Next), Level: st.Level, Gaps: []CustodyGap{}, Refused: []string{}, Ended: stamp(st.Ended),
		Legs: []CustodyLeg{}, Said: []CustodyHalf{}, OnDesk: s.onDesk(c, kase.Desk) || s.onDesk(c, kase.Above), Version: k.Version}
	if st.Over() {
		w.Due = ""
	}
	if st.Offer != nil {
		w.Offer = &CustodyOffer{party(st.Offer.To), ch.Legs[st.Offer.Leg].ID, stamp(st.Offer.At), st.Offer.To.Who == me}
	}
	for _, g := range st.Gaps {
		w.Gaps = append(w.Gaps, CustodyGap{party(g.From), party(g.To), stamp(g.At)})
	}
	for _, r := range st.Refused {
		w.Refused = append(w.Refused, party(r).Name)
	}
	for _, l := range x.Chained.Legs {
		leg := CustodyLeg{l.ID, words(l.Title), l.By, l.Proof, []NamedWord{}}
		for _, e := range l.Ends {
			leg.Ends = append(leg.Ends, NamedWord{e.ID, words(e.Title)})
			if e.ID == st.How {
				w.How = words(e.Title)
			}
		}
		w.Legs = append(w.Legs, leg)
	}
	for _, h := range said {
		e := CustodyHalf{ID: h.ID, Verb: string(h.Verb), By: party(h.By), Leg: h.Leg, How: h.How, At: stamp(h.At), Recorded: stamp(h.Recorded), Behalf: s.accountName(ctx, h.Behalf), Proof: h.Proof}
		if h.To.Who != "" {
			to := party(h.To)
			e.To = &to
		}
		w.Said = append(w.Said, e)
	}
	return w, nil
}

// partyWire names a party: by account, or by the word for somebody without one and the
// place they are at.
func (s *Server) partyWire(ctx context.Context, a *Atlas, ch *mode.ChainItem, p custody.Party) CustodyParty {
	w := CustodyParty{Who: p.Who, Post: p.Post}
	if rest, out := strings.CutPrefix(p.Who, "out:"); out {
		kind, place, _ := strings.Cut(rest, ":")
		for _, o := range mode.Outsiders {
			if o.ID == kind {
				w.Title = words(o.Title)
			}
		}
		if x, ok := a.Place(place); ok {
			w.Name = x.Name
		}
		return w
	}
	w.Name = s.accountName(ctx, p.Who)
	info, ok := access.Role(p.Post).Info()
	if ok {
		w.Title = Words{info.ZH, info.EN}
	}
	return w
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
