package need

import (
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
)

// Link is one word with a service outside about an alarm: when it was telephoned, by
// whom, what it said, and by which gate it comes. Words are sealed; a later link of the
// same service says it anew and takes nothing back.
type Link struct {
	ID      string
	CaseID  string
	Service string    // one of mode.Services
	Called  time.Time // when it was telephoned
	By      string    // account that telephoned
	ETA     time.Time // when it is to be there; zero: not said
	Gate    string    // place id of the gate to be opened, or empty
	Opener  string    // account that opens it, or empty
	Ref     string    // its reference
	Words   string    // what it said, which gate where the tree has none
	At      time.Time
	Version int64
}

// The faults of an immediate response. When one comes up nothing has been written and
// the alarm goes on.
var (
	// ErrNoAlarm says that a case is no alarm.
	ErrNoAlarm = fault.Define(fault.Conflict, "SW-2321", "这件事不是险情，没有应急处置页。没有改动。", "This case is no alarm and has no page for a response. Nothing was changed.")
	// ErrAlarmOver says that it has ended.
	ErrAlarmOver = fault.Define(fault.Conflict, "SW-2322", "这次险情已经结束。没有改动；又出事请重新报警。", "This alarm has ended. Nothing was changed; raise a new one if there is danger again.")
	// ErrLinkTime says that a telephone call lies ahead or before the alarm.
	ErrLinkTime = fault.Define(fault.Invalid, "SW-2323", "时间不对：打电话的时间不能晚于现在，预计到达不能早于打电话。没有记下，请改时间。", "The time cannot be: a call is not later than now, and nobody arrives before they were called. Nothing was recorded; mend the time.")
	// ErrLinkWords says that what was said is missing or too long.
	ErrLinkWords = fault.Define(fault.Invalid, "SW-2324", "请选打给谁，编号不超过 60 字、说明不超过 500 字。没有记下。", "Say who was called; a reference has at most 60 and a note 500 characters. Nothing was recorded.")
	// ErrCrew says that a hand-over does not say to whom.
	ErrCrew = fault.Define(fault.Invalid, "SW-2325", "请写清交给谁：哪支队伍、带队的姓名和职务、单位（各不超过 60 字）。没有交接，现场仍由里面的人负责。", "Say to whom: which crew, its leader's name and role, its unit (60 characters each). Nothing was handed over; those inside still answer for the scene.")
	// ErrNamed says that somebody without an account is not named as they can be.
	ErrNamed = fault.Define(fault.Invalid, "SW-2327", "姓名、职务、单位只用于没有账号的人，各不超过 60 字。没有记下，责任人没有变。", "Name, role and unit are for somebody without an account, 60 characters each. Nothing was recorded; who answers has not changed.")
	// ErrNobodyNear says that nobody else can be asked.
	ErrNobodyNear = fault.Define(fault.Conflict, "SW-2326", "这片封控范围里没有别的符合条件、能来的人了。没有再叫；请打电话催外面的队伍。", "Nobody else inside this closed area is able and can come. Nobody more was asked; press the crews outside by telephone.")
)

// CheckLink says what is wrong with a link of an alarm opened at a time.
func CheckLink(l *Link, now time.Time) error {
	known := false
	for _, s := range mode.Services {
		known = known || s.ID == l.Service
	}
	switch {
	case !known || utf8.RuneCountInString(l.Ref) > 60 || utf8.RuneCountInString(l.Words) > 500:
		return ErrLinkWords.With().At("service")
	case l.Called.After(now.Add(time.Minute)) || !l.ETA.IsZero() && l.ETA.Before(l.Called):
		return ErrLinkTime.With().At("called")
	}
	return nil
}

// Named is somebody without an account who took a subject: a nurse, a crew's leader.
type Named struct {
	Name string
	Role string
	Org  string
}

// Empty says that nobody is named.
func (n Named) Empty() bool { return n.Name+n.Role+n.Org == "" }

// Trim takes the blanks off.
func (n Named) Trim() Named {
	return Named{strings.TrimSpace(n.Name), strings.TrimSpace(n.Role), strings.TrimSpace(n.Org)}
}

// Fits says whether each word is short enough.
func (n Named) Fits() bool {
	for _, s := range []string{n.Name, n.Role, n.Org} {
		if utf8.RuneCountInString(s) > 60 {
			return false
		}
	}
	return true
}

// Rescue is an alarm as whoever raised it follows it: roles, never names.
type Rescue struct {
	Say    mode.Text // what to say on the telephone, with the place in it
	Coming []Comer
	Asked  int
	Links  []Link // what they said is left out
	Look   bool   // withdrawn by the page, and somebody still comes to look
}

// Comer is how many of one role are coming.
type Comer struct {
	Role mode.Text
	N    int
}

// Come counts one more of a role.
func (r *Rescue) Come(role mode.Text) {
	for i := range r.Coming {
		if r.Coming[i].Role == role {
			r.Coming[i].N++
			return
		}
	}
	r.Coming = append(r.Coming, Comer{role, 1})
}
