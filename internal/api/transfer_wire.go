package api

import (
	"context"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/custody"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/store"
)

// Transfer is a batch of persons on their way to central isolation, or home again.
type Transfer struct {
	ID        string          `json:"id"`
	PlaceID   string          `json:"place_id"`
	PlaceName string          `json:"place_name"`
	Vehicle   string          `json:"vehicle"`
	Seats     int             `json:"seats"`
	Driver    string          `json:"driver" doc:"by name; empty: an ambulance of 120"`
	DriverID  string          `json:"driver_id"`
	Site      string          `json:"site"`
	Basis     string          `json:"basis"`
	Until     string          `json:"until" doc:"end of the measure"`
	Opened    string          `json:"opened"`
	OpenedBy  string          `json:"opened_by"`
	Legs      []CustodyLeg    `json:"legs" nullable:"false"`
	People    []TransferThing `json:"people" nullable:"false"`
	Stays     []TransferThing `json:"stays" nullable:"false" doc:"what stayed behind, each with who answers for it"`
	Missing   int             `json:"missing" doc:"persons whose hand-over has raised an alarm"`
}

// TransferThing is one person of a batch, or something that stayed behind.
type TransferThing struct {
	ID      string       `json:"id" doc:"its custody"`
	CaseID  string       `json:"case_id"`
	Title   Words        `json:"title"`
	Name    string       `json:"name" doc:"of a person, as the viewer may see it"`
	Door    string       `json:"door"`
	Keeper  CustodyParty `json:"keeper"`
	Leg     string       `json:"leg"`
	LegName Words        `json:"leg_name"`
	Due     string       `json:"due"`
	Level   int          `json:"level"`
	Offered bool         `json:"offered" doc:"handed on, and not taken yet"`
	Proof   bool         `json:"proof" doc:"whoever has it named a proof: at the site, its receipt"`
	Ended   string       `json:"ended"`
	How     Words        `json:"how"`
}

// TransferAsk is what a batch has to say at a place: its chains and who may answer first.
type TransferAsk struct {
	Asked   []TransferQuestion `json:"asked" nullable:"false"`
	Drivers []CustodyParty     `json:"drivers" nullable:"false"`
}

// TransferQuestion is one thing that a household is asked about.
type TransferQuestion struct {
	Chain   string         `json:"chain"`
	Title   Words          `json:"title"`
	Subject Words          `json:"subject"`
	Who     []CustodyParty `json:"who" nullable:"false" doc:"who may answer for it first"`
}

type transferSayInput struct {
	ID   string `path:"id"`
	Verb string `path:"verb" enum:"give,take,refuse,recall,end"`
	Body struct {
		Custodies []string `json:"custodies,omitempty" maxItems:"200"`
		Leg       string   `json:"leg,omitempty" maxLength:"40"`
		To        string   `json:"to,omitempty" maxLength:"60"`
		Out       string   `json:"out,omitempty" maxLength:"40"`
		Code      string   `json:"code,omitempty" maxLength:"20"`
		How       string   `json:"how,omitempty" maxLength:"40"`
		Proof     string   `json:"proof,omitempty" maxLength:"200"`
	}
}

func (s *Server) transfers() {
	write(s, Op{ID: "transfer-open", Path: "/transfers", Action: access.CaseOpen, Summary: "Persons go to central isolation together: vehicle, site, basis and end, and what stays behind at each home"}, s.transferOpen)
	read(s, Op{ID: "transfer-asked", Path: "/places/{id}/transfer", Action: access.CaseOpen, Summary: "What a transfer has to answer at a place: what may stay behind, who may mind it, who drives"}, s.transferAsked)
	type list struct {
		Under string `query:"under"`
	}
	read(s, Op{ID: "transfer-list", Path: "/transfers", Action: access.CaseRead, Summary: "Transfers at your places, the newest first"},
		func(ctx context.Context, c *call, in *list) (Items[Transfer], error) {
			out := Items[Transfer]{Items: []Transfer{}}
			a, err := s.ground(ctx)
			if err != nil {
				return out, err
			}
			if c.viewer.Account() == "" {
				return out, access.ErrSignIn.With()
			}
			for _, path := range s.caseRanges(c, a, in.Under) {
				ts, err := s.Store.Transfers(ctx, path)
				if err != nil {
					return out, err
				}
				for _, t := range ts {
					if s.may(c, access.CaseRead, t.Path) != nil {
						continue
					}
					w, err := s.transferWire(ctx, c, a, t)
					if err != nil {
						return out, err
					}
					out.Items = append(out.Items, w)
				}
			}
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "transfer-read", Path: "/transfers/{id}", Action: access.CaseRead, Summary: "One transfer: who is where, and what stayed behind with whom"},
		func(ctx context.Context, c *call, in *incidentID) (Transfer, error) {
			a, t, _, err := s.theTransfer(ctx, c, in.ID)
			if err != nil {
				return Transfer{}, err
			}
			return s.transferWire(ctx, c, a, t)
		})
	write(s, Op{ID: "transfer-say", Path: "/transfers/{id}/{verb}", Action: access.CaseRead, Summary: "One half of a hand-over for several persons of a transfer: all of them or none"}, s.transferSay)
}

// theTransfer finds a batch that the caller may read cases at, or is part of.
func (s *Server) theTransfer(ctx context.Context, c *call, id string) (*Atlas, need.Batch, []need.Custody, error) {
	t, ok, err := s.Store.Transfer(ctx, id)
	if err != nil {
		return nil, t, nil, err
	}
	if !ok || c.viewer.Account() == "" {
		return nil, t, nil, errNotHere(c)
	}
	a, err := s.ground(ctx)
	if err != nil {
		return nil, t, nil, err
	}
	ks, err := s.Store.CustodiesOfBatch(ctx, id)
	if err != nil {
		return nil, t, nil, err
	}
	if s.may(c, access.CaseRead, t.Path) != nil && (t.Driver == "" || t.Driver != c.viewer.Account()) {
		return nil, t, nil, errNotHere(c)
	}
	return a, t, ks, nil
}

// transferSay says the same of several custodies of a batch in one act.
func (s *Server) transferSay(ctx context.Context, c *call, in *transferSayInput) (Transfer, []journal.Change, error) {
	a, t, ks, err := s.theTransfer(ctx, c, in.ID)
	if err != nil {
		return Transfer{}, nil, err
	}
	if len(in.Body.Custodies) == 0 {
		return Transfer{}, nil, need.ErrBatch.With("选中的人", "who is meant").At("custodies")
	}
	var changes []journal.Change
	for _, id := range in.Body.Custodies {
		if !slices.ContainsFunc(ks, func(k need.Custody) bool { return k.ID == id }) {
			return Transfer{}, nil, errNotHere(c)
		}
		one := custodyInput{ID: id}
		one.Body.Leg, one.Body.To, one.Body.Out, one.Body.Code, one.Body.How, one.Body.Proof = in.Body.Leg, in.Body.To, in.Body.Out, in.Body.Code, in.Body.How, in.Body.Proof
		sub := *c
		if c.op != nil { // each half is an operation of its own
			op := *c.op
			op.ID += "|" + id
			sub.op = &op
		}
		_, more, err := s.say(ctx, &sub, custody.Verb(in.Verb), &one)
		if err != nil {
			return Transfer{}, nil, err
		}
		changes = append(changes, more...)
	}
	return s.transferHead(ctx, a, t), changes, nil
}

func (s *Server) transferHead(ctx context.Context, a *Atlas, t need.Batch) Transfer {
	return Transfer{ID: t.ID, PlaceID: t.PlaceID, PlaceName: a.FullName(t.Path), Vehicle: t.Vehicle, Seats: t.Seats, Driver: s.accountName(ctx, t.Driver), DriverID: t.Driver, Site: t.Site, Basis: t.Basis, Until: stamp(t.Until),
		Opened: stamp(t.Opened), OpenedBy: s.accountName(ctx, t.OpenedBy), Legs: []CustodyLeg{}, People: []TransferThing{}, Stays: []TransferThing{}}
}

func (s *Server) transferWire(ctx context.Context, c *call, a *Atlas, t need.Batch) (Transfer, error) {
	w := s.transferHead(ctx, a, t)
	ks, err := s.Store.CustodiesOfBatch(ctx, t.ID)
	if err != nil {
		return w, err
	}
	for _, k := range ks {
		o, err := s.custodyWire(ctx, c, a, k, false)
		if err != nil {
			return w, err
		}
		x := TransferThing{ID: k.ID, CaseID: k.CaseID, Title: o.Subject, Door: o.PlaceName, Keeper: o.Keeper, Leg: o.Leg, Due: o.Due, Level: o.Level, Offered: o.Offer != nil, Ended: o.Ended, How: o.How}
		for i, l := range o.Legs {
			if l.ID == o.Leg {
				x.LegName = l.Title
				x.Proof = l.Proof != "" && i > 0
			}
		}
		if k.PersonID == "" {
			w.Stays = append(w.Stays, x)
			continue
		}
		p, ok, err := s.Store.Person(ctx, k.PersonID, store.Clear{})
		if err != nil {
			return w, err
		}
		if ok {
			r, err := s.resident(ctx, c, a, p, "")
			if err != nil {
				return w, err
			}
			x.Name, x.Door = r.Name, r.Door
		}
		if x.Level > 0 && x.Ended == "" {
			w.Missing++
		}
		w.Legs = o.Legs
		w.People = append(w.People, x)
	}
	return w, nil
}

// transferAsked says what a batch has to answer at a place.
func (s *Server) transferAsked(ctx context.Context, c *call, in *incidentID) (TransferAsk, error) {
	out := TransferAsk{Asked: []TransferQuestion{}, Drivers: []CustodyParty{}}
	a, p, err := s.doorway(ctx, c, access.CaseOpen, in.ID)
	if err != nil {
		return out, err
	}
	x, err := s.item(ctx, c, a, p, transferItem)
	if err != nil {
		return out, err
	}
	left, asked, err := s.staysBehind(ctx, c, a, p, x)
	if err != nil {
		return out, err
	}
	incident := ""
	if f, err := s.force(ctx, c.now); err == nil {
		incident = incidentAt(f, p.Path)
	}
	people := func(by []string) ([]CustodyParty, error) {
		found, err := s.takers(ctx, c, a, p.Path, incident, by)
		ws := []CustodyParty{}
		for _, f := range found {
			ws = append(ws, s.partyWire(ctx, a, x.Chained, f))
		}
		return ws, err
	}
	for _, id := range asked {
		ch := left[id].Chained
		who, err := people(ch.Legs[0].By)
		if err != nil {
			return out, err
		}
		out.Asked = append(out.Asked, TransferQuestion{id, words(ch.Title), words(ch.Subject), who})
	}
	if x.Chained != nil && len(x.Chained.Legs) > 1 {
		out.Drivers, err = people(x.Chained.Legs[1].By)
	}
	return out, err
}
