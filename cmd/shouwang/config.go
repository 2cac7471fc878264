package main

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/alecthomas/kong"

	"shouwang/internal/app"
)

type configCmd struct {
	Check     configCheckCmd     `cmd:"" help:"显示实际生效的配置和每个值的来处 · the settings in force and where each comes from"`
	Reference configReferenceCmd `cmd:"" hidden:"" help:"打印参考页 · print a reference page"`
}

// configCheckCmd takes every flag of serve, so that what it shows is what serve
// would get from the same words, environment and file.
type configCheckCmd struct {
	serveCmd
}

// setting is one line of what is in force.
type setting struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Source string `json:"source"` // flag, env, file, default
}

// Run prints the settings in force.
func (c *configCheckCmd) Run(k *kong.Context, s *shell) error {
	out := []setting{}
	for _, f := range k.Flags() {
		if f.Name == "help" || f.Name == "json" || f.Hidden {
			continue
		}
		value := fmt.Sprint(k.FlagValue(f))
		if value == "[]" {
			value = ""
		}
		out = append(out, setting{f.Name, secretless(f.Name, value), s.from.source(f.Name)})
	}
	if err := c.check(); err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]any{"file": s.from.name, "settings": out})
		return nil
	}
	rows := [][]string{}
	for _, x := range out {
		rows = append(rows, []string{x.Name, x.Value, s.sourced(x.Source)})
	}
	s.table([]string{s.say("项", "setting"), s.say("值", "value"), s.say("来自", "from")}, rows)
	return nil
}

// check refuses what serve would refuse later.
func (c *configCheckCmd) check() error {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return app.ErrConfigFile.With("tls-cert", "tls-cert and tls-key belong together")
	}
	if c.TLSCert != "" {
		if _, err := app.CertificateEnd(c.TLSCert); err != nil {
			return app.ErrTLS.With(c.TLSCert).Because(err)
		}
	}
	if _, err := c.mail(); err != nil {
		return err
	}
	if l := c.BackupLock; c.BackupTo != "" && l.PassphraseFile == "" && l.Recipient == "" && !l.WithoutKeys {
		return app.ErrConfigFile.With("backup-to", "backup-recipient or backup-passphrase-file is missing")
	}
	return nil
}

func (s *shell) sourced(source string) string {
	switch source {
	case "flag":
		return s.say("命令参数", "flag")
	case "env":
		return s.say("环境变量", "environment")
	case "file":
		return s.say("配置文件", "file") + " " + s.from.name
	}
	return s.say("缺省", "default")
}

// secretless keeps secrets off the screen.
func secretless(name, value string) string {
	if name == "token" && value != "" {
		return "***"
	}
	if u, err := url.Parse(value); err == nil && u.User != nil {
		return u.Redacted()
	}
	return value
}

// source says where a flag's value came from.
func (r *resolver) source(name string) string {
	for _, arg := range r.args {
		if arg == "--"+name || strings.HasPrefix(arg, "--"+name+"=") {
			return "flag"
		}
	}
	if r.env(variable(name)) != "" {
		return "env"
	}
	if _, ok := r.inFile(name); ok {
		return "file"
	}
	return "default"
}

// nearest is the known name that a misspelt one most likely means; empty when none
// is near.
func nearest(name string, known map[string]bool) string {
	best, least := "", 3
	for k := range known {
		if d := distance(name, k); d < least || d == least && k < best {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of letters to change, add, drop or swap.
func distance(a, b string) int {
	var before, above []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, above = above, row
		row = make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}

type configReferenceCmd struct {
	Page string `arg:"" optional:"" enum:"settings,commands" default:"settings" help:"settings commands"`
}

// Run prints the page of all settings, or of all commands, from the flags themselves.
func (c configReferenceCmd) Run(k *kong.Context, s *shell) error {
	if c.Page == "commands" {
		fmt.Fprint(s.out, commandPage(k.Model, s.lang))
		return nil
	}
	fmt.Fprint(s.out, configPage(k.Model, s.lang))
	return nil
}

// configPage is the reference of every setting of serve and of the world.
func configPage(app *kong.Application, lang string) string {
	var b strings.Builder
	if lang == "en" {
		b.WriteString("# Settings\n\n[中文](config.md)\n\nWritten from the program's own flags by `script/reference`; do not edit. Each can be given as a flag, as an environment variable, or in the one file named by `--config` (YAML, the name without `--`); the nearer wins: flag, environment, file, default. A name that no setting has is refused, with the nearest one. `shouwang config check` shows what is in force and where it came from.\n\n| Setting | Environment | Default | What it is |\n|---|---|---|---|\n")
	} else {
		b.WriteString("# 配置\n\n[English](config.en.md)\n\n由 `script/reference` 按程序自己的参数写成，请勿手改。每一项都可以用命令参数、环境变量，或 `--config` 指的那一个文件（YAML，名字不带 `--`）给；越近的越优先：参数、环境变量、文件、缺省。写错的名字会被拒绝，并提示最像的一个。`shouwang config check` 显示实际生效的值和来处。\n\n| 项 | 环境变量 | 缺省 | 是什么 |\n|---|---|---|---|\n")
	}
	var serve *kong.Node
	for _, n := range app.Children {
		if n.Name == "serve" {
			serve = n
		}
	}
	for _, flags := range [][]*kong.Flag{app.Flags, serve.Flags} {
		for _, f := range flags {
			if f.Name == "help" || f.Hidden {
				continue
			}
			zh, en, _ := strings.Cut(f.Help, " · ")
			if lang == "en" {
				zh = en
			}
			def := f.Default
			if def != "" {
				def = "`" + def + "`"
			}
			fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", f.Name, variable(f.Name), def, strings.ReplaceAll(zh, "|", "\\|"))
		}
	}
	return b.String()
}
