package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tidy takes away what carries no meaning in a number: spaces and invisible
// characters, a leading apostrophe, full-width forms; letters become upper case.
func Tidy(raw string) string {
	var b strings.Builder
	for _, r := range raw {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '—' || r == '–' || r == '−' || r == '‐' || r == '‑':
			r = '-'
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\'' || r == '‘' || r == '’' {
			continue
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// maskRunes are the signs that lists use for what they hide.
const maskRunes = "*＊·•●×■█✱※"

// Masked says whether a number has hidden places.
func Masked(s string) bool { return strings.ContainsAny(s, maskRunes) }

// MaskedName says whether a name is hidden in part. A middle dot alone belongs to
// many names of minority people, so it counts only where nothing else is written.
func MaskedName(s string) bool {
	if strings.ContainsAny(s, "*＊●■█✱※") {
		return true
	}
	return s != "" && strings.Trim(s, maskRunes+" ") == ""
}

// MaskNumber shows the last four characters of an identity number.
func MaskNumber(s string) string {
	if utf8.RuneCountInString(s) <= 4 {
		return strings.Repeat("*", utf8.RuneCountInString(s))
	}
	r := []rune(s)
	return strings.Repeat("*", len(r)-4) + string(r[len(r)-4:])
}

// MaskPhone shows the first three and the last four digits of a mobile number
// and only the last two of any other.
func MaskPhone(s string) string {
	r := []rune(s)
	switch {
	case len(r) == 11 && r[0] == '1':
		return string(r[:3]) + "****" + string(r[7:])
	case len(r) > 4:
		return strings.Repeat("*", len(r)-2) + string(r[len(r)-2:])
	}
	return strings.Repeat("*", len(r))
}
