package people

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/identity"
)

// Faults of what somebody says about a helper. Nothing was written.
var (
	// ErrField says which field cannot be so, and why.
	ErrField = fault.Define(fault.Invalid, "SW-1732",
		"“{0}”填得不对：{1}。没有写入，请改好再提交。",
		"{2} cannot be so: {3}. Nothing was written; mend it and send again.")
	// ErrNoGuardian says that a minor has no guardian who consents.
	ErrNoGuardian = fault.Define(fault.Invalid, "SW-1733",
		"未满 18 岁，要写监护人的姓名和电话，并由监护人同意。没有写入，请补填。",
		"Under 18 a guardian's name and phone are needed, and their consent. Nothing was written; fill them in.")
	// ErrNoConsent says that somebody did not consent.
	ErrNoConsent = fault.Define(fault.Invalid, "SW-1734",
		"要本人同意才能登记为志愿者。没有写入。看过说明后请勾选“我同意”。",
		"Somebody becomes a helper only by their own consent. Nothing was written; read the note and tick it.")
	// ErrUnknownSkill says that a skill or limit is not in the catalogue.
	ErrUnknownSkill = fault.Define(fault.Invalid, "SW-1735",
		"目录里没有“{0}”。没有写入。可用的有：{1}。",
		"The catalogue has no {0}. Nothing was written. There are: {1}.")
	// ErrLeft says that somebody is no longer a helper.
	ErrLeft = fault.Define(fault.Conflict, "SW-1736",
		"此人已退出，登记的私人信息已销毁，不能再改。愿意再来，请重新报名。",
		"This helper has left and what was private is destroyed; nothing can be changed. They may sign up anew.")
)

// File is what is said about a helper at a sign-up or at the desk. Birth is a year,
// a month or a day: 1985, 1985-03, 1985-03-12. Nil fields of a change say nothing.
type File struct {
	Name, Gender, Birth, WorkPhone, Kind *string
	PlaceID, Path                        *string
	Party, Standing, PhoneUser           *bool
	Skills                               *[]string
	Hours                                *int
	Available                            *[]Window
	Organisation, PersonID, Recruited    *string
	Phone                                *string // their own
	Mail                                 *string // e-mail; empty takes it away
	Limits                               *[]string
	Note                                 *string
	Guardian                             *Guardian
	GuardianConsents                     *bool
	Consent                              *string // version of the text they consent to
}

// Private says whether a file touches what is sealed.
func (f *File) Private() bool {
	return f.Phone != nil || f.Mail != nil || f.Limits != nil || f.Note != nil || f.Guardian != nil
}

// Catalogue is the ids that a file may name.
type Catalogue struct{ Skills, Limits []string }

// Lay lays a file over a helper and what is private of them, and checks the whole.
// On a fault neither is of use.
func (f *File) Lay(h *Helper, p *Private, cat Catalogue, now time.Time) error {
	if !h.Left.IsZero() {
		return ErrLeft.With()
	}
	for _, x := range []struct {
		to, v *string
	}{{&h.Name, f.Name}, {&h.Gender, f.Gender}, {&h.Kind, f.Kind}, {&h.PlaceID, f.PlaceID}, {&h.Path, f.Path}, {&h.Organisation, f.Organisation},
		{&h.PersonID, f.PersonID}, {&h.Recruited, f.Recruited}, {&p.Note, f.Note}} {
		if x.v != nil {
			*x.to = strings.TrimSpace(*x.v)
		}
	}
	for _, x := range []struct{ to, v *bool }{{&h.Party, f.Party}, {&h.Standing, f.Standing}, {&h.PhoneUser, f.PhoneUser}} {
		if x.v != nil {
			*x.to = *x.v
		}
	}
	if f.Hours != nil {
		h.Hours = *f.Hours
	}
	if f.Available != nil {
		h.Available = *f.Available
	}
	if f.Guardian != nil {
		p.Guardian = *f.Guardian
	}
	if err := f.numbers(h, p, now); err != nil {
		return err
	}
	if err := f.lists(h, p, cat); err != nil {
		return err
	}
	if f.Consent != nil && *f.Consent != "" {
		h.Consent, h.ConsentTo = now, *f.Consent
	}
	if f.GuardianConsents != nil {
		if h.Guarded = (time.Time{}); *f.GuardianConsents {
			h.Guarded = now
		}
	}
	return checkFile(h, p, now)
}

// numbers reads phones and the birth.
func (f *File) numbers(h *Helper, p *Private, now time.Time) error {
	for _, x := range []struct {
		to, v  *string
		zh, en string
	}{{&h.WorkPhone, f.WorkPhone, "工作电话", "Work phone"}, {&p.Phone, f.Phone, "手机号", "Phone"}} {
		if x.v == nil {
			continue
		}
		v, ok := Phone(*x.v)
		if !ok {
			return field(x.zh, "要 7–15 位数字", x.en, "7 to 15 digits are wanted")
		}
		*x.to = v
	}
	if f.Guardian != nil && p.Guardian.Phone != "" {
		v, ok := Phone(p.Guardian.Phone)
		if !ok {
			return field("监护人电话", "要 7–15 位数字", "Guardian's phone", "7 to 15 digits are wanted")
		}
		p.Guardian.Phone = v
	}
	if f.Mail != nil {
		v, ok := MailAddress(*f.Mail)
		if !ok {
			return field("邮箱", "请写成 name@example.cn", "E-mail", "name@example.cn is wanted")
		}
		p.Mail = v
	}
	if f.Birth == nil {
		return nil
	}
	year, ofAge, err := ReadBirth(*f.Birth, now)
	if err == nil {
		h.Birth, h.OfAge = year, ofAge
	}
	return err
}

// lists reads what is named out of the catalogues.
func (f *File) lists(h *Helper, p *Private, cat Catalogue) error {
	for _, x := range []struct {
		to, v *[]string
		among []string
	}{{&h.Skills, f.Skills, cat.Skills}, {&p.Limits, f.Limits, cat.Limits}} {
		if x.v == nil {
			continue
		}
		out := []string{}
		for _, id := range *x.v {
			if !slices.Contains(x.among, id) {
				return ErrUnknownSkill.With(short(id), strings.Join(x.among, " "))
			}
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
		*x.to = out
	}
	return nil
}

// kinds of helpers.
var kinds = []string{"volunteer", "police", "health", "community", "gridworker", "property", "cadre"}

func checkFile(h *Helper, p *Private, now time.Time) error {
	switch n := len([]rune(h.Name)); {
	case n == 0:
		return field("姓名", "没有填", "Name", "it is missing")
	case n > 40:
		return field("姓名", "太长", "Name", "it is too long")
	}
	if !slices.Contains(kinds, h.Kind) {
		return field("类别", "可用 "+strings.Join(kinds, " "), "Kind", "there are "+strings.Join(kinds, " "))
	}
	if h.PlaceID == "" {
		return field("所在地", "没有选", "Place", "it is missing")
	}
	if h.Hours < 0 || h.Hours > 24 {
		return field("每天小时数", "应在 0 到 24 之间", "Hours a day", "0 to 24 are possible")
	}
	if len(h.Available) > 21 {
		return field("方便的时间", "太多段", "When", "there are too many stretches")
	}
	for _, w := range h.Available {
		if w.Day < 1 || w.Day > 7 || w.From < 0 || w.To > 24*60 || w.From >= w.To {
			return field("方便的时间", "结束要晚于开始，在一天之内", "When", "a stretch ends after it begins, within one day")
		}
	}
	if len([]rune(p.Note)) > 300 {
		return field("其他说明", "不超过 300 字", "Note", "300 characters at most")
	}
	if h.Minor(now) && (p.Guardian.Name == "" || p.Guardian.Phone == "" || h.Guarded.IsZero()) {
		return ErrNoGuardian.With()
	}
	return nil
}

func field(zh, whyZH, en, whyEN string) error { return ErrField.With(zh, whyZH, en, whyEN) }

func short(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

var phoneRe = regexp.MustCompile(`^\+?[0-9]{7,15}$`)

// Phone takes a number as people write it, with blanks and hyphens, and gives its
// digits; a Chinese country code is left off. Empty is a number too: none.
func Phone(s string) (string, bool) {
	s = strings.Map(func(c rune) rune {
		switch {
		case c >= '０' && c <= '９':
			return c - '０' + '0'
		case c == ' ' || c == '-' || c == '　' || c == '(' || c == ')':
			return -1
		}
		return c
	}, strings.TrimSpace(s))
	if s == "" {
		return "", true
	}
	if rest, ok := strings.CutPrefix(s, "+86"); ok {
		s = rest
	}
	return s, phoneRe.MatchString(s)
}

var birthRe = regexp.MustCompile(`^([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?$`)

// ReadBirth reads a year, a month or a day of birth. ofAge is the day a minor comes
// of age, the last that what was written allows, and zero for adults.
func ReadBirth(s string, now time.Time) (year int, ofAge time.Time, err error) {
	s = strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(strings.TrimSpace(s))
	s = strings.TrimRight(s, "-")
	if s == "" {
		return 0, time.Time{}, nil
	}
	bad := field("出生日期", "请写成 1985、1985-03 或 1985-03-12", "Birth", "write 1985, 1985-03 or 1985-03-12")
	m := birthRe.FindStringSubmatch(s)
	if m == nil {
		return 0, time.Time{}, bad
	}
	y, _ := strconv.Atoi(m[1])
	month, day := 1, 1
	if m[2] != "" {
		month, _ = strconv.Atoi(m[2])
	}
	if m[3] != "" {
		day, _ = strconv.Atoi(m[3])
	}
	first := time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if y < 1900 || first.Day() != day || int(first.Month()) != month {
		return 0, time.Time{}, bad
	}
	if first.After(now) {
		return 0, time.Time{}, field("出生日期", "还没有到这一天", "Birth", "that day is still to come")
	}
	last := first
	switch {
	case m[2] == "":
		last = time.Date(y+1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
	case m[3] == "":
		last = first.AddDate(0, 1, -1)
	}
	if day18 := last.AddDate(Adult, 0, 0); now.Before(day18) {
		ofAge = day18
	}
	return y, ofAge, nil
}

// NewNumber makes a volunteer number out of the year and random bits: V, two digits
// of the year, seven digits and one to check them. It is never an identity number.
func NewNumber(now time.Time, bits uint64) string {
	body := fmt.Sprintf("%02d%07d", now.Year()%100, bits%10_000_000)
	return "V" + body + strconv.Itoa(luhn(body))
}

// CheckNumber says whether a volunteer number may stand: it is no identity number of
// either world, and a number of our own make has its right last digit.
func CheckNumber(s string) error {
	_, real := identity.Check(s, identity.Real)
	_, demo := identity.Check(s, identity.Demo)
	if real == nil || demo == nil {
		return field("编号", "不得使用身份证号", "Number", "it must not be an identity number")
	}
	return nil
}

func luhn(s string) int {
	sum := 0
	for i := range s {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return (10 - sum%10) % 10
}
