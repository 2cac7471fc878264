package house

import (
	"bytes"
	"go/ast"
	"go/format"
	"sort"
	"strings"
	"testing"
)

// sized are the kinds of file that people read and write by hand.
var sized = []string{".go", ".ts", ".vue", ".js", ".mjs", ".css", ".sql", ".sh", ".html", "Makefile"}

// No file is longer than the limit; there is no list of exceptions.
func TestFilesFitInTheHead(t *testing.T) {
	var all []file
	for _, f := range files(t) {
		for _, end := range sized {
			if strings.HasSuffix(f.path, end) && !f.isGenerated() {
				all = append(all, f)
				break
			}
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].lines > all[j].lines })
	for i, f := range all {
		if i < printLength {
			t.Logf("%4d lines  %s", f.lines, f.path)
		}
		if f.lines > maxFile {
			t.Errorf("%s has %d lines, more than %d: split it", f.path, f.lines, maxFile)
		}
	}
}

// Go files are formatted as gofmt does.
func TestGoIsFormatted(t *testing.T) {
	for _, f := range goFiles(t) {
		if want, err := format.Source(f.text); err != nil || !bytes.Equal(want, f.text) {
			t.Errorf("%s is not formatted: gofmt -w it", f.path)
		}
	}
}

// A function fits on a screen.
func TestFunctionsFitOnAScreen(t *testing.T) {
	type fn struct {
		where string
		lines int
	}
	var all []fn
	for _, f := range goFiles(t) {
		for _, d := range f.ast.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok || d.Body == nil || f.isGenerated() {
				continue
			}
			n := f.set.Position(d.End()).Line - f.set.Position(d.Pos()).Line + 1
			where := f.set.Position(d.Pos()).String() + " " + d.Name.Name
			all = append(all, fn{where, n})
			if n > maxFunc && !f.test {
				t.Errorf("%s has %d lines, more than %d", where, n, maxFunc)
			}
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].lines > all[j].lines })
	for i, x := range all {
		if i < printLength || x.lines > softFunc {
			t.Logf("%4d lines  %s", x.lines, x.where)
		}
	}
}
