package exchange

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"shouwang/internal/identity"
)

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2026-03-01": "2026-03-01", "2026/3/1": "2026-03-01", "2026.3.1": "2026-03-01", "2026年3月1日": "2026-03-01", "20260301": "2026-03-01",
		"２０２６－０３－０１": "2026-03-01", "2026-03-01 00:00:00": "2026-03-01", "2026-03-01T08:00:00Z": "2026-03-01", "46082": "2026-03-01", "46082.0": "2026-03-01",
		"二〇二六年三月一日": "2026-03-01", " 2026-03-01 ": "2026-03-01", "2024-02-29": "2024-02-29",
		"2026-13-01": "", "2026-02-30": "", "2025-02-29": "", "20261301": "", "26-3-1": "", "3/1/2026": "", "明天": "", "1985-03": "", "2099-01-01": "", "1800-01-01": "", "99999": "", "": "",
	} {
		got, ok := parseDate(in, cellText, now)
		if got != want || ok != (want != "") {
			t.Errorf("parseDate(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestBools(t *testing.T) {
	for in, want := range map[string]int{"是": 1, "1": 1, "True": 1, "√": 1, "TRUE": 1, "有": 1, "中共党员": 1, "否": 0, "0": 0, "×": 0, "群众": 0, "": -1, "/": -1, "***": -1, "也许": -2} {
		v, ok := parseBool(in)
		got := -2
		if ok {
			if got = -1; v != nil {
				if got = 0; *v {
					got = 1
				}
			}
		}
		if got != want {
			t.Errorf("parseBool(%q) = %d, want %d", in, got, want)
		}
	}
}

// TestResidentDirt changes one cell at a time and says what must come of it.
func TestResidentDirt(t *testing.T) {
	good := person(t, 7)
	other := id(t, "1990-05-05", 2)
	for name, c := range map[string]struct {
		col  int
		v    any
		code string // of the reject, or empty
		look func(ResidentRow) bool
	}{
		"float identity":        {6, 3.3022e17, "SW-1322", nil},
		"float text":            {6, "3.3022E+17", "SW-1322", nil},
		"identity as number":    {6, 990203198502280000, "SW-1322", nil},
		"wrong check digit":     {6, "990203198502281234", "SW-1322", nil},
		"real in demo":          {6, "11010519491231002X", "SW-1322", nil},
		"other's identity":      {6, other, "SW-1329", nil},
		"identity masked":       {6, "990203********1234", "", func(r ResidentRow) bool { return r.IDNumber == "" }},
		"identity blank":        {6, "", "", func(r ResidentRow) bool { return r.IDNumber == "" && r.Birth == "1985-02-28" }},
		"identity stars":        {6, "＊＊＊", "", func(r ResidentRow) bool { return r.IDNumber == "" }},
		"name blank":            {4, "", "SW-1320", nil},
		"name masked":           {4, "王**", "SW-1320", nil},
		"name spaced":           {4, "王　芳 ", "", func(r ResidentRow) bool { return r.Name == "王芳" }},
		"name with dot":         {4, "阿不都·买买提", "", func(r ResidentRow) bool { return r.Name == "阿不都·买买提" }},
		"gender odd":            {5, "甲", "SW-1326", nil},
		"gender short":          {5, "男性", "", func(r ResidentRow) bool { return r.Gender == "m" }},
		"birth impossible":      {7, "2026-13-01", "SW-1324", nil},
		"birth future":          {7, "2031-01-01", "SW-1324", nil},
		"birth as serial":       {7, 31106, "", func(r ResidentRow) bool { return r.Birth == "1985-02-28" }},
		"birth as date":         {7, time.Date(1985, 2, 28, 0, 0, 0, 0, time.UTC), "", func(r ResidentRow) bool { return r.Birth == "1985-02-28" }},
		"birth disagrees":       {7, "1985-02-27", "SW-1329", nil},
		"phone float":           {9, 12900000007.0, "", func(r ResidentRow) bool { return r.Phone == "12900000007" }},
		"phone +86":             {9, "+86 129-0000-0007", "", func(r ResidentRow) bool { return r.Phone == "12900000007" }},
		"phone masked":          {9, "129****0007", "", func(r ResidentRow) bool { return r.Phone == "" }},
		"phone real":            {9, "13800138000", "SW-1323", nil},
		"phone short":           {9, "1290000", "SW-1323", nil},
		"two phones":            {9, "12900000007/12900000008", "", func(r ResidentRow) bool { return r.Phone == "12900000007" }},
		"tenure odd":            {10, "偶尔", "SW-1326", nil},
		"tenure rent":           {10, "租住（整租）", "", func(r ResidentRow) bool { return r.Tenure == "rent" }},
		"building word":         {1, "8幢", "", func(r ResidentRow) bool { return r.Address.Building == "8" }},
		"building with estate":  {1, "长塘里8幢", "", func(r ResidentRow) bool { return r.Address.Canonical() == "长塘里8-2-804" }},
		"building as date":      {1, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), "SW-1341", nil},
		"building blank":        {1, nil, "SW-1320", nil},
		"room full width":       {3, "８０４室", "", func(r ResidentRow) bool { return r.Address.Room == "804" }},
		"room number":           {3, 804, "", func(r ResidentRow) bool { return r.Address.Room == "804" }},
		"room with letter":      {3, "8O4", "SW-1325", nil},
		"room holds whole door": {3, "8-2-804", "", func(r ResidentRow) bool { return r.Address.Canonical() == "长塘里8-2-804" }},
		"room contradicts":      {3, "9-2-804", "SW-1325", nil},
		"room blank: a villa":   {3, "", "SW-1325", nil},
		"groups":                {12, "高龄老人、退役军人", "", func(r ResidentRow) bool { return r.Care[0].Group == "elderly" && r.Groups[0] == "退役军人" }},
		"need alone": {12, "无", "", func(r ResidentRow) bool {
			return len(r.Care) == 1 && r.Care[0].Group == "" && r.Care[0].Need == "knock-long"
		}},
		"formula error": {15, "#REF!", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			row := append([]any(nil), good...)
			row[c.col] = c.v
			s := read(t, makeBook(t, [][]any{residentHead, row}), Residents)
			ok, bad := Collect(s.Residents())
			switch {
			case c.code == "" && (len(ok) != 1 || c.look != nil && !c.look(ok[0])):
				t.Errorf("%+v, rejects %+v", ok, bad)
			case c.code != "" && (len(bad) != 1 || bad[0].Code != c.code):
				t.Errorf("%+v, rejects %+v; want %s", ok, bad, c.code)
			case c.code != "" && (bad[0].Column == "" || bad[0].ZH == "" || bad[0].EN == "" || strings.Contains(bad[0].ZH, "{")):
				t.Errorf("unclear reject %+v", bad[0])
			}
			for _, b := range bad {
				if strings.Contains(b.ZH+b.EN, "99020319") {
					t.Errorf("a sentence repeats the identity number: %+v", b)
				}
			}
		})
	}
}

func TestResidentInOneAddress(t *testing.T) {
	s := read(t, []byte("小区,住址,姓名\n长塘里,3-2-501,王一\n,长塘里3幢2单元501室,王二\n长塘,3号楼2单元501,王三\n,不知道,王四\n,3-27,王五\n"), Residents)
	s.opt.Aliases = map[string]string{"长塘": "长塘里"}
	good, bad := Collect(s.Residents())
	if len(good) != 3 || len(bad) != 2 {
		t.Fatalf("%+v %+v", good, bad)
	}
	for _, g := range good {
		if g.Address.Canonical() != "长塘里3-2-501" {
			t.Error(g.Address)
		}
	}
}

func TestRealWorld(t *testing.T) {
	data := []byte("姓名,住址,证件号码,电话\n王一,3-2-501,11010519491231002X,13800138000\nJohn,3-2-502,E12345678,0574-87654321\n王三,3-2-503," + id(t, "1985-02-28", 1) + ",\n王四,3-2-504,,12900000001\n")
	opt := demo()
	opt.World = identity.Real
	s, err := Read(context.Background(), "x", bytes.NewReader(data), Residents, opt)
	if err != nil {
		t.Fatal(err)
	}
	good, bad := Collect(s.Residents())
	if len(good) != 2 || good[1].IDNumber != "E12345678" || len(bad) != 2 || bad[0].Code != "SW-1322" || bad[1].Code != "SW-1323" {
		t.Errorf("%+v %+v", good, bad)
	}
}

func TestHelpers(t *testing.T) {
	head := []any{"编号", "姓名", "性别", "出生年份", "工作电话", "类别", "住址", "所在地编码", "党员", "居民代表", "会用手机", "技能", "已训", "每天可服务小时", "在岗情况", "常态岗位", "负责地点编码"}
	rows := [][]any{head,
		{"V0001", "王一", "男", 1985, "12900000001", "志愿者", "长塘里3-2-501", nil, "是", "1", "√", "医护、驾驶", "防护服穿脱、采样", "4小时", "在位", "微网格长", "990203008001-01-003"},
		{"P0002", "李二", "女", "1990-03", "12900000002", "社区民警", "", "990203008001", "否", "", "TRUE", "", "是", "8", "封在区外", "", ""},
		{"V0003", "赵三", "女", "85", "", "志愿者", "长塘里3-2-502", "", "", "", "", "", "", "", "", "", ""},
		{"V0004", "钱四", "女", "1985", "", "宇航员", "", "990203008001", "", "", "", "", "", "25", "", "", "九九"},
		{id(t, "1985-02-28", 1), "孙五", "", "", "", "志愿者", "", "990203008001", "", "", "", "", "", "", "", "", ""},
		{"V0007", "吴七", "", "", "", "志愿者", "", "990203008001", "", "", "", "医护、魔术", "", "", "", "", ""},
		{"", "周六", "", "", "", "志愿者", "", "990203008001", "", "", "", "", "", "", "", "", ""},
	}
	s := read(t, makeBook(t, rows), Helpers)
	good, bad := Collect(s.Helpers())
	if len(good) != 3 || len(bad) != 4 || good[2].Number != "" { // a number is made for whoever has none
		t.Fatalf("%+v\n%+v", good, bad)
	}
	a, b := good[0], good[1]
	if a.Number != "V0001" || a.BirthYear != 1985 || a.Kind != "volunteer" || !*a.Party || !*a.Standing || !*a.PhoneUser || strings.Join(a.Skills, ",") != "medic,drive" ||
		strings.Join(a.Trained, ",") != "protective-basic,sampling" || *a.Hours != 4 || a.Away != "present" ||
		a.Post != "微网格长" || a.PostPlace != "990203008001-01-003" || a.Address.Canonical() != "长塘里3-2-501" {
		t.Errorf("%+v", a)
	}
	if b.Kind != "police" || b.BirthYear != 1990 || *b.Party || b.Standing != nil || b.Away != "locked-out" || b.PlaceCode != "990203008001" || b.Trained[0] != "protective-basic" {
		t.Errorf("%+v", b)
	}
	for i, want := range []string{"SW-1327", "SW-1326", "SW-1322", "SW-1359"} {
		if bad[i].Code != want {
			t.Errorf("reject %d: %+v, want %s", i, bad[i], want)
		}
	}
	if n := len(bad[1].Also); n != 2 {
		t.Errorf("every problem of a row is named at once: %+v", bad[1])
	}
}

// What a sign-up asks can stand in a roll: every column is read, and what cannot be is
// named with its row and column.
func TestHelpersWithAllColumnsOfTheSignUp(t *testing.T) {
	head := []any{"编号", "姓名", "出生年份", "本人手机", "所在地编码", "技能", "不方便做的", "不便说明", "方便的时间", "已训", "资格有效期至", "监护人", "监护人电话", "监护人同意", "本人同意", "单位"}
	rows := [][]any{head,
		{"", "小文", "2010-05-06", "12900000007", "990203008001", "擂鼓、厨", "不能搬重物、夜里走不开", "对花粉过敏", "周六 09:00-12:00、周日14:00至18:00", "采样协助", "2027-03-31", "文妈", "12900000008", "是", "是", "实验中学"},
		{"V2", "乙", "", "", "990203008001", "", "", "", "周八 09:00-12:00", "", "", "", "", "", "", ""},
		{"V3", "丙", "", "", "990203008001", "", "怕黑", "", "周一 12:00-09:00", "变魔术", "明天以后", "", "", "", "", ""},
	}
	opt := demo()
	opt.Catalogues = map[string][]Named{"skills": {{"drum", "擂鼓", "Drumming"}, {"cook", "做饭", "Cooking"}}, "limits": {{"lifting", "不能搬重物", ""}, {"night", "夜里走不开", ""}}, "trained": {{"sampling", "采样协助", ""}}}
	s, err := Read(t.Context(), "名册.xlsx", bytes.NewReader(makeBook(t, rows)), Helpers, opt)
	if err != nil {
		t.Fatal(err)
	}
	good, bad := Collect(s.Helpers())
	if len(good) != 1 || len(bad) != 2 {
		t.Fatalf("%+v\n%+v", good, bad)
	}
	a := good[0]
	if a.Born != "2010-05-06" || a.OwnPhone != "12900000007" || strings.Join(a.Skills, " ") != "drum cook" || strings.Join(a.Limits, " ") != "lifting night" || a.LimitNote != "对花粉过敏" ||
		!slices.Equal(a.Available, []Stretch{{6, 540, 720}, {7, 840, 1080}}) || a.Trained[0] != "sampling" || a.PassedUntil != "2027-03-31" || a.Guardian != "文妈" || a.GuardianPhone != "12900000008" ||
		!*a.GuardianYes || !*a.Consent || a.Organisation != "实验中学" {
		t.Errorf("%+v", a)
	}
	if bad[0].Code != "SW-1344" || bad[0].Row != 3 || bad[0].Column != "方便的时间" {
		t.Errorf("%+v", bad[0])
	}
	if said := append([]Problem{bad[1].Problem}, bad[1].Also...); len(said) != 4 {
		t.Errorf("every problem of a row is named at once: %+v", said)
	}
}

func TestRejectsFileComesBack(t *testing.T) {
	rows := [][]any{residentHead, person(t, 1), person(t, 2), person(t, 3)}
	rows[2][7] = "2026-13-01"
	rows[3][4] = "=1+1"
	rows[3][9] = "123"
	s := read(t, []byte(csvOf(rows)), Residents)
	_, bad := Collect(s.Residents())
	var b bytes.Buffer
	n, err := RejectsFile(&b, s, bad, "zh")
	if err != nil || n != 2 {
		t.Fatal(n, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	got, _ := f.GetRows("退回")
	if got[0][0] != "行号" || got[0][1] != "列" || got[0][2] != "原因" || got[0][4] != "小区" || got[1][0] != "3" || got[1][1] != "出生日期" || !strings.Contains(got[1][2], "2026-13-01") {
		t.Errorf("%v", got[:2])
	}
	if got[2][8] != "'=1+1" {
		t.Errorf("formula given back: %q", got[2][8])
	}
	// Mended, the same file goes in again.
	_ = f.SetCellValue("退回", "L2", "1985-02-28")
	_ = f.SetCellValue("退回", "N3", "12900000003")
	var again bytes.Buffer
	_ = f.Write(&again)
	good, bad := Collect(read(t, again.Bytes(), Residents).Residents())
	if len(good) != 2 || len(bad) != 0 {
		t.Errorf("%+v %+v", good, bad)
	}
}

// A heading of two rows comes back joined in one row, and is understood again, for
// as often as it takes.
func TestRejectsOfATwoRowHeadingComeBack(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		upper := []any{"住址", "住址", "住址", "住址", "基本情况", "基本情况", "监护人", "联系/居住"}
		lower := []any{"小区", "楼号", "单元", "室", "姓名", "出生日期", "姓名", "备注"}
		s := read(t, []byte(csvOf([][]any{upper, lower, {"示例苑", "1", "1", "101", "王一", "1985-13-40", "李二", "甲/乙"}})), Residents)
		for range 2 {
			good, bad := Collect(s.Residents())
			if len(good) != 0 || len(bad) != 1 {
				t.Fatalf("%s: %+v %+v", lang, good, bad)
			}
			var b bytes.Buffer
			if _, err := RejectsFile(&b, s, bad, lang); err != nil {
				t.Fatal(err)
			}
			s = read(t, b.Bytes(), Residents)
		}
		f := map[string]bool{}
		for _, m := range s.Mapping {
			f[m.Column+">"+m.Field] = true
			if m.Column == "监护人/姓名" && m.Field != "" {
				t.Errorf("%s: the guardian became the resident", lang)
			}
		}
		if !f["基本情况/姓名>name"] || len(f) < 8 {
			t.Errorf("%s: %v", lang, f)
		}
	}
}
