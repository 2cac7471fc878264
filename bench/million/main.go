// Command million fills one world with about a million invented residents by the
// public imports, and measures what that costs: import, size, the overview, single
// writes, and the activation of one subdistrict inside it. Each figure is a line
// of JSON.
//
//	go run ./bench/million [-pg] [-subdistricts 8] [-dir DIR]
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"shouwang/bench/stage"
	"shouwang/internal/app"
	"shouwang/internal/store/pgtest"
)

func main() {
	stage.Child()
	throwaway := flag.Bool("pg", false, "start a throw-away PostgreSQL and use it")
	n := flag.Int("subdistricts", 8, "how many subdistricts of some 129,000 residents")
	dir := flag.String("dir", "", "where to keep the data; empty: a temporary folder")
	flag.Parse()
	stage.End(run(*throwaway, *n, *dir))
}

type bench struct {
	*stage.World
	ctx    context.Context
	engine string
}

func run(throwaway bool, subdistricts int, dir string) error {
	b := &bench{ctx: context.Background()}
	var o stage.Options
	if dir != "" {
		o.Data = filepath.Join(dir, "data")
	}
	size := func() int64 { return weigh(b.Config.Data) }
	if throwaway {
		cluster, err := pgtest.Start()
		if err != nil {
			return err
		}
		defer cluster.Stop()
		if o.DB, err = cluster.Database(); err != nil {
			return err
		}
		size = cluster.Size
	}
	var err error
	if b.World, err = stage.Open(b.ctx, o); err != nil {
		return err
	}
	defer b.Close()
	b.engine = b.Store.Engine()
	if err := b.fill(subdistricts); err != nil {
		return err
	}
	b.show("size", map[string]any{"data_mb": size() >> 20, "keys_mb": weigh(app.KeysDir(b.Config.Data)) >> 20})
	return b.use()
}

// show prints one figure.
func (b *bench) show(what string, v map[string]any) {
	v["engine"], v["peak_mb"], v["cores"], v["load"] = b.engine, peak(), runtime.GOMAXPROCS(0), stage.Load()
	stage.Show(what, v)
}

// timed returns how many seconds something took.
func timed(f func() error) (float64, error) {
	start := time.Now()
	err := f()
	return time.Since(start).Seconds(), err
}

// weigh is the size of all files below a folder.
func weigh(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if i, err := d.Info(); err == nil {
				n += i.Size()
			}
		}
		return nil
	})
	return n
}

// peak is the largest memory this process has held, in megabytes; with SQLite
// that is server, database and this program together.
func peak() (mb int) {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			_, _ = fmt.Sscan(v, &mb)
		}
	}
	return mb >> 10
}
