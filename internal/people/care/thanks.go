package care

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
)

// Faults of thanks. Nothing was written.
var (
	// ErrThanks says that thanks have no words, too many, or such as lead elsewhere.
	ErrThanks = fault.Define(fault.Invalid, "SW-1779",
		"感谢的话要有内容，最多 {0} 字，不写电话、证件号、网址。没有写入，请改好再提交。",
		"Thanks want words, {0} characters at most, without telephone or identity numbers and web addresses. Nothing was written; mend them and send again.")
	// ErrDecided says that thanks were looked at before.
	ErrDecided = fault.Define(fault.Conflict, "SW-1795",
		"这条感谢已经看过。没有改动。请刷新列表。",
		"These thanks were looked at already. Nothing was changed. Load the list anew.")
	// ErrThanksWait says that enough thanks of one place wait to be looked at.
	ErrThanksWait = fault.Define(fault.Conflict, "SW-2620",
		"这里已经有 {0} 句感谢在等社区看，看过以后再写。这一句没有送出。",
		"{0} words of thanks from here wait for the community to look at them. These were not sent; write again after that.")
	// ErrAim says that nobody may be thanked so from here.
	ErrAim = fault.Define(fault.Invalid, "SW-2621",
		"不知道要谢谁。没有送出。请回到上一页，重新选一项。",
		"It is not clear whom to thank. Nothing was sent. Go back and choose again.")
)

// MostWaiting is how many thanks of one door or house wait at a time.
const MostWaiting = 3

// Thanks are words of thanks by a place or somebody at it, to one helper, to several who
// did one thing together, or to all who serve there.
type Thanks struct {
	ID, PlaceID, Path string
	Helpers           []string // empty: to all who serve there
	Words, From       string
	For               mode.Text // what for, as it was offered: a watch, a need; empty: nothing in particular
	Made              time.Time
	By                string    // account; empty: a resident, by the code at their door
	Decided           time.Time // looked at by somebody who keeps the roll
	DecidedBy         string
	Shown             bool
	Version           int64
}

// Aim is whom a resident may thank: what they did is said, who they are is not.
type Aim struct {
	ID      string
	Title   mode.Text
	Helpers []string // never shown to whoever writes
}

// Reaches says whether thanks that are shown are for a helper of the place.
func (t *Thanks) Reaches(helper string) bool {
	return t.Shown && (len(t.Helpers) == 0 || slices.Contains(t.Helpers, helper))
}

var unfit = regexp.MustCompile(`(?i)\d{7,}|1\d\d[ \-]\d{4}[ \-]\d{4}|https?:|www\.|[a-z0-9-]+\.(com|cn|net|org|top|xyz|io)\b`)

// Thank decides that thanks are kept. Those by whoever keeps the roll are shown at
// once; a resident's wait until somebody looked at them.
func Thank(t Thanks, now time.Time) (Thanks, error) {
	t.Words, t.From = strings.TrimSpace(t.Words), strings.TrimSpace(t.From)
	if t.Words == "" || len([]rune(t.Words)) > 300 || len([]rune(t.From)) > 40 || unfit.MatchString(t.Words) || unfit.MatchString(t.From) {
		return t, ErrThanks.With("300")
	}
	t.Made = now
	if t.By != "" {
		t.Decided, t.DecidedBy, t.Shown = now, t.By, true
	}
	return t, nil
}

// Decide takes down whether thanks are shown to whom they are for.
func Decide(t Thanks, show bool, by string, now time.Time) (Thanks, error) {
	if !t.Decided.IsZero() {
		return t, ErrDecided.With()
	}
	t.Decided, t.DecidedBy, t.Shown = now, by, show
	return t, nil
}
