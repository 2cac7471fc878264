package address

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// MaxRange is the greatest count of buildings that one typed range may mean.
const MaxRange = 500

var (
	listSep = regexp.MustCompile(`[、,，;；/\s和及]+`)
	oneRe   = regexp.MustCompile(`^(\d{1,4})(?:号楼|号|幢|栋|座|楼|#楼|#)?$`)
	spanRe  = regexp.MustCompile(`^(\d{1,4})(?:号楼|号|幢|栋|座|楼|#楼|#)?-(\d{1,4})(?:号楼|号|幢|栋|座|楼|#楼|#)?(单号|双号|单|双)?$`)
	wordRe  = regexp.MustCompile(`^[A-Z]\d{0,3}[A-Z]?(?:座|幢|栋|号楼)?$|^\d{1,4}[A-Z](?:座|幢|栋|号楼)?$`)
)

// Ranges reads buildings as they are typed for a notice or a zone: "3-27",
// "3、5、8", "1-3、7号楼", "1-9单号". The result keeps the order typed, each once.
// It is only for places where buildings are asked for: there "3-27" is a range
// and never room 27 of building 3.
func Ranges(raw string) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	add := func(s string) error {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
		if len(out) > MaxRange {
			return fmt.Errorf("address: more than %d buildings in one range", MaxRange)
		}
		return nil
	}
	var b strings.Builder
	for _, r := range raw {
		b.WriteRune(half(r))
	}
	for _, part := range listSep.Split(strings.TrimSpace(b.String()), -1) {
		part = strings.ToUpper(part)
		if strings.IndexFunc(part, isNumeral) == 0 {
			part, _ = tidy(part)
			part = Number(part)
		}
		switch m := spanRe.FindStringSubmatch(part); {
		case part == "":
		case m != nil:
			lo, _ := strconv.Atoi(m[1])
			hi, _ := strconv.Atoi(m[2])
			if lo > hi || hi-lo >= 4*MaxRange {
				return nil, fmt.Errorf("address: range %q runs backwards or too far", part)
			}
			for n := lo; n <= hi; n++ {
				if strings.HasPrefix(m[3], "单") && n%2 == 0 || strings.HasPrefix(m[3], "双") && n%2 == 1 {
					continue
				}
				if err := add(strconv.Itoa(n)); err != nil {
					return nil, err
				}
			}
		case oneRe.MatchString(part), wordRe.MatchString(part):
			if err := add(Number(part)); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("address: %q is no building or range of buildings", part)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("address: no building is written")
	}
	return out, nil
}
