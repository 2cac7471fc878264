package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"shouwang/internal/fault"
)

// Faults of setting up.
var (
	ErrThere = fault.Define(fault.Forbidden, "SW-2041",
		"{0} 已经存在，不会覆盖，没有建立任何东西。要用它就直接启动；要新建请换一个位置。",
		"{0} exists already and will not be overwritten; nothing was made. Start it as it is, or name another place.")
	ErrAnswerBad = fault.Define(fault.Invalid, "SW-2042",
		"“{0}”的回答“{1}”不能用。没有建立任何东西。请改正后再来。",
		"The answer {1} to {0} cannot be used. Nothing was made. Correct it and begin again.")
)

// Setup are the five answers that an instance begins with.
type Setup struct {
	Code   string // district code
	Name   string // of the place
	Data   string // data directory
	URL    string // by which people reach it
	Admin  string // login of the first keeper
	Config string // where the one configuration file goes
	Sheet  string // where the recovery sheet goes
	Addr   string // where serve listens
}

// Made is what Init made.
type Made struct {
	Config string `json:"config"`
	Data   string `json:"data"`
	Keys   string `json:"keys"`
	Sheet  string `json:"sheet"`
	Sum    string `json:"sum"`
	Login  string `json:"login"`
	Link   string `json:"link"` // works once, for a day
}

// check refuses answers before anything is made.
func (p *Setup) check() (District, error) {
	d, err := ParseDistrict(p.Code)
	if err != nil {
		return d, err
	}
	if p.Name = strings.TrimSpace(p.Name); p.Name == "" || len(p.Name) > 120 || strings.ContainsAny(p.Name, "\n\r\t,\"") {
		return d, ErrAnswerBad.With("name", p.Name)
	}
	u, err := url.Parse(p.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" && u.Path != "/" {
		return d, ErrAnswerBad.With("public-url", p.URL)
	}
	p.URL = strings.TrimRight(p.URL, "/")
	if p.Admin = strings.ToLower(strings.TrimSpace(p.Admin)); p.Admin == "" || strings.ContainsAny(p.Admin, " \t\n") {
		return d, ErrAnswerBad.With("admin", p.Admin)
	}
	if p.Data == "" {
		return d, ErrNoWorld.With()
	}
	for _, file := range []string{p.Config, p.Sheet} {
		if _, err := os.Lstat(file); err == nil {
			return d, ErrThere.With(file)
		}
	}
	for _, dir := range []string{p.Data, KeysDir(p.Data)} {
		if vacant(dir) != nil {
			return d, ErrThere.With(dir)
		}
	}
	return d, nil
}

// Init sets up an instance: its data directory and keys, the place it is for, the
// first keeper, one configuration file, the recovery sheet, and a link by which the
// keeper chooses a password, once. Faults: SW-2040 to SW-2042 and those of Open.
func Init(ctx context.Context, cfg Config, p Setup) (Made, error) {
	var out Made
	data, err := filepath.Abs(p.Data)
	if err != nil {
		return out, ErrDataDir.With(p.Data).Because(err)
	}
	p.Data = data
	if p.Sheet == "" {
		p.Sheet = data + "-recovery.html"
	}
	if p.Addr == "" {
		p.Addr = "127.0.0.1:8080"
	}
	d, err := p.check()
	if err != nil {
		return out, err
	}
	cfg.Data, cfg.Keys, cfg.Kind = data, "", Real
	whole := false
	var a *App
	defer func() {
		if a != nil {
			a.Close()
		}
		if !whole { // both were made by this very call
			_ = os.RemoveAll(data)
			_ = os.RemoveAll(KeysDir(data))
		}
	}()
	if a, err = Open(ctx, cfg); err != nil {
		return out, err
	}
	link, err := a.found(ctx, d, p)
	if err != nil {
		return out, err
	}
	sheet, err := SaveSheet(cfg, p.Name+" "+d.Code, p.Sheet)
	if err != nil {
		return out, err
	}
	if err := writeNew(p.Config, p.yaml(d, cfg)); err != nil {
		_ = os.Remove(p.Sheet)
		return out, ErrOutputFile.With(p.Config).Because(err)
	}
	whole = true
	return Made{p.Config, data, KeysDir(data), p.Sheet, sheet.Sum, p.Admin, p.URL + "/first?k=" + link}, nil
}

// found makes the first place and the first keeper, by the public operations.
func (a *App) found(ctx context.Context, d District, p Setup) (link string, err error) {
	c, err := a.Client("operator", "zh")
	if err != nil {
		return "", err
	}
	text := "地点编码,类型,名称,上级编码\n" + d.Code + "," + d.Kind + "," + p.Name + ",\n"
	r, err := c.Do(ctx, Request{Method: "POST", Path: "/imports/places?dry_run=false", Body: []byte(text), Header: map[string]string{"File-Name": "init.csv"}})
	if err != nil {
		return "", err
	}
	var done ImportReply
	if err := r.Decode(&done); err != nil {
		return "", err
	}
	if done.Inserted != 1 {
		return "", ErrAnswerBad.With("code", d.Code)
	}
	r, err = c.Do(ctx, Request{Method: "POST", Path: "/accounts", Body: map[string]any{"login": p.Admin, "name": p.Admin, "role": "admin", "place_code": d.Code}})
	if err != nil {
		return "", err
	}
	var made struct{ Account string }
	if err := r.Decode(&made); err != nil {
		return "", err
	}
	return a.firstLink(ctx, made.Account)
}

// yaml is the configuration file: what was answered, each line explained.
func (p Setup) yaml(d District, cfg Config) string {
	q := func(s string) string { b, _ := json.Marshal(s); return string(b) }
	var b strings.Builder
	fmt.Fprintf(&b, "# 守望 Shouwang · %s（%s）\n# 由 shouwang init 写成；每一项也可用环境变量 SHOUWANG_* 或命令参数给，越近的越优先。\n# shouwang config check 显示实际生效的值和来处。\n\n", p.Name, d.Code)
	fmt.Fprintf(&b, "data: %s            # 数据目录 · data folder\nkeys: %s       # 密钥目录，永远不放进数据目录 · key folder\n", q(p.Data), q(KeysDir(p.Data)))
	if cfg.DB != "" {
		fmt.Fprintf(&b, "db: %s\n", q(cfg.DB))
	}
	fmt.Fprintf(&b, "addr: %s              # 监听地址 · where serve listens\npublic-url: %s       # 大家用的网址 · by which people reach it\n", q(p.Addr), q(p.URL))
	return b.String()
}
