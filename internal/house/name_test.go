package house

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
	"testing"
)

// limits are the words by which a room says what it leaves to others.
var limits = regexp.MustCompile(`(?i)\b(never|neither|knows no|knows nothing)\b`)

// Packages are nouns of the trade, and each opens with doc.go: what it is, what
// it never does, who calls it.
func TestPackagesAreNamedAndIntroduced(t *testing.T) {
	type pkg struct{ name, doc string }
	pkgs := map[string]*pkg{}
	for _, f := range goFiles(t) {
		name := f.ast.Name.Name
		if badNames[strings.TrimSuffix(name, "_test")] {
			t.Errorf("%s: package name %q says nothing", f.path, name)
		}
		inHouse := strings.HasPrefix(f.path, "internal/") || strings.HasPrefix(f.path, "cmd/")
		if f.test || !inHouse {
			continue
		}
		p := pkgs[f.dir]
		if p == nil {
			p = &pkg{name: name}
			pkgs[f.dir] = p
		}
		base := f.path[strings.LastIndexByte(f.path, '/')+1:]
		sub := strings.Count(f.dir, "/") > 1 && !strings.HasPrefix(f.room, "solve/") // a folder of a room
		if base == "doc.go" || name == "main" && base == "main.go" || sub && p.doc == "" {
			p.doc = f.ast.Doc.Text()
		}
	}
	for dir, p := range pkgs {
		start := "Package " + p.name + " "
		if p.name == "main" {
			start = "Command "
		}
		switch {
		case p.doc == "":
			t.Errorf("%s: no package comment in doc.go", dir)
		case p.name == "main" && strings.HasPrefix(p.doc, "Package main "):
		case !strings.HasPrefix(p.doc, start):
			t.Errorf("%s: the package comment must start with %q", dir, start)
		case !limits.MatchString(p.doc):
			t.Errorf("%s: the package comment does not say what the room never does", dir)
		}
	}
}

// Every exported name has a comment that starts with it.
func TestExportedNamesAreExplained(t *testing.T) {
	count := 0
	for _, f := range goFiles(t) {
		if f.test || f.isGenerated() || !strings.HasPrefix(f.path, "internal/") && !strings.HasPrefix(f.path, "cmd/") {
			continue
		}
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) {
					count++
					explain(t, f, d.Pos(), d.Name.Name, d.Doc)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					count += explainSpec(t, f, d, s)
				}
			}
		}
	}
	t.Logf("%d exported names looked at", count)
}

// explainSpec looks at one type, constant or variable. In a group of constants or
// variables the comment of the group, of the line or beside it will do.
func explainSpec(t *testing.T, f goFile, d *ast.GenDecl, s ast.Spec) int {
	switch s := s.(type) {
	case *ast.TypeSpec:
		if !s.Name.IsExported() {
			return 0
		}
		doc := s.Doc
		if doc == nil {
			doc = d.Doc
		}
		explain(t, f, s.Pos(), s.Name.Name, doc)
		return 1
	case *ast.ValueSpec:
		exported := 0
		for _, n := range s.Names {
			if !n.IsExported() {
				continue
			}
			exported++
			if d.Lparen.IsValid() {
				if d.Doc == nil && s.Doc == nil && s.Comment == nil {
					t.Errorf("%s: %s has no comment", f.set.Position(n.Pos()), n.Name)
				}
			} else {
				explain(t, f, n.Pos(), s.Names[0].Name, d.Doc)
			}
		}
		return exported
	}
	return 0
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	x := d.Recv.List[0].Type
	for {
		switch y := x.(type) {
		case *ast.StarExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.IndexListExpr:
			x = y.X
		case *ast.Ident:
			return y.IsExported()
		default:
			return true
		}
	}
}

func explain(t *testing.T, f goFile, pos token.Pos, name string, doc *ast.CommentGroup) {
	t.Helper()
	text := strings.TrimSpace(doc.Text())
	for _, article := range []string{"A ", "An ", "The "} {
		text = strings.TrimPrefix(text, article)
	}
	if rest, ok := strings.CutPrefix(text, name); !ok || rest == "" || strings.TrimSpace(rest) == "" {
		t.Errorf("%s: %s needs a comment that starts with its name", f.set.Position(pos), name)
	}
}
