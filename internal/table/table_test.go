package table

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var sample = Table{
	Name: "居民/台账",
	Columns: []Column{{Key: "name", ZH: "姓名", EN: "Name", Class: P2}, {Key: "id", ZH: "身份证号", Class: P3},
		{Key: "n", ZH: "人数", Class: P0, Number: true}},
	Rows: slices.Values([][]string{
		{"王小明", "990203198502281234", "3"},
		{"=HYPERLINK(\"http://x\")", "+86", "-12.5"},
		{"@SUM(A1)", "-1+2", "-1+2"},
		{"\t=1", "'=1", ""},
		{"＝1", "有\"引号\",和\n换行", "007"},
	}),
}

func TestCSVComesBack(t *testing.T) {
	var b bytes.Buffer
	n, err := WriteCSV(&b, sample, "zh")
	if err != nil || n != 5 {
		t.Fatal(n, err)
	}
	if !strings.HasPrefix(b.String(), "\ufeff姓名,身份证号,人数\r\n") {
		t.Fatalf("heading: %q", b.String()[:40])
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	compare(t, rows[1:])
}

func TestXLSXComesBack(t *testing.T) {
	var b bytes.Buffer
	n, err := WriteXLSX(&b, sample, "zh")
	if err != nil || n != 5 {
		t.Fatal(n, err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("居民-台账")
	if err != nil {
		t.Fatal(err)
	}
	rows[4] = append(rows[4], "")
	compare(t, rows[1:])
	if kind, _ := f.GetCellType("居民-台账", "B2"); kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
		t.Errorf("an identity number is stored as type %v and would be destroyed", kind)
	}
}

func compare(t *testing.T, rows [][]string) {
	t.Helper()
	i := 0
	for want := range sample.Rows {
		for j, got := range rows[i] {
			if bad := got != "" && strings.ContainsRune("=+@\t\r", rune(got[0])); bad {
				t.Errorf("cell %d,%d opens a formula: %q", i, j, got)
			}
			if got[:min(1, len(got))] == "-" && got != "-12.5" {
				t.Errorf("cell %d,%d opens a formula: %q", i, j, got)
			}
			w := want[j]
			if sample.Columns[j].Number && w == "007" {
				continue // a number column keeps the value, not its zeros
			}
			if Unsafe(got) != w {
				t.Errorf("cell %d,%d came back as %q, want %q", i, j, got, w)
			}
		}
		i++
	}
}

func TestRowsMustFit(t *testing.T) {
	bad := Table{Columns: sample.Columns, Rows: slices.Values([][]string{{"a"}})}
	if _, err := WriteCSV(&bytes.Buffer{}, bad, "zh"); err == nil {
		t.Error("csv took a short row")
	}
	if _, err := WriteXLSX(&bytes.Buffer{}, bad, "zh"); err == nil {
		t.Error("xlsx took a short row")
	}
	if sample.Highest() != P3 {
		t.Error(sample.Highest())
	}
}

func FuzzSafe(f *testing.F) {
	for _, s := range []string{"=1", "'=1", "''=1", "王", "", "-1", "＝"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if startsFormula(Safe(s)) {
			t.Fatalf("%q stays a formula", s)
		}
		if got := Unsafe(Safe(s)); got != s {
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}
