package round

import (
	"slices"
	"time"

	"shouwang/internal/fault"
)

// Faults of greetings. When one comes up nothing was written.
var (
	// ErrPair says that two greeters are not two.
	ErrPair = fault.Define(fault.Invalid, "SW-2440",
		"问候要有两个人：一位先问，一位接上，两位不能是同一人。没有写入，请选齐两位。",
		"A greeting wants two people: one who asks and one who steps in, and they are not the same. Nothing was written; choose both.")
	// ErrAgreed says that nobody noted that the person wants to be greeted.
	ErrAgreed = fault.Define(fault.Invalid, "SW-2441",
		"要先问过本人愿不愿意被每天问候、愿不愿意让这两位知道电话。没有写入，问过以后勾上再提交。",
		"Ask first whether they want to be greeted every day and let these two have their number. Nothing was written; tick it once they said yes.")
	// ErrUngreeted says that nobody is greeted here, or no more.
	ErrUngreeted = fault.Define(fault.Conflict, "SW-2442",
		"这位居民现在没有每日问候（没有定人，或已经停了）。没有写入。请刷新名单。",
		"This resident is not greeted daily (no pair yet, or it ended). Nothing was written; load the list anew.")
	// ErrGroup says that somebody is not in a group that is greeted here.
	ErrGroup = fault.Define(fault.Invalid, "SW-2443",
		"这里的预案只为登记为 {0} 的居民安排每日问候。没有写入。请先核实登记，或由社区在预案里加上这一类。",
		"The playbook here greets residents registered as {0}. Nothing was written; check the register first, or add the group to the playbook.")
	// ErrStop says that a reason for ending greetings is unknown.
	ErrStop = fault.Define(fault.Invalid, "SW-2444",
		"停止问候要选一个原因：{0}。没有写入。", "Ending greetings wants one of these reasons: {0}. Nothing was written.")
)

// Daily is what a playbook says of a round that is done anew every day for each person
// of some groups.
type Daily struct {
	Groups      []string      // groups of the register
	From, Until time.Duration // of the civil day: when the greeting is due
	Second      time.Duration // how long the second of the pair has after that
	Missed      string        // the outcome that silence comes to
}

// Greeting is who greets one person, and how far it is today.
type Greeting struct {
	PersonID      string
	PlaceID, Path string
	First, Second string // helpers
	By            string // account that chose them
	Since         time.Time
	Ended         time.Time // zero while it goes on
	Why           string    // why it ended: one of Stops
	Day           string    // civil day it is about
	Level         int       // 0: due; 1: the second is asked; 2: missed
	Outcome       string    // of that day
	How           string    // one of Hows, or ByDesk
	At            time.Time // when they were greeted that day; zero when not
	GreetedBy     string    // account; empty: the person's own word
	CaseID        string    // case that a missed greeting opened last
	Next          time.Time // when the clock looks again; zero: never
	Version       int64
}

// Hows are the ways of a greeting.
var Hows = []string{"call", "door", "fine"}

// ByDesk is the way of a greeting that an answered case stands for: somebody went and the
// desk says what they found.
const ByDesk = "desk"

// Stops are the reasons for which greetings end; the last is the clock's own.
var Stops = []string{"objects", "unneeded", "moved", "left-group"}

// Steps of a greeting that the clock makes.
const (
	StepDay    = "day"    // a new day is due
	StepSecond = "second" // the second of the pair is asked
	StepMissed = "missed" // nobody greeted them
)

// Stage is where a greeting stands today: ended, soon, due, second, missed or greeted.
func (g *Greeting) Stage(d Daily, now time.Time, zone *time.Location) string {
	today, from := dayOf(now, zone), start(now, zone).Add(d.From)
	switch {
	case !g.Ended.IsZero():
		return "ended"
	case !g.At.IsZero() && g.Day == today:
		return "greeted"
	case g.Level == 2 && (g.Day == today || now.Before(from)):
		return "missed"
	case g.Day < today && now.Before(from), !g.At.IsZero(), g.Level == 0 && g.Next.After(start(now, zone).Add(d.Until)):
		return "soon"
	case g.Level == 1 && g.Day == today:
		return "second"
	}
	return "due"
}

func dayOf(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

func start(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// Pair decides who greets somebody from now on. Whoever is chosen after today's window
// begins tomorrow: nobody misses a greeting that nobody was to give.
func Pair(d Daily, g Greeting, first, second string, agreed bool, by string, now time.Time, zone *time.Location) (Greeting, error) {
	switch {
	case first == "" || second == "" || first == second:
		return g, ErrPair.With().At("second")
	case !agreed:
		return g, ErrAgreed.With().At("agreed")
	}
	fresh := g.Since.IsZero() || !g.Ended.IsZero()
	g.First, g.Second, g.By = first, second, by
	if !fresh {
		return g, nil
	}
	g.Since, g.Ended, g.Why, g.Level, g.Outcome, g.How, g.At, g.GreetedBy, g.CaseID = now, time.Time{}, "", 0, "", "", time.Time{}, "", ""
	today := start(now, zone)
	switch {
	case now.Before(today.Add(d.From)):
		g.Day, g.Next = dayOf(today.AddDate(0, 0, -1), zone), today.Add(d.From)
	case now.Before(today.Add(d.Until)):
		g.Day, g.Next = dayOf(today, zone), today.Add(d.Until)
	default:
		g.Day, g.Next = dayOf(today, zone), today.AddDate(0, 0, 1).Add(d.From)
	}
	return g, nil
}

// Stop ends somebody's greetings.
func Stop(g Greeting, why string, now time.Time) (Greeting, error) {
	switch {
	case g.Since.IsZero() || !g.Ended.IsZero():
		return g, ErrUngreeted.With()
	case !slices.Contains(Stops, why):
		return g, ErrStop.With(Stops[:3]).At("why")
	}
	g.Ended, g.Why, g.Next = now, why, time.Time{}
	return g, nil
}

// Greet takes down how a greeting went. One that got no answer is a missed one at once;
// any other is this day's greeting, however late it comes.
func Greet(d Daily, outcomes []Outcome, g Greeting, outcome, how, by string, now time.Time, zone *time.Location) (Greeting, Outcome, error) {
	if g.Since.IsZero() || !g.Ended.IsZero() {
		return g, Outcome{}, ErrUngreeted.With()
	}
	i := slices.IndexFunc(outcomes, func(o Outcome) bool { return o.ID == outcome && !o.System })
	if i < 0 || !slices.Contains(Hows, how) {
		return g, Outcome{}, ErrOutcome.With(outcome, ids(outcomes)).At("outcome")
	}
	g.Day, g.Outcome, g.How, g.GreetedBy = dayOf(now, zone), outcome, how, by
	g.Next = start(now, zone).AddDate(0, 0, 1).Add(d.From)
	if outcome == d.Missed {
		g.Level, g.At = 2, time.Time{}
	} else {
		g.Level, g.At = 0, now
	}
	return g, outcomes[i], nil
}

func ids(outcomes []Outcome) (out string) {
	for _, o := range outcomes {
		out += " " + o.ID
	}
	return out
}

// Tick makes the one step that the clock asks of a greeting by now, and says which;
// nothing when none is due. What was missed while nobody ran the clock is still missed:
// a day's steps come before the next day begins.
func Tick(d Daily, g Greeting, now time.Time, zone *time.Location) (Greeting, string) {
	if g.Next.IsZero() || now.Before(g.Next) || !g.Ended.IsZero() {
		return g, ""
	}
	day, err := time.ParseInLocation(time.DateOnly, g.Day, zone)
	today := start(now, zone)
	if err != nil {
		day = today.AddDate(0, 0, -1)
	}
	if g.At.IsZero() && g.Level < 2 && !g.Since.After(day.Add(d.Until)) {
		if g.Level == 0 {
			g.Level, g.Next = 1, day.Add(d.Until).Add(d.Second)
			return g, StepSecond
		}
		g.Level, g.Outcome, g.Next = 2, d.Missed, day.AddDate(0, 0, 1).Add(d.From)
		return g, StepMissed
	}
	if now.Before(today.Add(d.From)) { // the day that begins is yesterday's: it was never opened
		today = today.AddDate(0, 0, -1)
	}
	if !today.After(day) {
		g.Next = day.AddDate(0, 0, 1).Add(d.From)
		return g, StepDay
	}
	g.Day, g.Level, g.Outcome, g.How, g.GreetedBy, g.At = dayOf(today, zone), 0, "", "", "", time.Time{}
	g.Next = today.Add(d.Until)
	return g, StepDay
}

// Settle takes an answer to the case of a missed greeting as that day's greeting: somebody
// went to look. What they found stands in the case.
func Settle(d Daily, g Greeting, by string, now time.Time, zone *time.Location) (Greeting, bool) {
	if !g.Ended.IsZero() || g.Level != 2 || !g.At.IsZero() {
		return g, false
	}
	g.Day, g.Outcome, g.How, g.GreetedBy, g.Level, g.At = dayOf(now, zone), "", ByDesk, by, 0, now
	g.Next = start(now, zone).AddDate(0, 0, 1).Add(d.From)
	return g, true
}

// Unsettle takes that back on the same day: the answer did not hold.
func Unsettle(d Daily, g Greeting, now time.Time, zone *time.Location) (Greeting, bool) {
	if !g.Ended.IsZero() || g.How != ByDesk || g.Day != dayOf(now, zone) {
		return g, false
	}
	g.Outcome, g.How, g.GreetedBy, g.Level, g.At = d.Missed, "", "", 2, time.Time{}
	return g, true
}
