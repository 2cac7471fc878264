package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"shouwang/internal/territory"
)

var placeHead = []any{"地点编码", "类型", "名称", "上级编码", "小区", "楼号", "单元", "单元数", "层数", "每层户数", "缺层", "门牌清单", "标签", "经度", "纬度", "范围(GeoJSON)", "坐标系"}

func placeRow(m map[string]any) []any {
	row := make([]any, len(placeHead))
	for i, h := range placeHead {
		row[i] = m[h.(string)]
	}
	return row
}

func readPlaces(t *testing.T, rows ...map[string]any) ([]PlaceRow, []Reject) {
	t.Helper()
	all := [][]any{placeHead}
	for _, m := range rows {
		all = append(all, placeRow(m))
	}
	s := read(t, makeBook(t, all), Places)
	good, bad := Collect(s.Places())
	if len(good)+len(bad) != s.Rows() {
		t.Fatalf("%d + %d != %d", len(good), len(bad), s.Rows())
	}
	return good, bad
}

type m = map[string]any

func TestExpand(t *testing.T) {
	good, bad := readPlaces(t,
		m{"地点编码": "C-B001", "类型": "楼栋", "上级编码": "C", "小区": "长塘里", "楼号": "3", "单元数": 2, "层数": 6, "每层户数": 2, "缺层": "4"},
		m{"地点编码": "C-B017a", "类型": "楼栋", "上级编码": "C", "小区": "长塘里", "楼号": "17", "单元": "2", "层数": 18, "每层户数": 4, "缺层": "4、14"},
		m{"地点编码": "C-S02", "类型": "公寓", "名称": "青年公寓", "上级编码": "C", "门牌清单": "1-101、1-102、2-101"},
		m{"地点编码": "C-B005", "类型": "楼栋", "上级编码": "C", "小区": "长塘里", "楼号": "5", "层数": 2, "每层户数": 1},
		m{"地点编码": "C-S03", "类型": "商场", "名称": "汇塘商场", "上级编码": "C"},
	)
	if len(bad) != 0 {
		t.Fatal(bad)
	}
	for i, want := range []struct {
		places, doors int
		first, last   string
	}{{23, 20, "C-B001-1", "C-B001-2-602"}, {66, 64, "C-B017a-2", "C-B017a-2-1804"}, {6, 3, "C-S02-1", "C-S02-2-101"}, {3, 2, "C-B005-101", "C-B005-201"}, {1, 0, "C-S03", "C-S03"}} {
		all := Expand(good[i])
		places, doors := good[i].Count()
		if places != want.places || doors != want.doors || all[min(1, len(all)-1)].Code != want.first || all[len(all)-1].Code != want.last {
			t.Errorf("%s: %d places, %d doors, %s … %s", good[i].Code, places, doors, all[min(1, len(all)-1)].Code, all[len(all)-1].Code)
		}
		for _, p := range all[1:] {
			if !strings.HasPrefix(p.Code, p.Parent+"-") || p.Row != good[i].Row || !p.Made {
				t.Errorf("%+v", p)
			}
			if p.Kind == territory.Door && (p.Floor < 1 || p.Floor == 4 && i < 2) {
				t.Errorf("door on floor %d: %+v", p.Floor, p)
			}
		}
	}
	if good[0].Name != "长塘里3号楼" || roomNumber(12, 4) != "1204" || floorOf("1204") != 12 || floorOf("501") != 5 || floorOf("12104") != 12 || floorOf("A") != 0 {
		t.Error("names and floors")
	}
}

func TestPlaceDirt(t *testing.T) {
	base := m{"地点编码": "C-B001", "类型": "楼栋", "上级编码": "C", "小区": "长塘里", "楼号": "3", "单元数": 2, "层数": 6, "每层户数": 2}
	for name, c := range map[string]struct {
		set  m
		code string
	}{
		"fine":               {m{}, ""},
		"no code":            {m{"地点编码": nil}, "SW-1320"},
		"odd code":           {m{"地点编码": "C B/1"}, "SW-1342"},
		"kind unknown":       {m{"类型": "火星基地"}, "SW-1326"},
		"kind by other name": {m{"类型": "住宅楼"}, ""},
		"no parent":          {m{"上级编码": nil}, "SW-1320"},
		"floors without":     {m{"每层户数": nil}, "SW-1336"},
		"floors words":       {m{"层数": "很多"}, "SW-1327"},
		"floors with unit":   {m{"层数": "6层"}, ""},
		"units too many":     {m{"单元数": 100}, "SW-1327"},
		"doors too many":     {m{"单元数": 60, "层数": 100, "每层户数": 100}, "SW-1336"},
		"door list":          {m{"门牌清单": "1-101、楼下"}, "SW-1337"},
		"door twice":         {m{"门牌清单": "1-101、1-101"}, "SW-1337"},
		"door of no unit":    {m{"门牌清单": "3-101"}, "SW-1337"},
		"coordinates":        {m{"经度": 121.5, "纬度": 29.8}, ""},
		"coordinates swap":   {m{"经度": 29.8, "纬度": 121.5}, "SW-1338"},
		"one coordinate":     {m{"经度": 121.5}, "SW-1338"},
		"shape":              {m{"范围(GeoJSON)": `{"type":"Polygon","coordinates":[[[121,29],[121.1,29],[121.1,29.1],[121,29]]]}`}, ""},
		"shape open":         {m{"范围(GeoJSON)": `{"type":"Polygon","coordinates":[[[121,29],[121.1,29],[121.1,29.1]]]}`}, "SW-1339"},
		"shape swapped":      {m{"范围(GeoJSON)": `{"type":"Point","coordinates":[29,121]}`}, "SW-1339"},
		"gcj point":          {m{"经度": 116.397541, "纬度": 39.908902, "坐标系": "高德"}, ""},
		"gcj shape":          {m{"坐标系": "GCJ-02", "范围(GeoJSON)": `{"type":"Polygon","coordinates":[[[116.397541,39.908902],[116.4,39.9],[116.4,39.95],[116.397541,39.908902]]]}`}, ""},
		"no such datum":      {m{"经度": 121.5, "纬度": 29.8, "坐标系": "北京54"}, "SW-1161"},
		"shape no json":      {m{"范围(GeoJSON)": `这里`}, "SW-1339"},
	} {
		t.Run(name, func(t *testing.T) {
			row := m{}
			for _, src := range []m{base, c.set} {
				for k, v := range src {
					row[k] = v
				}
			}
			good, bad := readPlaces(t, row)
			if c.code == "" && len(good) != 1 || c.code != "" && (len(bad) != 1 || bad[0].Code != c.code || bad[0].Column == "") {
				t.Errorf("%+v %+v, want %q", good, bad, c.code)
			}
			if name == "gcj point" && len(good) == 1 && (math.Abs(good[0].Lng-116.3913) > 5e-5 || math.Abs(good[0].Lat-39.9075) > 5e-5) {
				t.Error("not brought to CGCS2000:", good[0].Lng, good[0].Lat)
			}
			if name == "gcj shape" && len(good) == 1 && !strings.Contains(good[0].Shape, "116.39129") {
				t.Error("not brought to CGCS2000:", good[0].Shape)
			}
			if name == "shape" && len(good) == 1 && (good[0].Lng < 121 || good[0].Lat < 29) {
				t.Error("no label point")
			}
		})
	}
}

func TestCheckTree(t *testing.T) {
	row := func(n int, code string, kind territory.Kind, parent string) PlaceRow {
		return PlaceRow{At: At{Row: n}, Code: code, Kind: kind, Parent: parent}
	}
	building := row(12, "C1-B1", territory.Building, "M1")
	building.Units, building.Floors, building.PerFloor = []string{"1"}, 2, 1
	rows := []PlaceRow{
		row(2, "M1", territory.Microgrid, "G1"), // before its parent
		row(3, "G1", territory.Grid, "C1"),
		row(4, "C1", territory.Community, "S1"), // S1 is in the system
		row(5, "M9", territory.Microgrid, "nowhere"),
		row(6, "B9", territory.Building, "M9"), // parent rejected
		row(7, "X1", territory.Grid, "X2"),     // a circle of three
		row(8, "X2", territory.Grid, "X3"),
		row(9, "X3", territory.Grid, "X1"),
		row(10, "XX", territory.Microgrid, "X1"), // hangs on the circle
		row(11, "C9", territory.Community, "G1"), // upside down
		building,
		row(13, "D1", territory.Mall, "C1"),
		row(14, "D1", territory.Mall, "C1"),               // twice
		row(15, "C1-B1-1", territory.Unit, "C1-B1"),       // the building makes it already
		row(16, "C1-B1-1-901", territory.Door, "C1-B1-1"), // an attic under a made unit
		row(17, "Z", territory.Park, "Z"),                 // its own parent
		row(18, "H", territory.Building, "D2"),
		row(19, "D2", territory.Mall, "C1"), // a mall holds no homes
	}
	known := func(code string) (territory.Kind, bool) {
		return territory.Subdistrict, code == "S1"
	}
	good, bad := CheckTree(rows, known)
	if len(good)+len(bad) != len(rows) {
		t.Fatalf("%d + %d != %d", len(good), len(bad), len(rows))
	}
	var order []string
	for _, g := range good {
		order = append(order, g.Code)
	}
	if got := strings.Join(order, " "); got != "C1 G1 M1 C1-B1 C1-B1-1-901 D2" {
		t.Errorf("good rows %s", got)
	}
	want := map[int]string{5: "SW-1332", 6: "SW-1335", 7: "SW-1333", 8: "SW-1333", 9: "SW-1333", 10: "SW-1335", 11: "SW-1334", 13: "SW-1331", 14: "SW-1331", 15: "SW-1331", 17: "SW-1333", 18: "SW-1334"}
	for _, b := range bad {
		if want[b.Row] != b.Code {
			t.Errorf("row %d: %s (%s), want %s", b.Row, b.Code, b.EN, want[b.Row])
		}
		delete(want, b.Row)
	}
	if len(want) > 0 {
		t.Errorf("not rejected: %v", want)
	}
	for _, b := range bad {
		if b.Row == 7 && !strings.Contains(b.ZH, "7、8、9") {
			t.Errorf("the circle's rows are not named: %s", b.ZH)
		}
		if b.Row == 13 && !strings.Contains(b.ZH, "13、14") {
			t.Errorf("the double rows are not named: %s", b.ZH)
		}
	}
	// A chain as deep as a file can be must not exhaust anything.
	var deep []PlaceRow
	for i := range 200000 {
		deep = append(deep, row(i+2, fmt.Sprint("P", i), territory.Grid, fmt.Sprint("P", i+1)))
	}
	deep[len(deep)-1].Parent = "P0"
	if g, b := CheckTree(deep, nil); len(g) != 0 || len(b) != len(deep) {
		t.Error(len(g), len(b))
	}
}

func TestPlacesGoOutAndComeBack(t *testing.T) {
	shape := `{"type":"Polygon","coordinates":[[[121,29],[121.1,29],[121.1,29.1],[121,29]]]}`
	places := []territory.Place{
		{ID: "1", Kind: territory.Subdistrict, Code: "990203008000", Name: "澄塘街道"},
		{ID: "2", ParentID: "1", Kind: territory.Community, Code: "990203008001", Name: "长塘社区", Shape: shape, Lng: 121.05, Lat: 29.04},
		{ID: "3", ParentID: "2", Kind: territory.Building, Code: "990203008001-B017", Name: "=长塘里3号楼", Estate: "长塘里", Number: "3", Tags: []string{"no-management", "老旧"}},
		{ID: "4", ParentID: "3", Kind: territory.Unit, Code: "990203008001-B017-1", Name: "1单元", Number: "1"},
		{ID: "5", ParentID: "4", Kind: territory.Door, Code: "990203008001-B017-1-501", Name: "501", Number: "501", Floor: 5},
	}
	codeOf := func(id string) string {
		for _, p := range places {
			if p.ID == id {
				return p.Code
			}
		}
		return ""
	}
	for _, format := range []string{"csv", "xlsx"} {
		for _, lang := range []string{"zh", "en"} {
			var b bytes.Buffer
			n, err := WritePlaces(&b, format, slices.Values(places), codeOf, lang)
			if err != nil || n != len(places) {
				t.Fatal(n, err)
			}
			good, bad := Collect(read(t, b.Bytes(), Places).Places())
			if len(good) != len(places) || len(bad) > 0 {
				t.Fatalf("%s %s: %d good, %+v", format, lang, len(good), bad)
			}
			for i, g := range good {
				p := places[i]
				if g.Code != p.Code || g.Kind != p.Kind || g.Name != p.Name || g.Parent != codeOf(p.ParentID) || g.Estate != p.Estate ||
					g.Number != p.Number || g.Floor != p.Floor || g.Lng != p.Lng || g.Shape != p.Shape || !slices.Equal(g.Tags, p.Tags) {
					t.Errorf("%s %s: %+v came back as %+v", format, lang, p, g)
				}
			}
			if sorted, rejects := CheckTree(good, nil); len(sorted) != len(good) || len(rejects) > 0 {
				t.Error(rejects)
			}
		}
	}
	var b bytes.Buffer
	if _, err := WritePlaces(&b, "geojson", slices.Values(places), codeOf, "zh"); err != nil || !json.Valid(b.Bytes()) {
		t.Fatal(err, b.String())
	}
	shapes, bad, err := ReadShapes(&b, func(code string) bool { return strings.HasPrefix(code, "9902") })
	if err != nil || len(shapes) != 1 || shapes[0].Code != "990203008001" || len(bad) != 4 {
		t.Errorf("%+v %+v %v", shapes, bad, err)
	}
}

func TestShapes(t *testing.T) {
	for in, want := range map[string]string{
		`{`: "SW-1319", `{"type":"Feature"}`: "SW-1319", `{"type":"FeatureCollection","features":[]}`: "SW-1302", `[]`: "SW-1319",
	} {
		if _, _, err := ReadShapes(strings.NewReader(in), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", in, err)
		}
	}
	in := `{"type":"FeatureCollection","features":[
	 {"properties":{"code":"A"},"geometry":{"type":"Point","coordinates":[121,29]}},
	 {"properties":{"code":"A"},"geometry":{"type":"Point","coordinates":[121,29]}},
	 {"properties":{"code":"B"},"geometry":{"type":"Point","coordinates":[121,29]}},
	 {"properties":{"code":990203008001},"geometry":{"type":"MultiPolygon","coordinates":[[[[121,29],[121.1,29],[121.1,29.1],[121,29]]]]}},
	 {"properties":{},"geometry":null},
	 {"properties":{"code":"C"},"geometry":{"type":"GeometryCollection","geometries":[]}}]}`
	good, bad, err := ReadShapes(strings.NewReader(in), func(c string) bool { return c != "B" })
	if err != nil || len(good) != 2 || len(bad) != 4 {
		t.Fatalf("%+v %+v %v", good, bad, err)
	}
	for i, want := range []string{"SW-1331", "SW-1340", "SW-1320", "SW-1339"} {
		if bad[i].Code != want {
			t.Errorf("%+v, want %s", bad[i], want)
		}
	}
}
