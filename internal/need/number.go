package need

import "fmt"

// Number makes the number of a case from six random decimal digits and the year: two
// digits of the year, the six, and a check digit (ISO 7064 MOD 11,10), so that a digit
// read wrongly on the telephone is noticed. n is taken modulo a million.
func Number(year int, n uint64) string {
	body := fmt.Sprintf("%02d%06d", year%100, n%1_000_000)
	return body + string(rune('0'+check(body)))
}

// ValidNumber says whether a number's check digit fits.
func ValidNumber(s string) bool {
	if len(s) != 9 {
		return false
	}
	for _, d := range s {
		if d < '0' || d > '9' {
			return false
		}
	}
	return int(s[8]-'0') == check(s[:8])
}

func check(body string) int {
	p := 10
	for _, d := range body {
		if p = (p + int(d-'0')) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (11 - p) % 10
}
