package table

import (
	"errors"
	"iter"
	"strings"
)

// Class is how sensitive a field is (reliability-security §4.1): P0 open, P1
// internal, P2 personal, P3 identity and telephone numbers, P4 health and care.
type Class int

// The five classes.
const (
	P0 Class = iota
	P1
	P2
	P3
	P4
)

// String returns "P0" to "P4".
func (c Class) String() string { return "P" + string(rune('0'+c)) }

// Column is one column of a table: a key for programs, a title in both languages,
// the class of its field, and whether its cells are numbers.
type Column struct {
	Key    string
	ZH, EN string
	Class  Class
	Number bool
	Width  float64 // in characters; 0 chooses by title
}

// Title returns the column's heading in lang ("zh" or "en").
func (c Column) Title(lang string) string {
	if lang == "en" && c.EN != "" {
		return c.EN
	}
	return c.ZH
}

// Table is columns and a stream of rows, each with one text per column. Name
// becomes the sheet's name.
type Table struct {
	Name    string
	Columns []Column
	Rows    iter.Seq[[]string]
}

// Highest returns the highest class among the columns; an export of P3 or P4 is
// written down by the caller before the first byte leaves.
func (t Table) Highest() Class {
	top := P0
	for _, c := range t.Columns {
		top = max(top, c.Class)
	}
	return top
}

// errWidth means that a row has more or fewer cells than there are columns.
var errWidth = errors.New("table: a row has another count of cells than the table has columns")

func (t Table) titles(lang string) []string {
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = c.Title(lang)
	}
	return out
}

// Safe returns a cell text that no spreadsheet takes for a formula: what begins
// with = + - @, a tab or a return gets an apostrophe in front. Unsafe undoes it.
func Safe(s string) string {
	if startsFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// Unsafe takes away the apostrophe that Safe put there, for files that come back.
func Unsafe(s string) string {
	if strings.HasPrefix(s, "'") && startsFormula(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

func startsFormula(s string) bool {
	if s == "" {
		return false
	}
	if strings.IndexByte("=+-@\t\r\n", s[0]) >= 0 {
		return true
	}
	for _, p := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// plainNumber says whether s is digits with at most one sign and one point, which
// no spreadsheet can take for a formula.
func plainNumber(s string) bool {
	t := strings.TrimPrefix(s, "-")
	whole, part, point := strings.Cut(t, ".")
	return len(s) <= 15 && whole != "" && strings.Trim(whole, "0123456789") == "" && strings.Trim(part, "0123456789") == "" && (!point || part != "")
}
