package exchange

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func one(t *testing.T, s *Sheet) ResidentRow {
	t.Helper()
	good, bad := Collect(s.Residents())
	if len(good) != 1 || len(bad) != 0 {
		t.Fatalf("%d good, rejects %+v", len(good), bad)
	}
	return good[0]
}

func TestPlainResident(t *testing.T) {
	for name, data := range map[string][]byte{
		"xlsx": makeBook(t, [][]any{residentHead, person(t, 7)}),
		"csv":  []byte(csvOf([][]any{residentHead, person(t, 7)})),
	} {
		r := one(t, read(t, data, Residents))
		if r.Row != 2 || r.Address.Canonical() != "长塘里8-2-804" || r.Name != "王丏" && r.Name == "" || r.Gender != "m" || r.Birth != "1985-02-28" ||
			r.Phone != "12900000007" || r.Tenure != "own" || r.Verified != "2026-03-01" || r.IDNumber != id(t, "1985-02-28", 15) ||
			len(r.Care) != 1 || r.Care[0].Group != "alone" || r.Care[0].Need != "knock-long" || len(r.Raw()) < 15 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestEncodingsAndSeparators(t *testing.T) {
	text := csvOf([][]any{residentHead, person(t, 7)})
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	gb18030, _ := simplifiedchinese.GB18030.NewEncoder().String(strings.Replace(text, "王", "㐂𠮷", 1))
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	for name, c := range map[string]struct{ data, enc string }{
		"utf8":  {text, "UTF-8"},
		"bom":   {"\ufeff" + text, "UTF-8 BOM"},
		"gbk":   {gbk, "GB18030"},
		"18030": {gb18030, "GB18030"},
		"utf16": {utf16, "UTF-16LE"},
		"tab":   {strings.ReplaceAll(text, ",", "\t"), "UTF-8"},
		"semi":  {strings.ReplaceAll(text, ",", ";"), "UTF-8"},
		"lf":    {strings.ReplaceAll(text, "\r\n", "\n"), "UTF-8"},
		"cr":    {strings.ReplaceAll(text, "\r\n", "\r"), "UTF-8"},
	} {
		s := read(t, []byte(c.data), Residents)
		if s.Encoding != c.enc {
			t.Errorf("%s: encoding %q", name, s.Encoding)
		}
		if r := one(t, s); r.Address.Canonical() != "长塘里8-2-804" || r.Row != 2 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	readErr(t, []byte("姓名,住址\n\"王,3-2-501\n"), Residents, ErrQuotes)
	readErr(t, []byte("姓名,住址\n\xff\xfe\x81\x00王,3\n"), Residents, ErrEncoding)
	s := read(t, []byte("姓名,住址,备注\n\"王\"\"小\"\"明\",3-2-501,\"两\n行\"\n李四,3-2-502,\n"), Residents)
	good, _ := Collect(s.Residents())
	if len(good) != 2 || good[0].Name != `王"小"明` || good[0].Note != "两 行" || good[1].Row != 4 {
		t.Errorf("%+v", good)
	}
}

func TestTitleTwoHeaderRowsMergedCells(t *testing.T) {
	data := makeBook(t, [][]any{
		{"长塘社区居民台账（2026年3月）"},
		{},
		{"序号", "姓名", "住址", nil, nil, nil, "联系方式", nil, "户主信息", nil},
		{nil, nil, "小区", "楼号", "单元", "室号", "手机", "座机", "姓名", "身份证号"},
		{1, "王一", "长塘里", "3幢", "2单元", "501室", "12900000001", "", "赵六", id(t, "1960-01-01", 1)},
		{2, "王二", nil, nil, nil, nil, "12900000002", nil, "赵六", id(t, "1960-01-01", 1)},
		{3, "王三", "长塘里", 3, 2, 502, 12900000003, nil, nil, nil},
		{},
		{"合计", nil, nil, nil, nil, "3人"},
		{"制表人：李四", nil, nil, nil, "审核：王五"},
	}, func(f *excelize.File, s string) {
		for _, m := range []string{"A1:J1", "A3:A4", "B3:B4", "C3:F3", "G3:H3", "I3:J3", "C5:C6", "D5:D6", "E5:E6", "F5:F6"} {
			a, b, _ := strings.Cut(m, ":")
			if err := f.MergeCell(s, a, b); err != nil {
				t.Fatal(err)
			}
		}
		_ = f.SetColVisible(s, "G", false)
	})
	s := read(t, data, Residents)
	good, bad := Collect(s.Residents())
	if len(good) != 3 || len(bad) != 0 {
		t.Fatalf("%d good, %+v", len(good), bad)
	}
	for i, want := range []string{"长塘里3-2-501", "长塘里3-2-501", "长塘里3-2-502"} {
		if got := good[i].Address.Canonical(); got != want || good[i].IDNumber != "" {
			t.Errorf("row %d: %s %q, want %s and no identity number of the head", i, got, good[i].IDNumber, want)
		}
	}
	if good[2].Phone != "12900000003" || good[0].Row != 5 {
		t.Errorf("%+v", good[2])
	}
	if len(s.Skipped) != 2 || s.Skipped[0].Row != 9 || s.Skipped[0].Reason != "合计行" || s.Skipped[1].Row != 10 {
		t.Errorf("skipped %+v", s.Skipped)
	}
	fields := map[string]Mapped{}
	for _, m := range s.Mapping {
		fields[m.Column] = m
	}
	if m := fields["联系方式/手机"]; m.Field != "phone" || !m.Hidden || m.Sample != "" || m.Letter != "G" {
		t.Errorf("mapping %+v", m)
	}
	if m := fields["户主信息/身份证号"]; m.Field != "" {
		t.Errorf("the head's identity number is taken for the resident's: %+v", m)
	}
	if m := fields["住址/小区"]; m.Field != "estate" || m.Sample != "长塘里" {
		t.Errorf("mapping %+v", m)
	}
}

func TestHeadings(t *testing.T) {
	e := readErr(t, []byte("姓名,性别,联系电话\n王一,男,12900000001\n"), Residents, ErrMissingColumns)
	if !strings.Contains(e.Text("zh"), "住址 / 室 / 楼号") {
		t.Error(e.Text("zh"))
	}
	readErr(t, []byte("甲,乙,丙\n1,2,3\n4,5,6\n"), Residents, ErrNoHeader)
	readErr(t, []byte("姓名,住址\n"), Residents, ErrEmptyFile)
	readErr(t, []byte("编号,姓名\n"), Kind("pets"), ErrKind)
	s := read(t, []byte("姓 名*,家庭住址（必填）,身份证号码:,联系电话,手机,血型\n王一,3-2-501,,12900000001,12900000002,A\n"), Residents)
	var dup, unknown int
	for _, m := range s.Mapping {
		if m.Duplicate {
			dup++
		}
		if m.Field == "" {
			unknown++
		}
	}
	if r := one(t, s); dup != 1 || unknown != 1 || r.Phone != "12900000001" {
		t.Errorf("%d duplicate, %d unknown, %+v", dup, unknown, r)
	}
	s = read(t, []byte("姓名,姓名,住址\n王一,王二,3-2-501\n王三,王三,3-2-502\n王四,,3-2-503\n"), Residents)
	good, bad := Collect(s.Residents())
	if len(good) != 2 || len(bad) != 1 || bad[0].Code != "SW-1328" {
		t.Errorf("%+v %+v", good, bad)
	}
	// A printed list repeats its heading on every page.
	s = read(t, []byte("姓名,住址\n王一,3-2-501\n姓名,住址\n王二,3-2-502\n小计,2\n"), Residents)
	if s.Rows() != 2 || len(s.Skipped) != 2 {
		t.Errorf("%d rows, %+v", s.Rows(), s.Skipped)
	}
}

func TestSeveralSheets(t *testing.T) {
	data := makeBook(t, [][]any{{"姓名", "住址"}, {"王一", "1-1-101"}}, func(f *excelize.File, _ string) {
		for i, rows := range [][][]any{{{"填表说明"}, {"请如实填写"}}, {{"姓名", "住址"}, {"王二", "2-1-101"}}} {
			name := []string{"说明", "2幢"}[i]
			_, _ = f.NewSheet(name)
			for j, r := range rows {
				_ = f.SetSheetRow(name, "A"+string(rune('1'+j)), &r)
			}
		}
	})
	s := read(t, data, Residents)
	good, _ := Collect(s.Residents())
	if len(good) != 2 || good[1].Sheet != "2幢" || good[1].Address.Building != "2" || len(s.Ignored) != 1 || s.Ignored[0].Sheet != "说明" {
		t.Errorf("%+v, ignored %+v", good, s.Ignored)
	}
}

// The library that writes is the witness for our own reader.
func TestReaderAgreesWithLibrary(t *testing.T) {
	rows := [][]any{{"a", "b", "c"}}
	for i := range 400 {
		rows = append(rows, []any{i, float64(i) * 1.5, strings.Repeat("字", i%7) + "<&>\"'" + string(rune('A'+i%26)), nil, i%2 == 0, "_x0041_", " x "})
	}
	data := makeBook(t, rows)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	want, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	if err := parse(t.Context(), data, nil, Limits{}.fill(0), func(f *frame) error {
		if f.R > 0 {
			got = append(got, f.C)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i := range want {
		for j := range want[i] {
			if cellAt(got[i], j) != want[i][j] {
				t.Fatalf("cell %d,%d: %q, want %q", i, j, cellAt(got[i], j), want[i][j])
			}
		}
	}
}

func TestSpeed(t *testing.T) {
	f := excelize.NewFile()
	w, _ := f.NewStreamWriter("Sheet1")
	_ = w.SetRow("A1", residentHead)
	for i := range 50000 {
		cell, _ := excelize.CoordinatesToCellName(1, i+2)
		_ = w.SetRow(cell, person(t, i))
	}
	_ = w.Flush()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	s := read(t, b.Bytes(), Residents)
	parsed := time.Since(start)
	good, bad := Collect(s.Residents())
	if len(good) != 50000 {
		t.Fatalf("%d good, first reject %+v", len(good), bad[0])
	}
	total := time.Since(start)
	t.Logf("50,000 rows of 16 columns, %d kB: read %v, with typing %v", b.Len()>>10, parsed, total)
	if total > 15*time.Second {
		t.Errorf("too slow: %v", total)
	}
}

// A file dropped at the wrong place is known by its headings, in every wrong pairing.
func TestAFileOfAnotherKindIsRefused(t *testing.T) {
	files := map[Kind]string{
		Places:    "地点编码,类型,名称,上级编码,小区,楼号,单元数,层数,每层户数,经度,纬度\n1,市,明洲市,,,,,,,,\n",
		Residents: "小区,楼号,单元,室,姓名,性别,身份证号,出生日期,与户主关系,联系电话,居住情况,户籍地\n长塘里,3,2,501,王小明,男,,,户主,,自住,\n",
		Helpers:   "编号,姓名,性别,出生年份,工作电话,类别,住址,党员,居民代表,会用手机,技能,已训,每天可服务小时\nV1,王小明,男,1980,,志愿者,长塘里3-2-501,是,,是,,,4\n",
	}
	for kind, text := range files {
		for as := range files {
			_, err := Read(t.Context(), "x.csv", strings.NewReader(text), as, Options{})
			if (err == nil) != (as == kind) {
				t.Errorf("%s read as %s: %v", kind, as, err)
			}
		}
	}
}
