package api

import (
	"regexp"
	"strconv"
	"strings"
)

// mend looks for a content of a wrong cell that would be taken: the slips of hand
// that are common, one after the other. It returns "" when none helps; what a person
// must know is never guessed.
func (r *sheetRun) mend(row []string, field string) string {
	col := -1
	for i, f := range sheetFields {
		if f.wire == field {
			col = i
		}
	}
	if col < 0 {
		return ""
	}
	for _, try := range slips(field, row[col], r.c.now.Year()) {
		if try == row[col] || try == "" {
			continue
		}
		next := append([]string(nil), row...)
		next[col] = try
		if field == "door" && r.roomHere(try) != nil {
			return try
		}
		good := true
		for x, bad := range r.typed([][]string{next}).Residents() {
			if bad != nil {
				good = wireOf(bad.Column) != field
				for _, p := range bad.Also {
					good = good && wireOf(p.Column) != field
				}
				continue
			}
			if field == "door" {
				_, why := r.doors.Find(x.Address, r.within)
				good = why == nil
			}
		}
		if good {
			return try
		}
	}
	return ""
}

var (
	likeDigits = strings.NewReplacer("O", "0", "o", "0", "〇", "0", "零", "0", "l", "1", "I", "1", "|", "1", "S", "5", "B", "8", "Z", "2")
	yearless   = regexp.MustCompile(`^(\d{1,2})[-/.月](\d{1,2})日?$`)
	shortYear  = regexp.MustCompile(`^(\d{2})([-/.年].*)$`)
	swapped    = regexp.MustCompile(`^(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})$`)
)

// slips are what somebody may have meant, the likeliest first.
func slips(field, text string, year int) []string {
	s := strings.Map(func(c rune) rune {
		switch {
		case c >= '！' && c <= '～':
			return c - ('！' - '!')
		case c == '　':
			return -1
		}
		return c
	}, strings.TrimSpace(text))
	switch field {
	case "door":
		return []string{s, likeDigits.Replace(s), strings.ReplaceAll(likeDigits.Replace(s), " ", ""), strings.TrimRight(likeDigits.Replace(s), "室号户")}
	case "phone", "id_number":
		digits := strings.Map(func(c rune) rune {
			if c >= '0' && c <= '9' || field == "id_number" && (c == 'x' || c == 'X') {
				return c
			}
			return -1
		}, likeDigits.Replace(s))
		return []string{s, digits, strings.TrimPrefix(digits, "86"), strings.TrimPrefix(digits, "0"), strings.ToUpper(digits)}
	case "birth", "verified":
		out := []string{s, likeDigits.Replace(s)}
		if p := swapped.FindStringSubmatch(s); p != nil {
			out = append(out, p[1]+p[2]+p[4]+p[2]+p[3])
		}
		if p := yearless.FindStringSubmatch(s); p != nil && field == "verified" {
			out = append(out, strconv.Itoa(year)+"-"+p[1]+"-"+p[2], strconv.Itoa(year-1)+"-"+p[1]+"-"+p[2])
		}
		if p := shortYear.FindStringSubmatch(s); p != nil && field == "verified" {
			out = append(out, "20"+p[1]+p[2])
		}
		return out
	case "gender":
		for _, w := range []string{"男", "女"} {
			if strings.Contains(s, w) {
				return []string{w}
			}
		}
	}
	return []string{s}
}
