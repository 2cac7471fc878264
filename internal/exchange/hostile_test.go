package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"shouwang/internal/fault"
)

const (
	relsXML  = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML  = `<?xml version="1.0"?><workbook xmlns:r="http://r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels = `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
)

// rawBook zips a workbook whose sheet is given as XML; parts override or add.
func rawBook(t testing.TB, sheet string, parts ...string) []byte {
	t.Helper()
	all := map[string]string{"[Content_Types].xml": "<Types/>", "_rels/.rels": relsXML, "xl/workbook.xml": bookXML,
		"xl/_rels/workbook.xml.rels": bookRels, "xl/worksheets/sheet1.xml": sheet}
	order := []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"}
	for i := 0; i+1 < len(parts); i += 2 {
		if _, ok := all[parts[i]]; !ok {
			order = append(order, parts[i])
		}
		all[parts[i]] = parts[i+1]
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range order {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, all[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func inline(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

func sheetXML(rows ...string) string {
	return `<?xml version="1.0"?><worksheet><sheetData>` + strings.Join(rows, "") + `</sheetData></worksheet>`
}

var headXML = `<row r="1">` + inline("A1", "姓名") + inline("B1", "住址") + `</row>`

func TestNotASheet(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want *fault.Def
	}{
		"empty":    {"", ErrEmptyFile},
		"blank":    {" \r\n\r\n", ErrEmptyFile},
		"pdf":      {"%PDF-1.7 ...", ErrNotSheet},
		"png":      {"\x89PNG\r\n", ErrNotSheet},
		"html.xls": {"<html><table><tr><td>姓名</td></tr></table></html>", ErrNotSheet},
		"json":     {`{"姓名":"王一"}`, ErrNotSheet},
		"old xls":  {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), ErrOldFormat},
		"cut zip":  {"PK\x03\x04" + strings.Repeat("x", 100), ErrDamaged},
		"binary":   {"\x00\x01\x02\x03\x04", ErrEncoding},
	} {
		t.Run(name, func(t *testing.T) { readErr(t, []byte(c.data), Residents, c.want) })
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	_, _ = z.Create("word/document.xml")
	_ = z.Close()
	readErr(t, b.Bytes(), Residents, ErrNotSheet)
	// The name says nothing: a csv called .xlsx and a workbook called .csv both read.
	for _, data := range [][]byte{[]byte("姓名,住址\n王一,3-2-501\n"), makeBook(t, [][]any{{"姓名", "住址"}, {"王一", "3-2-501"}})} {
		if s, err := Read(t.Context(), "wrong.extension", bytes.NewReader(data), Residents, demo()); err != nil || s.Rows() != 1 {
			t.Error(err)
		}
	}
	whole := makeBook(t, [][]any{{"姓名", "住址"}, {"王一", "3-2-501"}})
	readErr(t, whole[:len(whole)-30], Residents, ErrDamaged)
}

func TestZipBombs(t *testing.T) {
	big := rawBook(t, sheetXML(headXML)+strings.Repeat(" ", 64<<20))
	readErr(t, big, Residents, ErrBomb)

	var many bytes.Buffer
	z := zip.NewWriter(&many)
	for i := range 3000 {
		_, _ = z.Create("xl/x" + columnName(i+1))
	}
	_ = z.Close()
	readErr(t, many.Bytes(), Residents, ErrBomb)

	plain := rawBook(t, sheetXML(headXML))
	at := bytes.LastIndex(plain, []byte("PK\x01\x02"))
	set := func(off int, v uint32) []byte {
		d := bytes.Clone(plain)
		binary.LittleEndian.PutUint32(d[at+off:], v)
		return d
	}
	readErr(t, set(24, 0xfffffff0), Residents, ErrBomb)    // says 4 GB
	readErr(t, set(42, 0xfffffff0), Residents, ErrDamaged) // begins beyond the end
	readErr(t, set(42, 0), Residents, ErrBomb)             // overlaps the first part
	readErr(t, set(24, 0xffffffff), Residents, ErrBomb)    // zip64 size that is not there

	for _, name := range []string{"../../etc/passwd", "/etc/passwd", `xl\sheet.xml`, "C:/x", "xl//a"} {
		readErr(t, rawBook(t, sheetXML(headXML), name, "x"), Residents, ErrDamaged)
	}
	readErr(t, rawBook(t, sheetXML(headXML), "XL/WORKBOOK.XML", "x"), Residents, ErrDamaged)
}

// A directory that lies about the size: the reader stops at what was announced.
func TestLyingDirectory(t *testing.T) {
	body := []byte(sheetXML(headXML, `<row r="2">`+inline("A2", "王一")+inline("B2", "3-2-501")+`</row>`))
	data := rawBook(t, string(body))
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], 40)
	binary.LittleEndian.PutUint32(data[at+16:], crc32.ChecksumIEEE(body[:40]))
	_, err := Read(t.Context(), "x", bytes.NewReader(data), Residents, demo())
	if fault.As(err).Def != ErrDamaged {
		t.Fatal(err)
	}
}

func TestZip64Overflow(t *testing.T) {
	plain := rawBook(t, sheetXML(headXML))
	end := bytes.LastIndex(plain, []byte("PK\x05\x06"))
	for name, v := range map[string]uint64{"huge": 1<<63 - 1, "wraps": 1<<64 - 8, "negative": 1 << 63} {
		d := bytes.Clone(plain[:end])
		rec := make([]byte, 56+20)
		copy(rec, "PK\x06\x06")
		binary.LittleEndian.PutUint64(rec[4:], 44)
		binary.LittleEndian.PutUint64(rec[32:], 5)
		binary.LittleEndian.PutUint64(rec[40:], v)
		binary.LittleEndian.PutUint64(rec[48:], 16)
		copy(rec[56:], "PK\x06\x07")
		binary.LittleEndian.PutUint64(rec[64:], uint64(end))
		d = append(d, rec...)
		tail := bytes.Clone(plain[end:])
		binary.LittleEndian.PutUint32(tail[12:], 0xffffffff)
		binary.LittleEndian.PutUint32(tail[16:], 0xffffffff)
		t.Run(name, func(t *testing.T) { readErr(t, append(d, tail...), Residents, ErrDamaged) })
		// The locator itself points away.
		binary.LittleEndian.PutUint64(d[end+64:], v)
		t.Run(name+" locator", func(t *testing.T) { readErr(t, append(d, tail...), Residents, ErrDamaged) })
	}
}

func TestXMLAttacks(t *testing.T) {
	row2 := `<row r="2">` + inline("A2", "&lol;") + inline("B2", "3-2-501") + `</row>`
	readErr(t, rawBook(t, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY lol SYSTEM "file:///etc/passwd">]>`+sheetXML(headXML, row2)[21:]), Residents, ErrEntities)
	readErr(t, rawBook(t, sheetXML(headXML, row2)), Residents, ErrEntities)
	readErr(t, rawBook(t, sheetXML(headXML), "xl/sharedStrings.xml", `<!DOCTYPE sst><sst/>`), Residents, ErrEntities)
	for name, row := range map[string]string{
		"row -1":      `<row r="-1"></row>`,
		"row 2^31-1":  `<row r="2147483647"></row>`,
		"row twice":   `<row r="1"></row>`,
		"cell twice":  `<row r="2">` + inline("A2", "a") + inline("A2", "b") + `</row>`,
		"bad ref":     `<row r="2">` + inline("2A", "a") + `</row>`,
		"shared":      `<row r="2"><c r="A2" t="s"><v>99</v></c></row>`,
		"shared -1":   `<row r="2"><c r="A2" t="s"><v>-1</v></c></row>`,
		"bad charref": `<row r="2">` + inline("A2", "&#xD800;") + `</row>`,
		"cut off":     `<row r="2"><c r="A2"><v>1`,
		"open tag":    `<row r="2"><c r="A2`,
	} {
		t.Run(name, func(t *testing.T) {
			e := readErr(t, rawBook(t, strings.TrimSuffix(sheetXML(headXML, row), "</sheetData></worksheet>")), Residents, ErrDamaged)
			if strings.Contains(name, "row") && !strings.Contains(e.Text("en"), "row") {
				t.Error(e)
			}
		})
	}
	readErr(t, rawBook(t, sheetXML(headXML, `<row r="2">`+inline("XFD2", "a")+`</row>`)), Residents, ErrTooWide)
	readErr(t, rawBook(t, sheetXML(headXML), "xl/_rels/workbook.xml.rels", "<Relationships/>"), Residents, ErrDamaged)
}

func TestLongCells(t *testing.T) {
	mb := strings.Repeat("字", 1<<20/3)
	rows := []string{headXML, `<row r="2">` + inline("A2", "王一") + inline("B2", mb) + `</row>`, `<row r="3">` + inline("A3", "王二") + inline("B3", "3-2-501") + `</row>`,
		`<row r="4"><c r="A4" t="s"><v>0</v></c>` + inline("B4", "3-2-502") + `</row>`, `<row r="5">` + inline("A5", "王五") + inline("C5", strings.Repeat("x", 40000)) + inline("D5", "3-2-501") + `</row>`}
	data := rawBook(t, sheetXML(rows...), "xl/sharedStrings.xml", `<sst><si><t>`+mb+`</t></si></sst>`)
	s := read(t, data, Residents)
	good, bad := Collect(s.Residents())
	if len(good) != 1 || good[0].Row != 3 || len(bad) != 3 || s.Rows() != 4 {
		t.Fatalf("%d good, %d bad of %d", len(good), len(bad), s.Rows())
	}
	for i, want := range []struct {
		row int
		col string
	}{{2, "住址"}, {4, "姓名"}, {5, "C"}} {
		if bad[i].Row != want.row || bad[i].Column != want.col || bad[i].Code != "SW-1321" {
			t.Errorf("reject %+v, want row %d column %s", bad[i].Problem, want.row, want.col)
		}
	}
	// The same cell in a csv.
	s = read(t, []byte("姓名,住址\n王一,\""+mb+"\"\n王二,3-2-501\n"), Residents)
	if good, bad := Collect(s.Residents()); len(good) != 1 || len(bad) != 1 || bad[0].Code != "SW-1321" {
		t.Error(len(good), bad)
	}
}

func TestLimits(t *testing.T) {
	var b strings.Builder
	b.WriteString("姓名,住址\n")
	for range 200 {
		b.WriteString("王一,3-2-501\n")
	}
	data := []byte(b.String())
	run := func(opt Options) *fault.Error {
		_, err := Read(t.Context(), "x", bytes.NewReader(data), Residents, opt)
		if err == nil {
			t.Fatal("no error")
		}
		return fault.As(err)
	}
	opt := demo()
	opt.Limits.Rows = 100
	if e := run(opt); e.Def != ErrTooManyRows || e.Args[0] != "100" {
		t.Error(e)
	}
	opt = demo()
	opt.Limits.File = 100
	if e := run(opt); e.Def != ErrTooBig {
		t.Error(e)
	}
}

func TestChildrenThatMisbehave(t *testing.T) {
	data := []byte("姓名,住址\n王一,3-2-501\n")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		mode string
		lim  Limits
		want *fault.Def
	}{
		"memory": {"child-glutton", Limits{}, ErrMemory},
		"time":   {"child-sleeper", Limits{Time: 300 * time.Millisecond}, ErrTooLong},
		"crash":  {"child-crash", Limits{}, ErrStopped},
		"liar":   {"child-liar", Limits{}, ErrStopped},
	} {
		t.Run(name, func(t *testing.T) {
			opt := demo()
			opt.Child, opt.Limits = []string{self, c.mode}, c.lim
			start := time.Now()
			_, err := Read(t.Context(), "x", bytes.NewReader(data), Residents, opt)
			if fault.As(err).Def != c.want {
				t.Errorf("%v", err)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("ended only after %v", d)
			}
		})
	}
	opt := demo()
	opt.Child = []string{self + "-absent"}
	if _, err := Read(t.Context(), "x", bytes.NewReader(data), Residents, opt); fault.As(err).Def != ErrStopped {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	opt.Child = []string{self, "child-sleeper"}
	if _, err := Read(ctx, "x", bytes.NewReader(data), Residents, opt); err == nil {
		t.Error("a cancelled read came back without error")
	}
	if err := ReadChild(strings.NewReader("no job\n"), io.Discard); err == nil {
		t.Error("the child took a file without a job")
	}
	if err := ReadChild(strings.NewReader(`{"size":10}`+"\nabc"), io.Discard); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}
