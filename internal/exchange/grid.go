package exchange

import (
	"strings"
	"unicode/utf8"
)

// grid is one sheet as the child sent it.
type grid struct {
	name       string
	hidden     bool
	rows       []packedRow
	hiddenCols []int
	merges     [][4]int
}

// maxFill is how many cells merged ranges may fill in all.
const maxFill = 4 << 20

// fill gives the content of a merged range to every row it covers, in its first
// column: a household's address merged over its members holds for each of them.
// Only rows that have content of their own are filled.
func (g *grid) fill() error {
	if len(g.merges) == 0 {
		return nil
	}
	at := make(map[int]int, len(g.rows))
	for i, r := range g.rows {
		at[r.n] = i
	}
	budget := maxFill
	for _, m := range g.merges {
		top, left, bottom := m[0], m[1], m[2]
		i, ok := at[top]
		if !ok || bottom == top || left > maxCols {
			continue
		}
		from := g.rows[i].unpack()
		text := cellAt(from.cells, left-1)
		if text == "" {
			continue
		}
		for j := i + 1; j < len(g.rows) && g.rows[j].n <= bottom; j++ {
			if budget--; budget < 0 {
				return ErrTooMuchText.With()
			}
			g.rows[j] = g.rows[j].put(left-1, text, from.kind(left-1))
		}
	}
	return nil
}

// put sets one blank cell of a packed row that has content elsewhere.
func (p packedRow) put(col int, text string, kind byte) packedRow {
	r := p.unpack()
	if cellAt(r.cells, col) != "" || blankRow(r.cells) {
		return p
	}
	for len(r.cells) <= col {
		r.cells = append(r.cells, "")
	}
	r.cells[col] = text
	types := []byte(r.types)
	for len(types) < len(r.cells) {
		types = append(types, cellText)
	}
	types[col] = kind
	return pack(r.n, string(types), r.cells)
}

// top returns the first rows with merged ranges filled in both directions, as
// headings need it: a group heading stands over all of its columns.
func (g *grid) top() []gridRow {
	var rows []gridRow
	for _, p := range g.rows[:min(len(g.rows), headRows+1)] {
		rows = append(rows, p.unpack())
	}
	for _, m := range g.merges {
		top, left, bottom, right := m[0], m[1], m[2], min(m[3], maxCols)
		text := ""
		for i := range rows {
			if rows[i].n == top {
				text = cellAt(rows[i].cells, left-1)
			}
			if text == "" || rows[i].n < top || rows[i].n > bottom {
				continue
			}
			for len(rows[i].cells) < right {
				rows[i].cells = append(rows[i].cells, "")
			}
			for c := left - 1; c < right; c++ {
				if rows[i].cells[c] == "" {
					rows[i].cells[c] = text
				}
			}
		}
	}
	return rows
}

// add keeps a sheet whose heading is understood: it maps the columns and sets
// apart the rows that are no data.
func (s *Sheet) add(g *grid, h heading, sch *schema) {
	p := part{name: g.name, head: h, cols: map[string][]int{}}
	hidden := map[int]bool{}
	for _, c := range g.hiddenCols {
		hidden[c] = true
	}
	for c, f := range h.fields {
		if f != "" {
			p.cols[f] = append(p.cols[f], c)
		}
	}
	must := p.cols[sch.Required[0][0]]
	if s.Kind != Residents {
		must = append(must[:len(must):len(must)], p.cols["name"]...)
	}
	for _, r := range g.rows {
		if r.n <= h.bottom {
			continue
		}
		row := r.unpack()
		if blankRow(row.cells) {
			continue
		}
		if why := h.notData(row.cells, must); why != "" {
			s.Skipped = append(s.Skipped, Skipped{g.name, r.n, why})
			continue
		}
		p.rows = append(p.rows, r)
	}
	for c, f := range h.fields {
		if h.labels[c] == "" {
			continue
		}
		m := Mapped{Sheet: g.name, Column: h.labels[c], Letter: columnName(c + 1), Field: f, Title: sch.title[f],
			Hidden: hidden[c+1], Duplicate: f != "" && p.cols[f][0] != c}
		if !personal[f] {
			m.Sample = p.sample(c)
		}
		s.Mapping = append(s.Mapping, m)
	}
	s.parts = append(s.parts, p)
}

// personal fields show no sample in a mapping, which travels to screens and logs;
// neither do columns whose meaning is not known.
var personal = map[string]bool{"": true, "id_number": true, "phone": true, "name": true, "groups": true, "needs": true, "note": true, "birth": true, "birth_year": true,
	"own_phone": true, "mail": true, "limits": true, "limit_note": true, "guardian": true, "guardian_phone": true, "words": true}

func (p part) sample(c int) string {
	for _, r := range p.rows[:min(len(p.rows), 50)] {
		s := strings.TrimSpace(cellAt(r.unpack().cells, c))
		if s == "" {
			continue
		}
		if utf8.RuneCountInString(s) > 24 {
			s = string([]rune(s)[:24]) + "…"
		}
		return s
	}
	return ""
}

func blankRow(cells []string) bool {
	for _, s := range cells {
		if strings.TrimSpace(s) != "" {
			return false
		}
	}
	return true
}
