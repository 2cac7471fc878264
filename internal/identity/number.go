package identity

import (
	"fmt"
	"strings"
	"time"
)

// World says which numbers exist. A real instance must never take in invented
// people and a demonstration must never take in real ones, so each refuses the
// other's numbers.
type World int

// The two worlds.
const (
	Real World = iota // refuses region 99 and telephone prefix 129
	Demo              // takes only region 99 and telephone prefix 129
)

// DemoRegion is the unassigned region that every invented identity number begins with.
const DemoRegion = "99"

// Number is an identity number that passed every check.
type Number struct {
	Canonical string // 18 characters, upper-case X; a 15-digit number is lengthened
	Region    string // first six digits
	Birth     string // ISO date
	Gender    string // "m" or "f"
	Old       bool   // it was written with 15 digits
}

// Problem is why a number was not accepted. Key is stable and meant for
// programs; the sentences never contain the number.
type Problem struct {
	Key    string
	ZH, EN string
}

// Error returns the English sentence.
func (p *Problem) Error() string { return p.EN }

// The reasons for which an identity number is refused.
var (
	ErrBlank     = &Problem{"blank", "证件号为空", "the number is empty"}
	ErrDestroyed = &Problem{"destroyed", "表格软件把身份证号存成了数字，后几位已经丢失，无法复原；请把该列设为“文本”后重新填写",
		"the spreadsheet stored the identity number as a number and its last digits are lost; format the column as text and type the number again"}
	ErrLength = &Problem{"length", "身份证号应为18位（或旧式15位）", "an identity number has 18 characters (15 in the old form)"}
	ErrChar   = &Problem{"character", "身份证号只能是数字，末位可为X", "an identity number has digits only, the last may be X"}
	ErrRegion = &Problem{"region", "身份证号前两位不是有效的地区码", "the first two digits are no region code"}
	ErrDemo   = &Problem{"demo", "99开头的身份证号只用于演示，正式系统不接收", "numbers of region 99 are for demonstrations; a real instance refuses them"}
	ErrReal   = &Problem{"real", "演示系统只接收99开头的虚构身份证号，不得录入真实号码", "a demonstration takes only invented numbers of region 99; never enter a real one"}
	ErrBirth  = &Problem{"birth", "身份证号中的出生日期不存在", "the birth date inside the number does not exist"}
	ErrCheck  = &Problem{"check", "身份证号校验位不对，可能有一位抄错", "the check digit does not fit; one digit is probably wrong"}
	ErrMasked = &Problem{"masked", "号码带有遮盖符号，不是完整号码", "the number is masked and not whole"}
)

var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// CheckDigit returns the eighteenth character for the first seventeen digits
// (GB 11643, ISO 7064 mod 11-2); 0 when they are not seventeen digits.
func CheckDigit(first17 string) byte {
	if len(first17) != 17 || !digits(first17) {
		return 0
	}
	sum := 0
	for i := range 17 {
		sum += int(first17[i]-'0') * weights[i]
	}
	return "10X98765432"[sum%11]
}

// Check reads an identity number as typed. The error is always a *Problem.
func Check(raw string, w World) (Number, error) {
	s := Tidy(raw)
	switch {
	case s == "":
		return Number{}, ErrBlank
	case Masked(s):
		return Number{}, ErrMasked
	case Destroyed(s):
		return Number{}, ErrDestroyed
	}
	n := Number{}
	switch len(s) {
	case 18:
		if !digits(s[:17]) || !(s[17] == 'X' || isDigit(s[17])) {
			return Number{}, ErrChar
		}
	case 15:
		if !digits(s) {
			return Number{}, ErrChar
		}
		n.Old = true
		s = s[:6] + "19" + s[6:]
		s += string(CheckDigit(s))
	default:
		if strings.Trim(s, "0123456789X") != "" {
			return Number{}, ErrChar
		}
		return Number{}, ErrLength
	}
	if err := region(s, w); err != nil {
		return Number{}, err
	}
	born, err := time.Parse("20060102", s[6:14])
	if err != nil || born.Year() < 1850 {
		return Number{}, ErrBirth
	}
	if CheckDigit(s[:17]) != s[17] {
		return Number{}, ErrCheck
	}
	n.Canonical, n.Region, n.Birth, n.Gender = s, s[:6], born.Format("2006-01-02"), "f"
	if (s[16]-'0')%2 == 1 {
		n.Gender = "m"
	}
	return n, nil
}

// provinces are the assigned first two digits, with 81–83 for residents' permits
// and 91 for foreigners.
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91 "

func region(s string, w World) error {
	demo := strings.HasPrefix(s, DemoRegion)
	switch {
	case w == Demo && !demo:
		return ErrReal
	case w == Real && demo:
		return ErrDemo
	case demo || strings.Contains(provinces, " "+s[:2]+" "):
		return nil
	case s[0] == '9' && strings.Contains(provinces, " "+s[1:3]+" "):
		return nil // foreigner's permanent residence card of 2023: 9, province, nationality
	}
	return ErrRegion
}

// Make builds a number from region (six digits), ISO birth date and serial
// (0–999, odd for men); for the invented people of demonstrations and tests.
func Make(region, birth string, serial int) (string, error) {
	t, err := time.Parse("2006-01-02", birth)
	if err != nil || len(region) != 6 || !digits(region) || serial < 0 || serial > 999 {
		return "", fmt.Errorf("identity: region %q, birth or serial %d out of shape", region, serial)
	}
	s := region + t.Format("20060102") + fmt.Sprintf("%03d", serial)
	return s + string(CheckDigit(s)), nil
}

// Destroyed says whether a spreadsheet turned the number into a float: an
// exponent, a decimal point, or three zeros at the end of eighteen digits whose
// check digit does not fit (a float keeps fifteen digits).
func Destroyed(raw string) bool {
	s := Tidy(raw)
	if s == "" || !isDigit(s[0]) {
		return false
	}
	if i := strings.IndexByte(s, 'E'); i > 0 {
		return strings.Trim(s, "0123456789.E+") == ""
	}
	if i := strings.IndexByte(s, '.'); i >= 15 {
		return strings.Trim(s, "0123456789.") == ""
	}
	return len(s) == 18 && digits(s) && s[15:] == "000" && CheckDigit(s[:17]) != s[17]
}

// Document recognises the papers of those who have no identity number: passports
// and travel permits. It returns the number in upper case without spaces.
func Document(raw string) (string, bool) {
	s := Tidy(raw)
	letters := 0
	for letters < len(s) && s[letters] >= 'A' && s[letters] <= 'Z' {
		letters++
	}
	rest := s[letters:]
	ok := letters >= 1 && letters <= 3 && len(rest) >= 6 && len(rest) <= 12 && digits(rest)
	return s, ok
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func digits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
