package demo

import (
	"fmt"
	"strconv"
	"strings"
)

var rosterHead = []string{"编号", "姓名", "性别", "出生年份", "工作电话", "类别", "住址", "所在地编码", "党员", "居民代表", "会用手机", "技能", "已训", "每天可服务小时", "在岗情况", "常态岗位", "负责地点编码", "监护人", "监护人电话", "监护人同意"}

func (h *helper) cells(d dice) []string {
	home := ""
	if h.home != nil {
		home = fullAddress(h.home, d)
	}
	yes := func(b bool) string {
		if !b {
			return ""
		}
		return []string{"是", "是", "√", "1"}[d.IntN(4)]
	}
	away := h.away
	if away == "" {
		away = "在位"
	}
	var guardian [3]string // a minor's, invented out of their own name and phone
	if first := []rune(h.name); len(first) > 0 && h.birth >= today.time().Year()-18 {
		guardian = [3]string{string(first[:1]) + "家长", phonePrefix + "97" + h.phone[max(0, len(h.phone)-6):], "是"}
	}
	mobile := "否"
	if h.mobile {
		mobile = "是"
	}
	return []string{h.number, h.name, []string{"男", "女"}[b2i(h.female)], strconv.Itoa(h.birth), h.phone, h.kind, home, h.place,
		yes(h.party), yes(h.standing), mobile, strings.Join(h.skills, "、"), strings.Join(h.trained, "、"), strconv.Itoa(h.hours), away, h.post, h.charge, guardian[0], guardian[1], guardian[2]}
}

// writeRoster writes the roster of helpers with its dirt: rows that stand twice,
// rows with newer hours, homes that do not exist and a row without a name.
func writeRoster(path string, w *world, seed uint64, f *File) error {
	d := newDice(seed, 500)
	f.Rows, f.Inserted = len(w.helpers), len(w.helpers)
	b := newBook("名册", []float64{9, 12, 6, 9, 14, 8, 28, 16, 6, 9, 9, 18, 18, 14, 10, 10, 20, 10, 14, 10})
	b.puts(b.title, subdistrictName+"志愿者与工作人员名册（演示数据，人员、号码均为虚构）")
	b.merge(1, 1, len(rosterHead), 1)
	b.puts(b.head, rosterHead...)
	every := max(40, len(w.helpers)/5)
	for i, h := range w.helpers {
		cells := h.cells(d)
		b.puts(0, cells...)
		switch i % every {
		case every / 2:
			b.puts(0, cells...)
			f.Rows++
			f.Unchanged++
		case every - 3:
			again := *h
			again.hours = h.hours%8 + 1
			cells[13] = strconv.Itoa(again.hours)
			b.puts(0, cells...)
			f.Rows++
			f.Updated++
		case every / 3:
			if h.home != nil {
				x := *h.home
				x.floor = x.building.floors + 3
				ghost := helper{number: fmt.Sprintf("X%04d", i), name: h.name, birth: h.birth, phone: phonePrefix + fmt.Sprintf("98%06d", i), kind: "志愿者", home: &x, hours: 4}
				b.puts(0, ghost.cells(d)...)
				f.reject("no-door")
			}
		case every / 4:
			ghost := helper{number: fmt.Sprintf("X%04d", i), birth: h.birth, phone: phonePrefix + fmt.Sprintf("98%06d", i), kind: "志愿者", home: h.home, place: h.place, hours: 4}
			b.puts(0, ghost.cells(d)...)
			f.reject("no-name")
		}
	}
	b.row++
	b.puts(b.head, "合计", fmt.Sprintf("%d人", f.Rows))
	return b.save(path)
}
