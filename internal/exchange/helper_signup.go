package exchange

import (
	"regexp"
	"strconv"
	"strings"
)

// Stretch is a stretch of a week: a day (1 Monday to 7 Sunday) and minutes of it.
type Stretch struct{ Day, From, To int }

// signUp reads what a sign-up asks beside what an old roll had.
func (r *record) signUp(row *HelperRow) {
	row.Born = r.born()
	row.OwnPhone = r.phone("own_phone")
	row.Mail, _, _ = r.text("mail")
	row.LimitNote, _, _ = r.text("limit_note")
	row.Guardian, _, _ = r.text("guardian")
	row.Guardian = tidyName(row.Guardian)
	row.GuardianPhone = r.phone("guardian_phone")
	row.GuardianYes, row.Consent = r.bool("guardian_yes"), r.bool("consent")
	row.Organisation, _, _ = r.text("organisation")
	row.Available = r.stretches("available")
}

// born is a birth as exactly as it is written; what cannot be read was said already.
func (r *record) born() string {
	s, kind, _ := r.text("birth_year")
	if s == "" {
		return ""
	}
	if y, ok := parseInt(s, 1900, r.opt.Now.Year()); ok {
		return strconv.Itoa(y)
	}
	if iso, ok := parseDate(s, kind, r.opt.Now); ok {
		return iso
	}
	if m := monthRe.FindStringSubmatch(s); m != nil {
		return m[1] + "-" + m[2]
	}
	return ""
}

var monthRe = regexp.MustCompile(`^([0-9]{4})[-./年]?([0-9]{1,2})月?$`)

// until reads the last day on which something holds, which may lie in the future.
func (r *record) until(field string) string {
	s, kind, col := r.text(field)
	if s == "" {
		return ""
	}
	iso, ok := parseDate(s, kind, r.opt.Now.AddDate(100, 0, 0))
	if !ok {
		r.bad(col, ErrDate.With(short(s)))
	}
	return iso
}

var (
	weekdays  = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
	stretchRe = regexp.MustCompile(`(?i)^(?:周|星期|礼拜)?(一|二|三|四|五|六|日|天|mon|tue|wed|thu|fri|sat|sun)([0-9]{1,2})[:：]([0-9]{2})[-–—~～至到]([0-9]{1,2})[:：]([0-9]{2})$`)
)

// stretches reads when somebody can help: 周一 09:00-12:00、周六 14:00-18:00.
func (r *record) stretches(field string) []Stretch {
	s, _, col := r.text(field)
	var out []Stretch
	for _, part := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("、,，;；|\n", c) }) {
		m := stretchRe.FindStringSubmatch(strings.Join(strings.Fields(part), ""))
		if m == nil {
			r.bad(col, ErrStretch.With(short(part)))
			return nil
		}
		at := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
		x := Stretch{Day: weekdays[strings.ToLower(m[1])], From: at(2)*60 + at(3), To: at(4)*60 + at(5)}
		if x.From >= x.To || x.To > 24*60 {
			r.bad(col, ErrStretch.With(short(part)))
			return nil
		}
		out = append(out, x)
	}
	return out
}
