package demo

import (
	"fmt"
	"strconv"
	"strings"
)

func (x *door) room() string { return fmt.Sprintf("%d%02d", x.floor, x.serial) }

// The ways in which communities write a door.

func bare(x *door) any      { return strconv.Itoa(x.building.number) }
func bareStair(x *door) any { return strconv.Itoa(x.unit) }
func worded(x *door) any    { return fmt.Sprintf("%d%s", x.building.number, x.building.estate.word) }
func stairWord(x *door) any { return fmt.Sprintf("%d单元", x.unit) }

func fullAddress(x *door, _ dice) string {
	b := x.building
	return fmt.Sprintf("%s%d%s%d单元%s室", b.estate.name, b.number, b.estate.word, x.unit, x.room())
}

func dashed(x *door, d dice) string {
	if d.chance(.1) {
		return fmt.Sprintf("%d%s%d单元%s", x.building.number, x.building.estate.word, x.unit, x.room())
	}
	return fmt.Sprintf("%d-%d-%s", x.building.number, x.unit, x.room())
}

// anyhow is the ledger that many hands have filled in.
func anyhow(x *door, d dice) string {
	b := x.building
	switch d.weigh(30, 15, 12, 12, 10, 8, 8) {
	case 0:
		return fullAddress(x, d)
	case 1:
		return fmt.Sprintf("%s%d-%d-%s", b.estate.name, b.number, x.unit, x.room())
	case 2:
		return fmt.Sprintf("%s%d#%d单元%s", b.estate.name, b.number, x.unit, x.room())
	case 3:
		return wide(fullAddress(x, d))
	case 4:
		return fmt.Sprintf("%s%s幢%s单元%s室", b.estate.name, numeral(b.number), numeral(x.unit), x.room())
	case 5:
		return fmt.Sprintf("%s %d号楼 %d单元 %s", b.estate.name, b.number, x.unit, x.room())
	default:
		return fmt.Sprintf("澄塘街道%s%d栋%d单元%s室", b.estate.name, b.number, x.unit, x.room())
	}
}

// wide writes digits in their full-width form.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

// numeral writes 1 to 99 in Chinese.
func numeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	s := digits[n%10]
	if n >= 10 {
		s = "十" + s
	}
	if n >= 20 {
		s = digits[n/10] + s
	}
	return s
}

// The ways in which they write a date.

func isoDate(_ *book, d day) any { return d.iso() }

func chineseDate(_ *book, d day) any {
	t := d.time()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}

func slashDate(_ *book, d day) any { return d.time().Format("2006/1/2") }
func dotDate(_ *book, d day) any   { return d.time().Format("2006.1.2") }
func digitDate(_ *book, d day) any { return d.time().Format("20060102") }
func realDate(b *book, d day) any  { return b.dateCell(d) }

// spacedPhone is a number as typed by hand.
func spacedPhone(s string, d dice) string {
	if d.chance(.5) {
		return s[:3] + " " + s[3:7] + " " + s[7:]
	}
	return s[:3] + "-" + s[3:7] + "-" + s[7:]
}

// padName stretches a name of two characters to the width of three.
func padName(s string) string {
	if r := []rune(s); len(r) == 2 {
		return string(r[0]) + "　" + string(r[1])
	}
	return s
}
