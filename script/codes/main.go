// Command codes prints docs/reference/error-codes.md: every fault that a room
// declares, read from the source, so that no room has to be wired for it. It
// never runs with the product; script/reference calls it.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// code is one call of fault.Define.
type code struct{ code, kind, zh, en, room string }

func main() {
	found, err := read("internal")
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("no fault.Define found")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "codes:", err)
		os.Exit(1)
	}
	sort.Slice(found, func(i, j int) bool { return found[i].code < found[j].code })
	fmt.Println("# 错误编号 · Fault codes")
	fmt.Println("\n由 `make reference` 从代码生成，请勿手改。`{0}`、`{1}` 处填入当时的值。")
	fmt.Println("Written from the code by `make reference`; do not edit. `{0}`, `{1}` stand for values.")
	fmt.Println("\n| 编号 code | 类 kind | 说明与下一步 | sentence | 房间 room |\n|---|---|---|---|---|")
	for _, c := range found {
		fmt.Printf("| `%s` | %s | %s | %s | `%s` |\n", c.code, c.kind, cell(c.zh), cell(c.en), c.room)
	}
}

func cell(s string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "<", "&lt;").Replace(s)
}

func read(root string) ([]code, error) {
	var out []code
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(set, p, nil, 0)
		if err != nil {
			return err
		}
		room := strings.Split(filepath.ToSlash(p), "/")[1]
		ast.Inspect(f, func(n ast.Node) bool {
			if c, ok := define(n); ok {
				c.room = room
				out = append(out, c)
			}
			return true
		})
		return nil
	})
	return out, err
}

// define reads fault.Define(kind, code, zh, en), or Define in fault itself.
func define(n ast.Node) (code, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 4 {
		return code{}, false
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	c := code{code: text(call.Args[1]), zh: text(call.Args[2]), en: text(call.Args[3])}
	switch k := call.Args[0].(type) {
	case *ast.Ident:
		c.kind = k.Name
	case *ast.SelectorExpr:
		c.kind = k.Sel.Name
	}
	return c, name == "Define" && strings.HasPrefix(c.code, "SW-")
}

// text puts a literal, or literals joined by +, together.
func text(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.BinaryExpr:
		return text(e.X) + text(e.Y)
	}
	return ""
}
