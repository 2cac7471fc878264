package exchange

import (
	"iter"
	"slices"
	"strings"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/identity"
)

// Problem is one thing wrong with a row: the heading of its column, the fault's
// code and its sentence in both languages. The sentences never repeat an identity
// or telephone number.
type Problem struct {
	Column string `json:"column"`
	Code   string `json:"code"`
	ZH     string `json:"zh"`
	EN     string `json:"en"`
}

// Reject is a row that was not taken, with its first problem, the others, and the
// cells as they stood.
type Reject struct {
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row"`
	Problem
	Also []Problem `json:"also,omitempty"`
	Raw  []string  `json:"-"`
}

// At is where a typed row came from.
type At struct {
	Sheet string
	Row   int // number in the file, from 1
	raw   packedRow
}

// Raw returns the row's cells as they stood in the file.
func (a At) Raw() []string {
	if a.raw.n == 0 {
		return nil
	}
	return a.raw.unpack().cells
}

// reject makes a reject of this row out of one fault.
func (a At) reject(column string, e *fault.Error) *Reject {
	return &Reject{Sheet: a.Sheet, Row: a.Row, Problem: problem(column, e), Raw: a.Raw()}
}

func problem(column string, e *fault.Error) Problem {
	return Problem{Column: column, Code: e.Code, ZH: e.Text("zh"), EN: e.Text("en")}
}

// record reads the fields of one row and collects what is wrong with it.
type record struct {
	*part
	gridRow
	opt      *Options
	sch      *schema
	problems []Problem
}

// each walks over all rows and yields for each exactly one of a typed row and a
// reject, so that rows in = good + rejected.
func each[T any](s *Sheet, read func(*record, At) *T) iter.Seq2[*T, *Reject] {
	return func(yield func(*T, *Reject) bool) {
		for i := range s.parts {
			p := &s.parts[i]
			for _, row := range p.rows {
				r := &record{part: p, gridRow: row.unpack(), opt: &s.opt, sch: schemas[s.Kind]}
				at := At{p.name, row.n, row}
				r.checkCells()
				t := read(r, at)
				var bad *Reject
				if len(r.problems) > 0 {
					t, bad = nil, &Reject{Sheet: p.name, Row: row.n, Problem: r.problems[0], Also: r.problems[1:], Raw: r.cells}
				}
				if !yield(t, bad) {
					return
				}
			}
		}
	}
}

// Collect gathers a walk into its good rows and its rejects.
func Collect[T any](seq iter.Seq2[*T, *Reject]) (good []T, bad []Reject) {
	for t, r := range seq {
		if r != nil {
			bad = append(bad, *r)
		} else {
			good = append(good, *t)
		}
	}
	return good, bad
}

// checkCells rejects rows with a cell that is too long, in whatever column, since
// such a row could not be given back whole.
func (r *record) checkCells() {
	if strings.IndexByte(r.types, cellLong) < 0 {
		return
	}
	for c := range r.cells {
		if r.kind(c) == cellLong {
			r.bad(c, ErrCellLong.With())
		}
	}
}

func (r *record) bad(col int, e *fault.Error) {
	r.problems = append(r.problems, problem(r.heading(col), e))
}

// heading names a column as the file does, else by its letter.
func (r *record) heading(col int) string {
	if col < 0 {
		return ""
	}
	if l := cellAt(r.head.labels, col); l != "" {
		return l
	}
	return columnName(col + 1)
}

// lenient fields may stand in two columns with different content: the first holds.
var lenient = map[string]bool{"phone": true, "note": true, "origin": true, "address": true, "verified": true}

// text returns a field's content, its cell type and its column; "" when the cell
// says nothing. Two columns of one meaning must agree.
func (r *record) text(field string) (s string, kind byte, col int) {
	col, kind = -1, cellText
	for _, c := range r.cols[field] {
		t := tidyText(cellAt(r.cells, c))
		if col < 0 {
			col = c
		}
		if r.kind(c) == cellError {
			r.bad(c, ErrBrokenCell.With(t))
			continue
		}
		if r.kind(c) == cellLong || unchanged(field, t) {
			continue
		}
		if s == "" {
			s, kind, col = t, r.kind(c), c
		} else if s != t && !lenient[field] {
			r.bad(c, ErrDisagree.With(r.sch.title[field]))
		}
	}
	return s, kind, col
}

// must returns a field that every row has to fill.
func (r *record) must(field string) (string, byte, int) {
	s, kind, col := r.text(field)
	if s == "" && len(r.problems) == 0 {
		if col < 0 {
			r.problems = append(r.problems, problem(r.sch.title[field], ErrBlankCell.With(r.sch.title[field])))
		} else {
			r.bad(col, ErrBlankCell.With(r.heading(col)))
		}
	}
	return s, kind, col
}

// name reads a person's name, which is needed and may not be masked.
func (r *record) name() string {
	s, _, _ := r.must("name")
	return tidyName(s)
}

func (r *record) date(field string) string {
	s, kind, col := r.text(field)
	if s == "" {
		return ""
	}
	iso, ok := parseDate(s, kind, r.opt.Now.AddDate(0, 0, 1))
	if !ok {
		r.bad(col, ErrDate.With(short(s)))
	}
	return iso
}

func (r *record) int(field string, lo, hi int) *int {
	s, _, col := r.text(field)
	if s == "" {
		return nil
	}
	n, ok := parseInt(s, lo, hi)
	if !ok {
		r.bad(col, ErrNumber.With(short(s), lo, hi))
		return nil
	}
	return &n
}

func (r *record) bool(field string) *bool {
	var got *bool
	for _, c := range r.cols[field] {
		v, ok := parseBool(cellAt(r.cells, c))
		if !ok {
			r.bad(c, ErrWord.With(short(cellAt(r.cells, c)), r.heading(c), "是、否"))
		}
		if v != nil && got == nil {
			got = v
		}
	}
	return got
}

func (r *record) gender() string {
	s, _, col := r.text("gender")
	switch strings.ToLower(strings.TrimSuffix(s, "性")) {
	case "":
		return ""
	case "男", "m", "male", "1":
		return "m"
	case "女", "f", "female", "2":
		return "f"
	}
	r.bad(col, ErrWord.With(short(s), r.heading(col), "男、女"))
	return ""
}

func (r *record) phone(field string) string {
	s, _, col := r.text(field)
	if s == "" {
		return ""
	}
	p, err := identity.Phone(s, r.opt.World)
	if err == nil {
		return p
	}
	// Two numbers in one cell: the first good one is the number.
	for _, part := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("、,，;；/ ", c) }) {
		if p, err := identity.Phone(part, r.opt.World); err == nil {
			return p
		}
	}
	why := err.(*identity.Problem)
	r.bad(col, ErrPhone.With(why.ZH, why.EN))
	return ""
}

// one reads a word out of a small catalogue by what it contains; the first entry
// that fits holds. Each entry is a key and the words that mean it.
func (r *record) one(field string, cat []word) string {
	s, _, col := r.text(field)
	if s == "" {
		return ""
	}
	if key := find(cat, s); key != "" {
		return key
	}
	var names []string
	for _, w := range cat {
		names = append(names, w.words[0])
	}
	r.bad(col, ErrWord.With(short(s), r.heading(col), strings.Join(names, "、")))
	return ""
}

// many reads a list of catalogue words; what is not in the catalogue comes back apart.
func (r *record) many(field string, cat []word) (keys, other []string) {
	s, _, _ := r.text(field)
	var words []string
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("、,，;；|/+＋\n", c) }) {
		if w = strings.TrimSpace(w); r.named(field, w) != "" { // what a playbook calls it may have blanks
			words = append(words, w)
		} else {
			words = append(words, splitWords(w)...)
		}
	}
	for _, w := range words {
		if key := r.declared(field, cat, w); key == "" {
			other = append(other, w)
		} else if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys, other
}

// declared finds the id that a word means: one that a playbook declares, by its id or
// its name, else by the reader's own words as far as the playbooks know their ids; a
// qualification may be older than today's playbooks.
func (r *record) declared(field string, cat []word, w string) string {
	known := r.opt.Catalogues[field]
	if id := r.named(field, w); id != "" {
		return id
	}
	key := find(cat, w)
	if field != "trained" && len(known) > 0 && !slices.ContainsFunc(known, func(n Named) bool { return n.ID == key }) {
		return ""
	}
	return key
}

// named finds the id that a playbook declares under a word.
func (r *record) named(field, w string) string {
	for _, n := range r.opt.Catalogues[field] {
		if strings.EqualFold(w, n.ID) || strings.EqualFold(w, n.EN) || w == n.ZH {
			return n.ID
		}
	}
	return ""
}

// names lists what a column may say: what the playbooks declare, else the reader's words.
func (r *record) names(field string, cat []word) string {
	if known := r.opt.Catalogues[field]; len(known) > 0 {
		out := make([]string, len(known))
		for i, n := range known {
			out[i] = n.ZH
		}
		return strings.Join(out, "、")
	}
	return catalogueNames(cat)
}

// catalogueNames lists what a cell may say, one word for each line of a catalogue.
func catalogueNames(cat []word) string {
	var out []string
	for _, w := range cat {
		out = append(out, w.words[0])
	}
	return strings.Join(out, "、")
}

// short cuts a content that is repeated in a sentence; digits in long runs are
// hidden, since they may be a number that belongs to a person.
func short(s string) string {
	out, run := []rune(nil), 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			if run++; run > 8 {
				c = '*'
			}
		} else {
			run = 0
		}
		if out = append(out, c); len(out) == 20 {
			return string(out) + "…"
		}
	}
	return string(out)
}

// after says whether an ISO date lies after now.
func after(iso string, now time.Time) bool { return iso > now.Format("2006-01-02") }
