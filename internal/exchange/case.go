package exchange

import (
	"iter"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/internal/address"
)

// CaseRow is one need as a paper list or another system keeps it.
type CaseRow struct {
	At
	PlaceCode string          // where the need is, or
	Address   address.Address // its door as read; always sure
	Item      string          // of the catalogue: its id or its name, as written
	Words     string
	Name      string // whom to ask for
	Phone     string
	Received  string // RFC 3339, a civil day with its time, or a civil day; empty: not written
	Due       string // the same
	Reference string // the number it has in the list or system it comes from
}

// maxReference is how many signs the number of another system may have.
const maxReference = 80

// Cases reads every row: each is either a typed row or a reject.
func (s *Sheet) Cases() iter.Seq2[*CaseRow, *Reject] { return each(s, readCase) }

func readCase(r *record, at At) *CaseRow {
	row := &CaseRow{At: at, PlaceCode: r.code("place_code")}
	written := func(field string) bool { s, _, _ := r.text(field); return s != "" }
	switch {
	case row.PlaceCode != "" || len(r.problems) > 0:
	case written("address") || written("building") || written("room"):
		row.Address = r.door()
	default:
		r.must("address")
	}
	row.Item, _, _ = r.must("item")
	row.Words, _, _ = r.text("words")
	row.Name, _, _ = r.text("name")
	row.Phone = r.phone("phone")
	row.Received, row.Due = r.moment("received"), r.moment("due")
	var col int
	row.Reference, _, col = r.text("reference")
	row.Reference = halfWidth(row.Reference)
	if idLike(row.Reference) {
		r.bad(col, ErrIdentity.With("编号不得使用身份证号", "the reference must not be an identity number"))
	} else if utf8.RuneCountInString(row.Reference) > maxReference {
		r.bad(col, ErrReferenceLong.With(maxReference))
	}
	return row
}

var (
	momentRe = regexp.MustCompile(`^(.+?)[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?$`)
	cnClock  = strings.NewReplacer("时", ":", "点", ":", "分", "")
)

// moment reads a day that may have a time, at most two years ahead.
func (r *record) moment(field string) string {
	s, kind, col := r.text(field)
	if s == "" {
		return ""
	}
	h := strings.TrimSpace(cnClock.Replace(halfWidth(s)))
	if t, err := time.Parse(time.RFC3339, strings.Replace(h, " ", "T", 1)); err == nil {
		return t.Format(time.RFC3339)
	}
	if strings.HasSuffix(h, ":") {
		h += "00"
	}
	day, clock := h, ""
	if p := momentRe.FindStringSubmatch(strings.Replace(h, "日", "日 ", 1)); p != nil {
		day, clock = p[1], p[2]+":"+p[3]
		if len(p[2]) == 1 {
			clock = "0" + clock
		}
	}
	iso, ok := parseDate(day, kind, r.opt.Now.AddDate(2, 0, 0))
	if _, err := time.Parse("15:04", clock); !ok || clock != "" && err != nil {
		r.bad(col, ErrMoment.With(short(s)))
		return ""
	}
	return strings.TrimSpace(iso + " " + clock)
}
