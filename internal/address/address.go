package address

import (
	"regexp"
	"strings"
)

// Address is a door as read. Building, Unit and Room are canonical: half-width,
// upper-case, no leading zeros. Confidence is 0 to 1: from 0.8 it may be matched
// without asking, below 0.5 it must not be used.
type Address struct {
	Estate     string // 小区, road or lane; empty when not written
	Building   string
	Unit       string
	Room       string
	Rest       string // what was not understood, as written
	Confidence float64
	Hint       string // Chinese; what to look at or what was probably meant
	HintEN     string
}

// Canonical writes the address in one form whatever the spelling: estate, then
// building-unit-room with an empty unit kept ("长塘里3--501"), trailing blanks cut.
// Two spellings of one door have the same canonical form.
func (a Address) Canonical() string {
	s := a.Building
	switch {
	case a.Room != "":
		s += "-" + a.Unit + "-" + a.Room
	case a.Unit != "":
		s += "-" + a.Unit
	}
	return a.Estate + s
}

// Sure says whether the address may be matched without asking a person.
func (a Address) Sure() bool { return a.Confidence >= 0.8 }

// maxLen is the longest address in bytes that is looked at.
const maxLen = 600

// Parse reads one door. It never fails: what cannot be read has confidence 0 and
// stands in Rest.
func Parse(raw string) Address { return ParseWith(raw, nil) }

// ParseWith reads one door; aliases maps other names of an estate to the one in
// use ("长塘" → "长塘里").
func ParseWith(raw string, aliases map[string]string) Address {
	if len(raw) > maxLen {
		return Address{Rest: raw[:maxLen], Hint: "地址过长", HintEN: "the address is too long"}
	}
	s, note := tidy(raw)
	if s == "" {
		return Address{Rest: note, Hint: "没有写地址", HintEN: "no address is written"}
	}
	s = strings.TrimRight(cutRegion(s), "-")
	if zh, en := mistyped(s); zh != "" {
		return Address{Rest: raw, Confidence: 0.3, Hint: zh, HintEN: en}
	}
	a := parts(s)
	if to, ok := aliases[a.Estate]; ok {
		a.Estate = to
	}
	if note != "" {
		a.Rest = strings.TrimSpace(a.Rest + " " + note)
	}
	return a
}

const (
	numRe  = `(?:[A-Z]{0,2}\d{1,4}[A-Z]?|[A-Z]|[甲乙丙丁])`
	roomRe = `(?:[A-Z]?\d{1,5}[A-Z]?(?:-\d{1,2})?|[A-Z]|东|西|中|东户|西户|中户)`
)

var (
	// 3幢2单元5层501室 after an estate that may be empty.
	wordedRe = regexp.MustCompile(`^(.*?)(` + numRe + `)(?:号楼|号公寓|号院|幢|栋|座|楼|#楼|#|号)-?` +
		`(?:(` + numRe + `)(?:单元|门洞|梯|门|U|-))?` +
		`(?:(\d{1,3})(?:层|楼|F))?-?` +
		`(?:(` + roomRe + `)(?:室|号|房|户)?)?(.*)$`)
	// 长塘里3-2-501 and 12-404.
	dashedRe = regexp.MustCompile(`^(.*?)(` + numRe + `)-(?:(` + numRe + `)-)?([A-Z]?\d{1,5}[A-Z]?)(?:室|号|房|户)?(.*)$`)
	// 2单元501 without a building, 长塘里501室.
	unitRe = regexp.MustCompile(`^(.*?)(` + numRe + `)(?:单元|门洞|梯)-?(` + roomRe + `)?(?:室|号|房|户)?(.*)$`)
	bareRe = regexp.MustCompile(`^(.*?)(\d{3,5}[A-Z]?)(?:室|号|房|户)?$`)
	laneRe = regexp.MustCompile(`^(.*(?:\d+弄|\d+支弄|\d+巷|\d+支路))(.+)$`)
)

func parts(s string) Address {
	lane := ""
	if m := laneRe.FindStringSubmatch(s); m != nil {
		lane, s = m[1], m[2]
	}
	a := dashOrWords(s)
	a.Estate = lane + a.Estate
	a.Estate = strings.Trim(a.Estate, "-")
	judge(&a, lane != "")
	return a
}

func dashOrWords(s string) Address {
	if m := wordedRe.FindStringSubmatch(s); m != nil && !endsInDigit(m[1]) {
		a := Address{Estate: m[1], Building: number(m[2]), Unit: number(m[3]), Room: number(m[5]), Rest: m[6], Confidence: 1}
		joinFloor(&a, m[4])
		return a
	}
	if m := dashedRe.FindStringSubmatch(s); m != nil && !endsInDigit(m[1]) {
		a := Address{Estate: m[1], Building: number(m[2]), Unit: number(m[3]), Room: number(m[4]), Rest: m[5], Confidence: 0.95}
		if a.Unit == "" {
			a.Confidence = 0.9
		}
		return a
	}
	if m := unitRe.FindStringSubmatch(s); m != nil {
		return Address{Estate: m[1], Unit: number(m[2]), Room: number(m[3]), Rest: m[4], Confidence: 0.6,
			Hint: "没有写楼号", HintEN: "the building is not written"}
	}
	if m := bareRe.FindStringSubmatch(s); m != nil && !endsInDigit(m[1]) {
		return Address{Estate: m[1], Room: number(m[2]), Confidence: 0.5, Hint: "没有写楼号", HintEN: "the building is not written"}
	}
	return Address{Rest: s, Hint: "看不出楼号和室号，请写成“小区+楼号+单元+室”，如 长塘里3幢2单元501室",
		HintEN: "no building or room can be read; write estate, building, unit, room, as in 长塘里3幢2单元501室"}
}

// joinFloor settles "3号楼5楼501" (the floor is said twice) and "3号楼5楼1室" (room 1 on
// floor 5 is 501).
func joinFloor(a *Address, floor string) {
	if floor == "" {
		return
	}
	floor = number(floor)
	switch {
	case a.Room == "":
		a.Rest = strings.TrimSpace(floor + "层 " + a.Rest)
		a.Confidence, a.Hint, a.HintEN = 0.6, "只写到楼层，没有写室号", "only the floor is written, not the room"
	case len(a.Room) <= 2 && isDigits(a.Room):
		if len(a.Room) == 1 {
			a.Room = "0" + a.Room
		}
		a.Room = floor + a.Room
		a.Confidence, a.Hint, a.HintEN = 0.8, "由楼层和序号合成室号 "+a.Room, "room "+a.Room+" was put together from floor and serial"
	case !strings.HasPrefix(a.Room, floor):
		a.Confidence, a.Hint, a.HintEN = 0.4, "楼层与室号对不上", "floor and room do not fit together"
	}
}

// judge lowers the confidence of what is readable but odd.
func judge(a *Address, lane bool) {
	if a.Confidence == 0 {
		return
	}
	less := func(c float64, zh, en string) {
		if c < a.Confidence {
			a.Confidence = c
			if a.Hint == "" {
				a.Hint, a.HintEN = zh, en
			}
		}
	}
	if a.Rest != "" {
		less(0.7, "“"+a.Rest+"”没有读懂", "this part was not understood: "+a.Rest)
	}
	if a.Room == "" && a.Unit == "" && a.Building != "" {
		less(0.85, "没有室号：按独栋（别墅、商铺）处理", "no room: taken for a house of its own")
	} else if a.Room == "" && a.Unit != "" {
		less(0.6, "没有写室号", "the room is not written")
	}
	if n := len(a.Room); a.Unit == "" && !lane && n > 0 && n <= 2 && isDigits(a.Room) && a.Building != "" {
		less(0.6, "室号不足三位，也可能是楼号范围", "the room has fewer than three digits; it may be a range of buildings")
	}
}
