package exchange

import (
	"strings"
	"unicode/utf8"
)

// Typed makes a sheet of residents out of cells that somebody typed or pasted, so
// that they are read by the same rules as a file. fields name the columns, labels
// how faults call them; row numbers count from 1. No child reads it: there is no
// file format to be feared.
func Typed(fields, labels []string, rows [][]string, opt Options) *Sheet {
	p := part{head: heading{labels: labels, fields: fields}, cols: map[string][]int{}}
	for i, f := range fields {
		p.cols[f] = append(p.cols[f], i)
	}
	for n, row := range rows {
		types, cells := make([]byte, len(row)), make([]string, len(row))
		for i, c := range row {
			c = keyed(fields[i], c)
			types[i] = cellText
			if len(c) > maxTyped && utf8.RuneCountInString(c) > maxTyped {
				types[i], c = cellLong, string([]rune(c)[:60])
			}
			cells[i] = strings.Map(func(r rune) rune {
				if r < ' ' {
					return ' '
				}
				return r
			}, c)
		}
		p.rows = append(p.rows, pack(n+1, string(types), cells))
	}
	return &Sheet{Kind: Residents, parts: []part{p}, opt: opt}
}

// maxTyped is how many signs a typed cell may have.
const maxTyped = 400

// Field returns the field that a heading of residents means, "" for none.
func Field(heading string) string { return schemas[Residents].lookup(heading) }

// keyed turns a catalogue key, as the product's own screens name a choice, into a
// word that the reader knows.
func keyed(field, cell string) string {
	catalogue := map[string][]word{"tenure": tenures, "groups": groups}[field]
	if catalogue == nil {
		return cell
	}
	parts := strings.Split(cell, "、")
	for i, part := range parts {
		for _, w := range catalogue {
			if w.key == part {
				parts[i] = w.words[0]
			}
		}
	}
	return strings.Join(parts, "、")
}
