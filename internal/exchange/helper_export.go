package exchange

import (
	"io"
	"iter"
	"strconv"
	"strings"

	"shouwang/internal/table"
)

// HelperOut is one line of an exported roll, with what is sealed in clear only where
// the caller was allowed to see it and wrote that down. A helper whose qualifications
// end on different days has a line for each end, told apart from the first by More.
type HelperOut struct {
	Number, Name, Gender, WorkPhone, Kind, PlaceCode, Organisation string
	Birth                                                          int
	Party, Standing, PhoneUser                                     bool
	Skills, Trained                                                []string // as they are called
	TrainedUntil                                                   string   // ISO date
	Hours                                                          int
	Available                                                      []Stretch
	Away                                                           string
	OwnPhone, Mail, LimitNote, Guardian, GuardianPhone             string
	Limits                                                         []string
	More                                                           bool
}

// helperColumns are the columns of an exported roll, each under a name by which the
// import reads it back; sealed ones stand last.
var helperColumns = []table.Column{
	{Key: "number", ZH: "编号", EN: "number", Class: table.P1, Width: 13}, {Key: "name", ZH: "姓名", EN: "name", Class: table.P2}, {Key: "gender", ZH: "性别", EN: "gender", Class: table.P2},
	{Key: "birth_year", ZH: "出生年份", EN: "birth year", Class: table.P2}, {Key: "phone", ZH: "工作电话", EN: "work phone", Class: table.P1, Width: 14}, {Key: "kind", ZH: "类别", EN: "kind", Class: table.P1},
	{Key: "place_code", ZH: "所在地编码", EN: "place code", Class: table.P2, Width: 26}, {Key: "organisation", ZH: "单位", EN: "organisation", Class: table.P1},
	{Key: "party", ZH: "党员", EN: "party", Class: table.P2}, {Key: "standing", ZH: "居民代表", EN: "standing", Class: table.P1}, {Key: "phone_user", ZH: "会用手机", EN: "phone user", Class: table.P1},
	{Key: "skills", ZH: "技能", EN: "skills", Class: table.P1, Width: 22}, {Key: "hours", ZH: "每天可服务小时", EN: "hours", Class: table.P1}, {Key: "available", ZH: "方便的时间", EN: "available", Class: table.P2, Width: 30},
	{Key: "trained", ZH: "已训", EN: "trained", Class: table.P1, Width: 22}, {Key: "passed_until", ZH: "资格有效期至", EN: "passed until", Class: table.P1, Width: 13}, {Key: "away", ZH: "在岗情况", EN: "presence", Class: table.P2},
	{Key: "own_phone", ZH: "本人手机", EN: "own phone", Class: table.P3, Width: 14}, {Key: "mail", ZH: "邮箱", EN: "e-mail", Class: table.P3, Width: 22}, {Key: "limits", ZH: "不方便做的", EN: "limits", Class: table.P4, Width: 22}, {Key: "limit_note", ZH: "不便说明", EN: "limit note", Class: table.P4, Width: 22},
	{Key: "guardian", ZH: "监护人", EN: "guardian", Class: table.P3}, {Key: "guardian_phone", ZH: "监护人电话", EN: "guardian phone", Class: table.P3, Width: 14},
}

// HelperSealed names the columns of an exported roll that stand behind each sealed field.
var HelperSealed = map[string][]string{"phone": {"own_phone"}, "mail": {"mail"}, "limits": {"limits", "limit_note"}, "guardian": {"guardian", "guardian_phone"}}

// HelperTable makes a table of helpers with the open columns and those of the sealed
// fields that with names.
func HelperTable(rows iter.Seq[HelperOut], with []string, lang string) table.Table {
	shown := map[string]bool{}
	for _, f := range with {
		for _, c := range HelperSealed[f] {
			shown[c] = true
		}
	}
	var columns []table.Column
	for _, c := range helperColumns {
		if c.Class < table.P3 || shown[c.Key] {
			columns = append(columns, c)
		}
	}
	return table.Table{Name: "志愿者名册", Columns: columns, Rows: func(yield func([]string) bool) {
		for h := range rows {
			cells := h.cells(lang)
			row := make([]string, len(columns))
			for i, c := range columns {
				row[i] = cells[c.Key]
			}
			if !yield(row) {
				return
			}
		}
	}}
}

// WriteHelpers writes a roll as "csv" or "xlsx" and returns the count of its lines.
func WriteHelpers(w io.Writer, format string, rows iter.Seq[HelperOut], with []string, lang string) (int, error) {
	switch format {
	case "csv":
		return table.WriteCSV(w, HelperTable(rows, with, lang), lang)
	case "xlsx":
		return table.WriteXLSX(w, HelperTable(rows, with, lang), lang)
	}
	return 0, ErrNotSheet.With(format)
}

// cells are a line's texts by column, in words that the import reads back.
func (h *HelperOut) cells(lang string) map[string]string {
	list := strings.Join
	sep := "、"
	word := func(cat []word, key string) string {
		for _, w := range cat {
			if w.key == key && lang != "en" {
				return w.words[0]
			}
		}
		return key
	}
	yes := func(b bool) string {
		switch {
		case b && lang == "en":
			return "yes"
		case b:
			return "是"
		case lang == "en":
			return "no"
		}
		return "否"
	}
	out := map[string]string{"number": h.Number, "name": h.Name, "trained": list(h.Trained, sep), "passed_until": h.TrainedUntil}
	if h.More {
		return out
	}
	away := h.Away
	if away == "" {
		away = "present"
	}
	for k, v := range map[string]string{"gender": map[string]string{"m": "男", "f": "女"}[h.Gender], "phone": h.WorkPhone, "kind": word(helperKinds, h.Kind), "place_code": h.PlaceCode,
		"organisation": h.Organisation, "party": yes(h.Party), "standing": yes(h.Standing), "phone_user": yes(h.PhoneUser), "skills": list(h.Skills, sep), "available": week(h.Available, lang),
		"away": word(aways, away), "own_phone": h.OwnPhone, "mail": h.Mail, "limits": list(h.Limits, sep), "limit_note": h.LimitNote, "guardian": h.Guardian, "guardian_phone": h.GuardianPhone} {
		out[k] = v
	}
	if lang == "en" {
		out["gender"] = h.Gender
	}
	if h.Birth > 0 {
		out["birth_year"] = strconv.Itoa(h.Birth)
	}
	if h.Hours > 0 {
		out["hours"] = strconv.Itoa(h.Hours)
	}
	return out
}

// week writes stretches as the reader reads them.
func week(ss []Stretch, lang string) string {
	days := []string{"", "周一", "周二", "周三", "周四", "周五", "周六", "周日"}
	if lang == "en" {
		days = []string{"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	}
	two := func(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }
	var out []string
	for _, s := range ss {
		if s.Day < 1 || s.Day > 7 {
			continue
		}
		out = append(out, days[s.Day]+" "+two(s.From/60)+":"+two(s.From%60)+"-"+two(s.To/60)+":"+two(s.To%60))
	}
	return strings.Join(out, "、")
}
