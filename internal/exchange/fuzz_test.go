package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
)

// child runs the child's body in this process and returns its frames.
func child(t *testing.T, data []byte) (fs []frame) {
	var out bytes.Buffer
	in := io.MultiReader(strings.NewReader(fmt.Sprintf("{\"size\":%d,\"max_rows\":5000}\n", len(data))), bytes.NewReader(data))
	if err := ReadChild(in, &out); err != nil {
		t.Fatalf("the child failed instead of naming a fault: %v", err)
	}
	sc := bufio.NewScanner(&out)
	sc.Buffer(nil, 1<<28)
	for sc.Scan() {
		var f frame
		if err := json.Unmarshal(sc.Bytes(), &f); err != nil {
			t.Fatalf("a line that is no JSON: %v", err)
		}
		fs = append(fs, f)
	}
	if len(fs) == 0 || !(fs[len(fs)-1].End || fs[len(fs)-1].Fault != "") {
		t.Fatal("no end")
	}
	return fs
}

// FuzzFile feeds whole files to the child's body: it always ends with an end or a
// known fault, and rows come in rising order.
func FuzzFile(f *testing.F) {
	f.Add([]byte("姓名,住址\n王一,3-2-501\n"))
	f.Add(makeBook(f, [][]any{{"姓名", "住址"}, {"王一", 3.5}}))
	f.Add(rawBook(f, sheetXML(headXML)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<20 || sniff(data) == "xlsx" && checkZip(data) != nil {
			return
		}
		last := 0
		for _, fr := range child(t, data) {
			switch {
			case fr.Fault != "" && readerFaults[fr.Fault] == nil:
				t.Fatalf("unknown fault %s", fr.Fault)
			case fr.Sheet != nil:
				last = 0
			case fr.R > 0:
				if fr.R <= last || len(fr.C) > maxCols {
					t.Fatalf("row %d after %d", fr.R, last)
				}
				last = fr.R
			}
		}
	})
}

// FuzzSheetXML puts the fuzzed text inside a sound workbook, where the zip's
// checksums would keep a fuzzer out.
func FuzzSheetXML(f *testing.F) {
	f.Add(sheetXML(headXML), `<sst><si><t>a</t></si></sst>`)
	f.Add(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46082.5</v></c></row>`), `<sst><si><r><t>a</t></r><rPh><t>x</t></rPh></si></sst>`)
	f.Add(`<worksheet><cols><col min="1" max="9" hidden="1"/></cols><sheetData><!-- x --><row><c><v><![CDATA[1]]></v></c></row></sheetData><mergeCells><mergeCell ref="A1:B9"/></mergeCells></worksheet>`, ``)
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		for _, fr := range child(t, rawBook(t, sheet, "xl/sharedStrings.xml", shared)) {
			if fr.Fault != "" && readerFaults[fr.Fault] == nil {
				t.Fatalf("unknown fault %s", fr.Fault)
			}
		}
	})
}

// FuzzCSV checks the splitter against what it promises: cells are whole, rows rise.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\"\"b\",c\r\nd", "a;b\n", "\"", "\ufeffa\tb\r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 || sniff(data) != "csv" {
			return
		}
		_ = child(t, data)
	})
}

// FuzzZip runs the directory check alone on hurt zip files.
func FuzzZip(f *testing.F) {
	f.Add(rawBook(f, sheetXML(headXML)))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) { _ = checkZip(data) })
}

// FuzzCells runs the cell cleaners.
func FuzzCells(f *testing.F) {
	for _, s := range []string{"2026年3月1日", "46082", "是", "6层", "1-101、1-102", "＊＊", "合计"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if iso, ok := parseDate(s, cellText, now); ok != (len(iso) == 10) {
			t.Fatalf("%q → %q %v", s, iso, ok)
		}
		if v, ok := parseBool(s); v != nil && !ok {
			t.Fatal("a bool that is none")
		}
		_, _ = parseInt(s, 0, 100)
		if x := tidyText(s); tidyText(x) != x {
			t.Fatalf("%q is not tidy after tidying: %q", s, x)
		}
		_ = schemas[Residents].lookup(s)
		_ = splitWords(s)
	})
}
