package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// commandPage is the reference of every command with its words and flags, read
// from the model that parses them; flags of the world stand on the page of
// settings.
func commandPage(app *kong.Application, lang string) string {
	var b strings.Builder
	if lang == "en" {
		b.WriteString("# Every command\n\n[中文](commands.md)\n\nWritten from the program's own commands by `script/reference`; do not edit. Examples, exit codes and the shape of JSON stand on [the page of the command line](cli.en.md); flags that every command knows (`--data`, `--server`, `--json` …) and those of `serve` among the [settings](config.en.md).\n")
	} else {
		b.WriteString("# 全部命令\n\n[English](commands.en.md)\n\n由 `script/reference` 按程序自己的命令写成，请勿手改。例子、退出码和 JSON 的样子见[命令行](cli.md)；每个命令都有的参数（`--data`、`--server`、`--json` 等）和 `serve` 的参数见[配置](config.md)。\n")
	}
	for _, leaf := range commands(app) {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", leaf.path, tongue(leaf.node.Help, lang))
		if leaf.path == "serve" || leaf.path == "config check" {
			continue
		}
		rows := commandRows(leaf.node, lang)
		if len(rows) == 0 {
			continue
		}
		b.WriteString("\n|  |  |\n|---|---|\n")
		for _, r := range rows {
			b.WriteString(r)
		}
	}
	return b.String()
}

// A leaf is one command that does something, with the words that lead to it.
type leaf struct {
	path string
	node *kong.Node
}

// commands lists every command that may be typed, in the order of the help.
func commands(app *kong.Application) []leaf {
	var out []leaf
	for _, n := range app.Leaves(true) {
		path := ""
		for at := n; at != nil && at.Type == kong.CommandNode; at = at.Parent {
			path = strings.TrimSpace(at.Name + " " + path)
		}
		out = append(out, leaf{path, n})
	}
	return out
}

// commandRows are the words and flags of one command as lines of a table.
func commandRows(n *kong.Node, lang string) []string {
	var rows []string
	for _, p := range n.Positional {
		rows = append(rows, fmt.Sprintf("| `%s` | %s |\n", p.Summary(), about(p, lang)))
	}
	for _, f := range n.Flags {
		if f.Name == "help" || f.Hidden {
			continue
		}
		name := "--" + f.Name
		if !f.IsBool() {
			name += "=" + f.FormatPlaceHolder()
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s |\n", name, about(f.Value, lang)))
	}
	return rows
}

// about is what a value means, what it may be, and whether it must be given.
func about(v *kong.Value, lang string) string {
	text := tongue(v.Help, lang)
	if v.Enum != "" && strings.ReplaceAll(v.Enum, ",", " ") == text {
		text = ""
	}
	if v.Enum != "" {
		text += " `" + strings.ReplaceAll(strings.Trim(v.Enum, ","), ",", "` `") + "`"
	}
	if v.Required && v.Flag != nil {
		text += map[bool]string{true: " (required)", false: "（必填）"}[lang == "en"]
	}
	return strings.ReplaceAll(strings.TrimSpace(text), "|", "\\|")
}

// tongue takes one half of a help text "中文 · english"; a text in one half is both.
func tongue(help, lang string) string {
	zh, en, two := strings.Cut(help, " · ")
	if lang == "en" && two {
		return en
	}
	return zh
}
