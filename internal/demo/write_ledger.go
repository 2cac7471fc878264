package demo

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// writeLedger writes the residents' workbook of one community.
func writeLedger(path string, c *community, seed uint64, f *File) error {
	m := mannerOf(c)
	rows := ledgerRows(c, seed, f)
	w := &ledgerWriter{manner: m, dice: newDice(seed, 300+uint64(c.index))}
	w.book = newBook("居民台账", w.widths())
	w.openingRows(c)
	heads, people, homes := 0, 0, 0
	for i := 0; i < len(rows); {
		j := i + 1
		for j < len(rows) && rows[j].p.door == rows[i].p.door {
			j++
		}
		for k := i; k < j; k++ {
			w.line(rows[k], m.merged && k > i)
		}
		if m.merged && j-i > 1 {
			for col := 1; col <= 4; col++ {
				w.book.merge(col, w.book.row-(j-i)+1, col, w.book.row)
			}
		}
		heads, people, homes = heads+1, people+j-i, homes+1
		if last := j == len(rows) || rows[j].p.door.building.estate != rows[i].p.door.building.estate; last && m.subtotal {
			w.sum("小计", heads, people)
			heads, people = 0, 0
		}
		i = j
	}
	if m.total {
		w.book.row++ // a blank row first
		w.sum("合计", homes, len(rows))
	}
	return w.book.save(path)
}

type ledgerWriter struct {
	manner
	dice
	book   *book
	serial int
}

func (w *ledgerWriter) widths() []float64 {
	sizes := map[string]float64{"no": 6, "address": 26, "estate": 12, "id": 21, "born": 14, "phone": 15, "verified": 14, "note": 20, "groups": 16, "need": 12, "origin": 14}
	out := make([]float64, len(w.columns))
	for i, c := range w.columns {
		if out[i] = sizes[c.key]; out[i] == 0 {
			out[i] = 8
		}
	}
	return out
}

// openingRows writes title, note and one or two header rows.
func (w *ledgerWriter) openingRows(c *community) {
	b := w.book
	b.puts(b.title, c.name+"社区居民台账（演示数据）")
	b.merge(1, 1, len(w.columns), 1)
	if w.note {
		b.puts(0, "填表单位："+c.name+"社区居民委员会　　　填表日期："+fmt.Sprint(chineseDate(nil, today-2))+"　　　本表人员、号码均为虚构")
		b.merge(1, 2, len(w.columns), 2)
	}
	top, words := make([]string, len(w.columns)), make([]string, len(w.columns))
	for i, c := range w.columns {
		top[i], words[i] = c.group, c.word
	}
	if w.grouped {
		b.puts(b.head, top...)
		for i := 0; i < len(top); {
			j := i + 1
			for j < len(top) && top[j] == top[i] {
				j++
			}
			if top[i] == words[i] { // stands over both header rows
				b.merge(i+1, b.row, i+1, b.row+1)
				words[i] = ""
			} else if j-i > 1 {
				b.merge(i+1, b.row, j, b.row)
			}
			i = j
		}
	}
	b.puts(b.head, words...)
}

func (w *ledgerWriter) sum(word string, homes, people int) {
	cells := make([]any, len(w.columns))
	cells[0] = word
	cells[3] = fmt.Sprintf("%d户", homes)
	cells[5] = fmt.Sprintf("%d人", people)
	w.book.put(cells, excelize.RowOpts{StyleID: w.book.head})
}

// line writes one person; follows says that the address stands in a joined cell
// above.
func (w *ledgerWriter) line(r row, follows bool) {
	w.serial++
	cells := make([]any, len(w.columns))
	for i, c := range w.columns {
		if v := w.cell(r, c.key, follows); v != "" {
			cells[i] = v
		}
	}
	w.book.put(cells)
}

func (w *ledgerWriter) cell(r row, key string, follows bool) any {
	p, x := r.p, r.p.door
	switch key {
	case "no":
		return w.serial
	case "estate", "building", "unit", "room", "address":
		if follows {
			return ""
		}
		return w.where(x, key)
	case "name":
		if w.padded {
			return padName(p.name)
		}
		return p.name
	case "gender":
		return []string{"男", "女"}[b2i(p.female)]
	case "id":
		return w.identity(r)
	case "born":
		if p.id != "" && r.masked != "id" && r.fate < badCheck && p.door.serial%3 == 0 {
			return "" // it stands in the number
		}
		return w.date(w.book, p.born)
	case "relation":
		return p.relation
	case "phone":
		return w.telephone(r)
	case "tenure":
		return []string{"自住", "租住"}[b2i(x.rented)]
	case "origin":
		return p.origin
	case "groups":
		return strings.Join(p.groups, []string{"、", "，", "/"}[x.unit%3])
	case "need":
		return p.need
	case "verified":
		switch {
		case r.fate == newer:
			return w.date(w.book, today-1)
		case p.verified == 0:
			return ""
		}
		return w.date(w.book, p.verified)
	}
	return p.note
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (w *ledgerWriter) where(x *door, key string) any {
	switch key {
	case "estate":
		return x.building.estate.name
	case "building":
		return w.house(x)
	case "unit":
		return w.stair(x)
	case "room":
		if w.house(x) == bare(x) {
			return x.room()
		}
		return x.room() + "室"
	}
	return w.address(x, w.dice)
}

func (w *ledgerWriter) identity(r row) any {
	id := r.p.id
	switch {
	case id == "":
		return ""
	case r.fate == asFloat:
		f, err := strconv.ParseFloat(id, 64)
		w.book.keep(err)
		return f
	case r.masked == "id":
		return id[:6] + "********" + id[14:]
	}
	return id
}

func (w *ledgerWriter) telephone(r row) any {
	phone := r.p.phone
	if r.phone != "" {
		phone = r.phone
	}
	switch {
	case phone == "":
		return ""
	case r.fate == againMasked || r.masked == "phone":
		return phone[:3] + "****" + phone[7:]
	case w.numeric && phone[10]%16 == 0:
		n, err := strconv.Atoi(phone)
		w.book.keep(err)
		return n
	case phone[9:] == "37" || phone[9:] == "73":
		return spacedPhone(phone, w.dice)
	}
	return phone
}
