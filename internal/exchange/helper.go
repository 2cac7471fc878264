package exchange

import (
	"iter"
	"strconv"
	"strings"

	"shouwang/internal/address"
	"shouwang/internal/identity"
)

// HelperRow is one line of the roll of volunteers and workers. Empty and nil mean
// that the file says nothing about it and nothing may be changed.
type HelperRow struct {
	At
	Number    string // never an identity number
	Name      string
	Gender    string // "m", "f"
	BirthYear int
	WorkPhone string
	Kind      string          // volunteer, police, health, community, gridworker, property, cadre
	Address   address.Address // where the helper lives; zero when not written
	PlaceCode string          // or the code of the place
	Party     *bool
	Standing  *bool // resident representative
	PhoneUser *bool
	Skills    []string // catalogue keys
	Trained   []string // qualification keys
	Hours     *int     // hours a day
	// What a sign-up asks: sealed are OwnPhone, Mail, Limits, LimitNote and the guardian.
	Born                    string // 1985, 1985-03 or 1985-03-12
	OwnPhone, Mail          string
	LimitNote               string
	Limits                  []string // catalogue keys
	Guardian, GuardianPhone string
	GuardianYes, Consent    *bool
	Organisation            string
	Available               []Stretch
	PassedUntil             string // ISO date: the last day on which what is in Trained holds
	Away                    string // "present", "locked-in", "locked-out", "isolated", "left"
	Post                    string // post in normal times, as written: 微网格长, 网格员…
	PostPlace               string // code of the place of that post
	Note                    string
}

// Helpers reads every row: each is either a typed row or a reject.
func (s *Sheet) Helpers() iter.Seq2[*HelperRow, *Reject] { return each(s, readHelper) }

func readHelper(r *record, at At) *HelperRow {
	row := &HelperRow{At: at}
	var col int
	row.Number, _, col = r.text("number")
	row.Number = strings.ToUpper(halfWidth(row.Number))
	if idLike(row.Number) {
		r.bad(col, ErrIdentity.With("编号不得使用身份证号", "the helper's number must not be an identity number"))
	}
	row.Name = r.name()
	row.Gender = r.gender()
	row.BirthYear = r.birthYear()
	row.WorkPhone = r.phone("phone")
	row.Kind = r.one("kind", helperKinds)
	row.PlaceCode = r.code("place_code")
	r.home(row)
	row.Party, row.Standing, row.PhoneUser = r.bool("party"), r.bool("standing"), r.bool("phone_user")
	row.Skills = r.all("skills", skills)
	row.Limits = r.all("limits", limits)
	row.Trained = r.trained()
	row.PassedUntil = r.until("passed_until")
	row.Hours = r.int("hours", 0, 24)
	r.signUp(row)
	row.Away = r.one("away", aways)
	row.Post, _, _ = r.text("post")
	row.PostPlace = r.code("post_place")
	row.Note, _, _ = r.text("note")
	return row
}

// idLike says whether a number is a valid identity number of either world.
func idLike(s string) bool {
	_, real := identity.Check(s, identity.Real)
	_, demo := identity.Check(s, identity.Demo)
	return real == nil || demo == nil
}

// all reads a list of catalogue words and rejects the row for one that nobody knows.
func (r *record) all(field string, cat []word) []string {
	keys, other := r.many(field, cat)
	if len(other) > 0 {
		_, _, at := r.text(field)
		r.bad(at, ErrUnknownWord.With(short(other[0]), r.names(field, cat)))
	}
	return keys
}

// birthYear takes a year or a whole date.
func (r *record) birthYear() int {
	s, kind, col := r.text("birth_year")
	if s == "" {
		return 0
	}
	if y, ok := parseInt(s, 1900, r.opt.Now.Year()); ok {
		return y
	}
	if iso, ok := parseDate(s, kind, r.opt.Now); ok {
		y, _ := strconv.Atoi(iso[:4])
		return y
	}
	if len(s) >= 6 && len(s) <= 8 { // 1985-03, 1985.3, 198503
		if y, ok := parseInt(s[:4], 1900, r.opt.Now.Year()); ok && strings.Trim(s[4:], "0123456789-./年月") == "" {
			return y
		}
	}
	r.bad(col, ErrNumber.With(short(s), 1900, r.opt.Now.Year()))
	return 0
}

// home reads the helper's address; a code of the place makes it unnecessary.
func (r *record) home(row *HelperRow) {
	s, kind, col := r.text("address")
	if s == "" {
		return
	}
	if row.PlaceCode == "" && codeRe.MatchString(s) && len(s) >= 12 {
		row.PlaceCode = strings.ToUpper(s) // a code where an address was asked for
		return
	}
	if kind == cellDate {
		r.bad(col, ErrBecameDate.With(r.heading(col), s))
		return
	}
	row.Address = address.ParseWith(s, r.opt.Aliases)
	if !row.Address.Sure() && row.PlaceCode == "" {
		r.bad(col, ErrAddress.With(row.Address.Hint, row.Address.HintEN))
	}
}

// trained reads qualifications; a bare yes means the basic protective training.
func (r *record) trained() []string {
	if s, _, _ := r.text("trained"); s != "" {
		if v, ok := parseBool(s); ok {
			if v != nil && *v {
				return []string{"protective-basic"}
			}
			return nil
		}
	}
	return r.all("trained", trainings)
}

// code reads the code of a place.
func (r *record) code(field string) string {
	s, _, col := r.text(field)
	if s == "" {
		return ""
	}
	s = foldCode(s)
	if !codeRe.MatchString(s) {
		r.bad(col, ErrCode.With(short(s)))
	}
	return s
}
