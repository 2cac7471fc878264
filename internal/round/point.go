package round

import (
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/fault"
)

// Faults of points. When one comes up nothing was written.
var (
	// ErrPoint says what of a point is not right.
	ErrPoint = fault.Define(fault.Invalid, "SW-1607",
		"巡查点要有名称（最多 40 字），每 15 分钟到 24 小时一次，时段先写开始再写结束。没有写入，请改这一项。",
		"A point wants a name (40 characters at most), a time between 15 minutes and 24 hours, and hours with a beginning and an end. Nothing was written; mend this one.")
	// ErrDwelling says that somebody's home is no point of a patrol.
	ErrDwelling = fault.Define(fault.Invalid, "SW-1608",
		"巡查点设在公共的地方，不能设在住户门上。没有写入，请选楼栋、微网格或社区；要逐户走访，请用扫楼。",
		"A point lies on shared ground, not at somebody's door. Nothing was written; choose a building, a micro-grid or the community. To call on households use a sweep.")
	// ErrAhead says that something is said to have been done at a time yet to come.
	ErrAhead = fault.Define(fault.Invalid, "SW-1609",
		"记录的时间 {0} 还没有到。没有写入，请看看手机的时间对不对，再记一次。",
		"The time of this record, {0}, is yet to come. Nothing was written; check the clock of the phone and record it again.")
	// ErrPointOver says that a point is walked no more.
	ErrPointOver = fault.Define(fault.Conflict, "SW-1610",
		"这个巡查点已经停了。没有写入。请刷新名单；还有情况请在办件里报。",
		"This point is walked no more. Nothing was written; load the list anew, and report what you found as a case.")
	// ErrNoPatrol says that no such round of points is declared at a place.
	ErrNoPatrol = fault.Define(fault.Invalid, "SW-1611",
		"这里的预案没有“{0}”这一轮巡查（可选：{1}）。没有写入，请重新选。",
		"The playbooks in force here declare no round of points \"{0}\" (there are: {1}). Nothing was written; choose again.")
	// ErrBefore says that a visit is older than the point, or than anything still waited for.
	ErrBefore = fault.Define(fault.Invalid, "SW-1612",
		"这条记录是 {0} 的，早于这个巡查点设立的时间。没有写入，请核对手机时间。",
		"This record is of {0}, before the point was declared. Nothing was written; check the clock of the phone.")
)

// PerPoint is what a round says whose targets are points: places of the shared ground
// that a community declares, each looked at again and again in its own hours.
const PerPoint = "point"

// Point is a target that comes back: a spot at a place that somebody looks at once in
// every turn. It keeps what came of it last and nothing of who was there when: that
// stands in the journal alone.
type Point struct {
	ID            string
	PlaceID, Path string
	Item          string // round item of a playbook, whose outcomes it gets
	Name          string
	Look          string        // what to look at
	Order         int           // place in the walk
	Every         time.Duration // one turn
	From, Until   time.Duration // of the civil day; an end before the beginning is on the next day
	By            string        // account that declared it
	Since, Ended  time.Time     // Ended is zero while it is walked
	Outcome       string        // of the last visit
	At            time.Time     // of the last visit; zero when there was none
	CaseID        string        // case that the last finding opened
	Missed        time.Time     // end of the last turn in which nobody came; zero when somebody has been there since
	Next          time.Time     // when the clock looks whether somebody came; zero: never
	Version       int64
}

// Turn is the time in which a point is to be looked at once.
type Turn struct{ From, Until time.Time }

// Has says whether a time lies in the turn.
func (t Turn) Has(at time.Time) bool { return !at.Before(t.From) && at.Before(t.Until) }

// TurnAt is the turn of a point at a time, and whether there is one: outside of its hours
// there is none, and the turn returned is the next.
func (p *Point) TurnAt(at time.Time, zone *time.Location) (Turn, bool) {
	long := p.Until - p.From
	if long <= 0 {
		long += 24 * time.Hour
	}
	every := min(p.Every, long)
	for day := -1; day <= 1; day++ {
		from := wall(start(at, zone).AddDate(0, 0, day), p.From)
		until := from.Add(long)
		if !at.Before(until) {
			continue
		}
		if at.Before(from) {
			return Turn{from, from.Add(every)}, false
		}
		t := from.Add(at.Sub(from) / every * every)
		return Turn{t, earlier(t.Add(every), until)}, true
	}
	return Turn{}, false // no civil day is that long
}

// wall is a time of a civil day.
func wall(day time.Time, d time.Duration) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), int(d/time.Hour), int(d%time.Hour/time.Minute), 0, 0, day.Location())
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// Declare decides a point as it is from now on. A new one, or one whose hours change,
// is first waited for in the next whole turn: nobody misses what was not yet asked.
func Declare(was, want Point, by string, now time.Time, zone *time.Location) (Point, error) {
	want.Name, want.Look = strings.TrimSpace(want.Name), strings.TrimSpace(want.Look)
	switch {
	case want.Name == "" || utf8.RuneCountInString(want.Name) > 40 || strings.ContainsAny(want.Name, "\n\r\t"):
		return was, ErrPoint.With().At("name")
	case utf8.RuneCountInString(want.Look) > 200:
		return was, ErrPoint.With().At("look")
	case want.Every < 15*time.Minute || want.Every > 24*time.Hour:
		return was, ErrPoint.With().At("every")
	case want.From < 0 || want.From >= 24*time.Hour || want.Until < 0 || want.Until > 24*time.Hour || want.From == want.Until:
		return was, ErrPoint.With().At("until")
	case !was.Ended.IsZero():
		return was, ErrPointOver.With()
	}
	next := was
	next.PlaceID, next.Path, next.Item, next.Name, next.Look, next.Order = want.PlaceID, want.Path, want.Item, want.Name, want.Look, want.Order
	again := was.Since.IsZero() || was.Every != want.Every || was.From != want.From || was.Until != want.Until
	next.Every, next.From, next.Until = want.Every, want.From, want.Until
	if was.Since.IsZero() {
		next.By, next.Since = by, now
	}
	if again {
		t, on := next.TurnAt(now, zone)
		if on && t.From.Before(now) {
			t, _ = next.TurnAt(t.Until, zone)
		}
		next.Missed, next.Next = time.Time{}, t.Until
	}
	return next, nil
}

// Close ends a point.
func Close(p Point, now time.Time) (Point, error) {
	if !p.Ended.IsZero() {
		return p, ErrPointOver.With()
	}
	p.Ended, p.Next, p.Missed = now, time.Time{}, time.Time{}
	return p, nil
}

// Target is a point as a target of this turn: one that must get an outcome again.
func (p *Point) Target(now time.Time, zone *time.Location) Target {
	t := Target{PlaceID: p.ID, Path: p.Path, Version: p.Version}
	if turn, on := p.TurnAt(now, zone); p.Outcome != "" && (on && turn.Has(p.At) || !on && turn.From.Sub(p.At) < 24*time.Hour) {
		t.Outcome, t.At, t.Final = p.Outcome, p.At, true
	}
	return t
}

// Visit decides what a visit makes of a point, by the rules of every target: of two
// findings of one turn that did not know of each other the more cautious one holds. A
// visit that comes late from a phone is of the turn in which it was made.
func Visit(r Round, p Point, in Input, now time.Time, zone *time.Location) (Point, string, error) {
	switch {
	case !p.Ended.IsZero():
		return p, "", ErrPointOver.With()
	case in.At.After(now.Add(skew)):
		return p, "", ErrAhead.With(in.At.In(zone).Format("2006-01-02 15:04")).At("at")
	case in.At.Before(p.Since.Add(-skew)):
		return p, "", ErrBefore.With(in.At.In(zone).Format("2006-01-02 15:04")).At("at")
	case in.At.After(now):
		in.At = now
	}
	t, kept, err := Record(r, p.Target(in.At, zone), in)
	if err != nil || kept != "" {
		return p, kept, err
	}
	turn, on := p.TurnAt(in.At, zone)
	if !p.Missed.IsZero() && !in.At.Before(p.Missed) || on && turn.Until.Equal(p.Missed) {
		p.Missed = time.Time{}
	}
	if p.At.After(in.At) {
		if now, ok := p.TurnAt(p.At, zone); ok && !now.Has(in.At) {
			return p, "", nil // of an earlier turn than what is known
		}
	}
	p.Outcome, p.At = t.Outcome, in.At
	if on && !p.Next.After(turn.Until) {
		following, _ := p.TurnAt(turn.Until, zone)
		p.Next = following.Until
	}
	return p, "", nil
}

// skew is by how much the clock of a phone may go ahead.
const skew = 5 * time.Minute

// Lapse makes the one step that the clock asks of a point by now: a turn is over and
// nobody came. It says whether one was missed; the row is to be kept when Next changed.
func Lapse(p Point, now time.Time, zone *time.Location) (Point, bool) {
	if p.Next.IsZero() || now.Before(p.Next) || !p.Ended.IsZero() {
		return p, false
	}
	last, _ := p.TurnAt(p.Next.Add(-time.Nanosecond), zone)
	missed := !last.Has(p.At) && !p.At.After(last.Until)
	if missed {
		p.Missed = p.Next
	}
	turn, _ := p.TurnAt(now, zone)
	p.Next = turn.Until
	return p, missed
}
