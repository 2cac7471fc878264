package people

import (
	"net/mail"
	"regexp"
	"strings"
)

// mailRe is what an address of a mailbox looks like that every server takes.
var mailRe = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$`)

// MailAddress takes an e-mail address as people write it and says whether it is one:
// one bare address, no name and no second one beside it. Empty is an answer too: none.
func MailAddress(s string) (string, bool) {
	s = strings.NewReplacer("＠", "@", "．", ".").Replace(strings.TrimSpace(s))
	if s == "" {
		return "", true
	}
	if len(s) > 254 || !mailRe.MatchString(s) {
		return "", false
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return "", false
	}
	return s, true
}
