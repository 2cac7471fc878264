package need

import (
	"regexp"
	"strings"
)

var (
	mobileRe = regexp.MustCompile(`(?:^|\D)(?:\+?(?:00)?86[- ]?)?(1\d{2}[- ]?\d{4}[- ]?\d{4})(?:\D|$)`)
	fixedRe  = regexp.MustCompile(`(?:^|\D)(0\d{2,3}[- ]?\d{3,4}[- ]?\d{4})(?:\D|$)`)
	localRe  = regexp.MustCompile(`(?:^|\D)(\d{7,8})(?:\D|$)`)
	digits   = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "—", "-", "－", "-", "–", "-")
	unspaced = strings.NewReplacer("-", "", " ", "")
)

// PhoneIn finds the telephone in what somebody left to be reached by, in one form
// whatever its spelling: a mobile number before one with its area code before one
// without; empty where there is none.
func PhoneIn(contact string) string {
	s := digits.Replace(contact)
	for _, re := range []*regexp.Regexp{mobileRe, fixedRe, localRe} {
		if m := re.FindStringSubmatch(s); m != nil {
			return unspaced.Replace(m[1])
		}
	}
	return ""
}
