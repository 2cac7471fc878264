package exchange

import (
	"iter"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// RosterRow is one line of a roster: who stands on a post at a place on a day.
type RosterRow struct {
	At
	Date      string // civil day
	From      int    // minutes after its midnight
	Until     int
	Post      string // as written
	PlaceCode string
	Number    string // of the helper, or
	Name      string
}

// Rosters reads every row: each is either a typed row or a reject.
func (s *Sheet) Rosters() iter.Seq2[*RosterRow, *Reject] { return each(s, readRoster) }

func readRoster(r *record, at At) *RosterRow {
	row := &RosterRow{At: at}
	r.must("date")
	row.Date = r.anyDate("date")
	row.From, row.Until = r.clock("from"), r.clock("until")
	row.Post, _, _ = r.must("post")
	r.must("place_code")
	row.PlaceCode = r.code("place_code")
	row.Number, _, _ = r.text("number")
	row.Number = strings.ToUpper(halfWidth(row.Number))
	if row.Name, _, _ = r.text("name"); row.Name == "" && row.Number == "" {
		r.must("number")
	}
	return row
}

var clockRe = regexp.MustCompile(`^(\d{1,2})(?:[:点时](\d{1,2})?分?(?::\d{2})?)?$`)

// clock reads a time of the day in minutes, 24:00 among them; a spreadsheet keeps one
// as a part of the day.
func (r *record) clock(field string) int {
	s, _, col := r.must(field)
	if s == "" {
		return 0
	}
	h := strings.TrimSpace(halfWidth(s))
	if f, err := strconv.ParseFloat(h, 64); err == nil && strings.Contains(h, ".") && f >= 0 && f < 1 {
		return int(math.Round(f * 24 * 60))
	}
	if p := clockRe.FindStringSubmatch(h); p != nil {
		hours, _ := strconv.Atoi(p[1])
		minutes, _ := strconv.Atoi(p[2])
		if m := hours*60 + minutes; minutes < 60 && m <= 24*60 {
			return m
		}
	}
	r.bad(col, ErrClock.With(short(s)))
	return 0
}
