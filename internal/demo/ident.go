package demo

import (
	"fmt"

	"shouwang/internal/identity"
)

// idents gives out identity numbers: the unassigned region, the birthday, a serial
// that is odd for men and belongs to one community, and the check digit.
type idents struct {
	community int
	used      map[day][2]int
}

// number returns a new one, or "" when the day's serials of this community are
// used up (then nobody wrote the number down).
func (s *idents) number(born day, female bool) string {
	if s.used == nil {
		s.used = map[day][2]int{}
	}
	i := 1
	if female {
		i = 0
	}
	n := s.used[born]
	if n[i] >= 29 {
		return ""
	}
	serial := s.community*58 + 2*n[i] + i
	n[i]++
	s.used[born] = n
	body := fmt.Sprintf("%s%s%03d", regionCode, born.time().Format("20060102"), serial)
	return body + string(identity.CheckDigit(body))
}

// phones gives out numbers of an unassigned prefix that look unordered: serial
// times a number prime to a million runs through all of them once.
type phones struct {
	block int // two digits
	next  int
}

func (p *phones) number() string {
	p.next++
	return fmt.Sprintf("%s%02d%06d", phonePrefix, p.block, (p.next*618033+p.block*7919)%1000000)
}
