package demo

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"shouwang/internal/address"
	"shouwang/internal/identity"

	"github.com/xuri/excelize/v2"
)

// The tests read the files as an outsider would: they know the column words and
// the papers' rules, nothing of the generator's inside.

type written struct {
	dir      string
	manifest Manifest
	doors    map[string]readDoor // "小区|楼号|单元|室"
	places   []map[string]string // good rows of places.xlsx
	zones    map[string]string   // code → 分区
}

type readDoor struct{ building, micro string }

var full = sync.OnceValue(func() written { return generate(Full) })
var small = sync.OnceValue(func() written { return generate(Community) })

func generate(s Size) written {
	dir, err := os.MkdirTemp("", "demo-")
	must(err)
	m, err := Generate(dir, s, 42, nil)
	must(err)
	w := written{dir: dir, manifest: m, doors: map[string]readDoor{}, zones: map[string]string{}}
	w.readPlaces()
	f, err := os.Open(filepath.Join(dir, "zones.csv"))
	must(err)
	rows, err := csv.NewReader(f).ReadAll()
	must(err)
	for _, r := range rows[1:] {
		w.zones[r[1]] = r[0]
	}
	must(f.Close())
	return w
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, w := range []func() written{full, small} {
		os.RemoveAll(w().dir)
	}
	os.Exit(code)
}

// table reads a sheet: cells as they are shown, joined cells filled, the last row
// of headers that has the key word as the head, sums and blanks left out.
func table(path, key string) (rows []map[string]string) {
	var head []string
	for _, r := range sheet(path) {
		if len(r) > 2 && contain(r, key) {
			head = r
			continue
		}
		if head == nil || len(r) < 2 || r[0] == "小计" || r[0] == "合计" {
			continue
		}
		row := map[string]string{}
		for i, v := range r {
			row[head[i]] = v
		}
		rows = append(rows, row)
	}
	return rows
}

// readAhead reads all workbooks at once.
func (w written) readAhead() {
	var wait sync.WaitGroup
	for _, f := range w.manifest.Files {
		wait.Go(func() { sheet(filepath.Join(w.dir, f.Name)) })
	}
	wait.Wait()
}

var sheets sync.Map // path → cells; reading a workbook is the slow part

func sheet(path string) [][]string {
	if cells, ok := sheets.Load(path); ok {
		return cells.([][]string)
	}
	f, err := excelize.OpenFile(path)
	must(err)
	defer f.Close()
	sheet := f.GetSheetName(0)
	cells, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(err)
	joined, err := f.GetMergeCells(sheet)
	must(err)
	for _, j := range joined {
		c1, r1, _ := excelize.CellNameToCoordinates(j.GetStartAxis())
		c2, r2, _ := excelize.CellNameToCoordinates(j.GetEndAxis())
		for r := r1; r <= r2; r++ {
			for c := c1; c <= c2; c++ {
				for len(cells[r-1]) < c {
					cells[r-1] = append(cells[r-1], "")
				}
				cells[r-1][c-1] = j.GetCellValue()
			}
		}
	}
	sheets.Store(path, cells)
	return cells
}

func contain(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// readPlaces expands the building rows to doors, as the columns say.
func (w *written) readPlaces() {
	rows := table(filepath.Join(w.dir, "places.xlsx"), "地点编码")
	times := map[string]int{}
	for _, r := range rows {
		times[r["地点编码"]]++
	}
	seen := map[string]bool{"": true}
	for _, r := range rows {
		code := r["地点编码"]
		if times[code] > 1 || !seen[r["上级编码"]] {
			continue
		}
		seen[code] = true
		w.places = append(w.places, r)
		if r["类型"] != "楼栋" {
			continue
		}
		for _, d := range expand(r) {
			w.doors[r["小区"]+"|"+r["楼号"]+"|"+d] = readDoor{code, r["上级编码"]}
		}
	}
}

func expand(r map[string]string) (doors []string) {
	if r["门牌清单"] != "" {
		for _, d := range strings.Split(r["门牌清单"], "、") {
			doors = append(doors, strings.Replace(d, "-", "|", 1))
		}
		return doors
	}
	n := func(key string) int {
		v, err := strconv.Atoi(r[key])
		must(err)
		return v
	}
	units := []string{r["单元"]}
	if r["单元"] == "" {
		units = nil
		for u := 1; u <= n("单元数"); u++ {
			units = append(units, strconv.Itoa(u))
		}
	}
	skip := "、" + r["缺层"] + "、"
	for _, u := range units {
		for f := 1; f <= n("层数"); f++ {
			for s := 1; s <= n("每层户数") && !strings.Contains(skip, "、"+strconv.Itoa(f)+"、"); s++ {
				doors = append(doors, u+"|"+strconv.Itoa(f*100+s))
			}
		}
	}
	return doors
}

// oneOf returns the first column of a row that is filled.
func oneOf(r map[string]string, words ...string) string {
	for _, w := range words {
		if r[w] != "" {
			return r[w]
		}
	}
	return ""
}

var digits = regexp.MustCompile(`\d+`)

// place finds the door a residents' row speaks of, "" when there is none.
func (w *written) place(r map[string]string) string {
	at := ""
	if text := oneOf(r, "住址", "家庭住址", "门牌号"); text != "" {
		a := address.Parse(text)
		if r["小区名称"] != "" {
			a.Estate = r["小区名称"]
		}
		at = strings.Join([]string{a.Estate, a.Building, a.Unit, a.Room}, "|")
	} else {
		at = strings.Join([]string{r["小区"], digits.FindString(r["楼号"]), digits.FindString(r["单元"]), digits.FindString(r["室"])}, "|")
	}
	if _, ok := w.doors[at]; !ok {
		return ""
	}
	return at
}

// take imports one residents' file by the house's rules and returns what it made
// of it and the doors of the people taken in.
func (w *written) take(f File) (got File, home []string) {
	got = File{Name: f.Name, Kind: f.Kind, Community: f.Community}
	seen := map[string]map[string]string{}
	for _, r := range table(filepath.Join(w.dir, f.Name), "姓名") {
		number := oneOf(r, "身份证号", "公民身份号码", "身份证号码")
		n, err := identity.Check(number, identity.Demo)
		at := w.place(r)
		switch {
		case at == "":
			got.reject("no-door")
			continue
		case r["姓名"] == "":
			got.reject("no-name")
			continue
		case err == identity.ErrCheck:
			got.reject("check-digit")
			continue
		case err == identity.ErrDestroyed:
			got.reject("float")
			continue
		}
		got.Rows++
		key := n.Canonical
		if key == "" {
			key = at + r["姓名"] + r["出生日期"]
		}
		old := seen[key]
		switch {
		case old == nil:
			seen[key] = r
			got.Inserted++
			home = append(home, at)
		case changed(old, r):
			got.Updated++
		default:
			got.Unchanged++
		}
	}
	return got, home
}

// changed compares what both rows say; blanks, masks, serials and the spelling of
// the door are no change.
func changed(old, r map[string]string) bool {
	for k, v := range r {
		tidy := strings.NewReplacer(" ", "", "-", "").Replace
		if v == "" || strings.Contains(v, "*") || k == "序号" || strings.Contains(k, "住址") || strings.Contains(k, "门牌") {
			continue
		}
		if tidy(v) != tidy(old[k]) {
			return true
		}
	}
	return false
}

func readJSON(path string, v any) {
	text, err := os.ReadFile(path)
	must(err)
	must(json.Unmarshal(text, v))
}
