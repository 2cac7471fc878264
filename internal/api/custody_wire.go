package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/custody"
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
	Batch     string        `json:"batch" doc:"the transfer that it is part of"`
	Version   int64         `json:"version"`
}

func (w Custody) brief() any {
	w.Said = []CustodyHalf{}
	if w.Offer != nil {
		o := *w.Offer
		o.Code, w.Offer = "", &o
	}
	return w
}

// CustodyParty is one who can answer for a subject.
type CustodyParty struct {
	Who   string `json:"who" doc:"account, or out:word:place for somebody without one"`
	Name  string `json:"name"`
	Post  string `json:"post"`
	Title Words  `json:"title"`
}

// CustodyOffer is a hand-over that waits for its other half.
type CustodyOffer struct {
	To    CustodyParty `json:"to"`
	Leg   string       `json:"leg"`
	At    string       `json:"at"`
	Mine  bool         `json:"mine" doc:"it is offered to this viewer"`
	Coded bool         `json:"coded" doc:"the giver's phone shows a code, which the taker reads"`
	Code  string       `json:"code" doc:"the code; to whoever shows it alone"`
	Until string       `json:"until" doc:"the code is good until then"`
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
	Whole    bool          `json:"whole" doc:"take, name: the giver said so too, or the desk did"`
	Coded    bool          `json:"coded" doc:"take: by the code that the giver showed"`
	Named    *CustodyNamed `json:"named" doc:"who it is of those without an account"`
}

// CustodyNamed is somebody without an account who took a subject.
type CustodyNamed struct {
	Name string `json:"name"`
	Role string `json:"role"`
	Org  string `json:"org"`
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
	said, err := s.Store.Halves(ctx, k.ID, true)
	if err != nil {
		return Custody{}, err
	}
	if !proofs {
		said = unproved(said)
	}
	return s.custodyOf(ctx, c, a, k, kase, x.Chain(), said)
}

// unproved leaves out the proofs, which are for who may read the case.
func unproved(said []need.Said) []need.Said {
	for i := range said {
		said[i].Proof = ""
	}
	return said
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
		Legs: []CustodyLeg{}, Said: []CustodyHalf{}, OnDesk: s.onDesk(c, kase.Desk) || s.onDesk(c, kase.Above), Batch: k.Batch, Version: k.Version}
	if st.Over() {
		w.Due = ""
	}
	if st.Offer != nil {
		w.Offer = s.offerWire(c, ch, st, said, party(st.Offer.To))
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
		if !h.Named.Empty() {
			e.Named = &CustodyNamed{h.Named.Name, h.Named.Role, h.Named.Org}
		}
		if i := slices.IndexFunc(st.Hands, func(x custody.Hand) bool { return x.ID == h.ID }); i >= 0 {
			e.Whole, e.Coded = st.Hands[i].Whole, st.Hands[i].Coded
		}
		if h.To.Who != "" {
			to := party(h.To)
			e.To = &to
		}
		w.Said = append(w.Said, e)
	}
	return w, nil
}

// offerWire is the hand-over that waits. Its code is shown to whoever offered it, and to
// nobody else.
func (s *Server) offerWire(c *call, ch *custody.Chain, st custody.State, said []need.Said, to CustodyParty) *CustodyOffer {
	o, me := st.Offer, c.viewer.Account()
	w := &CustodyOffer{To: to, Leg: ch.Legs[o.Leg].ID, At: stamp(o.At), Mine: o.To.Who == me, Coded: o.Code != ""}
	if w.Coded {
		w.Until = stamp(o.At.Add(ch.Take))
	}
	for _, h := range said {
		if h.Verb == custody.Give && h.At.Equal(o.At) && h.Code == o.Code && (h.By.Who == me || h.Behalf == me) {
			w.Code = h.Shown
		}
	}
	return w
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
	if id, ok := strings.CutPrefix(p.Who, byLink); ok {
		if hs, err := s.Store.Helpers(ctx, []string{id}); err == nil && len(hs) > 0 {
			w.Name = hs[0].Name
		}
	}
	info, ok := access.Role(p.Post).Info()
	if ok {
		w.Title = Words{info.ZH, info.EN}
	} else if p.Post == askedPost {
		w.Title = Words{"被叫来的帮手", "Helper who was asked"}
	}
	return w
}
