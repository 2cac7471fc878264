// Command million fills one world with about a million invented residents by the
// public imports, and measures what that costs: import, size, the overview, single
// writes, and the activation of one subdistrict inside it. Each figure is a line
// of JSON.
//
//	go run ./bench/million [-pg] [-subdistricts 8] [-dir DIR]
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"shouwang/internal/app"
	"shouwang/internal/exchange"
	"shouwang/internal/store/pgtest"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "sheet-read" {
		if err := exchange.ReadChild(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	throwaway := flag.Bool("pg", false, "start a throw-away PostgreSQL and use it")
	n := flag.Int("subdistricts", 8, "how many subdistricts of some 129,000 residents")
	dir := flag.String("dir", "", "where to keep the data; empty: a temporary folder")
	flag.Parse()
	if err := run(*throwaway, *n, *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type bench struct {
	ctx            context.Context
	a              *app.App
	author, second *app.Client
	engine         string
}

func run(throwaway bool, subdistricts int, dir string) error {
	if dir == "" {
		tmp, err := os.MkdirTemp("", "million")
		if err != nil {
			return err
		}
		defer os.RemoveAll(tmp)
		dir = tmp
	}
	b := &bench{ctx: context.Background()}
	cfg := app.Config{Data: filepath.Join(dir, "data"), Kind: app.Demo}
	size := func() int64 { return weigh(cfg.Data) }
	if throwaway {
		cluster, err := pgtest.Start()
		if err != nil {
			return err
		}
		defer cluster.Stop()
		if cfg.DB, err = cluster.Database(); err != nil {
			return err
		}
		size = cluster.Size
	}
	var err error
	if b.a, err = app.Open(b.ctx, cfg); err != nil {
		return err
	}
	defer b.a.Close()
	b.engine = b.a.Store.Engine()
	if b.author, err = b.a.Client("bench-author", "en"); err != nil {
		return err
	}
	if b.second, err = b.a.Client("bench-second", "en"); err != nil {
		return err
	}
	if err := b.fill(subdistricts); err != nil {
		return err
	}
	b.show("size", map[string]any{"data_mb": size() >> 20, "keys_mb": weigh(app.KeysDir(cfg.Data)) >> 20})
	return b.use()
}

// show prints one figure.
func (b *bench) show(what string, v map[string]any) {
	v["what"], v["engine"], v["peak_mb"], v["cores"] = what, b.engine, peak(), runtime.GOMAXPROCS(0)
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		v["load"], _, _ = strings.Cut(string(load), " ")
	}
	raw, _ := json.Marshal(v)
	fmt.Println(string(raw))
}

// call does one operation and reads its answer.
func (b *bench) call(c *app.Client, method, path string, body, out any) error {
	r, err := c.Do(b.ctx, app.Request{Method: method, Path: path, Body: body})
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if out == nil {
		return nil
	}
	return r.Decode(out)
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
