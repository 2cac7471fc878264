package address

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	bracketRe = regexp.MustCompile(`[(（【\[][^)）】\]]*[)）】\]]`)
	// 〇 and 两 count as digits, 十 and 百 as places.
	numeralRe = regexp.MustCompile(`[零〇一二三四五六七八九十百两]+(号楼|号院|号|幢|栋|座|单元|门洞|梯|室|房|户|层|楼|弄|支弄|巷)`)
	afterRe   = regexp.MustCompile(`(号楼|幢|栋|座|单元|门洞|层|\d号)([零〇一二三四五六七八九十百两]{1,5})$`)
	sepRe     = regexp.MustCompile(`([0-9A-Z])[/\\_,，、.。:；;]([0-9A-Z])`)
	dashesRe  = regexp.MustCompile(`-+`)
	provRe    = regexp.MustCompile(`^[^\d\-]{2,8}?(?:省|自治区)`)
	cityRe    = regexp.MustCompile(`^[^\d\-]{1,7}?[^超菜夜早\d\-]市`)
	distRe    = regexp.MustCompile(`^[^\d\-]{1,6}?[^小社园校厂\d\-](?:区|县)`)
	streetRe  = regexp.MustCompile(`^[^\d\-]{1,12}?(?:街道|镇|乡)`)
	comRe     = regexp.MustCompile(`^[^\d\-]{1,12}?(?:社区居委会|社区|居委会|村委会)`)
)

// tidy brings an address to one writing: half-width upper case, one kind of dash,
// Chinese numerals before or after a counting word as digits, no spaces except
// between digits, where they become a dash. Bracketed remarks come back apart.
func tidy(raw string) (s, note string) {
	for _, m := range bracketRe.FindAllString(raw, -1) {
		note = strings.TrimSpace(note + " " + strings.Trim(m, "()（）【】[]"))
	}
	s = bracketRe.ReplaceAllString(raw, " ")
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range s {
		r = half(r)
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			gap = true
			continue
		}
		if gap && alnum(last) && alnum(r) {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
		last = r
	}
	s = b.String()
	for range 2 { // overlapping pairs: 3、2、501
		s = sepRe.ReplaceAllString(s, "$1-$2")
	}
	s = numeralRe.ReplaceAllStringFunc(s, func(m string) string {
		i := strings.IndexFunc(m, func(r rune) bool { return !isNumeral(r) })
		return arabic(m[:i]) + m[i:]
	})
	if i := afterRe.FindStringSubmatchIndex(s); i != nil {
		s = s[:i[4]] + arabic(s[i[4]:i[5]])
	}
	return strings.Trim(dashesRe.ReplaceAllString(s, "-"), "-,，、。;；"), note
}

func half(r rune) rune {
	switch {
	case strings.ContainsRune("—–−‐‑―─~～〜至", r):
		return '-'
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r == '棟':
		return '栋'
	case r == '號':
		return '号'
	case r == '樓':
		return '楼'
	case r == '單':
		return '单'
	}
	if r < unicode.MaxASCII && r != 'o' && r != 'l' {
		return unicode.ToUpper(r)
	}
	return r
}

func alnum(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsDigit(r) || unicode.IsLetter(r))
}

const numerals = "零〇一二三四五六七八九十百两"

func isNumeral(r rune) bool { return strings.ContainsRune(numerals, r) }

// arabic reads 十二 as 12, 一百零三 as 103 and 五零一, digit by digit, as 501.
func arabic(s string) string {
	val := map[rune]int{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	if !strings.ContainsAny(s, "十百") {
		var b strings.Builder
		for _, r := range s {
			b.WriteByte(byte('0' + val[r]))
		}
		return b.String()
	}
	total, cur := 0, 0
	for _, r := range s {
		switch r {
		case '百':
			total += max(cur, 1) * 100
			cur = 0
		case '十':
			total += max(cur, 1) * 10
			cur = 0
		default:
			cur = val[r]
		}
	}
	return itoa(total + cur)
}

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

// cutRegion takes province, city, district, street and community from the front,
// as long as something that can be an estate or a number remains.
func cutRegion(s string) string {
	rest := s
	for _, re := range []*regexp.Regexp{provRe, cityRe, distRe, streetRe, comRe} {
		m := re.FindString(rest)
		if m == "" || m == rest {
			continue
		}
		if re == distRe && rest == s {
			continue // "开发区3幢" may be an estate; a district counts only after its city
		}
		if re == comRe && startsInDigit(rest[len(m):]) {
			rest = strings.TrimSuffix(strings.TrimSuffix(m, "居委会"), "社区") + rest[len(m):]
			continue
		}
		rest = rest[len(m):]
	}
	return rest
}

var (
	typoRe = regexp.MustCompile(`\d[OolI|]+\d|\d[Ool|]+(?:室|号|幢|栋|单元|-|$)|(?:^|[-号楼幢栋单元座])[OolI|]+\d`)
)

// mistyped notices letters that stand for digits and says what was probably meant.
func mistyped(s string) (zh, en string) {
	at := typoRe.FindString(s)
	if at == "" {
		return "", ""
	}
	fixed := typoRe.ReplaceAllStringFunc(s, func(m string) string {
		return strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1", "|", "1").Replace(m)
	})
	return "疑似把数字0、1写成了字母，是否为 " + fixed + " ？", "letters seem to stand for the digits 0 or 1; did you mean " + fixed + "?"
}

// number brings one part to its canonical form: no leading zeros, upper case.
func number(s string) string {
	s = strings.ToUpper(s)
	t := strings.TrimLeft(s, "0")
	if t == "" && s != "" {
		return "0"
	}
	return strings.TrimSuffix(t, "户")
}

// Number brings a building, unit or room typed in a column of its own to its
// canonical form: "03幢" → "3", "２单元" → "2", "五零一室" → "501", "3.0" → "3".
func Number(raw string) string {
	if isDigits(raw) || len(raw) > maxLen {
		return number(raw)
	}
	s, _ := tidy(strings.TrimSuffix(strings.TrimSpace(raw), ".0"))
	for _, w := range []string{"号楼", "号公寓", "#楼", "单元", "门洞", "幢", "栋", "座", "楼", "梯", "室", "房", "户", "号", "#", "门"} {
		if t := strings.TrimSuffix(s, w); t != s && t != "" {
			s = t
			break
		}
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !isNumeral(r) }) < 0 {
		s = arabic(s)
	}
	return number(s)
}

// Mistyped says whether a building, unit or room has letters where digits were
// meant, and what was probably meant; both empty when it has not.
func Mistyped(raw string) (zh, en string) {
	if isDigits(raw) || len(raw) > maxLen {
		return "", ""
	}
	s, _ := tidy(raw)
	return mistyped(s)
}

func startsInDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func endsInDigit(s string) bool {
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
