package api

import (
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// ErrWho says that somebody does not work at a desk.
var ErrWho = fault.Define(fault.Invalid, "SW-2420", "这个账号不在这家办事处当班，不能派给他。没有改动，请另选一人或转办。", "This account does not work at the desk, so the case cannot be assigned to it. Nothing was changed; choose somebody else or transfer it.")

type caseMoveInput struct {
	ID   string `path:"id"`
	Body struct {
		Words   string   `json:"words,omitempty" maxLength:"4000"`
		Proof   string   `json:"proof,omitempty" maxLength:"400" doc:"answer: what proves it"`
		MetBy   string   `json:"met_by,omitempty" maxLength:"20" doc:"answer: government, community, volunteer, neighbour, self"`
		PlaceID string   `json:"place_id,omitempty" maxLength:"60" doc:"transfer: where to; the nearest desk of the role when empty"`
		Role    string   `json:"role,omitempty" maxLength:"20" doc:"transfer: to whom there"`
		Who     string   `json:"who,omitempty" maxLength:"60" doc:"assign: account"`
		Item    string   `json:"item,omitempty" maxLength:"60" doc:"triage: catalogue item"`
		Why     string   `json:"why,omitempty" maxLength:"40" doc:"pause: one of the item's reasons"`
		Until   string   `json:"until,omitempty" maxLength:"40" doc:"pause: RFC 3339 or a civil day"`
		Rating  int      `json:"rating,omitempty" doc:"confirm: 1 to 3"`
		Same    string   `json:"same,omitempty" maxLength:"60" doc:"join: the case whose answer answers this too"`
		Also    []string `json:"also,omitempty" maxItems:"50" doc:"answer: other cases of the same item that this answers as well; each resident says for themselves"`
	}
}

// caseVerbs are the operations that move a case, and what each is in words.
var caseVerbs = []struct {
	verb    need.Verb
	summary string
}{
	{need.Take, "Take a case that lies at your desk"},
	{need.Release, "Put a case back that you took"},
	{need.Assign, "Give a case of your desk to somebody who works there"},
	{need.Triage, "Put a case under another item of the catalogue; its time goes on from the opening"},
	{need.Transfer, "Offer a case to another desk; silence grants it"},
	{need.Accept, "Accept a case that was offered to your desk"},
	{need.Return, "Send an offered case back, with a reason"},
	{need.Pause, "Let a case wait, for one of the item's reasons and a time"},
	{need.Resume, "Go on with a case before its pause is over"},
	{need.Note, "Write down how it goes"},
	{need.Join, "Let another case's answer answer this one too"},
	{need.Reply, "Answer: what was done, by whom, and what proves it; whoever asked still has the last word"},
	{need.Confirm, "Write down that whoever asked agrees (by telephone); never by who answered"},
	{need.Reopen, "Write down that whoever asked does not agree; it goes back to who answered"},
	{need.Withdraw, "Write down that whoever asked does not need it any more"},
}

func (s *Server) caseMoves() {
	s.boardDesk()
	read(s, Op{ID: "case-staff", Path: "/cases/{id}/staff", Action: access.CaseDesk, Summary: "To whom a case can be assigned, and where it goes when nobody holds its desk's role"}, s.caseStaff)
	for _, v := range caseVerbs {
		action := access.CaseDesk
		if noted(v.verb) {
			action = access.CaseOpen
		}
		write(s, Op{ID: "case-" + string(v.verb), Path: "/cases/{id}/" + string(v.verb), Action: action, Summary: v.summary},
			func(ctx context.Context, c *call, in *caseMoveInput) (Case, []journal.Change, error) {
				return s.caseMove(ctx, c, v.verb, in)
			})
	}
}

// noted are the verbs of whoever asked, which somebody else writes down here.
func noted(v need.Verb) bool { return v == need.Confirm || v == need.Reopen || v == need.Withdraw }

// mayMove says why the caller may not move a case so, nil when they may.
func (s *Server) mayMove(c *call, k *need.Case, v need.Verb, quals []string) error {
	holder := k.Holder != "" && k.Holder == c.viewer.Account()
	desk := s.onDesk(c, k.Desk) || s.onDesk(c, k.Above)
	if k.Only != "" { // the qualified of its place are its desk
		desk = s.knows(c, k, nil, quals) && !holder
	}
	ok := holder || desk
	switch v {
	case need.Accept, need.Return:
		ok = k.Offer != nil && s.onDesk(c, k.Offer.To)
	case need.Take:
		ok = ok || s.overBoard(c, k)
	case need.Assign:
		ok = desk
	case need.Triage: // an objection stays one until it is decided
		ok = desk && k.Against == ""
	case need.Join:
		ok = ok && k.Against == ""
	case need.Release:
		ok = holder || desk && k.Only == ""
	case need.Confirm, need.Reopen, need.Withdraw:
		ok = (ok || s.scope(c, access.CaseOpen).Contains(k.Path)) && !(v == need.Confirm && k.AnswerBy == c.viewer.Account())
	case need.Reply:
		ok = ok && k.Against == "" && (k.Holder == "" || holder)
	}
	if !k.Forgotten.IsZero() {
		ok = false // nothing is left to reopen
	}
	switch {
	case !ok:
		return access.ErrForbidden.With()
	case k.Bars(need.Act{Verb: v, By: c.viewer.Account()}):
		return need.ErrBarred.With()
	}
	return nil
}

func (s *Server) caseMove(ctx context.Context, c *call, verb need.Verb, in *caseMoveInput) (Case, []journal.Change, error) {
	k, _, err := s.theCase(ctx, c, in.ID)
	if err != nil {
		return Case{}, nil, err
	}
	quals, err := s.qualified(ctx, c)
	if err != nil {
		return Case{}, nil, err
	}
	if err := s.mayMove(c, &k, verb, quals); err != nil && !(verb == need.Reply || verb == need.Confirm || verb == need.Release) {
		return Case{}, nil, err // those three say more about why not
	} else if err != nil && !s.onDesk(c, k.Desk) && !s.onDesk(c, k.Above) && k.Holder != c.viewer.Account() {
		return Case{}, nil, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return Case{}, nil, err
	}
	b := in.Body
	act := need.Act{Verb: verb, By: c.viewer.Account(), At: c.now, Words: b.Words, Proof: b.Proof, Met: b.MetBy, Why: b.Why, Rating: b.Rating, Noted: noted(verb)}
	if verb == need.Reply {
		act.Why = "" // an objection is decided, not answered
		if act.Parts, err = s.openParts(ctx, k.ID); err != nil {
			return Case{}, nil, err
		}
	}
	if verb == need.Release && k.Holder != act.By { // the desk takes it back from who has it
		act.Who = k.Holder
	}
	head := k
	switch verb {
	case need.Transfer:
		if _, err := access.ParseRole(b.Role); err != nil {
			return Case{}, nil, need.ErrDesk.With().At("role")
		}
		path := k.Path
		if p, ok := a.Place(b.PlaceID); ok {
			path = p.Path
		} else if b.PlaceID != "" {
			return Case{}, nil, need.ErrDesk.With().At("place_id")
		}
		act.To = a.desk(path, b.Role)
	case need.Assign:
		if act.Who = b.Who; !s.worksAt(ctx, c, b.Who, &k) {
			return Case{}, nil, ErrWho.With().At("who")
		}
	case need.Pause:
		if act.Until, err = civilEnd(b.Until, c.now); err != nil {
			return Case{}, nil, need.ErrPause.With("", "").At("until")
		}
	case need.Join:
		head, _, err := s.theCase(ctx, c, b.Same)
		if err != nil {
			return Case{}, nil, err
		}
		act.Head = &head
	}
	k, changes, err := s.movedTo(ctx, c, a, k, act, b.Item)
	if err != nil {
		return Case{}, nil, err
	}
	if verb == need.Join { // the one it waits with must not have ended meanwhile: both rows are of this act
		changes = append(changes, s.led(c.now, act.By, *act.Head))
	}
	if verb == need.Reply {
		more, err := s.answerToo(ctx, c, head, b.Also, act, quals)
		if err != nil {
			return Case{}, nil, err
		}
		changes = append(changes, more...)
	}
	x, err := s.keptItem(ctx, &k)
	if verb == need.Triage {
		p, _ := a.Place(k.PlaceID)
		x, err = s.item(ctx, c, a, p, b.Item)
	}
	if err != nil {
		return Case{}, nil, err
	}
	w, err := s.caseWire(ctx, c, a, k, x, quals)
	return w, changes, err
}

// worksAt says whether an account works at a case's desk: holds its role there, or for
// what was told in confidence the qualification.
func (s *Server) worksAt(ctx context.Context, c *call, account string, k *need.Case) bool {
	acc, ok, err := s.Store.Account(ctx, account)
	if err != nil || !ok || acc.Disabled {
		return false
	}
	gs, err := s.Store.Grants(ctx, account)
	if err != nil {
		return false
	}
	them := *c
	them.viewer, them.account = access.NewViewer(account, gs, c.now), acc
	if k.Only != "" {
		quals, err := s.qualified(ctx, &them)
		return err == nil && s.knows(&them, k, nil, quals)
	}
	for _, g := range gs {
		if g.InForce(c.now) && territory.Inside(k.Path, g.Path) && (string(g.Role) == k.Desk.Role || g.Role == access.Lead || g.Role == access.Helper) {
			return true
		}
	}
	return false
}

// movedTo is moved, with the item that triage names.
func (s *Server) movedTo(ctx context.Context, c *call, a *Atlas, k need.Case, act need.Act, item string) (need.Case, []journal.Change, error) {
	if act.Verb != need.Triage {
		return s.moved(ctx, c, k, act)
	}
	p, ok := a.Place(k.PlaceID)
	if !ok {
		return k, nil, errNotHere(c)
	}
	x, err := s.item(ctx, c, a, p, item)
	if err != nil {
		return k, nil, err
	}
	book, changes, err := s.keepItem(ctx, &x)
	if err != nil {
		return k, nil, err
	}
	act.To = a.desk(k.Path, x.Role)
	next, more, err := s.stepped(ctx, x.Rule(), k, act)
	next.Book = book
	if err != nil {
		return next, nil, err
	}
	more[0].Row.(*need.Case).Book = book
	if changes = append(more, changes...); x.Chain() != nil {
		open, err := s.Store.CustodiesOf(ctx, k.ID)
		if err != nil {
			return next, nil, err
		}
		if slices.ContainsFunc(open, func(o need.Custody) bool { return o.Chain == x.Chain().ID && o.Ended.IsZero() }) {
			return next, changes, nil
		}
		begun, err := s.begin(act.At, act.By, &next, x.Chain())
		return next, append(changes, begun...), err
	}
	return next, changes, nil
}

// led is the row of a case that another one joins, as it is: of two acts at once, one that
// ends it and one that joins it, the later is decided anew.
func (s *Server) led(now time.Time, by string, head need.Case) journal.Change {
	return journal.Change{Row: &head, Base: head.Version, Entry: s.caseEntry(now, by, &head, "led", nil)}
}

// followed is what a verb does to the cases that wait for another's answer: they are
// answered with it, go with it to the one it joins, and go on for themselves when it is
// withdrawn.
var followed = map[need.Verb]need.Verb{need.Reply: need.Reply, need.Join: need.Join, need.Withdraw: need.Resume}

// moved moves a case by its own item, and what waits for its answer with it.
func (s *Server) moved(ctx context.Context, c *call, k need.Case, act need.Act) (need.Case, []journal.Change, error) {
	x, err := s.keptItem(ctx, &k)
	if err != nil {
		return k, nil, err
	}
	if s.lookFirst(&x, &k, &act) {
		act.Verb = need.Note
	}
	next, changes, err := s.stepped(ctx, x.Rule(), k, act)
	if ended := alarmEnds[act.Verb]; err == nil && ended != "" && x.Response != nil && k.Same == "" {
		more, did := s.over(ctx, act.At, act.By, &next, ended, nil)
		changes, err = append(changes, more...), did
	}
	if err != nil {
		return next, changes, err
	}
	more, err := s.followers(ctx, &k, act)
	return next, append(changes, more...), err
}

// followers makes the rows of the cases that wait for the answer of one that was moved.
func (s *Server) followers(ctx context.Context, k *need.Case, act need.Act) (changes []journal.Change, err error) {
	then, leads := followed[act.Verb]
	if !leads {
		return nil, nil
	}
	act.Verb = then
	waiting, err := s.Store.CasesWith(ctx, k.ID, true)
	if err != nil {
		return nil, err
	}
	for _, w := range waiting {
		if w.Stage() != need.Joined {
			continue
		}
		x, err := s.keptItem(ctx, &w)
		if err != nil {
			return nil, err
		}
		_, more, err := s.stepped(ctx, x.Rule(), w, act)
		if err != nil {
			return nil, err
		}
		changes = append(changes, more...)
	}
	return changes, nil
}

// stepped moves a case and makes its rows: the case first, then its step, then the word
// to whom it lies with now.
func (s *Server) stepped(ctx context.Context, r need.Rule, k need.Case, act need.Act) (need.Case, []journal.Change, error) {
	next, err := need.Do(r, k, act)
	if err != nil {
		return k, nil, err
	}
	step := need.StepOf(&next, act, k.Version+1)
	facts := map[string]string{}
	if act.To.Role != "" {
		facts["to"] = act.To.Role
	}
	row := next
	told, err := s.caseTold(ctx, &next, act)
	if err != nil {
		return next, nil, err
	}
	greeted, err := s.greetingFollows(ctx, &next, act)
	changes := append([]journal.Change{{Row: &row, Base: k.Version, Entry: s.caseEntry(act.At, act.By, &next, caseDone[act.Verb], facts)}, {Row: &step}}, told...)
	return next, append(changes, greeted...), err
}

// caseDone names each verb as the journal says it.
var caseDone = map[need.Verb]string{
	need.Open: "opened", need.Triage: "triaged", need.Take: "taken", need.Release: "released", need.Assign: "assigned", need.Transfer: "offered", need.Accept: "accepted",
	need.Return: "returned", need.Pause: "paused", need.Resume: "resumed", need.Reply: "answered", need.Confirm: "confirmed", need.Reopen: "reopened", need.Withdraw: "withdrawn",
	need.Join: "joined", need.Part: "parted", need.Note: "noted", need.Lapse: "lapsed", need.Grant: "granted", need.Climb: "climbed", need.Close: "closed", need.Forget: "forgotten", need.Expire: "expired",
}

// MoveByClock makes the rows of what the clock does to a case by now, for the worker;
// none when nothing is due any more.
func (s *Server) MoveByClock(ctx context.Context, k need.Case, now time.Time, by string) ([]journal.Change, error) {
	x, err := s.keptItem(ctx, &k)
	if err != nil {
		return nil, err
	}
	r := x.Rule()
	verb, at := need.Clock(r, &k)
	if verb == "" || now.Before(at) {
		return nil, nil
	}
	act := need.Act{Verb: verb, At: now}
	if verb == need.Climb {
		a, err := s.ground(ctx)
		if err != nil {
			return nil, err
		}
		from := k.Above
		if from.PlaceID == "" {
			from = k.Desk
		}
		act.To = need.Above(from, a.spots(from.Path))
	}
	_, changes, err := s.stepped(ctx, r, k, act)
	if err == nil {
		changes[0].Entry.Actor = by
	}
	return changes, err
}
