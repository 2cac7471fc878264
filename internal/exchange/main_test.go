package exchange

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"shouwang/internal/fault"
	"shouwang/internal/identity"
)

// TestMain lets the test program be the child that parses files, and a few
// children that misbehave.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "sheet-read":
			if err := ReadChild(os.Stdin, os.Stdout); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		case "child-glutton": // takes memory without end
			var hoard [][]byte
			for {
				b := bytes.Repeat([]byte{1}, 8<<20)
				hoard = append(hoard, b)
				runtime.KeepAlive(hoard)
				time.Sleep(time.Millisecond)
			}
		case "child-sleeper":
			time.Sleep(time.Minute)
		case "child-crash":
			fmt.Println(`{"sheet":"a"}`)
			fmt.Println(`{"r":1,"c":["姓名","住址"]}`)
			os.Exit(3)
		case "child-liar":
			fmt.Println(`{"fault":"SW-9999"}`)
			os.Exit(0)
		}
	}
	os.Exit(m.Run())
}

var now = time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)

func demo() Options { return Options{Now: now, World: identity.Demo} }

// book makes a workbook of one sheet; values keep their types.
func makeBook(t testing.TB, rows [][]any, more ...func(*excelize.File, string)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const name = "Sheet1"
	for i, row := range rows {
		for j, v := range row {
			if v == nil {
				continue
			}
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if err := f.SetCellValue(name, cell, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, fn := range more {
		fn(f, name)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, data []byte, kind Kind) *Sheet {
	t.Helper()
	s, err := Read(context.Background(), "t.xlsx", bytes.NewReader(data), kind, demo())
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return s
}

func readErr(t testing.TB, data []byte, kind Kind, want *fault.Def) *fault.Error {
	t.Helper()
	_, err := Read(context.Background(), "t.xlsx", bytes.NewReader(data), kind, demo())
	if err == nil {
		t.Fatalf("no error, want %s", want.Code)
	}
	e := fault.As(err)
	if e.Def != want {
		t.Fatalf("got %v, want %s", err, want.Code)
	}
	for _, lang := range []string{"zh", "en"} {
		if text := e.Text(lang); strings.Contains(text, "{") && want != ErrGeoJSON {
			t.Errorf("unfilled argument in %q", text)
		}
	}
	return e
}

// id makes an invented identity number.
func id(t testing.TB, birth string, serial int) string {
	t.Helper()
	s, err := identity.Make("990203", birth, serial)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var residentHead = []any{"小区", "楼号", "单元", "室", "姓名", "性别", "身份证号", "出生日期", "与户主关系", "联系电话", "居住情况", "户籍地", "特殊群体", "照护需要", "核实日期", "备注"}

func person(t testing.TB, i int) []any {
	return []any{"长塘里", fmt.Sprint(i%30 + 1), fmt.Sprint(i%3 + 1), fmt.Sprint(100*(i%18+1) + i%4 + 1), fmt.Sprintf("王%c", '一'+rune(i%2000)), "男",
		id(t, "1985-02-28", i%500*2+1), "1985-02-28", "户主", fmt.Sprintf("129%08d", i), "自住", "明洲市", "独居老人", "敲门久等", "2026-03-01", ""}
}

func csvOf(rows [][]any) string {
	var b strings.Builder
	for _, r := range rows {
		for i, c := range r {
			if i > 0 {
				b.WriteByte(',')
			}
			if c != nil {
				s := fmt.Sprint(c)
				if strings.ContainsAny(s, ",\"\n") {
					s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
				}
				b.WriteString(s)
			}
		}
		b.WriteString("\r\n")
	}
	return b.String()
}
