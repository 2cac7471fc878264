package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"shouwang/internal/territory"
)

// CheckTree looks at a whole set of rows (not expanded) together with what exists
// already: codes given twice, parents that are nowhere, circles, kinds in the
// wrong order. known returns the kind of a place that the system holds. The good
// rows come back parents first; with the rejects they are all of the rows.
func CheckTree(rows []PlaceRow, known func(code string) (territory.Kind, bool)) (good []PlaceRow, bad []Reject) {
	t := &tree{rows: rows, known: known, made: map[string]madeBy{}, byCode: make(map[string]int, len(rows)), why: make([]*Reject, len(rows)), state: make([]byte, len(rows))}
	t.duplicates()
	for i := range rows {
		t.visit(i)
	}
	for _, i := range t.order {
		if t.why[i] == nil {
			good = append(good, rows[i])
		}
	}
	for _, r := range t.why {
		if r != nil {
			bad = append(bad, *r)
		}
	}
	return good, bad
}

type tree struct {
	rows   []PlaceRow
	known  func(string) (territory.Kind, bool)
	byCode map[string]int
	made   map[string]madeBy // codes that buildings' rows give to units and doors
	why    []*Reject
	state  []byte // 0 not seen, 1 on the way, 2 done
	order  []int
}

type madeBy struct {
	row  int
	kind territory.Kind
}

func (t *tree) fail(i int, column string, r *Reject) {
	if t.why[i] == nil {
		r.Column = column
		t.why[i] = r
	}
}

// duplicates rejects every row of a code that is used twice, and rows whose code
// is the same as one that a building's units and doors get.
func (t *tree) duplicates() {
	lines := map[string][]int{}
	for i, p := range t.rows {
		lines[p.Code] = append(lines[p.Code], i)
		t.byCode[p.Code] = i
	}
	for i, p := range t.rows {
		if !hasDoors(p) {
			continue
		}
		for _, x := range Expand(p)[1:] {
			if m, taken := t.made[x.Code]; taken && m.row == i {
				t.fail(i, "门牌清单", p.reject("", ErrExpand.With("两户得到同一编码 "+x.Code, "two doors get the code "+x.Code)))
			}
			t.made[x.Code] = madeBy{i, x.Kind}
			for _, j := range lines[x.Code] {
				t.fail(j, "地点编码", t.rows[j].reject("", ErrDupCode.With(x.Code, p.Row)))
			}
		}
	}
	for code, is := range lines {
		if len(is) < 2 {
			continue
		}
		for _, i := range is {
			t.fail(i, "地点编码", t.rows[i].reject("", ErrDupCode.With(code, t.lines(is))))
		}
	}
}

// lines names rows by their numbers in the file, the first ten of them.
func (t *tree) lines(is []int) string {
	var out []string
	for _, i := range is[:min(len(is), 10)] {
		out = append(out, strconv.Itoa(t.rows[i].Row))
	}
	s := strings.Join(out, "、")
	if len(is) > 10 {
		s += fmt.Sprintf("… (%d)", len(is))
	}
	return s
}

// visit checks row i after its parent, walking up without recursion.
func (t *tree) visit(start int) {
	var way []int
	for i := start; ; {
		if t.state[i] == 1 { // the way came back on itself
			circle := way[slices.Index(way, i):]
			for _, j := range circle {
				t.fail(j, "上级编码", t.rows[j].reject("", ErrLoop.With(t.lines(circle))))
			}
			break
		}
		if t.state[i] == 2 {
			break
		}
		t.state[i] = 1
		way = append(way, i)
		up, _, ok := t.parent(i)
		if !ok {
			break
		}
		i = up
	}
	for k := len(way) - 1; k >= 0; k-- {
		t.judge(way[k])
		t.state[way[k]] = 2
		t.order = append(t.order, way[k])
	}
}

// parent returns the row that holds row i's parent and the parent's kind.
func (t *tree) parent(i int) (up int, kind territory.Kind, ok bool) {
	code := t.rows[i].Parent
	if code == "" {
		return 0, "", false
	}
	if m, ok := t.made[code]; ok { // even where a row of its own claims the code
		return m.row, m.kind, true
	}
	if up, ok = t.byCode[code]; ok {
		return up, t.rows[up].Kind, true
	}
	return 0, "", false
}

// judge compares a row with its parent, which is judged already.
func (t *tree) judge(i int) {
	p := t.rows[i]
	if p.Parent == "" || t.why[i] != nil {
		return
	}
	var kind territory.Kind
	if up, k, ok := t.parent(i); ok {
		if t.why[up] != nil {
			t.fail(i, "上级编码", p.reject("", ErrParentRejected.With(p.Parent, t.rows[up].Row)))
			return
		}
		kind = k
	} else if k, ok := t.lookup(p.Parent); ok {
		kind = k
	} else {
		t.fail(i, "上级编码", p.reject("", ErrNoParent.With(p.Parent)))
		return
	}
	if !kind.MayHold(p.Kind) {
		a, _ := p.Kind.Info()
		b, _ := kind.Info()
		t.fail(i, "类型", p.reject("", ErrOrder.With(a.ZH, b.ZH, a.EN, b.EN)))
	}
}

func (t *tree) lookup(code string) (territory.Kind, bool) {
	if t.known == nil {
		return "", false
	}
	return t.known(code)
}
