package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

const docs = "../../docs"

func model(t *testing.T) *kong.Application {
	t.Helper()
	p, err := kong.New(&cli{}, kong.Name("shouwang"), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	return p.Model
}

// The page of all commands is what the program parses, and the page by hand
// names each of them, in both languages.
func TestEveryCommandIsOnItsPages(t *testing.T) {
	all := commands(model(t))
	if len(all) < 40 {
		t.Fatalf("only %d commands found: the test would prove nothing", len(all))
	}
	for lang, tail := range map[string]string{"zh": ".md", "en": ".en.md"} {
		var out, errs bytes.Buffer
		if code := run([]string{"config", "reference", "commands", "--lang", lang}, strings.NewReader(""), &out, &errs, func(string) string { return "" }); code != 0 {
			t.Fatal(code, errs.String())
		}
		page, err := os.ReadFile(filepath.Join(docs, "reference", "commands"+tail))
		if err != nil || string(page) != out.String() {
			t.Errorf("docs/reference/commands%s is not what the commands say: script/reference (%v)", tail, err)
		}
		hand, err := os.ReadFile(filepath.Join(docs, "reference", "cli"+tail))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range all {
			if !regexp.MustCompile(`(?m)(` + "`(shouwang )?" + `|^### |· )` + l.path + `\b`).Match(hand) {
				t.Errorf("docs/reference/cli%s does not name %q", tail, l.path)
			}
		}
	}
}

var typed = regexp.MustCompile(`(?m)(?:^|[\s$` + "`" + `/&|])shouwang ([a-z]+(?: [a-z]+)*)([^` + "`" + `\n]*)`)
var flag = regexp.MustCompile(`(?:^|\s)--([a-z][a-z-]*)`)

// What a page tells a reader to type is a command with flags that it has.
func TestCommandsInTheDocsAreReal(t *testing.T) {
	app, seen := model(t), 0
	check := func(path string) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range typed.FindAllStringSubmatch(strings.NewReplacer("\\\n", " ", "-u shouwang ", "").Replace(string(b)), -1) {
			node, words := app.Node, strings.Fields(m[1])
			for len(words) > 0 {
				next := child(node, words[0])
				if next == nil {
					break
				}
				node, words = next, words[1:]
			}
			if node == app.Node {
				t.Errorf("%s: no command %q", path, "shouwang "+m[1])
				continue
			}
			seen++
			rest, _, _ := strings.Cut(m[2], "#")
			for _, f := range flag.FindAllStringSubmatch(rest, -1) {
				if !takes(node, f[1]) {
					t.Errorf("%s: %q takes no --%s", path, "shouwang "+m[1], f[1])
				}
			}
		}
	}
	for _, f := range []string{"../../README.md", "../../README.en.md", "../../CHANGELOG.md"} {
		check(f)
	}
	err := filepath.WalkDir(docs, func(p string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".md") && filepath.Base(filepath.Dir(p)) != "adr" {
			check(p)
		}
		return err
	})
	if err != nil || seen < 50 {
		t.Fatalf("%d commands found in the docs: the test would prove little (%v)", seen, err)
	}
}

func child(n *kong.Node, name string) *kong.Node {
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// takes says whether a command, one above it, or the one it stands for knows a flag.
func takes(n *kong.Node, name string) bool {
	if name == "help" {
		return true
	}
	for at := n; at != nil; at = at.Parent {
		for _, f := range at.Flags {
			if f.Name == name {
				return true
			}
		}
	}
	return n.DefaultCmd != nil && takes(n.DefaultCmd, name) || len(n.Children) > 0 && anyTakes(n, name)
}

func anyTakes(n *kong.Node, name string) bool {
	for _, c := range n.Children {
		if takes(c, name) {
			return true
		}
	}
	return false
}
