package mode

import (
	"encoding/json"
	"sort"
	"sync"

	"shouwang/playbooks"
)

// Grade says what a place may do to a field of a playbook, or what it did.
type Grade string

// Fixed to Free are marks of the schema. Tightened is what a change is that makes
// a restriction longer or a demand harder; it never holds without a basis of its
// own and the decision of the level above.
const (
	Fixed     Grade = "fixed"
	MayEase   Grade = "may-ease"
	Free      Grade = "free"
	Tightened Grade = "tightened"
)

// FieldMark is what the schema says of one field, or of an item as a whole where
// Field is "off" or "add".
type FieldMark struct {
	Kind, Field string
	Grade       Grade
	Eases       string // longer or shorter, for lengths of time
	Other       Grade  // what the other direction is; Tightened unless the schema says free
	Title       Text
}

// kinds are the kinds of item that a place may change, by their name in a file,
// with their name in the schema.
var kinds = []struct {
	file, schema string
	title        Text
}{
	{"measures", "measure", Text{"措施", "Measure"}}, {"posts", "post", Text{"岗位", "Post"}}, {"rounds", "round", Text{"排查", "Round"}},
	{"cases", "case", Text{"事项", "Case"}}, {"notices", "notice", Text{"通知", "Notice"}}, {"goods", "goods", Text{"物资", "Goods"}},
	{"warnings", "warning", Text{"提醒规则", "Warning"}}, {"calendar", "calendar", Text{"工作日历", "Working calendar"}},
}

var fieldTitles = map[string]Text{
	"count": {"人数", "number"}, "deputy": {"替补", "deputy"}, "offer": {"启用", "switched on"}, "duty": {"职责", "duty"}, "due": {"限时", "time allowed"},
	"within": {"时限", "time limit"}, "promised": {"下次告知", "next word"}, "every": {"间隔", "how often"}, "longest": {"最长", "longest"},
	"title": {"名称", "title"}, "basis": {"依据", "basis"}, "release": {"解除条件", "release"}, "zones": {"分区", "zones"}, "per": {"按", "per"},
	"role": {"权限", "role"}, "require": {"要求", "requirements"}, "prefer": {"优先", "preferences"}, "shifts": {"轮班", "shifts"}, "squad": {"突击队类别", "kind of squad"}, "gear": {"领用", "gear"}, "meals": {"用餐", "meals"}, "outcomes": {"结果", "outcomes"}, "daily": {"每天一次", "every day"}, "by": {"由谁做", "done by"},
	"when": {"何时", "when"}, "body": {"正文", "text"}, "opens": {"转办", "opens"}, "rule": {"规则", "rule"}, "closed": {"封闭", "closed"}, "enter": {"可进", "may enter"},
	"effect": {"作用", "effect"}, "stricter_than": {"严于", "stricter than"}, "to": {"去处", "where to"}, "measures": {"措施", "measures"}, "off": {"关闭", "switched off"}, "add": {"新增", "added"},
	"line": {"条线", "work line"}, "hint": {"提示", "hint"}, "icon": {"图标", "picture"}, "ask": {"居民可见", "shown to residents"}, "few": {"大字页", "in large type"}, "urgency": {"缓急", "urgency"}, "essential": {"基本需求", "essential"},
	"as": {"由谁来办", "served by"}, "take": {"接手时限", "time to take it"}, "clock": {"计时", "clock"}, "hold": {"无进展时限", "time without a step"}, "silence": {"转办默认时限", "a transfer is granted after"},
	"pause": {"暂停", "pauses"}, "proof": {"凭证", "proof"}, "consent": {"默认办结", "closes after"}, "keep": {"保存", "kept for"}, "lapses": {"到时自行结束", "lapses"}, "sees": {"可见", "who may see it"}, "only": {"保密", "confidential"}, "chain": {"交接链", "chain of custody"},
	"about": {"关于", "about"}, "reason": {"理由", "reason"}, "quiet": {"静默", "rests for"},
	"zone": {"时区", "zone"}, "week": {"工作日", "weekdays"}, "hours": {"工作时间", "working hours"}, "holidays": {"放假", "days off"}, "workdays": {"调休上班", "make-up days"},
}

var (
	marksOnce sync.Once
	marksAll  []FieldMark
)

// FieldMarks lists what a place may do to each field, in the order of kinds and then
// of names, as the schema marks them.
func FieldMarks() []FieldMark {
	marksOnce.Do(func() {
		type prop struct {
			Override Grade  `json:"x-override"`
			Eases    string `json:"x-eases"`
			Other    Grade  `json:"x-other"`
		}
		var doc struct {
			Defs map[string]struct {
				Off        Grade           `json:"x-off"`
				Add        Grade           `json:"x-add"`
				Properties map[string]prop `json:"properties"`
			} `json:"$defs"`
		}
		if err := json.Unmarshal(playbooks.Schema, &doc); err != nil {
			panic(err)
		}
		for _, k := range kinds {
			d := doc.Defs[k.schema]
			var names []string
			for n := range d.Properties {
				names = append(names, n)
			}
			sort.Strings(names)
			for _, n := range names {
				p := d.Properties[n]
				m := FieldMark{Kind: k.file, Field: n, Grade: p.Override, Eases: p.Eases, Other: p.Other, Title: fieldTitles[n]}
				if m.Grade == "" {
					m.Grade = Fixed
				}
				if m.Other == "" {
					m.Other = Tightened
				}
				marksAll = append(marksAll, m)
			}
			marksAll = append(marksAll, FieldMark{Kind: k.file, Field: "off", Grade: d.Off, Title: fieldTitles["off"]}, FieldMark{Kind: k.file, Field: "add", Grade: d.Add, Title: fieldTitles["add"]})
		}
	})
	return marksAll
}

func markOf(kind, field string) (FieldMark, bool) {
	for _, m := range FieldMarks() {
		if m.Kind == kind && m.Field == field {
			return m, true
		}
	}
	return FieldMark{}, false
}

// most is how many times its author's time a place may at most allow.
const most = 2

// weigh says what it is to change a length of time from was to now: nothing (""),
// free, may-ease, tightened, or fixed where it goes beyond what may be eased.
func (m FieldMark) weigh(was, now Span) Grade {
	a, b := was.Length(), now.Length()
	switch {
	case a == b:
		return ""
	case m.Grade != MayEase:
		return m.Grade
	case (b > a) != (m.Eases == "longer"):
		return m.Other
	case m.Eases == "longer" && b > most*a:
		return Fixed
	}
	return MayEase
}
