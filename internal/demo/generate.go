package demo

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"shouwang/internal/fault"
)

// The faults of the generator.
var (
	ErrSize = fault.Define(fault.Invalid, "SW-2050",
		"不认识的演示规模“{0}”，没有写任何文件。请用 community 或 full。",
		"Unknown size of the demonstration {0}; no file was written. Use community or full.")
	ErrWrite = fault.Define(fault.Unavailable, "SW-2051",
		"演示文件 {0} 写不进去，已写的文件可以删掉。请检查目录权限和磁盘空间后重试。",
		"The demonstration file {0} could not be written; what was written may be deleted. Check the folder's rights and the disk's space and try again.")
)

// job writes one file.
type job struct {
	name string
	file *File // nil for what is not imported
	do   func(path string) error
}

// Generate writes the files of an invented subdistrict into dir, which is made
// when it is not there: places.xlsx and places.geojson, one residents' workbook a
// community, helpers.xlsx, zones.csv, stated.json, README.txt and manifest.json.
// The same size and seed write the same bytes. progress, when not nil, is called
// with a short line for each file, never by two goroutines at once. Errors are
// faults: ErrSize, ErrWrite.
func Generate(dir string, size Size, seed uint64, progress func(string)) (Manifest, error) {
	s, ok := specs[size]
	if !ok {
		return Manifest{}, ErrSize.With(size)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Manifest{}, ErrWrite.With(dir).Because(err)
	}
	w := newGround(s)
	settlePeople(w, seed)
	recruit(w, seed)
	m := Manifest{Size: size, Seed: seed, Day: Day, World: w.sums(), Zones: w.zoneSums(), Said: Said{s.stated, s.source},
		Staff: tally(w.helpers, func(h *helper) string { return h.kind }),
		Posts: tally(w.helpers, func(h *helper) string { return h.post })}
	jobs := filesOf(w, seed, m)
	if err := run(dir, jobs, progress); err != nil {
		return Manifest{}, err
	}
	for _, j := range jobs {
		if j.file != nil {
			m.Files = append(m.Files, *j.file)
		}
	}
	return m, run(dir, []job{{name: "manifest.json", do: func(path string) error { return writeJSON(path, m) }}}, progress)
}

// filesOf lists the files to write, in the order of the manifest.
func filesOf(w *world, seed uint64, m Manifest) (jobs []job) {
	places := &File{Name: "places.xlsx", Kind: "places"}
	jobs = append(jobs, job{places.Name, places, func(path string) error { return writePlaces(path, w, places) }})
	for _, c := range w.communities {
		f := &File{Name: fmt.Sprintf("%02d-%s-居民台账.xlsx", c.index+1, c.name), Kind: "residents", Community: c.code}
		jobs = append(jobs, job{f.Name, f, func(path string) error { return writeLedger(path, c, seed, f) }})
	}
	roster := &File{Name: "helpers.xlsx", Kind: "helpers"}
	return append(jobs,
		job{roster.Name, roster, func(path string) error { return writeRoster(path, w, seed, roster) }},
		job{"places.geojson", nil, func(path string) error { return writeShapes(path, w) }},
		job{"zones.csv", nil, func(path string) error { return writeZones(path, w) }},
		job{"stated.json", nil, func(path string) error { return writeJSON(path, m.Said) }},
		job{"README.txt", nil, func(path string) error { return os.WriteFile(path, []byte(readme(m)), 0o644) }})
}

// run writes the files on all processors and returns the first error.
func run(dir string, jobs []job, progress func(string)) error {
	var mu sync.Mutex
	var first error
	var wait sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, j := range jobs {
		wait.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wait.Done() }()
			err := j.do(filepath.Join(dir, j.name))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil && first == nil:
				first = ErrWrite.With(j.name).Because(err)
			case err == nil && progress != nil && j.file != nil:
				progress(fmt.Sprintf("%s  %d", j.name, j.file.Rows))
			case err == nil && progress != nil:
				progress(j.name)
			}
		}()
	}
	wait.Wait()
	return first
}

func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

// writeZones lists the buildings and sites of the three zones.
func writeZones(path string, w *world) error {
	var out strings.Builder
	c := csv.NewWriter(&out)
	rows := [][]string{{"分区", "地点编码", "地点名称"}}
	for _, z := range []zone{lockdown, control, precaution} {
		buildings, sites := w.zonePlaces(z)
		for _, b := range buildings {
			rows = append(rows, []string{z.String(), b.code, b.name})
		}
		for _, s := range sites {
			rows = append(rows, []string{z.String(), s.code, s.name})
		}
	}
	if err := c.WriteAll(rows); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(out.String()), 0o644)
}
