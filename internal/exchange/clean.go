package exchange

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"shouwang/internal/identity"
)

// tidyText takes away what is not seen: outer spaces of every kind, zero-width
// signs, line ends inside (which become a space).
func tidyText(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' {
			plain = false
			break
		}
	}
	if plain {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u3000':
			gap = true
			continue
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

// tidyName also closes the gaps that typists put into short Chinese names.
func tidyName(s string) string {
	s = tidyText(s)
	if strings.IndexFunc(s, func(r rune) bool { return r != ' ' && !unicode.Is(unicode.Han, r) }) < 0 {
		s = strings.ReplaceAll(s, " ", "")
	}
	return s
}

// halfWidth turns full-width forms into plain ones.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - ('！' - '!')
		}
		return r
	}, s)
}

// blankWords are what people write where they know nothing; they change nothing.
var blankWords = map[string]bool{"": true, "/": true, "\\": true, "-": true, "--": true, "—": true, "——": true, "无": true, "空": true,
	"n/a": true, "na": true, "null": true, "none": true, "不详": true, "未知": true, "暂无": true, "不清楚": true, "待核实": true, "?": true, "？": true, "'": true}

func blankWord(s string) bool { return len(s) <= 12 && blankWords[strings.ToLower(s)] }

// unchanged says whether a cell says nothing: blank, a word for nothing, or a mask.
func unchanged(field, s string) bool {
	switch {
	case blankWord(s):
		return true
	case field == "name":
		return identity.MaskedName(s)
	case field == "id_number" || field == "phone":
		return identity.Masked(s)
	}
	return strings.Trim(s, "*＊·•●×■█✱※ ") == ""
}

var (
	dateRe = regexp.MustCompile(`^(\d{4})\s*[-/.年\\]\s*(\d{1,2})\s*[-/.月\\]\s*(\d{1,2})\s*[日号]?$`)
	timeRe = regexp.MustCompile(`[ T]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$`)
	cnDate = strings.NewReplacer("〇", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
)

// parseDate reads a date in its usual shapes: 2026-03-01, 2026/3/1, 2026.3.1,
// 2026年3月1日, 20260301, with or without a time, and the day count of a
// spreadsheet. It returns an ISO date; ok is false for a date that does not exist,
// lies before 1850 or after latest, or can be read in two ways.
func parseDate(s string, kind byte, latest time.Time) (iso string, ok bool) {
	s = strings.TrimSpace(timeRe.ReplaceAllString(halfWidth(tidyText(s)), ""))
	if strings.ContainsRune(s, '年') {
		s = cnDate.Replace(s)
	}
	y, m, d := 0, 0, 0
	whole := strings.TrimSuffix(s, ".0")
	switch n, err := strconv.Atoi(whole); {
	case err == nil && len(whole) == 8:
		y, m, d = n/10000, n/100%100, n%100
	case err == nil && (len(whole) == 5 || kind == cellNumber && n > 366 && n < 20000):
		iso, ok := serialDate(float64(n), false)
		if !ok {
			return "", false
		}
		if t, err := time.Parse("2006-01-02", iso); err != nil || t.After(latest) {
			return "", false
		}
		return iso, true
	default:
		p := dateRe.FindStringSubmatch(s)
		if p == nil {
			return "", false
		}
		y, _ = strconv.Atoi(p[1])
		m, _ = strconv.Atoi(p[2])
		d, _ = strconv.Atoi(p[3])
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1850 || m < 1 || m > 12 || d < 1 || t.Day() != d || t.After(latest) {
		return "", false
	}
	return t.Format("2006-01-02"), true
}

// parseBool reads a yes or no; nil for a cell that says nothing.
func parseBool(s string) (v *bool, ok bool) {
	yes, no := true, false
	switch strings.ToLower(halfWidth(tidyText(s))) {
	case "是", "有", "对", "1", "1.0", "true", "t", "y", "yes", "√", "✓", "✔", "☑", "v", "会", "能", "在", "党员", "中共党员", "预备党员", "中共预备党员", "正式党员", "已训", "合格":
		return &yes, true
	case "否", "无", "不", "0", "0.0", "false", "f", "n", "no", "×", "✗", "✘", "x", "☐", "不会", "不能", "没有", "非", "群众", "团员", "共青团员", "非党员", "无党派", "民主党派", "未训":
		return &no, true
	}
	if unchanged("", tidyText(s)) {
		return nil, true
	}
	return nil, false
}

// splitWords cuts a list as people write it.
func splitWords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(tidyText(s), func(r rune) bool { return strings.ContainsRune("、,，;；|/+＋ \n", r) }) {
		if !blankWord(w) {
			out = append(out, w)
		}
	}
	return out
}

var unitsOfCount = strings.NewReplacer("小时", "", "层", "", "户", "", "个", "", "单元", "", "岁", "", "年", "", "h", "")

// parseInt reads a whole number with its unit ("6层", "４", "4.0"); ok is false
// outside of lo to hi.
func parseInt(s string, lo, hi int) (int, bool) {
	s = strings.TrimSuffix(unitsOfCount.Replace(halfWidth(tidyText(s))), ".0")
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil && n >= lo && n <= hi
}
