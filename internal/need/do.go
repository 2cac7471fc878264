package need

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Verb is one thing that moves a case.
type Verb string

// The verbs; the last six are the clock's.
const (
	Open     Verb = "open"
	Triage   Verb = "triage"
	Take     Verb = "take"
	Release  Verb = "release"
	Assign   Verb = "assign"
	Transfer Verb = "transfer"
	Accept   Verb = "accept"
	Return   Verb = "return"
	Pause    Verb = "pause"
	Resume   Verb = "resume"
	Reply    Verb = "answer"
	Confirm  Verb = "confirm"
	Reopen   Verb = "reopen"
	Withdraw Verb = "withdraw"
	Join     Verb = "join"
	Part     Verb = "part"
	Note     Verb = "note"
	Lapse    Verb = "lapse"
	Grant    Verb = "grant"
	Climb    Verb = "climb"
	Close    Verb = "close"
	Forget   Verb = "forget"
	Expire   Verb = "expire"
)

// Act is one verb with what it says.
type Act struct {
	Verb   Verb
	By     string // account; empty: the resident by their own page, or the clock
	At     time.Time
	To     Desk   // Triage, Transfer, Climb: a desk
	Who    string // Assign: account
	Words  string // Reply, Reopen, Return, Transfer, Withdraw …: in words
	Proof  string // Reply: what proves it
	Met    string // Reply
	Why    string // Pause: one of the item's reasons
	Until  time.Time
	Rating int   // Confirm
	Noted  bool  // Confirm, Reopen, Withdraw: said by the resident, written down by By
	Head   *Case // Join: the other case
	Parts  int   // Reply: how many parts are open
}

// stages says in which stages a verb is possible. Everything not listed is refused.
var stages = map[Verb][]Stage{
	Triage:   {Waiting, Taken},
	Take:     {Waiting},
	Release:  {Taken},
	Assign:   {Waiting, Taken},
	Transfer: {Waiting, Taken},
	Accept:   {Offered},
	Return:   {Offered},
	Grant:    {Offered},
	Pause:    {Taken},
	Resume:   {Paused, Joined},
	Reply:    {Waiting, Taken, Joined},
	Confirm:  {Answered},
	Reopen:   {Answered, Closed},
	Withdraw: {Waiting, Taken, Offered, Paused, Joined, Answered},
	Join:     {Waiting, Taken, Joined},
	Part:     {Waiting, Taken, Paused},
	Note:     {Waiting, Taken, Offered, Paused, Joined, Answered},
	Lapse:    {Taken},
	Climb:    {Waiting, Taken, Joined, Answered},
	Close:    {Answered},
	Forget:   {Closed},
	Expire:   {Waiting, Taken, Offered, Paused, Joined},
}

// Start makes a case of what came in: the case with its deadlines, at its desk. A Due that
// is set already holds where it is the sooner.
func Start(r Rule, c Case, at time.Time) (Case, error) {
	if n := utf8.RuneCountInString(strings.TrimSpace(c.Words)); n == 1 || n > 1000 {
		return c, ErrOpen.With().At("words")
	}
	if c.PlaceID == "" || c.Desk.PlaceID == "" {
		return c, ErrDesk.With()
	}
	if !slices.Contains(Origins, c.Origin) {
		return c, ErrOpen.With().At("origin")
	}
	c.Item, c.Opened, c.Stepped = r.Item, at, at
	if r.Only != "" { // a part of what was told in confidence is in confidence too
		c.Only = r.Only
	}
	if due := r.Calendar.Add(at, r.Within); c.Due.IsZero() || due.Before(c.Due) { // a sooner one of whoever brought it holds
		c.Due = due
	}
	_, c.Next = Clock(r, &c)
	return c, nil
}

// Do moves a case. The case is given back as it was when a fault says why not.
func Do(r Rule, c Case, a Act) (Case, error) {
	if !slices.Contains(stages[a.Verb], c.Stage()) || !c.Forgotten.IsZero() {
		return c, Refused(&c, a.Verb)
	}
	if c.Bars(a) {
		return c, ErrBarred.With()
	}
	next, err := move(r, c, a)
	if err != nil {
		return c, err
	}
	if a.Verb != Climb && a.Verb != Lapse {
		next.Stepped = a.At
	}
	_, next.Next = Clock(r, &next)
	return next, nil
}

func move(r Rule, c Case, a Act) (Case, error) {
	switch a.Verb {
	case Triage:
		return triage(r, c, a)
	case Take, Assign:
		who := a.By
		if a.Verb == Assign {
			who = a.Who
		}
		if who == "" {
			return c, ErrHolder.With()
		}
		c.Holder, c.Since = who, a.At
	case Release, Lapse:
		if a.Verb == Release && c.Holder != a.By && a.Who == "" { // Who: the desk above puts it back
			return c, ErrHolder.With()
		}
		if a.Verb == Lapse && !due(r, c, a) {
			return c, ErrEarly.With()
		}
		c.Holder, c.Since = "", a.At
	case Transfer:
		if a.To.PlaceID == "" || a.To.Role == "" || a.To == c.Desk {
			return c, ErrDesk.With().At("to")
		}
		if !words(a.Words, 500) {
			return c, ErrWhy.With().At("words")
		}
		c.Offer = &Offer{To: a.To, By: a.By, At: a.At, Until: r.Calendar.Add(a.At, r.Silence)}
	case Accept, Grant:
		if a.Verb == Grant && !due(r, c, a) {
			return c, ErrEarly.With()
		}
		c.Desk, c.Offer, c.Holder, c.Since = c.Offer.To, nil, a.By, a.At // a grant has no By: it waits at the new desk
	case Return:
		if !words(a.Words, 500) {
			return c, ErrWhy.With().At("words")
		}
		c.Offer = nil
	case Pause:
		if !slices.Contains(r.Reasons, a.Why) || !a.Until.After(a.At) || a.Until.After(a.At.Add(r.Longest)) {
			return c, ErrPause.With(strings.Join(r.Reasons, " "), r.Longest).At("until")
		}
		c.Paused, c.Resume, c.Reason = a.At, a.Until, a.Why
	case Resume:
		if c.Same != "" { // what it waited with is gone: it goes on for itself
			c.Same, c.Since = "", a.At
			return c, nil
		}
		c.Due = r.Calendar.Add(c.Due, r.Calendar.Between(c.Paused, a.At))
		c.Paused, c.Resume, c.Reason = time.Time{}, time.Time{}, ""
	case Join:
		if h := a.Head; h == nil || c.Against != "" || h.ID == c.ID || h.Item != c.Item || h.Only != "" || h.Same != "" || h.Stage() == Closed || h.Stage() == Answered {
			return c, ErrSame.With()
		}
		c.Same, c.Holder = a.Head.ID, ""
	case Climb:
		if !due(r, c, a) {
			return c, ErrEarly.With()
		}
		c.Climbed, c.Level = a.At, c.Level+1
		if a.To.PlaceID != "" {
			c.Above = a.To
		}
	case Part, Note:
		if !words(a.Words, 500) {
			return c, ErrWhy.With().At("words")
		}
	default:
		return settle(r, c, a)
	}
	return c, nil
}

// triage puts a case under the item whose rule is r, at the desk that item names. Its
// time runs from the opening: a wrong drawer costs the resident nothing.
func triage(r Rule, c Case, a Act) (Case, error) {
	if r.Only != c.Only && c.Only != "" { // what was told in confidence stays so
		return c, Refused(&c, a.Verb)
	}
	if a.To.PlaceID == "" {
		return c, ErrDesk.With()
	}
	c.Item, c.Only, c.Desk, c.Holder, c.Since = r.Item, r.Only, a.To, "", a.At
	c.Due = r.Calendar.Add(c.Opened, r.Within)
	return c, nil
}

// settle is the end of a case: the answer and what the resident makes of it.
func settle(r Rule, c Case, a Act) (Case, error) {
	switch a.Verb {
	case Reply:
		switch {
		case c.Against != "" && !slices.Contains(Verdicts, a.Why):
			return c, ErrVerdict.With(strings.Join(Verdicts, " "))
		case c.Holder != "" && c.Holder != a.By:
			return c, ErrHolder.With()
		case !words(a.Words, 1000):
			return c, ErrProof.With().At("words")
		case !slices.Contains(Met, a.Met):
			return c, ErrMet.With(strings.Join(Met, " ")).At("met_by")
		case a.Parts > 0:
			return c, ErrParts.With(a.Parts)
		}
		c.Answered, c.AnswerBy, c.Reply, c.MetBy = a.At, a.By, strings.TrimSpace(a.Words), a.Met
		c.Proof = strings.TrimSpace(a.Proof)
		c.Proved = !r.Spoken && (c.Proof != "" || r.Proof == "")
		c.Climbed = time.Time{}
	case Confirm:
		if a.Rating < 0 || a.Rating > 3 {
			return c, ErrRating.With().At("rating")
		}
		if a.Noted && a.By == c.AnswerBy {
			return c, ErrOwnYes.With()
		}
		c.Closed, c.How, c.Rating = a.At, "confirmed", a.Rating
		if a.Noted {
			c.How = "noted"
		}
	case Expire:
		if !due(r, c, a) {
			return c, ErrEarly.With()
		}
		c.Closed, c.How, c.Offer, c.Paused = a.At, "lapsed", nil, time.Time{}
	case Close:
		if !due(r, c, a) {
			return c, ErrEarly.With()
		}
		c.Closed, c.How = a.At, "silent"
	case Forget:
		if !due(r, c, a) {
			return c, ErrEarly.With()
		}
		c.Forgotten, c.Words, c.Contact, c.Reply, c.Proof, c.Sealed = a.At, "", "", "", "", Sealed{}
	case Withdraw:
		c.Closed, c.How, c.Offer, c.Paused = a.At, "withdrawn", nil, time.Time{}
	case Reopen:
		if c.How == "withdrawn" || !words(a.Words, 1000) {
			return c, ErrWhy.With().At("words")
		}
		// Back to who answered, with the item's whole time again.
		c.Holder, c.Since, c.Same = c.AnswerBy, a.At, ""
		c.Answered, c.Closed, c.How, c.Rating, c.Climbed, c.Proved = time.Time{}, time.Time{}, "", 0, time.Time{}, false
		c.Reopened, c.Due = c.Reopened+1, r.Calendar.Add(a.At, r.Within)
	}
	return c, nil
}

// due says whether it is time for a verb of the clock.
func due(r Rule, c Case, a Act) bool {
	v, at := Clock(r, &c)
	return v == a.Verb && !a.At.Before(at)
}

func words(s string, most int) bool {
	n := utf8.RuneCountInString(strings.TrimSpace(s))
	return n >= 2 && n <= most
}

// Possible lists the verbs that a case's stage allows, in the order people do them; the
// clock's own are left out.
func Possible(c *Case) (out []Verb) {
	st := c.Stage()
	for _, v := range []Verb{Take, Accept, Return, Reply, Confirm, Reopen, Release, Assign, Transfer, Triage, Pause, Resume, Part, Join, Note, Withdraw} {
		if slices.Contains(stages[v], st) {
			out = append(out, v)
		}
	}
	return out
}
