package exchange

import (
	"io"
	"strconv"
	"strings"

	"shouwang/internal/table"
)

// RejectsFile writes the rejected rows back as a workbook: sheet, row, column and
// reason first, then the cells as they stood under the headings of the file, so
// that they can be mended and sent again as they are. It returns the count of rows.
func RejectsFile(w io.Writer, s *Sheet, rejects []Reject, lang string) (int, error) {
	labels := s.labels(rejects)
	t := table.Table{Name: "退回", Columns: []table.Column{
		{Key: "row", ZH: "行号", EN: "Row", Number: true},
		{Key: "column", ZH: "列", EN: "Column", Width: 16},
		{Key: "reason", ZH: "原因", EN: "Reason", Width: 60},
		{Key: "code", ZH: "故障码", EN: "Code"},
	}}
	many := s != nil && len(s.parts) > 1
	if many {
		t.Columns = append(t.Columns, table.Column{Key: "sheet", ZH: "工作表", EN: "Sheet"})
	}
	lead := len(t.Columns)
	for _, l := range labels {
		t.Columns = append(t.Columns, table.Column{Key: l, ZH: l, EN: l, Class: table.P3})
	}
	t.Rows = func(yield func([]string) bool) {
		cells := make([]string, len(t.Columns))
		for _, r := range rejects {
			clear(cells)
			cells[0], cells[1], cells[2], cells[3] = strconv.Itoa(r.Row), r.columns(), r.reasons(lang), r.Code
			if many {
				cells[4] = r.Sheet
			}
			copy(cells[lead:], r.Raw)
			if !yield(cells) {
				return
			}
		}
	}
	return table.WriteXLSX(w, t, lang)
}

// labels returns the headings of the widest sheet, with letters where the file has
// none, and none of the names that the leading columns have: a rejects file that
// comes back must not have its own columns twice.
func (s *Sheet) labels(rejects []Reject) []string {
	n := 0
	for _, r := range rejects {
		n = max(n, len(r.Raw))
	}
	var labels []string
	if s != nil {
		for _, p := range s.parts {
			if len(p.head.labels) > len(labels) {
				labels = p.head.labels
			}
		}
	}
	out := make([]string, max(n, len(labels)))
	for i := range out {
		if out[i] = cellAt(labels, i); out[i] == "" {
			out[i] = columnName(i + 1)
		}
	}
	return out
}

func (r Reject) columns() string {
	out := []string{r.Column}
	for _, p := range r.Also {
		out = append(out, p.Column)
	}
	return strings.Join(out, "；")
}

func (r Reject) reasons(lang string) string {
	var out []string
	for _, p := range append([]Problem{r.Problem}, r.Also...) {
		if lang == "en" {
			out = append(out, p.EN)
		} else {
			out = append(out, p.ZH)
		}
	}
	return strings.Join(out, " ")
}
