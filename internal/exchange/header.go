package exchange

import (
	"regexp"
	"strings"
)

// headRows is how many rows from the top are searched for the heading.
const headRows = 30

// Mapped says what one column of the file was taken for.
type Mapped struct {
	Sheet     string `json:"sheet,omitempty"`
	Column    string `json:"column"`              // heading as written; two-row headings joined by "/"
	Letter    string `json:"letter"`              // column letter of the file
	Field     string `json:"field"`               // empty when the column is not known and not read
	Title     string `json:"title,omitempty"`     // the house's own name of the field
	Sample    string `json:"sample,omitempty"`    // first content, shortened; never given for personal fields
	Hidden    bool   `json:"hidden,omitempty"`    // the column is hidden in the file; it is read all the same
	Duplicate bool   `json:"duplicate,omitempty"` // another column on its left means the same
}

// heading is where a sheet's heading stands and what it means.
type heading struct {
	top, bottom int // file row numbers, equal for a heading of one row
	labels      []string
	fields      []string // field by column, "" for unknown
	score       int
}

// notForResident marks group headings whose columns are about somebody else.
var notForResident = regexp.MustCompile(`户主信息|监护人|紧急联系|联系人信息|房东|出租人|产权人|包联|责任人|登记人|采集人`)

// findHeading looks for the row, or the pair of rows, whose texts mean the most
// fields. rows are the first rows of the sheet with merged cells filled.
func findHeading(rows []gridRow, sch *schema) (best heading) {
	for i := range rows {
		if i >= headRows {
			break
		}
		one := label(rows[i : i+1])
		if i > 0 && rows[i-1].n == rows[i].n-1 { // whose group stands above is seen, not joined
			for c, l := range label(rows[i-1 : i+1]) {
				if c < len(one) && notForResident.MatchString(l[0]) {
					one[c] = l
				}
			}
		}
		if h := meaning(one, sch); h.score > best.score {
			h.top, h.bottom = rows[i].n, rows[i].n
			best = h
		}
		if i+1 < len(rows) && rows[i+1].n == rows[i].n+1 {
			if h := meaning(label(rows[i:i+2]), sch); h.score > best.score {
				h.top, h.bottom = rows[i].n, rows[i+1].n
				best = h
			}
		}
	}
	return best
}

// label joins the texts of one or two heading rows column by column. A text that
// stands over most columns is a title and no group.
func label(rows []gridRow) [][2]string {
	n := 0
	for _, r := range rows {
		n = max(n, len(r.cells))
	}
	out := make([][2]string, n)
	over := map[string]int{}
	for _, s := range rows[0].cells {
		over[s]++
	}
	for c := range out {
		upper := cellAt(rows[0].cells, c)
		if len(rows) == 2 && n > 2 && over[upper]*3 > n*2 {
			upper = ""
		}
		if len(rows) == 1 {
			out[c] = [2]string{"", upper}
			continue
		}
		out[c] = [2]string{upper, cellAt(rows[1].cells, c)}
	}
	return out
}

// meaning looks each label up: group and name together, then the name alone
// (unless the group is about somebody else), then the group where no name stands.
func meaning(labels [][2]string, sch *schema) heading {
	h := heading{labels: make([]string, len(labels)), fields: make([]string, len(labels))}
	seen, back := map[string]bool{}, returned(labels)
	for c, l := range labels {
		upper, lower := strings.TrimSpace(l[0]), strings.TrimSpace(l[1])
		switch {
		case back && upper == "" && strings.Contains(lower, "/"):
			h.labels[c], h.fields[c] = lower, rejoined(lower, sch)
		case upper == "" || upper == lower:
			h.labels[c] = lower
			h.fields[c] = sch.lookup(lower)
		case lower == "":
			h.labels[c] = upper
			h.fields[c] = sch.lookup(upper)
		default:
			h.labels[c] = upper + "/" + lower
			if h.fields[c] = sch.lookup(upper + lower); h.fields[c] == "" && !notForResident.MatchString(upper) {
				h.fields[c] = sch.lookup(lower)
			}
		}
		if f := h.fields[c]; f != "" && !seen[f] {
			seen[f] = true
			h.score++
		}
	}
	return h
}

// returned says whether labels are those of a rejects file, which comes back with
// the two rows of a heading joined in one.
func returned(labels [][2]string) bool {
	var got []string
	for _, l := range labels[:min(4, len(labels))] {
		got = append(got, strings.TrimSpace(l[1]))
	}
	head := strings.Join(got, " ")
	return head == "行号 列 原因 故障码" || head == "Row Column Reason Code"
}

// rejoined looks a joined heading up as the two rows it was made of.
func rejoined(joined string, sch *schema) string {
	if f := sch.lookup(joined); f != "" {
		return f
	}
	for i, r := range joined {
		if r != '/' {
			continue
		}
		upper, lower := joined[:i], joined[i+1:]
		f := sch.lookup(upper + lower)
		if f == "" && !notForResident.MatchString(upper) {
			f = sch.lookup(lower)
		}
		if f != "" {
			return f
		}
	}
	return ""
}

func cellAt(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

var (
	totalRe = regexp.MustCompile(`^(本页|本表|全部|总共)?(合计|总计|小计|共计|累计|总数|总人数|总户数)[:：]?$`)
	footRe  = regexp.MustCompile(`^(制表|填表|填报|审核|制表人|填表人|审核人|负责人|填报单位|联系人|说明|备注|注)(人|日期|时间|单位)?\s*[:：]`)
)

// notData says why a row below the heading is no data: a total, a signature line,
// the heading again. Such rows are listed, never dropped unseen. fields tells which
// columns matter; name is the column whose content makes a row a record.
func (h heading) notData(cells []string, must []int) string {
	first, filled, same := "", 0, 0
	for c, s := range cells {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if filled++; first == "" {
			first = s
		}
		if c < len(h.fields) && h.fields[c] != "" && fold(s) == fold(lastPart(h.labels[c])) {
			same++
		}
	}
	// The column that identifies a record is blank or holds the word itself.
	record := false
	for _, c := range must {
		s := strings.TrimSpace(cellAt(cells, c))
		record = record || s != "" && !totalRe.MatchString(strings.ReplaceAll(s, " ", "")) && !footRe.MatchString(s)
	}
	squeezed := strings.Join(strings.Fields(first), "")
	switch {
	case same >= 2 && same*2 > filled:
		return "表头重复"
	case totalRe.MatchString(squeezed) && (!record || filled <= 4 && numbersOnly(cells)):
		return "合计行"
	case footRe.MatchString(first) && !record:
		return "签注行"
	}
	return ""
}

// numbersOnly says whether all but the first filled cell are plain numbers.
func numbersOnly(cells []string) bool {
	first := true
	for _, s := range cells {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if first {
			first = false
			continue
		}
		if strings.Trim(s, "0123456789.人户栋幢个") != "" {
			return false
		}
	}
	return true
}

func lastPart(label string) string {
	if i := strings.LastIndexByte(label, '/'); i >= 0 {
		return label[i+1:]
	}
	return label
}
