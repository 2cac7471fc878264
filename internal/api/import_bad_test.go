package api

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"shouwang/internal/access"
	"shouwang/internal/identity"
	"shouwang/internal/territory"
)

const placesHead = "地点编码,类型,名称,上级编码,小区,楼号,单元数,层数,每层户数\n"

// smallTown is a tree of two communities with a house of twelve doors each.
const smallTown = placesHead +
	"990203008000,街道,澄塘街道,,,,,,\n" +
	"990203008001,社区,长塘社区,990203008000,,,,,\n990203008002,社区,东篱社区,990203008000,,,,,\n" +
	"990203008001-01,网格,一网格,990203008001,,,,,\n990203008001-01-001,微网格,一微网格,990203008001-01,,,,,\n" +
	"990203008002-01,网格,一网格,990203008002,,,,,\n990203008002-01-001,微网格,一微网格,990203008002-01,,,,,\n" +
	"990203008001-B001,楼栋,,990203008001-01-001,长塘里,3,2,3,2\n990203008002-B001,楼栋,,990203008002-01-001,东篱苑,3,2,3,2\n"

const residentsHead = "小区,楼号,单元,室,姓名,性别,身份证号,联系电话,居住情况,核实日期\n"

func inventedNumber(t testing.TB, serial int) string {
	t.Helper()
	s, err := identity.Make("990203", "1985-02-28", serial)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func readySmallTown(t *testing.T) *importWorld {
	w := newImportWorld(t, "sqlite", true)
	if r := w.post("places", "p.csv", []byte(smallTown)); r.Inserted != 9 || r.Rejected != 0 {
		t.Fatalf("%+v", r)
	}
	return w
}

func zipOf(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func book(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whole files that cannot be taken get a fault with a code, and nothing changes.
func TestBadFilesChangeNothing(t *testing.T) {
	w := readySmallTown(t)
	last := w.store.Last()
	for _, x := range []struct {
		name, kind string
		data       []byte
		status     int
		code       string
	}{
		{"nothing", "places", nil, 422, "SW-1302"},
		{"a picture", "places", []byte("\x89PNG\r\n\x1a\n0000"), 422, "SW-1301"},
		{"an old workbook", "residents", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("x", 600)), 422, "SW-1303"},
		{"no heading", "helpers", []byte("a,b,c\n1,2,3\n"), 422, "SW-1316"},
		{"a zip bomb", "places", zipOf(t, "xl/worksheets/sheet1.xml", strings.Repeat("0", 400<<20)), 422, "SW-1305"},
		{"an oversized body", "residents", make([]byte, fileLimit+1), 422, "SW-1002"},
		{"GeoJSON that is none", "places", []byte(`{"type":"Feature"}`), 422, "SW-1319"},
		{"a file name that is no text", "places", []byte(smallTown), 422, "SW-1001"},
	} {
		header := url.PathEscape(x.name)
		if x.code == "SW-1001" {
			header = "%ff%fe"
		}
		status, body := w.do("POST", "/imports/"+x.kind, x.data, "File-Name", header)
		var p Problem
		if err := json.Unmarshal(body, &p); err != nil || status != x.status || p.Code != x.code || p.Detail == "" {
			t.Errorf("%s: %d %s, want %d %s", x.name, status, body, x.status, x.code)
		}
	}
	if w.store.Last() != last {
		t.Error("a bad file wrote into the journal")
	}
}

// Rows that cannot be taken come back with row, column and code; the file's other
// rows are taken.
func TestBadRowsComeBack(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(residentsHead + "长塘里,3,1,101,王一,,,,自住,\n长塘里,3,1,999,王二,,,,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	head := []any{"小区", "楼号", "单元", "室", "姓名", "身份证号"}
	for _, x := range []struct {
		name, kind string
		data       []byte
		rows, good int
		want       []string // row column code of each reject
	}{
		{"wrong codes", "places", []byte(placesHead + "a b/c,楼栋,x,990203008001-01-001,x,9,,,\n990203008001-B777,楼栋,x,990203008009,x,9,,,\n990203008001-B778,楼栋,好楼,990203008001-01-001,新里,9,,,\n"), 3, 1,
			[]string{"2 地点编码 SW-1342", "3 上级编码 SW-1332"}},
		{"a loop", "places", []byte(placesHead + "X-1,网格,甲,X-2,,,,,\nX-2,网格,乙,X-1,,,,,\nX-3,网格,丙,X-1,,,,,\n"), 3, 0,
			[]string{"2 上级编码 SW-1333", "3 上级编码 SW-1333", "4 上级编码 SW-1335"}},
		{"kinds upside down", "places", []byte(placesHead + "990203008001-02,社区,甲,990203008001-01,,,,,\n"), 1, 0, []string{"2 类型 SW-1334"}},
		{"a place moved", "places", []byte(placesHead + "990203008001-01-001,微网格,一微网格,990203008002-01,,,,,\n"), 1, 0, []string{"2 上级编码 SW-1112"}},
		{"GBK with an absent door", "residents", gbk, 2, 1, []string{"3 室 SW-1114"}},
		{"a number as a float", "residents", book(t, head, []any{"长塘里", 3, 1, 102, "王三", 9.9020319850228e17}, []any{"长塘里", 3, 1, 102, "王四", inventedNumber(t, 4)}), 2, 1, []string{"2 身份证号 SW-1322"}},
		{"a real number", "residents", book(t, head, []any{"长塘里", 3, 1, 102, "王三", "110101199003070070"}), 1, 0, []string{"2 身份证号 SW-1322"}},
		{"a cell of 1 MB", "residents", []byte(residentsHead + "长塘里,3,1,201,王五,,,,," + strings.Repeat("长", 350000) + "\n长塘里,3,1,201,王六,,,,,\n"), 2, 1, []string{"2 核实日期 SW-1321"}},
		{"posts that are none", "helpers", []byte("编号,姓名,所在地编码,常态岗位,负责地点编码,类别,出生年\nV1,甲,990203008001,街长,990203008001,\nV2,乙,990203008001,网格员,990203008001,\nV3,丙,990203008001,网格员,,\nV4,丁,990203008777,,,\nV5,戊,,,,\nV6,己,990203008001,网格员,990203008001-01,网格员,1985\nV7,庚,990203008001,网格员,990203008001-01,志愿者,1985\n"), 7, 1,
			[]string{"2 常态岗位 SW-1713", "3 负责地点编码 SW-1714", "4 负责地点编码 SW-1717", "5 所在地编码 SW-1711", "6  SW-1710", "8 常态岗位 SW-1731"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			w := readySmallTown(t)
			r := w.post(x.kind, x.name, x.data)
			var got []string
			for _, b := range r.Rejects {
				if b.Reason == "" {
					t.Error("no reason")
				}
				got = append(got, fmt.Sprintf("%d %s %s", b.Row, b.Column, b.Code))
			}
			if strings.Join(got, "; ") != strings.Join(x.want, "; ") || r.Rows != x.rows || r.Inserted != x.good {
				t.Fatalf("%d rows, %d taken, rejects %v, want %d, %d, %v\n%+v", r.Rows, r.Inserted, got, x.rows, x.good, x.want, r.Rejects)
			}
			if x.good == 0 && w.store.Last() != 1 {
				t.Error("something was written")
			}
			checkRejectsFile(t, w, r)
		})
	}
}

// checkRejectsFile fetches the rejects and finds row, column and reason in them;
// another account finds nothing, and so does everybody after a day.
func checkRejectsFile(t *testing.T, w *importWorld, r ImportReply) {
	t.Helper()
	path := strings.TrimPrefix(r.RejectsHref, "/api/v1")
	status, body := w.do("GET", path, nil)
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if status != 200 || err != nil {
		t.Fatal(status, err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) != r.Rejected+1 || strings.Join(rows[0][:3], "") != "行号列原因" {
		t.Fatalf("rejects file: %v %v", rows, err)
	}
	for i, b := range r.Rejects {
		if rows[i+1][0] != fmt.Sprint(b.Row) || rows[i+1][1] != b.Column || !strings.HasPrefix(rows[i+1][2], b.Reason) {
			t.Errorf("rejects file row %v, want %+v", rows[i+1][:3], b)
		}
	}
	if status, _ := w.as(access.Commander, "990203008000").do("GET", path, nil); status != 404 {
		t.Errorf("another account may fetch the rejects: %d", status)
	}
	w.now = w.now.Add(25 * time.Hour)
	if status, _ := w.do("GET", path, nil); status != 404 {
		t.Errorf("rejects still there after a day: %d", status)
	}
	w.now = w.now.Add(-25 * time.Hour)
}

// A worker of one community writes there only; places and doors of another answer
// with the words for what is nowhere. Roles without the right are refused.
func TestImportKeepsToItsPlaces(t *testing.T) {
	w := readySmallTown(t)
	own := w.as(access.Community, "990203008001")
	absent := own.post("residents", "a.csv", []byte(residentsHead+"西篱苑,3,1,101,赵一,,,,,\n"))
	outside := own.post("residents", "b.csv", []byte(residentsHead+"东篱苑,3,1,101,赵一,,,,,\n长塘里,3,2,302,赵二,,,,租住,\n"))
	if absent.Rejected != 1 || outside.Rejected != 1 || outside.Inserted != 1 {
		t.Fatalf("%+v\n%+v", absent, outside)
	}
	if a, b := absent.Rejects[0], outside.Rejects[0]; a.Code != b.Code || strings.ReplaceAll(a.Reason, "西篱苑", "东篱苑") != b.Reason {
		t.Errorf("absent and outside differ:\n%s\n%s", a.Reason, b.Reason)
	}
	gone := own.post("places", "c.csv", []byte(placesHead+"990203008001-B090,楼栋,,990203009009,新里,9,,,\n"))
	there := own.post("places", "d.csv", []byte(placesHead+"990203008001-B090,楼栋,,990203008002-01-001,新里,9,,,\n990203008001-B091,楼栋,,990203008001-01-001,新里,10,1,2,2\n"))
	if gone.Rejected != 1 || there.Rejected != 1 || there.Inserted != 1 || gone.Rejects[0].Code != there.Rejects[0].Code {
		t.Errorf("%+v\n%+v", gone, there)
	}
	if r := own.post("places", "e.csv", []byte(placesHead+"990203008009,街道,新街道,,,,,,\n990203008002,社区,改名,990203008000,,,,,\n")); r.Rejected != 2 {
		t.Errorf("%+v", r)
	}
	if p, _, _ := w.store.PlaceByCode(context.Background(), "990203008002"); p.Name != "东篱社区" {
		t.Error("a place outside was renamed")
	}
	last := w.store.Last()
	for _, role := range []access.Role{access.Lead, access.Resident, access.Police, access.Inspector} {
		for _, kind := range []string{"places", "residents", "helpers"} {
			if status, body := w.as(role, "990203008001").do("POST", "/imports/"+kind, []byte(smallTown)); status != 403 {
				t.Errorf("%s may import %s: %d %s", role, kind, status, body)
			}
		}
	}
	if es, err := w.store.Entries(context.Background(), last, 100); err != nil || strings.Contains(fmt.Sprint(es), "imported") {
		t.Error("a refused import wrote into the journal")
	}
}

// What is exported can be read back: nothing changes where it came from, and a
// fresh instance gets the same tree.
func TestExportedPlacesComeBack(t *testing.T) {
	w := readySmallTown(t)
	all, err := w.store.PlacesUnder(context.Background(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"csv", "xlsx"} {
		status, data := w.do("GET", "/exports/places."+format, nil)
		if status != 200 {
			t.Fatal(status, string(data))
		}
		if r := w.post("places", "x."+format, data); r.Rows != len(all) || r.Unchanged != r.Rows {
			t.Errorf("%s back into the same instance: %+v", format, r)
		}
		fresh := newImportWorld(t, "sqlite", true)
		if r := fresh.post("places", "x."+format, data); r.Inserted != len(all) {
			t.Errorf("%s into a fresh instance: %+v", format, r)
		}
		got, err := fresh.store.PlacesUnder(context.Background(), "", "")
		if err != nil || len(got) != len(all) {
			t.Fatal(len(got), err)
		}
		for _, p := range got {
			o, ok, err := w.store.PlaceByCode(context.Background(), p.Code)
			if err != nil || !ok || o.Kind != p.Kind || o.Name != p.Name || o.Number != p.Number || o.Estate != p.Estate || o.Floor != p.Floor ||
				len(territory.Ancestors(o.Path)) != len(territory.Ancestors(p.Path)) {
				t.Fatalf("%+v came back as %+v", o, p)
			}
		}
	}
	status, data := w.as(access.Community, "990203008001").do("GET", "/exports/places.geojson", nil)
	if status != 200 || !bytes.Contains(data, []byte("长塘里")) || bytes.Contains(data, []byte("东篱")) {
		t.Errorf("export of one community: %d %s", status, data)
	}
	if status, _ := w.as(access.Lead, "990203008001-01-001").do("GET", "/exports/places.csv", nil); status != 403 {
		t.Errorf("a lead may export: %d", status)
	}
}
