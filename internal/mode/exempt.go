package mode

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Purposes is what an exemption may be asked for. The purpose says something about
// the person, so it is sealed with the reason: a gate learns only valid or not.
var Purposes = []string{"treatment", "birth", "care", "exam", "funeral", "work", "travel", "other"}

// usualAnswer is how long the named decider has where the playbook says nothing.
const usualAnswer = 4 * time.Hour

// AnswerWithin is how long the named decider of an exemption has before the request
// is shown to the level above.
func (p *Playbook) AnswerWithin() time.Duration {
	if p == nil || p.Answer <= 0 {
		return usualAnswer
	}
	return p.Answer
}

// Exemption lets one household, or one person of it, off a measure for a purpose
// and a time. Need and Verdict are the words of who asked and who decided; both
// are sealed.
type Exemption struct {
	ID        string
	Incident  string
	Zone      string // the zone it lets off, as it was when asked
	PlaceID   string // the door
	Path      string
	PersonID  string // empty: the whole household
	Purpose   string // one of Purposes; sealed
	Need      string // why, in words; sealed
	Verdict   string // why granted, refused or revoked; sealed
	Requester string // account
	Asked     time.Time
	Decider   string    // the account that is to decide; empty when nobody is at hand
	Due       time.Time // when silence becomes the level above's to answer
	Decided   time.Time
	DecidedBy string
	Granted   bool
	From      time.Time
	Until     time.Time
	Revoked   time.Time
	RevokedBy string
	Version   int64
}

// State is where an exemption stands: waiting, overdue, refused, coming, valid,
// over or revoked.
func (e *Exemption) State(now time.Time) string {
	switch {
	case !e.Revoked.IsZero() && !now.Before(e.Revoked):
		return "revoked"
	case e.Decided.IsZero() && !now.Before(e.Until):
		return "over"
	case e.Decided.IsZero() && !now.Before(e.Due):
		return "overdue"
	case e.Decided.IsZero():
		return "waiting"
	case !e.Granted:
		return "refused"
	case now.Before(e.From):
		return "coming"
	case now.Before(e.Until):
		return "valid"
	}
	return "over"
}

// Plea is a request for an exemption as it comes in.
type Plea struct {
	Purpose, Need string
	From, Until   time.Time
	Within        time.Duration // how long the decider has
}

// Plead checks a request against the measure it asks to be let off. The end may
// not lie beyond the measure's own. Faults: SW-1470 for a purpose nobody knows or
// no words, SW-1471 for times that make no sense, SW-1472 where no measure holds.
func Plead(m *Measure, p Plea, placeID, path, personID, requester, decider, id string, now time.Time) (Exemption, error) {
	if m == nil {
		return Exemption{}, ErrNothingHolds.With()
	}
	need := strings.TrimSpace(p.Need)
	if !in(Purposes, p.Purpose) || need == "" || utf8.RuneCountInString(need) > 500 {
		return Exemption{}, ErrPlea.With(strings.Join(Purposes, " "))
	}
	if p.From.IsZero() {
		p.From = now
	}
	if p.Until.After(m.Until) {
		p.Until = m.Until
	}
	if !p.Until.After(p.From) || !p.Until.After(now) {
		return Exemption{}, ErrPleaTime.With()
	}
	return Exemption{ID: id, Incident: m.Incident, Zone: m.Zone, PlaceID: placeID, Path: path, PersonID: personID, Purpose: p.Purpose, Need: need,
		Requester: requester, Asked: now, Decider: decider, Due: now.Add(p.Within), From: p.From, Until: p.Until}, nil
}

// Answer grants or refuses a request, with a reason. Above says that the actor
// decides for the level above, which is theirs once the time is over or nobody was
// named. Faults: SW-1473 for one's own request, SW-1474 when it was decided
// already or is over, SW-1475 for another's before its time is over, SW-1476
// without a reason.
func Answer(e Exemption, grant bool, verdict, actor string, above bool, now time.Time) (Exemption, error) {
	verdict = strings.TrimSpace(verdict)
	switch state := e.State(now); {
	case actor == "" || actor == e.Requester:
		return e, ErrOwnPlea.With()
	case state != "waiting" && state != "overdue":
		return e, ErrDecided.With()
	case actor != e.Decider && e.Decider != "" && (state != "overdue" || !above):
		return e, ErrNotYours.With()
	case verdict == "" || utf8.RuneCountInString(verdict) > 500:
		return e, ErrVerdict.With()
	}
	e.Decided, e.DecidedBy, e.Granted, e.Verdict = now, actor, grant, verdict
	return e, nil
}

// Revoke ends a granted exemption early, with a reason. Who asked for it may not.
func Revoke(e Exemption, verdict, actor string, now time.Time) (Exemption, error) {
	verdict = strings.TrimSpace(verdict)
	switch state := e.State(now); {
	case actor == "" || actor == e.Requester:
		return e, ErrOwnPlea.With()
	case state != "valid" && state != "coming":
		return e, ErrDecided.With()
	case verdict == "" || utf8.RuneCountInString(verdict) > 500:
		return e, ErrVerdict.With()
	}
	e.Revoked, e.RevokedBy, e.Verdict = now, actor, verdict
	return e, nil
}
