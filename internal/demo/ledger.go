package demo

// column is one column of a residents' workbook: which fact, the word over it and
// the word over its group when the workbook has two header rows.
type column struct{ key, word, group string }

// manner is how one community keeps its ledger.
type manner struct {
	columns  []column
	note     bool // a line under the title
	grouped  bool // two header rows
	merged   bool // address cells joined down a household
	subtotal bool
	total    bool
	padded   bool // names of two characters are stretched with a wide space
	numeric  bool // some phones are numbers
	date     func(b *book, d day) any
	address  func(x *door, d dice) string // for a single address column
	house    func(x *door) any            // for the building column
	stair    func(x *door) any
}

// rest are the columns after the address, in the words of the plain ledger.
func rest(words map[string]string) []column {
	keys := []column{{"name", "姓名", "基本情况"}, {"gender", "性别", "基本情况"}, {"id", "身份证号", "基本情况"},
		{"born", "出生日期", "基本情况"}, {"relation", "与户主关系", "基本情况"}, {"phone", "联系电话", "联系与居住"},
		{"tenure", "居住情况", "联系与居住"}, {"origin", "户籍地", "联系与居住"}, {"groups", "特殊群体", "照护与核实"},
		{"need", "照护需要", "照护与核实"}, {"verified", "核实日期", "照护与核实"}, {"note", "备注", "照护与核实"}}
	for i, k := range keys {
		if w := words[k.key]; w != "" {
			keys[i].word = w
		}
	}
	return keys
}

var (
	four = []column{{"estate", "小区", "住址"}, {"building", "楼号", "住址"}, {"unit", "单元", "住址"}, {"room", "室", "住址"}}
	no   = []column{{"no", "序号", "序号"}}
)

func columns(parts ...[]column) (out []column) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// manners: the communities take them in turn, 长塘 the first.
var manners = []manner{
	{columns: columns(no, four, rest(nil)), note: true, grouped: true, subtotal: true, total: true,
		date: chineseDate, house: worded, stair: stairWord},
	{columns: columns(four, rest(nil)), numeric: true, date: isoDate, house: bare, stair: bareStair},
	{columns: columns(no, []column{{"address", "住址", ""}}, rest(map[string]string{"id": "公民身份号码", "phone": "手机号码", "note": "说明"})),
		total: true, date: slashDate, address: fullAddress},
	{columns: columns([]column{{"estate", "小区名称", ""}, {"address", "门牌号", ""}},
		rest(map[string]string{"relation": "与户主的关系", "tenure": "居住性质", "verified": "走访日期"})),
		note: true, padded: true, total: true, date: dotDate, address: dashed},
	{columns: columns(four, rest(map[string]string{"id": "身份证号码", "origin": "户籍所在地"})), grouped: true, merged: true,
		date: realDate, house: bare, stair: bareStair},
	{columns: columns(no, []column{{"address", "家庭住址", ""}}, rest(map[string]string{"phone": "联系方式", "groups": "人员类别", "need": "帮扶需求"})),
		note: true, date: digitDate, address: anyhow},
}

func mannerOf(c *community) manner { return manners[c.index%len(manners)] }

// fate is what kind of row it is and what an import must do with it.
type fate int

const (
	plain       fate = iota // inserted
	again                   // the same once more: unchanged
	againMasked             // once more, phone masked: unchanged
	newer                   // once more with another phone and a later visit: updated
	badCheck                // rejected from here on
	asFloat
	noDoor
	noName
)

type row struct {
	p      *person
	fate   fate
	masked string // "id" or "phone" hidden in a first row
	phone  string // another phone than the person's, of a newer row
}

// ledgerRows puts a community's people in the order of the doors and slips the
// dirt in; what is rejected is about people that exist nowhere else.
func ledgerRows(c *community, seed uint64, f *File) []row {
	d := newDice(seed, 200+uint64(c.index))
	var rows []row
	for _, e := range c.estates {
		for _, b := range e.buildings {
			for _, x := range b.doors {
				for _, p := range x.people {
					r := row{p: p}
					switch {
					case p.phone != "" && d.chance(.006):
						r.masked = "phone"
					case p.id != "" && d.chance(.004):
						r.masked = "id"
					}
					rows = append(rows, r)
				}
			}
		}
	}
	f.Rows, f.Inserted = len(rows), len(rows)
	after := map[int][]row{}
	n := len(rows)
	slip := func(count int, make func() (row, int)) {
		for ; count > 0; count-- {
			r, at := make()
			after[at] = append(after[at], r)
		}
	}
	g := &ghosts{naming: naming{d}, ids: idents{community: len(communityNames)}, phones: phones{block: 40 + c.index}}
	used := map[int]bool{}
	repeat := func(k fate) func() (row, int) {
		return func() (row, int) {
			for {
				i := d.IntN(n)
				if p := rows[i].p; p.id != "" && p.phone != "" && rows[i].masked == "" && !used[i] {
					used[i] = true
					r := row{p: p, fate: k}
					if k == newer {
						r.phone = g.phones.number()
					}
					at := d.between(i, min(n-1, i+400))
					for rows[at].p.door.building.estate != p.door.building.estate {
						at--
					}
					return r, at
				}
			}
		}
	}
	ghost := func(k fate) func() (row, int) {
		return func() (row, int) {
			at := d.IntN(n)
			return row{p: g.person(k, rows[at].p.door), fate: k}, at
		}
	}
	for _, dirt := range []struct {
		count int
		make  func() (row, int)
		into  *int
		why   string
	}{
		{2 + n/400, repeat(again), &f.Unchanged, ""}, {1 + n/900, repeat(againMasked), &f.Unchanged, ""},
		{2 + n/500, repeat(newer), &f.Updated, ""},
		{1 + n/700, ghost(badCheck), nil, "check-digit"}, {1 + n/1000, ghost(asFloat), nil, "float"},
		{1 + n/900, ghost(noDoor), nil, "no-door"}, {1 + n/2000, ghost(noName), nil, "no-name"},
	} {
		slip(dirt.count, dirt.make)
		for i := 0; i < dirt.count; i++ {
			if dirt.into == nil {
				f.reject(dirt.why)
			} else {
				*dirt.into++
				f.Rows++
			}
		}
	}
	out := make([]row, 0, f.Rows)
	for i, r := range rows {
		out = append(append(out, r), after[i]...)
	}
	return out
}
