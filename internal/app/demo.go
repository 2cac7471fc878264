package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"shouwang/internal/demo"
)

// DemoSeed is the seed of the demonstration that serve makes: the same every time.
const DemoSeed = 1

// ImportReply is what the API says of one file.
type ImportReply struct {
	ID        string `json:"id,omitempty"`
	Rows      int    `json:"rows"`
	Inserted  int    `json:"inserted"`
	Updated   int    `json:"updated"`
	Unchanged int    `json:"unchanged"`
	Rejected  int    `json:"rejected"`
	Mapping   []struct {
		Sheet     string `json:"sheet,omitempty"`
		Column    string `json:"column"`
		Field     string `json:"field"`
		Title     string `json:"title,omitempty"`
		Sample    string `json:"sample,omitempty"`
		Duplicate bool   `json:"duplicate,omitempty"`
	} `json:"mapping,omitempty"`
	Rejects []struct {
		Sheet  string `json:"sheet,omitempty"`
		Row    int    `json:"row"`
		Column string `json:"column"`
		Reason string `json:"reason"`
		Code   string `json:"code"`
	} `json:"rejects,omitempty"`
	RejectsHref string `json:"rejects_href,omitempty"`
	RejectsFile string `json:"rejects_file,omitempty"` // written beside the input by the command
}

// Import sends one spreadsheet; with dry nothing is written.
func (c *Client) Import(ctx context.Context, kind, file string, dry bool) (ImportReply, error) {
	var out ImportReply
	raw, err := os.ReadFile(file)
	if err != nil {
		return out, ErrInputFile.With(file).Because(err)
	}
	r, err := c.Do(ctx, Request{Method: "POST", Path: "/imports/" + kind + "?dry_run=" + strconv.FormatBool(dry), Body: raw,
		Header: map[string]string{"File-Name": url.PathEscape(filepath.Base(file))}})
	if err != nil {
		return out, err
	}
	return out, r.Decode(&out)
}

// SaveRejects fetches the file of rejected rows and writes it beside the input.
func (c *Client) SaveRejects(ctx context.Context, r ImportReply, input string) (string, error) {
	path := strings.TrimPrefix(r.RejectsHref, "/api/v1")
	if path == "" {
		return "", nil
	}
	got, err := c.Do(ctx, Request{Method: "GET", Path: path})
	if err != nil {
		return "", err
	}
	ext := filepath.Ext(input)
	file := strings.TrimSuffix(input, ext) + ".rejects.xlsx"
	if err := os.WriteFile(file, got.Body, 0o600); err != nil {
		return "", ErrOutputFile.With(file).Because(err)
	}
	return file, nil
}

// The states of a demonstration under metaDemo.
const (
	filling = "filling"
	filled  = "ready"
)

// IsDemoFile says whether a file stands among those that the generator wrote.
func IsDemoFile(file string) bool {
	b, err := os.ReadFile(filepath.Join(filepath.Dir(file), "manifest.json"))
	var m demo.Manifest
	return err == nil && json.Unmarshal(b, &m) == nil && m.Day == demo.Day && len(m.Files) > 0
}

// IsNew says whether a configuration names a world that was never opened.
func (c Config) IsNew() bool {
	c, err := c.filled()
	if err != nil {
		return false
	}
	fresh, err := c.checkEngine()
	return fresh && err == nil
}

// Trial returns the configuration of a scratch world, for seeing what would be done
// in a new one without making it, and what deletes it afterwards.
func (c Config) Trial() (Config, func(), error) {
	tmp, err := os.MkdirTemp("", "shouwang-trial-")
	if err != nil {
		return c, nil, ErrDataDir.With(os.TempDir()).Because(err)
	}
	c.Data, c.Keys, c.DB, c.Ring = filepath.Join(tmp, "data"), filepath.Join(tmp, "keys"), "", ""
	return c, func() { _ = os.RemoveAll(tmp) }, nil
}

// Demonstrate fills an empty demonstration: it writes the files of the invented
// subdistrict and imports them by the public operations, as anybody would. It does
// nothing where that was done before or somebody filled it by hand, and goes on
// where a crash left it. say, when not nil, gets a line for each step.
func (a *App) Demonstrate(ctx context.Context, size string, say func(zh, en string)) error {
	state, err := a.Store.Meta(ctx, metaDemo)
	if err != nil || state == filled || state == "" && a.Store.Last() > 0 {
		return err
	}
	if err := a.Store.SetMeta(ctx, metaDemo, filling); err != nil {
		return err
	}
	var mu sync.Mutex
	tell := func(zh, en string) {
		mu.Lock()
		defer mu.Unlock()
		if say != nil {
			say(zh, en)
		}
	}
	dir := filepath.Join(a.Config.Data, "demo-files")
	began := time.Now()
	m, err := demo.Generate(dir, demo.Size(size), DemoSeed, nil)
	if err != nil {
		return err
	}
	w := m.World
	tell(fmt.Sprintf("✓ 生成 1 个街道 %d 个社区 %d 个微网格 %s 户（虚构） %.1f s", w.Communities, w.Microgrids, thousands(w.Doors), time.Since(began).Seconds()),
		fmt.Sprintf("✓ 1 subdistrict, %d communities, %d micro-grids, %s doors (invented) %.1f s", w.Communities, w.Microgrids, thousands(w.Doors), time.Since(began).Seconds()))
	c, err := a.Client("operator", "zh")
	if err != nil {
		return err
	}
	one := func(ctx context.Context, kind, name string) error {
		began := time.Now()
		r, err := c.Import(ctx, kind, filepath.Join(dir, name), false)
		if err != nil {
			return ErrDemoImport.With(name).Because(err)
		}
		s := time.Since(began).Seconds()
		tell(fmt.Sprintf("✓ 导入 %s：%d 行，新增 %d，退回 %d  %.1f s", name, r.Rows, r.Inserted, r.Rejected, s),
			fmt.Sprintf("✓ imported %s: %d rows, %d new, %d sent back  %.1f s", name, r.Rows, r.Inserted, r.Rejected, s))
		return nil
	}
	if err := one(ctx, "places", "places.xlsx"); err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(4)
	for _, f := range m.Files {
		if f.Kind == "residents" || f.Kind == "helpers" {
			g.Go(func() error { return one(gctx, f.Kind, f.Name) })
		}
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := demoContacts(ctx, c); err != nil {
		return err
	}
	if err := a.demoCases(ctx, c); err != nil {
		return err
	}
	return a.Store.SetMeta(ctx, metaDemo, filled)
}

// DemoReset deletes the data and keys of a demonstration, and of nothing else.
// Faults: SW-2001 when a server holds it, SW-2015 when it is none.
func DemoReset(ctx context.Context, cfg Config) error {
	cfg, err := cfg.filled()
	if err != nil {
		return err
	}
	if _, err := os.Stat(cfg.file()); err != nil {
		return ErrNotEmpty.With(cfg.Data).Because(err)
	}
	cfg.Kind = Demo
	a, err := Open(ctx, cfg)
	if err != nil {
		if errors.Is(err, ErrIsReal) {
			return ErrNotEmpty.With(cfg.Data)
		}
		return err
	}
	a.Close()
	for _, dir := range []string{cfg.Data, cfg.Keys} {
		if err := os.RemoveAll(dir); err != nil {
			return ErrDataDir.With(dir).Because(err)
		}
	}
	return nil
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
