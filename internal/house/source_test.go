package house

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// root is the repository, seen from this package.
const root = "../.."

// A file is one file of ours with its path from the root, slashes forward.
type file struct {
	path  string
	text  []byte
	lines int
}

// A goFile is a parsed Go file of the main module.
type goFile struct {
	file
	room string // "store", "solve/assign", "cmd/shouwang", "bench", …
	dir  string
	test bool
	ast  *ast.File
	set  *token.FileSet
}

var generated = regexp.MustCompile(`(?i)code generated .* do not edit|this file was auto-generated`)

// skipDirs are never ours: fetched, built, or written by a run.
var skipDirs = map[string]bool{".git": true, "node_modules": true, "dist": true, "bin": true, "out": true, "shouwang-demo": true, "testdata": true}

var load = sync.OnceValues(func() ([]file, error) {
	var out []file
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if os.IsNotExist(err) { // a file that went away meanwhile
				return nil
			}
			return err
		}
		if d.IsDir() {
			if skipDirs[d.Name()] {
				return fs.SkipDir
			}
			return nil
		}
		if d.Name() == ".git" { // in a linked worktree it is a file that names where git keeps it
			return nil
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > 4<<20 {
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return nil
		}
		rel, _ := filepath.Rel(root, p)
		out = append(out, file{filepath.ToSlash(rel), b, bytes.Count(b, []byte("\n"))})
		return nil
	})
	return out, err
})

func files(t *testing.T) []file {
	t.Helper()
	all, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d files found under %s: the tests would prove nothing", len(all), root)
	}
	return all
}

// isGenerated says whether the head of the file says so itself.
func (f file) isGenerated() bool {
	head := f.text[:min(len(f.text), 600)]
	return generated.Match(head)
}

// nested holds the folders that are modules of their own (bench/…, script/lint).
func nested(all []file) []string {
	var out []string
	for _, f := range all {
		if dir, ok := strings.CutSuffix(f.path, "/go.mod"); ok {
			out = append(out, dir+"/")
		}
	}
	return out
}

func goFiles(t *testing.T) []goFile {
	t.Helper()
	all := files(t)
	skip := nested(all)
	set := token.NewFileSet()
	var out []goFile
next:
	for _, f := range all {
		if !strings.HasSuffix(f.path, ".go") {
			continue
		}
		for _, s := range skip {
			if strings.HasPrefix(f.path, s) {
				continue next
			}
		}
		tree, err := parser.ParseFile(set, f.path, f.text, parser.ParseComments)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		dir := f.path[:max(0, strings.LastIndexByte(f.path, '/'))]
		out = append(out, goFile{f, roomOf(dir), dir, strings.HasSuffix(f.path, "_test.go"), tree, set})
	}
	if len(out) == 0 {
		t.Fatal("no Go files found")
	}
	return out
}

// roomOf returns the room that a folder belongs to.
func roomOf(dir string) string {
	parts := strings.Split(dir, "/")
	switch {
	case parts[0] == "internal" && len(parts) > 2 && parts[1] == "solve":
		return "solve/" + parts[2]
	case parts[0] == "internal" && len(parts) > 1:
		return parts[1]
	case parts[0] == "cmd" && len(parts) > 1:
		return "cmd/" + parts[1]
	}
	return parts[0]
}

// under says whether the import path is pkg or below it.
func under(path, pkg string) bool {
	return path == pkg || strings.HasPrefix(path, pkg+"/")
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
