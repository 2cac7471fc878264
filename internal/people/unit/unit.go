package unit

import (
	"slices"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
	"shouwang/internal/people/service"
)

// Faults of checking in. When one comes up nothing was written.
var (
	// ErrUnit says that an organisation was written wrongly.
	ErrUnit = fault.Define(fault.Invalid, "SW-1796",
		"单位填得不对：要有名称（最多 60 字）和类别，联络人要是已登记的志愿者。没有写入，请改好再提交。",
		"The organisation cannot be so: it wants a name (60 characters at most) and a kind, and its contact is somebody on the roll. Nothing was written; mend it and send again.")
	// ErrHow says that somebody did not say whether they live or are stationed there.
	ErrHow = fault.Define(fault.Invalid, "SW-1797",
		"请选“住在这里”或“单位在这里”。没有报到，请选好再提交。",
		"Say whether you live there or are stationed there. You were not checked in; choose and send again.")
	// ErrConsentShare says that nothing is shared without a yes to the words about it.
	ErrConsentShare = fault.Define(fault.Invalid, "SW-1798",
		"同意让单位看到服务内容，要看过最新的说明再勾选。没有改动，请刷新后再选。",
		"Sharing with your organisation wants a yes to the note as it is now. Nothing was changed; load the page anew and choose.")
	// ErrEnded says that a check-in is over.
	ErrEnded = fault.Define(fault.Conflict, "SW-1799",
		"已经不在这个单位的报到名单里。没有改动。需要的话重新报到。",
		"This check-in is over. Nothing was changed. Check in anew if you like.")
)

// Wording is the version of the words that a member says yes to when they share.
const Wording = "2026-11"

// Kinds of unit.
var Kinds = []string{"party", "agency", "company", "social"}

// How somebody is at the place where they check in.
const (
	Lives     = "lives"
	Stationed = "stationed"
)

// Unit is an organisation that sends people; it checked in at its place.
type Unit struct {
	ID, Name, Kind string
	PlaceID, Path  string // the community where it is stationed
	Contact        string // helper
	Offers         string // what it offers the place, in its own words
	Since, Ended   time.Time
	Version        int64
}

// Check says whether a unit can be so.
func (u *Unit) Check() error {
	u.Name, u.Offers = strings.TrimSpace(u.Name), strings.TrimSpace(u.Offers)
	if u.Name == "" || len([]rune(u.Name)) > 60 || len([]rune(u.Offers)) > 200 || !slices.Contains(Kinds, u.Kind) {
		return ErrUnit.With()
	}
	return nil
}

// Presence is one member of a unit who checked in at a place beside it.
type Presence struct {
	HelperID, UnitID string
	PlaceID, Path    string // the community where they live or are stationed
	How              string
	Since            time.Time
	Shares           bool   // their unit sees what they did
	Consent          string // the wording they said yes to
	Ended            time.Time
	Version          int64
}

// In says whether somebody is checked in.
func (p *Presence) In() bool { return !p.Since.IsZero() && p.Ended.IsZero() }

// CheckIn decides that a member checks in; sharing wants a yes to the present wording.
func CheckIn(was Presence, p Presence, wording string, now time.Time) (Presence, error) {
	if p.How != Lives && p.How != Stationed {
		return was, ErrHow.With()
	}
	if p.Shares && wording != Wording {
		return was, ErrConsentShare.With()
	}
	p.Since, p.Ended, p.Version, p.Consent = now, time.Time{}, was.Version, ""
	if was.In() {
		p.Since = was.Since
	}
	if p.Shares {
		p.Consent = wording
	}
	return p, nil
}

// Leave decides that a member is checked in no more; what they shared is shared no more.
func Leave(p Presence, now time.Time) (Presence, error) {
	if !p.In() {
		return p, ErrEnded.With()
	}
	p.Ended, p.Shares, p.Consent = now, false, ""
	return p, nil
}

// Deed is what somebody did, said without how often or how long: in which month, what,
// and where.
type Deed struct {
	Month string
	Title mode.Text
	Place string // id of the community
}

// Deeds are what a member did since they checked in, each thing once a month, the
// newest month first. at names the community of a path.
func Deeds(p *Presence, all []service.Stretch, zone *time.Location, at func(path string) string) (out []Deed) {
	seen := map[Deed]bool{}
	for _, s := range all {
		if !s.Counts() || s.From.Before(p.Since) {
			continue
		}
		d := Deed{Month: s.From.In(zone).Format("2006-01"), Title: s.Title, Place: at(s.Path)}
		if !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Deed) int {
		if c := strings.Compare(b.Month, a.Month); c != 0 {
			return c
		}
		return strings.Compare(a.Title.ZH+a.Place, b.Title.ZH+b.Place)
	})
	return out
}
