package access

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/fault"
)

// Kin is a relative whom a household lets act for it from elsewhere: ask, and follow what
// was asked, until an end, and until the household or the desk says otherwise. It is no
// account: it opens with an address of its own, and with nothing else.
type Kin struct {
	ID        string
	PlaceID   string // the door of the household
	Name      string // who it is, as the household says it
	Relation  string // one of Relations
	Purpose   string // what for, in a few words
	Follow    bool   // also what the household itself asked; given at a desk alone
	Confirm   bool   // may say that what they asked for is done
	Given     time.Time
	GivenBy   string // account; empty: the household, at its door
	Until     time.Time
	Revoked   time.Time
	RevokedBy string // account; KinHousehold: the household, at its door
	Version   int64
}

// KinActor begins the actor's name of what a relative did.
const KinActor = "kin:"

// KinHousehold stands for a household that acts at its own door.
const KinHousehold = "resident:"

// Relations are what a relative is to the household.
var Relations = []string{"daughter", "son", "spouse", "sibling", "grandchild", "other"}

// longestKin is how long a relative is let in for at most; kinMost is how many at once.
const (
	longestKin = 366 * 24 * time.Hour
	kinMost    = 4
)

// The faults of letting relatives in.
var (
	// ErrKin says what is missing to let a relative in.
	ErrKin = fault.Define(fault.Invalid, "SW-2445",
		"请家人代办要写明：称呼（2 到 20 字）、是家里什么人、为什么（2 到 60 字）、到哪天（今天以后、一年以内）。没有写入，请补上：{0}。",
		"To let a relative act needs their name (2 to 20 characters), what they are to the household, what for (2 to 60 characters), and an end within a year. Nothing was written; add: {0}.")
	// ErrKinMany says that enough relatives are let in already.
	ErrKinMany = fault.Define(fault.Conflict, "SW-2446",
		"这一户已经请了 {0} 位家人代办，到了上限。没有写入。请先停掉一位再请。",
		"This household has let in {0} relatives already, which is the most. Nothing was written. End one of them first.")
	// ErrKinOver is one answer for an address that never was, has ended or was revoked.
	ErrKinOver = fault.Define(fault.NotFound, "SW-2447",
		"这个代办的网址打不开：可能到期了，或者家里已经停掉。没有写入。请让家里人再请一次，或问社区。",
		"This address does not open: it may have ended, or the household ended it. Nothing was written. Ask the household to let you in again, or ask the community.")
	// ErrKinMay says that the household did not allow this.
	ErrKinMay = fault.Define(fault.Forbidden, "SW-2448",
		"家里没有让您做这一件（保密的事、家里自己说了算的事）。没有写入。请让家里人自己做，或打社区电话。",
		"The household did not let you do this (what is confidential, or theirs alone to say). Nothing was written. Ask them to do it, or telephone the community.")
	// ErrKinEnded says that it has ended already.
	ErrKinEnded = fault.Define(fault.Conflict, "SW-2449",
		"这位家人的代办已经停了或到期了。没有改动，请刷新后再看。",
		"This relative's leave to act has ended already. Nothing was changed; refresh and look again.")
)

// Open says whether the relative may act at a time.
func (k *Kin) Open(now time.Time) bool {
	return k.ID != "" && k.Revoked.IsZero() && !now.Before(k.Given) && now.Before(k.Until)
}

// LetIn checks what is asked beside those who are let in already.
func LetIn(k Kin, others []Kin, now time.Time) (Kin, error) {
	k.Name, k.Purpose = strings.TrimSpace(k.Name), strings.TrimSpace(k.Purpose)
	between := func(s string, lo, hi int) bool { n := utf8.RuneCountInString(s); return n >= lo && n <= hi }
	field := ""
	switch {
	case !between(k.Name, 2, 20):
		field = "name"
	case !slices.Contains(Relations, k.Relation):
		field = "relation"
	case !between(k.Purpose, 2, 60):
		field = "purpose"
	case !k.Until.After(now) || k.Until.After(now.Add(longestKin)):
		field = "until"
	}
	if field != "" {
		return k, ErrKin.With(field).At(field)
	}
	n := 0
	for i := range others {
		if others[i].Open(now) {
			n++
		}
	}
	if n >= kinMost {
		return k, ErrKinMany.With(n)
	}
	if k.GivenBy == "" {
		k.Follow = false // a door's code may be read by a guest: what the household asked is theirs
	}
	k.Given = now
	return k, nil
}

// End takes the leave back at once.
func (k Kin) End(by string, now time.Time) (Kin, error) {
	if !k.Open(now) {
		return k, ErrKinEnded.With()
	}
	k.Revoked, k.RevokedBy = now, by
	return k, nil
}

// KinKeep is how long after its end it is still written who acted and what for.
const KinKeep = 30 * 24 * time.Hour

// Forgotten is the relative without who it was and what for: what stays is that somebody
// of that relation acted for the household, from when until when.
func (k Kin) Forgotten() Kin {
	k.Name, k.Purpose = "", ""
	return k
}

// Short is the name as it stands where others may read along: 陈**.
func (k *Kin) Short() string {
	r := []rune(k.Name)
	if len(r) == 0 {
		return ""
	}
	return string(r[:1]) + strings.Repeat("*", min(len(r)-1, 2))
}
