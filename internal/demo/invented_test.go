package demo

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"shouwang/internal/identity"
)

func TestSameSeedSameBytes(t *testing.T) {
	for _, w := range []written{small(), full()} {
		dir := t.TempDir()
		if _, err := Generate(dir, w.manifest.Size, 42, nil); err != nil {
			t.Fatal(err)
		}
		files, err := os.ReadDir(w.dir)
		must(err)
		for _, f := range files {
			a, err := os.ReadFile(filepath.Join(w.dir, f.Name()))
			must(err)
			b, err := os.ReadFile(filepath.Join(dir, f.Name()))
			must(err)
			if !bytes.Equal(a, b) {
				t.Errorf("%s differs from one run to the next", f.Name())
			}
		}
	}
	dir := t.TempDir()
	if _, err := Generate(dir, Community, 43, nil); err != nil {
		t.Fatal(err)
	}
	name := "01-长塘-居民台账.xlsx"
	a, _ := os.ReadFile(filepath.Join(small().dir, name))
	b, _ := os.ReadFile(filepath.Join(dir, name))
	if bytes.Equal(a, b) {
		t.Error("another seed wrote the same people")
	}
}

// Every seed gives the same sums; only who lives there changes.
func TestSumsHoldForEverySeed(t *testing.T) {
	for seed := uint64(0); seed < 4; seed++ {
		w := newGround(specs[Full])
		settlePeople(w, seed)
		recruit(w, seed)
		for i, z := range w.zoneSums() {
			if z.Doors != w.spec.doors[i+1] || z.People != w.spec.people[i+1] {
				t.Errorf("seed %d: %+v", seed, z)
			}
		}
		if s := w.sums(); s.Doors != 51438 || s.People != 130186 || s.Hubei != 1785 {
			t.Errorf("seed %d: %+v", seed, s)
		}
	}
}

var (
	realPhone = regexp.MustCompile(`(^|\D)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(\D|$)`)
	longID    = regexp.MustCompile(`(^|\D)[1-8]\d{16}[\dX](\D|$)`)
)

// Nothing in any cell looks like a real phone or a number of an assigned region,
// and every number of a person taken in is sound.
func TestNobodyIsReal(t *testing.T) {
	w := full()
	ids := map[string]bool{}
	w.readAhead()
	for _, f := range w.manifest.Files {
		for _, r := range sheet(filepath.Join(w.dir, f.Name)) {
			for _, cell := range r {
				if f.Kind != "places" && (realPhone.MatchString(cell) || longID.MatchString(cell)) {
					t.Fatalf("%s: %q looks real", f.Name, cell)
				}
				if n, err := identity.Check(cell, identity.Demo); err == nil && len(cell) == 18 {
					if n.Region != regionCode {
						t.Fatalf("%s: region %s", f.Name, n.Region)
					}
					ids[cell] = true
				}
			}
		}
	}
	if people := w.manifest.World.People; len(ids) < people*95/100 || len(ids) > people {
		t.Errorf("%d sound numbers for %d people", len(ids), people)
	}
	shapes, _ := w.shapes()
	for code, p := range shapes {
		for _, c := range p {
			if c.x < -100 || c.x > 4000 || c.y < -100 || c.y > 3500 {
				t.Fatalf("%s lies at %v", code, c)
			}
		}
	}
}

// The roster: numbers of each kind, a lead living in each micro-grid but 27, and
// the few dozen posts that nobody trained is there to fill.
func TestRoster(t *testing.T) {
	w := full()
	homes := map[string]string{}
	for at, d := range w.doors {
		homes[at] = d.micro
	}
	kinds, leads, trained := map[string]int{}, map[string]bool{}, 0
	seen := map[string]bool{}
	for _, r := range table(filepath.Join(w.dir, "helpers.xlsx"), "编号") {
		at := ""
		if r["住址"] != "" {
			at = w.place(r)
		}
		if r["姓名"] == "" || seen[r["编号"]] || at == "" && r["所在地编码"] == "" {
			continue
		}
		seen[r["编号"]] = true
		kinds[r["类别"]]++
		if !strings.HasPrefix(r["工作电话"], phonePrefix) {
			t.Errorf("work phone %q", r["工作电话"])
		}
		if r["常态岗位"] == "微网格长" {
			leads[r["负责地点编码"]] = true
			if homes[at] != r["负责地点编码"] {
				t.Errorf("lead %s lives elsewhere", r["编号"])
			}
		}
		year, _ := strconv.Atoi(r["出生年份"])
		if r["类别"] == "志愿者" && strings.Contains(r["已训"], "防护基础") && r["在岗情况"] == "在位" && r["会用手机"] == "是" && 2026-year <= 60 {
			trained++
		}
	}
	if kinds["志愿者"] != 8000 || kinds["民警"] != 700 || kinds["社工"] != 102 || len(leads) != 611 {
		t.Errorf("roster %v, %d leads", kinds, len(leads))
	}
	parts := 0
	for _, z := range w.manifest.Zones {
		parts += z.Parts
	}
	if gap := 3*parts - trained; gap < 20 || gap > 60 {
		t.Errorf("%d trained for the %d posts of %d teams that ask for it", trained, 3*parts, parts)
	}
}

func TestUnknownSizeIsRefused(t *testing.T) {
	if _, err := Generate(t.TempDir(), "village", 1, nil); !errors.Is(err, ErrSize) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkFull measures writing the whole subdistrict (goal: 10 s on two cores).
func BenchmarkFull(b *testing.B) {
	runtime.GOMAXPROCS(2)
	for b.Loop() {
		start := time.Now()
		if _, err := Generate(b.TempDir(), Full, 42, nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "s/world")
	}
}
