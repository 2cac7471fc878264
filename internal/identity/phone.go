package identity

import "strings"

// DemoPrefix begins every invented telephone number; no operator uses it.
const DemoPrefix = "129"

// The reasons for which a telephone number is refused, beside ErrBlank,
// ErrMasked and the two worlds.
var (
	ErrPhone     = &Problem{"phone", "不是手机号（11位，13–19开头）或带区号的座机号", "neither a mobile number (11 digits, 13 to 19) nor a landline with area code"}
	ErrPhoneArea = &Problem{"phone-area", "座机号缺少区号", "the landline number lacks its area code"}
	ErrPhoneReal = &Problem{"phone-real", "演示系统只接收129开头的虚构号码", "a demonstration takes only invented telephone numbers that begin with 129"}
	ErrPhoneDemo = &Problem{"phone-demo", "129开头的号码只用于演示，正式系统不接收", "telephone numbers that begin with 129 are for demonstrations; a real instance refuses them"}
)

// Phone reads a telephone number as typed: country code, spaces, dashes,
// brackets and full-width digits are taken away. A mobile number comes back as
// eleven digits, a landline as area code, dash, number. The error is a *Problem.
func Phone(raw string, w World) (string, error) {
	s := Tidy(raw)
	if s == "" {
		return "", ErrBlank
	}
	if Masked(s) {
		return "", ErrMasked
	}
	s = strings.TrimSuffix(s, ".0")
	var b strings.Builder
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune("-()./", r) || (r == '+' && i == 0):
		default:
			return "", ErrPhone
		}
	}
	s = b.String()
	for _, p := range []string{"0086", "86"} {
		if len(s) == len(p)+11 && strings.HasPrefix(s, p) {
			s = s[len(p):]
		}
	}
	mobile := len(s) == 11 && s[0] == '1'
	switch {
	case mobile && strings.HasPrefix(s, DemoPrefix):
		if w == Real {
			return "", ErrPhoneDemo
		}
		return s, nil
	case w == Demo:
		return "", ErrPhoneReal
	case mobile && s[1] >= '3':
		return s, nil
	case len(s) == 7 || len(s) == 8:
		return "", ErrPhoneArea
	}
	return landline(s)
}

// landline cuts a number with area code; 010 and 02x have three digits, all
// others four.
func landline(s string) (string, error) {
	if len(s) < 10 || s[0] != '0' || s[1] == '0' {
		return "", ErrPhone
	}
	n := 4
	if s[1] == '1' || s[1] == '2' {
		n = 3
	}
	if rest := len(s) - n; rest < 7 || rest > 8 || s[n] < '2' {
		return "", ErrPhone
	}
	return s[:n] + "-" + s[n:], nil
}
