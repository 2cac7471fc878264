package people

import (
	"slices"
	"strconv"
	"time"

	"shouwang/internal/mode"
)

// Require is what a post asks of its holder, as a playbook declares it.
type Require = mode.Require

// Pass says that somebody may do what a qualification is for, from until. A zero
// Until has no end. Who passed them stays with it for good.
type Pass struct {
	ID, HelperID  string
	Qualification string
	From, Until   time.Time
	Trainer       string // helper who passed them; empty for an imported or a named first one
	Source        string // "trainer", "named", or "import" and the file that it came with
	Course        string // what they passed; empty without a course
	By            string // account that wrote it
	Given         time.Time
	Why           string    // why somebody was named without a trainer
	Revoked       time.Time // zero while nobody took it back
	RevokedBy     string
	RevokedWhy    string
	Version       int64
	Act           string
}

// InForce says whether the pass holds at a time.
func (p Pass) InForce(at time.Time) bool {
	return !p.From.After(at) && (p.Until.IsZero() || at.Before(p.Until)) && (p.Revoked.IsZero() || at.Before(p.Revoked))
}

// LackCode names one thing that somebody may lack for a post.
type LackCode string

// What somebody may lack, in the order in which it is looked at and said.
const (
	LackKind    LackCode = "kind"    // another kind of helper is asked for
	LackLeft    LackCode = "left"    // no longer a helper, or not yet one
	LackAway    LackCode = "away"    // present nowhere they could serve
	LackYoung   LackCode = "young"   // below the age asked for, or of unknown age
	LackOld     LackCode = "old"     // above the age asked for, or of unknown age
	LackGuard   LackCode = "guard"   // a minor whose guardian did not consent
	LackTrained LackCode = "trained" // a qualification never passed
	LackLapsed  LackCode = "lapsed"  // a qualification whose pass does not hold at that time
	LackCard    LackCode = "card"    // a card not read and acknowledged yet
	LackSkill   LackCode = "skill"   // a skill
	LackHours   LackCode = "hours"   // hours a day
	LackPhone   LackCode = "phone"   // ease with a phone
	LackBears   LackCode = "bears"   // said themselves that this is not for them

	LackOutside  LackCode = "outside"  // lives outside the closed zone of the post
	LackConfined LackCode = "confined" // lives in a closed zone that they may not leave for it
	LackApart    LackCode = "apart"    // served inside a closed zone too short ago
)

// LackCodes is every code in that order.
var LackCodes = []LackCode{LackKind, LackLeft, LackAway, LackYoung, LackOld, LackGuard, LackTrained, LackLapsed, LackCard, LackSkill, LackHours, LackPhone, LackBears, LackOutside, LackConfined, LackApart}

// Lack is one thing that stands between a helper and a post. Arg is the id of the
// qualification, card or skill, the age or the hours asked for; for LackBears it is
// empty, since what somebody cannot bear is said to nobody.
type Lack struct {
	Code LackCode
	Arg  string
}

// Adult is the age from which nobody needs a guardian.
const Adult = 18

// Age is a helper's age in years at a time, by year of birth; -1 when unknown.
func (h *Helper) Age(at time.Time) int {
	if h.Birth <= 0 {
		return -1
	}
	return at.Year() - h.Birth
}

// Minor says whether a helper needs a guardian at a time. The day they come of
// age counts where it is known; an unknown age is taken for an adult's, since
// somebody who was never asked may be of any.
func (h *Helper) Minor(at time.Time) bool {
	if !h.OfAge.IsZero() {
		return at.Before(h.OfAge)
	}
	age := h.Age(at)
	return age >= 0 && age < Adult
}

// Holds says whether a qualification is in force at a time, and whether it ever
// was passed. Passes decide where there are any of it; the list of an imported
// roll is a pass without end.
func (h *Helper) Holds(qualification string, at time.Time) (inForce, ever bool) {
	for i := range h.Passes {
		if h.Passes[i].Qualification == qualification {
			if ever = true; h.Passes[i].InForce(at) {
				return true, true
			}
		}
	}
	if ever {
		return false, true
	}
	listed := slices.Contains(h.Trained, qualification)
	return listed, listed
}

// Qualified lists the qualifications that a helper has in force at a time, in order.
func (h *Helper) Qualified(at time.Time) []string {
	out := []string{}
	add := func(q string) {
		if held, _ := h.Holds(q, at); held && !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	for i := range h.Passes {
		add(h.Passes[i].Qualification)
	}
	for _, q := range h.Trained {
		add(q)
	}
	slices.Sort(out)
	return out
}

// Lacks says what a helper lacks for a post at a time, all of it, in the order of
// LackCodes; LacksThere adds the borders that lie between. It is the one gate: whoever puts somebody on a post, by a plan, a
// choice, an import, a roster or a swap, asks it and has no rule of its own. An
// empty answer is a yes.
func Lacks(h *Helper, require Require, at time.Time) []Lack {
	var out []Lack
	eachLack(h, &require, at, func(l Lack) bool { out = append(out, l); return true })
	return out
}

// FirstLack is the first thing that Lacks would name; ok is false when there is
// none.
func FirstLack(h *Helper, require *Require, at time.Time) (first Lack, ok bool) {
	eachLack(h, require, at, func(l Lack) bool { first, ok = l, true; return false })
	return first, ok
}

// eachLack names one lack after another until say wants no more.
func eachLack(h *Helper, r *Require, at time.Time, say func(Lack) bool) {
	age := h.Age(at)
	whole := []struct {
		code   LackCode
		lacked bool
		arg    int
	}{
		{LackKind, len(r.Kind) > 0 && !slices.Contains(r.Kind, h.Kind), 0},
		{LackLeft, !h.Left.IsZero() && !at.Before(h.Left) || h.Joined.After(at), 0},
		{LackAway, h.Away != "", 0},
		{LackYoung, r.MinAge > 0 && age < r.MinAge, r.MinAge},
		{LackOld, r.MaxAge > 0 && (age < 0 || age > r.MaxAge), r.MaxAge},
		{LackGuard, h.Minor(at) && h.Guarded.IsZero(), 0},
	}
	for _, w := range whole {
		if w.lacked && !say(Lack{w.code, number(w.arg)}) {
			return
		}
	}
	var lapsed []string
	for _, q := range r.Trained {
		switch held, ever := h.Holds(q, at); {
		case held:
		case ever:
			lapsed = append(lapsed, q)
		default:
			if !say(Lack{LackTrained, q}) {
				return
			}
		}
	}
	for _, q := range lapsed {
		if !say(Lack{LackLapsed, q}) {
			return
		}
	}
	for _, card := range r.Cards {
		if !slices.Contains(h.Cards, card) && !say(Lack{LackCard, card}) {
			return
		}
	}
	for _, s := range r.Skills {
		if !slices.Contains(h.Skills, s) && !say(Lack{LackSkill, s}) {
			return
		}
	}
	if r.MinHours > 0 && h.Hours < r.MinHours && !say(Lack{LackHours, number(r.MinHours)}) {
		return
	}
	if r.Phone && !h.PhoneUser && !say(Lack{LackPhone, ""}) {
		return
	}
	for _, b := range r.Bears {
		if slices.Contains(h.Limits, b) {
			say(Lack{LackBears, ""})
			return
		}
	}
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Holding lists the qualifications that a helper holds at a time.
func (h *Helper) Holding(at time.Time) (out []string) {
	for _, q := range h.Trained {
		if held, _ := h.Holds(q, at); held {
			out = append(out, q)
		}
	}
	return out
}
